package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
)

// How much one run of the watch over republications does.
const (
	republicationsAtOnce = 20
	leadsAtOnce          = 20 // pages added by themselves, on hosts that a person has named
	leadDays             = 30 * 24 * time.Hour
	perRepublication     = 2 * time.Minute
)

// CheckRepublications checks the pages on the list that are due, and adds those found on hosts whose pages a person wants
// checked: background work, to be repeated. A page that cannot be had is a result, not an error.
func (s *Server) CheckRepublications(ctx context.Context) error {
	if s.Fetcher == nil {
		return nil
	}
	if err := s.Desk.ForgetLeads(ctx); err != nil {
		return err
	}
	leads, err := s.Desk.LeadsToCheck(ctx, s.Now().Add(-leadDays), leadsAtOnce)
	if err != nil {
		return err
	}
	for _, l := range leads {
		if _, err := s.Desk.AddRepublication(ctx, "https://"+l.Host+l.Path, l.Of, l.Kind, 0); err != nil && !errors.Is(err, fault.ErrInvalid) {
			return err
		}
	}
	due, err := s.Desk.RepublicationsDue(ctx, republicationsAtOnce)
	if err != nil {
		return err
	}
	for _, p := range due {
		if err := s.checkRepublication(ctx, p, 0); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// checkRepublication fetches a page and keeps what is found, the page itself included.
func (s *Server) checkRepublication(ctx context.Context, p translations.Republication, by translations.MemberID) error {
	limited, cancel := context.WithTimeout(ctx, perRepublication)
	defer cancel()
	page, err := s.fetchForeign(limited, p.URL)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		id, data, ok := fault.Message(err)
		if !ok {
			id, data = "fault.fetch.broken", fault.Data{"Host": p.Host}
		}
		return s.Desk.KeepRepublicationCheck(ctx, p.ID, translations.RepublicationCheck{Outcome: translations.RepublicationFailed, Fault: id, Data: data})
	}
	e, of, err := s.examineRepublication(ctx, p, page)
	if err != nil {
		return err
	}
	capture, err := s.keepRepublication(ctx, p, page, by)
	if err != nil {
		return err
	}
	check := translations.RepublicationCheck{Outcome: stateOfFindings(e), Capture: capture, Title: oneLine(e.Page.Title())}
	if of.ID != 0 {
		check.Of = translations.Viewed{Article: of.Article, Language: of.Language}
	}
	for i, f := range e.Findings {
		if f.Status == rights.Unmet && e.Clauses[i].Strength != rights.Liked {
			check.Unmet = append(check.Unmet, string(f.Kind))
		}
	}
	return s.Desk.KeepRepublicationCheck(ctx, p.ID, check)
}

// examineRepublication checks a page against our own terms. A page of ours that is not public any more says nothing: the
// links of the page are asked then.
func (s *Server) examineRepublication(ctx context.Context, p translations.Republication, page rights.Page) (archive.Examination, translations.Publication, error) {
	address := ""
	if p.Of.Article != 0 {
		art, err := s.Archive.Article(ctx, p.Of.Article)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return archive.Examination{}, translations.Publication{}, err
		}
		if err == nil {
			address = articlePath(p.Of.Language, art.Slug)
		}
	}
	e, of, err := s.examineOwn(ctx, page, address)
	if errors.Is(err, fault.ErrNotFound) {
		return s.examineOwn(ctx, page, "")
	}
	return e, of, err
}

// stateOfFindings is what a page comes to.
func stateOfFindings(e archive.Examination) translations.RepublicationState {
	state := translations.RepublicationMet
	for i, f := range e.Findings {
		switch {
		case e.Clauses[i].Strength == rights.Liked:
		case f.Status == rights.Unmet:
			return translations.RepublicationUnmet
		case f.Status == rights.Undecidable:
			state = translations.RepublicationUndecidable
		}
	}
	return state
}

// keepRepublication keeps the page as evidence, unless it is the one that was kept last.
func (s *Server) keepRepublication(ctx context.Context, p translations.Republication, page rights.Page, by translations.MemberID) (archive.CaptureID, error) {
	last, err := s.Desk.RepublicationChecks(ctx, p.ID, 1)
	if err != nil {
		return 0, err
	}
	if len(last) > 0 && last[0].Capture != 0 {
		c, err := s.Archive.Capture(ctx, last[0].Capture)
		if err != nil {
			return 0, err
		}
		if c.Digest == database.DigestOf(page.Body) {
			return c.ID, nil
		}
	}
	c, err := s.Archive.KeepCapture(ctx, archive.Delivery{
		URL: p.URL, FinalURL: page.URL, Status: http.StatusOK, Header: page.Header, Body: page.Body, Origin: archive.Fetch, By: int64(by),
	})
	return c.ID, err
}

// reportOf is the report on a page as it was found last; nil where it never was.
func (s *Server) reportOf(r *request, p translations.Republication, checks []translations.RepublicationCheck) (*report, time.Time, error) {
	for _, c := range checks {
		if c.Capture == 0 {
			continue
		}
		capture, err := s.Archive.Capture(r.Context(), c.Capture)
		if err != nil {
			return nil, time.Time{}, err
		}
		body, err := s.Archive.Bytes(r.Context(), capture)
		if err != nil {
			return nil, time.Time{}, err
		}
		e, _, err := s.examineRepublication(r.Context(), p, rights.Page{Body: body, Header: capture.Header, URL: cmp.Or(capture.FinalURL, capture.URL)})
		if err != nil {
			return nil, time.Time{}, err
		}
		out := s.report(r, e)
		return &out, c.At, nil
	}
	return nil, time.Time{}, nil
}
