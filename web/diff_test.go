package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"colophon/translations/inline"
)

// inBrackets writes a comparison so that a table can hold it: [-taken away-] {+added+}.
func inBrackets(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Op {
		case "ins":
			b.WriteString("{+" + r.Text + "+}")
		case "del":
			b.WriteString("[-" + r.Text + "-]")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestDiffWords(t *testing.T) {
	for _, c := range []struct{ lang, before, after, want string }{
		{"en", "some 300 stones", "some 320 stones", "some [-300-]{+320+} stones"},
		{"en", "the same", "the same", "the same"},
		{"en", "", "new", "{+new+}"},
		{"en", "one two three", "four five three", "[-one two-]{+four five+} three"},
		{"hy", "Ի՞նչ է սա", "Ո՞վ է սա", "[-Ի՞նչ-]{+Ո՞վ+} է սա"},
		{"hy", "փոխվել է 300 քար։", "փոխվել է 320 քար։", "փոխվել է [-300-]{+320+} քար։"},
		{"ru", "Мост связал берега.", "Мост соединил берега.", "Мост [-связал-]{+соединил+} берега."},
		{"en", "a {1}town{/1} hall", "a town hall", "a [-{1}-]town[-{/1}-] hall"},
	} {
		if got := inBrackets(diffWords(c.lang, c.before, c.after)); got != c.want {
			t.Errorf("%s: %q to %q:\ngot  %s\nwant %s", c.lang, c.before, c.after, got, c.want)
		}
	}
}

// A comparison holds both texts whole, whatever they are.
func TestDiffHoldsBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab և՞։.,  {}/1\\ы ")), 0, 40, -1)
		before, after := inline.Escape(text.Draw(t, "before")), text.Draw(t, "after")
		var was, is strings.Builder
		for _, r := range diffWords("hy", before, after) {
			words := r.Text
			if r.Op != "ins" {
				was.WriteString(words)
			}
			if r.Op != "del" {
				is.WriteString(words)
			}
		}
		if got, want := was.String(), inBrackets(plainRuns(before)); got != want {
			t.Fatalf("before: %q, want %q", got, want)
		}
		if got, want := is.String(), inBrackets(plainRuns(after)); got != want {
			t.Fatalf("after: %q, want %q", got, want)
		}
	})
}

func TestBothTexts(t *testing.T) {
	for _, c := range []struct{ was, hers, yours, want string }{
		{"some 300 stones in the arches", "some 320 stones in the arches", "some 300 stones of the arches", "some 320 stones of the arches"},
		{"300 stones", "320 stones", "340 stones", "320 340 stones"},
		{"a {1}hall{/1}", "the {1}hall{/1}", "a {1}big hall{/1}", "the {1}big hall{/1}"},
		{"", "hers", "yours", "hers yours"},
	} {
		if got := bothTexts("en", c.was, c.hers, c.yours); got != c.want {
			t.Errorf("%q, hers %q, yours %q: %q, want %q", c.was, c.hers, c.yours, got, c.want)
		}
	}
}

// Sentences are those of the text as it stands; what was deleted begins none.
func TestInSentences(t *testing.T) {
	for _, c := range []struct {
		lang string
		runs []run
		want string
	}{
		{"en", plainRuns("One. {1}Two{/1} and more. Three."), "One. |{1}Two{/1} and more. |Three."},
		{"hy", plainRuns("Ի՞նչ է սա։ Կամուրջ։"), "Ի՞նչ է սա։ |Կամուրջ։"},
		{"en", diffWords("en", "It cost 300. Much.", "It cost 320. Much."), "It cost [-300-]{+320+}. |Much."},
		{"en", nil, ""},
	} {
		var parts []string
		for i, s := range inSentences(c.lang, c.runs) {
			if s.N != i {
				t.Errorf("sentence %d has the number %d", i, s.N)
			}
			parts = append(parts, inBrackets(s.Runs))
		}
		if got := strings.Join(parts, "|"); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	before := "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen 300 stones"
	got := inBrackets(excerpt(diffWords("en", before, strings.Replace(before, "300", "320", 1))))
	if want := "… eleven twelve thirteen fourteen fifteen sixteen [-300-]{+320+} stones"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
