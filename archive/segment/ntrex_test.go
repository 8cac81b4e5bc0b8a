package segment

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// document is one article of NTREX-128 (Microsoft, CC BY-SA 4.0): the same sentences in three languages.
type document struct {
	ID         string
	En, Ru, Hy []string
}

// ntrex reads the articles beside the repository (COLOPHON_SHARED, else ../shared), and skips where they are not.
func ntrex(t *testing.T) []document {
	t.Helper()
	shared := os.Getenv("COLOPHON_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	files, _ := filepath.Glob(filepath.Join(shared, "data", "ntrex", "docs", "*.json"))
	if len(files) == 0 {
		t.Skipf("no NTREX documents under %s; set COLOPHON_SHARED to measure", shared)
	}
	var docs []document
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d document
		if err := json.Unmarshal(data, &d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		docs = append(docs, d)
	}
	return docs
}

// TestBoundariesInNews joins the sentences of each article by a space and asks for them back. About six headlines in
// a hundred end without a mark, so full recall is out of reach; and one line of the data may hold two sentences.
func TestBoundariesInNews(t *testing.T) {
	docs := ntrex(t)
	for _, tt := range []struct {
		lang              string
		lines             func(document) []string
		recall, precision float64
	}{
		{"en", func(d document) []string { return d.En }, 0.91, 0.95},
		{"ru", func(d document) []string { return d.Ru }, 0.91, 0.95},
		{"hy", func(d document) []string { return d.Hy }, 0.93, 0.92},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			var truth, found, right int
			for _, d := range docs {
				text, ends := joined(tt.lines(d))
				truth += len(ends)
				spans := Sentences(tt.lang, text)
				for _, s := range spans[:len(spans)-1] {
					found++
					if ends[s.End] {
						right++
						delete(ends, s.End)
					} else if testing.Verbose() {
						t.Logf("extra  %s ‖ %s", tail(text[:s.End]), head(text[s.End:]))
					}
				}
				if testing.Verbose() {
					for end := range ends {
						t.Logf("missed %s ‖ %s", tail(text[:end]), head(text[end:]))
					}
				}
			}
			recall, precision := float64(right)/float64(truth), float64(right)/float64(found)
			t.Logf("%s: recall %.4f, precision %.4f of %d boundaries", tt.lang, recall, precision, truth)
			if recall < tt.recall || precision < tt.precision {
				t.Errorf("%s: recall %.4f, want at least %.2f; precision %.4f, want at least %.2f",
					tt.lang, recall, tt.recall, precision, tt.precision)
			}
		})
	}
}

// joined returns the lines as one text, and where each but the last ends.
func joined(lines []string) (string, map[int]bool) {
	var b strings.Builder
	ends := map[int]bool{}
	for i, line := range lines {
		if i > 0 {
			ends[b.Len()] = true
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String(), ends
}

func tail(s string) string { r := []rune(s); return string(r[max(0, len(r)-60):]) }
func head(s string) string { r := []rune(s); return string(r[:min(len(r), 40)]) }
