package ingest

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mean fails where the mean of scores is under a bar, and tells the lowest.
func mean(t *testing.T, what string, bar float64, scores map[string]float64) {
	t.Helper()
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	got := sum / float64(max(1, len(scores)))
	t.Logf("%s: %.4f over %d", what, got, len(scores))
	if got >= bar {
		return
	}
	t.Errorf("%s: %.4f, want at least %.4f", what, got, bar)
	low := slices.SortedFunc(maps.Keys(scores), func(a, b string) int { return cmp.Compare(scores[a], scores[b]) })
	for _, k := range low[:min(8, len(low))] {
		t.Logf("  %.3f %s", scores[k], k)
	}
}

func truth(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// TestBenchmark measures bodies on the pages of the article-extraction benchmark.
func TestBenchmark(t *testing.T) {
	dir := shared(t, "extraction")
	var pages map[string]struct{ ArticleBody, URL string }
	readJSON(t, filepath.Join(dir, "ground-truth.json"), &pages)
	scores := map[string]float64{}
	if raced {
		t.Skip("a measure of quality, taken without the race detector")
	}
	for key, page := range pages {
		doc, _ := Read(Page{URL: page.URL, Body: readFile(t, filepath.Join(dir, "html", key+".html.gz"))})
		scores[page.URL] = similarity(doc.Text, page.ArticleBody)
	}
	mean(t, "body F1", 0.975, scores)
}

// TestNeighbours measures pages in Russian, Armenian and the languages around.
func TestNeighbours(t *testing.T) {
	if raced {
		t.Skip("a measure of quality, taken without the race detector")
	}
	dir := shared(t, "extraction-ru-hy")
	var pages map[string]struct {
		Kind, Lang, URL, Title, Date string
		Canonical                    string `json:"canonical_in_page"`
		Authors, Body                []string
	}
	readJSON(t, filepath.Join(dir, "expected.json"), &pages)
	bodies, hidden, titles, dates, languages := map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string]float64{}, map[string]float64{}
	authors, canonical := map[string]float64{}, map[string]float64{}
	for key, want := range pages {
		doc, err := Read(Page{URL: want.URL, Body: readFile(t, filepath.Join(dir, "html", key+".html"))})
		score := similarity(doc.Text, strings.Join(want.Body, "\n\n"))
		switch want.Kind {
		case "article":
			bodies[key] = score
		case "js-body":
			hidden[key] = score
		case "not-article":
			if err == nil || doc.Text != "" {
				t.Errorf("%s: an article was found on a page that is none: %.80q", key, doc.Text)
			}
			continue
		case "no-text":
			if len(doc.Text) > 200 {
				t.Errorf("%s: text %.80q, want none", key, doc.Text)
			}
		}
		titles[key] = truth(doc.Title == want.Title)
		if want.Date != "" {
			dates[key] = truth(len(doc.PublishedAt) >= 10 && doc.PublishedAt[:10] == want.Date[:10])
		}
		if want.Kind == "article" {
			languages[key] = truth(doc.Language == want.Lang)
			canonical[key] = truth(doc.CanonicalURL == want.Canonical)
			if len(want.Authors) > 0 {
				authors[key] = truth(slices.Equal(doc.Authors, want.Authors))
			}
		}
	}
	mean(t, "body F1", 0.985, bodies)
	mean(t, "body F1 of bodies in scripts", 0.95, hidden)
	mean(t, "title", 0.95, titles)
	mean(t, "day", 0.95, dates)
	mean(t, "language", 1, languages)
	mean(t, "authors", 0.9, authors)
	mean(t, "canonical", 0.95, canonical)
}

// TestTargetPages holds every field to the pages made in the shape of the outlets this is for.
func TestTargetPages(t *testing.T) {
	dir := shared(t, "pages")
	files, err := filepath.Glob(filepath.Join(dir, "*.expected.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no expected files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".expected.json"), func(t *testing.T) {
			var want struct {
				Title, Lang, Date, Modified, Section, Lead, Canonical, Image string
				SourceName                                                   string `json:"source_name"`
				PageURL                                                      string `json:"page_url"`
				Authors, Body, Policy, Caption                               []string
				NotBody                                                      []string `json:"not_body"`
				Alternates                                                   map[string]string
				Embeds                                                       []struct{ Text, Author, Handle, URL string }
			}
			readJSON(t, file, &want)
			doc, err := Read(Page{URL: want.PageURL, Body: readFile(t, strings.TrimSuffix(file, ".expected.json")+".html")})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range []struct{ name, got, want string }{
				{"title", doc.Title, want.Title},
				{"language", doc.Language, want.Lang},
				{"published", doc.PublishedAt, want.Date},
				{"modified", doc.ModifiedAt, want.Modified},
				{"section", doc.Section, want.Section},
				{"dek", doc.Dek, want.Lead},
				{"canonical", doc.CanonicalURL, want.Canonical},
				{"site", doc.SiteName, want.SourceName},
				{"authors", strings.Join(doc.Authors, ", "), strings.Join(want.Authors, ", ")},
				{"text", doc.Text, strings.Join(want.Body, "\n\n")},
			} {
				if f.got != f.want {
					t.Errorf("%s %q, want %q", f.name, f.got, f.want)
				}
			}
			if !maps.Equal(doc.Alternates, want.Alternates) {
				t.Errorf("alternates %v, want %v", doc.Alternates, want.Alternates)
			}
			var captions []string
			for _, im := range doc.Images {
				if im.Caption != "" {
					captions = append(captions, im.Caption)
				}
			}
			if !slices.Equal(captions, want.Caption) {
				t.Errorf("captions %q, want %q", captions, want.Caption)
			}
			if len(doc.Images) == 0 || doc.Images[0].URL != want.Image {
				t.Errorf("images %+v, want %s first", doc.Images, want.Image)
			}
			for _, p := range want.Policy {
				if !slices.ContainsFunc(doc.Statements, func(s Statement) bool { return s.Text == p }) {
					t.Errorf("statement %q not found in %+v", p, doc.Statements)
				}
			}
			for _, s := range doc.Statements {
				if !slices.ContainsFunc(want.Policy, func(p string) bool { return strings.Contains(p, s.Text) || strings.Contains(s.Text, p) }) {
					t.Errorf("statement %q is none", s.Text)
				}
			}
			for _, s := range want.NotBody {
				if strings.Contains(doc.Text, s) {
					t.Errorf("%q stands in the body", s)
				}
			}
			var embeds []Block
			for _, b := range doc.Blocks {
				if b.Kind == Embed {
					embeds = append(embeds, b)
				}
			}
			if len(embeds) != len(want.Embeds) {
				t.Fatalf("embeds %+v, want %+v", embeds, want.Embeds)
			}
			for i, e := range want.Embeds {
				// twitter.com and x.com are one place, and pages link either.
				address := func(s string) string { return strings.Replace(s, "//x.com/", "//twitter.com/", 1) }
				if b := embeds[i]; b.Text != e.Text || address(b.URL) != address(e.URL) || b.Credit != e.Author+" ("+e.Handle+")" {
					t.Errorf("embed %+v, want %+v", b, e)
				}
			}
		})
	}
}

// TestSeed is the page this project began with, as a page and as the text people copied off it.
func TestSeed(t *testing.T) {
	dir := shared(t, "seed")
	for _, file := range []string{"page.html", "page.txt"} {
		doc, err := Read(Page{URL: "https://caliber.az/en/post/ft-us-signals-willingness", Body: readFile(t, filepath.Join(dir, file))})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, f := range []struct{ name, got, want string }{
			{"title", doc.Title, "FT: US signals willingness to support postwar security framework for Ukraine"},
			{"authors", strings.Join(doc.Authors, ", "), "Tamilla Hasanova"},
			{"published", doc.PublishedAt, "2025-08-28T15:24"},
			{"section", doc.Section, "WORLD"},
			{"site", doc.SiteName, "Caliber.Az"},
			{"language", doc.Language, "en"},
		} {
			if f.got != f.want {
				t.Errorf("%s: %s %q, want %q", file, f.name, f.got, f.want)
			}
		}
		if len(doc.Statements) != 1 || doc.Statements[0].Text != "Any use of materials is allowed only if there is a hyperlink to Caliber.az" {
			t.Errorf("%s: statements %+v", file, doc.Statements)
		}
		var hops []string
		for _, u := range doc.Upstream {
			hops = append(hops, u.Outlet+" in "+string(u.Where))
		}
		if got, want := strings.Join(hops, ", "), "Financial Times in title, Financial Times in text"; got != want {
			t.Errorf("%s: upstream %q, want %q", file, got, want)
		}
		if len(doc.Blocks) != 7 || !strings.HasPrefix(doc.Text, "The United States has indicated") || !strings.HasSuffix(doc.Text, "security framework for Ukraine.") {
			t.Errorf("%s: %d blocks, %.60q … %.60q", file, len(doc.Blocks), doc.Text, doc.Text[max(0, len(doc.Text)-60):])
		}
	}
}
