package rights

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// briefly writes the clauses of a reading as kind:parameter, sorted as they were read.
func briefly(r Reading) []string {
	var out []string
	for _, c := range r.Clauses {
		parts := []string{string(c.Kind)}
		for _, p := range []string{c.Target, c.Within, c.Where, c.Scope, c.Value, c.Unit} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		if c.Strength != Must {
			parts = append(parts, string(c.Strength))
		}
		out = append(out, strings.Join(parts, ":"))
	}
	return out
}

// TestSeveralClauses: a statement that asks for the same kind more than once, each time of something else, keeps them all;
// what is said again of the same thing stays one clause.
func TestSeveralClauses(t *testing.T) {
	for text, want := range map[string][]string{
		// Links on two occasions, and a link described in a second sentence.
		"Short quotes must carry a link to our home page; full reprints must link to the original article.": {
			"link.required:homepage", "link.required:article",
		},
		"При цитировании обязательна гиперссылка на сайт, а при полной перепечатке — гиперссылка на исходную статью.": {
			"link.required:homepage", "link.required:article",
		},
		"Reprints must carry a hyperlink. The hyperlink must lead to the original article.": {"link.required:article"},
		// Permission for pictures and for commercial use.
		"Texts may be reprinted, photographs only with the permission of the photographer. Use for commercial purposes requires a licence.": {
			"permission.required:photos", "permission.commercial:commercial",
		},
		"Фотографии нельзя использовать без согласия автора. Полная перепечатка — только с разрешения редакции.": {
			"permission.required:photos", "permission.required:full_text",
		},
		// Two limits.
		"You may quote no more than 300 words or 10% of the article.":   {"limit.count:words", "limit.share"},
		"Разрешается цитировать не более 500 знаков или двух абзацев.":  {"limit.count:characters", "limit.count:paragraphs"},
		"Կարելի է մեջբերել ոչ ավելի, քան 300 բառ կամ տեքստի 10 տոկոսը։": {"limit.count:words", "limit.share"},
		// The more binding of two strengths.
		"A link back to our site would be nice. When you reprint our articles online, a link to our site is required.": {
			"link.required:homepage",
		},
	} {
		r := Detect(Statement{Text: text})
		checkClauses(t, text, r)
		if diff := cmp.Diff(want, briefly(r)); diff != "" {
			t.Errorf("%s\n%v\n(-want +got)\n%s", text, r.Why, diff)
		}
	}
}
