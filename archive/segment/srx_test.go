package segment

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// split is a small reader of SRX: at each position the first rule whose two expressions match decides.
func (l srxLanguage) split(t *testing.T, text string) []string {
	t.Helper()
	type compiled struct {
		breaks        bool
		before, after *regexp.Regexp
	}
	var rules []compiled
	for _, r := range l.Rules {
		before, err := regexp.Compile(`(?:` + r.Before + `)$`)
		if err != nil {
			t.Fatal(err)
		}
		after, err := regexp.Compile(`^(?:` + r.After + `)`)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, compiled{r.Break == "yes", before, after})
	}
	var parts []string
	start := 0
	for i := range text {
		for _, r := range rules {
			if r.after.MatchString(text[i:]) && r.before.MatchString(text[start:i]) {
				if r.breaks {
					parts, start = append(parts, strings.TrimSpace(text[start:i])), i
				}
				break
			}
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}

func TestSRX(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSRX(&b); err != nil {
		t.Fatal(err)
	}
	var doc srxDocument
	if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Version != "2.0" || doc.XMLName.Space != "http://www.lisa.org/srx20" || len(doc.Languages) != 3 || len(doc.Maps) != 3 {
		t.Fatalf("not the document meant: %.300s", b.String())
	}
	for tag, want := range map[string]string{"en-GB": "en", "RU": "ru", "hy-AM": "hy", "arm": "hy", "hyw": "hy", "de": ""} {
		got := ""
		for _, m := range doc.Maps {
			if regexp.MustCompile(`^(?:` + m.Pattern + `)$`).MatchString(tag) {
				got = m.Language
				break
			}
		}
		if got != want {
			t.Errorf("%s is mapped to %q, want %q", tag, got, want)
		}
	}
	for i, texts := range [][]string{
		{
			`Mr. Smith met J. K. Rowling in the U.S. Senate. "Why?" he asked. It is on p. 5 at 10 a.m. EST. The end.`,
			"He founded Acme Inc. It failed. Acme Inc. Chairman Jo Doe left. See Fig. 2. It grows e.g. Apples.",
		},
		{
			"В 2019 г. Россия выиграла. А. С. Пушкин и т. д. Потом г. Москва. «Куда?» — спросил он. «Нет!» Конец.",
			"Он живёт на ул. Ленина, см. рис. 2, стр. 5. Проф. Иванов согласен.",
		},
		{"Նա եկավ: Նա գնաց 10:30-ին։ «Ո՞վ է»,- ասաց նա: «Ես»։ Երկու բան․ Հաց։ 2018 թ․ Մայիսին պրն․ Սարգսյանը եկավ: Վերջ։"},
	} {
		for _, text := range texts {
			if diff := cmp.Diff(Split(doc.Languages[i].Name, text), doc.Languages[i].split(t, text)); diff != "" {
				t.Errorf("%s: our rules and their SRX differ (-ours +SRX):\n%s", doc.Languages[i].Name, diff)
			}
		}
	}
}
