package rights

import (
	"math/bits"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// frame is one element while its subtree is being styled. Frames live as long as the walk is inside the element, so a
// child can ask its ancestors for what it inherits.
type frame struct {
	el     int32
	parent *frame
	slots  [propertyCount]slot
	used   uint64   // which slots hold something, by bit
	shows  ancestry // the names of the element and of its ancestors

	// inherited
	color, fill rgba
	hasFill     bool
	fontSize    float64
	mono        bool // of letters of one width, by the browser's own style
	inPixels    bool // the size goes back to one in pixels
	visible     bool
	indent      length // em already resolved
	vars        *varScope

	display    string
	position   string
	opacity    float64 // its own
	background rgba    // its own
	onText     bool    // background is the colour of the text
	image      string  // none, image, url

	box
}

// slot is the winning declaration of a property so far.
type slot struct {
	value *cssValue
	prio  uint64
	from  *declaration // where it holds var()
}

// Cascade levels, the top bits of a priority. Layer, specificity and order follow.
const (
	levelHint        = 1 << 60
	levelAuthor      = 2 << 60
	levelInline      = 3 << 60
	levelAnimation   = 4 << 60
	levelImportant   = 5 << 60
	levelImportantIn = 6 << 60

	layerShift  = 44
	weightShift = 20
	noLayerRank = 1<<16 - 1
	maxOrder    = 1<<20 - 1
)

// styler computes the styles of one page.
type styler struct {
	p         *Parsed
	sheet     *sheet
	match     matcher
	inline    map[string][]declaration
	filled    int // bytes made by filling in custom properties
	rootSize  float64
	flowY     float64 // how far down ordinary text has come
	noindex   bool
	frames    []*frame // by depth
	depth     int
	textColor rgba // of <body text>
	bodyColor rgba // of the body, as computed
	linkColor rgba // of <body link>
	hasLink   bool
	contrasts map[[2]rgba]float32 // worked out before
}

// A page may spend so many steps on matching, and so many more for each byte.
const (
	matchSteps     = 2 << 20
	matchStepsByte = 16
)

// style reads the page's style sheets and walks the document, filling p.elements and p.events.
func (p *Parsed) style() {
	texts := p.styleTexts()
	s := &styler{p: p, sheet: p.sheets.sheetOf(texts, p.quirks, p.contained(texts)), inline: map[string][]declaration{}, contrasts: map[[2]rgba]float32{}, rootSize: 16}
	s.linkColor, s.hasLink = p.bodyColor("link")
	if s.textColor, _ = p.bodyColor("text"); s.textColor == (rgba{}) {
		s.textColor = black
	}
	s.bodyColor = s.textColor
	s.match = matcher{p: p, budget: matchSteps + matchStepsByte*len(p.page.Body)}
	top := &frame{el: -1, color: black, fontSize: 16, visible: true, display: "block", position: "static", opacity: 1, image: "none"}
	top.box = box{w: viewWidth, h: viewHeight, clipR: 1e9, clipL: -1e9, shownOpacity: 1, backdrop: white}
	p.events = make([]event, 0, 4*len(p.elements))
	n := int32(0)
	for c := p.root.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.ElementNode:
			s.walk(c, &n, top)
		case html.CommentNode:
			s.comment(c.Data)
		}
	}
	if s.match.steps > s.match.budget {
		p.problem = "too_complex"
	}
}

func (s *styler) contrast(text, backdrop rgba) float32 {
	c, known := s.contrasts[[2]rgba{text, backdrop}]
	if !known && len(s.contrasts) < 1024 {
		c = float32(contrast(text, backdrop))
		s.contrasts[[2]rgba{text, backdrop}] = c
	} else if !known {
		c = float32(contrast(text, backdrop))
	}
	return c
}

// styleTexts lists the contents of the style elements that hold for the screen, in their order.
func (p *Parsed) styleTexts() (texts []string) {
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag != "style" || e.inert || !p.inRendered(e) {
			continue
		}
		if kind := trimHTMLSpace(e.value("type")); kind != "" && !equalFoldASCII(kind, "text/css") || !mediaMatches(e.value("media")) {
			continue
		}
		var css strings.Builder
		for c := e.node.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				css.WriteString(c.Data)
			}
		}
		texts = append(texts, css.String())
	}
	return texts
}

// inRendered is whether a style element may count: all do, wherever they stand, HTML or svg.
func (p *Parsed) inRendered(e *element) bool { return !e.foreign || e.node.Namespace == "svg" }

func (s *styler) comment(text string) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "noindex":
		s.noindex = true
	case "/noindex":
		s.noindex = false
	}
}

// walk styles the element n and all below it, writing events as it goes.
func (s *styler) walk(n *html.Node, next *int32, parent *frame) {
	i := *next
	*next++
	e := &s.p.elements[i]
	f := s.frame(i, parent)
	e.noindex = s.noindex || e.tag == "noindex" || parent.el >= 0 && s.p.elements[parent.el].noindex && s.inNoindex(parent.el)
	e.from = int32(len(s.p.events))
	s.p.events = append(s.p.events, event{kind: eventOpen, el: i})
	s.compute(f, e)
	s.layout(f, e)
	e.unseen = f.gone || f.boxed || !f.visible || f.shownOpacity < 0.1
	e.fontSize, e.alpha = float32(f.fontSize), float32(f.textColor().a)
	e.contrast = 22
	if !f.behindImage {
		e.contrast = s.contrast(f.textColor(), f.backdrop)
	}
	e.background = e.background || f.image == "url"
	if e.tag == "br" && !e.foreign {
		s.p.events = append(s.p.events, event{kind: eventBreak, el: i})
		f.line().run = 0
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.ElementNode:
			s.walk(c, next, f)
		case html.TextNode:
			if c.Data != "" {
				s.p.events = append(s.p.events, event{kind: eventText, el: i, text: c.Data, seen: s.sight(f, e, c.Data)})
			}
		case html.CommentNode:
			s.comment(c.Data)
		}
	}
	s.leave(f)
	s.depth--
	s.p.events = append(s.p.events, event{kind: eventClose, el: i})
	s.p.elements[i].to = int32(len(s.p.events))
}

// frame returns a cleared frame; the frames of finished elements are used again.
func (s *styler) frame(el int32, parent *frame) *frame {
	if s.depth == len(s.frames) {
		s.frames = append(s.frames, new(frame))
	}
	f := s.frames[s.depth]
	s.depth++
	f.el, f.parent, f.vars = el, parent, nil
	for ; f.used != 0; f.used &= f.used - 1 {
		f.slots[bits.TrailingZeros64(f.used)] = slot{}
	}
	return f
}

// inNoindex says whether an element stands inside a <noindex> element, as against between comments.
func (s *styler) inNoindex(i int32) bool {
	for ; i >= 0; i = s.p.elements[i].parent {
		if s.p.elements[i].tag == "noindex" {
			return true
		}
	}
	return false
}

func (f *frame) textColor() rgba {
	if f.hasFill {
		return f.fill
	}
	return f.color
}

// compute finds the winning declarations of an element and what they come to.
func (s *styler) compute(f *frame, e *element) {
	parent := f.parent
	f.vars = parent.vars
	var custom []customDecl
	add := func(decls []declaration, prio uint64) {
		for i := range decls {
			d := &decls[i]
			p := prio
			if d.important {
				switch prio >> 60 {
				case levelAuthor >> 60: // in important declarations the layers stand the other way round
					rank := prio >> layerShift & noLayerRank
					p = levelImportant | (noLayerRank-rank)<<layerShift | prio&(1<<layerShift-1)
				case levelInline >> 60:
					p = levelImportantIn
				}
			}
			switch {
			case d.custom != "":
				custom = append(custom, customDecl{d, p})
			case d.pending != "":
				for _, l := range longhands(d.pending) {
					if p >= f.slots[l].prio {
						f.slots[l] = slot{prio: p, from: d}
						f.used |= 1 << l
					}
				}
			case d.prop == propAnimation:
				s.animation(f, d, p)
			case p >= f.slots[d.prop].prio:
				f.slots[d.prop] = slot{value: d.value, prio: p}
				f.used |= 1 << d.prop
			}
		}
	}
	if !e.foreign {
		add(s.presentationHints(e), levelHint)
	}
	f.shows = parent.shows
	s.matched(e, f, add)
	f.shows.addElement(e)
	if css := e.value("style"); css != "" {
		decls, known := s.inline[css]
		if !known {
			decls = parseDeclarations(css, s.p.quirks)
			s.inline[css] = decls
		}
		add(decls, levelInline)
	}
	if f.used&(1<<propAnimation) != 0 {
		s.finishAnimation(f, add)
	}
	if custom != nil {
		f.vars = s.newScope(parent.vars, custom)
	}
	s.fillPending(f)
	s.computeValues(f, e)
}

// matched adds the declarations of all rules that match the element.
func (s *styler) matched(e *element, f *frame, add func([]declaration, uint64)) {
	try := func(list []*rule) {
		for _, r := range list {
			if !f.shows.covers(&r.sel.above) {
				continue
			}
			if s.match.steps++; s.match.steps > s.match.budget {
				return
			}
			if s.match.matches(&r.sel, f.el) {
				if r.sel.pseudo != "" {
					e.background = true
					continue
				}
				rank := uint64(noLayerRank)
				if r.layer > 0 {
					rank = s.sheet.ranks[r.layer]
				}
				add(r.decls, levelAuthor|rank<<layerShift|uint64(r.sel.weight)<<weightShift|min(r.order, maxOrder))
			}
		}
	}
	sh := s.sheet
	fold := func(name string) string {
		if s.p.quirks {
			return lowerASCII(name)
		}
		return name
	}
	if e.id != "" && len(sh.byID) > 0 {
		try(sh.byID[fold(e.id)])
	}
	for k, class := range e.classes {
		if k < 64 && len(sh.byClass) > 0 && !contains(e.classes[:k], class) {
			try(sh.byClass[fold(class)])
		}
	}
	if len(sh.byTag) > 0 {
		try(sh.byTag[e.tag])
		if e.foreign && lowerASCII(e.tag) != e.tag {
			try(sh.byTag[lowerASCII(e.tag)])
		}
	}
	if len(sh.byAttr) > 0 {
		for k := range e.node.Attr {
			if a := e.node.Attr[k]; k < 64 && a.Namespace == "" {
				try(sh.byAttr[a.Key])
			}
		}
	}
	try(sh.others)
}

func contains(list []string, s string) bool {
	return slices.Contains(list, s)
}

// inheritedProperty says which properties come down from the parent when nothing is said.
func inheritedProperty(p property) bool {
	switch p {
	case propVisibility, propFontSize, propColor, propFill, propIndent, propWhiteSpace, propLineHeight:
		return true
	}
	return false
}

// get returns the value of a property: nil where only the browser's own style speaks; initial where that was asked for.
func (f *frame) get(p property) (v *cssValue, initial bool) {
	for g := f; g != nil; g = g.parent {
		if g.used&(1<<p) == 0 {
			return nil, false
		}
		v := g.slots[p].value
		if v == nil {
			return nil, false
		}
		key := v.key
		if key == keyUnset || key == keyInvalid {
			key = keyInitial
			if inheritedProperty(p) {
				key = keyInherit
			}
		}
		switch key {
		case noKeyword:
			return v, false
		case keyInitial:
			return nil, true
		case keyRevert:
			return nil, false
		}
	}
	return nil, false // inherit
}

// inherits says whether the property was told to inherit.
func (f *frame) inherits(p property) bool {
	if f.used&(1<<p) == 0 {
		return false
	}
	v := f.slots[p].value
	return v != nil && (v.key == keyInherit || (v.key == keyUnset || v.key == keyInvalid) && inheritedProperty(p))
}

// computeValues works out the values other than sizes and places.
func (s *styler) computeValues(f *frame, e *element) {
	parent := f.parent
	ua := browserStyle(e, s.p.quirks)
	if s.hasLink && e.isLink() {
		ua.color = s.linkColor // what <body link> says is the browser's own colour of links, which revert goes back to
	}

	f.fontSize = parent.fontSize
	switch v, initial := f.get(propFontSize); {
	case f.inherits(propFontSize):
	case v != nil:
		f.fontSize = max(v.length.resolve(parent.fontSize, s.rootSize, parent.fontSize), 0)
	case initial:
		f.fontSize = 16
	case ua.fontPx > 0:
		f.fontSize = ua.fontPx
	case ua.font > 0:
		f.fontSize = parent.fontSize * ua.font
	}
	f.mono, f.inPixels = parent.mono || ua.mono, parent.inPixels
	if v, _ := f.get(propFontSize); v != nil {
		f.inPixels = f.inPixels || v.length.em == 0 && v.length.pct == 0
	} else if ua.mono && !parent.mono && !parent.inPixels {
		f.fontSize *= 13.0 / 16 // browsers set type of one width smaller, unless its size is in pixels
	}
	f.fontSize = min(f.fontSize, 10000)
	if parent.el < 0 {
		s.rootSize = f.fontSize
	}

	f.color, f.visible = parent.color, parent.visible
	switch v, initial := f.get(propColor); {
	case f.inherits(propColor):
	case v != nil && !v.current:
		f.color = v.colorOn(parent.color)
	case initial:
		f.color = black
	case v == nil && ua.hasColor:
		f.color = ua.color
	case v == nil && s.p.quirks && e.tag == "table" && !e.foreign:
		f.color = s.bodyColor // Quirks §3.2: tables inherit from the body, but where the page itself says inherit
	}
	if e.tag == "body" && !e.foreign {
		s.bodyColor = f.color
	}
	f.fill, f.hasFill = parent.fill, parent.hasFill
	switch v, initial := f.get(propFill); {
	case f.inherits(propFill):
	case v != nil:
		f.fill, f.hasFill = v.colorOn(f.color), !v.current
	case initial:
		f.hasFill = false
	}
	switch v, initial := f.get(propVisibility); {
	case f.inherits(propVisibility):
	case v != nil:
		f.visible = v.word == "visible"
	case initial:
		f.visible = true
	}
	f.indent = parent.indent
	switch v, initial := f.get(propIndent); {
	case f.inherits(propIndent):
	case v != nil:
		l := v.length.settled()
		f.indent = length{px: l.px + l.em*f.fontSize + l.rem*s.rootSize, pct: l.pct}
	case initial, ua.noIndent:
		f.indent = length{}
	}

	f.opacity = 1
	if f.inherits(propOpacity) {
		f.opacity = parent.opacity
	} else if v, _ := f.get(propOpacity); v != nil {
		f.opacity = min(max(v.number, 0), 1)
	}
	f.background, f.onText = ua.background, false
	switch v, initial := f.get(propBackground); {
	case f.inherits(propBackground):
		f.background = parent.background
		if f.onText = parent.onText; f.onText { // currentcolor is inherited as such
			f.background = f.color
		}
	case v != nil && v.current:
		f.background, f.onText = f.color, true
	case v != nil:
		f.background = v.colorOn(f.color)
	case initial:
		f.background = rgba{}
	}
	f.image = "none"
	if f.inherits(propImage) {
		f.image = parent.image
	} else if v, _ := f.get(propImage); v != nil {
		f.image = v.word
	}
	f.position = "static"
	if f.inherits(propPosition) {
		f.position = parent.position
	} else if v, _ := f.get(propPosition); v != nil {
		f.position = v.word
	}
	f.display = ua.display
	switch v, initial := f.get(propDisplay); {
	case f.inherits(propDisplay):
		f.display = parent.display
	case v != nil:
		f.display = v.word
	case initial:
		f.display = "inline"
	}
	s.blockify(f)
}

// blockify turns inline boxes into blocks where CSS Display §2.7 does.
func (s *styler) blockify(f *frame) {
	floats, _ := f.get(propFloat)
	out := f.position == "absolute" || f.position == "fixed" || floats != nil && floats.word != "none"
	parent := f.parent
	for parent.display == "contents" && parent.parent != nil {
		parent = parent.parent
	}
	if !out && !strings.HasSuffix(parent.display, "flex") && !strings.HasSuffix(parent.display, "grid") && parent.el >= 0 {
		return
	}
	switch f.display {
	case "inline", "inline-block", "run-in", "ruby", "ruby-text", "ruby-base":
		f.display = "block"
	case "inline-flex", "inline-grid", "inline-table":
		f.display = f.display[len("inline-"):]
	}
}
