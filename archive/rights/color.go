package rights

import "slices"

import "math"

// rgba is a colour: red, green, blue from 0 to 255 and alpha from 0 to 1.
type rgba struct{ r, g, b, a float64 }

var (
	black = rgba{0, 0, 0, 1}
	white = rgba{255, 255, 255, 1}
)

// luminance is the relative luminance of WCAG 2.
func (c rgba) luminance() float64 {
	channel := func(v float64) float64 {
		v /= 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.r) + 0.7152*channel(c.g) + 0.0722*channel(c.b)
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b rgba) float64 {
	if a.r == b.r && a.g == b.g && a.b == b.b {
		return 1
	}
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// parseColor reads a colour of CSS Color 4 from tokens; current is true for currentcolor.
func parseColor(t []cssToken) (c rgba, current, ok bool) {
	if len(t) == 0 {
		return c, false, false
	}
	switch t[0].kind {
	case cssHash:
		c, ok = hexColor(t[0].text)
		return c, false, ok && len(t) == 1
	case cssIdent:
		if len(t) != 1 {
			return c, false, false
		}
		switch t[0].text {
		case "transparent":
			return rgba{}, false, true
		case "currentcolor":
			return c, true, true
		}
		n, found := namedColors[t[0].text]
		return rgba{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255), 1}, false, found
	case cssFunction:
		if last := t[len(t)-1]; last.kind != cssDelim || last.text != ")" {
			t = append(slices.Clip(t), cssToken{kind: cssDelim, text: ")"}) // an open bracket closes at the end
		}
		return functionColor(t[0].text, t[1:len(t)-1])
	}
	return c, false, false
}

func hexColor(s string) (rgba, bool) {
	var v [8]float64
	if len(s) != 3 && len(s) != 4 && len(s) != 6 && len(s) != 8 {
		return rgba{}, false
	}
	for i := range len(s) {
		d := hexDigit(s[i])
		if d < 0 {
			return rgba{}, false
		}
		v[i] = float64(d)
	}
	c := rgba{a: 1}
	if len(s) <= 4 {
		c.r, c.g, c.b = v[0]*17, v[1]*17, v[2]*17
		if len(s) == 4 {
			c.a = v[3] * 17 / 255
		}
		return c, true
	}
	c.r, c.g, c.b = v[0]*16+v[1], v[2]*16+v[3], v[4]*16+v[5]
	if len(s) == 8 {
		c.a = (v[6]*16 + v[7]) / 255
	}
	return c, true
}

func functionColor(name string, args []cssToken) (c rgba, current, ok bool) {
	if args = trimTokens(args); len(args) > 0 && args[0].kind == cssIdent && args[0].text == "from" {
		if args, ok = relativeArgs(name, args); !ok {
			return c, false, false
		}
	}
	switch name {
	case "light-dark": // the page is seen in the light scheme
		parts := splitTokens(args, ",")
		if len(parts) != 2 {
			return c, false, false
		}
		return parseColor(parts[0])
	case "color-mix":
		return mixColor(args)
	case "color":
		args = trimTokens(args)
		if len(args) == 0 || args[0].kind != cssIdent {
			return c, false, false
		}
		v, n := colorArgs(args[1:])
		if n < 3 {
			return c, false, false
		}
		for i := range 3 {
			if v[i].percent {
				v[i].n /= 100
			}
		}
		return clampColor(v[0].n*255, v[1].n*255, v[2].n*255, alphaOf(v[3], n)), false, true
	}
	v, n := colorArgs(args)
	if n != 3 && n != 4 {
		return c, false, false
	}
	a := alphaOf(v[3], n)
	of := func(i int, whole float64) float64 { // a percentage of whole, or the number
		if v[i].percent {
			return v[i].n / 100 * whole
		}
		return v[i].n
	}
	switch name {
	case "rgb", "rgba":
		return clampColor(of(0, 255), of(1, 255), of(2, 255), a), false, true
	case "hsl", "hsla":
		r, g, b := hslColor(v[0].n, v[1].n/100, v[2].n/100)
		return clampColor(r, g, b, a), false, true
	case "hwb":
		w, k := v[1].n/100, v[2].n/100
		if w+k >= 1 {
			g := w / (w + k) * 255
			return clampColor(g, g, g, a), false, true
		}
		r, g, b := hslColor(v[0].n, 1, 0.5)
		f := 1 - w - k
		return clampColor(r*f+w*255, g*f+w*255, b*f+w*255, a), false, true
	case "lab":
		return labColor(of(0, 100), of(1, 125), of(2, 125), a), false, true
	case "lch":
		ch, h := of(1, 150), v[2].n*math.Pi/180
		return labColor(of(0, 100), ch*math.Cos(h), ch*math.Sin(h), a), false, true
	case "oklab":
		return oklabColor(of(0, 1), of(1, 0.4), of(2, 0.4), a), false, true
	case "oklch":
		ch, h := of(1, 0.4), v[2].n*math.Pi/180
		return oklabColor(of(0, 1), ch*math.Cos(h), ch*math.Sin(h), a), false, true
	}
	return c, false, false
}

type colorArg struct {
	n       float64
	percent bool
}

// colorArgs reads up to four numbers, divided by blanks, commas or a slash; n is -1 where something else stands there.
func colorArgs(t []cssToken) (v [4]colorArg, n int) {
	commas := 0
	defer func() {
		if commas > 0 && commas != n-1 {
			n = -1 // commas between all or none
		}
	}()
	for i := 0; i < len(t); i++ {
		var arg colorArg
		switch k := t[i]; k.kind {
		case cssSpace:
			continue
		case cssDelim:
			if k.text == "," || k.text == "/" {
				if k.text == "," {
					commas++
				}
				continue
			}
			return v, -1
		case cssNumber:
			arg.n = k.num
		case cssPercent:
			arg.n, arg.percent = k.num, true
		case cssDimen:
			angle, ok := degrees(k)
			if !ok {
				return v, -1
			}
			arg.n = angle
		case cssIdent:
			if k.text != "none" {
				return v, -1
			}
		case cssFunction: // calc() of plain numbers
			l, next, ok := parseCalc(t, i)
			if !ok {
				return v, -1
			}
			arg.n, arg.percent = l.px, l.pct != 0
			if arg.percent {
				arg.n = l.pct
			}
			i = next - 1
		default:
			return v, -1
		}
		if n == 4 {
			return v, -1
		}
		v[n] = arg
		n++
	}
	return v, n
}

// degrees turns an angle into degrees.
func degrees(t cssToken) (float64, bool) {
	switch t.text {
	case "deg":
		return t.num, true
	case "rad":
		return t.num * 180 / math.Pi, true
	case "grad":
		return t.num * 0.9, true
	case "turn":
		return t.num * 360, true
	}
	return 0, false
}

func alphaOf(v colorArg, n int) float64 {
	if n < 4 {
		return 1
	}
	if v.percent {
		return v.n / 100
	}
	return v.n
}

func clampColor(r, g, b, a float64) rgba {
	c := func(v, top float64) float64 { return min(max(v, 0), top) }
	return rgba{c(r, 255), c(g, 255), c(b, 255), c(a, 1)}
}

func hslColor(h, s, l float64) (r, g, b float64) {
	h = math.Mod(math.Mod(h, 360)+360, 360)
	s, l = min(max(s, 0), 1), min(max(l, 0), 1)
	f := func(n float64) float64 {
		k := math.Mod(n+h/30, 12)
		return 255 * (l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1)))
	}
	return f(0), f(8), f(4)
}

func fromLinear(r, g, b, a float64) rgba {
	gamma := func(v float64) float64 {
		if v <= 0.0031308 {
			return 255 * 12.92 * v
		}
		return 255 * (1.055*math.Pow(v, 1/2.4) - 0.055)
	}
	return clampColor(gamma(r), gamma(g), gamma(b), a)
}

// labColor converts CIE Lab (D50), by way of XYZ (CSS Color 4 §18).
func labColor(l, aa, bb, alpha float64) rgba {
	fy := (l + 16) / 116
	fx, fz := aa/500+fy, fy-bb/200
	f := func(t float64) float64 {
		if t*t*t > 216.0/24389 {
			return t * t * t
		}
		return (116*t - 16) * 27 / 24389
	}
	x, y, z := f(fx)*0.96422, f(fy), f(fz)*0.82521
	return fromLinear(
		3.1338561*x-1.6168667*y-0.4906146*z,
		-0.9787684*x+1.9161415*y+0.0334540*z,
		0.0719453*x-0.2289914*y+1.4052427*z, alpha)
}

func oklabColor(l, a, b, alpha float64) rgba {
	cube := func(v float64) float64 { return v * v * v }
	x := cube(l + 0.3963377774*a + 0.2158037573*b)
	y := cube(l - 0.1055613458*a - 0.0638541728*b)
	z := cube(l - 0.0894841775*a - 1.2914855480*b)
	return fromLinear(
		4.0767416621*x-3.3077115913*y+0.2309699292*z,
		-1.2684380046*x+2.6097574011*y-0.3413193965*z,
		-0.0041960863*x-0.7034186147*y+1.7076147010*z, alpha)
}

// mixColor is color-mix() of two colours.
func mixColor(args []cssToken) (c rgba, current, ok bool) {
	parts := splitTokens(args, ",")
	if len(parts) != 3 {
		return c, false, false
	}
	space := "oklab"
	for _, k := range parts[0] {
		if k.kind == cssIdent && k.text != "in" && k.text != "hue" {
			space = k.text
			break
		}
	}
	share := [2]float64{-1, -1}
	var two [2]rgba
	for i, part := range parts[1:] {
		part = trimTokens(part)
		for j, t := range part {
			if t.kind == cssPercent && (j == 0 || j == len(part)-1) {
				share[i] = t.num / 100
				part = trimTokens(append(part[:j:j], part[j+1:]...))
				break
			}
		}
		var good bool
		if two[i], _, good = parseColor(part); !good {
			return c, false, false
		}
	}
	switch {
	case share[0] < 0 && share[1] < 0:
		share = [2]float64{0.5, 0.5}
	case share[0] < 0:
		share[0] = 1 - share[1]
	case share[1] < 0:
		share[1] = 1 - share[0]
	}
	total := share[0] + share[1]
	if total <= 0 {
		return c, false, false
	}
	p, q := share[0]/total, share[1]/total
	c = mixIn(space, two[0], two[1], p, q)
	c.a *= min(total, 1)
	return c, false, true
}

// legacyColor reads a colour of a presentational attribute (HTML §2.3.6, "rules for parsing a legacy colour value").
func legacyColor(s string) (rgba, bool) {
	s = trimHTMLSpace(s)
	if s == "" || equalFoldASCII(s, "transparent") {
		return rgba{}, false
	}
	if n, ok := namedColors[lowerASCII(s)]; ok {
		return rgba{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255), 1}, true
	}
	if len(s) == 4 && s[0] == '#' {
		if c, ok := hexColor(s[1:]); ok {
			return c, true
		}
	}
	var b []byte
	for _, r := range s {
		if len(b) >= 128 {
			b = b[:128]
			break
		}
		switch {
		case r > 0xFFFF:
			b = append(b, '0', '0')
		case r < 0x80 && (hexDigit(byte(r)) >= 0 || r == '#' && len(b) == 0):
			b = append(b, byte(r))
		default:
			b = append(b, '0')
		}
	}
	if len(b) > 0 && b[0] == '#' {
		b = b[1:]
	}
	for len(b) == 0 || len(b)%3 != 0 {
		b = append(b, '0')
	}
	n := len(b) / 3
	part := [3][]byte{b[:n], b[n : 2*n], b[2*n:]}
	if n > 8 {
		for i := range part {
			part[i] = part[i][n-8:]
		}
		n = 8
	}
	for n > 2 && part[0][0] == '0' && part[1][0] == '0' && part[2][0] == '0' {
		for i := range part {
			part[i] = part[i][1:]
		}
		n--
	}
	var v [3]float64
	for i := range part {
		for j := 0; j < min(n, 2); j++ {
			v[i] = v[i]*16 + float64(max(hexDigit(part[i][j]), 0))
		}
	}
	return rgba{v[0], v[1], v[2], 1}, true
}
