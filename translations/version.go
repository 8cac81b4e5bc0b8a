package translations

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations/inline"
	"colophon/translations/workflow"
)

// VersionID identifies a Version.
type VersionID int64

// Version is one rendering of an article in one language. A version in the article's own language is the original
// carried to readers as it stands: it has no targets, only an approval.
type Version struct {
	ID         VersionID
	Article    archive.ArticleID
	Language   string
	Revision   archive.RevisionID // the one it was last made against as a whole
	State      workflow.State     // effective: an approval that no longer binds counts as draft
	Standing   workflow.Standing
	Stale      bool // made against an older revision
	TargetHash string
	Assignee   MemberID
	Priority   Priority
	DueAt      time.Time
	Done       int // blocks confirmed
	Total      int // blocks with words
	Held       bool
	By         MemberID
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Priority says how soon a version is wanted.
type Priority int

// The priorities.
const (
	NoPriority Priority = iota
	High
	First
)

// Unit is a block of the current revision beside its target: what a translator works on.
type Unit struct {
	Number        int // from 1, in the order of the page
	Block         archive.Block
	Source        string // with inline codes
	Codes         []inline.Code
	Target        Target // zero where nothing is written yet
	SourceChanged bool   // the target was made against other words; OldSource has them
	OldSource     string
	Problems      []inline.Problem
}

// Status is the state of a unit.
func (u Unit) Status() TargetStatus {
	switch {
	case u.Target.Text == "":
		return Empty
	case u.SourceChanged:
		return Drafted
	}
	return u.Target.Status
}

// HTML is the target as it would stand on the page.
func (u Unit) HTML() string { return inline.Decode(u.Target.Text, u.Codes) }

// Work is a version opened for work: what the editor and the review page show.
type Work struct {
	Version    Version
	Article    archive.Article
	Source     archive.Source
	Revision   archive.Revision // the article's current one
	Units      []Unit
	Removed    []Target // of blocks the source no longer has
	IsOriginal bool
}

// Unit finds the unit of a block.
func (w Work) Unit(key archive.BlockKey) (Unit, bool) {
	i := slices.IndexFunc(w.Units, func(u Unit) bool { return u.Block.Key == key })
	if i < 0 {
		return Unit{}, false
	}
	return w.Units[i], true
}

// Title is the target of the title, or the source's where there is none yet.
func (w Work) Title() string {
	if u, ok := w.Unit(archive.TitleKey); ok && u.Target.Text != "" {
		return inline.Plain(u.Target.Text)
	}
	return w.Revision.Title
}

// OpenVersion starts a version of an article in a language. Terms that forbid translation refuse here: ErrForbidden with
// the outlet's words. A version that stands already is returned with ErrConflict.
func (d *Desk) OpenVersion(ctx context.Context, id archive.ArticleID, lang string, by Member) (Version, error) {
	if !by.RoleIn(lang).AtLeast(workflow.Translator) {
		return Version{}, fault.New(archive.ErrForbidden, "fault.role.language", fault.Data{"Language": lang})
	}
	var v Version
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		art, err := d.archive.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := d.mayTranslate(ctx, art, lang); err != nil {
			return err
		}
		now := database.Micros(d.now())
		row := versionRow{
			ArticleID: int64(id), Language: lang, RevisionID: int64(art.Revision), State: string(workflow.Draft),
			Standing: string(workflow.AtDraft), CreatedBy: int64(by.ID), CreatedAt: now, UpdatedAt: now,
		}
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		if v, err = d.refresh(ctx, VersionID(row.ID)); err != nil {
			return err
		}
		return d.record(ctx, OfVersion, row.ID, "opened", map[string]string{"Language": lang}, by.ID)
	})
	if database.IsDuplicate(err) {
		v, ferr := d.VersionOf(ctx, id, lang)
		return v, errors.Join(fault.Wrap(archive.ErrConflict, "fault.version.open", nil, err), ferr)
	}
	if err != nil {
		return Version{}, fmt.Errorf("open a version of article %d in %s: %w", id, lang, err)
	}
	return v, nil
}

// mayTranslate refuses where what is in force forbids a translation, or asks for a permission nobody has recorded.
func (d *Desk) mayTranslate(ctx context.Context, art archive.Article, lang string) error {
	barred, is, err := d.Barred(ctx, art, lang)
	if err != nil || !is {
		return err
	}
	id := "fault.terms.no_translation"
	if barred.Value == "permission" {
		id = "fault.terms.no_grant"
	}
	return fault.New(archive.ErrForbidden, id, fault.Data{"Quote": barred.Quote})
}

// Barred finds what keeps an article from being translated into a language: ok is false where nothing does. Of an outlet
// whose terms nobody has confirmed, nothing does: the work may begin, and the gate will not let it out.
func (d *Desk) Barred(ctx context.Context, art archive.Article, lang string) (by rights.Ruling, ok bool, err error) {
	if art.Language == lang {
		return by, false, nil
	}
	force, err := d.archive.InForce(ctx, art.Source, archive.Use{Article: art.ID, Language: lang, Translation: true, At: d.now()})
	if err != nil {
		return by, false, err
	}
	by, ok = force.NoTranslation()
	return by, ok, nil
}

// Version returns a version: ErrNotFound where there is none.
func (d *Desk) Version(ctx context.Context, id VersionID) (Version, error) {
	row, err := d.versionRow(ctx, id)
	if err != nil {
		return Version{}, err
	}
	return row.version(), nil
}

// VersionOf returns the version of an article in a language: ErrNotFound where none is open.
func (d *Desk) VersionOf(ctx context.Context, id archive.ArticleID, lang string) (Version, error) {
	var row versionRow
	err := d.db.In(ctx).Where("article_id = ? AND language = ?", int64(id), lang).Take(&row).Error
	if database.IsNotFound(err) {
		return Version{}, fmt.Errorf("version of article %d in %s: %w", id, lang, archive.ErrNotFound)
	}
	if err != nil {
		return Version{}, fmt.Errorf("version of article %d in %s: %w", id, lang, err)
	}
	return row.version(), nil
}

// VersionsOf lists the versions of an article.
func (d *Desk) VersionsOf(ctx context.Context, id archive.ArticleID) ([]Version, error) {
	var rows []versionRow
	if err := d.db.In(ctx).Where("article_id = ?", int64(id)).Order("language").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("versions of article %d: %w", id, err)
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = r.version()
	}
	return out, nil
}

func (d *Desk) versionRow(ctx context.Context, id VersionID) (versionRow, error) {
	var row versionRow
	err := d.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return row, fmt.Errorf("version %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return row, fmt.Errorf("version %d: %w", id, err)
	}
	return row, nil
}

// locked reads a version to decide on it: nothing changes it before the transaction ends.
func (d *Desk) locked(ctx context.Context, id VersionID) (Version, error) {
	var row versionRow
	err := d.db.Locked(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Version{}, fmt.Errorf("version %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return Version{}, fmt.Errorf("version %d: %w", id, err)
	}
	return row.version(), nil
}

// Work opens a version for work.
func (d *Desk) Work(ctx context.Context, id VersionID) (Work, error) {
	v, err := d.Version(ctx, id)
	if err != nil {
		return Work{}, err
	}
	return d.work(ctx, v)
}

func (d *Desk) work(ctx context.Context, v Version) (Work, error) {
	w := Work{Version: v}
	var err error
	if w.Article, err = d.archive.Article(ctx, v.Article); err != nil {
		return Work{}, err
	}
	if w.Source, err = d.archive.Source(ctx, w.Article.Source); err != nil {
		return Work{}, err
	}
	if w.Revision, err = d.archive.Revision(ctx, w.Article.Revision); err != nil {
		return Work{}, err
	}
	w.IsOriginal = w.Article.Language == v.Language
	blocks, err := d.archive.Blocks(ctx, w.Revision.ID)
	if err != nil {
		return Work{}, err
	}
	targets, err := d.targets(ctx, v.ID)
	if err != nil {
		return Work{}, err
	}
	w.Units, w.Removed = pair(Translatable(blocks), targets, w.IsOriginal)
	return w, nil
}

// pair puts targets beside the blocks they belong to; what belongs to no block any more is returned apart.
func pair(blocks []archive.Block, targets []Target, original bool) (units []Unit, removed []Target) {
	byKey := make(map[archive.BlockKey]Target, len(targets))
	for _, t := range targets {
		byKey[t.Block] = t
	}
	for i, b := range blocks {
		u := Unit{Number: i + 1, Block: b}
		u.Source, u.Codes = inline.Encode(b.HTML)
		if original {
			u.Target = Target{Block: b.Key, Text: u.Source, Status: Confirmed, SourceHash: b.Hash}
		} else if t, ok := byKey[b.Key]; ok {
			u.Target = t
			if u.SourceChanged = t.SourceHash != b.Hash && t.Text != ""; u.SourceChanged {
				u.OldSource = t.SourceText
			}
			if t.Text != "" {
				u.Problems = inline.Check(t.Text, u.Codes)
			}
		}
		delete(byKey, b.Key)
		units = append(units, u)
	}
	for _, t := range targets {
		if _, ok := byKey[t.Block]; ok && !original {
			removed = append(removed, t)
		}
	}
	return units, removed
}

// hashTargets is the hash an approval binds to: over block keys and texts, whatever their order on the page.
func hashTargets(targets []Target) string {
	lines := make([]string, 0, len(targets))
	for _, t := range targets {
		if t.Text != "" {
			lines = append(lines, string(t.Block)+"\x00"+t.Text+"\x00")
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(sum[:])
}

// refresh computes everything about a version that others are shown or found by, and saves it. It is called at the end
// of every operation that changes targets, state, approvals, publications or the source.
func (d *Desk) refresh(ctx context.Context, id VersionID) (Version, error) {
	row, err := d.versionRow(ctx, id)
	if err != nil {
		return Version{}, err
	}
	w, err := d.work(ctx, row.version())
	if err != nil {
		return Version{}, err
	}
	targets, err := d.targets(ctx, id)
	if err != nil {
		return Version{}, err
	}
	row.TargetHash = hashTargets(targets)
	if w.IsOriginal {
		row.TargetHash = w.Revision.Digest
	}
	row.Done, row.Total = 0, 0
	behind := false
	for _, u := range w.Units {
		if !u.Block.IsTranslated() {
			continue
		}
		row.Total++
		if u.Status() == Confirmed {
			row.Done++
		}
		behind = behind || u.SourceChanged
	}
	f := workflow.Facts{State: workflow.State(row.State), SourceMoved: behind}
	if f.ApprovalStands, err = d.approvalStands(ctx, id, w.Revision.Digest, row.TargetHash); err != nil {
		return Version{}, err
	}
	pub, err := d.current(ctx, w.Article.ID, row.Language)
	switch {
	case err == nil:
		f.Published = true
		f.SameAsPublic = pub.TargetHash == row.TargetHash
		if w.IsOriginal { // its text is the source: published means of this very revision, or behind
			f.SameAsPublic = true
		}
		f.SourceMoved = f.SourceMoved || pub.SourceHash != w.Revision.Digest
	case !errors.Is(err, archive.ErrNotFound):
		return Version{}, err
	}
	row.State, row.Standing, row.Stale = string(f.Effective()), string(f.Standing()), f.SourceMoved
	row.UpdatedAt = database.Micros(d.now())
	err = d.db.In(ctx).Model(&versionRow{}).Where("id = ?", row.ID).
		Select("target_hash", "done", "total", "state", "standing", "stale", "updated_at").Updates(&row).Error
	if err != nil {
		return Version{}, fmt.Errorf("refresh version %d: %w", id, err)
	}
	return row.version(), d.keepWords(ctx, w, row.Words)
}

// sourceMoved computes the versions of an article again after it got another revision.
func (d *Desk) sourceMoved(ctx context.Context, id archive.ArticleID) error {
	versions, err := d.VersionsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if _, err := d.refresh(ctx, v.ID); err != nil {
			return err
		}
		if err := d.record(ctx, OfVersion, int64(v.ID), "source_changed", nil, 0); err != nil {
			return err
		}
	}
	return nil
}

// Assign gives a version to a person (0: to nobody), with priority and due time.
func (d *Desk) Assign(ctx context.Context, id VersionID, to MemberID, p Priority, due time.Time, by Member) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		v, err := d.locked(ctx, id)
		if err != nil {
			return err
		}
		role := by.RoleIn(v.Language)
		if !role.AtLeast(workflow.Editor) && (!role.AtLeast(workflow.Translator) || to != by.ID || p != v.Priority || !due.Equal(v.DueAt)) {
			return fault.New(archive.ErrForbidden, "fault.role.editor", nil)
		}
		if to != 0 {
			m, err := d.Member(ctx, to)
			if err != nil {
				return err
			}
			if m.RoleIn(v.Language) == "" || m.IsDisabled() {
				return fault.New(archive.ErrInvalid, "fault.assign.language", fault.Data{"Name": m.Name})
			}
		}
		row := versionRow{AssigneeID: int64(to), Priority: int(p), DueAt: database.Micros(due)}
		if err := d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(id)).Select("assignee_id", "priority", "due_at").Updates(&row).Error; err != nil {
			return fmt.Errorf("assign version %d: %w", id, err)
		}
		return d.record(ctx, OfVersion, int64(id), "assigned", map[string]string{"To": fmt.Sprint(int64(to))}, by.ID)
	})
}
