package ingest

import (
	"cmp"
	"encoding/json"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
)

// Limits of looking for pages of terms.
const (
	maxTermsPages  = 4      // followed from one page
	maxTermsLinks  = 20_000 // looked at
	maxTermsLabel  = 160    // bytes of a link's text; what is longer is a headline
	maxTermsPath   = 200    // bytes of a path with its query; what is longer is made up
	maxParagraphs  = 2_000
	maxParagraph   = 20_000 // bytes
	maxReservation = 64 << 10
)

// TermsPages lists the pages of the same site that look, by their links on this page, as if they stated terms of reuse:
// the likeliest first, at most four. Links marked rel=license or rel=terms-of-service count, and so do license and
// usageInfo of the page's linked data. A page never leads to another site, to itself, or to a path its own query makes up.
func TermsPages(p Page) []string {
	root, base, ok := p.tree()
	if !ok {
		return nil
	}
	page, err := url.Parse(p.URL)
	if err != nil || page.Host == "" {
		return nil
	}
	type found struct {
		address string
		weight  int
	}
	var list []found
	seen := map[string]bool{pageKey(page): true}
	add := func(href, label string, weight int) {
		u, err := url.Parse(safeLink(href, base))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || !SameSite(page, u) || len(u.RequestURI()) > maxTermsPath {
			return
		}
		if weight += termsWeight(label, u); weight <= 0 {
			return
		}
		u.Fragment, u.RawFragment = "", ""
		for i, f := range list {
			if f.address == u.String() {
				list[i].weight = max(f.weight, weight)
				return
			}
		}
		if key := pageKey(u); !seen[key] {
			seen[key] = true
			list = append(list, found{u.String(), weight})
		}
	}
	looked := 0
	for e := range elements(root) {
		if e.DataAtom != atom.A && e.DataAtom != atom.Link && e.DataAtom != atom.Area || !hasAttr(e, "href") {
			continue
		}
		if looked++; looked > maxTermsLinks {
			break
		}
		rel := attr(e, "rel")
		switch {
		case hasToken(rel, "license"), hasToken(rel, "terms-of-service"), hasToken(rel, "copyright"):
			add(attr(e, "href"), "", surely)
		case e.DataAtom != atom.Link:
			add(attr(e, "href"), firstOf(textIn2(e), attr(e, "title"), attr(e, "aria-label")), 0)
		}
	}
	for _, n := range linkedData(root) {
		for _, key := range []string{"usageInfo", "license", "publishingPrinciples", "acquireLicensePage"} {
			weight := surely
			if key == "publishingPrinciples" {
				weight = perhaps
			}
			if v := n.address(key); ifAddress(v) != "" {
				add(v, "", weight)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.weight, a.weight) })
	var out []string
	for _, f := range list[:min(len(list), maxTermsPages)] {
		out = append(out, f.address)
	}
	return out
}

// termsWeight is what the text and the path of a link say together.
func termsWeight(label string, u *url.URL) int {
	label = strings.ToLower(foldSpace(label))
	said, pointed := 0, 0
	if len(label) <= maxTermsLabel {
		for _, w := range termsLabels {
			if !strings.Contains(label, w.words) {
				continue
			}
			if w.weight == never {
				return never
			}
			said = max(said, w.weight)
		}
	}
	path := strings.ToLower(u.EscapedPath())
	for _, w := range termsPaths {
		if !strings.Contains(path, w.word) {
			continue
		}
		if w.weight == never && said < surely {
			return never
		}
		pointed = max(pointed, w.weight)
	}
	if said == 0 && (label != "" || pointed < surely) { // an article on the subject, by its address
		return 0
	}
	return said + pointed/2
}

// pageKey is an address for telling pages apart: without scheme, fragment, www. and final slash.
func pageKey(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + "?" + u.RawQuery
}

// SameSite says whether two addresses belong to one site: their hosts have the same registrable domain (the public suffix
// list decides) and ports; an address that is a number is its own site.
func SameSite(a, b *url.URL) bool {
	if a.Port() != b.Port() {
		return false
	}
	one, other := strings.ToLower(strings.TrimSuffix(a.Hostname(), ".")), strings.ToLower(strings.TrimSuffix(b.Hostname(), "."))
	if one == other {
		return one != ""
	}
	if _, err := netip.ParseAddr(one); err == nil {
		return false
	}
	x, err := publicsuffix.EffectiveTLDPlusOne(one)
	if err != nil {
		return false
	}
	y, err := publicsuffix.EffectiveTLDPlusOne(other)
	return err == nil && x == y
}

// Paragraphs are the lines of running text of a page, in order and without regard to what is its article: a page of terms
// often is none. Lists of links, comments and teasers are left out.
func Paragraphs(p Page) []string {
	root, base, ok := p.tree()
	if !ok {
		return nil
	}
	leaves, _ := cut(root, base)
	var out []string
	for _, l := range leaves {
		if !l.inText() || l.linky() || l.junk == asRelated || l.junk == asComment || l.junk == asHidden || len(l.Text) > maxParagraph {
			continue
		}
		if out = append(out, l.Text); len(out) == maxParagraphs {
			break
		}
	}
	return out
}

// IsReadable says whether a page can be read at all: HTML within the bounds. What cannot says nothing, not even that it
// says nothing.
func IsReadable(p Page) bool {
	_, _, ok := p.tree()
	return ok
}

// tree reads a page as HTML; ok is false for what is none, or is beyond the bounds.
func (p Page) tree() (root *html.Node, base *url.URL, ok bool) {
	if len(p.Body) > MaxBytes || notText(p) != nil {
		return nil, nil, false
	}
	text, err := Decode(p.Body, p.Header.Get("Content-Type"))
	if err != nil {
		return nil, nil, false
	}
	if root, err = parse([]byte(text)); err != nil {
		return nil, nil, false
	}
	return root, baseOf(root, p.URL), true
}

// Reservation is what a site says about text and data mining, by the TDM Reservation Protocol (W3C community group report
// of 2 February 2024).
type Reservation struct {
	Reserved bool
	Policy   string // an address, or empty
	Words    string // as they stand
}

// HeaderReservation reads the headers of a response (§5.1 of the report); ok is false where they say nothing.
func HeaderReservation(p Page) (r Reservation, ok bool) {
	v := strings.TrimSpace(p.Header.Get("Tdm-Reservation"))
	if v != "0" && v != "1" {
		return r, false
	}
	page, _ := url.Parse(p.URL)
	return Reservation{Reserved: v == "1", Policy: safeLink(p.Header.Get("Tdm-Policy"), page), Words: "tdm-reservation: " + v}, true
}

// FileReservation reads /.well-known/tdmrep.json (§5.2) for the path of an address, which its patterns match as those of
// robots.txt do: of the rules that match, the longest wins. ok is false where the file is none or says nothing about the path.
func FileReservation(file []byte, path string) (r Reservation, ok bool) {
	if len(file) > maxReservation {
		return r, false
	}
	var rules []struct {
		Location    string          `json:"location"`
		Reservation json.RawMessage `json:"tdm-reservation"`
		Policy      string          `json:"tdm-policy"`
	}
	if json.Unmarshal(file, &rules) != nil {
		return r, false
	}
	longest := -1
	for _, rule := range rules[:min(len(rules), 1000)] {
		v := strings.Trim(string(rule.Reservation), `"`)
		if v != "0" && v != "1" || len(rule.Location) <= longest || len(rule.Location) > 1000 || !(robotsRule{path: escaped(rule.Location)}).matches(escaped(path)) {
			continue
		}
		longest = len(rule.Location)
		r, ok = Reservation{Reserved: v == "1", Policy: safeLink(rule.Policy, nil), Words: "tdm-reservation: " + v}, true
	}
	return r, ok
}
