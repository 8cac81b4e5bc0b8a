package rights

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"colophon/archive/segment"
)

// breakKind says what stands between a word and the one before it.
type breakKind uint8

const (
	noBreak       breakKind = iota
	softBreak               // comma, dash, bracket, quotation mark, Armenian ՝
	clauseBreak             // semicolon, colon, Armenian mid stop
	sentenceBreak           // full stop, line end
)

// word is a word, number or host name of a statement.
type word struct {
	start, end int // byte offsets
	fold       string
	host       bool
	number     bool
	quoted     bool // stands between quotation marks
	named      bool // stands in a quoted name in Cyrillic or Armenian letters: no word of the lexicons
	opens      bool // stands right behind an opening quotation mark
	capital    bool // begins with an upper-case letter
	before     breakKind
}

// splitWords cuts text into words, linear in its length. Hyphens join (re-print, гипер-ссылка, Getak-ին) and are dropped by
// the fold; addresses and host names are one word each.
func splitWords(text string) []word {
	var words []word
	brk := sentenceBreak
	quote := quotation{at: -1}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			brk = max(brk, breakOf(text, i, r, n))
			quote.mark(words, r)
			i += n
			continue
		}
		end, host := hostAt(text, i)
		if !host {
			end = wordEnd(text, i)
		}
		w := word{start: i, end: end, host: host, before: brk, capital: unicode.IsUpper(r)}
		w.fold = foldWord(text[i:end])
		if !host && strings.HasPrefix(strings.TrimLeft(text[end:min(len(text), end+4)], " \u00a0"), "%") && strings.Trim(w.fold, "0123456789.,") == "" {
			end += strings.IndexByte(text[end:], '%') + 1
			w.end = end
			w.fold += "%"
		}
		w.number = !host && strings.IndexFunc(w.fold, func(r rune) bool { return !unicode.IsDigit(r) && r != '%' && r != '.' && r != ',' }) < 0
		if w.fold != "" {
			words = append(words, w)
			brk = noBreak
		}
		i = end
	}
	return words
}

// longestName is how many words between quotation marks may be a name; more are a sentence somebody says.
const longestName = 6

// quotation follows the quotation marks of a text: at is the number of the first word behind the outermost that is open, -1
// for none; close is the mark that closes it, 0 where it is not known.
type quotation struct {
	at    int
	close rune
}

// mark takes note of a rune that is no letter: at a closing mark the words since the opening one are a name.
func (q *quotation) mark(words []word, r rune) {
	switch {
	case q.at >= 0 && q.close == '”' && (r == '«' || r == '»'): // “… «…»”
	case r == '«' || r == '„' || r == '“' && q.at < 0 || r == '"' && q.at < 0:
		q.at, q.close = len(words), map[rune]rune{'“': '”', '«': '»', '"': '"'}[r]
	case (r == '»' || r == '”' || r == '“' || r == '"') && q.at >= 0:
		if q.at < len(words) {
			words[q.at].opens = true
		}
		if len(words)-q.at <= longestName {
			named := q.at < len(words) && words[q.at].capital && !isASCIIWord(words[q.at].fold)
			for i := q.at; i < len(words); i++ {
				words[i].quoted, words[i].named = true, named
			}
		}
		q.at = -1
	}
}

func isASCIIWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '՞' || r == '՜' || r == '՛'
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' || r == '֊' || r == '\u00ad' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

// wordEnd returns the end of the word that begins at i: letters, digits and marks, with single hyphens and apostrophes
// between letters. A digit group keeps its decimal point, and its percent sign.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if isWordRune(r) {
			i += n
			continue
		}
		if (r == '.' || r == ',') && i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]) {
			i++
			continue
		}
		if isHyphen(r) || isApostrophe(r) {
			if next, _ := utf8.DecodeRuneInString(text[i+n:]); isWordRune(next) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// breakOf classifies the rune at i. Armenian text is typed with ':' for the full stop.
func breakOf(text string, i int, r rune, n int) breakKind {
	switch r {
	case '.', '!', '?', '…':
		if next, _ := utf8.DecodeRuneInString(text[i+n:]); r == '.' && (isWordRune(next) && unicode.IsLower(next) || next == ',') {
			return noBreak
		}
		return sentenceBreak
	case '©':
		if prev, _ := utf8.DecodeLastRuneInString(text[:i]); prev == '«' || prev == '“' || prev == '"' {
			return softBreak // the sign begins a wording: «© Getak»
		}
		return sentenceBreak
	case '։', '\n', '•', '|':
		return sentenceBreak
	case ':':
		if prev, _ := utf8.DecodeLastRuneInString(text[:i]); unicode.Is(unicode.Armenian, prev) {
			return sentenceBreak
		}
		return softBreak
	case ';', '․':
		return clauseBreak
	}
	if unicode.IsSpace(r) || r == '/' || isHyphen(r) && i > 0 && text[i-1] != ' ' {
		return noBreak
	}
	return softBreak
}

// hostAt recognises an address or host name that begins at i.
func hostAt(text string, i int) (end int, ok bool) {
	if i > 0 {
		if prev, _ := utf8.DecodeLastRuneInString(text[:i]); prev == '@' {
			return 0, false
		}
	}
	end = i
	scheme := false
	for _, p := range []string{"https://", "http://"} {
		if len(text)-i >= len(p) && strings.EqualFold(text[i:i+len(p)], p) {
			end, scheme = i+len(p), true
		}
	}
	const most = 253
	from, dot := end, -1
	for end < len(text) && end-from < most {
		r, n := utf8.DecodeRuneInString(text[end:])
		switch {
		case r == '.':
			next, _ := utf8.DecodeRuneInString(text[end+1:])
			if !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				goto done
			}
			dot = end
		case r == '-' && dot >= 0 && end+1 < len(text) && text[end+1] >= utf8.RuneSelf:
			goto done // Getak.am-ին
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-':
			goto done
		}
		end += n
	}
done:
	if dot < 0 || !isTopLevel(text[from:end], text[dot+1:end]) {
		return 0, false
	}
	if end < len(text) && text[end] == '/' {
		for end < len(text) && end-from < 2048 && !strings.ContainsRune(" \t\n\r\"'<>()»”,;", rune(text[end])) {
			_, n := utf8.DecodeRuneInString(text[end:])
			if strings.HasPrefix(text[end:], "»") || strings.HasPrefix(text[end:], "”") {
				break
			}
			end += n
		}
		for end > from && strings.ContainsRune(".!?:", rune(text[end-1])) {
			end--
		}
	}
	return end, scheme || end > from
}

// isTopLevel tells a host name from two sentences typed without a blank (“обязательна.При”, “required.It”).
func isTopLevel(host, tld string) bool {
	if r, _ := utf8.DecodeRuneInString(tld); unicode.IsUpper(r) && strings.ToUpper(tld) != tld {
		if h, _ := utf8.DecodeRuneInString(host); !unicode.IsUpper(h) {
			return false
		}
	}
	tld = strings.ToLower(tld)
	if tld == "example" || tld == "test" || tld == "рф" || tld == "рус" || tld == "հայ" {
		return true
	}
	for i := range len(tld) {
		if tld[i] >= utf8.RuneSelf {
			return false
		}
	}
	_, icann := publicsuffix.PublicSuffix("a." + tld)
	return icann
}

// foldWord makes spellings comparable: segment.Fold, and hyphens and apostrophes dropped (re-print, гипер-ссылка, don’t).
func foldWord(s string) string {
	s = strings.Map(func(r rune) rune {
		if isHyphen(r) || isApostrophe(r) || unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, segment.Fold("", s))
	if isASCIIWord(s) || !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Armenian, r) }) {
		return s
	}
	if rest, ok := strings.CutPrefix(s, "յ"); ok {
		s = "հ" + rest
	}
	return reformed.Replace(s)
}

// reformed brings the classical spelling of Armenian to the reformed one as far as comparing needs: յօդուած is հոդված,
// թոյլտուութիւն is թույլտվություն.
var reformed = strings.NewReplacer(
	"ուա", "վա", "ուե", "վե", "ուէ", "վե", "ուի", "վի", "ուո", "վո", "ուօ", "վո", "ուու", "վու",
	"իւ", "յու", "եա", "յա", "ոյ", "ույ", "է", "ե", "օ", "ո",
)
