package web

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/demo"
	"colophon/web/webtest"
)

// now is when the tests of this package take place: Wednesday, 3 September 2025, 10:42 in Yerevan.
func now() time.Time { return time.Date(2025, 9, 3, 6, 42, 0, 0, time.UTC) }

// site is a running server for a test, on a port and an archive of its own.
type site struct {
	*Server
	URL string
	Log *lockedText // every log line; read it after the requests
}

// open starts a server on an empty archive; change may adjust its settings.
func open(t testing.TB, change ...func(*Settings)) *site {
	t.Helper()
	return serve(t, openDesk(t, t.TempDir()), change...)
}

// openNewsroom starts a server on the sample newsroom of package demo, in the state its plan names. It is filled once
// for all tests and copied, so each may change what it likes.
func openNewsroom(t testing.TB, change ...func(*Settings)) *site {
	t.Helper()
	filled, err := newsroom()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filled)); err != nil {
		t.Fatal(err)
	}
	return serve(t, openDesk(t, dir), change...)
}

func serve(t testing.TB, desk *translations.Desk, change ...func(*Settings)) *site {
	t.Helper()
	out := &site{Log: &lockedText{}}
	settings := Settings{Archive: desk.Archive(), Desk: desk, Log: slog.New(slog.NewTextHandler(out.Log, nil)), Now: now, Fresh: time.Nanosecond}
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

// clock is a clock that stands still until it is moved.
type clock struct{ at atomic.Int64 }

func newClock(at time.Time) *clock {
	c := &clock{}
	c.set(at)
	return c
}

func (c *clock) set(at time.Time) { c.at.Store(at.UnixNano()) }

func (c *clock) now() time.Time { return time.Unix(0, c.at.Load()).UTC() }

// openNewsroomAt is openNewsroom by a clock of the test's own.
func openNewsroomAt(t testing.TB, c *clock, change ...func(*Settings)) *site {
	t.Helper()
	filled, err := newsroom()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filled)); err != nil {
		t.Fatal(err)
	}
	held := func(set *Settings) { set.Now = c.now }
	return serve(t, openDeskAt(t, dir, c.now), append([]func(*Settings){held}, change...)...)
}

// openDesk opens the archive in a folder.
func openDesk(t testing.TB, dir string) *translations.Desk {
	t.Helper()
	return openDeskAt(t, dir, now)
}

func openDeskAt(t testing.TB, dir string, now func() time.Time) *translations.Desk {
	t.Helper()
	desk, db, err := openStores(t.Context(), dir, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return desk
}

func openStores(ctx context.Context, dir string, now func() time.Time) (*translations.Desk, *database.DB, error) {
	db, err := database.Open(ctx, database.Settings{Dir: dir, Relaxed: true})
	if err != nil {
		return nil, nil, err
	}
	blobs, err := database.OpenFiles(filepath.Join(dir, "blobs"))
	if err != nil {
		return nil, nil, err
	}
	a, err := archive.Open(ctx, db, blobs, now)
	if err != nil {
		return nil, nil, err
	}
	desk, err := translations.Open(ctx, a)
	return desk, db, err
}

// newsroom fills the sample newsroom once and returns its folder.
var newsroom = sync.OnceValues(func() (dir string, err error) {
	ctx := context.Background()
	if dir, err = os.MkdirTemp("", "colophon-newsroom-"); err != nil {
		return "", err
	}
	newsroomDir.Store(&dir)
	desk, db, err := openStores(ctx, dir, now)
	if err != nil {
		return dir, err
	}
	server, err := New(Settings{Archive: desk.Archive(), Desk: desk, Now: now, Origin: "https://colophon.example"})
	if err != nil {
		return dir, err
	}
	var r translations.Renderer = plainRenderer{}
	for _, rt := range server.routes() {
		if rt.path == articlePath("{lang}", ":slug") {
			r = server
		}
	}
	if _, err := demo.Fill(ctx, desk.Archive(), desk, r); err != nil {
		return dir, errors.Join(err, db.Close())
	}
	return dir, db.Close()
})

func TestMain(m *testing.M) {
	code := webtest.Main(m)
	if dir := newsroomDir.Load(); dir != nil {
		_ = os.RemoveAll(*dir)
	}
	os.Exit(code)
}

// newsroomDir is where newsroom has put it, once it has.
var newsroomDir atomic.Pointer[string]

// plainRenderer renders publications as plainly as the terms of the sample outlets allow.
type plainRenderer struct{}

func (plainRenderer) Outputs(context.Context, translations.Publication) ([]translations.Output, error) {
	return nil, nil
}

func (plainRenderer) Render(_ context.Context, p translations.Publication) (rights.Page, error) {
	var b strings.Builder
	c := p.Content
	esc := html.EscapeString
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang=%q><head><title>%s</title></head><body><main><article><h1>%s</h1>`, p.Language, esc(c.Title), esc(c.Title))
	fmt.Fprintf(&b, `<p class="srcline"><a href=%q>%s</a>, <a href=%q>%s</a>. %s</p><div class="body" id="text">`,
		c.SourceHome, esc(c.SourceNames[p.Language].Name), c.OriginalURL, esc(c.OriginalTitle), esc(strings.Join(c.Authors, ", ")))
	for _, block := range c.Blocks {
		fmt.Fprintf(&b, "<p>%s</p>", block.HTML)
	}
	b.WriteString("</div></article></main></body></html>")
	return rights.Page{
		URL: "https://colophon.example/" + p.Language + "/a", Body: []byte(b.String()),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
	}, nil
}

// hire adds a person to an open site, whom as then knows by this name.
func (s *site) hire(t testing.TB, name string, grants ...translations.Grant) translations.Member {
	t.Helper()
	m, err := s.Desk.AddMember(t.Context(), translations.Member{Name: name, Email: email(name), Grants: grants}, "colophon-demo", 0)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// email is the address of a person by first name, as the sample newsroom has them.
func email(name string) string { return strings.ToLower(name) + "@colophon.example" }

// session signs a person in without the sign-in page and returns the cookie.
func (s *site) session(t testing.TB, person string) *http.Cookie {
	t.Helper()
	m, err := s.Desk.MemberByEmail(t.Context(), email(person))
	if err != nil {
		t.Fatalf("%s: %v", person, err)
	}
	token, _, err := s.Desk.OpenSession(t.Context(), m.ID, "a test", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return &http.Cookie{Name: s.sessionCookie(), Value: token, Path: "/", HttpOnly: true}
}

// lockedText is a log several requests write to.
type lockedText struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedText) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
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

// as signs the reader in as one of the site's people, by first name; "" signs out.
func (r *reader) as(person string) *reader {
	r.t.Helper()
	u, err := url.Parse(r.site.URL)
	if err != nil {
		r.t.Fatal(err)
	}
	c := &http.Cookie{Name: r.site.sessionCookie(), Path: "/", MaxAge: -1}
	if person != "" {
		c = r.site.session(r.t, person)
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
	maps.Copy(req.Header, r.header)
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
