package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"

	"colophon/web/static"
)

//go:embed templates
var templateFiles embed.FS

// templates is one set per page, by the page's name. A set holds every layout and partial and that page alone, so two
// pages may both define "main".
//
// Names: templates/layouts/public.html is "layout/public", templates/partials/desk/header.html is "desk/header",
// templates/pages/outlet.html is "outlet".
type templates map[string]*template.Template

// parsed are the templates of every server of this program. They are read at the first call, and escaped as pages are
// first shown.
var parsed = sync.OnceValues(func() (templates, error) {
	files, err := static.New()
	if err != nil {
		return nil, err
	}
	return parseTemplates(files)
})

// parseTemplates reads all of them.
func parseTemplates(files *static.Files) (templates, error) {
	root := template.New("").Option("missingkey=error").Funcs(functions(files))
	for _, dir := range []struct{ folder, prefix string }{{"templates/layouts", "layout/"}, {"templates/partials", ""}} {
		if err := parseFolder(root, dir.folder, dir.prefix); err != nil {
			return nil, err
		}
	}
	pages, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	out := templates{}
	for _, file := range pages {
		name := strings.TrimSuffix(path.Base(file), ".html")
		set, err := root.Clone()
		if err != nil {
			return nil, err
		}
		if err := parseFile(set, file, name); err != nil {
			return nil, err
		}
		out[name] = set
	}
	return out, nil
}

func parseFolder(root *template.Template, folder, prefix string) error {
	return fs.WalkDir(templateFiles, folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return parseFile(root, file, prefix+strings.TrimSuffix(strings.TrimPrefix(file, folder+"/"), ".html"))
	})
}

func parseFile(set *template.Template, file, name string) error {
	text, err := templateFiles.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err := set.New(name).Parse(string(text)); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// functions are the same for every reader. None may know a language: see base.T.
func functions(files *static.Files) template.FuncMap {
	return template.FuncMap{
		"static": files.Path,
		// dict makes the data of a partial that needs more than one value: {{template "desk/chip" (dict "Page" $ "State" .State)}}.
		"dict": func(pairs ...any) (map[string]any, error) {
			if len(pairs)%2 != 0 {
				return nil, fmt.Errorf("dict: %d values", len(pairs))
			}
			return data(pairs), nil
		},
		"code": strings.ToUpper, // of a language tag, which is ASCII; never of a text
	}
}

// execute runs one template of a page's set and returns all it wrote.
func (t templates) execute(page, name string, data any) ([]byte, error) {
	set := t[page]
	if set == nil {
		return nil, fmt.Errorf("no page is called %q", page)
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, name, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", page, err)
	}
	return out.Bytes(), nil
}
