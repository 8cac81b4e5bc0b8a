package web

import (
	"slices"
	"testing"

	"colophon/archive/rights"
	"colophon/translations"
)

// Our own terms are what is asked of others: the default ones, and those an administrator wrote, read as an outlet's are.
func TestOwnClauses(t *testing.T) {
	s := open(t)
	p := translations.Publication{Language: "en", Content: translations.Content{SourceLanguage: "hy", Authors: []string{"Ani"}, Translators: []string{"Nare"}}}
	for _, c := range []struct {
		name, own string
		want      []rights.Kind
	}{
		{"the default", "", []rights.Kind{rights.LinkRequired, rights.LinkVisible, rights.CreditChain, rights.CreditAuthor, rights.CreditTranslator}},
		{
			"our words", "Articles of this site may be republished only with an active hyperlink to the article in the first paragraph.",
			[]rights.Kind{rights.LinkRequired, rights.LinkPlace},
		},
	} {
		statement, clauses := s.ownClauses(p, translations.Site{Terms: map[string]string{"en": c.own}})
		for _, kind := range c.want {
			i := slices.IndexFunc(clauses, func(c rights.Clause) bool { return c.Kind == kind })
			if i < 0 {
				t.Errorf("%s: no %s among %v", c.name, kind, clauses)
				continue
			}
			if k := clauses[i]; k.Quote == "" || statement[k.Start:k.End] != k.Quote {
				t.Errorf("%s: %s rests on %q, which is not at [%d:%d] of %q", c.name, kind, k.Quote, k.Start, k.End, statement)
			}
		}
		if c.own != "" && statement != c.own {
			t.Errorf("%s: the statement is %q", c.name, statement)
		}
	}
}
