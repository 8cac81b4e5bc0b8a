package rights

import (
	"math"
	"strings"

	"golang.org/x/net/html"
)

// clip looks for clip and clip-path that leave nothing.
func (s *styler) clip(f *frame, e *element) {
	if v, _ := f.get(propClip); v != nil && v.tokens != nil && (f.position == "absolute" || f.position == "fixed") {
		if s.clipRect(f, v.tokens) {
			f.gone = true
		}
	}
	v, _ := f.get(propClipPath)
	if v == nil || v.tokens == nil {
		return
	}
	for i, k := range v.tokens {
		if k.kind == cssFunction && s.clipsAll(f, e, k.text, v.tokens, i) {
			f.gone = true
		}
	}
}

// clipRect reads rect(top, right, bottom, left), with commas or blanks: true when at most one pixel is left in a
// direction.
func (s *styler) clipRect(f *frame, t []cssToken) bool {
	var sides []float64
	for i := 1; i < len(t); i++ {
		switch k := t[i]; {
		case k.kind == cssIdent && k.text == "auto":
			edge := 0.0
			if len(sides) == 1 || len(sides) == 2 {
				edge = 1e6
			}
			sides = append(sides, edge)
		case k.kind == cssSpace || k.kind == cssDelim:
		default:
			l, next, ok := parseLength(t, i, true)
			if !ok {
				return false
			}
			sides = append(sides, l.resolve(f.fontSize, s.rootSize, 0))
			i = next - 1
		}
	}
	return len(sides) == 4 && (sides[2]-sides[0] <= 1 || sides[1]-sides[3] <= 1)
}

// clipsAll says whether a basic shape leaves nothing of the box.
func (s *styler) clipsAll(f *frame, e *element, name string, t []cssToken, i int) bool {
	args, _ := functionArgs(t, i)
	if len(args) == 0 {
		return false
	}
	letters := textLength(e)
	w, h := f.w, max(f.h, s.textHeight(f, letters))
	if f.inline() {
		w = min(w, letters*f.fontSize*letterWidth)
	}
	at := func(part []cssToken, whole float64) (float64, bool) {
		l, next, ok := parseLength(part, 0, true)
		return l.resolve(f.fontSize, s.rootSize, whole), ok && next == len(part)
	}
	switch name {
	case "inset", "rect", "xywh":
		return insetClips(name, args[0], at, w, h)
	case "circle", "ellipse":
		return roundClips(args[0], at, w, h)
	case "polygon":
		var xs, ys []float64
		for _, point := range args {
			parts := splitTokens(point, " ")
			if len(parts) != 2 {
				continue // nonzero, evenodd
			}
			x, okX := at(parts[0], w)
			y, okY := at(parts[1], h)
			if !okX || !okY {
				return false
			}
			xs, ys = append(xs, x), append(ys, y)
		}
		return polygonEmpty(xs, ys, w, h)
	case "path":
		return len(args[0]) > 0 && !strings.ContainsAny(args[0][len(args[0])-1].text, "LlHhVvCcSsQqTtAa0123456789")
	}
	return false
}

func insetClips(name string, t []cssToken, at func([]cssToken, float64) (float64, bool), w, h float64) bool {
	var v []float64
	for n, part := range splitTokens(t, " ") {
		if len(part) == 1 && part[0].kind == cssIdent {
			if part[0].text != "auto" {
				break // round …
			}
			v = append(v, [4]float64{0, w, h, 0}[n&3])
			continue
		}
		whole := h
		if n%2 == 1 != (name == "xywh") {
			whole = w
		}
		x, ok := at(part, whole)
		if !ok || n > 3 {
			return false
		}
		v = append(v, x)
	}
	switch name {
	case "xywh":
		return len(v) == 4 && (v[2] <= 1 || v[3] <= 1)
	case "rect":
		return len(v) == 4 && (v[2]-v[0] <= 1 || v[1]-v[3] <= 1)
	}
	switch len(v) {
	case 1:
		v = []float64{v[0], w * v[0] / max(h, 1e-9), v[0], w * v[0] / max(h, 1e-9)}
		if l, _, ok := parseLength(t, 0, true); ok && l.pct == 0 {
			v[1], v[3] = v[0], v[0]
		}
	case 2:
		v = []float64{v[0], v[1], v[0], v[1]}
	case 3:
		v = append(v, v[1])
	case 4:
	default:
		return false
	}
	return h-v[0]-v[2] <= 0.5 || w-v[1]-v[3] <= 0.5
}

// roundClips says whether a circle or an ellipse has no size, or lies off the box.
func roundClips(t []cssToken, at func([]cssToken, float64) (float64, bool), w, h float64) bool {
	var radii, center []float64
	placed := false
	for _, part := range splitTokens(t, " ") {
		if len(part) == 1 && part[0].kind == cssIdent {
			placed = placed || part[0].text == "at"
			if part[0].text != "at" {
				return false // closest-side, left: not thrown off
			}
			continue
		}
		whole := math.Hypot(w, h) / math.Sqrt2
		if placed {
			whole = [2]float64{w, h}[len(center)&1]
		}
		v, ok := at(part, whole)
		switch {
		case !ok:
			return false
		case placed:
			center = append(center, v)
		case v <= 0.5:
			return true
		default:
			radii = append(radii, v)
		}
	}
	if len(center) != 2 || len(radii) == 0 {
		return false
	}
	x, y, rx, ry := center[0], center[1], radii[0], radii[len(radii)-1]
	return x+rx <= 0 || y+ry <= 0 || x-rx >= w || y-ry >= h
}

// polygonEmpty says whether a polygon has no area, or none on the box.
func polygonEmpty(xs, ys []float64, w, h float64) bool {
	if len(xs) < 3 {
		return true
	}
	area := 0.0
	lowX, highX, lowY, highY := xs[0], xs[0], ys[0], ys[0]
	for i := range xs {
		j := (i + 1) % len(xs)
		area += xs[i]*ys[j] - xs[j]*ys[i]
		lowX, highX = min(lowX, xs[i]), max(highX, xs[i])
		lowY, highY = min(lowY, ys[i]), max(highY, ys[i])
	}
	if math.Abs(area)/2 <= 1 && (highX-lowX <= 1 || highY-lowY <= 1 || math.Abs(area) < 1e-6) {
		return true
	}
	return highX <= 0 || highY <= 0 || lowX >= w || lowY >= h
}

// textLength counts the letters below an element, up to a bound.
func textLength(e *element) float64 {
	most := 4096 // enough: nothing is decided by more
	n := 0
	for c := range e.node.Descendants() {
		if c.Type == html.TextNode {
			n += len([]rune(strings.TrimSpace(c.Data[:min(len(c.Data), most)])))
		}
		if most--; n >= most || most <= 0 {
			break
		}
	}
	return float64(n)
}
