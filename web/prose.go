package web

import (
	"html/template"
	"net/url"
	"strings"

	"colophon/archive/ingest"
	"colophon/translations"
	"colophon/web/typeset"
)

// trusted is HTML that may stand in a page as it is. Only prose makes it.
type trusted = template.HTML //nolint:forbidigo // the one name for it

// prose makes the inline HTML of a text fit for a page. It passes the sanitiser once more on its way out, so that no
// stored text can bring markup of its own, whatever became of it in between, and is set as its language wants.
func prose(lang, fragment string) trusted {
	clean, _ := ingest.Sanitise(fragment, nil)
	return template.HTML(typeset.HTML(lang, clean)) //nolint:forbidigo,gosec // the one place where trusted HTML is made: fresh from the sanitiser
}

// stretch is a run of blocks that stand in one element: the items of a list.
type stretch struct {
	Kind    ingest.Kind
	Ordered bool
	Blocks  []textBlock
}

// textBlock is a block of a text with what a template needs.
type textBlock struct {
	translations.ContentBlock
	HTML    trusted
	Alt     string // of the picture
	AltLang string // where it is another language than the page's
	Credit  string // of the picture, where there is no caption to say it
	Drawn   bool   // a drawing in lines, which is turned to light on dark at night
}

// IsHeading3 says whether a heading stands below the second level.
func (b textBlock) IsHeading3() bool { return b.Level > 2 }

// isDrawn says whether a picture is a drawing in lines, as far as its name tells.
func isDrawn(b translations.ContentBlock) bool {
	if b.Figure == nil {
		return false
	}
	u, err := url.Parse(b.Figure.URL)
	return err == nil && strings.HasSuffix(strings.ToLower(u.Path), ".svg")
}

// stretches lays blocks out for a page in a language. What was not carried over, such as the description of a picture,
// is in the language of the source.
func stretches(blocks []translations.ContentBlock, lang, source string) []stretch {
	var out []stretch
	for _, b := range blocks {
		t := textBlock{ContentBlock: b, HTML: prose(lang, b.HTML)}
		if b.Figure != nil {
			t.Alt = b.Figure.Alt
			if source != lang && t.Alt != "" && b.AltLanguage != lang {
				t.AltLang = source
			}
			if ingest.PlainText(b.HTML) == "" { // captions have their credit in them
				t.Credit = b.Figure.Credit
			}
			t.Drawn = isDrawn(b)
		}
		ordered := b.Figure != nil && b.Figure.Ordered
		if n := len(out); n > 0 && b.Kind == ingest.ListItem && out[n-1].Kind == ingest.ListItem && out[n-1].Ordered == ordered {
			out[n-1].Blocks = append(out[n-1].Blocks, t)
			continue
		}
		out = append(out, stretch{Kind: b.Kind, Ordered: ordered, Blocks: []textBlock{t}})
	}
	return out
}
