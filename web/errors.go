package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"colophon/archive/fault"
	"colophon/locales"
)

// Kinds that exist only here.
var (
	errNoPage    = errors.New("no such page")
	errMethod    = errors.New("method not allowed")
	errSignIn    = errors.New("not signed in")
	errCrossSite = errors.New("form sent from another site")
	errTooMany   = errors.New("too many requests")
)

// statusGone is what is logged when the reader went away before the answer; nobody reads it.
const statusGone = 499

// faults is what the kinds of errors mean to a browser and to a person. An error's own message, where it has one, is
// shown in place of the text. What is in no line is our fault: logged in full, and shown with nothing but its id.
var faults = []struct {
	kind        error
	status      int
	title, text string
}{
	{errNoPage, http.StatusNotFound, "error.notfound.title", "error.notfound.text"},
	{fault.ErrNotFound, http.StatusNotFound, "error.notfound.title", "error.notfound.text"},
	{errMethod, http.StatusMethodNotAllowed, "error.method.title", "error.method.text"},
	{errSignIn, http.StatusUnauthorized, "error.signin.title", "error.signin.text"},
	{errCrossSite, http.StatusForbidden, "error.crosssite.title", "error.crosssite.text"},
	{errTooMany, http.StatusTooManyRequests, "error.toomany.title", "error.toomany.text"},
	{fault.ErrForbidden, http.StatusForbidden, "error.forbidden.title", "error.forbidden.text"},
	{fault.ErrTooLarge, http.StatusRequestEntityTooLarge, "error.toolarge.title", "error.toolarge.text"},
	{fault.ErrConflict, http.StatusConflict, "error.conflict.title", "error.conflict.text"},
	{fault.ErrInvalid, http.StatusUnprocessableEntity, "error.invalid.title", "error.invalid.text"},
	{fault.ErrUnavailable, http.StatusServiceUnavailable, "error.unavailable.title", "error.unavailable.text"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "error.unavailable.title", "error.unavailable.text"},
	{context.Canceled, statusGone, "error.unavailable.title", "error.unavailable.text"},
}

// answer is an error put into words.
type answer struct {
	Status      int
	Title, Text string
	ID          string // request id, shown where it is our fault
}

// explain puts an error into words in the language of the page.
func (r *request) explain(err error) answer {
	for _, f := range faults {
		if !errors.Is(err, f.kind) {
			continue
		}
		out := answer{Status: f.status, Title: r.T(f.title), Text: r.T(f.text)}
		if id, data, ok := fault.Message(err); ok {
			out.Text = r.words.Text(id, data)
		}
		return out
	}
	return answer{Status: http.StatusInternalServerError, Title: r.T("error.ours.title"), Text: r.T("error.ours.text"), ID: r.id}
}

// badForm is a body that could not be read.
func badForm(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.Wrap(fault.ErrTooLarge, "error.toolarge.limit", fault.Data{"Megabytes": max(1, large.Limit>>20)}, err)
	}
	return fault.Wrap(fault.ErrInvalid, "error.form", nil, err)
}

// errorPage fills templates/pages/error.html.
type errorPage struct {
	base
	Error answer
	Desk  bool // the way back leads to the desk
}

// notFoundPage fills templates/pages/not_found.html: the three languages side by side, since an address that does not
// exist says nothing about its reader.
type notFoundPage struct {
	base
	All []base // the page's own language first
}

// fail answers a request with an error. It is called once, before anything was sent.
func (s *Server) fail(r *request, err error) {
	a := r.explain(err)
	switch {
	case a.Status == http.StatusInternalServerError:
		s.Log.LogAttrs(r.Context(), slog.LevelError, "our fault", slog.String("id", r.id), slog.String("path", r.http.URL.Path), slog.String("error", err.Error()))
	case a.Status == http.StatusServiceUnavailable:
		s.Log.LogAttrs(r.Context(), slog.LevelWarn, "unavailable", slog.String("id", r.id), slog.String("error", err.Error()))
	}
	h := r.w.Header()
	h.Set("Cache-Control", "no-store")
	h.Del("Etag")
	switch {
	case a.Status == statusGone:
		r.w.WriteHeader(statusGone)
		return
	case r.wantsJSON():
		s.failJSON(r, a)
		return
	case errors.Is(err, errSignIn) && (r.http.Method == http.MethodGet || r.http.Method == http.MethodHead):
		http.Redirect(r.w, r.http, "/login?back="+url.QueryEscape(r.http.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if err := s.failPage(r, a); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "the error page failed", slog.String("id", r.id), slog.String("error", err.Error()))
		http.Error(r.w, a.Title+"\n"+a.Text+"\n"+a.ID, a.Status)
	}
}

func (s *Server) failJSON(r *request, a answer) {
	body, err := json.Marshal(map[string]string{"error": a.Text, "id": r.id})
	if err != nil { // two strings: cannot happen
		body = []byte("{}")
	}
	r.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	r.w.WriteHeader(a.Status)
	_, _ = r.w.Write(body)
}

func (s *Server) failPage(r *request, a answer) error {
	b := r.base(a.Title)
	b.NoIndex = true
	if a.Status != http.StatusNotFound || r.member.ID != 0 {
		return r.showStatus(a.Status, "error", errorPage{base: b, Error: a, Desk: r.member.ID != 0})
	}
	return r.showStatus(a.Status, "not_found", newNotFound(b))
}

func newNotFound(b base) notFoundPage {
	page := notFoundPage{base: b, All: []base{b}}
	for _, lang := range locales.Languages() {
		if lang != b.Lang {
			page.All = append(page.All, b.in(lang))
		}
	}
	return page
}
