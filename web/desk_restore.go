package web

import (
	"errors"
	"fmt"
	"strconv"

	"colophon/archive/fault"
	"colophon/translations"
)

// refusedRestore is why a takedown could not be restored, with what can be done about it.
type refusedRestore struct {
	id      translations.TakedownID
	Reason  string // as it was typed
	Pages   []refusedPage
	Passing int // pages that could go back
}

// refusedPage is a page the gate keeps from readers.
type refusedPage struct {
	Title, Lang string
	Why         string // where nothing gives leave at all; "" where Lines say it
	Lines       []refusedLine
	Review      string // its review, where it is published anew
}

// refusedLine is a clause that the page does not meet.
type refusedLine struct{ Name, Says, Quote, QuoteLang string }

// restore answers POST /desk/takedowns/:id/restore. What the terms in force now refuse is told on the list, page by page,
// and nothing goes back; the form then offers to put back what passes.
func (s *Server) restore(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	err = s.Desk.RestoreTaken(r.Context(), translations.TakedownID(id), r.value("reason"), r.value("passing") != "", r.member, s)
	if errors.Is(err, fault.ErrInvalid) || errors.Is(err, fault.ErrConflict) {
		a := r.explain(err)
		if refused, ok := errors.AsType[*translations.RestoreError](err); ok {
			return s.showTakedowns(r, a.Status, a.Text, newRefusedRestore(r, translations.TakedownID(id), refused))
		}
		r.refuse(err, fieldsOf{"fault.takedown.why": "r" + strconv.FormatInt(id, 10)})
		return s.showTakedowns(r, a.Status, a.Text, nil)
	}
	if err != nil {
		return err
	}
	s.published()
	return r.redirect("/desk/takedowns?done=restored_text")
}

func newRefusedRestore(r *request, id translations.TakedownID, e *translations.RestoreError) *refusedRestore {
	out := &refusedRestore{id: id, Reason: r.value("reason"), Passing: e.Passing}
	for _, refusal := range e.Refused {
		p := refusedPage{Title: refusal.Title, Lang: refusal.Language, Review: fmt.Sprintf("/desk/versions/%d/review", refusal.Version)}
		var gate *translations.GateError
		if !errors.As(refusal.Err, &gate) {
			p.Why = r.explain(refusal.Err).Text
			out.Pages = append(out.Pages, p)
			continue
		}
		for _, f := range gate.Refusing() {
			l := refusedLine{Name: r.T("clause." + string(f.Kind) + ".name"), Says: r.found(f.Finding), Quote: f.Clause.Quote, QuoteLang: f.Support.Origin.Language}
			if f.Output != "" {
				l.Says = r.T("gate.output."+string(f.Output)) + " " + l.Says
			}
			p.Lines = append(p.Lines, l)
		}
		out.Pages = append(out.Pages, p)
	}
	return out
}
