package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"colophon/archive"
	"colophon/translations"
)

// missingPage fills templates/pages/missing.html: the article exists, and this language of it does not, or not any more.
type missingPage struct {
	base
	Gone        bool   // it was here, and was withdrawn
	Basis       string // why it was taken down, in words; "" where nobody asked for it
	At          time.Time
	Language    string // asked for, in the language of the page
	Heading     string // the title it had here, or the original's
	HeadingLang string
	Credit      []creditLine
	Outlet      outletName
	Original    string // address of the outlet's page
	Others      []coverage
}

// missing answers for an article that is not public in the language of the request: 410 with the credit where it was
// withdrawn, 404 with what there is where it never was. Of an article that was never public nothing is told.
func (s *Server) missing(r *request, a *reading) error {
	ctx := r.Context()
	gone, err := s.Desk.Withdrawn(ctx, a.article.ID, r.lang)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return err
	}
	page := missingPage{base: r.public(a.frame, ""), Language: r.words.LanguageName(r.lang), Gone: err == nil, At: gone.At}
	var p translations.Publication
	switch {
	case page.Gone:
		p = gone.Publication
		if gone.Basis != "" {
			page.Basis = r.T("takedown.basis." + string(gone.Basis))
		}
	case len(a.shelved) == 0:
		return errNoPage
	default:
		if p, err = s.best(ctx, a); err != nil {
			return err
		}
	}
	source, err := s.Archive.Source(ctx, p.Content.SourceID)
	if err != nil {
		return err
	}
	page.Heading, page.HeadingLang = p.Content.Title, p.Language
	page.Outlet, page.Original = newOutletName(source, r.lang), p.Content.OriginalURL
	p.Language = r.lang // the credit is in the language of the page
	page.Credit = newCredit(p, source).Top
	page.Title = page.Heading
	page.NoIndex = true
	page.languageLinks("/articles/" + a.article.Slug)
	for i := range page.Alternates {
		page.Alternates[i].Missing = true
	}
	for _, v := range a.shelved {
		page.Others = append(page.Others, newCoverage(r, v, p.Content.SourceLanguage))
		for i := range page.Alternates {
			page.Alternates[i].Missing = page.Alternates[i].Missing && page.Alternates[i].Lang != v.Language
		}
	}
	status := http.StatusNotFound
	if page.Gone {
		status = http.StatusGone
	}
	return r.showStatus(status, "missing", page)
}

// best is the publication to name an article by where it has none in the language asked for: the original, else the first.
func (s *Server) best(ctx context.Context, a *reading) (translations.Publication, error) {
	lang := a.shelved[0].Language
	for _, v := range a.shelved {
		if v.Language == a.article.Language {
			lang = v.Language
		}
	}
	return s.Desk.Published(ctx, a.article.ID, lang)
}

// originalPage fills templates/pages/original.html: what we know of an original that we do not show.
type originalPage struct {
	base
	Heading     string
	HeadingLang string
	Language    string
	Outlet      outletName
	URL         string // at the outlet
	Date        outletDate
	Authors     []string
	Captured    string
	Digest      string
	Words       int
	Others      []coverage
}

// original leads to the original of an article: to our page of it, where it is public, else to what we know of it and
// to the outlet.
func (s *Server) original(r *request) error {
	ctx := r.Context()
	a, err := s.reading(ctx, r.param("slug"), r.lang)
	if err != nil {
		return err
	}
	if a.own == nil {
		_, err := s.Desk.Withdrawn(ctx, a.article.ID, r.lang)
		if err == nil || len(a.shelved) == 0 {
			return s.missing(r, a)
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return err
		}
	}
	for _, v := range a.shelved {
		if v.Language == a.article.Language {
			r.w.Header().Set("Cache-Control", "no-cache")
			http.Redirect(r.w, r.http, articlePath(v.Language, v.Slug), http.StatusFound)
			return nil
		}
	}
	revision, err := s.Archive.Revision(ctx, a.article.Revision)
	if err != nil {
		return err
	}
	capture, err := s.Archive.Capture(ctx, revision.Capture)
	if err != nil {
		return err
	}
	source, err := s.Archive.Source(ctx, a.article.Source)
	if err != nil {
		return err
	}
	page := originalPage{
		base: r.public(a.frame, revision.Title), Heading: revision.Title, HeadingLang: a.article.Language, Language: r.words.LanguageName(a.article.Language),
		Outlet: newOutletName(source, r.lang), URL: a.article.URL, Date: newOutletDate(r.words, revision.PublishedAt),
		Authors: revision.Authors, Captured: r.words.DateTime(capture.At), Digest: string(capture.Digest), Words: revision.Words,
	}
	page.NoIndex = true
	for _, v := range a.shelved {
		page.Others = append(page.Others, newCoverage(r, v, a.article.Language))
	}
	return r.show("original", page)
}
