package rights

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldWording prepares text for comparing fixed sentences (data/compliance §7).
func foldWording(s string) string {
	s = foldMarks(s, '"', '\'')
	return strings.TrimRight(s, ".։ ")
}

// foldMarks folds letter case, width, white space, quotation marks and dashes; double marks become double and single
// ones single, which may be a blank for both: then the blanks around dashes stay, for a dash that stands alone is no part
// of the host name beside it.
func foldMarks(s string, double, single rune) string {
	if isPlain(s) {
		return lowerASCII(s)
	}
	s = strings.ReplaceAll(s, "´", "'") // NFKC would make it a blank with an accent
	if !isNormal(s) {                   // or only by և
		s = norm.NFKC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space, dash := false, false
	for i, r := range s {
		switch {
		case r < 0x80:
			switch {
			case s[i] >= 'A' && s[i] <= 'Z':
				r += 'a' - 'A'
			case r == '"':
				r = double
			case r == '\'' || r == '`':
				r = single
			}
		case r >= 0x430 && r <= 0x45F || r >= 0x561 && r <= 0x586: // small letters of Russian and Armenian: nothing to fold
		case isDropped(r):
			continue
		case isDoubleQuote(r):
			r = double
		case isSingleQuote(r):
			r = single
		case isDash(r):
			r = '-'
		default:
			r = unicode.ToLower(r)
		}
		if r == ' ' || r < ' ' && unicode.IsSpace(r) || r >= 0x80 && unicode.IsSpace(r) {
			space = true
			continue
		}
		if space && (double == ' ' || !dash && r != '-') && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space, dash = false, r == '-'
		switch {
		case r < 0x80:
			b.WriteByte(byte(r))
		case r == 'և':
			b.WriteString("եւ") // as NFKC has it
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isNormal says, without the tables, that a text of plain Latin, Cyrillic and Armenian letters is in NFC, and
// in NFKC too but for և. False means that it has to be looked at.
func isNormal(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x80 || c == 0xD0 || c == 0xD1 || c == 0xD4 || c == 0xD5 || c >= 0x80 && c < 0xC0:
		case c == 0xD6: // Armenian up to U+058F, Hebrew after it
			if i+1 >= len(s) || s[i+1] > 0x8F {
				return false
			}
		case c == 0xC2:
			if i+1 >= len(s) || s[i+1] != 0xAB && s[i+1] != 0xBB { // « »
				return false
			}
		case c == 0xE2:
			if i+2 >= len(s) || s[i+1] != 0x80 || s[i+2] < 0x93 || s[i+2] > 0x9E || s[i+2] == 0x97 { // dashes and quotation marks
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isPlain says whether there is nothing to fold but letter case: ASCII without quotation marks, hyphens, and blanks but
// single ones.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c >= 0x7F || c == '"' || c == '\'' || c == '`' || c == '-':
			return false
		case c == ' ' && (i == 0 || s[i-1] == ' '):
			return false
		}
	}
	return true
}

func isDoubleQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '″', '‶', '❝', '❞', '〝', '〞', '〟', '＂', '⹂':
		return true
	}
	return false
}

func isSingleQuote(r rune) bool {
	switch r {
	case '\'', '‘', '’', '‚', '‛', '‹', '›', 'ʼ', 'ʹ', '′', '‵', '`', '՚', '＇', '❛', '❜', 'ʻ':
		return true
	}
	return false
}

func isDash(r rune) bool {
	switch r {
	case '-', '־', '‐', '‑', '‒', '–', '—', '―', '⁃', '−', '֊', '⸺', '⸻', '﹘', '﹣', '－':
		return true
	}
	return false
}

// nameText is a text cut into words for finding names. gap[i] is what stands before words[i].
type nameText struct {
	words []string
	gaps  []string
	text  string // folded, for finding host names
}

// foldNames folds a text for finding names: as for wordings, but quotation marks are blanks and ё is е.
func foldNames(s string) string {
	return strings.ReplaceAll(foldMarks(s, ' ', ' '), "ё", "е") // NFKC has made և եւ
}

// cutNames folds and cuts a text into words of letters, marks and digits.
func cutNames(s string) nameText { return cutFolded(foldNames(s)) }

func cutFolded(s string) nameText {
	t := nameText{text: s}
	t.words, t.gaps = make([]string, 0, len(s)/6+1), make([]string, 0, len(s)/6+1)
	start, from := -1, 0
	for i, r := range s {
		in := isAlnum(r) || r >= 0x80 && unicode.IsMark(r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			t.words, t.gaps = append(t.words, s[start:i]), append(t.gaps, s[from:start])
			start, from = -1, i
		}
	}
	if start >= 0 {
		t.words, t.gaps = append(t.words, s[start:]), append(t.gaps, s[from:start])
	}
	return t
}

// nameMatcher finds the names of one outlet or person in texts.
type nameMatcher struct {
	names  []namePattern
	hosts  []string // host names that count as the name
	person bool
}

func newOutletMatcher(names []string, home string) nameMatcher {
	m := nameMatcher{}
	for _, n := range names {
		if t := cutNames(n); len(t.words) > 0 {
			p := namePattern{gaps: t.gaps}
			for _, w := range t.words {
				p.words = append(p.words, newNameWord(w))
			}
			m.names = append(m.names, p)
		}
	}
	if a := parseAddress(home, nil, nil); a.ok && a.host != "" {
		host := strings.TrimPrefix(strings.TrimSuffix(a.host, "."), "www.")
		m.hosts = append(m.hosts, host)
		if u, err := hosts.ToUnicode(host); err == nil && u != host {
			m.hosts = append(m.hosts, cutNames(u).text)
		}
	}
	return m
}

func newPersonMatcher(names []string) nameMatcher {
	m := newOutletMatcher(names, "")
	m.person = true
	return m
}

// in says whether the text names it.
func (m *nameMatcher) in(t nameText) bool {
	for _, host := range m.hosts {
		if namesHost(t.text, host) {
			return true
		}
	}
	for i := range m.names {
		if m.find(t, &m.names[i]) {
			return true
		}
	}
	return false
}

// mayBeIn says whether a text has what every text that names it has: the host, or each word's stem, as contains finds them.
// It spares most blocks the cutting, and those in ASCII the folding.
func (m *nameMatcher) mayBeIn(text string, contains func(text, part string) bool) bool {
	for _, host := range m.hosts {
		if contains(text, host) {
			return true
		}
	}
	for i := range m.names {
		all := true
		for k := range m.names[i].words {
			all = all && m.names[i].words[k].mayBeIn(text, contains)
		}
		if all {
			return true
		}
	}
	return false
}

// containsFold says whether a text of ASCII alone, once folded, may hold a part that is folded. Of a part with a hyphen, blanks
// around which folding takes away, only what stands before it is looked for.
func containsFold(text, part string) bool {
	part, _, _ = strings.Cut(part, "-")
	if part == "" {
		return true
	}
	first := part[0]
	for i := 0; i+len(part) <= len(text); i++ {
		if c := text[i]; c != first && (c < 'A' || c > 'Z' || c+'a'-'A' != first) {
			continue
		}
		if strings.EqualFold(text[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// maxNameWords bounds the names compared: a longer one is no name.
const maxNameWords = 16

func (m *nameMatcher) find(t nameText, name *namePattern) bool {
	n := len(name.words)
	if n > maxNameWords {
		return false
	}
	for at := 0; at+n <= len(t.words); at++ {
		if m.person {
			if matchSet(t.words[at:at+n], name.words, 0) && m.together(t, name, at) {
				return true
			}
			continue
		}
		all := true
		for k := 0; k < n && all; k++ {
			all = name.words[k].matches(t.words[at+k])
		}
		if all && m.together(t, name, at) {
			return true
		}
	}
	return false
}

// together says whether only what may divide a name stands between the words: blanks, hyphens, a comma between the names
// of a person, and what divides the words of the name itself (as in "168.am").
func (m *nameMatcher) together(t nameText, name *namePattern, at int) bool {
	allowed := " -"
	if m.person {
		allowed += ","
	}
	for k := 1; k < len(name.words); k++ {
		gap := t.gaps[at+k]
		if strings.Trim(gap, allowed) != "" && gap != name.gaps[k] {
			return false
		}
	}
	return true
}

// matchSet says whether the words can be paired with those of the name, in any order. used is a set of name words.
func matchSet(words []string, name []nameWord, used uint32) bool {
	if len(words) == 0 {
		return true
	}
	for k := range name {
		if used&(1<<k) != 0 || !name[k].matches(words[0]) {
			continue
		}
		if matchSet(words[1:], name, used|1<<k) {
			return true
		}
		if len(name) > 8 {
			return false // no trying around with long lists of like words
		}
	}
	return false
}

// namePattern is a name cut into words.
type namePattern struct {
	words []nameWord
	gaps  []string
}

// nameWord is a word of a name with what it may look like on a page: itself, or a stem with one of the endings of its
// language.
type nameWord struct {
	word    string
	stems   []string
	endings map[string]bool
	least   int // letters a form must have
}

var (
	cyrillicEndings = setOf("а я у ю е о и ы ь й ой ей ою ею ом ем ам ям ах ях ами ями ов ев ий ый ая яя ое ее ие ые ого его ому ему ым им ую " +
		"юю ых их ыми ими ью")
	adjectiveEndings = setOf("ая яя ий ый ой ое ее ие ые")
	armenianEndings  = setOf("ը ն ի ին ից ով ում ս դ ու ուն ուց ներ ները ների ներին եր երը երի երին")
)

const armenianVowels = "աեէըիոօ"

func setOf(words string) map[string]bool {
	set := map[string]bool{"": true}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func newNameWord(word string) nameWord {
	w := nameWord{word: word}
	letters := []rune(word)
	n := len(letters)
	switch {
	case allIn(word, unicode.Cyrillic):
		switch {
		case n > 4 && adjectiveEndings[string(letters[n-2:])]:
			n -= 2
		case strings.ContainsRune("аеиоуыэюяьй", letters[n-1]):
			n--
		}
		if n >= 3 {
			w.stems, w.endings = []string{string(letters[:n])}, cyrillicEndings
		}
	case allIn(word, unicode.Armenian) && n >= 3:
		w.stems, w.endings, w.least = []string{word}, armenianEndings, 3
		if short := withoutLastVowel(letters); short != word {
			w.stems = append(w.stems, short)
		}
	}
	return w
}

// matches says whether a word of the page is the word of the name.
func (w *nameWord) matches(page string) bool {
	if page == w.word {
		return true
	}
	for _, stem := range w.stems {
		if ending, ok := strings.CutPrefix(page, stem); ok && w.endings[ending] {
			return utf8.RuneCountInString(page) >= w.least
		}
	}
	return false
}

// mayBeIn says whether the word or the stem of one of its forms stands anywhere in a text.
func (w *nameWord) mayBeIn(text string, contains func(text, part string) bool) bool {
	if len(w.stems) == 0 {
		return contains(text, w.word)
	}
	return slices.ContainsFunc(w.stems, func(stem string) bool { return contains(text, stem) })
}

func allIn(s string, script *unicode.RangeTable) bool {
	for _, r := range s {
		if !unicode.Is(script, r) {
			return false
		}
	}
	return s != ""
}

// withoutLastVowel drops the ի or ու of the last syllable where a consonant follows: գիր, գրի.
func withoutLastVowel(letters []rune) string {
	for i, r := range slices.Backward(letters) {

		if !strings.ContainsRune(armenianVowels, r) {
			continue
		}
		width := 1
		if r == 'ո' && i+1 < len(letters) && letters[i+1] == 'ւ' {
			width = 2
		}
		if i+width < len(letters) && (r == 'ի' || width == 2) {
			return string(letters[:i]) + string(letters[i+width:])
		}
		break
	}
	return string(letters)
}

// namesHost says whether a host name stands in the text whole, with or without www.
func namesHost(text, host string) bool {
	if host == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], host)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(host)
		before := strings.TrimSuffix(text[:start], "www.")
		after := text[end:]
		if !endsInHost(before) && !beginsLikeHost(after) {
			return true
		}
		from = start + 1
	}
}

func endsInHost(s string) bool {
	r := lastRune(s)
	return r == '.' || r == '-' || r == '_' || r == '@' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func lastRune(s string) rune {
	last := rune(0)
	for i := len(s) - 1; i >= 0 && i >= len(s)-4; i-- {
		if s[i] < 0x80 || s[i] >= 0xC0 {
			for _, r := range s[i:] {
				last = r
				break
			}
			break
		}
	}
	return last
}

func beginsLikeHost(s string) bool {
	if s != "" && s[0] == '.' {
		s = s[1:]
	}
	for _, r := range s {
		return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
	}
	return false
}
