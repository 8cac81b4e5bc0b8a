package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/inline"
)

// termsView is a version of the terms as evidence: its statements, and who stands for it.
type termsView struct {
	archive.Terms
	Parts []evidencePart
	By    string // who confirmed it
}

// evidencePart is one statement with the words its rules rest on.
type evidencePart struct {
	archive.Evidence
	Place  string // where it stands, in words
	Runs   []quoteRun
	Kept   archive.Capture
	When   string
	Digest string
}

// Lang is the language of the words a rule rests on.
func (v termsView) Lang(c rights.Clause) string {
	if i := v.EvidenceOf(c); i >= 0 {
		return v.Evidence[i].Language
	}
	return v.Language
}

// termsView shows a version of terms with the words its rules rest on.
func (s *Server) termsView(r *request, t archive.Terms) (termsView, error) {
	names, err := s.Desk.Names(r.Context(), translations.MemberID(t.ConfirmedBy))
	if err != nil {
		return termsView{}, err
	}
	v := termsView{Terms: t, Parts: r.evidenceParts(t), By: names[translations.MemberID(t.ConfirmedBy)]}
	for i := range v.Parts {
		p := &v.Parts[i]
		if p.Kept, err = s.Archive.Capture(r.Context(), p.Capture); err != nil {
			return termsView{}, err
		}
		p.When, p.Digest = r.words.DateTime(p.Kept.At), shortDigest(string(p.Kept.Digest))
	}
	return v, nil
}

// evidenceParts cuts terms into their statements. A rule is marked in the statement it rests on, by its number among all;
// one whose words are put down wrongly is looked for in each.
func (r *request) evidenceParts(t archive.Terms) []evidencePart {
	out := make([]evidencePart, len(t.Evidence))
	start := 0
	for i, e := range t.Evidence {
		here := make([]rights.Clause, len(t.Clauses)) // a clause of another statement has no words here
		for n, c := range t.Clauses {
			switch t.EvidenceOf(c) {
			case i:
				c.Start, c.End = c.Start-start, c.End-start
				here[n] = c
			case -1:
				here[n] = rights.Clause{Quote: c.Quote}
			}
		}
		out[i] = evidencePart{Evidence: e, Runs: quoteRuns(e.Text, here), Place: r.evidencePlace(e.Where)}
		start += len(e.Text) + 1
	}
	return out
}

// evidencePlace says where on a page a statement stands.
func (r *request) evidencePlace(where string) string {
	if id := "terms.where." + strings.ReplaceAll(where, ".", "_"); where != "" && r.words.Has(id) {
		return r.T(id)
	}
	return ""
}

// termsChange is what a proposal would change of the version in force.
type termsChange struct {
	From  archive.Terms
	Rules []changedRule // without those that stay
	Stay  int           // rules that stay as they are
	Runs  []run         // the statements, the changed words marked
}

// changedRule is a rule before and after, in words.
type changedRule struct {
	Change        rights.Change
	Label         string
	Name          string
	Before, After string
}

// Tone is the colour of the change.
func (c changedRule) Tone() string {
	switch c.Change {
	case rights.Added:
		return "ok"
	case rights.Removed:
		return "bad"
	case rights.Altered, rights.Kept:
	}
	return "changes"
}

// newTermsChange compares a proposal with what is in force.
func newTermsChange(r *request, from, to archive.Terms) *termsChange {
	c := &termsChange{
		From: from, Runs: excerpt(diffWords(to.Language, inline.Escape(from.Statement), inline.Escape(to.Statement))),
	}
	words := func(k rights.Clause) string {
		if k.Kind == "" {
			return ""
		}
		line := r.rules([]rights.Clause{k})[0]
		return strings.TrimPrefix(line.Detail+", "+line.Strength, ", ")
	}
	for _, d := range rights.Diff(from.Clauses, to.Clauses) {
		if d.Change == rights.Kept {
			c.Stay++
			continue
		}
		c.Rules = append(c.Rules, changedRule{
			Change: d.Change, Label: r.changeWord(d.Change), Name: r.clauseName(d.Kind), Before: words(d.Before), After: words(d.After),
		})
	}
	return c
}

func (r *request) changeWord(c rights.Change) string {
	switch c {
	case rights.Added:
		return r.T("terms.change.added")
	case rights.Removed:
		return r.T("terms.change.removed")
	case rights.Altered, rights.Kept:
	}
	return r.T("terms.change.altered")
}

// affectedLine is a page that was published under other terms, or is being made.
type affectedLine struct {
	translations.Affected
	Link   string // on the desk
	Public string // "" while in work
	State  string
}

const affectedAtOnce = 20

// fillAffected lists what a version of the terms finds published under others. Before a changed version is confirmed all
// that is public counts: it was lawful when it was published, and nobody has looked at it since.
func (s *Server) fillAffected(r *request, p *termsPage, force archive.Terms) error {
	current := force.ID
	if p.Shown.IsWaiting() && p.Shown.Changed {
		current = 0
	}
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	list, err := s.Desk.AffectedBy(r.Context(), p.Source.ID, current, translations.VersionID(before), affectedAtOnce+1)
	if err != nil {
		return err
	}
	if len(list) > affectedAtOnce {
		list = list[:affectedAtOnce]
		p.MoreAffected = fmt.Sprintf("/desk/sources/%d/terms/%d?before=%d#affected", p.Source.ID, p.Shown.ID, list[affectedAtOnce-1].Version)
	}
	for _, a := range list {
		line := affectedLine{Affected: a, Link: fmt.Sprintf("/desk/versions/%d/review", a.Version), State: r.T("terms.affected.work")}
		if a.IsPublic() {
			line.State = r.T("terms.affected.published", "Version", a.Terms, "Date", r.words.Date(a.At))
			line.Public = "/" + a.Language + "/articles/" + a.Slug
		}
		p.Affected = append(p.Affected, line)
	}
	return nil
}

// fillChange adds to the page of a proposal what it would change, and to any version what it affects.
func (s *Server) fillChange(r *request, p *termsPage) error {
	force, err := s.Archive.TermsInForce(r.Context(), p.Source.ID)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if p.Shown.IsWaiting() && p.Shown.Version > force.Version {
		if p.Absences, err = s.absences(r, p.Source); err != nil {
			return err
		}
		p.Change = newTermsChange(r, force, p.Shown.Terms)
	} else if p.Shown.ID != force.ID {
		return nil
	}
	return s.fillAffected(r, p, force)
}
