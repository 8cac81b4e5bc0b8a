package translations

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"strings"

	"colophon/archive"
	"colophon/archive/ingest"
)

// The texts of a figure beside its caption. Each is a block of its own, behind the figure's, with a key made of the
// figure's: so it is translated, checked, reviewed and hashed like every other text.
const (
	KindAlt    ingest.Kind = "alt"    // what the picture shows, for those who do not see it
	KindCredit ingest.Kind = "credit" // whose picture it is, where no caption says it
)

// Translatable is the blocks of a revision with the texts of its figures as blocks among them.
func Translatable(blocks []archive.Block) []archive.Block {
	out := make([]archive.Block, 0, len(blocks))
	for _, b := range blocks {
		out = append(out, b)
		if b.Kind != ingest.Figure || b.Figure == nil {
			continue
		}
		if alt := strings.TrimSpace(b.Figure.Alt); alt != "" && alt != strings.TrimSpace(b.Text) {
			out = append(out, figureText(b, KindAlt, alt))
		}
		if credit := strings.TrimSpace(b.Figure.Credit); credit != "" && !b.IsTranslated() {
			out = append(out, figureText(b, KindCredit, credit))
		}
	}
	return out
}

func figureText(of archive.Block, kind ingest.Kind, text string) archive.Block {
	sum := sha256.Sum256([]byte(string(kind) + "\x00" + text))
	return archive.Block{
		Key: of.Key + "~" + archive.BlockKey(kind), Kind: kind, HTML: html.EscapeString(text), Text: text, Hash: hex.EncodeToString(sum[:]),
	}
}

// isFigureText says whether a block is one of those that Translatable adds.
func isFigureText(b archive.Block) bool { return b.Kind == KindAlt || b.Kind == KindCredit }

// describe puts the translated texts of a figure into its block of the page. What is not translated yet stays as the
// source has it, in the source's language.
func (b *ContentBlock) describe(w Work) {
	f := *b.Figure
	plain := func(kind ingest.Kind) string {
		u, _ := w.Unit(b.Key + "~" + archive.BlockKey(kind))
		return strings.TrimSpace(ingest.PlainText(u.HTML()))
	}
	if alt := plain(KindAlt); alt != "" {
		f.Alt, b.AltLanguage = alt, w.Version.Language
	} else if u, ok := w.Unit(b.Key); ok && strings.TrimSpace(f.Alt) == strings.TrimSpace(u.Block.Text) && f.Alt != "" && u.Target.Text != "" {
		f.Alt, b.AltLanguage = strings.TrimSpace(ingest.PlainText(u.HTML())), w.Version.Language // it says what the caption says
	}
	if credit := plain(KindCredit); credit != "" {
		f.Credit = credit
	}
	b.Figure = &f
}
