package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/inline"
	"colophon/translations/workflow"
)

// The states of an outlet's terms, as its chip shows them.
const (
	termsNone      = "none"      // nothing is known
	termsProposed  = "proposed"  // read, and confirmed by nobody
	termsConfirmed = "confirmed" // in force
	termsChanged   = "changed"   // in force, and newer words wait
)

// termsState finds how far an outlet's terms are, and the newest proposal that waits; zero where there is none.
func (s *Server) termsState(r *request, id archive.SourceID) (state string, proposed archive.Terms, err error) {
	history, err := s.Archive.TermsHistory(r.Context(), id)
	if err != nil {
		return "", proposed, err
	}
	state, _, proposed = stateOf(history)
	return state, proposed, nil
}

func stateOf(history []archive.Terms) (state string, force, proposed archive.Terms) {
	for _, t := range history { // newest first
		if t.IsConfirmed() {
			force = t
			break
		}
		if proposed.ID == 0 && t.IsWaiting() {
			proposed = t
		}
	}
	switch {
	case force.ID != 0 && proposed.ID != 0:
		state = termsChanged
	case force.ID != 0:
		state = termsConfirmed
	case proposed.ID != 0:
		state = termsProposed
	default:
		state = termsNone
	}
	return state, force, proposed
}

// answersForTerms says whether whoever is signed in may confirm terms: an editor of any language, or an administrator.
func (r *request) answersForTerms() bool {
	return r.member.Has(workflow.Editor) || r.member.Has(workflow.Administrator)
}

// sourcesPage fills templates/pages/sources.html.
type sourcesPage struct {
	base
	Sources []sourceLine
	More    string
	MayAdd  bool
	Address string // as sent
	Refuse  string
}

type sourceLine struct {
	archive.Source
	Name  string
	State string
}

const sourcesAtOnce = 100

func (s *Server) sources(r *request) error { return s.showSources(r, http.StatusOK, "", "") }

func (s *Server) showSources(r *request, status int, address, refuse string) error {
	after, _ := strconv.ParseInt(r.query("after"), 10, 64)
	list, err := s.Archive.Sources(r.Context(), archive.SourceID(after), sourcesAtOnce+1)
	if err != nil {
		return err
	}
	p := sourcesPage{base: s.deskBase(r, r.T("sources.title"), "sources"), MayAdd: r.answersForTerms(), Address: address, Refuse: refuse}
	if len(list) > sourcesAtOnce {
		list = list[:sourcesAtOnce]
		p.More = "/desk/sources?after=" + fmt.Sprint(list[sourcesAtOnce-1].ID)
	}
	for _, source := range list {
		state, _, err := s.termsState(r, source.ID)
		if err != nil {
			return err
		}
		p.Sources = append(p.Sources, sourceLine{source, source.NameIn(r.lang).Name, state})
	}
	order := []string{termsChanged, termsProposed, termsNone, termsConfirmed}
	slices.SortStableFunc(p.Sources, func(a, b sourceLine) int {
		return cmp.Compare(slices.Index(order, a.State), slices.Index(order, b.State))
	})
	return r.showStatus(status, "sources", p)
}

// addSource answers POST /desk/sources: the page at the address is captured as evidence and read for terms. With plain
// the outlet is added without a look at the page, where it cannot be fetched.
func (s *Server) addSource(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	address := strings.TrimSpace(r.value("address"))
	source, err := s.newSource(r, address, r.value("plain") != "")
	if err != nil {
		if a := r.refuse(inField("ad", err), nil); a.Status < http.StatusInternalServerError || errors.Is(err, fault.ErrUnavailable) {
			return s.showSources(r, a.Status, address, a.Text)
		}
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=source_added", source.ID))
}

func (s *Server) newSource(r *request, address string, plain bool) (archive.Source, error) {
	if !r.answersForTerms() {
		return archive.Source{}, fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return archive.Source{}, fault.New(fault.ErrInvalid, "fault.source.home", fault.Data{"URL": clipped(address, 200)})
	}
	if known, err := s.Archive.SourceByHost(r.Context(), u.Host); err == nil {
		return archive.Source{}, fault.New(fault.ErrConflict, "fault.source.known", fault.Data{"Host": known.Host})
	} else if !errors.Is(err, fault.ErrNotFound) {
		return archive.Source{}, err
	}
	source := archive.Source{HomeURL: u.Scheme + "://" + u.Host + "/", Names: map[string]archive.Name{"": {Name: u.Hostname()}}}
	var page archive.Delivery
	if !plain {
		if page, err = s.fetchEvidence(r, address); err != nil {
			return archive.Source{}, err
		}
		var name string
		if name, source.Language = archive.Describe(page); name != "" {
			source.Names[""] = archive.Name{Name: name}
		}
	}
	if source, err = s.Archive.AddSource(r.Context(), source); err != nil {
		return archive.Source{}, err
	}
	if err := s.Desk.Record(r.Context(), translations.OfSource, int64(source.ID), "source_added", nil, r.member.ID); err != nil {
		return archive.Source{}, err
	}
	if plain {
		return source, nil
	}
	if err := s.proposeFrom(r, source, page); err != nil {
		return source, err
	}
	s.lookLater(source.ID)
	return source, nil
}

// fetchEvidence fetches a page that states terms.
func (s *Server) fetchEvidence(r *request, address string) (archive.Delivery, error) {
	if s.Fetcher == nil {
		return archive.Delivery{}, fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
	}
	got, err := s.Fetcher.Fetch(r.Context(), address, ingest.FetchOptions{})
	if err != nil {
		return archive.Delivery{}, err
	}
	d := archive.Delivery{
		URL: address, FinalURL: got.FinalURL, Status: got.Status, Header: got.Header, Body: got.Body, Origin: archive.Fetch,
		By: int64(r.member.ID), At: got.At,
	}
	for _, h := range got.Redirects {
		d.Redirects = append(d.Redirects, archive.Hop(h))
	}
	return d, nil
}

// proposeFrom keeps a page as evidence and proposes the terms it states; a page without any is kept all the same.
func (s *Server) proposeFrom(r *request, source archive.Source, page archive.Delivery) error {
	c, err := s.Archive.KeepCapture(r.Context(), page)
	if err != nil {
		return err
	}
	t, err := s.Archive.ReadTerms(r.Context(), source.ID, c.ID, true)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.propose(r, t)
}

// propose keeps proposed terms with their line of history.
func (s *Server) propose(r *request, t archive.Terms) error {
	t.ProposedBy = int64(r.member.ID)
	t, err := s.Archive.ProposeTerms(r.Context(), t)
	if err != nil {
		return err
	}
	return s.Desk.Record(r.Context(), translations.OfSource, int64(t.Source), "terms_proposed",
		map[string]string{"Version": strconv.Itoa(t.Version)}, r.member.ID)
}

// clipped cuts a text to at most n bytes at a letter's edge.
func clipped(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// sourcePage fills templates/pages/source.html.
type sourcePage struct {
	base
	Source   archive.Source
	Name     string
	Others   []nameIn
	State    string
	Shown    termsView // in force, or else the proposal
	Proposed archive.Terms
	Rules    []ruleLine
	Articles []articleLine
	More     string
	Past     []pastTerms
	Absences []absenceLine // pages of its terms that could not be read
	Read     string        // when its pages were last read; "" for never
	History  []historyLine
	Captures []choice // a statement written by hand can stand in
	Form     sourceForm
	Links    sourceLinks
	MaySign  bool // confirm terms, change names

	Force      forceBox
	Agreements []agreementLine

	Written, Page string // words copied out by hand, and the address of their page, as sent

	Refuse string
}

// nameIn is a name in another language than the page's.
type nameIn struct{ Lang, Name string }

// ruleLine is a clause in words.
type ruleLine struct {
	rights.Clause
	Name, Help, Detail, Strength string
}

// pastTerms is a line of the history of terms: how the words changed from the version before.
type pastTerms struct {
	archive.Terms
	Runs []run
	When string
	By   string
	Fate string // of a proposal that was not confirmed: why it waits no longer; "" while it does
}

// sourceForm are the fields of what people know of an outlet.
type sourceForm struct {
	Names        []nameForm
	Languages    []choice
	Jurisdiction string
	Contact      string
}

// nameForm is the name in one language with the forms that language needs.
type nameForm struct {
	archive.Name
	Lang, In              string
	IsRussian, IsArmenian bool
}

func (s *Server) source(r *request) error { return s.showSource(r, http.StatusOK, "") }

func (s *Server) showSource(r *request, status int, refuse string) error {
	return s.showSourceWith(r, status, refuse, archive.Source{})
}

// showSourceWith is showSource with what a person wrote of the outlet, which was refused, in place of what is kept.
func (s *Server) showSourceWith(r *request, status int, refuse string, sent archive.Source) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	p := sourcePage{Refuse: refuse, MaySign: r.answersForTerms()}
	if p.Source, err = s.Archive.Source(r.Context(), archive.SourceID(id)); err != nil {
		return err
	}
	p.Name = p.Source.NameIn(r.lang).Name
	if p.Absences, err = s.absences(r, p.Source); err != nil {
		return err
	}
	if !p.Source.ReadAt.IsZero() {
		p.Read = r.words.DateTime(p.Source.ReadAt)
	}
	for _, lang := range locales.Languages() {
		if n := p.Source.Names[lang].Name; n != "" && n != p.Name {
			p.Others = append(p.Others, nameIn{lang, n})
		}
	}
	if err := s.fillTerms(r, &p); err != nil {
		return err
	}
	if p.Force, err = s.forceBox(r, p.Source); err != nil {
		return err
	}
	agreements, err := s.Archive.AgreementsOf(r.Context(), p.Source.ID)
	if err != nil {
		return err
	}
	if p.Agreements, err = s.agreementLines(r, agreements); err != nil {
		return err
	}
	if err := s.fillSourceArticles(r, &p); err != nil {
		return err
	}
	if p.Links, err = s.linksOf(r, p.Source.ID); err != nil {
		return err
	}
	if p.Form = s.sourceForm(r, p.Source); sent.ID != 0 {
		p.Form = s.sourceForm(r, sent)
	}
	p.Written, p.Page = r.http.PostForm.Get("statement"), r.http.PostForm.Get("page") // what was refused stays to be mended
	p.base = s.deskBase(r, p.Name, "sources")
	return r.showStatus(status, "source", p)
}

// fillTerms reads the terms, their rules and their history.
func (s *Server) fillTerms(r *request, p *sourcePage) error {
	history, err := s.Archive.TermsHistory(r.Context(), p.Source.ID)
	if err != nil {
		return err
	}
	var force archive.Terms
	p.State, force, p.Proposed = stateOf(history)
	shown := force
	if shown.ID == 0 {
		shown = p.Proposed
	}
	if shown.ID != 0 {
		if p.Shown, err = s.termsView(r, shown); err != nil {
			return err
		}
		p.Rules = r.rules(shown.Clauses)
	}
	var people []translations.MemberID
	for _, t := range history {
		people = append(people, translations.MemberID(t.ConfirmedBy), translations.MemberID(t.DroppedBy))
	}
	names, err := s.Desk.Names(r.Context(), people...)
	if err != nil {
		return err
	}
	for i, t := range history {
		line := pastTerms{Terms: t, When: r.words.Date(t.ProposedAt), By: names[translations.MemberID(t.ConfirmedBy)], Runs: []run{{Text: t.Statement}}}
		if !t.DroppedAt.IsZero() {
			line.Fate = r.T("terms.dropped.program")
			if t.DroppedBy != 0 {
				line.Fate = r.T("terms.dropped.by", "Name", names[translations.MemberID(t.DroppedBy)])
			}
		}
		if i+1 < len(history) {
			line.Runs = excerpt(diffWords(t.Language, inline.Escape(history[i+1].Statement), inline.Escape(t.Statement)))
		}
		p.Past = append(p.Past, line)
		for _, e := range t.Evidence {
			p.Captures = addCapture(p.Captures, e.Capture, e.PageURL)
		}
	}
	lines, err := s.Desk.History(r.Context(), translations.OfSource, int64(p.Source.ID), 0, 20)
	if err != nil {
		return err
	}
	p.History, err = s.historyLines(r, lines)
	return err
}

func addCapture(list []choice, id archive.CaptureID, address string) []choice {
	c := choice{Value: fmt.Sprint(id), Text: address}
	if slices.ContainsFunc(list, func(k choice) bool { return k.Value == c.Value }) {
		return list
	}
	return append(list, c)
}

const articlesOfSource = 20

func (s *Server) fillSourceArticles(r *request, p *sourcePage) error {
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	list, err := s.Archive.ArticlesOf(r.Context(), p.Source.ID, archive.ArticleID(before), articlesOfSource+1)
	if err != nil {
		return err
	}
	if len(list) > articlesOfSource {
		list = list[:articlesOfSource]
		p.More = fmt.Sprintf("/desk/sources/%d?before=%d#articles", p.Source.ID, list[articlesOfSource-1].ID)
	}
	for _, art := range list[:min(len(list), 10)] {
		rev, err := s.Archive.Revision(r.Context(), art.Revision)
		if err != nil {
			return err
		}
		p.Captures = addCapture(p.Captures, rev.Capture, art.URL)
	}
	p.Articles, err = s.articleLines(r, list)
	return err
}

// sourceForm fills the fields of names, language, country and contact.
func (s *Server) sourceForm(r *request, source archive.Source) sourceForm {
	f := sourceForm{Jurisdiction: source.Jurisdiction, Contact: source.Contact}
	for _, lang := range locales.Languages() {
		f.Names = append(f.Names, nameForm{
			Name: source.Names[lang], Lang: lang, In: r.words.LanguageName(lang), IsRussian: lang == "ru", IsArmenian: lang == "hy",
		})
	}
	known := slices.Contains(locales.Languages(), source.Language)
	if !known && source.Language != "" {
		f.Languages = append(f.Languages, choice{source.Language, r.words.LanguageName(source.Language), true})
	}
	for _, lang := range locales.Languages() {
		f.Languages = append(f.Languages, choice{lang, r.words.LanguageName(lang), lang == source.Language})
	}
	return f
}

// saveSource answers POST /desk/sources/:id: names with their forms, language, country, contact.
func (s *Server) saveSource(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	source, err := s.Archive.Source(r.Context(), archive.SourceID(id))
	if err != nil {
		return err
	}
	field := func(name string) string { return clipped(strings.Join(strings.Fields(r.value(name)), " "), 200) }
	names := map[string]archive.Name{}
	if n, ok := source.Names[""]; ok {
		names[""] = n
	}
	for _, lang := range locales.Languages() {
		n := archive.Name{
			Name: field("name." + lang), Genitive: field("genitive." + lang), Instrumental: field("instrumental." + lang),
			Dative: field("dative." + lang), Definite: field("definite." + lang),
		}
		if n.Name != "" {
			names[lang] = n
		}
	}
	source.Names, source.Contact = names, field("contact")
	source.Jurisdiction = strings.ToUpper(field("jurisdiction"))
	if tag, ours := locales.Canonical(r.value("language")); ours {
		source.Language = tag
	}
	if j := source.Jurisdiction; j != "" && (len(j) != 2 || strings.Trim(j, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		a := r.refuse(inField("ju", fault.New(fault.ErrInvalid, "source.jurisdiction.bad", nil)), nil)
		return s.showSourceWith(r, a.Status, a.Text, source)
	}
	if err := s.Archive.SaveSource(r.Context(), source); err != nil {
		return err
	}
	if err := s.Desk.Record(r.Context(), translations.OfSource, id, "source_saved", nil, r.member.ID); err != nil {
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/sources/%d?done=saved", id))
}

// Ordinal is a place in a list as people count.
func (p sourcePage) Ordinal(i int) int { return i + 1 }
