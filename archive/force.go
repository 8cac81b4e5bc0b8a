package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"colophon/archive/database"
	"colophon/archive/rights"
)

// Use is what is to be done with an outlet's article. The zero Use asks what is in force at all, for an original today.
type Use struct {
	Article     ArticleID // 0: no certain one
	Language    string    // of the page
	Translation bool      // into that language
	Excerpt     bool
	At          time.Time // zero: now
}

// Force is what an outlet's country, words and agreements ask of a use, together.
type Force struct {
	Terms      Terms // the outlet's own words in force; zero where nobody has confirmed any
	Rulings    []rights.Ruling
	Agreements []Agreement // that hold at the time of the use, for whatever they hold
	Standing   Agreement   // that gives the use and stands in the place of terms nobody has confirmed; zero where there are some
	Short      Shortfall   // without either: the agreement that comes nearest to giving the use
}

// Shortfall is an agreement that does not cover a use, and what it lacks.
type Shortfall struct {
	Agreement Agreement // zero: there is none at all
	Lack      rights.Lack
}

// IsConfirmed says whether a person stands behind what is in force: behind the outlet's own words, or behind an agreement
// that gives the use. Without one nothing goes out.
func (f Force) IsConfirmed() bool { return f.Terms.ID != 0 || f.Standing.ID != 0 }

// Clauses lists the clauses in force.
func (f Force) Clauses() []rights.Clause {
	out := make([]rights.Clause, len(f.Rulings))
	for i, r := range f.Rulings {
		out[i] = r.Clause
	}
	return out
}

// NoTranslation finds the ruling that keeps the article from being translated for this use: a ban, or a permission that
// nobody has given. ok is false where nothing does.
func (f Force) NoTranslation() (rights.Ruling, bool) {
	for _, r := range f.Rulings {
		if r.Kind == rights.TranslationAllowed && r.Strength != rights.Liked && (r.Value == "no" || r.Grant != nil && !*r.Grant) {
			return r, true
		}
	}
	return rights.Ruling{}, false
}

// InForce combines the law of the outlet's country, its confirmed terms and its agreements into the clauses in force for a
// use, each with its origin. Where nobody has confirmed the outlet's words, an agreement that gives the use by its own
// words stands in their place, and the law under it; what it does not give is reserved. Without one only the conditions of
// agreements speak: the law stands under words that somebody has read, and nobody has.
func (a *Archive) InForce(ctx context.Context, id SourceID, use Use) (Force, error) {
	if use.At.IsZero() {
		use.At = a.Now()
	}
	source, err := a.Source(ctx, id)
	if err != nil {
		return Force{}, err
	}
	var f Force
	if f.Terms, err = a.TermsInForce(ctx, id); err != nil && !errors.Is(err, ErrNotFound) {
		return Force{}, err
	}
	at := database.Micros(use.At)
	f.Agreements, err = a.agreements(ctx, a.db.In(ctx).Where("source_id = ? AND begins <= ? AND (ends = 0 OR ends > ?) AND (ended_at = 0 OR ended_at > ?)", int64(id), at, at, at).
		Order("id").Limit(1000))
	if err != nil {
		return Force{}, err
	}
	asked := rights.Use{Language: use.Language, Translation: use.Translation, Excerpt: use.Excerpt, At: use.At}
	if use.Article != 0 && len(f.Agreements) > 0 {
		if asked.Counted, err = a.counted(ctx, use.Article, use.Language); err != nil {
			return Force{}, err
		}
	}
	deals := make([]rights.Deal, len(f.Agreements))
	for i, g := range f.Agreements {
		deals[i] = g.deal()
	}
	var statutes, terms []rights.Stated
	switch {
	case f.Terms.ID != 0:
		statutes = statutesOf(source, f.Terms.ConfirmedBy, f.Terms.ConfirmedAt)
		if terms, err = a.stated(ctx, f.Terms); err != nil {
			return Force{}, fmt.Errorf("in force of source %d: %w", id, err)
		}
	default:
		d, stands := rights.Standing(deals, asked)
		if !stands {
			if f.Short, err = a.shortfall(ctx, id, asked); err != nil {
				return Force{}, err
			}
			break
		}
		f.Standing = f.Agreements[slices.IndexFunc(f.Agreements, func(g Agreement) bool { return int64(g.ID) == d.ID })]
		statutes, terms = statutesOf(source, d.Origin.By, d.Origin.Confirmed), []rights.Stated{d.Grants(asked)}
	}
	f.Rulings = rights.Force(statutes, terms, deals, asked)
	return f, nil
}

// shortfall finds the agreement that comes nearest to giving a use, those that are over included.
func (a *Archive) shortfall(ctx context.Context, id SourceID, use rights.Use) (Shortfall, error) {
	list, err := a.AgreementsOf(ctx, id)
	if err != nil || len(list) == 0 {
		return Shortfall{}, err
	}
	var out Shortfall
	for _, g := range list {
		if lack := g.deal().Lacks(use); out.Agreement.ID == 0 || lack.Compare(out.Lack) < 0 {
			out = Shortfall{g, lack}
		}
	}
	return out, nil
}

// statutesOf are the rules of the outlet's country. The person who confirmed the outlet's terms, or recorded the agreement
// in their place, stands for the country.
func statutesOf(s Source, by int64, at time.Time) []rights.Stated {
	var out []rights.Stated
	for _, law := range rights.Statutes(s.Jurisdiction) {
		out = append(out, rights.Stated{
			Origin: rights.Origin{
				Basis: rights.OnStatute, Title: law.Law, Article: law.Article, InSpirit: !law.Verbatim, Language: law.Language,
				By: by, Confirmed: at,
			},
			Clauses: []rights.Clause{law.Clause()},
		})
	}
	return out
}

// stated are the clauses of confirmed terms, each with the statement that holds its words, the capture of that and the
// person who stands for it.
func (a *Archive) stated(ctx context.Context, t Terms) ([]rights.Stated, error) {
	evidence := t.Evidence
	if len(evidence) == 0 {
		evidence = []Evidence{t.single()}
	}
	out := make([]rights.Stated, len(evidence))
	for i, e := range evidence {
		c, err := a.Capture(ctx, e.Capture)
		if err != nil {
			return nil, err
		}
		out[i].Origin = rights.Origin{
			Basis: rights.OnTerms, ID: int64(t.ID), Version: t.Version, Language: e.Language, PageURL: e.PageURL, Capture: int64(c.ID),
			Digest: string(c.Digest), At: c.At, By: t.ConfirmedBy, Confirmed: t.ConfirmedAt,
		}
	}
	for _, c := range t.Clauses {
		i := max(t.EvidenceOf(c), 0) // words that were put down wrongly rest on the first statement, as before
		out[i].Clauses = append(out[i].Clauses, c)
	}
	return out, nil
}
