// Package web is what people see: the public pages, the translation desk, and what serves them.
//
// A page is three things with one name: a struct that embeds base, a template in templates/pages, and a handler that
// reads the request, makes one call, and shows one page. A handler returns its errors; one table in errors.go turns
// their kinds into statuses and into texts in the reader's language, and one list in routes.go says which handler
// answers which address, and for whom.
//
//	// outletPage fills templates/pages/outlet.html.
//	type outletPage struct {
//		base
//		Outlet archive.Source
//	}
//
//	func (s *Server) outlet(r *request) error {
//		id, err := r.number("id")
//		if err != nil {
//			return err
//		}
//		outlet, err := s.Archive.Source(r.Context(), archive.SourceID(id))
//		if err != nil {
//			return err
//		}
//		return r.show("outlet", outletPage{base: r.base(outlet.Name), Outlet: outlet})
//	}
//
// Words come from package locales by methods of base ({{.T "outlet.title"}}), never from shared template functions: a
// function that knew a language would speak one reader's language to another. Pages are rendered whole before their
// first byte is sent. What the public reads is kept whole and compressed under identities that cannot change
// (cache.go), and everything works without scripts; no page has an inline script or style, and the Content Security
// Policy says so.
package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"colophon/archive"
	"colophon/locales"
	"colophon/translations"
	"colophon/web/static"
)

// Settings are read once and never change.
type Settings struct {
	Log *slog.Logger // nil: nothing is logged

	Archive *archive.Archive   // what is kept
	Desk    *translations.Desk // what is made of it, and who works on it
	Fetcher archive.Fetcher    // fetches pages from the web; nil: files alone can be archived

	// Origin is the scheme and host readers use, such as "https://colophon.example". Addresses in pages that must be
	// absolute are made from it and never from a request, whose Host anybody may write. With https, cookies are
	// Secure and browsers are told to stay with https.
	Origin string

	Site string         // name of the site, "Colophon" if empty
	Zone *time.Location // in which times are shown; nil: locales.DefaultZone

	// TrustedProxies are the addresses ("10.0.0.0/8", "127.0.0.1") whose X-Forwarded-For and X-Request-ID are believed.
	// None by default: then the peer is the client.
	TrustedProxies []string

	CacheBytes uint64        // bound of the page cache; 0: 64 MiB
	Fresh      time.Duration // how long an address may show what it showed before; 0: one second. See pageCache.

	Follow []Link // where readers can follow the site: channels, feeds, apps
	About  []Link // pages about the site, in the footer

	Ready func(context.Context) error // nil error when requests can be served; nil: always
	Now   func() time.Time            // nil: time.Now
}

// Link is an address with its text, as settings state it.
type Link struct {
	Text string
	URL  string
}

// Server answers every request. It is safe for concurrent use; after New only what it keeps and counts changes.
type Server struct {
	Settings
	origin    *url.URL
	proxies   []netip.Prefix
	static    *static.Files
	templates templates
	pages     *pageCache
	around    atomic.Pointer[frame] // what all public pages have around them
	views     *viewCounter
	looks     chan archive.SourceID // outlets whose terms are to be looked for
	leads     *leadCounter
	words     map[string]*locales.Localizer
	handler   http.Handler
}

// New checks the settings, parses every template and builds the router.
func New(settings Settings) (*Server, error) {
	s := &Server{Settings: settings, words: map[string]*locales.Localizer{}, looks: make(chan archive.SourceID, maxLooks)}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	s.Site = cmp.Or(s.Site, "Colophon")
	s.Origin = strings.TrimSuffix(cmp.Or(s.Origin, "http://localhost:8080"), "/")
	var err error
	if s.Zone == nil {
		if s.Zone, err = time.LoadLocation(locales.DefaultZone); err != nil {
			return nil, fmt.Errorf("time zone: %w", err)
		}
	}
	for _, lang := range locales.Languages() {
		s.words[lang] = locales.For(lang).In(s.Zone)
	}

	if s.origin, err = url.Parse(s.Origin); err != nil || s.origin.Host == "" || s.origin.Path != "" {
		return nil, fmt.Errorf("the origin %q is not a scheme and a host", s.Origin)
	}
	if s.proxies, err = prefixes(s.TrustedProxies); err != nil {
		return nil, err
	}
	if s.static, err = static.New(); err != nil {
		return nil, err
	}
	if s.templates, err = parsed(); err != nil {
		return nil, err
	}
	if s.pages, err = newPageCache(cmp.Or(s.CacheBytes, 64<<20), cmp.Or(s.Fresh, time.Second), s.Now); err != nil {
		return nil, err
	}

	s.views = newViewCounter(newVisits(s.client, s.Now))
	s.leads = newLeadCounter(s.origin.Host, newVisits(s.client, s.Now))

	if s.handler, err = s.wrap(s.routes()); err != nil {
		return nil, err
	}
	return s, nil
}

// ServeHTTP makes Server an http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// wrap is everything a request passes on its way to one of the routes.
func (s *Server) wrap(routes []route) (http.Handler, error) {
	cross := http.NewCrossOriginProtection()
	if err := cross.AddTrustedOrigin(s.Origin); err != nil {
		return nil, fmt.Errorf("origin %s: %w", s.Origin, err)
	}
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(s.newRequest(w, r, nil), errCrossSite)
	}))
	return s.observe(s.secure(s.remembered(cross.Handler(s.engine(routes))))), nil
}

// engine is the router.
func (s *Server) engine(routes []route) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.ContextWithFallback = false
	for _, rt := range routes {
		do := s.handle(rt)
		for _, path := range rt.paths() {
			e.Handle(rt.method, path, do)
			if rt.method == http.MethodGet {
				e.Handle(http.MethodHead, path, do)
			}
		}
	}
	e.NoRoute(s.handle(route{do: func(*request) error { return errNoPage }}))
	e.NoMethod(s.handle(route{do: func(*request) error { return errMethod }}))
	return e
}

// handle is the one place where a route meets Gin: it bounds the body, asks who is there and whether they may, runs the
// handler and answers its error. Nothing further in sees the gin.Context, which is reused after the response.
func (s *Server) handle(rt route) gin.HandlerFunc {
	return func(c *gin.Context) {
		r := s.newRequest(c.Writer, c.Request, c.Params)
		r.http.Body = http.MaxBytesReader(c.Writer, c.Request.Body, cmp.Or(rt.body, maxBody))
		if rt.policy != nil {
			rt.policy.set(c.Writer.Header())
		}
		err := r.admit(rt.who)
		if err == nil {
			err = rt.do(r)
		}
		if err != nil {
			s.fail(r, err)
		}
		c.Abort()
	}
}

// prefixes reads addresses and ranges.
func prefixes(list []string) ([]netip.Prefix, error) {
	out := make([]netip.Prefix, 0, len(list))
	for _, text := range list {
		if addr, err := netip.ParseAddr(text); err == nil {
			out = append(out, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("trusted proxy %q is no address and no range: %w", text, err)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}
