package web

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// gateBox is the rights gate of a review: every clause in force, and how the page as it would be published answers it.
type gateBox struct {
	Outlet      string
	Source      archive.SourceID
	Version     int    // of the terms; 0: the agreement stands in their place
	Agreement   string // its title
	AgreementAt string // its page
	Unconfirmed string // why there is nothing to check against; "" otherwise
	Lines       []gateLine
	findings    []translations.Finding
}

// gateLine is one clause.
type gateLine struct {
	translations.Finding
	N        int
	Name     string // what it asks, in few words
	Help     string // and in a sentence
	Strength string
	Says     string // what was found, in words
	Place    string // where on the page, in words; "" where no node decides
	Tone     string // ok, bad, changes
	Lang     string // of the quoted words
	Output   string // in what beside the page it was found, in words; "" for the page
	Rests    supportLines
	Field    string // name of the field for a reason; "" where none is asked for
	Ask      string // the question the field answers
	Act      string // what to do where nothing on the page would help: record a grant
	X, Y     int    // on the picture of the page; 0, 0: nowhere
}

// Refuses counts what keeps the version from readers, reasons not given included.
func (g gateBox) Refuses() int {
	n := 0
	for _, l := range g.Lines {
		if !l.Passes() {
			n++
		}
	}
	return n
}

// unmet are the numbers of the clauses that no reason can answer.
func (g gateBox) unmet() []string {
	var out []string
	for _, l := range g.Lines {
		if !l.Passes() && !l.AsksReason() {
			out = append(out, numeral(l.N))
		}
	}
	return out
}

// gate checks the version as it is. An outlet without confirmed terms is no error here: the box says so.
func (s *Server) gate(r *request, w translations.Work, reasons map[rights.Kind]string) (gateBox, error) {
	p, findings, err := s.Desk.Gate(r.Context(), w.Version.ID, reasons, s)
	if id, _, ok := fault.Message(err); ok && strings.HasPrefix(id, "fault.gate.") && errors.Is(err, fault.ErrForbidden) {
		return gateBox{Outlet: w.Source.NameIn(r.lang).Name, Source: w.Source.ID, Unconfirmed: r.explain(err).Text}, nil
	}
	if err != nil {
		return gateBox{}, err
	}
	rests := make([]rights.Support, len(findings))
	for i, f := range findings {
		rests[i] = f.Support
	}
	lines, err := s.supports(r, rests)
	if err != nil {
		return gateBox{}, err
	}
	g := newGateBox(r, w.Source, p.Content.TermsVersion, findings, lines)
	if id := p.Content.Agreement; id != 0 {
		a, err := s.Archive.Agreement(r.Context(), id)
		if err != nil {
			return gateBox{}, err
		}
		g.Agreement, g.AgreementAt = a.Title, agreementPath(int64(id))
	}
	return g, nil
}

// newGateBox puts findings into words; rests says of each what it rests on.
func newGateBox(r *request, source archive.Source, version int, findings []translations.Finding, rests []supportLines) gateBox {
	g := gateBox{Outlet: source.NameIn(r.lang).Name, Source: source.ID, Version: version, findings: findings}
	stands := map[string]int{}
	for i, f := range findings {
		l := gateLine{
			Finding: f, N: i + 1, Name: r.T("clause." + string(f.Kind) + ".name"), Help: r.T("clause." + string(f.Kind) + ".help"),
			Strength: r.strengthOf(f.Clause, f.Support.Origin), Says: r.found(f.Finding), Lang: f.Support.Origin.Language, Tone: "bad", Rests: rests[i],
		}
		switch {
		case f.Status == rights.Met:
			l.Tone = "ok"
		case f.Passes() || f.AsksReason():
			l.Tone = "changes"
		}
		if f.Output != "" {
			l.Output = r.T("gate.output." + string(f.Output))
		}
		if f.AsksReason() && f.Output == "" {
			l.Field, l.Ask = reasonField(f.Key()), r.T("gate.reason")
			if f.Status == rights.Undecidable {
				l.Ask = r.question(f.Clause)
			}
		}
		if c := f.Clause; c.Grant != nil && !*c.Grant && f.Status == rights.Unmet {
			l.Act = fmt.Sprintf("/desk/sources/%d/agreements/new", source.ID)
		}
		if place := placeOf(f.Where); place != "" && f.Output == "" {
			l.Place = r.T("gate.place." + place)
			l.X, l.Y = picture[place].x+20*stands[place], picture[place].y
			stands[place]++
		}
		g.Lines = append(g.Lines, l)
	}
	return g
}

// found is what the gate says of a clause, in words.
func (r *request) found(f rights.Finding) string {
	data := make(map[string]any, len(f.Data))
	for k, v := range f.Data {
		data[k] = v
	}
	return r.words.Text("finding."+f.Why, data)
}

// picture is where the parts of a page stand on the small drawing of it, in its own units of 340 × 190.
var picture = map[string]struct{ x, y int }{"head": {44, 50}, "text": {44, 84}, "colophon": {84, 164}, "page": {300, 20}}

// placeOf names the part of our article page that a finding's path leads to.
func placeOf(where string) string {
	switch {
	case where == "":
		return ""
	case strings.Contains(where, "colophon") || strings.Contains(where, "#terms") || strings.Contains(where, "footer"):
		return "colophon"
	case strings.Contains(where, "#text"):
		return "text"
	case strings.Contains(where, "header") || strings.Contains(where, "h1"):
		return "head"
	}
	return "page"
}

func reasonField(kind rights.Kind) string { return "reason." + string(kind) }

// reasons reads the editor's answers of a form.
func (r *request) reasons() map[rights.Kind]string {
	out := map[rights.Kind]string{}
	for name := range r.http.PostForm {
		kind, ok := strings.CutPrefix(name, "reason.")
		text := strings.TrimSpace(strings.ToValidUTF8(r.value(name), "�"))
		if ok && text != "" && len(text) <= 2000 && len(out) < 100 {
			out[rights.Kind(kind)] = text
		}
	}
	return out
}

// answered are the reasons given when a version was approved, which its publication rests on too.
func answered(approvals []translations.Approval) map[rights.Kind]string {
	out := map[rights.Kind]string{}
	if len(approvals) > 0 {
		for kind, text := range approvals[0].Answers {
			out[rights.Kind(kind)] = text
		}
	}
	return out
}

// publish puts an approved version before readers. What the gate refuses is shown on the review page, all of it.
func (s *Server) publish(r *request) error {
	return s.decide(r, "published", func(id translations.VersionID) error {
		_, err := s.Desk.Publish(r.Context(), id, r.reasons(), r.member, s)
		if err == nil {
			s.published()
		}
		return err
	})
}

// withdraw takes a version from readers. The form says so twice: with the reason, and with a box to tick.
func (s *Server) withdraw(r *request) error {
	return s.decide(r, "withdrawn", func(id translations.VersionID) error {
		if r.value("sure") == "" {
			return fault.New(fault.ErrInvalid, "review.withdraw.unsure", nil)
		}
		v, err := s.Desk.Version(r.Context(), id)
		if err != nil {
			return err
		}
		err = inField("wr", s.Desk.Withdraw(r.Context(), v.Article, v.Language, r.value("reason"), r.member))
		if err == nil {
			s.published()
		}
		return err
	})
}

// isPublic finds what readers see of a version's article in its language.
func (s *Server) isPublic(r *request, v translations.Version) (translations.Shelved, bool, error) {
	list, err := s.Desk.ShelvedOf(r.Context(), v.Article)
	if err != nil {
		return translations.Shelved{}, false, err
	}
	i := slices.IndexFunc(list, func(x translations.Shelved) bool { return x.Language == v.Language })
	if i < 0 {
		return translations.Shelved{}, false, nil
	}
	return list[i], true, nil
}

// mayEdit says whether whoever is signed in decides on versions of a language.
func (r *request) mayEdit(lang string) bool {
	return r.member.RoleIn(lang).AtLeast(workflow.Editor)
}
