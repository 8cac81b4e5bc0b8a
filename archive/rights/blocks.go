package rights

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// BlockKind is what a block is on the page.
type BlockKind string

// The kinds of blocks, in the order in which they are tried.
const (
	CaptionBlock   BlockKind = "caption"
	TitleBlock     BlockKind = "title"
	CreditBlock    BlockKind = "credit"
	BylineBlock    BlockKind = "byline"
	MetaBlock      BlockKind = "meta"
	HeadingBlock   BlockKind = "heading"
	ParagraphBlock BlockKind = "paragraph"
)

// Block is a visible block of the article region. Number is its place: paragraphs count 1, 2, 3 …, what stands before
// the first paragraph is 0, other blocks one more than the paragraphs before them; captions and titles have none (-1).
type Block struct {
	Kind   BlockKind
	Number int
	Text   string // visible text, white space folded
	Where  string // path to the node

	el    int32
	raw   int   // place in Parsed.raw
	links []int // shown links with text in it, as places in Parsed.links
}

// rawBlock is what lies between two block boundaries, seen or not.
type rawBlock struct {
	el     int32 // the innermost block-level element around it
	pieces []piece
	block  int // place in Parsed.blocks, -1 if nothing of it is seen
}

// whole says whether all of it is seen.
func (r *rawBlock) whole() bool {
	for i := range r.pieces {
		if r.pieces[i].seen != shown {
			return false
		}
	}
	return true
}

// piece is a run of text in a block, or the place of an image in a link (text "").
type piece struct {
	text  string
	seen  sight
	el    int32
	link  int32 // number of the innermost a[href] around it, -1 if none
	image bool
}

// link is a shown link.
type link struct {
	el     int32
	at     address
	key    string
	blocks []int // places in Parsed.blocks
	pieces []linkPiece
}

// linkPiece is a piece of visible text in a link: in which block, and how many bytes of the block's text stand before it.
type linkPiece struct {
	el     int32
	block  int
	offset int
}

// blockWalk cuts the region into raw blocks.
type blockWalk struct {
	p      *Parsed
	pieces []piece // of all blocks
	start  int     // of the open block
	levels []int32 // open block-level elements
	links  []int32 // open links
	breaks int     // <br> since the last text
}

// findBlocks cuts the region into blocks, numbers them, and finds the links shown.
func (p *Parsed) findBlocks() {
	if p.region < 0 {
		return
	}
	e := &p.elements[p.region]
	w := blockWalk{p: p, levels: []int32{p.region}, pieces: make([]piece, 0, (e.to-e.from)/2)}
	for k := e.from + 1; k < e.to-1; k++ {
		ev := &p.events[k]
		el := &p.elements[ev.el]
		switch ev.kind {
		case eventOpen:
			if p.excluded(ev.el) {
				if el.is(markBlock) {
					w.flush()
				}
				k = el.to - 1
				continue
			}
			w.enter(ev.el, el)
		case eventClose:
			w.leave(el)
		case eventBreak:
			if w.breaks++; w.breaks >= 2 {
				w.flush()
			} else {
				w.pieces = append(w.pieces, piece{text: "\n", seen: shown, el: ev.el, link: w.link()})
			}
		case eventText:
			if ev.seen == shown && !allBlank(ev.text) {
				w.breaks = 0
			}
			w.pieces = append(w.pieces, piece{text: ev.text, seen: ev.seen, el: ev.el, link: w.link()})
		}
	}
	w.flush()
	p.number()
}

func (w *blockWalk) link() int32 {
	if len(w.links) == 0 {
		return -1
	}
	return w.links[len(w.links)-1]
}

func (w *blockWalk) enter(i int32, e *element) {
	if e.is(markBlock) {
		w.flush()
		w.levels = append(w.levels, i)
	}
	if e.isLink() {
		w.links = append(w.links, i)
	}
	if len(w.links) > 0 && !e.foreign && (e.tag == "img" || e.tag == "amp-img") {
		w.pieces = append(w.pieces, piece{seen: w.p.imageSight(e), el: i, link: w.link(), image: true})
	}
}

func (w *blockWalk) leave(e *element) {
	if e.is(markBlock) {
		w.flush()
		w.levels = w.levels[:len(w.levels)-1]
	}
	if e.isLink() {
		w.links = w.links[:len(w.links)-1]
	}
}

// flush ends the block that is open.
func (w *blockWalk) flush() {
	w.breaks = 0
	pieces := w.pieces[w.start:len(w.pieces):len(w.pieces)]
	for i := range pieces {
		if hasAlnum(pieces[i].text) || pieces[i].image {
			w.p.raw = append(w.p.raw, rawBlock{el: w.levels[len(w.levels)-1], pieces: pieces, block: -1})
			w.start = len(w.pieces)
			return
		}
	}
	w.pieces = w.pieces[:w.start]
}

// imageSight says whether an image in a link is seen. Events of images carry no text, so place is not known beyond what
// the element says.
func (p *Parsed) imageSight(e *element) sight {
	if e.unseen || e.inert {
		return hidden
	}
	if w, ok := legacySize(e.value("width")); ok && w.pct == 0 && w.px <= 1 {
		return hidden
	}
	if h, ok := legacySize(e.value("height")); ok && h.pct == 0 && h.px <= 1 {
		return hidden
	}
	return shown
}

// isBlank is white space, no-break spaces too, and what is dropped from text.
func isBlank(r rune) bool { return unicode.IsSpace(r) || isDropped(r) }

func allBlank(s string) bool {
	for _, r := range s {
		if r > ' ' && r < 0x7F || !isBlank(r) {
			return false
		}
	}
	return true
}

// isDropped are soft hyphens and zero-width characters.
func isDropped(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF
}

// foldSpace makes white space one blank, drops soft hyphens and zero-width characters, and trims.
func foldSpace(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case isDropped(r):
		case unicode.IsSpace(r):
			space = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isFolded says, without decoding, whether foldSpace would leave the text as it is.
func isFolded(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c > ' ' && c < 0x7F:
		case c == ' ':
			if before == ' ' {
				return false
			}
		case c < 0x80 || c == 0xC2 || c == 0xE1 || c == 0xE3 || c == 0xEF:
			return false // controls; U+0085, U+00A0, U+00AD, and blocks with other blanks
		case c == 0xE2:
			if i+2 >= len(s) || s[i+1] <= 0x81 && (s[i+1] != 0x80 || s[i+2] <= 0x8F || s[i+2] >= 0xA8 && s[i+2] <= 0xAF) {
				return false // blanks and zero-width characters of U+2000 to U+206F
			}
		}
		before = c
	}
	return before != ' ' || s == ""
}

// number makes the visible blocks of the raw ones, gives them kinds and numbers, and collects links and figures.
func (p *Parsed) number() {
	linkOf := make([]int32, len(p.elements)) // place in p.links and one more, by element
	links := 0
	var scripts scriptCount
	for r := range p.raw {
		for k := range p.raw[r].pieces {
			if pc := &p.raw[r].pieces[k]; pc.link >= 0 && linkOf[pc.link] == 0 {
				linkOf[pc.link] = -1
				links++
			}
		}
	}
	p.links = make([]link, 0, links)
	p.blocks = make([]Block, 0, len(p.raw))
	for r := range p.raw {
		raw := &p.raw[r]
		text := raw.text(shown)
		at := -1
		if hasAlnum(text) {
			b := Block{Kind: p.kindOf(raw, shown), Text: text, el: raw.el, raw: r, Number: -1}
			switch b.Kind {
			case CaptionBlock, TitleBlock:
			case ParagraphBlock:
				p.paragraphs++
				b.Number = p.paragraphs
			default:
				if p.paragraphs > 0 {
					b.Number = p.paragraphs + 1
				} else {
					b.Number = 0
				}
			}
			if b.Kind == ParagraphBlock || b.Kind == HeadingBlock {
				scripts.count(text)
			}
			at = len(p.blocks)
			raw.block = at
			p.blocks = append(p.blocks, b)
		}
		p.collectLinks(raw, at, linkOf)
	}
	kept := p.links[:0]
	for _, l := range p.links {
		if len(l.pieces) > 0 || len(l.blocks) > 0 || l.key == "alt" {
			kept = append(kept, l)
		}
	}
	p.links = kept
	for i := range p.links {
		l := &p.links[i]
		l.at = p.resolve(p.elements[l.el].value("href"))
		l.key = l.at.key()
		for _, b := range l.blocks {
			p.blocks[b].links = append(p.blocks[b].links, i)
		}
	}
	p.findTitle()
	p.letters = scripts.alnums
	p.language = p.pageLanguage(scripts)
}

// collectLinks notes which links a raw block shows. Until all are read, key is "alt" for a link that shows an image
// with an alternative text.
func (p *Parsed) collectLinks(raw *rawBlock, at int, linkOf []int32) {
	offset := 0
	for _, pc := range raw.pieces {
		if pc.seen == shown && pc.link >= 0 && (pc.image && hasAlnum(p.elements[pc.el].value("alt")) || hasAlnum(pc.text)) {
			if linkOf[pc.link] <= 0 {
				p.links = append(p.links, link{el: pc.link})
				linkOf[pc.link] = int32(len(p.links))
			}
			l := &p.links[linkOf[pc.link]-1]
			if pc.image {
				l.key = "alt"
			} else {
				l.pieces = append(l.pieces, linkPiece{el: pc.el, block: at, offset: offset})
			}
			if at >= 0 && (len(l.blocks) == 0 || l.blocks[len(l.blocks)-1] != at) {
				l.blocks = append(l.blocks, at)
			}
			if pc.image && at >= 0 {
				l.pieces = append(l.pieces, linkPiece{el: -1, block: at, offset: offset})
			}
		}
		if pc.seen == shown {
			offset += len(pc.text)
		}
	}
}

// text joins the pieces seen at least that well.
func (r *rawBlock) text(worst sight) string {
	text := foldSpace(r.joined(worst))
	if isNormal(text) {
		return text
	}
	return norm.NFC.String(text)
}

func (r *rawBlock) joined(worst sight) string {
	if len(r.pieces) == 1 && r.pieces[0].seen <= worst {
		return r.pieces[0].text
	}
	var b strings.Builder
	for _, pc := range r.pieces {
		if pc.seen <= worst {
			b.WriteString(pc.text)
		}
	}
	return b.String()
}

// kindOf finds the kind of a block from the elements around its text.
func (p *Parsed) kindOf(raw *rawBlock, worst sight) BlockKind {
	var around mark // of the block-level elements around it
	for i := raw.el; i != p.region; i = p.elements[i].parent {
		if e := &p.elements[i]; e.is(markBlock) {
			around |= e.marks
		}
	}
	every, some := ^mark(0), mark(0) // of the elements around every piece of its text, around some
	for _, pc := range raw.pieces {
		if pc.seen > worst || allBlank(pc.text) {
			continue
		}
		var m mark
		for i := pc.el; i != p.region && i >= 0; i = p.elements[i].parent {
			m |= p.elements[i].marks
		}
		if m&(markAuthor|markTime) != 0 {
			m |= markMeta // one is as good as the other for standing beside a byline
		}
		every &= m
		if hasAlnum(pc.text) {
			some |= m
		}
	}
	if every == ^mark(0) {
		every = 0
	}
	switch {
	case around&markFigure != 0:
		return CaptionBlock
	case around&markTitle != 0:
		return TitleBlock
	case (around|every)&markCredit != 0:
		return CreditBlock
	case around&(markMeta|markAuthor) != 0 || every&markMeta != 0:
		if (around|some)&markAuthor != 0 {
			return BylineBlock
		}
		return MetaBlock
	case around&markHeading != 0:
		return HeadingBlock
	}
	return ParagraphBlock
}

// findTitle finds the heading of the page: the first of the region, else the first visible h1 of the page.
func (p *Parsed) findTitle() {
	for i := range p.blocks {
		if p.blocks[i].Kind == TitleBlock {
			p.title = p.blocks[i].Text
			return
		}
	}
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag != "h1" || e.foreign || e.inert {
			continue
		}
		var raw rawBlock
		for k := e.from; k < e.to; k++ {
			if ev := &p.events[k]; ev.kind == eventText {
				raw.pieces = append(raw.pieces, piece{text: ev.text, seen: ev.seen})
			}
		}
		if text := raw.text(shown); hasAlnum(text) {
			p.title = text
			return
		}
	}
}

// scriptCount counts the letters of paragraphs and headings by script, and all letters and digits.
type scriptCount struct{ hy, ru, en, alnums int }

func (c *scriptCount) count(text string) {
	for _, r := range text {
		switch {
		case r < 0x80:
			if asciiAlnum[r] != 0 {
				c.alnums++
				if r > '9' {
					c.en++
				}
			}
		case r >= 0x410 && r <= 0x44F: // Cyrillic and Armenian letters first: the tables are slow
			c.ru++
			c.alnums++
		case r >= 0x561 && r <= 0x586:
			c.hy++
			c.alnums++
		default:
			if isAlnum(r) {
				c.alnums++
			}
			switch {
			case unicode.Is(unicode.Armenian, r):
				c.hy++
			case unicode.Is(unicode.Cyrillic, r):
				c.ru++
			case unicode.Is(unicode.Latin, r):
				c.en++
			}
		}
	}
}

// pageLanguage is the language that the script of the text shows.
func (p *Parsed) pageLanguage(scripts scriptCount) string {
	switch hy, ru, en := scripts.hy, scripts.ru, scripts.en; {
	case hy > ru && hy > en:
		return "hy"
	case ru > en:
		return "ru"
	}
	lang := ""
	for i := range p.elements {
		if e := &p.elements[i]; e.tag == "html" && !e.foreign {
			lang, _, _ = strings.Cut(lowerASCII(trimHTMLSpace(e.value("lang"))), "-")
			break
		}
	}
	if lang == "" || lang == "ru" || lang == "hy" {
		return "en"
	}
	return lang
}

// Blocks lists the visible blocks of the article region with their numbers, for the desk's report.
func (p *Parsed) Blocks() []Block {
	out := make([]Block, len(p.blocks))
	for i, b := range p.blocks {
		b.Where = p.path(b.el)
		b.links = nil
		out[i] = b
	}
	return out
}
