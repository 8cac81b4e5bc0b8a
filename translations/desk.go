// Package translations is what we make of the archive: versions of articles in other languages, carried through
// translation, review and approval to publications that readers see.
//
// Every operation loads, decides and saves in one transaction; the decision is a pure call into package workflow; the
// line of history is written in the same transaction. Approval is bound to the hashes of source and targets: it dies
// when either changes and revives when the text is restored. A publication is an immutable copy of what the gate passed;
// the shelf points at it. Nothing here is deleted.
package translations

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/rights"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Renderer renders a publication that is not out yet as readers would be served it, through the real router and
// template. Package web implements it.
type Renderer interface {
	Render(ctx context.Context, p Publication) (rights.Page, error)
	// Outputs are what else would go out of p, rendered as it would be served: see judged.
	Outputs(ctx context.Context, p Publication) ([]Output, error)
}

// Desk is where versions are made.
type Desk struct {
	archive *archive.Archive
	db      *database.DB
}

// Open migrates the tables of this package and ties the desk to its archive: when a source moves on, the standing of
// its versions is computed again in the same transaction.
func Open(ctx context.Context, a *archive.Archive) (*Desk, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the desk: %w", err)
	}
	if err := a.DB().Migrate(ctx, "translations", files); err != nil {
		return nil, fmt.Errorf("open the desk: %w", err)
	}
	d := &Desk{archive: a, db: a.DB()}
	if err := d.reindex(ctx); err != nil {
		return nil, fmt.Errorf("open the desk: %w", err)
	}
	if err := d.reindexWords(ctx); err != nil {
		return nil, fmt.Errorf("open the desk: %w", err)
	}
	if err := d.Sweep(ctx); err != nil {
		return nil, fmt.Errorf("open the desk: %w", err)
	}
	a.OnRevised(d.sourceMoved)
	return d, nil
}

// Archive is the archive the desk works on.
func (d *Desk) Archive() *archive.Archive { return d.archive }

func (d *Desk) now() time.Time { return d.archive.Now() }
