package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/rights"
)

// AgreementID identifies an Agreement.
type AgreementID int64

// AgreementKind says what was given.
type AgreementKind string

// The kinds.
const (
	SignedAgreement AgreementKind = "agreement" // signed by both sides
	WrittenGrant    AgreementKind = "grant"     // the outlet's leave in writing, a letter or a message
)

// Agreement is what an outlet has signed or granted, with the file that proves it. It is never changed nor deleted;
// one that no longer holds was ended by a person, or ran out by date or count.
type Agreement struct {
	ID        AgreementID
	Source    SourceID
	Kind      AgreementKind
	Title     string
	SignedBy  string // who gave it, for the outlet
	Allows    []rights.Allowance
	Languages []string  // none: every language
	From      time.Time // zero: always
	Until     time.Time // the first instant it no longer holds; zero: no end
	Max       int       // pages that may rest on it; 0: any number
	Used      int       // pages that do
	Overrides bool      // stands above stricter terms
	Statement string    // the words its clauses rest on, and the permission itself where nobody has confirmed the outlet's terms
	Language  string    // of the statement
	Clauses   []rights.Clause
	File      AgreementFile
	By        int64 // the member who recorded it
	At        time.Time
	EndedBy   int64
	EndedAt   time.Time // zero: nobody ended it
	EndedWhy  string
}

// AgreementFile is the proof of an agreement, kept as it was given.
type AgreementFile struct {
	Name      string // as it was uploaded, without a path
	MediaType string // by its bytes: see agreementType
	Digest    database.Digest
	Size      int64
}

// AgreementState says how an agreement stands at an instant.
type AgreementState string

// The states.
const (
	AgreementInForce AgreementState = "in_force"
	AgreementNotYet  AgreementState = "not_yet"
	AgreementExpired AgreementState = "expired"
	AgreementEnded   AgreementState = "ended"
	AgreementUsedUp  AgreementState = "used_up"
)

// State says how the agreement stands.
func (g Agreement) State(at time.Time) AgreementState {
	switch {
	case !g.EndedAt.IsZero() && !at.Before(g.EndedAt):
		return AgreementEnded
	case !g.Until.IsZero() && !at.Before(g.Until):
		return AgreementExpired
	case at.Before(g.From):
		return AgreementNotYet
	case g.Max > 0 && g.Used >= g.Max:
		return AgreementUsedUp
	}
	return AgreementInForce
}

// IsOver says whether the agreement no longer holds, for pages that rest on it too: ended or expired.
func (g Agreement) IsOver(at time.Time) bool {
	s := g.State(at)
	return s == AgreementEnded || s == AgreementExpired
}

// DaysLeft is the number of days, begun ones included, until the agreement expires; ok is false where it does not, or
// where it is over already.
func (g Agreement) DaysLeft(at time.Time) (days int, ok bool) {
	if g.Until.IsZero() || g.IsOver(at) {
		return 0, false
	}
	return int((g.Until.Sub(at) + 24*time.Hour - 1) / (24 * time.Hour)), true
}

// Origin is the agreement as what a clause rests on.
func (g Agreement) Origin() rights.Origin {
	return rights.Origin{
		Basis: rights.OnAgreement, ID: int64(g.ID), Title: g.Title, Language: g.Language, Digest: string(g.File.Digest), At: g.At,
		Lifts: g.Overrides, By: g.By, Confirmed: g.At,
	}
}

// deal is the agreement as the rules see it.
func (g Agreement) deal() rights.Deal {
	d := rights.Deal{
		ID: int64(g.ID), Allows: g.Allows, Languages: g.Languages, From: g.From, Until: g.Until, Max: g.Max, Used: g.Used,
		Overrides: g.Overrides, Clauses: g.Clauses, Words: g.Statement, Origin: g.Origin(),
	}
	if !g.EndedAt.IsZero() && (d.Until.IsZero() || g.EndedAt.Before(d.Until)) {
		d.Until = g.EndedAt
	}
	return d
}

// MaxAgreementFile bounds the file of an agreement, in bytes.
const MaxAgreementFile = 10 << 20

// RecordAgreement keeps an agreement and its file. By must be set: a person stands for it.
func (a *Archive) RecordAgreement(ctx context.Context, g Agreement, file []byte) (Agreement, error) {
	g.At = a.Now()
	if err := g.check(); err != nil {
		return Agreement{}, err
	}
	switch g.File.MediaType = agreementType(file); {
	case len(file) == 0:
		return Agreement{}, fault.New(ErrInvalid, "fault.agreement.file", nil)
	case len(file) > MaxAgreementFile:
		return Agreement{}, fault.New(ErrTooLarge, "fault.agreement.large", fault.Data{"Megabytes": MaxAgreementFile >> 20})
	case g.File.MediaType == "":
		return Agreement{}, fault.New(ErrInvalid, "fault.agreement.kind", nil)
	}
	pending, digest, err := a.put(ctx, file)
	if err != nil {
		return Agreement{}, fmt.Errorf("record an agreement of source %d: %w", g.Source, err)
	}
	g.File.Digest, g.File.Size = digest, int64(len(file))
	row := newAgreementRow(g)
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		if _, err := a.Source(ctx, g.Source); err != nil {
			return err
		}
		if err := a.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		return a.db.In(ctx).Where("id = ?", pending).Delete(&pendingRow{}).Error
	})
	if err != nil {
		return Agreement{}, errors.Join(fmt.Errorf("record an agreement of source %d: %w", g.Source, err), a.discard(context.WithoutCancel(ctx), pending, digest))
	}
	return row.agreement(), nil
}

// check refuses what could not be relied on: without a title, somebody who gave it, and something it allows or asks.
func (g Agreement) check() error {
	switch {
	case g.By == 0:
		return fmt.Errorf("an agreement that nobody recorded: %w", ErrInvalid)
	case g.Kind != SignedAgreement && g.Kind != WrittenGrant:
		return fmt.Errorf("agreement of kind %q: %w", g.Kind, ErrInvalid)
	case strings.TrimSpace(g.Title) == "" || len(g.Title) > 600:
		return fault.New(ErrInvalid, "fault.agreement.title", nil)
	case strings.TrimSpace(g.SignedBy) == "" || len(g.SignedBy) > 600:
		return fault.New(ErrInvalid, "fault.agreement.signed", nil)
	case len(g.Allows) == 0 && len(g.Clauses) == 0:
		return fault.New(ErrInvalid, "fault.agreement.empty", nil)
	case !g.Until.IsZero() && !g.From.Before(g.Until):
		return fault.New(ErrInvalid, "fault.agreement.dates", nil)
	case g.Max < 0:
		return fault.New(ErrInvalid, "fault.agreement.uses", nil)
	}
	for _, allowed := range g.Allows {
		if !slices.Contains(rights.Allowances(), allowed) {
			return fmt.Errorf("agreement that allows %q: %w", allowed, ErrInvalid)
		}
	}
	for _, c := range g.Clauses {
		if c.Quote == "" || !strings.Contains(g.Statement, c.Quote) {
			return fault.New(ErrInvalid, "fault.agreement.quote", nil)
		}
	}
	return nil
}

// agreementType is the media type of an agreement's file by its bytes: a PDF, a picture, plain text or HTML; or empty.
func agreementType(b []byte) string {
	switch t := http.DetectContentType(b); {
	case t == "application/pdf", t == "image/png", t == "image/jpeg", t == "image/webp", t == "image/gif":
		return t
	case strings.HasPrefix(t, "text/html"):
		return "text/html"
	case strings.HasPrefix(t, "text/") && utf8.Valid(b) && !bytes.ContainsRune(b, 0):
		return "text/plain"
	}
	return ""
}

// EndAgreement ends an agreement from now on. It stays on record, with who ended it and why.
func (a *Archive) EndAgreement(ctx context.Context, id AgreementID, why string, by int64) error {
	why = strings.TrimSpace(why)
	if why == "" || len(why) > 4000 || by == 0 {
		return fault.New(ErrInvalid, "fault.agreement.why", nil)
	}
	return a.db.Transact(ctx, func(ctx context.Context) error {
		g, err := a.Agreement(ctx, id)
		if err != nil {
			return err
		}
		if g.IsOver(a.Now()) {
			return fault.New(ErrConflict, "fault.agreement.over", nil)
		}
		row := agreementRow{EndedBy: by, EndedAt: database.Micros(a.Now()), EndedWhy: why}
		res := a.db.In(ctx).Model(&agreementRow{}).Where("id = ? AND ended_at = 0", int64(id)).Select("ended_by", "ended_at", "ended_why").Updates(&row)
		if res.Error != nil {
			return fmt.Errorf("end agreement %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(ErrConflict, "fault.agreement.over", nil)
		}
		return nil
	})
}

// Agreement returns one: ErrNotFound where there is none.
func (a *Archive) Agreement(ctx context.Context, id AgreementID) (Agreement, error) {
	list, err := a.agreements(ctx, a.db.In(ctx).Where("id = ?", int64(id)))
	if err != nil {
		return Agreement{}, err
	}
	if len(list) == 0 {
		return Agreement{}, fmt.Errorf("agreement %d: %w", id, ErrNotFound)
	}
	return list[0], nil
}

// AgreementsOf lists an outlet's agreements, newest first, at most 200.
func (a *Archive) AgreementsOf(ctx context.Context, source SourceID) ([]Agreement, error) {
	return a.agreements(ctx, a.db.In(ctx).Where("source_id = ?", int64(source)).Order("id DESC").Limit(200))
}

// Expiring lists agreements that expire within a time from now, the soonest first, at most limit.
func (a *Archive) Expiring(ctx context.Context, within time.Duration, limit int) ([]Agreement, error) {
	now := a.Now()
	return a.agreements(ctx, a.db.In(ctx).Where("ends > ? AND ends <= ? AND ended_at = 0", database.Micros(now), database.Micros(now.Add(within))).
		Order("ends, id").Limit(limit))
}

// agreements reads agreements with how often each was used.
func (a *Archive) agreements(ctx context.Context, tx *gorm.DB) ([]Agreement, error) {
	var rows []agreementRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("agreements: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	out := make([]Agreement, len(rows))
	ids := make([]int64, len(rows))
	for i, r := range rows {
		out[i], ids[i] = r.agreement(), r.ID
	}
	var counts []struct {
		AgreementID int64
		Pages       int
	}
	pages := a.db.In(ctx).Model(&agreementUseRow{}).Distinct("agreement_id", "article_id", "language").Where("agreement_id IN ?", ids)
	err := a.db.In(ctx).Table("(?) AS used", pages).Select("agreement_id, COUNT(*) AS pages").Group("agreement_id").Find(&counts).Error
	if err != nil {
		return nil, fmt.Errorf("uses of agreements: %w", err)
	}
	for _, c := range counts {
		out[slices.Index(ids, c.AgreementID)].Used = c.Pages
	}
	return out, nil
}

// AgreementFile returns the bytes of an agreement's file.
func (a *Archive) AgreementFile(ctx context.Context, g Agreement) ([]byte, error) {
	b, err := a.blobs.Open(ctx, g.File.Digest)
	if err != nil {
		return nil, fmt.Errorf("file of agreement %d: %w", g.ID, err)
	}
	return b, nil
}
