// Package typeset puts the spaces and hyphens that must not break into a text on its way to a page, as the typography of
// its language wants them. They are never stored: search, memory and comparisons see plain text.
//
// The package is pure: strings in, strings out.
package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	space  = '\u00a0' // no-break space
	hyphen = '\u2011' // no-break hyphen
)

// Text sets plain text. Setting what is set changes nothing.
func Text(lang, text string) string {
	rules, ok := languages[lang]
	if !ok || text == "" {
		return text
	}
	return set(rules, text)
}

// HTML sets the text of an HTML fragment and leaves its tags alone. The fragment must be well-formed, as the sanitiser
// makes it: a < or > that is no tag is written as a reference.
func HTML(lang, fragment string) string {
	rules, ok := languages[lang]
	if !ok || fragment == "" {
		return fragment
	}
	var b strings.Builder
	b.Grow(len(fragment) + 16)
	for fragment != "" {
		open := strings.IndexByte(fragment, '<')
		if open < 0 {
			open = len(fragment)
		}
		b.WriteString(set(rules, fragment[:open]))
		fragment = fragment[open:]
		end := strings.IndexByte(fragment, '>')
		if end < 0 {
			b.WriteString(fragment)
			break
		}
		b.WriteString(fragment[:end+1])
		fragment = fragment[end+1:]
	}
	return b.String()
}

// language is what a language does not break.
type language struct {
	clinging map[string]bool // words that go with the next one
	after    map[string]bool // words that go with the number before them: months and units
	before   map[string]bool // words that go with the number after them: months, №
	dash     bool            // a dash goes with the word before it
	particle map[string]bool // parts of words before or after a hyphen: по-, -то
	suffix   bool            // a hyphen between a digit or a closing quote and letters belongs to the word
}

func listed(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

var languages = map[string]language{
	"en": {
		after: listed("January February March April May June July August September October November December " +
			"km m cm mm kg g t h min s km² m² ha °C a.m. p.m. million billion"),
		before: listed("No. Nos. p. pp. Fig. January February March April May June July August September October November December"),
	},
	"ru": {
		clinging: listed("в к с о у и а на не я во ко со об от до за из по"),
		after: listed("января февраля марта апреля мая июня июля августа сентября октября ноября декабря " +
			"км м см мм кг г т ч мин с га км² м² °C руб. тыс. млн млрд год года году годом лет век века г. гг. в. вв. %"),
		before:   listed("№ стр. с. гл. рис. п."),
		dash:     true,
		particle: listed("по кое из то либо нибудь ка таки"),
	},
	"hy": {
		after: listed("հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի " +
			"կմ մ սմ մմ կգ գ տ ժ րոպե հա °C դրամ հազար մլն մլրդ թ. թթ. թվականի թվականին տոննա մետր տոկոս"),
		before: listed("հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի թիվ № էջ"),
		dash:   true,
		suffix: true,
	},
}

// set sets one run of text. It looks at each space and hyphen with the words on both sides, so its time is linear in the
// length of the text: words that are longer than maxWord are no word of any list.
func set(l language, text string) string {
	if !strings.ContainsAny(text, " -") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' && l.binds(text, i):
			b.WriteRune(space)
		case c == '-' && l.joins(text, i):
			b.WriteRune(hyphen)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// binds says whether the space at i must not break.
func (l language) binds(text string, i int) bool {
	next, _ := utf8.DecodeRuneInString(text[i+1:])
	if l.dash && (next == '—' || next == '–') {
		return true
	}
	before, after := wordBefore(text, i), wordAfter(text, i+1)
	if before == "" || after == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	switch {
	case unicode.IsDigit(last) && l.after[trimmed(after, l.after)]:
		return true
	case unicode.IsDigit(first) && l.before[before]:
		return !l.after[before] || !isYear(after) // a month goes with its day and not with its year
	}
	return l.clinging[strings.ToLower(before)]
}

// isYear says whether a word begins with four digits.
func isYear(word string) bool {
	return len(word) >= 4 && strings.Trim(word[:4], "0123456789") == ""
}

// joins says whether the hyphen at i must not break.
func (l language) joins(text string, i int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:i])
	first, _ := utf8.DecodeRuneInString(text[i+1:])
	if !unicode.IsLetter(first) {
		return false
	}
	if l.suffix && (unicode.IsDigit(last) || last == '»' || last == '”') {
		return true
	}
	if l.particle == nil || !unicode.IsLetter(last) {
		return false
	}
	return l.particle[strings.ToLower(letters(wordAfter(text, i+1)))] || l.particle[strings.ToLower(letters(wordBefore(text, i)))]
}

// trimmed is a word less the punctuation after it, unless the word is listed with it.
func trimmed(word string, list map[string]bool) string {
	if list[word] {
		return word
	}
	return strings.TrimRightFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' && r != '²' })
}

// letters are the letters a word begins with, less opening marks.
func letters(word string) string {
	word = strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		return word[:end]
	}
	return word
}

// maxWord is the longest word looked at, in bytes.
const maxWord = 48

// wordBefore is the word that ends at i, less opening brackets and quotes.
func wordBefore(text string, i int) string {
	start := i
	for start > 0 && i-start < maxWord {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if unicode.IsSpace(r) || r == ';' || r == hyphen || r == '-' { // ; ends a character reference
			break
		}
		start -= n
	}
	return strings.TrimLeft(text[start:i], "([«„“\"'")
}

// wordAfter is the word that starts at i.
func wordAfter(text string, i int) string {
	end := i
	for end < len(text) && end-i < maxWord {
		r, n := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) || r == '-' || r == '&' {
			break
		}
		end += n
	}
	return text[i:end]
}
