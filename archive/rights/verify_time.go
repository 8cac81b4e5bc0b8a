package rights

import (
	"strings"
	"time"
)

// span is an instant known up to the offset it was written without.
type span struct{ from, to time.Time }

const (
	eastmost = 14 * time.Hour
	westmost = -12 * time.Hour
)

// parseInstant reads a time with or without offset, or a date. Without an offset it could be of any zone on earth.
func parseInstant(s string) (span, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + strings.TrimSpace(s[11:])
	}
	s = strings.Replace(s, " +", "+", 1)
	s = strings.Replace(s, " -", "-", 1)
	s = strings.Replace(s, " Z", "Z", 1)
	s = strings.Replace(s, "\u2212", "-", 1)
	for _, day := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "20060102T150405"} {
		for _, zone := range []string{"Z07:00", "Z0700", "Z07"} {
			if t, err := time.Parse(day+zone, s); err == nil {
				return span{t, t}, true
			}
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15", "20060102T150405", "2006-01-02", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return span{t.Add(-eastmost), t.Add(-westmost)}, true
		}
	}
	return span{}, false
}

func (v *verification) embargo(c Clause) Finding {
	until, ok := parseInstant(c.Until)
	now, known := parseInstant(c.Now)
	data := []string{"Until", c.Until, "Now", c.Now}
	switch {
	case !ok || !known:
		return v.finding(Undecidable, -1, "unknown_time", data...)
	case !now.from.Before(until.to):
		return v.finding(Met, -1, "embargo_over", data...)
	case now.to.Before(until.from):
		return v.finding(Unmet, -1, "embargo", data...)
	}
	return v.finding(Undecidable, -1, "time_without_zone", data...)
}

// canonical checks that all canonical links, in the head and in the headers, are one address, and the right one.
func (v *verification) canonical(c Clause) Finding {
	var want []string
	o := v.facts.Original
	switch c.Value {
	case "original":
		want = keys(o.URL, o.CanonicalURL)
	case "self":
		want = keys(v.p.page.URL)
	default:
		return v.finding(Undecidable, -1, "unknown_value", "Value", c.Value)
	}
	said, at := v.p.canonicals()
	if len(said) == 0 {
		return v.finding(Unmet, -1, "no_canonical")
	}
	for i, a := range said {
		if k := a.key(); k == "" || k != said[0].key() {
			return v.finding(Unmet, at[i], "canonicals_differ", "Address", a.String())
		}
	}
	if !contains(want, said[0].key()) {
		return v.finding(Unmet, at[0], "canonical_elsewhere", "Address", said[0].String())
	}
	return v.finding(Met, at[0], "canonical_right", "Address", said[0].String())
}

// canonicals lists the canonical addresses of a page with the elements that say so, -1 for a header.
func (p *Parsed) canonicals() (said []address, at []int32) {
	head := int32(-1)
	for i := range p.elements {
		if e := &p.elements[i]; e.tag == "head" && !e.foreign {
			head = int32(i)
			break
		}
	}
	if head >= 0 {
		for i := head + 1; i < p.elements[head].end; i++ {
			e := &p.elements[i]
			if e.tag == "link" && !e.foreign && !e.inert && e.attrToken("rel", " canonical ") && trimHTMLSpace(e.value("href")) != "" {
				said, at = append(said, p.resolve(e.value("href"))), append(at, i)
			}
		}
	}
	for _, value := range p.header["link"] {
		for _, a := range canonicalHeader(value) {
			said, at = append(said, parseAddress(a, &p.pageURL, nil)), append(at, -1)
		}
	}
	return said, at
}

// canonicalHeader reads the targets with rel=canonical out of a Link header (RFC 8288).
func canonicalHeader(value string) (out []string) {
	for value != "" {
		open := strings.IndexByte(value, '<')
		if open < 0 {
			return out
		}
		end := strings.IndexByte(value[open:], '>')
		if end < 0 {
			return out
		}
		target := value[open+1 : open+end]
		rest := value[open+end+1:]
		next := endOfLinkValue(rest)
		canonical, seenRel, anchored := false, false, false
		for _, param := range splitParams(rest[:next]) {
			name, v, _ := strings.Cut(param, "=")
			v = strings.Trim(strings.TrimSpace(v), `"`)
			switch lowerASCII(strings.TrimSpace(name)) {
			case "rel":
				if !seenRel { // the first counts (RFC 8288 §3.3)
					seenRel = true
					for token := range strings.FieldsSeq(v) {
						canonical = canonical || equalFoldASCII(token, "canonical")
					}
				}
			case "anchor":
				anchored = true
			}
		}
		if canonical && !anchored && trimHTMLSpace(target) != "" {
			out = append(out, target)
		}
		value = rest[next:]
	}
	return out
}

// endOfLinkValue finds the comma that ends a link value, outside quotes.
func endOfLinkValue(s string) int {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			return i
		}
	}
	return len(s)
}

func splitParams(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}
