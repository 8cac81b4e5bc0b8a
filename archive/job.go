package archive

import (
	"context"
	"fmt"
	"time"

	"colophon/archive/database"
	"colophon/archive/fault"

	"gorm.io/gorm/clause"
)

// Job is how a piece of background work stands. Several processes on one archive share it: whoever holds it does it.
type Job struct {
	Name      string
	HeldUntil time.Time // zero: nobody is at it
	DueAt     time.Time
	StartedAt time.Time // of the last run; zero: there was none
	EndedAt   time.Time // of the last run that ended
	Failure   string    // of that run; empty: it went well
}

// ClaimJob takes a job that is due and that nobody holds, until a time. Where it may not be taken, next says when to
// ask again: when it is due, or when its holder must have renewed or lost it.
func (a *Archive) ClaimJob(ctx context.Context, name, holder string, until time.Time) (claimed bool, next time.Time, err error) {
	now := database.Micros(a.Now())
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		row := jobRow{Name: name}
		if err := a.db.In(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		res := a.db.In(ctx).Model(&jobRow{}).Where("name = ? AND due_at <= ? AND held_until <= ?", name, now, now).
			Updates(map[string]any{"holder": holder, "held_until": database.Micros(until), "started_at": now})
		if res.Error != nil {
			return res.Error
		}
		if claimed = res.RowsAffected == 1; claimed {
			return nil
		}
		row = jobRow{}
		if err := a.db.In(ctx).Where("name = ?", name).Take(&row).Error; err != nil {
			return err
		}
		next = database.Time(max(row.DueAt, row.HeldUntil))
		return nil
	})
	if err != nil {
		return false, time.Time{}, fmt.Errorf("claim job %s: %w", name, err)
	}
	return claimed, next, nil
}

// RenewJob holds a claimed job longer: ErrConflict where another process has taken it over meanwhile.
func (a *Archive) RenewJob(ctx context.Context, name, holder string, until time.Time) error {
	return a.updateJob(ctx, name, holder, map[string]any{"held_until": database.Micros(until)})
}

// EndJob gives a claimed job back with its outcome and says when it is due again: ErrConflict as RenewJob.
func (a *Archive) EndJob(ctx context.Context, name, holder string, due time.Time, failure error) error {
	text := ""
	if failure != nil {
		text = shorten(failure.Error(), 1000)
	}
	return a.updateJob(ctx, name, holder, map[string]any{
		"held_until": 0, "holder": "", "due_at": database.Micros(due), "ended_at": database.Micros(a.Now()), "failure": text,
	})
}

func (a *Archive) updateJob(ctx context.Context, name, holder string, values map[string]any) error {
	return a.db.Transact(ctx, func(ctx context.Context) error {
		res := a.db.In(ctx).Model(&jobRow{}).Where("name = ? AND holder = ?", name, holder).Updates(values)
		if res.Error != nil {
			return fmt.Errorf("job %s: %w", name, res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(ErrConflict, "fault.job.taken", fault.Data{"Name": name})
		}
		return nil
	})
}

// Jobs lists the background work this archive has known, by name.
func (a *Archive) Jobs(ctx context.Context) ([]Job, error) {
	var rows []jobRow
	if err := a.db.In(ctx).Order("name").Limit(100).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the jobs: %w", err)
	}
	out := make([]Job, len(rows))
	for i, r := range rows {
		out[i] = Job{
			Name: r.Name, HeldUntil: database.Time(r.HeldUntil), DueAt: database.Time(r.DueAt),
			StartedAt: database.Time(r.StartedAt), EndedAt: database.Time(r.EndedAt), Failure: r.Failure,
		}
	}
	return out, nil
}
