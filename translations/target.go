package translations

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/translations/inline"
	"colophon/translations/workflow"
)

// TargetStatus is how far a target is.
type TargetStatus string

// The statuses. Empty is never stored.
const (
	Empty     TargetStatus = "empty"
	Drafted   TargetStatus = "draft"
	Confirmed TargetStatus = "confirmed"
)

// Target is the translated text of one block.
type Target struct {
	Block      archive.BlockKey
	Number     int    // counts the saves; a save names the one it builds on
	Text       string // with inline codes
	Status     TargetStatus
	SourceHash string // of the block it was made against
	SourceText string // that block as text with codes
	Author     MemberID
	UpdatedAt  time.Time
}

// Past is an earlier state of a target. What the same person types within pauseOfTyping is one state.
type Past struct {
	ID         int64
	Block      archive.BlockKey
	Number     int
	Text       string
	Status     TargetStatus
	SourceHash string
	How        How
	Author     MemberID
	At         time.Time
}

// How says where the text of a target came from.
type How string

// The origins of a target.
const (
	Typed    How = "typed"
	Restored How = "restored"
	Carried  How = "carried"
	Cosmetic How = "cosmetic"
	Imported How = "imported"
)

// MaxTarget is the longest text of a block, in bytes.
const MaxTarget = 64 << 10

const (
	pauseOfTyping = 5 * time.Minute
)

// Save is a target to be saved.
type Save struct {
	Version VersionID
	Block   archive.BlockKey
	Base    int // Number of the target the person saw; 0 where there was none
	Text    string
	Confirm bool
	How     How // empty: typed
}

// ConflictError says that somebody else saved the block first. Nothing was overwritten; Theirs is what stands.
type ConflictError struct {
	Theirs Target
}

// Error implements error.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("block %s stands at save %d: %v", e.Theirs.Block, e.Theirs.Number, archive.ErrConflict)
}

// Unwrap gives the kind and the message.
func (e *ConflictError) Unwrap() error {
	return fault.New(archive.ErrConflict, "fault.target.conflict", nil)
}

// SaveTarget saves the text of one block, as a draft or confirmed. A save built on an older one is a *ConflictError.
// Confirming wants text, and codes that match the source: else ErrInvalid, with what is wrong; the draft is not lost, for
// drafts are always taken.
func (d *Desk) SaveTarget(ctx context.Context, s Save, by Member) (Target, Version, error) {
	text, err := cleanTarget(s.Text)
	if err != nil {
		return Target{}, Version{}, err
	}
	var (
		saved Target
		v     Version
	)
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		if v, err = d.mayEdit(ctx, s.Version, by); err != nil {
			return err
		}
		w, err := d.work(ctx, v)
		if err != nil {
			return err
		}
		u, ok := w.Unit(s.Block)
		if !ok || w.IsOriginal {
			return fmt.Errorf("block %s of version %d: %w", s.Block, s.Version, archive.ErrNotFound)
		}
		if u.Target.Number != s.Base {
			if u.Target.Text == text && u.Target.Author == by.ID && (u.Target.Status == Confirmed) == s.Confirm {
				saved = u.Target // the same save again, its answer was lost
				return nil
			}
			return &ConflictError{Theirs: u.Target}
		}
		if s.Confirm {
			if err := confirmable(text, u); err != nil {
				return err
			}
		}
		saved = d.next(u, text, s, by.ID)
		if err := d.write(ctx, v.ID, u.Target, saved, s.How); err != nil {
			return err
		}
		v, err = d.setState(ctx, v, workflow.Edit, by)
		return err
	})
	if err != nil {
		return Target{}, Version{}, fmt.Errorf("save block %s of version %d: %w", s.Block, s.Version, err)
	}
	return saved, v, nil
}

// next is the target after a save. A draft stays bound to the source it was begun against, so that the difference from
// it is shown until somebody confirms.
func (d *Desk) next(u Unit, text string, s Save, by MemberID) Target {
	t := Target{
		Block: s.Block, Number: u.Target.Number + 1, Text: text, Status: Drafted, Author: by, UpdatedAt: d.now(),
		SourceHash: u.Target.SourceHash, SourceText: u.Target.SourceText,
	}
	if s.Confirm || u.Target.Text == "" {
		t.SourceHash, t.SourceText = u.Block.Hash, u.Source
	}
	if s.Confirm {
		t.Status = Confirmed
	}
	return t
}

func (d *Desk) mayEdit(ctx context.Context, id VersionID, by Member) (Version, error) {
	v, err := d.locked(ctx, id)
	if err != nil {
		return Version{}, err
	}
	return v, refusal(v, workflow.Edit, by)
}

// refusal turns a move the workflow does not allow into an error for people.
func refusal(v Version, do workflow.Action, by Member) error {
	role := by.RoleIn(v.Language)
	if role == "" {
		return fault.New(archive.ErrForbidden, "fault.role.language", fault.Data{"Language": v.Language})
	}
	_, err := v.State.Next(do, role)
	switch {
	case err == nil:
		return nil
	case v.State.Can(do, workflow.Administrator):
		return fault.Wrap(archive.ErrForbidden, "fault.role."+string(do), nil, err)
	}
	return fault.Wrap(archive.ErrConflict, "fault.state."+string(do), fault.Data{"State": string(v.State)}, err)
}

// confirmable says why a text cannot be confirmed.
func confirmable(text string, u Unit) error {
	if strings.TrimSpace(inline.Plain(text)) == "" && u.Block.IsTranslated() {
		return fault.New(archive.ErrInvalid, "fault.target.empty", nil)
	}
	if p := inline.Check(text, u.Codes); len(p) > 0 {
		return fault.New(archive.ErrInvalid, "fault.target.code."+string(p[0].Kind), fault.Data{"Code": p[0].Code})
	}
	return nil
}

// cleanTarget makes a target storable: NFC, no control characters, no line breaks, within its size.
func cleanTarget(text string) (string, error) {
	if len(text) > MaxTarget {
		return "", fault.New(archive.ErrTooLarge, "fault.target.long", fault.Data{"Max": MaxTarget / 1024})
	}
	if !utf8.ValidString(text) {
		return "", fault.New(archive.ErrInvalid, "fault.target.encoding", nil)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069: // controls, bidirectional overrides
			return -1
		}
		return r
	}, text)
	return norm.NFC.String(text), nil
}

// write saves a target; what it replaces goes to the history when it was worth keeping.
func (d *Desk) write(ctx context.Context, id VersionID, old, t Target, how How) error {
	if how == "" {
		how = Typed
	}
	if old.Number > 0 && old.Text != t.Text && old.Text != "" &&
		(old.Status == Confirmed || old.Author != t.Author || t.UpdatedAt.Sub(old.UpdatedAt) > pauseOfTyping || how != Typed) {
		row := pastRow{
			VersionID: int64(id), BlockKey: string(old.Block), Number: old.Number, Text: old.Text, Status: string(old.Status),
			SourceHash: old.SourceHash, Origin: string(how), AuthorID: int64(old.Author), At: database.Micros(old.UpdatedAt),
		}
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
	}
	row := newTargetRow(id, t)
	if old.Number == 0 {
		err := d.db.In(ctx).Create(&row).Error
		if database.IsDuplicate(err) {
			return &ConflictError{Theirs: Target{Block: t.Block, Number: 1}}
		}
		return err
	}
	res := d.db.In(ctx).Model(&targetRow{}).
		Where("version_id = ? AND block_key = ? AND number = ?", int64(id), string(t.Block), old.Number).
		Select("number", "text", "status", "source_hash", "source_text", "author_id", "updated_at").Updates(&row)
	if res.Error == nil && res.RowsAffected == 0 {
		return &ConflictError{Theirs: old}
	}
	return res.Error
}

func (d *Desk) targets(ctx context.Context, id VersionID) ([]Target, error) {
	var rows []targetRow
	if err := d.db.In(ctx).Where("version_id = ?", int64(id)).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("targets of version %d: %w", id, err)
	}
	out := make([]Target, len(rows))
	for i, r := range rows {
		out[i] = r.target()
	}
	return out, nil
}

// TargetHistory lists the earlier states of a block, newest first, at most 100.
func (d *Desk) TargetHistory(ctx context.Context, id VersionID, key archive.BlockKey) ([]Past, error) {
	var rows []pastRow
	err := d.db.In(ctx).Where("version_id = ? AND block_key = ?", int64(id), string(key)).Order("id DESC").Limit(100).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("history of block %s of version %d: %w", key, id, err)
	}
	out := make([]Past, len(rows))
	for i, r := range rows {
		out[i] = Past{
			ID: r.ID, Block: archive.BlockKey(r.BlockKey), Number: r.Number, Text: r.Text, Status: TargetStatus(r.Status),
			SourceHash: r.SourceHash, How: How(r.Origin), Author: MemberID(r.AuthorID), At: database.Time(r.At),
		}
	}
	return out, nil
}

// Restore makes an earlier state of a block the present one again. What stood goes to the history.
func (d *Desk) Restore(ctx context.Context, id VersionID, past int64, by Member) (Target, Version, error) {
	var row pastRow
	err := d.db.In(ctx).Where("id = ? AND version_id = ?", past, int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Target{}, Version{}, fmt.Errorf("past state %d of version %d: %w", past, id, archive.ErrNotFound)
	}
	if err != nil {
		return Target{}, Version{}, fmt.Errorf("past state %d of version %d: %w", past, id, err)
	}
	w, err := d.Work(ctx, id)
	if err != nil {
		return Target{}, Version{}, err
	}
	u, ok := w.Unit(archive.BlockKey(row.BlockKey))
	if !ok {
		return Target{}, Version{}, fmt.Errorf("block %s of version %d: %w", row.BlockKey, id, archive.ErrNotFound)
	}
	confirm := row.Status == string(Confirmed) && row.SourceHash == u.Block.Hash && confirmable(row.Text, u) == nil
	return d.SaveTarget(ctx, Save{Version: id, Block: u.Block.Key, Base: u.Target.Number, Text: row.Text, Confirm: confirm, How: Restored}, by)
}
