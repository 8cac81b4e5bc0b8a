package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"colophon/archive/fault"
)

// cachedSite is a server with one cached page, whose identity a test can move.
type cachedSite struct {
	*Server
	now        atomic.Int64 // seconds
	identity   atomic.Value // string; "" for no page
	identified atomic.Int64
	rendered   atomic.Int64
}

func newCachedSite(t testing.TB) *cachedSite {
	t.Helper()
	out := &cachedSite{}
	out.identity.Store("publication 1")
	server, err := New(Settings{Now: func() time.Time { return time.Unix(out.now.Load(), 0) }, CacheBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	out.Server = server
	out.handler, err = server.wrap(append(server.routes(), route{method: http.MethodGet, path: "/{lang}/page", who: anyone, do: out.handlePage}))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (s *cachedSite) handlePage(r *request) error {
	return r.cached(func(context.Context) (string, error) {
		s.identified.Add(1)
		identity, _ := s.identity.Load().(string)
		if identity == "" {
			return "", fault.New(fault.ErrNotFound, "error.notfound.text", nil)
		}
		return identity, nil
	}, func(context.Context) ([]byte, error) {
		s.rendered.Add(1)
		identity, _ := s.identity.Load().(string)
		return []byte("<!doctype html><title>" + identity + " " + r.look.theme + "</title>[" + r.base("").Path + "]" + strings.Repeat("<p>text</p>", 400)), nil
	}, "page")
}

func (s *cachedSite) get(header map[string]string) *http.Response {
	return s.getPath("/en/page", header)
}

func (s *cachedSite) getPath(path string, header map[string]string) *http.Response {
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, req)
	return w.Result()
}

func decoded(t *testing.T, res *http.Response) string {
	t.Helper()
	var body io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case "br":
		body = brotli.NewReader(body)
	case "gzip":
		zr, err := gzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		body = zr
	}
	out, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestCachedPage(t *testing.T) {
	s := newCachedSite(t)
	plain := s.get(nil)
	want := decoded(t, plain)
	if !strings.Contains(want, "publication 1") {
		t.Fatalf("got %.80s", want)
	}
	etags := map[string]bool{}
	for accept, coding := range map[string]string{"": "", "gzip": "gzip", "gzip, deflate, br, zstd": "br", "br;q=0, gzip": "gzip", "gzip;q=0": "", "identity": ""} {
		res := s.get(map[string]string{"Accept-Encoding": accept})
		if got := res.Header.Get("Content-Encoding"); got != coding {
			t.Errorf("Accept-Encoding %q got %q, want %q", accept, got, coding)
		}
		if decoded(t, res) != want {
			t.Errorf("Accept-Encoding %q got another page", accept)
		}
		etag := res.Header.Get("Etag")
		etags[etag] = true
		for _, match := range []string{etag, "W/" + etag, `"other", ` + etag, "*"} {
			again := s.get(map[string]string{"Accept-Encoding": accept, "If-None-Match": match})
			if again.StatusCode != http.StatusNotModified || again.Header.Get("Etag") != etag || again.ContentLength > 0 {
				t.Errorf("If-None-Match %s: %d", match, again.StatusCode)
			}
		}
		if res := s.get(map[string]string{"Accept-Encoding": accept, "If-None-Match": `"other"`}); res.StatusCode != http.StatusOK {
			t.Errorf("another ETag: %d", res.StatusCode)
		}
	}
	if len(etags) != 3 {
		t.Errorf("ETags %v: want one per coding", etags)
	}
	if vary := plain.Header.Get("Vary"); vary != "Accept-Encoding, Cookie" {
		t.Errorf("Vary %q", vary)
	}
	if n := s.rendered.Load(); n != 1 {
		t.Errorf("rendered %d times", n)
	}

	night := s.get(map[string]string{"Cookie": "theme=night; size=9"})
	if got := decoded(t, night); !strings.Contains(got, "publication 1 night") || night.Header.Get("Etag") == plain.Header.Get("Etag") {
		t.Errorf("by night: %.80s", got)
	}
	if s.get(map[string]string{"Cookie": "theme=<script>; size=77; other=1"}).Header.Get("Etag") != plain.Header.Get("Etag") {
		t.Error("cookies that mean nothing make a page of their own")
	}
	if n := s.rendered.Load(); n != 2 {
		t.Errorf("rendered %d times for two looks", n)
	}
}

// An address shows what it showed for a second at most; after moved, not even that.
func TestCachedPageMoves(t *testing.T) {
	s := newCachedSite(t)
	title := func() string {
		res := s.get(nil)
		text := decoded(t, res)
		_, text, _ = strings.Cut(text, "<title>")
		text, _, _ = strings.Cut(text, "</title>")
		return fmt.Sprint(res.StatusCode, " ", strings.TrimSpace(text))
	}
	expect := func(want string, identified int64) {
		t.Helper()
		if got := title(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := s.identified.Load(); got != identified {
			t.Errorf("asked %d times, want %d", got, identified)
		}
	}
	expect("200 publication 1", 1)
	expect("200 publication 1", 1)
	s.identity.Store("publication 2")
	expect("200 publication 1", 1)
	s.now.Add(2)
	expect("200 publication 2", 2)
	s.identity.Store("publication 3")
	s.pages.moved()
	expect("200 publication 3", 3)
	s.identity.Store("publication 2") // back: kept since before
	s.pages.moved()
	expect("200 publication 2", 4)
	if got := s.rendered.Load(); got != 3 {
		t.Errorf("rendered %d times, want 3", got)
	}
	s.identity.Store("")
	s.now.Add(2)
	if got := title(); !strings.HasPrefix(got, "404 ") {
		t.Errorf("withdrawn: %s", got)
	}
}

// What a stranger adds to an address is in nobody's page.
func TestCachedPageParameters(t *testing.T) {
	s := newCachedSite(t)
	for path, want := range map[string]string{
		"/en/page?evil=1":               "/en/page",
		"/en/page?evil=2":               "/en/page",
		"/en/page?evil=2&page=2&page=3": "/en/page?page=2",
		"/en/page?page=2":               "/en/page?page=2",
	} {
		if got := decoded(t, s.getPath(path, nil)); !strings.Contains(got, "["+want+"]") {
			t.Errorf("%s was rendered as %.120s, want %s", path, got, want)
		}
	}
	if n := s.rendered.Load(); n != 2 {
		t.Errorf("rendered %d times, want 2", n)
	}
}

// Many readers of a page nobody has yet wait for one rendering.
func TestCachedPageOnce(t *testing.T) {
	s := newCachedSite(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if res := s.get(nil); res.StatusCode != http.StatusOK {
				t.Errorf("status %d", res.StatusCode)
			}
		})
	}
	all.Wait()
	if n := s.rendered.Load(); n != 1 {
		t.Errorf("rendered %d times", n)
	}
}

// The cache keeps to its bound in bytes, however many pages are read.
func TestCacheBound(t *testing.T) {
	c, err := newPageCache(1<<20, time.Second, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.Repeat([]byte("<p>a paragraph that compresses</p>"), 3000) // some 100 KB
	page := newStoredPage(body)
	for i := range 200 {
		c.pages.Set(pageKey{identity: fmt.Sprint(i)}, page)
	}
	c.pages.CleanUp()
	if got := c.pages.WeightedSize(); got > 1<<20 {
		t.Errorf("%d bytes kept, the bound is %d", got, 1<<20)
	}
	if c.pages.EstimatedSize() == 0 {
		t.Error("nothing is kept")
	}
}
