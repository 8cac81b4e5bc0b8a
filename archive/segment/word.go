package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text: where it stands, as typed, and folded for comparing.
type Word struct {
	Span
	Text, Folded string
}

// Words returns the words and numbers of a text by UAX #29, which keeps Armenian words whole: Ի՞նչ is one word.
// White space, punctuation and symbols are left out, and so is what folds to nothing.
func Words(lang, text string) []Word {
	var found []Word
	for start := 0; start < len(text); {
		end := validUntil(text, start)
		if end == start { // a byte that is no UTF-8 stands between words
			start++
			continue
		}
		found = appendWords(found, lang, text[:end], start)
		start = end
	}
	return found
}

// validUntil returns where the valid UTF-8 that starts at start ends.
func validUntil(text string, start int) int {
	for i := start; i < len(text); {
		r, n := runeAt(text, i)
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

func appendWords(found []Word, lang, text string, at int) []Word {
	for it := words.FromString(text[at:]); it.Next(); {
		start := at
		at += len(it.Value())
		for start < at {
			end := narrowSpace(text, start, at)
			token := text[start:end]
			if strings.ContainsFunc(token, isWordRune) {
				if folded := Fold(lang, token); folded != "" {
					found = append(found, Word{Span{start, end}, token, folded})
				}
			}
			start = end
			if strings.HasPrefix(text[start:at], narrow) {
				start += len(narrow)
			}
		}
	}
	return found
}

// narrow is the narrow no-break space, which UAX #29 counts to the word: right in 1 234, wrong in 10 km.
const narrow = "\u202f"

// narrowSpace returns where the word that starts at start ends: at a narrow space that is not between digits, or at end.
func narrowSpace(text string, start, end int) int {
	for i := start; ; {
		n := strings.Index(text[i:end], narrow)
		if n < 0 {
			return end
		}
		i += n
		before, _ := runeBefore(text, i)
		after, _ := runeAt(text[:end], i+len(narrow))
		if i == start || !unicode.IsDigit(before) || !unicode.IsDigit(after) {
			return i
		}
		i += len(narrow)
	}
}

// Fold returns the key under which two texts compare equal when they differ only in form: letter case, Unicode
// composition, և or եվ or եւ, ё or е, the marks ՞ ՜ ՛ inside Armenian words, soft hyphens and other invisible
// characters, kinds of quotes, dashes, dots and white space, and in Armenian the colon typed for the full stop.
// Folding a folded text changes nothing. Bytes that are no UTF-8 become U+FFFD.
func Fold(lang, text string) string {
	code := base(lang)
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range norm.NFC.String(dropInvisible(text)) {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if s := foldings[r]; s != "" {
			b.WriteString(s)
			continue
		}
		if r == ':' && profileOf(code) == &armenian {
			r = '։'
		}
		b.WriteRune(lowerRune(code, r))
	}
	folded := strings.ReplaceAll(b.String(), "եվ", "եւ")
	if !norm.NFC.IsNormalString(folded) {
		folded = norm.NFC.String(folded)
	}
	return folded
}

// FoldNumbers replaces every number of a folded text by "0", so that texts that differ only in numbers compare equal.
// Separators between digits belong to the number: 1,234.5 and 1 234 are one each.
func FoldNumbers(folded string) string {
	var b strings.Builder
	b.Grow(len(folded))
	runes := []rune(folded)
	for i := 0; i < len(runes); i++ {
		if !unicode.IsDigit(runes[i]) {
			b.WriteRune(runes[i])
			continue
		}
		b.WriteByte('0')
		for i+1 < len(runes) && (unicode.IsDigit(runes[i+1]) ||
			i+2 < len(runes) && strings.ContainsRune(".,:' ", runes[i+1]) && unicode.IsDigit(runes[i+2])) {
			i++
		}
	}
	return b.String()
}

// Tokens returns the stems of a text for full-text search, in order. Both the index and the query use it, so the
// database only ever sees tokens: letters, digits and the marks that belong to them. Ideographs and kana, written
// without spaces, are tokens one by one.
func Tokens(lang, text string) []string {
	folded := Fold(lang, text)
	var tokens []string
	start := -1
	flush := func(end int) {
		if start >= 0 {
			tokens = append(tokens, Stem(lang, folded[start:end]))
			start = -1
		}
	}
	for i, r := range folded {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			flush(i)
			tokens = append(tokens, string(r))
		case isWordRune(r), start >= 0 && unicode.Is(unicode.M, r):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(folded))
	return tokens
}

// Upper returns the text in capitals. Armenian և becomes ԵՎ, as modern spelling wants, and not ԵՒ.
func Upper(lang, text string) string {
	switch base(lang) {
	case "tr", "az":
		return strings.ToUpperSpecial(unicode.TurkishCase, text)
	}
	return strings.ToUpper(strings.ReplaceAll(text, "և", "եվ"))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func lowerRune(code string, r rune) rune {
	if code == "tr" || code == "az" {
		return unicode.TurkishCase.ToLower(r)
	}
	return unicode.ToLower(r)
}

// foldings are the characters that fold to others. Both cases stand here where both exist.
var foldings = foldingTable(
	"և", "եւ", "ё", "е", "Ё", "е", "ς", "σ",
	"“”„‟«»″〞", `"`, "‘’‚‛‹›′´`ʼʻ՚", "'",
	"‐‑‒–—―−֊﹘－", "-", "․", ".", "…", "...",
)

func foldingTable(pairs ...string) map[rune]string {
	table := map[rune]string{}
	for i := 0; i < len(pairs); i += 2 {
		for _, r := range pairs[i] {
			table[r] = pairs[i+1]
		}
	}
	return table
}

// dropInvisible removes what does not count in comparing: the marks inside Armenian words, and characters that do
// not show.
func dropInvisible(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '՛', '՜', '՞', '՟', 'ՙ':
			return -1
		case utf8.RuneError:
			return r
		}
		if invisible(r) {
			return -1
		}
		return r
	}, text)
}
