package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"colophon/archive/database/databasetest"
)

// given is a page the main job starts from: a file, and the address it was saved from.
type given struct {
	file    string
	address string
	home    string // what the credit must lead to
	outlet  string
	title   string // as published
	author  string
}

// givenPages are a page of our own and the page this project began with, which is no part of the repository.
var givenPages = []struct {
	name string
	at   func(testing.TB) given
}{
	{"own", func(testing.TB) given {
		return given{
			file: filepath.Join("testdata", "given", "own.html"), address: "https://skerry-gazette.example/en/coast/pine-point-lamp",
			home: "https://skerry-gazette.example", outlet: "The Skerry Gazette",
			title: "The lamp of Pine Point burns again", author: "Hannah Birch",
		}
	}},
	{"shared", func(t testing.TB) given {
		t.Helper()
		return given{
			file: databasetest.Shared(t, "data", "seed", "page.html"), address: "https://caliber.az/en/post/ft-us-signals-willingness",
			home: "https://caliber.az", outlet: "Caliber.Az",
			title: headline(t, databasetest.Shared(t, "data", "seed", "page.html")), author: "Tamilla Hasanova",
		}
	}},
}

// headline reads the first heading of a file, so that no text of another's page stands here.
func headline(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?is)<h1[^>]*>(.*?)</h1>`).FindSubmatch(b)
	if m == nil {
		t.Fatalf("%s has no heading", file)
	}
	return oneSpace(string(m[1]))
}

// TestSpine walks the main job from an empty archive to a page in three languages (testdata/spine), from each given page.
func TestSpine(t *testing.T) {
	for _, page := range givenPages {
		t.Run(page.name, func(t *testing.T) {
			g := page.at(t)
			testscript.Run(t, testscript.Params{
				Dir: "testdata/spine",
				Setup: func(env *testscript.Env) error {
					b, err := os.ReadFile(g.file)
					if err != nil {
						return err
					}
					env.Setenv("ADDRESS", g.address)
					env.Setenv("SOURCE", g.home)
					env.Setenv("OUTLET", g.outlet)
					env.Setenv("TITLE", g.title)
					env.Setenv("AUTHOR", g.author)
					env.Setenv("RU", fillings["ru"][0])
					env.Setenv("HY", fillings["hy"][0])
					env.Values[walkKey{}] = &walk{reader: open(t).reader(t)}
					return os.WriteFile(filepath.Join(env.WorkDir, "page.html"), b, 0o600)
				},
				Cmds: journeyCommands(),
			})
		})
	}
}

// fillings are the sentences the journeys write for every block, by language. The first is the title.
var fillings = map[string][]string{
	"ru": {
		"Пробный перевод: как статья проходит весь путь",
		"Переводчик набирает эту строку сам, а сервер бережно хранит каждое слово.",
		"Здесь стоят обычные слова, чтобы у читателя была перед глазами целая страница.",
		"Редактор прочтёт этот абзац и решит, можно ли показать его людям.",
		"Внизу страницы написано, кто написал статью, кто её перевёл и откуда она взята.",
	},
	"hy": {
		"Փորձնական թարգմանություն․ ինչպես է հոդվածն անցնում ամբողջ ճանապարհը",
		"Թարգմանիչն ինքն է հավաքում այս տողը, իսկ սերվերը պահում է ամեն բառ։",
		"Այստեղ սովորական բառեր են, որպեսզի ընթերցողի առջև ամբողջական էջ լինի։",
		"Խմբագիրը կկարդա այս պարբերությունը և կորոշի՝ կարելի՞ է այն ցույց տալ մարդկանց։",
		"Էջի վերջում գրված է, թե ով է գրել հոդվածը, ով է այն թարգմանել և որտեղից է այն վերցված։",
	},
}

// uncredited is another server on the same archive whose templates have lost the links of the credit.
func (s *site) uncredited(t testing.TB) *site {
	t.Helper()
	out := serve(t, s.Desk)
	var err error
	if out.templates, err = parseTemplates(out.static); err != nil { // its own: what is changed here is no other server's
		t.Fatal(err)
	}
	if _, err := out.templates["article"].New("public/credit-link").Parse(`{{.Text}}`); err != nil {
		t.Fatal(err)
	}
	return out
}

// codesIn are the codes of a block's source, in order.
var codesIn = regexp.MustCompile(`\{/?\d{1,3}/?\}`)

// filling is the text for the n-th block (0 is the title) whose source is given: a sentence of ours in pieces, between
// which the codes of the source belong.
func filling(lang, source string, n int) (pieces, codes []string) {
	list := fillings[lang]
	text := list[0]
	if n > 0 {
		text = list[1+(n-1)%(len(list)-1)]
	}
	codes = codesIn.FindAllString(source, -1)
	words := strings.SplitAfter(text, " ")
	for range codes {
		n := min(1, len(words)-1)
		pieces = append(pieces, strings.Join(words[:n], ""))
		words = words[n:]
	}
	return append(pieces, strings.Join(words, "")), codes
}
