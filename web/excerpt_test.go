package web

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
)

// Where the terms limit how much is shown, readers get an excerpt and the way to the source, and the rest is nowhere:
// not in the page, the feed, the API, the index, nor the copy.
func TestLimitedText(t *testing.T) {
	for name, clauses := range map[string][]rights.Clause{
		"share":      {{Kind: rights.LimitShare, Params: rights.Params{Percent: 30}, Strength: rights.Must}},
		"characters": {{Kind: rights.LimitCount, Params: rights.Params{Unit: "characters", Max: 500}, Strength: rights.Must}},
		"words":      {{Kind: rights.LimitCount, Params: rights.Params{Unit: "words", Max: 60}, Strength: rights.Must}},
		"paragraphs": {{Kind: rights.LimitCount, Params: rights.Params{Unit: "paragraphs", Max: 2}, Strength: rights.Must}, {Kind: rights.LimitReadMore, Params: rights.Params{Text: "Read the whole story at the Herald"}, Strength: rights.Must}},
	} {
		t.Run(name, func(t *testing.T) {
			s := openNewsroom(t)
			p := s.under(t, clauses...)
			s.published()
			if !p.Content.Excerpt || len(p.Content.Blocks) == 0 {
				t.Fatalf("excerpt %v, %d blocks", p.Content.Excerpt, len(p.Content.Blocks))
			}
			blocks, err := s.Archive.Blocks(t.Context(), p.Revision)
			if err != nil {
				t.Fatal(err)
			}
			last := ""
			for _, b := range blocks {
				if b.Kind == ingest.Paragraph {
					last = b.Text
				}
			}
			rest := last[len(last)/2 : len(last)/2+min(40, len(last)/2)]
			for !utf8.RuneStart(rest[0]) {
				rest = rest[1:]
			}
			r := s.reader(t)
			more := "Read on at the source"
			if name == "paragraphs" {
				more = "Read the whole story at the Herald"
			}
			for _, path := range []string{articlePath("en", p.Slug), apiPath("en", p.Slug), "/en/feed.xml"} {
				got := r.get(path)
				if got.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", path, got.StatusCode)
				}
				if strings.Contains(oneSpace(htmlText(got.Text)), oneSpace(rest)) {
					t.Errorf("%s holds the end of the text: %q", path, rest)
				}
				if !strings.Contains(got.Text, more) || !strings.Contains(got.Text, p.Content.OriginalURL) {
					t.Errorf("%s does not lead to the source", path)
				}
			}
			words := strings.Fields(last)
			found, err := s.Desk.Search(t.Context(), translations.Search{Language: "en", Text: `"` + strings.Join(words[len(words)-5:], " ") + `"`, Limit: 5})
			if err != nil || found.Count != 0 {
				t.Errorf("the index holds the end of the text: %d %v", found.Count, err)
			}
			page, err := s.Render(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range rights.Verify(page, p.Content.Facts, clauses) {
				if f.Status != rights.Met {
					t.Errorf("%s %s %s %v", f.Kind, f.Status, f.Why, f.Data)
				}
			}
			end := ""
			for _, b := range p.Content.Blocks {
				if b.Kind == ingest.Paragraph {
					end = ingest.PlainText(b.HTML)
				}
			}
			if !strings.ContainsAny(end[max(0, len(end)-4):], ".?!…") {
				t.Errorf("the excerpt ends within a sentence: %q", end)
			}
			work, err := s.Desk.Work(t.Context(), p.Version)
			if err != nil {
				t.Fatal(err)
			}
			preview, err := s.Desk.Preview(t.Context(), work.Version.ID)
			if err != nil || len(preview.Budgets) != 1 || !preview.Budgets[0].Over() || !preview.Budgets[0].Warns() || preview.Budgets[0].Allowed == 0 {
				t.Errorf("budget %+v %v", preview.Budgets, err)
			}
		})
	}
}

// The editor says how much of a limit a translation uses, and warns at nine tenths of it.
func TestBudget(t *testing.T) {
	s := openNewsroom(t)
	p := s.under(t, rights.Clause{Kind: rights.LimitShare, Params: rights.Params{Percent: 95}, Strength: rights.Must})
	helen := s.reader(t).as("sona")
	versions, err := s.Desk.VersionsOf(t.Context(), p.Article)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if v.Language == "en" {
			continue
		}
		got := helen.get(editorPath(v.ID) + "?lang=en")
		if got.StatusCode != http.StatusOK || !strings.Contains(got.Text, "counted in the characters of the original") || !strings.Contains(got.Text, `data-unit="source"`) {
			t.Errorf("%s: %d, no budget of the source", v.Language, got.StatusCode)
		}
	}
	for used, want := range map[int]string{0: "", 89: "", 90: "warns", 100: "warns", 101: "over"} {
		b := translations.Budget{Used: used, Allowed: 100}
		got := ""
		if b.Warns() {
			got = "warns"
		}
		if b.Over() {
			got = "over"
		}
		if got != want {
			t.Errorf("%d of 100: %q, want %q", used, got, want)
		}
	}
}
