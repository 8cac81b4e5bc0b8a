package rights

// The page is looked at in a window of this size, in CSS pixels.
const (
	viewWidth  = 1280
	viewHeight = 720
)

// length is a CSS length kept as a sum, so that calc() is one: pixels, font sizes, root font sizes, percent.
type length struct {
	px, em, rem, pct float64
	auto             bool
	choice           *choice // min(), max() or clamp() added to the sum
	share            float64 // how often
}

// choice is a min(), max() or clamp(), decided when the sizes it depends on are known.
type choice struct {
	op   string
	args []length
}

func (c *choice) resolve(em, root, whole float64) float64 {
	best := c.args[0].resolve(em, root, whole)
	if c.op == "clamp" {
		return max(best, min(c.args[1].resolve(em, root, whole), c.args[2].resolve(em, root, whole)))
	}
	for _, a := range c.args[1:] {
		if v := a.resolve(em, root, whole); c.op == "min" == (v < best) {
			best = v
		}
	}
	return best
}

// resolve gives pixels: em is the element's font size, root the root's, whole what 100 % is.
func (l length) resolve(em, root, whole float64) float64 {
	sum := l.px + l.em*em + l.rem*root + l.pct/100*whole
	if l.choice != nil {
		sum += l.share * l.choice.resolve(em, root, whole)
	}
	return sum
}

// settled is the length with its choice decided as on an ordinary page: 16 px letters, full width.
func (l length) settled() length {
	if l.choice != nil {
		l.px += l.share * l.choice.resolve(16, 16, viewWidth)
		l.choice = nil
	}
	return l
}

// lengthUnits are pixels per unit; em, rem and percent are apart.
var lengthUnits = map[string]float64{
	"px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54,
	"vw": viewWidth / 100.0, "vh": viewHeight / 100.0, "vmin": viewHeight / 100.0, "vmax": viewWidth / 100.0,
	"vi": viewWidth / 100.0, "vb": viewHeight / 100.0,
	"svw": viewWidth / 100.0, "lvw": viewWidth / 100.0, "dvw": viewWidth / 100.0,
	"svh": viewHeight / 100.0, "lvh": viewHeight / 100.0, "dvh": viewHeight / 100.0,
	"svmin": viewHeight / 100.0, "dvmin": viewHeight / 100.0, "lvmin": viewHeight / 100.0,
	"svmax": viewWidth / 100.0, "dvmax": viewWidth / 100.0, "lvmax": viewWidth / 100.0,
	"cqw": viewWidth / 100.0, "cqh": viewHeight / 100.0, "cqi": viewWidth / 100.0, "cqb": viewHeight / 100.0,
	"cqmin": viewHeight / 100.0, "cqmax": viewWidth / 100.0,
}

func unitLength(n float64, unit string) (length, bool) {
	switch unit {
	case "em":
		return length{em: n}, true
	case "rem":
		return length{rem: n}, true
	case "ex", "ch", "cap":
		return length{em: n / 2}, true
	case "ic":
		return length{em: n}, true
	case "rex", "rch", "rcap":
		return length{rem: n / 2}, true
	case "lh":
		return length{em: n * 1.2}, true
	case "rlh":
		return length{rem: n * 1.2}, true
	}
	f, ok := lengthUnits[unit]
	return length{px: n * f}, ok
}

// parseLength reads one length or percentage at t[i]. A plain number passes only as 0, or in quirks mode.
func parseLength(t []cssToken, i int, quirks bool) (l length, next int, ok bool) {
	if i >= len(t) {
		return l, i, false
	}
	switch k := t[i]; k.kind {
	case cssDimen:
		l, ok = unitLength(k.num, k.text)
		return l, i + 1, ok
	case cssPercent:
		if k.num == 0 {
			k.num = 1e-9 // still a percentage: of an unknown height it is no height
		}
		return length{pct: k.num}, i + 1, true
	case cssNumber:
		return length{px: k.num}, i + 1, k.num == 0 || quirks
	case cssFunction:
		return parseCalc(t, i)
	}
	return l, i, false
}

// calcTerm is a value inside calc(): a length, or with number a plain number kept in px.
type calcTerm struct {
	length
	number bool
}

// calcReader evaluates math functions by recursive descent.
type calcReader struct {
	t     []cssToken
	i     int
	depth int
}

// parseCalc evaluates the math function at t[i]: calc, min, max, clamp, and the simple others. A plain number is
// returned as pixels.
func parseCalc(t []cssToken, i int) (l length, next int, ok bool) {
	r := calcReader{t: t, i: i}
	v, ok := r.atom()
	return v.length, r.i, ok
}

func (r *calcReader) space() {
	for r.i < len(r.t) && r.t[r.i].kind == cssSpace {
		r.i++
	}
}

func (r *calcReader) delim(text string) bool {
	r.space()
	if r.i < len(r.t) && r.t[r.i].kind == cssDelim && r.t[r.i].text == text {
		r.i++
		return true
	}
	return false
}

// closes passes the closing bracket; the end of the value closes all.
func (r *calcReader) closes() bool {
	r.space()
	return r.i >= len(r.t) || r.delim(")")
}

func (r *calcReader) sum() (calcTerm, bool) {
	if r.depth++; r.depth > 32 {
		return calcTerm{}, false
	}
	defer func() { r.depth-- }()
	v, ok := r.product()
	for ok {
		switch {
		case r.delim("+"):
			w, good := r.product()
			v, ok = v.plus(w, 1), good
		case r.delim("-"):
			w, good := r.product()
			v, ok = v.plus(w, -1), good
		default:
			return v, true
		}
	}
	return v, false
}

func (v calcTerm) plus(w calcTerm, sign float64) calcTerm {
	if w.choice != nil && v.choice == nil {
		v.choice, v.share = w.choice, sign*w.share
	} else if w.choice != nil {
		w.length = w.settled()
	}
	v.px += sign * w.px
	v.em += sign * w.em
	v.rem += sign * w.rem
	v.pct += sign * w.pct
	v.number = v.number && w.number
	return v
}

func (v calcTerm) times(f float64) calcTerm {
	v.px, v.em, v.rem, v.pct, v.share = v.px*f, v.em*f, v.rem*f, v.pct*f, v.share*f
	return v
}

func (r *calcReader) product() (calcTerm, bool) {
	v, ok := r.atom()
	for ok {
		switch {
		case r.delim("*"):
			w, good := r.atom()
			switch {
			case !good:
				return v, false
			case w.number:
				v = v.times(w.px)
			case v.number:
				v = w.times(v.px)
			default:
				return v, false
			}
		case r.delim("/"):
			w, good := r.atom()
			if !good || !w.number || w.px == 0 {
				return v, false
			}
			v = v.times(1 / w.px)
		default:
			return v, true
		}
	}
	return v, false
}

func (r *calcReader) atom() (calcTerm, bool) {
	r.space()
	if r.i >= len(r.t) {
		return calcTerm{}, false
	}
	k := r.t[r.i]
	r.i++
	switch k.kind {
	case cssNumber:
		return calcTerm{length{px: k.num}, true}, true
	case cssPercent:
		return calcTerm{length{pct: k.num}, false}, true
	case cssDimen:
		if angle, ok := degrees(k); ok {
			return calcTerm{length{px: angle}, false}, true
		}
		l, ok := unitLength(k.num, k.text)
		return calcTerm{l, false}, ok
	case cssDelim:
		if k.text != "(" {
			return calcTerm{}, false
		}
		v, ok := r.sum()
		return v, ok && r.closes()
	case cssFunction:
		return r.function(k.text)
	}
	return calcTerm{}, false
}

func (r *calcReader) function(name string) (calcTerm, bool) {
	switch name {
	case "calc", "-webkit-calc", "-moz-calc":
		v, ok := r.sum()
		return v, ok && r.closes()
	case "min", "max", "clamp", "abs":
	case "env": // no notch, no insets
		depth := 1
		for r.i < len(r.t) && depth > 0 {
			switch {
			case r.t[r.i].kind == cssFunction || r.t[r.i].kind == cssDelim && r.t[r.i].text == "(":
				depth++
			case r.t[r.i].kind == cssDelim && r.t[r.i].text == ")":
				depth--
			}
			r.i++
		}
		return calcTerm{}, true
	default:
		return calcTerm{}, false
	}
	var args []calcTerm
	for {
		v, ok := r.sum()
		if !ok {
			return v, false
		}
		args = append(args, v)
		if !r.delim(",") {
			break
		}
	}
	if !r.closes() {
		return calcTerm{}, false
	}
	if name == "clamp" && len(args) != 3 {
		return calcTerm{}, false
	}
	c := &choice{op: name}
	if name == "abs" {
		c.op, args = "max", append(args[:1:1], args[0].times(-1))
	}
	number := true
	for _, v := range args {
		c.args, number = append(c.args, v.length), number && v.number
	}
	if number {
		return calcTerm{length{px: c.resolve(0, 0, 0)}, true}, true
	}
	return calcTerm{length{choice: c, share: 1}, false}, true
}

// splitTokens cuts tokens at a delimiter outside brackets.
func splitTokens(t []cssToken, at string) [][]cssToken {
	var out [][]cssToken
	depth, start := 0, 0
	for i, k := range t {
		switch {
		case k.kind == cssFunction || k.kind == cssDelim && k.text == "(":
			depth++
		case k.kind == cssDelim && k.text == ")":
			depth--
		case depth == 0 && (k.kind == cssDelim && k.text == at || at == " " && k.kind == cssSpace):
			out = append(out, t[start:i])
			start = i + 1
		}
	}
	return append(out, t[start:])
}

func trimTokens(t []cssToken) []cssToken {
	for len(t) > 0 && t[0].kind == cssSpace {
		t = t[1:]
	}
	for len(t) > 0 && t[len(t)-1].kind == cssSpace {
		t = t[:len(t)-1]
	}
	return t
}
