package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// jobPage fills templates/pages/job.html: who does a version, how soon, and by when.
type jobPage struct {
	base
	Job        jobLine
	People     []choice
	Priorities []choice
	DueAt      string // as a field of the kind datetime-local has it
	Others     []choice
	Barred     []barredLine
	Back       string
	Refuse     string
}

func (s *Server) job(r *request) error {
	return s.showJob(r, http.StatusOK, "")
}

func (s *Server) showJob(r *request, status int, refuse string) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	work, err := s.Desk.Work(r.Context(), translations.VersionID(id))
	if err != nil {
		return err
	}
	v := work.Version
	names, err := s.Desk.Names(r.Context(), v.Assignee)
	if err != nil {
		return err
	}
	line := s.jobLines(r, []translations.Job{{
		Version: v, Title: work.Revision.Title, SourceLang: work.Article.Language, SourceID: work.Source.ID,
		SourceName: work.Source.NameIn(r.lang).Name, Slug: work.Article.Slug, Assigned: names[v.Assignee],
	}})[0]
	p := jobPage{base: s.deskBase(r, work.Revision.Title, "board"), Job: line, Refuse: refuse, Back: deskPath(cmp.Or(r.query("back"), r.http.PostFormValue("back")))}
	if !v.DueAt.IsZero() {
		p.DueAt = v.DueAt.In(s.Zone).Format(dueLayout)
	}
	members, err := s.Desk.Members(r.Context(), 0, 200)
	if err != nil {
		return err
	}
	p.People = []choice{{Value: "0", Text: r.T("board.who.nobody"), Chosen: v.Assignee == 0}}
	for _, m := range members {
		if m.RoleIn(v.Language) != "" && !m.IsDisabled() {
			p.People = append(p.People, choice{Value: fmt.Sprint(m.ID), Text: m.Name, Chosen: m.ID == v.Assignee})
		}
	}
	for _, priority := range []translations.Priority{translations.NoPriority, translations.High, translations.First} {
		p.Priorities = append(p.Priorities, choice{Value: strconv.Itoa(int(priority)), Text: r.priority(priority), Chosen: priority == v.Priority})
	}
	if p.Others, p.Barred, err = s.openable(r, work.Article); err != nil {
		return err
	}
	return r.showStatus(status, "job", p)
}

// priority is a priority in words.
func (r *request) priority(p translations.Priority) string {
	switch p {
	case translations.First:
		return r.T("board.priority.first")
	case translations.High:
		return r.T("board.priority.high")
	case translations.NoPriority:
	}
	return r.T("board.priority.normal")
}

// openable lists the languages in which an article has no version yet and whoever is signed in may open one; barred are
// those among them that what is in force forbids.
func (s *Server) openable(r *request, art archive.Article) (out []choice, barred []barredLine, err error) {
	versions, err := s.Desk.VersionsOf(r.Context(), art.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, lang := range locales.Languages() {
		open := slices.ContainsFunc(versions, func(v translations.Version) bool { return v.Language == lang })
		if open || !r.member.RoleIn(lang).AtLeast(workflow.Translator) {
			continue
		}
		line, err := s.barred(r, art, lang)
		if err != nil {
			return nil, nil, err
		}
		if line.Text != "" {
			barred = append(barred, line)
			continue
		}
		out = append(out, choice{Value: lang, Text: r.words.LanguageName(lang), Chosen: lang == art.Language})
	}
	return out, barred, nil
}

const dueLayout = "2006-01-02T15:04"

// assign answers POST /desk/versions/:id/assign. do is "take" (to whoever is signed in), "priority" (the next one), or
// "save" with to, priority and due.
func (s *Server) assign(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	v, err := s.Desk.Version(r.Context(), translations.VersionID(id))
	if err != nil {
		return err
	}
	to, priority, due := v.Assignee, v.Priority, v.DueAt
	switch r.value("do") {
	case "take":
		to = r.member.ID
	case "priority":
		priority = (priority + 1) % (translations.First + 1)
	default:
		n, _ := strconv.ParseInt(r.value("to"), 10, 64)
		to = translations.MemberID(n)
		if p, err := strconv.Atoi(r.value("priority")); err == nil && p >= 0 && p <= int(translations.First) {
			priority = translations.Priority(p)
		}
		due = time.Time{}
		if text := r.value("due"); text != "" {
			if due, err = time.ParseInLocation(dueLayout, text, s.Zone); err != nil {
				a := r.refuse(inField("du", fault.New(fault.ErrInvalid, "job.due.bad", nil)), nil)
				return s.showJob(r, a.Status, a.Text)
			}
		}
	}
	if err := s.Desk.Assign(r.Context(), v.ID, to, priority, due, r.member); err != nil {
		if a := r.refuse(err, fieldsOf{"fault.assign.language": "to"}); !r.wantsJSON() && a.Status < http.StatusInternalServerError {
			return s.showJob(r, a.Status, a.Text)
		}
		return err
	}
	if r.wantsJSON() {
		r.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return r.redirect(deskPath(r.value("back")))
}
