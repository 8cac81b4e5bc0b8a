package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// A page fetched from an outlet nobody knows brings its terms with it: found, captured and read at the end, told on
// standard error, and not a word more on standard output.
func TestIngestFindsTerms(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case strings.HasPrefix(r.URL.Path, "/story"):
			fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>The ferry</title></head><body><article><h1>The ferry is pulled by hand again</h1>%s</article><footer><a href="/republish">Republish our stories</a></footer></body></html>`,
				strings.Repeat("<p>The rope ferry across the marsh was pulled by hand on Monday for the first time since its motor came, the ferryman said.</p>", 4))
		case r.URL.Path == "/republish":
			asked.Add(1)
			fmt.Fprint(w, `<!doctype html><html lang="en"><head><title>Republish</title></head><body><main><h1>Republish our stories</h1><p>You may republish our stories only with the name of the author and a hyperlink to our site.</p></main></body></html>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	line := func(out string) map[string]any {
		t.Helper()
		var got map[string]any
		if err := json.Unmarshal([]byte(out), &got); err != nil || strings.Count(out, "\n") != 1 {
			t.Fatalf("output %q (%v), want one line of JSON", out, err)
		}
		return got
	}
	args := []string{"ingest", "--data", dir, "--fetch-private", "--fetch-delay", "1ms"}

	status, out, errs := command(t, "", append(args, "--no-terms", server.URL+"/story")...)
	if got := line(out); status != exitDone || got["outcome"] != "new" || errs != "" || asked.Load() != 0 {
		t.Errorf("without terms: status %d, %v, errors %q, asked %d times", status, got, errs, asked.Load())
	}
	status, out, errs = command(t, "", append(args, server.URL+"/story-two")...)
	got := line(out)
	for key := range got {
		if !strings.Contains("id article revision language title outcome error", key) {
			t.Errorf("field %q is not in the contract", key)
		}
	}
	for _, want := range []string{"a new outlet: 1 page was read", "it says: “You may republish our stories only with the name of the author", "/republish", "credit.author", "link.required", "wait on the desk"} {
		if !strings.Contains(errs, want) {
			t.Errorf("errors lack %q:\n%s", want, errs)
		}
	}
	if status != exitDone || asked.Load() != 1 {
		t.Errorf("status %d, the page of terms was asked for %d times", status, asked.Load())
	}
	// Once is enough; "serve" reads them again.
	status, _, errs = command(t, "", append(args, server.URL+"/story-three")...)
	if status != exitDone || errs != "" || asked.Load() != 1 {
		t.Errorf("the third page: status %d, errors %q, asked %d times", status, errs, asked.Load())
	}
}
