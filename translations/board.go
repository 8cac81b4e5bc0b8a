package translations

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

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
	SourceName string // in the source's language
	Names      map[string]archive.Name
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
	Words    string            // beginnings of words, all of which stand in the source's title or the version's
	Stale    bool              // only those behind their source
	DueBy    time.Time         // zero: any
	Before   VersionID         // the place in the list: the last job seen, 0 for the beginning
	Order    Order             // all but ByUrgency want a Standing
	Reverse  bool              // the order, from its end
	Limit    int
}

// Jobs lists versions in their order. The cost does not grow with the archive.
func (d *Desk) Jobs(ctx context.Context, q Query) ([]Job, error) {
	lists, err := d.Board(ctx, q)
	if err != nil {
		return nil, err
	}
	return lists[0], nil
}

// Board answers several queries, each with a list as Jobs gives it. What the lists have in common (outlets, people,
// remarks) is read once for all of them.
func (d *Desk) Board(ctx context.Context, queries ...Query) ([][]Job, error) {
	found := map[string]wordPlan{}
	lists := make([][]versionRow, len(queries))
	var all []versionRow
	for i, q := range queries {
		words := strings.TrimSpace(q.Words)
		plan, ok := found[words]
		if !ok && words != "" {
			var err error
			if plan, err = d.planWords(ctx, words); err != nil {
				return nil, err
			}
			found[words] = plan
		}
		rows, err := d.jobRows(ctx, q, plan)
		if err != nil {
			return nil, err
		}
		lists[i] = rows
		all = append(all, rows...)
	}
	jobs, err := d.jobs(ctx, all)
	if err != nil {
		return nil, err
	}
	out := make([][]Job, len(queries))
	for i, rows := range lists {
		out[i], jobs = jobs[:len(rows):len(rows)], jobs[len(rows):]
	}
	return out, nil
}

// jobRows are the versions of one list.
func (d *Desk) jobRows(ctx context.Context, q Query, plan wordPlan) ([]versionRow, error) {
	if plan.none {
		return nil, nil
	}
	var last versionRow
	if q.Before != 0 {
		var err error
		if last, err = d.versionRow(ctx, q.Before); err != nil {
			return nil, err
		}
	}
	at := q.Order.rank(workflow.Standing(last.Standing), last.DueAt > 0)
	limit := min(max(q.Limit, 1), 200)
	var out []versionRow
	for _, part := range q.Order.stretches(q.Standing, q.Reverse) {
		if q.Before != 0 && part.rank < at || len(out) >= limit {
			continue
		}
		tx := d.chosen(plan.from(d.db.In(ctx)), q).Select("versions.*").Order(part.order).Limit(limit - len(out))
		if part.where != "" {
			tx = tx.Where(part.where)
		}
		if q.Before != 0 && part.rank == at {
			// One comparison of rows, which the indexes of the board answer however far down the list is.
			tx = tx.Where(part.after, part.key(last)...)
		}
		var rows []versionRow
		if err := tx.Find(&rows).Error; err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		out = append(out, rows...)
	}
	return out, nil
}

// chosen narrows versions down to those a query asks for.
func (*Desk) chosen(tx *gorm.DB, q Query) *gorm.DB {
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
		tx = tx.Where("EXISTS (SELECT 1 FROM articles WHERE articles.id = versions.article_id AND articles.source_id = ?)", int64(q.Source))
	}
	return tx
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

// CountBoard counts the versions of every standing in each of some languages, each no further than limit, in one
// question to the database.
func (d *Desk) CountBoard(ctx context.Context, limit int, langs ...string) (map[workflow.Standing]map[string]int, error) {
	states := workflow.Standings()
	var (
		parts []string
		args  []any
	)
	for i, state := range states {
		for j, lang := range langs {
			parts = append(parts, fmt.Sprintf("SELECT %d AS place, COUNT(*) AS n FROM (SELECT 1 FROM versions WHERE language = ? AND standing = ? LIMIT ?) AS c", i*len(langs)+j))
			args = append(args, lang, string(state), limit)
		}
	}
	out := make(map[workflow.Standing]map[string]int, len(states))
	for _, state := range states {
		out[state] = make(map[string]int, len(langs))
	}
	if len(parts) == 0 {
		return out, nil
	}
	var counts []struct{ Place, N int }
	if err := d.db.In(ctx).Raw(strings.Join(parts, " UNION ALL "), args...).Scan(&counts).Error; err != nil {
		return nil, fmt.Errorf("count the board: %w", err)
	}
	for _, c := range counts {
		out[states[c.Place/len(langs)]][langs[c.Place%len(langs)]] = c.N
	}
	return out, nil
}

// jobs tells of every row what the board says about it, in the same order.
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
	names, err := d.Names(ctx, unique(members)...)
	if err != nil {
		return nil, err
	}
	facts, err := d.jobFacts(ctx, unique(articles))
	if err != nil {
		return nil, err
	}
	var open []struct {
		VersionID int64
		N         int
	}
	err = d.db.In(ctx).Table("comments").Select("version_id, COUNT(*) AS n").
		Where("version_id IN ? AND resolved_at = 0", unique(versions)).Group("version_id").Find(&open).Error
	if err != nil {
		return nil, fmt.Errorf("comments of jobs: %w", err)
	}
	remarks := make(map[int64]int, len(open))
	for _, o := range open {
		remarks[o.VersionID] = o.N
	}
	out := make([]Job, len(rows))
	for i, r := range rows {
		f := facts[r.ArticleID]
		out[i] = Job{
			Version: r.version(), Assigned: names[MemberID(r.AssigneeID)], Open: remarks[r.ID], Title: f.Title, SourceLang: f.Language,
			SourceID: f.source.ID, SourceName: f.source.NameIn(f.Language).Name, Names: f.source.Names, Slug: f.Slug,
		}
	}
	return out, nil
}

// jobFact is what a job says of its article.
type jobFact struct {
	ID       int64
	Title    string
	Language string
	SourceID int64
	Slug     string
	source   archive.Source
}

func (d *Desk) jobFacts(ctx context.Context, articles []int64) (map[int64]jobFact, error) {
	var facts []jobFact
	err := d.db.In(ctx).Table("articles").Select("articles.id, revisions.title, articles.language, articles.source_id, articles.slug").
		Joins("JOIN revisions ON revisions.id = articles.revision_id").Where("articles.id IN ?", articles).Scan(&facts).Error
	if err != nil {
		return nil, fmt.Errorf("articles of jobs: %w", err)
	}
	ids := make([]archive.SourceID, len(facts))
	for i, f := range facts {
		ids[i] = archive.SourceID(f.SourceID)
	}
	sources, err := d.archive.SourcesByID(ctx, unique(ids)...)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]jobFact, len(facts))
	for _, f := range facts {
		f.source = sources[archive.SourceID(f.SourceID)]
		out[f.ID] = f
	}
	return out, nil
}

// Submission is who handed a version to another person, and when.
type Submission struct {
	By   MemberID
	Name string
	At   time.Time
}

// Submissions finds the last submission of each of some versions; one nobody has submitted is left out.
func (d *Desk) Submissions(ctx context.Context, ids ...VersionID) (map[VersionID]Submission, error) {
	out := make(map[VersionID]Submission, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []reviewRow
	last := d.db.In(ctx).Model(&reviewRow{}).Select("MAX(id)").Where("version_id IN ? AND verdict = ?", ids, string(Submitted)).Group("version_id")
	if err := d.db.In(ctx).Select("id", "version_id", "member_id", "at").Where("id IN (?)", last).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("submissions: %w", err)
	}
	members := make([]MemberID, len(rows))
	for i, r := range rows {
		members[i] = MemberID(r.MemberID)
	}
	names, err := d.Names(ctx, unique(members)...)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		by := MemberID(r.MemberID)
		out[VersionID(r.VersionID)] = Submission{By: by, Name: names[by], At: database.Time(r.At)}
	}
	return out, nil
}

// unique is a list without what stands in it already.
func unique[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	out := list[:0:0]
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}
