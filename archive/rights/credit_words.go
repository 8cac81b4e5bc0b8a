package rights

import (
	"strconv"
	"strings"
	"unicode"
)

// wordSet are the words of a credit in one language. They ask for no declension of names.
type wordSet struct {
	source, author, authors, translated, translator, first, licence, stop, year string
	languages                                                                   map[string]string // "published in …"
	from                                                                        map[string]string // "translated from …"
}

// creditWords are kept here and not with the messages of the interface: a credit is part of the page's text, its words
// are checked against the clauses, and they do not change with the reader.
var creditWords = map[string]wordSet{
	"en": {
		source: "Source: ", author: "By ", authors: "By ", translated: "Translated from LANGUAGE by ", translator: "Translated by ",
		first: "First reported by ", licence: "Licence: ", stop: ".",
		languages: map[string]string{"en": "English", "ru": "Russian", "hy": "Armenian"},
		from:      map[string]string{"en": "English", "ru": "Russian", "hy": "Armenian"},
	},
	"ru": {
		source: "Источник: ", author: "Автор: ", authors: "Авторы: ", translated: "Перевод с LANGUAGE: ", translator: "Перевод: ",
		first: "Первоисточник: ", licence: "Лицензия: ", stop: ".", year: " года",
		languages: map[string]string{"en": "на английском языке", "ru": "на русском языке", "hy": "на армянском языке"},
		from:      map[string]string{"en": "английского", "ru": "русского", "hy": "армянского"},
	},
	"hy": {
		source: "Աղբյուրը՝ ", author: "Հեղինակ՝ ", authors: "Հեղինակներ՝ ", translated: "Թարգմանիչ (LANGUAGE)՝ ", translator: "Թարգմանիչ՝ ",
		first: "Սկզբնաղբյուրը՝ ", licence: "Լիցենզիա՝ ", stop: "։",
		languages: map[string]string{"en": "անգլերեն", "ru": "ռուսերեն", "hy": "հայերեն"},
		from:      map[string]string{"en": "անգլերենից", "ru": "ռուսերենից", "hy": "հայերենից"},
	},
}

// creditMonths are the months in the form a date has them in.
var creditMonths = map[string][12]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"hy": {"հունվարի", "փետրվարի", "մարտի", "ապրիլի", "մայիսի", "հունիսի", "հուլիսի", "օգոստոսի", "սեպտեմբերի", "հոկտեմբերի", "նոյեմբերի", "դեկտեմբերի"},
}

// creditDay is creditDate as it stands inside a sentence.
func creditDay(s, lang string) string {
	date := creditDate(s, lang)
	if parts := strings.Fields(date); lang == "hy" && len(parts) == 4 {
		return parts[2] + " թվականի " + parts[1] + " " + parts[0] + "-ին"
	}
	return date
}

// creditDate writes the day of an RFC 3339 time or date as the outlet gave it, in no other zone: "28 August 2025". What
// is no whole date gives "".
func creditDate(s, lang string) string {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return ""
	}
	year, err1 := strconv.Atoi(s[:4])
	month, err2 := strconv.Atoi(s[5:7])
	day, err3 := strconv.Atoi(s[8:10])
	if err1 != nil || err2 != nil || err3 != nil || month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	out := strconv.Itoa(day) + " " + creditMonths[lang][month-1] + " " + strconv.Itoa(year)
	if lang == "hy" {
		out += " թ."
	}
	return out
}

// writtenIn is the language whose script a text is written in: hy, ru, or else en.
func writtenIn(s string) string {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Armenian, r):
			return "hy"
		case unicode.Is(unicode.Cyrillic, r):
			return "ru"
		case unicode.Is(unicode.Latin, r):
			return "en"
		}
	}
	return ""
}

// licenceName names a Creative Commons licence by its address: "CC BY-ND 4.0".
func licenceName(address string) string {
	a := parseAddress(address, nil, nil)
	if plainHost(a.host) != "creativecommons.org" {
		return ""
	}
	parts := strings.Split(strings.Trim(a.path, "/"), "/")
	switch {
	case len(parts) >= 3 && parts[0] == "licenses":
		return "CC " + strings.ToUpper(parts[1]) + " " + parts[2]
	case len(parts) >= 2 && parts[0] == "publicdomain" && parts[1] == "zero":
		return "CC0"
	}
	return ""
}
