package translations

import (
	"slices"
	"strings"

	"colophon/archive/ingest"
	"colophon/archive/segment"
)

// looked says whether a folded word is one that was looked for.
func looked(lang, folded string, terms []term) bool {
	for _, stem := range segment.Tokens(lang, folded) {
		for _, t := range terms {
			if t.prefix && strings.HasPrefix(stem, t.stems[0]) || slices.Contains(t.stems, stem) {
				return true
			}
		}
	}
	return false
}

// markWords marks the words of a text that were looked for.
func markWords(lang, text string, terms []term) []Stretch {
	var out []Stretch
	at := 0
	for _, w := range segment.Words(lang, text) {
		if !looked(lang, w.Folded, terms) {
			continue
		}
		if w.Start > at {
			out = append(out, Stretch{Text: text[at:w.Start]})
		}
		out = append(out, Stretch{Text: text[w.Start:w.End], Marked: true})
		at = w.End
	}
	if at < len(text) {
		out = append(out, Stretch{Text: text[at:]})
	}
	return out
}

// Bounds of a snippet, in words.
const (
	snippetBefore = 8
	snippetLength = 36
	maxBlockWords = 3000 // of a block that is looked through
)

// snippet is the part of a text around the first words that were looked for: of the block that has most of them. Without
// any (they stand in the title) it is the beginning.
func snippet(lang string, c Content, terms []term) []Stretch {
	best, hits := "", 0
	var first string
	for _, text := range append([]string{c.Dek}, plainBlocks(c)...) {
		if text == "" {
			continue
		}
		if first == "" {
			first = text
		}
		found := map[string]bool{}
		for i, w := range segment.Words(lang, text) {
			if i == maxBlockWords {
				break
			}
			if looked(lang, w.Folded, terms) {
				found[w.Folded] = true
			}
		}
		if len(found) > hits {
			best, hits = text, len(found)
		}
	}
	if best == "" {
		best = first
	}
	words := segment.Words(lang, best)
	start := max(0, slices.IndexFunc(words, func(w segment.Word) bool { return looked(lang, w.Folded, terms) })-snippetBefore)
	end := min(len(words), start+snippetLength)
	if start >= end {
		return nil
	}
	part := best[words[start].Start:words[end-1].End]
	switch {
	case start <= 2:
		part = best[:words[end-1].End]
	default:
		part = "… " + part
	}
	if end < len(words) {
		part += " …"
	} else {
		part += best[words[end-1].End:]
	}
	return markWords(lang, part, terms)
}

func plainBlocks(c Content) []string {
	out := make([]string, len(c.Blocks))
	for i, b := range c.Blocks {
		out[i] = ingest.PlainText(b.HTML)
	}
	return out
}
