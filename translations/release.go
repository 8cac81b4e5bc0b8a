package translations

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/rights"
)

// Release is when readers see a publication. It follows from the embargoes and windows of the terms in force. Nothing has
// to happen at its instants: every query of a reader compares them with the clock.
type Release struct {
	From  time.Time `json:"from,omitzero"`  // not before; zero: at once
	Until time.Time `json:"until,omitzero"` // not from here on; zero: for good
}

// releaseOf is what clauses say about time, the strictest of them. An instant without an offset counts as the latest it
// can be for a beginning and as the earliest for an end. What is over already holds nothing back.
func releaseOf(clauses []rights.Clause, now time.Time) Release {
	var out Release
	for _, c := range clauses {
		from, until := "", ""
		switch {
		case c.Strength == rights.Liked:
		case c.Kind == rights.TimeEmbargo:
			from = c.Until
		case c.Kind == rights.TimeWindow:
			from, until = c.From, c.Until
		}
		if _, at, ok := rights.Instant(from); ok && at.After(now) && at.After(out.From) {
			out.From = at.UTC()
		}
		if at, _, ok := rights.Instant(until); ok && (out.Until.IsZero() || at.Before(out.Until)) {
			out.Until = at.UTC()
		}
	}
	return out
}

// hold sets when readers will see the publication, and tells the embargoes in its clauses that the page they judge is
// the page of that moment.
func (p *Publication) hold(now time.Time) {
	p.Content.Release = releaseOf(p.Content.Clauses, now)
	p.FirstAt = p.Content.Release.begins(now)
	p.Content.Clauses = slices.Clone(p.Content.Clauses)
	for i, c := range p.Content.Clauses {
		if c.Kind == rights.TimeEmbargo {
			p.Content.Clauses[i].Now = p.FirstAt.Format(time.RFC3339Nano)
		}
	}
}

// judgeTime answers for the clauses of time, which hold by the release and not by the page: what is held back until its
// instant is met, a window that has closed is not.
func (p *Publication) judgeTime(findings []rights.Finding, now time.Time) {
	for i, c := range p.Content.Clauses {
		data := map[string]string{"From": c.From, "Until": c.Until}
		_, from, fromOK := rights.Instant(c.From)
		until, _, untilOK := rights.Instant(c.Until)
		switch {
		case c.Kind == rights.TimeEmbargo && findings[i].Status == rights.Met && p.Content.Release.From.After(now):
			findings[i] = rights.Finding{Kind: c.Kind, Status: rights.Met, Why: "embargo_held", Data: map[string]string{"Until": c.Until}}
		case c.Kind != rights.TimeWindow || c.From != "" && !fromOK || c.Until != "" && !untilOK || c.From == "" && c.Until == "":
		case untilOK && !until.After(now) || fromOK && untilOK && !until.After(from):
			findings[i] = rights.Finding{Kind: c.Kind, Status: rights.Unmet, Why: "window_over", Data: data}
		default:
			findings[i] = rights.Finding{Kind: c.Kind, Status: rights.Met, Why: "window_held", Data: data}
		}
	}
}

// begins is the instant from which a publication of now is seen.
func (r Release) begins(now time.Time) time.Time {
	if r.From.After(now) {
		return r.From
	}
	return now
}

// forever is the end of what is shown for good.
const forever = math.MaxInt64

func (r Release) ends() int64 {
	if r.Until.IsZero() {
		return forever
	}
	return database.Micros(r.Until)
}

// shown narrows a query of the shelf, or of the search pages, to what readers see now.
func (d *Desk) shown(tx *gormDB) *gormDB {
	now := database.Micros(d.now())
	return tx.Where("shown_from <= ? AND shown_until > ?", now, now)
}

// Moves is the next instant after now at which something comes before readers, or leaves them, without anybody doing
// anything; zero where nothing will. Two steps along two indexes.
func (d *Desk) Moves(ctx context.Context) (time.Time, error) {
	now := database.Micros(d.now())
	next := int64(forever)
	for _, column := range []string{"shown_from", "shown_until"} {
		var at []int64
		err := d.db.In(ctx).Model(&shelfRow{}).Where(column+" > ? AND "+column+" < ?", now, int64(forever)).Order(column).Limit(1).Pluck(column, &at).Error
		if err != nil {
			return time.Time{}, fmt.Errorf("next move of the shelf: %w", err)
		}
		if len(at) > 0 {
			next = min(next, at[0])
		}
	}
	if next == forever {
		return time.Time{}, nil
	}
	return database.Time(next), nil
}

// Awaited lists what of an article will come before readers, by language: published, and held back until an instant.
func (d *Desk) Awaited(ctx context.Context, id archive.ArticleID) ([]Item, error) {
	var rows []shelfRow
	err := d.db.In(ctx).Where("article_id = ? AND shown_from > ?", int64(id), database.Micros(d.now())).Order("language").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("what will be public of article %d: %w", id, err)
	}
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

// PicturePublic says whether a picture stands in something readers see: in the text of an article as it is published in
// some language. Steps along indexes: the articles that have the picture are few.
func (d *Desk) PicturePublic(ctx context.Context, digest database.Digest) (bool, error) {
	var articles []int64
	err := d.db.In(ctx).Table("assets").Where("digest = ?", string(digest)).Limit(maxPictureArticles).Distinct().Pluck("article_id", &articles).Error
	if err != nil || len(articles) == 0 {
		return false, err
	}
	var ids []int64
	err = d.shown(d.db.In(ctx).Model(&shelfRow{})).Where("article_id IN ?", articles).Pluck("publication_id", &ids).Error
	if err != nil || len(ids) == 0 {
		return false, err
	}
	var texts []string
	if err := d.db.In(ctx).Model(&publicationRow{}).Where("id IN ?", ids).Pluck("content", &texts).Error; err != nil {
		return false, err
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, string(digest)) }), nil
}

// maxPictureArticles bounds how many articles that share a picture are looked at.
const maxPictureArticles = 50

// point puts a publication on the shelf: in the place of what is there of its article and language, or, where readers
// will see it only later, beside what they see until then.
func (d *Desk) point(ctx context.Context, p *Publication, s archive.Source) error {
	if err := d.sweep(ctx); err != nil {
		return err
	}
	now := database.Micros(d.now())
	row := newShelfRow(*p, s)
	row.ShownFrom = max(row.ShownFrom, now)
	var there []shelfRow
	if err := d.db.In(ctx).Where("article_id = ? AND language = ?", row.ArticleID, row.Language).Order("shown_from").Find(&there).Error; err != nil {
		return err
	}
	replaced := int64(0)
	for _, old := range there {
		if old.ShownFrom <= now && row.ShownFrom > now {
			if err := d.showUntil(ctx, old, row.ShownFrom); err != nil {
				return err
			}
			continue
		}
		if err := d.take(ctx, old); err != nil {
			return err
		}
		if replaced == 0 {
			replaced = old.PublicationID
		} else if err := d.unindex(ctx, old); err != nil {
			return err
		}
	}
	if err := d.db.In(ctx).Create(&row).Error; err != nil {
		return err
	}
	return d.index(ctx, *p, row, replaced)
}

// showUntil ends what readers see where another takes its place, or before, where its own terms say so.
func (d *Desk) showUntil(ctx context.Context, old shelfRow, until int64) error {
	p, err := d.Publication(ctx, PublicationID(old.PublicationID))
	if err != nil {
		return err
	}
	until = min(until, p.Content.Release.ends())
	for _, table := range []any{&shelfRow{}, &searchRow{}} {
		tx := d.db.In(ctx).Model(table).Where("article_id = ? AND language = ? AND publication_id = ?", old.ArticleID, old.Language, old.PublicationID)
		if err := tx.Update("shown_until", until).Error; err != nil {
			return err
		}
	}
	return nil
}

// take removes a row from the shelf and leaves its text in the index.
func (d *Desk) take(ctx context.Context, row shelfRow) error {
	return d.db.In(ctx).Where("article_id = ? AND language = ? AND shown_from = ?", row.ArticleID, row.Language, row.ShownFrom).Delete(&shelfRow{}).Error
}

// Sweep removes what nobody sees any more from the shelf. Every publication does some of it on its way.
func (d *Desk) Sweep(ctx context.Context) error { return d.db.Transact(ctx, d.sweep) }

// sweep removes some of what nobody sees any more, so that it does not lie in the way of lists. Readers do not depend on
// it: they never see what is over.
func (d *Desk) sweep(ctx context.Context) error {
	var over []shelfRow
	if err := d.db.In(ctx).Where("shown_until <= ?", database.Micros(d.now())).Order("shown_until").Limit(maxSwept).Find(&over).Error; err != nil {
		return err
	}
	for _, row := range over {
		if err := d.take(ctx, row); err != nil {
			return err
		}
		if err := d.unindex(ctx, row); err != nil {
			return err
		}
		var left []int64
		if err := d.db.In(ctx).Model(&shelfRow{}).Where("article_id = ? AND language = ?", row.ArticleID, row.Language).Limit(1).Pluck("publication_id", &left).Error; err != nil {
			return err
		}
		if len(left) > 0 {
			continue
		}
		gone := withdrawalRow{PublicationID: row.PublicationID, ArticleID: row.ArticleID, Language: row.Language, Reason: overReason, At: row.ShownUntil}
		if err := d.db.In(ctx).Create(&gone).Error; err != nil {
			return err
		}
		if _, err := d.refresh(ctx, VersionID(row.VersionID)); err != nil {
			return err
		}
	}
	return nil
}

// overReason is the reason of what went because its window closed. No person withdrew it.
const overReason = "time.window"

const maxSwept = 50

// unshelve takes everything of an article in a language from readers, what is yet to come too, and records it. Of what
// nobody has seen there is nothing to record for readers.
func (d *Desk) unshelve(ctx context.Context, w withdrawalRow) error {
	now := database.Micros(d.now())
	var there []shelfRow
	if err := d.db.In(ctx).Where("article_id = ? AND language = ?", w.ArticleID, w.Language).Order("shown_from").Find(&there).Error; err != nil {
		return err
	}
	seen := false
	for _, row := range there {
		if err := d.take(ctx, row); err != nil {
			return err
		}
		if err := d.unindex(ctx, row); err != nil {
			return err
		}
		if row.ShownFrom <= now {
			seen, w.PublicationID = true, row.PublicationID
		}
	}
	if !seen {
		return nil
	}
	w.At = now
	return d.db.In(ctx).Create(&w).Error
}
