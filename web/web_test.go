package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/fault"
)

func TestLanguageRoutes(t *testing.T) {
	s := open(t)
	for _, test := range []struct {
		name, path, accept, cookie string
		status                     int
		location                   string
	}{
		{"no wish", "/", "", "", 302, "/en"},
		{"Armenian by its tag", "/", "hy-AM,hy;q=0.9,en;q=0.5", "", 302, "/hy"},
		{"Armenian by ISO 639-2", "/", "arm", "", 302, "/hy"},
		{"Western Armenian", "/", "hyw, en;q=0.8", "", 302, "/hy"},
		{"Amharic is not Armenian", "/", "am", "", 302, "/en"},
		{"Ukrainian is not Russian", "/", "uk", "", 302, "/en"},
		{"Russian second", "/", "uk, ru;q=0.4", "", 302, "/ru"},
		{"the cookie over the browser", "/", "ru", "hy", 302, "/hy"},
		{"a cookie that means nothing", "/", "ru", "xx", 302, "/ru"},
		{"arm", "/arm", "", "", 301, "/hy"},
		{"arm with a slash", "/arm/", "", "", 301, "/hy"},
		{"arm and what follows", "/arm/culture/kamurj%20x?page=2", "", "", 301, "/hy/culture/kamurj%20x?page=2"},
		{"no other host through arm", "/arm//evil.example", "", "", 301, "/hy/evil.example"},
		{"hye", "/hye/a", "", "", 301, "/hy/a"},
		{"the label", "/ARM", "", "", 301, "/hy"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := s.reader(t)
			r.header.Set("Accept-Language", test.accept)
			if test.cookie != "" {
				r.header.Set("Cookie", "lang="+test.cookie)
			}
			got := r.get(test.path)
			if got.StatusCode != test.status || got.Header.Get("Location") != test.location {
				t.Errorf("got %d %s, want %d %s", got.StatusCode, got.Header.Get("Location"), test.status, test.location)
			}
			if test.path == "/" && got.Header.Get("Vary") != "Cookie, Accept-Language" {
				t.Errorf("Vary is %q", got.Header.Get("Vary"))
			}
		})
	}
}

// A link from our own page in one language to one in another is a choice of language, and is remembered.
func TestLanguageSwitch(t *testing.T) {
	s := open(t)
	for _, test := range []struct {
		name, path string
		header     map[string]string
		want       string
	}{
		{"our own link", "/ru/x", map[string]string{"Referer": s.URL + "/en/x", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}, "ru"},
		{"the same language", "/ru/x", map[string]string{"Referer": s.URL + "/ru/y", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}, ""},
		{"from another site", "/ru/x", map[string]string{"Referer": "http://other.example/en/x", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, ""},
		{"a script's request", "/ru/x", map[string]string{"Referer": s.URL + "/en/x", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, ""},
		{"asked for", "/login?lang=hye", nil, "hy"},
		{"asked for nonsense", "/login?lang=zz", nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := s.reader(t)
			for name, value := range test.header {
				r.header.Set(name, value)
			}
			got := ""
			for _, c := range r.get(test.path).Cookies() {
				if c.Name == "lang" {
					got = c.Value
				}
			}
			if got != test.want {
				t.Errorf("the cookie says %q, want %q", got, test.want)
			}
		})
	}
}

func TestPrefs(t *testing.T) {
	s := open(t)
	r := s.reader(t)
	got := r.post("/prefs", "theme", "night", "back", "/en/culture?page=2")
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/en/culture?page=2" {
		t.Fatalf("got %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	r.post("/prefs", "size", "2")
	if text := r.get("/en/nothing").Text; !strings.Contains(text, `<html lang="en" data-theme="night" data-size="2">`) {
		t.Errorf("the page does not carry the look: %.120s", text)
	}
	r.post("/prefs", "theme", "system", "size", "0")
	if text := r.get("/hy/nothing").Text; !strings.Contains(text, `<html lang="hy">`) {
		t.Errorf("the look was not taken back: %.120s", text)
	}
	for _, bad := range [][2]string{{"theme", "dusk"}, {"size", "4"}, {"size", "x"}, {"lang", "xx"}} {
		if got := r.post("/prefs", bad[0], bad[1]); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s=%s: %d", bad[0], bad[1], got.StatusCode)
		}
	}
}

func TestBackTo(t *testing.T) {
	for text, want := range map[string]string{
		"/en/x?y=1":              "/en/x?y=1",
		"":                       "/",
		"//evil.example/":        "/",
		"/\\evil.example":        "/",
		"/%5cevil.example":       "/%5cevil.example",
		"https://evil.example/":  "/",
		"javascript:alert(1)":    "/",
		"/en\r\nSet-Cookie: a=b": "/",
		"/\tx":                   "/",
		"/hy/կամուրջ":            "/hy/%D5%AF%D5%A1%D5%B4%D5%B8%D6%82%D6%80%D5%BB",
	} {
		if got := backTo(text); got != want {
			t.Errorf("backTo(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	secret := "the password of the database"
	s := open(t)
	s.handler = s.observe(s.secure(s.remembered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := s.newRequest(w, r, nil)
		switch r.URL.Path {
		case "/ru/panic":
			panic(secret)
		case "/ru/unknown":
			s.fail(out, errors.New(secret))
		case "/ru/fault":
			s.fail(out, fault.New(fault.ErrConflict, "error.toolarge.limit", fault.Data{"Megabytes": 5}))
		case "/ru/half":
			if err := out.show("error", struct{ base }{}); err != nil {
				s.fail(out, err)
			}
		}
	}))))
	for _, test := range []struct {
		path    string
		status  int
		see     string
		ourWord bool
	}{
		{"/ru/panic", 500, "Что-то сломалось у нас", true},
		{"/ru/unknown", 500, "Что-то сломалось у нас", true},
		{"/ru/half", 500, "Что-то сломалось у нас", true},
		{"/ru/fault", 409, "не больше 5 МБ", false},
	} {
		t.Run(test.path, func(t *testing.T) {
			got := s.reader(t).get(test.path)
			if got.StatusCode != test.status || !strings.Contains(got.Text, test.see) {
				t.Errorf("got %d %s, want %d with %q", got.StatusCode, got.Text, test.status, test.see)
			}
			if strings.Contains(got.Text, secret) {
				t.Error("the page tells what only the log should")
			}
			id := got.Header.Get("X-Request-Id")
			if shown := strings.Contains(got.Text, id); id == "" || shown != test.ourWord {
				t.Errorf("id %q shown: %v, want %v", id, shown, test.ourWord)
			}
			if test.ourWord && !strings.Contains(s.Log.String(), id) {
				t.Error("the log does not have the id")
			}
		})
	}
	if !strings.Contains(s.Log.String(), secret) {
		t.Error("the log does not have the error in full")
	}
}

func TestErrorForScripts(t *testing.T) {
	r := open(t).reader(t)
	r.header.Set("Accept", "application/json")
	got := r.get("/en/nothing")
	if got.StatusCode != 404 || !strings.HasPrefix(got.Text, `{"error":"The address may be`) {
		t.Errorf("got %d %s", got.StatusCode, got.Text)
	}
}

func TestNotFoundInThreeLanguages(t *testing.T) {
	got := open(t).reader(t).get("/ru/nothing/here")
	if got.StatusCode != http.StatusNotFound {
		t.Fatalf("status %d", got.StatusCode)
	}
	var order []int
	for _, text := range []string{"Такой страницы в архиве нет", "This page is not in the archive", "Այս էջն արխիվում չկա"} {
		order = append(order, strings.Index(got.Text, text))
	}
	if order[0] < 0 || order[1] < order[0] || order[2] < order[1] {
		t.Errorf("places %v: want the page's language first, and all of them", order)
	}
}

func TestSafety(t *testing.T) {
	s := open(t)
	r := s.reader(t)
	got := r.get("/en/nothing")
	want := map[string]string{
		"Content-Security-Policy":    cspCommon + "frame-ancestors 'none'",
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "strict-origin-when-cross-origin",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Strict-Transport-Security":  "",
	}
	for name, value := range want {
		if diff := cmp.Diff(value, got.Header.Get(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if inline := findInline(got.Text); inline != "" {
		t.Errorf("the page has %s, which the policy forbids", inline)
	}

	t.Run("https", func(t *testing.T) {
		s := open(t, func(set *Settings) { set.Origin = "https://colophon.example" })
		got := s.reader(t).post("/prefs", "theme", "day")
		if got.Header.Get("Strict-Transport-Security") == "" || !strings.Contains(got.Header.Get("Set-Cookie"), "; Secure") {
			t.Errorf("headers %v", got.Header)
		}
	})
	t.Run("form of another site", func(t *testing.T) {
		r := s.reader(t)
		r.header.Set("Sec-Fetch-Site", "cross-site")
		r.header.Set("Origin", "http://evil.example")
		got := r.post("/prefs", "theme", "night")
		if got.StatusCode != http.StatusForbidden || got.Header.Get("Set-Cookie") != "" || !strings.Contains(got.Text, "another site") {
			t.Errorf("got %d %v", got.StatusCode, got.Header)
		}
	})
	t.Run("body too large", func(t *testing.T) {
		got := r.post("/prefs", "theme", strings.Repeat("x", maxBody+1))
		if got.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(got.Text, "at most 1 MB") {
			t.Errorf("got %d", got.StatusCode)
		}
	})
	t.Run("method", func(t *testing.T) {
		if got := r.get("/prefs"); got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") == "" {
			t.Errorf("got %d, Allow %q", got.StatusCode, got.Header.Get("Allow"))
		}
	})
}

// findInline finds what the Content Security Policy forbids in a page, or "".
func findInline(html string) string {
	for _, bad := range []string{" style=", " onclick=", "<style", "javascript:", "<script>"} {
		if strings.Contains(html, bad) {
			return bad
		}
	}
	return ""
}

func TestClient(t *testing.T) {
	s := open(t, func(set *Settings) { set.TrustedProxies = []string{"10.0.0.0/8", "::1"} })
	for _, test := range []struct{ name, peer, forwarded, want string }{
		{"no proxy", "192.0.2.7:1", "", "192.0.2.7"},
		{"a header from anybody", "192.0.2.7:1", "1.1.1.1", "192.0.2.7"},
		{"our proxy", "10.1.2.3:1", "192.0.2.9", "192.0.2.9"},
		{"two of ours", "[::1]:1", "6.6.6.6, 192.0.2.9, 10.9.9.9", "192.0.2.9"},
		{"nonsense before it", "10.1.2.3:1", "unknown", "10.1.2.3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: test.peer, Header: http.Header{}}
			if test.forwarded != "" {
				r.Header.Set("X-Forwarded-For", test.forwarded)
			}
			if got := s.client(r); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestHealth(t *testing.T) {
	down := false
	s := open(t, func(set *Settings) {
		set.Ready = func(context.Context) error {
			if down {
				return errors.New("no database")
			}
			return nil
		}
	})
	r := s.reader(t)
	if got := r.get("/readyz"); got.StatusCode != 200 {
		t.Errorf("ready: %d", got.StatusCode)
	}
	down = true
	if got := r.get("/readyz"); got.StatusCode != 503 {
		t.Errorf("not ready: %d", got.StatusCode)
	}
	if got := r.get("/healthz"); got.StatusCode != 200 || got.Text != "ok\n" {
		t.Errorf("alive: %d %q", got.StatusCode, got.Text)
	}
}
