package rights

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FuzzVerify: no page, header or address makes a check fail over, and every answer is one of the three with a reason.
func FuzzVerify(f *testing.F) {
	for _, page := range pathologies(300) {
		f.Add([]byte(page), "noindex, otherbot: none", "<x>; rel=canonical", "text/html; charset=utf-16")
	}
	f.Add(newsPage(2000), "", "", "")
	var clauses []Clause
	for kind := range checks {
		clauses = append(clauses, Clause{Kind: kind, Params: Params{
			Within: "first_sentence", Text: "Valley", TextAny: []string{"x"}, Where: "end", URL: "https://valley.example/p",
			Value: "original", Percent: 10, Unit: "words", Max: 5, Kinds: []string{"img", "video"}, Until: "2026-01-01", Now: "2026-01-01T00:00:00Z",
		}})
	}
	f.Fuzz(func(t *testing.T, body []byte, robots, link, contentType string) {
		if len(body) > 1<<16 {
			return
		}
		page := Page{Body: body, URL: "https://own.example/1", Header: map[string][]string{"X-Robots-Tag": {robots}, "Link": {link}, "Content-Type": {contentType}}}
		p := Parse(page)
		for i, got := range p.Verify(valley, clauses) {
			if got.Kind != clauses[i].Kind || got.Why == "" || got.Status != Met && got.Status != Unmet && got.Status != Undecidable {
				t.Fatalf("clause %v: %+v", clauses[i], got)
			}
		}
		for _, got := range p.VerifyForeign(Facts{Original: Original{HomeURL: valley.Original.HomeURL}}, clauses) {
			if p.Excerpts(got.Where); got.Why == "" {
				t.Fatalf("of an unknown original: %+v", got)
			}
		}
		p.Blocks()
	})
}

// FuzzFolding: the short cuts for plain text do what the long way does.
func FuzzFolding(f *testing.F) {
	for _, s := range []string{"a b", " a", "Երևան", "é", "«Й»—й", "a\u00a0b", "a\u200bb", "…", "x\u0301", "и\u0306", "\u2011", "\xe2\x80", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // decoding has seen to that
		}
		if isFolded(s) && foldSpace(s+"  ") != s {
			t.Errorf("%q is said to be folded", s)
		}
		if isNormal(s) && (norm.NFC.String(s) != s || norm.NFKC.String(s) != strings.ReplaceAll(s, "և", "եւ")) {
			t.Errorf("%q is said to be normal", s)
		}
		if isASCII(s) && strings.Contains(foldNames(s), "press-on") && !containsFold(s, "press-on") {
			t.Errorf("%q is said not to hold a name", s)
		}
	})
}
