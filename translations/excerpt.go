package translations

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/archive/segment"
)

// Budget is how much of a limit a text uses.
type Budget struct {
	Kind       rights.Kind
	Unit       string // characters, words, paragraphs
	Used       int
	Allowed    int
	SourceSide bool // counted in the source's characters of what is carried over, as a share is in another language
}

// Percent is the part that is used, of 100.
func (b Budget) Percent() int {
	if b.Allowed <= 0 {
		return 100
	}
	return b.Used * 100 / b.Allowed
}

// Warns says whether the limit is nearly reached: nine tenths of it.
func (b Budget) Warns() bool { return b.Used*10 >= b.Allowed*9 }

// Nearly is where the warning begins.
func (b Budget) Nearly() int { return b.Allowed * 9 / 10 }

// Over says whether it is passed: readers are then shown an excerpt.
func (b Budget) Over() bool { return b.Used > b.Allowed }

// size is what limits count of a text (data/compliance §8).
type size struct{ characters, words, paragraphs, source int }

func (s *size) add(t size) {
	s.characters += t.characters
	s.words += t.words
	s.paragraphs += t.paragraphs
	s.source += t.source
}

// sizeOf measures a block: characters with white space folded, without what has no width; words with a letter or digit.
func sizeOf(text string, paragraph bool) size {
	var s size
	for word := range strings.FieldsSeq(strings.Map(visible, text)) {
		s.characters += utf8.RuneCountInString(word) + 1
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			s.words++
		}
	}
	s.characters = max(0, s.characters-1)
	if paragraph && s.words > 0 {
		s.paragraphs = 1
	}
	return s
}

func visible(r rune) rune {
	if r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff' {
		return -1
	}
	return r
}

// limits are the clauses that bound how much is shown. Only a must cuts; what ought to be is asked of the editor.
func limits(clauses []rights.Clause) []rights.Clause {
	return slices.DeleteFunc(slices.Clone(clauses), func(c rights.Clause) bool {
		return c.Strength != rights.Must || c.Kind != rights.LimitCount && c.Kind != rights.LimitShare
	})
}

// budget compares a size with a limit. A share of a text in another language is counted in the characters of the source
// that were carried over; whether that is what the terms mean stays a question to the editor.
func (c *Content) budget(limit rights.Clause, s size, original bool) Budget {
	b := Budget{Kind: limit.Kind, Unit: limit.Unit, Allowed: limit.Max}
	switch {
	case limit.Kind == rights.LimitShare:
		b.Unit, b.Allowed, b.Used = "characters", int(limit.Percent*float64(c.Facts.Original.CharCount)/100), s.characters
		if !original {
			b.SourceSide, b.Used = true, s.source
		}
	case limit.Unit == "words":
		b.Used = s.words
	case limit.Unit == "paragraphs":
		b.Used = s.paragraphs
	default:
		b.Used = s.characters
	}
	return b
}

// limit measures the text against the limits in its clauses and, where it is longer, leaves an excerpt that ends with a
// sentence, within all of them. What is cut is in no page, feed, index or copy, since it is not in the publication.
func (p *Publication) limit(w Work) {
	c := &p.Content
	bounds := limits(c.Clauses)
	if len(bounds) == 0 {
		return
	}
	sources := make(map[archive.BlockKey]int, len(w.Units))
	for _, u := range w.Units {
		sources[u.Block.Key] = sizeOf(u.Block.Text, false).characters
	}
	whole := sizeOf(c.Dek, true)
	whole.source = sources[archive.DekKey]
	if c.Dek == "" {
		whole.source = 0
	}
	for _, b := range c.Blocks {
		whole.add(blockSize(b, sources))
	}
	over := false
	for _, bound := range bounds {
		b := c.budget(bound, whole, w.IsOriginal)
		p.Budgets = append(p.Budgets, b)
		over = over || b.Over()
	}
	if !over {
		return
	}
	c.Excerpt = true
	fits := func(s size) bool {
		return !slices.ContainsFunc(bounds, func(k rights.Clause) bool { return c.budget(k, s, w.IsOriginal).Over() })
	}
	shown := sizeOf(c.Dek, true)
	shown.source = sources[archive.DekKey]
	if c.Dek == "" || !fits(shown) {
		c.Dek, shown = "", size{}
	}
	blocks := c.Blocks
	c.Blocks = nil
	for _, b := range blocks {
		if b.Kind == ingest.Embed {
			continue
		}
		next := shown
		next.add(blockSize(b, sources))
		if fits(next) {
			c.Blocks, shown = append(c.Blocks, b), next
			continue
		}
		if b.Kind == ingest.Paragraph {
			if part, ok := opening(b, p.Language, func(s size) bool {
				next := shown
				if whole := blockSize(b, sources); whole.characters > 0 {
					s.source = (whole.source*s.characters + whole.characters - 1) / whole.characters
				}
				next.add(s)
				return fits(next)
			}); ok {
				c.Blocks = append(c.Blocks, part)
			}
		}
		break
	}
	for n := len(c.Blocks); n > 0 && c.Blocks[n-1].Kind == ingest.Heading; n-- {
		c.Blocks = c.Blocks[:n-1] // a heading with nothing below it
	}
}

// blockSize measures a block of the body. Captions are not counted.
func blockSize(b ContentBlock, sources map[archive.BlockKey]int) size {
	if b.Kind == ingest.Figure {
		return size{}
	}
	s := sizeOf(ingest.PlainText(b.HTML), b.Kind != ingest.Heading)
	s.source = sources[b.Key]
	return s
}

// opening is the longest beginning of a paragraph that ends with a sentence and fits.
func opening(b ContentBlock, lang string, fits func(size) bool) (ContentBlock, bool) {
	text := ingest.PlainText(b.HTML)
	end := 0
	for _, span := range segment.Sentences(lang, text) {
		if !fits(sizeOf(text[:span.End], true)) {
			break
		}
		end = span.End
	}
	if strings.TrimSpace(text[:end]) == "" {
		return b, false
	}
	b.HTML = cutHTML(b.HTML, strings.Join(strings.Fields(text[:end]), ""))
	return b, true
}

// cutHTML is the beginning of a fragment of inline HTML, as the sanitiser writes it, that says text. White space aside:
// text has none.
func cutHTML(fragment, text string) string {
	var out strings.Builder
	var open []string
	left := utf8.RuneCountInString(text)
	for fragment != "" && left > 0 {
		if fragment[0] == '<' {
			end := strings.IndexByte(fragment, '>')
			if end < 0 {
				break
			}
			tag := fragment[1:end]
			name, _, _ := strings.Cut(strings.TrimSuffix(tag, "/"), " ")
			switch {
			case strings.HasPrefix(tag, "/"):
				if n := len(open); n > 0 {
					open = open[:n-1]
				}
			case name != "br" && name != "img" && name != "wbr":
				open = append(open, name)
			}
			out.WriteString(fragment[:end+1])
			fragment = fragment[end+1:]
			continue
		}
		stop := strings.IndexByte(fragment, '<')
		if stop < 0 {
			stop = len(fragment)
		}
		words := html.UnescapeString(fragment[:stop])
		for i, r := range words {
			if !unicode.IsSpace(r) {
				left--
			}
			if left == 0 {
				words = words[:i+utf8.RuneLen(r)]
				break
			}
		}
		out.WriteString(html.EscapeString(words))
		fragment = fragment[stop:]
	}
	for _, name := range slices.Backward(open) {
		out.WriteString("</" + name + ">")
	}
	return out.String()
}

// dropMedia leaves the source's pictures out where its terms exclude them.
func (c *Content) dropMedia() {
	if !slices.ContainsFunc(c.Clauses, func(k rights.Clause) bool {
		return k.Kind == rights.MediaExclude && k.Strength == rights.Must && (len(k.Kinds) == 0 || slices.Contains(k.Kinds, "img"))
	}) {
		return
	}
	c.Blocks = slices.DeleteFunc(c.Blocks, func(b ContentBlock) bool { return b.Kind == ingest.Figure && b.Asset != "" })
}
