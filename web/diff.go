package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"colophon/archive/segment"
	"colophon/translations/inline"
)

// run is a stretch of a text as a page shows it: words, or one inline code as a chip.
type run struct {
	Op   string // "ins", "del", or "" for what both texts have
	Text string // words; of a code, the code as written: {1}
	Code string // what the chip says: 1, /1, 1/; empty for words
}

// sentence is a sentence of a block. Source and target are lit together by their numbers.
type sentence struct {
	N    int // from 0
	Runs []run
}

// token is what a comparison moves as a whole: a word, a code, white space, or one sign. Words are those of UAX #29, so
// an Armenian word with its question mark inside is one.
type token struct{ text, code string }

func (t token) isSpace() bool { return t.code == "" && strings.TrimSpace(t.text) == "" }

func tokens(lang, text string) []token {
	var out []token
	for _, p := range inline.Pieces(text) {
		if p.Code != "" {
			out = append(out, token{p.Code, p.Label()})
			continue
		}
		at := 0
		for _, w := range segment.Words(lang, p.Text) {
			out = appendSigns(out, p.Text[at:w.Start])
			out = append(out, token{text: p.Text[w.Start:w.End]})
			at = w.End
		}
		out = appendSigns(out, p.Text[at:])
	}
	return out
}

// appendSigns adds what stands between words: runs of white space, and every other sign by itself.
func appendSigns(out []token, text string) []token {
	for i := 0; i < len(text); {
		end := i
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsSpace(r) {
				if end == i {
					end += n
				}
				break
			}
			end += n
		}
		out = append(out, token{text: text[i:end]})
		i = end
	}
	return out
}

// change is a stretch both texts share, or what one has in place of the other.
type change struct{ same, del, ins []token }

// compare finds the changes from one list of tokens to another. Each different token stands for one letter of an
// alphabet made for the occasion, and the letters are compared.
func compare(before, after []token) []change {
	letters := map[token]rune{}
	var known []token
	spell := func(list []token) string {
		var b strings.Builder
		for _, t := range list {
			r, ok := letters[t]
			if !ok {
				r = rune(0x10000 + len(known)) // four bytes each; a block is far shorter than the million there are
				letters[t] = r
				known = append(known, t)
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	read := func(s string) []token {
		var list []token
		for _, r := range s {
			list = append(list, known[r-0x10000])
		}
		return list
	}
	a, b := spell(before), spell(after)
	var (
		out []change
		at  int
	)
	for _, e := range udiff.Strings(a, b) {
		if e.Start > at {
			out = append(out, change{same: read(a[at:e.Start])})
		}
		out = append(out, change{del: read(a[e.Start:e.End]), ins: read(e.New)})
		at = e.End
	}
	if at < len(a) {
		out = append(out, change{same: read(a[at:])})
	}
	return smooth(out)
}

// smooth joins changes that have but white space between them: three words in a row are one change to a reader.
func smooth(list []change) []change {
	var out []change
	for i, c := range list {
		last := len(out) - 1
		switch {
		case last >= 0 && out[last].same == nil && c.same == nil:
			out[last].del = append(out[last].del, c.del...)
			out[last].ins = append(out[last].ins, c.ins...)
		case last >= 0 && out[last].same == nil && len(c.same) == 1 && c.same[0].isSpace() && i+1 < len(list):
			out[last].del = append(out[last].del, c.same...)
			out[last].ins = append(out[last].ins, c.same...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// diffWords is how one text became another, both with inline codes, word by word.
func diffWords(lang, before, after string) []run {
	var out []run
	for _, c := range compare(tokens(lang, before), tokens(lang, after)) {
		out = appendRuns(out, "", c.same)
		out = appendRuns(out, "del", c.del)
		out = appendRuns(out, "ins", c.ins)
	}
	return out
}

// plainRuns is a text with inline codes as it is.
func plainRuns(text string) []run {
	var out []run
	for _, p := range inline.Pieces(text) {
		if p.Code != "" {
			out = append(out, run{Text: p.Code, Code: p.Label()})
		} else {
			out = append(out, run{Text: p.Text})
		}
	}
	return out
}

func appendRuns(out []run, op string, list []token) []run {
	for _, t := range list {
		if last := len(out) - 1; t.code == "" && last >= 0 && out[last].Op == op && out[last].Code == "" {
			out[last].Text += t.text
			continue
		}
		out = append(out, run{op, t.text, t.code})
	}
	return out
}

// bothTexts is one text that holds what either of two people wrote on top of a third: where they changed different
// places, both changes; where they changed the same, hers and then yours.
func bothTexts(lang, was, hers, yours string) string {
	letters := map[token]rune{}
	var known []token
	spell := func(text string) string {
		var b strings.Builder
		for _, t := range tokens(lang, text) {
			if _, ok := letters[t]; !ok {
				letters[t] = rune(0x10000 + len(known))
				known = append(known, t)
			}
			b.WriteRune(letters[t])
		}
		return b.String()
	}
	a, x, y := spell(was), spell(hers), spell(yours)
	var merged []token
	hersEdits, yoursEdits := udiff.Strings(a, x), udiff.Strings(a, y)
	if edits, ok := udiff.Merge(hersEdits, yoursEdits); ok && !samePlace(hersEdits, yoursEdits) {
		if text, err := udiff.Apply(a, edits); err == nil {
			for _, r := range text {
				merged = append(merged, known[r-0x10000])
			}
			return written(merged)
		}
	}
	for _, c := range compare(tokens(lang, hers), tokens(lang, yours)) {
		merged = append(merged, c.same...)
		merged = append(merged, c.del...)
		if len(c.del) > 0 && len(c.ins) > 0 {
			merged = append(merged, token{text: " "})
		}
		merged = append(merged, c.ins...)
	}
	return written(merged)
}

// samePlace says whether both sides put something in at one place: next to each other it would read as one word.
func samePlace(x, y []udiff.Edit) bool {
	for _, a := range x {
		for _, b := range y {
			if a.Start == b.Start && a != b {
				return true
			}
		}
	}
	return false
}

// written puts tokens back into a text with codes.
func written(list []token) string {
	var out, words strings.Builder
	for _, t := range list {
		if t.code == "" {
			words.WriteString(t.text)
			continue
		}
		out.WriteString(inline.Escape(words.String()))
		words.Reset()
		out.WriteString(t.text)
	}
	out.WriteString(inline.Escape(words.String()))
	return out.String()
}

// inSentences cuts a text with its marks into sentences. What was deleted stands in the sentence before it, and counts
// for nothing: the sentences are those of the text as it is now.
func inSentences(lang string, runs []run) []sentence {
	var plain strings.Builder
	for _, r := range runs {
		if r.Op != "del" && r.Code == "" {
			plain.WriteString(r.Text)
		}
	}
	spans := segment.Sentences(lang, plain.String())
	out := []sentence{{}}
	at, next := 0, 1
	for _, r := range runs {
		if r.Op == "del" {
			out[len(out)-1].Runs = append(out[len(out)-1].Runs, r)
			continue
		}
		if r.Code != "" {
			if next < len(spans) && at == spans[next].Start && !strings.HasPrefix(r.Code, "/") {
				out = append(out, sentence{N: len(out)})
				next++
			}
			out[len(out)-1].Runs = append(out[len(out)-1].Runs, r)
			continue
		}
		text := r.Text
		for next < len(spans) && spans[next].Start < at+len(text) {
			cut := spans[next].Start - at
			if cut > 0 {
				out[len(out)-1].Runs = append(out[len(out)-1].Runs, run{r.Op, text[:cut], ""})
			}
			out = append(out, sentence{N: len(out)})
			at, text = at+cut, text[cut:]
			next++
		}
		at += len(text)
		out[len(out)-1].Runs = append(out[len(out)-1].Runs, run{r.Op, text, ""})
	}
	return out
}

// excerpt keeps of a comparison the changes and a few words on both sides, for a list of changes.
func excerpt(runs []run) []run {
	var out []run
	for i, r := range runs {
		if r.Op == "" && r.Code == "" {
			r.Text = shortened(r.Text, i == 0, i == len(runs)-1)
		}
		out = append(out, r)
	}
	return out
}

// shortened cuts the middle out of a long stretch, or its beginning or end where nothing changed there. It cuts at
// white space only.
func shortened(text string, first, last bool) string {
	const keep = 6 // words
	words := strings.Fields(text)
	if len(words) <= 2*keep+2 {
		return text
	}
	lead, trail := text[:len(text)-len(strings.TrimLeft(text, " "))], text[len(strings.TrimRight(text, " ")):]
	head, tail := strings.Join(words[:keep], " "), strings.Join(words[len(words)-keep:], " ")
	switch {
	case first && last:
		return text
	case first:
		return "… " + tail + trail
	case last:
		return lead + head + " …"
	}
	return lead + head + " … " + tail + trail
}
