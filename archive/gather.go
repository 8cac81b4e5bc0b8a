package archive

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"colophon/archive/ingest"
)

// Fetcher fetches a page; ingest.Fetcher is the one that stands between us and the web.
type Fetcher interface {
	Fetch(ctx context.Context, address string, options ingest.FetchOptions) (ingest.Fetched, error)
}

// Gather fetches an address and ingests what comes, then the pictures of the article. A failed fetch is recorded and
// changes nothing else; a picture that cannot be had is left where the outlet has it.
func (a *Archive) Gather(ctx context.Context, f Fetcher, address string, options ingest.FetchOptions, by int64) (Result, error) {
	got, err := f.Fetch(ctx, address, options)
	if err != nil {
		return Result{Outcome: Failed}, errors.Join(err, a.Fail(context.WithoutCancel(ctx), address, by, err))
	}
	d := Delivery{
		URL: address, FinalURL: got.FinalURL, Status: got.Status, Header: got.Header, Body: got.Body, Origin: Fetch, By: by, At: got.At,
	}
	if got.RobotsOverridden {
		d.Overrode = options.Reason
	}
	for _, h := range got.Redirects {
		d.Redirects = append(d.Redirects, Hop(h))
	}
	res, err := a.Ingest(ctx, d)
	if err != nil || res.Outcome != New && res.Outcome != Revised {
		return res, err
	}
	return res, a.gatherPictures(ctx, f, res)
}

// Limits of fetching the pictures of one article.
const (
	maxPictures  = 20
	picturesTime = time.Minute
)

func (a *Archive) gatherPictures(ctx context.Context, f Fetcher, res Result) error {
	blocks, err := a.Blocks(ctx, res.Revision.ID)
	if err != nil {
		return err
	}
	kept, err := a.Assets(ctx, res.Article.ID)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, picturesTime)
	defer cancel()
	var tried []string
	for _, b := range blocks {
		if b.Kind != ingest.Figure || b.Figure == nil || b.Figure.URL == "" || len(tried) == maxPictures || slices.Contains(tried, b.Figure.URL) {
			continue
		}
		if _, ok := kept[b.Figure.URL]; ok {
			continue
		}
		tried = append(tried, b.Figure.URL)
		got, err := f.Fetch(ctx, b.Figure.URL, ingest.FetchOptions{})
		if err != nil || got.Status != http.StatusOK {
			continue // robots, size, a dead link: the article is whole without it
		}
		if _, err := a.KeepAsset(ctx, res.Article.ID, b.Figure.URL, got.Body); err != nil && !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrTooLarge) {
			return err
		}
	}
	return nil
}
