package translations_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"colophon/archive/rights"
	"colophon/translations"
)

// withFeed is a page with an item of a feed beside it.
type withFeed struct {
	served
	feed string
}

func (w withFeed) Outputs(context.Context, translations.Publication) ([]translations.Output, error) {
	body := `<article>` + w.feed + `<p>` + strings.Repeat("Words of the item. ", 10) + `</p></article>`
	return []translations.Output{{Name: translations.InFeed, Page: rights.Page{Body: []byte(body), URL: "https://colophon.example/ru/articles/x"}}}, nil
}

// A feed item that has lost the link refuses a publication whose page has it, and says where.
func TestGateOnOutputs(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		b.confirmTerms(rights.Clause{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Strength: rights.Must, Quote: "hyperlink"})
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, withFeed{served(link), ""})
		var gate *translations.GateError
		if !errors.As(err, &gate) || len(gate.Refusing()) != 1 || gate.Refusing()[0].Output != translations.InFeed || !strings.Contains(err.Error(), "in feed") {
			t.Fatalf("feed without the link: %v, want one refusal that names the feed", err)
		}
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, withFeed{served(link), link})
		b.must(err)
	})
}
