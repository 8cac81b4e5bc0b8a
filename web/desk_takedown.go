package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// takedownBox is what the page of an article at the desk says of its takedowns, with the form for another.
type takedownBox struct {
	Past      []takedownLine
	May       bool
	Bases     []choice
	Languages []choice
	Form      takedownForm
}

// takedownForm is the form as it was sent.
type takedownForm struct {
	Sent           bool
	Who, When, Why string
}

// takedownLine is a takedown in words.
type takedownLine struct {
	translations.Takedown
	Title, Lang string // of the article
	Where       string // its language, or all
	Says        string // who asked, when, and on what ground
	When        string // when it was done, and by whom
	Restored    string
	May         bool // whoever is signed in may restore it
	Refused     *refusedRestore
	Sent        string // reason for restoring it, as sent and refused
}

// takedownsPage fills templates/pages/takedowns.html.
type takedownsPage struct {
	base
	List   []takedownLine
	More   string
	Refuse string
}

const takedownsAtOnce = 30

func (s *Server) takedowns(r *request) error { return s.showTakedowns(r, http.StatusOK, "", nil) }

// showTakedowns lists them; refused is why one of them was not restored, nil where nobody tried.
func (s *Server) showTakedowns(r *request, status int, refuse string, refused *refusedRestore) error {
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	list, err := s.Desk.Takedowns(r.Context(), translations.TakedownID(before), takedownsAtOnce+1)
	if err != nil {
		return err
	}
	p := takedownsPage{base: s.deskBase(r, r.T("takedown.list"), "board"), Refuse: refuse}
	if len(list) > takedownsAtOnce {
		list = list[:takedownsAtOnce]
		p.More = "/desk/takedowns?before=" + strconv.FormatInt(int64(list[takedownsAtOnce-1].ID), 10)
	}
	if p.List, err = s.takedownLines(r, list); err != nil {
		return err
	}
	for i := range p.List {
		a, err := s.Archive.Article(r.Context(), p.List[i].Article)
		if err != nil {
			return err
		}
		revision, err := s.Archive.Revision(r.Context(), a.Revision)
		if err != nil {
			return err
		}
		p.List[i].Title, p.List[i].Lang = revision.Title, a.Language
		switch {
		case refused != nil && refused.id == p.List[i].ID:
			p.List[i].Refused, p.List[i].Sent = refused, refused.Reason
		case p.Wrong("r" + strconv.FormatInt(int64(p.List[i].ID), 10)):
			p.List[i].Sent = r.value("reason")
		}
	}
	return r.showStatus(status, "takedowns", p)
}

func (s *Server) takedownLines(r *request, list []translations.Takedown) ([]takedownLine, error) {
	var ids []translations.MemberID
	for _, t := range list {
		ids = append(ids, t.By, t.RestoredBy)
	}
	names, err := s.Desk.Names(r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]takedownLine, len(list))
	for i, t := range list {
		out[i] = newTakedownLine(r, t, names)
	}
	return out, nil
}

func newTakedownLine(r *request, t translations.Takedown, names map[translations.MemberID]string) takedownLine {
	l := takedownLine{Takedown: t, Where: r.T("takedown.everywhere"), When: r.words.DateTime(t.At) + ", " + names[t.By]}
	if t.Language != "" {
		l.Where = r.words.LanguageName(t.Language)
	}
	l.Says = r.T("takedown.says", "Who", t.AskedBy, "Day", r.day(t.AskedOn), "Basis", r.T("takedown.basis."+string(t.Basis)))
	if !t.IsOpen() {
		l.Restored = r.words.DateTime(t.RestoredAt) + ", " + names[t.RestoredBy]
	}
	l.May = t.Language == "" && r.editsAll() || t.Language != "" && r.mayEdit(t.Language)
	return l
}

// day is a date as a form brings it in words; what is none stands as it is.
func (r *request) day(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return r.words.Date(t)
}

// editsAll says whether whoever is signed in decides on versions of every language.
func (r *request) editsAll() bool {
	for _, lang := range locales.Languages() {
		if !r.mayEdit(lang) {
			return false
		}
	}
	return true
}

// takedownBox gathers what the page of an article shows.
func (s *Server) takedownBox(r *request, id archive.ArticleID, versions []versionLine) (takedownBox, error) {
	var b takedownBox
	list, err := s.Desk.TakedownsOf(r.Context(), id)
	if err != nil {
		return b, err
	}
	if b.Past, err = s.takedownLines(r, list); err != nil {
		return b, err
	}
	b.fill(r, versions)
	return b, nil
}

// fill offers the languages there are of the article, and whatever else the form chooses from.
func (b *takedownBox) fill(r *request, versions []versionLine) {
	sent := r.http.PostForm
	b.May = r.member.Has(workflow.Editor) && len(versions) > 0
	for _, t := range b.Past {
		b.May = b.May && (!t.IsOpen() || t.Language != "")
	}
	all := r.editsAll()
	for _, v := range versions {
		if r.mayEdit(v.Language) {
			b.Languages = append(b.Languages, choice{Value: v.Language, Text: v.Name, Chosen: sent.Get("language") == v.Language})
		} else {
			all = false
		}
	}
	if all {
		b.Languages = append([]choice{{Value: "all", Text: r.T("takedown.everywhere"), Chosen: sent.Get("language") == "all"}}, b.Languages...)
	}
	b.May = b.May && len(b.Languages) > 0
	for _, basis := range translations.Bases() {
		b.Bases = append(b.Bases, choice{Value: string(basis), Text: r.T("takedown.basis." + string(basis)), Chosen: sent.Get("basis") == string(basis)})
	}
	b.Form = takedownForm{Sent: sent.Has("who"), Who: sent.Get("who"), When: sent.Get("when"), Why: sent.Get("why")}
	if b.Form.When == "" {
		b.Form.When = r.server.Now().In(r.server.Zone).Format("2006-01-02")
	}
}

// takeDown answers POST /desk/articles/:id/takedown.
func (s *Server) takeDown(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	if _, err := s.Archive.Article(r.Context(), archive.ArticleID(id)); err != nil {
		return err
	}
	lang := r.value("language")
	switch known, ours := locales.Canonical(lang); {
	case lang == "all":
		lang = ""
	case !ours || known != lang:
		return fault.New(fault.ErrInvalid, "error.form", nil)
	}
	t := translations.Takedown{
		Article: archive.ArticleID(id), Language: lang, AskedBy: strings.Join(strings.Fields(r.value("who")), " "), AskedOn: r.value("when"),
		Basis: translations.Basis(r.value("basis")), Reason: r.value("why"),
	}
	if r.value("sure") == "" {
		err = fault.New(fault.ErrInvalid, "review.withdraw.unsure", nil)
	} else {
		_, err = s.Desk.TakeDown(r.Context(), t, r.member)
	}
	if errors.Is(err, fault.ErrInvalid) || errors.Is(err, fault.ErrConflict) {
		a := r.refuse(err, fieldsOf{
			"fault.takedown.who": "td-who", "fault.takedown.when": "td-when", "fault.takedown.basis": "td-basis", "fault.takedown.why": "td-why",
			"review.withdraw.unsure": "td-sure",
		})
		return s.showArticle(r, a.Status, a.Text)
	}
	if err != nil {
		return err
	}
	s.published()
	return r.redirect("/desk/takedowns?done=taken_down")
}
