package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far the scanner looks around a mark. Longer tokens are no abbreviation, and a bound keeps the time linear.
const (
	lookBack    = 48 // bytes of one token before the mark
	lookAhead   = 48 // bytes of one token after it
	openersSeen = 8  // quotes, brackets and dashes before the next word
)

// candidate is a place where a sentence may end, described for the rules.
type candidate struct {
	mark   string // the marks as typed: ".", "?!", "…", "։"; "" at a line break without any
	word   string // the token right before the marks: letters, digits, inner dots, hyphens
	before string // the token before word, with its dot if it has one: "т." of "т. д."
	first  bool   // word is the first of its sentence
	glued  bool   // where there are no marks: a comma, a dash or the like stands between word and the white space
	sure   bool   // the mark stands after a closing quote or bracket, so it belongs to no abbreviation

	quote  bool // a closing quote follows the marks
	inside bool // the marks stand inside a bracket that was opened in mid-sentence and closes here

	lines int // line breaks in the white space: 0, 1, or 2 for an empty line or more

	dash    bool   // the next word comes after a dash
	opener  bool   // the next word comes after an opening quote or bracket
	bullet  bool   // what follows looks like the start of a list item
	next    string // the token that follows; "" at the end of the text or where a symbol follows
	nextDot bool   // that token ends in a dot
	after   class  // what the token after that one starts with, if white space alone is between
	class   class  // what that token starts with
}

// class is what the text after a candidate starts with.
type class int

const (
	nothing  class = iota // the end of the text
	lower                 // a lower-case letter, except in words such as iPhone
	upper                 // an upper-case letter
	caseless              // a letter of a script without case
	digit
	stop   // another mark: it will be a candidate itself
	symbol // anything else
)

const (
	closing    = "\"'”’»›)]}“՚″"
	onlyCloses = "”»›)]}"
	opening    = "\"'“‘«„‚‹([{¿¡ՙ`"
	quoting    = "\"'”’»›“՚″"
	dashes     = "-–—―‒−"
	bullets    = "•‣▪●◦■□–—―-*·"
)

// scan is the one pass over the text.
func scan(p *profile, text string) []Span {
	var spans []Span
	start := skipSpace(text, 0)
	bracket := -1   // the last bracket opened and not closed in this sentence
	heading := true // the sentence starts the text or a paragraph, and may be a headline
	quotes := 0     // quotes opened and not closed in it
	split := func(end, next, lines int) {
		spans = append(spans, Span{start, end})
		start, bracket, heading, quotes = next, -1, lines > 1, 0
	}
	for i := start; i < len(text); {
		r, n := runeAt(text, i)
		switch {
		case plainLetter(r):
			i += n
		case p.marks(r):
			c, end, next, ok := describe(p, text, start, i, bracket)
			if !ok {
				i = end
				continue
			}
			if next >= len(text) || p.breaks(&c) {
				split(end, next, c.lines)
			} else {
				heading = heading && c.dotted()
				if c.inside {
					bracket = -1
				}
			}
			i = next
		case unicode.IsSpace(r):
			next := skipSpace(text, i)
			lines := lineBreaks(text[i:next])
			if (lines > 0 || heading && quotes == 0 && bracket < 0) && next < len(text) {
				c := candidate{lines: lines}
				c.word, c.before, c.first = wordsBefore(text, start, i)
				c.glued = c.word == "" || !strings.HasSuffix(text[start:i], c.word)
				describeNext(&c, p, text, next)
				if p.breaks(&c) {
					split(i, next, lines)
				}
			}
			i = next
		default:
			switch r {
			case '(', '[':
				bracket = i
			case ')', ']':
				bracket = -1
			case '«', '“', '„':
				quotes++
			case '»', '”':
				quotes = max(0, quotes-1)
			case '"':
				quotes ^= 1
			}
			i += n
		}
	}
	return appendTrimmed(spans, text, start, len(text))
}

// plainLetter tells most letters of our languages quickly.
func plainLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || 'Ѐ' <= r && r <= 'ԯ' || 'Ա' <= r && r <= 'Ֆ' || 'ա' <= r && r <= 'և'
}

// describe reads the candidate whose first mark stands at i. It returns where the sentence would end and where the
// next would start; ok is false where none can end, as inside numbers and addresses: then end is where to go on.
func describe(p *profile, text string, start, i, bracket int) (c candidate, end, next int, ok bool) {
	end = endOfMarks(p, text, i)
	c.mark = text[i:end]
	c.word, c.before, c.first = wordsBefore(text, start, i)

	for { // closing quotes and brackets, and marks after them: ?». )."
		r, n := runeAt(text, end)
		switch {
		case n == 0:
		case strings.ContainsRune(closing, r) && r != utf8.RuneError:
			c.quote = c.quote || strings.ContainsRune(quoting, r)
			if r == ')' || r == ']' {
				c.inside = bracket > start
			}
			end += n
			continue
		case p.marks(r): // the last mark decides, as in (really?).
			c.mark, c.inside, c.sure = text[end:end+n], false, true
			end += n
			continue
		case invisible(r):
			end += n
			continue
		case r == '[' || strings.ContainsRune(superscripts, r):
			if n := footnote(text[end:]); n > 0 {
				end += n
				continue
			}
		}
		break
	}
	next = skipSpace(text, end)
	if n := strayCloser(text, next); next > end && n > 0 { // a closing quote set off by a space
		end = next + n
		next = skipSpace(text, end)
		c.quote = true
	}
	if next == end && next < len(text) && !glued(text, i, end) {
		return c, end, end, false
	}
	c.lines = lineBreaks(text[end:next])
	describeNext(&c, p, text, next)
	return c, end, next, true
}

// glued tells whether an Armenian sentence starts right after the full stop, the space forgotten: եկավ։Նա.
func glued(text string, i, end int) bool {
	r, _ := runeBefore(text, end)
	if r != '։' || end-i != len("։") {
		return false
	}
	before, _ := runeBefore(text, i)
	after, _ := runeAt(text, end)
	return unicode.Is(unicode.Armenian, before) && unicode.Is(unicode.Armenian, after) && unicode.IsUpper(after)
}

// endOfMarks passes a run of marks, and the spaced ellipsis ". . .".
func endOfMarks(p *profile, text string, i int) int {
	for i < len(text) {
		r, n := runeAt(text, i)
		if !p.marks(r) {
			break
		}
		i += n
		for r == '.' && strings.HasPrefix(text[i:], " .") {
			i += len(" .")
		}
	}
	return i
}

// describeNext fills what the candidate says about the text that follows, from its first byte that is not a space.
func describeNext(c *candidate, p *profile, text string, at int) {
	c.bullet = bulleted(text[at:])
	for range openersSeen {
		r, n := runeAt(text, at)
		switch {
		case n == 0:
			c.class = nothing
			return
		case strings.ContainsRune(dashes, r):
			after, _ := runeAt(text, at+n)
			if unicode.IsDigit(after) { // a minus sign
				c.class = digit
				return
			}
			c.dash = true
		case strings.ContainsRune(opening, r) && r != utf8.RuneError:
			c.opener = true
		case invisible(r):
		default:
			describeToken(c, p, text, at)
			return
		}
		at = skipFewSpaces(text, at+n)
	}
	c.class = symbol
}

func describeToken(c *candidate, p *profile, text string, at int) {
	end := at
	for end < len(text) && end-at < lookAhead {
		r, n := runeAt(text, end)
		if !tokenRune(r) {
			break
		}
		end += n
	}
	token := text[at:end]
	c.next = strings.TrimRight(token, ".․")
	c.nextDot = len(c.next) < len(token)
	r, _ := runeAt(text, at)
	c.class = classOf(p, r)
	if c.class == lower && camel(c.next) {
		c.class = upper
	}
	if third := skipFewSpaces(text, end); third > end && third < len(text) {
		r, _ := runeAt(text, third)
		c.after = classOf(p, r)
	}
}

func classOf(p *profile, r rune) class {
	switch {
	case unicode.IsLower(r):
		return lower
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r):
		return caseless
	case unicode.IsDigit(r):
		return digit
	case p.marks(r):
		return stop
	}
	return symbol
}

// camel tells words that start with one or two small letters before a capital, as iPhone, eBay, pH, mRNA.
func camel(word string) bool {
	for i, r := range word {
		if unicode.IsUpper(r) {
			return true
		}
		if i > 1 || !unicode.IsLower(r) {
			return false
		}
	}
	return false
}

// wordsBefore returns the token that ends at i (white space between is passed over), the one before it, and whether
// the token is the first of the sentence that starts at start.
func wordsBefore(text string, start, i int) (word, before string, first bool) {
	end := trimmedBefore(text, start, i)
	at := tokenStart(text, start, end)
	word = strings.TrimLeft(text[at:end], ".․-'’")
	rest := trimmedBefore(text, start, at)
	first = strings.TrimFunc(text[max(start, at-8):at], opensText) == "" && at-start <= 8
	return word, text[tokenStart(text, start, rest):rest], first
}

// opensText says whether r may stand before the first word of a text: a quote, a bracket, a dash, a bullet or a space.
func opensText(r rune) bool {
	return strings.ContainsRune(opening+dashes+bullets+" \u00a0\n\t", r)
}
