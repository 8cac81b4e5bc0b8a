package rights

import (
	"strings"
	"unicode"
)

// mark is what an element is by its tag, its class and id, and a few attributes; worked out once for each element.
type mark uint16

const (
	markBlock    mark = 1 << iota // block-level by tag
	markExcluded                  // an excluded part wherever it stands
	markCredit
	markAuthor // address, byline, author
	markMeta   // what stands beside a byline: dates
	markFigure
	markTitle
	markHeading
	markTime
	markArticle
	markMain
)

// tagMarks and tokenMarks are the tables of data/compliance §4 and §6: tags, and tokens of class and id.
var (
	tagMarks = tableOf(map[mark]string{
		markBlock: "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer " +
			"form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul",
		markExcluded: "nav aside", markFigure: "figure figcaption caption", markTitle: "h1", markHeading: "h2 h3 h4 h5 h6", markTime: "time",
		markAuthor: "address", markArticle: "article", markMain: "main",
	})
	tokenMarks = tableOf(map[mark]string{
		markExcluded: "comments comment comment-list comments-area respond related related-posts read-also sidebar widget ad ads advert " +
			"advertisement promo banner share social tags breadcrumbs newsletter cookie",
		markCredit: "credit credits source sources attribution republished origin",
		markAuthor: "byline author authors",
		markMeta:   "dateline date time published meta post-meta article-meta entry-meta",
	})
	roleMarks = tableOf(map[mark]string{
		markExcluded: "navigation complementary contentinfo banner", markArticle: "article", markMain: "main",
	})
	itempropMarks = tableOf(map[mark]string{markCredit: "credittext isbasedon", markAuthor: "author"})
	relMarks      = tableOf(map[mark]string{markAuthor: "author"})
)

func tableOf(lists map[mark]string) map[string]mark {
	table := make(map[string]mark)
	for m, words := range lists {
		for w := range strings.FieldsSeq(words) {
			table[w] |= m
		}
	}
	return table
}

// marksOf works out the marks of an element.
func (e *element) marksOf() (m mark) {
	if !e.foreign {
		m = tagMarks[e.tag]
	}
	words := func(s string, table map[string]mark) {
		for w := range strings.FieldsFuncSeq(s, isHTMLSpace) {
			if len(w) < 32 {
				m |= table[lowerASCII(w)]
			}
		}
	}
	for _, class := range e.classes {
		if len(class) < 32 {
			m |= tokenMarks[lowerASCII(class)]
		}
	}
	seen := uint8(0)
	for i := range e.node.Attr {
		var table map[string]mark
		var bit uint8
		a := &e.node.Attr[i]
		switch a.Key {
		case "id":
			table, bit = tokenMarks, 1
		case "role":
			table, bit = roleMarks, 2
		case "itemprop":
			table, bit = itempropMarks, 4
		case "rel":
			table, bit = relMarks, 8
		default:
			continue
		}
		if seen&bit == 0 { // of two equal attributes the first counts
			seen |= bit
			words(a.Val, table)
		}
	}
	if e.tag == "body" || e.tag == "html" { // the whole page is no part of it
		m &^= markExcluded
	}
	return m
}

func (e *element) is(m mark) bool { return e.marks&m != 0 }

func inList(list, word string) bool {
	return len(word) < 32 && word != "" && strings.Contains(list, " "+lowerASCII(word)+" ")
}

// attrToken says whether an attribute has one of the tokens of list.
func (e *element) attrToken(name, list string) bool {
	v, ok := e.attr(name)
	if !ok {
		return false
	}
	for token := range strings.FieldsFuncSeq(v, isHTMLSpace) {
		if inList(list, token) {
			return true
		}
	}
	return false
}

// excluded says whether an element inside the region is left out of it.
func (p *Parsed) excluded(i int32) bool {
	e := &p.elements[i]
	if e.is(markExcluded) || i != p.region && e.is(markArticle) {
		return true
	}
	return p.regionBody && !e.foreign && (e.tag == "header" || e.tag == "footer")
}

// findRegion finds the article region.
func (p *Parsed) findRegion() {
	var articles, marked []int32 // marked: articles that are themselves marked as an excluded part
	for i := int32(0); int(i) < len(p.elements); {
		e := &p.elements[i]
		switch {
		case e.inert:
			i = e.end
		case e.is(markArticle):
			if e.is(markExcluded) {
				marked = append(marked, i)
			} else {
				articles = append(articles, i)
			}
			i = e.end
		case e.is(markExcluded):
			i = e.end
		default:
			i++
		}
	}
	best := p.longest(articles)
	if best < 0 {
		best = p.longest(marked)
	}
	for i := range p.elements {
		if best >= 0 {
			break
		}
		if e := &p.elements[i]; e.is(markMain) && !e.inert {
			best = int32(i)
		}
	}
	for i := range p.elements {
		if best >= 0 {
			break
		}
		if e := &p.elements[i]; e.tag == "body" && !e.foreign {
			best = int32(i)
		}
	}
	p.region = best
	p.regionBody = best >= 0 && p.elements[best].tag == "body" && !p.elements[best].foreign // as a main part, too
}

// longest returns the element with the most visible text, the first of equals, or -1.
func (p *Parsed) longest(list []int32) int32 {
	if len(list) == 1 {
		return list[0]
	}
	best, most := int32(-1), -1
	for _, i := range list {
		if n := p.visibleLetters(i); n > most {
			best, most = i, n
		}
	}
	return best
}

// visibleLetters counts the letters and digits a reader sees of an article, without its excluded parts.
func (p *Parsed) visibleLetters(i int32) int {
	n := 0
	e := &p.elements[i]
	for k := e.from; k < e.to; k++ {
		switch ev := &p.events[k]; ev.kind {
		case eventOpen:
			if in := &p.elements[ev.el]; ev.el != i && (in.is(markArticle) || in.is(markExcluded)) {
				k = in.to - 1
			}
		case eventText:
			if ev.seen == shown {
				n += alnums(ev.text)
			}
		}
	}
	return n
}

// alnums counts letters and digits.
func alnums(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x80 {
			n += int(asciiAlnum[r])
		} else if isAlnum(r) {
			n++
		}
	}
	return n
}

// asciiAlnum is 1 for the letters and digits of ASCII.
var asciiAlnum = func() (table [0x80]uint8) {
	for c := range table {
		if isASCIIAlnum(byte(c)) {
			table[c] = 1
		}
	}
	return table
}()

func isAlnum(r rune) bool {
	if r < 0x80 {
		return isASCIIAlnum(byte(r))
	}
	if r >= 0x400 && r <= 0x481 || r >= 0x561 && r <= 0x587 || r >= 0x531 && r <= 0x556 {
		return true // Cyrillic and Armenian
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func hasAlnum(s string) bool {
	for _, r := range s {
		if isAlnum(r) {
			return true
		}
	}
	return false
}
