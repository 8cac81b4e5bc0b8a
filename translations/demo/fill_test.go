package demo_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/demo"
	"colophon/translations/workflow"
)

// page renders a publication as plainly as the terms of the sample outlets allow: name, author and both links above the
// text. The real pages are package web's, which fills the demo in its own tests.
type page struct{}

func (page) Outputs(context.Context, translations.Publication) ([]translations.Output, error) {
	return nil, nil
}

func (page) Render(_ context.Context, p translations.Publication) (rights.Page, error) {
	var b strings.Builder
	c := p.Content
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang=%q><head><title>%s</title></head><body><main><article><h1>%s</h1>`, p.Language, html.EscapeString(c.Title), html.EscapeString(c.Title))
	fmt.Fprintf(&b, `<p class="srcline"><a href=%q>%s</a>, <a href=%q>%s</a>. %s</p>`,
		c.SourceHome, html.EscapeString(c.SourceNames[p.Language].Name), c.OriginalURL, html.EscapeString(c.OriginalTitle), html.EscapeString(strings.Join(c.Authors, ", ")))
	b.WriteString(`<div class="body" id="text">`)
	for _, block := range c.Blocks {
		fmt.Fprintf(&b, "<p>%s</p>", block.HTML)
	}
	b.WriteString("</div></article></main></body></html>")
	return rights.Page{URL: "https://colophon.example/" + p.Language + "/a", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(b.String())}, nil
}

func open(t *testing.T, now time.Time) (*archive.Archive, *translations.Desk) {
	t.Helper()
	dir := t.TempDir()
	db, err := database.Open(t.Context(), database.Settings{Dir: dir, Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	blobs, err := database.OpenFiles(dir + "/blobs")
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(t.Context(), db, blobs, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	d, err := translations.Open(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return a, d
}

func TestFill(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	a, d := open(t, now)
	began := time.Now()
	filled, err := demo.Fill(t.Context(), a, d, page{})
	if err != nil || !filled {
		t.Fatalf("Fill = %v, %v", filled, err)
	}
	t.Logf("filled in %v", time.Since(began))

	n, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range map[string]func(*testing.T, *archive.Archive, *translations.Desk, demo.Newsroom){
		"standings": standingsAsPlanned, "readers": readersSeeThePlan, "terms": termsAsPlanned, "pictures": picturesAreKept, "sign in": everybodySignsIn,
		"again": nothingHappensAgain,
	} {
		t.Run(name, func(t *testing.T) { check(t, a, d, n) })
	}
}

func standingsAsPlanned(t *testing.T, a *archive.Archive, d *translations.Desk, n demo.Newsroom) {
	t.Helper()
	want, got := map[string]workflow.Standing{}, map[string]workflow.Standing{}
	for _, j := range n.Plan {
		name := j.Article + " " + j.Language
		want[name] = map[string]workflow.Standing{
			demo.Draft: workflow.AtDraft, demo.InReview: workflow.AtReview, demo.ChangesRequested: workflow.AtChangesRequested,
			demo.Approved: workflow.AtApproved, demo.Refused: workflow.AtApproved, demo.Published: workflow.AtPublished,
			demo.Behind: workflow.AtOutdated,
		}[j.State]
		v := version(t, a, d, n, j)
		got[name] = v.Standing
		if wantDue := j.Due != 0; wantDue == v.DueAt.IsZero() {
			t.Errorf("%s is due at %v", name, v.DueAt)
		}
		art, _ := n.Article(j.Article)
		o, _ := n.Outlet(art.Outlet)
		if held := j.State == demo.Refused && o.ConfirmedBy != ""; held != v.Held {
			t.Errorf("%s: held by the gate is %v, want %v", name, v.Held, held)
		}
		if j.State == demo.ChangesRequested {
			comments, err := d.Comments(t.Context(), v.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(comments) != len(j.Comments) {
				t.Errorf("%s has %d comments, want %d", name, len(comments), len(j.Comments))
			}
			for _, c := range comments {
				if c.Quote == "" {
					t.Errorf("%s: a comment on nothing: %s", name, c.Text)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("standings (-want +got):\n%s", diff)
	}
}

func readersSeeThePlan(t *testing.T, a *archive.Archive, d *translations.Desk, n demo.Newsroom) {
	t.Helper()
	for _, art := range n.Articles {
		kept, err := a.ArticleAt(t.Context(), art.URL)
		if err != nil {
			t.Fatal(err)
		}
		shelved, err := d.ShelvedOf(t.Context(), kept.ID)
		if err != nil {
			t.Fatal(err)
		}
		want, got := map[string]bool{}, map[string]bool{} // language → behind its source
		for _, j := range n.Plan {
			if j.Article == art.Slug && (j.State == demo.Published || j.State == demo.Behind) {
				want[j.Language] = j.State == demo.Behind
			}
		}
		for _, s := range shelved {
			got[s.Language] = s.Stale
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: what is public, and whether it is behind (-want +got):\n%s", art.Slug, diff)
		}
	}
}

func nothingHappensAgain(t *testing.T, a *archive.Archive, d *translations.Desk, n demo.Newsroom) {
	t.Helper()
	before, err := d.Members(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if filled, err := demo.Fill(t.Context(), a, d, page{}); err != nil || filled {
		t.Errorf("a second Fill = %v, %v", filled, err)
	}
	after, err := d.Members(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(before) != len(n.People) || len(after) != len(before) {
		t.Errorf("%d people, then %d, want %d", len(before), len(after), len(n.People))
	}
}

func everybodySignsIn(t *testing.T, _ *archive.Archive, d *translations.Desk, n demo.Newsroom) {
	t.Helper()
	for _, p := range n.People {
		if _, _, err := d.SignIn(t.Context(), p.Login, n.Password, "test", "127.0.0.1"); err != nil {
			t.Errorf("%s: %v", p.Login, err)
		}
	}
}

func picturesAreKept(t *testing.T, a *archive.Archive, _ *translations.Desk, n demo.Newsroom) {
	t.Helper()
	kept := 0
	for _, art := range n.Articles {
		known, err := a.ArticleAt(t.Context(), art.URL)
		if err != nil {
			t.Fatal(err)
		}
		assets, err := a.Assets(t.Context(), known.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, as := range assets {
			if as.MediaType != "image/svg+xml" {
				t.Errorf("%s is %s", as.URL, as.MediaType)
			}
			kept++
		}
		if want := strings.Contains(string(art.Pages[0].Data), "<figure>"); want != (len(assets) == 1) {
			t.Errorf("%s: a figure is %v, pictures are %v", art.Slug, want, assets)
		}
	}
	if kept != 7 {
		t.Errorf("%d pictures are kept, want 7", kept)
	}
}

func termsAsPlanned(t *testing.T, a *archive.Archive, _ *translations.Desk, n demo.Newsroom) {
	t.Helper()
	for _, o := range n.Outlets {
		s, err := a.SourceByHost(t.Context(), o.Host)
		if err != nil {
			t.Fatal(err)
		}
		history, err := a.TermsHistory(t.Context(), s.ID)
		if err != nil || len(history) == 0 {
			t.Fatalf("%s: terms %v, %v", o.ID, history, err)
		}
		terms := history[0]
		if terms.IsConfirmed() != (o.ConfirmedBy != "") {
			t.Errorf("%s: confirmed is %v", o.ID, terms.IsConfirmed())
		}
		for _, c := range terms.Clauses {
			if c.Quote != "" && terms.Statement[c.Start:c.End] != c.Quote {
				t.Errorf("%s: clause %s points at %q, quotes %q", o.ID, c.Kind, terms.Statement[c.Start:c.End], c.Quote)
			}
		}
	}
}

func version(t *testing.T, a *archive.Archive, d *translations.Desk, n demo.Newsroom, j demo.Job) translations.Version {
	t.Helper()
	art, _ := n.Article(j.Article)
	kept, err := a.ArticleAt(t.Context(), art.URL)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.VersionOf(t.Context(), kept.ID, j.Language)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
