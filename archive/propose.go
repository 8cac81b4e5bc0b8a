package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"colophon/archive/database"
	"colophon/archive/ingest"
)

// propose reads the statements of terms a page carries and, where they say something no version of the outlet's terms
// says, keeps them beside what is known as a version for a person to confirm. Whether words that were there are gone is
// not for the page of another article to say: the outlet's own pages are due to be read again instead.
func (a *Archive) propose(ctx context.Context, res *Result, page ingest.Page, doc ingest.Document) error {
	if res.Outcome != New && res.Outcome != Revised {
		return nil
	}
	source, err := a.Source(ctx, res.Article.Source)
	if err != nil {
		return err
	}
	page.URL = res.Article.URL
	found := statementsOf(page, doc, source, res.Revision.Capture, false)
	if len(found) == 0 {
		return nil
	}
	known, err := a.TermsHistory(ctx, source.ID)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(s statement) bool { return isKnown(known, s) })
	if len(found) == 0 {
		return nil
	}
	base := reference(known)
	if waiting, ok := newestWaiting(known); ok {
		base = waiting
	}
	var t Terms
	if base.ID != 0 {
		t = assemble(append(base.statements(), found...))
	} else {
		t = assemble(found)
	}
	t.Source, t.Changed = source.ID, base.IsWaiting() && base.Changed
	if _, err := a.ProposeTerms(ctx, t); err != nil {
		if errors.Is(err, ErrConflict) { // another delivery of the same outlet was faster
			return nil
		}
		return fmt.Errorf("propose terms: %w", err)
	}
	res.Proposed = true
	if base.ID == 0 || source.TriedAt.IsZero() {
		return nil
	}
	return a.db.Transact(ctx, func(ctx context.Context) error {
		return a.db.In(ctx).Model(&sourceRow{}).Where("id = ?", int64(source.ID)).Update("tried_at", dueNow).Error
	})
}

// dueNow is a time of the last look at an outlet that makes the next one due; 0 would mean that there was none.
const dueNow = 1

// isKnown says whether a version of the terms has a statement already.
func isKnown(history []Terms, s statement) bool {
	return slices.ContainsFunc(history, func(t Terms) bool {
		return slices.ContainsFunc(t.Evidence, func(e Evidence) bool { return says(e.Text, s.Text) })
	})
}

// reference is the version whose words an outlet is held to: the one in force, else the newest that waits; zero for none.
// history is newest first.
func reference(history []Terms) Terms {
	for _, t := range history {
		if t.IsConfirmed() {
			return t
		}
	}
	t, _ := newestWaiting(history)
	return t
}

// newestWaiting is the proposal a person is asked to confirm: the newest that is newer than the version in force.
func newestWaiting(history []Terms) (Terms, bool) {
	for _, t := range history {
		switch {
		case t.IsConfirmed():
			return Terms{}, false
		case t.IsWaiting():
			return t, true
		}
	}
	return Terms{}, false
}

// TermsWaiting is the newest proposal that is newer than what is in force and waits for a person: ErrNotFound where none
// does.
func (a *Archive) TermsWaiting(ctx context.Context, source SourceID) (Terms, error) {
	var row termsRow
	err := a.db.In(ctx).Where("source_id = ? AND confirmed_at = 0 AND dropped_at = 0", int64(source)).
		Where("version > (SELECT COALESCE(MAX(f.version), 0) FROM terms f WHERE f.source_id = ? AND f.confirmed_at > 0)", int64(source)).
		Order("version DESC").Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Terms{}, fmt.Errorf("terms of source %d that wait: %w", source, ErrNotFound)
	}
	if err != nil {
		return Terms{}, fmt.Errorf("terms of source %d that wait: %w", source, err)
	}
	return row.terms(), nil
}
