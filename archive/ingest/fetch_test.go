package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"

	"colophon/archive/fault"
)

const page = "<!DOCTYPE html><title>A page</title><p>Text, текст, տեքստ.</p>"

// local is a Fetcher that may fetch from the test's own servers, without pauses.
func local(settings FetchSettings) *Fetcher {
	settings.AllowPrivate = true
	if settings.Delay == 0 {
		settings.Delay = -1
	}
	return NewFetcher(settings)
}

// serve starts a server that has no robots.txt.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// message is the message ID of an error, for comparing; "" for none.
func message(err error) string {
	if err == nil {
		return ""
	}
	id, _, ok := fault.Message(err)
	if !ok {
		return err.Error()
	}
	return id
}

func TestFetch(t *testing.T) {
	var agent string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/middle?a=1", http.StatusMovedPermanently)
		case "/middle":
			http.Redirect(w, r, "/new#part", http.StatusFound)
		default:
			agent = r.UserAgent()
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, page)
		}
	})
	before := time.Now().UTC()
	got, err := local(FetchSettings{Version: "1.2", Contact: "https://archive.example/about"}).Fetch(t.Context(), s.URL+"/old", FetchOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got.At.Before(before) || got.At.After(time.Now()) || got.At.Location() != time.UTC {
		t.Errorf("fetched at %v", got.At)
	}
	if ct := got.Header.Get("Content-Type"); ct != "text/html; charset=utf-8" {
		t.Errorf("Content-Type %q", ct)
	}
	if want := "Colophon/1.2 (+https://archive.example/about)"; agent != want {
		t.Errorf("User-Agent %q, want %q", agent, want)
	}
	got.At, got.Header = time.Time{}, nil
	want := Fetched{
		URL: s.URL + "/old", FinalURL: s.URL + "/new", Status: 200, Raw: []byte(page), Body: []byte(page), Remote: strings.TrimPrefix(s.URL, "http://"),
		Redirects: []Hop{{s.URL + "/old", 301}, {s.URL + "/middle?a=1", 302}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFetchFailures(t *testing.T) {
	release := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/status/"))
		switch {
		case status != 0:
			w.WriteHeader(status)
			_, _ = io.WriteString(w, page)
		case r.URL.Path == "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/deeper"):
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		case r.URL.Path == "/nowhere":
			w.WriteHeader(http.StatusFound)
		case r.URL.Path == "/to-a-file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case r.URL.Path == "/declared-large":
			w.Header().Set("Content-Length", strconv.Itoa(50<<20))
		case r.URL.Path == "/large":
			for range 9 << 10 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		case r.URL.Path == "/cut":
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, page)
		case r.URL.Path == "/drip":
			for range 100 {
				_, _ = io.WriteString(w, "<p>")
				w.(http.Flusher).Flush()
				select {
				case <-release:
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		case r.URL.Path == "/silent":
			<-release
		case r.URL.Path == "/headers":
			for i := range 100_000 {
				w.Header().Set("X-"+strconv.Itoa(i), "x")
			}
		case r.URL.Path == "/header":
			w.Header().Set("X", strings.Repeat("x", 10<<20))
		case r.URL.Path == "/packed-strangely":
			w.Header().Set("Content-Encoding", "zstd")
			_, _ = io.WriteString(w, page)
		case r.URL.Path == "/packed-thrice":
			w.Header().Set("Content-Encoding", "gzip, gzip, gzip")
			_, _ = io.WriteString(w, page)
		case r.URL.Path == "/packed-badly":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed(t, "gzip", []byte(page))[:40])
		}
	})
	defer close(release)
	for _, c := range []struct {
		path, want string
		kind       error
	}{
		{"/status/404", "fault.fetch.notfound", fault.ErrNotFound},
		{"/status/410", "fault.fetch.notfound", fault.ErrNotFound},
		{"/status/401", "fault.fetch.denied", fault.ErrUnavailable},
		{"/status/403", "fault.fetch.denied", fault.ErrUnavailable},
		{"/status/451", "fault.fetch.denied", fault.ErrUnavailable},
		{"/status/429", "fault.fetch.busy", fault.ErrUnavailable},
		{"/status/500", "fault.fetch.server", fault.ErrUnavailable},
		{"/status/503", "fault.fetch.server", fault.ErrUnavailable},
		{"/status/418", "fault.fetch.status", fault.ErrUnavailable},
		{"/status/304", "fault.fetch.status", fault.ErrUnavailable},
		{"/loop", "fault.fetch.redirects", fault.ErrUnavailable},
		{"/deeper", "fault.fetch.redirects", fault.ErrUnavailable},
		{"/nowhere", "fault.fetch.location", fault.ErrUnavailable},
		{"/to-a-file", "fault.fetch.scheme", fault.ErrInvalid},
		{"/declared-large", "fault.fetch.large", fault.ErrTooLarge},
		{"/large", "fault.fetch.large", fault.ErrTooLarge},
		{"/cut", "fault.fetch.broken", fault.ErrUnavailable},
		{"/drip", "fault.fetch.timeout", fault.ErrUnavailable},
		{"/silent", "fault.fetch.timeout", fault.ErrUnavailable},
		{"/headers", "fault.fetch.broken", fault.ErrUnavailable},
		{"/header", "fault.fetch.broken", fault.ErrUnavailable},
		{"/packed-strangely", "fault.fetch.encoding", fault.ErrUnavailable},
		{"/packed-thrice", "fault.fetch.encoding", fault.ErrUnavailable},
		{"/packed-badly", "fault.fetch.encoding", fault.ErrUnavailable},
	} {
		f := local(FetchSettings{})
		if c.want == "fault.fetch.timeout" {
			f = local(FetchSettings{Timeout: 500 * time.Millisecond})
		}
		got, err := f.Fetch(t.Context(), s.URL+c.path, FetchOptions{})
		if message(err) != c.want || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %s", c.path, err, c.want)
		}
		if got.Body != nil || got.Raw != nil || got.Header != nil {
			t.Errorf("%s: something was kept", c.path)
		}
	}
}

// TestNoServer: hosts that are not there, do not listen, or are not whom they say they are.
func TestNoServer(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	for address, want := range map[string]string{
		closed.URL:                     "fault.fetch.connect",
		secure.URL:                     "fault.fetch.certificate",
		"http://no-such-host.example/": "fault.fetch.dns",
		"https://" + strings.TrimPrefix(closed.URL, "http://") + "/": "fault.fetch.connect",
	} {
		f := local(FetchSettings{})
		f.guard.lookup = func(context.Context, string) ([]netip.Addr, error) { return nil, errors.New("no such host") }
		if _, err := f.Fetch(t.Context(), address, FetchOptions{}); message(err) != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}

// TestPrivateAddressesAreNotDialled: whatever a name resolves to and wherever a redirect leads, the server here is never
// reached by a Fetcher that may not.
func TestPrivateAddressesAreNotDialled(t *testing.T) {
	var reached atomic.Bool
	s := serve(t, func(http.ResponseWriter, *http.Request) { reached.Store(true) })
	port := s.URL[strings.LastIndexByte(s.URL, ':')+1:]

	f := NewFetcher(FetchSettings{Delay: -1})
	for _, address := range []string{s.URL, "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://rebind.example/"} {
		f.guard.lookup = func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		if _, err := f.Fetch(t.Context(), address, FetchOptions{}); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s: %v, want it forbidden", address, err)
		}
	}

	// The judged answer is public, the next one is not: the dialled address is judged again.
	answers := 0
	f.guard.lookup = func(context.Context, string) ([]netip.Addr, error) {
		if answers++; answers == 1 {
			return []netip.Addr{netip.MustParseAddr("93.184.215.14")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	if _, err := f.Fetch(t.Context(), "http://flip.example/", FetchOptions{}); message(err) != "fault.fetch.private" || answers < 2 {
		t.Errorf("after %d look-ups: %v, want it refused at the second", answers, err)
	}

	// Past every look-up: the socket itself.
	conn, err := f.guard.DialContext(t.Context(), "tcp", "127.0.0.1:"+port)
	if err == nil {
		conn.Close()
	}
	if message(err) != "fault.fetch.private" {
		t.Errorf("dialling: %v", err)
	}
	if reached.Load() {
		t.Error("the server was reached")
	}
}

// TestRedirectIsJudged: a redirect from an allowed host to a refused one.
func TestRedirectIsJudged(t *testing.T) {
	v := &visit{Fetcher: NewFetcher(FetchSettings{})}
	from, err := readAddress("https://news.example/a")
	if err != nil {
		t.Fatal(err)
	}
	for location, want := range map[string]string{
		"http://169.254.169.254/latest/": "fault.fetch.private",
		"//localhost/":                   "fault.fetch.private",
		"gopher://127.0.0.1/":            "fault.fetch.scheme",
		"http://user@127.0.0.1/":         "fault.fetch.address",
		"/b":                             "",
	} {
		v.guard.lookup = public
		to, err := v.redirect(from, &http.Response{StatusCode: 302, Header: http.Header{"Location": {location}}})
		if err == nil {
			err = v.guard.allowed(t.Context(), to)
		}
		if message(err) != want {
			t.Errorf("to %s: %v, want %q", location, err, want)
		}
	}
}

// packed is body under a content coding.
func packed(t testing.TB, coding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, flate.DefaultCompression)
	case "br":
		w = brotli.NewWriter(&b)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpack(t *testing.T) {
	twice := packed(t, "br", packed(t, "gzip", []byte(page)))
	for _, c := range []struct {
		codings string
		raw     []byte
	}{
		{"", []byte(page)},
		{"identity", []byte(page)},
		{"gzip", packed(t, "gzip", []byte(page))},
		{"X-GZIP", packed(t, "gzip", []byte(page))},
		{"deflate", packed(t, "deflate", []byte(page))},
		{"deflate", packed(t, "raw deflate", []byte(page))},
		{"br", packed(t, "br", []byte(page))},
		{"gzip, br", twice},
		{"gzip", []byte(page)},    // named and not done
		{"deflate", []byte(page)}, // the same
		{"gzip", append(packed(t, "gzip", []byte(page[:10])), packed(t, "gzip", []byte(page[10:]))...)}, // two members
	} {
		if got, err := unpack(c.raw, c.codings, 1<<20, 100); err != nil || string(got) != page {
			t.Errorf("%q: %q, %v", c.codings, got, err)
		}
	}
	if got, err := unpack(nil, "gzip", 1<<20, 100); err != nil || len(got) != 0 {
		t.Errorf("an empty body: %q, %v", got, err)
	}
	exact := bytes.Repeat([]byte("ab"), 500)
	if got, err := unpack(packed(t, "gzip", exact), "gzip", 1000, 100); err != nil || len(got) != 1000 {
		t.Errorf("a body of the limit: %d bytes, %v", len(got), err)
	}
	if _, err := unpack(packed(t, "gzip", exact), "gzip", 999, 100); !errors.Is(err, errTooLarge) {
		t.Errorf("a body over the limit: %v", err)
	}
}

// TestBombs: 1 GiB in 1 MiB, 100,000 members of a byte. Memory stays flat, time linear.
func TestBombs(t *testing.T) {
	zeros := packed(t, "gzip", make([]byte, 4<<20)) // about 4 KB
	member := packed(t, "gzip", []byte("x"))
	for _, c := range []struct {
		name, codings string
		raw           []byte
		want          error
		size          int
	}{
		{"gigabyte", "gzip", bytes.Repeat(zeros, 256), errTooLarge, 0},
		{"bomb in a small answer", "gzip", zeros, errBomb, 0},
		{"two layers", "gzip, gzip", packed(t, "gzip", zeros), errBomb, 0},
		{"many members", "gzip", bytes.Repeat(member, 100_000), nil, 100_000},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		started := time.Now()
		got, err := unpack(c.raw, c.codings, 32<<20, 100)
		took := time.Since(started)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, c.want) || len(got) != c.size {
			t.Errorf("%s: %d bytes, %v; want %v", c.name, len(got), err, c.want)
		}
		if allocated := int64(after.TotalAlloc-before.TotalAlloc) >> 20; allocated > 400 {
			t.Errorf("%s: %d MB allocated", c.name, allocated)
		}
		if took > 20*time.Second {
			t.Errorf("%s: %v", c.name, took)
		}
	}
}

func TestRobotsAreAsked(t *testing.T) {
	var asked, fetched atomic.Int32
	answer := func(w http.ResponseWriter) { _, _ = io.WriteString(w, "User-agent: *\nDisallow: /no") }
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			asked.Add(1)
			answer(w)
		case "/moved":
			http.Redirect(w, r, "/no", http.StatusFound)
		default:
			fetched.Add(1)
			_, _ = io.WriteString(w, page)
		}
	}))
	defer s.Close()
	f := local(FetchSettings{})
	for _, c := range []struct {
		path, want string
		options    FetchOptions
		overridden bool
	}{
		{path: "/yes"},
		{path: "/no", want: "fault.fetch.robots"},
		{path: "/moved", want: "fault.fetch.robots"},
		{path: "/no", want: "fault.fetch.reason", options: FetchOptions{IgnoreRobots: true}},
		{path: "/no", options: FetchOptions{IgnoreRobots: true, Reason: "agreed with the outlet by letter"}, overridden: true},
		{path: "/yes", options: FetchOptions{IgnoreRobots: true, Reason: "not needed"}},
	} {
		got, err := f.Fetch(t.Context(), s.URL+c.path, c.options)
		if message(err) != c.want || got.RobotsOverridden != c.overridden {
			t.Errorf("%s %+v: %v, overridden %v; want %q, %v", c.path, c.options, err, got.RobotsOverridden, c.want, c.overridden)
		}
	}
	if asked.Load() != 1 || fetched.Load() != 3 {
		t.Errorf("robots.txt asked for %d times, pages %d; want 1 and 3", asked.Load(), fetched.Load())
	}

	// A server that cannot say: stay away, and do not hammer it.
	answer = func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }
	f = local(FetchSettings{})
	for range 2 {
		if _, err := f.Fetch(t.Context(), s.URL+"/yes", FetchOptions{}); message(err) != "fault.fetch.norobots" {
			t.Errorf("robots.txt answers 500: %v", err)
		}
	}
	if asked.Load() != 2 {
		t.Errorf("robots.txt asked for %d times, want one more", asked.Load())
	}
}

// TestCookies: a page that sets a cookie and sends back to itself is no loop.
func TestCookies(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, page)
	})
	f := local(FetchSettings{})
	for range 2 { // the second fetch starts without the first one's cookies
		got, err := f.Fetch(t.Context(), s.URL+"/a", FetchOptions{})
		if err != nil || len(got.Redirects) != 1 {
			t.Errorf("%v, redirects %v; want one", err, got.Redirects)
		}
	}
}

// TestPolite: one request at a time for a host, a pause between two, and no waiting for other hosts.
func TestPolite(t *testing.T) {
	var running, most, pages atomic.Int32
	handler := func(w http.ResponseWriter, _ *http.Request) {
		n := running.Add(1)
		defer running.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		pages.Add(1)
		time.Sleep(5 * time.Millisecond)
		_, _ = io.WriteString(w, page)
	}
	s := serve(t, handler)
	const delay = 60 * time.Millisecond
	f := local(FetchSettings{Delay: delay, Timeout: 100 * time.Millisecond})
	started := time.Now()
	errs := make(chan error, 5)
	for i := range 5 {
		go func() {
			_, err := f.Fetch(t.Context(), fmt.Sprintf("%s/%d", s.URL, i), FetchOptions{})
			errs <- err
		}()
	}
	for range 5 {
		if err := <-errs; err != nil { // waiting for one's turn is not held against the limit of 100 ms
			t.Error(err)
		}
	}
	if took := time.Since(started); took < 4*delay || most.Load() != 1 || pages.Load() != 5 {
		t.Errorf("5 pages in %v, at most %d at once; want %v at least, 1 at once", took, most.Load(), 4*delay)
	}

	waiting, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := f.Fetch(waiting, s.URL+"/x", FetchOptions{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("given up while waiting: %v", err)
	}
	if _, err := f.Fetch(t.Context(), s.URL+"/y", FetchOptions{}); err != nil {
		t.Errorf("after somebody gave up: %v", err)
	}
}

// TestCrawlDelayIsKept: the host's own pause counts where it is longer, up to a limit.
func TestCrawlDelayIsKept(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			_, _ = io.WriteString(w, "User-agent: *\nCrawl-delay: 30\n")
			return
		}
		_, _ = io.WriteString(w, page)
	}))
	defer s.Close()
	f := local(FetchSettings{MaxCrawlDelay: 80 * time.Millisecond})
	started := time.Now()
	for range 2 {
		if _, err := f.Fetch(t.Context(), s.URL, FetchOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(started); took < 80*time.Millisecond || took > 10*time.Second {
		t.Errorf("two pages in %v, want the limit of 80 ms between them", took)
	}
}
