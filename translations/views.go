package translations

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"colophon/archive"
)

// Viewed is the page of an article in a language.
type Viewed struct {
	Article  archive.ArticleID
	Language string
}

// AddViews adds counted views, many pages at once.
func (d *Desk) AddViews(ctx context.Context, counts map[Viewed]int64) error {
	if len(counts) == 0 {
		return nil
	}
	rows := make([]viewRow, 0, len(counts))
	for v, n := range counts {
		rows = append(rows, viewRow{ArticleID: int64(v.Article), Language: v.Language, Count: n})
	}
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		return d.db.In(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "article_id"}, {Name: "language"}},
			DoUpdates: clause.Assignments(map[string]any{"count": gorm.Expr("views.count + excluded.count")}),
		}).CreateInBatches(rows, 200).Error
	})
	if err != nil {
		return fmt.Errorf("add views: %w", err)
	}
	return nil
}

// Views is how often a page was read.
func (d *Desk) Views(ctx context.Context, v Viewed) (int64, error) {
	var rows []viewRow
	if err := d.db.In(ctx).Where("article_id = ? AND language = ?", int64(v.Article), v.Language).Limit(1).Find(&rows).Error; err != nil {
		return 0, fmt.Errorf("views: %w", err)
	}
	if len(rows) == 0 {
		return 0, nil
	}
	return rows[0].Count, nil
}
