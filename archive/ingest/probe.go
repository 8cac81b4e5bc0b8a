package ingest

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"time"

	"golang.org/x/net/publicsuffix"

	"colophon/archive/fault"
)

// Probed is what asking for a page brought, without the page.
type Probed struct {
	URL       string // as asked for
	FinalURL  string // that answered in the end
	Redirects []Hop
	Status    int // of the last answer; 0: none
	At        time.Time
}

// Probe asks whether a page is there: by HEAD, and where that is not answered well, as many servers do not, by GET, of which
// nothing is read. It is as polite as Fetch, keeps robots.txt, and goes where Fetch goes. Its errors are Fetch's; the Probed
// then holds what was learnt on the way.
func (f *Fetcher) Probe(ctx context.Context, address string) (Probed, error) {
	got, err := f.probe(ctx, address, http.MethodHead)
	if err == nil || ctx.Err() != nil || errors.Is(err, fault.ErrForbidden) || errors.Is(err, fault.ErrInvalid) {
		return got, err
	}
	if id, _, ok := fault.Message(err); ok && (id == "fault.fetch.dns" || id == "fault.fetch.busy" || id == "fault.fetch.connect") {
		return got, err // another method would fare no better
	}
	return f.probe(ctx, address, http.MethodGet)
}

func (f *Fetcher) probe(ctx context.Context, address, method string) (Probed, error) {
	out := Probed{URL: address, At: time.Now().UTC()}
	target, err := readAddress(address)
	if err != nil {
		return out, err
	}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return out, err
	}
	v := &visit{Fetcher: f, jar: jar, left: f.settings.Timeout, seen: map[string]bool{}, skim: method}
	var got Fetched
	for target != nil && err == nil {
		target, err = v.step(ctx, target, &got)
	}
	out.FinalURL, out.Redirects, out.Status = got.FinalURL, got.Redirects, got.Status
	return out, err
}
