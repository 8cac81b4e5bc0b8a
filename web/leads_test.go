package web

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"colophon/translations"
)

const aBrowser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

func TestPlaceNamed(t *testing.T) {
	for address, want := range map[string]string{
		"https://Copy.Example/a/b?secret=1#x":              "copy.example /a/b",
		"https://copy.example":                             "copy.example /",
		"http://copy.example:8080/a":                       "copy.example:8080 /a",
		"https://user:pass@copy.example/a":                 "copy.example /a",
		"https://xn--80ahmlld.example/":                    "xn--80ahmlld.example /",
		"":                                                 "",
		"ftp://copy.example/a":                             "",
		"android-app://com.example":                        "",
		"https://192.168.0.1/admin":                        "",
		"https://[::1]/":                                   "",
		"https://localhost/":                               "",
		"https://copy.example/\x00":                        "",
		"https://<script>.example/":                        "",
		"https://copy.example/" + strings.Repeat("a", 600): "",
	} {
		host, path, ok := placeNamed(address)
		if got := strings.TrimSpace(host + " " + path); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	for host, want := range map[string]bool{"www.google.com": true, "google.co.uk": true, "yandex.ru": true, "t.co": true, "art.co": false, "notgoogle.example": false, "copy.example": false} {
		if isFinder(host) != want {
			t.Errorf("%s: a finder: %v", host, !want)
		}
	}
}

// Where readers come from is counted by host and path; robots, reloads, our own pages and finders are not. What was named is
// listed, and nothing is fetched because of it.
func TestReferrers(t *testing.T) {
	web := newForeignWeb(t)
	s := openNewsroom(t, func(set *Settings) { set.Fetcher = web })
	slug, of := publicArticle(t, s)
	read := func(referer, agent, client string) {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, articlePath(of.Language, slug), nil)
		r.Header.Set("User-Agent", agent)
		if referer != "" {
			r.Header.Set("Referer", referer)
		}
		r.RemoteAddr = client + ":1234"
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	for i := range 3 {
		read("https://copy.example/their-copy?session=secret", aBrowser, "192.0.2."+strconv.Itoa(10+i))
	}
	read("https://copy.example/their-copy", aBrowser, "192.0.2.10") // a reload
	read("https://copy.example/robot", "Googlebot/2.1", "192.0.2.20")
	read("https://www.google.com/", aBrowser, "192.0.2.21")
	read(s.Origin+"/en", aBrowser, "192.0.2.22")
	read("https://192.168.0.1/admin", aBrowser, "192.0.2.23")
	if err := s.writeCounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	leads, err := s.Desk.Leads(t.Context(), now().Add(-leadDays), 10)
	if err != nil {
		t.Fatal(err)
	}
	want := translations.LeadCount{Lead: translations.Lead{Kind: translations.ByReferrer, Host: "copy.example", Path: "/their-copy", Of: of}, Count: 3, Last: now().Truncate(24 * time.Hour)}
	if len(leads) != 1 || leads[0] != want {
		t.Fatalf("got %+v, want %+v", leads, want)
	}
	if err := s.CheckRepublications(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := web.count("GET", "https://copy.example/their-copy"); n != 0 {
		t.Errorf("a page that only readers' browsers named was fetched %d times", n)
	}

	// A person says so: of the page, or of the host.
	s.hire(t, "editor", translations.Grant{Role: "editor", Language: "en"})
	editor := s.reader(t).as("editor")
	if got := editor.get("/desk/republications"); !strings.Contains(got.Text, "copy.example/their-copy") || strings.Contains(got.Text, "session=secret") {
		t.Error("the place is not listed, or with more than host and path")
	}
	editor.post("/desk/republications/hosts", "host", "copy.example", "rule", "check").want(t, http.StatusSeeOther)
	if err := s.CheckRepublications(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := web.count("GET", "https://copy.example/their-copy"); n != 1 {
		t.Errorf("the page of a host that a person named was fetched %d times, want once", n)
	}
	if leads, err = s.Desk.Leads(t.Context(), now().Add(-leadDays), 10); err != nil || len(leads) != 0 {
		t.Errorf("what is on the list is still listed as found: %+v, %v", leads, err)
	}
	read("https://spam.example/x", aBrowser, "192.0.2.30")
	if err := s.writeCounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	editor.post("/desk/republications/hosts", "host", "spam.example", "rule", "ignore").want(t, http.StatusSeeOther)
	if leads, err = s.Desk.Leads(t.Context(), now().Add(-leadDays), 10); err != nil || len(leads) != 0 {
		t.Errorf("an ignored host is listed: %+v, %v", leads, err)
	}
}

// publicArticle is a page of the sample newsroom that readers see.
func publicArticle(t *testing.T, s *site) (slug string, of translations.Viewed) {
	t.Helper()
	list, err := s.Desk.Shelf(t.Context(), "en", "", translations.Cursor{}, 1)
	if err != nil || len(list) == 0 {
		t.Fatal("nothing is public", err)
	}
	return list[0].Slug, translations.Viewed{Article: list[0].Article, Language: "en"}
}

// The counter in copies counts readers by host and day: no cookie, no address kept, robots and reloads out, and an answer
// that says nothing.
func TestBeacon(t *testing.T) {
	s := openNewsroom(t)
	_, of := publicArticle(t, s)
	ask := func(path, referer, agent, client string) *httptest.ResponseRecorder {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("User-Agent", agent)
		r.Header.Set("Referer", referer)
		r.RemoteAddr = client + ":1234"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	path := beaconPath(of.Article, of.Language)
	got := ask(path, "https://copy.example/1", aBrowser, "192.0.2.1")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "image/gif" || got.Header().Get("Set-Cookie") != "" ||
		got.Header().Get("Cache-Control") != "no-store" || got.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" || !strings.HasPrefix(got.Body.String(), "GIF89a") {
		t.Errorf("the image: %d %v", got.Code, got.Header())
	}
	ask(path, "https://copy.example/1", aBrowser, "192.0.2.1") // a reload
	ask(path, "https://copy.example/1", aBrowser, "192.0.2.2")
	ask(path, "https://other.example/", aBrowser, "192.0.2.1") // the same reader elsewhere
	ask(path, "", aBrowser, "192.0.2.3")
	ask(path, s.Origin+"/en", aBrowser, "192.0.2.4")
	ask(path, "https://copy.example/1", "curl/8.0", "192.0.2.5")
	for _, none := range []string{"/b/x", "/b/0-en.gif", "/b/zzzzzz-en.gif", "/b/1-xx.gif", "/b/-.gif", "/b/" + strings.Repeat("z", 60) + "-en.gif"} {
		if w := ask(none, "https://copy.example/1", aBrowser, "192.0.2.6"); w.Code != http.StatusOK {
			t.Errorf("%s: %d", none, w.Code)
		}
	}
	if err := s.writeCounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	days, err := s.Desk.BeaconViews(t.Context(), now().Add(-leadDays), 100)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, d := range days {
		counts[d.Host] = d.Count
	}
	if len(counts) != 3 || counts["copy.example"] != 2 || counts["other.example"] != 1 || counts[""] != 1 {
		t.Errorf("counted %v, want copy.example 2, other.example 1 and one without a name", counts)
	}
}

// Whoever makes up names by the thousand fills nothing.
func TestLeadsBounded(t *testing.T) {
	s := openNewsroom(t)
	_, of := publicArticle(t, s)
	for i := range 3 * maxLeads {
		s.leads.add(translations.Lead{Kind: translations.ByReferrer, Host: "spam.example", Path: "/" + strconv.Itoa(i), Of: of}, 1)
	}
	if n := len(s.leads.counted()); n != maxLeads {
		t.Errorf("%d names are remembered, want at most %d", n, maxLeads)
	}
	for round := range 7 {
		counts := map[translations.Lead]int64{}
		for i := range 1000 {
			counts[translations.Lead{Kind: translations.ByReferrer, Host: "spam.example", Path: "/" + strconv.Itoa(round) + "/" + strconv.Itoa(i), Of: of}] = 1
		}
		if err := s.Desk.AddLeads(t.Context(), counts); err != nil {
			t.Fatal(err)
		}
	}
	leads, err := s.Desk.Leads(t.Context(), now().Add(-leadDays), 100000)
	if err != nil || len(leads) != 5000 {
		t.Errorf("%d names of one day are kept (%v), want 5000", len(leads), err)
	}
}
