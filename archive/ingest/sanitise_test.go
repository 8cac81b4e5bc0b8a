package ingest

import (
	"net/url"
	"testing"

	"pgregory.net/rapid"
)

func TestSanitise(t *testing.T) {
	base, err := url.Parse("https://a.example/news/1?x=2")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, htm, text string }{
		{"", "", ""},
		{"plain", "plain", "plain"},
		{"a < b & c > d", "a &lt; b &amp; c &gt; d", "a < b & c > d"},
		{"<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>", "a b"},
		{"a<b> b </b>c", "a <strong>b</strong> c", "a b c"},
		{"  a \n\t b\u00a0c\u2009d ", "a b c d", "a b c d"},
		{"a\u200bb\u00adc\ufeffd\u202ee", "abcde", "abcde"},
		{"и\u0306 е\u0308", "й ё", "й ё"},
		{"<b>и</b>\u0306", "<strong>и</strong>\u0306", "й"},
		{"и<font></font>\u0306", "й", "й"},
		{`<a href="/b?c=1&amp;d=2">x</a>`, `<a href="https://a.example/b?c=1&amp;d=2">x</a>`, "x"},
		{`<a href="mailto:a@b.example">x</a>`, `<a href="mailto:a@b.example">x</a>`, "x"},
		{`<a href="javascript:alert(1)">x</a>`, "x", "x"},
		{`<a href=" jAva&#10;script:alert(1)">x</a>`, "x", "x"},
		{`<a href="data:text/html,x">x</a>`, "x", "x"},
		{`<a href="https://u:p@b.example/">x</a>`, "x", "x"},
		{`<a href="#top">x</a>`, `<a href="https://a.example/news/1?x=2#top">x</a>`, "x"},
		{`<a href="https://b.example/" onclick="x()" style="y" target=_blank rel=nofollow class=z>x</a>`, `<a href="https://b.example/">x</a>`, "x"},
		{`<a href="https://b.example/"></a>x`, "x", "x"},
		{`<a href="https://b.example/">x<a href="https://c.example/">y</a></a>`, `<a href="https://b.example/">x</a><a href="https://c.example/">y</a>`, "xy"},
		{`<script>alert(1)</script>a<style>b</style><svg><text>c</text></svg><iframe src=d>e</iframe><textarea>f</textarea>`, "a", "a"},
		{`<p>a</p><p>b</p>`, "a b", "a b"},
		{`a<br>b`, "a b", "a b"},
		{`<img src=x onerror=alert(1)>a`, "a", "a"},
		{`<span lang="hy">բարև</span> <span class=x>a</span>`, `<span lang="hy">բարև</span> a`, "բարև a"},
		{`<abbr title='"q"'>q</abbr>`, `<abbr title="&#34;q&#34;">q</abbr>`, "q"},
		{`H<sub>2</sub>O x<sup>2</sup> <kbd>k</kbd>`, `H<sub>2</sub>O x<sup>2</sup> <code>k</code>`, "H2O x2 k"},
		{"<em><em>a</em></em>", "<em>a</em>", "a"},
		{"<b>a<!-- c -->b</b>", "<strong>ab</strong>", "ab"},
		{"a <b>\u0338</b>", "a <strong>&#x338;</strong>", "a \u0338"},
	} {
		htm, text := Sanitise(c.in, base)
		if htm != c.htm || text != c.text {
			t.Errorf("Sanitise(%q) = %q, %q; want %q, %q", c.in, htm, text, c.htm, c.text)
		}
	}
}

// Whatever goes in, what comes out is safe, settled, and says the same in HTML and in text.
func TestSanitiseSettles(t *testing.T) {
	pieces := rapid.SliceOf(rapid.SampledFrom([]string{
		"a", " ", "\n", "и\u0306", "\u0306", "\u200b", "\u202e", "ﬁ", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<a href='http://a.example/?a&b'>", "<p>", "</p>",
		"<span lang=hy>", "</span>", "<br>", "&lt;", "&amp;", "<", ">", "\"", "'", "<script>", "</script>", "<svg>", "</svg>", "<table>", "<td>", "</table>", "<sub>", "</sub>", "<!--", "-->", "\u0338", "\x00",
	}))
	rapid.Check(t, func(t *rapid.T) {
		in := ""
		for _, p := range pieces.Draw(t, "pieces") {
			in += p
		}
		htm, text := Sanitise(in, nil)
		if bad := unsafe(htm); len(bad) > 0 {
			t.Fatalf("%q gives %q: %v", in, htm, bad)
		}
		again, plain := Sanitise(htm, nil)
		if again != htm || plain != text {
			t.Fatalf("%q gives %q, %q, then %q, %q", in, htm, text, again, plain)
		}
	})
}
