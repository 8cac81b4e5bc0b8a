package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/database/databasetest"
	"colophon/archive/fault"
)

// held is leases in memory, by the same rules as the archive's.
type held struct {
	mu   sync.Mutex
	jobs map[string]*archive.Job
	by   map[string]string
	fail error // what every renewal answers, if not nil
}

func newHeld() *held { return &held{jobs: map[string]*archive.Job{}, by: map[string]string{}} }

func (h *held) Now() time.Time { return time.Now() }

func (h *held) ClaimJob(_ context.Context, name, holder string, until time.Time) (bool, time.Time, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	j := h.jobs[name]
	if j == nil {
		j = &archive.Job{Name: name}
		h.jobs[name] = j
	}
	if now := time.Now(); j.DueAt.After(now) || j.HeldUntil.After(now) {
		if j.DueAt.After(j.HeldUntil) {
			return false, j.DueAt, nil
		}
		return false, j.HeldUntil, nil
	}
	j.HeldUntil, j.StartedAt, h.by[name] = until, time.Now(), holder
	return true, time.Time{}, nil
}

func (h *held) RenewJob(_ context.Context, name, holder string, until time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail != nil {
		return h.fail
	}
	if h.by[name] != holder {
		return fault.New(fault.ErrConflict, "fault.job.taken", nil)
	}
	h.jobs[name].HeldUntil = until
	return nil
}

func (h *held) EndJob(_ context.Context, name, holder string, due time.Time, failure error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by[name] != holder {
		return fault.New(fault.ErrConflict, "fault.job.taken", nil)
	}
	j := h.jobs[name]
	j.HeldUntil, j.DueAt, j.EndedAt, j.Failure = time.Time{}, due, time.Now(), ""
	if failure != nil {
		j.Failure = failure.Error()
	}
	return nil
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// TestJobs: two processes share a job and do it one at a time, about as often as it asks for; one that runs long is kept
// hold of; failing and panicking ends a run and nothing else; the end of the process ends a run at once.
func TestJobs(t *testing.T) {
	t.Run("shared", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			l := newHeld()
			var mu sync.Mutex
			runs, at := 0, 0
			list := []job{{"read", time.Hour, func(ctx context.Context) error {
				mu.Lock()
				runs, at = runs+1, at+1
				if at > 1 {
					t.Error("two at once")
				}
				mu.Unlock()
				pause(ctx, 10*time.Minute) // longer than a lease
				mu.Lock()
				at--
				mu.Unlock()
				return nil
			}}, {"never", 0, func(context.Context) error { t.Error("ran"); return nil }}}
			var both sync.WaitGroup
			for range 2 {
				both.Go(func() { runJobs(ctx, l, quiet, list) })
			}
			time.Sleep(24 * time.Hour)
			stop()
			both.Wait()
			if runs < 18 || runs > 24 { // an hour after the end of the run before, give or take
				t.Errorf("%d runs in a day, want about 20", runs)
			}
		})
	})
	t.Run("failing", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 5*time.Hour)
			defer stop()
			l := newHeld()
			runs := map[string]int{}
			var mu sync.Mutex
			count := func(name string) {
				mu.Lock()
				defer mu.Unlock()
				runs[name]++
			}
			runJobs(ctx, l, quiet, []job{
				{"fails", time.Hour, func(context.Context) error { count("fails"); return errors.New("no way") }},
				{"panics", time.Hour, func(context.Context) error { count("panics"); panic("no way") }},
			})
			for _, name := range []string{"fails", "panics"} {
				if runs[name] < 4 || l.jobs[name].Failure == "" || !l.jobs[name].HeldUntil.IsZero() {
					t.Errorf("%s: %d runs, then %+v", name, runs[name], l.jobs[name])
				}
			}
		})
	})
	t.Run("stopped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), time.Hour)
			defer stop()
			l := newHeld()
			runJobs(ctx, l, quiet, []job{{"waits", 10 * time.Minute, func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			}}})
			if j := l.jobs["waits"]; !j.HeldUntil.IsZero() || j.DueAt.After(time.Now()) || j.Failure != "" {
				t.Errorf("cut short, and left %+v; want given back, due and without blame", j)
			}
		})
	})
	t.Run("lost", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 20*time.Minute)
			defer stop()
			l := newHeld()
			l.fail = fault.New(fault.ErrConflict, "fault.job.taken", nil)
			var ended time.Duration
			start := time.Now()
			runJobs(ctx, l, quiet, []job{{"waits", 10 * time.Minute, func(ctx context.Context) error {
				<-ctx.Done()
				if ended == 0 {
					ended = time.Since(start)
				}
				return ctx.Err()
			}}})
			if ended == 0 || ended > 2*jobLease {
				t.Errorf("the run whose claim was lost ended after %v", ended)
			}
		})
	})
}

// TestJobClaims holds the archive's claims to their rules, on both engines.
func TestJobClaims(t *testing.T) {
	databasetest.Engines(t, func(t *testing.T, s database.Settings) {
		db, blobs := databasetest.Open(t, s)
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		a, err := archive.Open(t.Context(), db, blobs, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		claim := func(holder string) (bool, time.Time) {
			t.Helper()
			ok, next, err := a.ClaimJob(ctx, "read", holder, now.Add(jobLease))
			if err != nil {
				t.Fatal(err)
			}
			return ok, next
		}
		// Of many that ask at once, one has it.
		var wins sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				ok, _, err := a.ClaimJob(ctx, "race", string(rune('a'+i)), now.Add(jobLease))
				if err != nil {
					t.Error(err)
				}
				if ok {
					wins.Store(i, true)
				}
			})
		}
		all.Wait()
		count := 0
		wins.Range(func(any, any) bool { count++; return true })
		if count != 1 {
			t.Errorf("%d have the job, want 1", count)
		}

		if ok, _ := claim("one"); !ok {
			t.Fatal("a new job is not to be had")
		}
		if ok, next := claim("two"); ok || !next.Equal(now.Add(jobLease)) {
			t.Errorf("held by one: two has it %v, ask again at %v", ok, next)
		}
		now = now.Add(time.Minute)
		if err := a.RenewJob(ctx, "read", "one", now.Add(jobLease)); err != nil {
			t.Error(err)
		}
		now = now.Add(jobLease + time.Second) // one has died
		if ok, _ := claim("two"); !ok {
			t.Error("two does not have what one let go of")
		}
		if err := a.RenewJob(ctx, "read", "one", now.Add(jobLease)); !errors.Is(err, fault.ErrConflict) {
			t.Errorf("one renews what two holds: %v", err)
		}
		due := now.Add(time.Hour)
		if err := a.EndJob(ctx, "read", "two", due, errors.New("no way")); err != nil {
			t.Error(err)
		}
		if ok, next := claim("one"); ok || !next.Equal(due) {
			t.Errorf("before it is due: %v, ask again at %v, want %v", ok, next, due)
		}
		jobs, err := a.Jobs(ctx)
		if err != nil || len(jobs) != 2 || jobs[1].Failure != "no way" || !jobs[1].HeldUntil.IsZero() || !jobs[1].DueAt.Equal(due) {
			t.Errorf("jobs %+v, %v", jobs, err)
		}
	})
}
