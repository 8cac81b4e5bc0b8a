package web

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
)

// verifyPage fills templates/pages/verify.html: anybody's page beside an outlet's terms, or our own.
type verifyPage struct {
	base
	Tabs                          []tab
	Address, HTML, Page, Original string // as sent
	Terms                         []choice
	Refuse                        string
	Report                        *report
	Megabytes                     int
}

// ownTerms is the choice of our own terms.
const ownTerms = "own"

// maxVerify bounds the form: a page pasted whole.
const maxVerify = 8 << 20

// maxChoices bounds the outlets to choose from.
const maxChoices = 1000

// verify answers GET /desk/verify; url, source and original fill the form.
func (s *Server) verify(r *request) error {
	return s.showVerify(r, http.StatusOK, verifyPage{Address: r.query("url"), Original: r.query("original")}, r.query("terms"))
}

// doVerify answers POST /desk/verify. Nothing is kept: the answer is for whoever asks, now.
func (s *Server) doVerify(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	p := verifyPage{
		Address: strings.TrimSpace(r.value("address")), HTML: r.value("html"), Page: strings.TrimSpace(r.value("page")),
		Original: strings.TrimSpace(r.value("original")),
	}
	e, err := s.examine(r.Context(), p, r.value("terms"))
	if err != nil {
		a := r.refuse(err, verifyFields)
		if a.Status == http.StatusInternalServerError {
			return err
		}
		p.Refuse = a.Text
		return s.showVerify(r, a.Status, p, r.value("terms"))
	}
	shown := s.report(r, e)
	p.Report = &shown
	return s.showVerify(r, http.StatusOK, p, r.value("terms"))
}

// verifyFields are the fields of the form by what may be wrong with them.
var verifyFields = fieldsOf{
	"fault.verify.nothing": "ad", "fault.verify.both": "ad", "fault.verify.terms": "te", "fault.verify.unconfirmed": "te", "fault.verify.ours": "or", "fault.address": "or",
}

func (s *Server) examine(ctx context.Context, p verifyPage, terms string) (archive.Examination, error) {
	page, err := s.foreignPage(ctx, p)
	if err != nil {
		return archive.Examination{}, err
	}
	if terms == ownTerms {
		e, _, err := s.examineOwn(ctx, page, p.Original)
		return e, err
	}
	id, err := strconv.ParseInt(terms, 10, 64)
	if err != nil || id <= 0 {
		return archive.Examination{}, fault.New(fault.ErrInvalid, "fault.verify.terms", nil)
	}
	return s.Archive.Examine(ctx, page, archive.SourceID(id), p.Original)
}

// foreignPage is the page to check: fetched, or as it was pasted.
func (s *Server) foreignPage(ctx context.Context, p verifyPage) (rights.Page, error) {
	switch {
	case p.Address != "" && strings.TrimSpace(p.HTML) != "":
		return rights.Page{}, fault.New(fault.ErrInvalid, "fault.verify.both", nil)
	case p.Address != "":
		page, err := s.fetchForeign(ctx, p.Address)
		return page, inField("ad", err)
	case strings.TrimSpace(p.HTML) == "":
		return rights.Page{}, fault.New(fault.ErrInvalid, "fault.verify.nothing", nil)
	}
	if u, err := url.Parse(p.Page); p.Page != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return rights.Page{}, inField("pa", fault.New(fault.ErrInvalid, "fault.address", fault.Data{"URL": clipped(p.Page, 200)}))
	}
	return rights.Page{Body: []byte(p.HTML), URL: p.Page, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}, nil
}

// fetchForeign fetches a page that somebody signed in has named, as politely as any other.
func (s *Server) fetchForeign(ctx context.Context, address string) (rights.Page, error) {
	if s.Fetcher == nil {
		return rights.Page{}, fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
	}
	got, err := s.Fetcher.Fetch(ctx, address, ingest.FetchOptions{})
	if err != nil {
		return rights.Page{}, err
	}
	if !isPage(got.Header.Get("Content-Type")) {
		return rights.Page{}, fault.New(fault.ErrInvalid, "fault.verify.kind", fault.Data{"Kind": clipped(oneLine(got.Header.Get("Content-Type")), 60)})
	}
	return rights.Page{Body: got.Body, Header: got.Header, URL: got.FinalURL}, nil
}

// isPage says whether a Content-Type may be that of a page. Without one browsers look at the bytes, and so do we.
func isPage(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return contentType == "" || err != nil || slices.Contains([]string{"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"}, kind)
}

func (s *Server) showVerify(r *request, status int, p verifyPage, chosen string) error {
	p.base = s.deskBase(r, r.T("verify.title"), "verify")
	p.Tabs = r.watchTabs("/desk/verify")
	p.Megabytes = maxVerify >> 20
	p.Terms = append(p.Terms, choice{ownTerms, r.T("verify.terms.own", "Site", s.Site), chosen == ownTerms})
	for after := archive.SourceID(0); len(p.Terms) < maxChoices; {
		list, err := s.Archive.Sources(r.Context(), after, sourcesAtOnce)
		if err != nil {
			return err
		}
		for _, source := range list {
			id := strconv.FormatInt(int64(source.ID), 10)
			p.Terms = append(p.Terms, choice{id, source.NameIn(r.lang).Name + " · " + source.Host, chosen == id})
			after = source.ID
		}
		if len(list) < sourcesAtOnce {
			break
		}
	}
	return r.showStatus(status, "verify", p)
}

// watchTabs are the pages that look at what others do with texts.
func (r *request) watchTabs(current string) []tab {
	return []tab{
		{r.T("verify.title"), "/desk/verify", current == "/desk/verify"},
		{r.T("republications.title"), "/desk/republications", current == "/desk/republications"},
	}
}
