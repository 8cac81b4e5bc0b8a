package language

import (
	"strings"
	"testing"
)

func BenchmarkDetect(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"title", "Цены на хлеб снова выросли"},
		{"article", strings.Repeat("В понедельник магазины города подняли цены на хлеб, сообщил министр. ", 60)},
		{"long", strings.Repeat("The shops of the town raised the price of bread on Monday, the minister said. ", 20000)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				Detect(bench.text)
			}
		})
	}
}
