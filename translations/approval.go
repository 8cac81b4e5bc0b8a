package translations

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/translations/workflow"
)

// Approval is the decision of the person responsible, bound to what was decided on: the hashes of source and targets.
type Approval struct {
	ID         int64
	Version    VersionID
	Revision   archive.RevisionID
	SourceHash string
	TargetHash string
	Waiver     string            // why four eyes were waived; empty: they were not
	Cosmetic   string            // why the approval outlived a change of the source
	Answers    map[string]string // to questions no machine decides
	By         MemberID
	At         time.Time
}

// Approve approves a version in review. The approver must be none of those who wrote it; an editor may waive that with a
// reason, which is recorded and counted.
func (d *Desk) Approve(ctx context.Context, id VersionID, waiver string, answers map[string]string, by Member) (Version, error) {
	waiver = strings.TrimSpace(waiver)
	var row approvalRow
	v, err := d.step(ctx, id, workflow.Approve, Approved, waiver, by, func(ctx context.Context, w Work) error {
		if h := w.Hindrances(); len(h) > 0 {
			return &HinderedError{h}
		}
		writers, err := d.Writers(ctx, id)
		if err != nil {
			return err
		}
		if workflow.FourEyes(by.ID, writers) {
			waiver = ""
		} else if err := d.waive(ctx, id, waiver, by); err != nil {
			return err
		}
		row = approvalRow{
			VersionID: int64(id), RevisionID: int64(w.Revision.ID), SourceHash: w.Revision.Digest, TargetHash: w.Version.TargetHash,
			Waiver: waiver, Answers: answers, MemberID: int64(by.ID), At: database.Micros(d.now()),
		}
		return d.db.In(ctx).Create(&row).Error
	})
	return v, err
}

func (d *Desk) waive(ctx context.Context, id VersionID, reason string, by Member) error {
	if reason == "" {
		return fault.New(archive.ErrForbidden, "fault.approve.four_eyes", nil)
	}
	if len([]rune(reason)) < 10 || len(reason) > 2000 {
		return fault.New(archive.ErrInvalid, "fault.approve.waiver", nil)
	}
	return d.record(ctx, OfVersion, int64(id), "waived", map[string]string{"Reason": reason}, by.ID)
}

// Writers lists everyone who wrote a target of a version, the last editor included; of an original carried over as it
// stands, the one who submitted it.
func (d *Desk) Writers(ctx context.Context, id VersionID) ([]MemberID, error) {
	var now, past, submitted []MemberID
	tx := d.db.In(ctx)
	if err := tx.Model(&targetRow{}).Where("version_id = ?", int64(id)).Distinct().Pluck("author_id", &now).Error; err != nil {
		return nil, fmt.Errorf("writers of version %d: %w", id, err)
	}
	if err := d.db.In(ctx).Model(&pastRow{}).Where("version_id = ?", int64(id)).Distinct().Pluck("author_id", &past).Error; err != nil {
		return nil, fmt.Errorf("writers of version %d: %w", id, err)
	}
	out := slices.Concat(now, past)
	if len(out) == 0 {
		err := d.db.In(ctx).Model(&reviewRow{}).Where("version_id = ? AND verdict = ?", int64(id), string(Submitted)).
			Order("id DESC").Limit(1).Pluck("member_id", &submitted).Error
		if err != nil {
			return nil, fmt.Errorf("writers of version %d: %w", id, err)
		}
		out = submitted
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// KeepApproval carries an approval over a cosmetic change of the source: the targets stay as they are, bound to the new
// words, and the reason is logged. The version must have been approved with the targets it has.
func (d *Desk) KeepApproval(ctx context.Context, id VersionID, reason string, by Member) (Version, error) {
	reason, err := words(reason, "fault.review.reason")
	if err != nil {
		return Version{}, err
	}
	var v Version
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		if v, err = d.locked(ctx, id); err != nil {
			return err
		}
		if err := refusal(v, workflow.KeepApproval, by); err != nil {
			return err
		}
		w, err := d.work(ctx, v)
		if err != nil {
			return err
		}
		var last approvalRow
		err = d.db.In(ctx).Where("version_id = ? AND target_hash = ?", int64(id), v.TargetHash).Order("id DESC").Limit(1).Take(&last).Error
		if database.IsNotFound(err) || w.IsOriginal {
			return fault.New(archive.ErrConflict, "fault.cosmetic.not_approved", nil)
		}
		if err != nil {
			return err
		}
		if err := d.carryOver(ctx, w); err != nil {
			return err
		}
		row := approvalRow{
			VersionID: int64(id), RevisionID: int64(w.Revision.ID), SourceHash: w.Revision.Digest, TargetHash: v.TargetHash,
			Waiver: last.Waiver, Cosmetic: reason, Answers: last.Answers, MemberID: int64(by.ID), At: database.Micros(d.now()),
		}
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		if err := d.record(ctx, OfVersion, int64(id), "cosmetic", map[string]string{"Reason": reason}, by.ID); err != nil {
			return err
		}
		v, err = d.setState(ctx, v, workflow.KeepApproval, by)
		return err
	})
	if err != nil {
		return Version{}, fmt.Errorf("keep the approval of version %d: %w", id, err)
	}
	return v, nil
}

// carryOver binds every target to the words its block has now. A block that is new or whose codes changed is no cosmetic
// change.
func (d *Desk) carryOver(ctx context.Context, w Work) error {
	for _, u := range w.Units {
		if !u.Block.IsTranslated() {
			continue
		}
		if u.Target.Text == "" || len(u.Problems) > 0 {
			return fault.New(archive.ErrConflict, "fault.cosmetic.block", fault.Data{"Number": u.Number})
		}
		if !u.SourceChanged {
			continue
		}
		past := pastRow{
			VersionID: int64(w.Version.ID), BlockKey: string(u.Block.Key), Number: u.Target.Number, Text: u.Target.Text,
			Status: string(u.Target.Status), SourceHash: u.Target.SourceHash, Origin: string(Cosmetic),
			AuthorID: int64(u.Target.Author), At: database.Micros(u.Target.UpdatedAt),
		}
		if err := d.db.In(ctx).Create(&past).Error; err != nil {
			return err
		}
		row := targetRow{Number: u.Target.Number + 1, Status: string(Confirmed), SourceHash: u.Block.Hash, SourceText: u.Source}
		err := d.db.In(ctx).Model(&targetRow{}).Where("version_id = ? AND block_key = ?", int64(w.Version.ID), string(u.Block.Key)).
			Select("number", "status", "source_hash", "source_text").Updates(&row).Error
		if err != nil {
			return err
		}
	}
	row := versionRow{RevisionID: int64(w.Revision.ID)}
	return d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(w.Version.ID)).Select("revision_id").Updates(&row).Error
}

// approvalStands says whether an approval is bound to these hashes.
func (d *Desk) approvalStands(ctx context.Context, id VersionID, source, target string) (bool, error) {
	var ids []int64
	err := d.db.In(ctx).Model(&approvalRow{}).Where("version_id = ? AND target_hash = ? AND source_hash = ?", int64(id), target, source).
		Limit(1).Pluck("id", &ids).Error
	if err != nil {
		return false, fmt.Errorf("approvals of version %d: %w", id, err)
	}
	return len(ids) > 0, nil
}

// Approvals lists the approvals of a version, newest first, at most 100.
func (d *Desk) Approvals(ctx context.Context, id VersionID) ([]Approval, error) {
	var rows []approvalRow
	if err := d.db.In(ctx).Where("version_id = ?", int64(id)).Order("id DESC").Limit(100).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("approvals of version %d: %w", id, err)
	}
	out := make([]Approval, len(rows))
	for i, r := range rows {
		out[i] = r.approval()
	}
	return out, nil
}

// Waivers counts the approvals that waived four eyes since a time.
func (d *Desk) Waivers(ctx context.Context, since time.Time) (int64, error) {
	var n int64
	if err := d.db.In(ctx).Model(&approvalRow{}).Where("waiver <> '' AND at > ?", database.Micros(since)).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count waivers: %w", err)
	}
	return n, nil
}
