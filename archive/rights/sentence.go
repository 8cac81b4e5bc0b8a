package rights

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortWords are words after which a full stop ends no sentence (data/compliance §8). Single letters are others. After
// other stops they hold nothing together: Armenian sentences often end in the one letter է.
const shortWords = " г ул им пос обл руб тыс млн стр др пр Mr Mrs Ms Dr St No Inc թ դ հմ "

// firstSentence returns the byte length of the first sentence of a text: up to a stop, with the quotes and brackets that
// close after it, before a blank or the end.
func firstSentence(s string) int {
	for i, r := range s {
		if !strings.ContainsRune(".!?…։", r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(s) { // further stops, closing quotes and brackets
			next, size := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(".!?…։", next) && !isCloser(next) && !isDropped(next) {
				break
			}
			end += size
		}
		if next, _ := utf8.DecodeRuneInString(s[end:]); end < len(s) && !unicode.IsSpace(next) {
			continue
		}
		if strings.TrimSpace(s[:i]) != "" && !(r == '.' && endsInShortWord(s[:i])) {
			return end
		}
	}
	return len(s)
}

func isCloser(r rune) bool {
	return unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune(`"'”’“‘»)]`, r)
}

// endsInShortWord says whether the word before a full stop is a single letter or a known short one.
func endsInShortWord(s string) bool {
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			break
		}
		start -= size
	}
	word := s[start:]
	if r, size := utf8.DecodeRuneInString(word); word != "" && size == len(word) && unicode.IsLetter(r) {
		return true
	}
	return word != "" && strings.Contains(shortWords, " "+word+" ")
}
