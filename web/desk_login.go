package web

import (
	"errors"
	"net/http"
	"strings"

	"colophon/archive/fault"
	"colophon/translations"
)

// loginPage fills templates/pages/login.html.
type loginPage struct {
	base
	Email  string
	Back   string
	Refuse string // why the last try was refused
}

// login shows the form to sign in; whoever is signed in already is sent on, and an archive without people to its setup.
func (s *Server) login(r *request) error {
	if err := r.identify(); err != nil {
		return err
	}
	if r.member.ID != 0 {
		return r.redirect(deskPath(r.query("back")))
	}
	has, err := s.Desk.HasMembers(r.Context())
	if err != nil {
		return err
	}
	if !has {
		return r.redirect("/setup")
	}
	return s.showLogin(r, http.StatusOK, loginPage{Back: deskPath(r.query("back"))})
}

func (s *Server) showLogin(r *request, status int, p loginPage) error {
	p.base = r.base(r.T("login.title"))
	p.NoIndex = true
	return r.showStatus(status, "login", p)
}

// doLogin signs a person in. A script of ours (an expired session, signed in again inside a dialog) gets 204.
func (s *Server) doLogin(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	back := deskPath(r.value("back"))
	if err := r.signIn(r.value("email"), r.value("password")); err != nil {
		if !errors.Is(err, fault.ErrForbidden) || r.wantsJSON() {
			return err
		}
		a := r.explain(err)
		return s.showLogin(r, a.Status, loginPage{Email: r.value("email"), Back: back, Refuse: a.Text})
	}
	if r.wantsJSON() {
		r.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return r.redirect(back)
}

func (s *Server) logout(r *request) error {
	if err := r.signOut(); err != nil {
		return err
	}
	return r.redirect("/login")
}

// deskPath is where somebody goes after signing in: only to a page of ours.
func deskPath(back string) string {
	if path := backTo(back); path != "" && path != "/" && !strings.HasPrefix(path, "/login") {
		return path
	}
	return "/desk"
}

// setupPage fills templates/pages/setup.html.
type setupPage struct {
	base
	Name, Email string
	Refuse      string
}

// setup shows the form for the first administrator, once.
func (s *Server) setup(r *request) error {
	has, err := s.Desk.HasMembers(r.Context())
	if err != nil {
		return err
	}
	if has {
		return r.redirect("/login")
	}
	return s.showSetup(r, http.StatusOK, setupPage{})
}

func (s *Server) showSetup(r *request, status int, p setupPage) error {
	p.base = r.base(r.T("setup.title"))
	p.NoIndex = true
	return r.showStatus(status, "setup", p)
}

func (s *Server) doSetup(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	m := translations.Member{Name: r.value("name"), Email: r.value("email"), Language: r.lang}
	if _, err := s.Desk.FirstMember(r.Context(), m, r.value("password")); err != nil {
		if !errors.Is(err, fault.ErrInvalid) {
			return err
		}
		a := r.refuse(err, memberFields)
		return s.showSetup(r, a.Status, setupPage{Name: m.Name, Email: m.Email, Refuse: a.Text})
	}
	if err := r.signIn(m.Email, r.value("password")); err != nil {
		return err
	}
	return r.redirect("/desk")
}
