package web

import (
	"context"
	"net/http"

	"colophon/archive"
	"colophon/archive/fault"
)

// linksAtOnce bounds how many originals one run of the watch asks for.
const linksAtOnce = 60

// CheckLinks asks whether the originals of what readers see still answer, those that are due: background work, to be
// repeated. Where one died or lives again, this process shows it at once.
func (s *Server) CheckLinks(ctx context.Context) error {
	p, ok := s.Fetcher.(archive.Prober)
	if !ok {
		return nil
	}
	changed, err := s.Desk.CheckLinks(ctx, p, linksAtOnce)
	if changed {
		s.published()
	}
	return err
}

// linkView is how the original of an article is, for the desk.
type linkView struct {
	archive.LinkHealth
	Tone    string // ok, changes, bad, draft
	Label   string // the state in words
	Since   string
	Checked string
	Title   string // of the article, where the line does not stand on its page
	Lang    string
	Checks  []linkCheckLine
}

// linkCheckLine is a line of the history.
type linkCheckLine struct {
	archive.LinkCheck
	From, To string // the same where there was one check
	Text     string
	Moved    string // where the page is now
}

func (r *request) linkView(h archive.LinkHealth) linkView {
	v := linkView{LinkHealth: h, Tone: "draft", Label: r.T("link.state.unknown"), Since: r.words.Date(h.Since), Checked: r.words.DateTime(h.Checked)}
	switch h.State {
	case archive.LinkAlive, archive.LinkMoved:
		v.Tone = "ok"
	case archive.LinkFailing, archive.LinkDoubtful:
		v.Tone = "changes"
	case archive.LinkDead:
		v.Tone = "bad"
	case archive.LinkClosed, archive.LinkUnknown:
	}
	if h.State != archive.LinkUnknown {
		v.Label = r.T("link.state." + string(h.State))
	}
	return v
}

// linkOf is the health of one article's original, with its history.
func (s *Server) linkOf(r *request, id archive.ArticleID) (linkView, error) {
	h, err := s.Archive.LinkHealth(r.Context(), id)
	if err != nil {
		return linkView{}, err
	}
	v := r.linkView(h)
	checks, err := s.Archive.LinkChecks(r.Context(), id, 10)
	if err != nil {
		return v, err
	}
	for _, c := range checks {
		l := linkCheckLine{LinkCheck: c, From: r.words.DateTime(c.At), To: r.words.DateTime(c.Last), Text: r.T("link.outcome." + string(c.Outcome))}
		if c.Outcome == archive.LinkElsewhere || c.Outcome == archive.LinkSoft {
			l.Moved = c.FinalURL
		}
		v.Checks = append(v.Checks, l)
	}
	return v, nil
}

// sourceLinks is the link health of an outlet: how many originals are in which state, and which do not answer.
type sourceLinks struct {
	Alive, Failing, Dead, Closed, Unknown, All int
	Broken                                     []linkView
	More                                       bool
}

// brokenAtOnce is how many originals that do not answer an outlet's page lists.
const brokenAtOnce = 10

func (s *Server) linksOf(r *request, id archive.SourceID) (sourceLinks, error) {
	counts, err := s.Archive.LinksOf(r.Context(), id)
	if err != nil {
		return sourceLinks{}, err
	}
	n := counts[id]
	out := sourceLinks{
		Alive: n[archive.LinkAlive] + n[archive.LinkMoved], Failing: n[archive.LinkFailing] + n[archive.LinkDoubtful], Dead: n[archive.LinkDead],
		Closed: n[archive.LinkClosed], Unknown: n[archive.LinkUnknown],
	}
	out.All = out.Alive + out.Failing + out.Dead + out.Closed + out.Unknown
	broken, err := s.Archive.BrokenLinks(r.Context(), id, brokenAtOnce+1)
	if err != nil {
		return out, err
	}
	if len(broken) > brokenAtOnce {
		broken, out.More = broken[:brokenAtOnce], true
	}
	for _, h := range broken {
		v := r.linkView(h)
		art, err := s.Archive.Article(r.Context(), h.Article)
		if err != nil {
			return out, err
		}
		rev, err := s.Archive.Revision(r.Context(), art.Revision)
		if err != nil {
			return out, err
		}
		v.Title, v.Lang = rev.Title, art.Language
		out.Broken = append(out.Broken, v)
	}
	return out, nil
}

// checkLink answers POST /desk/articles/:id/link: whether the original answers, now.
func (s *Server) checkLink(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	p, ok := s.Fetcher.(archive.Prober)
	if !ok {
		return s.showArticle(r, http.StatusServiceUnavailable, r.explain(fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)).Text)
	}
	if _, err := s.Archive.Article(r.Context(), archive.ArticleID(id)); err != nil {
		return err
	}
	changed, err := s.Desk.CheckLink(r.Context(), p, archive.ArticleID(id), r.member.ID)
	if err != nil {
		return err
	}
	if changed {
		s.published()
	}
	return r.redirect(articleDeskPath(archive.ArticleID(id)) + "?done=link_checked#link")
}
