package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"colophon/locales"
	"colophon/translations/demo"
	"colophon/web"
)

// The command finds what is public in the sample newsroom, in the language asked for.
func TestSearchCommand(t *testing.T) {
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
	if err := st.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--lang", "hy", "կամուրջը"}, exitDone, "**"},
		{[]string{"--lang", "arm", "--jsonl", "կամուրջ"}, exitDone, `"language":"hy"`},
		{[]string{"--lang", "ru", "мостов"}, exitDone, "**"},
		{[]string{"--lang", "en", `"stone bridge"`}, exitDone, "/en/articles/"},
		{[]string{"--lang", "en", "zeppelin"}, exitFindings, ""},
		{[]string{"--lang", "fr", "pont"}, exitUsage, ""},
	} {
		var out, errs bytes.Buffer
		args := append([]string{"search", "--data", dir}, test.args...)
		got := run(t.Context(), args, streams{In: strings.NewReader(""), Out: &out, Err: &errs, Words: locales.For("en")})
		if got != test.status || !strings.Contains(out.String(), test.want) {
			t.Errorf("%v: status %d, want %d\n%s%s", test.args, got, test.status, &out, &errs)
		}
		if test.status == exitDone && strings.Contains(test.args[2], "jsonl") {
			var r searchResult
			line, _, _ := strings.Cut(out.String(), "\n")
			if err := json.Unmarshal([]byte(line), &r); err != nil || r.Title == "" || r.Article == 0 {
				t.Errorf("%v: %s: %v", test.args, line, err)
			}
		}
	}
}
