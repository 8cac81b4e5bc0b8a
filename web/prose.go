package web

import (
	"html/template"

	"colophon/archive/ingest"
	"colophon/translations"
)

// prose makes the inline HTML of a text fit for a page. It passes the sanitiser once more on its way out, so that no
// stored text can bring markup of its own, whatever became of it in between.
func prose(fragment string) template.HTML {
	clean, _ := ingest.Sanitise(fragment, nil)
	return template.HTML(clean) //nolint:forbidigo,gosec // the one place where trusted HTML is made: fresh from the sanitiser
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
	HTML    template.HTML
	Opening bool // the first paragraph, which has the initial
	Lang    string
}

// IsHeading3 says whether a heading stands below the second level.
func (b textBlock) IsHeading3() bool { return b.Level > 2 }

// stretches lays blocks out for a page.
func stretches(blocks []translations.ContentBlock, lang string) []stretch {
	var out []stretch
	opened := false
	for _, b := range blocks {
		t := textBlock{ContentBlock: b, HTML: prose(b.HTML), Lang: lang}
		if b.Kind == ingest.Paragraph && !opened {
			t.Opening, opened = true, true
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
