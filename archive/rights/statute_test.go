package rights

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every line of the table, by the country and the article it comes from.
func TestStatutes(t *testing.T) {
	type rule struct {
		Article  string
		Kind     Kind
		Value    string
		Strength Strength
	}
	for country, want := range map[string][]rule{
		"AM": {{"22", CreditAuthor, "", Must}, {"22", CreditSource, "", Must}, {"13", TranslationAllowed, "permission", Liked}},
		"AZ": {{"19", CreditAuthor, "", Must}, {"19", CreditSource, "", Must}, {"15", TranslationAllowed, "permission", Liked}},
		"RU": {{"1274 (1)", CreditAuthor, "", Must}, {"1274 (1)", CreditSource, "", Must}, {"1270 (2) 9", TranslationAllowed, "permission", Liked}},
		"GB": nil,
		"":   nil,
	} {
		var got []rule
		for _, s := range Statutes(country) {
			got = append(got, rule{s.Article, s.Kind, s.Params.Value, s.Strength})
			if s.Law == "" || s.Quote == "" || s.Language == "" {
				t.Errorf("%s article %s names no law or has no words", country, s.Article)
			}
			if c := s.Clause(); c.Quote != s.Quote || c.End != len(s.Quote) {
				t.Errorf("%s article %s: the clause quotes %q", country, s.Article, c.Quote)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", country, diff)
		}
	}
	if diff := cmp.Diff([]string{"AM", "AZ", "RU"}, Countries()); diff != "" {
		t.Error(diff)
	}
}
