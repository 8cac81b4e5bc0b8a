package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"colophon/archive/language"
)

// head is what a page says about itself to machines.
type head struct {
	metas   map[string][]string // by name, property or itemprop, lower case
	article ld                  // the linked-data node of the article; nil where there is none
	graph   []ld
	title   string // the title element
	lang    string // html lang
	base    *url.URL
	page    *url.URL
}

// get is the first content among meta names.
func (h *head) get(names ...string) string {
	for _, name := range names {
		for _, v := range h.metas[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

func readHead(root *html.Node, address string) *head {
	h := &head{metas: map[string][]string{}, base: baseOf(root, address)}
	h.page, _ = url.Parse(address)
	for e := range elements(root) {
		switch e.DataAtom {
		case atom.Html:
			h.lang = strings.TrimSpace(attr(e, "lang"))
			if h.lang == "" {
				h.lang = strings.TrimSpace(attr(e, "xml:lang"))
			}
		case atom.Title:
			if h.title == "" && !inForeign(e) {
				h.title = foldSpace(rawText(e))
			}
		case atom.Meta:
			for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
				k := strings.ToLower(strings.TrimSpace(attr(e, key)))
				if k == "" || len(h.metas[k]) >= 30 {
					continue
				}
				if v := foldSpace(html.UnescapeString(attr(e, "content"))); v != "" && len(v) < 10_000 {
					h.metas[k] = append(h.metas[k], v)
				}
			}
		}
	}
	h.graph = linkedData(root)
	h.article = h.mainArticle()
	return h
}

func inForeign(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Namespace != "" {
			return true
		}
	}
	return false
}

// mainArticle is the linked-data article this page is about: the one with the page's address, else the first.
func (h *head) mainArticle() ld {
	var first ld
	for _, n := range h.graph {
		if !n.is(articleTypes...) || n.is("Blog") {
			continue
		}
		if first == nil {
			first = n
		}
		for _, key := range []string{"url", "mainEntityOfPage", "@id"} {
			if a := n.address(key); a != "" && h.page != nil && sameAddress(a, h.page.String()) {
				return n
			}
		}
	}
	return first
}

// sameAddress compares addresses without scheme, query, fragment, www and final slash.
func sameAddress(a, b string) bool {
	key := func(s string) string {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil {
			return s
		}
		return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.Path, "/")
	}
	return key(a) == key(b)
}

// canonical is the address the page gives for itself.
func (h *head) canonical(root *html.Node) string {
	l := find(root, func(n *html.Node) bool {
		return n.DataAtom == atom.Link && hasToken(attr(n, "rel"), "canonical") && attr(n, "href") != ""
	})
	if l != nil {
		if u := resolve(attr(l, "href"), h.base); u != nil && u.IsAbs() && u.Host != "" {
			return u.String()
		}
	}
	return ""
}

func hasToken(s, token string) bool {
	return slices.Contains(strings.Fields(strings.ToLower(s)), token)
}

// siteName is the outlet's name: as stated, else the part of the title that is not the headline.
func (h *head) siteName() string {
	name := h.get("og:site_name", "application-name", "apple-mobile-web-app-title")
	if name == "" && h.article != nil {
		name = h.article.str("publisher")
	}
	if name == "" {
		for _, n := range h.graph {
			if n.is("WebSite", "NewsMediaOrganization") {
				if name = n.str("name"); name != "" {
					break
				}
			}
		}
	}
	if strings.HasPrefix(name, "http") || len(name) > 120 {
		return ""
	}
	return strings.TrimPrefix(name, "@")
}

// separator stands between a headline and a site's name in titles.
var separator = regexp.MustCompile(`\s+(?:\||[–—-]|::|:::|»|«|•|·|/|//|\\|›|>|~)\s+|\s*(?:::|\|\||»»)\s*|\s\|\s?|\s?\|\s`)

// titleParts splits a title at its separators.
func titleParts(s string) []string {
	var out []string
	for _, p := range separator.Split(s, -1) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// withoutSite drops a site's name, and sections before it, from the end or the start of a title. known are texts that
// are headlines for certain, such as h1; host is the page's host.
func withoutSite(title, site, host string) string {
	parts := separator.FindAllStringIndex(title, -1)
	if len(parts) == 0 {
		return title
	}
	last := parts[len(parts)-1]
	if tail := title[last[1]:]; isSite(tail, site, host) {
		return withoutSite(strings.TrimSpace(title[:last[0]]), site, host)
	}
	if lead := title[:parts[0][0]]; isSite(lead, site, host) && len(title[parts[0][1]:]) > len(lead) {
		return withoutSite(strings.TrimSpace(title[parts[0][1]:]), site, host)
	}
	return title
}

// isSite reports whether a part of a title names the site.
func isSite(part, site, host string) bool {
	p := squash(part)
	if p == "" {
		return true
	}
	if h := squash(strings.TrimPrefix(strings.ToLower(host), "www.")); len(h) > 4 && strings.Contains(p, h) {
		return true
	}
	if s := squash(site); s != "" && (p == s || strings.Contains(p, s) && len(p) < 3*len(s) || strings.Contains(s, p) && len(p) >= 4) {
		return true
	}
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	if host == "" {
		return false
	}
	name, _, _ := strings.Cut(host, ".")
	return p == squash(host) || p == squash(name) || len(name) >= 4 && strings.Contains(p, squash(name)) && len(p) < 4*len(name) ||
		len(p) >= 4 && strings.Contains(squash(host), p)
}

// squash keeps letters and digits in lower case.
func squash(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), notWord), "")
}

// alternates are the page's versions in other languages, by language.
func (h *head) alternates(root *html.Node, own, canonical string) map[string]string {
	out := map[string]string{}
	for e := range elements(root) {
		if (e.DataAtom != atom.Link && e.DataAtom != atom.A) || !hasAttr(e, "hreflang") {
			continue
		}
		if e.DataAtom == atom.Link && !hasToken(attr(e, "rel"), "alternate") || strings.Contains(attr(e, "type"), "xml") {
			continue
		}
		lang, ok := language.Parse(attr(e, "hreflang"))
		if !ok || lang == own || out[lang] != "" || len(out) >= 100 {
			continue
		}
		u := safeLink(attr(e, "href"), h.base)
		if u == "" || strings.HasPrefix(u, "mailto:") || e.DataAtom == atom.A && isHome(u) || canonical != "" && u == canonical {
			continue
		}
		out[lang] = u
	}
	if len(out) == 0 {
		h.switched(root, own, out)
	}
	return out
}

// switches are the labels of language switches.
var switches = map[string]string{
	"en": "en", "eng": "en", "english": "en", "ru": "ru", "рус": "ru", "ру": "ru", "русский": "ru", "rus": "ru", "հայ": "hy", "հայերեն": "hy", "arm": "hy", "hy": "hy", "հյ": "hy", "арм": "hy",
	"укр": "uk", "українська": "uk", "ქართული": "ka", "geo": "ka", "ge": "ka", "az": "az", "azə": "az", "fr": "fr", "fra": "fr", "français": "fr", "de": "de", "deu": "de", "tr": "tr",
}

// switched reads the page's own language switch, where it leads to versions of the article and not to front pages.
func (h *head) switched(root *html.Node, own string, out map[string]string) {
	for e := range elements(root) {
		address := attr(e, "href")
		switch e.DataAtom {
		case atom.A:
		case atom.Option:
			address = attr(e, "value")
		default:
			continue
		}
		lang := switches[strings.ToLower(foldSpace(shortText(e)))]
		u := safeLink(address, h.base)
		if lang == "" || lang == own || out[lang] != "" || u == "" || isHome(u) || h.page == nil || strings.HasSuffix(address, "#") {
			continue
		}
		if p, err := url.Parse(u); err == nil && p.Host == h.page.Host && strings.Count(strings.Trim(p.Path, "/"), "/") >= 1 && p.Path != h.page.Path {
			out[lang] = u
		}
	}
}

// shortText is the text right inside an element, "" where it is more than a label.
func shortText(n *html.Node) string {
	if c := n.FirstChild; c != nil && c == n.LastChild && c.Type == html.TextNode && len(c.Data) < 60 {
		return c.Data
	}
	return ""
}

// isHome reports addresses of front pages: nothing in the path but perhaps a language, and no query.
func isHome(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	path := strings.Trim(u.Path, "/")
	_, isLanguage := language.Parse(path)
	return (path == "" || isLanguage && len(path) <= 3) && u.RawQuery == ""
}
