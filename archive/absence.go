package archive

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// Unreachable is the absence of a page that was not answered with success.
const Unreachable ingest.Absence = "unreachable"

// askAfterDays is on how many different days in a row a page of terms must be absent before a person is asked what became
// of the words on it. Until then nothing has changed: sites are mended, and come back.
const askAfterDays = 3

// Absence is a page of an outlet's terms that could not be read lately, and how long.
type Absence struct {
	PageURL     string
	Why         ingest.Absence
	Reads       int // in a row
	Days        int // different ones among them
	First, Last time.Time
	Capture     CaptureID // of the first answer; 0: there was none
}

// Asks says whether it has lasted so long that a person should say what it means.
func (a Absence) Asks() bool { return a.Days >= askAfterDays }

// Absences lists the pages of an outlet's terms that could not be read when they were last looked at.
func (a *Archive) Absences(ctx context.Context, id SourceID) ([]Absence, error) {
	var rows []absenceRow
	if err := a.db.In(ctx).Where("source_id = ?", int64(id)).Order("first_at, page_url").Limit(2 * maxLookPages).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("absences of source %d: %w", id, err)
	}
	out := make([]Absence, len(rows))
	for i, r := range rows {
		out[i] = r.absence()
	}
	return out, nil
}

// away records that a page of the reference could not be read, and says on how many days in a row by now. d is what came,
// nil where nothing did.
func (l *look) away(ctx context.Context, address string, why ingest.Absence, d *Delivery) (days int, err error) {
	ctx = context.WithoutCancel(ctx)
	var rows []absenceRow
	if err := l.db.In(ctx).Where("source_id = ? AND page_url = ?", int64(l.source.ID), address).Find(&rows).Error; err != nil {
		return 0, fmt.Errorf("absence of %s: %w", address, err)
	}
	now := l.Now().UTC()
	row := absenceRow{SourceID: int64(l.source.ID), PageURL: address, FirstAt: database.Micros(now)}
	if len(rows) > 0 {
		row = rows[0]
	}
	if row.CaptureID == 0 && d != nil {
		kept, err := l.KeepCapture(ctx, *d)
		if err != nil {
			return 0, err
		}
		row.CaptureID = int64(kept.ID)
	}
	if row.Reads == 0 || database.Time(row.LastAt).UTC().Format(time.DateOnly) != now.Format(time.DateOnly) {
		row.Days++
	}
	row.Reads++
	row.Why, row.LastAt = string(why), database.Micros(now)
	err = l.db.Transact(ctx, func(ctx context.Context) error {
		return l.db.In(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "source_id"}, {Name: "page_url"}}, UpdateAll: true}).Create(&row).Error
	})
	if err != nil {
		return 0, fmt.Errorf("absence of %s: %w", address, err)
	}
	if d != nil {
		err = l.Fail(ctx, address, l.by, fault.New(ErrUnavailable, "fault.terms.absent."+string(why), fault.Data{"Host": shorten(l.source.Host, 100)}))
	}
	return row.Days, err
}

// back forgets the absences of a page that can be read again. What happened stays among the events.
func (l *look) back(ctx context.Context, address string) error {
	err := l.db.Transact(ctx, func(ctx context.Context) error {
		return l.db.In(ctx).Where("source_id = ? AND page_url = ?", int64(l.source.ID), address).Delete(&absenceRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("absence of %s: %w", address, err)
	}
	return nil
}

// Bounds of likeness, see ingest.Likeness: what a front page shares with itself a moment later, and at most with another
// page of its site; and what pages share that have nothing in common but a menu.
const (
	likeFront = 0.8
	apart     = 0.5
	foreign   = 0.05
)

// absent says whether a page that no longer has the outlet's words is the page at all. before is its earlier capture. Where
// nothing on it says so, the site's front page is looked at: a site that shows that for what it does not have says nothing.
func (l *look) absent(ctx context.Context, address string, before ingest.Page, d Delivery) (ingest.Absence, error) {
	if why := ingest.Absent(d.Status, d.page()); why != ingest.Present {
		return why, nil
	}
	was := ingest.Likeness(before, d.page())
	if was > apart || samePage(address, l.source.HomeURL) || !isWeb(l.source.HomeURL) {
		return ingest.Present, nil
	}
	if l.front.URL == "" {
		got, ok, err := l.fetch(ctx, l.source.HomeURL)
		if err != nil || !ok {
			return ingest.Present, err
		}
		l.front = got.page()
	}
	if like := ingest.Likeness(l.front, d.page()); like >= likeFront || was < foreign && like >= apart {
		return ingest.Front, nil
	}
	return ingest.Present, nil
}

type absenceRow struct {
	SourceID  int64  `gorm:"primaryKey;autoIncrement:false"`
	PageURL   string `gorm:"primaryKey"`
	Why       string
	Reads     int
	Days      int
	FirstAt   int64
	LastAt    int64
	CaptureID int64
}

// TableName implements gorm's Tabler.
func (absenceRow) TableName() string { return "absences" }

func (r absenceRow) absence() Absence {
	return Absence{
		PageURL: r.PageURL, Why: ingest.Absence(r.Why), Reads: r.Reads, Days: r.Days, First: database.Time(r.FirstAt), Last: database.Time(r.LastAt),
		Capture: CaptureID(r.CaptureID),
	}
}
