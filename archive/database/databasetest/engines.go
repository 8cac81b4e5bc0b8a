package databasetest

import (
	"testing"

	"colophon/archive/database"
)

// Engines runs a test with an empty database on SQLite, then on PostgreSQL; without an engine its part calls Missing.
func Engines(t *testing.T, test func(*testing.T, database.Settings)) {
	t.Helper()
	for _, engine := range []database.Engine{database.SQLite, database.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			s := database.Settings{Dir: t.TempDir(), Relaxed: true}
			if engine == database.PostgreSQL {
				s.URL = Postgres(t)
			}
			test(t, s)
		})
	}
}

// Open opens a database and an empty store of files until the test ends.
func Open(t testing.TB, s database.Settings) (*database.DB, *database.Files) {
	t.Helper()
	db, err := database.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	blobs, err := database.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return db, blobs
}
