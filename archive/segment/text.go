package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeAt and runeBefore decode one rune; at the ends of the text they return utf8.RuneError and 0.
func runeAt(text string, i int) (rune, int)     { return utf8.DecodeRuneInString(text[i:]) }
func runeBefore(text string, i int) (rune, int) { return utf8.DecodeLastRuneInString(text[:i]) }

// trimmedBefore moves back over a few spaces.
func trimmedBefore(text string, start, i int) int {
	for range 4 {
		r, n := runeBefore(text[start:i], i-start)
		if n == 0 || !unicode.IsSpace(r) && !invisible(r) {
			break
		}
		i -= n
	}
	return i
}

func tokenStart(text string, start, end int) int {
	at := end
	for at > start && end-at < lookBack {
		r, n := runeBefore(text, at)
		if !tokenRune(r) || at-n < start {
			break
		}
		at -= n
	}
	return at
}

// tokenRune tells what tokens are made of: letters, digits, marks inside Armenian words, dots, hyphens, apostrophes.
func tokenRune(r rune) bool {
	return unicode.IsLetter(r) && r != 'ՙ' || unicode.IsDigit(r) || unicode.Is(unicode.M, r) ||
		strings.ContainsRune(".․-'’՞՜՛&", r)
}

func skipSpace(text string, i int) int {
	for i < len(text) {
		r, n := runeAt(text, i)
		if !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

func skipFewSpaces(text string, i int) int {
	for range 4 {
		r, n := runeAt(text, i)
		if !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// lineBreaks counts the line breaks in white space up to 2; a paragraph separator counts as 2.
func lineBreaks(space string) int {
	lines := 0
	for i, r := range space {
		switch r {
		case '\n':
			if i == 0 || space[i-1] != '\r' {
				lines++
			}
		case '\r', '\v', '\f', '\u0085', '\u2028':
			lines++
		case '\u2029':
			lines += 2
		}
		if lines >= 2 {
			return 2
		}
	}
	return lines
}

// bulleted tells whether text starts as a list item does: a bullet and a space, or a short number and ")" or ".".
func bulleted(text string) bool {
	r, n := runeAt(text, 0)
	if n > 0 && strings.ContainsRune(bullets, r) {
		after, _ := runeAt(text, n)
		return unicode.IsSpace(after)
	}
	digits := 0
	for digits < len(text) && digits < 3 && text[digits] >= '0' && text[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits+1 >= len(text) || text[digits] != '.' && text[digits] != ')' {
		return false
	}
	after, _ := runeAt(text, digits+1)
	return unicode.IsSpace(after)
}

// strayCloser returns the length of a closing quote or bracket that stands alone before white space or the end.
func strayCloser(text string, i int) int {
	r, n := runeAt(text, i)
	if n == 0 || r == utf8.RuneError || !strings.ContainsRune(onlyCloses, r) {
		return 0
	}
	after, m := runeAt(text, i+n)
	if m == 0 || unicode.IsSpace(after) {
		return n
	}
	return 0
}

const superscripts = "¹²³⁰⁴⁵⁶⁷⁸⁹"

// footnote returns the length of a reference such as [12] or ² at the start of text, 0 for none.
func footnote(text string) int {
	r, n := runeAt(text, 0)
	if r != '[' {
		return n
	}
	i := 1
	for i < len(text) && i <= 4 && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	if i > 1 && i < len(text) && text[i] == ']' {
		return i + 1
	}
	return 0
}

// invisible tells characters that stand in text without showing: zero-width spaces and joiners, direction marks.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return false
}
