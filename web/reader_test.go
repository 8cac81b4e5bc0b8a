package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
	"colophon/web/webtest"
)

// shelved is the first article of the sample newsroom that is public in a language and was written in source.
func (s *site) shelved(t testing.TB, lang, source string) translations.Item {
	t.Helper()
	items, err := s.Desk.Shelf(t.Context(), lang, "", translations.Cursor{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.SourceLang == source {
			return item
		}
	}
	t.Fatalf("nothing from %s is public in %s", source, lang)
	return translations.Item{}
}

// The sample newsroom is filled through the real server: the gate passes the pages readers get, in every language.
func TestNewsroomIsPublished(t *testing.T) {
	s := openNewsroom(t)
	for _, lang := range locales.Languages() {
		items, err := s.Desk.Shelf(t.Context(), lang, "", translations.Cursor{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(items) < 4 {
			t.Errorf("%s: %d articles are public", lang, len(items))
		}
		for _, item := range items {
			p, err := s.Desk.Publication(t.Context(), item.Publication)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range p.Findings {
				if f.Status != "met" && p.Content.Clauses[i].Strength != rights.Liked {
					t.Errorf("%s/%s was published with %s %s", lang, item.Slug, f.Kind, f.Status)
				}
			}
		}
	}
}

var (
	hrefs  = regexp.MustCompile(`(?:href|src|action)="(/[^"]*)"`)
	jsonLD = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
)

// Every page a reader can reach from the three front pages answers, is in the language of its address, keeps to the
// policy, and leads to no page that is not there but those that say so.
func TestPagesPublic(t *testing.T) {
	webtest.Looks(t)
	s := openNewsroom(t)
	r := s.reader(t)
	before := locales.Misses()
	queue := []string{"/en", "/ru", "/hy", "/robots.txt", "/sitemap.xml"}
	seen := map[string]bool{}
	kinds := map[string]int{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		got := r.get(path)
		parts := strings.Split(strings.Split(path, "?")[0]+"///", "/")
		kind := parts[2]
		if len(parts[1]) != 2 {
			kind = parts[1]
		}
		if parts[4] != "" {
			kind += " " + parts[4]
		}
		kinds[kind]++
		switch got.StatusCode {
		case http.StatusOK, http.StatusFound, http.StatusNotModified:
		case http.StatusNotFound:
			if !strings.Contains(path, "/articles/") || !strings.Contains(got.Text, `class="cover"`) {
				t.Errorf("%s: 404", path)
			}
		default:
			t.Errorf("%s: %d", path, got.StatusCode)
		}
		if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			continue
		}
		if inline := findInline(got.Text); inline != "" {
			t.Errorf("%s has %s", path, inline)
		}
		for _, bad := range []string{"<no value>", "(!)", "ZgotmplZ", "%!"} {
			if strings.Contains(got.Text, bad) {
				t.Errorf("%s shows %s", path, bad)
			}
		}
		if got.Header.Get("Content-Disposition") != "" {
			continue // a copy to be saved: a piece of a page
		}
		if len(parts[1]) == 2 && got.StatusCode == http.StatusOK && !strings.Contains(got.Text, `<html lang="`+parts[1]+`"`) {
			t.Errorf("%s is in another language", path)
		}
		for _, m := range hrefs.FindAllStringSubmatch(got.Text, -1) {
			link := strings.ReplaceAll(strings.Split(m[1], "#")[0], "&amp;", "&")
			if strings.HasPrefix(link, "/static/") || strings.HasPrefix(link, "/desk") || link == "/prefs" {
				continue
			}
			queue = append(queue, link)
		}
	}
	if locales.Misses() != before {
		t.Errorf("%d messages are missing or lack a value", locales.Misses()-before)
	}
	for _, kind := range []string{"", "articles", "articles cite", "sections", "outlets", "search", "about", "feed.xml", "media"} {
		if kinds[kind] == 0 {
			t.Errorf("no page of the kind %q was met; met %v", kind, kinds)
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d pages were met", len(seen))
	}
}

// An article in a language it was carried into: what the page says of itself, to people and to machines.
func TestArticlePage(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	item := s.shelved(t, "ru", "hy")
	got := r.get(articlePath("ru", item.Slug))
	p, err := s.Desk.Published(t.Context(), item.Article, "ru")
	if err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string]string{
		"canonical":       `<link rel="canonical" href="` + s.Origin + articlePath("ru", item.Slug) + `">`,
		"hreflang":        `<link rel="alternate" hreflang="hy" href="` + s.Origin + articlePath("hy", item.Slug) + `">`,
		"switch":          `<a href="` + articlePath("hy", item.Slug) + `" hreflang="hy" lang="hy"`,
		"link to source":  `<a href="` + p.Content.SourceHome + `">`,
		"original title":  `lang="hy">«` + p.Content.OriginalTitle + `»`,
		"open graph":      `<meta property="og:type" content="article">`,
		"terms":           `class="terms" lang="hy"`,
		"translator":      p.Content.Translators[0],
		"author":          p.Content.Authors[0],
		"print":           `data-print`,
		"cite":            articlePath("ru", item.Slug) + `/cite`,
		"copied, in ru":   `data-done="Ссылка скопирована"`,
		"digest":          p.Content.CaptureDigest,
		"no-break spaces": "\u00a0",
	} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("%s: the page lacks %s", what, want)
		}
	}
	m := jsonLD.FindStringSubmatch(got.Text)
	if m == nil {
		t.Fatal("no linked data")
	}
	var ld map[string]any
	if err := json.Unmarshal([]byte(m[1]), &ld); err != nil {
		t.Fatalf("%v in %s", err, m[1])
	}
	for key, want := range map[string]any{"@type": "NewsArticle", "inLanguage": "ru", "isBasedOn": p.Content.OriginalURL, "headline": p.Content.Title} {
		if ld[key] != want {
			t.Errorf("linked data: %s is %v, want %v", key, ld[key], want)
		}
	}
	work, _ := ld["translationOfWork"].(map[string]any)
	if work["inLanguage"] != "hy" || work["headline"] != p.Content.OriginalTitle {
		t.Errorf("translationOfWork: %v", work)
	}
	for _, key := range []string{"translator", "author", "creditText", "usageInfo", "copyrightHolder", "datePublished", "dateModified"} {
		if ld[key] == nil || ld[key] == "" {
			t.Errorf("linked data lacks %s", key)
		}
	}
}

// A page that is behind its source says so, with how much; the original does not.
func TestStaleArticle(t *testing.T) {
	s := openNewsroom(t)
	items, err := s.Desk.Shelf(t.Context(), "ru", "", translations.Cursor{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		shelved, err := s.Desk.ShelvedOf(t.Context(), item.Article)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(shelved, func(v translations.Shelved) bool { return v.Language == "ru" && v.Stale })
		if i < 0 || item.SourceLang == "ru" {
			continue
		}
		got := s.reader(t).get(articlePath("ru", item.Slug))
		if !strings.Contains(got.Text, `data-tone="stale"`) || !regexp.MustCompile(`Перевод \d+ абзац`).MatchString(got.Text) {
			t.Errorf("%s does not say that it is behind", item.Slug)
		}
		return
	}
	t.Fatal("the sample newsroom has no Russian text that is behind")
}

// Where a language is missing, the page says so and leads to what there is; what was withdrawn keeps its credit; what was
// never public is not there at all.
func TestMissingLanguage(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	items, err := s.Desk.Shelf(t.Context(), "ru", "", translations.Cursor{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	checked := false
	for _, item := range items {
		langs, err := s.Desk.LanguagesOf(t.Context(), item.Article)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(langs[item.Article], "hy") {
			continue
		}
		checked = true
		got := r.get(articlePath("hy", item.Slug))
		if got.StatusCode != http.StatusNotFound || !strings.Contains(got.Text, articlePath("ru", item.Slug)) || !strings.Contains(got.Text, `<html lang="hy"`) {
			t.Errorf("%s in hy: %d", item.Slug, got.StatusCode)
		}
		if page := r.get(articlePath("ru", item.Slug)); strings.Contains(page.Text, `rel="alternate" hreflang="hy"`) {
			t.Errorf("%s names a language it does not have", item.Slug)
		}
	}
	if !checked {
		t.Error("every Russian text exists in Armenian: nothing was tested")
	}

	item := s.shelved(t, "en", "hy")
	boss, err := s.Desk.MemberByEmail(t.Context(), email("sona"))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.get(articlePath("en", item.Slug)); got.StatusCode != http.StatusOK {
		t.Fatalf("before: %d", got.StatusCode)
	}
	if err := s.Desk.Withdraw(t.Context(), item.Article, "en", "A test takes it down.", boss); err != nil {
		t.Fatal(err)
	}
	s.published()
	got := r.get(articlePath("en", item.Slug))
	p, err := s.Desk.Withdrawn(t.Context(), item.Article, "en")
	if err != nil {
		t.Fatal(err)
	}
	if got.StatusCode != http.StatusGone || !strings.Contains(got.Text, p.Publication.Content.SourceHome) || !strings.Contains(got.Text, "taken down") {
		t.Errorf("withdrawn: %d", got.StatusCode)
	}
	if strings.Contains(got.Text, "A test takes it down") {
		t.Error("the reason, which is the desk's, is shown")
	}
	if got := r.get("/en"); strings.Contains(got.Text, articlePath("en", item.Slug)) {
		t.Error("the front page still shows it")
	}

	arts, err := s.Archive.Articles(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(arts, func(a archive.Article) bool {
		shelved, err := s.Desk.ShelvedOf(t.Context(), a.ID)
		return err == nil && len(shelved) == 0
	})
	if i < 0 {
		t.Fatal("the sample newsroom has no article that is not public")
	}
	for _, tail := range []string{"", "/original", "/cite"} {
		got := r.get(articlePath("en", arts[i].Slug) + tail)
		if got.StatusCode != http.StatusNotFound || strings.Contains(got.Text, arts[i].URL) {
			t.Errorf("%s%s, which nobody has published: %d", arts[i].Slug, tail, got.StatusCode)
		}
	}
}
