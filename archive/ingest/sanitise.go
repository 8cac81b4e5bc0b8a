package ingest

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// maxInline bounds the inline elements open at once; deeper ones are dropped and their text stays.
const maxInline = 16

// inlineTags maps what a page uses to what is kept. Everything that is not here loses its tag and keeps its text, or
// loses both (see silent).
var inlineTags = map[atom.Atom]string{
	atom.A: "a", atom.Em: "em", atom.I: "em", atom.Strong: "strong", atom.B: "strong", atom.Sub: "sub",
	atom.Sup: "sup", atom.Code: "code", atom.Kbd: "code", atom.Samp: "code", atom.Tt: "code", atom.Abbr: "abbr",
}

// silent elements never contribute text.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Math: true,
	atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Applet: true, atom.Canvas: true, atom.Audio: true,
	atom.Video: true, atom.Head: true, atom.Title: true, atom.Meta: true, atom.Link: true, atom.Base: true,
	atom.Select: true, atom.Option: true, atom.Datalist: true, atom.Textarea: true, atom.Input: true,
	atom.Button: true, atom.Noembed: true, atom.Noframes: true, atom.Frameset: true, atom.Rp: true, atom.Rt: true,
	atom.Progress: true, atom.Meter: true, atom.Map: true, atom.Dialog: true,
}

// Sanitise reduces a fragment of foreign HTML to a, em, strong, sub, sup, code, abbr and span[lang], with no attribute
// but an absolute http, https or mailto href, a title on abbr, and lang. It returns that HTML and its plain text.
// The output is written anew from the parsed tree, so nothing of the input's markup survives; sanitising it again
// changes nothing. Addresses are resolved against base, which may be nil.
func Sanitise(fragment string, base *url.URL) (htm, text string) {
	root, err := parseFragment(fragment)
	if err != nil {
		return html.EscapeString(foldSpace(fragment)), foldSpace(fragment)
	}
	w := inlineWriter{base: base}
	w.walkAll(root)
	htm, text = w.finish()
	if !isNFC(text) { // a mark parted from its letter by an element that is gone now
		text = norm.NFC.String(text)
		if again, err := parseFragment(htm); err == nil {
			w.walkAll(again)
			htm, _ = w.finish()
		}
	}
	return htm, text
}

// inlineWriter writes the inline content of one block. Space is folded as it is written, so that HTML and text agree.
type inlineWriter struct {
	base *url.URL
	htm  strings.Builder
	text strings.Builder

	open    []openTag
	pending strings.Builder // text not yet normalised: marks may follow their letter in another node
	space   bool            // a space is due before the next character
	keep    bool            // keep white space as it is (preformatted)
	links   int             // links open, whether or not their address is one to keep
	linked  int             // runes of text inside links
	runes   int
}

// openTag is an element that has been opened in the input. It is written only when its first character is.
type openTag struct {
	start   string
	end     string
	written bool
}

// walkAll writes a node with all its descendants, block elements counting as a space.
func (w *inlineWriter) walkAll(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return
	case html.ElementNode:
		if silent[n.DataAtom] || n.Namespace != "" {
			return
		}
		if n.DataAtom == atom.Br || isBlock(n) {
			w.write("\n")
		}
	case html.DocumentNode:
	default:
		return
	}
	opened := w.push(n)
	for c := range n.ChildNodes() {
		w.walkAll(c)
	}
	if opened {
		w.pop()
	}
	if n.Type == html.ElementNode && isBlock(n) {
		w.write("\n")
	}
}

// push opens an inline element where it is one that is kept.
func (w *inlineWriter) push(n *html.Node) bool {
	if n.Type != html.ElementNode || len(w.open) >= maxInline {
		return false
	}
	tag, ok := inlineTags[n.DataAtom]
	attrs := ""
	switch {
	case n.DataAtom == atom.A:
		href := safeLink(attr(n, "href"), w.base)
		if href == "" || w.isOpen("a") {
			return false
		}
		attrs = ` href="` + html.EscapeString(href) + `"`
	case n.DataAtom == atom.Abbr:
		if t := foldSpace(attr(n, "title")); t != "" {
			attrs = ` title="` + html.EscapeString(t) + `"`
		}
	case n.DataAtom == atom.Span:
		lang := attr(n, "lang")
		if !isTag(lang) || w.isOpen("span") {
			return false
		}
		tag, ok, attrs = "span", true, ` lang="`+html.EscapeString(lang)+`"`
	}
	if !ok || (tag != "a" && tag != "span" && w.isOpen(tag)) {
		return false
	}
	w.flush()
	w.open = append(w.open, openTag{start: "<" + tag + attrs + ">", end: "</" + tag + ">"})
	return true
}

func (w *inlineWriter) isOpen(tag string) bool {
	for _, o := range w.open {
		if o.end == "</"+tag+">" {
			return true
		}
	}
	return false
}

func (w *inlineWriter) pop() {
	w.flush()
	last := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	if last.written {
		w.htm.WriteString(last.end)
	}
}

// write adds text to what is pending.
func (w *inlineWriter) write(s string) { w.pending.WriteString(s) }

// flush writes the pending text in NFC, folding space and dropping what cannot be seen.
func (w *inlineWriter) flush() {
	if w.pending.Len() == 0 {
		return
	}
	s := visible(w.pending.String())
	w.pending.Reset()
	for _, r := range s {
		switch {
		case w.keep && (r == '\n' || r == ' '):
			w.emit(r)
		case isSpace(r):
			w.space = true
		default:
			w.flushSpace()
			w.emit(r)
		}
	}
}

func (w *inlineWriter) flushSpace() {
	if w.space && w.text.Len() > 0 {
		// A space before an opening tag stands outside it.
		w.htm.WriteByte(' ')
		w.text.WriteByte(' ')
	}
	w.space = false
}

func (w *inlineWriter) emit(r rune) {
	for i := range w.open {
		if !w.open[i].written {
			w.open[i].written = true
			w.htm.WriteString(w.open[i].start)
		}
	}
	w.runes++
	if w.links > 0 {
		w.linked++
	}
	w.text.WriteRune(r)
	switch r {
	case '<':
		w.htm.WriteString("&lt;")
	case '>':
		w.htm.WriteString("&gt;")
	case '&':
		w.htm.WriteString("&amp;")
	case '"':
		w.htm.WriteString("&#34;")
	case '\'':
		w.htm.WriteString("&#39;")
	case '\u0338': // would compose with the > of a tag under NFC
		w.htm.WriteString("&#x338;")
	default:
		w.htm.WriteRune(r)
	}
}

// finish closes what is open and returns both forms. The writer starts empty again, with the same elements open.
func (w *inlineWriter) finish() (htm, text string) {
	w.flush()
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].written {
			w.htm.WriteString(w.open[i].end)
			w.open[i].written = false
		}
	}
	htm, text = w.htm.String(), w.text.String()
	w.htm.Reset()
	w.text.Reset()
	w.space, w.linked, w.runes = false, 0, 0
	return htm, text
}

// safeLink resolves an address and returns it where it is http, https or mailto, without user information; else "".
func safeLink(href string, base *url.URL) string {
	u := resolve(href, base)
	if u == nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" || u.User != nil {
			return ""
		}
	case "mailto":
		if u.Opaque == "" || strings.ContainsAny(u.Opaque, "<>\"\r\n") {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}

// resolve parses an address from a page against its base; nil where it cannot be one.
func resolve(href string, base *url.URL) *url.URL {
	href = strings.TrimFunc(href, func(r rune) bool { return r <= ' ' })
	if href == "" || len(href) > 4096 {
		return nil
	}
	href = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, href)
	u, err := url.Parse(href)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	return u
}

// foldSpace is the plain-text form of what inlineWriter does to text: NFC, white space folded to single spaces and
// trimmed, characters that cannot be seen dropped.
func foldSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range visible(s) {
		switch {
		case isSpace(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isSpace reports white space of any kind, the no-break ones too: where a line may break is the typesetter's question.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' }

// visible drops what cannot be seen and returns NFC.
func visible(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' && s[i] != '\n' {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if !isSpace(r) && invisible(r) {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// invisible reports characters that are dropped: controls, zero-width spaces, soft hyphens, byte order marks and the
// controls of text direction, which could turn a credit or an address around. Joiners stay, as words need them.
func invisible(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r == 0xad || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x2060 || r == 0xfeff:
		return true
	case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0xfff9 && r <= 0xfffb || r&0xfffe == 0xfffe || r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

func isNFC(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.IsNormalString(s)
		}
	}
	return true
}

// isTag reports whether s has the shape of a language tag.
func isTag(s string) bool {
	if len(s) < 2 || len(s) > 35 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && (c == '-' || c >= '0' && c <= '9')) {
			return false
		}
	}
	return true
}
