package rights

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldWording prepares text for comparing fixed sentences (data/compliance §7).
func foldWording(s string) string {
	s = foldMarks(s, '"', '\'')
	return strings.TrimRight(s, ".։ ")
}

// foldMarks folds letter case, width, white space, quotation marks and dashes; double marks become double and single
// ones single, which may be a blank for both.
func foldMarks(s string, double, single rune) string {
	if isPlain(s) {
		return lowerASCII(s)
	}
	s = strings.ReplaceAll(s, "´", "'") // NFKC would make it a blank with an accent
	s = norm.NFKC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	space, dash := false, false
	for _, r := range s {
		switch {
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
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space && !dash && r != '-' && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space, dash = false, r == '-'
		b.WriteRune(r)
	}
	return b.String()
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

// cutNames folds and cuts a text into words of letters, marks and digits.
func cutNames(s string) nameText {
	s = strings.ReplaceAll(foldMarks(s, ' ', ' '), "ё", "е") // NFKC has made և եւ
	t := nameText{text: s}
	t.words, t.gaps = make([]string, 0, len(s)/6+1), make([]string, 0, len(s)/6+1)
	start, from := -1, 0
	for i, r := range s {
		in := r < 0x80 && isASCIIAlnum(byte(r)) || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r))
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
	names  []nameText
	hosts  []string // host names that count as the name
	person bool
}

func newOutletMatcher(names []string, home string) nameMatcher {
	m := nameMatcher{}
	for _, n := range names {
		if t := cutNames(n); len(t.words) > 0 {
			m.names = append(m.names, t)
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

// maxNameWords bounds the names compared: a longer one is no name.
const maxNameWords = 16

func (m *nameMatcher) find(t nameText, name *nameText) bool {
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
			all = sameWord(t.words[at+k], name.words[k])
		}
		if all && m.together(t, name, at) {
			return true
		}
	}
	return false
}

// together says whether only what may divide a name stands between the words: blanks, hyphens, a comma between the names
// of a person, and what divides the words of the name itself (as in "168.am").
func (m *nameMatcher) together(t nameText, name *nameText, at int) bool {
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
func matchSet(words, name []string, used uint32) bool {
	if len(words) == 0 {
		return true
	}
	for k, want := range name {
		if used&(1<<k) != 0 || !sameWord(words[0], want) {
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

// sameWord says whether a word of the page is a word of the name, endings of Russian and Armenian allowed.
func sameWord(page, name string) bool {
	if page == name {
		return true
	}
	switch {
	case allIn(name, unicode.Cyrillic):
		return cyrillicForm(page, name)
	case allIn(name, unicode.Armenian):
		return armenianForm(page, name)
	}
	return false
}

func allIn(s string, script *unicode.RangeTable) bool {
	for _, r := range s {
		if !unicode.Is(script, r) {
			return false
		}
	}
	return s != ""
}

const (
	cyrillicEndings = " а я у ю е о и ы ь й ой ей ою ею ом ем ам ям ах ях ами ями ов ев ий ый ая яя ое ее ие ые ого его ому ему ым им ую юю ых их " +
		"ыми ими ью "
	adjectiveEndings = " ая яя ий ый ой ое ее ие ые "
	armenianEndings  = " ը ն ի ին ից ով ում ս դ ու ուն ուց ներ ները ների ներին եր երը երի երին "
	armenianVowels   = "աեէըիոօ"
)

func cyrillicForm(page, name string) bool {
	letters := []rune(name)
	n := len(letters)
	switch {
	case n > 4 && strings.Contains(adjectiveEndings, " "+string(letters[n-2:])+" "):
		n -= 2
	case strings.ContainsRune("аеиоуыэюяьй", letters[n-1]):
		n--
	}
	if n < 3 {
		return false
	}
	ending, ok := strings.CutPrefix(page, string(letters[:n]))
	return ok && (ending == "" || strings.Contains(cyrillicEndings, " "+ending+" "))
}

func armenianForm(page, name string) bool {
	letters := []rune(name)
	if len(letters) < 3 || len([]rune(page)) < 3 {
		return false
	}
	ends := func(stem string) bool {
		ending, ok := strings.CutPrefix(page, stem)
		return ok && (ending == "" || strings.Contains(armenianEndings, " "+ending+" "))
	}
	return ends(name) || ends(withoutLastVowel(letters))
}

// withoutLastVowel drops the ի or ու of the last syllable where a consonant follows: գիր, գրի.
func withoutLastVowel(letters []rune) string {
	for i := len(letters) - 1; i >= 0; i-- {
		r := letters[i]
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
