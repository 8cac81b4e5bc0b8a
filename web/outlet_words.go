package web

import (
	"strings"
	"time"
	"unicode"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/locales"
	"colophon/translations"
)

// outletName is an outlet as a page names it.
type outletName struct {
	Name string // «Вардакарский курьер», Vardakar Courier
	Home string
	Slug string
	URL  string // of our page about it
}

func newOutletName(s archive.Source, lang string) outletName {
	return outletName{Name: quoted(lang, s.NameIn(lang).Name), Home: s.HomeURL, Slug: s.Slug, URL: outletPath(lang, s.Slug)}
}

// quoted puts an outlet's name into the quotes that names of papers stand in, in Russian and in Armenian. A name that is
// an address stands without.
func quoted(lang, name string) string {
	if lang == "en" || name == "" || strings.ContainsAny(name, "«»“”\"") || strings.Contains(name, ".") && !strings.Contains(name, " ") {
		return name
	}
	return "«" + name + "»"
}

// nameLang is the language a name is written in, by its letters: "" where a page in lang writes as it does.
func nameLang(name, lang string) string {
	written := ""
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Armenian, r):
			written = "hy"
		case unicode.Is(unicode.Cyrillic, r):
			written = "ru"
		case unicode.Is(unicode.Latin, r):
			written = "en"
		default:
			continue
		}
		break
	}
	if written == lang {
		return ""
	}
	return written
}

// outletDate is a time as an outlet stated it, with the outlet's own precision and in no other zone.
type outletDate struct {
	Machine  string // for datetime
	Text     string // 28 August 2025
	Sentence string // on 28 August 2025
}

// newOutletDate reads what a revision holds. What is none of its forms gives the zero value: nothing is shown.
func newOutletDate(l *locales.Localizer, stated string) outletDate {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		t, err := time.Parse(layout, stated)
		if err != nil {
			continue
		}
		d := outletDate{Machine: t.Format(time.DateOnly), Text: l.Day(t), Sentence: l.DayInSentence(t)}
		if layout != time.DateOnly {
			d.Machine = stated
		}
		return d
	}
	if t, err := time.Parse("2006-01", stated); err == nil {
		return outletDate{Machine: stated, Text: l.Month(t.Add(12 * time.Hour)), Sentence: l.Month(t.Add(12 * time.Hour))}
	}
	if t, err := time.Parse("2006", stated); err == nil {
		return outletDate{Machine: t.Format("2006"), Text: t.Format("2006"), Sentence: t.Format("2006")}
	}
	return outletDate{}
}

// wordsIn counts the words a reader of this page reads.
func wordsIn(c translations.Content) int {
	n := len(strings.Fields(c.Dek))
	for _, b := range c.Blocks {
		n += len(strings.Fields(ingest.PlainText(b.HTML)))
	}
	return n
}

// openingOf is the beginning of the first paragraph, for cards of pages that have no dek.
func openingOf(c translations.Content) string {
	const length = 200
	for _, b := range c.Blocks {
		if b.Kind != ingest.Paragraph {
			continue
		}
		return cut(ingest.PlainText(b.HTML), length)
	}
	return ""
}

// cut shortens a text to at most that many runes, at a space.
func cut(text string, length int) string {
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	short := string(runes[:length])
	if i := strings.LastIndexByte(short, ' '); i > length/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:—–-") + "…"
}

// wordsOf speaks a language, or English where the interface does not speak it.
func (s *Server) wordsOf(lang string) *locales.Localizer {
	if w, ok := s.words[lang]; ok {
		return w
	}
	return s.words["en"]
}
