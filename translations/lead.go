package translations

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"colophon/archive"
)

// The kinds of leads.
const (
	ByReferrer = "referrer" // a reader followed a link from there
	ByBeacon   = "beacon"   // a reader saw a copy with our counter there
)

// Lead is a place that readers' browsers have named: host and path, and nothing else of the address. Anybody can make a
// browser name anything, so a lead is never fetched before a person has said so, of the page or of its host.
type Lead struct {
	Kind string
	Host string
	Path string
	Of   Viewed
}

// LeadCount is a lead with how often it was named.
type LeadCount struct {
	Lead
	Count int64
	Last  time.Time // the day, at its beginning, UTC
}

// The bounds of leads. What goes beyond is not counted: it is somebody's game, not readers.
const (
	maxLeadsADay = 5000
	leadLife     = 90 * 24 * time.Hour
)

func dayOf(t time.Time) int {
	y, m, d := t.UTC().Date()
	return y*10000 + int(m)*100 + d
}

func ofDay(n int) time.Time {
	return time.Date(n/10000, time.Month(n/100%100), n%100, 0, 0, 0, 0, time.UTC)
}

// AddLeads adds what was counted today, many at once. Of pages that are not public nothing is kept.
func (d *Desk) AddLeads(ctx context.Context, counts map[Lead]int64) error {
	if len(counts) == 0 {
		return nil
	}
	var ids []archive.ArticleID
	for l := range counts {
		ids = append(ids, l.Of.Article)
	}
	public, err := d.LanguagesOf(ctx, ids...)
	if err != nil {
		return err
	}
	day := dayOf(d.now())
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		var today int64
		if err := d.db.In(ctx).Model(&leadRow{}).Where("day = ?", day).Count(&today).Error; err != nil {
			return err
		}
		var rows []leadRow
		for l, n := range counts {
			if len(public[l.Of.Article]) == 0 {
				continue
			}
			row := leadRow{Kind: l.Kind, Day: day, Host: l.Host, Path: l.Path, ArticleID: int64(l.Of.Article), Language: l.Of.Language, Count: n}
			if today+int64(len(rows)) < maxLeadsADay {
				rows = append(rows, row)
				continue
			}
			err := d.db.In(ctx).Model(&leadRow{}).Where("day = ? AND kind = ? AND host = ? AND path = ? AND article_id = ? AND language = ?",
				day, row.Kind, row.Host, row.Path, row.ArticleID, row.Language).Update("count", gorm.Expr("count + ?", n)).Error
			if err != nil {
				return err
			}
		}
		if len(rows) == 0 {
			return nil
		}
		var columns []clause.Column
		for _, name := range []string{"day", "kind", "host", "path", "article_id", "language"} {
			columns = append(columns, clause.Column{Name: name})
		}
		return d.db.In(ctx).Clauses(clause.OnConflict{
			Columns: columns, DoUpdates: clause.Assignments(map[string]any{"count": gorm.Expr("republication_leads.count + excluded.count")}),
		}).CreateInBatches(rows, 100).Error
	})
	if err != nil {
		return fmt.Errorf("add leads: %w", err)
	}
	return nil
}

// Leads lists the places named since a time that are not on the list and whose hosts are not ignored, the most often named
// first, at most limit.
func (d *Desk) Leads(ctx context.Context, since time.Time, limit int) ([]LeadCount, error) {
	return d.leads(ctx, since, "host NOT IN (SELECT host FROM republication_hosts WHERE rule = 'ignore')", limit)
}

// LeadsToCheck lists the places named since a time on hosts whose pages are checked as they are found.
func (d *Desk) LeadsToCheck(ctx context.Context, since time.Time, limit int) ([]LeadCount, error) {
	return d.leads(ctx, since, "path <> '/' AND host IN (SELECT host FROM republication_hosts WHERE rule = 'check')", limit)
}

func (d *Desk) leads(ctx context.Context, since time.Time, which string, limit int) ([]LeadCount, error) {
	var rows []struct {
		Row leadRow `gorm:"embedded"`
		Sum int64
		Max int
	}
	err := d.db.In(ctx).Model(&leadRow{}).Select("kind, host, path, article_id, language, SUM(count) AS sum, MAX(day) AS max").
		Where("day >= ?", dayOf(since)).Where(which).
		Where("NOT EXISTS (SELECT 1 FROM republications WHERE republications.host = republication_leads.host AND (republications.url = 'https://' || republication_leads.host || path OR republications.url = 'http://' || republication_leads.host || path))").
		Group("kind, host, path, article_id, language").Order("sum DESC, host, path").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("leads: %w", err)
	}
	out := make([]LeadCount, len(rows))
	for i, r := range rows {
		out[i] = LeadCount{Lead: r.Row.lead(), Count: r.Sum, Last: ofDay(r.Max)}
	}
	return out, nil
}

// BeaconDay is how often copies on a host were read on a day.
type BeaconDay struct {
	Host  string
	Day   time.Time
	Count int64
}

// BeaconViews counts the views of copies by host and day since a time, newest day first, at most limit lines. A host that
// browsers did not name is "".
func (d *Desk) BeaconViews(ctx context.Context, since time.Time, limit int) ([]BeaconDay, error) {
	var rows []struct {
		Host string
		Day  int
		Sum  int64
	}
	err := d.db.In(ctx).Model(&leadRow{}).Select("host, day, SUM(count) AS sum").Where("kind = ? AND day >= ?", ByBeacon, dayOf(since)).
		Group("host, day").Order("day DESC, sum DESC, host").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("views of copies: %w", err)
	}
	out := make([]BeaconDay, len(rows))
	for i, r := range rows {
		out[i] = BeaconDay{Host: r.Host, Day: ofDay(r.Day), Count: r.Sum}
	}
	return out, nil
}

// ForgetLeads removes leads that are older than three months.
func (d *Desk) ForgetLeads(ctx context.Context) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		if err := d.db.In(ctx).Where("day < ?", dayOf(d.now().Add(-leadLife))).Delete(&leadRow{}).Error; err != nil {
			return fmt.Errorf("forget leads: %w", err)
		}
		return nil
	})
}
