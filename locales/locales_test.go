package locales

import (
	"testing"
	"time"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		accept []string
		want   string
	}{
		{nil, "en"},
		{[]string{""}, "en"},
		{[]string{"hy"}, "hy"},
		{[]string{"arm"}, "hy"},
		{[]string{"hye"}, "hy"},
		{[]string{"hy-AM,hy;q=0.9,en;q=0.8"}, "hy"},
		{[]string{"hy_AM"}, "hy"},
		{[]string{"hyw"}, "hy"},
		{[]string{"HY-arevmda"}, "hy"},
		{[]string{"am"}, "en"}, // Amharic
		{[]string{"ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7"}, "ru"},
		{[]string{"en;q=0.5,ru;q=0.8"}, "ru"},
		{[]string{"en;q=0.8, ru;q=0.8"}, "en"},
		{[]string{"ru;q=0,en;q=0.1"}, "en"},
		{[]string{"uk"}, "en"},
		{[]string{"be,az;q=0.9,ka;q=0.8"}, "en"},
		{[]string{"uk,ru;q=0.3"}, "ru"}, // what they name themselves
		{[]string{"fr-CH, fr;q=0.9, hy;q=0.1"}, "hy"},
		{[]string{"*"}, "en"},
		{[]string{"ru;q=high,hy;q=0.2"}, "hy"},
		{[]string{"ru;q=NaN,hy;q=0.2"}, "hy"},
		{[]string{";;;,,,=,q=1"}, "en"},
		{[]string{"ru;q=0.2", "hy;q=0.4"}, "hy"},
	} {
		if got := Match(c.accept...); got != c.want {
			t.Errorf("Accept-Language %q: %s, want %s", c.accept, got, c.want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		code, want string
		ours       bool
	}{
		{"arm", "hy", true},
		{"hye", "hy", true},
		{"hy-Latn", "hy", true},
		{"HY", "hy", true},
		{"rus", "ru", true},
		{"eng", "en", true},
		{"en_GB", "en", true},
		{"hyw", "hyw", false},
		{"am", "am", false},
		{"uk-UA", "uk", false},
		{"", "", false},
	} {
		if got, ours := Canonical(c.code); got != c.want || ours != c.ours {
			t.Errorf("%q: %s, %v; want %s, %v", c.code, got, ours, c.want, c.ours)
		}
	}
}

func TestFor(t *testing.T) {
	for code, want := range map[string]string{"hy": "hy ARM Հայերեն", "arm": "hy ARM Հայերեն", "ru-RU": "ru RU Русский", "en": "en EN English", "xx": "en EN English", "": "en EN English"} {
		l := For(code)
		if got := l.Lang() + " " + l.Label() + " " + l.Name(); got != want {
			t.Errorf("For(%q): %s, want %s", code, got, want)
		}
	}
	if For("hy") != For("arm") {
		t.Error("the Localizers are not shared")
	}
}

func TestDates(t *testing.T) {
	// 21:30 in London on the 27th is 00:30 in Yerevan on the 28th.
	at := time.Date(2025, time.August, 27, 20, 30, 0, 0, time.UTC)
	day := time.Date(2025, time.May, 3, 0, 0, 0, 0, time.FixedZone("", 14*3600))
	for _, c := range []struct{ lang, date, sentence, dayMonth, month, dateTime, day, daySentence string }{
		{"en", "28 August 2025", "on 28 August 2025", "28 August", "August 2025", "28 August 2025, 00:30", "3 May 2025", "on 3 May 2025"},
		{"ru", "28 августа 2025", "28 августа 2025 года", "28 августа", "август 2025", "28 августа 2025, 00:30", "3 мая 2025", "3 мая 2025 года"},
		{"hy", "28 օգոստոսի 2025 թ.", "2025 թվականի օգոստոսի 28-ին", "28 օգոստոսի", "օգոստոս 2025 թ.", "28 օգոստոսի 2025 թ., 00:30", "3 մայիսի 2025 թ.", "2025 թվականի մայիսի 3-ին"},
	} {
		l := For(c.lang)
		for _, got := range []struct{ got, want string }{
			{l.Date(at), c.date},
			{l.DateInSentence(at), c.sentence},
			{l.DayMonth(at), c.dayMonth},
			{l.Month(at), c.month},
			{l.DateTime(at), c.dateTime},
			{l.Day(day), c.day},
			{l.DayInSentence(day), c.daySentence},
			{l.Date(time.Time{}) + l.DateInSentence(time.Time{}) + l.Time(time.Time{}) + l.DateTime(time.Time{}), ""},
		} {
			if got.got != got.want {
				t.Errorf("%s: %q, want %q", c.lang, got.got, got.want)
			}
		}
	}
	for lang, want := range map[string]string{
		"en": "Thursday, 28 August 2025", "ru": "Четверг, 28 августа 2025", "hy": "Հինգշաբթի, 28 օգոստոսի 2025 թ.",
	} {
		if got := For(lang).WeekdayDate(at); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := For("en").In(time.UTC).DateTime(at); got != "27 August 2025, 20:30" {
		t.Errorf("in UTC: %q", got)
	}
	if got := For("en").Time(at); got != "00:30" {
		t.Errorf("the zone of one request stayed on the shared Localizer: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	const nb = "\u00a0"
	for _, c := range []struct {
		n      int
		en, ru string
	}{
		{0, "0", "0"},
		{999, "999", "999"},
		{1240, "1,240", "1240"},
		{9999, "9,999", "9999"},
		{10000, "10,000", "10" + nb + "000"},
		{1234567, "1,234,567", "1" + nb + "234" + nb + "567"},
		{-12345, "\u221212,345", "\u221212" + nb + "345"},
	} {
		if got := For("en").Number(c.n); got != c.en {
			t.Errorf("en %d: %q, want %q", c.n, got, c.en)
		}
		for _, lang := range []string{"ru", "hy"} {
			if got := For(lang).Number(c.n); got != c.ru {
				t.Errorf("%s %d: %q, want %q", lang, c.n, got, c.ru)
			}
		}
	}
	for _, c := range []struct{ got, want string }{
		{For("en").Decimal(1.1, 1), "1.1"},
		{For("ru").Decimal(1.1, 1), "1,1"},
		{For("hy").Decimal(12345.678, 2), "12" + nb + "345,68"},
		{For("en").Decimal(-0.5, 1), "\u22120.5"},
		{For("en").Percent(0.873), "87%"},
		{For("ru").Percent(0.873), "87" + nb + "%"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestMiss: a text that is not there is shown as its ID and counted; one that is there is neither.
func TestMiss(t *testing.T) {
	before := Misses()
	if got := For("ru").Text("no.such.message", nil); got != "no.such.message" || Misses() != before+1 {
		t.Errorf("got %q and %d misses, want the ID and 1", got, Misses()-before)
	}
	if got := For("ru").Text("cli.usage", map[string]any{"Command": "x"}); got != "См. x." || Misses() != before+1 {
		t.Errorf("got %q and %d misses, want no further one", got, Misses()-before)
	}
	if For("ru").Text("cli.usage", nil); Misses() != before+2 {
		t.Error("a place left empty was not counted")
	}
}

func TestLanguageName(t *testing.T) {
	for _, c := range []struct{ in, of, want string }{
		{"en", "hy", "Armenian"}, {"ru", "arm", "армянский"}, {"hy", "ru", "ռուսերեն"}, {"en", "hyw", "Western Armenian"}, {"hy", "xx", "xx"},
	} {
		if got := For(c.in).LanguageName(c.of); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.of, c.in, got, c.want)
		}
	}
}

func BenchmarkText(b *testing.B) {
	l := For("hy")
	for b.Loop() {
		l.Text("cli.line.long", map[string]any{"Line": 7, "Megabytes": 16})
	}
}
