package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colophon/archive/fault"
	"colophon/archive/rights"
)

// Examination is a page of somebody else beside an outlet's terms.
type Examination struct {
	Page     *rights.Parsed
	URL      string // of the page; may be empty
	Source   Source
	Terms    Terms
	Original Article // that the page republishes; zero where it is not known or not kept
	Facts    rights.Facts
	Clauses  []rights.Clause
	Findings []rights.Finding // one for each clause
}

// Examine checks a page of anybody against the terms of an outlet that a person has confirmed. original is the address of
// the article it republishes; where it is empty, the first link of the page that leads to an article we keep says which.
// Agreements do not count here: they are between the outlet and us. ErrForbidden where nobody has confirmed any terms.
func (a *Archive) Examine(ctx context.Context, page rights.Page, source SourceID, original string) (Examination, error) {
	s, err := a.Source(ctx, source)
	if err != nil {
		return Examination{}, err
	}
	t, err := a.TermsInForce(ctx, s.ID)
	if errors.Is(err, ErrNotFound) {
		return Examination{Source: s}, fault.New(ErrForbidden, "fault.verify.unconfirmed", fault.Data{"Source": s.NameIn("").Name})
	}
	if err != nil {
		return Examination{}, err
	}
	e := Examination{Page: rights.Parse(page), URL: page.URL, Source: s, Terms: t, Clauses: ForeignClauses(t.Clauses, a.Now())}
	if e.Original, e.Facts, err = a.originalOf(ctx, e.Page, s, original); err != nil {
		return Examination{}, err
	}
	e.Findings = e.Page.VerifyForeign(e.Facts, e.Clauses)
	return e, nil
}

// ForeignClauses are the clauses of an outlet's terms as they bear on the page of somebody else at a time: a permission
// may well be theirs, only we do not know of it.
func ForeignClauses(clauses []rights.Clause, at time.Time) []rights.Clause {
	out := make([]rights.Clause, len(clauses))
	for i, c := range clauses {
		c.Grant = nil
		if c.Strength == "" {
			c.Strength = rights.Must
		}
		if c.Kind == rights.TimeEmbargo && c.Now == "" {
			c.Now = at.UTC().Format(time.RFC3339)
		}
		out[i] = c
	}
	return out
}

// maxGuesses bounds how many links of a page are looked up among the articles we keep.
const maxGuesses = 50

// originalOf finds the article a page republishes and what is known of it.
func (a *Archive) originalOf(ctx context.Context, page *rights.Parsed, s Source, address string) (Article, rights.Facts, error) {
	candidates := []string{address}
	if address == "" {
		candidates = page.LinksTo(s.HomeURL)
	}
	for _, c := range candidates[:min(len(candidates), maxGuesses)] {
		art, err := a.ArticleAt(ctx, c)
		if errors.Is(err, ErrNotFound) || address == "" && errors.Is(err, ErrInvalid) {
			continue
		}
		if err != nil {
			return Article{}, rights.Facts{}, err
		}
		if art.Source != s.ID {
			continue
		}
		f, err := a.Facts(ctx, art, s)
		return art, f, err
	}
	return Article{}, rights.Facts{Original: rights.Original{
		URL: address, CanonicalURL: address, HomeURL: s.HomeURL, OutletNames: s.AllNames(), Language: s.Language,
	}}, nil
}

// Facts are what pages that republish an article are checked against, by its current revision.
func (a *Archive) Facts(ctx context.Context, art Article, s Source) (rights.Facts, error) {
	rev, err := a.Revision(ctx, art.Revision)
	if err != nil {
		return rights.Facts{}, fmt.Errorf("facts of article %d: %w", art.ID, err)
	}
	f := rights.Facts{Original: rights.Original{
		URL: art.URL, CanonicalURL: art.URL, HomeURL: s.HomeURL, OutletNames: s.AllNames(), Authors: rev.Authors, Title: rev.Title,
		Language: art.Language, WordCount: rev.Words, CharCount: rev.Characters, InnerLinks: rev.Meta.InnerLinks,
	}}
	for _, u := range rev.Meta.Upstream {
		if u.Href != "" {
			f.Chain = append(f.Chain, rights.Hop{Outlet: u.Outlet, URL: u.Href})
		}
	}
	if len(f.Chain) > 0 {
		f.Chain = append(f.Chain, rights.Hop{Outlet: s.NameIn(art.Language).Name, HomeURL: s.HomeURL, URL: art.URL})
	}
	return f, nil
}

// SourceNamed finds an outlet as people name it: by its slug, its host, or an address on its site.
func (a *Archive) SourceNamed(ctx context.Context, name string) (Source, error) {
	s, err := a.SourceBySlug(ctx, name)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return s, err
	}
	host := name
	if key, err := Normalise(name); err == nil {
		host = key
		for i, c := range host {
			if c == '/' || c == '?' {
				host = host[:i]
				break
			}
		}
	}
	s, err = a.SourceByHost(ctx, host)
	if errors.Is(err, ErrNotFound) {
		return Source{}, fault.New(ErrNotFound, "fault.verify.source", fault.Data{"Name": shorten(name, 100)})
	}
	return s, err
}
