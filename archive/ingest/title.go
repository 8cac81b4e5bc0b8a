package ingest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headline is the article's title and, where it stands on the page, the element that shows it.
func (h *head) headline(root *html.Node, w *walker, site string) (string, *html.Node) {
	host := ""
	if h.page != nil {
		host = h.page.Hostname()
	}
	var stated []string
	if h.article != nil {
		stated = append(stated, h.article.str("headline"), h.article.str("name"))
	}
	stated = append(stated, h.get("og:title"), h.get("twitter:title"), h.get("headline", "dc.title", "sailthru.title", "parsely-title"), h.title)
	var refs []string
	for _, s := range stated {
		if s = withoutSite(s, site, host); s != "" && !isSite(s, site, host) {
			refs = append(refs, s)
		}
	}
	if len(refs) > 0 {
		refs[0] = h.headingIn(root, refs[0])
	}
	var best *html.Node
	bestText, bestScore := "", 0.0
	n := 0
	for e := range elements(root) {
		if e.DataAtom != atom.H1 && attr(e, "itemprop") != "headline" {
			continue
		}
		if n++; n > 50 {
			break
		}
		if e.DataAtom == atom.Meta || w.inFurniture(e, asNav, asRelated, asComment) {
			continue
		}
		t := textIn(e)
		if t == "" || len(t) > 500 || isSite(t, site, host) {
			continue
		}
		score := 0.3
		for _, r := range refs {
			score = max(score, overlap(t, r))
		}
		if e.DataAtom == atom.H1 {
			score += 0.05
		}
		if score > bestScore {
			best, bestText, bestScore = e, t, score
		}
	}
	switch {
	case best != nil && (bestScore > 0.5 || len(refs) == 0):
		return bestText, best
	case len(refs) > 0:
		title := refs[0]
		// The element that shows it, whatever it is called; a heading rather than a line, and no link to itself.
		var shown *html.Node
		for e := range elements(root) {
			s := w.sizes[e]
			if s.plain < s.linked || s.plain+s.linked == 0 || s.plain+s.linked > 3*len(title)+8 || e.DataAtom == atom.Title || insideLink(e) {
				continue
			}
			heading := len(e.Data) == 2 && e.Data[0] == 'h' && e.DataAtom != atom.Hr
			if shown != nil && !heading || overlap(textIn(e), title) < 0.85 || w.inFurniture(e, asNav, asRelated, asComment) {
				continue
			}
			if shown = e; heading {
				break
			}
		}
		if shown != nil {
			return title, shown
		}
		return title, best
	case best != nil:
		return bestText, best
	}
	return h.title, nil
}

// headingIn is the part of a title that a heading of the page repeats, where the title has parts; else the title.
func (h *head) headingIn(root *html.Node, title string) string {
	parts := titleParts(title)
	if len(parts) < 2 || len(parts) > 6 {
		return title
	}
	part := ""
	for e := range elements(root) {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] > '3' || e.Data[1] < '1' {
			continue
		}
		t := textIn2(e)
		if t == "" || len(t) > 500 {
			continue
		}
		if overlap(t, title) > 0.95 {
			return title
		}
		if part == "" && (overlap(t, parts[0]) > 0.95 || overlap(t, parts[len(parts)-1]) > 0.95) {
			part = t
		}
	}
	if part != "" {
		return part
	}
	return title
}

// inFurniture reports whether an element stands in furniture of one of the kinds.
func (w *walker) inFurniture(n *html.Node, kinds ...furniture) bool {
	for ; n != nil && n.Type == html.ElementNode; n = n.Parent {
		f := w.furnitureOf(n)
		if slices.Contains(kinds, f) {
			return true
		}
	}
	return false
}

// overlap is the share of the words of the shorter text that the longer has too, times how alike their lengths are.
func overlap(a, b string) float64 {
	wa, wb := strings.FieldsFunc(strings.ToLower(a), notWord), strings.FieldsFunc(strings.ToLower(b), notWord)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	has := map[string]int{}
	for _, w := range wa {
		has[w]++
	}
	both := 0
	for _, w := range wb {
		if has[w] > 0 {
			has[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(wa)+len(wb))
}

// sectionWords name the label of a section beside the headline.
var sectionWords = map[string]bool{
	"cat": true, "category": true, "rubric": true, "section": true, "sec": true, "kicker": true, "eyebrow": true, "rubrika": true, "rubr": true,
	"heading": false, "topic": true, "theme": true, "channel": true, "tag": true, "label": true, "razdel": true, "department": true,
}

// section is what part of the outlet the article stands in.
func (h *head) section(root *html.Node, w *walker, headline *html.Node, title string) string {
	own := func(s string) bool {
		return s != "" && len(s) <= 120 && !strings.HasPrefix(s, "http") && overlap(s, title) < 0.8
	}
	if s := h.get("article:section", "parsely-section", "sailthru.section", "cxenseparse:section"); own(s) {
		return s
	}
	if h.article != nil {
		if s := h.article.str("articleSection"); own(s) {
			return s
		}
	}
	if s := h.get("articlesection", "section"); own(s) {
		return s
	}
	shown := ""
	passed := false
	after := 0
	for e := range elements(root) {
		if e == headline {
			passed = true
			if shown != "" {
				break
			}
		}
		if passed {
			if after++; after > 40 {
				break
			}
		}
		named := attr(e, "itemprop") == "articleSection"
		for _, word := range wordsOf(attr(e, "class") + " " + attr(e, "rel")) {
			named = named || sectionWords[word]
		}
		if !named {
			continue
		}
		s := w.sizes[e]
		if s.plain+s.linked == 0 || s.plain+s.linked > 60 || w.inFurniture(e, asNav, asRelated, asAux, asComment) {
			continue
		}
		if t := strings.Trim(textIn(e), " /|›»:•#"); own(t) && !strings.ContainsAny(t, "0123456789") && !buttons.MatchString(t) && !elsewhere.MatchString(t) {
			shown = t
			if passed {
				break
			}
		}
	}
	if shown != "" && (headline != nil) {
		return shown
	}
	if s := h.crumb(root, title); s != "" {
		return s
	}
	return h.trail(root, w, headline, title)
}

// trail is the last step of breadcrumbs that nothing names: links before the headline, the first to the front page, with
// arrows between them.
func (h *head) trail(root *html.Node, w *walker, headline *html.Node, title string) string {
	for e := range elements(root) {
		if e == headline {
			break
		}
		if s := w.sizes[e]; e.DataAtom == atom.A || s.linked == 0 || s.plain+s.linked > 160 {
			continue
		}
		arrows, last, n := 0, "", 0
		for d := range e.Descendants() {
			switch {
			case d.Type == html.TextNode && strings.ContainsAny(d.Data, "»›>→/") && !insideLink(d):
				arrows++
			case d.Type == html.ElementNode && d.DataAtom == atom.A:
				home := isHome(safeLink(attr(d, "href"), h.base))
				if n++; home != (n == 1) {
					n = 99
				}
				if t := textIn(d); !home && overlap(t, title) < 0.8 {
					last = t
				}
			}
		}
		if n >= 2 && n <= 5 && arrows >= n-1 && last != "" && len(last) <= 80 {
			return last
		}
	}
	return ""
}

// crumb is the last step of the breadcrumbs before the article itself.
func (h *head) crumb(root *html.Node, title string) string {
	for _, n := range h.graph {
		if !n.is("BreadcrumbList") {
			continue
		}
		var names []string
		for _, v := range n.list("itemListElement") {
			if m, ok := v.(map[string]any); ok {
				name := ld(m).str("name")
				if name == "" {
					name = ld(m).str("item")
				}
				if name != "" && overlap(name, title) < 0.8 && !strings.HasPrefix(name, "http") {
					names = append(names, name)
				}
			}
		}
		if len(names) > 1 {
			return names[len(names)-1]
		}
	}
	for e := range elements(root) {
		named := strings.Contains(attr(e, "itemtype"), "BreadcrumbList")
		for _, word := range wordsOf(attr(e, "class") + " " + attr(e, "id")) {
			named = named || strings.HasPrefix(word, "breadcrumb") || word == "crumbs"
		}
		if !named {
			continue
		}
		var names []string
		for a := range elements(e) {
			if a.DataAtom == atom.A && !isHome(safeLink(attr(a, "href"), h.base)) {
				if t := textIn(a); t != "" && len(t) <= 80 && overlap(t, title) < 0.8 {
					names = append(names, t)
				}
			}
		}
		if len(names) > 0 {
			return names[len(names)-1]
		}
	}
	return ""
}
