package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/language"
	"colophon/archive/rights"
)

// proposeTerms answers POST /desk/sources/:id/terms. do is "find" (the outlet's pages are looked through for terms), "read"
// (the newest capture again), "again" (the rules in force, to be corrected), or "write": a statement and the capture, or
// the address of the page, it stands in.
func (s *Server) proposeTerms(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	source, err := s.Archive.Source(r.Context(), archive.SourceID(id))
	if err != nil {
		return err
	}
	if r.value("do") == "find" {
		return s.findTerms(r, source)
	}
	var t archive.Terms
	switch r.value("do") {
	case "read":
		t, err = s.readAgain(r, source)
	case "again":
		t, err = s.Archive.TermsInForce(r.Context(), source.ID)
	default:
		t, err = s.writtenTerms(r, source)
	}
	if err == nil {
		t = archive.Terms{
			Source: t.Source, Statement: t.Statement, Language: t.Language, Where: t.Where, PageURL: t.PageURL, Capture: t.Capture,
			Evidence: t.Evidence, Clauses: t.Clauses,
		}
		err = s.propose(r, t)
	}
	if err != nil {
		if a := r.refuse(err, fieldsOf{"fault.terms.long": "st", "fault.terms.evidence": "st", "fault.terms.not_there": "st"}); a.Status < http.StatusInternalServerError || errors.Is(err, fault.ErrUnavailable) {
			return s.showSource(r, a.Status, a.Text)
		}
		return err
	}
	_, proposed, err := s.termsState(r, source.ID)
	if err != nil {
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d/terms/%d", source.ID, proposed.ID))
}

// readAgain reads the newest capture of the outlet's articles, or, where it has none, the page its terms stand on.
func (s *Server) readAgain(r *request, source archive.Source) (archive.Terms, error) {
	list, err := s.Archive.ArticlesOf(r.Context(), source.ID, 0, 1)
	if err != nil {
		return archive.Terms{}, err
	}
	if len(list) > 0 {
		rev, err := s.Archive.Revision(r.Context(), list[0].Revision)
		if err != nil {
			return archive.Terms{}, err
		}
		return s.Archive.ReadTerms(r.Context(), source.ID, rev.Capture, false)
	}
	history, err := s.Archive.TermsHistory(r.Context(), source.ID)
	if err != nil {
		return archive.Terms{}, err
	}
	if len(history) == 0 {
		return archive.Terms{}, fault.New(fault.ErrNotFound, "fault.terms.silent", nil)
	}
	return s.Archive.ReadTerms(r.Context(), source.ID, history[0].Capture, true)
}

// maxStatementText bounds a statement written by hand, in bytes.
const maxStatementText = 20 << 10

// writtenTerms are terms whose words a person has copied out. They must stand in the capture.
func (s *Server) writtenTerms(r *request, source archive.Source) (archive.Terms, error) {
	t := archive.Terms{Source: source.ID, Statement: strings.TrimSpace(strings.ReplaceAll(r.value("statement"), "\r\n", "\n"))}
	if len(t.Statement) > maxStatementText {
		return t, fault.New(fault.ErrTooLarge, "fault.terms.long", nil)
	}
	if t.Statement == "" {
		return t, fault.New(fault.ErrInvalid, "fault.terms.evidence", nil)
	}
	if address := strings.TrimSpace(r.value("page")); address != "" {
		page, err := s.fetchEvidence(r, address)
		if err != nil {
			return t, inField("pa", err)
		}
		c, err := s.Archive.KeepCapture(r.Context(), page)
		if err != nil {
			return t, err
		}
		t.Capture, t.PageURL = c.ID, c.FinalURL
	} else {
		n, _ := strconv.ParseInt(r.value("capture"), 10, 64)
		c, err := s.Archive.Capture(r.Context(), archive.CaptureID(n))
		if errors.Is(err, fault.ErrNotFound) {
			return t, fault.New(fault.ErrInvalid, "fault.terms.evidence", nil)
		}
		if err != nil {
			return t, err
		}
		t.Capture, t.PageURL = c.ID, cmp.Or(c.FinalURL, c.URL)
	}
	says, err := s.Archive.Says(r.Context(), t.Capture, t.Statement)
	if err != nil {
		return t, err
	}
	if !says {
		return t, fault.New(fault.ErrInvalid, "fault.terms.not_there", nil)
	}
	t.Language, _ = language.Detect(t.Statement)
	t.Clauses = rights.Detect(rights.Statement{Lang: t.Language, Text: t.Statement, Outlet: source.NameIn("").Name, Host: source.Host}).Clauses
	return t, nil
}

// findTerms has the outlet's pages looked through now, while the person waits: a few pages, politely.
func (s *Server) findTerms(r *request, source archive.Source) error {
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	if s.Fetcher == nil {
		err := fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
		return s.showSource(r, http.StatusServiceUnavailable, r.explain(err).Text)
	}
	look, err := s.Desk.LookForTerms(r.Context(), s.Fetcher, source.ID, r.member.ID)
	switch {
	case err != nil:
		return err
	case look.Proposal.ID != 0:
		return r.redirect(fmt.Sprintf("/desk/sources/%d/terms/%d", source.ID, look.Proposal.ID))
	case len(look.Pages) == 0 && look.Failed > 0:
		return s.showSource(r, http.StatusOK, r.T("terms.find.failed"))
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=terms_same", source.ID))
}
