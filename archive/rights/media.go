package rights

import "strings"

// mediaMatches evaluates a media query list for a screen of 1280 × 720 CSS pixels, light scheme, mouse, no print.
func mediaMatches(list string) bool {
	list = strings.TrimSpace(lowerASCII(stripCSSComments(list)))
	if list == "" {
		return true
	}
	for i := 0; i <= len(list); {
		end := scanCSS(list, i, ",")
		if mediaQuery(strings.TrimSpace(strings.ReplaceAll(list[i:end], "/**/", " "))) {
			return true
		}
		i = end + 1
	}
	return false
}

func mediaQuery(q string) bool {
	negate := false
	word := q
	if i := strings.IndexAny(q, " \t\r\n\f("); i >= 0 {
		word = q[:i]
	}
	switch word {
	case "not":
		rest := strings.TrimSpace(q[3:])
		if strings.HasPrefix(rest, "(") {
			return condition(q, mediaFeature, 0) == yes
		}
		negate, q = true, rest
	case "only":
		q = strings.TrimSpace(q[4:])
	case "":
		return condition(q, mediaFeature, 0) == yes
	}
	medium, rest := q, ""
	if i := strings.IndexAny(q, " \t\r\n\f"); i >= 0 {
		medium, rest = q[:i], strings.TrimSpace(q[i:])
	}
	if !startsCSSIdent(medium, 0) || strings.ContainsAny(medium, "(),;{}") || medium == "and" || medium == "or" || medium == "not" || medium == "only" || medium == "layer" {
		return false // not a query: "not all"
	}
	result := no
	if medium == "all" || medium == "screen" {
		result = yes
	}
	if rest != "" {
		after, ok := strings.CutPrefix(rest, "and")
		if !ok || after == "" || !isCSSSpace(after[0]) && after[0] != '(' {
			return false
		}
		result = result.and(condition(strings.TrimSpace(after), mediaFeature, 0))
	}
	if negate {
		result = result.not()
	}
	return result == yes
}

// truth is the three-valued logic of media queries; unknown, at the end, is false.
type truth byte

const (
	no truth = iota
	unknown
	yes
)

func (t truth) not() truth            { return yes - t }
func (t truth) and(other truth) truth { return min(t, other) }
func (t truth) or(other truth) truth  { return max(t, other) }

// condition evaluates "(a) and (b)", "(a) or (b)", "not (a)", with brackets, asking feature about each bottom bracket.
func condition(s string, feature func(string) truth, depth int) truth {
	s = strings.TrimSpace(s)
	if depth > 16 {
		return unknown
	}
	if rest, ok := strings.CutPrefix(s, "not"); ok && rest != "" && (isCSSSpace(rest[0]) || rest[0] == '(') {
		return condition(rest, feature, depth+1).not()
	}
	var result truth
	op := ""
	for first := true; s != ""; first = false {
		if !first {
			word, rest, _ := strings.Cut(s, "(")
			word = strings.TrimSpace(word)
			if word != "and" && word != "or" && word != "and not" || op != "" && op != word[:2] {
				return unknown
			}
			op = word[:2]
			s = "(" + rest
			if word == "and not" {
				s = "not (" + rest
				return result.and(condition(s, feature, depth+1))
			}
		}
		open := strings.IndexByte(s, '(')
		if open < 0 {
			return unknown
		}
		end := scanCSS(s, open+1, ")")
		var part truth
		inner := strings.TrimSpace(s[open+1 : end])
		switch name := strings.TrimSpace(s[:open]); {
		case name != "":
			part = feature(name + "(" + inner + ")")
		case strings.HasPrefix(inner, "(") || strings.HasPrefix(inner, "not ") || strings.HasPrefix(inner, "not("):
			part = condition(inner, feature, depth+1)
		default:
			part = feature(inner)
		}
		switch {
		case first:
			result = part
		case op == "an":
			result = result.and(part)
		default:
			result = result.or(part)
		}
		s = strings.TrimSpace(s[min(end+1, len(s)):])
	}
	return result
}

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// mediaFeature evaluates "min-width: 600px", "width >= 600px", "400px < width < 900px", "hover".
func mediaFeature(s string) truth {
	if strings.ContainsAny(s, "<>=") {
		return mediaRange(s)
	}
	name, value, has := strings.Cut(s, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !has {
		switch name {
		case "width", "height", "device-width", "device-height", "color", "hover", "any-hover", "pointer", "any-pointer", "update",
			"aspect-ratio", "orientation", "resolution", "scripting", "prefers-color-scheme", "overflow-block", "color-gamut":
			return yes
		case "monochrome", "grid", "color-index", "prefers-reduced-motion", "prefers-contrast", "forced-colors", "inverted-colors",
			"prefers-reduced-data", "prefers-reduced-transparency":
			return no
		}
		return unknown
	}
	for prefix, op := range map[string]string{"min-": ">=", "max-": "<="} {
		if base, ok := strings.CutPrefix(name, prefix); ok {
			return compareMedia(base, op, value)
		}
	}
	if base, ok := strings.CutPrefix(name, "-webkit-m"); ok && strings.HasSuffix(base, "device-pixel-ratio") {
		op := ">="
		if strings.HasPrefix(base, "ax") {
			op = "<="
		}
		return compareMedia("resolution", op, value+"dppx")
	}
	if fixed, ok := mediaWords[name]; ok {
		return truthOf(strings.Contains(fixed, " "+value+" "))
	}
	return compareMedia(name, "=", value)
}

var mediaWords = map[string]string{
	"orientation": " landscape ", "hover": " hover ", "any-hover": " hover ", "pointer": " fine ", "any-pointer": " fine ",
	"prefers-color-scheme": " light ", "prefers-reduced-motion": " no-preference ", "prefers-contrast": " no-preference ",
	"prefers-reduced-data": " no-preference ", "prefers-reduced-transparency": " no-preference ", "scripting": " enabled ",
	"update": " fast ", "forced-colors": " none ", "inverted-colors": " none ", "display-mode": " browser ", "scan": " progressive ",
	"overflow-block": " scroll ", "overflow-inline": " scroll ", "color-gamut": " srgb ", "dynamic-range": " standard ", "grid": " 0 ",
	"video-dynamic-range": " standard ", "monochrome": " 0 ",
}

func mediaRange(s string) truth {
	ops := make([]string, 0, 2)
	var parts []string
	start := 0
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("<>=", s[i]) < 0 {
			continue
		}
		end := i + 1
		if end < len(s) && s[end] == '=' {
			end++
		}
		parts, ops = append(parts, strings.TrimSpace(s[start:i])), append(ops, s[i:end])
		start = end
		i = end - 1
	}
	parts = append(parts, strings.TrimSpace(s[start:]))
	flip := map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
	switch {
	case len(parts) == 2 && startsCSSIdent(parts[0], 0) && !strings.Contains(parts[0], "("):
		return compareMedia(parts[0], ops[0], parts[1])
	case len(parts) == 2:
		return compareMedia(parts[1], flip[ops[0]], parts[0])
	case len(parts) == 3:
		return compareMedia(parts[1], flip[ops[0]], parts[0]).and(compareMedia(parts[1], ops[1], parts[2]))
	}
	return unknown
}

func compareMedia(name, op, value string) truth {
	var have, want float64
	t := trimTokens(tokenizeCSS(value))
	if len(t) == 0 {
		return unknown
	}
	switch name {
	case "width", "device-width", "inline-size", "height", "device-height", "block-size":
		have = viewWidth
		if strings.HasSuffix(name, "height") || name == "block-size" {
			have = viewHeight
		}
		l, next, ok := parseLength(t, 0, false)
		if !ok || next != len(t) {
			return unknown
		}
		want = l.resolve(16, 16, 0)
	case "aspect-ratio", "device-aspect-ratio":
		have, want = viewWidth/float64(viewHeight), t[0].num
		if len(t) >= 3 && t[len(t)-1].kind == cssNumber && t[len(t)-1].num != 0 {
			want /= t[len(t)-1].num
		}
	case "resolution":
		have, want = 1, t[0].num
		switch t[0].text {
		case "dpi":
			want /= 96
		case "dpcm":
			want /= 96 / 2.54
		}
	case "color":
		have, want = 8, t[0].num
	case "monochrome", "color-index", "grid":
		have, want = 0, t[0].num
	default:
		return unknown
	}
	switch op {
	case "<":
		return truthOf(have < want)
	case "<=":
		return truthOf(have <= want)
	case ">":
		return truthOf(have > want)
	case ">=":
		return truthOf(have >= want)
	}
	return truthOf(have == want)
}

// containerMatches takes every container to be as wide as the window: sizes of boxes are not worked out.
func containerMatches(prelude string) bool {
	prelude = lowerASCII(prelude)
	if i := strings.IndexByte(prelude, '('); i > 0 && startsCSSIdent(prelude, 0) && !strings.HasPrefix(prelude, "not") {
		if name := strings.TrimSpace(prelude[:i]); !strings.HasSuffix(prelude[:i], "style") && name != "" {
			prelude = prelude[i:]
		}
	}
	return condition(prelude, mediaFeature, 0) == yes
}

// supportsMatches evaluates @supports: a declaration is supported when its property is no other vendor's and its value,
// where the property is one we read, parses.
func supportsMatches(s string, depth int) bool {
	return condition(s, func(f string) truth {
		low := lowerASCII(f)
		if list, ok := strings.CutPrefix(low, "selector("); ok {
			_, good := parseSelectors(strings.TrimSuffix(list, ")"), nil, false, 0)
			return truthOf(good)
		}
		if strings.HasPrefix(low, "font-") {
			return yes
		}
		name, value, ok := strings.Cut(f, ":")
		name = lowerASCII(strings.TrimSpace(name))
		if !ok || strings.TrimSpace(value) == "" {
			return no
		}
		if knownProperty(name) {
			return truthOf(hasVar(value) || len(expandDeclaration(nil, name, value, false)) > 0)
		}
		for _, vendor := range []string{"-moz-", "-ms-", "-o-", "-apple-", "-khtml-"} {
			if strings.HasPrefix(name, vendor) {
				return no
			}
		}
		return truthOf(strings.HasPrefix(name, "--") || startsCSSIdent(name, 0))
	}, depth) == yes
}
