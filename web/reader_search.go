package web

import (
	"net/http"
	"net/url"
	"strconv"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
)

// searchPage fills templates/pages/search.html.
type searchPage struct {
	base
	Asked    bool // something was looked for
	Heading  string
	Hits     []hit
	Earlier  string // address of the results that follow
	Narrow   []facet
	Narrowed []Link // what narrows the results, each with the address of the results without it
	All      string // address of the results without any
	Others   []other
}

// hit is one result.
type hit struct {
	story
	Title   []translations.Stretch
	Snippet []translations.Stretch
}

// Story is the publication that was found.
func (h hit) Story() story { return h.story }

// facet is a row of choices that narrow the results.
type facet struct {
	Name    string // of the field
	Legend  string
	Choices []option
}

type option struct {
	Value, Text string
	Count       int
	Checked     bool
}

// other is what the same words find in another language.
type other struct {
	Lang, Name, URL, Count string
}

const hitsLength = 10

// maxQuery is how much of a query is looked for, in characters: what the field takes. What is longer is cut, not refused.
const maxQuery = 200

// search looks words up in what is public. Its pages are not kept: there are as many as words.
func (s *Server) search(r *request) error {
	ctx := r.Context()
	f, err := s.frame(ctx)
	if err != nil {
		return err
	}
	q := translations.Search{Language: r.lang, Text: r.query("q"), Section: r.query("section"), Limit: hitsLength}
	if words := []rune(q.Text); len(words) > maxQuery {
		q.Text = string(words[:maxQuery])
	}
	if len(q.Section) > 200 {
		return fault.ErrInvalid
	}
	q.Behind, _ = strconv.ParseInt(r.query("behind"), 36, 64)
	var source archive.Source
	if slug := r.query("outlet"); slug != "" {
		if source, err = s.Archive.SourceBySlug(ctx, slug); err != nil {
			return err
		}
		q.Source = source.ID
	}
	page := searchPage{base: r.public(f, r.T("search.label")), Asked: q.Text != ""}
	page.Query, page.NoIndex = q.Text, true
	page.Search = "" // the box is in the page itself
	for i, a := range page.Alternates {
		page.Alternates[i].URL = searchPath(a.Lang, q.Text)
	}
	if !page.Asked {
		return r.show("search", page)
	}
	page.Title = r.T("search.title", "Query", quotedTitle(r.lang, q.Text))
	found, err := s.Desk.Search(ctx, q)
	if err != nil {
		return err
	}
	r.fillSearch(f, &page, q, found, source)
	if err := r.fillFacets(f, &page, q, found); err != nil {
		return err
	}
	for _, lang := range locales.Languages() {
		if lang == r.lang {
			continue
		}
		n, err := s.Desk.CountIn(ctx, lang, q.Text)
		if err != nil {
			return err
		}
		if n > 0 {
			words := s.words[lang]
			page.Others = append(page.Others, other{Lang: lang, Name: words.Name(), URL: searchPath(lang, q.Text), Count: words.Plural("search.pages", n, nil)})
		}
	}
	r.w.Header().Set("Cache-Control", "private, max-age=60")
	return r.showStatus(http.StatusOK, "search", page)
}

// fillSearch fills the results.
func (r *request) fillSearch(f *frame, page *searchPage, q translations.Search, found translations.Found, source archive.Source) {
	quotedQuery := quotedTitle(r.lang, q.Text)
	switch {
	case found.Count == 0:
		page.Heading = r.T("search.none", "Query", quotedQuery)
	case found.Count >= translations.MaxCounted:
		page.Heading = r.T("search.many", "Count", r.words.Number(found.Count), "Query", quotedQuery)
	default:
		page.Heading = r.N("search.found", found.Count, "Query", quotedQuery)
	}
	for _, h := range found.Hits {
		page.Hits = append(page.Hits, hit{story: r.stories(f, []translations.Item{h.Item})[0], Title: h.Title, Snippet: h.Snippet})
	}
	if found.Behind > 0 {
		page.Earlier = r.narrowed(q, source.Slug, "behind", strconv.FormatInt(found.Behind, 36))
	}
	page.All = searchPath(r.lang, q.Text)
	if q.Section != "" {
		name := q.Section
		if section, ok := f.section(q.Section); ok {
			name = section.Name(r.lang)
		}
		without := q
		without.Section = ""
		page.Narrowed = append(page.Narrowed, Link{name, r.narrowed(without, source.Slug, "", "")})
	}
	if q.Source != 0 {
		page.Narrowed = append(page.Narrowed, Link{quoted(r.lang, source.NameIn(r.lang).Name), r.narrowed(q, "", "", "")})
	}
}

// narrowed is the address of a search as it is, with one more parameter.
func (r *request) narrowed(q translations.Search, outlet, key, value string) string {
	v := url.Values{"q": {q.Text}}
	if q.Section != "" {
		v.Set("section", q.Section)
	}
	if outlet != "" {
		v.Set("outlet", outlet)
	}
	if key != "" {
		v.Set(key, value)
	}
	return "/" + r.lang + "/search?" + v.Encode()
}

// fillFacets fills what the results can be narrowed by.
func (r *request) fillFacets(f *frame, page *searchPage, q translations.Search, found translations.Found) error {
	sections := facet{Name: "section", Legend: r.T("search.section")}
	for _, s := range f.sections {
		if n := found.Sections[s.Slug]; n > 0 || s.Slug == q.Section {
			sections.Choices = append(sections.Choices, option{Value: s.Slug, Text: s.Name(r.lang), Count: n, Checked: s.Slug == q.Section})
		}
	}
	outlets := facet{Name: "outlet", Legend: r.T("search.outlet")}
	after := archive.SourceID(0)
	for range maxFacetOutlets {
		id := archive.SourceID(0) // the next in order of their ids
		for candidate := range found.Sources {
			if candidate > after && (id == 0 || candidate < id) {
				id = candidate
			}
		}
		if id == 0 {
			break
		}
		after = id
		s, err := r.server.Archive.Source(r.Context(), id)
		if err != nil {
			return err
		}
		outlets.Choices = append(outlets.Choices, option{
			Value: s.Slug, Text: quoted(r.lang, s.NameIn(r.lang).Name), Count: found.Sources[id], Checked: id == q.Source,
		})
	}
	for _, facet := range []facet{sections, outlets} {
		if len(facet.Choices) > 0 {
			page.Narrow = append(page.Narrow, facet)
		}
	}
	return nil
}

// maxFacetOutlets is how many outlets can be chosen from.
const maxFacetOutlets = 20
