package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// embargoed takes a public article with a picture back and publishes it again under an embargo.
func (s *site) embargoed(t *testing.T, until time.Time) translations.Publication {
	t.Helper()
	return s.under(t, rights.Clause{Kind: rights.TimeEmbargo, Params: rights.Params{Until: until.Format(time.RFC3339)}, Strength: rights.Must})
}

// under takes a public article with a picture back and publishes it again under one more clause.
func (s *site) under(t *testing.T, clauses ...rights.Clause) translations.Publication {
	t.Helper()
	members, err := s.Desk.Members(t.Context(), 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.Desk.Shelf(t.Context(), "en", "", translations.Cursor{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		old, err := s.Archive.TermsInForce(t.Context(), item.Source)
		if err != nil || item.Image == "" || item.SourceLang != "en" {
			continue
		}
		next := archive.Terms{Source: item.Source, Statement: old.Statement, Language: old.Language, Capture: old.Capture}
		next.Clauses = append(next.Clauses, old.Clauses...)
		for _, c := range clauses {
			c.Quote = old.Clauses[0].Quote
			next.Clauses = append(next.Clauses, c)
		}
		if next, err = s.Archive.ProposeTerms(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		if err := s.Archive.ConfirmTerms(t.Context(), next.ID, next.Clauses, 1); err != nil {
			t.Fatal(err)
		}
		public, err := s.Desk.Publication(t.Context(), item.Publication)
		if err != nil {
			t.Fatal(err)
		}
		shelved, err := s.Desk.ShelvedOf(t.Context(), item.Article)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if !m.Has(workflow.Administrator) {
				continue
			}
			for _, v := range shelved {
				if err := s.Desk.Withdraw(t.Context(), item.Article, v.Language, "To be published anew.", m); err != nil {
					t.Fatal(err)
				}
			}
			p, err := s.Desk.Publish(t.Context(), public.Version, nil, m, s)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	t.Fatal("no version to publish")
	return translations.Publication{}
}

// Kept pages turn at the instant too, however long an answer may be remembered; so do pictures and what machines read.
func TestEmbargoInCaches(t *testing.T) {
	held := newClock(now())
	s := openNewsroomAt(t, held, func(set *Settings) { set.Fresh = 100 * time.Hour })
	until := now().Add(time.Hour)
	p := s.embargoed(t, until)
	s.published()
	title := p.Content.Title
	r := s.reader(t)
	lang := p.Language
	paths := []string{"/" + lang, articlePath(lang, p.Slug), "/" + lang + "/feed.xml", "/sitemaps/0.xml", apiPath(lang, p.Slug), "/api/v1/" + lang + "/articles"}
	if p.Content.Section != "" {
		paths = append(paths, sectionPath(lang, p.Content.Section))
	}
	etags := map[string]string{}
	for i, at := range []time.Time{now(), until.Add(-time.Nanosecond * 1000), until} {
		held.set(at)
		for _, path := range paths {
			got := r.get(path)
			is := got.StatusCode == http.StatusOK && (strings.Contains(got.Text, htmlEscaped(title)) || strings.Contains(got.Text, p.Slug))
			if is != (i == 2) {
				t.Errorf("%v: %s shows it: %v (%d)", at, path, is, got.StatusCode)
			}
			if i == 2 && etags[path] != "" && etags[path] == got.Header.Get("Etag") {
				t.Errorf("%s has the ETag of before", path)
			}
			etags[path] = got.Header.Get("Etag")
		}
		for _, b := range p.Content.Blocks {
			if b.Asset != "" {
				if got := r.get("/media/" + string(b.Asset)); (got.StatusCode == http.StatusOK) != (i == 2) {
					t.Errorf("%v: picture %d", at, got.StatusCode)
				}
			}
		}
	}
}

func htmlEscaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "'", "&#39;", `"`, "&#34;").Replace(s)
}
