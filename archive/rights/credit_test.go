package rights

import (
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// creditPage sets a credit into a small article, as a page template would. skip leaves one part out: line, part.
func creditPage(c Credit, skip [2]int) Page {
	texts := map[string]string{
		"en": "The river rose by a hand's breadth in one night, said the ferryman, and nobody had seen that since the mill was built.",
		"ru": "За одну ночь река поднялась на ладонь, сказал паромщик, и такого не видели с тех пор, как построили мельницу.",
		"hy": "Մեկ գիշերում գետը բարձրացավ մեկ թզաչափ, ասաց լաստավարը, և այդպիսի բան չէին տեսել ջրաղացի կառուցումից ի վեր։",
	}
	n := 0
	set := func(p Place, open, end string) string {
		var b strings.Builder
		for i, l := range c.Lines {
			if l.Place != p {
				continue
			}
			b.WriteString(open)
			for k, part := range l.Parts {
				switch text := html.EscapeString(part.Text); {
				case skip == [2]int{i, k}:
				case part.Href != "":
					fmt.Fprintf(&b, `<a href="%s">%s</a>`, html.EscapeString(part.Href), text)
				default:
					b.WriteString(text)
				}
			}
			b.WriteString(end)
			n++
		}
		return b.String()
	}
	body := fmt.Sprintf(`<!DOCTYPE html><html lang="%s"><title>x</title><main><article><h1>1850%s</h1>%s%s<p>%[5]s</p><p>%[5]s</p>%[6]s</article></main></html>`,
		c.Lang, set(InTitle, "", ""), set(UnderHeadline, `<p class="source">`, "</p>"), set(InByline, `<p class="byline">`, "</p>"),
		texts[c.Lang], set(AtEnd, `<p class="credit">`, "</p>"))
	return Page{Body: []byte(body), URL: "https://own.example/" + c.Lang + "/1"}
}

var creditFacts = CreditFacts{
	PublishedOn: "2025-08-28T23:30:00+04:00",
	Original: Original{
		URL: "https://courier.example/n/1", CanonicalURL: "https://courier.example/n/1", HomeURL: "https://courier.example/",
		OutletNames: []string{"Վարդաքարի սուրհանդակ", "Вардакарский курьер", "Vardakar Courier"}, Authors: []string{"Աննա Գրիգորյան", "Արամ Սուքիասյան"},
		AuthorSpellings: map[string][]string{"Աննա Գրիգորյան": {"Анна Григорян", "Anna Grigoryan"}, "Արամ Սուքիասյան": {"Арам Сукиасян", "Aram Sukiasyan"}},
		Language:        "hy",
	},
	Outlet: map[string]Name{"hy": {Name: "Վարդաքարի սուրհանդակ"}, "ru": {Name: "Вардакарский курьер"}, "en": {Name: "Vardakar Courier"}},
	Chain: []Hop{
		{Outlet: "Mill Post", HomeURL: "https://mill.example/", URL: "https://mill.example/7"},
		{Outlet: "Vardakar Courier", HomeURL: "https://courier.example/", URL: "https://courier.example/n/1"},
	},
	Translator: "Инна Полевая",
	Edited:     true,
	Excerpt:    true,
}

// creditChoices are the clauses that are combined: one of each row, or none.
var creditChoices = [][]Clause{
	{{Kind: LinkRequired, Params: Params{Target: "article"}}, {Kind: LinkRequired, Params: Params{Target: "homepage"}}, {Kind: LinkRequired, Params: Params{Target: "either"}}},
	{{Kind: LinkPlace, Params: Params{Within: "first_sentence"}}, {Kind: LinkPlace, Params: Params{Within: "paragraphs:2"}}, {Kind: LinkPlace, Params: Params{Within: "end"}}},
	{{Kind: LinkFollowable}},
	{{Kind: LinkVisible}},
	{{Kind: CreditSource}},
	{
		{Kind: CreditPlace, Params: Params{Where: "title"}},
		{Kind: CreditPlace, Params: Params{Where: "byline"}},
		{Kind: CreditPlace, Params: Params{Where: "first_paragraph"}},
		{Kind: CreditPlace, Params: Params{Where: "end"}},
	},
	{{Kind: CreditAuthor}},
	{{Kind: CreditTranslator}},
	{{Kind: CreditChain}},
	{{Kind: CreditWording, Params: Params{Text: "Արտատպված է «Վարդաքարի սուրհանդակ» պարբերականից։"}}, {Kind: CreditWording, Params: Params{Text: "All rights reserved."}}},
	{{Kind: CreditLicenceLink, Params: Params{URL: "https://creativecommons.org/licenses/by-nd/4.0/"}}},
	{{Kind: EditDeclare, Params: Params{TextAny: []string{"Shortened by us", "Сокращено нами"}}}},
	{{Kind: LimitReadMore, Params: Params{Text: "Read on at the Courier"}}},
}

// combinations calls do with clause lists: every pair of choices with everything else and with nothing else, and every
// combination of the places.
func combinations(do func([]Clause)) {
	seen := map[string]bool{}
	try := func(list []Clause) {
		var key strings.Builder
		for _, c := range list {
			fmt.Fprint(&key, c.Kind, c.Target, c.Within, c.Where, c.Text, ";")
		}
		if !seen[key.String()] {
			seen[key.String()] = true
			do(list)
		}
	}
	pick := func(choice []int) []Clause {
		var list []Clause
		for row, k := range choice {
			if k > 0 {
				list = append(list, creditChoices[row][k-1])
			}
		}
		return list
	}
	for _, rest := range []int{0, 1} {
		for a := range creditChoices {
			for b := range a {
				for x := 0; x <= len(creditChoices[a]); x++ {
					for y := 0; y <= len(creditChoices[b]); y++ {
						choice := make([]int, len(creditChoices))
						for i := range choice {
							choice[i] = rest
						}
						choice[a], choice[b] = x, y
						try(pick(choice))
					}
				}
			}
		}
	}
	for bits := range 1 << len(creditChoices) {
		choice := make([]int, len(creditChoices))
		for i := range choice {
			if bits>>i&1 == 1 {
				choice[i] = 1 + bits%len(creditChoices[i])
			}
		}
		try(pick(choice))
	}
}

func TestCreditsPass(t *testing.T) {
	n, every := 0, 797 // all 150,000 pass too; it takes minutes
	switch {
	case os.Getenv("COLOPHON_EVERY") != "":
		every = 1
	case raced:
		every = 3989
	}
	for _, lang := range []string{"en", "ru", "hy"} {
		for _, original := range []string{"hy", "ru", "en"} {
			for _, forms := range []bool{false, true} {
				combinations(func(clauses []Clause) {
					if n++; n%every != 0 {
						return
					}
					f := creditFacts
					f.Lang, f.Original.Language = lang, original
					if forms {
						f.Outlet = map[string]Name{
							"ru": {Name: "Вардакарский курьер", Instrumental: "Вардакарским курьером"},
							"hy": {Name: "Վարդաքարի սուրհանդակ", Definite: "Վարդաքարի սուրհանդակը"}, "en": {Name: "Vardakar Courier"},
						}
					}
					if lang == original {
						clauses = slices.DeleteFunc(slices.Clone(clauses), func(c Clause) bool { return c.Kind == CreditTranslator })
					}
					checkCredit(t, clauses, f)
				})
			}
		}
	}
	t.Logf("%d combinations", n)
}

// checkCredit compiles, and checks that the page passes, and that it fails without any one part that fulfils something.
func checkCredit(t *testing.T, clauses []Clause, f CreditFacts) {
	t.Helper()
	facts := Facts{Original: f.Original, Chain: f.Chain, Translator: f.Translator}
	credit := Compile(clauses, f)
	for _, got := range Verify(creditPage(credit, [2]int{-1, -1}), facts, clauses) {
		if got.Status != Met {
			t.Fatalf("%s: %v\nclauses %+v\ncredit %+v", f.Lang, got, clauses, credit)
		}
	}
	for i, line := range credit.Lines {
		for k, part := range line.Parts {
			if len(part.Fulfils) == 0 {
				continue
			}
			for _, got := range Verify(creditPage(credit, [2]int{i, k}), facts, clauses) {
				if claimed := slices.Contains(part.Fulfils, got.Kind); claimed && got.Status == Met {
					t.Fatalf("%s: %s is met without %q, which says it fulfils it\nclauses %+v\ncredit %+v", f.Lang, got.Kind, part.Text, clauses, credit)
				}
			}
		}
	}
	for _, got := range Verify(creditPage(Credit{Lang: credit.Lang}, [2]int{-1, -1}), facts, clauses) {
		if got.Status == Met {
			t.Fatalf("%s: %v is met by a page without any credit", f.Lang, got)
		}
	}
}

// TestCreditText shows the credits in words.
func TestCreditText(t *testing.T) {
	clauses := []Clause{
		{Kind: LinkRequired},
		{Kind: CreditAuthor},
		{Kind: CreditTranslator},
		{Kind: CreditChain},
		{Kind: CreditLicenceLink, Params: Params{URL: "https://creativecommons.org/licenses/by/4.0/deed.ru"}},
	}
	forms := map[string]Name{
		"ru": {Name: "Вардакарский курьер", Instrumental: "Вардакарским курьером"},
		"hy": {Name: "Վարդաքարի սուրհանդակ", Definite: "Վարդաքարի սուրհանդակը"}, "en": {Name: "Vardakar Courier"},
	}
	for _, test := range []struct {
		name, lang, original string
		outlet               map[string]Name
		want                 []string
	}{
		{"English", "en", "hy", creditFacts.Outlet, []string{
			"top: First published in Armenian by [Vardakar Courier] on 28 August 2025.",
			"byline: By Anna Grigoryan, Aram Sukiasyan",
			"byline: Translated from Armenian by Инна Полевая",
			"end: First reported by [Mill Post].",
			"end: Licence: [CC BY 4.0].",
		}},
		{"Russian without stored forms", "ru", "hy", creditFacts.Outlet, []string{
			"top: Источник: [«Вардакарский курьер»], на армянском языке, 28 августа 2025 года.",
			"byline: Авторы: Анна Григорян, Арам Сукиасян",
			"byline: Перевод с армянского: Инна Полевая",
			"end: Первоисточник: [«Mill Post»].",
			"end: Лицензия: [CC BY 4.0].",
		}},
		{"Russian with stored forms", "ru", "en", forms, []string{
			"top: Впервые опубликовано [«Вардакарским курьером»] на английском языке 28 августа 2025 года.",
			"byline: Авторы: Анна Григорян, Арам Сукиасян",
			"byline: Перевод с английского: Инна Полевая",
			"end: Первоисточник: [«Mill Post»].",
			"end: Лицензия: [CC BY 4.0].",
		}},
		{"Armenian, the original's own language", "hy", "hy", creditFacts.Outlet, []string{
			"top: Աղբյուրը՝ [«Վարդաքարի սուրհանդակ»], 28 օգոստոսի 2025 թ.",
			"byline: Հեղինակներ՝ Աննա Գրիգորյան, Արամ Սուքիասյան",
			"end: Սկզբնաղբյուրը՝ [«Mill Post»]։",
			"end: Լիցենզիա՝ [CC BY 4.0]։",
		}},
		{"Armenian with stored forms", "hy", "ru", forms, []string{
			"top: Առաջինը հրապարակել է [«Վարդաքարի սուրհանդակը»]՝ ռուսերեն, 2025 թվականի օգոստոսի 28-ին։",
			"byline: Հեղինակներ՝ Աննա Գրիգորյան, Արամ Սուքիասյան",
			"byline: Թարգմանիչ (ռուսերենից)՝ Инна Полевая",
			"end: Սկզբնաղբյուրը՝ [«Mill Post»]։",
			"end: Լիցենզիա՝ [CC BY 4.0]։",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := creditFacts
			f.Lang, f.Original.Language, f.Outlet = test.lang, test.original, test.outlet
			var got []string
			for _, l := range Compile(clauses, f).Lines {
				text := string(l.Place) + ": "
				for _, p := range l.Parts {
					if p.Href != "" {
						text += "[" + p.Text + "]"
					} else {
						text += p.Text
					}
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
