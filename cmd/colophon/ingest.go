package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// ingestCmd is "colophon ingest": takes pages into the archive.
type ingestCmd struct {
	storeFlags `embed:""`
	fetchFlags `embed:""`

	URL          string   `name:"url" placeholder:"U" help:"Address a file was saved from; for one file."`
	IgnoreRobots string   `placeholder:"REASON" help:"Fetch although robots.txt says no, and keep the reason."`
	Terms        bool     `default:"true" negatable:"" help:"At the end, look for the terms of outlets whose pages were fetched for the first time, and tell on standard error what was found. Default: ${default}."`
	JSONL        bool     `name:"jsonl" help:"Read JSON Lines {\"id\",\"file\",\"url\"}: a file and the address it came from, or an address to fetch."`
	Inputs       []string `arg:"" optional:"" name:"file-or-url" help:"Saved pages and addresses; - is standard input. With --jsonl, files of JSON Lines."`
}

// ingestOrder is a line of ingest's input: a file with the address it was saved from, or an address alone.
type ingestOrder struct {
	ID   string `json:"id"`
	File string `json:"file"`
	URL  string `json:"url"`
}

// ingested is a line of ingest's output.
type ingested struct {
	ID       string            `json:"id"`
	Article  archive.ArticleID `json:"article,omitempty"`
	Revision int               `json:"revision,omitempty"` // its number within the article, from 1
	Language string            `json:"language,omitempty"`
	Title    string            `json:"title,omitempty"`
	Outcome  archive.Outcome   `json:"outcome"`
	Error    string            `json:"error,omitempty"`
}

// maxFile bounds a file taken in, in bytes, as fetching bounds a page.
const maxFile = 32 << 20

// Run writes one JSON line for each input, in order.
func (c ingestCmd) Run(ctx context.Context, s streams) error {
	if len(c.Inputs) == 0 && !c.JSONL {
		return usageError{fault.New(fault.ErrInvalid, "cli.ingest.nothing", nil)}
	}
	if c.URL != "" && (c.JSONL || len(c.Inputs) != 1) {
		return usageError{fault.New(fault.ErrInvalid, "cli.ingest.url", nil)}
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.db.Close()
	fetcher := c.fetcher()
	defer fetcher.Close()

	var mu sync.Mutex // lines are taken in side by side
	failures := 0
	var outlets []archive.SourceID // whose pages were fetched, in order
	deliver := func(ctx context.Context, order ingestOrder) (ingested, error) {
		out, source, err := c.take(ctx, s, store.archive, fetcher, order)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		mu.Lock()
		defer mu.Unlock()
		if err == nil && order.File == "" && !slices.Contains(outlets, source) {
			outlets = append(outlets, source)
		}
		if err != nil {
			failures++
			out.Outcome, out.Error = archive.Failed, words(s.Words, err)
			fmt.Fprintf(s.Err, "colophon: %s: %s\n", out.ID, out.Error)
		}
		return out, nil
	}
	var orders io.ReadCloser
	if c.JSONL {
		orders, err = inputs(s, c.Inputs)
	} else {
		orders, err = c.orders()
	}
	if err != nil {
		return err
	}
	defer orders.Close()
	findings := eachLine(ctx, s, orders, deliver)
	if findings != nil && !errors.Is(findings, errFindings) {
		return findings
	}
	if c.Terms {
		if err := lookForTerms(ctx, s, store, fetcher, outlets); err != nil {
			return err
		}
	}
	if failures > 0 {
		return errFindings
	}
	return findings
}

// orders puts the arguments of the command line into the form of --jsonl.
func (c ingestCmd) orders() (io.ReadCloser, error) {
	var lines strings.Builder
	for _, in := range c.Inputs {
		order := ingestOrder{ID: in, File: in, URL: c.URL}
		if isAddress(in) {
			order = ingestOrder{ID: in, URL: in}
		}
		if err := writeLine(&lines, order); err != nil {
			return nil, err
		}
	}
	return io.NopCloser(strings.NewReader(lines.String())), nil
}

// isAddress says whether an argument is an address rather than a file.
func isAddress(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && scheme != "" && strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

// take delivers one page to the archive, and says whose it is.
func (c ingestCmd) take(ctx context.Context, s streams, a *archive.Archive, f *ingest.Fetcher, order ingestOrder) (ingested, archive.SourceID, error) {
	out := ingested{ID: order.ID}
	if out.ID == "" {
		out.ID = order.File + order.URL
	}
	delivery := archive.Delivery{URL: order.URL, Name: order.File, Origin: archive.Upload}
	var err error
	if order.File != "" {
		if delivery.Body, err = readFile(s, order.File); err != nil {
			return out, 0, err
		}
	} else if delivery, err = c.fetch(ctx, f, order.URL); err != nil {
		if ctx.Err() != nil {
			return out, 0, ctx.Err()
		}
		return out, 0, errors.Join(err, a.Fail(ctx, order.URL, 0, err))
	}
	result, err := a.Ingest(ctx, delivery)
	if err != nil {
		return out, 0, err
	}
	out.Article, out.Revision, out.Outcome = result.Article.ID, result.Revision.Number, result.Outcome
	out.Language, out.Title = result.Article.Language, result.Revision.Title
	return out, result.Article.Source, nil
}

// fetch gets a page from the web, as something to deliver.
func (c ingestCmd) fetch(ctx context.Context, f *ingest.Fetcher, address string) (archive.Delivery, error) {
	got, err := f.Fetch(ctx, address, ingest.FetchOptions{IgnoreRobots: c.IgnoreRobots != "", Reason: c.IgnoreRobots})
	if err != nil {
		return archive.Delivery{}, err
	}
	delivery := archive.Delivery{
		URL: address, FinalURL: got.FinalURL, Status: got.Status, Header: got.Header, Body: got.Body, Origin: archive.Fetch, At: got.At,
	}
	for _, hop := range got.Redirects {
		delivery.Redirects = append(delivery.Redirects, archive.Hop(hop))
	}
	if got.RobotsOverridden {
		delivery.Overrode = c.IgnoreRobots
	}
	return delivery, nil
}

// readFile reads a saved page; - is standard input.
func readFile(s streams, name string) ([]byte, error) {
	in := s.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fault.Wrap(fault.ErrNotFound, "cli.file", fault.Data{"File": name}, err)
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, fault.Wrap(fault.ErrInvalid, "cli.file", fault.Data{"File": name}, err)
	}
	if len(body) > maxFile {
		return nil, fault.New(fault.ErrTooLarge, "fault.fetch.large", fault.Data{"Megabytes": maxFile >> 20})
	}
	return body, nil
}
