package ingest

import (
	"bytes"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// unsafe lists what a piece of HTML holds beyond what Sanitise promises.
func unsafe(htm string) []string {
	root, err := parseFragment(htm)
	if err != nil {
		return []string{err.Error()}
	}
	allowed := map[string]string{"a": "href", "em": "", "strong": "", "sub": "", "sup": "", "code": "", "abbr": "title", "span": "lang"}
	var out []string
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
		case html.ElementNode:
			only, ok := allowed[n.Data]
			if !ok {
				out = append(out, "<"+n.Data+">")
			}
			for _, a := range n.Attr {
				if a.Key != only {
					out = append(out, n.Data+" "+a.Key)
				}
				if a.Key == "href" {
					if u, err := url.Parse(a.Val); err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
						out = append(out, "href "+a.Val)
					}
				}
			}
		default:
			out = append(out, "a node of another kind")
		}
	}
	return out
}

// checkInline holds HTML and its text to what they promise.
func checkInline(t testing.TB, from, htm, text string) {
	t.Helper()
	if bad := unsafe(htm); len(bad) > 0 {
		t.Errorf("%q gives %q: %v", from, htm, bad)
	}
	if again, plain := Sanitise(htm, nil); again != htm || plain != text {
		t.Errorf("%q is not settled: %q then %q; text %q then %q", from, htm, again, text, plain)
	}
}

func TestSanitiseAttacks(t *testing.T) {
	base, _ := url.Parse("https://a.example/x")
	for _, file := range []string{"payloads.jsonl", "dompurify-expect.jsonl"} {
		n := 0
		eachJSON(t, shared(t, "hostile", "xss", file), func(c struct{ Payload string }) {
			n++
			htm, text := Sanitise(c.Payload, base)
			checkInline(t, c.Payload, htm, text)
			if !strings.Contains(c.Payload, "<") && !strings.Contains(c.Payload, "&") && text != foldSpace(c.Payload) {
				t.Errorf("plain text %q became %q", c.Payload, text)
			}
			if raced && n%8 != 0 {
				return // what it reads as a page is one call more of the same code
			}
			page := "<html><head><title>A page</title></head><body><article><h1>A page</h1><p>Some words stand here, so that there is an article.</p><p>" + c.Payload + " and some more words, so that it is a paragraph.</p></article></body></html>"
			checkDocument(t, []byte(page))
		})
		if n == 0 {
			t.Errorf("%s: no cases", file)
		}
	}
}

// checkDocument reads a page and holds what comes out to the promises.
func checkDocument(t testing.TB, body []byte) {
	t.Helper()
	doc, err := Read(Page{URL: "https://a.example/x", Body: body})
	if err != nil && (doc.Text != "" || len(doc.Blocks) > 0) {
		t.Errorf("an error and a text: %v", err)
	}
	for _, b := range doc.Blocks {
		if b.Kind != Preformatted {
			checkInline(t, string(body[:min(len(body), 400)]), b.HTML, b.Text)
		} else if bad := unsafe(b.HTML); len(bad) > 0 {
			t.Errorf("%q: %v", b.HTML, bad)
		}
		if b.URL != "" && !strings.HasPrefix(b.URL, "http") {
			t.Errorf("address %q", b.URL)
		}
	}
	for _, im := range doc.Images {
		if !strings.HasPrefix(im.URL, "http") {
			t.Errorf("picture %q", im.URL)
		}
	}
	for _, s := range doc.Statements {
		if s.Href != "" && !strings.HasPrefix(s.Href, "http") && !strings.HasPrefix(s.Href, "mailto:") {
			t.Errorf("statement's address %q", s.Href)
		}
	}
}

func TestReadHostileFiles(t *testing.T) {
	dir := shared(t, "hostile")
	n := 0
	for _, sub := range []string{"html", "html5lib", "xml", "strings"} {
		err := filepath.WalkDir(filepath.Join(dir, sub), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b := readFile(t, path)
			checkDocument(t, b)
			for part := range bytes.SplitSeq(b, []byte("#data\n")) {
				if data, _, ok := bytes.Cut(part, []byte("\n#errors")); ok {
					n++
					checkDocument(t, data)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	eachJSON(t, filepath.Join(dir, "utf8", "own-cases.jsonl"), func(c struct {
		Hex string `json:"bytes_hex"`
	},
	) {
		b, err := hex.DecodeString(c.Hex)
		if err != nil {
			t.Fatal(err)
		}
		n++
		checkDocument(t, b)
		checkDocument(t, append([]byte(`<meta charset=utf-8><article><h1>Բարև</h1>`), b...))
	})
	if n < 500 {
		t.Errorf("%d cases, want hundreds", n)
	}
}

// TestReadInTime: a page of 2 MB made to be slow is read, or refused, in a second or so.
func TestReadInTime(t *testing.T) {
	if os.Getenv("COLOPHON_TIMINGS") == "" {
		t.Skip("timings are not asserted in an ordinary run: set COLOPHON_TIMINGS=1")
	}
	if testing.Short() {
		t.Skip("reads 70 MB of hostile pages")
	}
	const size = 2 << 20
	fill := func(s string) []byte { return []byte(strings.Repeat(s, size/len(s))) }
	limit := 10 * time.Second // what is quadratic takes minutes; the rest is for a busy machine
	for name, body := range map[string][]byte{
		"open bold":          fill("<p><b>a"),
		"open bold, classes": fill("<p><b class=1><i class=2><font size=3>a"),
		"anchors":            fill("<a href=x>a"),
		"nested divs":        fill("<div>"),
		"deep then wide":     append([]byte(strings.Repeat("<div>", 500)), fill("<p>word word word word word, word.</p>")...),
		"list":               fill("<li>word, word word word word word word word word.</li>"),
		"tables":             fill("<table><tr><td>"),
		"cells":              fill("<tr><td>word, word word</td><td>and word.</td></tr>"),
		"attributes":         append(append([]byte("<p "), fill("a=1 ")...), '>'),
		"one attribute":      append(append([]byte(`<p class="`), fill("related share ")...), `">text`...),
		"classes":            fill(`<div class="content article body share related">word word, word.</div>`),
		"entities":           fill("&amp;&lt;&#x41;&notit;"),
		"one word":           fill("a"),
		"one sentence":       fill("According to Reuters, the Financial Times reports. "),
		"capitals":           fill("According To The Financial Times And The New York Times Of The Wall "),
		"quotes":             fill("«"),
		"dates":              fill("<time>28 August 2025 15:24 </time>"),
		"headings":           fill("<h1>A heading of some words</h1>"),
		"images":             fill("<figure><img src=/a.jpg><figcaption>Photo: A</figcaption></figure>"),
		"json":               append(append([]byte(`<script type="application/ld+json">{"@graph":`), fill(`[{"@type":"Article","a":`)...), "</script>"...),
		"brackets":           append(append([]byte(`<script type="application/json">`), fill("[")...), "</script>"...),
		"metas":              fill("<meta name=author content=a>"),
		"licences":           fill(`<a href="https://creativecommons.org/licenses/by/4.0/">CC</a> `),
		"terms":              fill("<p>Any use of materials requires a hyperlink to a.example</p>"),
		"authors":            fill("<span class=author>Jane Doe</span> "),
		"breadcrumbs":        fill("<div class=breadcrumb><a href=/x/y>Section</a></div>"),
		"high bytes":         bytes.Repeat([]byte{0xc0, 0xc1, 0xe0, 0xe1, ' '}, size/5),
		"plain lines":        fill("A line of a text that has no markup at all, and ends with a stop.\n"),
		"comments":           fill("<!-- -- -->"),
		"breaks":             fill("word<br>word.<br>"),
		"spans":              fill("<span class=tooltip>a</span>b "),
		"articles":           fill("<article><h1>A title</h1><p>Some words, which end here.</p></article>"),
		"bodies":             fill("<div itemscope><div itemprop=articleBody>Some words, which end here with a stop.</div></div>"),
	} {
		start := time.Now()
		doc, _ := Read(Page{URL: "https://a.example/x", Body: body})
		took := time.Since(start)
		if took > limit {
			t.Errorf("%s: %v", name, took)
		}
		if len(doc.Blocks) > maxBlocks {
			t.Errorf("%s: %d blocks", name, len(doc.Blocks))
		}
	}
}

func FuzzRead(f *testing.F) {
	pages, err := filepath.Glob(filepath.Join("testdata", "pages", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{
		"", "text", "<p>a<b>b</p>c", "<table><td><b><tr>x", "<a href=javascript:alert(1)>x</a>", "\xff\xfe<\x00p\x00>\x00", "<svg><title><p>x",
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"A","author":[{"name":["B"]}],"datePublished":20250101}</script>`,
		`<article><h1>A</h1><pre>a  b` + "\n" + `c</pre><figure><img srcset="a 1x, b 2x"><figcaption>Photo: X</figcaption></figure></article>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) { checkDocument(t, body) })
}
