package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// shared is a path in the test data that stand beside the repository and are never part of it; the test is skipped where
// they are absent. COLOPHON_SHARED names their folder, by default "shared" beside the repository.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	root := os.Getenv("COLOPHON_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	full := filepath.Join(append([]string{root, "data"}, path...)...)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("no shared test data (%v): set COLOPHON_SHARED to their folder", err)
	}
	return full
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	if err := json.Unmarshal(readFile(t, path), into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// eachJSON calls do for every line of a JSON Lines file.
func eachJSON[T any](t testing.TB, path string, do func(T)) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(readFile(t, path)))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		do(v)
	}
}

// similarity is F1 over multisets of four-word shingles, the measure of the extraction benchmark.
func similarity(got, want string) float64 {
	shingles := func(s string) map[[4]string]int {
		words := strings.FieldsFunc(s, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '_'
		})
		out := map[[4]string]int{}
		for i := range max(1, len(words)-3) {
			var key [4]string
			if copy(key[:], words[min(i, len(words)):]) > 0 {
				out[key]++
			}
		}
		return out
	}
	g, w := shingles(got), shingles(want)
	both, all := 0, 0
	for k, n := range g {
		both += min(n, w[k])
		all += n
	}
	for _, n := range w {
		all += n
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(both) / float64(all)
}

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		got, want string
		f1        float64
	}{
		{"", "", 1},
		{"a", "", 0},
		{"one two three four", "one two three four", 1},
		{"one two three four five", "one two three four", 2. / 3},
		{"One two three four", "one two three four", 0},
		{"one — two: three, four", "one two three four", 1},
	} {
		if f1 := similarity(c.got, c.want); f1 != c.f1 {
			t.Errorf("similarity(%q, %q) = %v, want %v", c.got, c.want, f1, c.f1)
		}
	}
}
