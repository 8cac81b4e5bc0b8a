package rights

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Excerpt is a piece of a page's HTML as it was served: an element, and a little of what stands around it. All three are
// foreign text, to be escaped like any other.
type Excerpt struct{ Before, Element, After string }

// The sizes of an excerpt, in bytes; it ends at the edge of a letter.
const (
	excerptAround  = 120
	excerptElement = 400
)

// Excerpts finds the elements that findings name by their paths (Finding.Where) in the HTML as served. A path that is
// empty, or leads to an element that stands nowhere in the text since the parser supplied it, has no entry.
func (p *Parsed) Excerpts(paths ...string) map[string]Excerpt {
	wanted := map[string][]wantedElement{}
	for _, path := range paths {
		i := p.elementAt(path)
		if i < 0 {
			continue
		}
		key := tagKey(p.elements[i].node.Data, p.elements[i].node.Attr)
		if !slices.ContainsFunc(wanted[key], func(w wantedElement) bool { return w.path == path }) {
			wanted[key] = append(wanted[key], wantedElement{path, p.ordinal(i, key)})
		}
	}
	out := make(map[string]Excerpt, len(paths))
	if len(wanted) == 0 {
		return out
	}
	text, _ := decodePage(p.page.Body, p.header["content-type"])
	z := html.NewTokenizer(strings.NewReader(text))
	seen := map[string]int{}
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		from := at
		at += len(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		key := tagKey(token.Data, token.Attr)
		list, ok := wanted[key]
		if !ok {
			continue
		}
		for _, w := range list {
			if w.ordinal == seen[key] {
				out[w.path] = cutExcerpt(text, from, at, token.Data)
			}
		}
		seen[key]++
	}
}

// wantedElement is an element by its place among those with the same start tag.
type wantedElement struct {
	path    string
	ordinal int
}

// elementAt finds an element by its path, -1 where there is none.
func (p *Parsed) elementAt(path string) int32 {
	last := path[strings.LastIndexByte(path, ' ')+1:]
	tag, _, _ := strings.Cut(last, ":")
	tag, id, _ := strings.Cut(tag, "#")
	if tag == "" {
		return -1
	}
	for i := range p.elements {
		if e := &p.elements[i]; e.tag == tag && (id == "" || e.id == id) && p.path(int32(i)) == path {
			return int32(i)
		}
	}
	return -1
}

// ordinal counts the elements before one that have the same start tag.
func (p *Parsed) ordinal(i int32, key string) int {
	n := 0
	for k := range i {
		if e := &p.elements[k]; e.node.Data == p.elements[i].node.Data && tagKey(e.node.Data, e.node.Attr) == key {
			n++
		}
	}
	return n
}

// tagKey is a start tag, for comparing.
func tagKey(name string, attrs []html.Attribute) string {
	parts := make([]string, 0, len(attrs))
	for _, a := range attrs {
		parts = append(parts, a.Key+"="+strconv.Itoa(len(a.Val))+":"+a.Val)
	}
	slices.Sort(parts) // the parser may put them into another order
	return name + " " + strings.Join(parts, " ")
}

// cutExcerpt cuts the element whose start tag is text[from:to] out of a page. What is longer than an excerpt ends in "…".
func cutExcerpt(text string, from, to int, tag string) Excerpt {
	end := elementEnd(text, to, tag)
	if end-from > excerptElement {
		end = min(len(text), max(min(to, from+2*excerptElement), from+excerptElement))
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	first := max(0, from-excerptAround)
	for first < from && !utf8.RuneStart(text[first]) {
		first++
	}
	last := min(len(text), end+excerptAround)
	for last < len(text) && !utf8.RuneStart(text[last]) {
		last++
	}
	out := Excerpt{Before: text[first:from], Element: text[from:end], After: text[end:last]}
	if first > 0 {
		out.Before = "…" + out.Before
	}
	if last < len(text) {
		out.After += "…"
	}
	return out
}

// elementEnd is where the element ends whose start tag ends at from, looked for no further than an excerpt goes.
func elementEnd(text string, from int, tag string) int {
	part := text[from:min(len(text), from+excerptElement+1)]
	open, at := 1, from
	for z := html.NewTokenizer(strings.NewReader(part)); ; {
		kind := z.Next()
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return from + len(part)
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == tag {
				open++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if string(name) == tag {
				open--
			}
			if open == 0 {
				return at
			}
		}
	}
}
