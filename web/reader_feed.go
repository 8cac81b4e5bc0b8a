package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
)

// atomFeed is a feed (RFC 4287).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Rights   string      `xml:"rights"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	HrefLang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
}

type atomEntry struct {
	ID         string        `xml:"id"`
	Title      string        `xml:"title"`
	Published  string        `xml:"published"`
	Updated    string        `xml:"updated"`
	Links      []atomLink    `xml:"link"`
	Authors    []atomPerson  `xml:"author"`
	Categories []atomSection `xml:"category"`
	Source     string        `xml:"rights"`
	Summary    string        `xml:"summary,omitempty"`
	Content    atomText      `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomSection struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// feedLength is how many of the newest a feed holds.
const feedLength = 30

// feed is the newest of a language as a feed.
func (s *Server) feed(r *request) error {
	f, err := s.frame(r.Context())
	if err != nil {
		return err
	}
	items, err := s.Desk.Shelf(r.Context(), r.lang, "", translations.Cursor{}, feedLength)
	if err != nil {
		return err
	}
	ids := make([]translations.PublicationID, len(items))
	for i, item := range items {
		ids[i] = item.Publication
	}
	texts, err := s.Desk.Publications(r.Context(), ids...)
	if err != nil {
		return err
	}
	b := r.public(f, "")
	self := s.Origin + r.http.URL.Path
	out := atomFeed{
		Lang: r.lang, ID: self, Title: b.Site, Subtitle: r.T("strap"), Rights: strings.Join(r.own(f.site).Paragraphs(), " "), Updated: "1970-01-01T00:00:00Z",
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: self}, {Rel: "alternate", Type: "text/html", HrefLang: r.lang, Href: s.Origin + b.Home}},
	}
	var newest time.Time
	for _, st := range r.stories(f, items) {
		if st.At.After(newest) {
			newest = st.At
			out.Updated = st.At.UTC().Format(time.RFC3339)
		}
		out.Entries = append(out.Entries, s.entry(st, texts[st.Publication]))
	}
	return r.xml(out, "application/atom+xml; charset=utf-8")
}

// entry is the item of a story: the beginning of its text and the whole credit, which stays with it wherever a reader of
// feeds shows it.
func (s *Server) entry(st story, p translations.Publication) atomEntry {
	e := atomEntry{
		ID: s.Origin + st.URL, Title: st.Title, Published: st.FirstAt.UTC().Format(time.RFC3339), Updated: st.At.UTC().Format(time.RFC3339),
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", HrefLang: st.Language, Href: s.Origin + st.URL}},
		Summary: st.Item.Dek, Source: st.Outlet,
	}
	if e.Summary == "" {
		e.Summary = cut(st.Opening, 300)
	}
	if c := p.Content; c.OriginalURL != "" {
		e.Links = append(e.Links, atomLink{Rel: "via", Type: "text/html", HrefLang: c.SourceLanguage, Href: c.OriginalURL})
	}
	if licence := licenceOf(p.Content); licence != "" {
		e.Links = append(e.Links, atomLink{Rel: "license", Href: licence})
	}
	credit := newCredit(p, archive.Source{})
	var b strings.Builder
	lines := func(list []creditLine) {
		for _, l := range list {
			b.WriteString(`<p class="credit">` + l.HTML() + "</p>\n")
		}
	}
	lines(credit.Top)
	lines(credit.People)
	b.WriteString("<p>" + html.EscapeString(e.Summary) + "</p>\n")
	if text := cut(st.Opening, 300); text != e.Summary && utf8.RuneCountInString(e.Summary) < 100 {
		b.WriteString("<p>" + html.EscapeString(text) + "</p>\n")
	}
	lines(credit.End)
	e.Content = atomText{Type: "html", Text: b.String()}
	author := st.Author
	if author == "" {
		author = st.Outlet
	}
	e.Authors = []atomPerson{{Name: author}}
	if st.Section.Text != "" {
		e.Categories = []atomSection{{Term: st.Item.Section, Label: st.Section.Text}}
	}
	return e
}

// xml answers with a document for machines.
func (r *request) xml(document any, kind string) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(document); err != nil {
		return fmt.Errorf("write %s: %w", kind, err)
	}
	r.machine(kind, b.Bytes())
	return nil
}

// machine answers with a document for machines. Whoever has this very document is told so; nobody may go on showing one
// without asking, since what was in it may have been taken down.
func (r *request) machine(kind string, body []byte) {
	h := r.w.Header()
	digest := sha256.Sum256(body)
	etag := `W/"` + hex.EncodeToString(digest[:12]) + `"`
	h.Set("Cache-Control", "public, no-cache")
	h.Set("Etag", etag)
	if has(r.http.Header["If-None-Match"], strings.TrimPrefix(etag, "W/")) {
		r.w.WriteHeader(http.StatusNotModified)
		return
	}
	r.send(http.StatusOK, kind, body)
}

// The map of the site for search engines (sitemaps.org, with the languages of each page as Google reads them). Each file
// holds a fixed range of articles, so no file changes when others grow and none is ever too long.
const articlesPerMap = 1000

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapRef `xml:"sitemap"`
}

type sitemapRef struct {
	Loc string `xml:"loc"`
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	Pages   []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string        `xml:"loc"`
	LastMod    string        `xml:"lastmod,omitempty"`
	Alternates []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel      string `xml:"rel,attr"`
	HrefLang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// maxMaps is how many files an index may name.
const maxMaps = 50_000

// siteIndex is /sitemap.xml: the list of the maps.
func (s *Server) siteIndex(r *request) error {
	last, err := s.Desk.LastShelved(r.Context())
	if err != nil {
		return err
	}
	out := sitemapIndex{Maps: []sitemapRef{{Loc: s.Origin + "/sitemaps/pages.xml"}}}
	for n := int64(last) / articlesPerMap; n >= 0 && last > 0 && len(out.Maps) < maxMaps; n-- {
		out.Maps = append(out.Maps, sitemapRef{Loc: s.Origin + "/sitemaps/" + strconv.FormatInt(n, 10) + ".xml"})
	}
	return r.xml(out, "application/xml; charset=utf-8")
}

// siteMap is one file: a range of articles, or the pages that are none.
func (s *Server) siteMap(r *request) error {
	name, ok := strings.CutSuffix(r.param("name"), ".xml")
	if !ok {
		return errNoPage
	}
	out := sitemap{XHTML: "http://www.w3.org/1999/xhtml"}
	if name == "pages" {
		f, err := s.frame(r.Context())
		if err != nil {
			return err
		}
		paths := []string{"", "/about"}
		for _, section := range f.sections {
			paths = append(paths, sectionPath("", section.Slug)[1:])
		}
		for _, path := range paths {
			out.Pages = append(out.Pages, s.mapped(locales.Languages(), func(lang string) string { return "/" + lang + path }, time.Time{})...)
		}
		return r.xml(out, "application/xml; charset=utf-8")
	}
	n, err := strconv.ParseInt(name, 10, 64)
	if err != nil || n < 0 || n > maxMaps {
		return errNoPage
	}
	items, err := s.Desk.ShelvedBetween(r.Context(), archive.ArticleID(n*articlesPerMap), archive.ArticleID((n+1)*articlesPerMap))
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return fault.ErrNotFound
	}
	for first := 0; first < len(items); {
		last := first
		var languages []string
		at := items[first].At
		for ; last < len(items) && items[last].Article == items[first].Article; last++ {
			languages = append(languages, items[last].Language)
			if items[last].At.After(at) {
				at = items[last].At
			}
		}
		slug := items[first].Slug
		out.Pages = append(out.Pages, s.mapped(languages, func(lang string) string { return articlePath(lang, slug) }, at)...)
		first = last
	}
	return r.xml(out, "application/xml; charset=utf-8")
}

// mapped is a page in each of its languages.
func (s *Server) mapped(languages []string, path func(lang string) string, at time.Time) []sitemapURL {
	var links []sitemapLink
	for _, lang := range languages {
		links = append(links, sitemapLink{Rel: "alternate", HrefLang: lang, Href: s.Origin + path(lang)})
	}
	out := make([]sitemapURL, len(languages))
	for i, lang := range languages {
		out[i] = sitemapURL{Loc: s.Origin + path(lang), Alternates: links}
		if !at.IsZero() {
			out[i].LastMod = at.UTC().Format(time.RFC3339)
		}
	}
	return out
}

// robotsTxt is open but for the desk, and for searches, of which there are as many as words.
func (s *Server) robotsTxt(r *request) error {
	var b strings.Builder
	b.WriteString("User-agent: *\nDisallow: /desk\nDisallow: /login\nDisallow: /prefs\n")
	for _, lang := range locales.Languages() {
		b.WriteString("Disallow: /" + lang + "/search\n")
	}
	b.WriteString("\nSitemap: " + s.Origin + "/sitemap.xml\n")
	r.w.Header().Set("Cache-Control", "public, max-age=3600")
	r.send(http.StatusOK, "text/plain; charset=utf-8", []byte(b.String()))
	return nil
}
