package rights

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What an agreement lacks to stand for a translation into Russian on the tenth of May.
func TestLacks(t *testing.T) {
	at := time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)
	use := Use{Language: "ru", Translation: true, At: at}
	for _, row := range []struct {
		name   string
		change func(*Deal)
		use    func(*Use)
		want   Lack
	}{
		{"covers it", nil, nil, LacksNothing},
		{"whole texts", func(d *Deal) { d.Allows = []Allowance{AllowFull, AllowTranslation} }, nil, LacksNothing},
		{"without words", func(d *Deal) { d.Words = " \n" }, nil, LacksWords},
		{"reprinting only", func(d *Deal) { d.Allows = []Allowance{AllowText} }, nil, LacksScope},
		{"reprinting only, of an original", func(d *Deal) { d.Allows = []Allowance{AllowText} }, func(u *Use) { u.Translation = false }, LacksNothing},
		{"translation only", func(d *Deal) { d.Allows = []Allowance{AllowTranslation} }, nil, LacksScope},
		{"excerpts only", func(d *Deal) { d.Allows = []Allowance{AllowExcerpt, AllowTranslation} }, nil, LacksScope},
		{"excerpts, of an excerpt", func(d *Deal) { d.Allows = []Allowance{AllowExcerpt, AllowTranslation} }, func(u *Use) { u.Excerpt = true }, LacksNothing},
		{"another language", func(d *Deal) { d.Languages = []string{"en", "hy"} }, nil, LacksLanguage},
		{"not begun", func(d *Deal) { d.From = at.Add(time.Nanosecond) }, nil, LacksTime},
		{"begins now", func(d *Deal) { d.From = at }, nil, LacksNothing},
		{"over now", func(d *Deal) { d.Until = at }, nil, IsOver},
		{"over in a moment", func(d *Deal) { d.Until = at.Add(time.Nanosecond) }, nil, LacksNothing},
		{"used up", func(d *Deal) { d.Max, d.Used = 2, 2 }, nil, LacksUses},
		{"used up, by this page", func(d *Deal) { d.Max, d.Used = 2, 2 }, func(u *Use) { u.Counted = []int64{7} }, LacksNothing},
		{"over and of another language", func(d *Deal) { d.Until, d.Languages = at, []string{"hy"} }, nil, IsOver},
	} {
		d := Deal{ID: 7, Allows: []Allowance{AllowText, AllowTranslation}, Words: "You may.", Origin: Origin{Basis: OnAgreement, ID: 7, By: 5}}
		u := use
		if row.change != nil {
			row.change(&d)
		}
		if row.use != nil {
			row.use(&u)
		}
		if got := d.Lacks(u); got != row.want {
			t.Errorf("%s: lacks %q, want %q", row.name, got, row.want)
		}
		if _, stands := Standing([]Deal{d}, u); stands != (row.want == LacksNothing) {
			t.Errorf("%s: stands %v", row.name, stands)
		}
	}
}

// An agreement that stands by itself answers what it gives, on its own words, and reserves pictures it does not name; the
// law of the country stands under it.
func TestStanding(t *testing.T) {
	use := Use{Language: "ru", Translation: true, At: time.Date(2026, 5, 10, 0, 0, 0, 0, time.UTC)}
	deal := func(id int64, words string, limit int) Deal {
		return Deal{ID: id, Allows: []Allowance{AllowText, AllowTranslation}, Words: words, Max: limit, Origin: Origin{Basis: OnAgreement, ID: id, By: 5}}
	}
	deals := []Deal{deal(1, "", 0), deal(2, "Twice.", 2), deal(3, " You may. ", 0)}
	d, ok := Standing(deals, use)
	if !ok || d.ID != 3 {
		t.Fatalf("stands: %d, %v; want the one with words and without limits", d.ID, ok)
	}
	law := Stated{Origin: Origin{Basis: OnStatute, Title: "Law", By: 5}, Clauses: []Clause{
		{Kind: CreditSource, Strength: Must, Quote: "name it"}, {Kind: TranslationAllowed, Params: Params{Value: "no"}, Strength: Must, Quote: "reserved"},
	}}
	var got []string
	for _, r := range Force([]Stated{law}, []Stated{d.Grants(use)}, []Deal{d}, use) {
		line := string(r.Kind) + " " + string(r.Origin.Basis) + " " + r.Quote
		if r.Answered != nil {
			line += " answered"
		}
		got = append(got, line)
	}
	want := []string{
		"credit.source statute name it", "permission.required agreement You may. answered", "translation.allowed agreement You may. answered",
		"media.exclude agreement You may.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range d.Grants(use).Clauses {
		if d.Words[c.Start:c.End] != c.Quote {
			t.Errorf("%s rests on %q at %d to %d", c.Kind, c.Quote, c.Start, c.End)
		}
	}
	d.Allows = append(d.Allows, AllowPhoto)
	if slices.ContainsFunc(d.Grants(use).Clauses, func(c Clause) bool { return c.Kind == MediaExclude }) {
		t.Error("pictures are kept out although they are given")
	}
}
