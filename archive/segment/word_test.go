package segment

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		lang, text   string
		want, folded []string
	}{
		{"hy", "Ի՞նչ է սա, «Երևան»։", []string{"Ի՞նչ", "է", "սա", "Երևան"}, []string{"ինչ", "է", "սա", "երեւան"}},
		{"hy", "Ինչո՞ւ՝ ասա՛", []string{"Ինչո՞ւ", "ասա՛"}, []string{"ինչու", "ասա"}},
		{"ru", "Ёлка — 1 234,5 р.", []string{"Ёлка", "1", "234,5", "р"}, []string{"елка", "1", "234,5", "р"}},
		{"en", "Don’t stop at 3.14!", []string{"Don’t", "stop", "at", "3.14"}, []string{"don't", "stop", "at", "3.14"}},
		{"en", "so\u00adft \U0001F600 -- x\xff", []string{"so\u00adft", "x"}, []string{"soft", "x"}},
		{"ru", "10\u202fкм, 1\u202f234\u202f567\u202f₽\u202f", []string{"10", "км", "1\u202f234\u202f567"}, []string{"10", "км", "1 234 567"}},
		{"en", " .,! ", nil, nil},
	} {
		var got, folded []string
		for _, w := range Words(tt.lang, tt.text) {
			got, folded = append(got, w.Text), append(folded, w.Folded)
			if tt.text[w.Start:w.End] != w.Text {
				t.Errorf("%q: %q does not stand at %d", tt.text, w.Text, w.Start)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Words(%q) (-want +got):\n%s", tt.text, diff)
		}
		if diff := cmp.Diff(tt.folded, folded); diff != "" {
			t.Errorf("Words(%q) folded (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestFold: each row is texts that must compare equal.
func TestFold(t *testing.T) {
	for _, tt := range []struct {
		lang, want string
		texts      []string
	}{
		{"hy", "երեւան", []string{"Երևան", "ԵՐԵՎԱՆ", "ԵՐԵՒԱՆ", "երեւան", "երեվան", "Երե\u00adւան", "ԵՐԵւԱՆ"}},
		{"hy", "ինչ է սա։", []string{"Ի՞նչ է սա։", "ինչ  է\u00a0սա:", "Ինչ է\nսա։ "}},
		{"hy", `"այո"`, []string{"«Այո»", "“Այո”", `"այո"`}},
		{"ru", "елка", []string{"ёлка", "Ёлка", "е\u0308лка", "ЕЛКА", "ел\u200bка"}},
		{"ru", "йод - это", []string{"Йод — это", "и\u0306од – это", "ЙОД - ЭТО"}},
		{"en", "don't... stop", []string{"Don’t… stop", "DON'T... STOP", "don`t… stop"}},
		{"en", "10:30", []string{"10:30"}},
		{"tr", "ısparta", []string{"Isparta", "ISPARTA"}},
		{"en", "isparta", []string{"Isparta", "ISPARTA"}},
		{"en", "\ufffd", []string{"\xff", "\ufffd"}},
		{"en", "", []string{"", " ", "\u200b", "՞"}},
	} {
		for _, text := range tt.texts {
			if got := Fold(tt.lang, text); got != tt.want {
				t.Errorf("Fold(%s, %q) = %q, want %q", tt.lang, text, got, tt.want)
			}
		}
	}
}

func TestFoldNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"in 2019, 5 men": "in 0, 0 men", "1,234.5 and 10:30": "0 and 0", "1 234 567 человек": "0 человек", "v2": "v0", "none": "none", "7": "0", "7.": "0.",
	} {
		if got := FoldNumbers(text); got != want {
			t.Errorf("FoldNumbers(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct {
		lang, text string
		want       []string
	}{
		{"hy", "Ինչո՞ւ են Երևանում դպրոցները փակ։", []string{"ինչ", "են", "երեւ", "դպրոցները", "փակ"}},
		{"hy", "ԵՐԵՎԱՆ", []string{"երեւ"}},
		{"ru", "Ёлки растут в лесах", []string{"елк", "растут", "в", "лес"}},
		{"en", "The running dogs' 3.14", []string{"the", "run", "dog", "3", "14"}},
		{"de", "Die Häuser", []string{"die", "häuser"}},
		{"zh", "東京2020カ", []string{"東", "京", "2020", "カ"}},
		{"en", "…", nil},
	} {
		if diff := cmp.Diff(tt.want, Tokens(tt.lang, tt.text)); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestUpper(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"hy", "Երևան և Սևան", "ԵՐԵՎԱՆ ԵՎ ՍԵՎԱՆ"}, {"ru", "ёлка", "ЁЛКА"}, {"en", "it", "IT"}, {"tr", "istanbul", "İSTANBUL"},
	} {
		if got := Upper(tt.lang, tt.text); got != tt.want {
			t.Errorf("Upper(%s, %s) = %s, want %s", tt.lang, tt.text, got, tt.want)
		}
	}
}
