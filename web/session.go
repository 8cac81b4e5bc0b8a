package web

import (
	"errors"
	"net/http"

	"colophon/archive"
	"colophon/translations"
)

// sessionCookie is the name of the cookie that holds a session's secret. With https the __Host- prefix ties it to this
// host and to https (RFC 6265bis §4.1.3.2).
func (s *Server) sessionCookie() string {
	if s.origin.Scheme == "https" {
		return "__Host-session"
	}
	return "session"
}

// whoever finds the person of a request and their session: nobody is no error, and the zero Member.
func (s *Server) whoever(r *http.Request) (translations.Session, translations.Member, error) {
	c, err := r.Cookie(s.sessionCookie())
	if err != nil || c.Value == "" || s.Desk == nil {
		return translations.Session{}, translations.Member{}, nil //nolint:nilerr // no cookie is nobody
	}
	session, m, err := s.Desk.Session(r.Context(), c.Value)
	if errors.Is(err, archive.ErrNotFound) {
		return translations.Session{}, translations.Member{}, nil
	}
	return session, m, err
}

// signIn opens a session for the person of an address and password and sends its cookie.
func (r *request) signIn(email, password string) error {
	token, session, err := r.server.Desk.SignIn(r.Context(), email, password, r.http.UserAgent(), r.client())
	if err != nil {
		return err
	}
	r.setSession(token, session)
	return nil
}

// signOut ends the session of this request and takes its cookie back.
func (r *request) signOut() error {
	http.SetCookie(r.w, &http.Cookie{
		Name: r.server.sessionCookie(), Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: r.server.origin.Scheme == "https",
	})
	if r.session.ID == 0 {
		return nil
	}
	return r.server.Desk.EndSession(r.Context(), r.session.ID, r.member.ID)
}

func (r *request) setSession(token string, session translations.Session) {
	http.SetCookie(r.w, &http.Cookie{
		Name: r.server.sessionCookie(), Value: token, Path: "/", MaxAge: int(session.ExpiresAt.Sub(session.CreatedAt).Seconds()), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: r.server.origin.Scheme == "https",
	})
}
