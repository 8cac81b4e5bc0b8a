package ingest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"colophon/archive/fault"
)

// TestProbe: HEAD first, GET where HEAD is not answered well; robots.txt is kept, redirects are followed, bodies left alone.
func TestProbe(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.Path)
		mu.Unlock()
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = w.Write([]byte("User-agent: *\nDisallow: /closed\n"))
		case "/there", "/closed":
		case "/no-head":
			if r.Method == http.MethodHead {
				w.WriteHeader(http.StatusMethodNotAllowed)
				return
			}
			_, _ = w.Write([]byte(strings.Repeat("a long page ", 1<<20)))
		case "/moved":
			http.Redirect(w, r, "/there", http.StatusMovedPermanently)
		case "/away":
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
		case "/broken":
			w.WriteHeader(http.StatusBadGateway)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for _, c := range []struct {
		path, final, asked string
		status             int
		kind               error
	}{
		{"/there", "/there", "HEAD", 200, nil},
		{"/no-head", "/no-head", "HEAD GET", 200, nil},
		{"/moved", "/there", "HEAD HEAD", 200, nil},
		{"/gone", "/gone", "HEAD GET", 404, fault.ErrNotFound},
		{"/broken", "/broken", "HEAD GET", 502, fault.ErrUnavailable},
		{"/closed", "/closed", "", 0, fault.ErrForbidden},
	} {
		f := NewFetcher(FetchSettings{AllowPrivate: true, Delay: -1})
		mu.Lock()
		asked = nil
		mu.Unlock()
		got, err := f.Probe(t.Context(), server.URL+c.path)
		f.Close()
		if got.FinalURL != server.URL+c.final || got.Status != c.status || c.kind == nil && err != nil || c.kind != nil && !errors.Is(err, c.kind) {
			t.Errorf("%s: %s %d (%v), want %s %d (%v)", c.path, got.FinalURL, got.Status, err, c.final, c.status, c.kind)
		}
		var methods []string
		for _, a := range asked {
			if method, path, _ := strings.Cut(a, " "); path != "/robots.txt" {
				methods = append(methods, method)
			}
		}
		if m := strings.Join(methods, " "); m != c.asked {
			t.Errorf("%s was asked by %q, want %q", c.path, m, c.asked)
		}
	}
	guarded := NewFetcher(FetchSettings{Delay: -1})
	defer guarded.Close()
	if _, err := guarded.Probe(t.Context(), server.URL+"/there"); err == nil {
		t.Error("the own machine was asked")
	}
}
