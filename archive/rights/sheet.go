package rights

import (
	"slices"
	"strings"
)

// sheet holds the rules of all <style> elements of a page, filed under what their rightmost compound asks for, so that an
// element meets only the rules that may match it.
type sheet struct {
	quirks    bool
	contained bool // some element is a container
	byID      map[string][]*rule
	byClass   map[string][]*rule
	byTag     map[string][]*rule
	byAttr    map[string][]*rule
	others    []*rule
	frames    map[string][2][]declaration // keyframes at the beginning and at the end
	layers    []layer
	ranks     []uint64 // by layer number, ready for use as cascade priority
	order     uint64
}

// rule is one selector with the declarations it brings.
type rule struct {
	sel   selector
	decls []declaration
	layer int // number of the cascade layer, 0 for none
	order uint64
}

// layer is a cascade layer: its name and its place among the layers it stands with, outermost first.
type layer struct {
	name string
	path []int
}

// sheetContext is where in a sheet rules are being read.
type sheetContext struct {
	parent []selector // of nested rules
	scope  []selector // of @scope
	layer  int
	depth  int
}

const (
	maxNesting = 12
	maxRules   = 1 << 19
)

func newSheet(quirks bool) *sheet {
	return &sheet{
		quirks: quirks, byID: map[string][]*rule{}, byClass: map[string][]*rule{}, byTag: map[string][]*rule{}, byAttr: map[string][]*rule{},
		frames: map[string][2][]declaration{}, layers: []layer{{}},
	}
}

// rules reads a list of rules: a style sheet, or what stands in @media { … }.
func (s *sheet) rules(css string, in sheetContext) {
	if in.depth > maxNesting {
		return
	}
	for i := 0; i < len(css); {
		switch {
		case isCSSSpace(css[i]) || css[i] == ';' && in.depth > 0:
			i++
		case strings.HasPrefix(css[i:], "/*"):
			i = skipCSSComment(css, i)
		case in.depth == 0 && strings.HasPrefix(css[i:], "<!--"):
			i += 4
		case in.depth == 0 && strings.HasPrefix(css[i:], "-->"):
			i += 3
		case css[i] == '@':
			i = s.atRule(css, i, in)
		default:
			open := scanPrelude(css, i, "{")
			if open >= len(css) {
				return
			}
			end := scanCSS(css, open+1, "")
			s.styleRule(css[i:open], css[open+1:end], in)
			i = end + 1
		}
	}
}

// atRule reads the at-rule at i and returns the place after it.
func (s *sheet) atRule(css string, i int, in sheetContext) int {
	name, after := readCSSName(css, i+1)
	name = lowerASCII(name)
	if name == "" {
		return i + 1
	}
	open := scanPrelude(css, after, "{;")
	prelude := strings.TrimSpace(stripCSSComments(css[after:open]))
	if open >= len(css) || css[open] != '{' {
		if name == "layer" {
			for part := range strings.SplitSeq(prelude, ",") {
				s.layerNumber(in.layer, strings.TrimSpace(part))
			}
		}
		return min(open+1, len(css))
	}
	end := scanCSS(css, open+1, "")
	body := css[open+1 : end]
	inner := in
	inner.depth++
	apply := false
	switch name {
	case "media":
		apply = mediaMatches(prelude)
	case "supports":
		apply = supportsMatches(prelude, 0)
	case "container":
		apply = s.contained && containerMatches(prelude)
	case "layer":
		inner.layer = s.layerNumber(in.layer, prelude)
		apply = true
	case "scope":
		inner.scope, apply = scopeOf(prelude)
	case "keyframes", "-webkit-keyframes":
		s.keyframes(strings.Trim(prelude, `"'`), body)
	}
	if apply && in.parent != nil {
		s.block(body, inner)
	} else if apply {
		s.rules(body, inner)
	}
	return end + 1
}

// scanPrelude is scanCSS for what stands before a block: a stray "}" there is part of it, and spoils it.
func scanPrelude(css string, i int, stops string) int {
	for {
		if i = scanCSS(css, i, stops); i >= len(css) || css[i] != '}' {
			return i
		}
		i++
	}
}

// scopeOf reads "(.root) to (.limit)"; the limit is left out of account.
func scopeOf(prelude string) ([]selector, bool) {
	if !strings.HasPrefix(prelude, "(") {
		return nil, prelude == ""
	}
	end := scanCSS(prelude, 1, ")")
	return parseSelectors(prelude[1:min(end, len(prelude))], nil, true, 0)
}

func (s *sheet) styleRule(prelude, body string, in sheetContext) {
	list, ok := parseSelectors(prelude, in.parent, false, 0)
	if !ok || s.order > maxRules {
		return
	}
	for i := range list {
		list[i] = nestSelector(list[i], in, strings.Contains(prelude, "&"))
	}
	in.parent = list
	in.depth++
	s.block(body, in)
}

// nestSelector ties a nested selector to its parent, and one in @scope to its root.
func nestSelector(sel selector, in sheetContext, hasParent bool) selector {
	tie := func(list []selector, weight uint32) {
		last := &sel.parts[len(sel.parts)-1]
		if last.left == 0 {
			last.left = ' '
		}
		sel.parts = append(sel.parts, compound{pseudos: []pseudoClass{{name: "is", list: list}}})
		addWeight(&sel, weight)
	}
	if in.parent != nil && (!hasParent || sel.parts[len(sel.parts)-1].left != 0) {
		tie(in.parent, heaviest(in.parent))
	}
	if in.scope != nil {
		tie(in.scope, 0)
	}
	return sel
}

// block reads the inside of a style rule: declarations, and rules nested in it. Each run of declarations is a rule.
func (s *sheet) block(body string, in sheetContext) {
	if strings.IndexByte(body, '{') < 0 {
		s.add(in, parseDeclarations(body, s.quirks))
		return
	}
	if in.depth > maxNesting {
		return
	}
	var run []declaration
	flush := func() {
		s.add(in, run)
		run = nil
	}
	for i := 0; i < len(body); {
		switch {
		case isCSSSpace(body[i]) || body[i] == ';':
			i++
		case strings.HasPrefix(body[i:], "/*"):
			i = skipCSSComment(body, i)
		case body[i] == '@':
			flush()
			i = s.atRule(body, i, in)
		default:
			end := scanCSS(body, i, "{;")
			if end < len(body) && body[end] == '{' && !strings.HasPrefix(body[i:], "--") {
				flush()
				closing := scanCSS(body, end+1, "")
				s.styleRule(body[i:end], body[end+1:closing], in)
				i = closing + 1
				continue
			}
			if end < len(body) && body[end] == '{' {
				end = scanCSS(body, i, ";")
			}
			run = appendDeclaration(run, body[i:end], s.quirks)
			i = end + 1
		}
	}
	flush()
}

// add files a rule under the rarest thing its selector asks for.
func (s *sheet) add(in sheetContext, decls []declaration) {
	if len(decls) == 0 {
		return
	}
	s.order++
	for _, sel := range in.parent {
		if sel.pseudo != "" && !(sel.pseudo == "before" || sel.pseudo == "after") || sel.pseudo != "" && !paintsImage(decls) {
			continue // styles no text; an image beside the text is a medium, though
		}
		r := &rule{sel: sel, decls: decls, layer: in.layer, order: s.order}
		r.sel.above = sel.asksAbove()
		switch c := &sel.parts[0]; {
		case c.never:
		case len(c.ids) > 0 && !s.quirks:
			s.byID[c.ids[0]] = append(s.byID[c.ids[0]], r)
		case len(c.classes) > 0 && !s.quirks:
			s.byClass[c.classes[0]] = append(s.byClass[c.classes[0]], r)
		case len(c.ids) > 0:
			s.byID[lowerASCII(c.ids[0])] = append(s.byID[lowerASCII(c.ids[0])], r)
		case len(c.classes) > 0:
			s.byClass[lowerASCII(c.classes[0])] = append(s.byClass[lowerASCII(c.classes[0])], r)
		case c.tag != "":
			s.byTag[c.tag] = append(s.byTag[c.tag], r)
		case len(c.attrs) > 0:
			s.byAttr[c.attrs[0].name] = append(s.byAttr[c.attrs[0].name], r)
		default:
			s.others = append(s.others, r)
		}
	}
}

func paintsImage(decls []declaration) bool {
	return slices.ContainsFunc(decls, func(d declaration) bool { return d.prop == propImage && d.value != nil && d.value.word == "url" })
}

// keyframes keeps the first and the last frame of an animation.
func (s *sheet) keyframes(name, body string) {
	var ends [2][]declaration
	for i := 0; i < len(body); {
		open := scanCSS(body, i, "{")
		if open >= len(body) || body[open] != '{' {
			break
		}
		end := scanCSS(body, open+1, "")
		for stop := range strings.SplitSeq(stripCSSComments(body[i:open]), ",") {
			var at int
			switch lowerASCII(strings.TrimSpace(strings.ReplaceAll(stop, "/**/", ""))) {
			case "from", "0%":
				at = 0
			case "to", "100%":
				at = 1
			default:
				continue
			}
			for _, d := range parseDeclarations(body[open+1:end], s.quirks) {
				if !d.important { // not allowed in keyframes
					ends[at] = append(ends[at], d)
				}
			}
		}
		i = end + 1
	}
	s.frames[lowerASCII(name)] = ends
}

// layerNumber finds or makes the layer of a dotted name inside another layer. The empty name makes a new one.
func (s *sheet) layerNumber(inside int, name string) int {
	if len(s.layers) > 4096 {
		return inside
	}
	for part := range strings.SplitSeq(name, ".") {
		full := s.layers[inside].name + "." + part
		found := -1
		siblings := 0
		for i, l := range s.layers[1:] {
			if l.name == full && part != "" {
				found = i + 1
			}
			if len(l.path) == len(s.layers[inside].path)+1 && slices.Equal(l.path[:len(l.path)-1], s.layers[inside].path) {
				siblings++
			}
		}
		if found < 0 {
			path := append(slices.Clone(s.layers[inside].path), siblings)
			s.layers = append(s.layers, layer{name: full, path: path})
			found = len(s.layers) - 1
		}
		inside = found
	}
	return inside
}

// rank puts the layers in order: earlier ones lose to later ones, inner ones to what stands in their parent outside
// them, and all to what is in no layer (CSS Cascade 5 §6.4.4).
func (s *sheet) rank() {
	byRank := make([]int, len(s.layers))
	for i := range byRank {
		byRank[i] = i
	}
	slices.SortFunc(byRank, func(a, b int) int {
		x, y := s.layers[a].path, s.layers[b].path
		for i := range min(len(x), len(y)) {
			if x[i] != y[i] {
				return x[i] - y[i]
			}
		}
		return len(y) - len(x)
	})
	s.ranks = make([]uint64, len(s.layers))
	for r, number := range byRank {
		s.ranks[number] = uint64(r)
	}
}
