package web

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/translations"
	"colophon/translations/inline"
)

// editorRow is a block beside its target.
type editorRow struct {
	translations.Unit
	State    string // confirmed, draft, empty, none
	Words    string // message ID of the kind of block
	Kind     string // Head, Dek, Sub, Para, Quote, List, Caption: as desk.css knows them
	From, To string // languages
	Said     []sentence
	Written  []sentence
	Remarks  int // comments not dealt with
	IsOpen   bool
	IsNow    bool // marked in the ruler
}

// Fails says whether a check of the block fails.
func (r editorRow) Fails() bool { return len(r.Problems) > 0 && r.Target.Text != "" }

// Base is the number a save of this block names.
func (r editorRow) Base() int { return r.Target.Number }

// Length and Limit count characters, without codes.
func (r editorRow) Length() int { return utf8.RuneCountInString(inline.Plain(r.Target.Text)) }

// Limit is the length of the source.
func (r editorRow) Limit() int { return utf8.RuneCountInString(inline.Plain(r.Source)) }

// Lines is how high a plain field must be to show the text.
func (r editorRow) Lines() int { return max(3, max(r.Length(), r.Limit())/45+1) }

// Change is how the source became what it is, in a few words.
func (r editorRow) Change() []run { return excerpt(diffWords(r.From, r.OldSource, r.Source)) }

func newRow(u translations.Unit, w translations.Work, remarks int) editorRow {
	row := editorRow{Unit: u, From: w.Article.Language, To: w.Version.Language, Remarks: remarks, State: string(u.Status())}
	row.Kind, row.Words = kindOf(u.Block)
	if !u.Block.IsTranslated() {
		row.State = "none"
	}
	source := plainRuns(u.Source)
	if u.SourceChanged {
		source = diffWords(row.From, u.OldSource, u.Source)
	}
	row.Said = inSentences(row.From, source)
	if u.Target.Text != "" && !w.IsOriginal {
		row.Written = inSentences(row.To, plainRuns(u.Target.Text))
	}
	return row
}

// kindOf is what a block is, for the style sheet and in words.
func kindOf(b archive.Block) (style, message string) {
	switch b.Kind {
	case archive.KindTitle:
		return "Head", "block.title"
	case archive.KindDek:
		return "Dek", "block.dek"
	case ingest.Heading:
		return "Sub", "block.heading"
	case ingest.Quote:
		return "Quote", "block.quote"
	case ingest.ListItem:
		return "List", "block.item"
	case ingest.Figure, ingest.Embed:
		return "Caption", "block.caption"
	case translations.KindAlt:
		return "Caption", "block.alt"
	case translations.KindCredit:
		return "Caption", "block.credit"
	}
	return "Para", "block.paragraph"
}

// Chips are the codes of the source, for the script: "1:a 2/:br", a slash where a code stands alone.
func (r editorRow) Chips() string {
	var out strings.Builder
	for i, c := range r.Codes {
		if i > 0 {
			out.WriteString(" ")
		}
		out.WriteString(strconv.Itoa(c.N))
		if c.Alone() {
			out.WriteString("/")
		}
		out.WriteString(":" + c.Name)
	}
	return out.String()
}
