package archive

import (
	"context"
	"errors"
	"fmt"

	"colophon/archive/database"
	"colophon/archive/fault"
)

// Audit is how captures and stored bytes agree.
type Audit struct {
	Captures int               // and pictures and agreements, looked at
	Blobs    int               // stored
	Missing  []database.Digest // captures name them, and their bytes are gone
	Broken   []database.Digest // stored, and no longer what their digest says
	Orphans  []database.Digest // stored, and neither a capture nor a delivery under way names them
}

// IsSound says whether nothing is missing or broken; an orphan only takes space.
func (r Audit) IsSound() bool { return len(r.Missing)+len(r.Broken) == 0 }

// auditPage is how many captures are read at once.
const auditPage = 1000

// Audit compares captures with the stored bytes; deep also reads every blob and computes its digest anew. It holds 32
// bytes for each blob. Deliveries may go on meanwhile: what seems wrong is looked at a second time.
func (a *Archive) Audit(ctx context.Context, deep bool) (Audit, error) {
	var report Audit
	named := map[database.Digest]bool{} // every stored digest, true once a capture names it
	err := a.blobs.Each(ctx, func(d database.Digest) error {
		named[d] = false
		return nil
	})
	if err != nil {
		return report, fmt.Errorf("audit: list the blobs: %w", err)
	}
	report.Blobs = len(named)
	missing := map[database.Digest]bool{}
	for _, table := range []any{&captureRow{}, &assetRow{}, &agreementRow{}} {
		n, err := a.eachDigest(ctx, table, func(d database.Digest) {
			if _, stored := named[d]; stored {
				named[d] = true
			} else {
				missing[d] = true
			}
		})
		if err != nil {
			return report, fmt.Errorf("audit: %w", err)
		}
		report.Captures += n
	}
	for d := range missing { // put since the list was made, perhaps
		if _, err := a.blobs.Open(ctx, d); errors.Is(err, fault.ErrNotFound) {
			report.Missing = append(report.Missing, d)
		} else if err != nil {
			report.Broken = append(report.Broken, d)
		}
	}
	for d, isNamed := range named {
		if !isNamed {
			orphan, err := a.isOrphan(ctx, d)
			if err != nil {
				return report, fmt.Errorf("audit: %w", err)
			}
			if orphan {
				report.Orphans = append(report.Orphans, d)
			}
		}
		if deep {
			if _, err := a.blobs.Open(ctx, d); err != nil && !errors.Is(err, fault.ErrNotFound) {
				report.Broken = append(report.Broken, d)
			}
		}
		if err := ctx.Err(); err != nil {
			return report, err
		}
	}
	return report, nil
}

// eachDigest calls fn for the digest of every row of a table and counts them.
func (a *Archive) eachDigest(ctx context.Context, table any, fn func(database.Digest)) (count int, err error) {
	for last := int64(0); ; {
		var rows []struct {
			ID     int64
			Digest string
		}
		err := a.db.In(ctx).Model(table).Select("id", "digest").Where("id > ?", last).Order("id").Limit(auditPage).Find(&rows).Error
		if err != nil {
			return count, err
		}
		for _, row := range rows {
			last = row.ID
			fn(database.Digest(row.Digest))
		}
		count += len(rows)
		if len(rows) < auditPage {
			return count, nil
		}
	}
}

// isOrphan says whether nothing names a blob: no capture, picture or agreement, and no delivery that has only put its bytes so far.
func (a *Archive) isOrphan(ctx context.Context, d database.Digest) (bool, error) {
	for _, table := range []any{&pendingRow{}, &captureRow{}, &assetRow{}, &agreementRow{}} {
		var ids []int64
		if err := a.db.In(ctx).Model(table).Where("digest = ?", string(d)).Limit(1).Pluck("id", &ids).Error; err != nil || len(ids) > 0 {
			return false, err
		}
	}
	return true, nil
}
