package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/rights"
)

// TermsID identifies a version of an outlet's terms.
type TermsID int64

// Evidence is one statement as found: its words, where they stand, and the capture that proves it.
type Evidence struct {
	Text     string    `json:"text"`
	Where    string    `json:"where,omitempty"` // header, footer, text, license, …: where on the page
	Language string    `json:"language,omitempty"`
	PageURL  string    `json:"page_url,omitempty"`
	Capture  CaptureID `json:"capture"`
}

// Terms are one version of what an outlet demands: the words, where they were found, and the clauses drawn from them.
// They are never overwritten: a correction is another version.
type Terms struct {
	ID          TermsID
	Source      SourceID
	Version     int
	Statement   string // the texts of Evidence, a line end between two; a clause's Start and End count in it
	Language    string // of the first statement, as Where, PageURL and Capture
	Where       string // header, footer, … : where on the page
	PageURL     string
	Capture     CaptureID
	Evidence    []Evidence // never empty in terms that were kept; left empty, the statement is all there is
	Clauses     []rights.Clause
	ProposedAt  time.Time
	ProposedBy  int64     // 0: read by the program
	ConfirmedAt time.Time // zero: a proposal, not in force
	ConfirmedBy int64
	Note        string
	Changed     bool      // a proposal because words that a version in force rests on have changed
	DroppedAt   time.Time // a proposal that does not wait any longer
	DroppedBy   int64     // 0: the program, the outlet having taken its words back
}

// IsConfirmed says whether a person stands behind these terms.
func (t Terms) IsConfirmed() bool { return !t.ConfirmedAt.IsZero() }

// IsWaiting says whether these terms wait for a person to confirm or drop them. A confirmed version newer than they are
// settles them too; that is for whoever knows the history.
func (t Terms) IsWaiting() bool { return t.ConfirmedAt.IsZero() && t.DroppedAt.IsZero() }

// single is the evidence of terms with one statement.
func (t Terms) single() Evidence {
	return Evidence{Text: t.Statement, Where: t.Where, Language: t.Language, PageURL: t.PageURL, Capture: t.Capture}
}

// Leading is the statement readers are shown where there is room for one: the first, whose page, capture and language the
// terms name.
func (t Terms) Leading() string {
	if len(t.Evidence) > 0 {
		return t.Evidence[0].Text
	}
	return t.Statement
}

// EvidenceOf finds the statement a clause rests on, by its number in Evidence: -1 where none holds the clause's words.
func (t Terms) EvidenceOf(c rights.Clause) int {
	start := 0
	for i, e := range t.Evidence {
		end := start + len(e.Text)
		if c.Start >= start && c.End <= end {
			return i
		}
		start = end + 1
	}
	return -1
}

// Clause finds the clause of a kind.
func (t Terms) Clause(kind rights.Kind) (rights.Clause, bool) {
	for _, c := range t.Clauses {
		if c.Kind == kind {
			return c, true
		}
	}
	return rights.Clause{}, false
}

// ProposeTerms keeps a new version of an outlet's terms, not yet in force. A statement needs its capture. A version read
// by the program takes the place of those it read before, as far as they still wait. Words that are gone are a version
// without words, and the capture proves it.
func (a *Archive) ProposeTerms(ctx context.Context, t Terms) (Terms, error) {
	if len(t.Evidence) == 0 {
		t.Evidence = []Evidence{t.single()}
	}
	unproven := func(e Evidence) bool { return e.Capture == 0 || e.Text == "" && !t.Changed }
	if slices.ContainsFunc(t.Evidence, unproven) || t.Capture == 0 {
		return Terms{}, fault.New(ErrInvalid, "fault.terms.evidence", nil)
	}
	err := a.db.Transact(ctx, func(ctx context.Context) error {
		var last []int
		tx := a.db.In(ctx).Model(&termsRow{}).Where("source_id = ?", int64(t.Source)).Order("version DESC").Limit(1)
		if err := tx.Pluck("version", &last).Error; err != nil {
			return err
		}
		t.Version = 1
		if len(last) > 0 {
			t.Version = last[0] + 1
		}
		t.ProposedAt = a.Now()
		row := newTermsRow(t)
		if err := a.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		t.ID = TermsID(row.ID)
		if t.ProposedBy != 0 {
			return nil
		}
		return a.db.In(ctx).Model(&termsRow{}).
			Where("source_id = ? AND version < ? AND confirmed_at = 0 AND dropped_at = 0 AND proposed_by = 0", int64(t.Source), t.Version).
			Update("dropped_at", row.ProposedAt).Error
	})
	if database.IsDuplicate(err) {
		return Terms{}, fault.Wrap(ErrConflict, "fault.terms.raced", nil, err)
	}
	if err != nil {
		return Terms{}, fmt.Errorf("propose terms of source %d: %w", t.Source, err)
	}
	return t, nil
}

// ConfirmTerms puts a proposed version in force, with the clauses as the person leaves them. A version is confirmed
// once; the clauses of a confirmed one never change. A clause without the words it rests on is ErrInvalid.
func (a *Archive) ConfirmTerms(ctx context.Context, id TermsID, clauses []rights.Clause, by int64) error {
	for i, c := range clauses {
		if c.Quote == "" {
			return fault.New(ErrInvalid, "fault.terms.quote", fault.Data{"Number": i + 1, "Rule": string(c.Kind)})
		}
	}
	return a.db.Transact(ctx, func(ctx context.Context) error {
		t, err := a.Terms(ctx, id)
		if err != nil {
			return err
		}
		if t.IsConfirmed() {
			return fault.New(ErrConflict, "fault.terms.confirmed", fault.Data{"Version": t.Version})
		}
		if !t.DroppedAt.IsZero() {
			return fault.New(ErrConflict, "fault.terms.dropped", fault.Data{"Version": t.Version})
		}
		t.Clauses, t.ConfirmedAt, t.ConfirmedBy = clauses, a.Now(), by
		row := newTermsRow(t)
		res := a.db.In(ctx).Model(&termsRow{}).Where("id = ? AND confirmed_at = 0 AND dropped_at = 0", int64(id)).
			Select("clauses", "confirmed_at", "confirmed_by").Updates(&row)
		if res.Error != nil {
			return fmt.Errorf("confirm terms %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(ErrConflict, "fault.terms.confirmed", fault.Data{"Version": t.Version})
		}
		return nil
	})
}

// DropTerms takes a proposal from those that wait: what is in force stays as it is. Who dropped it and why is kept; by 0
// is the program. A confirmed version cannot be dropped any more.
func (a *Archive) DropTerms(ctx context.Context, id TermsID, note string, by int64) error {
	return a.db.Transact(ctx, func(ctx context.Context) error {
		t, err := a.Terms(ctx, id)
		if err != nil {
			return err
		}
		res := a.db.In(ctx).Model(&termsRow{}).Where("id = ? AND confirmed_at = 0 AND dropped_at = 0", int64(id)).
			Updates(map[string]any{"dropped_at": database.Micros(a.Now()), "dropped_by": by, "note": shorten(note, 1000)})
		if res.Error != nil {
			return fmt.Errorf("drop terms %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 && t.IsConfirmed() {
			return fault.New(ErrConflict, "fault.terms.confirmed", fault.Data{"Version": t.Version})
		}
		if res.RowsAffected == 0 {
			return fault.New(ErrConflict, "fault.terms.dropped", fault.Data{"Version": t.Version})
		}
		return nil
	})
}

// Terms returns one version: ErrNotFound where there is none.
func (a *Archive) Terms(ctx context.Context, id TermsID) (Terms, error) {
	var row termsRow
	err := a.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Terms{}, fmt.Errorf("terms %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Terms{}, fmt.Errorf("terms %d: %w", id, err)
	}
	return row.terms(), nil
}

// TermsInForce is the newest confirmed version of an outlet's terms: ErrNotFound where nobody has confirmed any.
func (a *Archive) TermsInForce(ctx context.Context, source SourceID) (Terms, error) {
	var row termsRow
	err := a.db.In(ctx).Where("source_id = ? AND confirmed_at > 0", int64(source)).Order("version DESC").Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Terms{}, fmt.Errorf("terms in force of source %d: %w", source, ErrNotFound)
	}
	if err != nil {
		return Terms{}, fmt.Errorf("terms in force of source %d: %w", source, err)
	}
	return row.terms(), nil
}

// TermsHistory lists an outlet's versions of terms, newest first.
func (a *Archive) TermsHistory(ctx context.Context, source SourceID) ([]Terms, error) {
	var rows []termsRow
	if err := a.db.In(ctx).Where("source_id = ?", int64(source)).Order("version DESC").Limit(200).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("terms of source %d: %w", source, err)
	}
	out := make([]Terms, len(rows))
	for i, r := range rows {
		out[i] = r.terms()
	}
	return out, nil
}
