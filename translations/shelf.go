package translations

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
)

// Card is what a list shows of a publication.
type Card struct {
	Title      string          `json:"title"`
	Dek        string          `json:"dek,omitempty"`
	SourceName string          `json:"source_name"`
	SourceLang string          `json:"source_language"`
	Author     string          `json:"author,omitempty"`
	Published  string          `json:"published,omitempty"` // by the outlet, its own precision
	Image      database.Digest `json:"image,omitempty"`     // of an asset
	ImageAlt   string          `json:"image_alt,omitempty"`
	Opening    string          `json:"opening,omitempty"` // the first paragraph, cut
	Words      int             `json:"words"`
}

// Item is one publication in a list for readers.
type Item struct {
	Card
	Article     archive.ArticleID
	Publication PublicationID
	Source      archive.SourceID
	Language    string
	Slug        string
	Section     string
	FirstAt     time.Time
	At          time.Time
	ShownFrom   time.Time // readers see it from here on
	ShownUntil  time.Time // and not from here on; zero: for good
}

// Cursor is a place in a list, newest first. The zero Cursor is the beginning.
type Cursor struct {
	FirstAt time.Time
	Article archive.ArticleID
}

// Cursor is the place behind an item.
func (i Item) Cursor() Cursor { return Cursor{i.FirstAt, i.Article} }

// Section is a heading readers browse by.
type Section struct {
	Slug  string
	Names map[string]string // by language
}

// Name is the name in a language, or the best other one.
func (s Section) Name(lang string) string {
	for _, l := range []string{lang, "", "en"} {
		if n := s.Names[l]; n != "" {
			return n
		}
	}
	return s.Slug
}

// Shelf lists what is public in a language, newest first, behind a cursor, at most limit; of one section where it is
// not empty. The cost does not grow with the archive.
func (d *Desk) Shelf(ctx context.Context, lang, section string, behind Cursor, limit int) ([]Item, error) {
	tx := d.shown(d.db.In(ctx).Where("language = ?", lang))
	if section != "" {
		tx = tx.Where("section = ?", section)
	}
	return d.items(tx, behind, limit)
}

// ShelfOf lists what is public of an outlet in a language, newest first.
func (d *Desk) ShelfOf(ctx context.Context, source archive.SourceID, lang string, behind Cursor, limit int) ([]Item, error) {
	return d.items(d.shown(d.db.In(ctx).Where("source_id = ? AND language = ?", int64(source), lang)), behind, limit)
}

func (d *Desk) items(tx *gormDB, behind Cursor, limit int) ([]Item, error) {
	if behind.FirstAt.IsZero() {
		tx = tx.Where("first_at <= ?", database.Micros(d.now())) // an index begins behind what is yet to come
	} else {
		at := database.Micros(behind.FirstAt)
		// The first condition is the second's, said so that an index can begin there.
		tx = tx.Where("first_at <= ? AND (first_at < ? OR article_id < ?)", at, at, int64(behind.Article))
	}
	var rows []shelfRow
	if err := tx.Order("first_at DESC, article_id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("shelf: %w", err)
	}
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

// Shelved is what of one article is public: for the language switch, and as the identity of its pages.
type Shelved struct {
	Item
	Stale bool // the article has a newer revision
}

// ShelvedOf lists what is public of an article, by language.
func (d *Desk) ShelvedOf(ctx context.Context, id archive.ArticleID) ([]Shelved, error) {
	var rows []struct {
		Row   shelfRow `gorm:"embedded"` // exported: GORM passes over what is not
		Stale bool
	}
	err := d.shown(d.db.In(ctx).Table("shelf")).Select("shelf.*, versions.stale").Joins("JOIN versions ON versions.id = shelf.version_id").
		Where("shelf.article_id = ?", int64(id)).Order("shelf.language").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("what is public of article %d: %w", id, err)
	}
	out := make([]Shelved, len(rows))
	for i, r := range rows {
		out[i] = Shelved{r.Row.item(), r.Stale}
	}
	return out, nil
}

// Publication returns one publication, whether still on the shelf or not: ErrNotFound where there is none.
func (d *Desk) Publication(ctx context.Context, id PublicationID) (Publication, error) {
	var row publicationRow
	err := d.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Publication{}, fmt.Errorf("publication %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return Publication{}, fmt.Errorf("publication %d: %w", id, err)
	}
	return row.publication(), nil
}

// Published returns what readers see of an article in a language: ErrNotFound where nothing is public.
func (d *Desk) Published(ctx context.Context, id archive.ArticleID, lang string) (Publication, error) {
	return d.pointed(ctx, d.shown(d.db.In(ctx)), id, lang)
}

// current follows the pointer of an article and language as the desk sees it: to what is or will be public, the latest.
func (d *Desk) current(ctx context.Context, id archive.ArticleID, lang string) (Publication, error) {
	return d.pointed(ctx, d.db.In(ctx).Where("shown_until > ?", database.Micros(d.now())), id, lang)
}

func (d *Desk) pointed(ctx context.Context, tx *gormDB, id archive.ArticleID, lang string) (Publication, error) {
	var shelf shelfRow
	err := tx.Where("article_id = ? AND language = ?", int64(id), lang).Order("shown_from DESC").Limit(1).Take(&shelf).Error
	if database.IsNotFound(err) {
		return Publication{}, fmt.Errorf("publication of article %d in %s: %w", id, lang, archive.ErrNotFound)
	}
	if err != nil {
		return Publication{}, fmt.Errorf("publication of article %d in %s: %w", id, lang, err)
	}
	p, err := d.Publication(ctx, PublicationID(shelf.PublicationID))
	p.Slug, p.FirstAt, p.At = shelf.Slug, database.Time(shelf.FirstAt), database.Time(shelf.At)
	return p, err
}

// Withdrawal is a publication taken from readers.
type Withdrawal struct {
	Publication Publication
	Reason      string
	Basis       Basis // of a takedown; empty where an editor withdrew it
	At          time.Time
}

// Withdrawn returns the last withdrawal of an article in a language that is not public: ErrNotFound where it never was.
// What went because its window closed counts, at the instant it closed.
func (d *Desk) Withdrawn(ctx context.Context, id archive.ArticleID, lang string) (Withdrawal, error) {
	var over []shelfRow
	err := d.db.In(ctx).Where("article_id = ? AND language = ? AND shown_until <= ?", int64(id), lang, database.Micros(d.now())).
		Order("shown_until DESC").Limit(1).Find(&over).Error
	if err != nil {
		return Withdrawal{}, fmt.Errorf("withdrawal of article %d in %s: %w", id, lang, err)
	}
	if len(over) > 0 {
		p, err := d.Publication(ctx, PublicationID(over[0].PublicationID))
		return Withdrawal{Publication: p, Reason: overReason, At: database.Time(over[0].ShownUntil)}, err
	}
	var row withdrawalRow
	err = d.db.In(ctx).Where("article_id = ? AND language = ?", int64(id), lang).Order("id DESC").Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Withdrawal{}, fmt.Errorf("withdrawal of article %d in %s: %w", id, lang, archive.ErrNotFound)
	}
	if err != nil {
		return Withdrawal{}, fmt.Errorf("withdrawal of article %d in %s: %w", id, lang, err)
	}
	p, err := d.Publication(ctx, PublicationID(row.PublicationID))
	out := Withdrawal{Publication: p, Reason: row.Reason, At: database.Time(row.At)}
	if err == nil && row.TakedownID != 0 {
		var t Takedown
		t, err = d.Takedown(ctx, TakedownID(row.TakedownID))
		out.Basis = t.Basis
	}
	return out, err
}

// Sections lists the headings, in order.
func (d *Desk) Sections(ctx context.Context) ([]Section, error) {
	var rows []sectionRow
	if err := d.db.In(ctx).Order("position, id").Limit(maxSections).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("sections: %w", err)
	}
	out := make([]Section, len(rows))
	for i, r := range rows {
		out[i] = Section{Slug: r.Slug, Names: r.Names}
	}
	return out, nil
}

// SaveSection adds a heading or changes its names, and lets it stand for the words outlets use.
func (d *Desk) SaveSection(ctx context.Context, s Section, aliases []string) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		var row sectionRow
		err := d.db.In(ctx).Where("slug = ?", s.Slug).Take(&row).Error
		switch {
		case database.IsNotFound(err):
			var last int
			if err := d.db.In(ctx).Model(&sectionRow{}).Select("COALESCE(MAX(position), 0)").Scan(&last).Error; err != nil {
				return err
			}
			row = sectionRow{Slug: s.Slug, Names: s.Names, Position: last + 1}
			err = d.db.In(ctx).Create(&row).Error
		case err == nil:
			changed := sectionRow{Names: s.Names}
			err = d.db.In(ctx).Model(&sectionRow{}).Where("id = ?", row.ID).Select("names").Updates(&changed).Error
		}
		if err != nil {
			return fmt.Errorf("save section %s: %w", s.Slug, err)
		}
		for _, a := range aliases {
			a = sectionAlias(a)
			var known []aliasRow
			if err := d.db.In(ctx).Where("alias = ?", a).Limit(1).Find(&known).Error; err != nil {
				return err
			}
			if a == "" || len(known) > 0 {
				continue
			}
			if err := d.db.In(ctx).Create(&aliasRow{Alias: a, SectionID: row.ID}).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// sectionFor is the slug of the section an outlet's word stands for; one that nobody has placed stands for itself.
func (d *Desk) sectionFor(ctx context.Context, word string) (string, error) {
	alias := sectionAlias(word)
	if alias == "" {
		return "", nil
	}
	var row sectionRow
	err := d.db.In(ctx).Joins("JOIN section_aliases ON section_aliases.section_id = sections.id").Where("alias = ?", alias).Take(&row).Error
	if database.IsNotFound(err) {
		return archive.Slug(word), nil
	}
	if err != nil {
		return "", fmt.Errorf("section %q: %w", word, err)
	}
	return row.Slug, nil
}

// addSection makes a section of an outlet's word that nobody has placed, so that readers can browse by it.
func (d *Desk) addSection(ctx context.Context, slug, word string) error {
	sections, err := d.Sections(ctx)
	if err != nil || slug == "" || len(sections) >= maxSections {
		return err
	}
	s := Section{Slug: slug, Names: map[string]string{"": strings.Join(strings.Fields(word), " ")}}
	if i := slices.IndexFunc(sections, func(k Section) bool { return k.Slug == slug }); i >= 0 {
		s = sections[i]
	}
	return d.SaveSection(ctx, s, []string{word})
}

// maxSections is how many headings a site can have before more would hide each other.
const maxSections = 100

func sectionAlias(word string) string {
	return shorten(strings.Join(strings.Fields(strings.ToLower(word)), " "), 100)
}
