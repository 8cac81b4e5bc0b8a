package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layer is what one package may import beside the standard library.
type layer struct {
	pkg      string   // folder; a final /... takes the folders below it too
	internal []string // our packages; a final /... as above
	external []string // others' modules or packages, with all below them
	pure     bool     // knows no storage, clock, network, process or log: see impure
}

// layers is the import table: archive ← translations ← web ← cmd, and which package may use whose code. Only what stands
// here is allowed, so a new package adds its line in the same change. Tests may import more: see testModules.
var layers = []layer{
	{pkg: "archive/fault", pure: true},
	{
		pkg: "archive/segment/...", pure: true, internal: []string{"archive/segment/..."},
		external: []string{"github.com/clipperhouse/uax29/v2", "github.com/blevesearch/snowballstem", "golang.org/x/text"},
	},
	{pkg: "archive/language", pure: true, external: []string{"golang.org/x/text"}},
	{pkg: "archive/language/train", external: []string{"golang.org/x/text"}},
	{
		pkg: "archive/rights/...", pure: true, internal: []string{"archive/fault", "archive/segment", "archive/rights/..."},
		external: []string{
			"golang.org/x/net/html", "golang.org/x/net/idna", "golang.org/x/net/publicsuffix", "golang.org/x/text",
			"github.com/blevesearch/snowballstem",
		},
	},
	{
		pkg: "archive/database", internal: []string{"archive/fault"},
		external: []string{"gorm.io", "modernc.org/sqlite", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"},
	},
	{pkg: "archive/database/databasetest", internal: []string{"archive/database"}, external: []string{"github.com/jackc/pgx/v5", "gorm.io/gorm"}},
	{
		pkg: "archive/ingest/...", internal: []string{"archive/fault", "archive/language", "archive/segment", "archive/rights", "archive/ingest/..."},
		external: []string{
			"github.com/markusmobius",
			"github.com/andybalholm/brotli", "github.com/klauspost/compress", "golang.org/x/net", "golang.org/x/text", "golang.org/x/sync",
		},
	},
	{
		pkg: "archive", internal: []string{"archive/fault", "archive/language", "archive/segment", "archive/rights", "archive/database", "archive/ingest"},
		external: []string{"gorm.io/gorm", "golang.org/x/text", "golang.org/x/net/idna", "golang.org/x/net/html"},
	},

	{pkg: "translations/workflow", pure: true, internal: []string{"archive/fault"}},
	{pkg: "translations/inline", pure: true, external: []string{"golang.org/x/net/html"}},
	{
		pkg: "translations/memory", pure: true, internal: []string{"archive/segment"},
		external: []string{"github.com/agnivade/levenshtein", "github.com/aymanbagabas/go-udiff"},
	},
	{pkg: "translations/terms", pure: true, internal: []string{"archive/segment"}},
	{pkg: "translations/quality", pure: true, internal: []string{"archive/segment"}, external: []string{"golang.org/x/net/html"}},
	{
		pkg: "translations", internal: []string{
			"archive", "archive/fault", "archive/segment", "archive/ingest", "archive/rights", "archive/database",
			"translations/...",
		},
		external: []string{"gorm.io/gorm", "github.com/alexedwards/argon2id", "github.com/aymanbagabas/go-udiff", "golang.org/x/text"},
	},
	{
		pkg: "translations/demo", internal: []string{"archive", "archive/rights", "translations", "translations/workflow"},
		external: []string{"github.com/BurntSushi/toml"},
	},

	{pkg: "locales", external: []string{"github.com/nicksnyder/go-i18n/v2", "github.com/BurntSushi/toml", "golang.org/x/text"}},

	{pkg: "web/webtest", internal: []string{"archive/database/databasetest"}, external: []string{"github.com/chromedp"}},
	{
		pkg: "web/...", internal: []string{"archive/...", "translations/...", "locales", "web/..."},
		external: []string{
			"github.com/gin-gonic/gin", "github.com/nicksnyder/go-i18n/v2", "github.com/maypok86/otter/v2",
			"github.com/klauspost/compress", "github.com/andybalholm/brotli", "github.com/aymanbagabas/go-udiff",
			"golang.org/x/net", "golang.org/x/text",
		},
	},

	{
		pkg: "cmd/...", internal: []string{"archive/...", "translations/...", "web/...", "locales"},
		external: []string{"github.com/alecthomas/kong"},
	},
}

// testModules are what test files may import beside what their package may: our packages of the same layer and below, and these.
var testModules = []string{
	"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "go.uber.org/goleak", "pgregory.net/rapid",
	"github.com/chromedp", "golang.org/x/net/html", "github.com/piprate/json-gold", "github.com/BurntSushi/toml", "github.com/jackc/pgx/v5", "github.com/alecthomas/kong",
	"gorm.io/gorm",
}

// impure are the packages of the standard library a pure package does without. Of package time it may use the types, not
// the clock.
var impure = []string{
	"database/sql", "log", "log/slog", "math/rand", "net", "net/http", "os", "os/exec", "os/signal",
	"path/filepath", "syscall", "testing",
}

// clock are the functions of package time that read it or wait for it.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// TestImports holds every package to the table.
func TestImports(t *testing.T) {
	const root = "../.."
	seen := map[string]bool{}
	walkGo(t, root, func(path string) {
		dir := filepath.ToSlash(filepath.Dir(path))
		row, ok := layerOf(dir)
		if !ok {
			if !seen[dir] {
				t.Errorf("package %s stands in no row of the import table: add one", dir)
			}
			seen[dir] = true
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		test := strings.HasSuffix(path, "_test.go")
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Error(err)
				continue
			}
			if why := forbidden(row, dir, imported, test); why != "" {
				t.Errorf("%s imports %s: %s", path, imported, why)
			}
		}
		if row.pure && !test {
			for _, name := range clockCalls(file) {
				t.Errorf("%s reads the clock (time.%s), and its package is pure: take the time as a value", path, name)
			}
		}
	})
}

// TestImportTable shows that the test above can fail.
func TestImportTable(t *testing.T) {
	for _, c := range []struct {
		dir, imported string
		test, ok      bool
	}{
		{"archive/rights", "colophon/translations", false, false},
		{"archive/rights", "net/http", false, false},
		{"archive/rights", "strings", false, true},
		{"archive/rights", "testing", true, true},
		{"archive", "gorm.io/gorm", false, true},
		{"archive", "github.com/gin-gonic/gin", false, false},
		{"archive", "colophon/locales", false, false},
		{"translations", "colophon/archive", false, true},
		{"translations", "colophon/web", false, false},
		{"translations", "colophon/web", true, false},
		{"web", "colophon/translations/workflow", false, true},
		{"web", "gorm.io/gorm", false, false},
		{"web", "colophon/cmd/colophon", false, false},
		{"cmd/colophon", "github.com/gin-gonic/gin", false, false},
		{"locales", "colophon/archive/fault", false, false},
		{"archive/segment", "github.com/google/go-cmp/cmp", true, true},
		{"archive/segment", "github.com/google/go-cmp/cmp", false, false},
	} {
		row, ok := layerOf(c.dir)
		if !ok {
			t.Errorf("%s: no row", c.dir)
			continue
		}
		if why := forbidden(row, c.dir, c.imported, c.test); (why == "") != c.ok {
			t.Errorf("%s imports %s (test: %v): %q, want allowed: %v", c.dir, c.imported, c.test, why, c.ok)
		}
	}
}

// forbidden says why a package may not import another; "" where it may.
func forbidden(row layer, dir, imported string, test bool) string {
	ours, isOurs := strings.CutPrefix(imported, "colophon/")
	switch {
	case isOurs && (ours == dir || matches(row.internal, ours)):
		return ""
	case isOurs && test && (strings.HasSuffix(ours, "test") || rank(ours) <= rank(dir)):
		return ""
	case isOurs:
		return "not in its row of the import table"
	case !strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		if row.pure && !test && slices.Contains(impure, imported) {
			return "a pure package does without it"
		}
		return ""
	case below(row.external, imported) || test && below(testModules, imported):
		return ""
	default:
		return "not among the modules its row of the import table allows"
	}
}

// rank is the place of a package in the order archive, translations, web, cmd; locales stands beside archive.
func rank(dir string) int {
	top, _, _ := strings.Cut(dir, "/")
	return slices.Index([]string{"locales", "archive", "translations", "web", "cmd"}, top)
}

// layerOf finds the row of a folder: its own, else the longest row with /... above it.
func layerOf(dir string) (best layer, ok bool) {
	length := -1
	for _, l := range layers {
		prefix, deep := strings.CutSuffix(l.pkg, "/...")
		if l.pkg == dir {
			return l, true
		}
		if deep && (dir == prefix || strings.HasPrefix(dir, prefix+"/")) && len(prefix) > length {
			best, ok, length = l, true, len(prefix)
		}
	}
	return best, ok
}

// matches says whether a package is one of a list, in which a final /... takes all below.
func matches(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		prefix, deep := strings.CutSuffix(p, "/...")
		return p == pkg || deep && (pkg == prefix || strings.HasPrefix(pkg, prefix+"/"))
	})
}

// below says whether a package is one of a list or below one.
func below(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(p string) bool { return pkg == p || strings.HasPrefix(pkg, p+"/") })
}

// clockCalls are the functions of package time in a file that read the clock.
func clockCalls(file *ast.File) []string {
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, s.Sel.Name) {
				names = append(names, s.Sel.Name)
			}
		}
		return true
	})
	return names
}

// walkGo calls do with every Go file below root, by its path relative to root; what the go command passes over is passed
// over here.
func walkGo(t *testing.T, root string, do func(path string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") && name != "deps.go" { // deps.go is never built: it only holds versions in go.mod
			relative, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			do(filepath.ToSlash(relative))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
