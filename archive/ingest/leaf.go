package ingest

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leaf is a candidate for a block: a run of inline content inside one block element, or a picture, or an embed.
type leaf struct {
	Block
	node   *html.Node // the innermost block element that holds it
	junk   furniture  // what the page says the surroundings are; "" for none
	mark   *html.Node // the element that says so
	linked int        // runes inside links
	runes  int
	vote   float64 // share of its words that the body extractor took, 0 to 1
	marked bool    // all of it is bold or italic
}

// linky reports lines that are mostly links.
func (l *leaf) linky() bool { return l.runes > 0 && l.linked*10 > l.runes*6 }

// prose reports lines that read like sentences of an article.
func (l *leaf) prose() bool {
	return l.inText() && l.Kind != Heading && l.runes >= 40 && !l.linky() && strings.ContainsAny(l.Text, ".,;:!?…։՝։»”\"")
}

// sentence reports prose that ends or holds a sentence, as headlines in lists do not.
func (l *leaf) sentence() bool {
	if !l.prose() {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.Text)
	return strings.ContainsRune(".!?…։:;»”\")", last) || sentenceEnd.MatchString(l.Text)
}

var sentenceEnd = regexp.MustCompile(`[\p{Ll}\d»”")][.!?…։:]\s+[«“"(—–-]*\s*\p{Lu}`)

// walker cuts a tree into leaves.
type walker struct {
	base    *url.URL
	sizes   map[*html.Node]size
	called  map[*html.Node]furniture
	total   int // runes of text outside links on the whole page
	w       inlineWriter
	leaves  []*leaf
	blocks  []*html.Node // open block elements
	junk    []label
	kinds   []Kind
	level   int
	ordered bool
	marked  int // open strong and em elements
	plain   int // runes outside strong and em in the current leaf
	breaks  int // line breaks since the last text
}

// label is what the page calls an element and everything in it.
type label struct {
	junk furniture
	node *html.Node
}

// size is how much text a subtree holds.
type size struct{ plain, linked, images, blocks int }

// cut returns the leaves of a page in document order.
func cut(root *html.Node, base *url.URL) ([]*leaf, *walker) {
	w := &walker{base: base, sizes: map[*html.Node]size{}, called: map[*html.Node]furniture{}}
	w.measure(root, false)
	w.total = w.sizes[root].plain
	w.w.base = base
	w.node(root)
	w.flush()
	return w.leaves, w
}

// measure fills sizes.
func (w *walker) measure(n *html.Node, linked bool) size {
	var s size
	switch n.Type {
	case html.TextNode:
		c := 0
		space := true
		for _, r := range n.Data {
			if isSpace(r) {
				space = true
				continue
			}
			if space {
				c++
				space = false
			}
			c++
		}
		if linked {
			s.linked = c
		} else {
			s.plain = c
		}
		return s
	case html.ElementNode:
		if silent[n.DataAtom] || n.Namespace != "" {
			return s
		}
		if n.DataAtom == atom.Img {
			s.images++
		}
		if isBlock(n) {
			s.blocks++
		}
	case html.DocumentNode:
	default:
		return s
	}
	linked = linked || n.DataAtom == atom.A
	for c := range n.ChildNodes() {
		k := w.measure(c, linked)
		s.plain += k.plain
		s.linked += k.linked
		s.images += k.images
		s.blocks += k.blocks
	}
	if n.Type == html.ElementNode && (s.plain+s.linked+s.images > 0) {
		w.sizes[n] = s
	} else if n.Type == html.DocumentNode {
		w.sizes[n] = s
	}
	return s
}

func (w *walker) label() label {
	if len(w.junk) == 0 {
		return label{}
	}
	return w.junk[len(w.junk)-1]
}

// labelled starts a leaf with the label in force.
func (w *walker) labelled() *leaf {
	at := w.label()
	return &leaf{node: w.curBlock(), junk: at.junk, mark: at.node}
}

func (w *walker) curKind() Kind {
	if len(w.kinds) == 0 {
		return Paragraph
	}
	return w.kinds[len(w.kinds)-1]
}

func (w *walker) curBlock() *html.Node {
	if len(w.blocks) == 0 {
		return nil
	}
	return w.blocks[len(w.blocks)-1]
}

// node walks one node.
func (w *walker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if strings.TrimFunc(n.Data, isSpace) != "" {
			w.breaks = 0
			if w.marked == 0 {
				w.plain += utf8.RuneCountInString(n.Data)
			}
		}
		w.w.write(n.Data)
		return
	case html.DocumentNode:
		w.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	if len(w.leaves) >= maxBlocks || n.Namespace != "" {
		return
	}
	if w.special(n) || silent[n.DataAtom] {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		w.lineBreak()
		return
	case atom.Hr:
		w.flush()
		return
	}
	at := w.label()
	inline := !isBlock(n) && w.sizes[n].blocks == 0
	if j := w.furnitureOf(n); j != "" && (!inline || j == asHidden || w.alone(n)) && !(at.junk != "" && weak(j)) {
		at = label{j, n}
	}
	if isBlock(n) {
		w.block(n, at)
		return
	}
	if inline && at.node == n && at.junk == asHidden {
		return // a pop-up inside a sentence
	}
	changed := at != w.label()
	if changed {
		w.flush() // furniture inside a line is a line of its own
	}
	w.junk = append(w.junk, at)
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong || n.DataAtom == atom.Em || n.DataAtom == atom.I
	if bold {
		w.marked++
	}
	opened := w.w.push(n)
	w.inLink(n, func() { w.children(n) })
	if opened {
		w.w.pop()
	}
	if bold {
		w.marked--
	}
	if changed {
		w.flush()
	}
	w.junk = w.junk[:len(w.junk)-1]
}

// inLink runs f with n counted as an open link where it is one.
func (w *walker) inLink(n *html.Node, f func()) {
	if n.DataAtom != atom.A || !hasAttr(n, "href") {
		f()
		return
	}
	w.w.flush()
	w.w.links++
	f()
	w.w.flush()
	w.w.links--
}

// alone reports inline elements that hold nearly all the words of their block, or of their line in it: what they are
// called, the line is.
func (w *walker) alone(n *html.Node) bool {
	b := w.curBlock()
	if b == nil {
		return true
	}
	s, all := w.sizes[n], w.sizes[b]
	if 10*(s.plain+s.linked) >= 8*(all.plain+all.linked) {
		return true
	}
	for ; n != nil && n.Type == html.ElementNode && !isBlock(n); n = n.Parent {
		for _, next := range []func(*html.Node) *html.Node{
			func(n *html.Node) *html.Node { return n.PrevSibling },
			func(n *html.Node) *html.Node { return n.NextSibling },
		} {
			for k := next(n); k != nil; k = next(k) {
				if k.Type == html.ElementNode && (k.DataAtom == atom.Br || isBlock(k) || w.sizes[k].blocks > 0) {
					break
				}
				if k.Type == html.TextNode && strings.TrimFunc(k.Data, isSpace) != "" || k.Type == html.ElementNode && w.sizes[k].plain+w.sizes[k].linked > 0 {
					return false
				}
			}
		}
	}
	return true
}

// lineBreak ends the leaf where two breaks follow each other, where a sentence ends before a single one, and in
// furniture, where every line is a thing of its own; elsewhere it is a space.
func (w *walker) lineBreak() {
	if w.curKind() == Preformatted {
		w.w.write("\n")
		return
	}
	w.breaks++
	w.w.flush()
	text := w.w.text.String()
	last, _ := utf8.DecodeLastRuneInString(text)
	// A line all in bold is a heading of its own, or names the author.
	title := w.plain == 0 && w.w.runes > 0 && w.marked == 0
	if w.breaks >= 2 || title || w.label().junk != "" || w.curKind() != Heading && strings.ContainsRune(".!?…։:;»”", last) {
		breaks := w.breaks
		w.flush()
		w.breaks = breaks
		return
	}
	w.w.write("\n")
}

func (w *walker) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

// block walks a block element.
func (w *walker) block(n *html.Node, junk label) {
	w.flush()
	kind, level, ordered := w.curKind(), w.level, w.ordered
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		kind, w.level = Heading, int(n.Data[1]-'0')
	case atom.Li, atom.Dd, atom.Dt:
		kind = ListItem
		w.ordered = n.Parent != nil && n.Parent.DataAtom == atom.Ol
	case atom.Blockquote:
		kind = Quote
	case atom.Pre:
		kind = Preformatted
	case atom.Table, atom.Section, atom.Article:
		kind = Paragraph
	}
	w.blocks = append(w.blocks, n)
	w.junk = append(w.junk, junk)
	w.kinds = append(w.kinds, kind)
	if n.DataAtom == atom.Pre {
		w.w.keep = true
	}
	if n.DataAtom == atom.Tr && w.isRow(n) {
		w.row(n)
	} else {
		w.children(n)
	}
	w.flush()
	w.w.keep = len(w.kinds) > 1 && w.kinds[len(w.kinds)-2] == Preformatted
	w.blocks = w.blocks[:len(w.blocks)-1]
	w.junk = w.junk[:len(w.junk)-1]
	w.kinds = w.kinds[:len(w.kinds)-1]
	w.level, w.ordered = level, ordered
}

// isRow tells a row of data from a row that lays out a page.
func (w *walker) isRow(n *html.Node) bool {
	cells := 0
	for c := range n.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			if s := w.sizes[c]; s.blocks > 3 || s.plain+s.linked > 600 {
				return false
			}
			cells++
		}
	}
	return cells > 1
}

// row writes a row of data as one line.
func (w *walker) row(n *html.Node) {
	first := true
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if s := w.sizes[c]; s.plain+s.linked == 0 {
			continue
		}
		if !first {
			w.w.write(" | ")
		}
		first = false
		w.cell(c)
		w.plain++
	}
}

// cell writes a cell of a row; blocks in it are parted by spaces.
func (w *walker) cell(n *html.Node) {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && !silent[c.DataAtom] && c.Namespace == "" {
			if isBlock(c) {
				w.w.write(" ")
			}
			opened := w.w.push(c)
			w.inLink(c, func() { w.cell(c) })
			if opened {
				w.w.pop()
			}
			w.w.write(" ")
		} else if c.Type == html.TextNode {
			w.w.write(c.Data)
		}
	}
}

// flush ends the current leaf.
func (w *walker) flush() {
	w.w.flush()
	linked, runes := w.w.linked, w.w.runes
	htm, text := w.w.finish()
	plain := w.plain
	w.plain, w.breaks = 0, 0
	if text == "" || runes == 0 {
		return
	}
	if len(text) > maxBlockLen || len(w.leaves) >= maxBlocks {
		return
	}
	l := w.labelled()
	l.linked, l.runes, l.marked = linked, runes, plain == 0
	l.Kind, l.Text, l.HTML = w.curKind(), text, htm
	if l.Kind == Preformatted {
		l.Text, l.HTML = strings.Trim(text, "\n"), strings.Trim(htm, "\n")
	}
	switch l.Kind {
	case Heading:
		l.Level = max(2, w.level)
	case ListItem:
		l.Ordered = w.ordered
		l.trimBullet()
	case Paragraph:
		if l.trimBullet() {
			l.Kind = ListItem
		}
	}
	if l.Text != "" {
		w.leaves = append(w.leaves, l)
	}
}

// trimBullet drops a typed bullet at the start of a line. Dashes stay: they open direct speech.
func (l *leaf) trimBullet() bool {
	r, size := utf8.DecodeRuneInString(l.Text)
	if !strings.ContainsRune("•◦▪●■‣⁃∙·", r) || !strings.HasPrefix(l.HTML, l.Text[:size]) {
		return false
	}
	l.Text = strings.TrimLeftFunc(l.Text[size:], unicode.IsSpace)
	l.HTML = strings.TrimLeftFunc(l.HTML[size:], unicode.IsSpace)
	return true
}
