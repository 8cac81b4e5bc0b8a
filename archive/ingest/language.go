package ingest

import "colophon/archive/language"

// sureOf is the confidence from which the text's own language is believed against what the page says.
const sureOf = 0.6

// languageOf is the language of an article: of its text where that is sure, else as the page states it, else the text's
// best guess; "" where neither tells.
func languageOf(text, stated string) string {
	own, sure := language.Detect(text)
	tag, ok := language.Parse(stated)
	switch {
	case own == language.Undetermined && ok:
		return tag
	case own == language.Undetermined:
		return ""
	case sure < sureOf && ok:
		return tag
	}
	return own
}
