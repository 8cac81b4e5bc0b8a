package rights

import (
	"math"
	"strings"
	"unicode/utf8"
)

// box is where an element stands and how much of it can be seen. Places are estimates: no text is measured and nothing
// is laid out. They are good enough to tell what is thrown off the page from what is on it.
type box struct {
	x, y         float64 // of its content, in page pixels
	w            float64 // width of its content
	h            float64 // height of its content where it is fixed, else -1
	shift        float64 // how far it and its ancestors were moved down (negative: up)
	clipL, clipR float64 // what overflow leaves, horizontally
	placed       bool    // y is known: it or an ancestor is absolutely placed
	run          float64 // pixels of text set so far on the line, for the box that holds the lines

	gone         bool // not rendered, clipped or scaled away, whoever its containing block is
	boxed        bool // cut away by overflow
	skip         bool // its contents are not rendered (content-visibility)
	folded       bool // inside a closed <details>
	never        bool // what is inside is never text: template, script, canvas …
	positioned   bool // contains absolutely placed descendants
	shownOpacity float64
	backdrop     rgba // nearest background colour
	behindImage  bool // an image comes before it
}

const letterWidth = 0.5 // of the font size, a rough mean

// layout places an element. It needs the values computed before.
func (s *styler) layout(f *frame, e *element) {
	parent := f.parent
	f.inheritSight(parent)
	if neverText(e) {
		f.never = true
	}
	if f.display == "none" || parent.skip {
		f.gone = true
	}
	if !e.foreign {
		if v, _ := f.get(propContent); v != nil && v.word == "hidden" || equalFoldASCII(e.value("hidden"), "until-found") && e.has("hidden") {
			f.skip = true
		}
		if e.tag == "details" && !e.has("open") {
			f.folded = true
		} else if e.tag == "summary" && parent.folded && s.firstSummary(e) {
			f.folded = parent.parent.folded
		}
	}
	f.shownOpacity *= f.opacity
	f.paint()
	if f.never || f.gone {
		return
	}
	s.place(f, e)
	s.transform(f, e)
	s.clip(f, e)
	s.overflow(f)
}

func (f *frame) inheritSight(parent *frame) {
	f.box = parent.box
	f.positioned, f.skip, f.run, f.h = false, false, 0, -1
	if parent.skip {
		f.gone = true
	}
}

// paint keeps track of what is behind the text.
func (f *frame) paint() {
	switch {
	case f.image != "none":
		f.behindImage = true
	case f.background.a >= 0.5:
		f.backdrop, f.behindImage = f.background, false
	}
}

// neverText says whether what is inside an element is no text of the page, whatever its style.
func neverText(e *element) bool {
	if e.foreign {
		switch e.tag {
		case "title", "desc", "metadata", "defs", "symbol", "clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient",
			"filter", "script", "style", "annotation", "annotation-xml":
			return true
		}
		return false
	}
	switch e.tag {
	case "template", "noscript", "script", "style", "iframe", "object", "video", "audio", "canvas", "textarea", "select", "head", "title",
		"noembed", "noframes", "datalist", "progress", "meter", "rp", "param", "embed", "frameset":
		return true
	}
	return false
}

// firstSummary says whether the element is the first summary of the details it stands in.
func (s *styler) firstSummary(e *element) bool {
	parent := &s.p.elements[e.parent]
	if parent.tag != "details" {
		return false
	}
	for c := e.node.PrevSibling; c != nil; c = c.PrevSibling {
		if c.Data == "summary" && c.Namespace == "" && c.Type == e.node.Type {
			return false
		}
	}
	return true
}

// px resolves the length of a property against whole; auto and nothing give ok false.
func (s *styler) px(f *frame, p property, whole float64) (float64, bool) {
	v, _ := f.get(p)
	if v == nil {
		if f.used&(1<<p) == 0 || !f.inherits(p) {
			return 0, false
		}
		if v, _ = f.parent.get(p); v == nil {
			return 0, false
		}
	}
	if v.length.auto {
		return 0, false
	}
	return v.length.resolve(f.fontSize, s.rootSize, whole), true
}

// isAuto says whether a margin was set to auto.
func (f *frame) isAuto(p property) bool {
	v, _ := f.get(p)
	return v != nil && v.length.auto
}

func (f *frame) inline() bool { return f.display == "inline" || f.display == "contents" }

// word returns the keyword of a property, or "".
func (f *frame) word(p property) string {
	if v, _ := f.get(p); v != nil {
		return v.word
	}
	return ""
}

// place finds x, y and w from margins, sizes and position.
func (s *styler) place(f *frame, e *element) {
	if f.display == "contents" {
		return
	}
	hold := f.parent
	absolute := f.position == "absolute" || f.position == "fixed"
	if absolute {
		hold = f.holder()
		f.clipL, f.clipR, f.boxed = hold.clipL, hold.clipR, hold.boxed
	}
	whole := hold.w
	ml, hasML := s.px(f, propMarginLeft, whole)
	mr, _ := s.px(f, propMarginRight, whole)
	mt, _ := s.px(f, propMarginTop, whole)
	if strings.HasPrefix(f.display, "table-") && f.display != "table-caption" {
		ml, mr, mt, hasML = 0, 0, 0, true // no margins inside a table
	}
	pl, hasPL := s.px(f, propPaddingLeft, whole)
	pr, _ := s.px(f, propPaddingRight, whole)
	if own := browserStyle(e, s.p.quirks).left; own > 0 {
		if list := e.tag == "ul" || e.tag == "ol" || e.tag == "menu" || e.tag == "dir"; list && !hasPL {
			pl = own
		} else if !list && !hasML && !f.isAuto(propMarginLeft) {
			ml = own
			if e.tag == "body" {
				mr = own
			}
		}
	}
	w, hasW := s.sized(f, propWidth, propMinWidth, propMaxWidth, whole)
	f.h = -1
	if h, ok := s.height(f, hold); ok {
		f.h = h
	}
	if f.inline() && !absolute {
		f.x, f.w = hold.x+ml, max(hold.w-ml, 0)
	} else {
		f.x = hold.x + ml + pl
		f.w = hold.w - ml - mr - pl - pr
		if hasW {
			f.w = w
			if f.isAuto(propMarginLeft) && f.isAuto(propMarginRight) && !absolute {
				f.x = hold.x + pl + max(hold.w-w-pl-pr, 0)/2
			}
		}
	}
	if mt < 0 {
		f.shift += mt
	}
	switch f.position {
	case "relative":
		if left, ok := s.px(f, propLeft, whole); ok {
			f.x += left
		} else if right, ok := s.px(f, propRight, whole); ok {
			f.x -= right
		}
		if top, ok := s.px(f, propTop, max(hold.h, 0)); ok {
			f.shift += top
		} else if bottom, ok := s.px(f, propBottom, max(hold.h, 0)); ok {
			f.shift -= bottom
		}
	case "absolute", "fixed":
		s.placeAbsolute(f, e, hold, ml+pl, mr+pr, hasW)
	}
	f.positioned = f.position != "static"
}

// holder is the containing block of an absolutely placed element.
func (f *frame) holder() *frame {
	g := f.parent
	for ; g.parent != nil; g = g.parent {
		if g.positioned && f.position == "absolute" || g.word(propTransform) != "" && g.word(propTransform) != "none" {
			return g
		}
		if v, _ := g.get(propTransform); v != nil && v.tokens != nil {
			return g
		}
	}
	return g
}

func (s *styler) placeAbsolute(f *frame, e *element, hold *frame, before, after float64, hasW bool) {
	left, hasLeft := s.px(f, propLeft, hold.w)
	right, hasRight := s.px(f, propRight, hold.w)
	if !hasW {
		if hasLeft && hasRight {
			f.w = max(hold.w-left-right-before-after, 0)
		} else {
			f.w = min(textLength(e)*f.fontSize*letterWidth, viewWidth) // shrink to fit
		}
	}
	switch {
	case hasLeft:
		f.x = hold.x + left + before
	case hasRight:
		f.x = hold.x + hold.w - right - after - f.w
	default:
		f.x = f.parent.x + before
	}
	height := max(f.h, 0)
	if f.h < 0 {
		height = s.textHeight(f, textLength(e))
	}
	holdHeight := hold.h
	top, hasTop := s.px(f, propTop, max(holdHeight, 0))
	bottom, hasBottom := s.px(f, propBottom, max(holdHeight, 0))
	base := s.flowY
	if hold.parent == nil {
		base = 0
	} else if hold.placed {
		base = hold.y
	}
	switch {
	case hasTop:
		f.y, f.placed, f.shift = base+top+min(f.shift-f.parent.shift, 0), true, hold.shift
	case hasBottom && (holdHeight >= 0 || hold.parent == nil):
		f.y, f.placed, f.shift = base+max(holdHeight, 0)-bottom-height, true, hold.shift
	case hasBottom:
		f.y, f.placed, f.shift = base-bottom, true, hold.shift
	}
}

// sized returns a width as min and max leave it; ok is false where it follows from the surroundings.
func (s *styler) sized(f *frame, size, least, most property, whole float64) (float64, bool) {
	w, ok := s.px(f, size, whole)
	if top, has := s.px(f, most, whole); has && (!ok && top <= whole || ok && w > top) {
		w, ok = top, true
	}
	if low, has := s.px(f, least, whole); has && ok && w < low {
		w = low
	}
	if ok && f.word(propBoxSizing) == "border-box" {
		for _, p := range [2]property{propPaddingLeft, propPaddingRight} {
			if size == propWidth {
				pad, _ := s.px(f, p, whole)
				w = max(w-pad, 0)
			}
		}
	}
	return w, ok
}

// height is the fixed height of an element; percentages count only where the containing block has one.
func (s *styler) height(f *frame, hold *frame) (float64, bool) {
	known := func(p property) (float64, bool) {
		v, _ := f.get(p)
		if v == nil || v.length.auto || v.length.pct != 0 && hold.h < 0 {
			return 0, false
		}
		return v.length.resolve(f.fontSize, s.rootSize, max(hold.h, 0)), true
	}
	h, ok := known(propHeight)
	if top, has := known(propMaxHeight); has && (!ok || h > top) {
		h = top
		ok = top <= 1 || ok
	}
	if low, has := known(propMinHeight); has && ok {
		h = max(h, low)
	}
	return h, ok
}

// transform moves the box, or scales it away. A box that is not a block cannot be transformed, yet people who write it
// mean to hide.
func (s *styler) transform(f *frame, e *element) {
	width := func() float64 {
		_, sized := s.px(f, propWidth, 0)
		floats, _ := f.get(propFloat)
		if f.inline() || f.position == "absolute" || f.position == "fixed" || !sized && (floats != nil && floats.word != "none" || shrinks(f.display)) {
			return min(f.w, textLength(e)*f.fontSize*letterWidth)
		}
		return f.w
	}
	at := func(t []cssToken, whole float64) float64 {
		l, _, _ := parseLength(t, 0, true)
		return l.resolve(f.fontSize, s.rootSize, whole)
	}
	if v, _ := f.get(propTranslate); v != nil && v.tokens != nil {
		for i, part := range splitTokens(v.tokens, " ") {
			switch i {
			case 0:
				f.x += at(part, width())
			case 1:
				f.shift += at(part, s.textHeight(f, textLength(e)))
			}
		}
	}
	if v, _ := f.get(propScale); v != nil && v.tokens != nil {
		for i, part := range splitTokens(v.tokens, " ") {
			if i < 2 && math.Abs(scaleOf(part))*f.fontSize < 1 {
				f.gone = true
			}
		}
	}
	v, _ := f.get(propTransform)
	if v == nil || v.tokens == nil {
		return
	}
	for i := 0; i < len(v.tokens); {
		k := v.tokens[i]
		if k.kind != cssFunction {
			i++
			continue
		}
		args, next := functionArgs(v.tokens, i)
		i = next
		vertical := func() float64 { return s.textHeight(f, textLength(e)) }
		switch k.text {
		case "translate", "translate3d", "translatex":
			f.x += at(args[0], width())
			if len(args) > 1 {
				f.shift += at(args[1], vertical())
			}
		case "translatey":
			f.shift += at(args[0], vertical())
		case "matrix":
			f.x += scaleOf(args[4])
			f.shift += scaleOf(args[5])
			if det := scaleOf(args[0])*scaleOf(args[3]) - scaleOf(args[1])*scaleOf(args[2]); math.Abs(det) < 1e-4 {
				f.gone = true
			}
		case "matrix3d":
			f.x += scaleOf(args[12])
			f.shift += scaleOf(args[13])
			if det := scaleOf(args[0])*scaleOf(args[5]) - scaleOf(args[1])*scaleOf(args[4]); math.Abs(det) < 1e-4 {
				f.gone = true
			}
		case "scale", "scalex", "scaley", "scale3d":
			for j, a := range args {
				if j < 2 && math.Abs(scaleOf(a))*f.fontSize < 1 {
					f.gone = true
				}
			}
		case "rotate3d":
			if deg, ok := degrees(args[3][0]); ok && scaleOf(args[2]) == 0 && math.Abs(math.Cos(deg*math.Pi/180)) < 0.01 {
				f.gone = true
			}
		case "rotatex", "rotatey":
			if len(args[0]) == 1 {
				if deg, ok := degrees(args[0][0]); ok && math.Abs(math.Cos(deg*math.Pi/180)) < 0.01 {
					f.gone = true
				}
			}
		}
	}
}

// shrinks says whether a box without a width is as wide as its text.
func shrinks(display string) bool {
	return display == "inline-block" || strings.HasPrefix(display, "inline-") || strings.HasPrefix(display, "table")
}

func scaleOf(t []cssToken) float64 {
	if len(t) == 1 && t[0].kind == cssPercent {
		return t[0].num / 100
	}
	l, _, _ := parseLength(t, 0, true)
	return l.px
}

// overflow finds what a box with overflow cuts away: all, where it leaves at most one pixel in one direction.
func (s *styler) overflow(f *frame) {
	x, y := f.word(propOverflowX), f.word(propOverflowY)
	cuts := func(w string) bool { return w != "" && w != "visible" }
	scrolls := func(w string) bool { return cuts(w) && w != "clip" }
	cutX, cutY := cuts(x) || scrolls(y), cuts(y) || scrolls(x) // one direction that scrolls makes the other do so
	if !cutX && !cutY || strings.HasPrefix(f.display, "table") || f.display == "inline-table" || f.display == "contents" {
		return
	}
	whole := f.parent.w
	pad := func(a, b property) float64 {
		p, _ := s.px(f, a, whole)
		q, _ := s.px(f, b, whole)
		return p + q
	}
	grows := false
	if strings.HasSuffix(f.parent.display, "flex") {
		v, _ := f.get(propGrow)
		grows = v != nil && v.number > 0
	}
	w, hasW := s.sized(f, propWidth, propMinWidth, propMaxWidth, whole)
	if cutX && !grows {
		padding := pad(propPaddingLeft, propPaddingRight)
		if hasW && w+padding <= 1 {
			f.boxed = true
		}
		if !f.inline() && (hasW || f.display == "block") && f.position != "absolute" {
			pl, _ := s.px(f, propPaddingLeft, whole)
			f.clipL, f.clipR = max(f.clipL, f.x-pl), min(f.clipR, f.x-pl+f.w+padding)
		}
	}
	if v, _ := f.get(propLineHeight); cutY && f.h < 0 && v != nil && v.word == "" && v.length.resolve(f.fontSize, s.rootSize, f.fontSize) <= 0 &&
		pad(propPaddingTop, propPaddingBottom) <= 1 {
		f.boxed = true // lines without a height make a box without one
	}
	if cutY && !grows && f.h >= 0 {
		padding := pad(propPaddingTop, propPaddingBottom)
		visible := f.h + padding
		if f.word(propBoxSizing) == "border-box" {
			visible = max(f.h, padding)
		}
		if visible <= 1 {
			f.boxed = true
		}
	}
}

// line is the nearest box that holds lines.
func (f *frame) line() *frame {
	for f.inline() && f.parent != nil {
		f = f.parent
	}
	return f
}

// leave hands on, after an element, how far its text has come.
func (s *styler) leave(f *frame) {
	if f.inline() || f.placed || f.gone || f.never {
		return
	}
	if f.run > 0 {
		s.flowY += s.textHeight(f, f.run/max(f.fontSize*letterWidth, 1))
	}
	if f.h > 0 && f.run == 0 {
		s.flowY += min(f.h, 1e5)
	}
}

func (s *styler) textHeight(f *frame, letters float64) float64 {
	lines := math.Ceil(letters * f.fontSize * letterWidth / max(f.w, f.fontSize))
	return max(lines, 1) * f.fontSize * 1.2
}

// sight says how much a reader sees of a piece of text in an element.
func (s *styler) sight(f *frame, e *element, text string) sight {
	if f.never {
		return absent
	}
	line := f.line()
	letters := float64(utf8.RuneCountInString(strings.TrimSpace(text)))
	if letters == 0 {
		return shown
	}
	width := letters * f.fontSize * letterWidth
	start := line.run
	line.run += width
	switch {
	case e.unseen || f.skip || f.fontSize < 5 || f.textColor().a < 0.1 || !f.behindImage && e.contrast < 1.5:
		return hidden
	case f.offPage(start, width, line.w, s.flowY):
		return hidden
	case f.folded:
		return folded
	}
	return shown
}

// offPage says whether text of a width, beginning after start pixels of its line, falls off the page or out of its box.
func (f *frame) offPage(start, width, lineWidth, flowY float64) bool {
	indent := f.indent.px + f.indent.pct/100*lineWidth
	x := f.x + indent
	first := start+width <= lineWidth-indent
	switch {
	case first && indent < 0:
		x += start
	case indent < 0:
		x = f.x
	case start+width <= lineWidth:
		x += start
	}
	right := x + min(width, max(lineWidth, f.fontSize))
	if first && indent < 0 {
		right = x + width
	}
	if right <= 0 || x >= viewWidth {
		return true
	}
	if min(right, f.clipR)-max(x, f.clipL) <= 1 {
		return true
	}
	y := flowY + f.shift
	if f.placed {
		y = f.y + f.shift
	}
	return y+f.fontSize*1.2*math.Ceil(width/max(lineWidth, f.fontSize)) <= 0 && (f.shift < 0 || f.placed)
}
