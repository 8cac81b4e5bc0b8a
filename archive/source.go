package archive

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"colophon/archive/database"
	"colophon/archive/fault"
)

// SourceID identifies a Source.
type SourceID int64

// Name is an outlet's name in one language with the forms a credit may need. An empty form means that none is stored,
// and the credit is worded so that it needs none.
type Name struct {
	Name         string `json:"name" toml:"name"`
	Genitive     string `json:"genitive,omitempty" toml:"genitive"`         // ru: сообщение «Вестника»
	Instrumental string `json:"instrumental,omitempty" toml:"instrumental"` // ru: опубликовано «Вестником»
	Dative       string `json:"dative,omitempty" toml:"dative"`             // hy: «Սուրհանդակ»-ի
	Definite     string `json:"definite,omitempty" toml:"definite"`         // hy: «Սուրհանդակ»-ը
}

// Source is an outlet whose articles we keep.
type Source struct {
	ID           SourceID
	Slug         string
	Host         string // without www., lower case
	HomeURL      string
	Names        map[string]Name // by language; "" holds the name as the outlet's page gave it
	Language     string
	Jurisdiction string // ISO 3166-1 alpha-2, or empty
	Contact      string
	CreatedAt    time.Time
	ReadAt       time.Time // its statements of terms were last found as known; zero: never looked for
	TriedAt      time.Time // and last looked for, in vain or not
}

// NameIn is the name for a language, or the best other one.
func (s Source) NameIn(lang string) Name {
	for _, l := range []string{lang, "", s.Language, "en", "ru", "hy"} {
		if n, ok := s.Names[l]; ok && n.Name != "" {
			return n
		}
	}
	return Name{Name: s.Host}
}

// AllNames lists every spelling of the outlet's name, its host last.
func (s Source) AllNames() []string {
	var out []string
	for _, lang := range []string{"", "en", "ru", "hy", s.Language} {
		n := s.Names[lang].Name
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if !slices.Contains(out, s.Host) {
		out = append(out, s.Host)
	}
	return out
}

// Source returns an outlet: ErrNotFound where there is none.
func (a *Archive) Source(ctx context.Context, id SourceID) (Source, error) {
	var row sourceRow
	err := a.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Source{}, fmt.Errorf("source %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Source{}, fmt.Errorf("source %d: %w", id, err)
	}
	return row.source(), nil
}

// SourceBySlug returns the outlet of one of our addresses: ErrNotFound where there is none.
func (a *Archive) SourceBySlug(ctx context.Context, slug string) (Source, error) {
	var row sourceRow
	err := a.db.In(ctx).Where("slug = ?", slug).Take(&row).Error
	if database.IsNotFound(err) {
		return Source{}, fmt.Errorf("source %q: %w", shorten(slug, 80), ErrNotFound)
	}
	if err != nil {
		return Source{}, fmt.Errorf("source %q: %w", shorten(slug, 80), err)
	}
	return row.source(), nil
}

// SourceByHost finds the outlet of an address's host: ErrNotFound where none is kept.
func (a *Archive) SourceByHost(ctx context.Context, host string) (Source, error) {
	var row sourceRow
	err := a.db.In(ctx).Where("host = ?", bareHost(host)).Take(&row).Error
	if database.IsNotFound(err) {
		return Source{}, fmt.Errorf("source of host %s: %w", host, ErrNotFound)
	}
	if err != nil {
		return Source{}, fmt.Errorf("source of host %s: %w", host, err)
	}
	return row.source(), nil
}

// Sources lists outlets by id after a given one, at most limit.
func (a *Archive) Sources(ctx context.Context, after SourceID, limit int) ([]Source, error) {
	var rows []sourceRow
	if err := a.db.In(ctx).Where("id > ?", int64(after)).Order("id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list sources: %w", err)
	}
	out := make([]Source, len(rows))
	for i, r := range rows {
		out[i] = r.source()
	}
	return out, nil
}

// SourcesByID returns outlets by id, in one question; an id nobody has is left out.
func (a *Archive) SourcesByID(ctx context.Context, ids ...SourceID) (map[SourceID]Source, error) {
	out := make(map[SourceID]Source, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []sourceRow
	if err := a.db.In(ctx).Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("sources by id: %w", err)
	}
	for _, r := range rows {
		out[SourceID(r.ID)] = r.source()
	}
	return out, nil
}

// AddSource keeps a new outlet: ErrConflict where its host is kept already.
func (a *Archive) AddSource(ctx context.Context, s Source) (Source, error) {
	home, err := url.Parse(s.HomeURL)
	if err != nil || home.Host == "" || (home.Scheme != "http" && home.Scheme != "https") {
		return Source{}, fault.New(ErrInvalid, "fault.source.home", fault.Data{"URL": s.HomeURL})
	}
	s.Host = bareHost(home.Host)
	s.CreatedAt = a.Now()
	if s.Slug == "" {
		s.Slug = Slug(s.Host)
	}
	row := newSourceRow(s)
	err = a.db.Transact(ctx, func(ctx context.Context) error { return a.db.In(ctx).Create(&row).Error })
	if database.IsDuplicate(err) {
		return Source{}, fault.Wrap(ErrConflict, "fault.source.known", fault.Data{"Host": s.Host}, err)
	}
	if err != nil {
		return Source{}, fmt.Errorf("add source %s: %w", s.Host, err)
	}
	return row.source(), nil
}

// SaveSource changes what people know of an outlet: names, language, jurisdiction and contact. Host and home stay.
func (a *Archive) SaveSource(ctx context.Context, s Source) error {
	row := newSourceRow(s)
	return a.db.Transact(ctx, func(ctx context.Context) error {
		res := a.db.In(ctx).Model(&sourceRow{}).Where("id = ?", int64(s.ID)).
			Select("names", "language", "jurisdiction", "contact").Updates(&row)
		if res.Error != nil {
			return fmt.Errorf("save source %d: %w", s.ID, res.Error)
		}
		if res.RowsAffected == 0 {
			return fmt.Errorf("save source %d: %w", s.ID, ErrNotFound)
		}
		return nil
	})
}

// bareHost is a host for comparing: lower case, without port, final dot and leading www.
func bareHost(host string) string {
	host = strings.ToLower(host)
	if i := strings.LastIndexByte(host, ':'); i > 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.TrimPrefix(strings.TrimSuffix(host, "."), "www.")
}
