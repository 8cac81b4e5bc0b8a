package rights

import "math"

// What relative colours and color-mix() need: colours in other spaces than sRGB, and back (CSS Color 4 §18).

func linearRGB(c rgba) (r, g, b float64) {
	f := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return f(c.r), f(c.g), f(c.b)
}

func toOKLab(c rgba) (v [3]float64) {
	r, g, b := linearRGB(c)
	x := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	y := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	z := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return [3]float64{
		0.2104542553*x + 0.7936177850*y - 0.0040720468*z,
		1.9779984951*x - 2.4285922050*y + 0.4505937099*z,
		0.0259040371*x + 0.7827717662*y - 0.8086757660*z,
	}
}

func toLab(c rgba) [3]float64 {
	r, g, b := linearRGB(c)
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4360747*r + 0.3850649*g + 0.1430804*b) / 0.96422)
	y := f(0.2225045*r + 0.7168786*g + 0.0606169*b)
	z := f((0.0139322*r + 0.0971045*g + 0.7141733*b) / 0.82521)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// polar turns two axes of a Lab space into chroma and hue.
func polar(v [3]float64) [3]float64 {
	return [3]float64{v[0], math.Hypot(v[1], v[2]), math.Mod(math.Atan2(v[2], v[1])*180/math.Pi+360, 360)}
}

// toHSL gives hue in degrees, saturation and lightness in percent.
func toHSL(c rgba) [3]float64 {
	high, low := max(c.r, c.g, c.b)/255, min(c.r, c.g, c.b)/255
	l, d := (high+low)/2, high-low
	if d == 0 {
		return [3]float64{0, 0, l * 100}
	}
	var h float64
	switch high {
	case c.r / 255:
		h = math.Mod((c.g-c.b)/255/d+6, 6)
	case c.g / 255:
		h = (c.b-c.r)/255/d + 2
	default:
		h = (c.r-c.g)/255/d + 4
	}
	return [3]float64{h * 60, d / (1 - math.Abs(2*l-1)) * 100, l * 100}
}

// relativeParts gives the channels of a colour by the names that the relative form of a colour function has for them.
func relativeParts(function string, c rgba) map[string]float64 {
	var names string
	var v [3]float64
	switch function {
	case "rgb", "rgba":
		names, v = "rgb", [3]float64{c.r, c.g, c.b}
	case "color":
		names, v = "rgb", [3]float64{c.r / 255, c.g / 255, c.b / 255}
	case "hsl", "hsla":
		names, v = "hsl", toHSL(c)
	case "hwb":
		names, v = "hwb", [3]float64{toHSL(c)[0], min(c.r, c.g, c.b) / 2.55, 100 - max(c.r, c.g, c.b)/2.55}
	case "lab":
		names, v = "lab", toLab(c)
	case "lch":
		names, v = "lch", polar(toLab(c))
	case "oklab":
		names, v = "lab", toOKLab(c)
	case "oklch":
		names, v = "lch", polar(toOKLab(c))
	default:
		return nil
	}
	return map[string]float64{names[:1]: v[0], names[1:2]: v[1], names[2:]: v[2], "alpha": c.a}
}

// relativeArgs puts numbers in the place of the channels of "from <colour> r g b / alpha".
func relativeArgs(function string, args []cssToken) ([]cssToken, bool) {
	from := trimTokens(args[1:])
	if len(from) == 0 {
		return nil, false
	}
	end := 1
	if from[0].kind == cssFunction {
		_, end = functionArgs(from, 0)
	}
	c, _, ok := parseColor(from[:end])
	parts := relativeParts(function, c)
	if !ok || parts == nil {
		return nil, false
	}
	out := make([]cssToken, 0, len(from)+2)
	slash := false
	for _, k := range trimTokens(from[end:]) {
		if n, known := parts[k.text]; known && k.kind == cssIdent {
			k = cssToken{kind: cssNumber, num: n}
		}
		slash = slash || k.kind == cssDelim && k.text == "/"
		out = append(out, k)
	}
	if !slash {
		out = append(out, cssToken{kind: cssDelim, text: "/"}, cssToken{kind: cssNumber, num: c.a})
	}
	return out, true
}

// mixIn mixes p parts of one colour with q of another, p+q being 1, in a space named by color-mix(). Spaces with a hue are
// taken for the ones they are the polar form of: lightness, which contrast hangs on, is the same.
func mixIn(space string, one, two rgba, p, q float64) rgba {
	a := one.a*p + two.a*q
	if a == 0 {
		return rgba{}
	}
	mix := func(x, y [3]float64) (v [3]float64) {
		for i := range v {
			v[i] = (x[i]*one.a*p + y[i]*two.a*q) / a
		}
		return v
	}
	switch space {
	case "oklab", "oklch":
		v := mix(toOKLab(one), toOKLab(two))
		return oklabColor(v[0], v[1], v[2], a)
	case "lab", "lch":
		v := mix(toLab(one), toLab(two))
		return labColor(v[0], v[1], v[2], a)
	case "srgb-linear", "xyz", "xyz-d50", "xyz-d65":
		linear := func(c rgba) [3]float64 {
			r, g, b := linearRGB(c)
			return [3]float64{r, g, b}
		}
		v := mix(linear(one), linear(two))
		return fromLinear(v[0], v[1], v[2], a)
	}
	v := mix([3]float64{one.r, one.g, one.b}, [3]float64{two.r, two.g, two.b})
	return clampColor(v[0], v[1], v[2], a)
}

// withCurrent writes a colour out in the place of currentcolor inside a function; without any, out is nil.
func withCurrent(t []cssToken, c rgba) (out []cssToken) {
	if len(t) < 2 {
		return nil
	}
	for i, k := range t {
		if k.kind != cssIdent || k.text != "currentcolor" {
			continue
		}
		number := func(n float64) cssToken { return cssToken{kind: cssNumber, num: n} }
		space := cssToken{kind: cssSpace}
		out = append(out, t[:i]...)
		out = append(out, cssToken{kind: cssFunction, text: "rgb"}, number(c.r), space, number(c.g), space, number(c.b),
			cssToken{kind: cssDelim, text: "/"}, number(c.a), cssToken{kind: cssDelim, text: ")"})
		if rest := withCurrent(t[i+1:], c); rest != nil {
			return append(out, rest...)
		}
		return append(out, t[i+1:]...)
	}
	return nil
}

// colorOn is the colour of a value where currentcolor is that.
func (v *cssValue) colorOn(current rgba) rgba {
	if v.tokens == nil {
		return v.color
	}
	c, _, _ := parseColor(withCurrent(v.tokens, current))
	return c
}
