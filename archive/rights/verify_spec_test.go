package rights

import (
	"strings"
	"testing"
)

// specCase is one sentence of the specification, tried on one side. The page is that of check.
type specCase struct {
	says   string
	want   Status
	clause Clause
	top    string
	body   string
	head   string
	page   string
	header map[string][]string
	facts  func(*Facts)
}

func runSpec(t *testing.T, cases []specCase) {
	t.Helper()
	for _, c := range cases {
		check{name: c.says, top: c.top, body: c.body, head: c.head, page: c.page, header: c.header, clause: c.clause, want: c.want, facts: c.facts}.run(t)
	}
}

func outlets(names ...string) func(*Facts) {
	return func(f *Facts) { f.Original.OutletNames = names }
}

var (
	specSource = Clause{Kind: CreditSource}
	specAuthor = Clause{Kind: CreditAuthor}
	specFollow = Clause{Kind: LinkFollowable, Params: Params{Target: "article"}}
	specEnd    = Clause{Kind: LinkPlace, Params: Params{Target: "article", Within: "end"}}
	specTop    = Clause{Kind: LinkPlace, Params: Params{Target: "article", Within: "top"}}
	specLimit  = Clause{Kind: LimitCount, Params: Params{Unit: "characters", Max: 100000}}
)

// TestSpecReadable is §2: which pages can be read.
func TestSpecReadable(t *testing.T) {
	letters := func(n int) string { return strings.Repeat("a", n) }
	runSpec(t, []specCase{
		{says: "60 letters are enough", want: Met, clause: specLimit, page: `<article><p>` + letters(60)},
		{says: "59 are not", want: Undecidable, clause: specLimit, page: `<article><p>` + letters(59)},
		{says: "digits count", want: Met, clause: specLimit, page: `<article><p>` + letters(59) + `7`},
		{says: "dashes do not", want: Undecidable, clause: specLimit, page: `<article><p>` + letters(59) + `—…!`},
		{says: "headings count", want: Met, clause: specLimit, page: `<article><h2>` + letters(30) + `</h2><p>` + letters(30)},
		{says: "titles do not", want: Undecidable, clause: specLimit, page: `<article><h1>` + letters(60) + `</h1><p>` + letters(30)},
		{says: "captions do not", want: Undecidable, clause: specLimit, page: `<article><figure><figcaption>` + letters(60) + `</figcaption></figure><p>` + letters(30)},
		{says: "bylines do not", want: Undecidable, clause: specLimit, page: `<article><p class=byline>` + letters(60) + `</p><p>` + letters(30)},
		{says: "credits do not", want: Undecidable, clause: specLimit, page: `<article><p class=credit>` + letters(60) + `</p><p>` + letters(30)},
		{says: "hidden text does not", want: Undecidable, clause: specLimit, page: `<article><p hidden>` + letters(60) + `</p><p>` + letters(30)},
		{says: "text outside of the region does not", want: Undecidable, clause: specLimit, page: `<p>` + letters(90) + `</p><article><p>` + letters(30)},
		{says: "an empty article is the region", want: Undecidable, clause: specLimit, page: `<article></article><main><p>` + letters(90)},
		{says: "an empty main is the region", want: Undecidable, clause: specLimit, page: `<main></main><p>` + letters(90)},
		{says: "canonical is read off an unreadable page", want: Unmet, clause: Clause{Kind: SEOCanonical, Params: Params{Value: "self"}}, page: `<title>x</title><p>Loading`},
		{says: "no source link on an unreadable page", want: Undecidable, clause: linkRequired, page: `<article><p>Wait</p>` + sourceLink},
		{says: "translation yes", want: Met, clause: Clause{Kind: TranslationAllowed, Params: Params{Value: "yes"}}, page: `<p>x`},
		{says: "translation no", want: Undecidable, clause: Clause{Kind: TranslationAllowed, Params: Params{Value: "no"}}, page: `<p>x`},
		{says: "closed by header", want: Unmet, clause: specFollow, page: `<p>x`, header: map[string][]string{"x-robots-tag": {"none"}}},
		{says: "nofollow on the link closes no page", want: Undecidable, clause: specFollow, page: `<p>x <a rel=nofollow href="https://valley.example/rain">x</a>`},
		{says: "an embargo needs no page", want: Unmet, clause: Clause{Kind: TimeEmbargo, Params: Params{Until: "2026-05-01T00:00:00Z", Now: "2026-04-01T00:00:00Z"}}, page: ` `},
		{says: "keep_inner of none on an unreadable page", want: Undecidable, clause: Clause{Kind: LinkKeepInner}, page: `<p>x`, facts: func(f *Facts) { f.Original.InnerLinks = nil }},
		{says: "keep_inner of none", want: Met, clause: Clause{Kind: LinkKeepInner}, facts: func(f *Facts) { f.Original.InnerLinks = nil }},
	})
}

// TestSpecParsing is §3.
func TestSpecParsing(t *testing.T) {
	koi := "<article><p>\xe4\xcf\xcc\xc9\xce\xce\xc1\xd1 \xc7\xc1\xda\xc5\xd4\xc1</p>" + twoParas // koi8-r
	typed := func(v string) map[string][]string { return map[string][]string{"Content-Type": {v}} }
	runSpec(t, []specCase{
		{says: "koi8-r in the header", want: Met, clause: specSource, page: koi, header: typed("text/html; charset=koi8-r")},
		{says: "koi8-r in a meta", want: Met, clause: specSource, page: "<meta charset=KOI8-R>" + koi},
		{says: "charset before other parameters", want: Met, clause: specSource, page: koi, header: typed("text/html; charset=koi8-r; q=1")},
		{says: "the mark of utf-8 beats a meta", want: Met, clause: specSource, page: "\xef\xbb\xbf<meta charset=koi8-r><article><p>Долинная газета</p>" + twoParas},
		{says: "noscript in the head", want: Met, clause: specFollow, head: `<noscript><meta name=robots content=noindex></noscript>`, body: sourceLink},
		{says: "noscript ends no paragraph", want: Met, clause: specTop, top: `<p>One<noscript></p><p>x</noscript> ` + sourceLink + `</p>`},
		{says: "a conditional comment is a comment", want: Met, clause: specFollow, head: `<!--[if gte IE 9]><meta name=robots content=noindex><![endif]-->`, body: sourceLink},
		{says: "what is between downlevel-revealed comments is there", want: Unmet, clause: specFollow, head: `<!--[if !IE]>--><meta name=robots content=noindex><!--<![endif]-->`, body: sourceLink},
		{says: "the first of two equal attributes", want: Unmet, clause: specFollow, body: `<a rel=nofollow rel="" href="https://valley.example/rain">Valley</a>`},
		{says: "the first class", want: Met, clause: linkRequired, body: `<p class=x class=ads>` + sourceLink},
		{says: "a base without an address is none", want: Met, clause: linkRequired, head: `<base target=_blank><base href="https://valley.example/x/">`, body: `<a href="../rain">Valley</a>`},
		{says: "a relative base", want: Unmet, clause: linkRequired, head: `<base href="/x/"><base href="https://valley.example/">`, body: `<a href="rain">Valley</a>`},
		{says: "a base in a template is none", want: Unmet, clause: linkRequired, head: `<template><base href="https://valley.example/"></template>`, body: `<a href="/rain">Valley</a>`},
		{says: "a base in noscript is none", want: Unmet, clause: linkRequired, head: `<noscript><base href="https://valley.example/"></noscript>`, body: `<a href="/rain">Valley</a>`},
		{says: "a base in the article counts", want: Met, clause: linkRequired, body: `<a href="/rain">Valley</a><base href="https://valley.example/">`},
		{says: "unclosed tags", want: Met, clause: linkRequired, body: `<p>a<p>b <b>` + sourceLink},
		{says: "a link in a link closes the first", want: Met, clause: linkRequired, body: `<a href=/x>one <a href="https://valley.example/rain">two</a>`},
		{says: "AMP", want: Met, clause: linkRequired, page: `<!doctype html><html ⚡ lang=en><head><style amp-boilerplate>body{animation:-amp-start 8s steps(1,end) 0s 1 normal both}@keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}</style></head><body><article>` + twoParas + sourceLink},
		{says: "nothing is fetched", want: Met, clause: linkRequired, head: `<link rel=stylesheet href=/x.css><style>@import "y.css";</style>`, body: sourceLink},
		{says: "refresh is not followed", want: Met, clause: linkRequired, head: `<meta http-equiv=refresh content="0;url=/x">`, body: sourceLink},
		{says: "animations stand at their end", want: Met, clause: linkRequired, head: `<style>.f{opacity:0;animation:in 2s .5s forwards}@keyframes in{to{opacity:1}}</style>`, body: `<p class=f>` + sourceLink},
		{says: "without fill they leave no trace", want: Unmet, clause: linkRequired, head: `<style>.f{opacity:0;animation:in 2s}@keyframes in{to{opacity:1}}</style>`, body: `<p class=f>` + sourceLink},
		{says: "!important beats the attribute", want: Unmet, clause: linkRequired, head: `<style>p.f{display:none!important}</style>`, body: `<p class=f style="display:block">` + sourceLink},
		{says: "the attribute beats a rule", want: Met, clause: linkRequired, head: `<style>#f#f{display:none}</style>`, body: `<p id=f style="display:block">` + sourceLink},
		{says: "a rule beats hidden", want: Met, clause: linkRequired, head: `<style>.f{display:block}</style>`, body: `<p class=f hidden>` + sourceLink},
		{says: "[hidden] important", want: Unmet, clause: linkRequired, head: `<style>[hidden]{display:none!important}.f{display:block}</style>`, body: `<p class=f hidden>` + sourceLink},
		{says: "inherited custom properties", want: Unmet, clause: linkRequired, head: `<style>article{--v:hidden}.f{visibility:var(--v)}</style>`, body: `<p class=f>` + sourceLink},
		{says: "a later rule of equal weight", want: Met, clause: linkRequired, head: `<style>.f{display:none}</style><style>.f{display:block}</style>`, body: `<p class=f>` + sourceLink},
		{says: "width 1280", want: Unmet, clause: linkRequired, head: `<style>@media (width:1280px){.f{display:none}}</style>`, body: `<p class=f>` + sourceLink},
		{says: "wider than 1280", want: Met, clause: linkRequired, head: `<style>@media (min-width:1281px){.f{display:none}}</style>`, body: `<p class=f>` + sourceLink},
		{says: "media of a style element", want: Met, clause: linkRequired, head: `<style media="(max-width:1000px)">.f{display:none}</style>`, body: `<p class=f>` + sourceLink},
	})
}

// TestSpecRegion is §4.
func TestSpecRegion(t *testing.T) {
	article := func(s string) string { return `<article>` + twoParas + s + `</article>` }
	runSpec(t, []specCase{
		{says: "the article with most visible text", want: Met, clause: linkRequired, page: `<article><p>short</p></article>` + article(sourceLink)},
		{says: "hidden text does not make an article longer", want: Met, clause: linkRequired, page: `<article>` + twoParas + `<p style="display:none">` + strings.Repeat("more ", 99) + `</p></article><article>` + twoParas + `<p>longer by this</p>` + sourceLink + `</article>`},
		{says: "of two equal ones the first", want: Unmet, clause: linkRequired, page: article("") + article(`<a href="https://valley.example/rain"><img src=x alt=V></a>`)},
		{says: "an article of a sidebar is no candidate", want: Met, clause: linkRequired, page: `<div class=sidebar><article>` + twoParas + twoParas + `</article></div>` + article(sourceLink)},
		{says: "role=article", want: Met, clause: linkRequired, page: `<p>x</p><div role=article>` + twoParas + sourceLink + `</div><main><p>y</main>`},
		{says: "main before body", want: Unmet, clause: linkRequired, page: `<main>` + twoParas + `</main>` + sourceLink},
		{says: "the first main", want: Met, clause: linkRequired, page: `<main>` + twoParas + sourceLink + `</main><main>` + twoParas + twoParas + `</main>`},
		{says: "an article in the main", want: Unmet, clause: linkRequired, page: `<main>` + sourceLink + article("") + `</main>`},
		{says: "the header of an article is part of it", want: Met, clause: linkRequired, page: article(`<header>` + sourceLink + `</header>`)},
		{says: "the footer of the main is part of it", want: Met, clause: linkRequired, page: `<main>` + twoParas + `<footer>` + sourceLink + `</footer></main>`},
		{says: "a footer in a div of the body is not", want: Unmet, clause: linkRequired, page: `<body><div><div>` + twoParas + `<footer>` + sourceLink + `</footer></div></div>`},
		{says: "role=banner in an article", want: Unmet, clause: linkRequired, body: `<div role=banner>` + sourceLink + `</div>`},
		{says: "role=complementary", want: Unmet, clause: linkRequired, body: `<section role=complementary>` + sourceLink + `</section>`},
		{says: "role=note is no excluded part", want: Met, clause: linkRequired, body: `<div role=note>` + sourceLink + `</div>`},
		{says: "read-also", want: Unmet, clause: linkRequired, body: `<div class="box read-also">` + sourceLink + `</div>`},
		{says: "comments-area as an id", want: Unmet, clause: linkRequired, body: `<div id=comments-area>` + sourceLink + `</div>`},
		{says: "capitals", want: Unmet, clause: linkRequired, body: `<div class=ADVERTISEMENT>` + sourceLink + `</div>`},
		{says: "a part of a token", want: Met, clause: linkRequired, body: `<div class="related-source widgets advertiser shared">` + sourceLink + `</div>`},
		{says: "tokens parted by tabs and lines", want: Unmet, clause: linkRequired, body: "<div class=\"x\tpromo\ny\">" + sourceLink + `</div>`},
		{says: "the region itself may have such a class", want: Met, clause: linkRequired, page: `<main class="social">` + twoParas + sourceLink + `</main>`},
		{says: "a card in the article", want: Unmet, clause: specSource, body: `<section><article><p>Valley Gazette</p></article></section>`},
		{says: "paragraphs of cards have no number", want: Met, clause: specEnd, body: sourceLink + `<article><p>More to read here.</p></article>`},
	})
}

// TestSpecVisible is §5, at the edges it names.
func TestSpecVisible(t *testing.T) {
	styled := func(want Status, css ...string) (out []specCase) {
		for _, c := range css {
			out = append(out, specCase{says: c, want: want, clause: specSource, body: `<p style="` + c + `">Valley Gazette</p>`})
		}
		return out
	}
	runSpec(t, styled(Unmet, "font-size:4.99px", "font-size:.3em", "font-size:25%", "opacity:0.0999", "opacity:9%", "color:#fff", "color:white", "color:#d3d3d3", "color:transparent", "color:rgb(0 0 0/9%)", "color:hsl(0 0% 100%)", "background:#000;color:#111", "position:absolute;clip:rect(0,1px,1px,0)",
		"position:absolute;clip:rect(5px,5px,5px,5px)", "clip-path:inset(0 100% 0 0)", "clip-path:polygon(0 0,0 0,0 0,0 0)", "clip-path:circle(0px)", "overflow:hidden;height:1px", "overflow:scroll;width:0", "overflow:hidden;max-height:0", "overflow-x:hidden;width:1px", "transform:scale(0)",
		"transform:scale3d(0,0,0)", "transform:scaleX(0)", "position:absolute;left:-5000px", "position:absolute;top:-5000px", "position:fixed;left:100vw", "margin-left:-5000px", "text-indent:-5000px", "transform:translate(-5000px)", "transform:translateX(-1500px)", "position:absolute;left:1290px",
		"visibility:hidden", "content-visibility:hidden"))
	runSpec(t, styled(Met, "font-size:5px", "opacity:0.1", "color:#d2d2d2", "background:#000;color:#ccc", "clip:rect(0,1px,1px,0)", "position:absolute;clip:rect(0,90px,90px,0)", "position:absolute;clip:auto", "clip-path:inset(0)", "clip-path:none", "overflow:hidden", "overflow:hidden;height:2em",
		"overflow:visible;height:0", "transform:scale(1)", "transform:none", "transform:rotate(3deg)", "position:absolute;left:0", "position:relative;left:10px", "margin-left:10px", "text-indent:1em", "visibility:visible", "content-visibility:auto", "position:static;left:-5000px;top:-5000px", "cursor:none", "pointer-events:none", "user-select:none", "color:#fff;background:#000", "z-index:-1"))
	runSpec(t, []specCase{
		{says: ".5 of .5 of .5 is .125", want: Met, clause: specSource, body: `<div style="opacity:.5"><div style="opacity:.5"><p style="opacity:.5">Valley Gazette`},
		{says: ".4 of .4 of .5 is .08", want: Unmet, clause: specSource, body: `<div style="opacity:.4"><div style="opacity:.4"><p style="opacity:.5">Valley Gazette`},
		{says: "opacity is not undone by a child", want: Unmet, clause: specSource, body: `<div style="opacity:0"><p style="opacity:1">Valley Gazette`},
		{says: "visibility is", want: Met, clause: specSource, body: `<div style="visibility:hidden"><p style="visibility:visible">Valley Gazette`},
		{says: "display is not", want: Unmet, clause: specSource, body: `<div style="display:none"><p style="display:block">Valley Gazette`},
		{says: "the nearest background", want: Unmet, clause: specSource, body: `<div style="background:#fff"><div style="background:#333"><p style="color:#333">Valley Gazette`},
		{says: "a nearer one", want: Met, clause: specSource, body: `<div style="background:#333"><div style="background:#fff"><p style="color:#333">Valley Gazette`},
		{says: "bgcolor", want: Unmet, clause: specSource, body: `<table bgcolor=#333><tr><td><font color=#333>Valley Gazette</font></table>`},
		{says: "a faint background is none", want: Met, clause: specSource, body: `<div style="background:rgba(51,51,51,.49)"><p style="color:#333">Valley Gazette`},
		{says: "half of one is one", want: Unmet, clause: specSource, body: `<div style="background:rgba(51,51,51,.5)"><p style="color:#333">Valley Gazette`},
		{says: "where a picture comes first, no contrast is tried", want: Met, clause: specSource, body: `<div style="background-image:url(x.png)"><p style="color:#fff">Valley Gazette`},
		{says: "a colour before the picture", want: Unmet, clause: specSource, body: `<div style="background-image:url(x.png)"><p style="color:#fff;background:#fff">Valley Gazette`},
		{says: "an ancestor's box", want: Unmet, clause: specSource, body: `<div style="overflow:hidden;height:1px"><section><p>Valley Gazette`},
		{says: "an ancestor's scale", want: Unmet, clause: specSource, body: `<div style="transform:scale(0)"><section><p>Valley Gazette`},
		{says: "a closed details", want: Unmet, clause: specSource, body: `<details><summary>More</summary><p>Valley Gazette</p></details>`},
		{says: "its summary", want: Met, clause: specSource, body: `<details><summary>Valley Gazette</summary><p>More</p></details>`},
		{says: "an open one", want: Met, clause: specSource, body: `<details open><summary>More</summary><p>Valley Gazette</p></details>`},
		{says: "an open one in a closed one", want: Unmet, clause: specSource, body: `<details><summary>a</summary><details open><summary>Valley Gazette</summary></details></details>`},
		{says: "aria-hidden", want: Met, clause: specSource, body: `<p aria-hidden=true>Valley Gazette`},
		{says: "inert", want: Met, clause: specSource, body: `<div inert><p>Valley Gazette`},
		{says: "title attributes are no text", want: Unmet, clause: specSource, body: `<abbr title="Valley Gazette">VG</abbr>`},
		{says: "alt is no text", want: Unmet, clause: specSource, body: `<p>From <img src=x alt="Valley Gazette"></p>`},
		{says: "generated content is no text", want: Unmet, clause: specSource, head: `<style>.g::after{content:"Valley Gazette"}</style>`, body: `<p class=g>From</p>`},
		{says: "options are no text", want: Unmet, clause: specSource, body: `<select><option>Valley Gazette</select>`},
		{says: "object fallback is not rendered", want: Unmet, clause: specSource, body: `<object data=x>Valley Gazette</object>`},
		{says: "buttons are text", want: Met, clause: specSource, body: `<button>Valley Gazette</button>`},
		{says: "an open dialog", want: Met, clause: specSource, body: `<dialog open>Valley Gazette</dialog>`},
		{says: "a closed dialog", want: Unmet, clause: specSource, body: `<dialog>Valley Gazette</dialog>`},
		{says: "a dialog made a block", want: Met, clause: specSource, body: `<dialog style="display:block">Valley Gazette</dialog>`},
	})
}

// TestSpecBlocks is §6.
func TestSpecBlocks(t *testing.T) {
	byline := Clause{Kind: CreditPlace, Params: Params{Where: "byline"}}
	first := Clause{Kind: CreditPlace, Params: Params{Where: "first_paragraph"}}
	end := Clause{Kind: CreditPlace, Params: Params{Where: "end"}}
	title := Clause{Kind: CreditPlace, Params: Params{Where: "title"}}
	count := func(n int) Clause {
		return Clause{Kind: LimitCount, Params: Params{Unit: "paragraphs", Max: n}}
	}
	runSpec(t, []specCase{
		{says: "one <br> joins", want: Met, clause: specSource, body: `<p>Valley<br>Gazette`},
		{says: "two part", want: Unmet, clause: specSource, body: `<p>Valley<br><br>Gazette`},
		{says: "two with a comment between part", want: Unmet, clause: specSource, body: `<p>Valley<br><!-- x --> <br/>Gazette`},
		{says: "hr parts", want: Unmet, clause: specSource, body: `Valley<hr>Gazette`},
		{says: "cells part", want: Unmet, clause: specSource, body: `<table><tr><td>Valley<td>Gazette</table>`},
		{says: "list items part", want: Unmet, clause: specSource, body: `<ul><li>Valley<li>Gazette</ul>`},
		{says: "spans do not, whatever display says", want: Met, clause: specSource, body: `<span style="display:block">Valley</span> <span style="display:block">Gazette</span>`},
		{says: "paragraphs do, whatever display says", want: Unmet, clause: specSource, body: `<p style="display:inline">Valley</p> <p style="display:inline">Gazette</p>`},
		{says: "custom elements do not", want: Met, clause: specSource, body: `<x-a>Valley</x-a> <x-b>Gazette</x-b>`},
		{says: "a block without letters is none", want: Met, clause: count(2), body: `<p>* * *</p><p>—</p>`},
		{says: "list items are paragraphs", want: Unmet, clause: count(3), body: `<ul><li>one<li>two</ul>`},
		{says: "captions are not", want: Met, clause: count(2), body: `<table><caption>one</caption></table><figure><p>two</p></figure>`},
		{says: "headings are not", want: Met, clause: count(2), body: `<h3>one</h3><h6>two</h6>`},
		{says: "a second h1 is a title", want: Met, clause: count(2), body: `<h1>one</h1>`},
		{says: "itemprop=author is a byline", want: Met, clause: byline, body: `<p><span itemprop=author>Valley Gazette</span></p>`},
		{says: "beside other words it is a paragraph", want: Unmet, clause: byline, body: `<p>By <span itemprop=author>Valley Gazette</span></p>`},
		{says: "rel=author", want: Met, clause: byline, body: `<p><a rel=author href=/x>Valley Gazette</a></p>`},
		{says: "address", want: Met, clause: byline, body: `<address>Valley Gazette</address>`},
		{says: "entry-meta is meta", want: Unmet, clause: byline, body: `<div class=entry-meta>Valley Gazette</div>`},
		{says: "with an author inside it is a byline", want: Met, clause: byline, body: `<div class=entry-meta>Valley Gazette, <span class=author>Ann</span></div>`},
		{says: "credit goes before byline", want: Unmet, clause: byline, body: `<div class="credit byline">Valley Gazette</div>`},
		{says: "byline goes before heading", want: Met, clause: byline, body: `<h3 class=byline>Valley Gazette</h3>`},
		{says: "caption goes before all", want: Unmet, clause: byline, body: `<figcaption class=byline>Valley Gazette</figcaption>`},
		{says: "bylines is another token", want: Unmet, clause: byline, body: `<p class=bylines>Valley Gazette`},
		{says: "meta has number 0 before the text", want: Met, clause: first, top: `<p class=dateline>Valley Gazette</p>`},
		{says: "a credit under paragraph 1 has number 2", want: Unmet, clause: first, top: `<p>One here.</p><p class=credit>Valley Gazette</p>`},
		{says: "the heading before paragraph 1 has number 0", want: Met, clause: first, top: `<h2>Valley Gazette</h2>`},
		{says: "paragraph 1", want: Met, clause: first, top: `<p>So says Valley Gazette.</p>`},
		{says: "paragraph 2", want: Unmet, clause: first, top: `<p>One.</p><p>So says Valley Gazette.</p>`},
		{says: "the last paragraph is the end", want: Met, clause: end, body: `<p>Valley Gazette</p>`},
		{says: "a credit behind it, too", want: Met, clause: end, body: `<p>x</p><p class=source>Valley Gazette</p>`},
		{says: "the last paragraph but one is not", want: Unmet, clause: end, body: `<p>Valley Gazette</p><p>x</p>`},
		{says: "what is excluded behind it does not count", want: Met, clause: end, body: `<p>Valley Gazette</p><div class=comments><p>x</p></div>`},
		{says: "the first title of the region", want: Met, clause: title, page: `<h1>Other</h1><article><h1>Valley Gazette: rain</h1>` + twoParas},
		{says: "not the second", want: Unmet, clause: title, page: `<article><h1>Rain</h1><h1>Valley Gazette</h1>` + twoParas},
		{says: "else the first visible h1 of the page", want: Met, clause: title, page: `<h1 hidden>x</h1><h1>Valley Gazette</h1><article>` + twoParas},
		{says: "h2 is no title", want: Unmet, clause: title, page: `<article><h2>Valley Gazette</h2>` + twoParas},
		{says: "soft hyphens are dropped", want: Met, clause: specSource, body: "<p>Val\u00adley\u200b Gazette\u2060"},
		{says: "no-break spaces are blanks", want: Met, clause: specSource, body: "<p>Valley\u00a0Gazette"},
	})
}

// TestSpecLanguage is §6, the language of the page.
func TestSpecLanguage(t *testing.T) {
	share := Clause{Kind: LimitShare, Params: Params{Percent: 100}}
	of := func(lang string) func(*Facts) {
		return func(f *Facts) { f.Original.Language, f.Original.CharCount = lang, 100000 }
	}
	russian := `<p>` + strings.Repeat("вода поднялась за ночь ", 8) + `</p>`
	armenian := `<p>` + strings.Repeat("ջուրը բարձրացավ գիշերը ", 8) + `</p>`
	runSpec(t, []specCase{
		{says: "most letters Cyrillic", want: Met, clause: share, page: `<html lang=en><article>` + russian, facts: of("ru")},
		{says: "the attribute proves nothing", want: Undecidable, clause: share, page: `<html lang=en><article>` + russian, facts: of("en")},
		{says: "most letters Armenian", want: Met, clause: share, page: `<html lang=ru><article>` + armenian, facts: of("hy")},
		{says: "Latin with lang=hy", want: Met, clause: share, page: `<html lang=hy><article>` + twoParas, facts: of("en")},
		{says: "Latin with lang=ru", want: Met, clause: share, page: `<html lang=ru><article>` + twoParas, facts: of("en")},
		{says: "Latin without lang", want: Met, clause: share, page: `<article>` + twoParas, facts: of("en")},
		{says: "Latin with lang=de", want: Undecidable, clause: share, page: `<html lang=de><article>` + twoParas, facts: of("en")},
		{says: "Latin with lang=de-AT", want: Met, clause: share, page: `<html lang=de-AT><article>` + twoParas, facts: of("de")},
		{says: "the title does not count", want: Met, clause: share, page: `<article><h1>` + strings.Repeat("вода ", 99) + `</h1>` + twoParas, facts: of("en")},
		{says: "captions do not", want: Met, clause: share, page: `<article><figcaption>` + strings.Repeat("вода ", 99) + `</figcaption>` + twoParas, facts: of("en")},
		{says: "headings do", want: Undecidable, clause: share, page: `<article><h2>` + strings.Repeat("вода ", 99) + `</h2>` + twoParas, facts: of("en")},
		{says: "translation into another language", want: Unmet, clause: Clause{Kind: TranslationAllowed, Params: Params{Value: "no"}}, page: `<article>` + russian},
		{says: "no translation at all", want: Met, clause: Clause{Kind: TranslationAllowed, Params: Params{Value: "no"}}, page: `<article>` + twoParas},
	})
}

// TestSpecNames is §7, names of outlets and persons.
func TestSpecNames(t *testing.T) {
	named := func(want Status, name string, texts ...string) (out []specCase) {
		for _, text := range texts {
			out = append(out, specCase{says: name + ": " + text, want: want, clause: specSource, body: "<p>" + text + "</p>", facts: outlets(name)})
		}
		return out
	}
	runSpec(t, named(Met, "Новая газета", "Новой газете", "«Новую газету»", "НОВАЯ ГАЗЕТА", "новая-газета", "„Новой газетой“", "Новая\u00a0газета", "в Новой газете,"))
	runSpec(t, named(Unmet, "Новая газета", "Новейшая газета", "Новая. Газета", "Новая, газета", "газета Новая", "Новая газетка", "Новая и газета", "Новгазета", "Hовая газета"))
	runSpec(t, named(Met, "Известия", "Известий", "Известиям", "в «Известиях»", "Известиями", "Известию"))
	runSpec(t, named(Unmet, "Известия", "Известность", "Неизвестия", "Известияx"))
	runSpec(t, named(Met, "Мир", "Мира", "Миром", "мир"))
	runSpec(t, named(Unmet, "Эхо", "Эха", "Эху"))
	runSpec(t, named(Met, "Эхо", "Эхо", "«ЭХО»"))
	runSpec(t, named(Met, "Учёт", "Учет", "Учета", "УЧЁТОМ"))
	runSpec(t, named(Met, "Синий мост", "Синего моста", "Синему мосту", "Синим мостом"))
	runSpec(t, named(Met, "Арат", "Арате", "Аратом"))
	runSpec(t, named(Met, "Լեռնաշխարհ", "Լեռնաշխարհը", "Լեռնաշխարհի", "«Լեռնաշխարհ»-ը", "Լեռնաշխարհում", "ԼԵՌՆԱՇԽԱՐՀ", "Լեռնաշխարհից"))
	runSpec(t, named(Unmet, "Լեռնաշխարհ", "Լեռնաշխարհային", "Լեռնաշխ", "Լեռն աշխարհ"))
	runSpec(t, named(Met, "Երկիր", "Երկրի", "Երկիրը", "Երկրից"))
	runSpec(t, named(Met, "Արև", "Արևը", "արեւը", "Արեւի", "Արև"))
	runSpec(t, named(Met, "River’s Edge", "River's Edge", "RIVER‘S EDGE", "River's-Edge"))
	runSpec(t, named(Unmet, "Gazette", "Gazettes", "Gazetta"))
	runSpec(t, named(Met, "Gazette", "Gazette’s", "Gazette-based", "(Gazette)", "“Gazette”:"))
	runSpec(t, named(Met, "B92", "B92", "b92’s"))
	runSpec(t, named(Unmet, "B92", "B 92", "B921", "9B2"))
	runSpec(t, named(Met, "Дом & сад", "Дом & сад", "дом сад", "Дома сада"))
	host := func(home, text string, want Status) specCase {
		return specCase{says: home + ": " + text, want: want, clause: specSource, body: "<p>" + text + "</p>", facts: func(f *Facts) {
			f.Original.OutletNames, f.Original.HomeURL = []string{"None Such"}, home
		}}
	}
	runSpec(t, []specCase{
		host("https://www.rain.example/", "rain.example", Met),
		host("https://www.rain.example/", "WWW.Rain.Example", Met),
		host("https://rain.example/en/", "www.rain.example", Met),
		host("https://rain.example/", "(rain.example)", Met),
		host("https://rain.example/", "https://rain.example/a", Met),
		host("https://rain.example/", "rain.example.", Met),
		host("https://rain.example/", "ann@rain.example", Unmet),
		host("https://rain.example/", "rain.examples", Unmet),
		host("https://rain.example/", "the-rain.example", Unmet),
		host("https://rain.example/", "en.rain.example", Unmet),
		host("https://rain.example/", "rain. example", Unmet),
		host("https://rain.example/", "rain", Unmet),
	})
	author := func(text string, want Status) specCase {
		return specCase{says: text, want: want, clause: specAuthor, body: "<p>" + text + "</p>", facts: func(f *Facts) {
			f.Original.Authors, f.Original.AuthorSpellings = []string{"Пётр Озеров"}, map[string][]string{"Пётр Озеров": {"Petr Ozerov", "Պետր Օզերով"}}
		}}
	}
	runSpec(t, []specCase{
		author("Пётр Озеров", Met), author("Петра Озерова", Met), author("Озеров Пётр", Met), author("Озеров, Петр", Met), author("Petr OZEROV", Met), author("Ozerov, Petr", Met), author("Պետր Օզերովի", Met),
		author("П. Озеров", Unmet), author("Озеров", Unmet), author("Пётр Петрович Озеров", Unmet), author("Petr; Ozerov", Unmet), author("Ozerovs Petr", Unmet), author("Пётр Ozerov", Unmet), author("Пётр. Озеров", Unmet),
	})
}

// TestSpecQuirks: without a doctype tables take the colour of the body, as browsers have them do.
func TestSpecQuirks(t *testing.T) {
	page := func(doctype, body string) string {
		return doctype + `<html><body ` + body + `><div style="color:#fff">` + `<article style="color:#000">` + twoParas + `<div style="color:#fff"><table><td>Valley Gazette</table></div></article>`
	}
	runSpec(t, []specCase{
		{says: "quirks", want: Met, clause: specSource, page: page("", "")},
		{says: "no quirks", want: Unmet, clause: specSource, page: page("<!DOCTYPE html>", "")},
		{says: "white text of the body", want: Unmet, clause: specSource, page: page("", "text=white")},
		{says: "white by style", want: Unmet, clause: specSource, page: page("", "style=color:white")},
	})
}
