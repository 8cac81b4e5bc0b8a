package rights

import (
	"slices"
	"strings"
)

// Name is how an outlet is called in one language: the plain form, and the cases that a sentence in that language may
// need. Forms are stored by people, without quotation marks; none is ever made up. The fields are those of archive.Name.
type Name struct {
	Name         string
	Genitive     string // ru
	Instrumental string // ru: опубликовано «Вестником»
	Dative       string // hy
	Definite     string // hy: հրապարակել է «Սուրհանդակը»
}

// CreditFacts are what a credit is made from.
type CreditFacts struct {
	Lang         string // of our page: en, ru, hy; another is credited in English
	Original     Original
	PublishedOn  string                     // when the outlet published it, RFC 3339 or a date; its own precision counts
	Outlet       map[string]Name            // by language
	Chain        []Hop                      // all ancestors; the outlet is one of them
	ChainNames   map[string]map[string]Name // of other hops: Hop.Outlet → language → name
	Translator   string
	Edited       bool              // the text was shortened or changed, which edit.declare wants said
	Excerpt      bool              // the page shows a part only, which limit.read_more wants said
	LicenceNames map[string]string // address of a licence → its name
}

// Place is where a line of a credit stands on the page.
type Place string

// The places. A source line right under the headline stands before the first paragraph, which the terms count as the
// first paragraph, the first sentence and the top alike.
const (
	InTitle       Place = "title"  // after the headline, inside the same heading
	UnderHeadline Place = "top"    // the source line
	InByline      Place = "byline" // author and translator
	AtEnd         Place = "end"    // after the last paragraph
)

// CreditPart is a run of text, or a link. Fulfils lists the clauses that would be broken without it; of glue between
// parts it is empty.
type CreditPart struct {
	Text    string
	Href    string // empty: plain text. The link carries no rel and no target
	Lang    string // where it is another than the page's
	Fulfils []Kind
}

// CreditLine is one line of the credit: a block of its own on the page, set in the size of the text.
type CreditLine struct {
	Place Place
	Parts []CreditPart
}

// Credit is all a page owes its source, in the language of the page. It is generated and cannot be edited away.
type Credit struct {
	Lang  string
	Lines []CreditLine
}

// At returns the lines of one place, in order.
func (c Credit) At(p Place) []CreditLine {
	var out []CreditLine
	for _, l := range c.Lines {
		if l.Place == p {
			out = append(out, l)
		}
	}
	return out
}

// Text returns the line as plain text.
func (l CreditLine) Text() string {
	var b strings.Builder
	for _, p := range l.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// compiler builds one credit.
type compiler struct {
	f       CreditFacts
	lang    string
	clauses []Clause
	out     Credit
}

// Compile writes the credit that clauses ask for. Clauses it has no words for (embargoes, limits, permissions) are left
// to their own checks. What is not asked for is not written, but for a source line: a page names its source anyway.
func Compile(clauses []Clause, f CreditFacts) Credit {
	c := &compiler{f: f, lang: f.Lang, clauses: clauses}
	if _, ok := creditWords[c.lang]; !ok {
		c.lang = "en"
	}
	c.out.Lang = c.lang
	c.titleLine()
	c.sourceLine(UnderHeadline)
	c.byline()
	c.translatorLine()
	c.endLine()
	c.chainLine()
	c.wordingLines()
	c.licenceLine()
	c.prune()
	return c.out
}

// clause returns the clause of a kind.
func (c *compiler) clause(k Kind) (Clause, bool) {
	i := slices.IndexFunc(c.clauses, func(x Clause) bool { return x.Kind == k })
	if i < 0 {
		return Clause{}, false
	}
	return c.clauses[i], true
}

// among keeps the kinds that are asked for.
func (c *compiler) among(kinds ...Kind) []Kind {
	var out []Kind
	for _, k := range kinds {
		if _, ok := c.clause(k); ok {
			out = append(out, k)
		}
	}
	return out
}

func (c *compiler) add(p Place, parts ...CreditPart) {
	c.out.Lines = append(c.out.Lines, CreditLine{Place: p, Parts: parts})
}

// placeOfLink is where the terms want the source link.
func (c *compiler) placeOfLink() Place {
	k, ok := c.clause(LinkPlace)
	if ok && k.Within == "end" {
		return AtEnd
	}
	return UnderHeadline
}

// placeOfCredit is where the terms want the outlet named, "" where they do not say.
func (c *compiler) placeOfCredit() Place {
	k, ok := c.clause(CreditPlace)
	switch {
	case !ok:
		return ""
	case k.Where == "title":
		return InTitle
	case k.Where == "byline":
		return InByline
	case k.Where == "end":
		return AtEnd
	}
	return UnderHeadline
}

// target is what the terms want linked: homepage, article, or "" for either.
func (c *compiler) target() string {
	for _, kind := range []Kind{LinkRequired, LinkPlace, LinkFollowable, LinkVisible, LinkDirect} {
		if k, ok := c.clause(kind); ok && k.Target != "" {
			return k.Target
		}
	}
	return ""
}

// linkTarget is the address the source link leads to: the article, unless the terms want the home page.
func (c *compiler) linkTarget() string {
	o := c.f.Original
	switch {
	case c.target() == "homepage" || o.URL == "" && o.CanonicalURL == "":
		return o.HomeURL
	case o.URL == "":
		return o.CanonicalURL
	}
	return o.URL
}

// outletIn is the outlet's name for readers of the page, with the form of a case where one is stored and is still read
// as the name.
func (c *compiler) outletIn(form func(Name) string) string {
	n, ok := c.f.Outlet[c.lang]
	if !ok || n.Name == "" {
		return ""
	}
	s := form(n)
	m := newOutletMatcher(append([]string{n.Name}, c.f.Original.OutletNames...), "")
	if s == "" || !m.in(cutNames(s)) {
		return ""
	}
	return s
}

// outlet is the outlet's plain name: in the page's language, else in that of the original, else as the facts give it.
func (c *compiler) outlet() string {
	for _, lang := range []string{c.lang, primaryLanguage(c.f.Original.Language), ""} {
		if n := c.f.Outlet[lang].Name; n != "" {
			return n
		}
	}
	if len(c.f.Original.OutletNames) > 0 {
		return c.f.Original.OutletNames[0]
	}
	return parseAddress(c.f.Original.HomeURL, nil, nil).host
}

// quoted puts a name between the quotation marks that Russian and Armenian give the names of papers.
func (c *compiler) quoted(name string) string {
	if c.lang == "en" || strings.ContainsAny(name, "«»\"“”") || strings.Contains(name, ".") && !strings.Contains(name, " ") {
		return name
	}
	return "«" + name + "»"
}

// sourceLinkKinds are the clauses that the source link itself fulfils.
var sourceLinkKinds = []Kind{LinkRequired, LinkFollowable, LinkVisible, LinkDirect}

// sourcePart is the source link with its clauses: those of links where the link is to stand, credits where the credit is to.
func (c *compiler) sourcePart(name string, at Place) CreditPart {
	part := CreditPart{Text: c.quoted(name), Href: c.linkTarget()}
	if _, placed := c.clause(LinkPlace); placed && at == c.placeOfLink() {
		part.Fulfils = append(part.Fulfils, c.among(LinkPlace)...)
	}
	if at == c.placeOfCredit() {
		part.Fulfils = append(part.Fulfils, c.among(CreditPlace)...)
	}
	if at == c.mainPlace() {
		part.Fulfils = append(part.Fulfils, c.among(sourceLinkKinds...)...)
		part.Fulfils = append(part.Fulfils, c.among(CreditSource)...)
		if len(c.f.Chain) > 0 {
			part.Fulfils = append(part.Fulfils, c.among(CreditChain)...)
		}
	}
	return part
}

// mainPlace is where the one source line stands that every page has: at the top, unless the link is wanted at the end and
// nothing at the top.
func (c *compiler) mainPlace() Place {
	credit := c.placeOfCredit()
	if _, link := c.clause(LinkPlace); link {
		if c.placeOfLink() == AtEnd && credit != UnderHeadline {
			return AtEnd
		}
		return UnderHeadline
	}
	if credit == AtEnd {
		return AtEnd
	}
	return UnderHeadline
}

func (c *compiler) titleLine() {
	if c.placeOfCredit() == InTitle {
		c.add(InTitle, CreditPart{Text: " — "}, CreditPart{Text: c.quoted(c.outlet()), Fulfils: c.among(CreditPlace)})
	}
}

// sourceLine says who published it first, where, in which language and when.
func (c *compiler) sourceLine(at Place) {
	_, placed := c.clause(LinkPlace)
	if c.mainPlace() != at && c.placeOfCredit() != at && !(placed && c.placeOfLink() == at) {
		return
	}
	w := creditWords[c.lang]
	lang := primaryLanguage(c.f.Original.Language)
	translated := lang != c.lang
	date := creditDate(c.f.PublishedOn, c.lang)
	var parts []CreditPart
	text := func(s string) { parts = append(parts, CreditPart{Text: s}) }
	switch instrumental, definite := c.outletIn(func(n Name) string { return n.Instrumental }), c.outletIn(func(n Name) string { return n.Definite }); {
	case c.lang == "en":
		text("First published")
		if name := w.languages[lang]; translated && name != "" {
			text(" in " + name)
		}
		text(" by ")
		parts = append(parts, c.sourcePart(c.outlet(), at))
		if date != "" {
			text(" on " + date)
		}
		text(".")
	case c.lang == "ru" && instrumental != "":
		text("Впервые опубликовано ")
		parts = append(parts, c.sourcePart(instrumental, at))
		if name := w.languages[lang]; translated && name != "" {
			text(" " + name)
		}
		if date != "" {
			text(" " + date + " года")
		}
		text(".")
	case c.lang == "hy" && definite != "":
		text("Առաջինը հրապարակել է ")
		parts = append(parts, c.sourcePart(definite, at))
		if name := w.languages[lang]; translated && name != "" {
			text("՝ " + name)
		}
		if date != "" {
			text(", " + creditDay(c.f.PublishedOn, c.lang))
		}
		text("։")
	default:
		text(w.source)
		parts = append(parts, c.sourcePart(c.outlet(), at))
		if name := w.languages[lang]; translated && name != "" {
			text(", " + name)
		}
		if date != "" {
			text(", " + date + w.year)
		}
		if !strings.HasSuffix(date, ".") {
			text(w.stop)
		}
	}
	c.add(at, merged(parts)...)
}

// endLine is the closing credit, where something is wanted at the end.
func (c *compiler) endLine() { c.sourceLine(AtEnd) }

// byline names the authors, and the outlet where the terms want it there.
func (c *compiler) byline() {
	w := creditWords[c.lang]
	inByline := c.placeOfCredit() == InByline
	var parts []CreditPart
	for i, author := range c.f.Original.Authors {
		name := author
		for _, other := range c.f.Original.AuthorSpellings[author] {
			if writtenIn(other) == writtenIn(w.source) && writtenIn(author) != writtenIn(w.source) {
				name = other
				break
			}
		}
		lead := ", "
		if i == 0 {
			if lead = w.author; len(c.f.Original.Authors) > 1 {
				lead = w.authors
			}
		}
		parts = append(parts, CreditPart{Text: lead}, CreditPart{Text: name, Fulfils: c.among(CreditAuthor)})
	}
	if inByline {
		if len(parts) == 0 {
			parts = append(parts, CreditPart{Text: w.source})
		} else {
			parts = append(parts, CreditPart{Text: ", "})
		}
		parts = append(parts, CreditPart{Text: c.quoted(c.outlet()), Fulfils: c.among(CreditPlace)})
	}
	if len(parts) > 0 {
		c.add(InByline, parts...)
	}
}

// translatorLine names the translator and the language of the original.
func (c *compiler) translatorLine() {
	lang := primaryLanguage(c.f.Original.Language)
	if c.f.Translator == "" || lang == c.lang {
		return
	}
	w := creditWords[c.lang]
	if from := w.from[lang]; from != "" {
		c.add(InByline, CreditPart{Text: strings.ReplaceAll(w.translated, "LANGUAGE", from)},
			CreditPart{Text: c.f.Translator, Fulfils: c.among(CreditTranslator)})
		return
	}
	c.add(InByline, CreditPart{Text: w.translator}, CreditPart{Text: c.f.Translator, Fulfils: c.among(CreditTranslator)})
}

// chainLine credits everybody the story came through before the outlet.
func (c *compiler) chainLine() {
	if _, asked := c.clause(CreditChain); !asked {
		return
	}
	own := keys(c.f.Original.HomeURL, c.f.Original.URL, c.f.Original.CanonicalURL)
	var parts []CreditPart
	for _, hop := range c.f.Chain {
		at := keys(hop.URL, hop.HomeURL)
		if len(at) == 0 || slices.ContainsFunc(at, func(k string) bool { return contains(own, k) }) {
			continue // no address to link to; or the outlet itself, which the source link credits
		}
		href := hop.URL
		if len(keys(href)) == 0 {
			href = hop.HomeURL
		}
		name := hop.Outlet
		if n := c.f.ChainNames[hop.Outlet][c.lang].Name; n != "" {
			name = n
		}
		lead := ", "
		if len(parts) == 0 {
			lead = creditWords[c.lang].first
		}
		parts = append(parts, CreditPart{Text: lead}, CreditPart{Text: c.quoted(name), Href: href, Fulfils: []Kind{CreditChain}})
	}
	if len(parts) > 0 {
		c.add(AtEnd, append(parts, CreditPart{Text: creditWords[c.lang].stop})...)
	}
}

// wordingLines set the sentences that the terms give word for word.
func (c *compiler) wordingLines() {
	line := func(k Kind, text, href string) {
		part := CreditPart{Text: text, Href: href, Fulfils: []Kind{k}}
		if s := writtenIn(text); s != writtenIn(creditWords[c.lang].source) {
			part.Lang = s
		}
		c.add(AtEnd, part)
	}
	if k, ok := c.clause(CreditWording); ok && k.Text != "" {
		line(CreditWording, k.Text, "")
	}
	if k, ok := c.clause(EditDeclare); ok && c.f.Edited {
		texts := append(slices.Clone(k.TextAny), k.Text)
		want := writtenIn(creditWords[c.lang].source)
		i := slices.IndexFunc(texts, func(s string) bool { return s != "" && writtenIn(s) == want })
		if i < 0 {
			i = slices.IndexFunc(texts, func(s string) bool { return s != "" })
		}
		if i >= 0 {
			line(EditDeclare, texts[i], "")
		}
	}
	if k, ok := c.clause(LimitReadMore); ok && c.f.Excerpt && k.Text != "" {
		href := c.f.Original.URL
		if href == "" {
			href = c.f.Original.CanonicalURL
		}
		line(LimitReadMore, k.Text, href)
	}
}

func (c *compiler) licenceLine() {
	k, ok := c.clause(CreditLicenceLink)
	if !ok || k.URL == "" {
		return
	}
	w := creditWords[c.lang]
	name := c.f.LicenceNames[k.URL]
	if name == "" {
		name = licenceName(k.URL)
	}
	if name == "" {
		name = parseAddress(k.URL, nil, nil).host
	}
	c.add(AtEnd, CreditPart{Text: w.licence}, CreditPart{Text: name, Href: k.URL, Fulfils: []Kind{CreditLicenceLink}}, CreditPart{Text: w.stop})
}

// prune takes from parts the clauses that others would go on fulfilling without them.
func (c *compiler) prune() {
	outlet := newOutletMatcher(c.f.Original.OutletNames, c.f.Original.HomeURL)
	named := func(beside int, m nameMatcher, at ...Place) bool {
		for i, l := range c.out.Lines {
			if i != beside && (len(at) == 0 || slices.Contains(at, l.Place)) && m.in(cutNames(l.Text())) {
				return true
			}
		}
		return false
	}
	o := c.f.Original
	own := keys(o.URL, o.CanonicalURL, o.HomeURL)
	linked := func(beside int, want []string, at ...Place) bool {
		return slices.ContainsFunc(slices.Concat(c.out.Lines[:beside], c.out.Lines[beside+1:]), func(l CreditLine) bool {
			return (len(at) == 0 || slices.Contains(at, l.Place)) &&
				slices.ContainsFunc(l.Parts, func(p CreditPart) bool { return p.Href != "" && contains(want, parseAddress(p.Href, nil, nil).key()) })
		})
	}
	want := own
	switch c.target() {
	case "homepage":
		want = keys(o.HomeURL)
	case "article":
		want = keys(o.URL, o.CanonicalURL)
	}
	for i, l := range c.out.Lines {
		near := []Place{l.Place} // lines that would do as well
		if l.Place == UnderHeadline {
			near = []Place{UnderHeadline, InByline} // both stand before the first paragraph
		}
		for k := range l.Parts {
			p := &l.Parts[k]
			p.Fulfils = slices.DeleteFunc(p.Fulfils, func(k Kind) bool {
				switch k {
				case LinkRequired, LinkFollowable, LinkVisible, LinkDirect:
					return linked(i, want)
				case LinkPlace:
					return linked(i, want, near...)
				case CreditChain:
					return p.Href == c.linkTarget() && linked(i, own)
				case CreditSource:
					return named(i, outlet)
				case CreditPlace:
					return named(i, outlet, near...)
				case CreditAuthor:
					return named(i, newPersonMatcher([]string{p.Text}))
				}
				return false
			})
		}
	}
}

// merged joins neighbouring plain parts.
func merged(parts []CreditPart) []CreditPart {
	out := parts[:0:0]
	for _, p := range parts {
		if n := len(out); n > 0 && p.Href == "" && out[n-1].Href == "" && len(p.Fulfils)+len(out[n-1].Fulfils) == 0 {
			out[n-1].Text += p.Text
			continue
		}
		out = append(out, p)
	}
	return out
}
