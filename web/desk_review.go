package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive/fault"
	"colophon/translations"
	"colophon/translations/workflow"
)

// reviewPage fills templates/pages/review.html: what another person decides on. It holds the text beside its source
// with every change since the state it is compared with, what the terms ask of the page, and the decision.
type reviewPage struct {
	base
	Work     translations.Work
	View     string // changes, text, or page: as readers would be served it, in a frame
	From, To []textState
	Pairs    []pairOfTexts // with View changes: those that changed
	Same     []pairOfTexts // with View changes: the rest
	Changes  int

	SubmittedBy string
	SubmittedAt time.Time
	Writers     string // names of those who wrote it
	Approvers   string // names of those who may approve it beside whoever is signed in
	Wrote       bool   // whoever is signed in wrote part of it
	MayDecide   bool   // an editor of the language
	MaySay      bool   // somebody who works in it, and so may comment

	Gate    gateBox
	Hinders []blockFault
	Public  string // address of the public page; "" while there is none
	Awaited string // when what is published will be public; "" where nothing waits
	Lapse   lapse  // what is public rests on an agreement that is over
	Kept    keptAnswers

	Acts   []string   // what keys do, for the script: "KeyJ=next KeyK=previous"
	Refuse string     // why the last form was refused
	Form   reviewForm // as it was sent, where it was refused
}

// reviewForm is what a person has typed.
type reviewForm struct{ Comment, Waiver, Reason string }

// blockFault is something wrong with a block, by its number.
type blockFault struct {
	Number int
	Texts  []string
}

func reviewPath(id translations.VersionID) string { return editorPath(id) + "/review" }

// At is the address of the version.
func (p reviewPage) At() string { return editorPath(p.Work.Version.ID) }

// State is the state of the version, as a word.
func (p reviewPage) State() string { return string(p.Work.Version.State) }

// Standing is the chip of the version.
func (p reviewPage) Standing() string { return string(p.Work.Version.Standing) }

// MayApprove says whether the version waits for a decision of whoever is signed in.
func (p reviewPage) MayApprove() bool {
	return p.MayDecide && p.Work.Version.State == workflow.InReview
}

// MayReturn says whether it can be sent back to its translator.
func (p reviewPage) MayReturn() bool {
	return p.MayDecide && p.Work.Version.State.Can(workflow.RequestChanges, workflow.Editor)
}

// MayPublish says whether it can be put before readers: approved, and not what they see already.
func (p reviewPage) MayPublish() bool {
	return p.MayDecide && p.Work.Version.State == workflow.Approved && p.Work.Version.Standing != workflow.AtPublished
}

// MaySubmit says whether whoever is signed in may hand it to another person now.
func (p reviewPage) MaySubmit() bool {
	return p.Work.Version.State.Can(workflow.Submit, p.Member.RoleIn(p.Work.Version.Language)) && p.Work.Version.Standing != workflow.AtPublished
}

// MayTakeBack says whether they may take it back to work on.
func (p reviewPage) MayTakeBack() bool {
	return p.Work.Version.State.Can(workflow.TakeBack, p.Member.RoleIn(p.Work.Version.Language))
}

// Waits says why it cannot be submitted, approved or published as it is; "" where nothing keeps it.
func (p reviewPage) Waits() string {
	unmet := p.Gate.unmet()
	switch {
	case len(p.Hinders) > 0:
		return p.N("review.waits.blocks", len(p.Hinders), "Number", p.Hinders[0].Number)
	case p.MaySubmit(): // what the gate finds is for whoever decides
	case len(unmet) > 0:
		return p.N("review.waits.gate", len(unmet), "Numbers", strings.Join(unmet, ", "))
	case p.Gate.Unconfirmed != "" && p.MayPublish():
		return p.Gate.Unconfirmed
	}
	return ""
}

// Query is the address of another view of the same comparison.
func (p reviewPage) Query(view string) string {
	var out strings.Builder
	out.WriteString("?view=" + view)
	for _, side := range []struct {
		name string
		list []textState
	}{{"from", p.From}, {"to", p.To}} {
		out.WriteString("&" + side.name + "=" + strconv.FormatInt(chosen(side.list).ID, 10))
	}
	return out.String()
}

func (s *Server) review(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	return s.showReview(r, http.StatusOK, translations.VersionID(id), "")
}

// showReview gathers the page. refuse is why a form was refused, whose fields are then shown again.
func (s *Server) showReview(r *request, status int, id translations.VersionID, refuse string) error {
	w, err := s.Desk.Work(r.Context(), id)
	if err != nil {
		return err
	}
	steps, err := s.Desk.Reviews(r.Context(), id)
	if err != nil {
		return err
	}
	approvals, err := s.Desk.Approvals(r.Context(), id)
	if err != nil {
		return err
	}
	reasons := answered(approvals)
	if refuse != "" {
		reasons = r.reasons()
	}
	gate, err := s.gate(r, w, reasons)
	if err != nil {
		return err
	}
	p := newReviewPage(r, w, gate)
	p.Refuse = refuse
	if refuse != "" {
		p.Form = reviewForm{Comment: r.value("comment"), Waiver: r.value("waiver"), Reason: r.value("reason")}
	}
	if err := s.compareStates(r, &p, steps); err != nil {
		return err
	}
	if err := s.namePeople(r, &p, steps); err != nil {
		return err
	}
	if err := s.addRemarks(r, &p); err != nil {
		return err
	}
	public, ok, err := s.isPublic(r, w.Version)
	if err != nil {
		return err
	}
	if ok {
		p.Public = articlePath(w.Version.Language, public.Slug)
	}
	if p.Awaited, err = s.awaited(r, w.Version); err != nil {
		return err
	}
	if ok {
		if err := s.addKept(r, &p); err != nil {
			return err
		}
	}
	if p.Waiting, err = s.Desk.CountJobs(r.Context(), workflow.AtReview, "", countLimit); err != nil {
		return err
	}
	return r.showStatus(status, "review", p)
}

// newReviewPage is the page without what needs the database.
func newReviewPage(r *request, w translations.Work, gate gateBox) reviewPage {
	p := reviewPage{base: r.base(r.T("review.title", "Title", w.Title())), Work: w, Gate: gate, View: "changes", MayDecide: r.mayEdit(w.Version.Language)}
	p.MaySay = r.member.RoleIn(w.Version.Language) != ""
	p.Desk = "reviews"
	for _, k := range reviewKeys {
		if strings.HasPrefix(k.does, "Ctrl") && !p.MayDecide {
			continue
		}
		p.Keys = append(p.Keys, k.shortcut)
		p.Acts = append(p.Acts, k.does)
	}
	if view := r.query("view"); view == "text" || view == "page" {
		p.View = view
	}
	p.Flash = flashOf(r)
	for _, h := range w.Hindrances() {
		f := blockFault{Number: h.Number}
		if h.Kind != "codes" { // the problems themselves say more
			f.Texts = append(f.Texts, r.T("review.hinder."+h.Kind))
		}
		u, _ := w.Unit(h.Block)
		for _, problem := range u.Problems {
			f.Texts = append(f.Texts, r.T("fault.target.code."+string(problem.Kind), "Code", problem.Code))
		}
		p.Hinders = append(p.Hinders, f)
	}
	return p
}

// reviewKeys is the one list of the page's shortcuts: the legend, the list of them, and, by position of the key with what
// it does ("KeyJ=next"), what desk-review.js goes by.
var reviewKeys = []struct {
	shortcut
	does string
}{
	{shortcut{Keys: []string{"J", "K"}, Text: "review.keys.next", Short: "review.keys.next.short"}, "KeyJ=next KeyK=previous"},
	{shortcut{Keys: []string{"C"}, Text: "review.keys.comment", Short: "review.keys.comment.short"}, "KeyC=comment"},
	{shortcut{Keys: []string{"D"}, Text: "review.keys.sides", Short: "review.keys.sides.short"}, "KeyD=sides"},
	{shortcut{Keys: []string{"W"}, Text: "review.keys.whole"}, "KeyW=whole"},
	{shortcut{Keys: []string{"G"}, Text: "review.keys.gate"}, "KeyG=gate"},
	{shortcut{Keys: []string{"Ctrl", "Enter"}, Text: "review.changes", Short: "review.keys.changes.short"}, "Ctrl+Enter=changes"},
	{shortcut{Keys: []string{"Ctrl", "Shift", "Enter"}, Text: "review.keys.approve", Short: "review.keys.approve.short"}, "Ctrl+Shift+Enter=approve"},
	{shortcut{Keys: []string{"Ctrl", "Alt", "Enter"}, Text: "review.keys.approvenext"}, "Ctrl+Alt+Enter=approvenext"},
	{shortcut{Keys: []string{"?"}, Text: "review.keys.list"}, ""},
}

// compareStates fills the two sides of every block.
func (s *Server) compareStates(r *request, p *reviewPage, steps []translations.Review) error {
	p.From, p.To = states(r, steps, p.Work, r.query("from"), r.query("to"))
	c := comparison{work: p.Work, from: chosen(p.From), to: chosen(p.To), dropsTerms: asksLink(p.Gate.findings)}
	var err error
	if c.old, err = s.oldSources(r, p.Work.Article.ID, c.from.digest); err != nil {
		return err
	}
	p.place(c.pairs(r))
	return nil
}

// place puts the blocks where the view shows them.
func (p *reviewPage) place(pairs []pairOfTexts) {
	for _, pair := range pairs {
		if pair.Changed {
			p.Changes++
		}
		if pair.Changed || p.View == "text" {
			p.Pairs = append(p.Pairs, pair)
		} else {
			p.Same = append(p.Same, pair)
		}
	}
}

// namePeople says who wrote the version and who may approve it.
func (s *Server) namePeople(r *request, p *reviewPage, steps []translations.Review) error {
	writers, err := s.Desk.Writers(r.Context(), p.Work.Version.ID)
	if err != nil {
		return err
	}
	by, at := submittedBy(steps)
	names, err := s.Desk.Names(r.Context(), append(slices.Clone(writers), by)...)
	if err != nil {
		return err
	}
	p.SubmittedBy, p.SubmittedAt = names[by], at
	p.Wrote = !workflow.FourEyes(r.member.ID, writers)
	var wrote, others []string
	for _, id := range writers {
		wrote = append(wrote, names[id])
	}
	members, err := s.Desk.Members(r.Context(), 0, 500)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.ID != r.member.ID && !m.IsDisabled() && m.RoleIn(p.Work.Version.Language).AtLeast(workflow.Editor) && workflow.FourEyes(m.ID, writers) {
			others = append(others, m.Name)
		}
	}
	p.Writers, p.Approvers = strings.Join(wrote, ", "), strings.Join(others, ", ")
	return nil
}

// addRemarks puts the comments below their blocks.
func (s *Server) addRemarks(r *request, p *reviewPage) error {
	comments, err := s.Desk.Comments(r.Context(), p.Work.Version.ID)
	if err != nil {
		return err
	}
	var authors []translations.MemberID
	for _, c := range comments {
		authors = append(authors, c.Author)
	}
	names, err := s.Desk.Names(r.Context(), authors...)
	if err != nil {
		return err
	}
	for _, c := range comments {
		lang := p.Work.Version.Language
		if c.Side == "source" {
			lang = p.Work.Article.Language
		}
		for _, list := range [][]pairOfTexts{p.Pairs, p.Same} {
			for i := range list {
				if list[i].Key == c.Block && !list[i].Gone {
					list[i].Remarks = append(list[i].Remarks, reviewRemark{c, names[c.Author], lang})
				}
			}
		}
	}
	return nil
}

// requestChanges sends a version back with the reason.
func (s *Server) requestChanges(r *request) error {
	return s.decide(r, "changes", func(id translations.VersionID) error {
		_, err := s.Desk.RequestChanges(r.Context(), id, r.value("comment"), r.member)
		return err
	})
}

// approve is a person's word for a text, if nothing keeps it: every block ready, another person, and no requirement that
// the page as it would be published breaks. Reasons that clauses leave room for are kept with the approval.
func (s *Server) approve(r *request) error {
	return s.decide(r, "approved", func(id translations.VersionID) error {
		w, err := s.Desk.Work(r.Context(), id)
		if err != nil {
			return err
		}
		if !r.mayEdit(w.Version.Language) {
			return fault.New(fault.ErrForbidden, "fault.role.approve", nil)
		}
		reasons := r.reasons()
		gate, err := s.gate(r, w, reasons)
		if err != nil {
			return err
		}
		if unmet := gate.unmet(); len(unmet) > 0 {
			return fault.New(fault.ErrConflict, "fault.gate.unmet", fault.Data{"Count": len(unmet)})
		}
		answers := make(map[string]string, len(reasons))
		for kind, text := range reasons {
			answers[string(kind)] = text
		}
		_, err = s.Desk.Approve(r.Context(), id, r.value("waiver"), answers, r.member)
		return err
	})
}

// reviewFields are the fields of the decision by what may be wrong with them.
var reviewFields = fieldsOf{"fault.review.reason": "cm", "fault.approve.waiver": "wv", "review.withdraw.unsure": "wsure"}

// decide does one step of a review and shows the page again: with what has happened, or with why not. A translator who
// may not decide gets the error page of what is forbidden.
func (s *Server) decide(r *request, done string, do func(translations.VersionID) error) error {
	if err := r.form(); err != nil {
		return err
	}
	n, err := r.number("id")
	if err != nil {
		return err
	}
	id := translations.VersionID(n)
	v, err := s.Desk.Version(r.Context(), id)
	if err != nil {
		return err
	}
	if err := do(id); err != nil {
		shown := errors.Is(err, fault.ErrConflict) || errors.Is(err, fault.ErrInvalid) || errors.Is(err, fault.ErrForbidden) && r.mayEdit(v.Language)
		if !shown {
			return err
		}
		a := r.refuse(err, reviewFields)
		return s.showReview(r, a.Status, id, a.Text)
	}
	if r.value("next") != "" {
		next, err := s.reviewAfter(r, v)
		if err != nil {
			return err
		}
		if next == 0 {
			return r.redirect("/desk/reviews")
		}
		return r.redirect(reviewPath(next))
	}
	return r.redirect(reviewPath(id) + "?done=" + done)
}

// numeral is a number as a list writes it.
func numeral(n int) string { return strconv.Itoa(n) }
