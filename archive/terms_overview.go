package archive

import (
	"context"
	"fmt"
	"strings"
	"time"

	"colophon/archive/database"
)

// TermsState is how far an outlet's terms are.
type TermsState string

// The states.
const (
	TermsNone      TermsState = "none"      // nothing is known
	TermsProposed  TermsState = "proposed"  // read, and confirmed by nobody
	TermsConfirmed TermsState = "confirmed" // in force
	TermsChanged   TermsState = "changed"   // in force, and newer words wait
	TermsLapsed    TermsState = "lapsed"    // pages rest on an agreement that is over: for filters only, see OverviewFilter.Only
	TermsExpiring  TermsState = "expiring"  // an agreement ends soon, whatever the terms: for filters only
)

// OutletTerms is how one outlet's terms stand.
type OutletTerms struct {
	Source      Source
	State       TermsState
	Force       TermsID // zero where nobody has confirmed any
	Version     int     // of what is in force
	ConfirmedAt time.Time
	Waiting     TermsID   // the proposal that waits; zero for none
	IsChange    bool      // of words that what is in force rests on
	Expires     time.Time // the soonest end of an agreement within OverviewFilter.Soon; zero for none
}

// OverviewFilter says which outlets to list.
type OverviewFilter struct {
	State TermsState // empty: all
	Find  string     // in names and host
	After SourceID   // keyset: by id
	Limit int
	Only  []SourceID    // with TermsLapsed: the outlets to list, found by who knows what is public
	Soon  time.Duration // an agreement that ends within it is about to
}

// maxOverview bounds how many outlets a search looks through.
const maxOverview = 5000

// TermsOverview lists outlets with the state of their terms by id. Names are compared here and not by the engine, which
// knows no letter cases but Latin ones.
func (a *Archive) TermsOverview(ctx context.Context, f OverviewFilter) ([]OutletTerms, error) {
	find := strings.ToLower(strings.TrimSpace(f.Find))
	batch := f.Limit
	if find != "" {
		batch = 500
	}
	var out []OutletTerms
	for looked := 0; looked < maxOverview && len(out) < f.Limit; looked += batch {
		rows, err := a.overview(ctx, f, batch)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			o := r.outlet()
			f.After = o.Source.ID
			if find == "" || o.Source.isNamed(find) {
				if out = append(out, o); len(out) == f.Limit {
					return out, nil
				}
			}
		}
		if len(rows) < batch {
			break
		}
	}
	return out, nil
}

// isNamed says whether a lower-case text stands in one of the outlet's names or its host.
func (s Source) isNamed(find string) bool {
	for _, n := range s.Names {
		if strings.Contains(strings.ToLower(n.Name), find) {
			return true
		}
	}
	return strings.Contains(s.Host, find)
}

func (a *Archive) overview(ctx context.Context, f OverviewFilter, limit int) ([]overviewRow, error) {
	now := database.Micros(a.Now())
	soon := database.Micros(a.Now().Add(f.Soon))
	ends := `(SELECT MIN(g.ends) FROM agreements g WHERE g.source_id = s.id AND g.ended_at = 0 AND g.ends > ? AND g.ends <= ?)`
	tx := a.db.In(ctx).Table("sources s").
		Select(`s.*, COALESCE(f.id, 0) AS force_id, COALESCE(f.version, 0) AS force_version, COALESCE(f.confirmed_at, 0) AS confirmed_at,
			COALESCE(w.id, 0) AS waiting_id, COALESCE(w.changed, 0) AS is_change, COALESCE(`+ends+`, 0) AS expires`, now, soon).
		Joins(`LEFT JOIN terms f ON f.id = (SELECT t.id FROM terms t WHERE t.source_id = s.id AND t.confirmed_at > 0 ORDER BY t.version DESC LIMIT 1)`).
		Joins(`LEFT JOIN terms w ON w.id = (SELECT t.id FROM terms t WHERE t.source_id = s.id AND t.confirmed_at = 0 AND t.dropped_at = 0
			AND t.version > COALESCE(f.version, 0) ORDER BY t.version DESC LIMIT 1)`).
		Where("s.id > ?", int64(f.After))
	switch f.State {
	case TermsNone:
		tx = tx.Where("f.id IS NULL AND w.id IS NULL")
	case TermsProposed:
		tx = tx.Where("f.id IS NULL AND w.id IS NOT NULL")
	case TermsConfirmed:
		tx = tx.Where("f.id IS NOT NULL AND w.id IS NULL")
	case TermsChanged:
		tx = tx.Where("f.id IS NOT NULL AND w.id IS NOT NULL")
	case TermsLapsed:
		tx = tx.Where("s.id IN ?", append([]SourceID{0}, f.Only...))
	case TermsExpiring:
		tx = tx.Where(ends+" IS NOT NULL", now, soon)
	}
	var rows []overviewRow
	if err := tx.Order("s.id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("overview of terms: %w", err)
	}
	return rows, nil
}

// overviewRow is what overview reads; it is no table.
type overviewRow struct {
	Row          sourceRow `gorm:"embedded"` // exported: GORM passes over what is not
	ForceID      int64
	ForceVersion int
	ConfirmedAt  int64
	WaitingID    int64
	IsChange     int
	Expires      int64
}

func (r overviewRow) outlet() OutletTerms {
	o := OutletTerms{
		Source: r.Row.source(), Force: TermsID(r.ForceID), Version: r.ForceVersion, ConfirmedAt: database.Time(r.ConfirmedAt),
		Waiting: TermsID(r.WaitingID), IsChange: r.IsChange != 0, Expires: database.Time(r.Expires),
	}
	switch {
	case o.Force != 0 && o.Waiting != 0:
		o.State = TermsChanged
	case o.Force != 0:
		o.State = TermsConfirmed
	case o.Waiting != 0:
		o.State = TermsProposed
	default:
		o.State = TermsNone
	}
	return o
}
