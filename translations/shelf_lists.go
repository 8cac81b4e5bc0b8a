package translations

import (
	"context"
	"fmt"

	"colophon/archive"
)

// LanguagesOf lists, for each of some articles, the languages it is public in, in order of their tags.
func (d *Desk) LanguagesOf(ctx context.Context, ids ...archive.ArticleID) (map[archive.ArticleID][]string, error) {
	out := make(map[archive.ArticleID][]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ArticleID int64
		Language  string
	}
	err := d.shown(d.db.In(ctx).Model(&shelfRow{})).Select("article_id, language").Where("article_id IN ?", ids).Order("article_id, language").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("languages of articles: %w", err)
	}
	for _, r := range rows {
		id := archive.ArticleID(r.ArticleID)
		out[id] = append(out[id], r.Language)
	}
	return out, nil
}

// ShelvedBetween lists what is public of the articles from first up to and not including last, without cards: for maps
// of the site.
func (d *Desk) ShelvedBetween(ctx context.Context, first, last archive.ArticleID) ([]Item, error) {
	var rows []shelfRow
	err := d.shown(d.db.In(ctx)).Select("article_id", "language", "publication_id", "slug", "first_at", "at").
		Where("article_id >= ? AND article_id < ?", int64(first), int64(last)).Order("article_id, language").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("shelf from article %d: %w", first, err)
	}
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

// LastShelved is the newest article that is public in any language, 0 where none is.
func (d *Desk) LastShelved(ctx context.Context) (archive.ArticleID, error) {
	var ids []int64
	if err := d.shown(d.db.In(ctx).Model(&shelfRow{})).Order("article_id DESC").Limit(1).Pluck("article_id", &ids).Error; err != nil {
		return 0, fmt.Errorf("last on the shelf: %w", err)
	}
	if len(ids) == 0 {
		return 0, nil
	}
	return archive.ArticleID(ids[0]), nil
}

// SourcesShelved lists the outlets after a given one of which anything is public, at most limit. Each is one step along
// an index, however much of it is public.
func (d *Desk) SourcesShelved(ctx context.Context, after archive.SourceID, limit int) ([]archive.Source, error) {
	var out []archive.Source
	for len(out) < limit {
		var ids []int64
		err := d.shown(d.db.In(ctx).Model(&shelfRow{})).Where("source_id > ?", int64(after)).Order("source_id").Limit(1).Pluck("source_id", &ids).Error
		if err != nil {
			return nil, fmt.Errorf("outlets on the shelf: %w", err)
		}
		if len(ids) == 0 {
			break
		}
		after = archive.SourceID(ids[0])
		s, err := d.archive.Source(ctx, after)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Publications returns publications by ID; those that are not there are left out.
func (d *Desk) Publications(ctx context.Context, ids ...PublicationID) (map[PublicationID]Publication, error) {
	out := make(map[PublicationID]Publication, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []publicationRow
	if err := d.db.In(ctx).Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("publications: %w", err)
	}
	for _, r := range rows {
		out[PublicationID(r.ID)] = r.publication()
	}
	return out, nil
}
