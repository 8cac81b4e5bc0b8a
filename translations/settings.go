package translations

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm/clause"

	"colophon/archive/database"
)

// Site is what an administrator says about the site as a whole.
type Site struct {
	Name   map[string]string `json:"name"`   // by language
	Follow []SiteLink        `json:"follow"` // pages of ours elsewhere
	Apps   []SiteLink        `json:"apps"`   // stores
	// Terms are ours, for whoever uses what we publish, by language; empty: the default words. Licence is the address of a
	// licence, if they are one. Text and data mining is reserved unless MiningFree.
	Terms      map[string]string `json:"terms,omitempty"`
	Licence    string            `json:"licence,omitempty"`
	MiningFree bool              `json:"mining_free,omitempty"`
	Number     int64             `json:"number"` // counts the changes: part of the identity of every cached page
}

// SiteLink is a link with its text.
type SiteLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

const siteSetting = "site"

// Site returns the settings of the site; the zero Site where nobody has set any.
func (d *Desk) Site(ctx context.Context) (Site, error) {
	var s Site
	var rows []settingRow
	if err := d.db.In(ctx).Where("name = ?", siteSetting).Limit(1).Find(&rows).Error; err != nil {
		return s, fmt.Errorf("site settings: %w", err)
	}
	if len(rows) == 0 {
		return s, nil
	}
	if err := json.Unmarshal([]byte(rows[0].Value), &s); err != nil {
		return s, fmt.Errorf("site settings: %w", err)
	}
	return s, nil
}

// SaveSite keeps the settings of the site.
func (d *Desk) SaveSite(ctx context.Context, s Site, by MemberID) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		old, err := d.Site(ctx)
		if err != nil {
			return err
		}
		s.Number = max(old.Number+1, database.Micros(d.now())/1_000_000)
		value, err := json.Marshal(s)
		if err != nil {
			return fmt.Errorf("site settings: %w", err)
		}
		row := settingRow{Name: siteSetting, Value: string(value)}
		err = d.db.In(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, UpdateAll: true}).Create(&row).Error
		if err != nil {
			return fmt.Errorf("site settings: %w", err)
		}
		return d.record(ctx, OfSettings, 0, "site_saved", nil, by)
	})
}
