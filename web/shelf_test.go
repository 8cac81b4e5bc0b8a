package web

import (
	"context"
	"fmt"
)

// fillShelf puts n more rows onto the shelf of a language, by SQL: copies of its newest article, one a minute apart, under
// articles of their own. It is for tests and measurements of lists, and for nothing that opens the articles.
func (s *site) fillShelf(ctx context.Context, lang string, n int) error {
	return s.Archive.DB().Transact(ctx, func(ctx context.Context) error {
		tx := s.Archive.DB().In(ctx)
		var model struct{ ArticleID, VersionID, PublicationID, SourceID int64 }
		if err := tx.Raw("SELECT article_id, version_id, publication_id, source_id FROM shelf WHERE language = ? ORDER BY first_at DESC LIMIT 1", lang).Scan(&model).Error; err != nil {
			return err
		}
		const base = 1_000_000
		first := now().UnixMicro()
		for _, step := range []struct {
			sql  string
			args []any
		}{
			{
				`INSERT INTO articles (id, source_id, slug, url, language, section, revision_id, first_seen, last_seen, created_by)
				WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
				SELECT ? + i, source_id, 'filler-' || i, url || '?filler=' || i, language, section, revision_id, first_seen, last_seen, 0 FROM n, articles WHERE articles.id = ?`,
				[]any{n, base, model.ArticleID},
			},
			{
				`INSERT INTO shelf (article_id, language, publication_id, version_id, source_id, slug, section, card, first_at, at)
				WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
				SELECT ? + i, language, publication_id, version_id, source_id, 'filler-' || i, section, card, ? - i * 60000000, at FROM n, shelf WHERE article_id = ? AND language = ?`,
				[]any{n, base, first, model.ArticleID, lang},
			},
		} {
			if err := tx.Exec(step.sql, step.args...).Error; err != nil {
				return fmt.Errorf("fill the shelf: %w", err)
			}
		}
		return nil
	})
}
