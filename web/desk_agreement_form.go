package web

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/language"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
)

// agreementFormPage fills templates/pages/agreement_form.html: an agreement to be recorded.
type agreementFormPage struct {
	base
	Source    archive.Source
	Name      string
	Form      agreementForm
	Kinds     []choice
	Allows    []choice
	Languages []choice
	Clauses   []clauseForm // read from the words, for a person to confirm
	Read      string       // digest of the words the rules were read from; "" while none were
	Addable   []choice
	Megabytes int
	MaySign   bool
	Refuse    string
	Note      string // what to look at before it is recorded
}

// agreementForm are the fields as sent.
type agreementForm struct {
	Title, SignedBy, From, Until, Max, Words string
	Overrides                                bool
}

// newAgreement answers GET /desk/sources/:id/agreements/new.
func (s *Server) newAgreement(r *request) error {
	source, err := s.outletOf(r)
	if err != nil {
		return err
	}
	return s.showAgreementForm(r, http.StatusOK, source, archive.Agreement{Kind: archive.WrittenGrant}, formRules{}, "", "")
}

func (s *Server) outletOf(r *request) (archive.Source, error) {
	id, err := r.number("id")
	if err != nil {
		return archive.Source{}, err
	}
	return s.Archive.Source(r.Context(), archive.SourceID(id))
}

// formRules are the rules of the form: those of the words as read, some of them taken out.
type formRules struct {
	clauses []rights.Clause
	dropped []int
	read    string
}

func (s *Server) showAgreementForm(r *request, status int, source archive.Source, g archive.Agreement, rules formRules, refuse, note string) error {
	p := newAgreementFormPage(r, source, g, rules)
	p.Refuse, p.Note = refuse, note
	p.Form = agreementForm{Title: g.Title, SignedBy: g.SignedBy, From: r.value("from"), Until: r.value("until"), Max: r.value("max"), Words: g.Statement, Overrides: g.Overrides}
	return r.showStatus(status, "agreement_form", p)
}

func newAgreementFormPage(r *request, source archive.Source, g archive.Agreement, rules formRules) agreementFormPage {
	name := source.NameIn(r.lang).Name
	p := agreementFormPage{
		base: r.server.deskBase(r, r.T("agreement.new.title", "Outlet", name), "sources"), Source: source, Name: name, Read: rules.read,
		Clauses: r.clauseForms(rules.clauses, rules.dropped), Megabytes: archive.MaxAgreementFile >> 20, MaySign: r.answersForTerms(),
	}
	for _, k := range []archive.AgreementKind{archive.WrittenGrant, archive.SignedAgreement} {
		p.Kinds = append(p.Kinds, choice{string(k), r.T("agreement.kind." + string(k) + ".help"), k == g.Kind})
	}
	for _, a := range rights.Allowances() {
		p.Allows = append(p.Allows, choice{string(a), r.T("agreement.allows." + string(a) + ".help"), slices.Contains(g.Allows, a)})
	}
	for _, l := range locales.Languages() {
		p.Languages = append(p.Languages, choice{l, r.words.LanguageName(l), slices.Contains(g.Languages, l)})
	}
	for _, k := range offeredKinds {
		if !slices.ContainsFunc(rules.clauses, func(c rights.Clause) bool { return c.Kind == k }) {
			p.Addable = append(p.Addable, choice{Value: string(k), Text: r.clauseName(k)})
		}
	}
	return p
}

// recordAgreement answers POST /desk/sources/:id/agreements/new. do is "record", "read" for the rules in the words, or "add"
// for one more rule of the kind new. Words nobody has seen the rules of are read first: a person confirms every rule.
func (s *Server) recordAgreement(r *request) error {
	source, err := s.outletOf(r)
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	g, err := s.readAgreement(r, source)
	rules := formRules{read: r.value("read")}
	var rerr error
	if rules.clauses, rules.dropped, rerr = r.readClauses(g.Statement); rerr != nil && r.value("do") == "record" {
		err = errors.Join(err, rerr)
	}
	digest := string(database.DigestOf([]byte(g.Statement)))
	switch {
	case r.value("do") == "add" && len(rules.clauses) < maxClauses && slices.Contains(offeredKinds, rights.Kind(r.value("new"))):
		rules.clauses = append(rules.clauses, newClause(rights.Kind(r.value("new"))))
		return s.showAgreementForm(r, http.StatusOK, source, g, rules, "", "")
	case g.Statement != "" && (rules.read != digest || r.value("do") == "read"):
		said := rights.Statement{Lang: g.Language, Text: g.Statement, Outlet: source.NameIn("").Name, Host: source.Host}
		rules = formRules{clauses: rights.Detect(said).Clauses, read: digest}
		return s.showAgreementForm(r, http.StatusOK, source, g, rules, "", r.N("agreement.read", len(rules.clauses)))
	}
	for i, c := range rules.clauses {
		if !slices.Contains(rules.dropped, i) {
			g.Clauses = append(g.Clauses, c)
		}
	}
	if err == nil {
		err = s.keepAgreement(r, &g)
	}
	if err != nil {
		if a := r.refuse(err, agreementFields); a.Status < http.StatusInternalServerError {
			return s.showAgreementForm(r, a.Status, source, g, rules, a.Text, "")
		}
		return err
	}
	return r.redirect(agreementPath(int64(g.ID)) + "?done=agreement_recorded")
}

// agreementFields are the fields of the form by what may be wrong with them.
var agreementFields = fieldsOf{
	"fault.agreement.title": "ti", "fault.agreement.signed": "si", "fault.agreement.empty": "al", "fault.agreement.dates": "un", "fault.agreement.uses": "mx",
	"fault.terms.long": "wo", "fault.agreement.quote": "wo", "fault.agreement.file": "fi", "fault.agreement.large": "fi", "fault.agreement.kind": "fi",
}

// newClause is a rule of a kind as a form begins it.
func newClause(k rights.Kind) rights.Clause {
	c := rights.Clause{Kind: k, Strength: rights.Must}
	for _, f := range clauseFields[k] {
		if len(f.options) > 0 {
			_ = f.set(&c.Params, f.options[0]) // one of its own options fits
		}
	}
	return c
}

// keepAgreement records an agreement with its file and its line of history.
func (s *Server) keepAgreement(r *request, g *archive.Agreement) error {
	file, name, err := r.file("file", archive.MaxAgreementFile)
	if err != nil {
		return err
	}
	g.File.Name = name
	kept, err := s.Archive.RecordAgreement(r.Context(), *g, file)
	if err != nil {
		return err
	}
	*g = kept
	return s.Desk.Record(context.WithoutCancel(r.Context()), translations.OfSource, int64(g.Source), "agreement_recorded", map[string]string{"Reason": g.Title}, r.member.ID)
}

// readAgreement reads the fields. The agreement is returned with an error too, as far as it could be read.
func (s *Server) readAgreement(r *request, source archive.Source) (archive.Agreement, error) {
	line := func(name string) string {
		return clipped(strings.Join(strings.Fields(strings.ToValidUTF8(r.value(name), "�")), " "), 300)
	}
	g := archive.Agreement{
		Source: source.ID, Kind: archive.AgreementKind(r.value("what")), Title: line("title"), SignedBy: line("signed"), Overrides: r.value("overrides") != "",
		Statement: strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(r.value("words"), "�"), "\r\n", "\n")), By: int64(r.member.ID),
	}
	if g.Kind != archive.SignedAgreement {
		g.Kind = archive.WrittenGrant
	}
	for _, a := range r.http.PostForm["allows"] {
		if slices.Contains(rights.Allowances(), rights.Allowance(a)) {
			g.Allows = append(g.Allows, rights.Allowance(a))
		}
	}
	for _, l := range r.http.PostForm["language"] {
		if slices.Contains(locales.Languages(), l) {
			g.Languages = append(g.Languages, l)
		}
	}
	if len(g.Statement) > maxStatementText {
		g.Statement = ""
		return g, fault.New(fault.ErrTooLarge, "fault.terms.long", nil)
	}
	if g.Statement != "" {
		g.Language, _ = language.Detect(g.Statement)
	}
	var err error
	if g.From, err = s.day(r.value("from")); err != nil {
		return g, inField("fr", err)
	}
	if g.Until, err = s.day(r.value("until")); err != nil {
		return g, inField("un", err)
	}
	if !g.Until.IsZero() { // the last day is in
		local := g.Until.In(s.Zone)
		g.Until = time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, s.Zone).UTC()
	}
	if text := strings.TrimSpace(r.value("max")); text != "" {
		if g.Max, err = strconv.Atoi(text); err != nil || g.Max < 1 {
			g.Max = 0
			return g, fault.New(fault.ErrInvalid, "fault.agreement.uses", nil)
		}
	}
	return g, nil
}

// day reads a day of the site's zone: its first instant, zero for none.
func (s *Server) day(text string) (time.Time, error) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, s.Zone)
	if err != nil || t.Year() < 1900 || t.Year() > 3000 {
		return time.Time{}, fault.New(fault.ErrInvalid, "fault.agreement.day", fault.Data{"Value": clipped(text, 40)})
	}
	return t.UTC(), nil
}

// file reads a file of the form, at most limit bytes and one more, with its name. None is no error.
func (r *request) file(field string, limit int64) (content []byte, name string, err error) {
	f, header, err := r.http.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", badForm(err)
	}
	defer func() { _ = f.Close() }()
	if content, err = io.ReadAll(io.LimitReader(f, limit+1)); err != nil {
		return nil, "", badForm(err)
	}
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(header.Filename, "_"), `\`, "/"))
	return content, clipped(cmp.Or(strings.TrimSpace(name), field), 200), nil
}
