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
