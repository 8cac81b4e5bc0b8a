package archive

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug makes the part of an address that people read: Latin letters, digits and hyphens, at most 60 of them. Russian
// is written by the rules of passports (ICAO 9303), Armenian by the same for its letters.
func Slug(title string) string {
	var b strings.Builder
	gap := false
	title = strings.Map(func(r rune) rune {
		if r >= '\u055A' && r <= '\u055F' { // marks inside Armenian words
			return -1
		}
		return r
	}, strings.ToLower(title))
	for _, r := range norm.NFD.String(strings.ReplaceAll(title, "ու", "u")) {
		s, ok := latin[r]
		switch {
		case ok:
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			s = string(r)
		case unicode.Is(unicode.Mn, r):
			continue
		case r == '\u2019' || r == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 && s != "" {
			b.WriteByte('-')
		}
		gap = false
		if b.Len()+len(s) > 60 {
			break
		}
		b.WriteString(s)
	}
	return strings.Trim(b.String(), "-")
}

// latin writes letters of other scripts in Latin ones.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k", 'л': "l",
	'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	'і': "i", 'є': "ie", 'ґ': "g",
	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y", 'թ': "t", 'ժ': "zh", 'ի': "i",
	'լ': "l", 'խ': "kh", 'ծ': "ts", 'կ': "k", 'հ': "h", 'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n",
	'շ': "sh", 'ո': "o", 'չ': "ch", 'պ': "p", 'ջ': "j", 'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r", 'ց': "ts",
	'ւ': "v", 'փ': "p", 'ք': "k", 'օ': "o", 'ֆ': "f", 'և': "ev",
}
