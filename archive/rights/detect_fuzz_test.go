package rights

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzDetect(f *testing.F) {
	for _, table := range [][]statement{statementsEN, statementsRU, statementsHY} {
		for i, s := range table {
			if i%5 == 0 {
				f.Add("", s.text, "Steppe News")
			}
		}
	}
	f.Add("en", "no more than 99999999999999999999 %%% words «““\"\"", "«»")
	f.Add("ru", "Ссылка\xff\xfe обязательна.При 1 000 000 000 знаков", "\x00")
	f.Add("hy", "Հ՞ղ՜ո՛ւմ:::։։ http://…/ a.b.c-ին", "է")
	f.Fuzz(func(t *testing.T, lang, text, outlet string) {
		r := Detect(Statement{Lang: lang, Text: text, Outlet: outlet})
		checkClauses(t, text, r)
		if r.Confidence < 0 || r.Confidence > 1 {
			t.Errorf("confidence %v", r.Confidence)
		}
		if b, err := json.Marshal(r); err != nil || !json.Valid(b) {
			t.Errorf("JSON %s: %v", b, err)
		}
		if utf8.ValidString(text) {
			for _, c := range r.Clauses {
				if !utf8.ValidString(c.Quote) {
					t.Errorf("quote %q cuts a letter of %q", c.Quote, text)
				}
			}
		}
	})
}

// TestDetectLong: the time grows with the length only, and what is behind the cap is not read.
func TestDetectLong(t *testing.T) {
	for i, piece := range []string{
		"link to ", "use of materials must link ", "ссылка на ", "« ", "a.b.", "հղումը կայքին ", "без ", "first ", "\"", "( ", "http://a.", "1 000 ", "не ",
		"When quoting, a link to valley.example is mandatory. ",
	} {
		if raced && i%4 != 0 {
			continue
		}
		text := strings.Repeat(piece, (maxStatement+4096)/len(piece))
		start := time.Now()
		r := Detect(Statement{Text: text})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q repeated: %v", piece, took)
		}
		for _, c := range r.Clauses {
			if c.End > maxStatement {
				t.Errorf("%q repeated: clause at %d", piece, c.End)
			}
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	text := "Any use of materials is allowed only if there is a hyperlink to valley.example. Republishing in full requires our written consent."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Detect(Statement{Lang: "en", Text: text})
	}
}
