package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// lookForTerms looks for the terms of outlets nobody has looked at before, politely and one after the other, and says on
// standard error what it found: a person has to confirm it on the desk. That it found nothing, or that pages could not be
// had, is no failure of what was taken in.
func lookForTerms(ctx context.Context, s streams, st *store, f *ingest.Fetcher, outlets []archive.SourceID) error {
	for _, id := range outlets {
		source, err := st.archive.Source(ctx, id)
		if err != nil {
			return err
		}
		if !source.TriedAt.IsZero() {
			continue
		}
		look, err := st.desk.LookForTerms(ctx, f, id, 0)
		if err != nil {
			return err
		}
		t := look.Proposal
		if t.ID == 0 { // words that stood on the article's own page were proposed when it was taken in
			if t, err = st.archive.TermsWaiting(ctx, id); err != nil && !errors.Is(err, fault.ErrNotFound) {
				return err
			}
		}
		say := func(text string) { fmt.Fprintf(s.Err, "colophon: %s: %s\n", source.Host, text) }
		say(s.Words.Plural("cli.ingest.terms.read", len(look.Pages), map[string]any{"Failed": look.Failed}))
		if t.ID == 0 {
			say(s.Words.Text("cli.ingest.terms.none", nil))
			continue
		}
		for _, e := range t.Evidence {
			say(s.Words.Text("cli.ingest.terms.words", map[string]any{"Text": strings.Join(strings.Fields(e.Text), " "), "Page": e.PageURL}))
		}
		var rules []string
		for _, c := range t.Clauses {
			rules = append(rules, string(c.Kind))
		}
		say(s.Words.Plural("cli.ingest.terms.rules", len(rules), map[string]any{"Rules": strings.Join(rules, ", ")}))
	}
	return nil
}
