// Package archive is what we keep: outlets with their terms of reuse, the raw bytes of pages as fetched, and articles
// as series of immutable revisions made of blocks.
//
// A page arrives as a Delivery. Its bytes are stored first, under their digest; then they are read; then one transaction
// writes capture, revision and blocks, or nothing. A block keeps its key from revision to revision, so that whatever is
// made of it (translations, comments) stays with it. Terms are versioned, rest on a quoted statement and its capture,
// and are in force only once a person has confirmed them.
package archive

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"colophon/archive/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Clock tells the time; tests hold it still.
type Clock func() time.Time

// Archive keeps sources, articles and captures.
type Archive struct {
	db      *database.DB
	blobs   database.Blobs
	now     Clock
	revised []func(ctx context.Context, id ArticleID) error
}

// Open migrates the tables of this package and clears what an interrupted delivery left. A nil clock means the system's.
func Open(ctx context.Context, db *database.DB, blobs database.Blobs, now Clock) (*Archive, error) {
	if now == nil {
		now = time.Now
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	if err := db.Migrate(ctx, "archive", files); err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	a := &Archive{db: db, blobs: blobs, now: now}
	if err := a.Sweep(ctx, now().Add(-time.Hour)); err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	return a, nil
}

// DB is the database the archive stands in, for the packages that keep their own tables beside it.
func (a *Archive) DB() *database.DB { return a.db }

// Now is the archive's clock, in UTC.
func (a *Archive) Now() time.Time { return a.now().UTC() }

// OnRevised has fn called in the transaction in which an article gets another current revision. Call it before use.
func (a *Archive) OnRevised(fn func(ctx context.Context, id ArticleID) error) {
	a.revised = append(a.revised, fn)
}

// IsEmpty says whether no source is kept yet.
func (a *Archive) IsEmpty(ctx context.Context) (bool, error) {
	var ids []int64
	if err := a.db.In(ctx).Model(&sourceRow{}).Limit(1).Pluck("id", &ids).Error; err != nil {
		return false, fmt.Errorf("is the archive empty: %w", err)
	}
	return len(ids) == 0, nil
}

// Sweep removes blobs that were put before a time and never became a capture: what a killed process leaves.
func (a *Archive) Sweep(ctx context.Context, before time.Time) error {
	var rows []pendingRow
	if err := a.db.In(ctx).Where("at < ?", database.Micros(before)).Find(&rows).Error; err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	for _, row := range rows {
		if err := a.discard(ctx, row.ID, database.Digest(row.Digest)); err != nil {
			return fmt.Errorf("sweep: %w", err)
		}
	}
	return nil
}

// put stores bytes with a note that they wait for their capture, so that a kill in between leaves nothing for ever.
func (a *Archive) put(ctx context.Context, b []byte) (pending int64, d database.Digest, err error) {
	row := pendingRow{Digest: string(database.DigestOf(b)), At: database.Micros(a.now())}
	err = a.db.Transact(ctx, func(ctx context.Context) error { return a.db.In(ctx).Create(&row).Error })
	if err != nil {
		return 0, "", fmt.Errorf("note a blob: %w", err)
	}
	if d, err = a.blobs.Put(ctx, b); err != nil {
		return 0, "", errors.Join(err, a.discard(ctx, row.ID, database.Digest(row.Digest)))
	}
	return row.ID, d, nil
}

// discard takes back a put: the note, and the blob where nothing else names it.
func (a *Archive) discard(ctx context.Context, pending int64, d database.Digest) error {
	return a.db.Transact(ctx, func(ctx context.Context) error {
		tx := a.db.In(ctx)
		if err := tx.Where("id = ?", pending).Delete(&pendingRow{}).Error; err != nil {
			return err
		}
		var named, shown, signed, waiting int64
		if err := tx.Model(&captureRow{}).Where("digest = ?", string(d)).Limit(1).Count(&named).Error; err != nil {
			return err
		}
		if err := tx.Model(&assetRow{}).Where("digest = ?", string(d)).Limit(1).Count(&shown).Error; err != nil {
			return err
		}
		if err := tx.Model(&agreementRow{}).Where("digest = ?", string(d)).Limit(1).Count(&signed).Error; err != nil {
			return err
		}
		if err := tx.Model(&pendingRow{}).Where("digest = ?", string(d)).Limit(1).Count(&waiting).Error; err != nil {
			return err
		}
		if named+shown+signed+waiting > 0 {
			return nil
		}
		return a.blobs.Remove(ctx, d)
	})
}
