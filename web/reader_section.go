package web

import (
	"context"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/translations"
)

// listPage fills templates/pages/section.html and outlet.html.
type listPage struct {
	base
	latest
	Heading string
	First   bool
	Outlet  *outletFacts
}

// List is the list of the page.
func (p listPage) List() latest { return p.latest }

// outletFacts is what we know of an outlet, beside its articles.
type outletFacts struct {
	outletName
	Language  string
	Lang      string // of the statement
	Statement string // its terms, quoted as they stand
	Version   int
	Recorded  string // when they were confirmed
	Page      string // where they were found
	Clauses   []string
}

// listView is what a list shows.
type listView struct {
	*frame
	items     []translations.Item
	languages map[archive.ArticleID][]string
	more      string // identity of what else the page shows
}

func (v *listView) identity() string {
	var b strings.Builder
	b.WriteString(v.frame.identity + " " + v.more)
	identityOfItems(&b, v.items)
	for _, i := range v.items {
		b.WriteString(strings.Join(v.languages[i.Article], ",") + ";")
	}
	return b.String()
}

// list answers with a cached page of a list; view loads it, page makes it.
func (s *Server) list(r *request, name string, view func(context.Context, translations.Cursor) (*listView, error), page func(*listView, translations.Cursor) (listPage, error)) error {
	behind, err := r.before()
	if err != nil {
		return err
	}
	var known *listView
	load := func(ctx context.Context) (*listView, error) {
		if known != nil {
			return known, nil
		}
		v, err := view(ctx, behind)
		if err != nil {
			return nil, err
		}
		ids := make([]archive.ArticleID, len(v.items))
		for i, item := range v.items {
			ids[i] = item.Article
		}
		if v.languages, err = s.Desk.LanguagesOf(ctx, ids...); err != nil {
			return nil, err
		}
		known = v
		return v, nil
	}
	return r.cached(
		func(ctx context.Context) (string, error) {
			v, err := load(ctx)
			if err != nil {
				return "", err
			}
			return v.identity(), nil
		},
		func(ctx context.Context) ([]byte, error) {
			v, err := load(ctx)
			if err != nil {
				return nil, err
			}
			p, err := page(v, behind)
			if err != nil {
				return nil, err
			}
			r.withLanguages(p.Stories, v.languages)
			return r.render(name, p)
		}, "before")
}

// section shows what is public of a section.
func (s *Server) section(r *request) error {
	slug := r.param("slug")
	return s.list(r, "section",
		func(ctx context.Context, behind translations.Cursor) (*listView, error) {
			f, err := s.frame(ctx)
			if err != nil {
				return nil, err
			}
			if _, ok := f.section(slug); !ok {
				return nil, errNoPage
			}
			items, err := s.Desk.Shelf(ctx, r.lang, slug, behind, listLength+1)
			return &listView{frame: f, items: items}, err
		},
		func(v *listView, behind translations.Cursor) (listPage, error) {
			section, _ := v.section(slug)
			page := listPage{base: r.public(v.frame, section.Name(r.lang)), Heading: section.Name(r.lang), First: behind.FirstAt.IsZero()}
			page.place(s, sectionPath("", slug))
			for i := range page.Sections {
				page.Sections[i].Current = page.Sections[i].URL == sectionPath(r.lang, slug)
			}
			page.latest = r.latest(v.frame, v.items, sectionPath(r.lang, slug), listLength)
			return page, nil
		})
}

// place says where a list is, without its language.
func (p *listPage) place(s *Server, path string) {
	path = strings.TrimPrefix(path, "/")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	p.languageLinks(path)
	p.Canonical = s.Origin + p.Home + path
	p.NoIndex = !p.First
}

// outlet shows an outlet: its name, its terms as they stand, and what is public of it.
func (s *Server) outlet(r *request) error {
	slug := r.param("slug")
	var source archive.Source
	var terms archive.Terms
	return s.list(r, "outlet",
		func(ctx context.Context, behind translations.Cursor) (*listView, error) {
			f, err := s.frame(ctx)
			if err != nil {
				return nil, err
			}
			if source, err = s.Archive.SourceBySlug(ctx, slug); err != nil {
				return nil, err
			}
			if terms, err = s.publicTerms(ctx, source); err != nil {
				return nil, err
			}
			items, err := s.Desk.ShelfOf(ctx, source.ID, r.lang, behind, listLength+1)
			v := &listView{frame: f, items: items}
			v.more = strings.Join([]string{"terms", strconv.FormatInt(int64(terms.ID), 10), source.NameIn(r.lang).Name, source.Language}, " ")
			return v, err
		},
		func(v *listView, behind translations.Cursor) (listPage, error) {
			name := newOutletName(source, r.lang)
			page := listPage{base: r.public(v.frame, source.NameIn(r.lang).Name), Heading: name.Name, First: behind.FirstAt.IsZero()}
			page.place(s, outletPath("", slug))
			page.Outlet = &outletFacts{
				outletName: name, Language: r.words.LanguageName(source.Language), Lang: terms.Language, Statement: terms.Statement,
				Version: terms.Version, Recorded: r.words.Date(terms.ConfirmedAt), Page: terms.PageURL,
			}
			for _, c := range terms.Clauses {
				page.Outlet.Clauses = append(page.Outlet.Clauses, r.T("clause."+string(c.Kind)+".name"))
			}
			page.latest = r.latest(v.frame, v.items, outletPath(r.lang, slug), listLength)
			return page, nil
		})
}

// publicTerms are the terms in force of an outlet of which something is public, in whatever language. Others are the
// desk's business: ErrNotFound.
func (s *Server) publicTerms(ctx context.Context, source archive.Source) (archive.Terms, error) {
	shown, err := s.Desk.SourcesShelved(ctx, source.ID-1, 1)
	if err != nil {
		return archive.Terms{}, err
	}
	if len(shown) == 0 || shown[0].ID != source.ID {
		return archive.Terms{}, fault.ErrNotFound
	}
	return s.Archive.TermsInForce(ctx, source.ID)
}
