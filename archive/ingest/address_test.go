package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"slices"
	"testing"

	"colophon/archive/database/databasetest"
	"colophon/archive/fault"
)

// public is a resolver by which every name is a public host.
func public(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("93.184.215.14")}, nil
}

// decide is the whole decision about an address, before anything is dialled.
func decide(t *testing.T, address string, lookup func(context.Context, string) ([]netip.Addr, error)) error {
	t.Helper()
	u, err := readAddress(address)
	if err != nil {
		return err
	}
	return (&guard{lookup: lookup}).allowed(t.Context(), u)
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		address, want string // want: the address asked for, or the message of the refusal
	}{
		{"https://news.example/a?b=c#d", "https://news.example/a?b=c"},
		{"  http://News.EXAMPLE:80 ", "http://news.example/"},
		{"https://news.example:443/", "https://news.example/"},
		{"HTTPS://news.example.", "https://news.example/"},
		{"https://новости.example/пример", "https://xn--b1amnebsh.example/%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80"},
		{"https://լուր.example/", "https://xn--99ayyh.example/"},
		{"http://93.184.215.14/", "http://93.184.215.14/"},
		{"http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"},
		{"", "fault.fetch.address"},
		{"news.example", "fault.fetch.address"},
		{"ftp://news.example/", "fault.fetch.scheme"},
		{"file:///etc/passwd", "fault.fetch.scheme"},
		{"javascript:alert(1)", "fault.fetch.scheme"},
		{"http://user@news.example/", "fault.fetch.address"},
		{"http://user:secret@news.example/", "fault.fetch.address"},
		{"http://127.0.0.1\\@news.example/", "fault.fetch.address"},
		{"http://news.example#@127.0.0.1/", "fault.fetch.address"},
		{"http://news.example/a b", "fault.fetch.address"},
		{"http://news.example/a\nb", "fault.fetch.address"},
		{"http://news..example/", "fault.fetch.address"},
		{"http://1.1.1.1.1/", "fault.fetch.address"},
		{"http://2130706433/", "fault.fetch.address"},
		{"http://0x7f.1/", "fault.fetch.address"},
		{"http://0177.0.0.1/", "fault.fetch.address"},
		{"http://127.1/", "fault.fetch.address"},
		{"http://[fe80::1%25eth0]/", "fault.fetch.address"},
		{"http://①②⑦.⓪.⓪.①/", "fault.fetch.private"},
		{"http://news.example:22/", "fault.fetch.port"},
		{"http://news.example:8080/", "fault.fetch.port"},
		{"http://localhost/", "fault.fetch.private"},
		{"http://LOCALHOST./", "fault.fetch.private"},
		{"http://router/", "fault.fetch.private"},
		{"http://metadata.google.internal/", "fault.fetch.private"},
		{"http://printer.local/", "fault.fetch.private"},
	} {
		got := ""
		if err := decide(t, c.address, public); err != nil {
			got, _, _ = fault.Message(err)
		} else if u, err := readAddress(c.address); err == nil {
			got = u.String()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.address, got, c.want)
		}
	}
}

func TestIsPublic(t *testing.T) {
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"93.184.215.14", true},
		{"8.8.8.8", true},
		{"2606:2800:21f:cb07:6820:80da:af6b:8b2c", true},
		{"2a00:1450::1", true},
		{"::ffff:93.184.215.14", true},
		{"64:ff9b::5db8:d70e", true}, // mapped and NAT64 of a public address
		{"127.0.0.1", false},
		{"127.255.255.255", false},
		{"0.0.0.0", false},
		{"10.1.2.3", false},
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"192.168.1.1", false},
		{"169.254.169.254", false},
		{"100.64.0.1", false},
		{"100.100.100.200", false},
		{"192.0.0.192", false},
		{"192.0.2.1", false},
		{"198.18.0.1", false},
		{"198.51.100.1", false},
		{"203.0.113.1", false},
		{"224.0.0.1", false},
		{"239.1.1.1", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"168.63.129.16", false},
		{"172.32.0.1", true},
		{"100.128.0.1", true},
		{"::", false},
		{"::1", false},
		{"::ffff:127.0.0.1", false},
		{"::ffff:10.0.0.1", false},
		{"::127.0.0.1", false},
		{"64:ff9b::a00:1", false},
		{"64:ff9b:1::a00:1", false},
		{"2002:7f00:1::", false},
		{"2002:5db8:d70e::", false},
		{"2001::1", false},
		{"2001:db8::1", false},
		{"fc00::1", false},
		{"fd00:ec2::254", false},
		{"fe80::1", false},
		{"fec0::1", false},
		{"ff02::1", false},
		{"100::1", false},
		{"3fff::1", false},
	} {
		if got := isPublic(netip.MustParseAddr(c.addr)); got != c.want {
			t.Errorf("%s: %v, want %v", c.addr, got, c.want)
		}
	}
	if isPublic(netip.Addr{}) || isPublic(netip.MustParseAddr("2606:2800::1%eth0")) {
		t.Error("no address, and one with a zone, are not public")
	}
}

// TestOneAddressIsEnough: a name that has a private address beside a public one is refused.
func TestOneAddressIsEnough(t *testing.T) {
	both := func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("93.184.215.14"), netip.MustParseAddr("127.0.0.1")}, nil
	}
	if err := decide(t, "http://flip.example/", both); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("got %v, want it forbidden", err)
	}
}

// ssrfCase is a line of the shared lists of hostile addresses.
type ssrfCase struct {
	ID, URL, Verdict, Why string
	ResolvesTo            []string `json:"resolves_to"`
}

func ssrfCases(t *testing.T, name string) []ssrfCase {
	t.Helper()
	f, err := os.Open(databasetest.Shared(t, "data", "hostile", "ssrf", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []ssrfCase
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c ssrfCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

func TestHostileAddresses(t *testing.T) {
	for _, c := range ssrfCases(t, "own-urls-with-verdict.jsonl") {
		lookup := public
		if len(c.ResolvesTo) > 0 {
			lookup = func(context.Context, string) ([]netip.Addr, error) {
				var addrs []netip.Addr
				for _, a := range c.ResolvesTo {
					addrs = append(addrs, netip.MustParseAddr(a))
				}
				return addrs, nil
			}
		}
		if err := decide(t, c.URL, lookup); (err == nil) != (c.Verdict == "allow") {
			t.Errorf("%s %q (%s): %v, want %s", c.ID, c.URL, c.Why, err, c.Verdict)
		}
	}
}

// TestThirdPartyAddresses: of the lists of others, which give no verdicts, only plain web addresses on public names pass.
func TestThirdPartyAddresses(t *testing.T) {
	harmless := []string{
		"developer.mozilla.org", "github.com", "www.blackhat.com", "google.com", "www.whitelisteddomain.tld.google.com",
		"www.whitelisteddomain.tld", "help.redacted.com", "1.1.1.1",
		"metadata.tencentyun.com", // refused when looked up: it has a private address there
	}
	passed := 0
	for _, c := range ssrfCases(t, "third-party-urls.jsonl") {
		if err := decide(t, c.URL, public); err != nil {
			if _, _, ok := fault.Message(err); !ok {
				t.Errorf("%s %q: %v, which is no message for people", c.ID, c.URL, err)
			}
			continue
		}
		passed++
		u, err := readAddress(c.URL)
		if err != nil || !slices.Contains(harmless, u.Hostname()) {
			t.Errorf("%s %q passed as %v, %v", c.ID, c.URL, u, err)
		}
	}
	t.Logf("%d passed", passed)
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"https://news.example/a", "http://[::1]/", "http://①②⑦.⓪.⓪.①/", "http://a%00b/", "http://xn--a/", "http://0\xaf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := readAddress(s)
		if err != nil {
			return
		}
		again, err := readAddress(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q becomes %q and then %v, %v", s, u, again, err)
		}
	})
}
