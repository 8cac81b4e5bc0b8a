package segment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStem(t *testing.T) {
	for _, tt := range []struct{ lang, word, want string }{
		{"en", "generally", "general"},
		{"en-GB", "running", "run"},
		{"ru", "важнейшими", "важн"},
		{"ru", "статьями", "стат"},
		{"hy", "աշխատանքներում", "աշխ"},
		{"hye", "հոդվածների", "հոդ"},
		{"hy", "ը", "ը"},
		{"hy", "", ""},
		{"de", "Häuser", "Häuser"},
		{"ru", "2019", "2019"},
		{"hy", strings.Repeat("ա", 500), strings.Repeat("ա", 500)},
	} {
		if got := Stem(tt.lang, tt.word); got != tt.want {
			t.Errorf("Stem(%s, %s) = %s, want %s", tt.lang, tt.word, got, tt.want)
		}
	}
}

// TestStemVocabulary compares with the vocabularies the Snowball project publishes, as Debian's snowball-data
// installs them (or unpacked where SNOWBALL_DATA points).
func TestStemVocabulary(t *testing.T) {
	dir := os.Getenv("SNOWBALL_DATA")
	if dir == "" {
		dir = "/usr/share/snowball/data"
	}
	for lang, name := range map[string]string{"en": "english", "ru": "russian", "hy": "armenian"} {
		t.Run(name, func(t *testing.T) {
			voc, err := os.ReadFile(filepath.Join(dir, name, "voc.txt"))
			if err != nil {
				t.Skipf("no Snowball vocabulary: %v; install snowball-data to compare", err)
			}
			out, err := os.ReadFile(filepath.Join(dir, name, "output.txt"))
			if err != nil {
				t.Fatal(err)
			}
			words, stems := strings.Fields(string(voc)), strings.Fields(string(out))
			if len(words) != len(stems) || len(words) < 10000 {
				t.Fatalf("%d words, %d stems", len(words), len(stems))
			}
			differ := 0
			for i, word := range words {
				if strings.Contains(word, "ё") {
					continue // folded to е before stemming
				}
				if got := Stem(lang, word); got != stems[i] {
					differ++
					if differ < 10 {
						t.Errorf("Stem(%s) = %s, want %s", word, got, stems[i])
					}
				}
			}
			t.Logf("%d words, %d differ", len(words), differ)
		})
	}
}
