package segment

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRules: a ‖ stands where the text is cut.
func TestRules(t *testing.T) {
	for _, tt := range []struct{ lang, rule, text string }{
		// Ends.
		{"en", "plain", "He came. ‖ She left! ‖ Why? ‖ Nobody knows."},
		{"en", "marks together", "Really?! ‖ Yes... ‖ Well… ‖ All right!!! ‖ Fine."},
		{"en", "spaced ellipsis", "He waited . . . and waited. ‖ Nothing . . . ‖ Then it came."},
		{"en", "closing quotes", `"We won." ‖ “They lost.” ‖ 'So what?' ‖ (Nobody asked.) ‖ [He did.] ‖ The end.`},
		{"en", "stop after quote", `They call it “the end”. ‖ He said "no". ‖ It was so.`},
		{"en", "said", `"Why?" he asked. ‖ "Stop!" cried the man. ‖ "I see..." she said.`},
		{"en", "opening quote", `He nodded. ‖ "Yes," he said. ‖ ‘Good.’ ‖ “Go on.”`},
		{"en", "quote set off by a space", "He said: “ Stop. ” ‖ She left."},
		{"en", "footnotes", "This is known.[1] ‖ That is not.² ‖ Nor that.[2][13] ‖ The end."},
		{"en", "other starts", "It rose. ‖ 5 people left. ‖ $5 was paid. ‖ #news broke. ‖ (Then it fell.)"},
		{"en", "invisible", "One.\u200b ‖ \u200bTwo.\u00a0‖ Three."},
		{"en", "tight", "I use Node.js and v1.2.3 at 3.14 or 10:30 on 192.0.2.1, see a.example/b?c=d.e or write to x.y@z.example."},
		{"en", "caseless", "He wrote 東京. ‖ 東京 is a city."},
		{"en", "small letter in front", "Sales fell. ‖ iPhone sales rose. ‖ eBay too. ‖ mRNA helps."},

		// Lines.
		{"en", "paragraphs", "A headline\n\n‖ the body starts in lower case\n\n‖ And ends"},
		{"en", "wrapped lines", "This line is\nwrapped and goes\r\non. ‖ Good."},
		{"en", "lines", "A headline\n‖ By Our Own Correspondent\n‖ It rained."},
		{"en", "items", "We need:\n‖ - bread\n‖ - milk\n‖ 1) water\n‖ 2. salt"},
		{"en", "numbers of items", "1. Introduction ‖ \n2. Method and so on. ‖ IV. Results"},
		{"en", "after a number", "It was in 2018. ‖ The rest is known."},

		// English abbreviations.
		{"en", "titles", "Mr. Smith met Mrs. Jones, Dr. Brown, Gen. Grant, Sen. Lee and St. Paul. ‖ Prof. Plum left."},
		{"en", "initials", "J. K. Rowling and J.R.R. Tolkien met George W. Bush and C. S. Lewis. ‖ They read."},
		{"en", "letter at the end", "Take vitamin C. ‖ It helps. ‖ This is plan B. ‖ The rest is plan A."},
		{"en", "letters", "Doctors like vitamin C. ‖ Nurses too. ‖ He wrote on X. ‖ Users agreed. ‖ So did Malcolm X. Smith."},
		{"en", "me and I", "So did he and I. ‖ The others did not."},
		{"en", "numbers", "No. 5 is on p. 12, vol. 3, Fig. 2, Sec. IV and ch. 7. ‖ See Fig. 2. ‖ It shows Jan. 5 and Sept. 11."},
		{"en", "no", "Did he pay? ‖ The answer is no. ‖ He never did."},
		{"en", "countries", "The U.S. Senate and the U.K. Parliament met. ‖ He lives in the U.S. ‖ She does not. ‖ They went to Washington, D.C. ‖ It rained."},
		{"en", "possessive", "The U.S.'s claim and Acme Inc.'s offer fell."},
		{"en", "hours", "He came at 10 a.m. ‖ Police saw him at 5 p.m. Saturday and at 6 a.m. EST. ‖ It ended at 7 p.m. and so on."},
		{"en", "companies", "Acme Inc. Chairman Jo Doe left. ‖ He founded Acme Inc. ‖ It failed. ‖ Acme Corp., Ltd. and Sons Co. agreed."},
		{"en", "Latin", "Fruit, e.g. Apples, i.e. Malus, etc. ‖ They grow. ‖ Smith et al. Showed it. ‖ Rome vs. Carthage."},
		{"en", "degrees", "Jo Doe, Ph.D., M.D. ‖ She knows. ‖ Martin Doe Jr. House is here."},
		{"en", "until October", "It is closed until Oct. ‖ Visitors may write."},
		{"en", "brands", "Yahoo! Finance says so. ‖ He left Yahoo! ‖ It fell."},
		{"en", "brackets", "The firm (Was it his?) Was sold. ‖ It failed (or did it?). ‖ Nobody knew (he thought!) why."},

		// A headline without a mark, run into the text.
		{"en", "headline", "Cyclist dies in collision with car ‖ A man has died in London. ‖ It rained."},
		{"en", "headline", "Island votes on change of name ‖ The people of the island voted on Sunday."},
		{"en", "no headline", "He read of A day in the life and of The Times and took vitamin A at Formula One."},
		{"en", "no headline", `The song "All that It was" is old, and (see If you want) so is The Hague.`},
		{"en", "no headline", "It rained. ‖ Then he saw at once A thing in the dark."},
		{"ru", "headline", "Цены на хлеб снова выросли ‖ В понедельник магазины подняли цены."},
		{"ru", "no headline", "Пейте витамин С чаще и читайте книгу «Как Она ушла» в группе А каждый день."},
		{"hy", "headline", "Երևանում նոր դպրոց բացվեց ‖ Այսօր քաղաքապետը ներկա էր բացմանը։"},

		// Russian.
		{"ru", "plain", "Он пришёл. ‖ Она ушла! ‖ Зачем? ‖ Никто не знает… ‖ Конец."},
		{"ru", "years", "В 2019 г. Россия выиграла. ‖ Это было в 2019 г. ‖ В 2020 г. всё изменилось. ‖ В XIX в. Москва росла, в 1990-х гг. тоже."},
		{"ru", "places", "Он живёт в г. Москве на ул. Ленина, д. 5, кв. 7, обл. Тульская, с. Ивановка, им. Кирова. ‖ Там тихо."},
		{"ru", "money", "Он получил 5 тыс. руб. ‖ Цена выросла на 3 млн. ‖ Это много. ‖ Около 37 млрд. долл. США потратили."},
		{"ru", "units", "Он бежал 10 с. ‖ Потом 5 км. ‖ Она прошла 3 м. ‖ Ещё 2 ч. ‖ Всё. ‖ Рост 5 см. ‖ Иван рад, см. Приложение. ‖ Сборная вышла из группы А. ‖ Футболисты рады."},
		{"ru", "and so on", "Яблоки, груши и т. д. ‖ Они растут. ‖ Хлеб, соль и т.п. ‖ И т. д. и т. п. ‖ Конец."},
		{"ru", "that is", "Он, т. е. Пётр, пришёл, т.к. Иван звал. ‖ И др. ‖ Потом ушли в V в. до н. э. ‖ Всё."},
		{"ru", "initials", "А. С. Пушкин и Л.Н. Толстой, Ж.-Ж. Руссо, Дж. Буш. ‖ Стихи Пушкина А. С. знают все. ‖ В 1837 г. он умер."},
		{"ru", "references", "См. рис. 2, табл. 3, стр. 15, гл. IV, ст. 5 и п. 7. ‖ Проф. Иванов и акад. Петров согласны."},
		{"ru", "direct speech", "«Стой! — сказал он. ‖ — Мы ждём». ‖ «Куда?» — спросила она. ‖ «Домой!» — Иван засмеялся."},
		{"ru", "quotes", "«Он пришёл». ‖ «Где он?» ‖ Иван молчал. ‖ „Да.“ ‖ «Нет!». ‖ Так и было."},
		{"ru", "dialogue", "— Да.\n‖ — Нет.\n‖ — Почему? — спросил он.\n‖ — Так."},
		{"ru", "foreign titles", "Он слушал Dr. Dre и Mr. Bean. ‖ Потом спал."},
		{"ru", "brackets", "Он (кто же ещё?) Пришёл. ‖ (Это правда.) ‖ Так."},

		// Armenian.
		{"hy", "stops", "Նա եկավ։ ‖ Նա գնաց: ‖ Հետո ոչինչ չեղավ։"},
		{"hy", "marks inside words", "Ի՞նչ եղավ։ ‖ Օ՜, ինչ գեղեցիկ է։ ‖ Ասա՛ ինձ։ ‖ Նա ասաց՝ Արամը եկավ։"},
		{"hy", "typed", "Նա եկա՞վ? ‖ Այո! ‖ Գնանք… ‖ Վերջ:"},
		{"hy", "hours", "Նա եկավ ժամը 10։30-ին և գնաց 12:45։ ‖ Հաշիվը 3:1 էր։ ‖ Ժամը 10: 30 էր։"},
		{"hy", "quotes", "«Նա եկավ»: ‖ «Գնա՛։» ‖ «Ո՞վ է»,- հարցրեց նա: ‖ «Նա չէ»։"},
		{"hy", "no space", "Նա եկավ։‖Նա գնաց։ ‖ Տեսե՛ք https://a.example/b։c"},
		{"hy", "spaced stop", "Նա եկավ : ‖ Նա գնաց ։ ‖ Վերջ։։ ‖ Այո:"},
		{"hy", "dashes", "Նա եկավ: ‖ - Բարև,- ասաց Արամը: ‖ -Գնանք։"},
		{"hy", "half stops", "Երկու բան է պետք․ Հաց և ջուր։ ‖ Ահա պատճառը. Նա չեկավ:"},
		{"hy", "abbreviations", "1915 թ․ Ապրիլին պրն․ Սարգսյանը, դոկտ. Մելիքյանը և Ա. Իսահակյանը եկան, տես էջ․ 5 և այլն։ ‖ Վերջ։"},
		{"hy", "lists", "Նա գնեց՝\n‖ - հաց\n‖ - ջուր"},
		{"hy", "end of line", "Նա եկավ.\n‖ Նա գնաց․\n‖ Դա 2018 թ․\nՄայիսին էր"},
		{"hy", "end of block", "Նա ասաց:"},
		{"hy", "small letter", "Ահա այսպես: նա եկավ։"},
		{"hye", "other tags", "Նա եկավ: ‖ Նա գնաց:"},
		{"hyw", "Western", "Ան եկաւ: ‖ Ան գնաց։"},
		{"hy-AM", "region", "Նա եկավ: ‖ Նա գնաց:"},

		// Other languages: UAX #29.
		{"de", "UAX #29", "Er kam. ‖ Sie ging! ‖ „Warum?“ ‖ Darum."},
		{"ja", "UAX #29", "東京です。‖京都です。"},
		{"fr", "addresses", "Voir http://a.example/b?c=d!e ici. ‖ Merci."},
		{"", "no language", "One. ‖ Two."},
	} {
		t.Run(tt.lang+" "+tt.rule, func(t *testing.T) {
			want := strings.Split(tt.text, "‖")
			for i := range want {
				want[i] = strings.TrimSpace(want[i])
			}
			text := strings.NewReplacer("‖ \n", "\n", "\n‖ ", "\n", "‖ ", "", "‖", "").Replace(tt.text)
			if diff := cmp.Diff(want, Split(tt.lang, text)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		})
	}
}

func TestNothingToCut(t *testing.T) {
	for _, text := range []string{"", " ", "\n\n", "\u00a0\u2029"} {
		for _, lang := range languages {
			if got := Sentences(lang, text); len(got) != 0 {
				t.Errorf("Sentences(%q, %q) = %v", lang, text, got)
			}
		}
	}
}
