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

// TakedownID identifies a Takedown.
type TakedownID int64

// Basis is why somebody may ask that a text be taken down.
type Basis string

// Bases are the grounds for a takedown, in the order people choose from.
func Bases() []Basis {
	return []Basis{"rightsholder", "terms", "privacy", "court", "law", "mistake", "other"}
}

// Takedown is a text taken from readers because somebody asked: who, when, on what ground and why. It closes the article,
// in one language or in all, to publication until it is restored.
type Takedown struct {
	ID       TakedownID
	Article  archive.ArticleID
	Language string // empty: every language
	AskedBy  string
	AskedOn  string // the day, 2025-09-03
	Basis    Basis
	Reason   string
	By       MemberID
	At       time.Time

	RestoredAt  time.Time // zero: it holds
	RestoredBy  MemberID
	RestoredWhy string

	taken []takenRow
}

// IsOpen says whether the text is still down.
func (t Takedown) IsOpen() bool { return t.RestoredAt.IsZero() }

// takenRow is what stood on the shelf.
type takenRow struct {
	Publication PublicationID `json:"publication"`
	FirstAt     time.Time     `json:"first_at"`
}

// TakeDown takes an article from readers, in one language or in all, at once and everywhere. Its pages become tombstones
// that keep the credit. An editor decides for languages of their own, an administrator for any.
func (d *Desk) TakeDown(ctx context.Context, t Takedown, by Member) (Takedown, error) {
	var err error
	if t.AskedBy, err = words(t.AskedBy, "fault.takedown.who"); err != nil {
		return Takedown{}, err
	}
	if t.Reason, err = words(t.Reason, "fault.takedown.why"); err != nil {
		return Takedown{}, err
	}
	if !slices.Contains(Bases(), t.Basis) {
		return Takedown{}, fault.New(archive.ErrInvalid, "fault.takedown.basis", nil)
	}
	if day, err := time.Parse(time.DateOnly, t.AskedOn); err != nil || day.After(d.now().Add(24*time.Hour)) {
		return Takedown{}, fault.New(archive.ErrInvalid, "fault.takedown.when", nil)
	}
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		versions, err := d.closing(ctx, t.Article, t.Language, by)
		if err != nil {
			return err
		}
		open, err := d.openTakedown(ctx, t.Article, t.Language)
		if err != nil {
			return err
		}
		if open.ID != 0 {
			return fault.New(archive.ErrConflict, "fault.takedown.already", nil)
		}
		t.By, t.At = by.ID, d.now()
		row := newTakedownRow(t)
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		t.ID = TakedownID(row.ID)
		for _, v := range versions {
			taken, err := d.clear(ctx, t, v)
			if err != nil {
				return err
			}
			row.Taken = append(row.Taken, taken...)
		}
		return d.db.In(ctx).Model(&takedownRow{}).Where("id = ?", row.ID).Select("taken").Updates(&row).Error
	})
	if err != nil {
		return Takedown{}, fmt.Errorf("take article %d down: %w", t.Article, err)
	}
	return t, nil
}

// closing lists the versions a takedown is about, if by may decide on all of them.
func (d *Desk) closing(ctx context.Context, id archive.ArticleID, lang string, by Member) ([]Version, error) {
	versions, err := d.VersionsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if lang != "" {
		versions = slices.DeleteFunc(versions, func(v Version) bool { return v.Language != lang })
	}
	allowed := by.RoleIn("").AtLeast(workflow.Editor) || lang != "" && by.RoleIn(lang).AtLeast(workflow.Editor) || len(versions) > 0
	for _, v := range versions {
		allowed = allowed && by.RoleIn(v.Language).AtLeast(workflow.Editor)
	}
	if !allowed {
		return nil, fault.New(archive.ErrForbidden, "fault.takedown.role", nil)
	}
	return versions, nil
}

// clear takes what there is of a version from the shelf.
func (d *Desk) clear(ctx context.Context, t Takedown, v Version) ([]takenRow, error) {
	var rows []shelfRow
	tx := d.db.In(ctx).Where("article_id = ? AND language = ? AND shown_until > ?", int64(v.Article), v.Language, database.Micros(d.now()))
	if err := tx.Order("shown_from").Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	var out []takenRow
	for _, r := range rows {
		out = append(out, takenRow{PublicationID(r.PublicationID), database.Time(r.FirstAt)})
	}
	gone := withdrawalRow{ArticleID: int64(v.Article), Language: v.Language, Reason: t.Reason, MemberID: int64(t.By), TakedownID: int64(t.ID)}
	if err := d.unshelve(ctx, gone); err != nil {
		return nil, err
	}
	if _, err := d.refresh(ctx, v.ID); err != nil {
		return nil, err
	}
	return out, d.record(ctx, OfVersion, int64(v.ID), "taken_down", map[string]string{"Reason": t.AskedBy + ": " + t.Reason}, t.By)
}

// Takedown returns one: ErrNotFound where there is none.
func (d *Desk) Takedown(ctx context.Context, id TakedownID) (Takedown, error) {
	var row takedownRow
	err := d.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Takedown{}, fmt.Errorf("takedown %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return Takedown{}, fmt.Errorf("takedown %d: %w", id, err)
	}
	return row.takedown(), nil
}

// Takedowns lists them, newest first, before one (0: from the newest), at most limit.
func (d *Desk) Takedowns(ctx context.Context, before TakedownID, limit int) ([]Takedown, error) {
	tx := d.db.In(ctx).Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", int64(before))
	}
	return takedowns(tx)
}

// TakedownsOf lists those of an article, newest first.
func (d *Desk) TakedownsOf(ctx context.Context, id archive.ArticleID) ([]Takedown, error) {
	return takedowns(d.db.In(ctx).Where("article_id = ?", int64(id)).Order("id DESC").Limit(50))
}

func takedowns(tx *gormDB) ([]Takedown, error) {
	var rows []takedownRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("takedowns: %w", err)
	}
	out := make([]Takedown, len(rows))
	for i, r := range rows {
		out[i] = r.takedown()
	}
	return out, nil
}

// openTakedown is one that holds for an article in a language, the zero Takedown where none does.
func (d *Desk) openTakedown(ctx context.Context, id archive.ArticleID, lang string) (Takedown, error) {
	var rows []takedownRow
	err := d.db.In(ctx).Where("article_id = ? AND restored_at = 0 AND language IN ?", int64(id), []string{"", lang}).Order("id").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Takedown{}, err
	}
	return rows[0].takedown(), nil
}

// notTakenDown refuses what a takedown holds back.
func (d *Desk) notTakenDown(ctx context.Context, id archive.ArticleID, lang string) error {
	t, err := d.openTakedown(ctx, id, lang)
	if err == nil && t.ID != 0 {
		return fault.New(archive.ErrConflict, "fault.publish.taken_down", fault.Data{"Who": t.AskedBy})
	}
	return err
}

type takedownRow struct {
	ID          int64
	ArticleID   int64
	Language    string
	AskedBy     string
	AskedOn     string
	Basis       string
	Reason      string
	Taken       []takenRow `gorm:"serializer:json"`
	MemberID    int64
	At          int64
	RestoredAt  int64
	RestoredBy  int64
	RestoredWhy string
}

// TableName implements gorm's Tabler.
func (takedownRow) TableName() string { return "takedowns" }

func newTakedownRow(t Takedown) takedownRow {
	return takedownRow{
		ArticleID: int64(t.Article), Language: t.Language, AskedBy: t.AskedBy, AskedOn: t.AskedOn, Basis: string(t.Basis),
		Reason: strings.TrimSpace(t.Reason), Taken: t.taken, MemberID: int64(t.By), At: database.Micros(t.At),
	}
}

func (r takedownRow) takedown() Takedown {
	return Takedown{
		ID: TakedownID(r.ID), Article: archive.ArticleID(r.ArticleID), Language: r.Language, AskedBy: r.AskedBy, AskedOn: r.AskedOn,
		Basis: Basis(r.Basis), Reason: r.Reason, By: MemberID(r.MemberID), At: database.Time(r.At), taken: r.Taken,
		RestoredAt: database.Time(r.RestoredAt), RestoredBy: MemberID(r.RestoredBy), RestoredWhy: r.RestoredWhy,
	}
}
