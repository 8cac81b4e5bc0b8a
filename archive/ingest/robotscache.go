package ingest

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"colophon/archive/fault"
)

// How long rules are believed (RFC 9309 §2.4 allows a day), and for how long it is believed that they cannot be had.
const (
	robotsLife        = 12 * time.Hour
	robotsFailureLife = 5 * time.Minute
	maxRobotsHosts    = 1024
	maxRobotsHops     = 5 // redirects, RFC 9309 §2.3.1.2
	robotsTimeout     = 10 * time.Second
)

// robotsCache remembers the rules of hosts.
type robotsCache struct {
	mu    sync.Mutex
	rules map[string]cachedRobots
}

type cachedRobots struct {
	robots
	expires time.Time
}

// rules are the robots rules for the host of an address. Whoever calls holds the host's gate, so that nobody asks for the
// same file twice. The error is the caller's context's or the guard's; a file that cannot be had is an answer.
func (f *Fetcher) rules(ctx context.Context, page *url.URL) (robots, error) {
	origin := page.Scheme + "://" + page.Host
	f.robots.mu.Lock()
	known, ok := f.robots.rules[origin]
	f.robots.mu.Unlock()
	now := time.Now()
	if ok && now.Before(known.expires) {
		return known.robots, nil
	}
	rules, err := f.fetchRobots(ctx, &url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"})
	if err != nil {
		return robots{}, err
	}
	life := robotsLife
	if rules.none {
		life = robotsFailureLife
	}
	f.robots.keep(origin, cachedRobots{rules, now.Add(life)})
	return rules, nil
}

// refusal is the fault for a page the rules do not allow.
func (r *robots) refusal(page *url.URL) error {
	id := "fault.fetch.robots"
	if r.none {
		id = "fault.fetch.norobots"
	}
	return fault.New(fault.ErrForbidden, id, fault.Data{"Host": clip(page.Host, 100)})
}

// keep stores rules, making room where there is none.
func (c *robotsCache) keep(origin string, rules cachedRobots) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rules == nil {
		c.rules = make(map[string]cachedRobots)
	}
	for name := range c.rules {
		if len(c.rules) < maxRobotsHosts {
			break
		}
		delete(c.rules, name)
	}
	c.rules[origin] = rules
}

// fetchRobots reads one robots.txt with limits of its own. 4xx and too many redirects allow everything, 5xx nothing (RFC
// 9309 §2.3.1). Where the host cannot be reached at all, the error says why, and the page could not be had either.
func (f *Fetcher) fetchRobots(ctx context.Context, target *url.URL) (robots, error) {
	ctx, cancel := context.WithTimeout(ctx, robotsTimeout)
	defer cancel()
	for range maxRobotsHops + 1 {
		if err := f.guard.allowed(ctx, target); err != nil {
			return robots{}, err
		}
		request, err := f.request(ctx, target)
		if err != nil {
			return robots{}, err
		}
		response, err := f.client.Do(request)
		if err != nil {
			return robots{}, err
		}
		rules, next := f.robotsAnswer(target, response)
		if next == nil {
			return rules, nil
		}
		target = next
	}
	return robots{}, nil
}

// robotsAnswer reads one answer: the rules, or the address to ask instead.
func (f *Fetcher) robotsAnswer(target *url.URL, response *http.Response) (robots, *url.URL) {
	defer response.Body.Close()
	switch status := response.StatusCode; {
	case status >= 200 && status < 300:
		raw, err := io.ReadAll(io.LimitReader(response.Body, maxRobots))
		if err != nil {
			return robots{none: true}, nil
		}
		text, err := unpack(raw, strings.Join(response.Header.Values("Content-Encoding"), ","), maxRobots, f.settings.MaxRatio)
		if err != nil {
			return robots{none: true}, nil
		}
		return readRobots(text, strings.ToLower(product)), nil
	case status >= 300 && status < 400:
		to, err := target.Parse(response.Header.Get("Location"))
		if err != nil {
			return robots{}, nil
		}
		if to, err = readAddress(to.String()); err != nil {
			return robots{}, nil
		}
		return robots{}, to
	case status >= 500:
		return robots{none: true}, nil
	default:
		return robots{}, nil
	}
}
