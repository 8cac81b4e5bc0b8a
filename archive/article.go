package archive

import (
	"context"
	"fmt"
	"time"

	"colophon/archive/database"
)

// ArticleID identifies an Article.
type ArticleID int64

// Article is one text of an outlet, whatever it says at the moment: a series of revisions under one address.
type Article struct {
	ID        ArticleID
	Source    SourceID
	Slug      string // of our addresses; never changes
	URL       string // where the outlet has it
	Language  string
	Section   string
	Revision  RevisionID // the current one
	FirstSeen time.Time
	LastSeen  time.Time
	By        int64
}

// Article returns an article: ErrNotFound where there is none.
func (a *Archive) Article(ctx context.Context, id ArticleID) (Article, error) {
	var row articleRow
	err := a.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Article{}, fmt.Errorf("article %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Article{}, fmt.Errorf("article %d: %w", id, err)
	}
	return row.article(), nil
}

// ArticleBySlug returns the article of one of our addresses: ErrNotFound where there is none.
func (a *Archive) ArticleBySlug(ctx context.Context, slug string) (Article, error) {
	var row articleRow
	err := a.db.In(ctx).Where("slug = ?", slug).Take(&row).Error
	if database.IsNotFound(err) {
		return Article{}, fmt.Errorf("article %q: %w", shorten(slug, 80), ErrNotFound)
	}
	if err != nil {
		return Article{}, fmt.Errorf("article %q: %w", shorten(slug, 80), err)
	}
	return row.article(), nil
}

// ArticlesOf lists an outlet's articles, newest first, before a given one (0: from the newest), at most limit.
func (a *Archive) ArticlesOf(ctx context.Context, source SourceID, before ArticleID, limit int) ([]Article, error) {
	tx := a.db.In(ctx).Where("source_id = ?", int64(source)).Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", int64(before))
	}
	var rows []articleRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("articles of source %d: %w", source, err)
	}
	out := make([]Article, len(rows))
	for i, r := range rows {
		out[i] = r.article()
	}
	return out, nil
}

// Articles lists all articles, newest first, before a given one (0: from the newest), at most limit.
func (a *Archive) Articles(ctx context.Context, before ArticleID, limit int) ([]Article, error) {
	tx := a.db.In(ctx).Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", int64(before))
	}
	var rows []articleRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("articles: %w", err)
	}
	out := make([]Article, len(rows))
	for i, r := range rows {
		out[i] = r.article()
	}
	return out, nil
}

// Event is one attempt to ingest.
type Event struct {
	ID      int64
	URL     string
	Article ArticleID
	Outcome Outcome
	Fault   string         // message ID of a failure
	Data    map[string]any // of that message
	By      int64
	At      time.Time
}

// Events lists what was ingested or failed, newest first, at most limit.
func (a *Archive) Events(ctx context.Context, before int64, limit int) ([]Event, error) {
	tx := a.db.In(ctx).Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", before)
	}
	var rows []eventRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("ingest events: %w", err)
	}
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = r.event()
	}
	return out, nil
}
