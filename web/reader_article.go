package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/translations"
	"colophon/web/typeset"
)

// articlePage fills templates/pages/article.html and cite.html.
type articlePage struct {
	base
	P         translations.Publication
	Headline  string // the title as it is set
	Dek       string
	Section   tab
	Outlet    outletName
	Credit    credit
	Text      []stretch
	Date      outletDate // by the outlet
	Original  string     // its language, in the language of the page
	Minutes   int
	Views     string // rounded down, so that the page need not be made again for each of them
	Stale     *staleness
	Dead      *deadSource // the original does not answer any more
	Others    []coverage
	Source    *coverage // the original, where it is another page than this
	Colophon  colophon
	Related   []story
	More      []story
	Elsewhere bool   // More is not of the same section, which has nothing else
	Earlier   string // address of what follows More; "" where nothing does
	Share     []Link
	Cite      citation
	Kit       kit // of the page for republishing
	LD        any // JSON-LD
}

// coverage is what exists of an article in one language.
type coverage struct {
	Lang, Label, Name, URL string
	Current, Original      bool
	Stale                  bool
}

// staleness is how far a page is behind its source.
type staleness struct {
	Changed  time.Time // when the source was seen to have changed
	Blocks   int       // changed, added or taken out
	Original string    // address of the original text with us, or of the outlet's page
}

// reading is what an article's address shows: identities, and what little of the page changes without the text.
type reading struct {
	*frame
	article   archive.Article
	shelved   []translations.Shelved
	own       *translations.Shelved // in the language of the page
	section   []translations.Item   // newest of the same section
	outlet    []translations.Item   // newest of the same outlet
	link      archive.LinkHealth    // of the original
	elsewhere bool                  // section is of all sections
	views     int64
}

// article shows an article as published, or a candidate for it.
func (s *Server) article(r *request) error { return s.articleAs(r, "article") }

// cite shows how to cite or republish an article, for who has no script to open the dialog with.
func (s *Server) cite(r *request) error { return s.articleAs(r, "cite") }

func (s *Server) articleAs(r *request, name string) error {
	if p, ok := candidate(r.Context()); ok {
		page, err := s.candidatePage(r, p)
		if err != nil {
			return err
		}
		return r.show(name, page)
	}
	var known *reading
	load := func(ctx context.Context) (*reading, error) {
		var err error
		if known == nil {
			known, err = s.reading(ctx, r.param("slug"), r.lang)
		}
		return known, err
	}
	err := r.cached(
		func(ctx context.Context) (string, error) {
			a, err := load(ctx)
			if err != nil {
				return "", err
			}
			if a.own == nil {
				return "", errUnshelved
			}
			if name == "article" {
				r.read = &translations.Viewed{Article: a.article.ID, Language: r.lang}
			}
			return a.identity(), nil
		},
		func(ctx context.Context) ([]byte, error) {
			a, err := load(ctx)
			if err != nil {
				return nil, err
			}
			if a.own == nil {
				return nil, errUnshelved
			}
			page, err := s.articlePage(ctx, r, a)
			if err != nil {
				return nil, err
			}
			if name == "republish" {
				page.Kit, page.NoIndex = newKit(r, page.P, r.own(a.frame.site)), true
			}
			return r.render(name, page)
		})
	if errors.Is(err, errUnshelved) {
		return s.missing(r, known)
	}
	return err
}

// errUnshelved says that an article exists and is not public in the language asked for.
var errUnshelved = fmt.Errorf("not public in this language: %w", archive.ErrNotFound)

// How many stories stand beside an article, and below it.
const (
	besides = 4
	below   = 8
)

// reading asks what an article shows. None of it grows with the archive: rows by key and the first few of an index.
func (s *Server) reading(ctx context.Context, slug, lang string) (*reading, error) {
	f, err := s.frame(ctx)
	if err != nil {
		return nil, err
	}
	a := &reading{frame: f}
	if a.article, err = s.Archive.ArticleBySlug(ctx, slug); err != nil {
		return nil, err
	}
	if a.shelved, err = s.Desk.ShelvedOf(ctx, a.article.ID); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(a.shelved, func(v translations.Shelved) bool { return v.Language == lang })
	if i < 0 {
		return a, nil
	}
	a.own = &a.shelved[i]
	if a.section, err = s.Desk.Shelf(ctx, lang, a.own.Section, translations.Cursor{}, below+besides+2); err != nil {
		return nil, err
	}
	if len(a.section) < 2 { // nothing but the article itself
		a.elsewhere = true
		if a.section, err = s.Desk.Shelf(ctx, lang, "", translations.Cursor{}, below+besides+2); err != nil {
			return nil, err
		}
	}
	if a.outlet, err = s.Desk.ShelfOf(ctx, a.own.Source, lang, translations.Cursor{}, besides+1); err != nil {
		return nil, err
	}
	if a.link, err = s.Archive.LinkHealth(ctx, a.article.ID); err != nil {
		return nil, err
	}
	views, err := s.Desk.Views(ctx, translations.Viewed{Article: a.article.ID, Language: lang})
	a.views = rounded(views)
	return a, err
}

// rounded keeps the first two digits of a number.
func rounded(n int64) int64 {
	unit := int64(1)
	for n/unit >= 100 {
		unit *= 10
	}
	return n / unit * unit
}

// identity names everything the page is made of by identities that do not change.
func (a *reading) identity() string {
	var b strings.Builder
	b.WriteString(a.frame.identity + " revision " + strconv.FormatInt(int64(a.article.Revision), 10) + " views " + strconv.FormatInt(a.views, 10))
	for _, v := range a.shelved {
		fmt.Fprintf(&b, " %s %d %t", v.Language, v.Publication, v.Stale)
	}
	if a.link.Dead() {
		fmt.Fprintf(&b, " dead since %d", a.link.FirstFailure.Unix())
	}
	for _, list := range [][]translations.Item{a.section, a.outlet} {
		b.WriteString(" beside")
		for _, i := range list {
			b.WriteString(" " + strconv.FormatInt(int64(i.Publication), 10))
		}
	}
	return b.String()
}

// articlePage makes the page of a publication that is out.
func (s *Server) articlePage(ctx context.Context, r *request, a *reading) (articlePage, error) {
	p, err := s.Desk.Published(ctx, a.article.ID, r.lang)
	if err != nil {
		return articlePage{}, err
	}
	source, err := s.Archive.Source(ctx, p.Content.SourceID)
	if err != nil {
		return articlePage{}, err
	}
	page := s.pageOf(r, a.frame, p, source)
	page.cover(r, a.shelved)
	if a.own.Stale {
		if page.Stale, err = s.staleness(ctx, p, a.article); err != nil {
			return articlePage{}, err
		}
		page.Stale.Original = p.Content.OriginalURL
		if page.Source != nil {
			page.Stale.Original = page.Source.URL
		}
	}
	if page.Dead = s.dead(p, a.link); page.Dead != nil {
		page.Credit.lead(p.Content.OriginalURL, page.Dead.Capture)
	}
	if a.views > 0 {
		page.Views = r.words.Number(int(a.views))
		if a.views >= 100 {
			page.Views += "+"
		}
	}
	page.beside(r, a)
	page.finish(r)
	return page, nil
}

// candidatePage makes the page a publication would have: the same, without what only being out can give it.
func (s *Server) candidatePage(r *request, p translations.Publication) (articlePage, error) {
	f, err := s.frame(r.Context())
	if err != nil {
		return articlePage{}, err
	}
	source, err := s.Archive.Source(r.Context(), p.Content.SourceID)
	if err != nil {
		return articlePage{}, err
	}
	shelved, err := s.Desk.ShelvedOf(r.Context(), p.Article)
	if err != nil {
		return articlePage{}, err
	}
	if i := slices.IndexFunc(shelved, func(v translations.Shelved) bool { return v.Language == p.Language }); i < 0 {
		own := translations.Shelved{}
		own.Language, own.Slug = p.Language, p.Slug
		shelved = append(shelved, own)
	} else {
		shelved[i].Stale = false
	}
	page := s.pageOf(r, f, p, source)
	page.cover(r, shelved)
	page.finish(r)
	return page, nil
}

// pageOf is what of an article's page follows from the publication alone.
func (s *Server) pageOf(r *request, f *frame, p translations.Publication, source archive.Source) articlePage {
	c := p.Content
	page := articlePage{
		base: r.public(f, c.Title), P: p, Headline: typeset.Text(r.lang, c.Title), Dek: typeset.Text(r.lang, c.Dek),
		Outlet: newOutletName(source, r.lang), Original: r.words.LanguageName(c.SourceLanguage), Text: stretches(c.Blocks, r.lang, c.SourceLanguage),
		Date: newOutletDate(r.words, c.PublishedAt), Minutes: max(1, (wordsIn(c)+100)/200),
	}
	if section, ok := f.section(c.Section); ok {
		page.Section = tab{Text: section.Name(r.lang), URL: sectionPath(r.lang, section.Slug)}
	}
	page.Credit = newCredit(p, source)
	page.Description = c.Dek
	if page.Description == "" {
		page.Description = openingOf(c)
	}
	page.Canonical = s.Origin + articlePath(p.Language, p.Slug)
	return page
}

// OriginalTitle is the title of the original in the quotes of its language.
func (p articlePage) OriginalTitle() string {
	return quotedTitle(p.P.Content.SourceLanguage, p.P.Content.OriginalTitle)
}

// OriginalShort is the address of the original for people, without its scheme.
func (p articlePage) OriginalShort() string {
	_, short, ok := strings.Cut(p.P.Content.OriginalURL, "://")
	if !ok {
		return p.P.Content.OriginalURL
	}
	return strings.TrimSuffix(strings.TrimPrefix(short, "www."), "/")
}

// NameLang is the language to mark a name in: "" where it is written as the page is.
func (p articlePage) NameLang(name string) string { return nameLang(name, p.P.Language) }

// Statement are the terms in force, in the quotes of their language.
func (p articlePage) Statement() string { return quotedTitle(p.StatementLang(), p.P.Content.Statement) }

// StatementLang is the language of the terms.
func (p articlePage) StatementLang() string {
	return cmp.Or(p.P.Content.StatementLang, p.P.Content.SourceLanguage)
}

// ArticlePath, CitePath and OriginalPath are the addresses of the page and of what belongs to it.
func (p articlePage) ArticlePath() string { return articlePath(p.P.Language, p.P.Slug) }

// CitePath is the page that says how to cite this one.
func (p articlePage) CitePath() string { return p.ArticlePath() + "/cite" }

// RepublishPath is the page with the copies for republishing.
func (p articlePage) RepublishPath() string { return p.ArticlePath() + "/republish" }

// OriginalPath leads to what there is of the original.
func (p articlePage) OriginalPath() string { return p.ArticlePath() + "/original" }

// cover fills what exists of the article in each language, and the language switch: it stays on the article, and leads
// to a page that says so where a version does not exist.
func (p *articlePage) cover(r *request, shelved []translations.Shelved) {
	for i := range p.Alternates {
		p.Alternates[i].Missing = true
		p.Alternates[i].URL = articlePath(p.Alternates[i].Lang, p.P.Slug)
	}
	for _, v := range shelved {
		c := newCoverage(r, v, p.P.Content.SourceLanguage)
		c.Current = v.Language == p.P.Language
		if i := slices.IndexFunc(p.Alternates, func(a alternate) bool { return a.Lang == v.Language }); i >= 0 {
			p.Alternates[i].Missing = false
		}
		p.Others = append(p.Others, c)
		if c.Original && !c.Current {
			p.Source = &p.Others[len(p.Others)-1]
		}
	}
	slices.SortStableFunc(p.Others, func(a, b coverage) int { return rank(a) - rank(b) })
	if p.Source != nil {
		i := slices.IndexFunc(p.Others, func(c coverage) bool { return c.Original })
		p.Source = &p.Others[i]
	}
}

// rank puts this page first, then the original.
func rank(c coverage) int {
	switch {
	case c.Current:
		return 0
	case c.Original:
		return 1
	}
	return 2
}

func newCoverage(r *request, v translations.Shelved, source string) coverage {
	words := r.server.wordsOf(v.Language)
	return coverage{
		Lang: v.Language, Label: words.Label(), Name: words.Name(), URL: articlePath(v.Language, v.Slug),
		Original: v.Language == source, Stale: v.Stale,
	}
}

// beside fills the stories of the same outlet and of the same section.
func (p *articlePage) beside(r *request, a *reading) {
	own := func(i translations.Item) bool { return i.Article == a.article.ID }
	outlet := slices.DeleteFunc(slices.Clone(a.outlet), own)
	p.Related = r.stories(a.frame, outlet[:min(len(outlet), besides)])
	p.Elsewhere = a.elsewhere
	more := slices.DeleteFunc(slices.Clone(a.section), own)
	if n := below; len(more) > n {
		more = more[:n]
		p.Earlier = earlier(sectionPath(r.lang, a.own.Section), more[n-1].Cursor())
		if a.own.Section == "" || a.elsewhere {
			p.Earlier = earlier("/"+r.lang, more[n-1].Cursor())
		}
	}
	p.More = r.stories(a.frame, more)
}

// finish fills what speaks of the page as a whole.
func (p *articlePage) finish(r *request) {
	p.Colophon = newColophon(r, p)
	p.Cite = newCitation(r, p)
	p.Share = shareLinks(r, p.Canonical, p.P.Content.Title)
	p.LD = linkedData(p)
}

// staleness compares the revision a publication was made against with the current one.
func (s *Server) staleness(ctx context.Context, p translations.Publication, a archive.Article) (*staleness, error) {
	now, err := s.Archive.Revision(ctx, a.Revision)
	if err != nil {
		return nil, err
	}
	out := &staleness{Changed: now.CreatedAt}
	old, err := s.Archive.Blocks(ctx, p.Revision)
	if err != nil {
		return nil, err
	}
	blocks, err := s.Archive.Blocks(ctx, a.Revision)
	if err != nil {
		return nil, err
	}
	hashes := make(map[archive.BlockKey]string, len(old))
	for _, b := range old {
		hashes[b.Key] = b.Hash
	}
	for _, b := range blocks {
		if hashes[b.Key] != b.Hash {
			out.Blocks++
		}
		delete(hashes, b.Key)
	}
	out.Blocks += len(hashes)
	return out, nil
}

// shareLinks are plain links to pages that share another page.
func shareLinks(r *request, page, title string) []Link {
	u, t := url.QueryEscape(page), url.QueryEscape(title)
	return []Link{
		{r.T("share.email"), "mailto:?subject=" + url.PathEscape(title) + "&body=" + url.PathEscape(page)},
		{"Telegram", "https://t.me/share/url?url=" + u + "&text=" + t},
		{"Facebook", "https://www.facebook.com/sharer/sharer.php?u=" + u},
		{"X", "https://x.com/intent/post?url=" + u + "&text=" + t},
	}
}

// media answers with a picture of an article. Pictures are known by their digests, so they never change; whether readers
// may see one can change at any moment, so browsers ask each time, and are told in a few bytes.
func (s *Server) media(r *request) error {
	digest := r.param("digest")
	if err := s.maySeePicture(r, database.Digest(digest)); err != nil {
		return err
	}
	h := r.w.Header()
	s.reserve(r.Context(), r.http, h)
	etag := `"` + digest + `"`
	if has(r.http.Header["If-None-Match"], etag) && database.Digest(digest).IsValid() {
		h.Set("Etag", etag)
		r.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	asset, b, err := s.Archive.Picture(r.Context(), database.Digest(digest))
	if err != nil {
		return err
	}
	h.Set("Content-Type", asset.MediaType)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Etag", etag)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-site")
	r.w.WriteHeader(http.StatusOK)
	_, _ = r.w.Write(b) // the reader is gone: there is nobody to tell
	return nil
}

// maySeePicture lets readers have the pictures of what is public, and people of the desk those of what they work on.
func (s *Server) maySeePicture(r *request, digest database.Digest) error {
	h := r.w.Header()
	h.Set("Cache-Control", "public, no-cache")
	address := r.http.URL.Path
	if _, ok := s.pages.showing(address); ok {
		return nil
	}
	f, err := s.frame(r.Context())
	if err != nil {
		return err
	}
	public, err := s.Desk.PicturePublic(r.Context(), digest)
	if err != nil {
		return err
	}
	if public {
		s.pages.shown.Set(address, shown{identity: address, until: f.still(s.Now().Add(s.pages.fresh))})
		return nil
	}
	if err := r.identify(); err != nil {
		return err
	}
	if r.member.ID == 0 {
		return errNoPage
	}
	h.Set("Cache-Control", "private, no-cache")
	return nil
}
