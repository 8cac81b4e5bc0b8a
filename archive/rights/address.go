package rights

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/encoding"
)

// address is a URL parsed by the WHATWG URL standard, as far as comparing needs it. User names are not kept.
type address struct {
	ok       bool // false: parsing failed
	scheme   string
	host     string // in ASCII
	port     string // empty: the scheme's own
	path     string // escaped; of a scheme without "//" all up to the query
	query    string // escaped, without "?"
	hasQuery bool
	fragment string
	opaque   bool
}

// maxAddressBytes bounds an address; data: and other long ones are no addresses of articles.
const maxAddressBytes = 64 << 10

func isSpecial(scheme string) bool {
	switch scheme {
	case "http", "https", "ftp", "ws", "wss", "file":
		return true
	}
	return false
}

// parseAddress parses s against base, which may be nil. enc is the encoding of the document for its query, nil for UTF-8.
func parseAddress(s string, base *address, enc encoding.Encoding) (a address) {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= 0x20 })
	if len(s) > maxAddressBytes {
		return address{}
	}
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	}
	if i := strings.IndexByte(s, '#'); i >= 0 {
		a.fragment, s = escapePart(s[i+1:], " \"<>`"), s[:i]
	}
	scheme, rest := cutScheme(s)
	switch {
	case scheme == "" && (base == nil || !base.ok):
		return address{}
	case scheme == "":
		if base.opaque {
			if s == "" {
				b := *base
				b.fragment = a.fragment
				return b
			}
			return address{}
		}
		a.scheme = base.scheme
		return a.relative(s, base, enc)
	}
	a.scheme = scheme
	if !isSpecial(scheme) {
		return a.plain(rest, enc)
	}
	if scheme != "file" && base != nil && base.ok && base.scheme == scheme && !startsSlashes(rest) {
		return a.relative(rest, base, enc) // "https:page" beside an https base
	}
	return a.authority(strings.TrimLeft(rest, `/\`), enc)
}

func startsSlashes(s string) bool {
	return len(s) >= 2 && (s[0] == '/' || s[0] == '\\') && (s[1] == '/' || s[1] == '\\')
}

func cutScheme(s string) (scheme, rest string) {
	if s == "" || !isLetter(s[0]) {
		return "", s
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == ':':
			return lowerASCII(s[:i]), s[i+1:]
		case !isASCIIAlnum(c) && c != '+' && c != '-' && c != '.':
			return "", s
		}
	}
	return "", s
}

// plain parses what follows a scheme of no known form: mailto:, javascript:, tel:.
func (a address) plain(rest string, enc encoding.Encoding) address {
	if host, ok := strings.CutPrefix(rest, "//"); ok {
		end := strings.IndexAny(host, "/?")
		if end < 0 {
			end = len(host)
		}
		a.host, rest = lowerASCII(host[:end]), host[end:]
	} else if !strings.HasPrefix(rest, "/") {
		a.opaque = true
	}
	a.path, a.query, a.hasQuery = strings.Cut(rest, "?")
	a.query = escapeQuery(a.query, enc)
	a.ok = true
	return a
}

// authority parses "user@host:port/path?query".
func (a address) authority(s string, enc encoding.Encoding) address {
	end := strings.IndexAny(s, `/\?`)
	if end < 0 {
		end = len(s)
	}
	host, rest := s[:end], s[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		port := host[i+1:]
		host = host[:i]
		if port != "" {
			n, err := strconv.ParseUint(port, 10, 16)
			if err != nil || strings.ContainsAny(port, "+-_") {
				return address{}
			}
			a.port = strconv.FormatUint(n, 10)
			if a.port == "443" && (a.scheme == "https" || a.scheme == "wss") || a.port == "80" && (a.scheme == "http" || a.scheme == "ws") {
				a.port = ""
			}
		}
	}
	var ok bool
	if a.host, ok = hostASCII(host); !ok || a.host == "" && a.scheme != "file" {
		return address{}
	}
	return a.pathAndQuery(rest, nil, enc)
}

// relative parses a reference without a scheme of its own.
func (a address) relative(s string, base *address, enc encoding.Encoding) address {
	if isSpecial(a.scheme) && startsSlashes(s) {
		return a.authority(strings.TrimLeft(s, `/\`), enc)
	}
	if strings.HasPrefix(s, "//") {
		return a.plain(s, enc)
	}
	a.host, a.port = base.host, base.port
	switch {
	case s == "":
		a.path, a.query, a.hasQuery, a.ok = base.path, base.query, base.hasQuery, true
		return a
	case s[0] == '?':
		a.path, a.query, a.hasQuery, a.ok = base.path, escapeQuery(s[1:], enc), true, true
		return a
	case s[0] == '/' || s[0] == '\\' && isSpecial(a.scheme):
		return a.pathAndQuery(s, nil, enc)
	}
	parts := strings.Split(strings.TrimPrefix(base.path, "/"), "/")
	return a.pathAndQuery(s, parts[:len(parts)-1], enc)
}

// pathAndQuery parses a path, upon the segments it is relative to, and a query.
func (a address) pathAndQuery(s string, upon []string, enc encoding.Encoding) address {
	path, query, has := strings.Cut(s, "?")
	a.query, a.hasQuery = escapeQuery(query, enc), has
	special := isSpecial(a.scheme)
	if special {
		path = strings.ReplaceAll(path, `\`, "/")
	}
	path = strings.TrimPrefix(path, "/")
	if len(upon) == 0 && isPlainPath(path) {
		a.path = "/" + path
		a.ok = true
		return a
	}
	out := slices.Clone(upon)
	segments := strings.Split(path, "/")
	for i, seg := range segments {
		last := i == len(segments)-1
		switch strings.ReplaceAll(lowerASCII(seg), "%2e", ".") {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, escapePart(seg, " \"#<>?^`{}"))
		}
	}
	a.path = "/" + strings.Join(out, "/")
	a.ok = true
	return a
}

// isPlainPath says whether a path stays as it is: nothing in it to escape, and no segment that could be a dot.
func isPlainPath(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case isASCIIAlnum(c) || c == '/' || c == '-' || c == '_' || c == '~' || c == '=' || c == ',' || c == '+':
		case c == '.' && i > 0 && path[i-1] != '/' && path[i-1] != '.':
		default:
			return false
		}
	}
	return true
}

// escapePart percent-encodes controls, what is not ASCII and the bytes of set.
func escapePart(s, set string) string {
	const hex = "0123456789ABCDEF"
	if s == "" {
		return ""
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7E || strings.IndexByte(set, c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// escapeQuery writes a query in the encoding of the document, as browsers send it.
func escapeQuery(s string, enc encoding.Encoding) string {
	if enc != nil && strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) >= 0 {
		var b strings.Builder
		e := enc.NewEncoder()
		for _, r := range s {
			if r < 0x80 {
				b.WriteRune(r)
			} else if out, err := e.String(string(r)); err == nil {
				b.WriteString(out)
			} else {
				b.WriteString("%26%23" + strconv.Itoa(int(r)) + "%3B")
			}
		}
		s = b.String()
	}
	return escapePart(s, " \"#<>'")
}

// hosts is UTS 46 as the URL standard sets it for domains (§3.3, "domain to ASCII", not strict).
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false),
	idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false))

// hostASCII is the host parser of the URL standard.
func hostASCII(host string) (string, bool) {
	if strings.HasPrefix(host, "[") {
		return lowerASCII(host), strings.HasSuffix(host, "]")
	}
	if strings.Contains(host, "%") {
		host = unescape(host)
	}
	if !utf8.ValidString(host) || len(host) > 1024 {
		return "", false
	}
	low := lowerASCII(host)
	if strings.HasPrefix(low, "xn--") || strings.Contains(low, ".xn--") || strings.IndexFunc(low, func(r rune) bool { return r >= 0x80 }) >= 0 {
		var err error
		if low, err = hosts.ToASCII(host); err != nil {
			return "", false
		}
	}
	if strings.ContainsAny(low, "\x00\t\n\r #%/:<>?@[\\]^|\x7F") || strings.IndexFunc(low, func(r rune) bool { return r <= 0x20 }) >= 0 {
		return "", false
	}
	return ipv4(low)
}

// ipv4 writes a host that ends in a number as an IPv4 address; other hosts stay.
func ipv4(host string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	last := parts[len(parts)-1]
	if last == "" || last[0] < '0' || last[0] > '9' {
		return host, true
	}
	if !strings.HasPrefix(last, "0x") && strings.Trim(last, "0123456789") != "" {
		return host, true
	}
	if len(parts) > 4 {
		return "", false
	}
	var n uint64
	for i, part := range parts {
		base := 10
		switch {
		case strings.HasPrefix(part, "0x"):
			part, base = "0"+part[2:], 16
		case len(part) > 1 && part[0] == '0':
			base = 8
		}
		v, err := strconv.ParseUint(part, base, 33)
		if err != nil || i < len(parts)-1 && v > 255 {
			return "", false
		}
		if i == len(parts)-1 {
			if v >= 1<<(8*(5-len(parts))) {
				return "", false
			}
			n |= v
		} else {
			n |= v << (8 * (3 - i))
		}
	}
	return strconv.Itoa(int(n>>24)) + "." + strconv.Itoa(int(n>>16&255)) + "." + strconv.Itoa(int(n>>8&255)) + "." + strconv.Itoa(int(n&255)), true
}

// unescape undoes percent escapes, leaving what is none.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// key is what two addresses of the same page have in common (data/compliance §7); "" where the address names no page.
func (a address) key() string {
	if !a.ok || a.scheme != "http" && a.scheme != "https" || a.port != "" {
		return ""
	}
	return plainHost(a.host) + plainPath(a.path) + "?" + plainQuery(a.query)
}

// plainHost drops a final dot, then www., then one of m., mobile., amp.
func plainHost(host string) string {
	host = strings.TrimPrefix(strings.TrimSuffix(host, "."), "www.")
	for _, prefix := range []string{"m.", "mobile.", "amp."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok {
			return rest
		}
	}
	return host
}

func plainPath(path string) string {
	path = strings.TrimRight(plainEscapes(path), "/")
	if rest, ok := strings.CutSuffix(path, "/amp"); ok {
		path = rest
	} else if rest, ok := strings.CutSuffix(path, ".amp.html"); ok {
		path = rest
	} else if rest, ok := strings.CutSuffix(path, ".amp"); ok {
		path = rest
	}
	if rest, ok := strings.CutPrefix(path, "/amp/"); ok {
		path = "/" + rest
	}
	return strings.TrimRight(path, "/")
}

// plainEscapes decodes escapes of unreserved characters and writes the others in upper case.
func plainEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0 {
			b = append(b, s[i])
			continue
		}
		c := byte(hexDigit(s[i+1])<<4 | hexDigit(s[i+2]))
		if isASCIIAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~' {
			b = append(b, c)
		} else {
			b = append(b, '%')
			b = append(b, strings.ToUpper(s[i+1:i+3])...)
		}
		i += 2
	}
	return string(b)
}

// plainQuery sorts the pairs of a query and leaves out what only counts visits.
func plainQuery(query string) string {
	if query == "" {
		return ""
	}
	var pairs []string
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, value = unescape(strings.ReplaceAll(name, "+", " ")), unescape(strings.ReplaceAll(value, "+", " "))
		switch name {
		case "fbclid", "gclid", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_openstat":
			continue
		case "amp":
			if value == "" || value == "1" {
				continue
			}
		case "outputType":
			if value == "amp" {
				continue
			}
		}
		if !strings.HasPrefix(name, "utm_") {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// String writes the address out whole.
func (a address) String() string {
	if !a.ok {
		return ""
	}
	s := a.scheme + ":"
	if !a.opaque {
		s += "//" + a.host
		if a.port != "" {
			s += ":" + a.port
		}
	}
	s += a.path
	if a.hasQuery {
		s += "?" + a.query
	}
	if a.fragment != "" {
		s += "#" + a.fragment
	}
	return s
}

// keys are the addresses of a set of facts; an address that names no page is left out.
func keys(addresses ...string) []string {
	var out []string
	for _, s := range addresses {
		if k := parseAddress(s, nil, nil).key(); k != "" {
			out = append(out, k)
		}
	}
	return out
}

// carried returns the keys of the addresses that stand as values in the query: what a redirector would lead to.
func (a address) carried() []string {
	if !a.ok || a.query == "" {
		return nil
	}
	var out []string
	for part := range strings.SplitSeq(a.query, "&") {
		_, value, _ := strings.Cut(part, "=")
		value = strings.ReplaceAll(value, "+", " ")
		for range 2 {
			value = unescape(value)
			if k := absoluteKey(value); k != "" {
				out = append(out, k)
			}
		}
	}
	return out
}

func absoluteKey(s string) string {
	s = strings.TrimSpace(s)
	low := lowerASCII(s[:min(len(s), 8)])
	if strings.HasPrefix(low, "//") {
		s = "https:" + s
	} else if !strings.HasPrefix(low, "http:") && !strings.HasPrefix(low, "https:") {
		return ""
	}
	return parseAddress(s, nil, nil).key()
}
