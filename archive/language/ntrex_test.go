package language

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDetectInNews asks for the language of every sentence of NTREX-128 (Microsoft, CC BY-SA 4.0): the whole line, its
// first eight words, its first three. Nothing here was learned from it.
func TestDetectInNews(t *testing.T) {
	shared := os.Getenv("COLOPHON_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	files, _ := filepath.Glob(filepath.Join(shared, "data", "ntrex", "docs", "*.json"))
	if len(files) == 0 {
		t.Skipf("no NTREX documents under %s; set COLOPHON_SHARED to measure", shared)
	}
	lines := map[string][]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d struct{ En, Ru, Hy []string }
		if err := json.Unmarshal(data, &d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		lines["en"] = append(lines["en"], d.En...)
		lines["ru"] = append(lines["ru"], d.Ru...)
		lines["hy"] = append(lines["hy"], d.Hy...)
	}
	for _, tt := range []struct {
		words int
		want  map[string]float64
	}{
		{1000, map[string]float64{"en": 0.995, "ru": 0.995, "hy": 0.995}},
		{8, map[string]float64{"en": 0.99, "ru": 0.99, "hy": 0.99}},
		{3, map[string]float64{"en": 0.95, "ru": 0.94, "hy": 0.98}},
	} {
		for lang, want := range tt.want {
			right, wrong := 0, map[string]int{}
			for _, line := range lines[lang] {
				fields := strings.Fields(line)
				text := strings.Join(fields[:min(tt.words, len(fields))], " ")
				got, _ := Detect(text)
				if got == lang {
					right++
					continue
				}
				wrong[got]++
				if testing.Verbose() {
					t.Logf("%s taken for %s: %s", lang, got, text)
				}
			}
			share := float64(right) / float64(len(lines[lang]))
			t.Logf("%s, %d words: %.4f right; wrong %v", lang, tt.words, share, wrong)
			if share < want {
				t.Errorf("%s, %d words: %.4f right, want at least %.3f", lang, tt.words, share, want)
			}
		}
	}
}
