package rights

import "strconv"

// ownStyle is what a browser's own style sheet says of an element (HTML §15.3), as far as it matters here.
type ownStyle struct {
	display    string
	font       float64 // of the parent's size
	fontPx     float64
	color      rgba
	hasColor   bool
	background rgba
	noIndent   bool
	mono       bool    // type of one width
	left       float64 // margin and padding at the left, in px
}

var linkBlue = rgba{0, 0, 0xEE, 1}

// browserStyle returns the browser's own style of an element.
func browserStyle(e *element, quirks bool) ownStyle {
	o := ownStyle{display: "inline"}
	if e.foreign {
		return o
	}
	switch e.tag {
	case "html", "address", "article", "aside", "center", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "footer", "form",
		"header", "hgroup", "hr", "legend", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul", "optgroup",
		"option", "xmp", "listing", "plaintext", "slot", "frameset", "frame", "marquee":
		o.display = "block"
		switch e.tag {
		case "ol", "ul", "menu", "dir":
			o.left = 40
		case "slot":
			o.display = "contents"
		case "marquee":
			o.display = "inline-block"
		}
		o.mono = e.tag == "pre" || e.tag == "xmp" || e.tag == "listing" || e.tag == "plaintext"
	case "code", "kbd", "samp", "tt":
		o.mono = true
	case "body":
		o.display, o.left = "block", 8
	case "blockquote", "figure", "dd":
		o.display, o.left = "block", 40
	case "h1":
		o.display, o.font = "block", 2
	case "h2":
		o.display, o.font = "block", 1.5
	case "h3":
		o.display, o.font = "block", 1.17
	case "h4":
		o.display = "block"
	case "h5":
		o.display, o.font = "block", 0.83
	case "h6":
		o.display, o.font = "block", 0.67
	case "li":
		o.display = "list-item"
	case "table":
		o.display, o.noIndent = "table", true
		if quirks {
			o.fontPx = 16
		}
	case "caption":
		o.display = "table-caption"
	case "tr":
		o.display = "table-row"
	case "td", "th":
		o.display = "table-cell"
	case "tbody", "thead", "tfoot":
		o.display = "table-row-group"
	case "col":
		o.display = "table-column"
	case "colgroup":
		o.display = "table-column-group"
	case "small", "sub", "sup":
		o.font = 1 / 1.2
	case "big":
		o.font = 1.2
	case "rt":
		o.font = 0.5
	case "mark":
		o.color, o.hasColor, o.background = black, true, rgba{255, 255, 0, 1}
	case "button", "input", "textarea", "select":
		o.display, o.fontPx, o.noIndent = "inline-block", 40.0/3, true
		o.color, o.hasColor = black, true
		if e.tag == "button" {
			o.background = rgba{0xEF, 0xEF, 0xEF, 1}
		}
		if e.tag == "input" && equalFoldASCII(e.value("type"), "hidden") {
			o.display = "none"
		}
	case "a", "area":
		if e.has("href") {
			o.color, o.hasColor = linkBlue, true
		}
	case "dialog":
		o.display = "block"
		o.color, o.hasColor, o.background = black, true, white
		if !e.has("open") {
			o.display = "none"
		}
	case "head", "title", "meta", "link", "style", "script", "base", "template", "noscript", "datalist", "param", "rp", "noembed",
		"noframes", "basefont":
		o.display = "none"
	}
	if e.has("hidden") && e.tag != "embed" {
		o.display = "none"
	}
	if e.has("popover") {
		o.display = "none"
		o.color, o.hasColor, o.background = black, true, white
	}
	return o
}

// presentationHints turns presentational attributes into declarations, which lose to any rule of the page.
func (s *styler) presentationHints(e *element) []declaration {
	var out []declaration
	color := func(prop property, s string) {
		if c, ok := legacyColor(s); ok {
			out = append(out, declaration{prop: prop, value: &cssValue{color: c}})
		}
	}
	size := func(prop property, s string) {
		if l, ok := legacySize(s); ok {
			out = append(out, declaration{prop: prop, value: &cssValue{length: l}})
		}
	}
	for k := range e.node.Attr {
		a := &e.node.Attr[k]
		switch a.Key { // of two attributes of one name the first counts
		case "bgcolor", "background", "text", "color", "size", "width", "height", "align", "leftmargin", "marginwidth", "hspace":
			if e.value(a.Key) != a.Val {
				continue
			}
		}
		switch a.Key {
		case "bgcolor":
			switch e.tag {
			case "body", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "marquee", "col", "colgroup":
				color(propBackground, a.Val)
			}
		case "background":
			switch e.tag {
			case "body", "table", "tbody", "thead", "tfoot", "tr", "td", "th":
				if trimHTMLSpace(a.Val) != "" {
					v := imageValue(cssValue{word: "none"}, cssToken{kind: cssURL, text: a.Val})
					out = append(out, declaration{prop: propImage, value: &v})
				}
			}
		case "text":
			if e.tag == "body" {
				color(propColor, a.Val)
			}
		case "color":
			if e.tag == "font" || e.tag == "basefont" || e.tag == "hr" {
				color(propColor, a.Val)
			}
		case "size":
			if e.tag == "font" {
				if px := legacyFontSize(a.Val); px > 0 {
					out = append(out, declaration{prop: propFontSize, value: &cssValue{length: length{px: px}}})
				}
			}
		case "width", "height":
			prop := propWidth
			if a.Key == "height" {
				prop = propHeight
			}
			switch e.tag {
			case "img", "table", "td", "th", "iframe", "object", "embed", "video", "hr", "marquee", "input":
				size(prop, a.Val)
			case "tr", "tbody", "thead", "tfoot":
				if a.Key == "height" {
					size(prop, a.Val)
				}
			}
		case "nowrap":
			if e.tag == "td" || e.tag == "th" {
				out = append(out, declaration{prop: propWhiteSpace, value: &cssValue{word: "nowrap"}})
			}
		case "align":
			if (a.Val == "left" || a.Val == "right") && (e.tag == "img" || e.tag == "table") {
				out = append(out, declaration{prop: propFloat, value: &cssValue{word: a.Val}})
			}
		case "leftmargin", "marginwidth":
			if e.tag == "body" {
				size(propMarginLeft, a.Val)
			}
		case "hspace":
			if e.tag == "img" || e.tag == "marquee" {
				size(propMarginLeft, a.Val)
			}
		}
	}
	return out
}

// bodyColor is the colour in an attribute of the body.
func (p *Parsed) bodyColor(name string) (rgba, bool) {
	for i := range p.elements {
		if e := &p.elements[i]; e.tag == "body" && !e.foreign {
			return legacyColor(e.value(name))
		}
	}
	return rgba{}, false
}

// legacySize reads a dimension attribute: "100", "50%", "12.5px".
func legacySize(s string) (length, bool) {
	s = trimHTMLSpace(s)
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(s[:end], 64)
	if err != nil || end > 16 {
		return length{}, false
	}
	if end < len(s) && s[end] == '%' {
		return length{pct: n}, true
	}
	return length{px: n}, true
}

// legacyFontSize reads the size of <font> (HTML §15.3.4): 1 to 7, or relative to 3.
func legacyFontSize(s string) float64 {
	s = trimHTMLSpace(s)
	if s == "" {
		return 0
	}
	sign := s[0]
	if sign == '+' || sign == '-' {
		s = s[1:]
	}
	end := 0
	for end < len(s) && end < 6 && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return 0
	}
	switch sign {
	case '+':
		n += 3
	case '-':
		n = 3 - n
	}
	return [...]float64{10, 13, 16, 18, 24, 32, 48}[min(max(n, 1), 7)-1]
}
