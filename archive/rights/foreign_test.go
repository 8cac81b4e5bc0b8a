package rights

import (
	"strings"
	"testing"
)

// TestVerifyForeign: what only the original could decide is undecidable as long as nobody has named it.
func TestVerifyForeign(t *testing.T) {
	page := func(body string) string {
		return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="canonical" href="https://own.example/1"></head><body><article><h1>Rain</h1>` + twoParas + body + `</article></body></html>`
	}
	someLink, none := page(`<p>From the <a href="https://www.valley.example/other">Valley Gazette</a></p>`), page("")
	article := Params{Target: "article"}
	no := false
	for _, c := range []struct {
		name   string
		page   string
		known  bool
		clause Clause
		want   Status
	}{
		{"a link that may be it", someLink, false, Clause{Kind: LinkRequired, Params: article}, Undecidable},
		{"a link that is not it", someLink, true, Clause{Kind: LinkRequired, Params: article}, Unmet},
		{"no link at all", none, false, Clause{Kind: LinkRequired, Params: article}, Unmet},
		{"the place of a link that may be it", someLink, false, Clause{Kind: LinkPlace, Params: Params{Within: "end"}}, Undecidable},
		{"links of the original", none, false, Clause{Kind: LinkKeepInner}, Undecidable},
		{"links of the original that are lost", none, true, Clause{Kind: LinkKeepInner}, Unmet},
		{"canonical", someLink, false, Clause{Kind: SEOCanonical, Params: Params{Value: "original"}}, Undecidable},
		{"canonical of its own", someLink, false, Clause{Kind: SEOCanonical, Params: Params{Value: "self"}}, Unmet},
		{"translation", none, false, Clause{Kind: TranslationAllowed, Params: Params{Value: "permission", Grant: &no}}, Undecidable},
		{"translation that is free", none, false, Clause{Kind: TranslationAllowed, Params: Params{Value: "yes"}}, Met},
		{"the outlet's name", someLink, false, Clause{Kind: CreditSource}, Met},
		{"no name", none, false, Clause{Kind: CreditSource}, Unmet},
	} {
		facts := valley
		if !c.known {
			facts.Original = Original{HomeURL: valley.Original.HomeURL, OutletNames: valley.Original.OutletNames}
		}
		got := Parse(Page{Body: []byte(c.page), URL: "https://own.example/en/1"}).VerifyForeign(facts, []Clause{c.clause})[0]
		if got.Status != c.want {
			t.Errorf("%s: got %s (%s), want %s", c.name, got.Status, got.Why, c.want)
		}
	}
}

func TestLinksTo(t *testing.T) {
	p := Parse(Page{URL: "https://own.example/1", Body: []byte(`<article><p>` + strings.Repeat("word ", 30) +
		`<a href="//m.valley.example/a?b=1">a</a> <a href="https://valley.example/a2">b</a> <a href="https://valley.example/a2">again</a>` +
		` <a href="https://valley.example.evil.example/">c</a> <a href="/own">d</a> <a href="https://valley.example:8443/">e</a></p></article>`)})
	got := strings.Join(p.LinksTo("https://www.valley.example/"), " ")
	if want := "https://m.valley.example/a?b=1 https://valley.example/a2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestExcerpts: the element of a finding is found in the text as served, among others like it, in any encoding; what the
// parser made up is nowhere.
func TestExcerpts(t *testing.T) {
	const text = "\xef\xf0\xe8\xe2\xe5\xf2 " // "привет " in windows-1251
	body := `<meta charset=windows-1251><body><article><p>` + strings.Repeat(text, 20) +
		`<A onclick=x HREF='https://valley.example/rain'  >` + text + `</A> and <a href="https://valley.example/rain" rel=nofollow>one</a>` +
		`<p>then <a href="https://valley.example/rain" rel=nofollow>two &lt;b></a> end<table><td>x</table></article>`
	p := Parse(Page{Body: []byte(body), URL: "https://own.example/1"})
	var paths []string
	for i := range p.elements {
		paths = append(paths, p.path(int32(i)))
	}
	got := p.Excerpts(paths...)
	for path, want := range map[string]string{
		"article > p:nth-of-type(1) > a:nth-of-type(1)": "<A onclick=x HREF='https://valley.example/rain'  >привет </A>",
		"article > p:nth-of-type(1) > a:nth-of-type(2)": `<a href="https://valley.example/rain" rel=nofollow>one</a>`,
		"article > p:nth-of-type(2) > a":                `<a href="https://valley.example/rain" rel=nofollow>two &lt;b></a>`,
	} {
		if got[path].Element != want {
			t.Errorf("%s: got %q, want %q (of %d)", path, got[path].Element, want, len(got))
		}
	}
	last := got["article > p:nth-of-type(2) > a"]
	if !strings.HasSuffix(last.Before, "<p>then ") || !strings.HasPrefix(last.Before, "…") || !strings.HasPrefix(last.After, " end<table>") {
		t.Errorf("around it: %q … %q", last.Before, last.After)
	}
	for path, e := range got {
		if strings.HasSuffix(path, "tbody") {
			t.Errorf("%s stands nowhere in the page, and is quoted as %q", path, e.Element)
		}
	}
	if n := len(p.Excerpts("", "nowhere > a", "a > ", "#")); n != 0 {
		t.Errorf("%d excerpts of nothing", n)
	}
	long := Parse(Page{Body: []byte("<article><p>" + strings.Repeat("слово ", 2000)), URL: "https://own.example/1"})
	if e := long.Excerpts("article")["article"]; len(e.Element) > 3*excerptElement || !strings.HasSuffix(e.After, "…") {
		t.Errorf("%d bytes of a long element, after it %q", len(e.Element), e.After)
	}
}
