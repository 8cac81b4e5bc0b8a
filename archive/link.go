package archive

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// LinkState is what the checks of an original's address come to.
type LinkState string

// The states.
const (
	LinkUnknown  LinkState = ""         // never checked
	LinkAlive    LinkState = "alive"    // it answers
	LinkMoved    LinkState = "moved"    // it answers at another address
	LinkFailing  LinkState = "failing"  // it did not answer, but not yet long enough to be called dead
	LinkDoubtful LinkState = "doubtful" // it answers, but not with the page: probably gone, not yet long enough to be called dead
	LinkDead     LinkState = "dead"     // see LinkHealth.After
	LinkClosed   LinkState = "closed"   // the outlet does not let us ask: nothing is known
)

// LinkOutcome is what one check found.
type LinkOutcome string

// The outcomes.
const (
	LinkAnswered  LinkOutcome = "alive"
	LinkElsewhere LinkOutcome = "moved"
	LinkSoft      LinkOutcome = "soft"    // in the article's place the outlet shows its front page: a 404 that does not say so
	LinkMissing   LinkOutcome = "missing" // it answers with success, and says that the page is not there, or what it says to any address
	LinkGone      LinkOutcome = "gone"    // 404, 410
	LinkFailed    LinkOutcome = "failed"  // no answer, or an error of the server
	LinkRefused   LinkOutcome = "refused" // robots.txt, 401, 403, 429: says nothing about the page
)

// Fails says whether an outcome counts towards the death of a link.
func (o LinkOutcome) Fails() bool {
	return o == LinkSoft || o == LinkMissing || o == LinkGone || o == LinkFailed
}

// LinkHealth is how the address of an original is.
type LinkHealth struct {
	Article      ArticleID
	Source       SourceID
	State        LinkState
	Since        time.Time // of the state
	Failures     int       // in a row
	FirstFailure time.Time // of that row
	Checked      time.Time // zero: never
	Next         time.Time
}

// Dead says whether readers are led to our capture instead.
func (h LinkHealth) Dead() bool { return h.State == LinkDead }

// The rule of death, and how often an address is asked for.
const (
	deathFailures = 3                  // in a row, nothing else between them
	deathSpan     = 3 * 24 * time.Hour // from the first to the last of them: a site that is away for a weekend comes back

	everyAlive   = 7 * 24 * time.Hour
	everyFailing = 24 * time.Hour
	everyDead    = 3 * 24 * time.Hour // it may live again
	everyClosed  = 14 * 24 * time.Hour
)

// After is the health after one more check. A link is dead after three failures in a row of which the last came at least
// three days after the first; one answer makes it alive again. What was refused changes nothing: an outlet that does not
// let us ask may well show the page to readers.
func (h LinkHealth) After(o LinkOutcome, at time.Time) LinkHealth {
	state := h.State
	switch {
	case o == LinkAnswered || o == LinkElsewhere:
		h.Failures, h.FirstFailure = 0, time.Time{}
		if state = LinkAlive; o == LinkElsewhere {
			state = LinkMoved
		}
	case o.Fails():
		if h.Failures++; h.Failures == 1 {
			h.FirstFailure = at
		}
		if h.Failures >= deathFailures && at.Sub(h.FirstFailure) >= deathSpan {
			state = LinkDead
		} else if state != LinkDead {
			if state = LinkFailing; o == LinkMissing {
				state = LinkDoubtful
			}
		}
	case state == LinkUnknown:
		state = LinkClosed
	}
	if state != h.State || h.Since.IsZero() {
		h.State, h.Since = state, at
	}
	h.Checked = at
	pause := everyAlive
	switch {
	case o == LinkRefused:
		pause = everyClosed
	case state == LinkFailing || state == LinkDoubtful:
		pause = everyFailing
	case state == LinkDead:
		pause = everyDead
	}
	h.Next = at.Add(pause)
	return h
}

// LinkCheck is what one or more checks in a row found alike.
type LinkCheck struct {
	At, Last time.Time // the first and the last of them
	Times    int
	Status   int // of HTTP; 0: no answer
	Outcome  LinkOutcome
	FinalURL string
	Fault    string // message ID of why there was no answer
}

// Prober asks whether pages are there; *ingest.Fetcher does.
type Prober interface {
	Probe(ctx context.Context, address string) (ingest.Probed, error)
}

// judge says what an answer means for the address that was asked for.
func judge(address string, got ingest.Probed, err error) LinkCheck {
	c := LinkCheck{Times: 1, Status: got.Status, FinalURL: got.FinalURL, Outcome: LinkFailed}
	id, _, _ := fault.Message(err)
	c.Fault = id
	switch {
	case err == nil && samePage(address, got.FinalURL):
		c.Outcome = LinkAnswered
	case err == nil && isFront(got.FinalURL) && !isFront(address):
		c.Outcome = LinkSoft
	case err == nil:
		c.Outcome = LinkElsewhere
	case errors.Is(err, fault.ErrNotFound):
		c.Outcome = LinkGone
	case id == "fault.fetch.norobots": // the server does not even give its robots.txt
	case errors.Is(err, fault.ErrForbidden), errors.Is(err, fault.ErrInvalid), id == "fault.fetch.denied", id == "fault.fetch.busy":
		c.Outcome = LinkRefused
	}
	return c
}

func samePage(a, b string) bool {
	x, err := Normalise(a)
	y, other := Normalise(b)
	return err == nil && other == nil && x == y
}

// isFront says whether an address is that of a front page, or of an error page: what a site shows when it does not want
// to say that a page is gone.
func isFront(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.ToLower(strings.Trim(u.Path, "/"))
	if u.RawQuery != "" && path == "" {
		return false // ?p=17 is how some sites name their articles
	}
	switch path {
	case "", "index.html", "index.htm", "index.php", "home", "main", "404", "404.html", "404.php", "not-found", "notfound", "page-not-found", "error":
		return true
	}
	return !strings.Contains(path, "/") && (len(path) == 2 || len(path) == 3 || len(path) == 5 && path[2] == '-') // a language
}
