package web

import (
	"errors"
	"net/http"

	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
)

// mePage fills templates/pages/me.html: a person's own page.
type mePage struct {
	base
	Sessions  []deviceLine
	Languages []choice
	Fields    []choice // kinds of field to write in
	Refuse    string   // why the last change was refused
	Min       int      // least length of a password
}

// deviceLine is one device a person is signed in on.
type deviceLine struct {
	translations.Session
	Seen    string
	Current bool
}

// choice is one option of a field.
type choice struct {
	Value, Text string
	Chosen      bool
}

func (s *Server) me(r *request) error { return s.showMe(r, http.StatusOK, "") }

func (s *Server) showMe(r *request, status int, refuse string) error {
	sessions, err := s.Desk.Sessions(r.Context(), r.member.ID)
	if err != nil {
		return err
	}
	p := mePage{base: r.base(r.T("me.title")), Refuse: refuse, Min: translations.MinPassword}
	for _, d := range sessions {
		p.Sessions = append(p.Sessions, deviceLine{Session: d, Seen: r.words.DateTime(d.SeenAt), Current: d.ID == r.session.ID})
	}
	for _, lang := range locales.Languages() {
		p.Languages = append(p.Languages, choice{Value: lang, Text: s.words[lang].Name(), Chosen: lang == r.member.Language})
	}
	p.Fields = []choice{{"rich", r.T("me.field.rich"), !r.member.PlainField}, {"plain", r.T("me.field.plain"), r.member.PlainField}}
	return r.showStatus(status, "me", p)
}

// saveMe changes the person's own name, the language of the interface, and the field they write in.
func (s *Server) saveMe(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	m := r.member
	m.Name = r.value("name")
	if tag, ours := locales.Canonical(r.value("language")); ours {
		m.Language = tag
	}
	switch r.value("field") { // one without it is left as it is
	case "plain":
		m.PlainField = true
	case "rich":
		m.PlainField = false
	}
	if err := s.Desk.SaveMember(r.Context(), m, r.member.ID); err != nil {
		return s.refuseMe(r, err)
	}
	return r.redirect("/desk/me")
}

// savePassword changes the person's own password, which ends the sessions on other devices.
func (s *Server) savePassword(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	err := s.Desk.CheckPassword(r.Context(), r.member.ID, r.value("old"))
	if err == nil {
		err = s.Desk.SetPassword(r.Context(), r.member.ID, r.value("password"), r.session.ID, r.member.ID)
	}
	if err != nil {
		return s.refuseMe(r, err)
	}
	return r.redirect("/desk/me")
}

func (s *Server) refuseMe(r *request, err error) error {
	if !errors.Is(err, fault.ErrInvalid) && !errors.Is(err, fault.ErrForbidden) {
		return err
	}
	a := r.refuse(err, memberFields)
	return s.showMe(r, a.Status, a.Text)
}

// endSession signs the person out on one device.
func (s *Server) endSession(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := s.Desk.EndSession(r.Context(), translations.SessionID(id), r.member.ID); err != nil {
		return err
	}
	return r.redirect("/desk/me")
}
