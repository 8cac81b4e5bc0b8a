package web

import (
	"fmt"
	"testing"

	"colophon/locales"
	"colophon/web/webtest"
)

// readerPages are one page of each kind in a language.
func (s *site) readerPages(t testing.TB, lang string) map[string]string {
	t.Helper()
	source := "hy"
	if lang == "hy" {
		source = "ru"
	}
	carried, own := s.shelved(t, lang, source), s.shelved(t, lang, lang)
	outlet, err := s.Archive.Source(t.Context(), carried.Source)
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{"en": "bridge", "ru": "мост", "hy": "կամուրջ"}
	return map[string]string{
		"front": "/" + lang, "article": articlePath(lang, carried.Slug), "article-original": articlePath(lang, own.Slug),
		"cite": articlePath(lang, own.Slug) + "/cite", "section": sectionPath(lang, carried.Section), "outlet": outletPath(lang, outlet.Slug),
		"search": searchPath(lang, words[lang]), "search-zero": searchPath(lang, "qwertyuiop"), "about": "/" + lang + "/about",
		"missing": "/" + lang + "/articles/" + s.missingIn(t, lang),
	}
}

// missingIn is the slug of an article that is public, and not in this language.
func (s *site) missingIn(t testing.TB, lang string) string {
	t.Helper()
	last, err := s.Desk.LastShelved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.Desk.ShelvedBetween(t.Context(), 0, last+1)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, item := range items {
		found[item.Slug] = found[item.Slug] || item.Language == lang
	}
	for slug, has := range found {
		if !has {
			return slug
		}
	}
	return "none"
}

// Every kind of page passes axe-core by day and by night in every language, and does not scroll sideways on a telephone.
// With -short: one look of each.
func TestReaderAccessible(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	for _, lang := range locales.Languages() {
		for name, path := range s.readerPages(t, lang) {
			for _, theme := range []string{"day", "night"} {
				if testing.Short() && lang+theme != "hynight" {
					continue
				}
				b.size(1440, 1100)
				b.open(path)
				b.eval(`document.cookie = "theme=` + theme + `; path=/"`)
				b.open(path)
				for _, v := range webtest.Axe(b.ctx, t) {
					t.Errorf("%s in %s by %s: %v", name, lang, theme, v)
				}
				b.shot(fmt.Sprintf("%s-%s-1440-%s", name, lang, theme))
				b.size(390, 800)
				if got := b.eval(`document.documentElement.scrollWidth <= innerWidth`); got != "true" {
					t.Errorf("%s in %s scrolls sideways on a telephone", name, lang)
				}
				b.shot(fmt.Sprintf("%s-%s-390-%s", name, lang, theme))
			}
		}
	}
}
