package web

import (
	"fmt"

	"colophon/archive/rights"
	"colophon/translations"
)

// originLine is what a clause rests on, in words: "Terms of Courier, version 3, footer page captured on …".
type originLine struct {
	Text    string
	Link    string // of the desk, to where it is looked at; "" where there is nothing to see
	Capture string // address of the bytes; "" where none are kept
	Digest  string // shortened
	Full    string // the whole digest
	Page    string // address the words stand at
	Law     bool   // to be confirmed by counsel
	Person  string // who stands for it, and since when
}

// supportLines are the origins of a clause: the one it rests on, those that ask the same, and what answers it.
type supportLines struct {
	Origin   originLine
	Also     []originLine
	Answered *originLine
}

// supports puts origins into words. The people of all of them are looked up at once.
func (s *Server) supports(r *request, list []rights.Support) ([]supportLines, error) {
	var ids []translations.MemberID
	each := func(o rights.Origin) { ids = append(ids, translations.MemberID(o.By)) }
	for _, x := range list {
		each(x.Origin)
		for _, o := range x.Also {
			each(o)
		}
		if x.Answered != nil {
			each(*x.Answered)
		}
	}
	names, err := s.Desk.Names(r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]supportLines, len(list))
	for i, x := range list {
		out[i] = r.support(x, names)
	}
	return out, nil
}

func (r *request) support(x rights.Support, names map[translations.MemberID]string) supportLines {
	out := supportLines{Origin: r.origin(x.Origin, names)}
	for _, o := range x.Also {
		out.Also = append(out.Also, r.origin(o, names))
	}
	if x.Answered != nil {
		line := r.origin(*x.Answered, names)
		out.Answered = &line
	}
	return out
}

func (r *request) origin(o rights.Origin, names map[translations.MemberID]string) originLine {
	l := originLine{Page: o.PageURL, Full: o.Digest}
	if o.Digest != "" {
		l.Digest = shortDigest(o.Digest)
	}
	name := names[translations.MemberID(o.By)]
	switch o.Basis {
	case rights.OnStatute:
		l.Law = true
		l.Text = r.T("origin.statute", "Law", o.Title, "Article", o.Article)
		if o.InSpirit {
			l.Text += " " + r.T("origin.in_spirit")
		}
		l.Person = r.T("origin.person.statute", "Name", name, "Date", r.words.Date(o.Confirmed))
	case rights.OnAgreement:
		l.Text = r.T("origin.agreement", "Title", o.Title)
		l.Link = agreementPath(o.ID)
		l.Capture = l.Link + "/file"
		l.Person = r.T("origin.person.agreement", "Name", name, "Date", r.words.Date(o.Confirmed))
	case rights.OnPage:
		l.Text = r.T("origin.article", "When", r.words.DateTime(o.At))
		l.Capture = fmt.Sprintf("/desk/captures/%d", o.Capture)
	case rights.OnTerms:
		l.Text = r.T("origin.terms", "Version", o.Version, "When", r.words.DateTime(o.At))
		l.Capture = fmt.Sprintf("/desk/captures/%d", o.Capture)
		l.Person = r.T("origin.person.terms", "Name", name, "Date", r.words.Date(o.Confirmed))
	}
	return l
}

// question is what is asked of the approving editor where no machine decides: of the kind's own, or the common one.
func (r *request) question(c rights.Clause) string {
	for _, id := range []string{"gate.ask." + string(c.Kind) + "." + c.Scope, "gate.ask." + string(c.Kind)} {
		if r.words.Has(id) {
			return r.T(id)
		}
	}
	return r.T("gate.reason")
}

// strengthOf is how binding a clause is; what the law only reminds of is no wish of the outlet's.
func (r *request) strengthOf(c rights.Clause, o rights.Origin) string {
	if o.Basis == rights.OnStatute && c.Strength == rights.Liked {
		return r.T("clause.strength.reminder")
	}
	return r.strength(c.Strength)
}
