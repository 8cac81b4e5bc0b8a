package ingest

import (
	"html"
	"net/url"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"colophon/archive/fault"
)

// isDump tells plain text from HTML: by what the response says, else by the absence of any element.
func isDump(p Page, text string) bool {
	ct := strings.ToLower(p.Header.Get("Content-Type"))
	if strings.Contains(ct, "html") || strings.Contains(ct, "xml") {
		return false
	}
	head := strings.ToLower(text[:min(len(text), 16<<10)])
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<div", "<p>", "<p ", "<meta", "<article", "<table", "<title", "<h1", "<span", "<a ", "<br", "<li", "<img", "<font", "<b>", "<i>"} {
		if strings.Contains(head, tag) {
			return strings.HasPrefix(ct, "text/plain") && !strings.HasPrefix(strings.TrimSpace(head), "<")
		}
	}
	return true
}

// readDump reads a page that came as its bare text, as people copy it out of a browser: menus, notice, section, headline,
// date, paragraphs, byline, furniture, one line each. The body is the run of paragraphs; the headline is the line before
// the date, or the nearest line before the body that can be one; everything else is read as it would be on a page.
func readDump(address, text string) (Document, error) {
	r := &reading{titleAt: -1, start: -1, end: -1}
	r.head = &head{metas: map[string][]string{}}
	r.page, _ = url.Parse(address)
	r.base = r.page
	r.root = &nethtml.Node{Type: nethtml.DocumentNode}
	r.walk = &walker{base: r.base, sizes: map[*nethtml.Node]size{}, called: map[*nethtml.Node]furniture{}}
	r.leaves = dumpLeaves(text)
	doc := Document{URL: address}
	r.start, r.end = dumpBody(r.leaves)
	if r.start < 0 {
		return doc, fault.New(fault.ErrInvalid, "fault.extract.none", nil)
	}
	r.titleAt = dumpTitle(r.leaves, r.start)
	if r.titleAt >= 0 {
		doc.Title = r.leaves[r.titleAt].Text
	}
	host := ""
	if r.page != nil {
		host = r.page.Hostname()
	}
	doc.SiteName = dumpSite(r.leaves, r.end, host)
	for i := r.start; i <= r.end; i++ {
		if l := r.leaves[i]; l.Kind == Paragraph && i != r.titleAt {
			r.body = append(r.body, l)
		}
	}
	names := r.trim(&doc, host)
	r.place()
	for _, l := range r.body {
		doc.Blocks = append(doc.Blocks, l.Block)
	}
	doc.Text = textOf(doc.Blocks)
	if doc.Text == "" {
		doc.Blocks = nil
		return doc, fault.New(fault.ErrInvalid, "fault.extract.none", nil)
	}
	doc.Language = languageOf(doc.Title+"\n"+doc.Text, "")
	for _, n := range names {
		doc.Authors = append(doc.Authors, n...)
	}
	doc.Section = dumpSection(r.leaves, r.titleAt)
	doc.PublishedAt = r.shownDate(doc.Language).String()
	doc.Statements = append(r.statements(r.root, doc.SiteName, r.leaves, r.inBody, r.start, r.end), doc.Statements...)
	doc.Upstream = upstream(doc.Title, doc.Language, doc.Blocks, doc.SiteName, host)
	return doc, nil
}

// dumpLeaves cuts text into lines, one leaf each.
func dumpLeaves(text string) []*leaf {
	var out []*leaf
	node := &nethtml.Node{Type: nethtml.ElementNode, DataAtom: atom.Div, Data: "div"}
	for line := range strings.SplitSeq(text, "\n") {
		if line = foldSpace(line); line == "" || len(line) > maxBlockLen {
			continue
		}
		if len(out) >= maxBlocks {
			break
		}
		l := &leaf{node: node, runes: utf8.RuneCountInString(line)}
		l.Kind, l.Text, l.HTML = Paragraph, line, html.EscapeString(line)
		if l.trimBullet() {
			l.Kind = ListItem
		}
		out = append(out, l)
	}
	return out
}

// dumpBody is the heaviest run of sentences: short lines may stand between them, but not many in a row.
func dumpBody(leaves []*leaf) (start, end int) {
	const gap = 3
	start, end = -1, -1
	best, sum, from, last := 0, 0, -1, -1
	for i, l := range leaves {
		if !l.sentence() || l.runes < 60 || isTerms(l.Text) && isOwnTerms(l.Text) {
			continue
		}
		if from < 0 || i-last > gap {
			from, sum = i, 0
		}
		sum += l.runes
		last = i
		if sum > best {
			best, start, end = sum, from, i
		}
	}
	if best < 100 {
		return -1, -1
	}
	// The lines after it may name the author.
	for i := end + 1; i < len(leaves) && i <= end+3; i++ {
		if bylineNames(leaves[i].Text) != nil {
			end = i
		}
	}
	return start, end
}

// dumpTitle is the line of the headline.
func dumpTitle(leaves []*leaf, start int) int {
	could := func(i int) bool {
		l := leaves[i]
		_, dated := mostlyDate(l.Text, "")
		return l.runes >= 15 && l.runes <= 250 && !dated && !isTerms(l.Text) && bylineNames(l.Text) == nil && !buttons.MatchString(l.Text)
	}
	for i := start - 1; i > 0 && i >= start-6; i-- {
		if st, ok := mostlyDate(leaves[i].Text, ""); ok && !st.zero() && could(i-1) {
			return i - 1
		}
	}
	for i := start - 1; i >= 0 && i >= start-6; i-- {
		if could(i) {
			return i
		}
	}
	return -1
}

// dumpSection is a short line just before the headline that is no button and no name of a language.
func dumpSection(leaves []*leaf, titleAt int) string {
	for i := titleAt - 1; i >= 0 && i >= titleAt-4; i-- {
		l := leaves[i]
		if l.runes < 3 || l.runes > 30 || strings.ContainsAny(l.Text, "+-©.։:") || buttons.MatchString(l.Text) {
			continue
		}
		if isTerms(l.Text) {
			return ""
		}
		return l.Text
	}
	return ""
}

// dumpSite is the outlet's name: a short line that names the host, or that stands beside ©.
func dumpSite(leaves []*leaf, end int, host string) string {
	if host != "" {
		for i := max(end, 0); i < len(leaves) && i <= end+4; i++ {
			if l := leaves[i]; l.runes <= 40 && isSite(l.Text, "", host) {
				return l.Text
			}
		}
	}
	for _, l := range leaves {
		if before, _, ok := strings.Cut(l.Text, "©"); ok && l.runes < 80 {
			if name := strings.Trim(before, " .,–—-"); name != "" {
				return name
			}
		}
	}
	return ""
}
