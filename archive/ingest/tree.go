package ingest

import (
	"bytes"
	"iter"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"colophon/archive/fault"
)

// MaxBytes bounds a page, in bytes after content decoding.
const MaxBytes = 8 << 20

// Bounds on what is read. The largest real article page seen had 12,000 elements and was 90 deep.
const (
	maxNodes    = 300_000
	maxOpen     = 100 // formatting elements left open; the parser repeats them in every paragraph
	maxBlocks   = 5_000
	maxBlockLen = 200_000 // bytes of text in one block
)

// parse reads HTML within the bounds. Formatting elements that are never closed make a parser repeat them in every
// paragraph and nest without end; a page with many of those loses its formatting and keeps its text.
func parse(src []byte) (*html.Node, error) {
	if unclosed(src) > maxOpen {
		src = withoutFormatting(src)
	}
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		root, err = html.Parse(bytes.NewReader(withoutFormatting(src)))
	}
	if err != nil {
		return nil, fault.Wrap(fault.ErrInvalid, "fault.extract.deep", nil, err)
	}
	n := 0
	for range root.Descendants() {
		if n++; n > maxNodes {
			return nil, fault.New(fault.ErrTooLarge, "fault.extract.crowded", nil)
		}
	}
	return root, nil
}

// parseFragment reads a piece of HTML as the content of a body.
func parseFragment(src string) (*html.Node, error) {
	b := []byte(src)
	if unclosed(b) > maxOpen {
		b = withoutFormatting(b)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(b), body)
	if err != nil {
		nodes, err = html.ParseFragment(bytes.NewReader(withoutFormatting(b)), body)
	}
	if err != nil {
		return nil, err
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root, nil
}

// formatting elements are reopened by a parser until they are closed. Links are not among them here: a second one
// closes the first.
var formatting = map[string]bool{
	"b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true,
}

// unclosed counts formatting elements that are opened and not closed.
func unclosed(src []byte) int {
	open := map[string]int{}
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			n := 0
			for _, c := range open {
				n += c
			}
			return n
		case html.StartTagToken:
			if name, _ := z.TagName(); formatting[string(name)] {
				open[string(name)]++
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); open[string(name)] > 0 {
				open[string(name)]--
			}
		}
	}
}

// withoutFormatting drops the tags of formatting elements and spans.
func withoutFormatting(src []byte) []byte {
	out := make([]byte, 0, len(src))
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw := append([]byte(nil), z.Raw()...)
			if name, _ := z.TagName(); formatting[string(name)] || string(name) == "span" {
				continue
			}
			out = append(out, raw...)
		default:
			out = append(out, z.Raw()...)
		}
	}
}

// attr returns an attribute's value, "" where it is absent.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// elements yields the elements under n in document order.
func elements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && !yield(d) {
				return
			}
		}
	}
}

// find returns the first element that match accepts; nil where there is none.
func find(n *html.Node, match func(*html.Node) bool) *html.Node {
	for e := range elements(n) {
		if match(e) {
			return e
		}
	}
	return nil
}

// textIn is the folded text of a subtree, silent elements left out.
func textIn(n *html.Node) string {
	w := inlineWriter{}
	w.walkAll(n)
	_, text := w.finish()
	return text
}

// rawText is the text of a script or style.
func rawText(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// within reports whether n is anc or stands in it.
func within(n, anc *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == anc {
			return true
		}
	}
	return false
}

// isBlock reports elements that end a line of text.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.P,
		atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
		atom.Ul:
		return true
	}
	return false
}

// wordsOf splits names of classes and ids into lower-case words: "c-shareBar__item" is c, share, bar, item.
func wordsOf(s string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, strings.ToLower(b.String()))
			b.Reset()
		}
	}
	lower := false
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			if lower {
				flush()
			}
			lower = false
			b.WriteRune(r)
		case r >= 'a' && r <= 'z':
			lower = true
			b.WriteRune(r)
		case r >= '0' && r <= '9':
			lower = false
		default:
			lower = false
			flush()
		}
	}
	flush()
	return out
}

// labels are the words by which the page itself names an element: class, id, role, itemprop, component attributes.
func labels(n *html.Node) string {
	var b strings.Builder
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "role", "itemprop", "data-component", "data-testid", "data-type", "data-module", "data-role",
			"data-block", "data-widget":
			if len(a.Val) > 1000 {
				continue
			}
			for token := range strings.FieldsSeq(a.Val) {
				if !about.MatchString(token) {
					b.WriteByte(' ')
					b.WriteString(strings.Join(wordsOf(token), " "))
				}
			}
		}
	}
	b.WriteByte(' ')
	return b.String()
}

// about are class names that say what an element is about, what it has, or in which state it is; not what it is.
var about = regexp.MustCompile(`^(?:category|tag|author|format|status|has|with|without|no|is|js|wp|post|type|menu-item|current|hide|show|tablet|mobile|desktop|col|row|theme|lang|single)-|--(?:has|with|no|without|is)-|-(?:enabled|disabled|on|off|left|right)$`)

// hidden reports elements that a reader does not see, as far as the element itself says.
var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func hidden(n *html.Node) bool {
	return hasAttr(n, "hidden") || hiddenStyle.MatchString(attr(n, "style"))
}

// baseOf is the address relative links of the page are resolved against; nil where nothing is known.
func baseOf(root *html.Node, page string) *url.URL {
	base, _ := url.Parse(page)
	if base != nil && base.Scheme != "http" && base.Scheme != "https" {
		base = nil
	}
	if b := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Base && hasAttr(n, "href") }); b != nil {
		if u := resolve(attr(b, "href"), base); u != nil && (u.Scheme == "http" || u.Scheme == "https") {
			return u
		}
	}
	return base
}
