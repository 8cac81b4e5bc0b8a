package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
)

// deadSource says on a reader's page that the original does not answer any more, and where the credit leads instead.
type deadSource struct {
	Since   time.Time
	Capture string // path of our capture's page
}

// capturePage fills templates/pages/capture.html: an original as we captured it. It shows the text only where the terms
// let it stand in full as it is; else what is known of it.
type capturePage struct {
	base
	Heading     string
	HeadingLang string
	Language    string
	Outlet      outletName
	URL         string // at the outlet
	Dead        time.Time
	Date        outletDate
	Authors     []string
	Credit      credit
	Captured    string
	Machine     string // the time of the capture, RFC 3339
	Digest      string
	Length      int       // in words
	Text        []stretch // nil: the terms do not let us show it
	Others      []coverage
}

// mementoTime is how a capture's time stands in its address, as web archives write it (RFC 7089 leaves the form open).
const mementoTime = "20060102150405"

// capturePath is the address of the page of an article's capture in a language.
func capturePath(lang, slug string, at time.Time) string {
	return articlePath(lang, slug) + "/captures/" + at.UTC().Format(mementoTime)
}

// dead finds out what a page says of an original that does not answer any more; nil while it does.
func (s *Server) dead(p translations.Publication, h archive.LinkHealth) *deadSource {
	if !h.Dead() {
		return nil
	}
	return &deadSource{Since: h.FirstFailure, Capture: capturePath(p.Language, p.Slug, p.Content.CapturedAt)}
}

// lead makes the links of the credit that lead to one address lead to another.
func (c *credit) lead(from, to string) {
	for _, lines := range [][]creditLine{{c.Title}, c.Top, c.Byline, c.End} {
		for _, l := range lines {
			for i := range l {
				if l[i].Href == from {
					l[i].Href = to
				}
			}
		}
	}
}

// publicCapture answers GET /{lang}/articles/:slug/captures/:time, of an article that is public in some language. Search
// engines are kept away: the original is the outlet's.
func (s *Server) publicCapture(r *request) error {
	ctx := r.Context()
	at, err := time.Parse(mementoTime, r.param("time"))
	if err != nil {
		return errNoPage
	}
	a, err := s.reading(ctx, r.param("slug"), r.lang)
	if err != nil {
		return err
	}
	if len(a.shelved) == 0 {
		return errNoPage
	}
	c, rev, err := s.Archive.CapturedAt(ctx, a.article.ID, at)
	if err != nil {
		return err
	}
	source, err := s.Archive.Source(ctx, a.article.Source)
	if err != nil {
		return err
	}
	health, err := s.Archive.LinkHealth(ctx, a.article.ID)
	if err != nil {
		return err
	}
	page := capturePage{
		base: r.public(a.frame, rev.Title), Heading: rev.Title, HeadingLang: a.article.Language, Language: r.words.LanguageName(a.article.Language),
		Outlet: newOutletName(source, r.lang), URL: a.article.URL, Date: newOutletDate(r.words, rev.PublishedAt), Authors: rev.Authors,
		Captured: r.words.DateTime(c.At), Machine: c.At.UTC().Format(time.RFC3339), Digest: string(c.Digest), Length: rev.Words,
	}
	if health.Dead() {
		page.Dead = health.FirstFailure
	}
	page.NoIndex = true
	for _, v := range a.shelved {
		page.Others = append(page.Others, newCoverage(r, v, a.article.Language))
	}
	force, err := s.Archive.InForce(ctx, source.ID, archive.Use{Article: a.article.ID, Language: a.article.Language})
	if err != nil {
		return err
	}
	facts, err := s.Archive.Facts(ctx, a.article, source)
	if err != nil {
		return err
	}
	p := translations.Publication{Language: r.lang, Content: translations.Content{
		Clauses: force.Clauses(), Facts: facts, SourceNames: source.Names, PublishedAt: rev.PublishedAt, SourceLanguage: a.article.Language,
	}}
	page.Credit = newCredit(p, source)
	body, err := s.captureBody(ctx, r, page, rev, force, facts)
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Memento-Datetime", c.At.UTC().Format(http.TimeFormat))
	h.Set("Link", fmt.Sprintf("<%s>; rel=\"original\"", headerAddress(a.article.URL)))
	h.Set("X-Robots-Tag", "noindex")
	r.send(http.StatusOK, "text/html; charset=utf-8", body)
	return nil
}

// captureBody renders the page with the text of the original, if the very page then keeps to the terms in force: every
// binding clause met, but for those that do not bear on a text shown whole and unchanged. Otherwise without.
func (s *Server) captureBody(ctx context.Context, r *request, page capturePage, rev archive.Revision, force archive.Force, facts rights.Facts) ([]byte, error) {
	bare, err := r.render("capture", page)
	if err != nil || !force.IsConfirmed() {
		return bare, err
	}
	blocks, err := s.Archive.Blocks(ctx, rev.ID)
	if err != nil {
		return nil, err
	}
	var text []translations.ContentBlock
	for _, b := range blocks {
		if b.Key == archive.TitleKey || b.Kind == ingest.Figure || b.Kind == ingest.Embed || b.Text == "" {
			continue // pictures have rights of their own
		}
		text = append(text, translations.ContentBlock{Key: b.Key, Kind: b.Kind, Level: b.Level, HTML: b.HTML})
	}
	page.Text = stretches(text, page.HeadingLang, page.HeadingLang)
	full, err := r.render("capture", page)
	if err != nil {
		return nil, err
	}
	clauses := archive.ForeignClauses(force.Clauses(), s.Now())
	served := rights.Page{Body: full, URL: s.Origin + r.http.URL.Path, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "X-Robots-Tag": {"noindex"}}}
	for i, f := range rights.Verify(served, facts, clauses) {
		if f.Status != rights.Met && clauses[i].Strength == rights.Must && !slices.Contains(besideText, f.Kind) {
			return bare, nil
		}
	}
	return full, nil
}

// besideText are kinds that do not bear on a text shown whole, unchanged, without pictures and for nothing.
var besideText = []rights.Kind{
	rights.LinkActive, rights.EditNone, rights.MediaUnchanged, rights.TermsChanged, rights.Takedown, rights.ResaleNone, rights.AdsNone,
	rights.ThirdPartyExclude, rights.PermissionCommercial,
}

// headerAddress keeps an address from breaking out of its header.
func headerAddress(address string) string {
	return string(bytes.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || r == '<' || r == '>' || r == '"' {
			return -1
		}
		return r
	}, []byte(address)))
}
