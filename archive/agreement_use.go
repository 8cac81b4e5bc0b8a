package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/rights"
)

// RelyOn records that a publication rests on agreements. It is called in the transaction that publishes, so that of two
// that would take the last use only one does: ErrConflict. What it rests on already it does not take again.
func (a *Archive) RelyOn(ctx context.Context, agreements []AgreementID, page ArticleID, lang string, publication int64) error {
	agreements = slices.Compact(slices.Sorted(slices.Values(agreements)))
	for _, id := range agreements {
		var row agreementRow
		if err := a.db.Locked(ctx).Where("id = ?", int64(id)).Take(&row).Error; err != nil {
			return fmt.Errorf("rely on agreement %d: %w", id, err)
		}
		g, err := a.Agreement(ctx, id)
		if err != nil {
			return err
		}
		var known []int64
		if err := a.db.In(ctx).Model(&agreementUseRow{}).Where("agreement_id = ? AND publication_id = ?", int64(id), publication).Pluck("agreement_id", &known).Error; err != nil {
			return fmt.Errorf("rely on agreement %d: %w", id, err)
		}
		if len(known) > 0 {
			continue
		}
		counted, err := a.counted(ctx, page, lang)
		if err != nil {
			return err
		}
		if g.Max > 0 && g.Used >= g.Max && !slices.Contains(counted, int64(id)) {
			return fault.New(ErrConflict, "fault.agreement.used_up", fault.Data{"Title": g.Title, "Count": g.Max})
		}
		use := agreementUseRow{AgreementID: int64(id), PublicationID: publication, ArticleID: int64(page), Language: lang, At: database.Micros(a.Now())}
		if err := a.db.In(ctx).Create(&use).Error; err != nil {
			return fmt.Errorf("rely on agreement %d: %w", id, err)
		}
	}
	return nil
}

// counted lists the agreements that a page has taken a use of.
func (a *Archive) counted(ctx context.Context, page ArticleID, lang string) ([]int64, error) {
	var ids []int64
	err := a.db.In(ctx).Model(&agreementUseRow{}).Where("article_id = ? AND language = ?", int64(page), lang).Distinct().Pluck("agreement_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("agreements used by article %d: %w", page, err)
	}
	return ids, nil
}

// Lapsed finds, of publications, those that rest on agreements which are over now, with these agreements. It is how
// pages that should be looked at are found: nothing of it is stored.
func (a *Archive) Lapsed(ctx context.Context, publications []int64) (map[int64][]Agreement, error) {
	out := map[int64][]Agreement{}
	if len(publications) == 0 {
		return out, nil
	}
	var uses []agreementUseRow
	if err := a.db.In(ctx).Where("publication_id IN ?", publications).Order("publication_id, agreement_id").Find(&uses).Error; err != nil {
		return nil, fmt.Errorf("lapsed agreements: %w", err)
	}
	if len(uses) == 0 {
		return out, nil
	}
	var ids []int64
	for _, u := range uses {
		ids = append(ids, u.AgreementID)
	}
	list, err := a.agreements(ctx, a.db.In(ctx).Where("id IN ?", ids))
	if err != nil {
		return nil, err
	}
	now := a.Now()
	for _, u := range uses {
		for _, g := range list {
			if int64(g.ID) == u.AgreementID && g.IsOver(now) {
				out[u.PublicationID] = append(out[u.PublicationID], g)
			}
		}
	}
	return out, nil
}

// AgreementUse is a publication that rests on an agreement.
type AgreementUse struct {
	Publication int64
	Article     ArticleID
	Language    string
	At          time.Time
}

// UsesOf lists the publications that rest on an agreement, newest first, at most limit.
func (a *Archive) UsesOf(ctx context.Context, id AgreementID, limit int) ([]AgreementUse, error) {
	var rows []agreementUseRow
	if err := a.db.In(ctx).Where("agreement_id = ?", int64(id)).Order("publication_id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("publications on agreement %d: %w", id, err)
	}
	out := make([]AgreementUse, len(rows))
	for i, r := range rows {
		out[i] = AgreementUse{r.PublicationID, ArticleID(r.ArticleID), r.Language, database.Time(r.At)}
	}
	return out, nil
}

// agreementRow is the stored form of an Agreement.
type agreementRow struct {
	ID         int64
	SourceID   int64
	Kind       string
	Title      string
	SignedBy   string
	Allows     []rights.Allowance `gorm:"serializer:json"`
	Languages  []string           `gorm:"serializer:json"`
	Begins     int64
	Ends       int64
	MaxUses    int
	Overrides  bool
	Statement  string
	Language   string
	Clauses    []rights.Clause `gorm:"serializer:json"`
	FileName   string
	MediaType  string
	Digest     string
	Size       int64
	RecordedBy int64
	RecordedAt int64
	EndedBy    int64
	EndedAt    int64
	EndedWhy   string
}

// TableName implements gorm's Tabler.
func (agreementRow) TableName() string { return "agreements" }

func newAgreementRow(g Agreement) agreementRow {
	return agreementRow{
		ID: int64(g.ID), SourceID: int64(g.Source), Kind: string(g.Kind), Title: g.Title, SignedBy: g.SignedBy, Allows: g.Allows,
		Languages: g.Languages, Begins: database.Micros(g.From), Ends: database.Micros(g.Until), MaxUses: g.Max, Overrides: g.Overrides,
		Statement: g.Statement, Language: g.Language, Clauses: g.Clauses, FileName: g.File.Name, MediaType: g.File.MediaType,
		Digest: string(g.File.Digest), Size: g.File.Size, RecordedBy: g.By, RecordedAt: database.Micros(g.At),
		EndedBy: g.EndedBy, EndedAt: database.Micros(g.EndedAt), EndedWhy: g.EndedWhy,
	}
}

func (r agreementRow) agreement() Agreement {
	return Agreement{
		ID: AgreementID(r.ID), Source: SourceID(r.SourceID), Kind: AgreementKind(r.Kind), Title: r.Title, SignedBy: r.SignedBy, Allows: r.Allows,
		Languages: r.Languages, From: database.Time(r.Begins), Until: database.Time(r.Ends), Max: r.MaxUses, Overrides: r.Overrides,
		Statement: r.Statement, Language: r.Language, Clauses: r.Clauses,
		File: AgreementFile{Name: r.FileName, MediaType: r.MediaType, Digest: database.Digest(r.Digest), Size: r.Size},
		By:   r.RecordedBy, At: database.Time(r.RecordedAt), EndedBy: r.EndedBy, EndedAt: database.Time(r.EndedAt), EndedWhy: r.EndedWhy,
	}
}

// agreementUseRow says that a publication rests on an agreement.
type agreementUseRow struct {
	AgreementID   int64 `gorm:"primaryKey;autoIncrement:false"`
	PublicationID int64 `gorm:"primaryKey;autoIncrement:false"`
	ArticleID     int64
	Language      string
	At            int64
}

// TableName implements gorm's Tabler.
func (agreementUseRow) TableName() string { return "agreement_uses" }
