package rights

import (
	"slices"
	"strings"
)

// property is one the checks read. Shorthands are taken apart when a declaration is read.
type property uint8

const (
	propDisplay property = iota
	propVisibility
	propOpacity
	propFontSize
	propColor
	propFill
	propBackground // background-color
	propImage      // background-image
	propOverflowX
	propOverflowY
	propWidth
	propHeight
	propMinWidth
	propMinHeight
	propMaxWidth
	propMaxHeight
	propPosition
	propTop
	propRight
	propBottom
	propLeft
	propMarginTop
	propMarginRight
	propMarginBottom
	propMarginLeft
	propPaddingTop
	propPaddingRight
	propPaddingBottom
	propPaddingLeft
	propIndent
	propTransform
	propTranslate
	propScale
	propClip
	propClipPath
	propContent // content-visibility
	propWhiteSpace
	propBoxSizing
	propFloat
	propLineHeight
	propGrow // flex-grow
	propAnimation
	propertyCount
)

var propertyNames = map[string]property{
	"display": propDisplay, "visibility": propVisibility, "opacity": propOpacity, "font-size": propFontSize, "color": propColor,
	"-webkit-text-fill-color": propFill, "background-color": propBackground, "background-image": propImage,
	"overflow-x": propOverflowX, "overflow-y": propOverflowY, "overflow-inline": propOverflowX, "overflow-block": propOverflowY,
	"width": propWidth, "height": propHeight, "inline-size": propWidth, "block-size": propHeight,
	"min-width": propMinWidth, "min-height": propMinHeight, "max-width": propMaxWidth, "max-height": propMaxHeight,
	"min-inline-size": propMinWidth, "min-block-size": propMinHeight, "max-inline-size": propMaxWidth, "max-block-size": propMaxHeight,
	"position": propPosition, "top": propTop, "right": propRight, "bottom": propBottom, "left": propLeft,
	"inset-block-start": propTop, "inset-inline-end": propRight, "inset-block-end": propBottom, "inset-inline-start": propLeft,
	"margin-top": propMarginTop, "margin-right": propMarginRight, "margin-bottom": propMarginBottom, "margin-left": propMarginLeft,
	"margin-block-start": propMarginTop, "margin-inline-end": propMarginRight, "margin-block-end": propMarginBottom,
	"margin-inline-start": propMarginLeft,
	"padding-top":         propPaddingTop, "padding-right": propPaddingRight, "padding-bottom": propPaddingBottom, "padding-left": propPaddingLeft,
	"padding-block-start": propPaddingTop, "padding-inline-end": propPaddingRight, "padding-block-end": propPaddingBottom,
	"padding-inline-start": propPaddingLeft,
	"text-indent":          propIndent, "transform": propTransform, "-webkit-transform": propTransform, "translate": propTranslate,
	"scale": propScale, "clip": propClip, "clip-path": propClipPath, "-webkit-clip-path": propClipPath,
	"content-visibility": propContent, "white-space": propWhiteSpace, "text-wrap": propWhiteSpace, "text-wrap-mode": propWhiteSpace,
	"box-sizing": propBoxSizing, "-webkit-box-sizing": propBoxSizing, "float": propFloat, "line-height": propLineHeight,
	"flex-grow": propGrow, "-webkit-flex-grow": propGrow,
}

// boxShorthands are the shorthands of four sides, or of two where the last two are propertyCount.
var boxShorthands = map[string][4]property{
	"margin":         {propMarginTop, propMarginRight, propMarginBottom, propMarginLeft},
	"padding":        {propPaddingTop, propPaddingRight, propPaddingBottom, propPaddingLeft},
	"inset":          {propTop, propRight, propBottom, propLeft},
	"margin-block":   {propMarginTop, propMarginBottom, propertyCount, propertyCount},
	"margin-inline":  {propMarginLeft, propMarginRight, propertyCount, propertyCount},
	"padding-block":  {propPaddingTop, propPaddingBottom, propertyCount, propertyCount},
	"padding-inline": {propPaddingLeft, propPaddingRight, propertyCount, propertyCount},
	"inset-block":    {propTop, propBottom, propertyCount, propertyCount},
	"inset-inline":   {propLeft, propRight, propertyCount, propertyCount},
}

// keyword is a CSS-wide keyword.
type keyword byte

const (
	noKeyword keyword = iota
	keyInherit
	keyInitial
	keyUnset
	keyRevert
	keyInvalid // invalid at computed-value time: as unset
)

// cssValue is a parsed value; which field counts depends on the property.
type cssValue struct {
	key     keyword
	word    string
	number  float64
	length  length
	color   rgba
	current bool       // currentcolor
	tokens  []cssToken // transforms, clips, animations
}

// declaration is one property with its value, ready to compete in the cascade.
type declaration struct {
	prop      property
	value     *cssValue // never changed once made: sides of a box share theirs; nil of custom and pending ones
	important bool
	custom    string // name of a custom property; text is its value
	pending   string // name of a property whose text holds var()
	text      string
}

// parseDeclarations reads "name: value; …". What is invalid is dropped, as a browser does.
func parseDeclarations(css string, quirks bool) []declaration {
	var out []declaration
	for i := 0; i < len(css); {
		end := scanCSS(css, i, ";")
		out = appendDeclaration(out, css[i:end], quirks)
		i = end + 1
	}
	return out
}

func appendDeclaration(out []declaration, s string, quirks bool) []declaration {
	for { // comments and blanks before the name
		s = strings.TrimLeft(s, " \t\r\n\f")
		if !strings.HasPrefix(s, "/*") {
			break
		}
		s = s[skipCSSComment(s, 0):]
	}
	if !startsCSSIdent(s, 0) {
		return out
	}
	name, i := readCSSName(s, 0)
	for i < len(s) && s[i] != ':' {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			i = skipCSSComment(s, i)
		case isCSSSpace(s[i]):
			i++
		default:
			return out
		}
	}
	if i >= len(s) || len(s) > maxValueBytes {
		return out
	}
	text, important := cutImportant(s[i+1:])
	if strings.HasPrefix(name, "--") {
		return append(out, declaration{custom: name, text: strings.Trim(text, " \t\r\n\f"), important: important})
	}
	name = lowerASCII(name)
	start := len(out)
	if hasVar(text) {
		if !knownProperty(name) {
			return out
		}
		return append(out, declaration{pending: name, text: text, important: important})
	}
	out = expandDeclaration(out, name, text, quirks)
	for j := start; j < len(out); j++ {
		out[j].important = important
	}
	return out
}

func hasVar(s string) bool {
	for i := 0; ; {
		at := strings.IndexByte(s[i:], '(')
		if at < 0 {
			return false
		}
		if i += at; i >= 3 && equalFoldASCII(s[i-3:i], "var") && (i == 3 || !isNameByte(s[i-4])) {
			return true
		}
		i++
	}
}

func knownProperty(name string) bool {
	if _, ok := propertyNames[name]; ok {
		return true
	}
	if _, ok := boxShorthands[name]; ok {
		return true
	}
	switch name {
	case "font", "background", "overflow", "all", "flex", "-webkit-flex", "animation", "-webkit-animation":
		return true
	}
	return strings.HasPrefix(name, "animation-") || strings.HasPrefix(name, "-webkit-animation-")
}

// cutImportant takes "!important" off the end, blanks and comments between its parts allowed.
func cutImportant(s string) (string, bool) {
	bang := strings.LastIndexByte(s, '!')
	if bang < 0 {
		return s, false
	}
	t := tokenizeCSS(s[bang+1:])
	if t = trimTokens(t); len(t) == 1 && t[0].kind == cssIdent && t[0].text == "important" {
		return s[:bang], true
	}
	return s, false
}

// expandDeclaration parses a value and takes shorthands apart; nothing is appended where it is invalid.
func expandDeclaration(out []declaration, name, text string, quirks bool) []declaration {
	prop, single := propertyNames[name]
	box, isBox := boxShorthands[name]
	switch {
	case single, isBox:
	case !knownProperty(name):
		return out
	}
	t := trimTokens(tokenizeCSS(text))
	if len(t) == 0 {
		return out
	}
	if key := wideKeyword(t); key != noKeyword {
		for _, p := range longhands(name) {
			out = append(out, declaration{prop: p, value: &cssValue{key: key}})
		}
		return out
	}
	switch {
	case single:
		if v, ok := parseValue(prop, name, t, quirks); ok {
			out = append(out, declaration{prop: prop, value: &v})
		}
	case isBox:
		return expandBox(out, box, t, quirks)
	case name == "overflow":
		parts := splitTokens(t, " ")
		x, ok := parseValue(propOverflowX, name, parts[0], quirks)
		y := x
		if len(parts) == 2 && ok {
			y, ok = parseValue(propOverflowY, name, parts[1], quirks)
		}
		if ok && len(parts) <= 2 {
			out = append(out, declaration{prop: propOverflowX, value: &x}, declaration{prop: propOverflowY, value: &y})
		}
	case name == "flex" || name == "-webkit-flex":
		grow := cssValue{number: 1} // flex: 100px is flex: 1 1 100px
		if t[0].kind == cssNumber {
			grow.number = t[0].num
		} else if t[0].text == "none" {
			grow.number = 0
		}
		out = append(out, declaration{prop: propGrow, value: &grow})
	case name == "font":
		return expandFont(out, t, quirks)
	case name == "background":
		return expandBackground(out, t)
	default:
		out = append(out, declaration{prop: propAnimation, value: &cssValue{word: strings.TrimPrefix(name, "-webkit-"), tokens: t}})
	}
	return out
}

func wideKeyword(t []cssToken) keyword {
	if len(t) != 1 || t[0].kind != cssIdent {
		return noKeyword
	}
	switch t[0].text {
	case "inherit":
		return keyInherit
	case "initial":
		return keyInitial
	case "unset":
		return keyUnset
	case "revert", "revert-layer":
		return keyRevert
	}
	return noKeyword
}

// longhands lists the properties a name sets.
func longhands(name string) []property {
	if p, ok := propertyNames[name]; ok {
		return []property{p}
	}
	if box, ok := boxShorthands[name]; ok {
		var out []property
		for _, p := range box {
			if p != propertyCount {
				out = append(out, p)
			}
		}
		return out
	}
	switch name {
	case "overflow":
		return []property{propOverflowX, propOverflowY}
	case "font":
		return []property{propFontSize, propLineHeight}
	case "background":
		return []property{propBackground, propImage}
	case "flex", "-webkit-flex":
		return []property{propGrow}
	case "all":
		out := make([]property, propertyCount)
		for i := range out {
			out[i] = property(i)
		}
		return out
	}
	return []property{propAnimation}
}

func expandBox(out []declaration, box [4]property, t []cssToken, quirks bool) []declaration {
	parts := splitTokens(t, " ")
	sides := 4
	if box[2] == propertyCount {
		sides = 2
	}
	if len(parts) > sides {
		return out
	}
	var v [4]*cssValue
	for i, part := range parts {
		side, ok := parseValue(box[0], "", part, quirks)
		if !ok {
			return out
		}
		v[i] = &side
	}
	if len(parts) < 2 {
		v[1] = v[0]
	}
	if len(parts) < 3 {
		v[2] = v[0]
	}
	if len(parts) < 4 {
		v[3] = v[1]
	}
	out = slices.Grow(out, sides)
	for i := range sides {
		out = append(out, declaration{prop: box[i], value: v[i]})
	}
	return out
}

// expandFont finds the size in the font shorthand: the first length or size keyword, followed by a family.
func expandFont(out []declaration, t []cssToken, quirks bool) []declaration {
	if len(t) == 1 && t[0].kind == cssIdent && slices.Contains(systemFonts, t[0].text) {
		return append(out, declaration{prop: propFontSize, value: &cssValue{length: length{px: 16}}})
	}
	for i := range t {
		k := t[i]
		if k.kind == cssSpace || k.kind == cssNumber && k.num >= 1 && k.num <= 1000 && i+1 < len(t) && t[i+1].kind == cssSpace {
			continue // a weight
		}
		next := i + 1
		if k.kind == cssFunction {
			_, next, _ = parseCalc(t, i)
		}
		size, ok := parseValue(propFontSize, "font", t[i:next], false)
		if !ok {
			if k.kind == cssIdent {
				continue
			}
			return out
		}
		rest := trimTokens(t[next:])
		height := cssValue{word: "normal"}
		if len(rest) > 0 && rest[0].kind == cssDelim && rest[0].text == "/" {
			rest = trimTokens(rest[1:])
			if len(rest) == 0 {
				return out
			}
			end := 1
			if rest[0].kind == cssFunction {
				_, end, _ = parseCalc(rest, 0)
			}
			if height, ok = parseValue(propLineHeight, "font", rest[:end], quirks); !ok {
				return out
			}
			rest = trimTokens(rest[end:])
		}
		if len(rest) == 0 || rest[0].kind != cssIdent && rest[0].kind != cssString {
			return out // no family: invalid
		}
		return append(out, declaration{prop: propFontSize, value: &size}, declaration{prop: propLineHeight, value: &height})
	}
	return out
}

// expandBackground finds the colour, of the last layer, and whether any layer has an image.
func expandBackground(out []declaration, t []cssToken) []declaration {
	layers := splitTokens(t, ",")
	color, image := cssValue{}, cssValue{word: "none"}
	for n, layer := range layers {
		for i := 0; i < len(layer); i++ {
			k := layer[i]
			switch k.kind {
			case cssURL:
				image = imageValue(image, k)
			case cssFunction:
				end := i + 1
				for depth := 1; end < len(layer) && depth > 0; end++ {
					switch {
					case layer[end].kind == cssFunction || layer[end].kind == cssDelim && layer[end].text == "(":
						depth++
					case layer[end].kind == cssDelim && layer[end].text == ")":
						depth--
					}
				}
				if filled := withCurrent(layer[i:end], black); filled != nil {
					if _, _, ok := parseColor(filled); ok && n == len(layers)-1 {
						color.tokens, i = layer[i:end], end-1
						continue
					}
				}
				if c, current, ok := parseColor(layer[i:end]); ok {
					if n != len(layers)-1 {
						return out
					}
					color.color, color.current = c, current
				} else if isImageFunction(k.text) {
					image = imageValue(image, layer[i:end]...)
				} else if _, _, ok := parseCalc(layer, i); !ok {
					return out
				}
				i = end - 1
			case cssHash, cssIdent:
				if c, current, ok := parseColor(layer[i : i+1]); ok {
					if n != len(layers)-1 {
						return out
					}
					color.color, color.current = c, current
				} else if k.kind == cssHash || !strings.Contains(backgroundWords, " "+k.text+" ") {
					return out
				}
			case cssString:
				return out
			}
		}
	}
	return append(out, declaration{prop: propBackground, value: &color}, declaration{prop: propImage, value: &image})
}

const backgroundWords = " none left right top bottom center repeat no-repeat repeat-x repeat-y space round scroll fixed local cover contain auto " +
	"border-box padding-box content-box text border-area "

func isImageFunction(name string) bool {
	return strings.HasSuffix(name, "gradient") || name == "image-set" || name == "-webkit-image-set" || name == "cross-fade" ||
		name == "-webkit-cross-fade" || name == "image" || name == "element" || name == "paint" || name == "src"
}

// imageValue notes an image: word is "image", or "url" with the address when it is fetched from somewhere.
func imageValue(v cssValue, t ...cssToken) cssValue {
	if v.word == "none" || v.word == "" {
		v.word = "image"
	}
	for i, k := range t {
		quoted := k.kind == cssString && i > 0 && t[0].kind == cssFunction
		if (k.kind == cssURL || quoted) && k.text != "" && !strings.HasPrefix(lowerASCII(trimHTMLSpace(k.text)), "data:") {
			v.word = "url"
		}
	}
	return v
}

// systemFonts are the fonts of the reader's system that the font shorthand names with one word.
var systemFonts = []string{"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
