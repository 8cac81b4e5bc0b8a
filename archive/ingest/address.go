package ingest

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"colophon/archive/fault"
)

// maxAddress bounds an address, in bytes (RFC 9110 §4.1 asks for 8000 at least; articles never come near 4 KB).
const maxAddress = 4096

// readAddress reads an address a person or a page gave and returns the one to ask for: http or https, a host name in ASCII
// (IDNA 2008, UTS #46) or an IP literal in its plain form, a port where it is not the scheme's own, no fragment. What two
// readers could understand in two ways is refused: user information, backslashes, control characters, spaces, an @ behind
// the host, and hosts that look like a number without being a dotted quad (WHATWG URL §3.5 would make addresses of them).
func readAddress(address string) (*url.URL, error) {
	given := strings.TrimSpace(address)
	malformed := fault.New(fault.ErrInvalid, "fault.fetch.address", fault.Data{"URL": clip(given, 200)})
	if given == "" || len(given) > maxAddress || !utf8.ValidString(given) {
		return nil, malformed
	}
	for _, r := range given {
		if r <= ' ' || r == '\\' || r == 0x7f {
			return nil, malformed
		}
	}
	u, err := url.Parse(given)
	if err != nil {
		return nil, malformed
	}
	if u.Scheme = strings.ToLower(u.Scheme); u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return nil, fault.New(fault.ErrInvalid, "fault.fetch.scheme", fault.Data{"Scheme": clip(u.Scheme, 40)})
	}
	if u.Scheme == "" || u.Opaque != "" || u.User != nil || u.Hostname() == "" || strings.HasPrefix(u.Fragment, "@") {
		return nil, malformed
	}
	host, ok := asciiHost(u.Hostname())
	if !ok {
		return nil, malformed
	}
	port := u.Port()
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if u.Host = host; port != "" {
		u.Host += ":" + port
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// hostNames maps names as browsers do, and leaves it to asciiHost which characters a host has.
var hostNames = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false))

// asciiHost is a host as it is looked up or dialled; ok is false where it is neither a name nor an address.
func asciiHost(host string) (ascii string, ok bool) {
	if strings.Contains(host, ":") {
		addr, err := netip.ParseAddr(host)
		if err != nil || addr.Zone() != "" {
			return "", false
		}
		return addr.String(), true
	}
	ascii, err := hostNames.ToASCII(strings.TrimSuffix(host, "."))
	if err != nil || ascii == "" || len(ascii) > 253 {
		return "", false
	}
	// What is not its own mapping would be another host to whoever reads the address next.
	if again, err := hostNames.ToASCII(ascii); err != nil || again != ascii {
		return "", false
	}
	if addr, err := netip.ParseAddr(ascii); err == nil {
		return addr.String(), true
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return "", false
		}
	}
	last := ascii[strings.LastIndexByte(ascii, '.')+1:]
	if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") {
		return "", false
	}
	return ascii, true
}

// localSuffixes end names that only mean something inside a network (RFC 6761, RFC 6762, RFC 8375, and ICANN's .internal).
var localSuffixes = []string{".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".localdomain", ".corp", ".home"}

// isLocalName says whether a host name is one of the own machine or network: a single label, or one of those suffixes.
func isLocalName(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	for _, suffix := range localSuffixes {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// allowed says whether an address may be fetched at all: nil, or the fault. It looks the host up, and refuses a name with
// even one address that is not public; the connection is checked again when it is dialled (see guard).
func (g *guard) allowed(ctx context.Context, u *url.URL) error {
	if g.private {
		return nil
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		return fault.New(fault.ErrForbidden, "fault.fetch.port", fault.Data{"Port": p})
	}
	if addr, err := netip.ParseAddr(u.Hostname()); err == nil {
		// An IPv4 address dressed up as an IPv6 one comes from name servers, never from people.
		if !isPublic(addr) || addr.Is4In6() || nat64.Contains(addr) {
			return refused(u.Hostname())
		}
		return nil
	}
	if isLocalName(u.Hostname()) {
		return refused(u.Hostname())
	}
	_, err := g.addresses(ctx, u.Hostname())
	return err
}

// refused is the fault for a host that is not on the public internet.
func refused(host string) error {
	return fault.New(fault.ErrForbidden, "fault.fetch.private", fault.Data{"Host": clip(host, 100)})
}

// clip cuts a text for a message, at the edge of a letter.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
