package rights

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
)

// Page is a page as it was served: the bytes of the body, the response headers (names in any case) and the address.
type Page struct {
	Body   []byte
	Header map[string][]string
	URL    string
}

// Original holds the facts on the article that was republished. The JSON names are those of data/compliance.
type Original struct {
	URL             string              `json:"url"`
	CanonicalURL    string              `json:"canonical_url"`
	HomeURL         string              `json:"home_url"`
	OutletNames     []string            `json:"outlet_names"` // every spelling that counts
	Authors         []string            `json:"authors"`
	AuthorSpellings map[string][]string `json:"author_spellings,omitempty"`
	Title           string              `json:"title"`
	Language        string              `json:"language"`
	WordCount       int                 `json:"word_count"`
	CharCount       int                 `json:"char_count"`
	InnerLinks      []string            `json:"inner_links"` // absolute addresses linked in the original's text
}

// Hop is one ancestor to be credited; the original's outlet is one of them.
type Hop struct {
	Outlet  string `json:"outlet"`
	HomeURL string `json:"home_url"`
	URL     string `json:"url"`
}

// Facts are what a page is checked against, besides the clauses.
type Facts struct {
	Original   Original `json:"original"`
	Chain      []Hop    `json:"chain"`
	Translator string   `json:"translator"` // empty: none known
}

// MaxPageBytes is the most of a page that is read; what is longer is answered undecidable.
const MaxPageBytes = 16 << 20

// Parsed is a page read once, ready to be checked against any number of clauses. It is not for use by several
// goroutines at once.
type Parsed struct {
	page     Page
	sheets   *Verifier
	header   map[string][]string // names in lower case
	base     address
	pageURL  address
	encode   encoding.Encoding // of the document, for the queries of its links; nil for UTF-8
	quirks   bool
	elements []element
	events   []event
	root     *html.Node
	problem  string // why the page could not be read at all: "too_large", "too_deep", "too_complex"; empty if it could

	region     int32 // the article region, -1 if there is none
	regionBody bool
	blocks     []Block // visible ones
	raw        []rawBlock
	title      string // of the page as readers see it: the heading, not <title>
	links      []link // shown ones
	paragraphs int
	letters    int // letters and digits of visible paragraphs and headings
	language   string
}

// element is a node of the tree in document order, with what its style came to.
type element struct {
	node       *html.Node
	tag        string
	foreign    bool // svg or math
	parent     int32
	prev       int32 // the element before it with the same parent, -1 if none
	end        int32 // number of the first element after its subtree
	id         string
	classes    []string
	from, to   int32 // its events: p.events[from:to]
	marks      mark
	noindex    bool // begins between <!--noindex--> and <!--/noindex-->, or inside <noindex>
	inert      bool // inside template or noscript: not part of the page at all
	unseen     bool // hidden by anything but place and letters
	fontSize   float32
	contrast   float32 // of its text with what is behind; 22 where an image is
	alpha      float32 // of its text
	background bool    // paints an image fetched from somewhere
}

type eventKind byte

const (
	eventOpen eventKind = iota
	eventClose
	eventText
	eventBreak
)

// event is a step of the walk through the document.
type event struct {
	kind eventKind
	seen sight // of text
	el   int32
	text string
}

// sight says how much of a piece of text a reader sees.
type sight byte

const (
	shown  sight = iota
	folded       // in a closed <details>: one click away
	hidden       // by style or the hidden attribute: a script may open it
	absent       // never text of the page: template, noscript, script, the inside of objects
)

// attr returns the first attribute of that name.
func (e *element) attr(name string) (string, bool) {
	for i := range e.node.Attr {
		if a := &e.node.Attr[i]; a.Key == name && (a.Namespace == "" || a.Namespace == "xlink") {
			return a.Val, true
		}
	}
	return "", false
}

func (e *element) has(name string) bool {
	_, ok := e.attr(name)
	return ok
}

func (e *element) value(name string) string {
	v, _ := e.attr(name)
	return v
}

// isLink says whether the element is an HTML hyperlink with an address.
func (e *element) isLink() bool {
	return e.tag == "a" && !e.foreign && e.has("href")
}

func (e *element) empty() bool {
	for c := e.node.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && c.Data != "" {
			return false
		}
	}
	return true
}

// Parse reads a page as a browser with scripts off would show it. It does not fail: a page that cannot be read is
// answered undecidable.
func Parse(page Page) *Parsed { return (*Verifier)(nil).Parse(page) }

// Parse is the function Parse with the style sheets that vr has kept.
func (vr *Verifier) Parse(page Page) *Parsed {
	p := &Parsed{page: page, sheets: vr, region: -1, header: make(map[string][]string, len(page.Header))}
	for name, values := range page.Header {
		name = lowerASCII(strings.TrimSpace(name))
		p.header[name] = append(p.header[name], values...)
	}
	p.pageURL = parseAddress(page.URL, nil, nil)
	if len(page.Body) > MaxPageBytes {
		p.problem = "too_large"
		return p
	}
	text, enc := decodePage(page.Body, p.header["content-type"])
	p.encode = enc
	root, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(true))
	if err != nil {
		p.problem = "too_deep"
		return p
	}
	p.root = root
	p.quirks = isQuirky(root)
	p.build(root)
	p.findBase()
	p.style()
	if p.problem != "" {
		return p
	}
	p.findRegion()
	p.findBlocks()
	return p
}

// Verify checks a page against clauses and returns one finding for each, in their order.
func Verify(page Page, facts Facts, clauses []Clause) []Finding {
	return Parse(page).Verify(facts, clauses)
}

// Verify is the function Verify with the style sheets that vr has kept.
func (vr *Verifier) Verify(page Page, facts Facts, clauses []Clause) []Finding {
	return vr.Parse(page).Verify(facts, clauses)
}

// build numbers the elements in document order.
func (p *Parsed) build(root *html.Node) {
	n := 0
	for range root.Descendants() {
		n++
	}
	p.elements = make([]element, 0, n)
	var walk func(n *html.Node, parent int32, inert bool) int32
	walk = func(n *html.Node, parent int32, inert bool) int32 {
		i := int32(len(p.elements))
		e := element{node: n, tag: n.Data, foreign: n.Namespace != "", parent: parent, prev: -1, inert: inert}
		for k := range n.Attr {
			switch a := &n.Attr[k]; a.Key {
			case "id":
				if e.id == "" {
					e.id = a.Val
				}
			case "class":
				if e.classes == nil {
					e.classes = strings.FieldsFunc(a.Val, isHTMLSpace)
				}
			}
		}
		if e.foreign {
			e.tag = strings.Clone(n.Data)
		}
		e.marks = e.marksOf()
		p.elements = append(p.elements, e)
		inert = inert || n.Data == "template" && n.Namespace == "" || n.Data == "noscript" && n.Namespace == ""
		prev := int32(-1)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				k := walk(c, i, inert)
				p.elements[k].prev = prev
				prev = k
			}
		}
		p.elements[i].end = int32(len(p.elements))
		return i
	}
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			walk(c, -1, false)
		}
	}
}

// findBase finds the address that relative ones build on.
func (p *Parsed) findBase() {
	p.base = p.pageURL
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag == "base" && !e.foreign && !e.inert && e.has("href") {
			base := parseAddress(e.value("href"), &p.pageURL, p.encode)
			if base.ok && base.scheme != "data" && base.scheme != "javascript" {
				p.base = base
			}
			return
		}
	}
}

// resolve reads an address of the document.
func (p *Parsed) resolve(href string) address {
	return parseAddress(href, &p.base, p.encode)
}

// isQuirky says whether a browser would show the document in quirks mode (HTML §13.2.6.4.1).
func isQuirky(root *html.Node) bool {
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.DoctypeNode {
			continue
		}
		public, system, hasSystem := "", "", false
		for _, a := range c.Attr {
			switch a.Key {
			case "public":
				public = lowerASCII(a.Val)
			case "system":
				system, hasSystem = lowerASCII(a.Val), true
			}
		}
		if c.Data != "html" || public == "-//w3o//dtd w3 html strict 3.0//en//" || public == "-/w3c/dtd html 4.0 transitional/en" || public == "html" ||
			system == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd" {
			return true
		}
		if !hasSystem && (strings.HasPrefix(public, "-//w3c//dtd html 4.01 frameset//") || strings.HasPrefix(public, "-//w3c//dtd html 4.01 transitional//")) {
			return true
		}
		for _, prefix := range quirkyDoctypes {
			if strings.HasPrefix(public, prefix) {
				return true
			}
		}
		return false
	}
	return true
}

var quirkyDoctypes = []string{
	"+//silmaril//", "-//advasoft ltd//", "-//as//dtd", "-//ietf//dtd html", "-//metrius//", "-//microsoft//dtd internet explorer",
	"-//netscape comm. corp.//", "-//o'reilly and associates//", "-//softquad", "-//spyglass//", "-//sq//dtd", "-//sun microsystems corp.//",
	"-//w3c//dtd html 3", "-//w3c//dtd html 4.0 frameset//", "-//w3c//dtd html 4.0 transitional//", "-//w3c//dtd html experimental",
	"-//w3c//dtd w3 html 3.0//", "-//w3o//dtd w3 html 3.0//", "-//webtechs//",
}

// blank says whether the file has no content at all.
func (p *Parsed) blank() bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(p.page.Body, []byte("\xEF\xBB\xBF")))) == 0
}

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
}

func trimHTMLSpace(s string) string { return strings.Trim(s, " \t\n\r\f") }

func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if b[j] >= 'A' && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

func equalFoldASCII(a, b string) bool {
	return len(a) == len(b) && lowerASCII(a) == lowerASCII(b)
}
