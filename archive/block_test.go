package archive

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"colophon/archive/ingest"
)

func sealed(texts ...string) []Block {
	out := make([]Block, len(texts))
	for i, s := range texts {
		out[i] = Block{Kind: ingest.Paragraph, HTML: s, Text: s}
		out[i].seal()
	}
	return out
}

func keyed(texts ...string) []Block {
	out := sealed(texts...)
	for i := range out {
		out[i].Key = BlockKey(fmt.Sprint(i))
	}
	return out
}

func TestAssignKeys(t *testing.T) {
	const a, b, c = "one two three four five", "six seven eight nine ten", "alpha beta gamma delta epsilon"
	for _, tt := range []struct {
		name string
		old  []Block
		now  []Block
		want []BlockKey
	}{
		{"the same", keyed(a, b, c), sealed(a, b, c), []BlockKey{"0", "1", "2"}},
		{"one changed", keyed(a, b, c), sealed(a, "six seven eight nine eleven", c), []BlockKey{"0", "1", "2"}},
		{"one put in front", keyed(a, b), sealed("new words stand here now", a, b), []BlockKey{"r2.0", "0", "1"}},
		{"one taken away", keyed(a, b, c), sealed(a, c), []BlockKey{"0", "2"}},
		{"changed and put between", keyed(a, c), sealed(a, "quite another paragraph of words", "alpha beta gamma delta zeta"), []BlockKey{"0", "r2.1", "1"}},
		{"rewritten", keyed(a), sealed("nothing of it is left at all"), []BlockKey{"r2.0"}},
		{"twins", keyed(a, a), sealed(a, a), []BlockKey{"0", "1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assignKeys(tt.old, tt.now, 2)
			var got []BlockKey
			for _, b := range tt.now {
				got = append(got, b.Key)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("keys, want to got:\n%s", diff)
			}
		})
	}
}

// TestKeysAreUnique: whatever happens to a text, no two blocks of a revision have one key, and equal blocks that stand in
// the same order keep theirs.
func TestKeysAreUnique(t *testing.T) {
	words := []string{"one", "two", "three", "four", "five"}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		old := keyed(rapid.SliceOfN(text, 0, 8).Draw(t, "old")...)
		now := sealed(rapid.SliceOfN(text, 0, 8).Draw(t, "now")...)
		assignKeys(old, now, 2)
		var seen []BlockKey
		for _, b := range now {
			if b.Key == "" || slices.Contains(seen, b.Key) {
				t.Fatalf("key %q stands twice or is empty: %v", b.Key, now)
			}
			seen = append(seen, b.Key)
		}
		if digestOf(old) == digestOf(now) {
			for i := range old {
				if old[i].Key != now[i].Key {
					t.Fatalf("nothing changed, yet block %d went from %s to %s", i, old[i].Key, now[i].Key)
				}
			}
		}
	})
}
