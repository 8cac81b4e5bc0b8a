package rights

import "testing"

// TestSpecAddresses is §7: the same page, another page, and links that are none.
func TestSpecAddresses(t *testing.T) {
	page := func(url string) func(*Facts) {
		return func(f *Facts) { f.Original.URL, f.Original.CanonicalURL = url, "" }
	}
	link := func(original, href string, want Status) specCase {
		return specCase{says: original + " " + href, want: want, clause: linkRequired, body: `<p>From <a href="` + href + `">here</a></p>`, facts: page(original)}
	}
	runSpec(t, []specCase{
		link("https://a.example/x", "https://a.example/x//", Met),
		link("https://a.example/x/", "https://a.example/x", Met),
		link("https://a.example/x", "https://a.example//x", Unmet),
		link("https://a.example/x", "https://a.example/./x", Met),
		link("https://a.example/x", "https://a.example/y/%2e%2e/x", Met),
		link("https://a.example/x", "https://a.example/X", Unmet),
		link("https://a.example/~ann", "https://a.example/%7Eann", Met),
		link("https://a.example/a%2fb", "https://a.example/a%2Fb", Met),
		link("https://a.example/a%2fb", "https://a.example/a/b", Unmet),
		link("https://a.example/дождь", "https://a.example/%d0%b4%d0%be%d0%b6%d0%b4%d1%8c", Met),
		link("https://a.example/a b", "https://a.example/a%20b", Met),
		link("https://a.example/x", "https://a.example/x/amp/", Met),
		link("https://a.example/x", "https://a.example/amp/x/", Met),
		link("https://a.example/x.html", "https://a.example/x.html.amp", Met),
		link("https://a.example/x", "https://a.example/x.amp.html?amp=1", Met),
		link("https://a.example/x", "https://amp.a.example/x", Met),
		link("https://a.example/x", "https://www.m.a.example/x", Met),
		link("https://a.example/x", "https://m.amp.a.example/x", Unmet),
		link("https://a.example/x", "https://ru.a.example/x", Unmet),
		link("https://a.example/x", "https://a.example.com/x", Unmet),
		link("https://www.a.example/x", "https://a.example/x", Met),
		link("https://m.a.example/x", "https://a.example/x", Met),
		link("https://a.example/x?id=1", "https://a.example/x?id=1&amp;utm_source=b&amp;gclid=c", Met),
		link("https://a.example/x?id=1", "https://a.example/x?utm_source=b", Unmet),
		link("https://a.example/x?utm_source=b", "https://a.example/x", Met),
		link("https://a.example/x", "https://a.example/x?ref=home", Unmet),
		link("https://a.example/x", "https://a.example/x?ysclid=1&amp;_openstat=2&amp;mc_cid=3&amp;igshid=4&amp;wbraid=5", Met),
		link("https://a.example/x", "https://a.example/x?amp=0", Unmet),
		link("https://a.example/x?a=1&b=2", "https://a.example/x?b=2&amp;a=1", Met),
		link("https://a.example/x?a=1", "https://a.example/x?a=1&amp;a=1", Unmet),
		link("https://a.example/x?a=%20", "https://a.example/x?a=+", Met),
		link("https://a.example/x", "https://a.example/x?", Met),
		link("https://a.example/x", "https://a.example/x#comments", Met),
		link("https://a.example/x", "http://a.example:80/x", Met),
		link("https://a.example/x", "https://a.example:80/x", Unmet),
		link("https://a.example/x", "https://a.example:/x", Met),
		link("https://a.example/x", "https://A.EXAMPLE./x", Met),
		link("https://a.example/x", "https://ann:secret@a.example/x", Met),
		link("https://a.example/x", "https://a.example@evil.test/x", Unmet),
		link("https://a.example/x", "https://evil.test#@a.example/x", Unmet),
		link("https://a.example/x", "https://evil.test\\@a.example/x", Unmet),
		link("https://a.example/x", "https:///a.example/x", Met),
		link("https://a.example/x", "//a.example/x", Met),
		link("https://a.example/x", "\\\\a.example\\x", Met),
		link("https://a.example/x", "a.example/x", Unmet),
		link("https://a.example/x", "mailto:a@a.example", Unmet),
		link("https://a.example/x", "htt&#112;s&colon;//a.example/x", Met),
		link("https://a.example/x", "https://a.exаmple/x", Unmet),
		link("https://a.example/x", "https://ａ.example/x", Met),
		link("https://a.example/x", "view-source:https://a.example/x", Unmet),
		link("https://straße.example/x", "https://xn--strae-oqa.example/x", Met),
		link("https://straße.example/x", "https://strasse.example/x", Unmet),
		link("https://долина.рф/x", "https://XN--80AHMLLD.xn--p1ai/x", Met),
		link("https://долина.рф/x", "https://Долина。РФ/x", Met),
		link("https://դաշտ.հայ/x", "https://www.դաշտ.հայ/x", Met),
	})
	shown := func(says, body string, want Status) specCase {
		return specCase{says: says, want: want, clause: linkRequired, body: body, facts: page("https://a.example/x")}
	}
	runSpec(t, []specCase{
		shown("a visible alt is link text", `<a href="https://a.example/x"><img src=i alt="A"></a>`, Met),
		shown("that of a hidden picture is not", `<a href="https://a.example/x"><img src=i alt="A" style="display:none"></a>`, Unmet),
		shown("an alt without letters", `<a href="https://a.example/x"><img src=i alt="→"></a>`, Unmet),
		shown("a title is none", `<a href="https://a.example/x" title="A"><img src=i></a>`, Unmet),
		shown("an aria-label is none", `<a href="https://a.example/x" aria-label="A"><i class=icon></i></a>`, Unmet),
		shown("an arrow is none", `<a href="https://a.example/x">→</a>`, Unmet),
		shown("a digit is", `<a href="https://a.example/x">1</a>`, Met),
		shown("hidden text in a link", `<a href="https://a.example/x"><span hidden>A</span></a>`, Unmet),
		shown("text around a hidden part", `<a href="https://a.example/x"><span hidden>A</span>B</a>`, Met),
		shown("a link around blocks", `<a href="https://a.example/x"><div><p>A</p></div></a>`, Met),
		shown("a link in a table cell", `<table><td><a href="https://a.example/x">A</a></table>`, Met),
		shown("a link in a button", `<button><a href="https://a.example/x">A</a></button>`, Met),
		shown("an input is none", `<input type=button value=A onclick="location='https://a.example/x'">`, Unmet),
		shown("a cite attribute is none", `<blockquote cite="https://a.example/x">A</blockquote>`, Unmet),
		shown("a written address is none", `<p>https://a.example/x</p>`, Unmet),
		shown("a link in a figure", `<figure><a href="https://a.example/x">A</a></figure>`, Met),
		shown("a link in a title", `<h1><a href="https://a.example/x">A</a></h1>`, Met),
		shown("a link to the home page", `<p><a href="https://valley.example/">A</a></p>`, Unmet),
		shown("a link in MathML is none", `<math><mtext><mi href="https://a.example/x">A</mi></mtext></math>`, Unmet),
		shown("a link in foreign HTML", `<svg><foreignObject><a href="https://a.example/x">A</a></foreignObject></svg>`, Met),
		shown("ping and download change nothing", `<a ping=/x download href="https://a.example/x">A</a>`, Met),
	})
	target := func(target, href string, want Status) specCase {
		return specCase{says: target + " " + href, want: want, clause: Clause{Kind: LinkRequired, Params: Params{Target: target}}, body: `<p><a href="` + href + `">A</a></p>`}
	}
	runSpec(t, []specCase{
		target("homepage", "https://valley.example", Met), target("homepage", "https://valley.example/rain", Unmet), target("homepage", "https://valley.example/en/", Unmet),
		target("article", "https://valley.example/rain", Met), target("article", "https://www.valley.example/2026/rain?b=2&id=7", Met), target("article", "https://valley.example/", Unmet),
		target("either", "https://valley.example/", Met), target("either", "https://valley.example/rain", Met), target("either", "https://valley.example/snow", Unmet), target("", "https://valley.example/", Met),
	})
}

// TestSpecRobots is link.followable: what closes a page, and what a link.
func TestSpecRobots(t *testing.T) {
	header := func(v string, want Status) specCase {
		return specCase{says: v, want: want, clause: specFollow, body: sourceLink, header: map[string][]string{"X-ROBOTS-TAG": {v}}}
	}
	meta := func(attrs string, want Status) specCase {
		return specCase{says: attrs, want: want, clause: specFollow, head: "<meta " + attrs + ">", body: sourceLink}
	}
	link := func(body string, want Status) specCase {
		return specCase{says: body, want: want, clause: specFollow, body: body}
	}
	const at = `href="https://valley.example/rain">Valley</a>`
	runSpec(t, []specCase{
		header("index, follow", Met), header("noarchive", Met), header("NoIndex", Unmet), header(" none ", Unmet), header("noimageindex", Met), header("bingbot: noindex", Unmet), header("Yandex: nofollow", Unmet), header("GoogleBot: NOINDEX", Unmet),
		header("duckbot: none", Met), header("duckbot: noindex, bingbot: noarchive", Met), header("duckbot: noarchive, bingbot: noindex", Unmet), header("noarchive, duckbot: noindex", Met), header("nofollow, duckbot: noarchive", Unmet),
		header("unavailable_after: 1 Jan 2030 00:00:00 GMT", Met), header("max-snippet: 0, nofollow", Unmet), header("duckbot: max-snippet: 0, noindex", Met), header("max-video-preview: -1", Met), header("googlebot-news: noindex", Met), header("noindexx", Met),
		meta("name=robots content=noindex", Unmet), meta("name=Robots content='NOFOLLOW'", Unmet), meta("name=robots content='max-image-preview:large'", Met), meta("name=bingbot content='index, nofollow'", Unmet), meta("name=googlebot-news content=noindex", Met), meta("http-equiv=robots content=noindex", Met),
		meta("name=robots content", Met), meta("name=yandex content=none", Unmet), meta("name=robots value=noindex", Met), meta("name=description content=noindex", Met), meta("name=robots content='noodp,noydir'", Met),
		link(`<a rel="" `+at, Met), link(`<a rel="NOFOLLOW" `+at, Unmet), link(`<a rel="external&#10;ugc" `+at, Unmet), link(`<a rel="no-follow" `+at, Met), link(`<a rel="sponsored,nofollow" `+at, Met), link(`<a rel="author Sponsored" `+at, Unmet),
		link(`<noindex>x</noindex><a `+at, Met), link(`<NOINDEX><a `+at+`</NOINDEX>`, Unmet), link(`<!--noindex--><p>x</p><!--/noindex--><a `+at, Met), link(`<!--noindex--><a `+at, Unmet), link(`<!--/noindex--><a `+at, Met),
		link(`<noindex><a `+at+`</noindex> and <a `+at, Met), link(`<a rel=nofollow `+at+` <a rel=ugc `+at, Unmet), link(`<meta name=googlebot content=nofollow><a `+at, Unmet),
	})
}

// TestSpecClauses is what is left of §8.
func TestSpecClauses(t *testing.T) {
	direct := Clause{Kind: LinkDirect, Params: Params{Target: "article"}}
	sentence := Clause{Kind: LinkPlace, Params: Params{Target: "article", Within: "first_sentence"}}
	chain, inner := Clause{Kind: CreditChain}, Clause{Kind: LinkKeepInner}
	translator := Clause{Kind: CreditTranslator}
	wording := Clause{Kind: CreditWording, Params: Params{Text: "Источник: «Долина» — 2026."}}
	declare := Clause{Kind: EditDeclare, Params: Params{TextAny: []string{"Сокращено", "в сокращении"}}}
	more := Clause{Kind: LimitReadMore, Params: Params{Text: "Read on"}}
	img := Clause{Kind: MediaExclude, Params: Params{Kinds: []string{"img"}}}
	video := Clause{Kind: MediaExclude, Params: Params{Kinds: []string{"video"}}}
	licence := Clause{Kind: CreditLicenceLink, Params: Params{URL: "https://creativecommons.org/licenses/by-nd/4.0/deed.en"}}
	red := func(s string) string { return `<p><a href="https://go.test/?to=` + s + `">Valley</a></p>` }
	runSpec(t, []specCase{
		{says: "handlers that lead nowhere", want: Met, clause: direct, body: `<a onclick="ga('send')" href="https://valley.example/rain">V</a>`},
		{says: "location", want: Unmet, clause: direct, body: `<a onclick="document.location=this" href="https://valley.example/rain">V</a>`},
		{says: "one link without is enough", want: Met, clause: direct, body: `<a onclick="location=1" href="https://valley.example/rain">V</a>` + sourceLink},
		{says: "a handler around the link", want: Met, clause: direct, body: `<p onclick="location=1">` + sourceLink},
		{says: "a redirector is not direct", want: Unmet, clause: direct, body: red("https%3A%2F%2Fvalley.example%2Frain")},
		{says: "nor is a link required that way decided", want: Undecidable, clause: linkRequired, body: red("https%3A%2F%2Fvalley.example%2Frain")},
		{says: "a redirector to elsewhere", want: Unmet, clause: linkRequired, body: red("https%3A%2F%2Fevil.test%2Frain")},
		{says: "a redirector to the home page, where the article is asked", want: Unmet, clause: linkRequired, body: red("https%3A%2F%2Fvalley.example%2F")},
		{says: "a redirector to a counted address", want: Undecidable, clause: linkRequired, body: red("https%3A%2F%2Fvalley.example%2Frain%3Futm_source%3Dx")},
		{says: "a hidden redirector", want: Unmet, clause: linkRequired, body: `<div hidden>` + red("https%3A%2F%2Fvalley.example%2Frain") + `</div>`},
		{says: "an encoded one", want: Unmet, clause: linkRequired, body: red("aHR0cHM6Ly92YWxsZXkuZXhhbXBsZS9yYWlu")},
		{says: "an archive copy", want: Unmet, clause: linkRequired, body: `<a href="https://archive.test/2026/https://valley.example/rain">V</a>`},
		{says: "in the fragment it is no value", want: Unmet, clause: linkRequired, body: `<a href="https://go.test/#to=https://valley.example/rain">V</a>`},
		{says: "the whole query is no value of a pair but is one without a name", want: Unmet, clause: linkRequired, body: `<a href="https://go.test/to/https%3A%2F%2Fvalley.example%2Frain">V</a>`},

		{says: "a link begun in the first sentence", want: Met, clause: sentence, top: `<p>Rain, says ` + sourceLink + `! And snow.</p>`},
		{says: "behind it", want: Unmet, clause: sentence, top: `<p>Rain (so they say.) ` + sourceLink + ` says more.</p>`},
		{says: "after a bracket that closes behind the stop", want: Unmet, clause: sentence, top: `<p>«Rain fell.» ` + sourceLink + ` says.</p>`},
		{says: "an ellipsis ends one", want: Unmet, clause: sentence, top: `<p>Rain… ` + sourceLink + ` says.</p>`},
		{says: "a stop inside a word does not", want: Met, clause: sentence, top: `<p>At 7.30 ` + sourceLink + ` says.</p>`},
		{says: "nor after Dr", want: Met, clause: sentence, top: `<p>So Dr. Bell told ` + sourceLink + `.</p>`},
		{says: "nor after руб", want: Met, clause: sentence, top: `<p>Дали 5 руб. на мост, пишет ` + sourceLink + `.</p>`},
		{says: "nor after a single letter", want: Met, clause: sentence, top: `<p>Пишет А. Белл в ` + sourceLink + `.</p>`},
		{says: "after дом it does", want: Unmet, clause: sentence, top: `<p>Он ушёл в дом. Пишет ` + sourceLink + `.</p>`},
		{says: "the second paragraph is never in it", want: Unmet, clause: sentence, top: `<p>One</p><p>` + sourceLink + `</p>`},
		{says: "number 0 is", want: Met, clause: sentence, top: `<p class=byline>Ann. Bell. ` + sourceLink + `</p>`},
		{says: "a link that runs over a break begins before it", want: Met, clause: specTop, top: `<p><a href="https://valley.example/rain">One<br><br>two</a></p>`},
		{says: "in a caption it has no place", want: Unmet, clause: specEnd, body: `<figure><figcaption>` + sourceLink + `</figcaption></figure>`},

		{says: "each hop by its page or its home", want: Met, clause: chain, body: `<a href="https://mill.example/">M</a> <a href="https://valley.example/">V</a>`},
		{says: "another page of a hop", want: Unmet, clause: chain, body: `<a href="https://mill.example/8">M</a> <a href="https://valley.example/">V</a>`},
		{says: "a redirector is no hop", want: Unmet, clause: chain, body: `<a href="https://go.test/?u=https://mill.example/">M</a> <a href="https://valley.example/">V</a>`},
		{says: "an inner link hidden", want: Unmet, clause: inner, body: `<a hidden href="https://mill.example/wheel">w</a>`},
		{says: "an inner link counted", want: Met, clause: inner, body: `<a href="http://www.mill.example/wheel/?utm_medium=x">w</a>`},
		{says: "an inner link in a list of related ones", want: Unmet, clause: inner, body: `<div class=related><a href="https://mill.example/wheel">w</a></div>`},

		{says: "the language in the block before", want: Met, clause: translator, body: `<p>Translated from English</p><p>Инна Полевая</p>`},
		{says: "two blocks before", want: Unmet, clause: translator, body: `<p>Translated from English</p><p>x</p><p>Инна Полевая</p>`},
		{says: "another language", want: Unmet, clause: translator, body: `<p>с армянского Инна Полевая</p>`},
		{says: "inflected", want: Met, clause: translator, body: `<p>Английский текст перевела Полевая Инна</p>`},
		{says: "Armenian", want: Met, clause: translator, body: `<p>Անգլերենից թարգմանեց Инна Полевая</p>`},
		{says: "another alphabet", want: Unmet, clause: translator, body: `<p>from English by Inna Polevaya</p>`},

		{says: "marks and dashes fold", want: Met, clause: wording, body: `<p>источник: "долина"-2026</p>`},
		{says: "a colon does not", want: Unmet, clause: wording, body: `<p>Источник «Долина» — 2026</p>`},
		{says: "marks do not vanish", want: Unmet, clause: wording, body: `<p>Источник: Долина — 2026</p>`},
		{says: "one block holds it", want: Unmet, clause: wording, body: `<p>Источник:</p><p>«Долина» — 2026</p>`},
		{says: "not a caption", want: Unmet, clause: wording, body: `<figcaption>Источник: «Долина» — 2026.</figcaption>`},
		{says: "a heading may", want: Met, clause: wording, body: `<h4>Источник: «Долина» — 2026.</h4>`},
		{says: "inside a sentence it may", want: Met, clause: wording, body: `<p>(Источник: „Долина“ – 2026, с правкой)</p>`},
		{says: "full-width letters fold", want: Met, clause: Clause{Kind: CreditWording, Params: Params{Text: "Source: X"}}, body: `<p>Ｓｏｕｒｃｅ： Ｘ</p>`},
		{says: "one of the wordings", want: Met, clause: declare, body: `<p>Печатается в сокращении.</p>`},
		{says: "none of them", want: Unmet, clause: declare, body: `<p>Печатается полностью.</p>`},
		{says: "the wording and the link in one block", want: Met, clause: more, body: `<p>Read on: ` + sourceLink + `</p>`},
		{says: "in two", want: Unmet, clause: more, body: `<p>Read on</p><p>` + sourceLink + `</p>`},
		{says: "with the home page", want: Unmet, clause: more, body: `<p>Read on: <a href="https://valley.example/">V</a></p>`},

		{says: "a deed in another language", want: Met, clause: licence, body: `<a href="https://creativecommons.org/licenses/by-nd/4.0/deed.hy">CC</a>`},
		{says: "the legal code", want: Met, clause: licence, body: `<a href="https://creativecommons.org/licenses/by-nd/4.0/legalcode.ru">CC</a>`},
		{says: "the bare address", want: Met, clause: licence, body: `<a href="http://www.creativecommons.org/licenses/by-nd/4.0">CC</a>`},
		{says: "another licence", want: Unmet, clause: licence, body: `<a href="https://creativecommons.org/licenses/by-nc-nd/4.0/deed.en">CC</a>`},
		{says: "rel without text", want: Unmet, clause: licence, body: `<a rel=license href="https://creativecommons.org/licenses/by-nd/4.0/"><img src=x></a>`},

		{says: "a lazy picture", want: Unmet, clause: img, body: `<img data-original=x.jpg>`},
		{says: "a hidden picture", want: Unmet, clause: img, body: `<div hidden><img src=x.jpg></div>`},
		{says: "a picture without an address", want: Met, clause: img, body: `<img class=logo>`},
		{says: "a dot by style", want: Met, clause: img, body: `<img src=x.gif style="width:1px;height:1px">`},
		{says: "one pixel wide is no dot", want: Unmet, clause: img, body: `<img src=x.gif width=1>`},
		{says: "drawn svg", want: Met, clause: img, body: `<svg width=9 height=9><circle r=4 /></svg>`},
		{says: "a background from a sheet", want: Unmet, clause: img, head: `<style>.hero{background:#000 url(//x.test/a.jpg)}</style>`, body: `<div class=hero></div>`},
		{says: "a background of data", want: Met, clause: img, head: `<style>.hero{background-image:url(data:image/svg+xml,x)}</style>`, body: `<div class=hero></div>`},
		{says: "a picture in a card", want: Met, clause: img, body: `<article><img src=x.jpg></article>`},
		{says: "a poster is none", want: Met, clause: img, body: `<video poster=x.jpg></video>`},
		{says: "a player by host", want: Unmet, clause: video, body: `<iframe src="https://player.x.test/7"></iframe>`},
		{says: "by path", want: Unmet, clause: video, body: `<iframe src="https://x.test/embed/7"></iframe>`},
		{says: "lazy", want: Unmet, clause: video, body: `<iframe data-src="https://www.youtube.com/x"></iframe>`},
		{says: "a word in another word", want: Met, clause: video, body: `<iframe src="https://x.test/videography"></iframe>`},
		{says: "a word of the query", want: Met, clause: video, body: `<iframe src="https://x.test/?video=7"></iframe>`},
		{says: "a picture is no video", want: Met, clause: video, body: `<img src="https://video.test/embed.jpg">`},
	})
}
