package translations

import (
	"testing"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/database/databasetest"
)

// TestRowsAgainstMigrations holds every stored form to the table it is stored in, on both engines, and every column of
// the table to the form.
func TestRowsAgainstMigrations(t *testing.T) {
	databasetest.Engines(t, func(t *testing.T, s database.Settings) {
		db, blobs := databasetest.Open(t, s)
		for range 2 { // the second time nothing is left to migrate
			a, err := archive.Open(t.Context(), db, blobs, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Open(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		databasetest.Rows(t, db.In(t.Context()),
			&memberRow{}, &roleRow{}, &sessionRow{}, &loginRow{}, &versionRow{}, &wordRow{}, &targetRow{}, &pastRow{}, &commentRow{},
			&reviewRow{}, &approvalRow{}, &publicationRow{}, &shelfRow{}, &searchRow{}, &sectionRow{}, &aliasRow{}, &withdrawalRow{}, &takedownRow{},
			&viewRow{}, &historyRow{}, &settingRow{}, &republicationRow{}, &republicationCheckRow{}, &leadRow{}, &republicationHostRow{})
	})
}
