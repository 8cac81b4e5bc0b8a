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
	"colophon/archive/language"
	"colophon/archive/rights"
	"colophon/translations"
)

// quoteRun is a stretch of a statement; the rules that rest on it are named by their numbers.
type quoteRun struct {
	Text  string
	Rules []int // from 1
}

// quoteRuns cuts a statement where the words of a clause begin or end. A clause whose place is wrong is looked for by its
// words; one whose words are not there marks nothing.
func quoteRuns(statement string, clauses []rights.Clause) []quoteRun {
	type span struct{ from, to int }
	spans := make([]span, len(clauses))
	cuts := []int{0, len(statement)}
	for i, c := range clauses {
		from, to := c.Start, c.End
		if c.Quote == "" {
			continue
		}
		if from < 0 || to > len(statement) || from >= to || statement[from:to] != c.Quote {
			if from = strings.Index(statement, c.Quote); from < 0 {
				continue
			}
			to = from + len(c.Quote)
		}
		spans[i] = span{from, to}
		cuts = append(cuts, from, to)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []quoteRun
	for i := 0; i+1 < len(cuts); i++ {
		q := quoteRun{Text: statement[cuts[i]:cuts[i+1]]}
		for n, s := range spans {
			if s.from <= cuts[i] && cuts[i+1] <= s.to {
				q.Rules = append(q.Rules, n+1)
			}
		}
		out = append(out, q)
	}
	return out
}

// clauseFields says which parameters an editor sets for a kind, and from what. Kinds that need none are not in it.
var clauseFields = map[rights.Kind][]clauseField{
	rights.LinkRequired:       {{name: "target", options: []string{"homepage", "article", "either"}}},
	rights.LinkPlace:          {{name: "within", options: []string{"first_sentence", "first_paragraph", "paragraphs:2", "paragraphs:3", "top", "end"}}},
	rights.CreditWording:      {{name: "text"}},
	rights.CreditPlace:        {{name: "where", options: []string{"title", "byline", "first_paragraph", "end"}}},
	rights.CreditLicenceLink:  {{name: "url"}},
	rights.PermissionRequired: {{name: "scope", options: []string{"", "full_text", "photos", "commercial", "editing"}}},
	rights.TranslationAllowed: {{name: "value", options: []string{"yes", "no", "permission"}}},
	rights.LimitShare:         {{name: "percent"}},
	rights.LimitCount:         {{name: "max"}, {name: "unit", options: []string{"characters", "words", "paragraphs"}}},
	rights.LimitReadMore:      {{name: "text"}},
	rights.EditDeclare:        {{name: "text"}},
	rights.MediaExclude:       {{name: "kinds", options: []string{"img", "video", "audio", "img,video,audio", "img,video,audio,iframe"}}},
	rights.TimeEmbargo:        {{name: "until"}},
	rights.TimeWindow:         {{name: "from"}, {name: "until"}},
	rights.SEOCanonical:       {{name: "value", options: []string{"original", "self"}}},
	rights.TrackPixel:         {{name: "url"}},
}

// offeredKinds are the kinds an editor can add a rule of, the common ones first.
var offeredKinds = []rights.Kind{
	rights.LinkRequired, rights.LinkPlace, rights.LinkFollowable, rights.LinkVisible, rights.LinkDirect, rights.LinkKeepInner,
	rights.CreditSource, rights.CreditAuthor, rights.CreditTranslator, rights.CreditWording, rights.CreditPlace, rights.CreditChain,
	rights.CreditPhoto, rights.CreditLicenceLink, rights.TranslationAllowed, rights.PermissionRequired, rights.LimitShare,
	rights.LimitCount, rights.LimitReadMore, rights.EditNone, rights.EditDeclare, rights.MediaExclude, rights.TimeEmbargo,
	rights.TimeWindow, rights.SEOCanonical, rights.TrackPixel,
}

// clauseField is a parameter of a clause: one of options, or any text.
type clauseField struct {
	name    string
	options []string
}

// get reads the parameter of a clause as the form shows it.
func (f clauseField) get(p rights.Params) string {
	switch f.name {
	case "target":
		return p.Target
	case "within":
		return p.Within
	case "where":
		return p.Where
	case "text":
		return cmp.Or(p.Text, strings.Join(p.TextAny, " | "))
	case "url":
		return p.URL
	case "scope":
		return p.Scope
	case "value":
		return p.Value
	case "percent":
		if p.Percent == 0 {
			return ""
		}
		return strconv.FormatFloat(p.Percent, 'f', -1, 64)
	case "max":
		if p.Max == 0 {
			return ""
		}
		return strconv.Itoa(p.Max)
	case "unit":
		return p.Unit
	case "kinds":
		return strings.Join(p.Kinds, ",")
	case "from":
		return p.From
	case "until":
		return p.Until
	}
	return ""
}

// set writes what the form brought. What does not fit is refused.
func (f clauseField) set(p *rights.Params, text string) error {
	bad := fault.New(fault.ErrInvalid, "fault.terms.parameter", fault.Data{"Value": clipped(text, 100)})
	if f.options != nil && !slices.Contains(f.options, text) && text != f.get(*p) {
		return bad
	}
	switch f.name {
	case "target":
		p.Target = text
	case "within":
		p.Within = text
	case "where":
		p.Where = text
	case "text":
		p.Text, p.TextAny = clipped(text, 1000), nil
		if list := strings.Split(p.Text, "|"); len(list) > 1 {
			p.Text = ""
			for _, one := range list {
				if one = strings.TrimSpace(one); one != "" {
					p.TextAny = append(p.TextAny, one)
				}
			}
		}
	case "url":
		p.URL = clipped(text, 1000)
	case "scope":
		p.Scope = text
	case "value":
		p.Value = text
	case "percent":
		n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
		if err != nil || n <= 0 || n > 100 {
			return bad
		}
		p.Percent = n
	case "max":
		n, err := strconv.Atoi(text)
		if err != nil || n <= 0 {
			return bad
		}
		p.Max = n
	case "unit":
		p.Unit = text
	case "kinds":
		p.Kinds = strings.Split(text, ",")
	case "from":
		p.From = clipped(text, 40)
	case "until":
		p.Until = clipped(text, 40)
	}
	return nil
}

// text is a parameter in words; free texts stand for themselves.
func (f clauseField) text(r *request, value string) string {
	if value == "" && f.options == nil {
		return ""
	}
	if f.options == nil {
		return value
	}
	id := "param." + f.name + "." + strings.NewReplacer(":", "_", ",", "_").Replace(cmp.Or(value, "any"))
	if r.words.Has(id) {
		return r.T(id)
	}
	return value
}

// rules puts clauses into words.
func (r *request) rules(clauses []rights.Clause) []ruleLine {
	out := make([]ruleLine, len(clauses))
	for i, c := range clauses {
		out[i] = ruleLine{Clause: c, Name: r.clauseName(c.Kind), Help: r.clauseHelp(c.Kind), Strength: r.strength(c.Strength)}
		var details []string
		for _, f := range clauseFields[c.Kind] {
			if text := f.text(r, f.get(c.Params)); text != "" {
				details = append(details, text)
			}
		}
		out[i].Detail = strings.Join(details, " ")
	}
	return out
}

func (r *request) clauseName(k rights.Kind) string {
	if id := "clause." + string(k) + ".name"; r.words.Has(id) {
		return r.T(id)
	}
	return string(k)
}

func (r *request) clauseHelp(k rights.Kind) string {
	if id := "clause." + string(k) + ".help"; r.words.Has(id) {
		return r.T(id)
	}
	return ""
}

func (r *request) strength(s rights.Strength) string {
	return r.T("clause.strength." + string(cmp.Or(s, rights.Must)))
}

// termsPage fills templates/pages/terms.html: proposed terms, for an editor to confirm.
type termsPage struct {
	base
	Source  archive.Source
	Name    string
	Shown   termsView
	Clauses []clauseForm
	Kinds   []choice
	Free    bool
	MaySign bool
	Refuse  string
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
				err = errors.Join(err, ferr)
			}
		}
		c.Quote = strings.TrimSpace(r.value("quote." + n))
		c.Start = strings.Index(statement, c.Quote)
		if start, serr := strconv.Atoi(r.value("start." + n)); serr == nil && start >= 0 && start+len(c.Quote) <= len(statement) && statement[start:start+len(c.Quote)] == c.Quote {
			c.Start = start // words that stand there twice keep their place
		}
		if c.End = c.Start + len(c.Quote); (c.Start < 0 || c.Quote == "") && !slices.Contains(dropped, i) {
			err = errors.Join(err, fault.New(fault.ErrInvalid, "fault.terms.quote", fault.Data{"Number": i + 1, "Rule": r.clauseName(c.Kind)}))
			c.Start, c.End = 0, 0
		}
		clauses = append(clauses, c)
	}
	return clauses, dropped, err
}

// confirmTerms answers POST /desk/sources/:id/terms/:terms. do is "add" for one more rule of the kind new, or "confirm".
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
		if a := r.explain(err); a.Status < http.StatusInternalServerError {
			return s.showTerms(r, a.Status, t, clauses, dropped, free, a.Text)
		}
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=terms_confirmed", t.Source))
}

// proposeTerms answers POST /desk/sources/:id/terms. do is "read" (the newest capture again), "again" (the rules in force,
// to be corrected), or "write": a statement and the capture, or the address of the page, it stands in.
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
			Source: t.Source, Statement: t.Statement, Language: t.Language, Where: t.Where, PageURL: t.PageURL, Capture: t.Capture, Clauses: t.Clauses,
		}
		err = s.propose(r, t)
	}
	if err != nil {
		if a := r.explain(err); a.Status < http.StatusInternalServerError || errors.Is(err, fault.ErrUnavailable) {
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
			return t, err
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

// Ordinal is a place in a list as people count.
func (p sourcePage) Ordinal(i int) int { return i + 1 }
