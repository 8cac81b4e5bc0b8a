package translations

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"colophon/archive"
	"colophon/archive/segment"
	"colophon/translations/inline"
)

// The board finds a version by the words of its titles: the source's, and its own once there is one. Words are folded in
// Go (archive/segment), so that letter case, և and եւ, ё and е and the marks inside Armenian words make no difference; the
// database only compares them, by code point.

// titleWords are the folded words of a version's titles, in order, between spaces; a space alone where there is none.
func titleWords(w Work) string {
	words := foldedWords(w.Article.Language, w.Revision.Title)
	if u, ok := w.Unit(archive.TitleKey); ok && !w.IsOriginal {
		words = append(words, foldedWords(w.Version.Language, inline.Plain(u.Target.Text))...)
	}
	slices.Sort(words)
	return " " + strings.Join(slices.Compact(words), " ")
}

// maxWord bounds a stored word, in bytes: an index takes no longer ones.
const maxWord = 200

func foldedWords(lang, text string) []string {
	var out []string
	for _, w := range segment.Words(lang, text) {
		if len(w.Folded) <= maxWord {
			out = append(out, strings.ReplaceAll(w.Folded, " ", ""))
		}
	}
	return out
}

// indexWords keeps what the board finds a version by.
func (d *Desk) indexWords(ctx context.Context, id VersionID, words string) error {
	tx := d.db.In(ctx)
	if err := tx.Where("version_id = ?", int64(id)).Delete(&wordRow{}).Error; err != nil {
		return fmt.Errorf("words of version %d: %w", id, err)
	}
	var rows []wordRow
	for word := range strings.FieldsSeq(words) {
		rows = append(rows, wordRow{Word: word, VersionID: int64(id)})
	}
	if len(rows) == 0 {
		return nil
	}
	if err := d.db.In(ctx).CreateInBatches(rows, 200).Error; err != nil {
		return fmt.Errorf("words of version %d: %w", id, err)
	}
	return nil
}

// reindexWords looks at versions that are older than the index.
func (d *Desk) reindexWords(ctx context.Context) error {
	for {
		var ids []VersionID
		if err := d.db.In(ctx).Model(&versionRow{}).Where("words = ''").Order("id").Limit(200).Pluck("id", &ids).Error; err != nil {
			return fmt.Errorf("words of versions: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		err := d.db.Transact(ctx, func(ctx context.Context) error {
			for _, id := range ids {
				w, err := d.Work(ctx, id)
				if err != nil {
					return err
				}
				if err := d.keepWords(ctx, w, ""); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// keepWords saves the words of a version where they are not those it had. It runs inside the transaction of whatever
// changed them.
func (d *Desk) keepWords(ctx context.Context, w Work, had string) error {
	words := titleWords(w)
	if words == had {
		return nil
	}
	if err := d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(w.Version.ID)).Update("words", words).Error; err != nil {
		return fmt.Errorf("words of version %d: %w", w.Version.ID, err)
	}
	return d.indexWords(ctx, w.Version.ID, words)
}

// wordPlan is how the versions with certain words are found. Its zero value asks for no words.
type wordPlan struct {
	none  bool        // there are none
	rare  *wordRange  // a word few versions have: they are looked at, whatever their place on the board
	other []wordRange // words to be there too; without a rare one the board is walked in its order, and many have them
}

// wordRange are the words that begin so: from the first, and before the second.
type wordRange struct{ from, before string }

const (
	rareWord  = 1000 // versions; up to that many are sorted for one page
	maxSought = 8    // words of a query
)

// planWords looks which of the words somebody typed is rare.
func (d *Desk) planWords(ctx context.Context, typed string) (wordPlan, error) {
	ranges := wordRanges(typed)
	if len(ranges) == 0 {
		return wordPlan{none: true}, nil
	}
	var (
		p    wordPlan
		best = int64(rareWord + 1)
	)
	for i, w := range ranges {
		var n int64
		few := d.db.In(ctx).Model(&wordRow{}).Select("1").Where("word >= ? AND word < ?", w.from, w.before).Limit(rareWord + 1)
		if err := d.db.In(ctx).Table("(?) AS few", few).Count(&n).Error; err != nil {
			return p, fmt.Errorf("words of versions: %w", err)
		}
		if n == 0 {
			return wordPlan{none: true}, nil
		}
		if n < best {
			best, p.rare = n, &ranges[i]
		}
	}
	for i := range ranges {
		if p.rare != &ranges[i] {
			p.other = append(p.other, ranges[i])
		}
	}
	return p, nil
}

// from is the table of versions, cut down to those with the words.
func (p wordPlan) from(tx *gorm.DB) *gorm.DB {
	out := tx.Table("versions")
	if p.rare != nil {
		few := tx.Model(&wordRow{}).Distinct("version_id").Where("word >= ? AND word < ?", p.rare.from, p.rare.before)
		out = tx.Table("(?) AS few CROSS JOIN versions", few).Where("versions.id = few.version_id") // in this order, on SQLite too
	}
	for _, w := range p.other {
		out = out.Where("EXISTS (SELECT 1 FROM version_words AS vw WHERE vw.version_id = versions.id AND vw.word >= ? AND vw.word < ?)", w.from, w.before)
	}
	return out
}

// wordRanges are the words somebody typed, each as what begins so. An ending is taken off where only that is done to find
// the stem: моста finds мост and мостов. The language is read off the letters.
func wordRanges(typed string) []wordRange {
	var out []wordRange
	for _, w := range segment.Words(scriptLanguage(typed), typed) {
		if len(out) == maxSought {
			break
		}
		lang := scriptLanguage(w.Text)
		word := strings.ReplaceAll(segment.Fold(lang, w.Text), " ", "")
		if stem := segment.Stem(lang, word); strings.HasPrefix(word, stem) && utf8.RuneCountInString(stem) >= 3 {
			word = stem
		}
		if len(word) > maxWord {
			word = strings.ToValidUTF8(word[:maxWord], "")
		}
		if word != "" {
			out = append(out, wordRange{word, word + string(utf8.MaxRune)})
		}
	}
	return out
}

// scriptLanguage guesses the language of a few words from their first letter.
func scriptLanguage(text string) string {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Armenian, r):
			return "hy"
		case unicode.Is(unicode.Cyrillic, r):
			return "ru"
		case unicode.IsLetter(r):
			return "en"
		}
	}
	return "en"
}
