package translations

import (
	"context"
	"fmt"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
)

// Outlets name their sections by words of their own. Each word stands for one section of the site; one that nobody has
// placed makes a section of its own when something with it is published.

// SectionWords lists the words that stand for each section, by its slug.
func (d *Desk) SectionWords(ctx context.Context) (map[string][]string, error) {
	var rows []struct{ Slug, Alias string }
	err := d.db.In(ctx).Table("section_aliases").Select("sections.slug, section_aliases.alias").
		Joins("JOIN sections ON sections.id = section_aliases.section_id").Order("section_aliases.alias").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("words of sections: %w", err)
	}
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Slug] = append(out[r.Slug], r.Alias)
	}
	return out, nil
}

// maxSectionWords bounds the words that stand for one section.
const maxSectionWords = 200

// SaveSections keeps the names of sections there are, in the order given, and the words that stand for each, by slug. A
// word under two sections is ErrInvalid and changes nothing. What is published already stays where it is.
func (d *Desk) SaveSections(ctx context.Context, sections []Section, words map[string][]string, by MemberID) error {
	owner := map[string]string{}
	for _, s := range sections {
		if len(words[s.Slug]) > maxSectionWords {
			return fault.New(archive.ErrInvalid, "fault.section.many", fault.Data{"Section": s.Slug, "Max": maxSectionWords})
		}
		for _, word := range words[s.Slug] {
			alias := sectionAlias(word)
			if alias == "" {
				continue
			}
			if other, ok := owner[alias]; ok && other != s.Slug {
				return fault.New(archive.ErrInvalid, "fault.section.word", fault.Data{"Word": alias, "First": other, "Second": s.Slug})
			}
			owner[alias] = s.Slug
		}
	}
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		ids := map[string]int64{}
		for i, s := range sections {
			var row sectionRow
			err := d.db.In(ctx).Where("slug = ?", s.Slug).Take(&row).Error
			if database.IsNotFound(err) {
				return fmt.Errorf("section %s: %w", s.Slug, archive.ErrNotFound)
			}
			if err != nil {
				return err
			}
			ids[s.Slug] = row.ID
			changed := sectionRow{Names: s.Names, Position: i + 1}
			if err := d.db.In(ctx).Model(&sectionRow{}).Where("id = ?", row.ID).Select("names", "position").Updates(&changed).Error; err != nil {
				return err
			}
			if err := d.db.In(ctx).Where("section_id = ?", row.ID).Delete(&aliasRow{}).Error; err != nil {
				return err
			}
		}
		for alias, slug := range owner {
			// A word of a section that is not among those given moves, too.
			if err := d.db.In(ctx).Where("alias = ?", alias).Delete(&aliasRow{}).Error; err != nil {
				return err
			}
			if err := d.db.In(ctx).Create(&aliasRow{Alias: alias, SectionID: ids[slug]}).Error; err != nil {
				return err
			}
		}
		return d.record(ctx, OfSettings, 0, "sections_saved", nil, by)
	})
	if err != nil {
		return fmt.Errorf("save sections: %w", err)
	}
	return nil
}
