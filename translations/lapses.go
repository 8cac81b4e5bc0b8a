package translations

import (
	"context"
	"fmt"
	"time"

	"colophon/archive"
	"colophon/archive/database"
)

// Lapse is an agreement that is over, or ends soon, with how many pages that readers see rest on it.
type Lapse struct {
	Agreement archive.AgreementID
	Source    archive.SourceID
	Title     string
	Ends      time.Time // when it was over, or will be
	Over      bool
	Pages     int
}

// lapses are the agreements that pages which readers see rest on, and that are over, or end within a time.
func (d *Desk) lapses(ctx context.Context, within time.Duration) *gormDB {
	now, soon := d.now(), d.now().Add(within)
	return d.db.In(ctx).Table("agreements g").
		Joins("JOIN agreement_uses u ON u.agreement_id = g.id").
		Joins("JOIN shelf s ON s.publication_id = u.publication_id").
		Where("(g.ended_at > 0 AND g.ended_at <= ?) OR (g.ends > 0 AND g.ends <= ?)", database.Micros(now), database.Micros(soon))
}

// LapsesOf finds, of outlets, the agreements that are over or end within a time, and that pages rest on: the soonest first.
// For the desk alone: it grows with what an outlet has public.
func (d *Desk) LapsesOf(ctx context.Context, within time.Duration, sources ...archive.SourceID) (map[archive.SourceID][]Lapse, error) {
	out := map[archive.SourceID][]Lapse{}
	if len(sources) == 0 {
		return out, nil
	}
	var rows []struct {
		ID, SourceID  int64
		Title         string
		Ends, EndedAt int64
		Pages         int
	}
	err := d.lapses(ctx, within).Where("g.source_id IN ?", sources).
		Select("g.id, g.source_id, g.title, g.ends, g.ended_at, COUNT(DISTINCT s.publication_id) AS pages").
		Group("g.id, g.source_id, g.title, g.ends, g.ended_at").Order("g.id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("lapses of outlets: %w", err)
	}
	now := d.now()
	for _, r := range rows {
		at := r.Ends
		if r.EndedAt > 0 && (at == 0 || r.EndedAt < at) {
			at = r.EndedAt
		}
		l := Lapse{Agreement: archive.AgreementID(r.ID), Source: archive.SourceID(r.SourceID), Title: r.Title, Ends: database.Time(at), Pages: r.Pages}
		l.Over = !now.Before(l.Ends)
		list := out[l.Source]
		i := len(list)
		for i > 0 && l.Ends.Before(list[i-1].Ends) {
			i--
		}
		out[l.Source] = append(list[:i:i], append([]Lapse{l}, list[i:]...)...)
	}
	return out, nil
}

// LapsedOutlets lists outlets with pages before readers that rest on an agreement which is over, by id, at most limit.
func (d *Desk) LapsedOutlets(ctx context.Context, limit int) ([]archive.SourceID, error) {
	var ids []archive.SourceID
	if err := d.lapses(ctx, 0).Distinct("g.source_id").Order("g.source_id").Limit(limit).Pluck("g.source_id", &ids).Error; err != nil {
		return nil, fmt.Errorf("outlets with lapsed agreements: %w", err)
	}
	return ids, nil
}
