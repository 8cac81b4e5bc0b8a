package translations

import (
	"context"
	"fmt"
	"time"

	"colophon/archive/database"
)

// Subject is what a line of history is about.
type Subject string

// The subjects.
const (
	OfVersion  Subject = "version"
	OfSource   Subject = "source"
	OfArticle  Subject = "article"
	OfMember   Subject = "member"
	OfSettings Subject = "settings"
)

// Line is one line of history: who did what to what, when. History is append only.
type Line struct {
	ID      int64
	Subject Subject
	Of      int64
	Event   string // submitted, approved, published …: shown through message "history.<event>"
	Data    map[string]string
	By      MemberID
	At      time.Time
}

// record writes a line of history in the transaction of ctx.
func (d *Desk) record(ctx context.Context, s Subject, of int64, event string, data map[string]string, by MemberID) error {
	row := historyRow{Subject: string(s), SubjectID: of, Event: event, Data: data, MemberID: int64(by), At: database.Micros(d.now())}
	if err := d.db.In(ctx).Create(&row).Error; err != nil {
		return fmt.Errorf("record %s of %s %d: %w", event, s, of, err)
	}
	return nil
}

// Record writes a line of history for something done outside this package, such as confirming an outlet's terms.
func (d *Desk) Record(ctx context.Context, s Subject, of int64, event string, data map[string]string, by MemberID) error {
	return d.db.Transact(ctx, func(ctx context.Context) error { return d.record(ctx, s, of, event, data, by) })
}

// History lists what happened to something, newest first, before a line (0: from the newest), at most limit.
func (d *Desk) History(ctx context.Context, s Subject, of int64, before int64, limit int) ([]Line, error) {
	tx := d.db.In(ctx).Where("subject = ? AND subject_id = ?", string(s), of).Order("id DESC").Limit(limit)
	if before > 0 {
		tx = tx.Where("id < ?", before)
	}
	var rows []historyRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("history of %s %d: %w", s, of, err)
	}
	out := make([]Line, len(rows))
	for i, r := range rows {
		out[i] = Line{ID: r.ID, Subject: Subject(r.Subject), Of: r.SubjectID, Event: r.Event, Data: r.Data, By: MemberID(r.MemberID), At: database.Time(r.At)}
	}
	return out, nil
}
