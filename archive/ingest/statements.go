package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"colophon/archive/rights"
)

// termWords are the two halves of a statement of terms in each language: words for using somebody's text, and words for
// a condition on it. A line needs one of each. What the statement asks for is not decided here.
var termWords = []struct{ use, condition *regexp.Regexp }{
	{
		regexp.MustCompile(`\b(?:use|usage|using|reuse|reus(?:ing|ed)|reprint\w*|reproduc\w+|re-?publi\w+|copy(?:ing)?|copied|quot(?:e|ing|ed|ation)s?|distribut\w+|citing|citation|redistribut\w+|transmi\w+|materials?|syndicat\w+)\b`),
		regexp.MustCompile(`\b(?:hyper-?links?|links?\s+(?:to|back)|backlink|permission|permitted|consent|allowed|prohibited|forbidden|requires?|required|must|mandatory|obligatory|all rights reserved|licen[cs]ed?|may not be|shall not|with(?:out)? (?:a |an |the )?(?:reference|attribution|credit|acknowledg\w+)|attribution|provided that|only (?:with|if))\b`),
	},
	{
		regexp.MustCompile(`использован|перепечат|копирован|цитирован|воспроизвед|распростран|републик|перепост|заимствован|публикаци[ия] материал|материал|використан|передрук|цитуван|копіюван`),
		regexp.MustCompile(`ссылк|гиперссыл|разреш|согласи[яеи]|допуска|запрещ|обязательн|при условии|права защищены|права охраняются|с указанием|возможн[аоы] только|только с|посиланн|дозвол|заборон`),
	},
	{
		regexp.MustCompile(`օգտագործ|վերարտադր|արտատպ|մեջբեր|վերահրապարակ|վերատպ|պատճեն|տարած|հրապարակ|նյութեր`),
		regexp.MustCompile(`հղում|հղման|հղմամբ|հիպերհղ|թույլտվ|թույլատր|արգել|պարտադիր|իրավունքներ|համաձայնությ|պաշտպանված`),
	},
}

// rightsWords are complete statements by themselves.
var rightsWords = regexp.MustCompile(`(?i)all rights reserved|все права защищены|все права охраняются|բոլոր իրավունքները|усі права захищен|creative commons|\bCC[ -]BY`)

// saysTerms reports lines that state terms of reuse, as package rights reads them, or claim all rights. Lines without any
// word of the matter are not handed on.
func (h *head) saysTerms(s, site string, where Where) bool {
	if len(s) < 20 || len(s) > 6000 {
		return false
	}
	if rightsWords.MatchString(s) {
		return true
	}
	low := strings.ToLower(s)
	touched := false
	for _, t := range termWords {
		touched = touched || t.use.MatchString(low) || t.condition.MatchString(low)
	}
	if !touched {
		return false
	}
	if strings.ContainsAny(low, "іїєґў") { // Ukrainian and Belarusian, which rights does not read
		return isTerms(s)
	}
	host := ""
	if h.page != nil {
		host = h.page.Hostname()
	}
	return rights.Detect(rights.Statement{Text: s, Outlet: site, Where: string(where), Host: host}).IsPolicy
}

// isTerms is a rough test for lines that speak of reuse, in any language whose words it knows.
func isTerms(s string) bool {
	if len(s) < 20 || len(s) > 6000 || len(strings.Fields(s)) < 5 {
		return rightsWords.MatchString(s) && len(s) < 200
	}
	low := strings.ToLower(s)
	for _, t := range termWords {
		if t.use.MatchString(low) && t.condition.MatchString(low) {
			return true
		}
	}
	return rightsWords.MatchString(s)
}

// siteWords tell a statement by the outlet about itself from a sentence of an article on the subject.
var siteWords = regexp.MustCompile(`(?i)\b(?:this|our|the)\s+(?:web)?site|site'?s materials|of (?:the )?materials|(?:наш\w+|эт\w+)\s+сайт|материал\w*\s+(?:сайта|издания|портала|редакции|агентства)|использован\S*\s+(?:\S+\s+){0,3}материал|перепечатк|կայքի|նյութերի\s+(?:\S+\s+){0,3}օգտագործ|(?:©|\(c\)|\(с\))|\b[\p{L}\d-]+\.(?:am|az|ru|com|org|net|info|example|ge|ua|kz|by|su|eu)\b`)

// isOwnTerms is isTerms for lines inside the article, where a sentence may speak of somebody else's terms.
func isOwnTerms(s string) bool {
	if !isTerms(s) || !siteWords.MatchString(s) || len(s) > 1200 {
		return false
	}
	if !rightsWords.MatchString(s) && !rights.Detect(rights.Statement{Text: s}).IsPolicy {
		return false
	}
	low := strings.ToLower(s)
	for _, w := range []string{"link", "ссылк", "հղում", "հղման", "reserved", "защищены", "պաշտպանված", "permission", "разрешен", "թույլ", "credit"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// termsLink is the text of links to pages of terms.
var termsLink = regexp.MustCompile(`(?i)^(?:terms(?: (?:of|and|&) (?:use|service|conditions|reuse))?|terms of republication|(?:re)?publishing (?:rules|policy|guidelines)|republish(?: (?:this|our) (?:article|story|articles|content))?|copyright(?: (?:policy|notice|and permissions))?|reprints?(?: (?:and|&) permissions?)?|permissions|licens(?:e|ing)|использование материалов|правила (?:использования|перепечатки|цитирования|пользования)[\p{L} ]*|условия (?:использования|перепечатки)[\p{L} ]*|перепечатка(?: материалов)?|пользовательское соглашение|правовая информация|авторские права|օգտագործման (?:կանոններ(?:ը)?|պայմաններ(?:ը)?)|կանոններ|նյութերի օգտագործում(?:ը)?|հեղինակային իրավունք(?:ներ(?:ը)?)?|правила использования|умови використання)$`)

// licenceHref are the addresses of licences.
var licenceHref = regexp.MustCompile(`(?i)^https?://(?:www\.)?(?:creativecommons\.org/(?:licenses|publicdomain)/|opensource\.org/licen|www\.gnu\.org/licenses/|artlibre\.org)`)

// statements reads what the page says about reuse outside its body. lines are the leaves that are not in the body;
// start and end are the positions of the body among all leaves.
func (h *head) statements(root *html.Node, site string, leaves []*leaf, inBody map[*leaf]bool, start, end int) []Statement {
	var out []Statement
	seen := map[string]bool{}
	add := func(s Statement) {
		s.Text = strings.TrimLeft(s.Text, "!•*· ►")
		key := squash(s.Text) + "\x00" + s.Href
		if s.Text == "" || seen[key] || len(out) >= 40 || len(s.Text) > 6000 {
			return
		}
		seen[key] = true
		out = append(out, s)
	}
	tried := 0
	for i, l := range leaves {
		if inBody[l] || !l.inText() || l.linky() && l.runes > 60 {
			continue
		}
		if l.junk == asRelated || l.junk == asComment || l.junk == asHidden && l.runes > 1000 {
			continue
		}
		s := Statement{Text: l.Text, Where: InFooter}
		switch {
		case l.junk == asHeader:
			s.Where = InHeader
		case l.junk == asFooter:
		case strings.ContainsAny(l.Text, "©"):
			s.Where = NearC
		case start >= 0 && i < start:
			s.Where = InHeader
		case l.junk == "" && end >= 0 && i-end < 4:
			s.Where = BodyEnd
		}
		if tried++; tried > 600 || !h.saysTerms(l.Text, site, s.Where) {
			continue
		}
		s.Href = firstHref(l.HTML)
		add(s)
	}
	for _, name := range []string{"copyright", "dcterms.rights", "dc.rights", "rights", "usageinfo", "dcterms.license"} {
		for _, v := range h.metas[name] {
			if isTerms(v) || name == "usageinfo" || strings.HasPrefix(v, "http") {
				add(Statement{Text: v, Where: InMeta, Href: safeLink(ifAddress(v), h.base)})
			}
		}
	}
	for _, n := range h.graph {
		for _, key := range []string{"copyrightNotice", "usageInfo", "license", "acquireLicensePage", "conditionsOfAccess"} {
			if v := n.str(key); v != "" && (key != "conditionsOfAccess" || isTerms(v)) {
				add(Statement{Text: v, Where: InJSONLD, Href: safeLink(ifAddress(n.address(key)), h.base)})
			}
		}
	}
	if v := h.get("tdm-reservation"); v != "" {
		add(Statement{Text: "tdm-reservation: " + v, Where: InMeta, Href: safeLink(h.get("tdm-policy"), h.base)})
	}
	body := bodyNodes(inBody)
	for e := range elements(root) {
		if e.DataAtom != atom.A && e.DataAtom != atom.Link && e.DataAtom != atom.Area || len(out) >= 40 {
			continue
		}
		href := safeLink(attr(e, "href"), h.base)
		if href == "" {
			continue
		}
		if hasToken(attr(e, "rel"), "license") || hasToken(attr(e, "rel"), "terms-of-service") || e.DataAtom == atom.A && licenceHref.MatchString(href) && !insideAny(e, body) {
			add(Statement{Text: firstOf(textIn(e), foldSpace(attr(e, "title")), href), Where: LicenceLink, Href: href})
			continue
		}
		if e.DataAtom == atom.A {
			if t := strings.Trim(textIn2(e), " .։|•"); t != "" && termsLink.MatchString(t) && !insideAny(e, body) {
				add(Statement{Text: t, Where: TermsLink, Href: href})
			}
		}
	}
	return out
}

// textIn2 is textIn for links, "" where the link holds more than a label.
func textIn2(n *html.Node) string {
	c := 0
	for d := range n.Descendants() {
		if c++; c > 12 || len(d.Data) > 300 {
			return ""
		}
	}
	return textIn(n)
}

// bodyNodes are the block elements of the body that hold no other block.
func bodyNodes(inBody map[*leaf]bool) map[*html.Node]bool {
	out := map[*html.Node]bool{}
	for l := range inBody {
		if l.node != nil && l.prose() && !holdsBlocks(l.node) {
			out[l.node] = true
		}
	}
	return out
}

func holdsBlocks(n *html.Node) bool {
	for e := range elements(n) {
		if isBlock(e) {
			return true
		}
	}
	return false
}

// insideAny reports whether an element stands in one of a set.
func insideAny(n *html.Node, set map[*html.Node]bool) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

func firstOf(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}

func ifAddress(s string) string {
	if strings.HasPrefix(s, "http") || strings.HasPrefix(s, "/") {
		return s
	}
	return ""
}

var hrefPattern = regexp.MustCompile(`<a href="([^"]*)"`)

func firstHref(htm string) string {
	if m := hrefPattern.FindStringSubmatch(htm); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

// licence is the licence the page declares for itself: an address, or a name where there is no address.
func (h *head) licence(root *html.Node) string {
	for e := range elements(root) {
		if e.DataAtom != atom.A && e.DataAtom != atom.Link {
			continue
		}
		if hasToken(attr(e, "rel"), "license") {
			if u := safeLink(attr(e, "href"), h.base); u != "" {
				return u
			}
		}
	}
	if h.article != nil {
		if v := firstOf(h.article.address("license"), h.article.str("license")); v != "" {
			return v
		}
	}
	for _, n := range h.graph {
		if n.is("WebPage", "CreativeWork", "WebSite") {
			if v := n.str("license"); v != "" {
				return v
			}
		}
	}
	if v := h.get("dcterms.license", "license", "dc.rights.license"); v != "" {
		return v
	}
	for e := range elements(root) {
		if e.DataAtom == atom.A {
			if u := safeLink(attr(e, "href"), h.base); licenceHref.MatchString(u) {
				return u
			}
		}
	}
	return ""
}
