package translations_test

import (
	"errors"
	"slices"
	"testing"

	"colophon/archive"
	"colophon/archive/rights"
)

// Where nobody has confirmed an outlet's words, an agreement that gives the use by its own words stands in their place:
// the page goes out without terms, rests on the agreement, and is found as affected once there are terms.
func TestAgreementAlone(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		refused := func(id string) {
			b.Helper()
			_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
			wantKind(b.T, err, archive.ErrForbidden, id)
		}
		refused("fault.gate.unconfirmed")
		b.grant(nil) // its file only
		refused("fault.gate.agreement.words")
		worded := func(change func(*archive.Agreement)) archive.Agreement {
			return b.grant(func(g *archive.Agreement) {
				g.Statement, g.Language = "You may reprint and translate our articles.", "en"
				change(g)
			})
		}
		g := worded(func(g *archive.Agreement) { g.Languages, g.Max, g.Until = []string{"ru"}, 1, b.now.AddDate(0, 0, 7) })
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		kept, err := b.desk.Publication(b.ctx, p.ID)
		b.must(err)
		if kept.Terms != 0 || kept.Content.TermsVersion != 0 || kept.Content.Agreement != g.ID || kept.Content.Statement != "" {
			t.Errorf("kept with terms %d, version %d, agreement %d, statement %q", kept.Terms, kept.Content.TermsVersion, kept.Content.Agreement, kept.Content.Statement)
		}
		i := slices.IndexFunc(kept.Content.Clauses, func(c rights.Clause) bool { return c.Kind == rights.PermissionRequired })
		if i < 0 || kept.Content.Clauses[i].Quote != g.Statement || kept.Content.Support[i].Origin.Digest != string(g.File.Digest) || kept.Content.Support[i].Origin.By != g.By {
			t.Errorf("rests on %+v %+v", kept.Content.Clauses, kept.Content.Support)
		}
		if items, err := b.desk.RelyingOn(b.ctx, g.ID, 10); err != nil || len(items) != 1 || items[0].Publication != p.ID {
			t.Errorf("resting on the letter: %v (%v)", items, err)
		}
		if n, err := b.desk.CountAffected(b.ctx, b.article.Source, 0, 10); err != nil || n != 0 {
			t.Errorf("affected while nobody has confirmed terms: %d (%v)", n, err)
		}
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link)) // its own use does not count again
		b.must(err)

		b.now = b.now.AddDate(0, 0, 7)
		refused("fault.gate.agreement.words") // the first letter comes nearer than one that is over
		if lapsed, err := b.desk.Lapsed(b.ctx, v); err != nil || len(lapsed[v.ID]) != 1 {
			t.Errorf("lapsed: %v (%v)", lapsed, err)
		}
		// The outlet's words, once confirmed, take the place of any letter.
		b.confirmTerms(mayWith...)
		force, err := b.archive.InForce(b.ctx, b.article.Source, archive.Use{Language: "ru", Translation: true})
		b.must(err)
		if force.Standing.ID != 0 || force.Terms.ID == 0 {
			t.Errorf("standing %d beside terms %d", force.Standing.ID, force.Terms.ID)
		}
		if n, err := b.desk.CountAffected(b.ctx, b.article.Source, force.Terms.ID, 10); err != nil || n != 1 {
			t.Errorf("affected by the first terms: %d (%v), want the page", n, err)
		}
	})
}

// Two that take the last use at once: only one page goes out.
func TestAgreementAloneCount(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		g := b.grant(func(g *archive.Agreement) { g.Statement, g.Language, g.Max = "You may.", "en", 1 })
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, rendering(func() {
			b.must(b.archive.RelyOn(b.ctx, []archive.AgreementID{g.ID}, b.article.ID, "hy", 99))
		}))
		if !errors.Is(err, archive.ErrConflict) {
			t.Errorf("%v, want a conflict: the use was taken meanwhile", err)
		}
		if _, err := b.desk.Published(b.ctx, b.article.ID, "ru"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("published all the same: %v", err)
		}
		_, _, err = b.desk.Gate(b.ctx, v.ID, nil, served(link))
		wantKind(b.T, err, archive.ErrForbidden, "fault.gate.agreement.uses")
	})
}
