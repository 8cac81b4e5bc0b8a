package translations

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
)

// RepublicationID identifies a Republication.
type RepublicationID int64

// RepublicationState is what the last check of a republication found.
type RepublicationState string

// The states.
const (
	RepublicationWaiting     RepublicationState = ""            // not checked yet
	RepublicationMet         RepublicationState = "met"         // keeps to our terms
	RepublicationUnmet       RepublicationState = "unmet"       // breaks one at least
	RepublicationUndecidable RepublicationState = "undecidable" // breaks none, and not all can be decided
	RepublicationFailed      RepublicationState = "failed"      // could not be had
)

// Republication is a page of somebody else that carries a text of ours, or is said to.
type Republication struct {
	ID       RepublicationID
	URL      string
	Host     string
	Of       Viewed // our page; the zero Viewed where it is not known
	Origin   string // list, referrer, beacon: who named it
	State    RepublicationState
	Title    string
	Failures int // in a row
	By       MemberID
	At       time.Time
	Checked  time.Time
	Next     time.Time
	Retired  time.Time // zero: it is on the list
}

// RepublicationCheck is one check.
type RepublicationCheck struct {
	At      time.Time
	Outcome RepublicationState
	Capture archive.CaptureID // of the page as it was found
	Unmet   []string          // kinds
	Fault   string            // message ID, where the page could not be had
	Data    map[string]any
	Of      Viewed // our page as the check found it
	Title   string
}

// The pauses between checks of one republication.
const (
	againMet   = 14 * 24 * time.Hour
	againOpen  = 7 * 24 * time.Hour
	againUnmet = 3 * 24 * time.Hour
	maxPause   = 28 * 24 * time.Hour
)

// pauseAfter is how long a page rests after a check; failures counts those in a row, this one included.
func pauseAfter(o RepublicationState, failures int) time.Duration {
	switch o {
	case RepublicationMet:
		return againMet
	case RepublicationUnmet:
		return againUnmet
	case RepublicationFailed:
		return min(maxPause, 24*time.Hour<<min(failures, 10))
	case RepublicationUndecidable, RepublicationWaiting:
	}
	return againOpen
}

// AddRepublication puts a page on the list, or back on it, to be checked soon: ErrInvalid where it is no address of a page.
func (d *Desk) AddRepublication(ctx context.Context, address string, of Viewed, origin string, by MemberID) (Republication, error) {
	key, err := archive.Normalise(address)
	if err != nil {
		return Republication{}, err
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return Republication{}, fault.Wrap(archive.ErrInvalid, "fault.address", fault.Data{"URL": shorten(address, 200)}, err)
	}
	u.Fragment, u.User = "", nil
	row := republicationRow{
		URL: u.String(), Address: key, Host: strings.ToLower(u.Host), ArticleID: int64(of.Article), Language: of.Language, Origin: origin,
		AddedBy: int64(by), AddedAt: database.Micros(d.now()), NextAt: database.Micros(d.now()),
	}
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		var known []republicationRow
		if err := d.db.In(ctx).Where("address = ?", key).Limit(1).Find(&known).Error; err != nil {
			return err
		}
		if len(known) == 0 {
			return d.db.In(ctx).Create(&row).Error
		}
		changed := map[string]any{"retired_at": 0, "next_at": row.NextAt}
		if of.Article != 0 {
			changed["article_id"], changed["language"] = row.ArticleID, row.Language
		}
		row = known[0]
		return d.db.In(ctx).Model(&republicationRow{}).Where("id = ?", row.ID).Updates(changed).Error
	})
	if err != nil {
		return Republication{}, fmt.Errorf("add a republication: %w", err)
	}
	return row.republication(), nil
}

// Republication returns one: ErrNotFound where there is none.
func (d *Desk) Republication(ctx context.Context, id RepublicationID) (Republication, error) {
	var row republicationRow
	err := d.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Republication{}, fmt.Errorf("republication %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return Republication{}, fmt.Errorf("republication %d: %w", id, err)
	}
	return row.republication(), nil
}

// Republications lists what is on the list, newest first, before a given one (0: from the newest), at most limit; of a
// state where any is not nil.
func (d *Desk) Republications(ctx context.Context, state *RepublicationState, before RepublicationID, limit int) ([]Republication, error) {
	tx := d.db.In(ctx).Where("retired_at = 0").Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", int64(before))
	}
	if state != nil {
		tx = tx.Where("state = ?", string(*state))
	}
	return found(tx)
}

// RepublicationsDue lists what is to be checked by now, at most limit.
func (d *Desk) RepublicationsDue(ctx context.Context, limit int) ([]Republication, error) {
	return found(d.db.In(ctx).Where("retired_at = 0 AND next_at <= ?", database.Micros(d.now())).Order("next_at").Limit(limit))
}

func found(tx *gormDB) ([]Republication, error) {
	var rows []republicationRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("republications: %w", err)
	}
	out := make([]Republication, len(rows))
	for i, r := range rows {
		out[i] = r.republication()
	}
	return out, nil
}

// KeepRepublicationCheck writes what a check found.
func (d *Desk) KeepRepublicationCheck(ctx context.Context, id RepublicationID, c RepublicationCheck) error {
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		p, err := d.Republication(ctx, id)
		if err != nil {
			return err
		}
		at, failures := d.now(), 0
		changed := map[string]any{"state": string(c.Outcome), "checked_at": database.Micros(at)}
		if c.Outcome == RepublicationFailed {
			failures = p.Failures + 1
		} else {
			changed["title"] = shorten(c.Title, 500)
		}
		if c.Of.Article != 0 {
			changed["article_id"], changed["language"] = int64(c.Of.Article), c.Of.Language
		}
		changed["failures"], changed["next_at"] = failures, database.Micros(at.Add(pauseAfter(c.Outcome, failures)))
		if err := d.db.In(ctx).Model(&republicationRow{}).Where("id = ?", int64(id)).Updates(changed).Error; err != nil {
			return err
		}
		return d.db.In(ctx).Create(&republicationCheckRow{
			RepublicationID: int64(id), At: database.Micros(at), Outcome: string(c.Outcome), CaptureID: int64(c.Capture), Unmet: strings.Join(c.Unmet, " "),
			Fault: c.Fault, Data: c.Data,
		}).Error
	})
	if err != nil {
		return fmt.Errorf("keep a check of republication %d: %w", id, err)
	}
	return nil
}

// RepublicationChecks lists the checks of a page, newest first, at most limit.
func (d *Desk) RepublicationChecks(ctx context.Context, id RepublicationID, limit int) ([]RepublicationCheck, error) {
	var rows []republicationCheckRow
	if err := d.db.In(ctx).Where("republication_id = ?", int64(id)).Order("id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("checks of republication %d: %w", id, err)
	}
	out := make([]RepublicationCheck, len(rows))
	for i, r := range rows {
		out[i] = RepublicationCheck{
			At: database.Time(r.At), Outcome: RepublicationState(r.Outcome), Capture: archive.CaptureID(r.CaptureID), Unmet: strings.Fields(r.Unmet),
			Fault: r.Fault, Data: r.Data,
		}
	}
	return out, nil
}

// RetireRepublication takes a page from the list. The record of its checks stays.
func (d *Desk) RetireRepublication(ctx context.Context, id RepublicationID) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		res := d.db.In(ctx).Model(&republicationRow{}).Where("id = ?", int64(id)).Update("retired_at", database.Micros(d.now()))
		if res.Error != nil {
			return fmt.Errorf("retire republication %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 {
			return fmt.Errorf("republication %d: %w", id, archive.ErrNotFound)
		}
		return nil
	})
}

// HostRule is what people have decided on the pages of a host.
type HostRule string

// The rules.
const (
	HostAsk    HostRule = ""       // each page waits for a person
	HostCheck  HostRule = "check"  // pages that carry a text of ours are checked as they are found
	HostIgnore HostRule = "ignore" // they are not listed
)

// SetRepublicationHost decides on the pages of a host.
func (d *Desk) SetRepublicationHost(ctx context.Context, host string, rule HostRule, by MemberID) error {
	host = strings.ToLower(strings.TrimSpace(host))
	if host == "" || len(host) > 260 || strings.ContainsAny(host, "/ ?#@") {
		return fault.New(archive.ErrInvalid, "fault.address", fault.Data{"URL": shorten(host, 200)})
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		if rule == HostAsk {
			return d.db.In(ctx).Where("host = ?", host).Delete(&republicationHostRow{}).Error
		}
		row := republicationHostRow{Host: host, Rule: string(rule), ByMember: int64(by), At: database.Micros(d.now())}
		return d.db.In(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "host"}}, UpdateAll: true}).Create(&row).Error
	})
}

// RepublicationHosts lists what was decided on hosts, at most 1000 of them.
func (d *Desk) RepublicationHosts(ctx context.Context) (map[string]HostRule, error) {
	var rows []republicationHostRow
	if err := d.db.In(ctx).Order("host").Limit(1000).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("hosts of republications: %w", err)
	}
	out := make(map[string]HostRule, len(rows))
	for _, r := range rows {
		out[r.Host] = HostRule(r.Rule)
	}
	return out, nil
}
