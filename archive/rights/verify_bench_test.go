package rights

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// newsPage makes a page of about n bytes as a news site would serve it: a style sheet, a menu, paragraphs, a credit.
func newsPage(n int) []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rain</title><style>
:root{--ink:#222} body{font:16px/1.5 Georgia,serif;color:var(--ink);margin:0} a{color:#05c} a:hover{color:red}
.wrap{max-width:960px;margin:0 auto;padding:0 16px} .menu li{display:inline-block} .byline{color:#666;font-size:.9em}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)} @media print{nav{display:none}}
article p{margin:1em 0} article>p:first-of-type{font-size:1.1em} .grid>.card:nth-child(3n+1){clear:both} h1,h2{line-height:1.2}
`)
	for i := range min(n/400, 200) {
		fmt.Fprintf(&b, ".m-%d .item:not(.off)>a[href^=\"/\"]{color:#%03d;padding:%dpx} .t%d{display:block}\n", i, i%1000, i%20, i)
	}
	b.WriteString(`</style></head><body><header role="banner"><nav><ul class="menu">`)
	for i := range 20 {
		fmt.Fprintf(&b, `<li class="item"><a href="/s/%d">Section %d</a></li>`, i, i)
	}
	b.WriteString(`</ul></nav></header><main class="wrap"><article><h1>Rain after a dry summer</h1><p class="byline">By Ann Bell</p>`)
	for i := 0; b.Len() < n-300; i++ {
		fmt.Fprintf(&b, `<p class="t%d">The valley had its <em>first rain</em> after a dry summer, and the river rose by a <a href="/w/%d">hand's breadth</a> in one night, said the ferryman.</p>`+"\n", i, i)
	}
	b.WriteString(`<p class="source">First told by <a href="https://valley.example/story">Valley Gazette</a>.</p></article></main></body></html>`)
	return []byte(b.String())
}

var benchFacts = Facts{Original: Original{
	URL: "https://valley.example/story", HomeURL: "https://valley.example/", OutletNames: []string{"Valley Gazette"},
	Authors: []string{"Ann Bell"}, Language: "en", CharCount: 1e7,
}}

var benchClauses = []Clause{
	{Kind: LinkRequired},
	{Kind: LinkVisible},
	{Kind: LinkFollowable},
	{Kind: LinkDirect},
	{Kind: LinkPlace, Params: Params{Within: "end"}},
	{Kind: CreditSource},
	{Kind: CreditAuthor},
	{Kind: LimitShare, Params: Params{Percent: 100}},
	{Kind: MediaExclude, Params: Params{Kinds: []string{"img"}}},
}

// BenchmarkVerify measures verify beside the least it could take, which is reading the HTML: "html" is that alone, "first" the
// first page of a site, the others pages whose style sheet was met before.
func BenchmarkVerify(b *testing.B) {
	b.Run("html 20KB", func(b *testing.B) {
		text := string(newsPage(20 << 10))
		for b.Loop() {
			if _, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(true)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("first 20KB", func(b *testing.B) {
		page := Page{Body: newsPage(20 << 10), URL: "https://own.example/1"}
		for b.Loop() {
			if f := Verify(page, benchFacts, benchClauses); f[0].Status != Met {
				b.Fatal(f)
			}
		}
	})
	for _, n := range []int{20 << 10, 200 << 10, 2 << 20} {
		body := newsPage(n)
		b.Run(fmt.Sprintf("%dKB", n>>10), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			verifier := NewVerifier()
			for b.Loop() {
				for _, f := range verifier.Verify(Page{Body: body, URL: "https://own.example/1"}, benchFacts, benchClauses) {
					if f.Status != Met {
						b.Fatal(f)
					}
				}
			}
		})
	}
}

// pathologies are pages built to cost more than their size.
func pathologies(n int) map[string]string {
	rep := func(s string) string { return strings.Repeat(s, n/len(s)) }
	many := func(f string) string {
		var b strings.Builder
		for i := 0; b.Len() < n/2; i++ {
			fmt.Fprintf(&b, f, i)
		}
		return b.String()
	}
	nest := func(s, t string, k int) string { return strings.Repeat(s, k) + "x" + strings.Repeat(t, k) }
	return map[string]string{
		"open divs":       "<body>" + rep("<div>"),
		"siblings":        "<style>p~p~p~p:not(.x){color:red}p:nth-last-child(2n+1 of .a){color:red}</style>" + rep("<p>a"),
		"universal rules": "<style>" + many("*:not(#a%d){color:red}") + "</style>" + strings.Repeat("<p>a", n/8),
		"one class":       "<style>" + many(".a .b%d,.a{color:red}") + "</style>" + strings.Repeat("<p class=a>a", n/24),
		"has":             "<style>:has(.x .y .z){color:red} div:has(~p em){top:0}</style>" + rep("<div><p>a</p></div>"),
		"deep descend":    "<style>div div div div div div div span{color:red}</style>" + rep(nest("<div>", "</div>", 300)),
		"variables":       "<style>:root{" + many("--v%d:1px;") + "--a:var(--b)var(--b);--b:var(--c)var(--c);--c:var(--d)var(--d)}p{width:var(--a)}</style>" + strings.Repeat("<p>a", n/8),
		"braces":          "<style>" + rep("a{") + "</style>",
		"brackets":        "<style>p{width:" + rep("calc(") + "}</style>",
		"quotes":          "<style>" + rep(`"\`) + "</style>",
		"at rules":        "<style>" + rep("@media screen{") + "</style>",
		"layers":          "<style>" + many("@layer l%d{a{color:red}}") + "</style>",
		"attributes":      "<p " + many("a%d=1 ") + ">a",
		"classes":         `<p class="` + many("a%d ") + `">a`,
		"formatting":      rep("<b><i><p>"),
		"links":           rep(`<a href="?u=https%3A%2F%2Fvalley.example">a</a>`),
		"breaks":          rep("<br>a"),
		"tables":          rep("<table><tr><td>"),
		"comments":        rep("<!--noindex-->"),
		"inline styles":   many(`<p style="color:var(--x,red);margin-left:-%dpx">a`),
		"long word":       "<article><p>" + rep("a"),
		"long name":       "<article><p>" + rep("Valley "),
		"entities":        rep("&amp;&#x41;"),
		"selectors":       "<style>" + many("a%d,") + "b{color:red}</style>",
		"not not":         "<style>" + rep(":not(") + "{color:red}</style>",
		"absolute":        rep("<i style='position:absolute;right:0'>a"),
		"keyframes":       "<style>" + many("@keyframes k%d{to{top:0}}") + "</style>" + strings.Repeat("<p style='animation:k1 1s both'>a", n/64),
		"headings":        rep("<h1>a</h1>"),
		"articles":        rep("<article>a"),
		"details":         rep("<details><summary>a"),
	}
}

// TestLinear: a page of twice the size takes about twice the time, whatever is in it, and 2 MB a moderate time.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	for name := range pathologies(1024) {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				page := Page{Body: []byte(pathologies(n)[name]), URL: "https://own.example/1"}
				start := time.Now()
				Verify(page, benchFacts, benchClauses)
				return time.Since(start)
			}
			small, large := took(64<<10), took(512<<10)
			t.Logf("64 KB %v, 512 KB %v", small, large)
			if large > 30*small && large > 3*time.Second {
				t.Errorf("64 KB took %v, 512 KB %v", small, large)
			}
		})
	}
}
