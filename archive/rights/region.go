package rights

import (
	"strings"
	"unicode"
)

// excludedList are the classes and ids of parts that are not the article (data/compliance §4).
const excludedList = " comments comment comment-list comments-area respond related related-posts read-also sidebar widget ad ads advert " +
	"advertisement promo banner share social tags breadcrumbs newsletter cookie "

// hasToken says whether the class or the id of an element has one of the tokens of list, which begins and ends in a
// blank. Letter case does not count.
func (e *element) hasToken(list string) bool {
	for _, class := range e.classes {
		if inList(list, class) {
			return true
		}
	}
	if e.id != "" {
		for id := range strings.FieldsFuncSeq(e.id, isHTMLSpace) {
			if inList(list, id) {
				return true
			}
		}
	}
	return false
}

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

// isArticle says whether an element is an article by tag or role.
func (e *element) isArticle() bool {
	return !e.foreign && e.tag == "article" || e.attrToken("role", " article ")
}

// isMain says whether an element is the main part by tag or role.
func (e *element) isMain() bool {
	return !e.foreign && e.tag == "main" || e.attrToken("role", " main ")
}

// excludedAlone says whether an element is an excluded part wherever it stands. The whole page never is.
func (e *element) excludedAlone() bool {
	if e.tag == "body" || e.tag == "html" {
		return false
	}
	if !e.foreign && (e.tag == "nav" || e.tag == "aside") {
		return true
	}
	return e.attrToken("role", " navigation complementary contentinfo banner ") || e.hasToken(excludedList)
}

// excluded says whether an element inside the region is left out of it.
func (p *Parsed) excluded(i int32) bool {
	e := &p.elements[i]
	if e.excludedAlone() || i != p.region && e.isArticle() {
		return true
	}
	return p.regionBody && !e.foreign && (e.tag == "header" || e.tag == "footer")
}

// findRegion finds the article region.
func (p *Parsed) findRegion() {
	best, bestText := int32(-1), -1
	second, secondText := int32(-1), -1 // an article that is itself marked as an excluded part
	for i := int32(0); int(i) < len(p.elements); {
		e := &p.elements[i]
		switch {
		case e.inert:
			i = e.end
		case e.isArticle():
			n := p.visibleLetters(i)
			if e.excludedAlone() {
				if n > secondText {
					second, secondText = i, n
				}
			} else if n > bestText {
				best, bestText = i, n
			}
			i = e.end
		case e.excludedAlone():
			i = e.end
		default:
			i++
		}
	}
	if best < 0 {
		best = second
	}
	for i := range p.elements {
		if best >= 0 {
			break
		}
		if e := &p.elements[i]; e.isMain() && !e.inert {
			best = int32(i)
		}
	}
	for i := range p.elements {
		if best >= 0 {
			break
		}
		if e := &p.elements[i]; e.tag == "body" && !e.foreign {
			best, p.regionBody = int32(i), true
		}
	}
	p.region = best
}

// visibleLetters counts the letters and digits a reader sees of an article, without its excluded parts.
func (p *Parsed) visibleLetters(i int32) int {
	n := 0
	e := &p.elements[i]
	for k := e.from; k < e.to; k++ {
		switch ev := &p.events[k]; ev.kind {
		case eventOpen:
			if in := &p.elements[ev.el]; ev.el != i && (in.isArticle() || in.excludedAlone()) {
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
		if isAlnum(r) {
			n++
		}
	}
	return n
}

func isAlnum(r rune) bool {
	if r < 0x80 {
		return isASCIIAlnum(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func hasAlnum(s string) bool { return strings.IndexFunc(s, isAlnum) >= 0 }
