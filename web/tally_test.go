package web

import (
	"context"
	"errors"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// counted is a copy of what was counted since the last write.
func (t *tally[K]) counted() map[K]int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.counts)
}

// What could not be written is written the next time, with what came between; one thing too many is not counted.
func TestTally(t *testing.T) {
	c := newTally[string](2)
	c.add("a", 1)
	c.add("b", 2)
	c.add("c", 1)
	fault := errors.New("no database")
	err := c.write(t.Context(), func(context.Context, map[string]int64) error {
		c.add("a", 1)
		return fault
	})
	if !errors.Is(err, fault) {
		t.Fatalf("got %v, want %v", err, fault)
	}
	var got map[string]int64
	take := func(_ context.Context, counts map[string]int64) error {
		if len(counts) == 0 {
			t.Error("nothing was written")
		}
		got = counts
		return nil
	}
	if err := c.write(t.Context(), take); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int64{"a": 2, "b": 2}, got); diff != "" {
		t.Error(diff)
	}
	if err := c.write(t.Context(), take); err != nil {
		t.Fatal(err)
	}
}
