package databasetest

import (
	"slices"
	"testing"

	"gorm.io/gorm"
)

// Rows fails the test for every column a stored form has and its table has not, and the other way round. It reads one
// row through each form as well, so that a type the engine cannot give is found.
func Rows(t testing.TB, db *gorm.DB, forms ...any) {
	t.Helper()
	for _, form := range forms {
		stmt := &gorm.Statement{DB: db}
		if err := stmt.Parse(form); err != nil {
			t.Fatal(err)
		}
		types, err := db.Migrator().ColumnTypes(stmt.Schema.Table)
		if err != nil {
			t.Errorf("table %s: %v", stmt.Schema.Table, err)
			continue
		}
		var have []string
		for _, c := range types {
			have = append(have, c.Name())
			if stmt.Schema.LookUpField(c.Name()) == nil {
				t.Errorf("table %s has a column %s that its form has not", stmt.Schema.Table, c.Name())
			}
		}
		for _, name := range stmt.Schema.DBNames {
			if !slices.Contains(have, name) {
				t.Errorf("the form of table %s has a column %s that the table has not", stmt.Schema.Table, name)
			}
		}
		if err := db.Model(form).Limit(1).Find(form).Error; err != nil {
			t.Errorf("read a row of table %s: %v", stmt.Schema.Table, err)
		}
	}
}
