package web

import (
	"slices"
	"strings"
	"testing"

	"colophon/archive/rights"
	"colophon/translations"
)

// Every publication of the newsroom meets in every output the clauses that output is held to.
func TestOutputs(t *testing.T) {
	s := openNewsroom(t)
	for _, lang := range []string{"en", "ru", "hy"} {
		items, err := s.Desk.Shelf(t.Context(), lang, "", translations.Cursor{}, 50)
		if err != nil || len(items) == 0 {
			t.Fatal(items, err)
		}
		for _, item := range items {
			p, err := s.Desk.Published(t.Context(), item.Article, lang)
			if err != nil {
				t.Fatal(err)
			}
			outputs, err := s.Outputs(t.Context(), p)
			if err != nil || len(outputs) < 3 {
				t.Fatal(len(outputs), err)
			}
			for _, o := range outputs {
				for i, f := range rights.Verify(o.Page, p.Content.Facts, p.Content.Clauses) {
					if slices.Contains(o.Name.Judged(), f.Kind) && f.Status != rights.Met {
						t.Errorf("%s of %s in %s: %s %s (%s) %+v", o.Name, item.Slug, lang, f.Kind, f.Status, f.Why, p.Content.Clauses[i].Params)
					}
				}
			}
		}
	}
}

// The print view is the page under the rules for print, and under no others.
func TestPrinted(t *testing.T) {
	clauses := []rights.Clause{{Kind: rights.LinkRequired, Params: rights.Params{Target: "article"}}}
	facts := rights.Facts{Original: rights.Original{URL: "https://courier.example/a", HomeURL: "https://courier.example/"}}
	page := `<html><head></head><body><article><p>` + strings.Repeat("Words of a text. ", 20) + `</p><p class="source"><a href="https://courier.example/a">Courier</a></p></article></body></html>`
	for css, want := range map[string]rights.Status{
		"a{color:red}@media print { @page { margin: 1cm } .source { display: none !important } } b{}": rights.Unmet,
		".source { display: none } @media print { .share { display: none } }":                         rights.Met,
	} {
		body := printed([]byte(page), css)
		if f := rights.Verify(rights.Page{Body: body, URL: "https://colophon.example/en/articles/x"}, facts, clauses); f[0].Status != want {
			t.Errorf("%s: %s, want %s", css, f[0].Status, want)
		}
	}
}
