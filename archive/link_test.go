package archive

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/database"
	"colophon/archive/database/databasetest"
	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// TestLinkRule: a link is dead after three failures in a row over three days, and lives again by one answer.
func TestLinkRule(t *testing.T) {
	start := time.Date(2025, 9, 1, 6, 0, 0, 0, time.UTC)
	type step struct {
		after   time.Duration
		outcome LinkOutcome
		want    LinkState
		next    time.Duration
	}
	const day = 24 * time.Hour
	for name, steps := range map[string][]step{
		"alive":                   {{0, LinkAnswered, LinkAlive, 7 * day}, {7 * day, LinkElsewhere, LinkMoved, 7 * day}},
		"away for two days":       {{0, LinkAnswered, LinkAlive, 7 * day}, {day, LinkFailed, LinkFailing, day}, {2 * day, LinkFailed, LinkFailing, day}, {3 * day, LinkAnswered, LinkAlive, 7 * day}},
		"gone":                    {{0, LinkGone, LinkFailing, day}, {day, LinkGone, LinkFailing, day}, {2 * day, LinkSoft, LinkFailing, day}, {3 * day, LinkFailed, LinkDead, 3 * day}, {6 * day, LinkGone, LinkDead, 3 * day}, {9 * day, LinkAnswered, LinkAlive, 7 * day}},
		"often within an hour":    {{0, LinkGone, LinkFailing, day}, {time.Minute, LinkGone, LinkFailing, day}, {time.Hour, LinkGone, LinkFailing, day}, {2 * time.Hour, LinkGone, LinkFailing, day}},
		"twice, however far":      {{0, LinkGone, LinkFailing, day}, {30 * day, LinkGone, LinkFailing, day}, {31 * day, LinkGone, LinkDead, 3 * day}},
		"a row that is broken":    {{0, LinkGone, LinkFailing, day}, {2 * day, LinkAnswered, LinkAlive, 7 * day}, {4 * day, LinkGone, LinkFailing, day}, {5 * day, LinkGone, LinkFailing, day}},
		"we may not ask":          {{0, LinkRefused, LinkClosed, 14 * day}, {14 * day, LinkRefused, LinkClosed, 14 * day}},
		"we may not ask any more": {{0, LinkAnswered, LinkAlive, 7 * day}, {7 * day, LinkRefused, LinkAlive, 14 * day}},
		"refused while it fails":  {{0, LinkFailed, LinkFailing, day}, {day, LinkRefused, LinkFailing, 14 * day}, {15 * day, LinkFailed, LinkFailing, day}, {16 * day, LinkFailed, LinkDead, 3 * day}, {19 * day, LinkRefused, LinkDead, 14 * day}},
	} {
		var h LinkHealth
		for i, s := range steps {
			at := start.Add(s.after)
			was := h
			h = h.After(s.outcome, at)
			if h.State != s.want || h.Next.Sub(at) != s.next {
				t.Errorf("%s, step %d: %s and again in %v, want %s in %v", name, i, h.State, h.Next.Sub(at), s.want, s.next)
			}
			if h.State != was.State != h.Since.Equal(at) && i > 0 {
				t.Errorf("%s, step %d: %s since %v, at %v it was %s", name, i, h.State, h.Since, at, was.State)
			}
		}
	}
}

func TestJudgeLink(t *testing.T) {
	const page = "https://valley.example/2025/rain"
	for _, c := range []struct {
		final string
		err   error
		want  LinkOutcome
	}{
		{page, nil, LinkAnswered},
		{"https://www.valley.example/2025/rain/?utm_source=x#top", nil, LinkAnswered},
		{"https://valley.example/archive/rain", nil, LinkElsewhere},
		{"https://valley.example/", nil, LinkSoft},
		{"https://valley.example/en/", nil, LinkSoft},
		{"https://valley.example/index.php", nil, LinkSoft},
		{"https://valley.example/404.html", nil, LinkSoft},
		{"https://parking.example/", nil, LinkSoft},
		{"https://valley.example/?p=17", nil, LinkElsewhere},
		{page, fault.New(fault.ErrNotFound, "fault.fetch.notfound", nil), LinkGone},
		{page, fault.New(fault.ErrUnavailable, "fault.fetch.dns", nil), LinkFailed},
		{page, fault.New(fault.ErrUnavailable, "fault.fetch.server", nil), LinkFailed},
		{page, fault.New(fault.ErrForbidden, "fault.fetch.norobots", nil), LinkFailed},
		{page, fault.New(fault.ErrForbidden, "fault.fetch.robots", nil), LinkRefused},
		{page, fault.New(fault.ErrUnavailable, "fault.fetch.denied", nil), LinkRefused},
		{page, fault.New(fault.ErrUnavailable, "fault.fetch.busy", nil), LinkRefused},
	} {
		if got := judge(page, ingest.Probed{FinalURL: c.final}, c.err).Outcome; got != c.want {
			t.Errorf("%s, %v: %s, want %s", c.final, c.err, got, c.want)
		}
	}
	if got := judge("https://valley.example/", ingest.Probed{FinalURL: "https://valley.example/en"}, nil).Outcome; got != LinkElsewhere {
		t.Errorf("the original is a front page: %s", got)
	}
}

// prober answers as its map says; what is not there cannot be reached.
type prober struct {
	mu    sync.Mutex
	pages map[string]error
	asked int
}

func (p *prober) Probe(_ context.Context, address string) (ingest.Probed, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	err, ok := p.pages[address]
	if !ok {
		return ingest.Probed{FinalURL: address}, fault.New(fault.ErrUnavailable, "fault.fetch.connect", nil)
	}
	got := ingest.Probed{FinalURL: address, Status: 200}
	if err != nil {
		got.Status = 404
	}
	return got, err
}

// TestCheckLinks: what is due is asked for and kept, alike checks are one line of history, and nothing is recorded where no
// host answers at all.
func TestCheckLinks(t *testing.T) {
	databasetest.Engines(t, func(t *testing.T, s database.Settings) {
		db, blobs := databasetest.Open(t, s)
		at := time.Date(2025, 9, 1, 6, 0, 0, 0, time.UTC)
		a, err := Open(t.Context(), db, blobs, func() time.Time { return at })
		if err != nil {
			t.Fatal(err)
		}
		var ids []ArticleID
		p := &prober{pages: map[string]error{}}
		for i := range 3 {
			address := fmt.Sprintf("https://paper%d.example/story", i)
			body := "<html lang=en><article><h1>A story of the valley</h1>" + strings.Repeat("<p>The river rose by a hand's breadth in one night, and nobody had seen that before, said the ferryman.</p>", 6) + "</article></html>"
			res, err := a.Ingest(t.Context(), Delivery{URL: address, Body: []byte(body)})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, res.Article.ID)
			p.pages[address] = nil
		}
		if err := a.WatchLinks(t.Context(), ids...); err != nil {
			t.Fatal(err)
		}
		run := func() []LinkTurn {
			t.Helper()
			due, err := a.LinksDue(t.Context(), 10)
			if err != nil {
				t.Fatal(err)
			}
			turns, err := a.CheckLinks(t.Context(), p, due...)
			if err != nil {
				t.Fatal(err)
			}
			return turns
		}
		if run(); p.asked != 3 {
			t.Fatalf("%d were asked for, want 3", p.asked)
		}
		if run(); p.asked != 3 {
			t.Fatal("what is not due was asked for again")
		}
		p.pages["https://paper1.example/story"] = fault.New(fault.ErrNotFound, "fault.fetch.notfound", nil)
		var died []LinkTurn
		for range 12 {
			at = at.Add(24 * time.Hour)
			died = append(died, run()...)
		}
		if len(died) != 1 || died[0] != (LinkTurn{ids[1], true}) {
			t.Errorf("died: %v, want article %d", died, ids[1])
		}
		lines, err := a.LinkChecks(t.Context(), ids[1], 10)
		if err != nil || len(lines) != 2 || lines[0].Outcome != LinkGone || lines[0].Times < 4 || lines[1].Outcome != LinkAnswered {
			t.Errorf("history %+v, %v", lines, err)
		}
		counts, err := a.LinksOf(t.Context(), 1, 2, 3)
		if err != nil || counts[2][LinkDead] != 1 || counts[1][LinkAlive] != 1 {
			t.Errorf("counts %v, %v", counts, err)
		}
		broken, err := a.BrokenLinks(t.Context(), 2, 10)
		if err != nil || len(broken) != 1 || broken[0].Article != ids[1] {
			t.Errorf("broken %v, %v", broken, err)
		}
		p.pages["https://paper1.example/story"] = nil
		at = at.Add(72 * time.Hour)
		if turns := run(); len(turns) != 1 || turns[0].Dead {
			t.Errorf("it answers again, and %v", turns)
		}

		p.pages = map[string]error{} // our own line is cut
		at = at.Add(8 * 24 * time.Hour)
		due, err := a.LinksDue(t.Context(), 10)
		if err != nil || len(due) != 3 {
			t.Fatalf("due: %v, %v", due, err)
		}
		if _, err := a.CheckLinks(t.Context(), p, due...); !errors.Is(err, ErrOffline) {
			t.Errorf("no host answers: %v", err)
		}
		if h, err := a.LinkHealth(t.Context(), ids[0]); err != nil || h.State != LinkAlive {
			t.Errorf("and yet %s was recorded (%v)", h.State, err)
		}
		if err := a.RestLinks(t.Context(), ids...); err != nil {
			t.Fatal(err)
		}
		if run(); p.asked > 40 {
			t.Errorf("%d were asked for", p.asked)
		}
		if err := a.WatchLinks(t.Context(), ids[0]); err != nil {
			t.Fatal(err)
		}
		if due, err := a.LinksDue(t.Context(), 10); err != nil || len(due) != 1 {
			t.Errorf("due again: %v, %v", due, err)
		}
	})
}

// paper is an outlet that answers everything with success.
type paper struct {
	mu    sync.Mutex
	pages map[string]string
	any   string // what it says to any other address; empty: 404
	asked map[string]int
}

func (p *paper) Probe(_ context.Context, address string) (ingest.Probed, error) {
	return ingest.Probed{FinalURL: address, Status: 200}, nil
}

func (p *paper) Fetch(_ context.Context, address string, _ ingest.FetchOptions) (ingest.Fetched, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked[address]++
	body, ok := p.pages[address]
	if !ok {
		body = p.any
	}
	if body == "" {
		return ingest.Fetched{}, fault.New(fault.ErrNotFound, "fault.fetch.notfound", nil)
	}
	return ingest.Fetched{URL: address, FinalURL: address, Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)}, nil
}

// TestSoftMissing: what an outlet shows in the place of a page that is gone is found by its words, or by what it says to any
// address, of which it is asked for one in a run; what only says that we may not look, or come back later, is neither.
func TestSoftMissing(t *testing.T) {
	onShelves(t, func(s *shelf) {
		story := func(n int) string {
			return fmt.Sprintf("<html lang=en><title>Story %d</title><article><h1>Story %d of the valley</h1>", n, n) + strings.Repeat(fmt.Sprintf("<p>The river rose by %d hands in one night, and nobody had seen that before, said the ferryman of house %d.</p>", n, n), 6) + "</article></html>"
		}
		p := &paper{pages: map[string]string{}, asked: map[string]int{}}
		p.any = "<html><title>Valley</title><h1>Valley</h1><p>Take a look at what our readers liked most this week: the mill, the bridge, the choir and the road along the river.</p>"
		address := func(n int) string { return fmt.Sprintf("https://valley.example/2025/story-%d", n) }
		var ids []ArticleID
		for n := range 5 {
			p.pages[address(n)] = story(n)
			res, err := s.archive.Ingest(s.Context(), Delivery{URL: address(n), Body: []byte(story(n))})
			s.must(err)
			ids = append(ids, res.Article.ID)
		}
		s.must(s.archive.WatchLinks(s.Context(), ids...))
		p.pages[address(1)] = "<html lang=ru><title>Страница не найдена</title><p>Вернитесь на главную страницу нашего сайта.</p>"
		delete(p.pages, address(2)) // the same words as for any address
		p.pages[address(3)] = "<html><title>Just a moment...</title><p>Checking your browser.</p>"
		p.pages[address(4)] = "<html><title>Site under maintenance</title><p>Back in an hour.</p>"
		_, err := s.archive.CheckLinks(s.Context(), p, ids...)
		s.must(err)
		health, err := s.archive.LinkHealths(s.Context(), ids...)
		s.must(err)
		var got []LinkState
		for _, id := range ids {
			got = append(got, health[id].State)
		}
		if diff := cmp.Diff([]LinkState{LinkAlive, LinkDoubtful, LinkDoubtful, LinkClosed, LinkFailing}, got); diff != "" {
			s.Errorf("(-want +got):\n%s", diff)
		}
		strange := 0
		for a, n := range p.asked {
			if strings.Contains(a, "colophon-") {
				strange += n
			}
		}
		if strange != 1 {
			s.Errorf("asked for %d addresses nobody can have, want 1: %v", strange, p.asked)
		}
		if broken, err := s.archive.BrokenLinks(s.Context(), 0, 10); err != nil || len(broken) != 3 {
			s.Errorf("broken: %v (%v)", broken, err)
		}
		for range 3 {
			s.now = s.now.Add(25 * time.Hour)
			_, err = s.archive.CheckLinks(s.Context(), p, ids...)
			s.must(err)
		}
		if h, err := s.archive.LinkHealth(s.Context(), ids[2]); err != nil || !h.Dead() {
			s.Errorf("after four days: %+v (%v), want it dead", h, err)
		}
	})
}
