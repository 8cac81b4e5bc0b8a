package web

import (
	"html"
	"slices"
	"strings"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
	"colophon/web/typeset"
)

// creditRun is a stretch of a line: plain, a link, or in another language.
type creditRun struct {
	Text string
	Href string
	Lang string
	Em   bool
}

// creditLine is a line of runs.
type creditLine []creditRun

// Text is the line as plain text.
func (l creditLine) Text() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.Text)
	}
	return b.String()
}

// credit is what a page owes its source, laid out by where it stands. It follows from the terms in force by the rules of
// package rights, and there is no way to edit it.
type credit struct {
	Title  creditLine   // after the headline
	Top    []creditLine // under the headline
	Byline []creditLine // where the terms want the outlet named beside the author
	End    []creditLine // after the text
	People []creditLine // authors and translators, for copies that have no margin
}

func newCredit(p translations.Publication, source archive.Source) credit {
	c := p.Content
	f := rights.CreditFacts{
		Lang: p.Language, Original: c.Facts.Original, PublishedOn: c.PublishedAt, Outlet: map[string]rights.Name{},
		Chain: c.Facts.Chain, Translator: c.Facts.Translator,
		Excerpt: c.Excerpt, Edited: c.Excerpt,
	}
	names := c.SourceNames
	if len(names) == 0 {
		names = source.Names
	}
	for lang, n := range names {
		f.Outlet[lang] = rights.Name(n)
	}
	compiled := rights.Compile(c.Clauses, f)
	var out credit
	for _, l := range compiled.Lines {
		runs := make(creditLine, len(l.Parts))
		for i, part := range l.Parts {
			runs[i] = creditRun{Text: typeset.Text(p.Language, part.Text), Href: part.Href, Lang: part.Lang}
		}
		switch l.Place {
		case rights.InTitle:
			out.Title = append(out.Title, runs...)
		case rights.UnderHeadline:
			out.Top = append(out.Top, runs)
		case rights.AtEnd:
			out.End = append(out.End, runs)
		case rights.InByline:
			out.People = append(out.People, runs)
			// authors and translators stand in the margin; only what else is asked for is added
			if slices.ContainsFunc(l.Parts, func(part rights.CreditPart) bool { return slices.Contains(part.Fulfils, rights.CreditPlace) }) {
				out.Byline = append(out.Byline, runs)
			}
		}
	}
	if c.Excerpt && !slices.ContainsFunc(compiled.Lines, func(l rights.CreditLine) bool {
		return slices.ContainsFunc(l.Parts, func(part rights.CreditPart) bool { return slices.Contains(part.Fulfils, rights.LimitReadMore) })
	}) {
		out.End = append([]creditLine{{creditRun{Text: locales.For(p.Language).Text("article.readon", nil), Href: c.OriginalURL}}}, out.End...)
	}
	return out
}

// Text is the credit in one line, for machines.
func (c credit) Text() string {
	var lines []string
	for _, l := range slices.Concat(c.Top, c.End) {
		lines = append(lines, l.Text())
	}
	return strings.Join(lines, " ")
}

// HTML is the credit as a fragment of a page, each line a paragraph, its links plain.
func (c credit) HTML() string {
	var b strings.Builder
	for _, l := range slices.Concat(c.Top, c.Byline, c.End) {
		b.WriteString(`<p class="credit">` + l.HTML() + "</p>\n")
	}
	return b.String()
}

// HTML is the line as inline HTML.
func (l creditLine) HTML() string {
	var b strings.Builder
	for _, r := range l {
		text := html.EscapeString(r.Text)
		switch {
		case r.Href != "" && r.Lang != "":
			text = `<a href="` + html.EscapeString(r.Href) + `" lang="` + html.EscapeString(r.Lang) + `">` + text + `</a>`
		case r.Href != "":
			text = `<a href="` + html.EscapeString(r.Href) + `">` + text + `</a>`
		case r.Lang != "":
			text = `<span lang="` + html.EscapeString(r.Lang) + `">` + text + `</span>`
		}
		b.WriteString(text)
	}
	return b.String()
}

// isLicence finds the clause that names a licence.
func isLicence(c rights.Clause) bool { return c.Kind == rights.CreditLicenceLink && c.URL != "" }

// colophon is the note at the end of a text: who wrote, translated and approved it, from which source, and when.
type colophon struct {
	Prose    creditLine
	Plain    string // the prose without markup: its invisible copy gives the taper its height
	Captured string
	Digest   string // of the capture
	Out      string // when this publication came out
}

func newColophon(r *request, p *articlePage) colophon {
	c := p.P.Content
	out := colophon{Captured: r.words.DateTime(c.CapturedAt), Digest: c.CaptureDigest, Out: r.words.Date(p.P.At)}
	title := creditRun{Text: quotedTitle(c.SourceLanguage, c.OriginalTitle)}
	if c.SourceLanguage != r.lang {
		title.Lang = c.SourceLanguage
	}
	outlet := creditRun{Text: p.Outlet.Name, Em: r.lang == "en"}
	say := func(id string, values map[string]creditRun) {
		if len(out.Prose) > 0 {
			out.Prose = append(out.Prose, creditRun{Text: " "})
		}
		out.Prose = append(out.Prose, r.sentence(id, values)...)
	}
	plain := func(text string) creditRun { return creditRun{Text: text} }
	language, date := plain(p.Original), plain(r.words.DateInSentence(p.P.At))
	if p.P.IsOriginal() {
		say("colophon.end.original", nil)
	} else {
		say("colophon.end.translation", map[string]creditRun{"Language": plain(r.words.LanguageName(p.P.Language)), "Title": title})
	}
	if len(c.Authors) > 0 {
		say("colophon.author", map[string]creditRun{"Language": language, "Names": {Text: strings.Join(c.Authors, ", "), Lang: nameLang(c.Authors[0], r.lang)}})
	} else {
		say("colophon.author.none", map[string]creditRun{"Language": language})
	}
	if p.Date.Text != "" {
		say("colophon.first.dated", map[string]creditRun{"Outlet": outlet, "Date": plain(p.Date.Sentence)})
	} else {
		say("colophon.first", map[string]creditRun{"Outlet": outlet})
	}
	if len(c.Translators) > 0 {
		say("colophon.carried", map[string]creditRun{"Names": plain(strings.Join(c.Translators, ", ")), "Language": plain(r.words.LanguageName(p.P.Language))})
	}
	if c.Approver != "" && p.P.IsOriginal() {
		say("colophon.copied", map[string]creditRun{"Name": plain(c.Approver), "Date": date})
	} else if c.Approver != "" {
		say("colophon.approved", map[string]creditRun{"Name": plain(c.Approver), "Date": date})
	}
	if p.Stale != nil {
		say("colophon.behind", map[string]creditRun{"Date": plain(r.words.DateInSentence(p.Stale.Changed))})
	}
	out.Plain = out.Prose.Text()
	return out
}

// sentence is a message whose places are filled by runs with marks of their own.
func (r *request) sentence(id string, values map[string]creditRun) creditLine {
	const first = '\ue000' // of the private use area: no message has it
	fill := make(map[string]any, len(values))
	var runs []creditRun
	for key, v := range values {
		fill[key] = string(first + rune(len(runs)))
		runs = append(runs, v)
	}
	var out creditLine
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, creditRun{Text: typeset.Text(r.lang, text.String())})
			text.Reset()
		}
	}
	for _, c := range r.words.Text(id, fill) {
		i := int(c - first)
		if i < 0 || i >= len(runs) {
			text.WriteRune(c)
			continue
		}
		if v := runs[i]; v.Lang == "" && !v.Em && v.Href == "" {
			text.WriteString(v.Text)
		} else {
			flush()
			out = append(out, v)
		}
	}
	flush()
	return out
}

// quotedTitle puts a title into the quotes of its language.
func quotedTitle(lang, title string) string {
	switch lang {
	case "ru":
		return "«" + strings.NewReplacer("«", "„", "»", "“").Replace(title) + "»"
	case "hy":
		return "«" + strings.NewReplacer("«", "“", "»", "”").Replace(title) + "»"
	}
	return "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(title) + "”"
}

// citation is a credit to be copied by whoever cites or republishes a page: with both links, in three forms.
type citation struct{ HTML, Markdown, Plain string }

func newCitation(r *request, p *articlePage) citation {
	c := p.P.Content
	stop := map[string]string{"hy": "։"}[r.lang]
	if stop == "" {
		stop = "."
	}
	page, original := p.Canonical, c.OriginalURL
	write := func(esc func(string) string, link func(text, href string) string) string {
		by := strings.Join(c.Authors, ", ")
		if len(c.Translators) > 0 {
			by = r.T("cite.translated", "Names", strings.Join(c.Translators, ", "), "Language", p.Original)
		}
		lines := []string{
			joined(esc(quotedTitle(r.lang, c.Title)), esc(by), link(p.base.Site, page), esc(r.words.Date(p.P.At))),
			joined(esc(r.T("cite.first"))+" "+link(p.Outlet.Name, original), esc(p.Date.Text)),
		}
		for i, l := range lines {
			if !strings.HasSuffix(l, ".") {
				lines[i] += stop
			}
		}
		return strings.Join(lines, " ")
	}
	same := func(s string) string { return s }
	return citation{
		HTML: "<p>" + write(html.EscapeString, func(text, href string) string {
			return `<a href="` + html.EscapeString(href) + `">` + html.EscapeString(text) + `</a>`
		}) + "</p>",
		Markdown: write(same, func(text, href string) string { return "[" + text + "](" + href + ")" }),
		Plain:    write(same, func(text, href string) string { return text + " <" + href + ">" }),
	}
}

// joined joins what is not empty.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// linkedData describes the page to search engines in the terms of schema.org. What a translation is a translation of,
// who owns it and on what terms it may be used stands in it as plainly as on the page.
func linkedData(p *articlePage) map[string]any {
	c := p.P.Content
	outlet := map[string]any{"@type": "NewsMediaOrganization", "name": p.outletPlain(), "url": c.SourceHome}
	original := map[string]any{
		"@type": "NewsArticle", "@id": c.OriginalURL, "url": c.OriginalURL, "headline": c.OriginalTitle, "inLanguage": c.SourceLanguage,
		"publisher": outlet,
	}
	terms := c.TermsURL
	if terms == "" {
		terms = p.Absolute(p.Outlet.URL)
	}
	out := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "@id": p.Canonical, "url": p.Canonical, "mainEntityOfPage": p.Canonical,
		"headline": c.Title, "inLanguage": p.P.Language, "isBasedOn": c.OriginalURL, "creditText": p.Credit.Text(),
		"copyrightHolder": outlet, "sourceOrganization": outlet, "usageInfo": terms, "wordCount": wordsIn(c),
		"isAccessibleForFree": true, "copyrightNotice": "© " + p.outletPlain(), "acquireLicensePage": p.Absolute("/" + p.P.Language + "/terms"),
		"sdPublisher":   map[string]any{"@type": "Organization", "name": p.base.Site, "url": p.Absolute("/")},
		"publisher":     map[string]any{"@type": "Organization", "name": p.base.Site, "url": p.Absolute("/")},
		"datePublished": p.P.FirstAt.UTC().Format("2006-01-02T15:04:05Z"),
		"dateModified":  p.P.At.UTC().Format("2006-01-02T15:04:05Z"),
	}
	if c.PublishedAt != "" {
		original["datePublished"] = c.PublishedAt
		if p.P.IsOriginal() {
			out["datePublished"] = c.PublishedAt
		}
	}
	set := func(key, value string) {
		if value != "" {
			out[key] = value
		}
	}
	set("license", licenceOf(c))
	set("description", p.Description)
	set("articleSection", p.Section.Text)
	if len(c.Authors) > 0 {
		out["author"] = persons(c.Authors)
		original["author"] = persons(c.Authors)
	}
	if !p.P.IsOriginal() {
		out["translationOfWork"] = original
		if len(c.Translators) > 0 {
			out["translator"] = persons(c.Translators)
		}
	}
	if image := p.Image(); image != "" {
		out["image"] = image
	}
	if p.Dead != nil {
		original["archivedAt"] = p.Absolute(p.Dead.Capture)
	}
	return out
}

func persons(names []string) []map[string]any {
	out := make([]map[string]any, len(names))
	for i, n := range names {
		out[i] = map[string]any{"@type": "Person", "name": n}
	}
	return out
}

// outletPlain is the outlet's name without quotes.
func (p articlePage) outletPlain() string { return strings.Trim(p.Outlet.Name, "«»") }

// Image is the absolute address of the first picture we keep of the article, or "".
func (p articlePage) Image() string {
	for _, b := range p.P.Content.Blocks {
		if b.Asset != "" {
			return p.Absolute("/media/" + string(b.Asset))
		}
	}
	return ""
}
