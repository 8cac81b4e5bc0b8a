package rights

import "testing"

// The tables here are a second reading of data/compliance: what an independent reader answered otherwise.

func TestRereadNames(t *testing.T) {
	runSpec(t, []specCase{
		{says: "a dash before the host", want: Met, clause: specSource, body: `<p>Source — valley.example</p>`},
		{says: "a dash behind it", want: Met, clause: specSource, body: `<p>valley.example – the news of the valley</p>`},
		{says: "a hyphen joined to it", want: Unmet, clause: specSource, body: `<p>the my-valley.example site</p>`},
		{says: "a hyphen joined behind it", want: Unmet, clause: specSource, body: `<p>valley.example-news</p>`},
		{says: "full width, soft hyphen and capitals", want: Met, clause: specSource, body: "<p>on ＶＡＬＬＥＹ．ex\u00adample</p>"},
	})
}

func TestRereadRobots(t *testing.T) {
	header := func(v string) map[string][]string { return map[string][]string{"X-Robots-Tag": {v}} }
	meta := func(v string) string { return `<meta name=robots content="` + v + `">` }
	runSpec(t, []specCase{
		{says: "the value of a directive in a meta", want: Met, clause: specFollow, body: sourceLink, head: meta("index, max-image-preview: none")},
		{says: "with blanks about the colon", want: Met, clause: specFollow, body: sourceLink, head: meta("max-image-preview : none, follow")},
		{says: "a directive behind the value", want: Unmet, clause: specFollow, body: sourceLink, head: meta("max-image-preview: none noindex")},
		{says: "a value joined on", want: Unmet, clause: specFollow, body: sourceLink, head: meta("max-snippet:-1 none")},
		{says: "a directive behind a comma", want: Unmet, clause: specFollow, body: sourceLink, head: meta("max-image-preview:, none")},
		{says: "the value of a directive to one robot", want: Met, clause: specFollow, body: sourceLink, header: header("googlebot: max-image-preview: none")},
		{says: "a directive to one robot behind it", want: Unmet, clause: specFollow, body: sourceLink, header: header("googlebot: max-image-preview: none, nofollow")},
	})
}

func TestRereadLinkColour(t *testing.T) {
	body := "<body link=white><p>" + sourceLink + "</p>"
	runSpec(t, []specCase{
		{says: "body link", want: Unmet, clause: linkRequired, body: body},
		{says: "revert goes back to body link", want: Unmet, clause: linkRequired, head: "<style>a{color:revert}</style>", body: body},
		{says: "a rule wins over body link", want: Met, clause: linkRequired, head: "<style>a{color:#333}</style>", body: body},
		{says: "inherit wins over body link", want: Met, clause: linkRequired, head: "<style>a{color:inherit}</style>", body: body},
	})
}

func TestRereadStyle(t *testing.T) {
	hides := func(css string) specCase {
		return specCase{says: css, want: Unmet, clause: linkRequired, head: `<style>` + css + `</style>`, body: `<p><span class=a>` + sourceLink + `</span></p>`}
	}
	shows := func(css string) specCase {
		c := hides(css)
		c.want = Met
		return c
	}
	runSpec(t, []specCase{
		shows(".a,.a::bogus{display:none}"),
		shows(".a,.a::-moz-selection{display:none}"),
		hides(".a,.a::-webkit-bogus{display:none}"),
		shows("@container (min-width:1px){.a{display:none}}"),
		hides("p{container-type:inline-size}@container (min-width:1px){.a{display:none}}"),
		hides("a{color:rgb(from white r g b)}"),
		hides("a{color:rgb(from #fff calc(r - 5) g b / 1)}"),
		shows("a{color:rgb(from white 0 0 b)}"),
		hides("a{color:rgb(from black r g b / .05)}"),
		hides("a{color:hsl(from #fff h s 98%)}"),
		hides("a{color:hsl(from navy h s 99)}"),
		hides("a{color:oklch(from navy .98 c h)}"),
		shows("a{color:oklch(from navy l c h)}"),
		hides("a{color:lab(from white l a b)}"),
		shows("a{color:rgb(from white r g bogus)}"),
		hides(".a{color:#fff}a{color:color-mix(in srgb, currentcolor 95%, black)}"),
		hides("a{color:#777;background:color-mix(in srgb, currentcolor 99%, white)}"),
		hides("a{color:color-mix(in oklab, white 97%, black)}"),
		shows("a{color:#fff;display:run-in;background:#000}"),
		shows("a{color:rgb(255 255, 255)}"),
		hides("p:has(.a){background:currentcolor}.a{color:#eee;background-color:inherit}a{color:#eee}"),
		shows("@media screen{-->.a{display:none}}"),
		hides("-->.a{display:none}"),
		{
			says: "a table told nothing takes the colour of the body", want: Met, clause: specSource,
			page: `<article>` + twoParas + `<div style="color:#fff"><table><tr><td>Valley Gazette`,
		},
		{
			says: "a table told to inherit takes that of its parent", want: Unmet, clause: specSource,
			page: `<style>table{color:inherit}</style><article>` + twoParas + `<div style="color:#fff"><table><tr><td>Valley Gazette`,
		},
		hides("a{color:rgb(255, 255, 255)}"),
		hides("p:has(.a){overflow:hidden;line-height:0}"),
		shows("p:has(.a){overflow:hidden;line-height:0;height:2em}"),
		shows("p:has(.a){overflow:hidden;height:0%}"),
		hides("p:has(.a){overflow:hidden;height:0}"),
		hides("p:has(.a){transform:rotate3d(0,1,0,90deg)}"),
		hides("p:has(.a){clip-path:circle(10px at -50px -50px)}"),
		hides("p:has(.a){clip-path:circle(0 at 50% 50%)}"),
		shows("p:has(.a){clip-path:circle(100px at 50% 50%)}"),
		shows("p:has(.a){display:table-cell;margin-left:-9999px}"),
		shows(".a{display:inline-block;transform:translateX(-50%);margin-left:50px}"),
		hides(".a,.a::selection,.a::part(x){display:none}"),
	})
}

func TestRereadBlocks(t *testing.T) {
	visible := Clause{Kind: LinkVisible, Params: Params{Target: "article"}}
	runSpec(t, []specCase{
		{says: "hidden text does not end a run of <br>", want: Unmet, clause: specSource, body: `<p>Valley<br><span hidden>x</span><br>Gazette`},
		{says: "seen text does", want: Met, clause: specSource, body: `<p>The Valley Gazette<br>x<br>y`},
		{says: "a body that is the main part is the body", want: Unmet, clause: linkRequired, page: `<body role=main>` + twoParas + `<footer>` + sourceLink + `</footer>`},
		{says: "type of one width is smaller", want: Unmet, clause: visible, body: `<p><code>` + sourceLink + `</code>`},
		{says: "not where all is of one width", want: Met, clause: visible, page: `<article><pre>` + twoParas + sourceLink},
		{says: "nor where sizes are in pixels", want: Met, clause: visible, head: `<style>body{font-size:18px}</style>`, body: `<p><code>` + sourceLink + `</code>`},
	})
}
