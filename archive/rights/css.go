package rights

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// cssToken is one token of a property value, as in CSS Syntax 3 §4, reduced to what the checks read.
type cssToken struct {
	kind cssKind
	text string  // identifier, function name or unit in lower case; string, hash and url as written; delimiter
	num  float64 // of a number, percentage or dimension
}

type cssKind byte

const (
	cssIdent    cssKind = 'i'
	cssFunction cssKind = 'f' // text is the name; the arguments follow up to the matching ')'
	cssNumber   cssKind = 'n'
	cssPercent  cssKind = '%'
	cssDimen    cssKind = 'd'
	cssHash     cssKind = '#'
	cssString   cssKind = 's'
	cssURL      cssKind = 'u'
	cssDelim    cssKind = 'x'
	cssSpace    cssKind = ' '
)

// maxValueBytes bounds one property value, also after custom properties are filled in.
const maxValueBytes = 16 << 10

// tokenizeCSS cuts a property value into tokens; runs of white space and comments become one space token. It does not
// fail: what is no token is a delimiter.
func tokenizeCSS(s string) []cssToken {
	var out []cssToken
	space := func() {
		if len(out) > 0 && out[len(out)-1].kind != cssSpace {
			out = append(out, cssToken{kind: cssSpace})
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isCSSSpace(c):
			space()
			i++
		case c == '/' && i+1 < len(s) && s[i+1] == '*':
			i = skipCSSComment(s, i)
		case c == '"' || c == '\'':
			text, next := readCSSString(s, i)
			out = append(out, cssToken{kind: cssString, text: text})
			i = next
		case c == '#' && i+1 < len(s) && (isNameByte(s[i+1]) || s[i+1] == '\\'):
			name, next := readCSSName(s, i+1)
			out = append(out, cssToken{kind: cssHash, text: name})
			i = next
		case startsCSSNumber(s, i):
			n, next := readCSSNumber(s, i)
			switch {
			case next < len(s) && s[next] == '%':
				out = append(out, cssToken{kind: cssPercent, num: n})
				i = next + 1
			case startsCSSIdent(s, next):
				unit, after := readCSSName(s, next)
				out = append(out, cssToken{kind: cssDimen, num: n, text: strings.ToLower(unit)})
				i = after
			default:
				out = append(out, cssToken{kind: cssNumber, num: n})
				i = next
			}
		case startsCSSIdent(s, i):
			name, next := readCSSName(s, i)
			low := strings.ToLower(name)
			if next < len(s) && s[next] == '(' {
				if low == "url" {
					if address, after, ok := readCSSURL(s, next+1); ok {
						out = append(out, cssToken{kind: cssURL, text: address})
						i = after
						continue
					}
				}
				out = append(out, cssToken{kind: cssFunction, text: low})
				i = next + 1
				continue
			}
			out = append(out, cssToken{kind: cssIdent, text: low})
			i = next
		default:
			out = append(out, cssToken{kind: cssDelim, text: s[i : i+1]})
			i++
		}
	}
	if n := len(out); n > 0 && out[n-1].kind == cssSpace {
		out = out[:n-1]
	}
	return out
}

func isCSSSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func isNameByte(c byte) bool {
	return c == '-' || c == '_' || c >= 0x80 || isASCIIAlnum(c)
}

func isASCIIAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func startsCSSIdent(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	switch c := s[i]; {
	case c == '-':
		return i+1 < len(s) && (s[i+1] == '-' || s[i+1] == '_' || s[i+1] >= 0x80 || s[i+1] == '\\' && i+2 < len(s) && s[i+2] != '\n' ||
			isASCIIAlnum(s[i+1]) && (s[i+1] < '0' || s[i+1] > '9'))
	case c == '\\':
		return i+1 < len(s) && s[i+1] != '\n'
	default:
		return c == '_' || c >= 0x80 || isASCIIAlnum(c) && (c < '0' || c > '9')
	}
}

func startsCSSNumber(s string, i int) bool {
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	if i < len(s) && s[i] == '.' {
		i++
	}
	return i < len(s) && s[i] >= '0' && s[i] <= '9'
}

func readCSSNumber(s string, i int) (float64, int) {
	start := i
	digits := func() {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
	}
	if s[i] == '+' || s[i] == '-' {
		i++
	}
	digits()
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		i++
		digits()
	}
	if i+1 < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j+1 < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if s[j] >= '0' && s[j] <= '9' {
			i = j
			digits()
		}
	}
	n, err := strconv.ParseFloat(s[start:i], 64)
	if err != nil { // out of range: as large as CSS allows
		n = 1e9
		if s[start] == '-' {
			n = -1e9
		}
	}
	return min(max(n, -1e9), 1e9), i
}

// readCSSName reads a name with its escapes undone.
func readCSSName(s string, i int) (string, int) {
	start := i
	for i < len(s) && isNameByte(s[i]) {
		i++
	}
	if i >= len(s) || s[i] != '\\' {
		return s[start:i], i
	}
	var b strings.Builder
	b.WriteString(s[start:i])
	for i < len(s) {
		switch {
		case isNameByte(s[i]):
			b.WriteByte(s[i])
			i++
		case s[i] == '\\' && i+1 < len(s) && s[i+1] != '\n':
			var r rune
			r, i = readCSSEscape(s, i+1)
			b.WriteRune(r)
		default:
			return b.String(), i
		}
	}
	return b.String(), i
}

// readCSSEscape reads what follows a backslash.
func readCSSEscape(s string, i int) (rune, int) {
	n, digits := rune(0), 0
	for digits < 6 && i < len(s) {
		d := hexDigit(s[i])
		if d < 0 {
			break
		}
		n, digits, i = n*16+rune(d), digits+1, i+1
	}
	if digits == 0 {
		r, size := utf8.DecodeRuneInString(s[i:])
		return r, i + size
	}
	if i+1 < len(s) && s[i] == '\r' && s[i+1] == '\n' {
		i += 2
	} else if i < len(s) && isCSSSpace(s[i]) {
		i++
	}
	if n == 0 || !utf8.ValidRune(n) {
		n = utf8.RuneError
	}
	return n, i
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func readCSSString(s string, i int) (string, int) {
	quote := s[i]
	i++
	var b strings.Builder
	for i < len(s) {
		switch c := s[i]; {
		case c == quote:
			return b.String(), i + 1
		case c == '\n': // a bad string ends at the line's end
			return b.String(), i
		case c == '\\' && i+1 < len(s) && s[i+1] == '\n':
			i += 2
		case c == '\\' && i+1 < len(s):
			var r rune
			r, i = readCSSEscape(s, i+1)
			b.WriteRune(r)
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), i
}

// readCSSURL reads an unquoted url( … ); ok is false where a quoted string follows, which is an ordinary function.
func readCSSURL(s string, i int) (address string, next int, ok bool) {
	for i < len(s) && isCSSSpace(s[i]) {
		i++
	}
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		text, after := readCSSString(s, i)
		for after < len(s) && isCSSSpace(s[after]) {
			after++
		}
		if after >= len(s) || s[after] == ')' {
			return text, min(after+1, len(s)), true
		}
		return "", 0, false
	}
	end := strings.IndexByte(s[i:], ')')
	if end < 0 {
		return strings.TrimSpace(s[i:]), len(s), true
	}
	return strings.TrimSpace(s[i : i+end]), i + end + 1, true
}

// skipCSSComment returns the place after the comment that begins at i.
func skipCSSComment(s string, i int) int {
	end := strings.Index(s[i+2:], "*/")
	if end < 0 {
		return len(s)
	}
	return i + 2 + end + 2
}

// scanCSS returns the place of the first byte of stops at or after i that stands outside strings, comments, escapes and
// brackets, or len(s). With stops "" it runs to the bracket that closes the block i is in.
func scanCSS(s string, i int, stops string) int {
	var open [64]byte
	depth := 0
	for i < len(s) {
		c := s[i]
		if depth == 0 && strings.IndexByte(stops, c) >= 0 {
			return i
		}
		switch c {
		case '"', '\'':
			i = skipCSSString(s, i)
			continue
		case '\\':
			i += 2
			continue
		case '/':
			if i+1 < len(s) && s[i+1] == '*' {
				i = skipCSSComment(s, i)
				continue
			}
		case '(', '[', '{':
			if c == '(' && isURLBefore(s, i) {
				if _, next, ok := readCSSURL(s, i+1); ok {
					i = next
					continue
				}
			}
			if depth < len(open) {
				open[depth] = c
			}
			depth++
		case ')', ']', '}':
			if depth == 0 {
				if c == '}' {
					return i
				}
				break // a stray bracket is an error inside the value, not its end
			}
			if depth > len(open) || open[depth-1] == opening(c) {
				depth--
			}
		}
		i++
	}
	return len(s)
}

func isURLBefore(s string, i int) bool {
	return i >= 3 && strings.EqualFold(s[i-3:i], "url") && (i == 3 || !isNameByte(s[i-4]))
}

func opening(c byte) byte {
	switch c {
	case ')':
		return '('
	case ']':
		return '['
	}
	return '{'
}

func skipCSSString(s string, i int) int {
	quote := s[i]
	for i++; i < len(s); i++ {
		switch s[i] {
		case quote:
			return i + 1
		case '\n':
			return i
		case '\\':
			i++
		}
	}
	return len(s)
}

// stripCSSComments takes comments out, for the few readers that split by hand; a comment separates what it stands
// between.
func stripCSSComments(s string) string {
	if !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '"' || s[i] == '\'':
			end := skipCSSString(s, i)
			b.WriteString(s[i:end])
			i = end
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '*':
			b.WriteString("/**/")
			i = skipCSSComment(s, i)
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}
