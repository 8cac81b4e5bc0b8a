package translations

import (
	"context"
	"fmt"

	"colophon/archive"
)

// Lapsed finds, of versions, those whose publication readers see rests on agreements that are over, with these. Readers
// still see the page: what was lawful when it went out stays on record, and an editor decides what becomes of it. A new
// publication is refused by the gate.
func (d *Desk) Lapsed(ctx context.Context, versions ...Version) (map[VersionID][]archive.Agreement, error) {
	articles := make([]int64, len(versions))
	for i, v := range versions {
		articles[i] = int64(v.Article)
	}
	out := map[VersionID][]archive.Agreement{}
	if len(articles) == 0 {
		return out, nil
	}
	var rows []shelfRow
	err := d.db.In(ctx).Select("article_id", "language", "version_id", "publication_id").Where("article_id IN ?", articles).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("what is public of articles: %w", err)
	}
	publications := make([]int64, len(rows))
	for i, r := range rows {
		publications[i] = r.PublicationID
	}
	over, err := d.archive.Lapsed(ctx, publications)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if list := over[r.PublicationID]; len(list) > 0 {
			out[VersionID(r.VersionID)] = list
		}
	}
	return out, nil
}

// RelyingOn lists what readers see now that rests on an agreement, newest first, of its last limit publications.
func (d *Desk) RelyingOn(ctx context.Context, id archive.AgreementID, limit int) ([]Item, error) {
	uses, err := d.archive.UsesOf(ctx, id, limit)
	if err != nil || len(uses) == 0 {
		return nil, err
	}
	articles, rests := make([]int64, len(uses)), map[int64]bool{}
	for i, u := range uses {
		articles[i], rests[u.Publication] = int64(u.Article), true
	}
	var rows []shelfRow
	if err := d.db.In(ctx).Where("article_id IN ?", articles).Order("publication_id DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("what rests on agreement %d: %w", id, err)
	}
	var out []Item
	for _, r := range rows {
		if rests[r.PublicationID] {
			out = append(out, r.item())
		}
	}
	return out, nil
}
