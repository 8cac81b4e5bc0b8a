package rights

import "strings"

// words of enumerated properties; a value outside its list is invalid and dropped.
var propertyWords = map[property]string{
	propDisplay: " none contents block inline inline-block flex inline-flex grid inline-grid table inline-table table-cell table-row " +
		"table-row-group table-header-group table-footer-group table-column table-column-group table-caption list-item flow-root " +
		"ruby ruby-base ruby-text -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex math ",
	propVisibility: " visible hidden collapse ",
	propOverflowX:  " visible hidden clip scroll auto overlay ",
	propOverflowY:  " visible hidden clip scroll auto overlay ",
	propPosition:   " static relative absolute fixed sticky -webkit-sticky ",
	propContent:    " visible hidden auto ",
	propWhiteSpace: " normal nowrap pre pre-wrap pre-line break-spaces wrap balance pretty stable collapse preserve ",
	propBoxSizing:  " content-box border-box ",
	propFloat:      " none left right inline-start inline-end ",
}

var fontSizes = map[string]float64{
	"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32, "xxx-large": 48,
}

// parseValue reads the value of one property; ok is false where it is invalid.
func parseValue(p property, name string, t []cssToken, quirks bool) (v cssValue, ok bool) {
	if list := propertyWords[p]; list != "" {
		return parseWord(p, list, t)
	}
	switch p {
	case propOpacity, propLineHeight, propGrow:
		return parseNumberish(p, t, quirks)
	case propFontSize:
		return parseFontSize(t, quirks)
	case propColor, propFill, propBackground:
		if filled := withCurrent(t, black); filled != nil {
			_, _, ok = parseColor(filled)
			v.tokens = t // decided when the colour of the text is known
			return v, ok
		}
		v.color, v.current, ok = parseColor(t)
		if !ok && quirks && name != "font" && len(t) == 1 {
			v.color, ok = quirkyColor(t[0])
		}
		return v, ok
	case propImage:
		return parseImages(t)
	case propTransform, propTranslate, propScale, propClip, propClipPath:
		return parseShape(p, t)
	case propIndent:
		parts := splitTokens(t, " ")
		var next int
		v.length, next, ok = parseLength(parts[0], 0, quirks)
		return v, ok && next == len(parts[0]) && (len(parts) == 1 || parts[1][0].text == "each-line" || parts[1][0].text == "hanging")
	}
	if len(t) == 1 && t[0].kind == cssIdent {
		return parseSizeWord(p, t[0].text)
	}
	l, next, ok := parseLength(t, 0, quirks)
	if !ok || next != len(t) {
		return v, false
	}
	if p >= propWidth && p <= propMaxHeight || p >= propPaddingTop && p <= propPaddingLeft {
		if t[0].kind != cssFunction && (l.px < 0 || l.em < 0 || l.rem < 0 || l.pct < 0) {
			return v, false // sizes and paddings are not negative
		}
	}
	v.length = l
	return v, true
}

func parseSizeWord(p property, word string) (v cssValue, ok bool) {
	switch word {
	case "auto":
		v.length.auto = true
		return v, p < propMaxWidth && p >= propWidth || p >= propTop && p <= propMarginLeft
	case "none":
		v.length.auto = true
		return v, p == propMaxWidth || p == propMaxHeight
	case "min-content", "max-content", "fit-content", "-webkit-fill-available", "stretch", "-webkit-max-content", "-webkit-min-content", "-webkit-fit-content":
		v.length.auto = true
		return v, p >= propWidth && p <= propMaxHeight
	}
	return v, false
}

func parseWord(p property, list string, t []cssToken) (v cssValue, ok bool) {
	for _, k := range t {
		if k.kind == cssSpace {
			continue
		}
		if k.kind != cssIdent {
			return v, false
		}
		if p == propDisplay && len(t) > 1 { // two words: block flow, inline flex, list-item block …
			return twoWordDisplay(t)
		}
		if !strings.Contains(list, " "+k.text+" ") {
			return v, false
		}
		if v.word == "" || p == propWhiteSpace && k.text == "nowrap" {
			v.word = k.text
		}
	}
	return v, v.word != "" && (len(t) == 1 || p == propWhiteSpace)
}

func twoWordDisplay(t []cssToken) (v cssValue, ok bool) {
	outer, inner, item := "", "", false
	for _, k := range t {
		switch {
		case k.kind == cssSpace:
		case (k.text == "block" || k.text == "inline") && outer == "":
			outer = k.text
		case k.text == "flow" || k.text == "flow-root" || k.text == "flex" || k.text == "grid" || k.text == "table":
			inner = k.text
		case k.text == "list-item":
			item = true
		default:
			return v, false
		}
	}
	switch {
	case item:
		v.word = "list-item"
	case outer == "inline" && inner == "flow-root":
		v.word = "inline-block"
	case outer == "inline" && inner != "flow" && inner != "":
		v.word = "inline-" + inner
	case outer == "inline":
		v.word = "inline"
	case inner == "flow" || inner == "":
		v.word = "block"
	default:
		v.word = inner
	}
	return v, true
}

func parseNumberish(p property, t []cssToken, quirks bool) (v cssValue, ok bool) {
	if p == propLineHeight && len(t) == 1 && t[0].kind == cssIdent {
		v.word = t[0].text
		return v, v.word == "normal"
	}
	if len(t) == 1 && t[0].kind == cssNumber {
		v.number = t[0].num
		v.length = length{em: v.number}
		return v, p == propOpacity || v.number >= 0
	}
	if p == propOpacity && len(t) == 1 && t[0].kind == cssPercent {
		v.number = t[0].num / 100
		return v, true
	}
	l, next, ok := parseLength(t, 0, quirks)
	if !ok || next != len(t) {
		return v, false
	}
	v.length, v.number = l, l.px+l.pct/100
	return v, p == propLineHeight || t[0].kind == cssFunction
}

func parseFontSize(t []cssToken, quirks bool) (v cssValue, ok bool) {
	if len(t) == 1 && t[0].kind == cssIdent {
		if px, found := fontSizes[t[0].text]; found {
			v.length.px = px
			return v, true
		}
		switch t[0].text {
		case "smaller":
			v.length.em = 1 / 1.2
		case "larger":
			v.length.em = 1.2
		case "math":
			v.length.em = 1
		default:
			return v, false
		}
		return v, true
	}
	l, next, ok := parseLength(t, 0, quirks)
	if !ok || next != len(t) || t[0].kind != cssFunction && (l.px < 0 || l.em < 0 || l.rem < 0 || l.pct < 0) {
		return v, false
	}
	v.length = l // a percentage is of the parent's size, as an em is
	return v, true
}

// quirkyColor is a hex colour without its hash, which quirks mode takes (Quirks §3.1).
func quirkyColor(t cssToken) (rgba, bool) {
	if t.kind == cssIdent {
		return hexColor(t.text)
	}
	return rgba{}, false
}

func parseImages(t []cssToken) (v cssValue, ok bool) {
	v.word = "none"
	for _, layer := range splitTokens(t, ",") {
		layer = trimTokens(layer)
		switch {
		case len(layer) == 0:
			return v, false
		case len(layer) == 1 && layer[0].kind == cssIdent && layer[0].text == "none":
		case len(layer) == 1 && layer[0].kind == cssURL, layer[0].kind == cssFunction && isImageFunction(layer[0].text):
			v = imageValue(v, layer...)
		default:
			return v, false
		}
	}
	return v, true
}

// transformFunctions are those transform knows, with the numbers of arguments it takes.
var transformFunctions = map[string][2]int{
	"translate": {1, 2}, "translatex": {1, 1}, "translatey": {1, 1}, "translatez": {1, 1}, "translate3d": {3, 3},
	"scale": {1, 2}, "scalex": {1, 1}, "scaley": {1, 1}, "scalez": {1, 1}, "scale3d": {3, 3},
	"rotate": {1, 1}, "rotatex": {1, 1}, "rotatey": {1, 1}, "rotatez": {1, 1}, "rotate3d": {4, 4},
	"skew": {1, 2}, "skewx": {1, 1}, "skewy": {1, 1}, "matrix": {6, 6}, "matrix3d": {16, 16}, "perspective": {1, 1},
}

// parseShape checks the form of transforms and clips; what they do is worked out when the box is known.
func parseShape(p property, t []cssToken) (v cssValue, ok bool) {
	if len(t) == 1 && t[0].kind == cssIdent {
		v.word = t[0].text
		if p == propClip {
			return v, v.word == "auto"
		}
		return v, v.word == "none" || p == propClipPath && strings.HasSuffix(v.word, "-box")
	}
	v.tokens = t
	switch p {
	case propTransform:
		for i := 0; i < len(t); {
			if t[i].kind == cssSpace {
				i++
				continue
			}
			if t[i].kind != cssFunction {
				return v, false
			}
			args, next := functionArgs(t, i)
			want, known := transformFunctions[t[i].text]
			if !known || len(args) < want[0] || len(args) > want[1] {
				return v, false
			}
			if strings.HasPrefix(t[i].text, "translate") { // translate(-100) without a unit is invalid
				for _, a := range args {
					if _, next, good := parseLength(a, 0, false); !good || next != len(a) {
						return v, false
					}
				}
			}
			i = next
		}
	case propTranslate, propScale:
		for _, part := range splitTokens(t, " ") {
			l, next, good := parseLength(part, 0, p == propScale)
			if !good || next != len(part) || p == propTranslate && part[0].kind == cssNumber && l.px != 0 {
				return v, false
			}
		}
	case propClip:
		return v, t[0].kind == cssFunction && t[0].text == "rect"
	case propClipPath:
		if t[0].kind == cssURL {
			return v, true
		}
		return v, hasClipFunction(t)
	}
	return v, true
}

func hasClipFunction(t []cssToken) bool {
	for _, k := range t {
		if k.kind == cssFunction {
			switch k.text {
			case "inset", "circle", "ellipse", "polygon", "path", "rect", "xywh", "shape":
				return true
			}
		}
	}
	return false
}

// functionArgs returns the arguments of the function at t[i], cut at commas, and the place after its bracket.
func functionArgs(t []cssToken, i int) (args [][]cssToken, next int) {
	end := i + 1
	for depth := 1; end < len(t); end++ {
		if t[end].kind == cssFunction || t[end].kind == cssDelim && t[end].text == "(" {
			depth++
		} else if t[end].kind == cssDelim && t[end].text == ")" {
			if depth--; depth == 0 {
				break
			}
		}
	}
	for _, a := range splitTokens(t[i+1:end], ",") {
		if a = trimTokens(a); len(a) > 0 {
			args = append(args, a)
		}
	}
	return args, min(end+1, len(t))
}
