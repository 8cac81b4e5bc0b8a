package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// stamp is a moment in the precision a page states it in.
type stamp struct {
	year, month, day int
	hour, min, sec   int
	timed            bool   // hour and minute are known
	secs             bool   // seconds are known
	zone             string // "Z", "+04:00"; "" for local time
}

func (s stamp) zero() bool { return s.year == 0 }

// String is RFC 3339 cut to what is known.
func (s stamp) String() string {
	if s.zero() {
		return ""
	}
	out := fmt.Sprintf("%04d-%02d-%02d", s.year, s.month, s.day)
	if s.timed {
		out += fmt.Sprintf("T%02d:%02d", s.hour, s.min)
		if s.secs || s.zone != "" {
			out += fmt.Sprintf(":%02d", s.sec)
		}
		out += s.zone
	}
	return out
}

func (s stamp) valid() bool {
	if s.year < 1990 || s.year > 2100 || s.month < 1 || s.month > 12 || s.day < 1 || s.hour > 23 || s.min > 59 || s.sec > 60 {
		return false
	}
	t := time.Date(s.year, time.Month(s.month), s.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == s.day
}

func (s stamp) sameDay(o stamp) bool {
	return s.year == o.year && s.month == o.month && s.day == o.day
}

// near reports whether two moments are the same day or, as time zones may part them, neighbours.
func (s stamp) near(o stamp) bool {
	a := time.Date(s.year, time.Month(s.month), s.day, 12, 0, 0, 0, time.UTC)
	b := time.Date(o.year, time.Month(o.month), o.day, 12, 0, 0, 0, time.UTC)
	d := a.Sub(b)
	return d <= 24*time.Hour && d >= -24*time.Hour
}

var isoPattern = regexp.MustCompile(`^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|t|\s+|\s*[,|]\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?`)

var compactPattern = regexp.MustCompile(`^\s*(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?\s*$`)

// parseMachine reads a date as metadata state it: ISO 8601, RFC 1123, seconds since 1970, or any form parseShown knows.
func parseMachine(s string, lang string) stamp {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return stamp{}
	}
	m := isoPattern.FindStringSubmatch(s)
	if m == nil {
		m = compactPattern.FindStringSubmatch(s)
	}
	if m != nil {
		st := stamp{year: atoi(m[1]), month: atoi(m[2]), day: atoi(m[3])}
		if m[4] != "" {
			st.timed, st.hour, st.min = true, atoi(m[4]), atoi(m[5])
			if m[6] != "" {
				st.secs, st.sec = true, atoi(m[6])
			}
			st.zone = zone(m[7])
		}
		if st.valid() {
			return st
		}
		return stamp{}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 && len(s) <= 13 {
		if len(s) >= 12 {
			n /= 1000
		}
		return fromTime(time.Unix(n, 0).UTC())
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 15:04:05 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			st := fromTime(t)
			if name, off := t.Zone(); off == 0 && name != "UTC" && name != "GMT" && name != "" {
				st.zone = ""
			}
			return st
		}
	}
	st, _ := parseShown(s, lang)
	return st
}

func fromTime(t time.Time) stamp {
	st := stamp{year: t.Year(), month: int(t.Month()), day: t.Day(), hour: t.Hour(), min: t.Minute(), sec: t.Second(), timed: true, secs: true}
	_, off := t.Zone()
	if off == 0 {
		st.zone = "Z"
	} else {
		st.zone = t.Format("-07:00")
	}
	if !st.valid() {
		return stamp{}
	}
	return st
}

func zone(s string) string {
	switch s {
	case "":
		return ""
	case "Z", "z", "UTC", "GMT":
		return "Z"
	}
	sign, d := s[:1], strings.ReplaceAll(s[1:], ":", "")
	switch len(d) {
	case 2:
		d += "00"
	case 3:
		d = "0" + d
	}
	if h := atoi(d[:2]); h > 14 {
		return ""
	}
	return sign + d[:2] + ":" + d[2:]
}

// zoneHours is the whole hours of an offset; 0 for UTC.
func zoneHours(z string) int {
	if len(z) < 3 {
		return 0
	}
	n := atoi(z[1:3])
	if z[0] == '-' {
		return -n
	}
	return n
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// monthNames maps the beginnings of month names to months: enough letters to tell them apart in every case and
// abbreviation of English, Russian, Armenian and the neighbours' languages.
var monthNames = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
	"հունվ": 1, "փետ": 2, "մարտ": 3, "ապր": 4, "մայ": 5, "հունի": 6, "հուլ": 7, "օգո": 8, "սեպ": 9, "հոկ": 10, "նոյ": 11, "դեկ": 12,
	"січ": 1, "лют": 2, "бер": 3, "кві": 4, "тра": 5, "чер": 6, "лип": 7, "сер": 8, "вер": 9, "жов": 10, "лис": 11, "гру": 12,
	"яну": 1, "юни": 6, "юли": 7, "ное": 11,
	"gen": 1, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9, "ott": 10, "dic": 12, "ene": 1, "abr": 4, "fév": 2, "avr": 4, "mai": 5,
	"juin": 6, "juil": 7, "aoû": 8, "déc": 12, "mär": 3, "okt": 10, "dez": 12, "fev": 2, "out": 10, "jui": 6, "maj": 5, "mrt": 3, "mei": 5,
	"yan": 1, "apre": 4, "iyu": 6, "sen": 9, "okty": 10, "noy": 11, "dek": 12,
}

// monthOf reads a month's name, 0 where it is none.
func monthOf(w string) int {
	w = strings.ToLower(strings.Trim(w, ".,․"))
	n := utf8.RuneCountInString(w)
	if n < 3 || n > 12 {
		return 0
	}
	r := []rune(w)
	for k := min(5, n); k >= 3; k-- {
		if m := monthNames[string(r[:k])]; m > 0 {
			return m
		}
	}
	return 0
}

var (
	timePattern    = regexp.MustCompile(`(?i)(?:^|[^\d:.])([01]?\d|2[0-3])[:․.h]([0-5]\d)(?::([0-5]\d))?(?:\s*([ap])\.?m\b\.?)?(?:\s*(?:\(?(?:UTC|GMT))?\s*([+-]\d{1,2}(?::?\d{2})?)\b)?`)
	numericPattern = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\s?([./․-])\s?(\d{1,2})\s?([./․-])\s?(\d{4}|\d{2})(?:[^\d]|$)`)
	isoInText      = regexp.MustCompile(`(?:^|[^\d])(\d{4})([-./])(\d{1,2})([-./])(\d{1,2})(?:[^\d]|$)`)
	dayFirst       = regexp.MustCompile(`(?:^|[^\d\p{L}])(\d{1,2})(?:st|nd|rd|th|-?го|-ին|\.)?\s+(?:de\s+|of\s+)?(\p{L}{3,12})[.․]?,?\s+(?:de\s+)?(\d{4})(?:[^\d]|$)`)
	monthFirst     = regexp.MustCompile(`(?:^|[^\p{L}])(\p{L}{3,12})[.․]?\s+(\d{1,2})(?:st|nd|rd|th|-ին)?,?\s+(\d{4})(?:[^\d]|$)`)
	yearFirst      = regexp.MustCompile(`(?:^|[^\d])(\d{4})\s*(?:թ[.․]?|թվականի)\s*,?\s*(\p{L}{3,12})\s+(\d{1,2})`)
)

// parseShown reads a date as people write it. rest is what of the line is neither date nor time.
func parseShown(s, lang string) (st stamp, rest string) {
	s = foldSpace(s)
	if len(s) > 400 {
		return stamp{}, s
	}
	from, to := -1, -1
	try := func(idx []int, y, m, d int) bool {
		c := stamp{year: y, month: m, day: d}
		if !c.valid() {
			return false
		}
		st, from, to = c, idx[2], idx[len(idx)-1]
		return true
	}
	if x := isoInText.FindStringSubmatchIndex(s); x != nil && s[x[4]:x[5]] == s[x[8]:x[9]] {
		try(x, atoi(s[x[2]:x[3]]), atoi(s[x[6]:x[7]]), atoi(s[x[10]:x[11]]))
	}
	if st.zero() {
		if x := dayFirst.FindStringSubmatchIndex(s); x != nil {
			try(x, atoi(s[x[6]:x[7]]), monthOf(s[x[4]:x[5]]), atoi(s[x[2]:x[3]]))
		}
	}
	if st.zero() {
		if x := monthFirst.FindStringSubmatchIndex(s); x != nil {
			try(x, atoi(s[x[6]:x[7]]), monthOf(s[x[2]:x[3]]), atoi(s[x[4]:x[5]]))
		}
	}
	if st.zero() {
		if x := yearFirst.FindStringSubmatchIndex(s); x != nil {
			try(x, atoi(s[x[2]:x[3]]), monthOf(s[x[4]:x[5]]), atoi(s[x[6]:x[7]]))
		}
	}
	if st.zero() {
		if x := numericPattern.FindStringSubmatchIndex(s); x != nil && s[x[4]:x[5]] == s[x[8]:x[9]] {
			d, m, y := atoi(s[x[2]:x[3]]), atoi(s[x[6]:x[7]]), atoi(s[x[10]:x[11]])
			if y < 100 {
				y += 2000
			}
			if m > 12 || lang == "en" && s[x[4]:x[5]] == "/" && d <= 12 {
				d, m = m, d
			}
			if !try(x, y, m, d) {
				try(x, y, d, m)
			}
		}
	}
	if st.zero() {
		return st, s
	}
	before, after := s[:from], s[to:]
	rest = before + " " + after
	best, gap := []int(nil), 40
	side := after
	if x := timePattern.FindStringSubmatchIndex(after); x != nil && x[2] < gap {
		best, gap = x, x[2]
	}
	all := timePattern.FindAllStringSubmatchIndex(before, 4)
	if len(all) > 0 {
		x := all[len(all)-1]
		if d := len(before) - x[1]; d < gap && d < 20 {
			best, side = x, before
		}
	}
	if best == nil {
		return st, rest
	}
	group := func(i int) string {
		if best[2*i] < 0 {
			return ""
		}
		return side[best[2*i]:best[2*i+1]]
	}
	st.timed, st.hour, st.min = true, atoi(group(1)), atoi(group(2))
	if group(3) != "" {
		st.secs, st.sec = true, atoi(group(3))
	}
	switch strings.ToLower(group(4)) {
	case "p":
		if st.hour < 12 {
			st.hour += 12
		}
	case "a":
		if st.hour == 12 {
			st.hour = 0
		}
	}
	if z := group(5); z != "" {
		if !strings.Contains(z, ":") && len(z) < 5 {
			st.zone = zone(fmt.Sprintf("%s%02d00", z[:1], atoi(z[1:])))
		} else {
			st.zone = zone(z)
		}
	}
	return st, rest
}

// mostlyDate reports lines that hold a date and little else: what is left has hardly any letters.
func mostlyDate(s, lang string) (stamp, bool) {
	st, rest := parseShown(s, lang)
	if st.zero() {
		return st, false
	}
	letters := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return st, letters <= 40
}
