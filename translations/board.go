package translations

import (
	"context"
	"fmt"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/translations/workflow"
)

// Job is a version as the board shows it.
type Job struct {
	Version
	Title      string // of the source
	SourceLang string
	SourceID   archive.SourceID
	SourceName string
	Slug       string
	Assigned   string // name, or empty
	Open       int    // remarks not dealt with
}

// Query chooses jobs.
type Query struct {
	Standing workflow.Standing // empty: any
	Language string            // empty: any
	Assignee MemberID          // 0: anybody
	Nobody   bool              // only those nobody has taken
	Source   archive.SourceID  // 0: any
	Words    string            // in the source's title
	Stale    bool              // only those behind their source
	DueBy    time.Time         // zero: any
	Before   VersionID         // the place in the list: the last job seen, 0 for the beginning
	Limit    int
}

// Jobs lists versions, the most urgent first (priority, then the last change). Without words the cost does not grow with
// the archive.
func (d *Desk) Jobs(ctx context.Context, q Query) ([]Job, error) {
	tx := d.db.In(ctx).Table("versions").Select("versions.*").Limit(min(max(q.Limit, 1), 200)).
		Order("versions.priority DESC, versions.updated_at DESC, versions.id DESC")
	if q.Standing != "" {
		tx = tx.Where("versions.standing = ?", string(q.Standing))
	}
	if q.Language != "" {
		tx = tx.Where("versions.language = ?", q.Language)
	}
	if q.Assignee != 0 {
		tx = tx.Where("versions.assignee_id = ?", int64(q.Assignee))
	}
	if q.Nobody {
		tx = tx.Where("versions.assignee_id = 0")
	}
	if q.Stale {
		tx = tx.Where("versions.stale = ?", true)
	}
	if !q.DueBy.IsZero() {
		tx = tx.Where("versions.due_at > 0 AND versions.due_at <= ?", database.Micros(q.DueBy))
	}
	if q.Source != 0 {
		tx = tx.Where("versions.article_id IN (SELECT id FROM articles WHERE source_id = ?)", int64(q.Source))
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		tx = tx.Where(`versions.article_id IN (SELECT articles.id FROM articles JOIN revisions ON revisions.id = articles.revision_id
			WHERE revisions.title LIKE ? ESCAPE '\')`, "%"+escapeLike(words)+"%")
	}
	if q.Before != 0 {
		last, err := d.versionRow(ctx, q.Before)
		if err != nil {
			return nil, err
		}
		// One comparison of rows, which the indexes of the board answer however far down the list is.
		tx = tx.Where("(versions.priority, versions.updated_at, versions.id) < (?, ?, ?)", last.Priority, last.UpdatedAt, last.ID)
	}
	var rows []versionRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return d.jobs(ctx, rows)
}

// CountJobs counts versions of a standing and language, but no further than limit: a board shows "99+".
func (d *Desk) CountJobs(ctx context.Context, s workflow.Standing, lang string, limit int) (int, error) {
	inner := d.db.In(ctx).Table("versions").Select("1").Where("standing = ?", string(s)).Limit(limit)
	if lang != "" {
		inner = inner.Where("language = ?", lang)
	}
	var n int64
	if err := d.db.In(ctx).Table("(?) AS counted", inner).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count jobs: %w", err)
	}
	return int(n), nil
}

func (d *Desk) jobs(ctx context.Context, rows []versionRow) ([]Job, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	articles := make([]int64, len(rows))
	versions := make([]int64, len(rows))
	members := make([]MemberID, 0, len(rows))
	for i, r := range rows {
		articles[i], versions[i] = r.ArticleID, r.ID
		if r.AssigneeID != 0 {
			members = append(members, MemberID(r.AssigneeID))
		}
	}
	names, err := d.Names(ctx, members...)
	if err != nil {
		return nil, err
	}
	var facts []struct {
		ID       int64
		Title    string
		Language string
		SourceID int64
		Slug     string
	}
	err = d.db.In(ctx).Table("articles").Select("articles.id, revisions.title, articles.language, articles.source_id, articles.slug").
		Joins("JOIN revisions ON revisions.id = articles.revision_id").Where("articles.id IN ?", articles).Find(&facts).Error
	if err != nil {
		return nil, fmt.Errorf("articles of jobs: %w", err)
	}
	var open []struct {
		VersionID int64
		N         int
	}
	err = d.db.In(ctx).Table("comments").Select("version_id, COUNT(*) AS n").
		Where("version_id IN ? AND resolved_at = 0", versions).Group("version_id").Find(&open).Error
	if err != nil {
		return nil, fmt.Errorf("comments of jobs: %w", err)
	}
	sources := make(map[int64]archive.Source)
	out := make([]Job, len(rows))
	for i, r := range rows {
		out[i] = Job{Version: r.version(), Assigned: names[MemberID(r.AssigneeID)]}
		for _, f := range facts {
			if f.ID != r.ArticleID {
				continue
			}
			if _, ok := sources[f.SourceID]; !ok {
				if sources[f.SourceID], err = d.archive.Source(ctx, archive.SourceID(f.SourceID)); err != nil {
					return nil, err
				}
			}
			s := sources[f.SourceID]
			out[i].Title, out[i].SourceLang, out[i].SourceID, out[i].Slug = f.Title, f.Language, s.ID, f.Slug
			out[i].SourceName = s.NameIn(f.Language).Name
		}
		for _, o := range open {
			if o.VersionID == r.ID {
				out[i].Open = o.N
			}
		}
	}
	return out, nil
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}
