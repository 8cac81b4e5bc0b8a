package translations_test

import (
	"strings"
	"testing"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/translations"
)

// TestFigureTexts carries the description and the credit of pictures over like every other text: they are wanted before
// a version is handed on, bound by its hash, and on the page.
func TestFigureTexts(t *testing.T) {
	onEngines(t, func(b *bench) {
		withPictures := func(alt string) string {
			return strings.Replace(page("300", ""), "<p>The lamps", `<figure><img src="/arch.jpg" width="800" height="600" alt="`+alt+`"><figcaption>The arch. Photo: Town &amp; River</figcaption></figure>
<figure><img src="/plan.jpg" width="800" height="600" alt="The plan"><figcaption>The plan</figcaption></figure><p>The lamps`, 1)
		}
		b.article = b.ingest(withPictures("Five arches & a river")).Article
		v := b.open("ru")
		w, err := b.desk.Work(b.ctx, v.ID)
		b.must(err)
		var alt translations.Unit
		for _, u := range w.Units {
			if u.Block.Kind == translations.KindAlt {
				if alt.Number != 0 {
					t.Errorf("a description that says what the caption says is asked for again: %q", u.Source)
				}
				alt = u
			}
		}
		if alt.Block.Text != "Five arches & a river" || w.Units[alt.Number-2].Block.Kind != ingest.Figure {
			t.Fatalf("the description is %+v, want it behind its figure", alt)
		}
		for _, u := range w.Units {
			if !u.Block.IsTranslated() || u.Number == alt.Number {
				continue
			}
			_, _, err := b.desk.SaveTarget(b.ctx, translations.Save{Version: v.ID, Block: u.Block.Key, Text: u.Source, Confirm: true}, b.translator)
			b.must(err)
		}
		before, err := b.desk.Version(b.ctx, v.ID)
		b.must(err)
		if _, err = b.desk.Submit(b.ctx, v.ID, b.translator); err == nil {
			t.Error("submitted without the description")
		}
		_, after, err := b.desk.SaveTarget(b.ctx, translations.Save{Version: v.ID, Block: alt.Block.Key, Text: "Пять арок & <b>река</b>", Confirm: true}, b.translator)
		b.must(err)
		if before.TargetHash == after.TargetHash {
			t.Error("the description is no part of the hash")
		}
		p, err := b.desk.Preview(b.ctx, v.ID)
		b.must(err)
		got := map[string]translations.ContentBlock{}
		for _, block := range p.Content.Blocks {
			if block.Figure != nil && block.Figure.URL != "" {
				got[block.Figure.URL[strings.LastIndex(block.Figure.URL, "/")+1:]] = block
			}
		}
		if f := got["arch.jpg"]; f.Figure == nil || f.Figure.Alt != "Пять арок & <b>река</b>" || f.AltLanguage != "ru" {
			t.Errorf("on the page %+v %+v", f, f.Figure)
		}
		if f := got["plan.jpg"]; f.Figure == nil || f.Figure.Alt != "The plan" || f.AltLanguage != "ru" {
			t.Errorf("on the page %+v %+v, want what the caption says", f, f.Figure)
		}

		// The outlet changes the description: the translation is behind, and nothing is lost.
		b.article = b.ingest(withPictures("Six arches and a river")).Article
		w, err = b.desk.Work(b.ctx, v.ID)
		b.must(err)
		u, ok := w.Unit(alt.Block.Key)
		if !ok || !u.SourceChanged || u.OldSource != "Five arches & a river" || u.Target.Text != "Пять арок & <b>река</b>" {
			t.Errorf("after the change %+v", u)
		}
	})
}

// TestFigureCredit asks for a credit where no caption holds it.
func TestFigureCredit(t *testing.T) {
	blocks := translations.Translatable([]archive.Block{
		{Key: "a", Kind: ingest.Figure, Figure: &archive.Figure{URL: "x", Credit: "Town Archive"}},
		{Key: "b", Kind: ingest.Figure, HTML: "Plan. Town Archive", Text: "Plan. Town Archive", Figure: &archive.Figure{URL: "x", Credit: "Town Archive"}},
		{Key: "c", Kind: ingest.Paragraph, Text: "Words"},
	})
	var keys []string
	for _, b := range blocks {
		keys = append(keys, string(b.Key))
	}
	if got := strings.Join(keys, " "); got != "a a~credit b c" {
		t.Errorf("blocks %s", got)
	}
}
