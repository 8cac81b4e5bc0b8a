package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"colophon/locales"
	"colophon/translations/demo"
	"colophon/web"
)

// Somebody's page is checked against the terms in force of an outlet in the archive, in the language of whoever asks; the
// page's own links say which article it republishes.
func TestVerifyCommand(t *testing.T) {
	dir := t.TempDir()
	st, err := storeFlags{Data: dir}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	app, err := web.New(web.Settings{Archive: st.archive, Desk: st.desk, Origin: "https://colophon.example"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(t.Context(), st.archive, st.desk, app); err != nil {
		t.Fatal(err)
	}
	source, err := st.archive.SourceBySlug(t.Context(), "vardakar-courier-example")
	if err != nil {
		t.Fatal(err)
	}
	list, err := st.archive.ArticlesOf(t.Context(), source.ID, 0, 1)
	if err != nil || len(list) == 0 {
		t.Fatal(err, "no article of the outlet")
	}
	rev, err := st.archive.Revision(t.Context(), list[0].Revision)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.db.Close(); err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("<p>The city counted its bridges and the swifts that live under them, and the sum was a surprise to everybody.</p>", 3)
	credit := fmt.Sprintf(`<p class="byline">By %s</p><p>First published by <a href="https://vardakar-courier.example/">Vardakar Courier</a>: <a href="%s">here</a>.</p>`, strings.Join(rev.Authors, ", "), list[0].URL)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/credited":
			fmt.Fprintf(w, `<html lang="en"><article><h1>Swifts</h1>%s%s</article>`, credit, text)
		case "/bare":
			fmt.Fprintf(w, `<html lang="en"><article><h1>Swifts%s</h1>%s</article>`, "\x1b[31m", text)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for _, test := range []struct {
		lang, page string
		status     int
		want       []string
	}{
		{"en", "/credited", exitDone, []string{"Terms of Vardakar Courier, version", "Original: " + list[0].URL, "Not met: 0."}},
		{"en", "/bare", exitFindings, []string{"unmet (must)", "Original: not known", "nobody has named it"}},
		{"ru", "/bare", exitFindings, []string{"Условия издания", "не выполнено", "Решить нельзя"}},
		{"hy", "/bare", exitFindings, []string{"լրատվամիջոցի պայմանները", "Կատարված չէ"}},
		{"en", "/nothing", exitFindings, nil},
	} {
		var out, errs strings.Builder
		args := []string{"rights", "verify", "--data", dir, "--fetch-private", "--fetch-delay", "1ns", "--source", "https://vardakar-courier.example/about", server.URL + test.page}
		got := run(t.Context(), args, streams{In: strings.NewReader(""), Out: &out, Err: &errs, Words: locales.For(test.lang)})
		if got != test.status {
			t.Errorf("%s in %s: status %d, want %d\n%s%s", test.page, test.lang, got, test.status, &out, &errs)
		}
		for _, want := range test.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s in %s: no %q in\n%s", test.page, test.lang, want, &out)
			}
		}
		if strings.Contains(out.String(), "\x1b") {
			t.Errorf("%s moves the terminal's cursor", test.page)
		}
	}
	if status, _, errs := command(t, "", "rights", "verify", "--data", dir, "--source", "no-such-outlet", server.URL+"/bare", "--fetch-private"); status != exitUsage || !strings.Contains(errs, "no-such-outlet") {
		t.Errorf("an unknown outlet: status %d, %s", status, errs)
	}
}
