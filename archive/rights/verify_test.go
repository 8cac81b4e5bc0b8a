package rights

import (
	"strings"
	"testing"
)

var valley = Facts{
	Original: Original{
		URL: "https://www.valley.example/2026/rain?id=7&b=2", CanonicalURL: "https://valley.example/rain/", HomeURL: "https://valley.example/",
		OutletNames: []string{"Valley Gazette", "Долинная газета", "Ձորի լրաբեր"}, Authors: []string{"Ann Bell"},
		AuthorSpellings: map[string][]string{"Ann Bell": {"Энн Белл", "Էնն Բելլ"}}, Language: "en", CharCount: 1000,
		InnerLinks: []string{"https://mill.example/wheel"},
	},
	Chain:      []Hop{{Outlet: "Mill Post", HomeURL: "https://mill.example/", URL: "https://mill.example/7"}, {Outlet: "Valley Gazette", HomeURL: "https://valley.example/"}},
	Translator: "Инна Полевая",
}

const (
	sourceLink = `<a href="https://valley.example/rain">Valley Gazette</a>`
	twoParas   = `<p>The river rose by a hand's breadth in one night, said the ferryman, and nobody had seen that.</p><p>It fell again by noon, and the mill went on turning as it had turned before the rain came.</p>`
)

// check is one page and one clause. The page is an article of a heading and two paragraphs; body follows them.
type check struct {
	name   string
	body   string
	clause Clause
	want   Status
	head   string
	top    string // before the paragraphs
	page   string // the whole page instead
	header map[string][]string
	facts  func(*Facts)
}

func (c check) run(t *testing.T) {
	t.Helper()
	page := c.page
	if page == "" {
		page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>` + c.head + `</head><body><nav><a href="https://valley.example/">Valley Gazette</a></nav><article><h1>Rain</h1>` +
			c.top + twoParas + c.body + `</article></body></html>`
	}
	facts := valley
	if c.facts != nil {
		c.facts(&facts)
	}
	got := Verify(Page{Body: []byte(page), Header: c.header, URL: "https://own.example/en/1"}, facts, []Clause{c.clause})[0]
	if got.Status != c.want {
		t.Errorf("%s: got %s (%s at %s), want %s", c.name, got.Status, got.Why, got.Where, c.want)
	}
}

func runChecks(t *testing.T, clause Clause, want Status, bodies ...string) {
	t.Helper()
	for _, body := range bodies {
		check{name: body, body: body, clause: clause, want: want}.run(t)
	}
}

var linkRequired = Clause{Kind: LinkRequired, Params: Params{Target: "article"}}

// TestAddresses is §7, "comparing addresses".
func TestAddresses(t *testing.T) {
	link := func(href string) string { return `<p>From <a href="` + href + `">here</a></p>` }
	var same, other []string
	for _, href := range []string{
		"https://valley.example/rain", "http://VALLEY.example/rain/", "//valley.example/rain//", " https://valley.example/rain\n", "https://valley.example:443/rain", "http://valley.example:80/rain",
		"https://www.valley.example./rain", "https://m.valley.example/rain", "https://www.amp.valley.example/rain", "https://mobile.valley.example/rain", "https:\\\\valley.example\\rain", "ht&#x74;ps://valley.example/rain",
		"https://ｖａｌｌｅｙ.example/rain", "https://user:pass@valley.example/rain", "https://valley.example/x/../rain", "https://valley.example/%72ain", "https://valley.example/rain/amp/", "https://valley.example/amp/rain", "https://valley.example/rain.amp",
		"https://valley.example/rain.amp.html", "https://valley.example/rain?utm_source=a&amp;fbclid=1&amp;amp", "https://valley.example/rain?outputType=amp&amp;amp=1", "https://valley.example/rain#top", "https://valley.example/2026/rain?b=2&amp;id=7&amp;utm_x=1",
		"https://valley.example/2026/rain?id=%37&amp;b=2", "h\tttps://val\nley.example/rain", "https://valley%2Eexample/rain", "https://valley。example/rain", "HTTPS:///valley.example/rain", "https://valley.exam\u00adple/rain",
	} {
		same = append(same, link(href))
	}
	for _, href := range []string{
		"https://valley.example/Rain", "https://valley.example:8443/rain", "http://valley.example:443/rain", "https://news.valley.example/rain", "https://valley.example.evil.test/rain", "https://valley.test/rain", "https://vаlley.example/rain",
		"https://valley.example/rain?page=2", "https://valley.example/2026/rain?id=7", "https://valley.example/", "https://valley.example/rain/2", "ftp://valley.example/rain", "https://valley-example/rain", "javascript:location='https://valley.example/rain'",
		"https://valley.example@evil.test/rain", "https://evil.test/valley.example/rain", "https://evil.test\\@valley.example/rain", "https://valley.example%00/rain", "/rain", "https://m.www.valley.example/rain", "https://valley.example/rain%2F", "data:text/html,https://valley.example/rain",
		"https://web.archive.test/web/2026/https://valley.example/rain", "https://valley.example/rain?amp=2", "https://valley.example/rain;x", "https://xn--vlley-4ve.example/rain",
	} {
		other = append(other, link(href))
	}
	runChecks(t, linkRequired, Met, same...)
	runChecks(t, linkRequired, Unmet, other...)

	idn := func(f *Facts) {
		f.Original.URL, f.Original.CanonicalURL = "https://долина.example/дождь", ""
	}
	check{name: "IDN as punycode", body: link("https://xn--80ahmlld.example/%D0%B4%D0%BE%D0%B6%D0%B4%D1%8c"), clause: linkRequired, want: Met, facts: idn}.run(t)
	check{name: "IDN in capitals", body: link("https://ДОЛИНА.example/дождь"), clause: linkRequired, want: Met, facts: idn}.run(t)
	check{name: "base", body: link("rain"), head: `<base target=x><base href="https://valley.example/"><base href="/">`, clause: linkRequired, want: Met}.run(t)
	check{name: "base in the body", body: link("rain") + `<base href="//valley.example/x/../">`, clause: linkRequired, want: Met}.run(t)
	check{name: "base leads away", body: link("/rain"), head: `<base href="https://evil.test/">`, clause: linkRequired, want: Unmet}.run(t)
	check{name: "scheme without slashes", body: link("https:/rain"), head: `<base href="https://valley.example/">`, clause: linkRequired, want: Met}.run(t)
	check{
		name: "query in the page's encoding", head: ``, page: "<meta charset=windows-1251><article>" + twoParas + "<a href='https://valley.example/?q=\xe4'>x</a></article>", clause: linkRequired, want: Met,
		facts: func(f *Facts) { f.Original.URL = "https://valley.example/?q=%E4" },
	}.run(t)
}

// TestRedirectors is §7, "redirector".
func TestRedirectors(t *testing.T) {
	for href, want := range map[string]Status{
		"https://go.test/?u=https%3A%2F%2Fvalley.example%2Frain":         Undecidable,
		"https://go.test/?u=https%253A%252F%252Fvalley.example%252Frain": Undecidable,
		"https://go.test/?x=1&u=//valley.example/rain":                   Undecidable,
		"/out?to=http://www.valley.example/rain/amp":                     Undecidable,
		"https://go.test/?u=https%3A%2F%2Fvalley.example%2Fother":        Unmet,
		"https://go.test/?u=valley.example/rain":                         Unmet,
		"https://go.test/https://valley.example/rain":                    Unmet,
		"https://go.test/?u=aHR0cHM6Ly92YWxsZXkuZXhhbXBsZS9yYWlu":        Unmet,
		"https://go.test/abc":                                            Unmet,
	} {
		body := `<p><a href="` + href + `">Valley Gazette</a></p>`
		for _, kind := range []Kind{LinkRequired, LinkPlace, LinkFollowable, LinkVisible} {
			check{name: string(kind) + " " + href, body: body, clause: Clause{Kind: kind, Params: Params{Target: "article", Within: "end"}}, want: want}.run(t)
		}
		check{name: "direct " + href, body: body, clause: Clause{Kind: LinkDirect, Params: Params{Target: "article"}}, want: Unmet}.run(t)
		check{name: "beside a source link", body: body + sourceLink, clause: Clause{Kind: LinkDirect, Params: Params{Target: "article"}}, want: Met}.run(t)
	}
	runChecks(t, Clause{Kind: CreditChain}, Unmet, `<a href="https://go.test/?u=https%3A%2F%2Fmill.example%2F7">Mill</a> `+sourceLink)
	runChecks(t, Clause{Kind: LinkDirect, Params: Params{Target: "article"}}, Unmet,
		`<a onclick="window.open(this)" href="https://valley.example/rain">x</a>`, `<a onmousedown="this.href='/x'" href="https://valley.example/rain">x</a>`,
		`<a onauxclick="e.preventDefault()" href="https://valley.example/rain">x</a>`, `<a onpointerdown="return false" href="https://valley.example/rain">x</a>`, `<p>none</p>`)
	runChecks(t, Clause{Kind: LinkDirect, Params: Params{Target: "article"}}, Met,
		`<a onclick="count(1)" href="https://valley.example/rain">x</a>`, `<a onmouseover="location='/'" href="https://valley.example/rain">x</a>`)
}

// TestRegion is §4: where the article is, and what in it does not count.
func TestRegion(t *testing.T) {
	runChecks(t, linkRequired, Unmet,
		`<nav>`+sourceLink+`</nav>`, `<aside>`+sourceLink+`</aside>`, `<div role=navigation>`+sourceLink+`</div>`, `<div role="contentinfo">`+sourceLink+`</div>`,
		`<article><p>`+sourceLink+`</p></article>`, `<div class="x Related-Posts">`+sourceLink+`</div>`, `<div id=comments>`+sourceLink+`</div>`, `<span class="share">`+sourceLink+`</span>`, `<div id="x AD">`+sourceLink+`</div>`,
		`<div role=article>`+sourceLink+`</div>`, `</article><p>`+sourceLink+`</p><article>`, `<template>`+sourceLink+`</template>`, `<noscript>`+sourceLink+`</noscript>`, `<!-- `+sourceLink+` -->`, `<!--[if IE]>`+sourceLink+`<![endif]-->`,
		`<iframe>`+sourceLink+`</iframe>`, `<svg><a href="https://valley.example/rain"><text>x</text></a></svg>`, `<button onclick="location='https://valley.example/rain'">Valley</button>`, `<map><area href="https://valley.example/rain" alt="x"></map>`,
		`<form action="https://valley.example/rain"><input type=submit></form>`, `<a data-href="https://valley.example/rain">x</a>`, `<a href="/x" href="https://valley.example/rain">x</a>`, `<a href="https://valley.example/rain">…</a>`, `<a href="https://valley.example/rain"></a>`,
		`<a href="https://valley.example/rain"><img src=x></a>`, `<a href="https://valley.example/rain"><img src=x alt="—"></a>`, `<script>document.write('`+sourceLink+`')</script>`, `<textarea>`+sourceLink+`</textarea>`, `<object>`+sourceLink+`</object>`, `<video>`+sourceLink+`</video>`,
		`<div class="promo">`+sourceLink+`</div>`, `<p class="social">`+sourceLink, `<a href="https://valley.example/rain"><img hidden alt="Valley"></a>`)
	runChecks(t, linkRequired, Met,
		`<header>`+sourceLink+`</header>`, `<footer>`+sourceLink+`</footer>`, `<div class="commentsx ad-free">`+sourceLink+`</div>`, `<div data-class=nav>`+sourceLink+`</div>`, `<a href="https://valley.example/rain"><img src=x alt="Valley"></a>`,
		`<a href="/x" href="y"></a><a href="https://valley.example/rain" href="/x">x</a>`, `<A HREF=https://valley.example/rain>7</A>`, `<section><div>`+sourceLink+`</div></section>`, `<figure><figcaption>`+sourceLink+`</figcaption></figure>`)
	main := `<!DOCTYPE html><body><p>` + sourceLink + `</p><main>` + twoParas + `</main><main>` + sourceLink + `</main>`
	check{name: "first main", page: main, clause: linkRequired, want: Unmet}.run(t)
	check{name: "role main", page: `<body><div role=main>` + twoParas + sourceLink + `</div>`, clause: linkRequired, want: Met}.run(t)
	check{name: "body", page: `<body>` + twoParas + sourceLink, clause: linkRequired, want: Met}.run(t)
	check{name: "footer of the body", page: `<body>` + twoParas + `<footer>` + sourceLink + `</footer>`, clause: linkRequired, want: Unmet}.run(t)
	check{name: "header of the body", page: `<body><header>` + sourceLink + `</header>` + twoParas, clause: linkRequired, want: Unmet}.run(t)
	check{name: "most visible text", page: `<article><p>Short. ` + sourceLink + `</p></article><article>` + twoParas + `</article>`, clause: linkRequired, want: Unmet}.run(t)
	check{name: "hidden article", page: `<article hidden>` + twoParas + twoParas + `</article><div role=article>` + twoParas + sourceLink + `</div>`, clause: linkRequired, want: Met}.run(t)
	check{name: "article in an aside", page: `<aside><article>` + twoParas + twoParas + `</article></aside><article>` + twoParas + sourceLink + `</article>`, clause: linkRequired, want: Met}.run(t)
}

// TestVisible is §5.
func TestVisible(t *testing.T) {
	styled := func(css string) string { return `<p style="` + css + `">From ` + sourceLink + `</p>` }
	var unseen, seen []string
	for _, css := range []string{
		"display:none", "visibility:hidden", "visibility:collapse", "opacity:0", "opacity:.09", "font-size:4.9px", "font-size:0", "font:0/0 a", "position:absolute;left:-9999px", "position:absolute;top:-999em", "position:fixed;right:200vw",
		"position:absolute;left:1280px", "position:absolute;left:100%", "position:relative;left:-2000px", "margin-left:-9999px", "text-indent:-9999px", "transform:translateX(-200vw)", "transform:translate(-9999px,0)", "translate:-3000px", "transform:scale(0)", "transform:scale(1,0)", "scale:0",
		"transform:matrix(0,0,0,0,0,0)", "position:absolute;clip:rect(0,0,0,0)", "position:fixed;clip:rect(1px 1px 1px 1px)", "clip-path:inset(50%)", "clip-path:inset(100%)", "clip-path:inset(0 0 100% 0)", "clip-path:circle(0)", "clip-path:polygon(0 0,0 0,0 0)", "clip-path:ellipse(0 50%)",
		"height:0;overflow:hidden", "max-height:1px;overflow:auto", "width:1px;overflow:hidden", "position:absolute;width:1px;height:1px;overflow:hidden;white-space:nowrap", "overflow:clip;height:0", "overflow-y:hidden;height:0", "content-visibility:hidden",
		"--d:none;display:var(--d)", "display:none!important;display:block", "d\\69splay:none", "DISPLAY:NONE", "display:none;display:bogus", "display:var(--nothing,none)", "margin-top:-9999px", "transform:translateY(-9999px)", "inset:0 auto auto -999px;position:absolute",
		"position:absolute;inset-inline-start:-5000px", "text-indent:200%;white-space:nowrap;overflow:hidden", "margin-left:1300px", "transform:translate3d(2000px,0,0)",
	} {
		unseen = append(unseen, styled(css))
	}
	for _, css := range []string{
		"display:block", "display:bogus", "opacity:.2", "font-size:5px", "left:-9999px", "clip:rect(0,0,0,0)", "clip:rect(0,200px,200px,0);position:absolute", "clip-path:inset(10%)", "height:0", "overflow:hidden", "width:1px", "height:2px;overflow:hidden", "height:0;padding-top:20px;overflow:hidden",
		"min-height:20px;max-height:0;overflow:hidden", "position:absolute;left:20px", "transform:scale(.5)", "transform:translate(-10px,0)", "transform:translate(-9999,0)", "visibility:bogus", "position:relative;top:20px", "margin-left:-20px", "text-indent:2em", "display:none;display:block",
		"display:none;all:unset", "display:var(--nothing)", "content-visibility:auto", "position:sticky;left:-9999px", "opacity:0;opacity:1", "/*display:none*/", "position:absolute;bottom:-4000px", "transform:rotate(45deg)", "height:1px;max-width:50%",
	} {
		seen = append(seen, styled(css))
	}
	unseen = append(unseen, `<div hidden><p>`+sourceLink+`</p></div>`, `<dialog>`+sourceLink+`</dialog>`, `<details><p>`+sourceLink+`</p></details>`, `<details><summary>x</summary><summary>`+sourceLink+`</summary></details>`, `<div style="opacity:.3"><p style="opacity:.3">`+sourceLink+`</p></div>`,
		`<div style="height:0;overflow:hidden"><p>`+sourceLink+`</p></div>`, `<font color=white>`+strings.Replace(sourceLink, ">V", ` style="color:inherit">V`, 1)+`</font>`, `<p style="visibility:hidden"><b>`+sourceLink+`</b></p>`, `<canvas>`+sourceLink+`</canvas>`,
		`<div style="transform:scale(0)"><p>`+sourceLink+`</p></div>`, `<p style="background:#00e">`+sourceLink+`</p>`, `<table bgcolor="#0000EE"><td>`+sourceLink+`</table>`, `<div style="height:0;overflow:hidden;position:relative"><p style="position:absolute">`+sourceLink+`</p></div>`)
	seen = append(seen, `<dialog open>`+sourceLink+`</dialog>`, `<details open>`+sourceLink+`</details>`, `<details><summary>`+sourceLink+`</summary>x</details>`, `<p style="visibility:hidden"><b style="visibility:visible">`+sourceLink+`</b></p>`, `<p aria-hidden=true inert>`+sourceLink+`</p>`,
		`<p hidden style="display:block">`+sourceLink+`</p>`, `<div style="height:0;overflow:hidden"><p style="position:absolute">`+sourceLink+`</p></div>`, `<div style="height:0;overflow:hidden"><p style="position:fixed">`+sourceLink+`</p></div>`, `<div style="background:#00e url(x.png)">`+sourceLink+`</div>`,
		`<div style="background:rgba(0,0,238,.4)">`+sourceLink+`</div>`, `<div style="background:#00e"><p style="background:#fff">`+sourceLink+`</p></div>`, `<div style="display:flex"><p style="flex:1;width:0;overflow:hidden">`+sourceLink+`</p></div>`, `<p style="display:none" style="">x</p>`+sourceLink,
		`<table style="width:1px;overflow:hidden"><td style="overflow:hidden;max-width:0">`+sourceLink+`</table>`)
	runChecks(t, linkRequired, Unmet, unseen...)
	runChecks(t, linkRequired, Met, seen...)

	for css, want := range map[string]Status{
		".s{display:none}": Unmet, "p.s{display:none} .s{display:block}": Unmet, ".s{display:none} .s{display:block}": Met, "#i{display:none} p.s{display:block}": Unmet, ".s{display:none!important} #i{display:block}": Unmet,
		"@media print{.s{display:none}}": Met, "@media screen{.s{display:none}}": Unmet, "@media (max-width:600px){.s{display:none}}": Met, "@media (min-width:600px){.s{display:none}}": Unmet, "@import 'x.css'; .s{display:none}": Unmet,
		"article > :last-child{display:none}": Unmet, "article p:nth-of-type(3){display:none}": Unmet, "p:not([class]){color:red}": Met, ".s:hover{display:none}": Met, ".s:bogus,.s{display:none}": Met, "<!-- .s{display:none} -->": Unmet,
		".s{animation:h 1s forwards}@keyframes h{to{opacity:0}}": Unmet, ".s{opacity:0;animation:h 1s both}@keyframes h{to{opacity:1}}": Met, ".s{opacity:0;animation:h 1s}@keyframes h{to{opacity:1}}": Unmet, ".s{animation:h 1s}@keyframes h{to{opacity:0}}": Met,
		":root{--c:#fff} a{color:var(--c)}": Unmet, "a{color:#fff}": Unmet, "a{color:#eee}": Unmet, "a{color:#999}": Met, "a{color:rgba(0,0,0,.05)}": Unmet, "@layer x{.s{display:none}} .s{display:block}": Met, "@layer x{.s{display:none!important}} .s{display:block!important}": Unmet,
		"@supports (display:grid){.s{display:none}}": Unmet, "@supports not (display:grid){.s{display:none}}": Met, "article{& .s{display:none}}": Unmet, ".s::before{display:none}": Met, "/* .s{display:none} */": Met, "body{background:#0000ee}": Unmet, ".s{display:none": Unmet,
		".s{content:'}';display:none}": Unmet, "article:has(.s) .s{display:none}": Unmet, "p~.s{visibility:hidden}": Unmet, "*{font-size:3px}": Undecidable, "html{font-size:4px}": Undecidable,
	} {
		check{name: css, head: "<style>" + css + "</style>", body: `<p class=s id=i>` + sourceLink + `</p>`, clause: linkRequired, want: want}.run(t)
	}
	check{name: "style in the body", body: `<p class=s>` + sourceLink + `</p><style>.s{display:none}</style>`, clause: linkRequired, want: Unmet}.run(t)
	check{name: "style in noscript", body: `<p class=s>` + sourceLink + `</p><noscript><style>.s{display:none}</style></noscript>`, clause: linkRequired, want: Met}.run(t)
	check{name: "style in a template", body: `<p class=s>` + sourceLink + `</p><template><style>.s{display:none}</style></template>`, clause: linkRequired, want: Met}.run(t)
	check{name: "style for print", head: `<style media=print>.s{display:none}</style>`, body: `<p class=s>` + sourceLink + `</p>`, clause: linkRequired, want: Met}.run(t)
	check{name: "link colour of the body", page: `<body link=white><article>` + twoParas + sourceLink, clause: linkRequired, want: Unmet}.run(t)
	check{name: "external sheet", head: `<link rel=stylesheet href="data:text/css,.s{display:none}">`, body: `<p class=s>` + sourceLink + `</p>`, clause: linkRequired, want: Met}.run(t)
}

// TestLinkVisible: link.visible wants the size of the text and a contrast of three.
func TestLinkVisible(t *testing.T) {
	clause := Clause{Kind: LinkVisible, Params: Params{Target: "article"}}
	link := func(css string) string {
		return `<p><a style="` + css + `" href="https://valley.example/rain">Valley Gazette</a></p>`
	}
	runChecks(t, clause, Met, link(""), link("font-size:15.5px"), link("font-size:20px"), link("color:#949494"), `<p style="font-size:2em">`+sourceLink, `<small>`+sourceLink+`</small> `+sourceLink,
		`<a href="https://valley.example/rain"><small>Valley</small> Gazette</a>`)
	runChecks(t, clause, Unmet, link("font-size:15.4px"), link("font-size:80%"), link("color:#aaa"), `<small>`+sourceLink+`</small>`, `<p><sup>`+sourceLink+`</sup></p>`, `<a href="https://valley.example/rain"><img src=x alt="Valley"></a>`, `<p>none`)
}

// TestLinkPlace is §6 and §8: numbers of blocks, and the first sentence.
func TestLinkPlace(t *testing.T) {
	place := func(within string) Clause {
		return Clause{Kind: LinkPlace, Params: Params{Target: "article", Within: within}}
	}
	for _, test := range []struct {
		top, body, within string
		want              Status
	}{
		{sourceLink, "", "first_paragraph", Met},
		{"<p>One. " + sourceLink + "</p>", "", "first_paragraph", Met},
		{"<p>One.</p><p>" + sourceLink + "</p>", "", "first_paragraph", Unmet},
		{"<p>One.</p><p>" + sourceLink + "</p>", "", "paragraphs:2", Met},
		{"<p class=source>" + sourceLink + "</p>", "", "top", Met},
		{"<p>One.</p><p class=source>" + sourceLink + "</p>", "", "top", Unmet},
		{"<p>One.</p><p class=source>" + sourceLink + "</p>", "", "paragraphs:2", Met},
		{"<figure><figcaption>" + sourceLink + "</figcaption></figure>", "", "top", Unmet},
		{"<h1>" + sourceLink + "</h1>", "", "top", Unmet},
		{"<h2>" + sourceLink + "</h2>", "", "top", Met},
		{"<p>One<br><br>" + sourceLink + "</p>", "", "top", Unmet},
		{"<p>One<br>" + sourceLink + "</p>", "", "top", Met},
		{"<p>One<br> &nbsp; <br>" + sourceLink + "</p>", "", "top", Unmet},
		{"<p>One</p>" + sourceLink + "<p>Two</p>", "", "top", Unmet},
		{"<p>…</p><p> </p><p>" + sourceLink + "</p>", "", "top", Met},
		{"<p hidden>One</p><p>" + sourceLink + "</p>", "", "top", Met},
		{"<p class=byline>By Ann</p><p class=date>7 May</p><p>" + sourceLink + "</p>", "", "top", Met},
		{"<span>One</span> <div>Two</div>" + sourceLink, "", "paragraphs:2", Unmet},
		{"<p>Rain fell. So says " + sourceLink + ".</p>", "", "first_sentence", Unmet},
		{"<p>Rain fell, so says " + sourceLink + ". More.</p>", "", "first_sentence", Met},
		{"<p>«Rain!» says " + sourceLink + ".</p>", "", "first_sentence", Unmet},
		{"<p>“Rain?”, says " + sourceLink + ".</p>", "", "first_sentence", Met},
		{"<p>Mr. B. Ann of " + sourceLink + ".</p>", "", "first_sentence", Met},
		{"<p>В 2026 г. в долине ул. Мира, " + sourceLink + ".</p>", "", "first_sentence", Met},
		{"<p>Անձրև է։ Գրում է " + sourceLink + "։</p>", "", "first_sentence", Unmet},
		{"<p>2026 թ. անձրև, գրում է " + sourceLink + "։</p>", "", "first_sentence", Met},
		{"<p>It is 3.5 degrees, says " + sourceLink + ".</p>", "", "first_sentence", Met},
		{"<p class=source>A. One. Two. " + sourceLink + "</p>", "", "first_sentence", Met},
		{"<p>One.</p><p class=source>" + sourceLink + "</p>", "", "first_sentence", Unmet},
		{"", "<p>" + sourceLink + "</p>", "end", Met},
		{"", "<p>" + sourceLink + "</p><p>More.</p>", "end", Unmet},
		{"", "<p>" + sourceLink + "</p><div class=tags>More.</div><p class=byline>Ann</p>", "end", Met},
		{sourceLink, "<p>x</p>", "end", Unmet},
		{"", "<h2>" + sourceLink + "</h2>", "end", Met},
		{"", "<p>" + sourceLink + "</p>", "somewhere", Undecidable},
		{"<p>" + sourceLink, "", "paragraphs:x", Undecidable},
		{"<p><time>7 May</time></p><p><span class=author>Ann</span> <time>7 May</time></p><p>" + sourceLink + "</p>", "", "top", Met},
		{"<p><span class=author>Ann</span> writes</p><p>" + sourceLink + "</p>", "", "top", Unmet},
		{`<p><span class="credit">From here</span></p><p>` + sourceLink + "</p>", "", "top", Met},
		{"<center>One</center>" + sourceLink, "", "top", Unmet},
		{`<p style="display:inline">One</p> ` + sourceLink, "", "top", Unmet},
		{`<span style="display:block">One</span> ` + sourceLink, "", "top", Met},
	} {
		check{name: test.within + " " + test.top + test.body, top: test.top, body: test.body, clause: place(test.within), want: test.want}.run(t)
	}
}

// TestFollowable is link.followable.
func TestFollowable(t *testing.T) {
	clause := Clause{Kind: LinkFollowable, Params: Params{Target: "article"}}
	link := func(rel string) string { return `<a rel="` + rel + `" href="https://valley.example/rain">Valley</a>` }
	runChecks(t, clause, Met, link("noopener external"), link("nofollower"), link("nofollow")+link(""), `<!--noindex-->x<!--/noindex-->`+link(""), `<meta name=robots content="index,follow,max-snippet:-1">`+link(""), `<meta name=otherbot content=noindex>`+link(""),
		`<template><meta name=robots content=none></template>`+link(""), `<meta property=robots content=noindex>`+link(""))
	runChecks(t, clause, Unmet, link("nofollow"), link("noopener NoFollow"), link("ugc"), link("sponsored"), `<noindex>`+link("")+`</noindex>`, `<noindex><p>`+link("")+`</p></noindex>`, `<!--noindex-->`+link("")+`<!--/noindex-->`, `<p>x<!-- noindex --></p><p>`+link("")+`</p><!-- /noindex -->`,
		`<meta name=ROBOTS content="NOINDEX, follow">`+link(""), `<meta name=googlebot content=none>`+link(""), `<meta name=yandex content="index nofollow">`+link(""), `<meta name=bingbot content="noarchive,nofollow">`+link(""), `<p>none</p>`)
	for value, want := range map[string]Status{
		"noindex": Unmet, "otherbot: noindex": Met, "otherbot: noindex, nofollow": Met, "googlebot: nofollow": Unmet, "otherbot: noarchive, googlebot: none": Unmet, "max-snippet: 20, noindex": Unmet, "unavailable_after: 25 Jun 2010 15:00:00 PST": Met,
		"unavailable_after: Friday, 25 Jun 2010 15:00:00 PST, nofollow": Unmet, "googlebot: noarchive, otherbot: noindex": Met, "otherbot: max-snippet: 5, noindex": Met, "all": Met, "max-image-preview: none": Met, "NOFOLLOW": Unmet,
	} {
		check{name: value, body: link(""), header: map[string][]string{"x-Robots-TAG": {value}}, clause: clause, want: want}.run(t)
	}
	check{name: "two headers", body: link(""), header: map[string][]string{"X-Robots-Tag": {"otherbot: noarchive", "noindex"}}, clause: clause, want: Unmet}.run(t)
	check{name: "unreadable and closed", page: `<meta name=robots content=noindex><body><div id=app></div>`, clause: clause, want: Unmet}.run(t)
	check{name: "unreadable and open", page: `<body><div id=app></div>`, clause: clause, want: Undecidable}.run(t)
}

// TestCredits is credit.* and the finding of names.
func TestCredits(t *testing.T) {
	source := Clause{Kind: CreditSource}
	runChecks(t, source, Met, `<p>Valley Gazette</p>`, `<p>the VALLEY-GAZETTE’s man</p>`, `<p>Valley «Gazette»</p>`, `<p>Val&shy;ley&nbsp; Gazette</p>`, `<p>Долинной газетой</p>`, `<p>«Долинную газету»</p>`, `<p>Ձորի լրաբերը</p>`, `<p>«Ձորի լրաբեր»-ի</p>`, `<p>valley.example</p>`, `<p>(www.valley.example).</p>`,
		`<p>https://valley.example/x</p>`, `<p>Ｖａｌｌｅｙ Gazette</p>`, `<p>Valley <b>Ga</b>zette</p>`, `<h2>Valley Gazette</h2>`, `<h1>Valley Gazette</h1>`, `<p class=byline>Valley Gazette</p>`, `<p>Valley<br>Gazette</p>`, `<p>Ձորի լրաբերից</p>`)
	runChecks(t, source, Unmet, `<p>Valley's Gazette</p>`, `<p>Valley, Gazette</p>`, `<p>Gazette Valley</p>`, `<p>Valley</p><p>Gazette</p>`, `<p>ValleyGazette</p>`, `<figcaption>Valley Gazette</figcaption>`, `<img alt="Valley Gazette">`, `<p title="Valley Gazette">x</p>`, `<p>Долинная газетка</p>`, `<p>Vаlley Gazette</p>`,
		`<p>notvalley.example</p>`, `<p>valley.example.test</p>`, `<p>m.valley.example</p>`, `<p>Valley Gazettes</p>`, `<nav>Valley Gazette</nav>`, `<p hidden>Valley Gazette</p>`, `<p>Valley new Gazette</p>`, `<p>Ձորի լրաբերություն</p>`, `<p>V. Gazette</p>`, `<figure><p>Valley Gazette</p></figure>`)
	author := Clause{Kind: CreditAuthor}
	runChecks(t, author, Met, `<p>By Ann Bell</p>`, `<p>Bell, Ann</p>`, `<p>BELL ANN</p>`, `<p>Энн Белл</p>`, `<p>Էնն Բելլի</p>`, `<address>Ann-Bell</address>`)
	runChecks(t, author, Unmet, `<p>A. Bell</p>`, `<p>Bell</p>`, `<p>Ann Mary Bell</p>`, `<p>Ann. Bell</p>`, `<figcaption>Ann Bell</figcaption>`, `<p>Anna Bell</p>`)
	check{name: "no author", clause: author, want: Undecidable, facts: func(f *Facts) { f.Original.Authors = nil }}.run(t)
	check{name: "one of two authors", body: "<p>Ann Bell</p>", clause: author, want: Unmet, facts: func(f *Facts) { f.Original.Authors = []string{"Ann Bell", "Tom Reed"} }}.run(t)
	translator := Clause{Kind: CreditTranslator}
	runChecks(t, translator, Met, `<p>Перевод с английского Инны Полевой</p>`, `<p>Инна Полевая</p><p>from English</p>`, `<p>անգլերենից</p><p>Полевая Инна</p>`)
	runChecks(t, translator, Unmet, `<p>Перевод Инны Полевой</p>`, `<p>Английский</p><p>x</p><p>Инна Полевая</p>`, `<p>с английского</p>`, `<p>с русского Инна Полевая</p>`, `<p>Инна Полевая</p><figcaption>from English</figcaption>`)
	check{name: "no translator", clause: translator, want: Undecidable, facts: func(f *Facts) { f.Translator = "" }}.run(t)
	chain := Clause{Kind: CreditChain}
	runChecks(t, chain, Met, `<a href="https://mill.example/7">M</a> <a href="https://valley.example/">V</a>`, `<a href="https://mill.example/">M</a> <a href="//valley.example">V</a>`)
	runChecks(t, chain, Unmet, `<a href="https://mill.example/7">M</a>`, `<a href="https://mill.example/8">M</a> <a href="https://valley.example/">V</a>`, `<a href="https://mill.example/7"></a> <a href="https://valley.example/">V</a>`)
	check{name: "no chain", clause: chain, want: Undecidable, facts: func(f *Facts) { f.Chain = nil }}.run(t)
	for where, bodies := range map[string][2]string{
		"byline":          {`<p class=author>Valley Gazette</p>`, `<p class=date>Valley Gazette</p>`},
		"end":             {`<p>x</p><p>Valley Gazette</p>`, `<p>Valley Gazette</p><p>x</p>`},
		"first_paragraph": {``, `<p>Valley Gazette</p>`},
		"title":           {``, `<h1>Valley Gazette</h1>`},
	} {
		clause := Clause{Kind: CreditPlace, Params: Params{Where: where}}
		check{name: where, body: bodies[1], clause: clause, want: Unmet}.run(t)
		if bodies[0] != "" {
			check{name: where, body: bodies[0], clause: clause, want: Met}.run(t)
		}
	}
	check{name: "first paragraph", top: `<p class=source>Valley Gazette</p>`, clause: Clause{Kind: CreditPlace, Params: Params{Where: "first_paragraph"}}, want: Met}.run(t)
	check{name: "title outside", page: `<h1>Valley Gazette</h1><article>` + twoParas, clause: Clause{Kind: CreditPlace, Params: Params{Where: "title"}}, want: Met}.run(t)
	check{name: "title of the document", page: `<title>Valley Gazette</title><article>` + twoParas, clause: Clause{Kind: CreditPlace, Params: Params{Where: "title"}}, want: Unmet}.run(t)
	wording := Clause{Kind: CreditWording, Params: Params{Text: "From the “Valley Gazette” - with leave."}}
	runChecks(t, wording, Met, `<p>FROM THE «Valley Gazette»—with leave</p>`, `<p>x From&nbsp;the "Valley Ga&shy;zette" – with leave. y</p>`, `<h1>From the "Valley Gazette" - with leave</h1>`)
	runChecks(t, wording, Unmet, `<p>From the Valley Gazette - with leave</p>`, `<p>From the "Valley Gazette"</p><p>- with leave</p>`, `<figcaption>From the "Valley Gazette" - with leave</figcaption>`)
	licence := Clause{Kind: CreditLicenceLink, Params: Params{URL: "https://creativecommons.org/licenses/by/4.0/"}}
	runChecks(t, licence, Met, `<a href="http://creativecommons.org/licenses/by/4.0/deed.ru">CC</a>`, `<a href="https://creativecommons.org/licenses/by/4.0">CC</a>`, `<a href="https://creativecommons.org/licenses/by/4.0/legalcode">CC</a>`)
	runChecks(t, licence, Unmet, `<a href="https://creativecommons.org/licenses/by-sa/4.0/">CC</a>`, `<link rel=license href="https://creativecommons.org/licenses/by/4.0/">`, `<a href="https://creativecommons.org/licenses/by/3.0/deed">CC</a>`)
	runChecks(t, Clause{Kind: EditDeclare, Params: Params{TextAny: []string{"Shortened", "Edited"}}}, Met, `<p>edited.</p>`)
	runChecks(t, Clause{Kind: EditDeclare, Params: Params{TextAny: []string{"Shortened", "Edited"}}}, Unmet, `<p>As it was.</p>`)
	more := Clause{Kind: LimitReadMore, Params: Params{Text: "Read on at Valley"}}
	runChecks(t, more, Met, `<p>Read on at <a href="https://valley.example/rain">Valley</a></p>`)
	runChecks(t, more, Unmet, `<p>Read on at <a href="https://valley.example/">Valley</a></p>`, `<p>Read on at Valley</p><p>`+sourceLink+`</p>`)
	runChecks(t, Clause{Kind: LinkKeepInner}, Met, `<a href="https://mill.example/wheel">w</a>`)
	runChecks(t, Clause{Kind: LinkKeepInner}, Unmet, `<a href="https://mill.example/wheels">w</a>`, `<a href="https://go.test/?u=https://mill.example/wheel">w</a>`)
}

// TestLimits is limit.*, over the 183 characters, 37 words and two paragraphs of the article.
func TestLimits(t *testing.T) {
	count := func(unit string, most int) Clause {
		return Clause{Kind: LimitCount, Params: Params{Unit: unit, Max: most}}
	}
	for _, test := range []struct {
		body   string
		clause Clause
		want   Status
	}{
		{"", count("paragraphs", 2), Met},
		{"<p>x</p>", count("paragraphs", 2), Unmet},
		{"<p class=byline>x</p><p class=credit>y</p><figcaption>z</figcaption><aside>w</aside>", count("paragraphs", 2), Met},
		{"<p>…</p>", count("paragraphs", 2), Met},
		{"<p hidden>x</p>", count("paragraphs", 2), Undecidable},
		{"<details><p>x</p></details>", count("paragraphs", 2), Unmet},
		{"<template><p>x</p></template><noscript><p>x</p></noscript><!--<p>x</p>--><script>x</script>", count("paragraphs", 2), Met},
		{"<p style='color:#fff'>x</p>", count("paragraphs", 2), Undecidable},
		{"<details hidden><p>x</p></details>", count("paragraphs", 2), Undecidable},
		{"<h2>x</h2>", count("paragraphs", 2), Met},
		{"", count("words", 37), Met},
		{"", count("words", 36), Unmet},
		{"<h2>x</h2>", count("words", 37), Unmet},
		{"<h2>—</h2>", count("words", 37), Met},
		{"<p hidden>x", count("words", 37), Undecidable},
		{"<p hidden>x", count("words", 36), Unmet},
		{"", count("characters", 183), Met},
		{"", count("characters", 182), Unmet},
		{"<h2>e\u0301&shy; &nbsp; x</h2>", count("characters", 186), Met},
		{"<h2>e\u0301&shy; &nbsp; x</h2>", count("characters", 185), Unmet},
		{"", count("pages", 1), Undecidable},
		{"", Clause{Kind: LimitShare, Params: Params{Percent: 18.3}}, Met},
		{"", Clause{Kind: LimitShare, Params: Params{Percent: 18.2}}, Unmet},
		{"<p>" + strings.Repeat("вода ", 80), Clause{Kind: LimitShare, Params: Params{Percent: 90}}, Undecidable},
	} {
		check{name: test.clause.Unit + " " + test.body, body: test.body, clause: test.clause, want: test.want}.run(t)
	}
}

// TestMedia is media.exclude and track.pixel.
func TestMedia(t *testing.T) {
	exclude := func(kinds ...string) Clause { return Clause{Kind: MediaExclude, Params: Params{Kinds: kinds}} }
	runChecks(t, exclude("img"), Unmet, `<img src=x>`, `<img data-src=x>`, `<img srcset="x 2x">`, `<img data-lazy-src=x hidden>`, `<amp-img src=x></amp-img>`, `<picture><source srcset=x></picture>`, `<input type=image>`, `<object type=image/png data=x></object>`, `<embed type="image/gif" src=x>`,
		`<svg><image href=x /></svg>`, `<svg><image xlink:href=x /></svg>`, `<div style="background-image:url(x.jpg)"></div>`, `<div style="background:#fff url('x.jpg') no-repeat"></div>`, `<style>.z{background:url(x)}</style><b class=z></b>`, `<img src="data:image/png;base64,x">`, `<img src=x width=1 height=40>`,
		`<img src=x width=2 height=1>`, `<header><img src=x></header>`, `<p style="--i:url(x.jpg);background-image:var(--i)">x</p>`)
	runChecks(t, exclude("img"), Met, `<img>`, `<img alt=x>`, `<img src=x width=1 height=1>`, `<img src=x style="width:1px;height:0">`, `<noscript><img src=x></noscript>`, `<template><img src=x></template>`, `<svg><path d="M0 0h9"/></svg>`, `<div style="background-image:url(data:image/png;base64,x)"></div>`, `<aside><img src=x></aside>`,
		`<div class=related><img src=x></div>`, `<article><img src=x></article>`, `<video src=x></video>`, `<div style="background:linear-gradient(red,blue)"></div>`, `<!--<img src=x>-->`, `</article><img src=x><article>`, `<p data-x="url(x)" style="background:url(x);background:none">x</p>`)
	runChecks(t, exclude("video"), Unmet, `<video></video>`, `<amp-youtube></amp-youtube>`, `<amp-iframe></amp-iframe>`, `<iframe src="https://www.youtube-nocookie.com/x"></iframe>`, `<iframe data-src="//x.test/embed/4"></iframe>`, `<iframe src="https://player.test/"></iframe>`, `<object data="/videos/4"></object>`, `<embed src="https://vimeo.test/4">`)
	runChecks(t, exclude("video"), Met, `<iframe src="https://maps.test/x"></iframe>`, `<iframe src="https://x.test/embedded"></iframe>`, `<img src="/video/x.jpg">`, `<iframe src="https://x.test/?v=youtube"></iframe>`, `<audio></audio>`)
	runChecks(t, exclude("audio", "iframe"), Unmet, `<audio></audio>`, `<iframe></iframe>`)
	check{name: "in the main around", page: `<main><img src=x><article>` + twoParas + `</article></main>`, clause: exclude("img"), want: Unmet}.run(t)
	check{name: "outside of the main", page: `<img src=x><main><article>` + twoParas + `</article></main>`, clause: exclude("img"), want: Met}.run(t)

	pixel := Clause{Kind: TrackPixel, Params: Params{URL: "https://count.example/p?n=7"}}
	runChecks(t, pixel, Met, `<img src="https://count.example/p?n=7">`, `<img hidden src="http://count.example/p?n=7">`, `<amp-pixel src="//count.example/p?n=7"></amp-pixel>`, `</article><aside><img src="https://count.example/p?n=7"></aside>`)
	runChecks(t, pixel, Unmet, `<img src="https://count.example/p?n=8">`, `<img src="https://www.count.example/p?n=7">`, `<img data-src="https://count.example/p?n=7">`, `<noscript><img src="https://count.example/p?n=7"></noscript>`, `<template><img src="https://count.example/p?n=7"></template>`, `<script src="https://count.example/p?n=7"></script>`, `<img src="https://count.example/p?n=7&utm_x=1">`)
	check{name: "pixel of an unreadable page", page: `<img src="https://count.example/p?n=7">`, clause: pixel, want: Met}.run(t)
	check{name: "no pixel on an unreadable page", page: `<p>Loading</p>`, clause: pixel, want: Undecidable}.run(t)
	both := Verify(Page{Body: []byte(`<article>` + twoParas + `<img src="https://count.example/p?n=7">`), URL: "https://own.example/"}, valley, []Clause{pixel, exclude("img")})
	if both[1].Status != Met {
		t.Errorf("the pixel of the terms is taken for a picture: %v", both)
	}
}

// TestCanonical is seo.canonical.
func TestCanonical(t *testing.T) {
	original, self := Clause{Kind: SEOCanonical, Params: Params{Value: "original"}}, Clause{Kind: SEOCanonical, Params: Params{Value: "self"}}
	for head, want := range map[string][2]Status{
		`<link rel=canonical href="https://valley.example/rain">`:                         {Met, Unmet},
		`<link rel="alternate CANONICAL" href="//www.valley.example/2026/rain?b=2&id=7">`: {Met, Unmet},
		`<link rel=canonical href="/en/1">`:                                               {Unmet, Met},
		`<link rel=canonical href="">`:                                                    {Unmet, Unmet},
		``:                                                                                {Unmet, Unmet},
		`<link rel=canonical href="/en/1"><link rel=canonical href="https://valley.example/rain">`:                           {Unmet, Unmet},
		`<link rel=canonical href="https://valley.example/rain"><link rel=canonical href="http://www.valley.example/rain/">`: {Met, Unmet},
		`<noscript><link rel=canonical href="/en/1"></noscript>`:                                                             {Unmet, Unmet},
		`<template><link rel=canonical href="/en/1"></template>`:                                                             {Unmet, Unmet},
		`<!--<link rel=canonical href="/en/1">-->`:                                                                           {Unmet, Unmet},
		`<p>x<link rel=canonical href="/en/1">`:                                                                              {Unmet, Unmet},
		`<base href="https://valley.example/"><link rel=canonical href="rain">`:                                              {Met, Unmet},
		`<meta property=og:url content="/en/1">`:                                                                             {Unmet, Unmet},
	} {
		check{name: head, head: head, clause: original, want: want[0]}.run(t)
		check{name: head, head: head, clause: self, want: want[1]}.run(t)
	}
	header := func(v ...string) map[string][]string { return map[string][]string{"LINK": v} }
	check{name: "header", header: header(`</x.css>; rel=preload, <https://valley.example/rain>; rel="canonical"`), clause: original, want: Met}.run(t)
	check{name: "header and head differ", header: header(`<https://valley.example/rain>; rel=canonical`), head: `<link rel=canonical href="/en/1">`, clause: original, want: Unmet}.run(t)
	check{name: "relative header", header: header(`</en/1>;title="a, b";rel=canonical`), head: `<base href="https://evil.test/">`, clause: self, want: Met}.run(t)
	check{name: "unreadable", page: `<link rel=canonical href="/en/1"><div id=app></div>`, clause: self, want: Met}.run(t)
	check{name: "empty file", page: " \n", header: header(`</en/1>; rel=canonical`), clause: self, want: Undecidable}.run(t)
}

// TestTimes is time.embargo.
func TestTimes(t *testing.T) {
	for _, test := range []struct {
		until, now string
		want       Status
	}{
		{"2026-04-29T06:00:00Z", "2026-04-29T06:00:00Z", Met},
		{"2026-04-29T06:00:00Z", "2026-04-29T05:59:59Z", Unmet},
		{"2026-04-29T10:00:00+04:00", "2026-04-29T06:00:00Z", Met},
		{"2026-04-29T06:00:00Z", "2026-04-29T08:00+03:00", Unmet},
		{"2026-04-29T06:00", "2026-04-29T12:00:00Z", Undecidable},
		{"2026-04-29T06:00", "2026-04-29T18:00:00Z", Met},
		{"2026-04-29T06:00", "2026-04-28T16:00:00Z", Undecidable},
		{"2026-04-29T06:00", "2026-04-28T15:59:00Z", Unmet},
		{"2026-04-29", "2026-04-29T12:00:00Z", Met},
		{"2026-04-29", "2026-04-29T11:00:00Z", Undecidable},
		{"2026-04-29", "2026-04-28T09:00:00Z", Unmet},
		{"2026-04-29 06:00:00 +0400", "2026-04-29T02:00:00.5Z", Met},
		{"soon", "2026-04-29T02:00:00Z", Undecidable},
		{"2026-04-29", "2026-04-29", Undecidable},
		{"2026-04-29", "2026-05-29", Met},
	} {
		check{name: test.until + " " + test.now, clause: Clause{Kind: TimeEmbargo, Params: Params{Until: test.until, Now: test.now}}, want: test.want}.run(t)
	}
}

// TestReading is §3: decoding and parsing; and §2.
func TestReading(t *testing.T) {
	russian := "<article><p>\xc4\xee\xeb\xe8\xed\xed\xe0\xff \xe3\xe0\xe7\xe5\xf2\xe0</p>" + twoParas + "</article>" // windows-1251
	source := Clause{Kind: CreditSource}
	typed := func(v string) map[string][]string { return map[string][]string{"content-type": {v}} }
	for _, test := range []struct {
		name, page string
		header     map[string][]string
		want       Status
	}{
		{"charset of the header", russian, typed("text/html; charset=windows-1251"), Met},
		{"quoted, odd case", russian, typed(`text/html;Charset="CP1251"`), Met},
		{"charset of the meta", "<meta charset=windows-1251>" + russian, nil, Met},
		{"http-equiv", `<meta http-equiv=Content-Type content="text/html; charset=windows-1251">` + russian, nil, Met},
		{"header before meta", "<meta charset=utf-8>" + russian, typed("text/html; charset=windows-1251"), Met},
		{"meta in a comment", "<!-- <meta charset=windows-1251> -->" + russian, nil, Unmet},
		{"first meta", "<meta charset=utf-8><meta charset=windows-1251>" + russian, nil, Unmet},
		{"unknown charset of the header", "<meta charset=windows-1251>" + russian, typed("text/html; charset=bogus"), Met},
		{"late meta", strings.Repeat("<!-- x -->", 200) + "<meta charset=windows-1251>" + russian, nil, Met},
		{"meta utf-16 means utf-8", "<meta charset=utf-16><article><p>Долинная газета</p>" + twoParas, nil, Met},
		{"mark before header", "\xef\xbb\xbf<article><p>Долинная газета</p>" + twoParas, typed("text/html; charset=windows-1251"), Met},
		{"none is utf-8", "<article><p>Долинная газета</p>" + twoParas, nil, Met},
		{"content without http-equiv", `<meta content="text/html; charset=windows-1251">` + russian, nil, Unmet},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body><article><p>Valley Gazette</p>` + twoParas, nil, Met},
		{"self-closing script", `<article><script src=x /><p>Valley Gazette</p>` + twoParas + `</script>`, nil, Undecidable},
	} {
		check{name: test.name, page: test.page, header: test.header, clause: source, want: test.want}.run(t)
	}
	var utf16 strings.Builder
	utf16.WriteString("\xff\xfe")
	for _, b := range []byte("<article><p>Valley Gazette</p>" + twoParas) {
		utf16.WriteByte(b)
		utf16.WriteByte(0)
	}
	check{name: "UTF-16", page: utf16.String(), clause: source, want: Met}.run(t)

	for _, page := range []string{"", "<body></body>", "<p>Loading…</p>", "<frameset><frame src=x></frameset>", "<article><iframe src=x></iframe></article>", "<div id=root></div><script>x()</script>", "<article><p style='display:none'>" + twoParas + "</p></article>" + "<article></article>", "<article>" + strings.Repeat("<div>", 600) + twoParas} {
		for _, kind := range []Kind{LinkRequired, LinkVisible, CreditSource, LimitCount, MediaExclude, CreditChain, TranslationAllowed} {
			if strings.Contains(page, "display:none") {
				continue
			}
			check{name: string(kind) + " " + page, page: page + " ", clause: Clause{Kind: kind, Params: Params{Unit: "words", Max: 9}}, want: Undecidable}.run(t)
		}
		check{name: page, page: page + " ", clause: Clause{Kind: TranslationAllowed, Params: Params{Value: "yes"}}, want: Met}.run(t)
		check{name: page, page: page + " ", clause: Clause{Kind: TimeEmbargo, Params: Params{Until: "2026-01-01", Now: "2026-03-01"}}, want: Met}.run(t)
	}
	for _, kind := range []Kind{Notify, LimitEssential, PermissionRequired, PermissionCommercial, BulkNone, ResaleNone, AdsNone, EditNone, MediaUnchanged, CreditLogo, Takedown, "something.new"} {
		check{name: string(kind), clause: Clause{Kind: kind}, want: Undecidable}.run(t)
	}
	granted, refused := true, false
	for _, test := range []struct {
		lang  string
		value string
		grant *bool
		want  Status
	}{
		{"ru", "yes", nil, Met}, {"en", "no", nil, Met}, {"ru", "no", &granted, Unmet}, {"ru", "permission", &granted, Met}, {"ru", "permission", &refused, Unmet}, {"ru", "permission", nil, Undecidable}, {"en", "permission", nil, Met},
	} {
		check{name: test.lang + test.value, clause: Clause{Kind: TranslationAllowed, Params: Params{Value: test.value, Grant: test.grant}}, want: test.want, facts: func(f *Facts) { f.Original.Language = test.lang }}.run(t)
	}
}
