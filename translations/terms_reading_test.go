package translations_test

import (
	"errors"
	"testing"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// TestAffected: what is public under other terms and what is in work relies on the old words; a change that waits keeps
// new publications back and takes nothing away.
func TestAffected(t *testing.T) {
	onEngines(t, func(b *bench) {
		link := rights.Clause{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Quote: "hyperlink", Start: 20, End: 29}
		b.confirmTerms(link)
		force, err := b.archive.TermsInForce(b.ctx, b.article.Source)
		b.must(err)
		work := b.open("ru")
		affected := func(terms archive.TermsID) []translations.Affected {
			b.Helper()
			list, err := b.desk.AffectedBy(b.ctx, b.article.Source, terms, 0, 10)
			b.must(err)
			return list
		}
		list := affected(force.ID)
		if len(list) != 1 || list[0].Version != work.ID || list[0].IsPublic() || list[0].Title != "The bridge reopens" {
			b.Errorf("in work: %+v", list)
		}
		if more, err := b.desk.AffectedBy(b.ctx, b.article.Source, force.ID, work.ID, 10); err != nil || len(more) != 0 {
			b.Errorf("behind it: %+v, %v", more, err)
		}
		if n, err := b.desk.CountAffected(b.ctx, b.article.Source, 0, 100); err != nil || n != 0 {
			b.Errorf("public: %d, %v", n, err)
		}

		changed, err := b.archive.ProposeTerms(b.ctx, archive.Terms{Source: b.article.Source, Statement: "Never.", Capture: force.Capture, Changed: true})
		b.must(err)
		_, _, err = b.desk.Gate(b.ctx, work.ID, nil, nil)
		wantKind(b.T, err, archive.ErrForbidden, "fault.gate.changed")
		b.must(b.archive.DropTerms(b.ctx, changed.ID, "no change", int64(b.editor.ID)))
		if _, err := b.archive.TermsWaiting(b.ctx, b.article.Source); !errors.Is(err, archive.ErrNotFound) {
			b.Error(err)
		}
	})
}
