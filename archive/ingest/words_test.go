package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ in, lang, want string }{
		{"2026-05-12T10:40:00+04:00", "", "2026-05-12T10:40:00+04:00"},
		{"2026-05-12T10:40:00+0400", "", "2026-05-12T10:40:00+04:00"},
		{"2026-05-12T10:40:00.123Z", "", "2026-05-12T10:40:00Z"},
		{"2026-05-12 10:40:05", "", "2026-05-12T10:40:05"},
		{"2026-05-12T10:40", "", "2026-05-12T10:40"},
		{"2026-05-12", "", "2026-05-12"},
		{"20260512", "", "2026-05-12"},
		{"Tue, 12 May 2026 10:40:00 +0400", "", "2026-05-12T10:40:00+04:00"},
		{"Tue, 12 May 2026 10:40:00 GMT", "", "2026-05-12T10:40:00Z"},
		{"1747032000", "", "2025-05-12T06:40:00Z"},
		{"28 August 2025 15:24", "en", "2025-08-28T15:24"},
		{"May 12, 2026, 10:40", "en", "2026-05-12T10:40"},
		{"May 12th, 2026 at 10:40 pm", "en", "2026-05-12T22:40"},
		{"Saturday, 30 November 2024 | 23:15", "en", "2024-11-30T23:15"},
		{"Updated 12:05 a.m., Jan. 3, 2026", "en", "2026-01-03T00:05"},
		{"05/12/2026", "en", "2026-05-12"},
		{"12/05/2026", "ru", "2026-05-12"},
		{"28/08/2025 11:30", "en", "2025-08-28T11:30"},
		{"12 мая 2026, 10:40", "ru", "2026-05-12T10:40"},
		{"3 марта 2026 г., 09:15", "ru", "2026-03-03T09:15"},
		{"10:40, 12.05.2026", "ru", "2026-05-12T10:40"},
		{"12.05.26 в 10:40", "ru", "2026-05-12T10:40"},
		{"12 травня 2026, 10:40", "uk", "2026-05-12T10:40"},
		{"12 мая 2026 10:40 (UTC+3)", "ru", "2026-05-12T10:40:00+03:00"},
		{"28 օգոստոսի, 2025 թ.", "hy", "2025-08-28"},
		{"12 մայիսի, 2026, 10:40", "hy", "2026-05-12T10:40"},
		{"2026 թ. մայիսի 12", "hy", "2026-05-12"},
		{"3 հունիսի 2026", "hy", "2026-06-03"},
		{"3 հունվարի 2026", "hy", "2026-01-03"},
		{"08:30 | 14.01.2026", "hy", "2026-01-14T08:30"},
		{"16:11 • 10.11.21", "hy", "2021-11-10T16:11"},
		{"31.02.2026", "ru", ""},
		{"вчера в 16:19", "ru", ""},
		{"99.99.9999", "", ""},
		{"version 1.2.3", "", ""},
		{"", "", ""},
	} {
		if got := parseMachine(c.in, c.lang).String(); got != c.want {
			t.Errorf("%q (%s): %q, want %q", c.in, c.lang, got, c.want)
		}
	}
}

func TestBylines(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"By Tamilla Hasanova", []string{"Tamilla Hasanova"}},
		{"By Ida Marsh and Tom Reed", []string{"Ida Marsh", "Tom Reed"}},
		{"By Ida Marsh, senior reporter", []string{"Ida Marsh"}},
		{"Written by Ruth O’Neil", []string{"Ruth O’Neil"}},
		{"By the end of the year the bridge will open", nil},
		{"By 2030", nil},
		{"Автор: Лилит Аветян", []string{"Лилит Аветян"}},
		{"Авторы: Ярослав Кузишин, Антон Зелинский", []string{"Ярослав Кузишин", "Антон Зелинский"}},
		{"Текст: Анна Ветрова", []string{"Анна Ветрова"}},
		{"Подготовила: Анна Ветрова и Пётр Лунин", []string{"Анна Ветрова", "Пётр Лунин"}},
		{"Автор: неизвестен", nil},
		{"Հեղինակ՝ Մանե Սիմոնյան", []string{"Մանե Սիմոնյան"}},
		{"Հեղինակներ՝ Մանե Սիմոնյան և Արամ Լոռեցյան", []string{"Մանե Սիմոնյան", "Արամ Լոռեցյան"}},
		{"Հեղինակ: Մանե Սիմոնյան", []string{"Մանե Սիմոնյան"}},
		{"Фото: Анна Ветрова", nil},
	} {
		if diff := cmp.Diff(c.want, bylineNames(c.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestUpstream(t *testing.T) {
	for _, c := range []struct {
		lang, title, text string
		want              []string
	}{
		{"en", "FT: US signals willingness", "", []string{"title Financial Times"}},
		{"en", "Ukraine: what comes next", "", nil},
		{"en", "", "The minister told the Financial Times that it was so.", []string{"text Financial Times"}},
		{"en", "", "According to Reuters, nothing happened.", []string{"text Reuters"}},
		{"en", "", "According to Ruth Calder, nothing happened.", nil},
		{"en", "", "The bridge is safe, the Valley Gazette reports.", []string{"text Valley Gazette"}},
		{"en", "", "She spoke to people in the Times of trouble.", nil},
		{"en", "", "The story was seen by dzori.example first.", []string{"text dzori.example"}},
		{"ru", "", "Об этом сообщает ТАСС.", []string{"text ТАСС"}},
		{"ru", "", "Как пишет «Горный вестник», снег сошёл.", []string{"text Горный вестник"}},
		{"ru", "", "Снег сошёл, передает Reuters со ссылкой на полицию.", []string{"text Reuters"}},
		{"ru", "", "Об этом сообщает Иван Петров.", nil},
		{"ru", "РБК: снег сошёл", "", []string{"title РБК"}},
		{"hy", "«Հրապարակ». ձյունը հալվեց", "", []string{"title Հրապարակ"}},
		{"hy", "", "Այս մասին հայտնում է «Արմենպրես»-ը։", []string{"text Արմենպրես"}},
		{"hy", "", "ՏԱՍՍ-ի փոխանցմամբ՝ ձյունը հալվեց։", []string{"text ՏԱՍՍ"}},
		{"hy", "", "«Լեռնային լուր» գործակալության հաղորդմամբ՝ ձյունը հալվեց։", []string{"text Լեռնային լուր"}},
	} {
		var got []string
		for _, u := range upstream(c.title, c.lang, []Block{{Kind: Paragraph, Text: c.text, HTML: c.text}}, "Our Site", "our.example") {
			got = append(got, string(u.Where)+" "+u.Outlet)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q %q (-want +got):\n%s", c.title, c.text, diff)
		}
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		in   string
		want bool
	}{
		{"Any use of materials is allowed only if there is a hyperlink to a.example", true},
		{"© 2026 A Paper. All rights reserved.", true},
		{"Republication without written permission is prohibited.", true},
		{"При использовании материалов активная ссылка обязательна", true},
		{"Перепечатка материалов без разрешения редакции запрещена.", true},
		{"Использование любых материалов возможно только с указанием источника и ссылкой на сайт.", true},
		{"Նյութերի արտատպումն առանց հղման արգելվում է։", true},
		{"Կայքի նյութերն օգտագործելիս հղումը պարտադիր է։", true},
		{"Print Copy link Share", false},
		{"Ссылка скопирована", false},
		{"Տպել Պատճենել հղումը Կիսվել", false},
		{"The bridge was opened on Tuesday.", false},
		{"© 2026 A Paper", false},
	} {
		if got := isTerms(c.in); got != c.want {
			t.Errorf("%q: %v, want %v", c.in, got, c.want)
		}
	}
}

func TestTitleWithoutSite(t *testing.T) {
	for _, c := range []struct{ title, site, host, want string }{
		{"The lighthouse – Quay Post", "Quay Post", "", "The lighthouse"},
		{"The lighthouse | Features | Quay Post", "Quay Post", "", "The lighthouse | Features"},
		{"Quay Post :: The lighthouse", "", "www.quaypost.example", "The lighthouse"},
		{"The lighthouse - quaypost.example", "", "quaypost.example", "The lighthouse"},
		{"Fire - and smoke", "Quay Post", "", "Fire - and smoke"},
		{"Новости дня — и ночи", "Вести", "vesti.example", "Новости дня — и ночи"},
		{"Ժամացույցը - Լրաբեր", "Լրաբեր", "", "Ժամացույցը"},
	} {
		if got := withoutSite(c.title, c.site, c.host); got != c.want {
			t.Errorf("%q (%q, %q): %q, want %q", c.title, c.site, c.host, got, c.want)
		}
	}
}

func TestCredits(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The car. Photo: K. Ohanyan", "K. Ohanyan"},
		{"The car (Photo by Ben Ashby)", "Ben Ashby"},
		{"Новый зал. Фото: Анна Ветрова", "Анна Ветрова"},
		{"Новый зал / Фото РБК", "РБК"},
		{"Պատուհանը: Լուսանկարը՝ Նարե Սարյանի", "Նարե Սարյանի"},
		{"The lamp room © Quay Post", "Quay Post"},
		{"The lamp room before the storm", ""},
	} {
		if got := creditOf(nil, c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestClassWords(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"c-shareBar__item", []string{"c", "share", "bar", "item"}},
		{"post-TOP news2", []string{"post", "top", "news"}},
		{"ya-share2", []string{"ya", "share"}},
		{"", nil},
	} {
		if diff := cmp.Diff(c.want, wordsOf(c.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, diff)
		}
	}
}
