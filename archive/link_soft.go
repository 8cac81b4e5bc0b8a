package archive

import (
	"context"
	"crypto/rand"
	"net/url"
	"path"

	"colophon/archive/ingest"
)

// examine looks at what stands at an address that answered, since sites say with success that a page is not there. It
// returns the page where nothing on it says so. What cannot be had leaves the check as it is.
func (c *LinkCheck) examine(ctx context.Context, p Prober) ingest.Page {
	f, ok := p.(Fetcher)
	if !ok || c.Outcome != LinkAnswered && c.Outcome != LinkElsewhere {
		return ingest.Page{}
	}
	got, err := f.Fetch(ctx, c.FinalURL, ingest.FetchOptions{})
	if err != nil {
		return ingest.Page{}
	}
	page := ingest.Page{URL: got.FinalURL, Header: got.Header, Body: got.Body}
	switch ingest.Absent(got.Status, page) {
	case ingest.NotFound, ingest.Front, ingest.Anything:
		c.Outcome = LinkMissing
	case ingest.Maintenance, ingest.Broken:
		c.Outcome = LinkFailed
	case ingest.Challenge, ingest.Consent:
		c.Outcome = LinkRefused
	case ingest.Present, ingest.Blank: // what scripts draw is not seen
		return page
	}
	return ingest.Page{}
}

// compareWithAnything asks each outlet, once in a run, for an address that nobody can have: a site that answers with
// success shows what it says in the place of a page, and pages that say the same are not there.
func compareWithAnything(ctx context.Context, f Fetcher, arts []articleRow, checks []LinkCheck, pages []ingest.Page) {
	said := map[int64]ingest.Page{}
	for i, art := range arts {
		if len(pages[i].Body) == 0 || ctx.Err() != nil {
			continue
		}
		page, asked := said[art.SourceID]
		if !asked {
			if got, err := f.Fetch(ctx, nowhere(pages[i].URL), ingest.FetchOptions{}); err == nil {
				page = ingest.Page{URL: got.FinalURL, Header: got.Header, Body: got.Body}
			}
			said[art.SourceID] = page
		}
		if len(page.Body) > 0 && ingest.Likeness(page, pages[i]) >= likeFront {
			checks[i].Outcome = LinkMissing
		}
	}
}

// nowhere is an address beside a page's own that nothing can stand at.
func nowhere(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path, u.RawPath, u.RawQuery, u.Fragment = path.Join("/", path.Dir(u.Path), "colophon-"+rand.Text()), "", "", ""
	return u.String()
}
