package web

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
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

// Every kind of page passes axe-core in every language, and does not scroll sideways on a telephone. An ordinary run looks
// by day or by night, turn about; COLOPHON_LOOKS=all looks by both.
func TestPagesOfReaders(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.open("/en")
	for j, lang := range locales.Languages() {
		pages := s.readerPages(t, lang)
		for k, theme := range []string{"day", "night"} {
			b.eval(`document.cookie = "theme=` + theme + `; path=/"`)
			for i, name := range slices.Sorted(maps.Keys(pages)) {
				if os.Getenv("COLOPHON_LOOKS") != "all" && (i+j+k)%2 != 0 {
					continue
				}
				b.size(1440, 1100)
				b.open(pages[name])
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

// A reader in a real browser: the language switch stays on the article, theme and size stay from page to page without a
// flash, earlier stories are added to the list, and the link is copied with a word in the reader's language.
func TestReaderInBrowser(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	item := s.shelved(t, "en", "hy")
	b.open(articlePath("en", item.Slug))
	b.click(`.langs a[hreflang="hy"]`)
	b.until(`document.documentElement.lang === "hy" && location.pathname === "` + articlePath("hy", item.Slug) + `"`)
	b.see("Հիշատակարան")

	b.click("[data-theme-toggle]")
	b.click(`[data-size-step="1"]`)
	b.until(`document.documentElement.dataset.theme === "night" && document.documentElement.dataset.size === "1"`)
	b.until(`document.cookie.includes("theme=night") && document.cookie.includes("size=1")`)
	large := b.eval(`parseFloat(getComputedStyle(document.querySelector(".body")).fontSize)`)
	b.open("/hy")
	// The server renders the choice into the page, so the first paint has it.
	if got := b.eval(`fetch("/hy").then((r) => r.text()).then((t) => t.slice(0, 80))`); !strings.Contains(got, `data-theme="night" data-size="1"`) {
		t.Errorf("the next page begins %s", got)
	}
	b.open(articlePath("hy", item.Slug))
	if got := b.eval(`parseFloat(getComputedStyle(document.querySelector(".body")).fontSize)`); got != large {
		t.Errorf("the text is %s px, was %s", got, large)
	}
	b.click(`[data-size-step="-1"]`)
	b.until(`!document.documentElement.dataset.size && document.cookie.includes("size=0")`)

	b.click(`[data-copy="here"]`)
	b.until(`/Հղումը պատճենվեց|թույլ չտվեց/.test(document.querySelector(".toasts").textContent)`)
	b.click(`[data-open="#cite"]`)
	b.until(`document.querySelector("#cite").open`)
	b.click(`#cite .tabs > :nth-child(2)`)
	b.until(`!document.querySelector("#c-md").hidden && document.querySelector("#c-html").hidden`)
	b.shot("cite-dialog")
	b.press("Escape")
	b.until(`!document.querySelector("#cite").open`)
}

// "Load earlier" adds to the list, until there is nothing earlier; without a script the same link is a page.
func TestLoadEarlier(t *testing.T) {
	s := openNewsroom(t)
	if err := s.fillShelf(t.Context(), "en", 40); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	r := s.reader(t)
	entry := regexp.MustCompile(`<li><p class="meta"><time[^>]*>[^<]*</time></p><div><h3><a href="([^"]+)"`)
	next := regexp.MustCompile(`<a class="btn" href="([^"]+)" data-more="#latest"`)
	path := "/en"
	pages := 0
	for ; path != ""; pages++ {
		got := r.get(path)
		for _, m := range entry.FindAllStringSubmatch(got.Text, -1) {
			if seen[m[1]] {
				t.Errorf("%s stands in the list twice", m[1])
			}
			seen[m[1]] = true
		}
		path = ""
		if m := next.FindStringSubmatch(got.Text); m != nil {
			path = m[1]
		}
	}
	if pages < 4 || len(seen) < 36 {
		t.Errorf("%d pages with %d stories", pages, len(seen))
	}

	b := openBrowser(t, s)
	b.open("/en")
	before := b.eval(`document.querySelectorAll("#latest > li").length`)
	b.click(`[data-more="#latest"]`)
	b.until(`document.querySelectorAll("#latest > li").length > ` + before)
	if got := b.eval(`document.activeElement.closest("li") === document.querySelectorAll("#latest > li")[` + before + `]`); got != "true" {
		t.Error("the focus is not on the first new story")
	}
	for range pages {
		if b.eval(`document.querySelector('[data-more="#latest"]').hidden`) == "true" {
			break
		}
		count := b.eval(`document.querySelectorAll("#latest > li").length`)
		b.click(`[data-more="#latest"]`)
		b.until(`document.querySelectorAll("#latest > li").length > ` + count)
	}
	if got := b.eval(`document.querySelectorAll("#latest > li").length`); got != strconv.Itoa(len(seen)) {
		t.Errorf("%s stories were loaded, the pages have %d", got, len(seen))
	}
}
