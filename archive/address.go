package archive

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"colophon/archive/fault"
)

// tracking are query parameters that never make another page.
var tracking = []string{
	"fbclid", "gclid", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_openstat", "amp",
}

// Normalise is the key under which an address is known: two addresses of one page have the same key. Scheme, www. and
// mobile hosts, default ports, fragments, slashes at the end, order of the query and tracking parameters do not count.
func Normalise(address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || len(address) > 2048 {
		return "", fault.New(ErrInvalid, "fault.address", fault.Data{"URL": shorten(address, 200)})
	}
	host, err := idna.Lookup.ToASCII(bareHost(u.Host))
	if err != nil {
		host = bareHost(u.Host)
	}
	for _, p := range []string{"m.", "mobile.", "amp."} {
		if rest, ok := strings.CutPrefix(host, p); ok && strings.Contains(rest, ".") {
			host = rest
			break
		}
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	for _, end := range []string{"/amp", ".amp", ".amp.html"} {
		path = strings.TrimSuffix(path, end)
	}
	var pairs []string
	for name, values := range u.Query() {
		if strings.HasPrefix(name, "utm_") || slices.Contains(tracking, name) {
			continue
		}
		for _, v := range values {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(v))
		}
	}
	slices.Sort(pairs)
	key := host + path
	if len(pairs) > 0 {
		key += "?" + strings.Join(pairs, "&")
	}
	return key, nil
}

// shorten cuts a text to at most n bytes at a letter's edge.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
