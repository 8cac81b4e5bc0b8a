package archive

import (
	"context"
	"fmt"
	"time"

	"colophon/archive/database"
	"colophon/archive/ingest"
)

// RevisionID identifies a Revision.
type RevisionID int64

// Revision is one immutable state of an article's source text.
type Revision struct {
	ID          RevisionID
	Article     ArticleID
	Number      int // from 1
	Capture     CaptureID
	Digest      string // over the blocks in order: equal digests are equal texts
	Title       string
	Authors     []string
	PublishedAt string // RFC 3339 with the page's own precision, or empty
	ModifiedAt  string
	Section     string
	Meta        Meta
	Characters  int // of the running text, as limits count them
	Words       int
	CreatedAt   time.Time
}

// Meta is what a page says about an article besides its text.
type Meta struct {
	SiteName   string            `json:"site_name,omitempty"`
	Tags       []string          `json:"tags,omitempty"`
	Images     []ingest.Image    `json:"images,omitempty"`
	Alternates map[string]string `json:"alternates,omitempty"`
	Upstream   []ingest.Upstream `json:"upstream,omitempty"`
	License    string            `json:"license,omitempty"`
	InnerLinks []string          `json:"inner_links,omitempty"`
	// Subscribers says that the page keeps its text, or a part of it, for subscribers.
	Subscribers bool `json:"subscribers,omitempty"`
}

// Revision returns a revision without its blocks: ErrNotFound where there is none.
func (a *Archive) Revision(ctx context.Context, id RevisionID) (Revision, error) {
	var row revisionRow
	err := a.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Revision{}, fmt.Errorf("revision %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Revision{}, fmt.Errorf("revision %d: %w", id, err)
	}
	return row.revision(), nil
}

// Revisions lists an article's revisions, newest first.
func (a *Archive) Revisions(ctx context.Context, id ArticleID) ([]Revision, error) {
	var rows []revisionRow
	if err := a.db.In(ctx).Where("article_id = ?", int64(id)).Order("number DESC").Limit(500).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("revisions of article %d: %w", id, err)
	}
	out := make([]Revision, len(rows))
	for i, r := range rows {
		out[i] = r.revision()
	}
	return out, nil
}

// Blocks lists the blocks of a revision in order.
func (a *Archive) Blocks(ctx context.Context, id RevisionID) ([]Block, error) {
	var rows []blockRow
	if err := a.db.In(ctx).Where("revision_id = ?", int64(id)).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("blocks of revision %d: %w", id, err)
	}
	out := make([]Block, len(rows))
	for i, r := range rows {
		out[i] = r.block()
	}
	return out, nil
}
