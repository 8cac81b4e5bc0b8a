package ingest

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// robots are the rules of one host's robots.txt for one crawler (RFC 9309).
type robots struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, which is no part of the RFC but widely written
	none  bool          // the file could not be had: the RFC asks to stay away
}

// robotsRule is one Allow or Disallow line.
type robotsRule struct {
	path  string // normalised; * is any run of characters, a final $ the end
	allow bool
}

// Bounds of robots.txt. RFC 9309 §2.5 asks crawlers to read 500 KiB at least.
const (
	maxRobots      = 512 << 10
	maxRobotsRules = 4096
	maxRobotsPath  = 2048
)

// readRobots reads the rules for a crawler by its product token, in lower case. Groups that name the token are taken
// together; without one, those for * count. Lines that cannot be understood are passed over, so that an error page in the
// file's place allows everything.
func readRobots(text []byte, token string) robots {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	var own, others robots
	var named bool // some group named the token
	inOwn, inOthers, startOfGroup := false, false, true
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		key, value, ok := strings.Cut(string(line), ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent", "useragent":
			if !startOfGroup {
				inOwn, inOthers, startOfGroup = false, false, true
			}
			agent := strings.ToLower(value)
			agent, _, _ = strings.Cut(agent, "/")
			inOwn = inOwn || agent == token
			inOthers = inOthers || agent == "*"
			named = named || inOwn
		case "allow", "disallow":
			startOfGroup = false
			rule, ok := newRobotsRule(value, key == "allow")
			if !ok {
				continue
			}
			if inOwn {
				own.add(rule)
			}
			if inOthers {
				others.add(rule)
			}
		case "crawl-delay":
			startOfGroup = false
			delay := crawlDelay(value)
			if inOwn {
				own.delay = delay
			}
			if inOthers {
				others.delay = delay
			}
		}
	}
	if named {
		return own
	}
	return others
}

func (r *robots) add(rule robotsRule) {
	if len(r.rules) < maxRobotsRules {
		r.rules = append(r.rules, rule)
	}
}

// crawlDelay reads seconds, possibly with a fraction; what is no such number is no delay.
func crawlDelay(value string) time.Duration {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, 3600) * float64(time.Second))
}

// newRobotsRule reads the path of a rule; an empty one says nothing.
func newRobotsRule(path string, allow bool) (robotsRule, bool) {
	if path == "" || len(path) > maxRobotsPath {
		return robotsRule{}, false
	}
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	return robotsRule{path: escaped(path), allow: allow}, true
}

// allows says whether a page may be fetched: the longest rule that matches decides, Allow among equals, and no rule means
// yes (RFC 9309 §2.2.2). robots.txt itself may always be.
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if r.none {
		return false
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = escaped(path)
	length, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.path); (n > length || n == length && rule.allow) && rule.matches(path) {
			length, allow = n, rule.allow
		}
	}
	return allow
}

// matches compares a path with the rule's from its start, in linear steps for each star.
func (r robotsRule) matches(path string) bool {
	pattern, whole := strings.CutSuffix(r.path, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !whole || path == ""
}

// escaped brings a path into one form: octets outside of ASCII as %XX, escapes of unreserved characters undone, all other
// escapes in upper case (RFC 9309 §2.2.2, RFC 3986 §6.2.2).
func escaped(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				c = byte(n)
				if !unreserved(c) {
					b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
					continue
				}
			}
		} else if c <= ' ' || c >= 0x7f {
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unreserved are the characters an escape never changes the meaning of (RFC 3986 §2.3).
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
