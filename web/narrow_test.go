package web

import (
	"maps"
	"slices"
	"testing"

	"colophon/web/webtest"
)

// On a phone no page is wider than its window, in the language with the longest words.
func TestPagesNarrow(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	b := openBrowser(t, openNewsroom(t))
	b.as("sona")
	b.size(390, 844)
	b.open("/desk?lang=hy")
	link := func(pattern string) string {
		return b.eval(`[...document.querySelectorAll('a[href^="/"]')].map((a) => a.pathname).find((p) => ` + pattern + `.test(p))`)
	}
	paths := []string{
		"/desk?view=columns", "/desk?view=table", link(`/^\/desk\/versions\/\d+$/`), link(`/\/review$/`), "/desk/reviews", "/desk/ingest", "/desk/articles",
		"/desk/articles/1", "/desk/sources", "/desk/sources/1", "/desk/people", "/desk/me", "/hy/about", "/hy/search?q=a", "/hy/not-there", "/hy",
	}
	b.open("/hy")
	for _, path := range append(paths, link(`/\/hy\/articles\//`)) {
		b.open(path)
		if wide := b.eval(`document.documentElement.scrollWidth > innerWidth`); wide != "false" {
			t.Errorf("%s is wider than 390 pixels", path)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(samples(t))) {
		b.open("/sample/hy/day/" + name)
		if wide := b.eval(`document.documentElement.scrollWidth > innerWidth`); wide != "false" {
			t.Errorf("the sample %s is wider than 390 pixels", name)
		}
	}
}
