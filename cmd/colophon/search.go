package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
)

// searchCmd is "colophon search": looks words up in what is public.
type searchCmd struct {
	storeFlags `embed:""`

	Language string   `name:"lang" required:"" placeholder:"LANG" help:"Language to look in: en, ru or hy."`
	Section  string   `placeholder:"SLUG" help:"Only in this section."`
	Limit    int      `default:"20" help:"At most so many results. Default: ${default}."`
	JSONL    bool     `name:"jsonl" help:"Write JSON Lines, an object for each result."`
	Query    []string `arg:"" help:"Words of which all must occur; a \"phrase\" in quotes; begin* for words that begin so."`
}

// searchResult is a result as JSON.
type searchResult struct {
	Article   int64  `json:"article"`
	Language  string `json:"language"`
	Slug      string `json:"slug"`
	Title     string `json:"title"`
	Source    string `json:"source"`
	Published string `json:"published"` // here, RFC 3339
	Snippet   string `json:"snippet"`   // with the words that were looked for between ** and **
}

// Run writes the results, newest first; finding nothing is exit status 1.
func (c searchCmd) Run(ctx context.Context, s streams) error {
	lang, ours := locales.Canonical(c.Language)
	if !ours {
		return usageError{fault.New(fault.ErrInvalid, "cli.search.language", fault.Data{"Language": c.Language})}
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.db.Close()
	q := translations.Search{Language: lang, Text: strings.Join(c.Query, " "), Section: c.Section, Limit: max(1, min(c.Limit, 1000))}
	found, err := store.desk.Search(ctx, q)
	if err != nil {
		return err
	}
	for _, h := range found.Hits {
		r := searchResult{
			Article: int64(h.Article), Language: h.Language, Slug: h.Slug, Title: h.Item.Title, Source: h.SourceName,
			Published: h.FirstAt.UTC().Format("2006-01-02T15:04:05Z"), Snippet: starred(h.Snippet),
		}
		if c.JSONL {
			if err := json.NewEncoder(s.Out).Encode(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(s.Out, "%s  %s (%s)\n    %s\n    /%s/articles/%s\n", r.Published[:10], r.Title, r.Source, r.Snippet, r.Language, r.Slug)
	}
	if len(found.Hits) == 0 {
		if !c.JSONL {
			fmt.Fprintln(s.Err, s.Words.Text("cli.search.none", nil))
		}
		return errFindings
	}
	return nil
}

// starred writes a snippet for a terminal.
func starred(parts []translations.Stretch) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Marked {
			b.WriteString("**" + p.Text + "**")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}
