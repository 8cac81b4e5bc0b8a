package rights

import "strings"

// matcher tests selectors against the elements of one page. It counts its steps: a page may be built to make matching
// explode, and past the budget nothing the matcher says is relied on (see Parsed.exhausted).
type matcher struct {
	p         *Parsed
	steps     int
	budget    int
	anchor    int32 // the element a :has() is asked of
	positions []position
}

// position is where an element stands among its siblings, from 1, and how many they are; the same for its own tag.
type position struct{ child, children, ofType, types int32 }

// matching says how a match failed, so that hopeless ways are not tried again (as in WebKit's SelectorChecker).
type matching byte

const (
	matches matching = iota
	failsHere
	failsSiblings // no other earlier sibling can help
	failsEntirely // no other ancestor can help
)

func (m *matcher) matches(sel *selector, e int32) bool {
	return m.match(sel, 0, e) == matches
}

func (m *matcher) match(sel *selector, k int, e int32) matching {
	if m.steps++; m.steps > m.budget {
		return failsEntirely
	}
	c := &sel.parts[k]
	if !m.compound(c, e) {
		return failsHere
	}
	if k+1 == len(sel.parts) {
		return matches
	}
	els := m.p.elements
	switch c.left {
	case '>':
		if a := els[e].parent; a >= 0 {
			return m.match(sel, k+1, a)
		}
		return failsEntirely
	case '+':
		if a := els[e].prev; a >= 0 {
			return m.match(sel, k+1, a)
		}
		return failsSiblings
	case '~':
		for a := els[e].prev; a >= 0; a = els[a].prev {
			if r := m.match(sel, k+1, a); r != failsHere {
				return r
			}
		}
		return failsSiblings
	default:
		for a := els[e].parent; a >= 0; a = els[a].parent {
			if r := m.match(sel, k+1, a); r == matches || r == failsEntirely {
				return r
			}
		}
		return failsEntirely
	}
}

func (m *matcher) compound(c *compound, e int32) bool {
	if c.never {
		return false
	}
	el := &m.p.elements[e]
	if c.tag != "" && c.tag != el.tag && !(el.foreign && c.tag == strings.ToLower(el.tag)) {
		return false
	}
	for _, id := range c.ids {
		if !m.sameName(id, el.id) {
			return false
		}
	}
	for _, class := range c.classes {
		found := false
		for _, have := range el.classes {
			m.steps++
			if m.sameName(class, have) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	for i := range c.attrs {
		if !m.attr(&c.attrs[i], el) {
			return false
		}
	}
	for i := range c.pseudos {
		if !m.pseudo(&c.pseudos[i], e) {
			return false
		}
	}
	return true
}

// sameName compares classes and ids: without regard to case in quirks mode.
func (m *matcher) sameName(a, b string) bool {
	return a == b || m.p.quirks && strings.EqualFold(a, b)
}

// foldedAttrs are attributes whose values HTML compares without regard to case in selectors (HTML §4.16.2).
const foldedAttrs = " align bgcolor charset checked clear color compact dir direction disabled enctype face frame hreflang http-equiv lang " +
	"language link media method multiple readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink "

func (m *matcher) attr(t *attrTest, el *element) bool {
	value, ok := el.attr(t.name)
	if !ok || t.op == 0 {
		return ok
	}
	want := t.value
	m.steps += len(value) / 64
	if t.fold || t.htmlFold && !el.foreign {
		value, want = strings.ToLower(value), strings.ToLower(want)
	}
	switch t.op {
	case '=':
		return value == want
	case '~':
		for token := range strings.FieldsSeq(value) {
			if token == want {
				return true
			}
		}
		return false
	case '|':
		return value == want || strings.HasPrefix(value, want+"-")
	case '^':
		return want != "" && strings.HasPrefix(value, want)
	case '$':
		return want != "" && strings.HasSuffix(value, want)
	default:
		return want != "" && strings.Contains(value, want)
	}
}

func (m *matcher) any(list []selector, e int32) bool {
	for i := range list {
		if list[i].pseudo == "" && m.matches(&list[i], e) {
			return true
		}
	}
	return false
}

func (m *matcher) pseudo(p *pseudoClass, e int32) bool {
	m.steps++
	el := &m.p.elements[e]
	switch p.name {
	case "is":
		return m.any(p.list, e)
	case "not":
		return !m.any(p.list, e)
	case "has":
		return m.has(p.list, e)
	case "anchor":
		return e == m.anchor
	case "root", "scope":
		return el.parent < 0
	case "empty":
		return el.empty()
	case "link", "any-link":
		return el.isLink()
	case "lang":
		return m.lang(p.text, e)
	case "dir":
		return p.text == "ltr"
	case "checked":
		return el.has("checked") && el.tag == "input" || el.has("selected") && el.tag == "option"
	case "disabled":
		return el.has("disabled") && isControl(el.tag)
	case "enabled":
		return !el.has("disabled") && isControl(el.tag)
	case "required":
		return el.has("required")
	case "optional":
		return !el.has("required") && (el.tag == "input" || el.tag == "select" || el.tag == "textarea")
	case "read-write":
		return el.has("contenteditable") || el.tag == "input" || el.tag == "textarea"
	case "read-only":
		return !el.has("contenteditable") && el.tag != "input" && el.tag != "textarea"
	case "open":
		return el.has("open") && (el.tag == "details" || el.tag == "dialog")
	case "defined":
		return !strings.Contains(el.tag, "-")
	case "valid", "invalid":
		return p.name == "valid" && isControl(el.tag)
	}
	return m.nth(p, e)
}

func isControl(tag string) bool {
	switch tag {
	case "input", "button", "select", "textarea", "option", "optgroup", "fieldset":
		return true
	}
	return false
}

func (m *matcher) nth(p *pseudoClass, e int32) bool {
	if p.list != nil {
		return m.nthOf(p, e)
	}
	m.findPositions()
	pos := m.positions[e]
	switch p.name {
	case "first-child":
		return pos.child == 1
	case "last-child":
		return pos.child == pos.children
	case "only-child":
		return pos.children == 1
	case "first-of-type":
		return pos.ofType == 1
	case "last-of-type":
		return pos.ofType == pos.types
	case "only-of-type":
		return pos.types == 1
	case "nth-child":
		return p.counts(int(pos.child))
	case "nth-last-child":
		return p.counts(int(pos.children - pos.child + 1))
	case "nth-of-type":
		return p.counts(int(pos.ofType))
	case "nth-last-of-type":
		return p.counts(int(pos.types - pos.ofType + 1))
	}
	return false
}

// counts says whether i is an+b for a whole n ≥ 0.
func (p *pseudoClass) counts(i int) bool {
	if p.a == 0 {
		return i == p.b
	}
	return (i-p.b)%p.a == 0 && (i-p.b)/p.a >= 0
}

// nthOf is :nth-child(an+b of list).
func (m *matcher) nthOf(p *pseudoClass, e int32) bool {
	if !m.any(p.list, e) {
		return false
	}
	els, n := m.p.elements, 1
	if p.name == "nth-child" {
		for s := els[e].prev; s >= 0; s = els[s].prev {
			if m.any(p.list, s) {
				n++
			}
		}
		return p.counts(n)
	}
	if parent := els[e].parent; parent >= 0 {
		for s := els[e].end; s < els[parent].end; s = els[s].end {
			if m.any(p.list, s) {
				n++
			}
		}
	}
	return p.counts(n)
}

// findPositions numbers all siblings at once, the first time a selector asks.
func (m *matcher) findPositions() {
	if m.positions != nil {
		return
	}
	els := m.p.elements
	m.positions = make([]position, len(els))
	types := make(map[string]int32)
	for parent := int32(-1); int(parent) < len(els); parent++ {
		first, end := parent+1, int32(len(els))
		if parent >= 0 {
			end = els[parent].end
		}
		clear(types)
		n := int32(0)
		for s := first; s < end; s = els[s].end {
			n++
			types[els[s].tag]++
			m.positions[s].child, m.positions[s].ofType = n, types[els[s].tag]
		}
		for s := first; s < end; s = els[s].end {
			m.positions[s].children, m.positions[s].types = n, types[els[s].tag]
		}
	}
}

// has is :has(): whether some element stands in the named relation to e.
func (m *matcher) has(list []selector, e int32) bool {
	els := m.p.elements
	saved := m.anchor
	defer func() { m.anchor = saved }()
	m.anchor = e
	for i := range list {
		sel := &list[i]
		if sel.pseudo != "" {
			continue
		}
		from, to := e+1, els[e].end
		if lead := sel.parts[len(sel.parts)-1].left; lead == '+' || lead == '~' {
			from, to = els[e].end, els[e].end
			if parent := els[e].parent; parent >= 0 {
				to = els[parent].end
			}
		}
		anchored := selector{parts: append(append([]compound(nil), sel.parts...), compound{pseudos: []pseudoClass{{name: "anchor"}}})}
		if lead := &anchored.parts[len(sel.parts)-1]; lead.left == 0 {
			lead.left = ' '
		}
		for x := from; x < to && m.steps <= m.budget; x++ {
			if m.matches(&anchored, x) {
				return true
			}
		}
	}
	return false
}

func (m *matcher) lang(want string, e int32) bool {
	for a := e; a >= 0; a = m.p.elements[a].parent {
		m.steps++
		if v, ok := m.p.elements[a].attr("lang"); ok {
			v = strings.ToLower(v)
			return v == want || strings.HasPrefix(v, want+"-")
		}
	}
	return false
}
