package rights

import (
	"strconv"
	"strings"
)

// selector is one complex selector, its compounds from right to left.
type selector struct {
	parts  []compound
	weight uint32   // specificity: three bytes a, b, c
	pseudo string   // the pseudo-element it ends in, such as "before"; such a rule styles no text
	above  ancestry // what the ancestors of an element must show, that it may match at all
}

// compound is what stands between combinators; left is the combinator that ties it to the next compound to the left
// (' ', '>', '+', '~', or 0 at the leftmost).
type compound struct {
	tag     string
	ids     []string
	classes []string
	attrs   []attrTest
	pseudos []pseudoClass
	never   bool // holds a state no reader is in: hover, focus, visited
	left    byte
}

type attrTest struct {
	name, value string
	op          byte // 0 present, '=', '~', '|', '^', '$', '*'
	fold        bool
	htmlFold    bool // HTML compares the values of this attribute without regard to case
}

type pseudoClass struct {
	name string
	a, b int        // nth-*: an+b
	list []selector // is, where, not, has, nth-child(… of list), & (the parent of a nested rule)
	text string     // lang
}

const maxSelectorDepth = 8

// selectorReader parses a selector list.
type selectorReader struct {
	s      string
	i      int
	parent []selector // what & stands for
	depth  int
}

// parseSelectors reads a selector list; ok is false where any of it is invalid, which voids the whole rule (Selectors 4
// §18.1). With forgiving, bad entries are dropped alone, as in :is().
func parseSelectors(s string, parent []selector, forgiving bool, depth int) (list []selector, ok bool) {
	if depth > maxSelectorDepth {
		return nil, false
	}
	s = stripCSSComments(s)
	for i := 0; i <= len(s); {
		end := scanCSS(s, i, ",")
		r := selectorReader{s: strings.ReplaceAll(strings.TrimSpace(s[i:end]), "/**/", ""), parent: parent, depth: depth}
		sel, good := r.complex()
		switch {
		case good:
			list = append(list, sel)
		case !forgiving:
			return nil, false
		}
		i = end + 1
	}
	return list, true
}

func (r *selectorReader) complex() (selector, bool) {
	var parts []compound
	var sel selector
	left := byte(0)
	if r.i < len(r.s) && strings.IndexByte(">+~", r.s[r.i]) >= 0 { // relative: :has(> p), nested "> p"
		left = r.s[r.i]
		r.i++
		r.space()
	}
	for {
		if sel.pseudo != "" {
			return sel, false // nothing follows a pseudo-element
		}
		c, ok := r.compound(&sel)
		if !ok {
			return sel, false
		}
		c.left = left
		parts = append(parts, c)
		spaced := r.space()
		if r.i >= len(r.s) {
			break
		}
		left = ' '
		if k := r.s[r.i]; k == '>' || k == '+' || k == '~' {
			left = k
			r.i++
			r.space()
		} else if !spaced {
			return sel, false
		}
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	sel.parts = parts
	return sel, true
}

func (r *selectorReader) space() bool {
	start := r.i
	for r.i < len(r.s) && isCSSSpace(r.s[r.i]) {
		r.i++
	}
	return r.i > start
}

func (r *selectorReader) compound(sel *selector) (c compound, ok bool) {
	start := r.i
	if r.i < len(r.s) && (r.s[r.i] == '*' || startsCSSIdent(r.s, r.i)) {
		if r.s[r.i] == '*' {
			r.i++
		} else {
			c.tag, r.i = readCSSName(r.s, r.i)
			c.tag = strings.ToLower(c.tag)
			addWeight(sel, 1)
		}
		if r.i < len(r.s) && r.s[r.i] == '|' { // a namespace prefix: only *| is of use without @namespace
			r.i++
			c.tag = ""
			switch {
			case r.i < len(r.s) && r.s[r.i] == '*':
				r.i++
			case startsCSSIdent(r.s, r.i):
				c.tag, r.i = readCSSName(r.s, r.i)
				c.tag = strings.ToLower(c.tag)
			default:
				return c, false
			}
		}
	}
	for r.i < len(r.s) {
		switch r.s[r.i] {
		case '#':
			name, next := readCSSName(r.s, r.i+1)
			if name == "" {
				return c, false
			}
			c.ids, r.i = append(c.ids, name), next
			addWeight(sel, 1<<16)
		case '.':
			if !startsCSSIdent(r.s, r.i+1) {
				return c, false
			}
			name, next := readCSSName(r.s, r.i+1)
			c.classes, r.i = append(c.classes, name), next
			addWeight(sel, 1<<8)
		case '[':
			t, good := r.attr()
			if !good {
				return c, false
			}
			c.attrs = append(c.attrs, t)
			addWeight(sel, 1<<8)
		case '&':
			r.i++
			c.pseudos = append(c.pseudos, pseudoClass{name: "is", list: r.parent})
			addWeight(sel, heaviest(r.parent))
			if r.parent == nil {
				c.pseudos[len(c.pseudos)-1] = pseudoClass{name: "root"}
			}
		case ':':
			if !r.pseudo(&c, sel) {
				return c, false
			}
		default:
			return c, r.i > start
		}
	}
	return c, r.i > start
}

func (r *selectorReader) attr() (t attrTest, ok bool) {
	end := scanCSS(r.s, r.i+1, "]")
	if end >= len(r.s) {
		return t, false
	}
	body := strings.TrimSpace(r.s[r.i+1 : end])
	r.i = end + 1
	body = strings.TrimPrefix(strings.TrimPrefix(body, "*|"), "|")
	if !startsCSSIdent(body, 0) {
		return t, false
	}
	name, n := readCSSName(body, 0)
	t.name = strings.ToLower(name)
	t.htmlFold = strings.Contains(foldedAttrs, " "+t.name+" ")
	rest := strings.TrimSpace(body[n:])
	if rest == "" {
		return t, true
	}
	t.op = rest[0]
	if t.op != '=' {
		if strings.IndexByte("~|^$*", t.op) < 0 || len(rest) < 2 || rest[1] != '=' {
			return t, false
		}
		rest = rest[1:]
	}
	rest = strings.TrimSpace(rest[1:])
	if rest == "" {
		return t, false
	}
	switch {
	case rest[0] == '"' || rest[0] == '\'':
		t.value, n = readCSSString(rest, 0)
	case startsCSSIdent(rest, 0):
		t.value, n = readCSSName(rest, 0)
	default:
		return t, false
	}
	switch flag := strings.TrimSpace(rest[n:]); strings.ToLower(flag) {
	case "i":
		t.fold = true
	case "", "s":
	default:
		return t, false
	}
	return t, true
}

// neverStates are the pseudo-classes that hold for no element of a page at rest, with scripts off and nothing visited.
const neverStates = " hover active focus focus-within focus-visible visited target target-within current past future playing paused " +
	"fullscreen modal picture-in-picture autofill -webkit-autofill user-invalid user-valid popover-open indeterminate default in-range " +
	"out-of-range placeholder-shown blank host host-context state -moz-focusring local-link seeking buffering stalled muted volume-locked " +
	"-webkit-full-screen -webkit-drag active-view-transition "

// plainStates are those the matcher knows without arguments.
const plainStates = " root scope first-child last-child only-child first-of-type last-of-type only-of-type empty link any-link checked " +
	"disabled enabled required optional read-only read-write defined valid invalid open "

// pseudoElements are those a browser knows; one it does not know voids the selector list, but for -webkit- ones (Selectors
// 4 §18.1, Compatibility §4.1).
const pseudoElements = " before after first-line first-letter marker placeholder selection backdrop file-selector-button cue part slotted " +
	"highlight target-text spelling-error grammar-error view-transition view-transition-group view-transition-image-pair " +
	"view-transition-old view-transition-new details-content scroll-marker scroll-marker-group scroll-button column " +
	"search-text checkmark picker-icon picker "

func (r *selectorReader) pseudo(c *compound, sel *selector) bool {
	r.i++
	element := false
	if r.i < len(r.s) && r.s[r.i] == ':' {
		element = true
		r.i++
	}
	if !startsCSSIdent(r.s, r.i) {
		return false
	}
	name, next := readCSSName(r.s, r.i)
	name = strings.ToLower(name)
	r.i = next
	args, hasArgs := "", false
	if r.i < len(r.s) && r.s[r.i] == '(' {
		end := scanCSS(r.s, r.i+1, ")")
		if end >= len(r.s) {
			return false
		}
		args, hasArgs = strings.TrimSpace(r.s[r.i+1:end]), true
		r.i = end + 1
	}
	if element && !strings.HasPrefix(name, "-webkit-") && !strings.Contains(pseudoElements, " "+name+" ") {
		return false
	}
	if element || name == "before" || name == "after" || name == "first-line" || name == "first-letter" {
		sel.pseudo = name
		addWeight(sel, 1)
		return true
	}
	if !hasArgs {
		switch {
		case strings.Contains(neverStates, " "+name+" "):
			c.never = true
		case strings.Contains(plainStates, " "+name+" "):
			c.pseudos = append(c.pseudos, pseudoClass{name: name})
		default:
			return false
		}
		addWeight(sel, 1<<8)
		return true
	}
	return r.function(c, sel, name, args)
}

func (r *selectorReader) function(c *compound, sel *selector, name, args string) bool {
	p := pseudoClass{name: name}
	weight := uint32(1 << 8)
	switch name {
	case "is", "where", "matches", "-webkit-any", "-moz-any", "not", "has":
		forgiving := name != "not" && name != "has"
		list, ok := parseSelectors(args, r.parent, forgiving, r.depth+1)
		if !ok {
			return false
		}
		p.list = list
		weight = heaviest(list)
		if name == "where" {
			weight = 0
		}
		if name != "not" && name != "has" {
			p.name = "is"
		}
	case "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type":
		formula := args
		if i := strings.Index(strings.ToLower(args), " of "); i >= 0 {
			list, ok := parseSelectors(args[i+4:], r.parent, false, r.depth+1)
			if !ok || !strings.HasSuffix(name, "child") {
				return false
			}
			p.list, formula = list, args[:i]
			weight += heaviest(list)
		}
		a, b, ok := parseNth(formula)
		if !ok {
			return false
		}
		p.a, p.b = a, b
	case "lang", "dir":
		p.text = strings.ToLower(strings.Trim(args, `"' `))
	case "host", "host-context", "state", "active-view-transition-type":
		c.never = true
	default:
		return false
	}
	c.pseudos = append(c.pseudos, p)
	addWeight(sel, weight)
	return true
}

// parseNth reads an+b, odd, even (CSS Syntax 3 §6).
func parseNth(s string) (a, b int, ok bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	switch s {
	case "odd":
		return 2, 1, true
	case "even":
		return 2, 0, true
	}
	before, after, hasN := strings.Cut(s, "n")
	if !hasN {
		b, err := strconv.Atoi(s)
		return 0, b, err == nil && len(s) < 9
	}
	switch before {
	case "", "+":
		a = 1
	case "-":
		a = -1
	default:
		var err error
		if a, err = strconv.Atoi(before); err != nil || len(before) > 8 {
			return 0, 0, false
		}
	}
	if after == "" {
		return a, 0, true
	}
	b, err := strconv.Atoi(after)
	return a, b, err == nil && len(after) < 9 && (after[0] == '+' || after[0] == '-')
}

// addWeight adds to a specificity without letting one byte run into the next.
func addWeight(sel *selector, w uint32) {
	sum := uint32(0)
	for shift := 0; shift < 24; shift += 8 {
		sum |= min(sel.weight>>shift&255+w>>shift&255, 255) << shift
	}
	sel.weight = sum
}

func heaviest(list []selector) uint32 {
	w := uint32(0)
	for _, s := range list {
		w = max(w, s.weight)
	}
	return w
}
