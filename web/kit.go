package web

import (
	"html"
	"net/url"
	"slices"
	"strings"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
)

// kit is an article ready to be republished by somebody else, in three forms. It has no more than we may pass on: what
// stays out is said. What the source wants of us it wants of them too, so every copy carries the whole credit.
type kit struct {
	HTML, Markdown, Plain string
	Left                  []string // what is left out, in words
	Withheld              string   // why the text itself is not in it, in words; "" where it is
	Canonical             string
	Head                  string // the line for the head of whoever's page
}

// withholding are the clauses that leave it to the source whether its text is passed on: a permission that we were given
// was given to us.
func withholding(clauses []rights.Clause, translated bool) (rights.Kind, bool) {
	for _, c := range clauses {
		switch {
		case c.Strength == rights.Liked:
		case c.Kind == rights.PermissionRequired && (c.Scope == "" || c.Scope == "full_text"),
			c.Kind == rights.TranslationAllowed && c.Value != "yes" && translated,
			c.Kind == rights.ResaleNone, c.Kind == rights.BulkNone:
			return c.Kind, true
		}
	}
	return "", false
}

// canonicalFor is what a copy names as its canonical page: the outlet's where its terms want that of a copy in its own
// language, else ours.
func canonicalFor(p translations.Publication, own string) string {
	for _, c := range p.Content.Clauses {
		if c.Kind == rights.SEOCanonical && c.Value == "original" && p.IsOriginal() {
			return p.Content.OriginalURL
		}
	}
	return own
}

// newKit writes the copies of a publication.
func newKit(r *request, p translations.Publication, own reuseTerms) kit {
	c := p.Content
	page := r.server.Origin + articlePath(p.Language, p.Slug)
	credit := newCredit(p, archive.Source{})
	k := kit{Canonical: canonicalFor(p, page)}
	k.Head = `<link rel="canonical" href="` + html.EscapeString(k.Canonical) + `">`
	ours := r.sentence("kit.ours", map[string]creditRun{"Site": {Text: own.site, Href: page}, "Terms": {Text: r.T("own.title"), Href: own.page}})
	if own.licence != "" {
		ours = append(ours, creditRun{Text: " "}, creditRun{Text: own.licence, Href: own.licence})
	}
	w := kitWriter{}
	w.html.WriteString(`<article lang="` + p.Language + `">` + "\n")
	w.title(c.Title)
	for _, l := range credit.Top {
		w.line(l)
	}
	for _, l := range credit.People {
		w.line(l)
	}
	kind, withheld := withholding(c.Clauses, !p.IsOriginal())
	switch {
	case withheld:
		k.Withheld = r.T("kit.withheld", "Rule", r.T("clause."+string(kind)+".name"), "Outlet", r.outletOf(c))
	default:
		if c.Dek != "" {
			w.paragraph(html.EscapeString(c.Dek))
		}
		k.Left = w.body(r, c)
	}
	for _, l := range credit.End {
		w.line(l)
	}
	w.line(ours)
	w.html.WriteString(`<img src="` + html.EscapeString(r.server.Origin+beaconPath(p.Article, p.Language)) + `" width="1" height="1" alt="">` + "\n</article>\n")
	k.HTML, k.Markdown, k.Plain = w.html.String(), w.markdown.String(), w.plain.String()
	return k
}

// outletOf names the outlet in the language of the page.
func (r *request) outletOf(c translations.Content) string {
	return quoted(r.lang, archive.Source{Names: c.SourceNames, HomeURL: c.SourceHome}.NameIn(r.lang).Name)
}

// kitWriter writes the three forms side by side.
type kitWriter struct{ html, markdown, plain strings.Builder }

func (w *kitWriter) title(text string) {
	w.html.WriteString("<h1>" + html.EscapeString(text) + "</h1>\n")
	w.markdown.WriteString("# " + escapeMarkdown(text) + "\n")
	w.plain.WriteString(text + "\n")
}

// line writes a line of the credit: its links are what the terms ask for.
func (w *kitWriter) line(l creditLine) {
	w.html.WriteString(`<p class="credit">` + l.HTML() + "</p>\n")
	w.markdown.WriteString("\n")
	w.plain.WriteString("\n")
	for _, r := range l {
		if r.Href == "" {
			w.markdown.WriteString(escapeMarkdown(r.Text))
			w.plain.WriteString(r.Text)
			continue
		}
		w.markdown.WriteString("[" + escapeMarkdown(r.Text) + "](" + markdownAddress(r.Href) + ")")
		w.plain.WriteString(r.Text)
		if r.Text != r.Href {
			w.plain.WriteString(" <" + r.Href + ">")
		}
	}
	w.markdown.WriteString("\n")
	w.plain.WriteString("\n")
}

func (w *kitWriter) paragraph(fragment string) { w.block("<p>", "</p>", "", fragment) }

// block writes a block of the text; prefix is its mark in Markdown, as of a heading.
func (w *kitWriter) block(open, closing, prefix, fragment string) {
	w.html.WriteString(open + fragment + closing + "\n")
	markdown, plain := inlineForms(fragment)
	w.markdown.WriteString("\n" + prefix + strings.ReplaceAll(markdown, "\n", "\n"+strings.Repeat(" ", len(prefix))) + "\n")
	w.plain.WriteString("\n" + plain + "\n")
}

// body writes the text, and returns what of it is left out. Pictures, video and embeds have owners of their own: none is
// passed on unless the source's terms are a public licence, which takes its pictures in.
func (w *kitWriter) body(r *request, c translations.Content) (left []string) {
	pictures, embeds := 0, 0
	open := passesPictures(c.Clauses)
	list := ""
	closeList := func() {
		if list != "" {
			w.html.WriteString("</" + list + ">\n")
			list = ""
		}
	}
	for _, b := range c.Blocks {
		fragment, _ := ingest.Sanitise(b.HTML, nil)
		kind := "ul"
		if b.Figure != nil && b.Figure.Ordered {
			kind = "ol"
		}
		if b.Kind != ingest.ListItem || list != "" && list != kind {
			closeList()
		}
		switch b.Kind {
		case ingest.Figure:
			if b.Asset == "" {
				continue
			}
			if !open || b.Figure.Credit != "" {
				pictures++
				continue
			}
			src := r.server.Origin + "/media/" + string(b.Asset)
			w.html.WriteString(`<figure><img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(b.Figure.Alt) + `"><figcaption>` + fragment + "</figcaption></figure>\n")
			w.markdown.WriteString("\n![" + escapeMarkdown(b.Figure.Alt) + "](" + markdownAddress(src) + ")\n")
		case ingest.Embed:
			embeds++
		case ingest.ListItem:
			if list == "" {
				list = kind
				w.html.WriteString("<" + kind + ">\n")
			}
			mark := "- "
			if kind == "ol" {
				mark = "1. "
			}
			w.block("<li>", "</li>", mark, fragment)
		case ingest.Heading:
			w.block("<h2>", "</h2>", "## ", fragment)
		case ingest.Quote:
			w.block("<blockquote><p>", "</p></blockquote>", "> ", fragment)
		case ingest.Preformatted:
			w.block("<pre>", "</pre>", "", fragment)
		default:
			w.paragraph(fragment)
		}
	}
	closeList()
	if pictures > 0 {
		left = append(left, r.N("kit.left.pictures", pictures))
	}
	if embeds > 0 {
		left = append(left, r.N("kit.left.embeds", embeds))
	}
	return left
}

// passesPictures says whether the source's terms are a public licence that takes its pictures in.
func passesPictures(clauses []rights.Clause) bool {
	i := slices.IndexFunc(clauses, isLicence)
	if i < 0 || slices.ContainsFunc(clauses, func(c rights.Clause) bool {
		return c.Kind == rights.MediaExclude || c.Kind == rights.ThirdPartyExclude || c.Kind == rights.PermissionRequired
	}) {
		return false
	}
	u, err := url.Parse(clauses[i].URL)
	return err == nil && (u.Host == "creativecommons.org" || u.Host == "www.creativecommons.org")
}

// inlineForms writes inline HTML, fresh from the sanitiser, as Markdown and as plain text: a link is followed by its
// address in the latter.
func inlineForms(fragment string) (markdown, plain string) {
	var md, text strings.Builder
	var links []string
	for fragment != "" {
		at := strings.IndexByte(fragment, '<')
		if at < 0 {
			at = len(fragment)
		}
		words := html.UnescapeString(fragment[:at])
		md.WriteString(escapeMarkdown(words))
		text.WriteString(words)
		if fragment = fragment[at:]; fragment == "" {
			break
		}
		end := strings.IndexByte(fragment, '>')
		if end < 0 {
			break
		}
		tag := fragment[1:end]
		fragment = fragment[end+1:]
		name, rest, _ := strings.Cut(tag, " ")
		switch strings.TrimSuffix(name, "/") {
		case "strong", "b", "/strong", "/b":
			md.WriteString("**")
		case "em", "i", "/em", "/i":
			md.WriteString("*")
		case "br":
			md.WriteString("\n")
			text.WriteString("\n")
		case "a":
			links = append(links, hrefIn(rest))
			if links[len(links)-1] != "" {
				md.WriteString("[")
			}
		case "/a":
			if n := len(links); n > 0 {
				if href := links[n-1]; href != "" {
					md.WriteString("](" + markdownAddress(href) + ")")
					text.WriteString(" <" + href + ">")
				}
				links = links[:n-1]
			}
		}
	}
	return md.String(), text.String()
}

// hrefIn is the address in the attributes of a link as the sanitiser writes them.
func hrefIn(attributes string) string {
	_, rest, ok := strings.Cut(attributes, `href="`)
	if !ok {
		return ""
	}
	href, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(href)
}

// escapeMarkdown keeps the characters of a text from being read as marks (CommonMark 0.31 §2.4).
func escapeMarkdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "`", "\\`", "#", `\#`, "&", `\&`).Replace(text)
}

// markdownAddress keeps an address from ending early.
func markdownAddress(href string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "").Replace(href)
}
