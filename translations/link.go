package translations

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"

	"colophon/archive"
	"colophon/archive/rights"
)

// watchedSetting names the last publication whose original was given to be watched.
const watchedSetting = "links_watched"

// CheckLinks asks for the originals of what readers see, those that are due, at most limit, and records which died and
// which live again. It says whether any did: pages of readers change then.
func (d *Desk) CheckLinks(ctx context.Context, p archive.Prober, limit int) (changed bool, err error) {
	if err := d.watchNew(ctx); err != nil {
		return false, err
	}
	due, err := d.archive.LinksDue(ctx, limit)
	if err != nil {
		return false, err
	}
	public, err := d.LanguagesOf(ctx, due...)
	if err != nil {
		return false, err
	}
	var ask, rest []archive.ArticleID
	for _, id := range due {
		if len(public[id]) > 0 {
			ask = append(ask, id)
		} else {
			rest = append(rest, id)
		}
	}
	if err := d.archive.RestLinks(ctx, rest...); err != nil {
		return false, err
	}
	turns, err := d.archive.CheckLinks(ctx, p, ask...)
	return len(turns) > 0, errors.Join(err, d.recordTurns(context.WithoutCancel(ctx), turns, 0))
}

// CheckLink asks for the original of one article now, because a person wants to know.
func (d *Desk) CheckLink(ctx context.Context, p archive.Prober, id archive.ArticleID, by MemberID) (changed bool, err error) {
	if err := d.archive.WatchLinks(ctx, id); err != nil {
		return false, err
	}
	turns, err := d.archive.CheckLinks(ctx, p, id)
	return len(turns) > 0, errors.Join(err, d.recordTurns(ctx, turns, by))
}

func (d *Desk) recordTurns(ctx context.Context, turns []archive.LinkTurn, by MemberID) error {
	for _, t := range turns {
		event := "source_revived"
		if t.Dead {
			event = "source_died"
		}
		if err := d.Record(ctx, OfArticle, int64(t.Article), event, nil, by); err != nil {
			return err
		}
	}
	return nil
}

// watchNew gives the originals of publications that came out since the last time to be watched.
func (d *Desk) watchNew(ctx context.Context) error {
	var last int64
	var rows []settingRow
	if err := d.db.In(ctx).Where("name = ?", watchedSetting).Limit(1).Find(&rows).Error; err != nil {
		return fmt.Errorf("links to watch: %w", err)
	}
	if len(rows) > 0 {
		if err := json.Unmarshal([]byte(rows[0].Value), &last); err != nil {
			return fmt.Errorf("links to watch: %w", err)
		}
	}
	const atOnce = 500
	for {
		var out []publicationRow
		if err := d.db.In(ctx).Select("id", "article_id").Where("id > ?", last).Order("id").Limit(atOnce).Find(&out).Error; err != nil {
			return fmt.Errorf("links to watch: %w", err)
		}
		if len(out) == 0 {
			return nil
		}
		ids := make([]archive.ArticleID, len(out))
		for i, r := range out {
			ids[i], last = archive.ArticleID(r.ArticleID), r.ID
		}
		err := d.db.Transact(ctx, func(ctx context.Context) error {
			if err := d.archive.WatchLinks(ctx, ids...); err != nil {
				return err
			}
			row := settingRow{Name: watchedSetting, Value: fmt.Sprint(last)}
			return d.db.In(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, UpdateAll: true}).Create(&row).Error
		})
		if err != nil {
			return fmt.Errorf("links to watch: %w", err)
		}
	}
}

// judgeLink answers the clause that the source must answer, by what its checks have found. A dead source is no failure of
// ours: whoever approves is asked.
func (d *Desk) judgeLink(ctx context.Context, p Publication) error {
	for i, f := range p.Findings {
		if f.Kind != rights.LinkActive {
			continue
		}
		h, err := d.archive.LinkHealth(ctx, p.Article)
		if err != nil {
			return err
		}
		f = rights.Finding{Kind: f.Kind, Status: rights.Undecidable, Why: "source_unchecked"}
		switch h.State {
		case archive.LinkAlive, archive.LinkMoved:
			f.Status, f.Why = rights.Met, "source_answers"
		case archive.LinkDead, archive.LinkDoubtful, archive.LinkFailing:
			f.Why = "source_silent"
		case archive.LinkUnknown, archive.LinkClosed:
		}
		p.Findings[i] = f
	}
	return nil
}
