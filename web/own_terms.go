package web

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
)

// ownClauses are what we ask of whoever republishes a page of ours, with the words of our terms they rest on. Terms an
// administrator wrote are read as an outlet's are; the default ones ask for a visible hyperlink to the page and one to the
// outlet of the original, and for author and translator as the colophon names them.
func (s *Server) ownClauses(p translations.Publication, site translations.Site) (statement string, clauses []rights.Clause) {
	if statement = site.Terms[p.Language]; statement != "" {
		for _, c := range rights.Detect(rights.Statement{Text: statement, Lang: p.Language, Outlet: s.Site}).Clauses {
			if bearsOn(c.Kind, p) {
				clauses = append(clauses, c)
			}
		}
		return statement, clauses
	}
	statement = s.wordsOf(p.Language).Text("footer.reuse.text", map[string]any{"Site": s.Site})
	sentences := strings.SplitAfter(strings.ReplaceAll(statement, "։ ", "։\n"), "\n")
	if len(sentences) == 1 {
		sentences = strings.SplitAfter(strings.ReplaceAll(statement, ". ", ".\n"), "\n")
	}
	for _, d := range []struct {
		kind     rights.Kind
		target   string
		sentence int // of the default words
	}{
		{rights.LinkRequired, "article", 0},
		{rights.LinkVisible, "article", 0},
		{rights.CreditChain, "", 0},
		{rights.CreditAuthor, "", 1},
		{rights.CreditTranslator, "", 1},
	} {
		if !bearsOn(d.kind, p) {
			continue
		}
		c := rights.Clause{Kind: d.kind, Params: rights.Params{Target: d.target}, Strength: rights.Must}
		c.Quote = strings.TrimSpace(sentences[min(d.sentence, len(sentences)-1)])
		c.Start = max(0, strings.Index(statement, c.Quote))
		c.End = c.Start + len(c.Quote)
		clauses = append(clauses, c)
	}
	return statement, clauses
}

// bearsOn says whether a clause of ours has anything to ask of who republishes a page: nobody is named who is not there.
func bearsOn(kind rights.Kind, p translations.Publication) bool {
	switch kind {
	case rights.CreditChain:
		return !p.IsOriginal()
	case rights.CreditAuthor:
		return len(p.Content.Authors) > 0
	case rights.CreditTranslator:
		return len(p.Content.Translators) > 0
	}
	return true
}

// examineOwn checks a page of anybody against our own terms. address is that of our page it republishes; where it is
// empty, the first link of the page that leads to a page of ours says which. A page that names none is checked for what
// it would owe any page of ours.
func (s *Server) examineOwn(ctx context.Context, page rights.Page, address string) (archive.Examination, translations.Publication, error) {
	e := archive.Examination{Page: rights.Parse(page), URL: page.URL}
	f, err := s.frame(ctx)
	if err != nil {
		return e, translations.Publication{}, err
	}
	names := map[string]archive.Name{"": {Name: s.Site}}
	for lang, name := range f.site.Name {
		if name != "" {
			names[lang] = archive.Name{Name: name}
		}
	}
	e.Source = archive.Source{Host: s.origin.Hostname(), HomeURL: s.Origin + "/", Names: names}
	e.Terms = archive.Terms{PageURL: s.Origin + "/" + locales.Languages()[0] + "/terms"}
	candidates := []string{address}
	if address == "" {
		candidates = e.Page.LinksTo(e.Source.HomeURL)
	}
	var p translations.Publication
	for _, c := range candidates[:min(len(candidates), 50)] {
		p, err = s.ownPage(ctx, c)
		if err == nil {
			break
		}
		if !errors.Is(err, fault.ErrNotFound) {
			return e, p, err
		}
	}
	if p.ID == 0 && address != "" {
		return e, p, fault.New(fault.ErrNotFound, "fault.verify.ours", fault.Data{"Address": clipped(address, 200)})
	}
	o := rights.Original{HomeURL: e.Source.HomeURL, OutletNames: e.Source.AllNames()}
	if p.ID == 0 {
		p.Language, p.Content.SourceLanguage = e.Page.Language(), ""
	} else {
		c := p.Content
		o = rights.Original{
			URL: s.Origin + articlePath(p.Language, p.Slug), HomeURL: e.Source.HomeURL, OutletNames: e.Source.AllNames(),
			Authors: c.Authors, AuthorSpellings: c.Facts.Original.AuthorSpellings, Title: c.Title, Language: c.SourceLanguage,
		}
		o.CanonicalURL = o.URL
		e.Terms.PageURL = s.Origin + "/" + p.Language + "/terms"
		e.Facts.Chain = []rights.Hop{{Outlet: c.SourceNames[p.Language].Name, HomeURL: c.SourceHome, URL: c.OriginalURL}}
		if len(c.Translators) > 0 {
			e.Facts.Translator = c.Translators[0]
		}
	}
	e.Facts.Original = o
	e.Terms.Statement, e.Clauses = s.ownClauses(p, f.site)
	e.Terms.Language = s.wordsOf(p.Language).Lang()
	e.Findings = e.Page.VerifyForeign(e.Facts, e.Clauses)
	return e, p, nil
}

// ownPage finds the publication at an address of ours: ErrNotFound where there is none.
func (s *Server) ownPage(ctx context.Context, address string) (translations.Publication, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host != "" && !strings.EqualFold(u.Hostname(), s.origin.Hostname()) {
		return translations.Publication{}, fault.ErrNotFound
	}
	lang, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	slug, ok := strings.CutPrefix(rest, "articles/")
	slug, _, _ = strings.Cut(slug, "/")
	if !ok || slug == "" {
		return translations.Publication{}, fault.ErrNotFound
	}
	art, err := s.Archive.ArticleBySlug(ctx, slug)
	if err != nil {
		return translations.Publication{}, err
	}
	return s.Desk.Published(ctx, art.ID, lang)
}
