package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"colophon/archive/database"
	"colophon/archive/fault"
)

// Asset is a picture of an article, kept so that readers need not be sent elsewhere for it.
type Asset struct {
	URL       string // where the outlet has it
	Digest    database.Digest
	MediaType string // image/png, image/jpeg, image/gif, image/webp or image/svg+xml, by its bytes
	Size      int64
}

// maxAsset bounds a picture, in bytes.
const maxAsset = 5 << 20

// KeepAsset keeps a picture of an article. What is no picture by its own bytes, whatever was said of it, is ErrInvalid.
func (a *Archive) KeepAsset(ctx context.Context, id ArticleID, address string, b []byte) (Asset, error) {
	if len(b) > maxAsset {
		return Asset{}, fault.New(ErrTooLarge, "fault.asset.large", fault.Data{"Megabytes": maxAsset >> 20})
	}
	kind := pictureType(b)
	if kind == "" {
		return Asset{}, fault.New(ErrInvalid, "fault.asset.kind", nil)
	}
	pending, digest, err := a.put(ctx, b)
	if err != nil {
		return Asset{}, fmt.Errorf("keep a picture of article %d: %w", id, err)
	}
	row := assetRow{ArticleID: int64(id), URL: address, Digest: string(digest), MediaType: kind, Size: int64(len(b)), At: database.Micros(a.now())}
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		changed := a.db.In(ctx).Model(&assetRow{}).Where("article_id = ? AND url = ?", int64(id), address).
			Select("digest", "media_type", "size", "at").Updates(&row)
		if changed.Error != nil {
			return changed.Error
		}
		if changed.RowsAffected == 0 {
			if err := a.db.In(ctx).Create(&row).Error; err != nil {
				return err
			}
		}
		return a.db.In(ctx).Where("id = ?", pending).Delete(&pendingRow{}).Error
	})
	if err != nil {
		return Asset{}, errors.Join(fmt.Errorf("keep a picture of article %d: %w", id, err), a.discard(context.WithoutCancel(ctx), pending, digest))
	}
	return row.asset(), nil
}

// Assets lists the pictures kept of an article, by the address the outlet has them at.
func (a *Archive) Assets(ctx context.Context, id ArticleID) (map[string]Asset, error) {
	var rows []assetRow
	if err := a.db.In(ctx).Where("article_id = ?", int64(id)).Limit(200).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("pictures of article %d: %w", id, err)
	}
	out := make(map[string]Asset, len(rows))
	for _, r := range rows {
		out[r.URL] = r.asset()
	}
	return out, nil
}

// Picture returns a kept picture and its bytes by digest: ErrNotFound where no article has it. Captures are not to be
// had this way.
func (a *Archive) Picture(ctx context.Context, d database.Digest) (Asset, []byte, error) {
	if !d.IsValid() {
		return Asset{}, nil, fmt.Errorf("picture %q: %w", shorten(string(d), 80), ErrNotFound)
	}
	var row assetRow
	err := a.db.In(ctx).Where("digest = ?", string(d)).Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Asset{}, nil, fmt.Errorf("picture %s: %w", d, ErrNotFound)
	}
	if err != nil {
		return Asset{}, nil, fmt.Errorf("picture %s: %w", d, err)
	}
	b, err := a.blobs.Open(ctx, d)
	return row.asset(), b, err
}

// pictureType is the media type of a picture by its bytes, or empty.
func pictureType(b []byte) string {
	switch t := http.DetectContentType(b); t {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return t
	}
	head := bytes.TrimSpace(bytes.TrimPrefix(b[:min(len(b), 1024)], []byte("\ufeff")))
	lower := strings.ToLower(string(head))
	if strings.HasPrefix(lower, "<svg") || strings.HasPrefix(lower, "<?xml") && strings.Contains(lower, "<svg") {
		return "image/svg+xml"
	}
	return ""
}
