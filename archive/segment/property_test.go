package segment

import (
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var languages = []string{"en", "ru", "hy", "de", "und", ""}

// pieces are what texts are made of that tempt a segmenter.
var pieces = []string{
	" ", " ", " ", "\n", "\r\n", "\n\n", "\u00a0", "\u202f", "\u2029", "\u200b", ".", "․", "!", "?", "…", "...", ":", "։", ",", ";", "-", "—",
	"«", "»", "“", "”", "\"", "'", "’", "(", ")", "[", "]", "[1]", "²", "1", "42", "3.14", "10:30", "10։30", "1,234.5", "A", "b", "Mr", "U.S",
	"a.m", "e.g", "The", "word", "iPhone", "http://a.example/b?c=d.e", "someone@mail.example", "т", "д", "г", "А", "им", "Москва",
	"слово", "Он", "сказал", "Ի՞նչ", "թ", "մ", "Նա", "եկավ", "և", "Եվ", "՞", "՛", "՝", "ՙ", "՚", "漢字", "ไทย", "שלום", "e\u0301", "й",
	"😀", "\xff", "\xd5", "\xe2\x80", "\x00", "\ufffd",
}

func anyText(t *rapid.T) string {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
		}),
		rapid.String(),
		rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) }),
	).Draw(t, "text")
}

func TestSentencesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang, text := rapid.SampledFrom(languages).Draw(t, "lang"), anyText(t)
		checkSentences(t, lang, text)
	})
}

type failer interface{ Fatalf(string, ...any) }

// checkSentences states what Sentences promises of any text.
func checkSentences(t failer, lang, text string) {
	at := 0
	var inside [][2]int // words, which no boundary may cut
	for _, w := range Words(lang, text) {
		if w.Text != text[w.Start:w.End] || w.Folded == "" || strings.TrimSpace(w.Text) != w.Text {
			t.Fatalf("word %+v is not text[%d:%d]", w, w.Start, w.End)
		}
		if w.Start+1 < w.End {
			inside = append(inside, [2]int{w.Start, w.End})
		}
	}
	cuts := func(i int) bool {
		for len(inside) > 0 && inside[0][1] <= i {
			inside = inside[1:]
		}
		return len(inside) > 0 && inside[0][0] < i
	}
	for _, s := range Sentences(lang, text) {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("span %v after byte %d of %d in %q", s, at, len(text), text)
		}
		if gap := text[at:s.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("%q belongs to no sentence of %q", gap, text)
		}
		part := text[s.Start:s.End]
		if strings.TrimSpace(part) != part {
			t.Fatalf("white space around %q of %q", part, text)
		}
		if cuts(s.Start) || cuts(s.End) {
			t.Fatalf("a boundary of %q cuts a word of %q", part, text)
		}
		if profileOf(lang) != nil && s.Start == at && at > 0 && !strings.HasSuffix(text[:at], "։") {
			t.Fatalf("a sentence starts in mid-word at %d of %q", at, text)
		}
		if utf8.ValidString(text) && !utf8.ValidString(part) {
			t.Fatalf("%q cuts a character of %q", part, text)
		}
		at = s.End
	}
	if rest := text[at:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("%q belongs to no sentence of %q", rest, text)
	}
}

// TestNeverCutsAddresses: numbers, times, URLs and mail addresses stay whole whatever stands around them.
func TestNeverCutsAddresses(t *testing.T) {
	whole := []string{"http://a.example/b?c=d.e!f", "www.a.example", "a.b@c.example", "3.14", "1,234.5", "10:30", "10։30", "192.0.2.1", "v1.2.3", "3:1"}
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.SampledFrom(whole).Draw(t, "token")
		lang := rapid.SampledFrom(languages).Draw(t, "lang")
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"Он", "came.", "եկավ։", "The", "слово!", "Նա", "5", "«Да»"}), 0, 6)
		text := strings.Join(words.Draw(t, "left"), " ") + " " + token + " " + strings.Join(words.Draw(t, "right"), " ")
		for _, s := range Split(lang, text) {
			if strings.Contains(s, token) {
				return
			}
		}
		t.Fatalf("%s is cut in %q: %q", token, text, Split(lang, text))
	})
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang, text := rapid.SampledFrom(append(languages, "tr")).Draw(t, "lang"), anyText(t)
		folded := Fold(lang, text)
		if again := Fold(lang, folded); again != folded {
			t.Fatalf("Fold(%q) = %q, folded again %q", text, folded, again)
		}
		if !utf8.ValidString(folded) {
			t.Fatalf("Fold(%q) = %q is no UTF-8", text, folded)
		}
		for _, token := range Tokens(lang, text) {
			if token == "" || strings.ContainsFunc(token, unicode.IsSpace) {
				t.Fatalf("token %q of %q", token, text)
			}
		}
		if n := FoldNumbers(folded); n != FoldNumbers(n) {
			t.Fatalf("FoldNumbers(%q) = %q, again %q", folded, n, FoldNumbers(n))
		}
	})
}

// TestLinear gives each text at two sizes and compares the processor time: eight times the text may not cost thirty
// times as much. A quadratic step would cost sixty-four times, and at 5 MB would not end.
func TestLinear(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("long texts, and times that the race detector bends")
	}
	for _, piece := range []string{
		".", ". ", ".)", ".) ", "a. ", "1. ", "A. ", "А.", "?!", "…", ". .", "(", ". (", "\" ", ". \"", "a", "а.а", "\n", ".\n", " ", "։", "։ «", "։Ա",
		"ա: ", "- ", ". - ", "\u00a0", "[1]", ".[1]", "\u200b", ".\u200b", "\xff", ".\xff", "՞", "'", ".'", "т. ", "http://a.b/", "漢",
	} {
		for _, lang := range languages[:4] {
			small, large := strings.Repeat(piece, 6000/len(piece)), strings.Repeat(piece, 48000/len(piece))
			var ratio float64
			for range 4 { // a busy machine may spoil a run or two
				ratio = float64(processorTime(func() { Sentences(lang, large) })) /
					float64(processorTime(func() {
						for range 8 {
							Sentences(lang, small)
						}
					}))
				if ratio < 4 {
					break
				}
			}
			if ratio >= 4 {
				t.Errorf("%s %q: eight times the text costs %.0f times as much", lang, piece, 8*ratio)
			}
		}
	}
}

// processorTime is what the process spends while do runs, which waiting for others does not lengthen.
func processorTime(do func()) time.Duration {
	spent := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before := spent()
	do()
	return max(spent()-before, time.Millisecond)
}

// TestFiveMegabytes: the texts at which a segmenter that looks too far would hang.
func TestFiveMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	size := 5_000_000
	if raced {
		size = 500_000
	}
	for _, tt := range []struct{ lang, piece string }{{"en", ".)"}, {"ru", "А. "}, {"hy", "Բառ։ "}, {"de", "a. 1"}} {
		text := strings.Repeat(tt.piece, size/len(tt.piece))
		spans := Sentences(tt.lang, text)
		if len(spans) == 0 || spans[len(spans)-1].End != len(strings.TrimSpace(text)) {
			t.Errorf("%s %q: the last sentence does not end with the text", tt.lang, tt.piece)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, seed := range []string{
		"Mr. Smith went to Washington, D.C. He arrived at 10 a.m. on Jan. 5. \"Why?\" she asked.",
		"«Стой! — сказал он. — Мы ждём». В 2019 г. А. С. Пушкин и т. д. Конец.",
		"Նա եկավ 10։30-ին։ «Ի՞նչ է սա»,- ասաց նա: 2018 թ․ մայիսի 5-ին։Նա գնաց:",
		"a.\u200b\"'»)[1]² B", ".\xff\xfe. A", "1. 2. 3.\n- a\n\n* b", "… … … А", "։։։ ։ Ա",
	} {
		for _, lang := range languages[:4] {
			f.Add(lang, seed)
		}
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		checkSentences(t, lang, text)
		if folded := Fold(lang, text); Fold(lang, folded) != folded {
			t.Fatalf("Fold(%q) = %q is not folded", text, folded)
		}
		Tokens(lang, text)
	})
}
