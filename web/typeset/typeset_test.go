package typeset

import (
	"strings"
	"testing"
)

// show makes what must not break visible: ~ for the space, = for the hyphen.
func show(s string) string {
	return strings.NewReplacer("\u00a0", "~", "\u2011", "=").Replace(s)
}

func TestText(t *testing.T) {
	for _, test := range []struct{ lang, text, want string }{
		{"ru", "Он пришёл в дом с братом и ушёл.", "Он пришёл в~дом с~братом и~ушёл."},
		{"ru", "В доме («в саду») не спали", "В~доме («в~саду») не~спали"},
		{"ru", "Мост — это мост, — сказал он.", "Мост~— это мост,~— сказал он."},
		{"ru", "28 августа 2025 года, 17 ч", "28~августа 2025~года, 17~ч"},
		{"ru", "автобус № 4 по-прежнему что-то везёт", "автобус №~4 по=прежнему что=то везёт"},
		{"ru", "из-за реки, кто-нибудь; северо-запад", "из=за~реки, кто=нибудь; северо-запад"},
		{"ru", "выросло на 12 %.", "выросло на~12~%."},
		{"hy", "2021-ի աշնանը, օգոստոսի 28-ին, 28 օգոստոսի 2025 թ.", "2021=ի աշնանը, օգոստոսի~28=ին, 28~օգոստոսի 2025~թ."},
		{"hy", "«Սուրհանդակ»-ի թիվ 4 ավտոբուսը", "«Սուրհանդակ»=ի թիվ~4 ավտոբուսը"},
		{"hy", "1240 տոննա տուֆ, հյուսիս-արևմուտք", "1240~տոննա տուֆ, հյուսիս-արևմուտք"},
		{"en", "On 28 August the bridge, 17 h later, took 5 km.", "On 28~August the bridge, 17~h later, took 5~km."},
		{"en", "a five-span bridge in town", "a five-span bridge in town"},
		{"fr", "le 28 août", "le 28 août"},
		{"ru", "", ""},
	} {
		got := Text(test.lang, test.text)
		if show(got) != test.want {
			t.Errorf("%s: %s\n got %s\nwant %s", test.lang, test.text, show(got), test.want)
		}
		if again := Text(test.lang, got); again != got {
			t.Errorf("%s: set twice: %s", test.lang, show(again))
		}
	}
}

func TestHTML(t *testing.T) {
	got := HTML("ru", `<a href="https://x.example/a - b" title="в доме">в доме</a> &lt;и так&gt; &amp; <em>на 5 км</em>`)
	want := `<a href="https://x.example/a - b" title="в доме">в~доме</a> &lt;и~так&gt; &amp; <em>на~5~км</em>`
	if show(got) != want {
		t.Errorf("got  %s\nwant %s", show(got), want)
	}
	if got := HTML("hy", "a < b"); got != "a < b" {
		t.Errorf("broken markup: %q", got)
	}
}

// FuzzText: setting only ever exchanges spaces and hyphens, and is stable.
func FuzzText(f *testing.F) {
	f.Add("в доме — 5 км по-прежнему")
	f.Add("«Սուրհանդակ»-ի 2021-ի")
	plain := strings.NewReplacer("\u00a0", " ", "\u2011", "-")
	f.Fuzz(func(t *testing.T, text string) {
		for lang := range languages {
			got := Text(lang, text)
			if plain.Replace(got) != plain.Replace(text) {
				t.Errorf("%s: %q became %q", lang, text, got)
			}
		}
	})
}
