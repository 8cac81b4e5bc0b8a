package ingest

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, text, path string
		want             bool
	}{
		{"no file", "", "/a", true},
		{"an error page", "<!DOCTYPE html><p>Disallow: everything</p>", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"all but robots.txt", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"nothing", "User-agent: *\nDisallow:", "/a", true},
		{"others only", "User-agent: GPTBot\nDisallow: /", "/a", true},
		{"us", "User-agent: Colophon\nDisallow: /", "/a", false},
		{"us, in any case and with a version", "user-agent: COLOPHON/2.0\ndisallow: /", "/a", false},
		{"a longer name is not us", "User-agent: ColophonX\nDisallow: /", "/a", true},
		{"our group counts, not that for all", "User-agent: *\nDisallow: /\n\nUser-agent: Colophon\nDisallow: /private", "/a", true},
		{"our empty rule allows, and ends no group for others", "User-agent: Colophon\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", true},
		{"several names for one group", "User-agent: a\nUser-agent: colophon\nUser-agent: b\nDisallow: /a", "/a", false},
		{"two groups of ours are one", "User-agent: colophon\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: colophon\nDisallow: /b", "/b", false},
		{"an unknown line does not end a group", "User-agent: *\nHost: x\nSitemap: https://x/s.xml\nDisallow: /a", "/a", false},
		{"the longest rule", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"the longest rule, the other way", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"equals", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"a star", "User-agent: *\nDisallow: /*.pdf", "/x/y.pdf?download", false},
		{"a star and the end", "User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?download", true},
		{"a star and the end, met", "User-agent: *\nDisallow: /*.pdf$", "/x.pdf/y.pdf", false},
		{"the end without a star", "User-agent: *\nDisallow: /a$", "/ab", true},
		{"the end of the root", "User-agent: *\nAllow: /$\nDisallow: /", "/", true},
		{"from the start only", "User-agent: *\nDisallow: /a", "/b/a", true},
		{"a star does not go back", "User-agent: *\nDisallow: /a*b*c", "/a/c/b", true},
		{"the query counts", "User-agent: *\nDisallow: /*?print=", "/a?print=1", false},
		{"escapes of plain letters", "User-agent: *\nDisallow: /%61", "/a", false},
		{"letters outside of ASCII", "User-agent: *\nDisallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", false},
		{"escapes in lower case", "User-agent: *\nDisallow: /a%3cd", "/a%3Cd", false},
		{"an escaped slash is none", "User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
		{"a path without its slash", "User-agent: *\nDisallow: a", "/a", false},
		{"comments, CR line ends, byte order mark", "\ufeff# hi\rUser-agent: * # all\r\rDisallow: /a # no\r", "/a", false},
	} {
		u, err := url.Parse("https://news.example" + c.path)
		if err != nil {
			t.Fatal(err)
		}
		rules := readRobots([]byte(c.text), "colophon")
		if got := rules.allows(u); got != c.want {
			t.Errorf("%s: %s allowed: %v, want %v", c.name, c.path, got, c.want)
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5":                                      2500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: soon":                                     0,
		"User-agent: *\nCrawl-delay: -1":                                       0,
		"User-agent: *\nCrawl-delay: NaN":                                      0,
		"User-agent: *\nCrawl-delay: 1e300":                                    time.Hour,
		"User-agent: colophon\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 60": 3 * time.Second,
	} {
		rules := readRobots([]byte(text), "colophon")
		if rules.delay != want {
			t.Errorf("%q: %v, want %v", text, rules.delay, want)
		}
	}
}

// TestHostileRobots: rules made to be slow to match are not.
func TestHostileRobots(t *testing.T) {
	text := "User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("a*", 500)+"b$\n", 500)
	rules := readRobots([]byte(text), "colophon")
	u := &url.URL{Path: "/" + strings.Repeat("a", 2000)}
	started := time.Now()
	if !rules.allows(u) {
		t.Error("no rule matches, and the page is refused")
	}
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("matching took %v", took)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a$\nAllow: /%61"), "/a?b")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		u, err := url.Parse("https://news.example/" + path)
		if err != nil {
			return
		}
		rules := readRobots(text, "colophon")
		rules.allows(u)
		if len(rules.rules) > maxRobotsRules {
			t.Errorf("%d rules kept", len(rules.rules))
		}
	})
}
