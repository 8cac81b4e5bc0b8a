package ingest

import (
	"context"
	"sync"
	"time"
)

// politeness keeps requests to one host one at a time and apart from each other.
type politeness struct {
	mu    sync.Mutex
	hosts map[string]*gate
}

// gate is the way to one host. Whoever holds the token may ask.
type gate struct {
	token   chan struct{}
	users   int       // who holds or waits for the token; guarded by politeness.mu
	next    time.Time // when the next request may start; guarded by the token
	expires time.Time // after this the gate is as good as a new one; guarded by politeness.mu
}

// maxGates bounds how many idle gates are remembered.
const maxGates = 1024

// enter waits for its turn and until the host's delay has passed, and returns the function that ends the turn, which must
// be called once with the delay before the next one. It fails only with ctx's error.
func (p *politeness) enter(ctx context.Context, host string) (leave func(delay time.Duration), err error) {
	g := p.join(host)
	select {
	case <-g.token:
	case <-ctx.Done():
		p.part(g)
		return nil, ctx.Err()
	}
	leave = func(delay time.Duration) {
		g.next = time.Now().Add(delay)
		p.mu.Lock()
		g.expires = g.next
		p.mu.Unlock()
		g.token <- struct{}{}
		p.part(g)
	}
	wait := time.NewTimer(time.Until(g.next))
	defer wait.Stop()
	select {
	case <-wait.C:
		return leave, nil
	case <-ctx.Done():
		g.token <- struct{}{}
		p.part(g)
		return nil, ctx.Err()
	}
}

// join counts one more user of a host's gate, making it where there is none.
func (p *politeness) join(host string) *gate {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hosts == nil {
		p.hosts = make(map[string]*gate)
	}
	if len(p.hosts) >= maxGates {
		now := time.Now()
		for name, g := range p.hosts {
			if g.users == 0 && now.After(g.expires) {
				delete(p.hosts, name)
			}
		}
	}
	g := p.hosts[host]
	if g == nil {
		g = &gate{token: make(chan struct{}, 1)}
		g.token <- struct{}{}
		p.hosts[host] = g
	}
	g.users++
	return g
}

// part counts one user less.
func (p *politeness) part(g *gate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g.users--
}
