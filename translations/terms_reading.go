package translations

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
)

// LookForTerms has the archive look for an outlet's terms and writes the line of history of what it found. by is 0 where
// the program looks by itself.
func (d *Desk) LookForTerms(ctx context.Context, f archive.Fetcher, id archive.SourceID, by MemberID) (archive.Look, error) {
	look, err := d.archive.LookForTerms(ctx, f, id, int64(by))
	if look.Proposal.ID == 0 {
		return look, err
	}
	event := "terms_proposed"
	if look.Proposal.Changed {
		event = "terms_changed"
	}
	data := map[string]string{"Version": strconv.Itoa(look.Proposal.Version)}
	return look, errors.Join(err, d.Record(context.WithoutCancel(ctx), OfSource, int64(id), event, data, by))
}

// ReadTermsAgain looks at the outlets that were last looked at before a time, at most limit, one after the other. What
// fails for one outlet does not keep the others waiting.
func (d *Desk) ReadTermsAgain(ctx context.Context, f archive.Fetcher, before time.Time, limit int) error {
	ids, err := d.archive.SourcesToRead(ctx, before, limit)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		_, lookErr := d.LookForTerms(ctx, f, id, 0)
		err = errors.Join(err, lookErr)
	}
	return err
}

// unchanged refuses to publish under terms whose words have changed since a person confirmed them.
func (d *Desk) unchanged(ctx context.Context, source archive.Source, lang string) error {
	waiting, err := d.archive.TermsWaiting(ctx, source.ID)
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return nil
	case err != nil:
		return err
	case waiting.Changed:
		return fault.New(archive.ErrForbidden, "fault.gate.changed", fault.Data{"Source": source.NameIn(lang).Name, "Version": waiting.Version})
	}
	return nil
}

// Affected is a version in one language that was made, or is being made, under other terms than those that count now.
type Affected struct {
	Version  VersionID
	Article  archive.ArticleID
	Language string
	Title    string // as published, or the original's
	Slug     string // of its public page; empty: in work
	Terms    int    // the version of the terms it was published under; 0: in work
	At       time.Time
}

// IsPublic says whether readers see it.
func (a Affected) IsPublic() bool { return a.Slug != "" }

// AffectedBy lists what is public of an outlet under other terms than a version, and what is in work, the newest first,
// before a version (0: from the newest), at most limit. With terms 0 all that is public counts but what rests on agreements
// alone; with any other this counts too.
func (d *Desk) AffectedBy(ctx context.Context, source archive.SourceID, terms archive.TermsID, before VersionID, limit int) ([]Affected, error) {
	tx := d.db.In(ctx).Table("versions v").
		Select(`v.id AS version_id, v.article_id, v.language, r.title, COALESCE(s.slug, '') AS slug, COALESCE(t.version, 0) AS terms,
			COALESCE(s.card, '') AS card, COALESCE(s.at, 0) AS at`).
		Joins("JOIN articles a ON a.id = v.article_id").
		Joins("JOIN revisions r ON r.id = a.revision_id").
		Joins("LEFT JOIN shelf s ON s.article_id = v.article_id AND s.language = v.language AND s.version_id = v.id").
		Joins("LEFT JOIN publications p ON p.id = s.publication_id").
		Joins("LEFT JOIN terms t ON t.id = p.terms_id").
		Where("a.source_id = ? AND (p.id IS NULL OR COALESCE(p.terms_id, 0) <> ?)", int64(source), int64(terms))
	if before > 0 {
		tx = tx.Where("v.id < ?", int64(before))
	}
	var rows []affectedRow
	if err := tx.Order("v.id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("affected by the terms of source %d: %w", source, err)
	}
	out := make([]Affected, len(rows))
	for i, r := range rows {
		out[i] = r.affected()
	}
	return out, nil
}

// CountAffected counts what is public of an outlet under other terms than a version, up to a limit.
func (d *Desk) CountAffected(ctx context.Context, source archive.SourceID, terms archive.TermsID, limit int) (int, error) {
	var ids []int64
	err := d.db.In(ctx).Table("shelf s").Joins("JOIN publications p ON p.id = s.publication_id").
		Where("s.source_id = ? AND COALESCE(p.terms_id, 0) <> ?", int64(source), int64(terms)).Limit(limit).Pluck("p.id", &ids).Error
	if err != nil {
		return 0, fmt.Errorf("count what the terms of source %d affect: %w", source, err)
	}
	return len(ids), nil
}
