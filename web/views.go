package web

import (
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"colophon/translations"
)

// viewCounter counts how often the pages of articles are read. Counts are gathered here and written many at a time by
// Server.Run; a crash loses the last few seconds of them.
type viewCounter struct {
	*tally[translations.Viewed]
	visits *visits
}

func newViewCounter(v *visits) *viewCounter { return &viewCounter{newTally[translations.Viewed](0), v} }

// saw counts an answered request for the page of an article, and says whether it was one to count; read is nil for other
// pages.
func (c *viewCounter) saw(r *http.Request, read *translations.Viewed) bool {
	if read == nil || !c.visits.isNew(r, *read) {
		return false
	}
	c.add(*read, 1)
	return true
}

// visits tells people apart from robots, reloads within half an hour, what a browser fetches ahead, and HEAD. Who reads
// what is not kept: a visitor is a hash of address and browser under a salt that lives in memory and is renewed every day,
// so it can be matched with nothing, today or later.
type visits struct {
	client func(*http.Request) string
	now    func() time.Time

	mu     sync.Mutex
	seed   maphash.Seed // the salt
	salted time.Time    // when it was made
	recent map[uint64]int64
	before map[uint64]int64 // recent of the half hour before
	turned time.Time        // when recent became before
}

// The bounds of counting.
const (
	reloadWindow = 30 * time.Minute
	saltLife     = 24 * time.Hour
	maxVisits    = 100_000 // remembered in each half hour; beyond it the memory of reloads is shorter
	flushViews   = 5 * time.Second
)

func newVisits(client func(*http.Request) string, now func() time.Time) *visits {
	return &visits{
		client: client, now: now, seed: maphash.MakeSeed(), salted: now(), turned: now(),
		recent: map[uint64]int64{}, before: map[uint64]int64{},
	}
}

// isNew says whether a request is a person's visit of an article that is to be counted, and remembers it.
func (c *visits) isNew(r *http.Request, read translations.Viewed) bool {
	if r.Method != http.MethodGet {
		return false
	}
	agent := r.Header["User-Agent"]
	if len(agent) == 0 {
		return false
	}
	client, now := c.client(r), c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn(now)
	var h maphash.Hash
	h.SetSeed(c.seed)
	_, _ = h.WriteString(client) // a hash never fails to write
	_, _ = h.WriteString("\n" + agent[0] + "\n" + read.Language)
	for n := uint64(read.Article); n > 0; n >>= 8 {
		_ = h.WriteByte(byte(n))
	}
	visit := h.Sum64()
	for _, visits := range []map[uint64]int64{c.recent, c.before} {
		if at, ok := visits[visit]; ok && now.UnixNano()-at < int64(reloadWindow) {
			return false
		}
	}
	if isAhead(r) {
		return false // fetched ahead: it counts when it is read, if it ever is
	}
	c.recent[visit] = now.UnixNano()
	return !isRobot(agent[0])
}

// turn renews the salt and forgets old visits when it is time.
func (c *visits) turn(now time.Time) {
	if now.Sub(c.salted) >= saltLife {
		c.seed, c.salted = maphash.MakeSeed(), now
		c.recent, c.before = map[uint64]int64{}, map[uint64]int64{}
	}
	if now.Sub(c.turned) >= reloadWindow || len(c.recent) >= maxVisits {
		c.before, c.recent, c.turned = c.recent, map[uint64]int64{}, now
	}
}

// isAhead says whether a browser fetches a page nobody has opened yet.
func isAhead(r *http.Request) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"} {
		if v := strings.ToLower(r.Header.Get(name)); strings.Contains(v, "prefetch") || strings.Contains(v, "preview") || strings.Contains(v, "prerender") {
			return true
		}
	}
	return false
}

// robots are parts of names that programs give themselves, in lower case.
var robots = []string{
	"bot", "crawl", "spider", "slurp", "archiver", "feed", "rss", "monitor", "preview", "headless", "lighthouse", "pagespeed",
	"facebookexternalhit", "whatsapp", "telegram", "skype", "embed", "scrap", "fetch", "check", "scan", "curl", "wget", "python", "java/",
	"go-http-client", "okhttp", "libwww", "perl", "ruby", "php", "axios", "node", "httpx", "aiohttp", "postman", "insomnia", "phantom",
	"selenium", "playwright", "puppeteer",
}

// isRobot says whether a browser says of itself that it is none. Every browser people use calls itself Mozilla or Opera.
func isRobot(agent string) bool {
	lower := strings.ToLower(agent)
	if !strings.HasPrefix(lower, "mozilla/") && !strings.HasPrefix(lower, "opera/") {
		return true
	}
	for _, name := range robots {
		if strings.Contains(lower, name) {
			return true
		}
	}
	return false
}

// writeCounts writes the views and the places that were counted since the last time.
func (s *Server) writeCounts(ctx context.Context) error {
	if s.Desk == nil {
		return nil
	}
	return errors.Join(s.views.write(ctx, s.Desk.AddViews), s.leads.write(ctx, s.Desk.AddLeads))
}

// Run does what the server does beside answering, until ctx ends: it writes counted views every few seconds, and once
// more at the end, and looks for the terms of new outlets. Start it with the server, and end it after the last request.
func (s *Server) Run(ctx context.Context) {
	var looking sync.WaitGroup
	defer looking.Wait()
	looking.Go(func() { s.runLooks(ctx) })
	tick := time.NewTicker(flushViews)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := s.writeCounts(ctx); err != nil && !errors.Is(err, context.Canceled) {
				s.Log.LogAttrs(ctx, slog.LevelWarn, "views were not written", slog.String("error", err.Error()))
			}
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushViews)
			defer cancel()
			if err := s.writeCounts(last); err != nil {
				s.Log.LogAttrs(last, slog.LevelError, "views were lost", slog.String("error", err.Error()))
			}
			return
		}
	}
}
