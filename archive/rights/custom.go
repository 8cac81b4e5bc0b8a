package rights

import (
	"math/bits"
	"slices"
	"strings"
)

// varScope holds the custom properties of one element, with those of its ancestors behind it.
type varScope struct {
	parent *varScope
	values map[string]string // "" with ok means: set to nothing; see missing
	absent map[string]bool   // invalid or initial: as though never set
}

func (v *varScope) lookup(name string) (string, bool) {
	for ; v != nil; v = v.parent {
		if v.absent[name] {
			return "", false
		}
		if s, ok := v.values[name]; ok {
			return s, true
		}
	}
	return "", false
}

type customDecl struct {
	d    *declaration
	prio uint64
}

// maxFilled bounds, for one page, the bytes that filling in custom properties may make.
const maxFilled = 8 << 20

// newScope lets the custom declarations of an element compete and fills in the references among them.
func (s *styler) newScope(parent *varScope, decls []customDecl) *varScope {
	best := make(map[string]customDecl, len(decls))
	for _, c := range decls {
		if have, ok := best[c.d.custom]; !ok || c.prio >= have.prio {
			best[c.d.custom] = c
		}
	}
	scope := &varScope{parent: parent, values: make(map[string]string, len(best)), absent: map[string]bool{}}
	visiting := map[string]bool{}
	var settle func(name string) (string, bool)
	settle = func(name string) (string, bool) {
		if v, ok := scope.values[name]; ok {
			return v, true
		}
		c, own := best[name]
		if !own {
			return parent.lookup(name)
		}
		if scope.absent[name] || visiting[name] || len(visiting) > 32 {
			return "", false
		}
		if key := wideKeyword(trimTokens(tokenizeCSS(c.d.text))); key != noKeyword {
			if v, ok := parent.lookup(name); ok && key != keyInitial {
				scope.values[name] = v
				return v, true
			}
			scope.absent[name] = true
			return "", false
		}
		visiting[name] = true
		v, ok := s.fill(c.d.text, settle, 0)
		delete(visiting, name)
		if !ok {
			scope.absent[name] = true
			return "", false
		}
		scope.values[name] = v
		return v, true
	}
	for name := range best {
		settle(name)
	}
	return scope
}

// fill puts values in place of var(); ok is false where one is missing without a fallback.
func (s *styler) fill(text string, lookup func(string) (string, bool), depth int) (string, bool) {
	if !hasVar(text) {
		return text, true
	}
	if depth > 16 {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"' || c == '\'':
			end := skipCSSString(text, i)
			b.WriteString(text[i:min(end, len(text))])
			i = end
		case c == '/' && i+1 < len(text) && text[i+1] == '*':
			i = skipCSSComment(text, i)
		case i+4 <= len(text) && equalFoldASCII(text[i:i+4], "var(") && (i == 0 || !isNameByte(text[i-1])):
			end := scanCSS(text, i+4, ")")
			name, fallback, hasFallback := strings.Cut(text[i+4:end], ",")
			name, _ = readCSSName(strings.TrimSpace(stripCSSComments(name)), 0)
			v, ok := lookup(name)
			if !ok && hasFallback {
				v, ok = s.fill(fallback, lookup, depth+1)
			}
			if !ok {
				return "", false
			}
			b.WriteString("/**/" + v + "/**/")
			i = end + 1
		default:
			b.WriteByte(c)
			i++
		}
		if b.Len() > maxValueBytes {
			return "", false
		}
	}
	if s.filled += b.Len(); s.filled > maxFilled {
		s.match.steps = s.match.budget + 1
		return "", false
	}
	return b.String(), true
}

// fillPending settles the winning declarations that hold var(). What does not come out is invalid at computed-value time.
func (s *styler) fillPending(f *frame) {
	var from *declaration
	var made []declaration
	for left := f.used; left != 0; left &= left - 1 {
		p := bits.TrailingZeros64(left)
		d := f.slots[p].from
		if d == nil {
			continue
		}
		if d != from {
			from, made = d, nil
			if text, ok := s.fill(d.text, f.vars.lookup, 0); ok {
				made = expandDeclaration(nil, d.pending, text, s.p.quirks)
			}
		}
		v := &cssValue{key: keyInvalid}
		for i := range made {
			if made[i].prop == property(p) {
				v = made[i].value
			}
		}
		f.slots[p].value = v
	}
}

// animation keeps what an element says on its animation, the longhands in a value of their own.
func (s *styler) animation(f *frame, d *declaration, prio uint64) {
	slot := &f.slots[propAnimation]
	f.used |= 1 << propAnimation
	have := map[string]string{}
	if slot.value != nil && prio < slot.prio && d.value.word == "animation" {
		return
	}
	if slot.value != nil && d.value.word != "animation" {
		for k := range strings.FieldsSeq(slot.value.word) {
			name, v, _ := strings.Cut(k, "=")
			have[name] = v
		}
	}
	if d.value.key != noKeyword {
		*slot = slotOf("", prio)
		return
	}
	first := splitTokens(d.value.tokens, ",")
	set := func(name, v string) { have[name] = v }
	switch d.value.word {
	case "animation":
		readAnimation(first[len(first)-1], set)
	case "animation-name", "animation-fill-mode", "animation-direction", "animation-play-state", "animation-iteration-count":
		readAnimationPart(d.value.word[len("animation-"):], trimTokens(first[len(first)-1]), set)
	default:
		return
	}
	var b strings.Builder
	for k, v := range have {
		b.WriteString(k + "=" + v + " ")
	}
	*slot = slotOf(b.String(), max(prio, slot.prio))
}

func slotOf(word string, prio uint64) slot {
	return slot{value: &cssValue{word: word}, prio: prio}
}

func readAnimationPart(part string, t []cssToken, set func(name, v string)) {
	if len(t) != 1 {
		return
	}
	switch k := t[0]; {
	case part == "iteration-count" && (k.text == "infinite" || k.num == 0 && k.kind == cssNumber):
		set("endless", k.text)
	case k.kind == cssIdent || k.kind == cssString:
		set(part, k.text)
	}
}

func readAnimation(t []cssToken, set func(name, v string)) {
	for _, k := range t {
		switch {
		case k.kind != cssIdent && k.kind != cssString:
		case k.text == "forwards" || k.text == "both" || k.text == "backwards":
			set("fill-mode", k.text)
		case k.text == "infinite":
			set("endless", "yes")
		case k.text == "paused" || k.text == "running":
			set("play-state", k.text)
		case k.text == "reverse" || k.text == "alternate" || k.text == "alternate-reverse" || k.text == "normal":
			set("direction", k.text)
		case slices.Contains(animationWords, k.text):
		default:
			set("name", k.text)
		}
	}
}

// finishAnimation adds what an animation leaves behind when it has run: its last frame where it fills forwards.
func (s *styler) finishAnimation(f *frame, add func([]declaration, uint64)) {
	said := map[string]string{}
	for k := range strings.FieldsSeq(f.slots[propAnimation].value.word) {
		name, v, _ := strings.Cut(k, "=")
		said[name] = v
	}
	ends, known := s.sheet.frames[lowerASCII(said["name"])]
	if !known {
		return
	}
	fills := said["fill-mode"] == "forwards" || said["fill-mode"] == "both"
	end := 1
	switch {
	case said["play-state"] == "paused":
		end = 0 // it never left its first frame
	case !fills && said["endless"] == "":
		return
	case said["direction"] == "reverse" || said["direction"] == "alternate-reverse" && said["endless"] == "":
		end = 0
	}
	add(ends[end], levelAnimation)
}

// animationWords are what stands in an animation besides its name, times and states.
var animationWords = []string{"none", "ease", "ease-in", "ease-out", "ease-in-out", "linear", "step-start", "step-end"}
