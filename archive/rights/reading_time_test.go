package rights

import "testing"

func TestEmbargoInstant(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Embargoed until 6 p.m. GMT on 10 May 2026.", "2026-05-10T18:00:00Z"},
		{"The report must not be published before 00:01 GMT on Tuesday, May 12th, 2026.", "2026-05-12T00:01:00Z"},
		{"Articles may not be published before 10.05.2026.", "2026-05-10"},
		{"Under embargo until 2026-05-10, 9am UTC+4.", "2026-05-10T09:00:00+04:00"},
		{"Under embargo until 9:30 a.m. Yerevan time, 3 June 2026.", "2026-06-03T09:30:00+04:00"},
		{"Under embargo until 10:00 EST, 3 June 2026.", "2026-06-03T10:00:00-05:00"},
		{"Under embargo until 10:00 London time, 3 June 2026.", "2026-06-03T10:00:00"},
		{"Under embargo until 10:00 on 3 June.", ""},
		{"Материал под эмбарго до 10:00 по Москве 5 мая 2026 года.", "2026-05-05T10:00:00+03:00"},
		{"Новость можно публиковать не ранее 12.00 мск 05.06.2026.", "2026-06-05T12:00:00+03:00"},
		{"Статью можно публиковать не ранее 9 часов утра 1 марта 2026 г. по ереванскому времени.", "2026-03-01T09:00:00+04:00"},
		{"Материал под эмбарго до 7 вечера 1 марта 2026.", "2026-03-01T19:00:00"},
		{"Նյութը հրապարակել ոչ շուտ, քան 2026թ. մայիսի 5-ին, ժամը 10:00-ին, Երևանի ժամանակով։", "2026-05-05T10:00:00+04:00"},
		{"Էմբարգո՝ նյութը չհրապարակել մինչև մայիսի 5-ը։", ""},
	} {
		r := Detect(Statement{Text: c.text})
		got, found := "", false
		for _, clause := range r.Clauses {
			if clause.Kind == TimeEmbargo {
				got, found = clause.Until, true
			}
		}
		if !found || got != c.want {
			t.Errorf("%s\n  got %q (%v) want %q %v", c.text, got, found, c.want, r.Why)
		}
		if got != "" {
			if _, ok := parseInstant(got); !ok {
				t.Errorf("%s: the check cannot read %q", c.text, got)
			}
		}
	}
}
