package locales

import (
	"slices"
	"strconv"
	"strings"
)

// fallback is the language of whoever asks for none of ours.
const fallback = "en"

// DefaultZone is the zone of the site where settings name no other.
const DefaultZone = "Asia/Yerevan"

// form is how a language is called and how it writes dates and numbers. Layouts hold D (day), M (month, in the genitive
// where the language has one), N (month standing alone) and Y (year), each in braces.
type form struct {
	tag, label, name string // name: in the language itself, standing alone

	date, sentence, dayMonth, month string
	months, alone                   [12]string // with a day; alone
	days                            [7]string  // of the week, from Sunday, as a line begins with them

	thousands string // separator of thousands
	from      int    // the first number that takes it
	decimal   string
	percent   string // what follows the number
}

// languages are the languages of the interface, in the order readers are shown them.
// Dates and numbers: the design's typography by language; month names as CLDR 46 has them.
var languages = []form{
	{
		tag: "en", label: "EN", name: "English",
		date: "{D} {M} {Y}", sentence: "on {D} {M} {Y}", dayMonth: "{D} {M}", month: "{N} {Y}",
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		alone:  [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		days:   [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},

		thousands: ",", from: 1000, decimal: ".", percent: "%",
	},
	{
		tag: "ru", label: "RU", name: "Русский",
		date: "{D} {M} {Y}", sentence: "{D} {M} {Y} года", dayMonth: "{D} {M}", month: "{N} {Y}",
		months: [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
		alone:  [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
		days:   [7]string{"Воскресенье", "Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота"},

		thousands: "\u00a0", from: 10000, decimal: ",", percent: "\u00a0%",
	},
	{
		tag: "hy", label: "ARM", name: "Հայերեն",
		date: "{D} {M} {Y} թ.", sentence: "{Y} թվականի {M} {D}-ին", dayMonth: "{D} {M}", month: "{N} {Y} թ.",
		months: [12]string{"հունվարի", "փետրվարի", "մարտի", "ապրիլի", "մայիսի", "հունիսի", "հուլիսի", "օգոստոսի", "սեպտեմբերի", "հոկտեմբերի", "նոյեմբերի", "դեկտեմբերի"},
		alone:  [12]string{"հունվար", "փետրվար", "մարտ", "ապրիլ", "մայիս", "հունիս", "հուլիս", "օգոստոս", "սեպտեմբեր", "հոկտեմբեր", "նոյեմբեր", "դեկտեմբեր"},
		days:   [7]string{"Կիրակի", "Երկուշաբթի", "Երեքշաբթի", "Չորեքշաբթի", "Հինգշաբթի", "Ուրբաթ", "Շաբաթ"},

		thousands: "\u00a0", from: 10000, decimal: ",", percent: "\u00a0%",
	},
}

// Languages are the tags of the interface's languages, in the order readers are shown them.
func Languages() []string {
	tags := make([]string, len(languages))
	for i, l := range languages {
		tags[i] = l.tag
	}
	return tags
}

// Canonical reads a language as people and files write it (a BCP 47 tag, an ISO 639-2 or -3 code, with _ or -) and returns
// its primary subtag in the form used here; ours says whether the interface speaks it. arm and hye are hy. hyw, Western
// Armenian, is a language of its own, and am is Amharic.
func Canonical(code string) (tag string, ours bool) {
	code = strings.ToLower(strings.TrimSpace(code))
	if i := strings.IndexAny(code, "-_"); i >= 0 {
		code = code[:i]
	}
	switch code {
	case "arm", "hye":
		code = "hy"
	case "rus":
		code = "ru"
	case "eng":
		code = "en"
	}
	return code, slices.ContainsFunc(languages, func(l form) bool { return l.tag == code })
}

// maxAccept bounds how many languages of an Accept-Language header are looked at.
const maxAccept = 32

// Match chooses the language of the interface from Accept-Language headers or lists of tags (RFC 9110 §12.5.4): the one
// of ours with the highest quality, the first named of equals. Only a language itself matches: speakers of a neighbouring
// one (uk, be, az, ka) are not given Russian on a guess but what they name next, and else English. Western Armenian (hyw)
// readers get Armenian.
func Match(accept ...string) string {
	best, bestQuality := "", 0.0
	seen := 0
	for _, header := range accept {
		for entry := range strings.SplitSeq(header, ",") {
			if seen++; seen > maxAccept {
				break
			}
			name, params, _ := strings.Cut(entry, ";")
			tag, ours := Canonical(name)
			if tag == "hyw" {
				tag, ours = "hy", true
			}
			if q := quality(params); ours && q > bestQuality {
				best, bestQuality = tag, q
			}
		}
	}
	if best == "" {
		return fallback
	}
	return best
}

// quality reads "q=0.8"; without a readable one it is 1, as the RFC has it, but for what is out of range: 0.
func quality(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.TrimSpace(strings.ToLower(name)) != "q" {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}
