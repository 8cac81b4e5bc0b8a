package archive

import (
	"sync"
	"testing"

	"colophon/archive/database"
	"colophon/archive/database/databasetest"
)

// TestRowsAgainstMigrations holds every stored form to the table it is stored in, on both engines, and every column of
// the table to the form. Several processes may start at once.
func TestRowsAgainstMigrations(t *testing.T) {
	databasetest.Engines(t, func(t *testing.T, s database.Settings) {
		blobs, err := database.OpenFiles(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				db, err := database.Open(t.Context(), s)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				if _, err := Open(t.Context(), db, blobs, nil); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		db, err := database.Open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		databasetest.Rows(t, db.In(t.Context()),
			&sourceRow{}, &captureRow{}, &termsRow{}, &articleRow{}, &addressRow{}, &revisionRow{}, &blockRow{}, &eventRow{},
			&assetRow{}, &pendingRow{}, &jobRow{}, &agreementRow{}, &agreementUseRow{}, &linkRow{}, &linkCheckRow{}, &absenceRow{})
	})
}
