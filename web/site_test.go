package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// site is a running server for a test, on a port of its own.
type site struct {
	*Server
	URL string
	Log *strings.Builder // every log line, as text; read it after the requests
}

// testPerson is whom the cookie "test-person" signs in on a test site that has no people of its own.
var testPeople = map[string]Person{
	"nare":  {ID: 1, Name: "Nare Petrosyan"},
	"irina": {ID: 2, Name: "Irina Volkova", Lang: "ru"},
	"admin": {ID: 3, Name: "Hayk Sargsyan", Lang: "hy", Administrator: true},
}

// open starts a server; change may adjust its settings.
func open(t testing.TB, change ...func(*Settings)) *site {
	t.Helper()
	out := &site{Log: &strings.Builder{}}
	settings := Settings{
		Log: slog.New(slog.NewTextHandler(out.Log, nil)),
		Now: func() time.Time { return time.Date(2025, 9, 3, 6, 42, 0, 0, time.UTC) },
		Visitor: func(r *http.Request) (Person, error) {
			c, err := r.Cookie("test-person")
			if err != nil {
				return Person{}, nil
			}
			return testPeople[c.Value], nil
		},
	}
	listener := httptest.NewUnstartedServer(nil)
	settings.Origin = "http://" + listener.Listener.Addr().String()
	for _, c := range change {
		c(&settings)
	}
	server, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	out.Server = server
	listener.Config.Handler = server
	listener.Start()
	t.Cleanup(listener.Close)
	out.URL = listener.URL
	return out
}

// reader is somebody with a browser: cookies are kept, redirects are shown and not followed.
type reader struct {
	t    testing.TB
	site *site
	http *http.Client
	// sent with every request
	header http.Header
}

func (s *site) reader(t testing.TB) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &reader{t: t, site: s, header: http.Header{}, http: &http.Client{
		Jar:           jar,
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableCompression: true},
	}}
}

// as signs the reader in; "" signs out.
func (r *reader) as(person string) *reader {
	u, err := url.Parse(r.site.URL)
	if err != nil {
		r.t.Fatal(err)
	}
	c := &http.Cookie{Name: "test-person", Value: person, Path: "/"}
	if person == "" {
		c.MaxAge = -1
	}
	r.http.Jar.SetCookies(u, []*http.Cookie{c})
	return r
}

// page is an answer, read whole.
type page struct {
	*http.Response
	Text string
}

func (r *reader) get(path string) page { return r.do(http.MethodGet, path, nil, "") }

// post sends a form as a browser would from our own page; pairs are names and values.
func (r *reader) post(path string, pairs ...string) page {
	r.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return r.do(http.MethodPost, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

func (r *reader) do(method, path string, body io.Reader, kind string) page {
	r.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = r.site.URL + path
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, path, body)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, values := range r.header {
		req.Header[name] = values
	}
	res, err := r.http.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return page{Response: res, Text: string(text)}
}
