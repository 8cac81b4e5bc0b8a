package ingest

import (
	"bytes"
	"errors"
	"mime"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	ucs "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"colophon/archive/fault"
)

// maxSniff is how much of a body is looked at to tell its encoding.
const maxSniff = 64 << 10

// Decode turns bytes into UTF-8. It believes, in this order: a byte order mark; the bytes themselves where they are
// valid UTF-8 with characters beyond ASCII; the declarations (HTTP, XML, meta) where the text they give reads as text;
// and letter frequencies of the Cyrillic encodings. contentType is the HTTP header's value, "" where there is none.
// The error is a fault: fault.extract.encoding.
func Decode(body []byte, contentType string) (string, error) {
	s, _, err := decode(body, contentType)
	return s, err
}

func decode(body []byte, contentType string) (text, name string, err error) {
	if enc, name, skip := byMark(body); enc != nil {
		return decoded(enc, name, body[skip:])
	} else if skip > 0 {
		body = body[skip:]
		return strings.ToValidUTF8(string(body), "\uFFFD"), "utf-8", nil
	}
	sample := body[:min(len(body), maxSniff)]
	if enc, name := byZeros(sample); enc != nil {
		return decoded(enc, name, body)
	}
	if isUTF8(body) {
		return string(body), "utf-8", nil
	}
	for _, label := range declared(body, contentType) {
		enc, name := charset.Lookup(alias(label))
		if enc == nil || strings.HasPrefix(name, "utf-16") || name == "replacement" {
			continue
		}
		if name == "utf-8" {
			if nearlyUTF8(body) {
				return strings.ToValidUTF8(string(body), "\uFFFD"), name, nil
			}
			continue
		}
		if better := cyrillic(sample, name); better != "" {
			enc, name = charset.Lookup(better)
		}
		if text, name, err := decoded(enc, name, body); err == nil {
			return text, name, nil
		}
	}
	if nearlyUTF8(body) {
		return strings.ToValidUTF8(string(body), "\uFFFD"), "utf-8", nil
	}
	if guess := cyrillic(sample, ""); guess != "" {
		enc, name := charset.Lookup(guess)
		return decoded(enc, name, body)
	}
	return decoded(charmap.Windows1252, "windows-1252", body)
}

// errGarbled is the cause where a decoding gives no text.
var errGarbled = errors.New("text does not read as text in any encoding tried")

func decoded(enc encoding.Encoding, name string, body []byte) (string, string, error) {
	out, err := enc.NewDecoder().Bytes(body)
	if err == nil && garbled(out) {
		err = errGarbled
	}
	if err != nil {
		return "", "", fault.Wrap(fault.ErrInvalid, "fault.extract.encoding", nil, err)
	}
	return string(out), name, nil
}

// garbled reports text with many characters that no text has.
func garbled(b []byte) bool {
	b = b[:min(len(b), maxSniff)]
	bad, all := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		all++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' || r >= 0x80 && r < 0xa0 {
			bad++
		}
	}
	return bad > 8 && bad*20 > all
}

// byMark reads a byte order mark. An encoding of nil with skip > 0 is UTF-8.
func byMark(b []byte) (encoding.Encoding, string, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return nil, "utf-8", 3
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le", 4
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be", 4
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return ucs.UTF16(ucs.LittleEndian, ucs.IgnoreBOM), "utf-16le", 2
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return ucs.UTF16(ucs.BigEndian, ucs.IgnoreBOM), "utf-16be", 2
	}
	return nil, "", 0
}

// byZeros tells UTF-16 and UTF-32 without a mark by where the zero bytes of ASCII characters stand.
func byZeros(b []byte) (encoding.Encoding, string) {
	if len(b) < 8 {
		return nil, ""
	}
	var zeros [4]int
	for i, c := range b {
		if c == 0 {
			zeros[i%4]++
		}
	}
	n := len(b) / 4
	most := func(c int) bool { return c*10 > n*7 }
	few := func(c int) bool { return c*10 < n*3 }
	switch {
	case most(zeros[0]) && most(zeros[1]) && most(zeros[2]) && few(zeros[3]):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be"
	case most(zeros[1]) && most(zeros[2]) && most(zeros[3]) && few(zeros[0]):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le"
	case zeros[0]+zeros[2] > n/2 && few(zeros[1]) && few(zeros[3]):
		return ucs.UTF16(ucs.BigEndian, ucs.IgnoreBOM), "utf-16be"
	case zeros[1]+zeros[3] > n/2 && few(zeros[0]) && few(zeros[2]):
		return ucs.UTF16(ucs.LittleEndian, ucs.IgnoreBOM), "utf-16le"
	}
	return nil, ""
}

func isUTF8(b []byte) bool {
	return utf8.Valid(b)
}

// nearlyUTF8 reports UTF-8 with some damage: of the characters beyond ASCII hardly any are broken.
func nearlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad*10 <= good
}

var (
	xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)
	metaCharset    = regexp.MustCompile(`(?i)<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})`)
)

// declared returns the encodings a response names, the most binding first.
func declared(body []byte, contentType string) []string {
	var out []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		out = append(out, params["charset"])
	}
	head := body[:min(len(body), 16<<10)]
	if m := xmlDeclaration.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	if m := metaCharset.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	return out
}

// alias turns names in use into labels of the WHATWG Encoding Standard.
func alias(label string) string {
	switch l := strings.ToLower(strings.TrimSpace(label)); l {
	case "maccyrillic", "mac-cyrillic", "x-mac-ukrainian":
		return "x-mac-cyrillic"
	case "win-1251", "windows1251", "win1251", "cp-1251":
		return "windows-1251"
	case "koi8r", "koi-8", "koi-8-r":
		return "koi8-r"
	case "cp-866", "dos", "ibm-866":
		return "ibm866"
	case "utf8", "utf-8;", "unicode":
		return "utf-8"
	default:
		return l
	}
}

// The Cyrillic encodings, as WHATWG labels; the first wins a tie.
var cyrillicEncodings = []string{"windows-1251", "koi8-r", "koi8-u", "ibm866", "x-mac-cyrillic", "iso-8859-5"}

// letterWeight is how usual a letter is in Russian, Ukrainian and Bulgarian text, in rough steps.
var letterWeight = map[rune]int{
	'о': 10, 'е': 9, 'а': 9, 'и': 8, 'н': 7, 'т': 7, 'с': 6, 'р': 5, 'в': 5, 'л': 5, 'к': 4, 'м': 4, 'д': 4, 'п': 3, 'у': 3, 'я': 3, 'ы': 3,
	'ь': 3, 'г': 3, 'з': 3, 'б': 3, 'ч': 2, 'й': 2, 'х': 2, 'ж': 2, 'ш': 2, 'ю': 2, 'ц': 1, 'щ': 1, 'э': 1, 'ф': 1, 'ъ': 1, 'ё': 1, 'і': 2, 'ї': 1, 'є': 1, 'ґ': 1,
}

// cyrillic returns the Cyrillic encoding that bytes read best in; "" where they do not read as Cyrillic, or where the
// declared encoding reads as well as any.
func cyrillic(sample []byte, declared string) string {
	if declared != "" && !strings.HasPrefix(declared, "windows-125") && !strings.HasPrefix(declared, "iso-8859") &&
		!strings.HasPrefix(declared, "koi8") && !strings.HasPrefix(declared, "x-mac") && declared != "ibm866" {
		return ""
	}
	// In Cyrillic text bytes beyond ASCII stand in runs; in Western text alone among ASCII letters.
	runs, alone := 0, 0
	for i := 0; i < len(sample); {
		j := i
		for j < len(sample) && sample[j] >= utf8.RuneSelf {
			j++
		}
		switch {
		case j-i > 2:
			runs += j - i
		case j > i:
			alone += j - i
		default:
			j++
		}
		i = j
	}
	if runs < 2*alone || runs < 6 {
		return ""
	}
	best, bestScore, own := "", 0, 0
	for _, label := range cyrillicEncodings {
		enc, name := charset.Lookup(label)
		out, err := enc.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		score := cyrillicScore(string(out))
		if name == declared {
			own = score
		}
		if score > bestScore {
			best, bestScore = label, score
		}
	}
	if declared != "" && own*100 >= bestScore*95 && own > 0 || best == declared {
		return ""
	}
	return best
}

// cyrillicScore is high for usual letters in usual case, low for symbols and capitals inside words.
func cyrillicScore(s string) int {
	score := 0
	prev := ' '
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
		case unicode.IsLower(r):
			if wt, ok := letterWeight[r]; ok {
				score += wt
			} else {
				score -= 6
			}
		case unicode.IsUpper(r):
			wt, ok := letterWeight[unicode.ToLower(r)]
			switch {
			case !ok:
				score -= 8
			case unicode.IsLower(prev):
				score -= 8
			default:
				score += wt / 3
			}
		case strings.ContainsRune("«»—–…№„“”’©\u00a0", r):
		default:
			score -= 5
		}
		prev = r
	}
	return score
}
