package web

import (
	"errors"

	"colophon/archive/fault"
	"colophon/translations"
)

// submitVersion hands a version to another person. An incomplete one shows the editor with a list of what is missing; from
// the review page it is shown again, with why not.
func (s *Server) submitVersion(r *request) error {
	return s.moveVersion(r, "submitted", func(id translations.VersionID) error {
		_, err := s.Desk.Submit(r.Context(), id, r.member)
		return err
	})
}

// takeBackVersion takes a version back from review.
func (s *Server) takeBackVersion(r *request) error {
	return s.moveVersion(r, "taken_back", func(id translations.VersionID) error {
		_, err := s.Desk.TakeBack(r.Context(), id, r.member)
		return err
	})
}

// keepApproval carries the approval over a cosmetic change of the source.
func (s *Server) keepApproval(r *request) error {
	return s.moveVersion(r, "kept", func(id translations.VersionID) error {
		_, err := s.Desk.KeepApproval(r.Context(), id, r.value("reason"), r.member)
		return err
	})
}

// moveVersion does one step of the workflow from the editor. What refuses it is shown there.
func (s *Server) moveVersion(r *request, done string, do func(translations.VersionID) error) error {
	if err := r.form(); err != nil {
		return err
	}
	id, err := r.number("id")
	if err != nil {
		return err
	}
	fromReview := r.value("from") == "review"
	err = do(translations.VersionID(id))
	switch {
	case err == nil && (fromReview || done == "kept"): // what was kept waits there to be published again
		return r.redirect(reviewPath(translations.VersionID(id)) + "?done=" + done)
	case err == nil:
		return r.redirect(editorPath(translations.VersionID(id)) + "?done=" + done)
	case !errors.Is(err, fault.ErrConflict) && !errors.Is(err, fault.ErrInvalid):
		return err
	case fromReview:
		a := r.explain(err)
		return s.showReview(r, a.Status, translations.VersionID(id), a.Text)
	}
	page, perr := s.editorPage(r)
	if perr != nil {
		return perr
	}
	a := r.explain(err)
	page.Refuse = a.Text
	if hindered, ok := errors.AsType[*translations.HinderedError](err); ok {
		page.Refuse = r.T("editor.hindered")
		for _, h := range hindered.Hindrances {
			page.Hindered = append(page.Hindered, hindrance{h.Number, r.T("hindrance." + h.Kind)})
		}
	}
	return r.showStatus(a.Status, "editor", page)
}
