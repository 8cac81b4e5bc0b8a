package rights

import (
	"strings"
)

// mediaExclude looks for media of the named kinds in the region and in the main part around it.
func (v *verification) mediaExclude(c Clause) Finding {
	p := v.p
	top := p.region
	for i := p.region; i >= 0; i = p.elements[i].parent {
		if p.elements[i].is(markMain) {
			top = i
			break
		}
	}
	if top < 0 {
		return v.finding(Met, -1, "no_media")
	}
	kinds := " " + lowerASCII(strings.Join(c.Kinds, " ")) + " "
	wants := func(kind string) bool { return strings.Contains(kinds, " "+kind+" ") }
	for i := top; i < p.elements[top].end; i++ {
		e := &p.elements[i]
		if i != top && (p.insideOf(i, p.region) && p.excluded(i) || i != p.region && e.is(markExcluded)) || e.isInertPart() {
			i = e.end - 1
			continue
		}
		for _, kind := range v.mediaOf(i) {
			if wants(kind) {
				return v.finding(Unmet, i, "media_found", "Kind", kind)
			}
		}
	}
	return v.finding(Met, -1, "no_media")
}

func (e *element) isInertPart() bool {
	return !e.foreign && (e.tag == "template" || e.tag == "noscript")
}

func (p *Parsed) insideOf(i, top int32) bool {
	return top >= 0 && i > top && i < p.elements[top].end
}

// mediaOf lists the kinds of media an element is.
func (v *verification) mediaOf(i int32) (kinds []string) {
	e := &v.p.elements[i]
	if e.background {
		kinds = append(kinds, "img")
	}
	if e.foreign {
		if e.tag == "image" && (trimHTMLSpace(e.value("href")) != "") {
			kinds = append(kinds, "img")
		}
		return kinds
	}
	switch e.tag {
	case "img", "amp-img":
		if e.anyOf("src", "srcset", "data-src", "data-srcset", "data-original", "data-lazy-src") && !e.isDot() && !v.isPixel(e) {
			kinds = append(kinds, "img")
		}
	case "source":
		if parent := e.parent; parent >= 0 && v.p.elements[parent].tag == "picture" && e.anyOf("src", "srcset", "data-src", "data-srcset") {
			kinds = append(kinds, "img")
		}
	case "input":
		if equalFoldASCII(trimHTMLSpace(e.value("type")), "image") && !e.isDot() {
			kinds = append(kinds, "img")
		}
	case "video", "amp-video", "amp-youtube", "amp-vimeo", "amp-iframe":
		kinds = append(kinds, "video")
	case "audio":
		kinds = append(kinds, "audio")
	case "iframe", "embed", "object":
		if e.tag == "iframe" {
			kinds = append(kinds, "iframe")
		}
		for _, name := range []string{"src", "data", "data-src"} {
			if address, ok := e.attr(name); ok && (name != "data" || e.tag == "object") && v.p.isPlayer(address) {
				kinds = append(kinds, "video")
				break
			}
		}
		if e.tag != "iframe" && e.isImageObject() && !e.isDot() {
			kinds = append(kinds, "img")
		}
	}
	return kinds
}

// anyOf says whether one of the attributes holds something.
func (e *element) anyOf(names ...string) bool {
	for _, name := range names {
		if trimHTMLSpace(e.value(name)) != "" {
			return true
		}
	}
	return false
}

// isImageObject says whether an object or embed is of an image type, by its type or else by its address.
func (e *element) isImageObject() bool {
	if t := lowerASCII(trimHTMLSpace(e.value("type"))); t != "" {
		return strings.HasPrefix(t, "image/")
	}
	address, _, _ := strings.Cut(lowerASCII(trimHTMLSpace(e.value("data")+e.value("src"))), "?")
	if strings.HasPrefix(address, "data:image/") {
		return true
	}
	for _, ext := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"} {
		if strings.HasSuffix(address, ext) {
			return true
		}
	}
	return false
}

// isDot says whether an image is at most 1×1 by attribute or inline style.
func (e *element) isDot() bool {
	w, h := -1.0, -1.0
	if l, ok := legacySize(e.value("width")); ok && l.pct == 0 {
		w = l.px
	}
	if l, ok := legacySize(e.value("height")); ok && l.pct == 0 {
		h = l.px
	}
	for _, d := range parseDeclarations(e.value("style"), false) {
		if d.value == nil || d.value.key != noKeyword {
			continue
		}
		l := d.value.length
		switch {
		case l.auto || l.pct != 0:
		case d.prop == propWidth || d.prop == propMaxWidth:
			w = l.resolve(16, 16, 0)
		case d.prop == propHeight || d.prop == propMaxHeight:
			h = l.resolve(16, 16, 0)
		}
	}
	return w >= 0 && h >= 0 && w <= 1 && h <= 1
}

// isPlayer says whether an address looks like a video player's: the word stands between dots, slashes or hyphens of the
// host or the path.
func (p *Parsed) isPlayer(address string) bool {
	a := p.resolve(address)
	if !a.ok {
		return false
	}
	words := strings.FieldsFunc(lowerASCII(a.host+"/"+a.path), func(r rune) bool { return r == '.' || r == '/' || r == '-' })
	for _, w := range words {
		if inList(" embed video videos player youtube vimeo ", w) {
			return true
		}
	}
	return false
}

// isPixel says whether an image is the pixel the terms ask for.
func (v *verification) isPixel(e *element) bool {
	return v.pixelAt != "" && exactAddress(v.p.resolve(e.value("src"))) == v.pixelAt
}

func (v *verification) pixel(Clause) Finding {
	for i := range v.p.elements {
		e := &v.p.elements[i]
		if !e.foreign && !e.inert && (e.tag == "img" || e.tag == "amp-pixel") && e.has("src") && v.isPixel(e) {
			return v.finding(Met, int32(i), "pixel_found")
		}
	}
	return v.finding(Unmet, -1, "pixel_missing")
}

// exactAddress writes an address out, with http and https alike.
func exactAddress(a address) string {
	return strings.TrimPrefix(strings.TrimPrefix(a.String(), "https:"), "http:")
}
