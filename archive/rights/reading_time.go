package rights

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readInstant reads the instant that a unit's embargo ends, from the words at and behind the embargo, then before it. It is
// written as parseInstant reads it: RFC 3339, without the offset where no zone is named, without the time where none is.
// A day without a year is no instant: nothing here knows what day it is.
func (r *reader) readInstant(u *unit, s mention) string {
	for _, from := range []int{s.from, u.from} {
		if t := r.instantIn(from, u.to); t != "" {
			return t
		}
	}
	return ""
}

// months are the beginnings of the names of months, in the three languages, as foldWord leaves them.
var months = []struct {
	begin string
	month int
}{
	{"jan", 1},
	{"feb", 2},
	{"mar", 3},
	{"apr", 4},
	{"may", 5},
	{"jun", 6},
	{"jul", 7},
	{"aug", 8},
	{"sep", 9},
	{"oct", 10},
	{"nov", 11},
	{"dec", 12},
	{"январ", 1},
	{"феврал", 2},
	{"март", 3},
	{"апрел", 4},
	{"май", 5},
	{"мая", 5},
	{"июн", 6},
	{"июл", 7},
	{"август", 8},
	{"сентябр", 9},
	{"октябр", 10},
	{"ноябр", 11},
	{"декабр", 12},
	{"հունվար", 1},
	{"փետրվար", 2},
	{"մարտ", 3},
	{"ապրիլ", 4},
	{"մայիս", 5},
	{"հունիս", 6},
	{"հուլիս", 7},
	{"ոգոստոս", 8},
	{"սեպտեմբեր", 9},
	{"հոկտեմբեր", 10},
	{"նույեմբեր", 11},
	{"դեկտեմբեր", 12},
}

// zones are the beginnings of the words that name a zone with one offset all the year round. Words for zones with summer time
// (London, Brussels, New York) are left out: which offset they mean hangs on the day.
var zones = []struct{ begin, offset string }{
	{"gmt", "Z"},
	{"utc", "Z"},
	{"greenwich", "Z"},
	{"гринвич", "Z"},
	{"գրինվիչ", "Z"},
	{"msk", "+03:00"},
	{"мск", "+03:00"},
	{"moscow", "+03:00"},
	{"москв", "+03:00"},
	{"московск", "+03:00"},
	{"մոսկվ", "+03:00"},
	{"yerevan", "+04:00"},
	{"ереван", "+04:00"},
	{"երեւան", "+04:00"},
	{"tbilisi", "+04:00"},
	{"тбилис", "+04:00"},
	{"թբիլիս", "+04:00"},
	{"baku", "+04:00"},
	{"бакин", "+04:00"},
	{"баку", "+04:00"},
	{"բաքվ", "+04:00"},
	{"cet", "+01:00"},
	{"cest", "+02:00"},
	{"est", "-05:00"},
	{"edt", "-04:00"},
	{"pst", "-08:00"},
	{"pdt", "-07:00"},
	{"bst", "+01:00"},
}

// instant is what has been read of a time.
type instant struct {
	year, month, day int
	hour, minute     int
	timed            bool
	offset           string
}

func (r *reader) instantIn(from, to int) string {
	var t instant
	for i := from; i < to; i++ {
		f := r.words[i].fold
		switch {
		case t.readDate(f):
		case t.day == 0 && t.month == 0 && r.readDay(&t, i, to):
		case t.readClock(r.clockAt(i), r.after(i)):
		case t.year == 0 && len(f) >= 4 && isYear(f):
			t.year, _ = strconv.Atoi(f[:4])
		case t.offset == "":
			for _, z := range zones {
				if strings.HasPrefix(f, z.begin) && (utf8.RuneCountInString(z.begin) > 3 || f == z.begin) {
					t.offset = z.offset + r.shift(i, z.offset)
					if z.offset == "Z" && len(t.offset) > 1 {
						t.offset = t.offset[1:]
					}
					break
				}
			}
		}
	}
	return t.String()
}

// isYear says whether a word is a year of our age, with whatever letters behind it: 2026, 2026թ.
func isYear(f string) bool {
	n, err := strconv.Atoi(f[:4])
	return err == nil && n >= 1990 && n < 2100 && (len(f) == 4 || !isDigit(f[4]))
}

// readDate reads 2026-05-10, 10.05.2026 and 10.05.26.
func (t *instant) readDate(f string) bool {
	if t.day > 0 {
		return false
	}
	if len(f) == 8 && isYear(f[:4]) { // hyphens are folded away
		if n, err := strconv.Atoi(f); err == nil && n/100%100 <= 12 && n%100 <= 31 {
			t.year, t.month, t.day = n/10000, n/100%100, n%100
			return true
		}
	}
	parts := strings.Split(f, ".")
	if len(parts) != 3 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return false
	}
	day, err1 := strconv.Atoi(parts[0])
	month, err2 := strconv.Atoi(parts[1])
	year, err3 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || err3 != nil || day > 31 || month > 12 {
		return false
	}
	if year < 100 {
		year += 2000
	}
	t.year, t.month, t.day = year, month, day
	return true
}

// readDay reads a month with a day before it or behind it: 10 May, May 10th, 10 мая, մայիսի 10-ին.
func (r *reader) readDay(t *instant, i, to int) bool {
	month := 0
	for _, m := range months {
		if strings.HasPrefix(r.words[i].fold, m.begin) {
			month = m.month
			break
		}
	}
	if month == 0 {
		return false
	}
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= to {
			continue
		}
		if day, ok := leadingNumber(r.words[k].fold); ok && day >= 1 && day <= 31 && !(k < i && r.clockBefore(k)) {
			t.month, t.day = month, day
			return true
		}
	}
	return false
}

// clockBefore says whether the number at word k is the minutes of a time: 18:00 May 4.
func (r *reader) clockBefore(k int) bool {
	return k > 0 && r.words[k-1].number && r.Text[r.words[k-1].end:r.words[k].start] == ":"
}

func leadingNumber(f string) (int, bool) {
	n := 0
	for n < len(f) && isDigit(f[n]) {
		n++
	}
	if n == 0 || n > 2 {
		return 0, false
	}
	v, err := strconv.Atoi(f[:n])
	return v, err == nil
}

// clockAt reads the time that begins at word i: 18:00, 18.00, 6pm, 6.30; empty if there is none. A lone number is a time
// beside the words for one.
func (r *reader) clockAt(i int) string {
	w := r.words[i]
	h, ok := leadingNumber(w.fold)
	if !ok || h > 24 {
		return ""
	}
	if i+1 < len(r.words) && r.words[i+1].number && len(r.words[i+1].fold) == 2 && strings.TrimSpace(r.Text[w.end:r.words[i+1].start]) == ":" {
		return fmt.Sprintf("%d:%s", h, r.words[i+1].fold)
	}
	if hour, minute, ok := strings.Cut(w.fold, "."); ok && len(minute) >= 2 && isDigit(minute[0]) && isDigit(minute[1]) && (len(minute) == 2 || !isDigit(minute[2])) {
		return hour + ":" + minute
	}
	switch next := r.after(i); {
	case strings.HasSuffix(w.fold, "am"), strings.HasSuffix(w.fold, "pm"):
		return w.fold
	case next == "am", next == "pm", next == "a", next == "p", next == "час", next == "часов", next == "часа", next == "ч",
		next == "утра", next == "вечера", next == "oclock", next == "hours":
		return strconv.Itoa(h)
	}
	if i > 0 && strings.HasPrefix(r.words[i-1].fold, "ժամ") {
		return strconv.Itoa(h)
	}
	return ""
}

// after is the word behind word i, beyond the minutes of a time.
func (r *reader) after(i int) string {
	if i+1 < len(r.words) && r.words[i+1].number && len(r.words[i+1].fold) == 2 && strings.TrimSpace(r.Text[r.words[i].end:r.words[i+1].start]) == ":" {
		i++
	}
	if i+1 < len(r.words) {
		return r.words[i+1].fold
	}
	return ""
}

func (t *instant) readClock(clock, next string) bool {
	if clock == "" || t.timed {
		return false
	}
	half := ""
	for _, s := range []string{"am", "pm"} {
		if c, ok := strings.CutSuffix(clock, s); ok {
			clock, half = c, s
		}
	}
	switch next {
	case "am", "a", "утра":
		half = "am"
	case "pm", "p", "вечера":
		half = "pm"
	}
	hour, minute, _ := strings.Cut(clock, ":")
	h, err := strconv.Atoi(hour)
	if err != nil {
		return false
	}
	m := 0
	if len(minute) >= 2 {
		m, _ = strconv.Atoi(minute[:2])
	}
	switch {
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	if h > 24 || m > 59 {
		return false
	}
	t.hour, t.minute, t.timed = h, m, true
	return true
}

// shift is the number behind UTC or GMT: UTC+4, GMT +03:00.
func (r *reader) shift(i int, offset string) string {
	if offset != "Z" || i+1 >= len(r.words) {
		return ""
	}
	sign := strings.TrimSpace(r.Text[r.words[i].end:r.words[i+1].start])
	h, ok := leadingNumber(r.words[i+1].fold)
	if !ok || h > 14 {
		return ""
	}
	switch sign {
	case "+":
		return fmt.Sprintf("+%02d:00", h)
	case "-", "−", "–":
		return fmt.Sprintf("-%02d:00", h)
	}
	return ""
}

// String is the instant in RFC 3339 or its beginning; empty where the day or the year is not known.
func (t *instant) String() string {
	if t.year == 0 || t.month == 0 || t.day == 0 || t.month > 12 || t.day > 31 {
		return ""
	}
	day := fmt.Sprintf("%04d-%02d-%02d", t.year, t.month, t.day)
	if !t.timed {
		return day
	}
	return day + fmt.Sprintf("T%02d:%02d:00", t.hour, t.minute) + t.offset
}
