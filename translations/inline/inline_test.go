package inline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEncode(t *testing.T) {
	for _, tt := range []struct{ name, html, want string }{
		{"plain", "Tea &amp; bread", "Tea & bread"},
		{"link", `See the <a href="https://x.example/a?b=1&amp;c=2">town hall</a>.`, "See the {1}town hall{/1}."},
		{"nested", `<em>a <strong>b</strong></em> c`, "{1}a {2}b{/2}{/1} c"},
		{"alone", `one<br>two`, "one{1/}two"},
		{"looks like a code", `write {1} here`, `write \{1} here`},
		{"left open", `<em>a`, "{1}a{/1}"},
		{"stray end", `a</em>b`, "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, codes := Encode(tt.html)
			if got != tt.want {
				t.Errorf("Encode(%q) = %q, want %q", tt.html, got, tt.want)
			}
			if p := Check(got, codes); len(p) > 0 {
				t.Errorf("Check of the source's own text finds %v", p)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	_, codes := Encode(`<em>a <strong>b</strong></em><br>`)
	for _, tt := range []struct {
		name, target string
		want         []Trouble
	}{
		{"same", "{1}x {2}y{/2}{/1}{3/}", nil},
		{"other order", "{3/}{2}y{/2}{1}x{/1}", nil},
		{"missing", "{1}x{/1}{3/}", []Trouble{Missing, Missing}},
		{"end missing", "{1}x{2}y{/2}{3/}", []Trouble{Missing}},
		{"doubled", "{1}x{/1}{1}{2}y{/2}{3/}", []Trouble{Doubled}},
		{"crossing", "{1}x{2}y{/1}z{/2}{3/}", []Trouble{Misnested}},
		{"backwards", "{/1}x{1}{2}{/2}{3/}", []Trouble{Misnested}},
		{"unknown", "{1}{/1}{2}{/2}{3/}{9}", []Trouble{Unknown}},
		{"wrong form", "{1}{/1}{2}{/2}{3}", []Trouble{Unknown, Missing}},
		{"escaped is text", `{1}{/1}{2}{/2}{3/}\{9}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []Trouble
			for _, p := range Check(tt.target, codes) {
				got = append(got, p.Kind)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Check(%q), want to got:\n%s", tt.target, diff)
			}
		})
	}
}

func TestDecode(t *testing.T) {
	const source = `<a href="https://x.example/">a</a> <em>b</em>`
	_, codes := Encode(source)
	for _, tt := range []struct{ name, target, want string }{
		{"moved", "{2}б{/2} {1}а{/1}", `<em>б</em> <a href="https://x.example/">а</a>`},
		{"markup is text", "{1}<script>{/1}{2}{/2}", `<a href="https://x.example/">&lt;script&gt;</a><em></em>`},
		{"crossing stays well formed", "{1}а{2}б{/1}в{/2}", `<a href="https://x.example/">а<em>бв</em></a>`},
		{"escaped", `\{1}`, `{1}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Decode(tt.target, codes); got != tt.want {
				t.Errorf("Decode(%q) = %q, want %q", tt.target, got, tt.want)
			}
		})
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			b.WriteString(rapid.SampledFrom([]string{"<em>x</em>", "<br>", `<a href="/q">y <strong>z</strong></a>`, "&lt;{1}", "ա{/2} ", "{3/}"}).Draw(t, "part"))
		}
		text, codes := Encode(b.String())
		if got := Decode(text, codes); got != b.String() {
			t.Fatalf("Decode(Encode(%q)) = %q", b.String(), got)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add("{1}a{/1}", "<em>a</em>")
	f.Add(`\{1}{2/}{/9}{999}`, "<br><i>")
	f.Fuzz(func(t *testing.T, target, source string) {
		_, codes := Encode(source)
		Check(target, codes)
		if out := Decode(target, nil); strings.Contains(out, "<") {
			t.Errorf("markup out of %q without codes: %q", target, out)
		}
	})
}
