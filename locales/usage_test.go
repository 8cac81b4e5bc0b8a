package locales

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// plurals are the forms CLDR gives to whole numbers and fractions in each language, as go-i18n knows them.
var plurals = map[string][]string{
	"en": {"one", "other"},
	"ru": {"few", "many", "one", "other"},
	"hy": {"one", "other"},
}

// messages reads one file as it stands: ID → form → text.
func messages(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	text, err := files.ReadFile("active." + lang + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]map[string]string
	if _, err := toml.Decode(string(text), &m); err != nil {
		t.Fatalf("active.%s.toml: %v", lang, err)
	}
	return m
}

// TestFiles: there is a file for each language of the table and none beside.
func TestFiles(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, strings.TrimSuffix(strings.TrimPrefix(e.Name(), "active."), ".toml"))
	}
	want := Languages()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("message files for %v, languages %v", got, want)
	}
	for _, lang := range got {
		if plurals[lang] == nil {
			t.Errorf("no plural forms known for %s: add them to this test", lang)
		}
	}
}

// TestMessages: every message stands in every language, with the plural forms of that language and the same places to
// fill, and says something.
func TestMessages(t *testing.T) {
	english := messages(t, "en")
	for _, lang := range Languages() {
		own := messages(t, lang)
		for _, id := range slices.Sorted(maps.Keys(english)) {
			m, ok := own[id]
			if !ok {
				t.Errorf("%s: %q is missing", lang, id)
				continue
			}
			for _, problem := range wrong(lang, english[id], m) {
				t.Errorf("%s: %q %s", lang, id, problem)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(own)) {
			if _, ok := english[id]; !ok {
				t.Errorf("%s: %q is no message in English", lang, id)
			}
		}
	}
}

// wrong lists what is wrong with a message of a language beside the English one.
func wrong(lang string, english, m map[string]string) []string {
	var problems []string
	want := []string{"other"}
	if _, plural := english["one"]; plural {
		want = plurals[lang]
	}
	got := slices.Sorted(maps.Keys(m))
	got = slices.DeleteFunc(got, func(f string) bool { return f == "description" })
	if !slices.Equal(got, want) {
		problems = append(problems, fmt.Sprintf("has the forms %v, want %v", got, want))
	}
	if got, want := places(m), places(english); !slices.Equal(got, want) {
		problems = append(problems, fmt.Sprintf("fills %v, in English %v", got, want))
	}
	for form, text := range m {
		if strings.TrimSpace(text) == "" {
			problems = append(problems, "is empty in form "+form)
		}
		if text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
			problems = append(problems, "has stray spaces in form "+form)
		}
		if lang == "hy" && strings.ContainsAny(place.ReplaceAllString(text, ""), "?!") {
			problems = append(problems, "has an ASCII ? or ! (Armenian marks the vowel: ՞ ՜)")
		}
	}
	return problems
}

var (
	place     = regexp.MustCompile(`\{\{[^}]*\}\}`)
	placeName = regexp.MustCompile(`\.([A-Za-z]\w*)`)
)

// places are the names a message fills in, in any of its forms.
func places(m map[string]string) []string {
	names := map[string]bool{}
	for _, text := range m {
		for _, p := range place.FindAllString(text, -1) {
			for _, n := range placeName.FindAllStringSubmatch(p, -1) {
				if n[1] != "Count" && n[1] != "PluralCount" { // a form may leave its number out
					names[n[1]] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// use is a message ID as code or a template names it.
type use struct {
	id     string
	plural bool
	where  string
}

// templateUse finds {{.T "id"}}, {{$.T "id" …}}, {{(.N "id" n)}}; templateLiteral any string constant in an action.
var (
	templateUse     = regexp.MustCompile(`\.(T|N)\s+"([^"]+)"`)
	templateAction  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	templateLiteral = regexp.MustCompile("\"([^\"\n]*)\"|`([^`]*)`")
)

// sources reads the program: the message IDs it names outright, and every string constant that may be one or the start of one.
func sources(t *testing.T) (uses []use, literals map[string]bool) {
	t.Helper()
	literals = map[string]bool{}
	const root = ".."
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin" || name == "data") {
				return filepath.SkipDir
			}
			return nil
		}
		switch {
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			found, err := inGo(path, literals)
			uses = append(uses, found...)
			return err
		case strings.HasSuffix(name, ".html") && strings.Contains(filepath.ToSlash(path), "/templates/"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			uses = append(uses, inTemplate(path, string(text), literals)...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses, literals
}

// inTemplate finds the IDs an HTML template names.
func inTemplate(path, text string, literals map[string]bool) []use {
	var uses []use
	for _, action := range templateAction.FindAllString(text, -1) {
		for _, m := range templateUse.FindAllStringSubmatch(action, -1) {
			if !strings.HasSuffix(m[2], ".") { // print "state." .State
				uses = append(uses, use{m[2], m[1] == "N", path})
			}
		}
		for _, m := range templateLiteral.FindAllStringSubmatch(action, -1) {
			literals[m[1]+m[2]] = true
		}
	}
	return uses
}

// idArgument is the place of the message ID among the arguments of the calls that take one.
var idArgument = map[string]int{
	"fault.New": 1, "fault.Wrap": 1,
	".Text": 0, ".T": 0, ".Plural": 0, ".N": 0, ".Has": 0,
}

// inGo finds the IDs a Go file names in calls.
func inGo(path string, literals map[string]bool) ([]use, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var uses []use
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
				literals[text] = true
			}
		case *ast.CallExpr:
			name, at, ok := messageCall(n)
			if !ok {
				return true
			}
			if lit, ok := n.Args[at].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if id, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(id, ".") {
					uses = append(uses, use{id, name == ".Plural" || name == ".N", set.Position(lit.Pos()).String()})
				}
			}
		}
		return true
	})
	return uses, nil
}

// messageCall says whether a call takes a message ID, and in which argument.
func messageCall(call *ast.CallExpr) (name string, at int, ok bool) {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", 0, false
	}
	if field, ok := selector.X.(*ast.SelectorExpr); ok && field.Sel.Name == "static" {
		return "", 0, false // the text of a file
	}
	name = "." + selector.Sel.Name
	if x, ok := selector.X.(*ast.Ident); ok && x.Name == "fault" {
		name = "fault" + name
	}
	at, ok = idArgument[name]
	return name, at, ok && at < len(call.Args)
}

// TestNamed: every message a template or the code names exists, and is a plural one exactly where a number goes with it.
func TestNamed(t *testing.T) {
	english := messages(t, "en")
	uses, _ := sources(t)
	if len(uses) == 0 {
		t.Fatal("no message is named anywhere: this test looks in the wrong place")
	}
	for _, u := range uses {
		m, ok := english[u.id]
		if !ok {
			t.Errorf("%s names the message %q, which is not in active.en.toml", u.where, u.id)
			continue
		}
		if _, plural := m["one"]; plural != u.plural {
			t.Errorf("%s uses %q with a number: %v, and the message has plural forms: %v", u.where, u.id, u.plural, plural)
		}
	}
}

// TestStrays: every message is named somewhere, whole or by a start ending in a dot that code completes ("state." + s).
func TestStrays(t *testing.T) {
	_, literals := sources(t)
	for _, id := range slices.Sorted(maps.Keys(messages(t, "en"))) {
		if !named(id, literals) {
			t.Errorf("no code and no template names %q", id)
		}
	}
}

func named(id string, literals map[string]bool) bool {
	if literals[id] {
		return true
	}
	for i, r := range id {
		if r == '.' && literals[id[:i+1]] {
			return true
		}
	}
	return false
}

// TestNamedTest shows what the tests above see.
func TestNamedTest(t *testing.T) {
	literals := map[string]bool{}
	got := inTemplate("x.html", `{{.T "a.b"}} <p title="{{$.T "c.d" "Name" .Name}}">{{(.N "e.f" 3)}} {{.T (print "state." .State)}} "not.this"`, literals)
	want := []use{{"a.b", false, "x.html"}, {"c.d", false, "x.html"}, {"e.f", true, "x.html"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !named("state.draft", literals) || named("not.this", literals) {
		t.Errorf("literals %v: want state. and not the text outside of actions", literals)
	}
	for _, c := range []struct {
		lang       string
		english, m map[string]string
		ok         bool
	}{
		{"ru", map[string]string{"one": "{{.Count}} page", "other": "{{.Count}} pages"}, map[string]string{"one": "а", "few": "б", "many": "в", "other": "г"}, true},
		{"ru", map[string]string{"one": "{{.Count}} page", "other": "{{.Count}} pages"}, map[string]string{"one": "а", "other": "г"}, false},
		{"hy", map[string]string{"other": "Who?"}, map[string]string{"other": "Ո՞վ"}, true},
		{"hy", map[string]string{"other": "Who?"}, map[string]string{"other": "Ով?"}, false},
		{"ru", map[string]string{"other": "{{.Name}}"}, map[string]string{"other": "{{.Nmae}}"}, false},
		{"ru", map[string]string{"other": "a"}, map[string]string{"other": "а "}, false},
	} {
		if problems := wrong(c.lang, c.english, c.m); (len(problems) == 0) != c.ok {
			t.Errorf("%s %v beside %v: %v", c.lang, c.m, c.english, problems)
		}
	}
}
