package archive

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"gorm.io/gorm/clause"

	"colophon/archive/database"
	"colophon/archive/ingest"
)

type linkRow struct {
	ArticleID    int64 `gorm:"primaryKey;autoIncrement:false"`
	SourceID     int64
	State        string
	Since        int64
	Failures     int
	FirstFailure int64
	CheckedAt    int64
	NextAt       int64
}

// TableName implements gorm's Tabler.
func (linkRow) TableName() string { return "link_health" }

func newLinkRow(h LinkHealth) linkRow {
	return linkRow{
		ArticleID: int64(h.Article), SourceID: int64(h.Source), State: string(h.State), Since: database.Micros(h.Since), Failures: h.Failures,
		FirstFailure: database.Micros(h.FirstFailure), CheckedAt: database.Micros(h.Checked), NextAt: database.Micros(h.Next),
	}
}

func (r linkRow) health() LinkHealth {
	return LinkHealth{
		Article: ArticleID(r.ArticleID), Source: SourceID(r.SourceID), State: LinkState(r.State), Since: database.Time(r.Since), Failures: r.Failures,
		FirstFailure: database.Time(r.FirstFailure), Checked: database.Time(r.CheckedAt), Next: database.Time(r.NextAt),
	}
}

type linkCheckRow struct {
	ID        int64
	ArticleID int64
	At        int64
	LastAt    int64
	Times     int
	Status    int
	Outcome   string
	FinalURL  string
	Fault     string
}

// TableName implements gorm's Tabler.
func (linkCheckRow) TableName() string { return "link_checks" }

// WatchLinks begins to watch the originals of articles, or goes on at once with those that rested.
func (a *Archive) WatchLinks(ctx context.Context, ids ...ArticleID) error {
	if len(ids) == 0 {
		return nil
	}
	var arts []articleRow
	if err := a.db.In(ctx).Select("id", "source_id").Where("id IN ?", ids).Find(&arts).Error; err != nil {
		return fmt.Errorf("watch links: %w", err)
	}
	if len(arts) == 0 {
		return nil
	}
	rows := make([]linkRow, len(arts))
	now := a.Now()
	for i, r := range arts {
		rows[i] = newLinkRow(LinkHealth{Article: ArticleID(r.ID), Source: SourceID(r.SourceID), Next: now})
	}
	return a.db.Transact(ctx, func(ctx context.Context) error {
		err := a.db.In(ctx).Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, 200).Error
		if err == nil {
			err = a.db.In(ctx).Model(&linkRow{}).Where("article_id IN ? AND next_at > ?", ids, database.Micros(now.Add(everyClosed))).Update("next_at", database.Micros(now)).Error
		}
		if err != nil {
			return fmt.Errorf("watch links: %w", err)
		}
		return nil
	})
}

// restFor is how long the original of an article rests that no reader sees.
const restFor = 10 * 365 * 24 * time.Hour

// RestLinks lets the originals of articles rest that no reader sees, until they are watched again.
func (a *Archive) RestLinks(ctx context.Context, ids ...ArticleID) error {
	if len(ids) == 0 {
		return nil
	}
	return a.db.Transact(ctx, func(ctx context.Context) error {
		err := a.db.In(ctx).Model(&linkRow{}).Where("article_id IN ?", ids).Update("next_at", database.Micros(a.Now().Add(restFor))).Error
		if err != nil {
			return fmt.Errorf("rest links: %w", err)
		}
		return nil
	})
}

// LinksDue lists the articles whose originals are to be asked for by now, the longest due first, at most limit.
func (a *Archive) LinksDue(ctx context.Context, limit int) ([]ArticleID, error) {
	var ids []ArticleID
	err := a.db.In(ctx).Model(&linkRow{}).Where("next_at <= ?", database.Micros(a.Now())).Order("next_at").Limit(limit).Pluck("article_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("links due: %w", err)
	}
	return ids, nil
}

// LinkHealth is how the original of an article is; the zero LinkHealth where nobody has asked yet.
func (a *Archive) LinkHealth(ctx context.Context, id ArticleID) (LinkHealth, error) {
	all, err := a.LinkHealths(ctx, id)
	return all[id], err
}

// LinkHealths is LinkHealth for several articles; what is not watched is left out.
func (a *Archive) LinkHealths(ctx context.Context, ids ...ArticleID) (map[ArticleID]LinkHealth, error) {
	out := make(map[ArticleID]LinkHealth, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []linkRow
	if err := a.db.In(ctx).Where("article_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("link health: %w", err)
	}
	for _, r := range rows {
		out[ArticleID(r.ArticleID)] = r.health()
	}
	return out, nil
}

// LinksOf counts the watched originals of outlets by state. For the desk alone: it grows with what an outlet has.
func (a *Archive) LinksOf(ctx context.Context, sources ...SourceID) (map[SourceID]map[LinkState]int, error) {
	out := make(map[SourceID]map[LinkState]int, len(sources))
	if len(sources) == 0 {
		return out, nil
	}
	var rows []struct {
		SourceID int64
		State    string
		Count    int
	}
	err := a.db.In(ctx).Model(&linkRow{}).Select("source_id, state, COUNT(*) AS count").Where("source_id IN ?", sources).Group("source_id, state").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("links of sources: %w", err)
	}
	for _, r := range rows {
		id := SourceID(r.SourceID)
		if out[id] == nil {
			out[id] = map[LinkState]int{}
		}
		out[id][LinkState(r.State)] = r.Count
	}
	return out, nil
}

// BrokenLinks lists the originals of an outlet that are dead, doubtful or failing, at most limit; 0 is every outlet.
func (a *Archive) BrokenLinks(ctx context.Context, source SourceID, limit int) ([]LinkHealth, error) {
	tx := a.db.In(ctx).Where("state IN ?", []LinkState{LinkDead, LinkDoubtful, LinkFailing})
	if source != 0 {
		tx = tx.Where("source_id = ?", int64(source))
	}
	var rows []linkRow
	if err := tx.Order("state, since DESC, article_id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("broken links: %w", err)
	}
	out := make([]LinkHealth, len(rows))
	for i, r := range rows {
		out[i] = r.health()
	}
	return out, nil
}

// LinkChecks lists what the checks of an original found, newest first, at most limit.
func (a *Archive) LinkChecks(ctx context.Context, id ArticleID, limit int) ([]LinkCheck, error) {
	var rows []linkCheckRow
	if err := a.db.In(ctx).Where("article_id = ?", int64(id)).Order("id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("checks of the original of article %d: %w", id, err)
	}
	out := make([]LinkCheck, len(rows))
	for i, r := range rows {
		out[i] = LinkCheck{
			At: database.Time(r.At), Last: database.Time(r.LastAt), Times: r.Times, Status: r.Status, Outcome: LinkOutcome(r.Outcome),
			FinalURL: r.FinalURL, Fault: r.Fault,
		}
	}
	return out, nil
}

// LinkTurn is a link that died or lives again.
type LinkTurn struct {
	Article ArticleID
	Dead    bool
}

// probers is how many originals are asked for at once; one host is asked one at a time all the same.
const probers = 4

// ErrOffline says that no address of several hosts answered: it is us who are away, and nothing is recorded.
var ErrOffline = fmt.Errorf("no host answers: %w", ErrUnavailable)

// CheckLinks asks for the originals of articles and keeps what it finds. It says which died and which live again.
func (a *Archive) CheckLinks(ctx context.Context, p Prober, ids ...ArticleID) ([]LinkTurn, error) {
	var arts []articleRow
	if len(ids) == 0 {
		return nil, nil
	}
	if err := a.db.In(ctx).Where("id IN ?", ids).Find(&arts).Error; err != nil {
		return nil, fmt.Errorf("check links: %w", err)
	}
	checks, pages := make([]LinkCheck, len(arts)), make([]ingest.Page, len(arts))
	var all sync.WaitGroup
	turns := make(chan struct{}, probers)
	for i, art := range arts {
		all.Go(func() {
			select {
			case turns <- struct{}{}:
				defer func() { <-turns }()
			case <-ctx.Done():
				return
			}
			got, err := p.Probe(ctx, art.URL)
			if ctx.Err() == nil {
				checks[i] = judge(art.URL, got, err)
				checks[i].At = a.Now()
				pages[i] = checks[i].examine(ctx, p)
			}
		})
	}
	all.Wait()
	if ctx.Err() == nil && offline(arts, checks) {
		return nil, ErrOffline
	}
	if f, ok := p.(Fetcher); ok {
		compareWithAnything(ctx, f, arts, checks, pages)
	}
	var out []LinkTurn
	keep := context.WithoutCancel(ctx) // what was asked is kept, even if the rest is cut short
	for i, c := range checks {
		if c.Outcome == "" {
			continue
		}
		turn, turned, err := a.keepCheck(keep, arts[i], c)
		if err != nil {
			return out, err
		}
		if turned {
			out = append(out, turn)
		}
	}
	return out, ctx.Err()
}

// offline says whether not one of three hosts or more gave any answer.
func offline(arts []articleRow, checks []LinkCheck) bool {
	hosts := map[string]bool{}
	for i, c := range checks {
		if c.Outcome != LinkFailed || c.Status != 0 || c.Fault == "" {
			return false
		}
		if u, err := url.Parse(arts[i].URL); err == nil {
			hosts[u.Hostname()] = true
		}
	}
	return len(hosts) >= 3
}

// keepCheck writes one check and the health it leads to.
func (a *Archive) keepCheck(ctx context.Context, art articleRow, c LinkCheck) (turn LinkTurn, turned bool, err error) {
	id := ArticleID(art.ID)
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		was, err := a.LinkHealth(ctx, id)
		if err != nil {
			return err
		}
		was.Article, was.Source = id, SourceID(art.SourceID)
		now := was.After(c.Outcome, c.At)
		row := newLinkRow(now)
		if err := a.db.In(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "article_id"}}, UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		if err := a.addCheck(ctx, id, c); err != nil {
			return err
		}
		turn, turned = LinkTurn{id, now.Dead()}, now.Dead() != was.Dead()
		return nil
	})
	if err != nil {
		return turn, false, fmt.Errorf("keep the check of the original of article %d: %w", id, err)
	}
	return turn, turned, nil
}

// addCheck writes a line of history, or lengthens the last one where it found the same.
func (a *Archive) addCheck(ctx context.Context, id ArticleID, c LinkCheck) error {
	var last []linkCheckRow
	if err := a.db.In(ctx).Where("article_id = ?", int64(id)).Order("id DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	at := database.Micros(c.At)
	if len(last) > 0 && last[0].Status == c.Status && last[0].Outcome == string(c.Outcome) && last[0].FinalURL == c.FinalURL && last[0].Fault == c.Fault {
		return a.db.In(ctx).Model(&linkCheckRow{}).Where("id = ?", last[0].ID).Updates(map[string]any{"last_at": at, "times": last[0].Times + 1}).Error
	}
	return a.db.In(ctx).Create(&linkCheckRow{
		ArticleID: int64(id), At: at, LastAt: at, Times: 1, Status: c.Status, Outcome: string(c.Outcome), FinalURL: shorten(c.FinalURL, 2000), Fault: c.Fault,
	}).Error
}
