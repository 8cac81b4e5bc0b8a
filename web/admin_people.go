package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// peoplePage fills templates/pages/people.html.
type peoplePage struct {
	base
	People []personLine
	Next   int64 // the last one shown; 0: these are all
	Roles  []choice
	Form   personForm // as it was sent, where it was refused
	Refuse string
	Min    int
}

type personLine struct {
	translations.Member
	Does []string // roles in words
}

type personForm struct {
	Name, Email string
	Grants      []translations.Grant
}

const peopleAtOnce = 100

// memberFields are the fields of the forms about a person by what may be wrong with them.
var memberFields = fieldsOf{
	"fault.member.name": "nm", "fault.member.name_long": "nm", "fault.member.email": "em", "fault.member.email_taken": "em", "fault.member.role": "roles", "fault.member.last_administrator": "roles",
	"fault.member.password": "pw", "fault.member.password_long": "pw", "fault.member.old_password": "old",
}

func (s *Server) people(r *request) error {
	return s.showPeople(r, http.StatusOK, personForm{}, "")
}

func (s *Server) showPeople(r *request, status int, form personForm, refuse string) error {
	after, _ := strconv.ParseInt(r.query("after"), 10, 64) // what is no number is the beginning
	members, err := s.Desk.Members(r.Context(), translations.MemberID(after), peopleAtOnce+1)
	if err != nil {
		return err
	}
	p := peoplePage{base: r.base(r.T("people.title")), Form: form, Refuse: refuse, Roles: s.roleChoices(r, form.Grants), Min: translations.MinPassword}
	p.Desk, p.Flash = "people", r.done()
	if len(members) > peopleAtOnce {
		members = members[:peopleAtOnce]
		p.Next = int64(members[peopleAtOnce-1].ID)
	}
	for _, m := range members {
		p.People = append(p.People, personLine{m, s.does(r, m)})
	}
	return r.showStatus(status, "people", p)
}

// does puts a person's roles into words.
func (s *Server) does(r *request, m translations.Member) []string {
	var out []string
	for _, g := range m.Grants {
		text := r.roleName(g.Role)
		if g.Language != "" {
			text += ", " + locales.For(g.Language).Label()
		}
		out = append(out, text)
	}
	return out
}

func (r *request) roleName(role workflow.Role) string {
	switch role {
	case workflow.Administrator:
		return r.T("role.administrator")
	case workflow.Editor:
		return r.T("role.editor")
	case workflow.Translator:
	}
	return r.T("role.translator")
}

// roleChoices lists every role there is to give, as "role language".
func (s *Server) roleChoices(r *request, has []translations.Grant) []choice {
	var out []choice
	add := func(g translations.Grant, text string) {
		c := choice{Value: string(g.Role) + " " + g.Language, Text: text}
		for _, h := range has {
			c.Chosen = c.Chosen || h == g
		}
		out = append(out, c)
	}
	for _, role := range []workflow.Role{workflow.Translator, workflow.Editor} {
		for _, lang := range locales.Languages() {
			add(translations.Grant{Role: role, Language: lang}, r.roleName(role)+", "+s.words[lang].Label())
		}
	}
	add(translations.Grant{Role: workflow.Administrator}, r.roleName(workflow.Administrator))
	return out
}

// grants reads the roles of a form.
func (r *request) grants() []translations.Grant {
	var out []translations.Grant
	for _, role := range workflow.Roles() {
		for _, lang := range append(locales.Languages(), "") {
			for _, v := range r.http.PostForm["roles"] {
				if v == string(role)+" "+lang {
					out = append(out, translations.Grant{Role: role, Language: lang})
				}
			}
		}
	}
	return out
}

func (s *Server) addPerson(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	form := personForm{Name: r.value("name"), Email: r.value("email"), Grants: r.grants()}
	m := translations.Member{Name: form.Name, Email: form.Email, Language: r.lang, Grants: form.Grants}
	if _, err := s.Desk.AddMember(r.Context(), m, r.value("password"), r.member.ID); err != nil {
		if !errors.Is(err, fault.ErrInvalid) && !errors.Is(err, fault.ErrConflict) {
			return err
		}
		a := r.refuse(err, memberFields)
		return s.showPeople(r, a.Status, form, a.Text)
	}
	return r.redirect("/desk/people?done=person_added")
}

// personPage fills templates/pages/person.html.
type personPage struct {
	base
	Person translations.Member
	Roles  []choice
	Refuse string
	Min    int
}

func (s *Server) person(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	m, err := s.Desk.Member(r.Context(), translations.MemberID(id))
	if err != nil {
		return err
	}
	return s.showPerson(r, http.StatusOK, m, "")
}

func (s *Server) showPerson(r *request, status int, m translations.Member, refuse string) error {
	p := personPage{base: r.base(m.Name), Person: m, Roles: s.roleChoices(r, m.Grants), Refuse: refuse, Min: translations.MinPassword}
	p.Desk = "people"
	return r.showStatus(status, "person", p)
}

func (s *Server) savePerson(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	m, err := s.Desk.Member(r.Context(), translations.MemberID(id))
	if err != nil {
		return err
	}
	m.Name, m.Grants = r.value("name"), r.grants()
	switch disabled := r.value("disabled") != ""; {
	case disabled && !m.IsDisabled():
		m.DisabledAt = s.Now()
	case !disabled:
		m.DisabledAt = time.Time{}
	}
	err = s.Desk.SaveMember(r.Context(), m, r.member.ID)
	if err == nil && r.value("password") != "" {
		err = s.Desk.SetPassword(r.Context(), m.ID, r.value("password"), 0, r.member.ID)
	}
	if errors.Is(err, fault.ErrInvalid) || errors.Is(err, fault.ErrConflict) {
		a := r.refuse(err, memberFields)
		return s.showPerson(r, a.Status, m, a.Text)
	}
	if err != nil {
		return err
	}
	return r.redirect("/desk/people?done=saved")
}
