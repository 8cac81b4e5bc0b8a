package web

import (
	"html"
	"strings"
	"testing"

	"colophon/locales"
	"colophon/translations"
	"colophon/web/webtest"
)

// TestPagesDescribePictures shows readers what pictures show in the language of the page.
func TestPagesDescribePictures(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	s := openNewsroom(t)
	r := s.reader(t)
	described := 0
	for _, lang := range locales.Languages() {
		items, err := s.Desk.Shelf(t.Context(), lang, "", translations.Cursor{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			p, err := s.Desk.Publication(t.Context(), item.Publication)
			if err != nil {
				t.Fatal(err)
			}
			page := r.get(articlePath(lang, item.Slug)).Text
			for _, b := range p.Content.Blocks {
				if b.Figure == nil || b.Figure.Alt == "" || b.Asset == "" {
					continue
				}
				described++
				if b.AltLanguage != lang {
					t.Errorf("%s/%s: %q is in %q", lang, item.Slug, b.Figure.Alt, b.AltLanguage)
				}
				if want := `alt="` + html.EscapeString(b.Figure.Alt) + `" class`; !strings.Contains(page, want) && !strings.Contains(page, strings.TrimSuffix(want, " class")+` loading`) {
					t.Errorf("%s/%s does not show %s", lang, item.Slug, want)
				}
			}
		}
	}
	if described < 6 {
		t.Errorf("%d pictures described; the sample newsroom has more", described)
	}
}
