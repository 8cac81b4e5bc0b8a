package translations_test

import (
	"context"
	"errors"
	"testing"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// A takedown is restored if the terms in force now let the page through: as the same publication where nothing it rests on
// has changed, else as one of its own. Where they do not, nothing changes but the history.
func TestRestoreTaken(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(mayWith...)
		first := b.grant(func(g *archive.Agreement) { g.Until = b.now.AddDate(0, 0, 7) })
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		down := func() translations.Takedown {
			b.Helper()
			taken, err := b.desk.TakeDown(b.ctx, translations.Takedown{
				Article: b.article.ID, Language: "ru", AskedBy: "The Courier", AskedOn: "2026-03-01", Basis: "rightsholder", Reason: "A letter.",
			}, b.editor)
			b.must(err)
			if _, err := b.desk.Published(b.ctx, b.article.ID, "ru"); !errors.Is(err, archive.ErrNotFound) {
				b.Fatalf("still shown: %v", err)
			}
			return taken
		}
		restore := func(id translations.TakedownID, passing bool, page string) error {
			b.Helper()
			return b.desk.RestoreTaken(b.ctx, id, "They took it back.", passing, b.editor, served(page))
		}
		shown := func() translations.PublicationID {
			b.Helper()
			got, err := b.desk.Published(b.ctx, b.article.ID, "ru")
			b.must(err)
			return got.ID
		}

		taken := down()
		b.must(restore(taken.ID, false, link))
		if got := shown(); got != p.ID {
			b.Errorf("publication %d, want %d: nothing it rests on has changed", got, p.ID)
		}
		wantKind(b.T, restore(taken.ID, false, link), archive.ErrConflict, "fault.takedown.restored")

		// A page that lost its link meanwhile: a template of ours changed.
		taken = down()
		err = restore(taken.ID, false, "")
		var refused *translations.RestoreError
		var gate *translations.GateError
		if !errors.As(err, &refused) || !errors.Is(err, archive.ErrConflict) || len(refused.Refused) != 1 || refused.Passing != 0 || !errors.As(refused.Refused[0].Err, &gate) {
			b.Fatalf("%v, want the page refused", err)
		}
		if kindsOf(gate.Refusing())[rights.LinkRequired] != rights.Unmet {
			b.Errorf("refused by %v, want the link", kindsOf(gate.Refusing()))
		}
		if got, err := b.desk.Takedown(b.ctx, taken.ID); err != nil || !got.IsOpen() {
			b.Errorf("half done: %+v (%v)", got, err)
		}
		lines, err := b.desk.History(b.ctx, translations.OfVersion, int64(v.ID), 0, 5)
		if err != nil || len(lines) == 0 || lines[0].Event != "restore_refused" || lines[0].Data["Kinds"] != "link.required" {
			b.Errorf("history %+v (%v)", lines, err)
		}

		// The letter runs out; another takes its place, and the page rests on that one.
		b.now = b.now.AddDate(0, 0, 8)
		if err := restore(taken.ID, false, link); !errors.As(err, &refused) {
			b.Fatalf("restored on a letter that is over: %v", err)
		}
		second := b.grant(nil)
		b.must(restore(taken.ID, false, link))
		anew := shown()
		if anew == p.ID {
			b.Error("the same publication, though it rests on another letter")
		}
		got, err := b.desk.Publication(b.ctx, anew)
		b.must(err)
		if got.Content.Title != p.Content.Title || got.Approval != p.Approval || got.TargetHash != p.TargetHash || got.FirstAt.After(b.now) {
			b.Errorf("another text: %+v", got)
		}
		if lapsed, err := b.desk.Lapsed(b.ctx, v); err != nil || len(lapsed) != 0 {
			b.Errorf("lapsed: %v (%v)", lapsed, err)
		}
		if items, err := b.desk.RelyingOn(b.ctx, second.ID, 10); err != nil || len(items) != 1 || first.ID == second.ID {
			b.Errorf("resting on the second letter: %v (%v)", items, err)
		}

		// Words that changed and wait for a person keep it away; with passing the takedown ends all the same.
		taken = down()
		force, err := b.archive.TermsInForce(b.ctx, b.article.Source)
		b.must(err)
		_, err = b.archive.ProposeTerms(b.ctx, archive.Terms{Source: b.article.Source, Statement: "Never.", Capture: force.Capture, Changed: true})
		b.must(err)
		if err := restore(taken.ID, false, link); !errors.As(err, &refused) || !errors.Is(refused.Refused[0].Err, archive.ErrForbidden) {
			b.Fatalf("%v, want the words that changed", err)
		}
		b.must(restore(taken.ID, true, link))
		if _, err := b.desk.Published(b.ctx, b.article.ID, "ru"); !errors.Is(err, archive.ErrNotFound) {
			b.Errorf("went back although its terms changed: %v", err)
		}
		if got, err := b.desk.Takedown(b.ctx, taken.ID); err != nil || got.IsOpen() {
			b.Errorf("still open: %+v (%v)", got, err)
		}
	})
}

// What is ended between the look of the gate and the shelf is seen in the transaction: nothing is restored.
func TestRestoreTakenMeanwhile(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(mayWith...)
		g := b.grant(nil)
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		taken, err := b.desk.TakeDown(b.ctx, translations.Takedown{
			Article: b.article.ID, AskedBy: "The Courier", AskedOn: "2026-03-01", Basis: "terms", Reason: "A letter.",
		}, b.editor)
		b.must(err)
		err = b.desk.RestoreTaken(b.ctx, taken.ID, "Back.", false, b.editor, rendering(func() {
			b.must(b.archive.EndAgreement(context.Background(), g.ID, "Taken back.", 1))
		}))
		wantKind(b.T, err, archive.ErrConflict, "fault.publish.changed")
		if got, err := b.desk.Takedown(b.ctx, taken.ID); err != nil || !got.IsOpen() {
			b.Errorf("half done: %+v (%v)", got, err)
		}
	})
}
