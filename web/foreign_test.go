package web

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"colophon/archive/ingest"
)

// foreignWeb is the rest of the web in a test: pages of others by their addresses, served over http on the own machine and
// fetched by the real Fetcher. What it has no page for is 404, and every request is counted.
type foreignWeb struct {
	*ingest.Fetcher
	server *httptest.Server

	mu    sync.Mutex
	pages map[string]foreignPage // by host and path
	asked map[string]int         // by method, host and path
}

type foreignPage struct {
	status   int
	location string
	header   http.Header
	body     string
}

func newForeignWeb(t testing.TB) *foreignWeb {
	t.Helper()
	w := &foreignWeb{pages: map[string]foreignPage{}, asked: map[string]int{}}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	w.Fetcher = ingest.NewFetcher(ingest.FetchSettings{AllowPrivate: true, Delay: -1})
	t.Cleanup(w.Close)
	return w
}

// key is the host and path of an address, as the server here is asked for it.
func (w *foreignWeb) key(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return u.Host + path
}

func (w *foreignWeb) put(address string, p foreignPage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[w.key(address)] = p
}

// count is how often an address was asked for.
func (w *foreignWeb) count(method, address string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[method+" "+w.key(address)]
}

// ServeHTTP answers /host/path?query.
func (w *foreignWeb) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	key := strings.TrimPrefix(r.URL.RequestURI(), "/")
	w.mu.Lock()
	w.asked[r.Method+" "+key]++
	p, ok := w.pages[key]
	w.mu.Unlock()
	if !ok {
		http.NotFound(out, r)
		return
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	maps.Copy(out.Header(), p.header)
	if p.location != "" {
		out.Header().Set("Location", w.inner(p.location))
	}
	out.WriteHeader(p.status)
	_, _ = out.Write([]byte(p.body))
}

// inner and outer turn an address of the web into one of this server, and back.
func (w *foreignWeb) inner(address string) string {
	if !strings.HasPrefix(address, "http") {
		return address
	}
	return w.server.URL + "/" + w.key(address)
}

func (w *foreignWeb) outer(address string) string {
	if rest, ok := strings.CutPrefix(address, w.server.URL+"/"); ok {
		return "https://" + rest
	}
	return address
}

// Fetch implements archive.Fetcher.
func (w *foreignWeb) Fetch(ctx context.Context, address string, options ingest.FetchOptions) (ingest.Fetched, error) {
	got, err := w.Fetcher.Fetch(ctx, w.inner(address), options)
	got.URL, got.FinalURL = address, w.outer(got.FinalURL)
	for i := range got.Redirects {
		got.Redirects[i].URL = w.outer(got.Redirects[i].URL)
	}
	return got, err
}

// newWalk opens a sample newsroom whose clock and web the script commands.
func newWalk(t testing.TB) *walk {
	t.Helper()
	w := &walk{web: newForeignWeb(t), clock: newClock(now())}
	w.reader = openNewsroomAt(t, w.clock, func(set *Settings) { set.Fetcher = w.web }).reader(t)
	return w
}

// serve puts a page of somebody else's on the web.
func (w *walk) serve(ts *testscript.TestScript, args []string) {
	need(ts, args, 2, "serve ADDRESS FILE|STATUS|to ADDRESS")
	p := foreignPage{status: http.StatusOK}
	if n, err := strconv.Atoi(args[1]); err == nil {
		p.status = n
	} else if args[1] == "to" && len(args) > 2 {
		p.status, p.location = http.StatusMovedPermanently, args[2]
	} else {
		p.body = os.Expand(ts.ReadFile(args[1]), ts.Getenv)
	}
	w.web.put(args[0], p)
}

// later lets time pass.
func (w *walk) later(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "later DURATION")
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	w.clock.set(w.clock.now().Add(d))
}

// called gives the site the address readers know it by, so that pages of others can link to it.
func (w *walk) called(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "called ORIGIN")
	r := w.reader
	r.site = serve(r.t, r.site.Desk, func(set *Settings) { set.Now, set.Fetcher, set.Origin = r.site.Now, w.web, args[0] })
}

// Probe implements archive.Prober.
func (w *foreignWeb) Probe(ctx context.Context, address string) (ingest.Probed, error) {
	got, err := w.Fetcher.Probe(ctx, w.inner(address))
	got.URL, got.FinalURL = address, w.outer(got.FinalURL)
	return got, err
}

// job does a piece of background work once, as "serve" does it by the clock.
func (w *walk) job(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "job links|read-terms")
	switch args[0] {
	case "links":
		ts.Check(w.reader.site.CheckLinks(context.Background()))
	case "read-terms":
		week := 7 * 24 * time.Hour
		ts.Check(w.reader.site.Desk.ReadTermsAgain(context.Background(), w.web, w.clock.now().Add(-week), 20))
	case "republications":
		ts.Check(w.reader.site.CheckRepublications(context.Background()))
	default:
		ts.Fatalf("no job is called %s", args[0])
	}
}
