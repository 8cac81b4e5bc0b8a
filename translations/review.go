package translations

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/translations/workflow"
)

// Verdict is what was decided at one step of a review.
type Verdict string

// The verdicts.
const (
	Submitted        Verdict = "submitted"
	TakenBack        Verdict = "taken_back"
	ChangesRequested Verdict = "changes_requested"
	Approved         Verdict = "approved"
)

// Review is one step: who handed a version on, with what words, and the text as it stood then.
type Review struct {
	ID         int64
	Version    VersionID
	Verdict    Verdict
	Comment    string
	SourceHash string
	TargetHash string
	Text       map[archive.BlockKey]string // targets as they were, to compare with
	By         MemberID
	At         time.Time
}

// Comment is a remark on a range of a block.
type Comment struct {
	ID         int64
	Version    VersionID
	Block      archive.BlockKey
	Side       string // source or target
	Start, End int    // byte offsets into the text; both 0: the whole block
	Quote      string // the words it is about, kept when they change
	Text       string
	Author     MemberID
	At         time.Time
	ResolvedAt time.Time
	ResolvedBy MemberID
}

// IsResolved says whether the remark is dealt with.
func (c Comment) IsResolved() bool { return !c.ResolvedAt.IsZero() }

// Hindrance is a reason why a version cannot be handed on: message "hindrance.<Kind>" with the block's number.
type Hindrance struct {
	Kind   string // empty, draft, source_changed, codes
	Number int
	Block  archive.BlockKey
}

// Hindrances lists what keeps a version from being submitted, in the order of the page.
func (w Work) Hindrances() []Hindrance {
	var out []Hindrance
	for _, u := range w.Units {
		h := Hindrance{Number: u.Number, Block: u.Block.Key}
		switch {
		case !u.Block.IsTranslated():
			continue
		case u.Target.Text == "":
			h.Kind = "empty"
		case u.SourceChanged:
			h.Kind = "source_changed"
		case len(u.Problems) > 0:
			h.Kind = "codes"
		case u.Target.Status != Confirmed:
			h.Kind = "draft"
		default:
			continue
		}
		out = append(out, h)
	}
	return out
}

// HinderedError says that a version is not complete.
type HinderedError struct{ Hindrances []Hindrance }

// Error implements error.
func (e *HinderedError) Error() string {
	return fmt.Sprintf("%d blocks are not ready: %v", len(e.Hindrances), archive.ErrConflict)
}

// Unwrap gives the kind and the message.
func (e *HinderedError) Unwrap() error {
	return fault.New(archive.ErrConflict, "fault.submit.incomplete", fault.Data{"Count": len(e.Hindrances), "Number": e.Hindrances[0].Number})
}

// Submit hands a complete version to another person. One that was nobody's becomes the work of who submits it, so that
// it comes back to them. An incomplete one is a *HinderedError.
func (d *Desk) Submit(ctx context.Context, id VersionID, by Member) (Version, error) {
	return d.step(ctx, id, workflow.Submit, Submitted, "", by, func(ctx context.Context, w Work) error {
		if h := w.Hindrances(); len(h) > 0 {
			return &HinderedError{h}
		}
		set := map[string]any{"revision_id": int64(w.Revision.ID)}
		if w.Version.Assignee == 0 { // it goes back to whoever sent it
			set["assignee_id"] = int64(by.ID)
		}
		return d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(id)).Updates(set).Error
	})
}

// TakeBack takes a submitted version back to work on.
func (d *Desk) TakeBack(ctx context.Context, id VersionID, by Member) (Version, error) {
	return d.step(ctx, id, workflow.TakeBack, TakenBack, "", by, nil)
}

// RequestChanges sends a version back with the reason, which is required.
func (d *Desk) RequestChanges(ctx context.Context, id VersionID, comment string, by Member) (Version, error) {
	comment, err := words(comment, "fault.review.reason")
	if err != nil {
		return Version{}, err
	}
	return d.step(ctx, id, workflow.RequestChanges, ChangesRequested, comment, by, nil)
}

// step is one move of the workflow with its record.
func (d *Desk) step(ctx context.Context, id VersionID, do workflow.Action, verdict Verdict, comment string, by Member, also func(context.Context, Work) error) (Version, error) {
	var v Version
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		var err error
		if v, err = d.locked(ctx, id); err != nil {
			return err
		}
		if err := refusal(v, do, by); err != nil {
			return err
		}
		w, err := d.work(ctx, v)
		if err != nil {
			return err
		}
		if also != nil {
			if err := also(ctx, w); err != nil {
				return err
			}
		}
		if err := d.writeReview(ctx, w, verdict, comment, by.ID); err != nil {
			return err
		}
		if v, err = d.setState(ctx, v, do, by); err != nil {
			return err
		}
		return d.record(ctx, OfVersion, int64(id), string(verdict), map[string]string{"Comment": comment}, by.ID)
	})
	if err != nil {
		return Version{}, fmt.Errorf("%s version %d: %w", do, id, err)
	}
	return v, nil
}

func (d *Desk) writeReview(ctx context.Context, w Work, verdict Verdict, comment string, by MemberID) error {
	text := make(map[archive.BlockKey]string, len(w.Units))
	for _, u := range w.Units {
		if u.Target.Text != "" {
			text[u.Block.Key] = u.Target.Text
		}
	}
	row := reviewRow{
		VersionID: int64(w.Version.ID), Verdict: string(verdict), Comment: comment, SourceHash: w.Revision.Digest,
		TargetHash: w.Version.TargetHash, Text: text, MemberID: int64(by), At: database.Micros(d.now()),
	}
	return d.db.In(ctx).Create(&row).Error
}

// setState moves a version in the workflow and computes what follows from it.
func (d *Desk) setState(ctx context.Context, v Version, do workflow.Action, by Member) (Version, error) {
	to, err := v.State.Next(do, by.RoleIn(v.Language))
	if err != nil {
		return Version{}, fmt.Errorf("%w: %w", archive.ErrConflict, err)
	}
	if to != v.State {
		if err := d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(v.ID)).Update("state", string(to)).Error; err != nil {
			return Version{}, err
		}
	}
	return d.refresh(ctx, v.ID)
}

// Reviews lists the steps of a version, newest first, at most 100.
func (d *Desk) Reviews(ctx context.Context, id VersionID) ([]Review, error) {
	var rows []reviewRow
	if err := d.db.In(ctx).Where("version_id = ?", int64(id)).Order("id DESC").Limit(100).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("reviews of version %d: %w", id, err)
	}
	out := make([]Review, len(rows))
	for i, r := range rows {
		out[i] = Review{
			ID: r.ID, Version: id, Verdict: Verdict(r.Verdict), Comment: r.Comment, SourceHash: r.SourceHash,
			TargetHash: r.TargetHash, Text: r.Text, By: MemberID(r.MemberID), At: database.Time(r.At),
		}
	}
	return out, nil
}

// AddComment adds a remark on a block, on the words from Start to End or on the whole.
func (d *Desk) AddComment(ctx context.Context, c Comment, by Member) (Comment, error) {
	text, err := words(c.Text, "fault.comment.empty")
	if err != nil {
		return Comment{}, err
	}
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		w, err := d.Work(ctx, c.Version)
		if err != nil {
			return err
		}
		if by.RoleIn(w.Version.Language) == "" {
			return fault.New(archive.ErrForbidden, "fault.role.language", fault.Data{"Language": w.Version.Language})
		}
		u, ok := w.Unit(c.Block)
		if !ok {
			return fmt.Errorf("block %s: %w", c.Block, archive.ErrNotFound)
		}
		on := u.Target.Text
		if c.Side == "source" {
			on = u.Source
		} else {
			c.Side = "target"
		}
		if c.Start < 0 || c.End < c.Start || c.End > len(on) || !utf8.ValidString(on[c.Start:c.End]) {
			c.Start, c.End = 0, 0
		}
		c.Quote, c.Text, c.Author, c.At = on[c.Start:c.End], text, by.ID, d.now()
		row := newCommentRow(c)
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		c.ID = row.ID
		return d.record(ctx, OfVersion, int64(c.Version), "commented", map[string]string{"Block": string(c.Block)}, by.ID)
	})
	if err != nil {
		return Comment{}, fmt.Errorf("comment on version %d: %w", c.Version, err)
	}
	return c, nil
}

// ResolveComment marks a remark as dealt with, or open again.
func (d *Desk) ResolveComment(ctx context.Context, version VersionID, id int64, resolved bool, by Member) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		v, err := d.Version(ctx, version)
		if err != nil {
			return err
		}
		if by.RoleIn(v.Language) == "" {
			return fault.New(archive.ErrForbidden, "fault.role.language", fault.Data{"Language": v.Language})
		}
		row := commentRow{}
		if resolved {
			row.ResolvedAt, row.ResolvedBy = database.Micros(d.now()), int64(by.ID)
		}
		res := d.db.In(ctx).Model(&commentRow{}).Where("id = ? AND version_id = ?", id, int64(version)).
			Select("resolved_at", "resolved_by").Updates(&row)
		if res.Error != nil {
			return fmt.Errorf("resolve comment %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 {
			return fmt.Errorf("comment %d: %w", id, archive.ErrNotFound)
		}
		return nil
	})
}

// Comments lists the remarks on a version, oldest first, at most 500.
func (d *Desk) Comments(ctx context.Context, id VersionID) ([]Comment, error) {
	var rows []commentRow
	if err := d.db.In(ctx).Where("version_id = ?", int64(id)).Order("id").Limit(500).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("comments on version %d: %w", id, err)
	}
	out := make([]Comment, len(rows))
	for i, r := range rows {
		out[i] = r.comment()
	}
	return out, nil
}

// words makes a reason or remark storable; an empty or overlong one is ErrInvalid with the message given.
func words(s, message string) (string, error) {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "�"))
	if s == "" || len(s) > 8000 {
		return "", fault.New(archive.ErrInvalid, message, nil)
	}
	return s, nil
}
