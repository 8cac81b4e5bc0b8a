package web

import (
	"context"
	"sync"
)

// tally counts things between two writes to the database. It is for any number of goroutines.
type tally[K comparable] struct {
	most int // how many different things it counts; 0: as many as there are

	mu     sync.Mutex
	counts map[K]int64
}

func newTally[K comparable](most int) *tally[K] { return &tally[K]{most: most, counts: map[K]int64{}} }

// add counts a thing n times more. One too many is not counted.
func (t *tally[K]) add(thing K, n int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.counts[thing]; ok || t.most == 0 || len(t.counts) < t.most {
		t.counts[thing] += n
	}
}

// write hands over what was counted and begins anew. Where write fails, the counts are kept for the next time.
func (t *tally[K]) write(ctx context.Context, write func(context.Context, map[K]int64) error) error {
	t.mu.Lock()
	counts := t.counts
	t.counts = map[K]int64{}
	t.mu.Unlock()
	if len(counts) == 0 {
		return nil
	}
	err := write(ctx, counts)
	if err != nil {
		for thing, n := range counts {
			t.add(thing, n)
		}
	}
	return err
}
