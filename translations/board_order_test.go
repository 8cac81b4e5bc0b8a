package translations_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/database"
	"colophon/translations"
	"colophon/translations/workflow"
)

// TestBoardOrder reads lists of every order in pages of two: together they are the whole, each job once, in the order
// that Compare gives; and neither the first page nor a later one is sorted by the database, so that none grows.
func TestBoardOrder(t *testing.T) {
	onEngines(t, func(b *bench) {
		const n = 40
		art := b.open("ru").Article
		db := b.archive.DB().In(b.ctx)
		standings := []workflow.Standing{workflow.AtDraft, workflow.AtPublished, workflow.AtReview}
		for i := range n {
			err := db.Exec(`INSERT INTO versions (article_id, language, revision_id, state, standing, stale, priority, due_at, created_at, updated_at)
				SELECT article_id, ?, revision_id, state, ?, stale, ?, ?, created_at, ? FROM versions WHERE article_id = ? AND language = 'ru'`,
				fmt.Sprintf("x%d", i), string(standings[i%3]), i%4/3*(i%5)%3, i%2*(i*7%11)*1_000_000, i*13%17, int64(art)).Error
			b.must(err)
		}
		for _, order := range []translations.Order{translations.ByUrgency, translations.ByDue} {
			for _, reverse := range []bool{false, true} {
				for _, standing := range standings {
					q := translations.Query{Standing: standing, Order: order, Reverse: reverse, Limit: 200}
					whole, err := b.desk.Jobs(b.ctx, q)
					b.must(err)
					if len(whole) < n/3 {
						t.Fatalf("%s: %d jobs", standing, len(whole))
					}
					if !slices.IsSortedFunc(whole, func(x, y translations.Job) int { return order.Compare(x, y, reverse) }) {
						t.Errorf("%q of %s, reverse %v: not in its order", order, standing, reverse)
					}
					var paged []translations.VersionID
					for q.Limit = 2; ; {
						jobs, err := b.desk.Jobs(b.ctx, q)
						b.must(err)
						if len(jobs) == 0 {
							break
						}
						for _, j := range jobs {
							paged = append(paged, j.ID)
						}
						q.Before = paged[len(paged)-1]
					}
					want := make([]translations.VersionID, len(whole))
					for i, j := range whole {
						want[i] = j.ID
					}
					if diff := cmp.Diff(want, paged); diff != "" {
						t.Errorf("%q of %s, reverse %v, in pages (-whole +pages):\n%s", order, standing, reverse, diff)
					}
				}
			}
		}
		if b.archive.DB().Engine() != database.SQLite {
			return
		}
		for _, sql := range []string{
			"standing = 'draft' AND due_at > 0 ORDER BY due_at, id", "standing = 'draft' AND due_at = 0 ORDER BY due_at DESC, id DESC",
			"standing = 'draft' AND due_at > 0 AND (due_at, id) > (5, 5) ORDER BY due_at, id",
			"language = 'ru' AND standing = 'draft' AND due_at > 0 AND (due_at, id) < (5, 5) ORDER BY due_at DESC, id DESC",
			"standing = 'draft' AND (priority, updated_at, id) > (1, 5, 5) ORDER BY priority, updated_at, id",
		} {
			var plan []struct{ Detail string }
			b.must(db.Raw("EXPLAIN QUERY PLAN SELECT * FROM versions WHERE " + sql + " LIMIT 41").Scan(&plan).Error)
			if s := fmt.Sprint(plan); !strings.Contains(s, "USING INDEX") || strings.Contains(s, "TEMP B-TREE") {
				t.Errorf("%s: %s", sql, s)
			}
		}
	})
}
