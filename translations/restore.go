package translations

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
)

// RestoreError says which pages of a takedown the terms in force now keep from readers. Nothing was restored.
type RestoreError struct {
	Refused []RestoreRefusal
	Passing int // pages that may go back
}

// RestoreRefusal is a page that may not go back to readers as it stood there.
type RestoreRefusal struct {
	Version  VersionID
	Language string
	Title    string
	Err      error // a *GateError, or a fault where nothing gives leave at all
}

// Error implements error.
func (e *RestoreError) Error() string {
	var s strings.Builder
	s.WriteString("restore:")
	for _, r := range e.Refused {
		fmt.Fprintf(&s, " version %d: %v;", r.Version, r.Err)
	}
	return s.String()
}

// Unwrap gives the kind and the message.
func (e *RestoreError) Unwrap() error {
	return fault.New(archive.ErrConflict, "fault.restore.refused", fault.Data{"Count": len(e.Refused)})
}

// restored is a page on its way back to the shelf.
type restored struct {
	Publication      // as it will be shown
	anew        bool // what it rests on has changed since it went out: it is a publication of its own
	taken       takenRow
	force       archive.Force
	waits       bool // another takedown holds it back: it goes back when that one is over
}

// RestoreTaken ends a takedown, with the reason: what stood on the shelf stands there again, if the terms in force now let
// it. The gate looks at every page as it will be served, with the reasons that were given when it went out; a page that
// now rests on other terms goes out as a publication of its own. Where it refuses one of them nothing is restored, and a
// *RestoreError says why; with passing the takedown ends all the same, the pages that pass go back, and the others stay
// away until they are published anew.
func (d *Desk) RestoreTaken(ctx context.Context, id TakedownID, why string, passing bool, by Member, r Renderer) error {
	why, err := words(why, "fault.takedown.why")
	if err != nil {
		return err
	}
	t, err := d.Takedown(ctx, id)
	if err != nil {
		return err
	}
	if _, err := d.closing(ctx, t.Article, t.Language, by); err != nil {
		return err
	}
	if !t.IsOpen() {
		return fault.New(archive.ErrConflict, "fault.takedown.restored", nil)
	}
	var back []restored
	refusal := &RestoreError{}
	for _, was := range t.taken {
		p, show, err := d.examine(ctx, t, was, r)
		var gate *GateError
		switch {
		case errors.As(err, &gate) || errors.Is(err, archive.ErrForbidden):
			refusal.Refused = append(refusal.Refused, RestoreRefusal{p.Version, p.Language, p.Content.Title, err})
		case err != nil:
			return fmt.Errorf("restore takedown %d: %w", id, err)
		case show:
			back = append(back, p)
		}
	}
	refusal.Passing = len(back)
	if len(refusal.Refused) > 0 && !passing {
		return errors.Join(refusal, d.db.Transact(ctx, func(ctx context.Context) error { return d.recordRefused(ctx, refusal, by) }))
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		row := takedownRow{RestoredAt: database.Micros(d.now()), RestoredBy: int64(by.ID), RestoredWhy: why}
		res := d.db.In(ctx).Model(&takedownRow{}).Where("id = ? AND restored_at = 0", int64(id)).Select("restored_at", "restored_by", "restored_why").Updates(&row)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fault.New(archive.ErrConflict, "fault.takedown.restored", nil)
		}
		for _, p := range back {
			if err := d.putBack(ctx, p, why, by); err != nil {
				return err
			}
		}
		return d.recordRefused(ctx, refusal, by)
	})
}

// examine makes of what stood on the shelf what may stand there now, and has the gate look at it. show is false where its
// own time is over. The error is a *GateError, or ErrForbidden, where it may not go back; p names it even then.
func (d *Desk) examine(ctx context.Context, t Takedown, was takenRow, r Renderer) (p restored, show bool, err error) {
	old, err := d.Publication(ctx, was.Publication)
	if err != nil {
		return p, false, err
	}
	p = restored{Publication: old, taken: was}
	other, err := d.otherTakedown(ctx, t.ID, old.Article, old.Language)
	if err != nil {
		return p, false, err
	}
	if other.ID != 0 {
		p.waits = true
		return p, true, nil
	}
	if old.Content.Release.ends() <= database.Micros(d.now()) {
		return p, false, nil
	}
	v, err := d.Version(ctx, old.Version)
	if err != nil {
		return p, false, err
	}
	w, err := d.work(ctx, v)
	if err != nil {
		return p, false, err
	}
	if p.force, err = d.inForce(ctx, w); err != nil {
		return p, false, err
	}
	if !p.force.IsConfirmed() {
		return p, false, unfounded(p.force.Short, w)
	}
	if err := d.unchanged(ctx, w.Source, old.Language); err != nil {
		return p, false, err
	}
	p.rest(p.force, old.IsOriginal())
	capture, err := d.archive.Capture(ctx, w.Revision.Capture)
	if err != nil {
		return p, false, err
	}
	p.askAccess(w, capture)
	p.anew = !sameGround(old, p.Publication)
	if p.anew {
		p.ID, p.At = 0, d.now()
	}
	p.Slug = w.Article.Slug
	p.hold(d.now())
	p.Content.dropMedia()
	p.FirstAt = was.FirstAt
	findings, err := d.judge(ctx, &p.Publication, old.Reasons, r)
	if err != nil {
		return p, false, err
	}
	gate := &GateError{Terms: p.force.Terms, Findings: findings}
	if len(gate.Refusing()) > 0 {
		return p, false, gate
	}
	if !p.anew {
		old.Slug, old.FirstAt = p.Slug, was.FirstAt
		p.Publication = old
	}
	return p, true, nil
}

// sameGround says whether two publications rest on the same words.
func sameGround(a, b Publication) bool {
	ground := func(p Publication) string {
		clauses := slices.Clone(p.Content.Clauses)
		for i := range clauses {
			clauses[i].Now = "" // of the moment it went out
		}
		j, err := json.Marshal([]any{p.Terms, p.Content.Agreement, p.Content.Statement, clauses, p.Content.Support})
		if err != nil {
			return fmt.Sprint(p.ID, err) // nothing it could be the same as
		}
		return string(j)
	}
	return ground(a) == ground(b)
}

// putBack puts a page on the shelf again, if what is in force is still what the gate looked at.
func (d *Desk) putBack(ctx context.Context, p restored, why string, by Member) error {
	if p.waits {
		other, err := d.openTakedown(ctx, p.Article, p.Language)
		if err != nil {
			return err
		}
		if other.ID == 0 {
			return fault.New(archive.ErrConflict, "fault.publish.changed", nil)
		}
		row := takedownRow{Taken: append(other.taken, p.taken)}
		return d.db.In(ctx).Model(&takedownRow{}).Where("id = ?", int64(other.ID)).Select("taken").Updates(&row).Error
	}
	_, w, same, err := d.stillUnder(ctx, p.Version, p.force)
	if err != nil {
		return err
	}
	if !same {
		return fault.New(archive.ErrConflict, "fault.publish.changed", nil)
	}
	if err := d.notTakenDown(ctx, p.Article, p.Language); err != nil {
		return err
	}
	if p.anew {
		p.By = by.ID
		row := newPublicationRow(p.Publication)
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		p.ID = PublicationID(row.ID)
	}
	if err := d.archive.RelyOn(ctx, p.agreements(), p.Article, p.Language, int64(p.ID)); err != nil {
		return err
	}
	if err := d.point(ctx, &p.Publication, w.Source); err != nil {
		return err
	}
	if _, err := d.refresh(ctx, p.Version); err != nil {
		return err
	}
	return d.record(ctx, OfVersion, int64(p.Version), "restored", map[string]string{"Reason": why}, by.ID)
}

// recordRefused writes into the history of each version why its page did not go back.
func (d *Desk) recordRefused(ctx context.Context, e *RestoreError, by Member) error {
	for _, r := range e.Refused {
		data := map[string]string{}
		if gate, ok := errors.AsType[*GateError](r.Err); ok {
			data["Kinds"] = gate.kinds()
		} else if id, _, ok := fault.Message(r.Err); ok {
			data["Fault"] = id
		}
		if err := d.record(ctx, OfVersion, int64(r.Version), "restore_refused", data, by.ID); err != nil {
			return err
		}
	}
	return nil
}

// otherTakedown is an open one beside a takedown that holds for the same page.
func (d *Desk) otherTakedown(ctx context.Context, than TakedownID, id archive.ArticleID, lang string) (Takedown, error) {
	list, err := takedowns(d.db.In(ctx).Where("article_id = ? AND restored_at = 0 AND language IN ? AND id <> ?", int64(id), []string{"", lang}, int64(than)).Order("id").Limit(1))
	if err != nil || len(list) == 0 {
		return Takedown{}, err
	}
	return list[0], nil
}
