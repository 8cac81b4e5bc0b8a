package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
)

// termsPage fills templates/pages/terms.html: proposed terms, for an editor to confirm.
type termsPage struct {
	base
	Source   archive.Source
	Name     string
	Shown    termsView
	Change   *termsChange // what confirming would change; nil where nothing is in force yet
	Clauses  []clauseForm
	Kinds    []choice
	Absences []absenceLine // of a proposal that says words are gone: pages that could not be read
	Free     bool
	MaySign  bool
	Refuse   string

	Affected     []affectedLine
	MoreAffected string
}

// clauseForm is a rule as the form has it.
type clauseForm struct {
	ruleLine
	N         int // from 1
	Keep      bool
	Strengths []choice
	Fields    []fieldForm
}

// fieldForm is a parameter as the form has it.
type fieldForm struct {
	ID, Label, Value string
	Options          []choice
}

func (s *Server) terms(r *request) error {
	t, err := s.termsOf(r)
	if err != nil {
		return err
	}
	return s.showTerms(r, http.StatusOK, t, t.Clauses, nil, false, "")
}

// termsOf finds the terms of the address, which must be the outlet's.
func (s *Server) termsOf(r *request) (archive.Terms, error) {
	id, err := r.number("id")
	if err != nil {
		return archive.Terms{}, err
	}
	terms, err := r.number("terms")
	if err != nil {
		return archive.Terms{}, err
	}
	t, err := s.Archive.Terms(r.Context(), archive.TermsID(terms))
	if err == nil && t.Source != archive.SourceID(id) {
		err = errNoPage
	}
	return t, err
}

func (s *Server) showTerms(r *request, status int, t archive.Terms, clauses []rights.Clause, dropped []int, free bool, refuse string) error {
	source, err := s.Archive.Source(r.Context(), t.Source)
	if err != nil {
		return err
	}
	p := termsPage{
		base: s.deskBase(r, r.T("terms.title", "Version", t.Version), "sources"), Source: source, Name: source.NameIn(r.lang).Name,
		Free: free, MaySign: r.answersForTerms(), Refuse: refuse,
	}
	t.Clauses = clauses
	if p.Shown, err = s.termsView(r, t); err != nil {
		return err
	}
	if err := s.fillChange(r, &p); err != nil {
		return err
	}
	p.Clauses = r.clauseForms(clauses, dropped)
	for _, k := range offeredKinds {
		if slices.ContainsFunc(clauses, func(c rights.Clause) bool { return c.Kind == k }) {
			continue // one rule of a kind: reasons and findings are known by it
		}
		p.Kinds = append(p.Kinds, choice{Value: string(k), Text: r.clauseName(k)})
	}
	return r.showStatus(status, "terms", p)
}

func (r *request) clauseForms(clauses []rights.Clause, dropped []int) []clauseForm {
	lines := r.rules(clauses)
	out := make([]clauseForm, len(clauses))
	for i, c := range clauses {
		f := clauseForm{ruleLine: lines[i], N: i + 1, Keep: !slices.Contains(dropped, i)}
		for _, st := range []rights.Strength{rights.Must, rights.Should, rights.Liked} {
			f.Strengths = append(f.Strengths, choice{string(st), r.strength(st), st == cmp.Or(c.Strength, rights.Must)})
		}
		for _, field := range clauseFields[c.Kind] {
			value := field.get(c.Params)
			ff := fieldForm{ID: fmt.Sprintf("%s.%d", field.name, i+1), Label: r.T("param." + field.name), Value: value}
			for _, o := range field.options {
				ff.Options = append(ff.Options, choice{o, field.text(r, o), o == value})
			}
			if field.options != nil && !slices.Contains(field.options, value) { // as it was read, if it is none of ours
				ff.Options = append(ff.Options, choice{value, cmp.Or(value, "–"), true})
			}
			f.Fields = append(f.Fields, ff)
		}
		out[i] = f
	}
	return out
}

// maxClauses bounds the rules of one version of terms.
const maxClauses = 40

// readClauses reads the rules of the form. dropped are those the editor has taken out, by their index.
func (r *request) readClauses(statement string) (clauses []rights.Clause, dropped []int, err error) {
	count, _ := strconv.Atoi(r.value("count"))
	for i := range min(count, maxClauses) {
		n := strconv.Itoa(i + 1)
		c := rights.Clause{Kind: rights.Kind(r.value("kind." + n)), Strength: rights.Strength(r.value("strength." + n))}
		if !r.words.Has("clause." + string(c.Kind) + ".name") {
			return nil, nil, fault.New(fault.ErrInvalid, "error.form", nil)
		}
		if !slices.Contains([]rights.Strength{rights.Must, rights.Should, rights.Liked}, c.Strength) {
			c.Strength = rights.Must
		}
		c.Confidence, _ = strconv.ParseFloat(r.value("confidence."+n), 64)
		if r.value("keep."+n) == "" {
			dropped = append(dropped, i)
		}
		for _, f := range clauseFields[c.Kind] {
			if ferr := f.set(&c.Params, strings.TrimSpace(r.value(f.name+"."+n))); ferr != nil && !slices.Contains(dropped, i) {
				err = errors.Join(err, inField(f.name+"."+n, ferr))
			}
		}
		c.Quote = strings.TrimSpace(r.value("quote." + n))
		c.Start = strings.Index(statement, c.Quote)
		if start, serr := strconv.Atoi(r.value("start." + n)); serr == nil && start >= 0 && start+len(c.Quote) <= len(statement) && statement[start:start+len(c.Quote)] == c.Quote {
			c.Start = start // words that stand there twice keep their place
		}
		if c.End = c.Start + len(c.Quote); (c.Start < 0 || c.Quote == "") && !slices.Contains(dropped, i) {
			err = errors.Join(err, inField("quote."+n, fault.New(fault.ErrInvalid, "fault.terms.quote", fault.Data{"Number": i + 1, "Rule": r.clauseName(c.Kind)})))
			c.Start, c.End = 0, 0
		}
		clauses = append(clauses, c)
	}
	return clauses, dropped, err
}

// confirmTerms answers POST /desk/sources/:id/terms/:terms. do is "add" for one more rule of the kind new, "drop" for a
// proposal that is none, or "confirm".
func (s *Server) confirmTerms(r *request) error {
	t, err := s.termsOf(r)
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	if r.value("do") == "drop" {
		return s.dropTerms(r, t)
	}
	free := r.value("free") != ""
	clauses, dropped, err := r.readClauses(t.Statement)
	if r.value("do") == "add" {
		k := rights.Kind(r.value("new"))
		if !slices.Contains(offeredKinds, k) || len(clauses) >= maxClauses {
			return fault.New(fault.ErrInvalid, "error.form", nil)
		}
		c := rights.Clause{Kind: k, Strength: rights.Must}
		for _, f := range clauseFields[k] {
			if len(f.options) > 0 {
				_ = f.set(&c.Params, f.options[0]) // one of its own options fits
			}
		}
		return s.showTerms(r, http.StatusOK, t, append(clauses, c), dropped, free, "")
	}
	kept := make([]rights.Clause, 0, len(clauses))
	for i, c := range clauses {
		if !slices.Contains(dropped, i) {
			kept = append(kept, c)
		}
	}
	if err == nil && len(kept) == 0 && !free {
		err = fault.New(fault.ErrInvalid, "fault.terms.no_rules", nil)
	}
	if err == nil {
		err = s.Archive.DB().Transact(r.Context(), func(ctx context.Context) error {
			if err := s.Archive.ConfirmTerms(ctx, t.ID, kept, int64(r.member.ID)); err != nil {
				return err
			}
			return s.Desk.Record(ctx, translations.OfSource, int64(t.Source), "terms_confirmed", map[string]string{"Version": strconv.Itoa(t.Version)}, r.member.ID)
		})
	}
	if err != nil {
		if a := r.refuse(err, fieldsOf{"fault.terms.no_rules": "free"}); a.Status < http.StatusInternalServerError {
			return s.showTerms(r, a.Status, t, clauses, dropped, free, a.Text)
		}
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=terms_confirmed", t.Source))
}

// dropTerms takes a proposal from those that wait, with the reason for the record.
func (s *Server) dropTerms(r *request, t archive.Terms) error {
	note := strings.TrimSpace(r.value("note"))
	if note == "" {
		a := r.refuse(inField("note", fault.New(fault.ErrInvalid, "terms.drop.reason", nil)), nil)
		return s.showTerms(r, a.Status, t, t.Clauses, nil, false, a.Text)
	}
	err := s.Archive.DB().Transact(r.Context(), func(ctx context.Context) error {
		if err := s.Archive.DropTerms(ctx, t.ID, note, int64(r.member.ID)); err != nil {
			return err
		}
		data := map[string]string{"Version": strconv.Itoa(t.Version), "Reason": clipped(note, 1000)}
		return s.Desk.Record(ctx, translations.OfSource, int64(t.Source), "terms_dropped", data, r.member.ID)
	})
	if err != nil {
		if a := r.explain(err); a.Status < http.StatusInternalServerError {
			return s.showTerms(r, a.Status, t, t.Clauses, nil, false, a.Text)
		}
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=terms_dropped", t.Source))
}
