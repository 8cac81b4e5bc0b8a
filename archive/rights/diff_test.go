package rights

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	link := Clause{Kind: LinkRequired, Params: Params{Target: "article"}, Strength: Must, Quote: "link", End: 4}
	home := Clause{Kind: LinkRequired, Params: Params{Target: "homepage"}, Strength: Must}
	soft := Clause{Kind: LinkRequired, Params: Params{Target: "article"}, Strength: Should}
	plain := Clause{Kind: LinkRequired, Params: Params{Target: "article"}, Quote: "hyperlink", Start: 9}
	author := Clause{Kind: CreditAuthor, Strength: Must}
	short := Clause{Kind: LimitShare, Params: Params{Percent: 30}}
	any1 := Clause{Kind: CreditWording, Params: Params{TextAny: []string{"a", "b"}}}
	any2 := Clause{Kind: CreditWording, Params: Params{TextAny: []string{"a", "c"}}}
	for _, c := range []struct {
		name          string
		before, after []Clause
		want          []string
	}{
		{"nothing", nil, nil, nil},
		{"the same in other words", []Clause{link}, []Clause{plain}, []string{"kept link.required"}},
		{"added", nil, []Clause{link, author}, []string{"added link.required", "added credit.author"}},
		{"removed", []Clause{link, author}, nil, []string{"removed link.required", "removed credit.author"}},
		{"another parameter", []Clause{link}, []Clause{home}, []string{"altered link.required"}},
		{"another strength", []Clause{link}, []Clause{soft}, []string{"altered link.required"}},
		{"lists", []Clause{any1, author}, []Clause{author, any2}, []string{"altered credit.wording", "kept credit.author"}},
		{"all at once", []Clause{link, author}, []Clause{short, home}, []string{"altered link.required", "removed credit.author", "added limit.share"}},
		{"two of a kind", []Clause{link, home}, []Clause{home}, []string{"removed link.required", "kept link.required"}},
		{"two of a kind, one altered", []Clause{link, home}, []Clause{soft, home}, []string{"altered link.required", "kept link.required"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range Diff(c.before, c.after) {
				got = append(got, string(d.Change)+" "+string(d.Kind))
				if d.Change == Added != (d.Before.Kind == "") || d.Change == Removed != (d.After.Kind == "") {
					t.Errorf("%+v", d)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRevise: people's corrections stay as long as the program reads in the new words what it read in the old.
func TestRevise(t *testing.T) {
	read := func(k Kind, value, quote string) Clause {
		return Clause{Kind: k, Params: Params{Value: value}, Strength: Must, Quote: quote}
	}
	text := "new words: name the author, link"
	find := func(q string) (int, int, bool) {
		at := strings.Index(text, q)
		return at, at + len(q), at >= 0
	}
	for _, c := range []struct {
		name                     string
		confirmed, before, after []Clause
		want                     []Clause
	}{
		{
			"a correction stands",
			[]Clause{read(LinkRequired, "mine", "old link")},
			[]Clause{read(LinkRequired, "read", "old link")},
			[]Clause{read(LinkRequired, "read", "link")},
			[]Clause{read(LinkRequired, "mine", "link")},
		},
		{
			"a new reading stands",
			[]Clause{read(LinkRequired, "mine", "old link")},
			[]Clause{read(LinkRequired, "read", "old link")},
			[]Clause{read(LinkRequired, "other", "link")},
			[]Clause{read(LinkRequired, "other", "link")},
		},
		{"what is gone is gone", []Clause{read(LinkRequired, "", "old link")}, []Clause{read(LinkRequired, "", "old link")}, nil, nil},
		{"left out stays out", nil, []Clause{read(LinkRequired, "", "old link")}, []Clause{read(LinkRequired, "", "link")}, nil},
		{"what is new comes in", nil, nil, []Clause{read(LinkRequired, "", "link")}, []Clause{read(LinkRequired, "", "link")}},
		{
			"written by hand, words still there",
			[]Clause{read(CreditAuthor, "", "name the author")},
			nil, nil,
			[]Clause{{Kind: CreditAuthor, Strength: Must, Quote: "name the author", Start: 11, End: 26}},
		},
		{"written by hand, words gone", []Clause{read(CreditAuthor, "", "credit the author")}, nil, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Revise(c.confirmed, c.before, c.after, find)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLicence(t *testing.T) {
	for address, want := range map[string]string{
		"https://creativecommons.org/licenses/by/4.0/":              "CC BY 4.0: credit.source credit.author link.required credit.licence_link credit.translator translation.allowed=yes",
		"http://www.creativecommons.org/licenses/by-sa/3.0/deed.ru": "CC BY-SA 3.0: credit.source credit.author link.required credit.licence_link credit.translator translation.allowed=yes",
		"https://creativecommons.org/licenses/BY-NC-ND/4.0":         "CC BY-NC-ND 4.0: credit.source credit.author link.required credit.licence_link credit.translator permission.commercial translation.allowed=permission",
		"https://creativecommons.org/publicdomain/zero/1.0/":        "CC0 1.0: translation.allowed=yes",
		"https://creativecommons.org/licenses/by-xx/4.0/":           "",
		"https://creativecommons.org/":                              "",
		"https://creativecommons.org.evil.test/licenses/by/4.0/":    "",
		"All rights reserved":                                       "",
	} {
		name, clauses, ok := Licence(address)
		got := ""
		if ok {
			got = name + ":"
		}
		for _, c := range clauses {
			got += " " + string(c.Kind)
			if c.Value != "" {
				got += "=" + c.Value
			}
			if c.Quote != address[c.Start:c.End] || c.Quote == "" {
				t.Errorf("%s: %s quotes %q", address, c.Kind, c.Quote)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
