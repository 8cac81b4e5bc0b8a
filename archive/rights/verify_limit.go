package rights

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// measure is the size of the text that limits count: paragraphs and headings.
type measure struct{ characters, words, paragraphs int }

// measured sizes the text that is seen or one click away, and with all that a script might open.
func (v *verification) measured() (open, all measure) {
	if v.sizes == nil {
		v.sizes = new([2]measure)
		for i := range v.p.raw {
			raw := &v.p.raw[i]
			if raw.block >= 0 && raw.whole() {
				b := &v.p.blocks[raw.block]
				v.sizes[0].add(b.Kind, b.Text)
				v.sizes[1].add(b.Kind, b.Text)
				continue
			}
			v.sizes[0].add(v.p.kindOf(raw, folded), raw.text(folded))
			v.sizes[1].add(v.p.kindOf(raw, hidden), raw.text(hidden))
		}
	}
	return v.sizes[0], v.sizes[1]
}

// add counts a block in.
func (m *measure) add(kind BlockKind, text string) {
	if kind != ParagraphBlock && kind != HeadingBlock || !hasAlnum(text) {
		return
	}
	m.characters += utf8.RuneCountInString(text)
	counted := false // the word being read
	for _, r := range text {
		if r == ' ' {
			counted = false
		} else if !counted && isAlnum(r) {
			counted = true
			m.words++
		}
	}
	if kind == ParagraphBlock {
		m.paragraphs++
	}
}

// limited answers a limit: what a script might open makes it undecidable.
func (v *verification) limited(open, all, limit float64, unit string) Finding {
	data := []string{"Count", strconv.Itoa(int(open)), "Limit", strconv.FormatFloat(math.Floor(limit), 'f', -1, 64), "Unit", unit}
	switch {
	case !within(open, limit):
		return v.finding(Unmet, v.p.region, "too_long", data...)
	case !within(all, limit):
		data[1] = strconv.Itoa(int(all))
		return v.finding(Undecidable, v.p.region, "hidden_text", data...)
	}
	return v.finding(Met, v.p.region, "within_limit", data...)
}

func (v *verification) limitShare(c Clause) Finding {
	o := v.facts.Original
	if v.p.language != primaryLanguage(o.Language) {
		return v.finding(Undecidable, -1, "other_language", "Language", v.p.language)
	}
	if o.CharCount <= 0 {
		return v.finding(Undecidable, -1, "no_length_known")
	}
	open, all := v.measured()
	return v.limited(float64(open.characters), float64(all.characters), c.Percent*float64(o.CharCount)/100, "characters")
}

func (v *verification) limitCount(c Clause) Finding {
	open, all := v.measured()
	limit := float64(c.Max)
	switch c.Unit {
	case "characters":
		return v.limited(float64(open.characters), float64(all.characters), limit, c.Unit)
	case "words":
		return v.limited(float64(open.words), float64(all.words), limit, c.Unit)
	case "paragraphs":
		return v.limited(float64(open.paragraphs), float64(all.paragraphs), limit, c.Unit)
	}
	return v.finding(Undecidable, -1, "unknown_unit", "Unit", c.Unit)
}

func primaryLanguage(tag string) string {
	lang, _, _ := strings.Cut(lowerASCII(strings.TrimSpace(tag)), "-")
	return lang
}

func (v *verification) translation(c Clause) Finding {
	switch {
	case c.Value == "yes":
		return v.finding(Met, -1, "translation_allowed")
	case v.p.language == primaryLanguage(v.facts.Original.Language):
		return v.finding(Met, -1, "same_language", "Language", v.p.language)
	case c.Value == "no":
		return v.finding(Unmet, -1, "translation_banned", "Language", v.p.language)
	case c.Value == "permission" && c.Grant == nil:
		return v.finding(Undecidable, -1, "grant_unknown")
	case c.Value == "permission" && *c.Grant:
		return v.finding(Met, -1, "grant_on_record")
	case c.Value == "permission":
		return v.finding(Unmet, -1, "no_grant", "Language", v.p.language)
	}
	return v.finding(Undecidable, -1, "unknown_value", "Value", c.Value)
}

// permission answers from what is on record. Whoever knows of no record knows nothing: no page shows a permission.
func (v *verification) permission(c Clause) Finding {
	switch {
	case c.Grant == nil:
		return v.finding(Undecidable, -1, "not_on_page")
	case *c.Grant:
		return v.finding(Met, -1, "permission_on_record")
	}
	return v.finding(Unmet, -1, "no_permission")
}
