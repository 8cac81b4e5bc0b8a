package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/inline"
)

// articlesPage fills templates/pages/articles.html: everything that is kept, newest first.
type articlesPage struct {
	base
	Articles []articleLine
	More     string
}

// articleLine is an article in a list of the desk.
type articleLine struct {
	archive.Article
	base
	Title    string
	Outlet   string
	Date     string
	Versions []translations.Version
}

const articlesAtOnce = 30

func (s *Server) articles(r *request) error {
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	list, err := s.Archive.Articles(r.Context(), archive.ArticleID(before), articlesAtOnce+1)
	if err != nil {
		return err
	}
	p := articlesPage{base: s.deskBase(r, r.T("articles.all"), "board")}
	if len(list) > articlesAtOnce {
		list = list[:articlesAtOnce]
		p.More = "/desk/articles?before=" + fmt.Sprint(list[articlesAtOnce-1].ID)
	}
	if p.Articles, err = s.articleLines(r, list); err != nil {
		return err
	}
	return r.show("articles", p)
}

func (s *Server) articleLines(r *request, list []archive.Article) ([]articleLine, error) {
	b := r.base("")
	names := map[archive.SourceID]string{}
	out := make([]articleLine, len(list))
	for i, art := range list {
		if names[art.Source] == "" {
			source, err := s.Archive.Source(r.Context(), art.Source)
			if err != nil {
				return nil, err
			}
			names[art.Source] = source.NameIn(r.lang).Name
		}
		rev, err := s.Archive.Revision(r.Context(), art.Revision)
		if err != nil {
			return nil, err
		}
		versions, err := s.Desk.VersionsOf(r.Context(), art.ID)
		if err != nil {
			return nil, err
		}
		out[i] = articleLine{
			Article: art, base: b, Title: rev.Title, Outlet: names[art.Source], Versions: versions,
			Date: r.words.Date(art.FirstSeen),
		}
	}
	return out, nil
}

// deskArticlePage fills templates/pages/desk_article.html: an article with its revisions, captures and versions.
type deskArticlePage struct {
	base
	Article   archive.Article
	Source    archive.Source
	Outlet    string
	Revision  archive.Revision // the one shown
	Blocks    []originalBlock
	Terms     string // state of the outlet's terms: see termsState
	Versions  []versionLine
	Openable  []choice
	Barred    []barredLine
	Revisions []revisionLine
	From, To  int // revisions compared, by number; 0: none are
	Changes   []changedBlock
	Removed   int
	Link      linkView // of the original at the outlet
	History   []historyLine
	Takedown  takedownBox
	Refuse    string
}

// PublishedOn is when the outlet published the article, in words.
func (p deskArticlePage) PublishedOn() outletDate {
	return newOutletDate(p.Words(), p.Revision.PublishedAt)
}

// originalBlock is a block of the source's text.
type originalBlock struct {
	archive.Block
	HTML trusted
}

// IsHeading says whether the block is a heading of the text.
func (b originalBlock) IsHeading() bool {
	return b.Kind == ingest.Heading || b.Kind == archive.KindTitle
}

// versionLine is a version of the article.
type versionLine struct {
	translations.Version
	Name     string // of the language
	Link     string
	Original bool
	Public   string // address of the public page; "" where there is none
	Lapse    lapse  // the agreement it rests on is over; zero where none is
	Awaited  string // when it will be public; "" where nothing waits
}

// revisionLine is a revision with the capture it was read from.
type revisionLine struct {
	archive.Revision
	When    string
	Capture archive.Capture
	Size    string
	Digest  string // shortened
	Current bool
}

// changedBlock is a block that differs between two revisions.
type changedBlock struct {
	Number int    // in the newer revision; 0: it is gone
	Kind   string // "changed", "added", "removed"
	Runs   []run
}

func (s *Server) deskArticle(r *request) error { return s.showArticle(r, http.StatusOK, "") }

func (s *Server) showArticle(r *request, status int, refuse string) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	p := deskArticlePage{Refuse: refuse}
	if p.Article, err = s.Archive.Article(r.Context(), archive.ArticleID(id)); err != nil {
		return err
	}
	if p.Source, err = s.Archive.Source(r.Context(), p.Article.Source); err != nil {
		return err
	}
	p.Outlet = p.Source.NameIn(r.lang).Name
	if err := s.fillRevisions(r, &p); err != nil {
		return err
	}
	if p.Terms, _, err = s.termsState(r, p.Source.ID); err != nil {
		return err
	}
	if err := s.fillVersions(r, &p); err != nil {
		return err
	}
	if p.Takedown, err = s.takedownBox(r, p.Article.ID, p.Versions); err != nil {
		return err
	}
	if p.Link, err = s.linkOf(r, p.Article.ID); err != nil {
		return err
	}
	p.base = s.deskBase(r, p.Revision.Title, "board")
	return r.showStatus(status, "desk_article", p)
}

// fillRevisions reads the revisions, the text of the one asked for (?revision=2), and how two differ (?from=1&to=2).
func (s *Server) fillRevisions(r *request, p *deskArticlePage) error {
	revisions, err := s.Archive.Revisions(r.Context(), p.Article.ID)
	if err != nil {
		return err
	}
	number := func(name string) int {
		n, _ := strconv.Atoi(r.query(name))
		if !slices.ContainsFunc(revisions, func(rev archive.Revision) bool { return rev.Number == n }) {
			return 0
		}
		return n
	}
	shown := number("revision")
	p.From, p.To = number("from"), number("to")
	for _, rev := range revisions {
		if rev.Number == shown || shown == 0 && rev.ID == p.Article.Revision {
			p.Revision = rev
		}
		c, err := s.Archive.Capture(r.Context(), rev.Capture)
		if err != nil {
			return err
		}
		p.Revisions = append(p.Revisions, revisionLine{
			Revision: rev, When: r.words.DateTime(c.At), Capture: c, Size: r.words.Number(int(max(1, c.Size>>10))),
			Digest: shortDigest(string(c.Digest)), Current: rev.ID == p.Article.Revision,
		})
	}
	blocks, err := s.Archive.Blocks(r.Context(), p.Revision.ID)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		p.Blocks = append(p.Blocks, originalBlock{b, prose(p.Article.Language, b.HTML)})
	}
	if p.From == 0 || p.To == 0 {
		return nil
	}
	var sides [2][]archive.Block
	for _, rev := range revisions {
		for i, n := range []int{p.From, p.To} {
			if rev.Number == n {
				if sides[i], err = s.Archive.Blocks(r.Context(), rev.ID); err != nil {
					return err
				}
			}
		}
	}
	p.Changes = changedBlocks(p.Article.Language, translations.Translatable(sides[0]), translations.Translatable(sides[1]))
	return nil
}

// changedBlocks compares two revisions block by block: blocks keep their keys.
func changedBlocks(lang string, before, after []archive.Block) []changedBlock {
	old := map[archive.BlockKey]archive.Block{}
	for _, b := range before {
		old[b.Key] = b
	}
	var out []changedBlock
	for i, b := range after {
		was, known := old[b.Key]
		delete(old, b.Key)
		switch {
		case !known:
			out = append(out, changedBlock{i + 1, "added", []run{{Op: "ins", Text: b.Text}}})
		case was.Hash != b.Hash:
			out = append(out, changedBlock{i + 1, "changed", diffWords(lang, inline.Escape(was.Text), inline.Escape(b.Text))})
		}
	}
	for _, b := range before {
		if _, gone := old[b.Key]; gone {
			out = append(out, changedBlock{0, "removed", []run{{Op: "del", Text: b.Text}}})
		}
	}
	return out
}

// shortDigest is the beginning and the end of a digest, for people to compare.
func shortDigest(d string) string {
	if len(d) < 20 {
		return d
	}
	return d[:8] + "…" + d[len(d)-6:]
}

// fillVersions reads the versions there are, the languages one may be opened in, and what happened to them.
func (s *Server) fillVersions(r *request, p *deskArticlePage) error {
	versions, err := s.Desk.VersionsOf(r.Context(), p.Article.ID)
	if err != nil {
		return err
	}
	shelved, err := s.Desk.ShelvedOf(r.Context(), p.Article.ID)
	if err != nil {
		return err
	}
	lapses, err := s.lapses(r, versions)
	if err != nil {
		return err
	}
	var lines []translations.Line
	for _, v := range versions {
		l := versionLine{
			Version: v, Lapse: lapses[v.ID], Name: r.words.LanguageName(v.Language), Link: jobLink(v, p.Article.Language, r.member.RoleIn(v.Language)), Original: v.Language == p.Article.Language,
		}
		for _, item := range shelved {
			if item.Language == v.Language {
				l.Public = articlePath(v.Language, item.Slug)
			}
		}
		if l.Awaited, err = s.awaited(r, v); err != nil {
			return err
		}
		p.Versions = append(p.Versions, l)
		of, err := s.Desk.History(r.Context(), translations.OfVersion, int64(v.ID), 0, 12)
		if err != nil {
			return err
		}
		for i := range of {
			if of[i].Data == nil {
				of[i].Data = map[string]string{}
			}
			of[i].Data["Language"] = v.Language
		}
		lines = append(lines, of...)
	}
	of, err := s.Desk.History(r.Context(), translations.OfArticle, int64(p.Article.ID), 0, 12)
	if err != nil {
		return err
	}
	lines = append(lines, of...)
	slices.SortFunc(lines, func(a, b translations.Line) int { return int(b.ID - a.ID) })
	if p.History, err = s.historyLines(r, lines[:min(len(lines), 20)]); err != nil {
		return err
	}
	p.Openable, p.Barred, err = s.openable(r, p.Article)
	return err
}

// openVersion answers POST /desk/articles/:id/versions with language. The article's own language opens the original, to
// be approved and published as it stands. A version that is open already is gone to.
func (s *Server) openVersion(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	lang, ours := locales.Canonical(r.value("language"))
	if !ours {
		return fault.New(fault.ErrInvalid, "error.form", nil)
	}
	art, err := s.Archive.Article(r.Context(), archive.ArticleID(id))
	if err != nil {
		return err
	}
	v, err := s.Desk.OpenVersion(r.Context(), art.ID, lang, r.member)
	if err != nil && (!errors.Is(err, fault.ErrConflict) || v.ID == 0) {
		if a := r.refuse(err, nil); a.Status < http.StatusInternalServerError {
			return s.showArticle(r, a.Status, a.Text)
		}
		return err
	}
	return r.redirect(jobLink(v, art.Language, r.member.RoleIn(v.Language)))
}

// fetchAgain answers POST /desk/articles/:id/fetch: the outlet's page as it is now.
func (s *Server) fetchAgain(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	art, err := s.Archive.Article(r.Context(), archive.ArticleID(id))
	if err != nil {
		return err
	}
	if s.Fetcher == nil {
		err = fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
	}
	var res archive.Result
	if err == nil {
		res, err = s.Archive.Gather(r.Context(), s.Fetcher, art.URL, ingest.FetchOptions{}, int64(r.member.ID))
	}
	if err != nil {
		a := r.explain(err)
		if a.Status == http.StatusInternalServerError {
			return err
		}
		return s.showArticle(r, a.Status, a.Text)
	}
	return r.redirect(articleDeskPath(res.Article.ID) + "?done=" + string(res.Outcome))
}

// capture answers GET /desk/captures/:id with the bytes as they came. They are foreign: a browser is given plain text to
// save, told not to guess, and would run nothing in them if it showed them all the same.
func (s *Server) capture(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	c, err := s.Archive.Capture(r.Context(), archive.CaptureID(id))
	if err != nil {
		return err
	}
	body, err := s.Archive.Bytes(r.Context(), c)
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="capture-%d.html.txt"`, c.ID))
	r.send(http.StatusOK, "text/plain; charset=utf-8", body)
	return nil
}

// historyLine is a line of history in words.
type historyLine struct {
	When, Text, Reason string
}

// historyLines puts lines of history into words. An event without words is shown by its name.
func (s *Server) historyLines(r *request, lines []translations.Line) ([]historyLine, error) {
	var ids []translations.MemberID
	given := func(l translations.Line) translations.MemberID {
		n, _ := strconv.ParseInt(l.Data["To"], 10, 64)
		return translations.MemberID(n)
	}
	for _, l := range lines {
		ids = append(ids, l.By, given(l))
	}
	names, err := s.Desk.Names(r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]historyLine, len(lines))
	for i, l := range lines {
		who, to := names[l.By], names[given(l)]
		if who == "" {
			who = r.T("history.program")
		}
		if to == "" {
			to = r.T("board.who.nobody")
		}
		text := l.Event
		if id := "history." + l.Event; r.words.Has(id) {
			text = r.T(id, "To", to, "Version", l.Data["Version"])
		}
		if lang := l.Data["Language"]; lang != "" {
			text = r.words.LanguageName(lang) + ": " + text
		}
		reason := l.Data["Reason"]
		if reason == "" {
			reason = l.Data["Comment"]
		}
		out[i] = historyLine{When: r.words.DateTime(l.At) + ", " + who, Text: text, Reason: reason}
	}
	return out, nil
}
