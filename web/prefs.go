package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"colophon/archive/fault"
	"colophon/locales"
)

// look is how a reader wants pages to look. It comes from cookies and is rendered into the page by the server, so that
// nothing flashes and no script is needed. There are 15 looks, which is why a cached page may be kept for each.
type look struct {
	theme string // "day", "night", or "": as the system has it
	size  int    // of the article's text: -1 to 3, 0 as designed
}

// keysOff says whether the reader has switched the shortcuts of single letters off (WCAG 2.1.4).
func keysOff(r *http.Request) bool {
	c, err := r.Cookie("keys")
	return err == nil && c.Value == "off"
}

const minSize, maxSize = -1, 3

// lookOf reads the cookies. What is not one of ours is as if it were not there.
func lookOf(r *http.Request) look {
	var l look
	if r.Header.Get("Cookie") == "" {
		return l
	}
	if c, err := r.Cookie("theme"); err == nil && isTheme(c.Value) {
		l.theme = c.Value
	}
	if c, err := r.Cookie("size"); err == nil {
		l.size, _ = readSize(c.Value)
	}
	return l
}

func isTheme(s string) bool { return s == "day" || s == "night" }

func readSize(s string) (size int, ok bool) {
	n, err := strconv.Atoi(s)
	if err != nil || n < minSize || n > maxSize {
		return 0, false
	}
	return n, true
}

// setPrefs answers POST /prefs: theme (day, night, system), size (-1 … 3), lang, keys (on, off), and back, the page to
// return to. Each field but back is optional.
func (s *Server) setPrefs(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	bad := fault.New(fault.ErrInvalid, "error.prefs", nil)
	if theme := r.value("theme"); theme == "system" {
		s.setCookie(r.w, "theme", "")
	} else if theme != "" {
		if !isTheme(theme) {
			return bad
		}
		s.setCookie(r.w, "theme", theme)
	}
	if text := r.value("size"); text != "" {
		size, ok := readSize(text)
		if !ok {
			return bad
		}
		s.setCookie(r.w, "size", strconv.Itoa(size))
	}
	if lang := r.value("lang"); lang != "" {
		tag, ours := locales.Canonical(lang)
		if !ours {
			return bad
		}
		s.setCookie(r.w, "lang", tag)
	}
	switch r.value("keys") {
	case "":
	case "on":
		s.setCookie(r.w, "keys", "")
	case "off":
		s.setCookie(r.w, "keys", "off")
	default:
		return bad
	}
	if r.wantsJSON() {
		r.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return r.redirect(backTo(r.value("back")))
}

// setCookie keeps a preference for a year, or forgets it if empty. Scripts may read it: it tells nothing about anyone.
func (s *Server) setCookie(w http.ResponseWriter, name, value string) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, Secure: s.origin.Scheme == "https"}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// backTo is where a form may send the reader: a path of ours, and never another site, however it is written ("//x",
// "/\x", "http:x"). Anything else is the start page.
func backTo(text string) string {
	if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") || strings.ContainsAny(text, "\\\r\n\t") || len(text) > 2048 {
		return "/"
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return u.RequestURI()
}
