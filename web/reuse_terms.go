package web

import (
	"strings"

	"colophon/translations"
)

// reuseTerms are the terms on which others may use what we publish, in one language.
type reuseTerms struct {
	site    string // its name
	page    string // absolute address of the terms
	text    string
	licence string // address of a licence; "" for none
	mining  bool   // text and data mining is reserved
}

// Paragraphs are the words of the terms.
func (t reuseTerms) Paragraphs() []string {
	var out []string
	for line := range strings.Lines(t.text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Licence is the address of a licence; "" for none.
func (t reuseTerms) Licence() string { return t.licence }

// Mining says whether text and data mining is reserved.
func (t reuseTerms) Mining() bool { return t.mining }

// own are our terms in the language of r: the administrator's words, or the default ones.
func (r *request) own(site translations.Site) reuseTerms {
	out := reuseTerms{site: r.server.Site, page: r.server.Origin + "/" + r.lang + "/terms", licence: site.Licence, mining: !site.MiningFree}
	if name := site.Name[r.lang]; name != "" {
		out.site = name
	}
	if out.text = site.Terms[r.lang]; out.text == "" {
		out.text = r.T("footer.reuse.text", "Site", out.site)
	}
	return out
}
