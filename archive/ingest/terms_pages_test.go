package ingest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func termsPage(body string) Page {
	return Page{URL: "https://courier.example/2026/03/bridge", Header: http.Header{}, Body: []byte("<!doctype html><html><head><title>Bridge</title></head><body>" + body)}
}

// TestTermsLabels: every row of the table of words finds a link, or rules one out, by itself.
func TestTermsLabels(t *testing.T) {
	for _, row := range termsLabels {
		got := TermsPages(termsPage(fmt.Sprintf(`<a href="/page-7">%s</a>`, strings.ToUpper(row.words))))
		if want := row.weight > 0; want != (len(got) == 1) {
			t.Errorf("%s %q: %v, want found: %v", row.lang, row.words, got, want)
		}
	}
	for _, row := range termsPaths {
		got := TermsPages(termsPage(fmt.Sprintf(`<a href="/%s">Terms</a>`, row.word)))
		if want := row.weight > 0; want != (len(got) == 1) {
			t.Errorf("path %q: %v, want found: %v", row.word, got, want)
		}
	}
}

func TestTermsPages(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"none", `<a href="/news">News</a><a href="/about">About us</a><a href="/republishing-of-soviet-classics">Classics are read again</a>`, nil},
		{
			"the likeliest first", `<a href="/terms">Terms of use</a><a href="/c">Copyright</a><a href="/r">Republish our stories</a>`,
			[]string{"https://courier.example/r", "https://courier.example/c", "https://courier.example/terms"},
		},
		{"three languages", `<a href="/a">Об использовании материалов</a><a href="/b">Օգտագործման կանոններ</a><a href="/c">Reprints</a>`, []string{
			"https://courier.example/a", "https://courier.example/b", "https://courier.example/c",
		}},
		{
			"at most four", strings.Repeat(`<a href="/x">x</a>`, 50) + `<a href="/1">Terms</a><a href="/2">Terms</a><a href="/3">Terms</a><a href="/4">Terms</a><a href="/5">Terms</a>`,
			[]string{"https://courier.example/1", "https://courier.example/2", "https://courier.example/3", "https://courier.example/4"},
		},
		{"other hosts", `<a href="https://other.example/terms">Terms of use</a><a href="//evil.test/republish">Republish</a><a href="https://courier.example.evil.test/republish">Republish</a>`, nil},
		{"a subdomain is the same site", `<a href="https://legal.courier.example/terms">Terms of use</a>`, []string{"https://legal.courier.example/terms"}},
		{"another port is not", `<a href="https://courier.example:8443/terms">Terms of use</a>`, nil},
		{"private addresses", `<a href="http://127.0.0.1/terms">Terms</a><a href="http://[::1]/terms">Terms</a><a href="http://169.254.169.254/republish">Republish</a>`, nil},
		{"no pages", `<a href="javascript:alert(1)">Terms</a><a href="mailto:a@courier.example">Terms</a><a href="https://u:p@courier.example/terms">Terms</a><a href="file:///terms">Terms</a>`, nil},
		{"to itself", `<a href="#terms">Terms</a><a href="?">Terms</a><a href="/2026/03/bridge/">Terms of use</a>`, nil},
		{"one page, many addresses", `<a href="/terms">Terms</a><a href="/terms/">Terms</a><a href="/terms#a">Terms</a><a href="http://www.courier.example/terms#b">Terms</a>`, []string{"https://courier.example/terms"}},
		{"made up without end", `<a href="/terms?` + strings.Repeat("a=1&", 100) + `">Terms</a>`, nil},
		{"a headline", `<a href="/n1">` + strings.Repeat("New terms of use for the bridge as agreed by all. ", 5) + `</a>`, nil},
		{"marked", `<link rel="license" href="/our-licence"><a rel="terms-of-service" href="/tos">x</a>`, []string{"https://courier.example/our-licence", "https://courier.example/tos"}},
		{"linked data", `<script type="application/ld+json">{"@type":"NewsArticle","usageInfo":"https://courier.example/usage-info","license":"https://creativecommons.org/licenses/by/4.0/"}</script>`, []string{"https://courier.example/usage-info"}},
		{"of a base elsewhere", `<base href="https://evil.test/"><a href="/terms">Terms of use</a>`, nil},
		{"cookies", `<a href="/cookies">Terms of cookies</a><a href="/privacy/terms">Terms</a>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, TermsPages(termsPage(c.body))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestHostileTermsPages: what is huge, broken or no page costs little and leads nowhere.
func TestHostileTermsPages(t *testing.T) {
	for name, p := range map[string]Page{
		"a million links": termsPage(strings.Repeat(`<a href="/x">x</a>`, 60_000)),
		"deep":            termsPage(strings.Repeat(`<div>`, 100_000) + `<a href="/terms">Terms</a>`),
		"open formats":    termsPage(strings.Repeat(`<b><i>`, 20_000)),
		"no address":      {Body: []byte(`<a href="/terms">Terms</a>`)},
		"a picture":       {URL: "https://courier.example/", Body: []byte("\x89PNG\r\n\x1a\n")},
		"too large":       {URL: "https://courier.example/", Body: make([]byte, MaxBytes+1)},
		"a long label":    termsPage(`<a href="/terms">` + strings.Repeat("terms ", 200_000) + `</a>`),
	} {
		start := time.Now()
		got := TermsPages(p)
		_ = Paragraphs(p)
		if len(got) > maxTermsPages {
			t.Errorf("%s: %d pages", name, len(got))
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"https://a.example/", "https://a.example/x", true},
		{"https://www.a.example/", "https://legal.a.example/", true},
		{"https://a.co.uk/", "https://b.co.uk/", false},
		{"https://me.github.io/", "https://you.github.io/", false},
		{"http://10.0.0.1/", "http://10.0.0.1/x", true},
		{"http://10.0.0.1/", "http://10.0.0.2/", false},
		{"http://10.0.0.1:1/", "http://10.0.0.1:2/", false},
		{"https://a.example./", "https://A.example/", true},
		{"https://", "https://", false},
	} {
		a, _ := url.Parse(c.a)
		b, _ := url.Parse(c.b)
		if got := SameSite(a, b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

func TestReservation(t *testing.T) {
	file := `[{"location":"/","tdm-reservation":0},{"location":"/news/*","tdm-reservation":1,"tdm-policy":"https://courier.example/tdm"},
		{"location":"/news/free$","tdm-reservation":"0"},{"location":"/bad","tdm-reservation":7}]`
	for path, want := range map[string]string{"/": "0", "/news/bridge": "1", "/news/free": "0", "/bad": "0"} {
		r, ok := FileReservation([]byte(file), path)
		if !ok || r.Words != "tdm-reservation: "+want || r.Reserved != (want == "1") {
			t.Errorf("%s: %+v, %v, want %s", path, r, ok, want)
		}
	}
	for _, bad := range []string{"", "{}", "[", `[{"location":"/x","tdm-reservation":1}]`, strings.Repeat(" ", maxReservation+1)} {
		if r, ok := FileReservation([]byte(bad), "/news"); ok {
			t.Errorf("%.20q says %+v", bad, r)
		}
	}
	r, ok := HeaderReservation(Page{URL: "https://courier.example/a", Header: http.Header{"Tdm-Reservation": {"1"}, "Tdm-Policy": {"/tdm"}}})
	if want := (Reservation{true, "https://courier.example/tdm", "tdm-reservation: 1"}); !ok || r != want {
		t.Errorf("header: %+v, %v", r, ok)
	}
	if _, ok := HeaderReservation(termsPage("")); ok {
		t.Error("no header, and a reservation")
	}
}
