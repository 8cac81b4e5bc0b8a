package segment

import (
	"strings"
	"testing"
)

var prose = map[string]string{
	"en": "On Monday, Jan. 5, Dr. Smith of the U.S. Geological Survey said: “The river rose by 3.5 feet.” Nobody in the town (pop. 4,200) was hurt, he added. ",
	"ru": "В понедельник, 5 янв. 2019 г., проф. А. С. Иванов сообщил: «Река поднялась на 3,5 м». Никто в городе (4200 чел.) не пострадал, добавил он. ",
	"hy": "Երկուշաբթի՝ 2019 թ․ հունվարի 5-ին, պրոֆ․ Ա. Իվանյանն ասաց. «Գետը բարձրացել է 3,5 մետրով»։ Քաղաքում ոչ ոք չի տուժել, ավելացրեց նա: ",
}

func BenchmarkSentences(b *testing.B) {
	for _, lang := range languages[:3] {
		text := strings.Repeat(prose[lang], 500)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Sentences(lang, text)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for _, lang := range languages[:3] {
		text := strings.Repeat(prose[lang], 100)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Tokens(lang, text)
			}
		})
	}
}
