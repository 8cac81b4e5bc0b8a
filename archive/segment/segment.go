// Package segment cuts text where its readers would: into sentences, and into words folded for comparing.
//
// Sentences are what the translation memory keeps and the checks read; words are what search and the glossary look
// up. Both depend on the language. No public rule set knows Armenian, whose full stop is ։ and is typed as an ASCII
// colon four times in five, and whose question mark stands inside the word.
//
// How a sentence ends is a list of rules a linguist can read (rules.go), over tables of abbreviations (english.go,
// russian.go, armenian.go); srx.go writes them out for other tools. The scanner (candidate.go) finds places where a
// sentence may end: a mark or a line break, then white space. It describes each as a candidate, and the first rule that
// knows the candidate decides, as in SRX 2.0. Other languages than en, ru and hy get the boundaries of UAX #29.
//
// A break only ever falls at white space, or after the full stop of a script that needs none: Armenian, Chinese. So no
// word, number or address is cut, and the spans with the white space between them always give the text back, byte for
// byte, valid UTF-8 or not. Looking back and ahead is bounded, so the time is linear in the length of the text.
//
// The package is pure: it knows no storage, clock or network, and its tables never change.
package segment

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Span is a part of a text: byte offsets, Start included, End not.
type Span struct{ Start, End int }

// Sentences returns the sentences of a text in a language (a BCP 47 tag; only its first subtag counts).
//
// Spans are never empty, stand in order, carry no white space at either end, and together hold every byte of the
// text that is not white space.
func Sentences(lang, text string) []Span {
	p := profileOf(lang)
	if p == nil {
		return unicodeSentences(text)
	}
	return scan(p, text)
}

// Split is Sentences as strings.
func Split(lang, text string) []string {
	spans := Sentences(lang, text)
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = text[s.Start:s.End]
	}
	return parts
}

// unicodeSentences are the sentences of UAX #29, without the white space around them. Where its boundary has no white
// space beside it, only the full-width marks of scripts written without spaces end a sentence: a ? in an address does not.
func unicodeSentences(text string) []Span {
	var spans []Span
	start, at := 0, 0
	for it := sentences.FromString(text); it.Next(); {
		at += len(it.Value())
		if endsSentence(text, at) {
			spans = appendTrimmed(spans, text, start, at)
			start = at
		}
	}
	return appendTrimmed(spans, text, start, len(text))
}

func endsSentence(text string, at int) bool {
	before, n := runeBefore(text, at)
	after, m := runeAt(text, at)
	if n == 0 || m == 0 || unicode.IsSpace(before) || unicode.IsSpace(after) {
		return true
	}
	for i := at; i > at-lookBack; i -= n {
		if strings.ContainsRune("。！？｡", before) {
			return true
		}
		if !unicode.In(before, unicode.Pe, unicode.Pf) {
			return false
		}
		if before, n = runeBefore(text, i-n); n == 0 {
			return false
		}
	}
	return false
}

// appendTrimmed adds text[start:end] less the white space around it, if anything is left.
func appendTrimmed(spans []Span, text string, start, end int) []Span {
	part := text[start:end]
	start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	part = strings.TrimSpace(part)
	if part == "" {
		return spans
	}
	return append(spans, Span{Start: start, End: start + len(part)})
}

// base is the first subtag of a language tag, in lower case: "hy" of "hy-AM".
func base(lang string) string {
	if i := strings.IndexAny(lang, "-_"); i >= 0 {
		lang = lang[:i]
	}
	return strings.ToLower(lang)
}

// profileOf returns the rules of a language, nil where we have none of our own.
func profileOf(lang string) *profile {
	switch base(lang) {
	case "en", "eng":
		return &english
	case "ru", "rus":
		return &russian
	case "hy", "hye", "arm", "hyw":
		return &armenian
	}
	return nil
}
