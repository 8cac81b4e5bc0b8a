package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func open(t *testing.T) *Files {
	t.Helper()
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func get(f *Files, address, encoding string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w.Result()
}

func TestServe(t *testing.T) {
	f := open(t)
	desk, err := f.Path("desk.js")
	if err != nil {
		t.Fatal(err)
	}
	const forever = "public, max-age=31536000, immutable"
	for _, test := range []struct {
		name, address, accept       string
		status                      int
		kind, cache, encoding, file string
	}{
		{"brotli first", desk, "gzip, deflate, br", 200, "text/javascript; charset=utf-8", forever, "br", "desk.js"},
		{"gzip", desk, "gzip", 200, "text/javascript; charset=utf-8", forever, "gzip", "desk.js"},
		{"refused by q=0", desk, "br;q=0, gzip; q=0.0", 200, "text/javascript; charset=utf-8", forever, "", "desk.js"},
		{"another build's address", "/static/00000000/desk.js", "", 200, "text/javascript; charset=utf-8", "no-cache", "", "desk.js"},
		{"font", "/static/fonts-5.3.0/noto-sans-latin-wght-normal.woff2", "br", 200, "font/woff2", forever, "", "fonts-5.3.0/noto-sans-latin-wght-normal.woff2"},
		{"nothing there", "/static/x/nothing.js", "br", 404, "", "", "", ""},
		{"no way out", "/static/x/../static.go", "br", 404, "", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			res := get(f, test.address, test.accept)
			if res.StatusCode != test.status {
				t.Fatalf("status %d, want %d", res.StatusCode, test.status)
			}
			if test.status != http.StatusOK {
				return
			}
			for header, want := range map[string]string{"Content-Type": test.kind, "Cache-Control": test.cache, "Content-Encoding": test.encoding} {
				if got := res.Header.Get(header); got != want {
					t.Errorf("%s is %q, want %q", header, got, want)
				}
			}
			var body io.Reader = res.Body
			switch test.encoding {
			case "br":
				body = brotli.NewReader(body)
			case "gzip":
				zr, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = zr
			}
			got, err := io.ReadAll(body)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, f.byName[test.file].body) {
				t.Errorf("the body served is not %s", test.file)
			}
		})
	}
}

// Every address a style sheet or a script names exists here, and none is on another host.
func TestReferences(t *testing.T) {
	f := open(t)
	refs := regexp.MustCompile(`url\(([^)]+)\)|from '([^']+)'|import\('([^']+)'\)`)
	for name, file := range f.byName {
		if ext := path.Ext(name); ext != ".css" && ext != ".js" {
			continue
		}
		for _, m := range refs.FindAllStringSubmatch(string(file.body), -1) {
			ref := strings.Trim(m[1]+m[2]+m[3], `'"`)
			target := strings.TrimPrefix(strings.TrimPrefix(ref, Prefix), "./")
			if f.byName[target] == nil {
				t.Errorf("%s names %s, which is not here", name, ref)
			}
		}
	}
}

func TestPathUnknown(t *testing.T) {
	if p, err := open(t).Path("desk.jss"); err == nil {
		t.Errorf("an unknown name gave %s", p)
	}
}
