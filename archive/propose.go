package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"colophon/archive/ingest"
	"colophon/archive/language"
	"colophon/archive/rights"
)

// propose reads the statements of terms a page carries and, where they say something the outlet's terms do not say yet,
// keeps them as a version for a person to confirm.
func (a *Archive) propose(ctx context.Context, res *Result, doc ingest.Document) error {
	if res.Outcome != New && res.Outcome != Revised {
		return nil
	}
	source, err := a.Source(ctx, res.Article.Source)
	if err != nil {
		return err
	}
	t := readTerms(doc.Statements, source)
	if t.Statement == "" {
		return nil
	}
	known, err := a.TermsHistory(ctx, source.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(known, func(k Terms) bool { return sameWords(k.Statement, t.Statement) }) {
		return nil
	}
	t.Source, t.Capture, t.PageURL = source.ID, res.Revision.Capture, res.Article.URL
	if _, err := a.ProposeTerms(ctx, t); err != nil {
		if errors.Is(err, ErrConflict) { // another delivery of the same outlet was faster
			return nil
		}
		return fmt.Errorf("propose terms: %w", err)
	}
	res.Proposed = true
	return nil
}

// readTerms joins the statements that are terms of reuse, a line each, and moves their clauses along.
func readTerms(statements []ingest.Statement, source Source) Terms {
	var (
		t     Terms
		lines []string
	)
	length := 0
	for _, s := range statements {
		lang, _ := language.Detect(s.Text)
		r := rights.Detect(rights.Statement{Lang: lang, Text: s.Text, Outlet: source.NameIn("").Name, Where: string(s.Where), Host: source.Host})
		if !r.IsPolicy || slices.ContainsFunc(lines, func(l string) bool { return sameWords(l, s.Text) }) {
			continue
		}
		for _, c := range r.Clauses {
			if slices.ContainsFunc(t.Clauses, func(k rights.Clause) bool { return k.Kind == c.Kind }) {
				continue
			}
			c.Start += length
			c.End += length
			t.Clauses = append(t.Clauses, c)
		}
		if len(lines) == 0 {
			t.Language, t.Where = lang, string(s.Where)
		}
		lines = append(lines, s.Text)
		length += len(s.Text) + 1
	}
	t.Statement = strings.Join(lines, "\n")
	return t
}

// sameWords compares statements without regard to case and white space.
func sameWords(a, b string) bool {
	return strings.Join(strings.Fields(strings.ToLower(a)), " ") == strings.Join(strings.Fields(strings.ToLower(b)), " ")
}
