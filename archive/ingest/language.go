package ingest

import (
	"strings"
	"unicode"
)

// parseLanguage reads a language tag of a page: "hy-AM", "arm", "ru_RU".
func parseLanguage(tag string) (string, bool) {
	t, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")), "-")
	switch t {
	case "arm", "hye":
		return "hy", true
	case "rus":
		return "ru", true
	case "eng":
		return "en", true
	case "", "x":
		return "", false
	}
	return t, isTag(t)
}

// detectLanguage is the language of a text with the page's own tag as a hint.
func detectLanguage(text, hint string) string {
	own, _ := parseLanguage(hint)
	var hy, cy, la int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Armenian, r):
			hy++
		case unicode.Is(unicode.Cyrillic, r):
			cy++
		case unicode.Is(unicode.Latin, r):
			la++
		}
	}
	switch {
	case hy > cy && hy > la:
		return "hy"
	case cy > la:
		switch own {
		case "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn":
			return own
		}
		return "ru"
	case la > 0:
		switch own {
		case "", "hy", "ru", "uk", "be", "bg", "ka":
			return "en"
		}
		return own
	}
	return own
}
