package webtest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	good = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><main><h1>A page</h1><p>Text.</p></main></body></html>`
	bad  = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><main><h1>A page</h1><img src="/x.png"></main></body></html>`
)

// TestAxe shows that a good page passes under a strict policy and that a picture without a text is found.
func TestAxe(t *testing.T) {
	ctx := Browser(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/bad" {
			_, _ = w.Write([]byte(bad))
			return
		}
		_, _ = w.Write([]byte(good))
	}))
	defer server.Close()

	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/good")); err != nil {
		t.Fatal(err)
	}
	if got := Axe(ctx, t); len(got) > 0 {
		t.Errorf("a good page: %v", got)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/bad")); err != nil {
		t.Fatal(err)
	}
	got := Axe(ctx, t)
	if !slices.ContainsFunc(got, func(v Violation) bool { return v.ID == "image-alt" }) {
		t.Errorf("an img without alt: got %v, want image-alt", got)
	}
}

func TestValid(t *testing.T) {
	got := Valid(t, map[string][]byte{"good": []byte(good), "bad": []byte(bad)})
	if len(got) != 1 || got[0].Page != "bad" || got[0].Type != "error" {
		t.Errorf("got %v, want one error, on the page without alt", got)
	}
}
