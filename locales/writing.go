package locales

import (
	"strconv"
	"strings"
	"time"
)

// Date is a day as facts show it, in the Localizer's zone: 28 August 2025 · 28 августа 2025 · 28 օգոստոսի 2025 թ.
// It is empty for the zero time.
func (l *Localizer) Date(t time.Time) string { return l.layout(l.lang.date, t.In(l.zone), t) }

// WeekdayDate is a date with its day of the week, as a line of its own: Wednesday, 3 September 2025.
func (l *Localizer) WeekdayDate(t time.Time) string {
	return l.lang.days[t.In(l.zone).Weekday()] + ", " + l.Date(t)
}

// DateInSentence is a day inside a sentence, with what joins it to the verb:
// on 28 August 2025 · 28 августа 2025 года · 2025 թվականի օգոստոսի 28-ին.
func (l *Localizer) DateInSentence(t time.Time) string {
	return l.layout(l.lang.sentence, t.In(l.zone), t)
}

// Day is Date for a day that is known without a time, such as a byline's "28.08.2025": it is not moved between zones.
func (l *Localizer) Day(t time.Time) string { return l.layout(l.lang.date, t, t) }

// DayInSentence is DateInSentence for a day that is known without a time.
func (l *Localizer) DayInSentence(t time.Time) string { return l.layout(l.lang.sentence, t, t) }

// DayMonth is a day without its year: 28 August · 28 августа · 28 օգոստոսի.
func (l *Localizer) DayMonth(t time.Time) string { return l.layout(l.lang.dayMonth, t.In(l.zone), t) }

// Month is a month standing alone: August 2025 · август 2025 · օգոստոս 2025 թ.
func (l *Localizer) Month(t time.Time) string { return l.layout(l.lang.month, t.In(l.zone), t) }

// Time is the time of day, 11:06 in every language.
func (l *Localizer) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(l.zone).Format("15:04")
}

// DateTime is Date and Time: 28 August 2025, 11:06.
func (l *Localizer) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.Date(t) + ", " + l.Time(t)
}

// layout fills a layout with the parts of local; zero is looked at for "no time at all".
func (l *Localizer) layout(layout string, local, zero time.Time) string {
	if zero.IsZero() {
		return ""
	}
	year, month, day := local.Date()
	return strings.NewReplacer(
		"{D}", strconv.Itoa(day),
		"{M}", l.lang.months[month-1],
		"{N}", l.lang.alone[month-1],
		"{Y}", strconv.Itoa(year),
	).Replace(layout)
}

// Number writes a whole number: 1,240 · 1240, and from 10,000 on with no-break spaces in Russian and Armenian.
func (l *Localizer) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "\u2212", digits[1:]
	}
	return sign + l.grouped(digits)
}

// Decimal writes a number with that many decimal places: 1.1 · 1,1.
func (l *Localizer) Decimal(f float64, places int) string {
	text := strconv.FormatFloat(f, 'f', places, 64)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "\u2212", text[1:]
	}
	whole, fraction, ok := strings.Cut(text, ".")
	whole = sign + l.grouped(whole)
	if !ok {
		return whole
	}
	return whole + l.lang.decimal + fraction
}

// Percent writes a share (1 is the whole) in whole per cent: 87% · 87 %.
func (l *Localizer) Percent(share float64) string {
	return l.Decimal(100*share, 0) + l.lang.percent
}

// grouped puts the separator of thousands into a row of digits.
func (l *Localizer) grouped(digits string) string {
	if len(digits) < len(strconv.Itoa(l.lang.from)) {
		return digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.lang.thousands)
		}
		b.WriteRune(d)
	}
	return b.String()
}
