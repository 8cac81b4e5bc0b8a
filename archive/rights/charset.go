package rights

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decodePage turns the bytes of a page into UTF-8 by the HTML standard: byte order mark, charset of the Content-Type,
// <meta>, else UTF-8. The encoding is returned where it is another than UTF-8.
func decodePage(body []byte, contentType []string) (string, encoding.Encoding) {
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return decodeAs(body[3:], nil)
	case bytes.HasPrefix(body, []byte("\xFE\xFF")):
		return decodeAs(body[2:], unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	case bytes.HasPrefix(body, []byte("\xFF\xFE")):
		return decodeAs(body[2:], unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	}
	for _, c := range slices.Backward(contentType) {
		if enc, found := lookupCharset(charsetOf(c)); found {
			return decodeAs(body, enc)
		}
	}
	if enc, found := prescan(body[:min(len(body), 1024)]); found {
		return decodeAs(body, enc)
	}
	text, _ := decodeAs(body, nil)
	if enc, found := lateMeta(text); found && enc != nil {
		return decodeAs(body, enc)
	}
	return text, nil
}

// decodeAs decodes; nil is UTF-8.
func decodeAs(body []byte, enc encoding.Encoding) (string, encoding.Encoding) {
	if enc == nil {
		return validUTF8(body), nil
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return validUTF8(body), nil
	}
	return string(out), enc
}

// lookupCharset finds the encoding of a label; nil stands for UTF-8.
func lookupCharset(label string) (encoding.Encoding, bool) {
	if label = trimHTMLSpace(label); label == "" {
		return nil, false
	}
	enc, name := charset.Lookup(label)
	if enc == nil {
		return nil, false
	}
	if name == "utf-8" {
		return nil, true
	}
	return enc, true
}

// metaCharset is lookupCharset for a <meta>: there utf-16 means utf-8, and x-user-defined means windows-1252.
func metaCharset(label string) (encoding.Encoding, bool) {
	enc, name := charset.Lookup(trimHTMLSpace(label))
	switch {
	case enc == nil:
		return nil, false
	case name == "utf-8" || strings.HasPrefix(name, "utf-16"):
		return nil, true
	case name == "x-user-defined":
		enc, _ = charset.Lookup("windows-1252")
	}
	return enc, true
}

// charsetOf takes the charset out of a MIME type or the content of a <meta> (HTML §2.5.4).
func charsetOf(s string) string {
	for {
		i := strings.Index(lowerASCII(s), "charset")
		if i < 0 {
			return ""
		}
		s = strings.TrimLeft(s[i+7:], " \t\n\r\f")
		if !strings.HasPrefix(s, "=") {
			continue
		}
		s = strings.TrimLeft(s[1:], " \t\n\r\f")
		if s == "" {
			return ""
		}
		if s[0] == '"' || s[0] == '\'' {
			if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
				return s[1 : 1+end]
			}
			return ""
		}
		if end := strings.IndexAny(s, "; \t\n\r\f"); end >= 0 {
			return s[:end]
		}
		return s
	}
}

// prescan looks for a <meta> in the first bytes (HTML §13.2.3.2, "prescan a byte stream").
func prescan(b []byte) (encoding.Encoding, bool) {
	for i := 0; i < len(b); i++ {
		if b[i] != '<' {
			continue
		}
		rest := b[i:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end := bytes.Index(rest[2:], []byte("-->"))
			if end < 0 {
				return nil, false
			}
			i += 2 + end + 2
		case len(rest) > 5 && equalFoldASCII(string(rest[:5]), "<meta") && (isCSSSpace(rest[5]) || rest[5] == '/'):
			s := prescanner{b: b, i: i + 6}
			if enc, found := s.meta(); found {
				return enc, true
			}
			i = s.i - 1
		case len(rest) > 1 && isLetter(rest[1]), len(rest) > 2 && rest[1] == '/' && isLetter(rest[2]):
			s := prescanner{b: b, i: i + 1}
			for s.i < len(b) && !isCSSSpace(b[s.i]) && b[s.i] != '>' {
				s.i++
			}
			for {
				if _, _, ok := s.attr(); !ok {
					break
				}
			}
			i = s.i
		case len(rest) > 1 && (rest[1] == '!' || rest[1] == '/' || rest[1] == '?'):
			end := bytes.IndexByte(rest, '>')
			if end < 0 {
				return nil, false
			}
			i += end
		}
	}
	return nil, false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

type prescanner struct {
	b []byte
	i int
}

func (s *prescanner) meta() (encoding.Encoding, bool) {
	seen := map[string]bool{}
	gotPragma, needPragma, found := false, 0, false
	var enc encoding.Encoding
	for {
		name, value, ok := s.attr()
		if !ok {
			break
		}
		if seen[name] {
			continue
		}
		seen[name] = true
		switch name {
		case "http-equiv":
			gotPragma = gotPragma || value == "content-type"
		case "content":
			if label := charsetOf(value); label != "" && !found {
				if e, ok := metaCharset(label); ok {
					enc, found, needPragma = e, true, 2
				}
			}
		case "charset":
			enc, found = metaCharset(value)
			needPragma = 1
		}
	}
	if needPragma == 0 || needPragma == 2 && !gotPragma || !found {
		return nil, false
	}
	return enc, true
}

// attr gets an attribute in lower case (HTML §13.2.3.2, "get an attribute").
func (s *prescanner) attr() (name, value string, ok bool) {
	for s.i < len(s.b) && (isCSSSpace(s.b[s.i]) || s.b[s.i] == '/') {
		s.i++
	}
	if s.i >= len(s.b) || s.b[s.i] == '>' {
		return "", "", false
	}
	start := s.i
	for s.i < len(s.b) && (s.b[s.i] != '=' || s.i == start) && !isCSSSpace(s.b[s.i]) && s.b[s.i] != '/' && s.b[s.i] != '>' {
		s.i++
	}
	name = lowerASCII(string(s.b[start:s.i]))
	for s.i < len(s.b) && isCSSSpace(s.b[s.i]) {
		s.i++
	}
	if s.i >= len(s.b) || s.b[s.i] != '=' {
		return name, "", true
	}
	for s.i++; s.i < len(s.b) && isCSSSpace(s.b[s.i]); {
		s.i++
	}
	if s.i >= len(s.b) {
		return name, "", true
	}
	if quote := s.b[s.i]; quote == '"' || quote == '\'' {
		start = s.i + 1
		end := bytes.IndexByte(s.b[start:], quote)
		if end < 0 {
			s.i = len(s.b)
			return name, "", false
		}
		s.i = start + end + 1
		return name, lowerASCII(string(s.b[start : start+end])), true
	}
	start = s.i
	for s.i < len(s.b) && !isCSSSpace(s.b[s.i]) && s.b[s.i] != '>' {
		s.i++
	}
	return name, lowerASCII(string(s.b[start:s.i])), true
}

// validUTF8 is the text with each run of bytes that are no UTF-8 replaced.
func validUTF8(body []byte) string {
	text := string(body)
	if utf8.ValidString(text) { // much the faster of the two
		return text
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// lateMeta finds a <meta> beyond the first bytes, at which a browser would begin again ("change the encoding").
func lateMeta(text string) (encoding.Encoding, bool) {
	if !strings.Contains(lowerASCII(text), "charset") {
		return nil, false
	}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil, false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "meta" {
				continue
			}
			attrs := map[string]string{}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if _, twice := attrs[string(k)]; !twice {
					attrs[string(k)] = string(v)
				}
			}
			label, has := attrs["charset"]
			if !has && equalFoldASCII(trimHTMLSpace(attrs["http-equiv"]), "content-type") {
				label = charsetOf(attrs["content"])
			}
			if enc, ok := metaCharset(label); ok {
				return enc, true
			}
		}
	}
}
