package archive

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"colophon/archive/database"
)

// CaptureID identifies a Capture.
type CaptureID int64

// Origin says how bytes came to us.
type Origin string

// The origins.
const (
	Fetch  Origin = "fetch"
	Upload Origin = "upload"
)

// Hop is one redirect on the way to a page.
type Hop struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

// Capture is what was received: raw bytes under their digest, with headers and time (as WARC response records and
// Memento, RFC 7089, have them). Never overwritten.
type Capture struct {
	ID        CaptureID
	URL       string
	FinalURL  string
	Redirects []Hop
	Status    int // 0 for a file
	Header    http.Header
	Digest    database.Digest
	Size      int64
	MediaType string
	Origin    Origin
	Overrode  string // the reason robots.txt was overridden, or empty
	By        int64
	At        time.Time
}

// Capture returns the record of a capture: ErrNotFound where there is none.
func (a *Archive) Capture(ctx context.Context, id CaptureID) (Capture, error) {
	var row captureRow
	err := a.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Capture{}, fmt.Errorf("capture %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Capture{}, fmt.Errorf("capture %d: %w", id, err)
	}
	return row.capture(), nil
}

// Bytes returns the raw bytes of a capture, checked against their digest.
func (a *Archive) Bytes(ctx context.Context, c Capture) ([]byte, error) {
	return a.blobs.Open(ctx, c.Digest)
}

// CapturedAt finds the capture an article was read from at a time, to the second, and the revision read: ErrNotFound where
// there is none.
func (a *Archive) CapturedAt(ctx context.Context, id ArticleID, at time.Time) (Capture, Revision, error) {
	from, to := database.Micros(at.Truncate(time.Second)), database.Micros(at.Truncate(time.Second).Add(time.Second))
	var row revisionRow
	err := a.db.In(ctx).Select("revisions.*").Joins("JOIN captures ON captures.id = revisions.capture_id").
		Where("revisions.article_id = ? AND captures.at >= ? AND captures.at < ?", int64(id), from, to).Order("revisions.number DESC").Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Capture{}, Revision{}, fmt.Errorf("capture of article %d at %v: %w", id, at, ErrNotFound)
	}
	if err != nil {
		return Capture{}, Revision{}, fmt.Errorf("capture of article %d at %v: %w", id, at, err)
	}
	c, err := a.Capture(ctx, CaptureID(row.CaptureID))
	return c, row.revision(), err
}
