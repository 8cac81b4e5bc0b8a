package rights

import "slices"

import "strings"

// closed says whether the page as a whole is closed to search engines or to following its links, and where.
func (p *Parsed) closed() (why string, at int32, yes bool) {
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag != "meta" || e.foreign || e.inert {
			continue
		}
		if inList(" robots googlebot bingbot yandex ", trimHTMLSpace(e.value("name"))) && closes(e.value("content")) {
			return "closed_by_meta", int32(i), true
		}
	}
	if slices.ContainsFunc(p.header["x-robots-tag"], headerCloses) {
		return "closed_by_header", -1, true
	}
	return "", -1, false
}

// valued are the directives that come with a value, which is no directive itself: "max-image-preview: none".
const valued = " unavailable_after max-snippet max-image-preview max-video-preview "

// closes says whether a list of directives holds noindex, nofollow or none.
func closes(list string) bool {
	for part := range strings.SplitSeq(list, ",") {
		before := ""
		for word := range strings.FieldsFuncSeq(part, func(r rune) bool { return r == ';' || isHTMLSpace(r) || r == 0xA0 }) {
			isValue := (strings.HasSuffix(before, ":") || word[0] == ':') && inList(valued, strings.Trim(before, ":"))
			if !isValue && inList(" noindex nofollow none ", strings.Trim(word, ":")) {
				return true
			}
			if word == ":" {
				word = before + word
			}
			before = word
		}
	}
	return false
}

// headerCloses reads one X-Robots-Tag: directives, after a robot's name for that robot only, up to the next name.
func headerCloses(value string) bool {
	ours := true
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == '\n' }) {
		part = strings.TrimSpace(part)
		if name, rest, has := strings.Cut(part, ":"); has && isRobotName(strings.TrimSpace(name)) {
			name = strings.TrimSpace(name)
			if inList(valued, name) {
				continue
			}
			ours = inList(" googlebot bingbot yandex * all robots ", name)
			part = rest
		}
		if ours && closes(part) {
			return true
		}
	}
	return false
}

// isRobotName tells a name from a piece of a date, such as "15:00:00".
func isRobotName(s string) bool {
	if s == "" || !isLetter(s[0]) && s[0] != '*' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isASCIIAlnum(c) && c != '-' && c != '_' && c != '.' && c != '*' && c != '/' {
			return false
		}
	}
	return true
}

// followable says whether a link may be followed by search engines, as far as the link itself says.
func (p *Parsed) followable(i int32) bool {
	e := &p.elements[i]
	return !e.noindex && !e.attrToken("rel", " nofollow ugc sponsored ")
}
