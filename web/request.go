package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// request is one request on its way through a handler: who asks, in which language, with which look. It must not outlive
// the handler; pass r.Context() on, and values, never r.
type request struct {
	server   *Server
	w        http.ResponseWriter
	http     *http.Request
	params   gin.Params
	id       string             // request id, as in the log
	lang     string             // language of the interface for this page
	words    *locales.Localizer // of lang
	look     look
	member   translations.Member  // signed in; the zero Member is nobody
	session  translations.Session // of member
	mistakes []mistake            // of the form that was sent: see refuse
	read     *translations.Viewed // whose page this is, if it is an article's: see cached
}

func (s *Server) newRequest(w http.ResponseWriter, r *http.Request, params gin.Params) *request {
	out := &request{server: s, w: w, http: r, params: params, id: requestID(r.Context()), look: lookOf(r)}
	out.lang = s.languageOf(r, "")
	out.words = s.words[out.lang]
	return out
}

// admit finds out who is there where the route is not for anyone, and whether they may use it.
func (r *request) admit(who access) error {
	if who == anyone || who == "" {
		return nil
	}
	if err := r.identify(); err != nil {
		return err
	}
	switch {
	case r.member.ID == 0:
		return errSignIn
	case who == administrators && !r.member.Has(workflow.Administrator):
		return fault.New(fault.ErrForbidden, "error.administrators", nil)
	}
	return nil
}

// identify finds the session of the request's cookie and fills r.member, with the language the person chose for the
// interface. admit calls it for routes that are not for anyone; a page for anyone that greets whoever is signed in, such
// as the sign-in page, calls it itself. Public pages do not: they are the same for everybody.
func (r *request) identify() error {
	session, member, err := r.server.whoever(r.http)
	if err != nil || member.ID == 0 {
		return err
	}
	r.session, r.member = session, member
	r.lang = r.server.languageOf(r.http, member.Language)
	r.words = r.server.words[r.lang]
	return nil
}

// Context ends when the reader has gone. It carries the request id for the log.
func (r *request) Context() context.Context { return r.http.Context() }

// T is a message in the language of the page; pairs are keys and values for its places.
func (r *request) T(id string, pairs ...any) string { return r.words.Text(id, data(pairs)) }

// N is the form of a message that goes with a number.
func (r *request) N(id string, n int, pairs ...any) string { return r.words.Plural(id, n, data(pairs)) }

// param is the value of a place in the path, such as :slug; *rest has no leading slash.
func (r *request) param(name string) string { return strings.TrimPrefix(r.params.ByName(name), "/") }

// number is a place in the path that holds an ID. What is no number is a page that does not exist.
func (r *request) number(name string) (int64, error) {
	n, err := strconv.ParseInt(r.param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, errNoPage
	}
	return n, nil
}

// query is the first value of a parameter of the address, without surrounding spaces.
func (r *request) query(name string) string {
	return strings.TrimSpace(r.http.URL.Query().Get(name))
}

// form reads the body of a form, multipart too, up to the route's bound. Values then come from r.value.
func (r *request) form() error {
	var err error
	if strings.HasPrefix(r.http.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.http.ParseMultipartForm(maxBody) // larger parts go to temporary files, bounded by the route
	} else {
		err = r.http.ParseForm()
	}
	if err != nil {
		return badForm(err)
	}
	return nil
}

// value is the first value of a field of the body, as it was sent. form must have been called.
func (r *request) value(name string) string { return r.http.PostFormValue(name) }

// redirect sends the reader to another page of ours after a change (303, so that reloading repeats nothing).
func (r *request) redirect(path string) error {
	http.Redirect(r.w, r.http, path, http.StatusSeeOther)
	return nil
}

// wantsJSON says whether a script of ours asks, which reads errors as {"error","id"}.
func (r *request) wantsJSON() bool {
	return strings.HasPrefix(r.http.Header.Get("Accept"), "application/json")
}

// client is the address the request comes from; behind a trusted proxy, the last address that proxy saw which is not a
// trusted proxy itself.
func (r *request) client() string { return r.server.client(r.http) }

func (s *Server) client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(host); i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		host = hop
	}
	return host
}

// trusted says whether an address is one of our proxies.
func (s *Server) trusted(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	addr = addr.Unmap()
	for _, p := range s.proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}
