package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"runtime/debug"
	"sync"
	"time"

	"colophon/archive/fault"
)

// job is a piece of work "serve" does in the background: do, about every so often. do is bounded in itself, ends soon
// once its context ends, and an error it returns is logged and kept; the next run is due as after a good one.
type job struct {
	name  string // under which processes share it; never change one
	every time.Duration
	do    func(ctx context.Context) error
}

// leases lets one process at a time do a job; an *archive.Archive is one.
type leases interface {
	Now() time.Time
	ClaimJob(ctx context.Context, name, holder string, until time.Time) (claimed bool, next time.Time, err error)
	RenewJob(ctx context.Context, name, holder string, until time.Time) error
	EndJob(ctx context.Context, name, holder string, due time.Time, failure error) error
}

// How a job is held. A process that dies keeps its jobs from others for jobLease at most.
const (
	jobLease  = 2 * time.Minute
	jobRenew  = jobLease / 4
	jobAsk    = 5 * time.Minute // the longest time until a job that another process holds or held is asked for again
	jobRetry  = 30 * time.Second
	jobJitter = 10 // the pause between two runs is off by up to one part in so many
)

// runJobs does the jobs until ctx ends, each beside the others, and returns once none runs any longer. Processes on one
// database share them: a job that is due is done by whoever claims it first.
func runJobs(ctx context.Context, l leases, log *slog.Logger, jobs []job) {
	var all sync.WaitGroup
	for _, j := range jobs {
		if j.every <= 0 {
			continue
		}
		w := worker{job: j, leases: l, log: log.With("job", j.name), holder: rand.Text()}
		all.Go(func() { w.run(ctx) })
	}
	all.Wait()
}

// worker does one job for this process.
type worker struct {
	job
	leases leases
	log    *slog.Logger
	holder string
}

func (w worker) run(ctx context.Context) {
	wait := jittered(min(w.every, jobRetry)) // not all at the start, where people wait for their first page
	for pause(ctx, wait) {
		claimed, next, err := w.leases.ClaimJob(ctx, w.name, w.holder, w.leases.Now().Add(jobLease))
		switch {
		case err != nil:
			if ctx.Err() == nil {
				w.log.Error("claim", "error", err)
			}
			wait = jittered(jobRetry)
		case !claimed:
			wait = min(max(next.Sub(w.leases.Now()), time.Second), jobAsk)
		default:
			wait = w.once(ctx)
		}
	}
}

// once runs the claimed job, holding it meanwhile, and returns the pause before the next run.
func (w worker) once(ctx context.Context) time.Duration {
	start := w.leases.Now()
	running, stop := context.WithCancelCause(ctx)
	var holding sync.WaitGroup
	holding.Go(func() { w.hold(running, stop) })
	err := w.safely(running)
	taken := errors.Is(context.Cause(running), fault.ErrConflict)
	stop(nil)
	holding.Wait()
	every := jittered(w.every)
	if taken {
		w.log.Warn("lost to another process while it ran")
		return every
	}
	due := w.leases.Now().Add(every)
	if ctx.Err() != nil { // cut short by the end of the process: whoever comes next does it
		due, err = w.leases.Now(), nil
	}
	if err != nil {
		w.log.Error("failed", "error", err)
	} else {
		w.log.Debug("done", "took", w.leases.Now().Sub(start))
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := w.leases.EndJob(end, w.name, w.holder, due, err); err != nil {
		w.log.Error("give back", "error", err)
	}
	return every
}

// hold renews the claim until ctx ends. A claim that is lost ends the run: two processes must not do one job. A database
// that does not answer is asked again; meanwhile the claim may run out, and the next answer says so.
func (w worker) hold(ctx context.Context, stop context.CancelCauseFunc) {
	for pause(ctx, jobRenew) {
		err := w.leases.RenewJob(ctx, w.name, w.holder, w.leases.Now().Add(jobLease))
		if errors.Is(err, fault.ErrConflict) {
			stop(err)
			return
		}
		if err != nil && ctx.Err() == nil {
			w.log.Warn("renew", "error", err)
		}
	}
}

// safely runs the job; a panic of it is its error and not the end of the process.
func (w worker) safely(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
			w.log.Error("panic", "value", p, "stack", string(debug.Stack()))
		}
	}()
	return w.do(ctx)
}

// jittered is d, longer or shorter by up to a jobJitter-th of it, so that processes and hosts are not asked in step.
func jittered(d time.Duration) time.Duration {
	span := int64(d / jobJitter)
	if span <= 0 {
		return d
	}
	n, err := rand.Int(rand.Reader, big.NewInt(2*span))
	if err != nil {
		return d
	}
	return d - time.Duration(span) + time.Duration(n.Int64())
}

// pause waits; false: ctx has ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
