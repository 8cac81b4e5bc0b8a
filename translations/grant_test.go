package translations_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// mayWith are terms that want a permission for everything.
var mayWith = []rights.Clause{
	{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Strength: rights.Must, Quote: "hyperlink"},
	{Kind: rights.PermissionRequired, Strength: rights.Must, Quote: "Any use"},
	{Kind: rights.TranslationAllowed, Params: rights.Params{Value: "permission"}, Strength: rights.Must, Quote: "Any use only"},
}

// grant records a letter that gives leave to reprint and translate, changed.
func (b *bench) grant(change func(*archive.Agreement)) archive.Agreement {
	b.Helper()
	g := archive.Agreement{
		Source: b.article.Source, Kind: archive.WrittenGrant, Title: "Letter of 1 March", SignedBy: "A. Editor", By: int64(b.editor.ID),
		Allows: []rights.Allowance{rights.AllowText, rights.AllowTranslation}, File: archive.AgreementFile{Name: "letter.txt"},
	}
	if change != nil {
		change(&g)
	}
	g, err := b.archive.RecordAgreement(b.ctx, g, []byte("You may."))
	b.must(err)
	return g
}

func kindsOf(findings []translations.Finding) map[rights.Kind]rights.Status {
	out := map[rights.Kind]rights.Status{}
	for _, f := range findings {
		out[f.Key()] = f.Status
	}
	return out
}

// A grant opens the work and the gate; when it is over nothing new goes out, and what went out is found.
func TestGrant(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(mayWith...)
		_, err := b.desk.OpenVersion(b.ctx, b.article.ID, "ru", b.translator)
		wantKind(t, err, archive.ErrForbidden, "fault.terms.no_grant")
		if by, barred, err := b.desk.Barred(b.ctx, b.article, "ru"); err != nil || !barred || by.Quote != "Any use only" || by.Origin.By != int64(b.editor.ID) {
			t.Errorf("barred by %+v (%v, %v)", by, barred, err)
		}
		g := b.grant(func(g *archive.Agreement) { g.Languages, g.Until = []string{"ru"}, b.now.AddDate(0, 0, 7) })
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		for i, c := range p.Content.Clauses {
			s := p.Content.Support[i]
			if c.Quote == "" || s.Origin.By == 0 || s.Origin.Basis == rights.OnTerms && s.Origin.Digest == "" {
				t.Errorf("%s rests on %q, %+v", c.Kind, c.Quote, s.Origin)
			}
			if needs := c.Kind == rights.PermissionRequired || c.Kind == rights.TranslationAllowed; needs && (s.Answered == nil || s.Answered.ID != int64(g.ID)) {
				t.Errorf("%s is answered by %+v, want the letter", c.Kind, s.Answered)
			}
		}
		if _, err := b.desk.OpenVersion(b.ctx, b.article.ID, "hy", b.translator); !errors.Is(err, archive.ErrForbidden) {
			t.Errorf("a letter for Russian opens Armenian: %v", err)
		}
		if lapsed, err := b.desk.Lapsed(b.ctx, v); err != nil || len(lapsed) != 0 {
			t.Errorf("lapsed while it holds: %v (%v)", lapsed, err)
		}
		if items, err := b.desk.RelyingOn(b.ctx, g.ID, 10); err != nil || len(items) != 1 || items[0].Publication != p.ID {
			t.Errorf("resting on the letter: %v (%v)", items, err)
		}

		if lapses, err := b.desk.LapsesOf(b.ctx, 30*24*time.Hour, b.article.Source); err != nil || len(lapses[b.article.Source]) != 1 || lapses[b.article.Source][0].Over {
			t.Errorf("about to lapse: %+v (%v)", lapses, err)
		}
		if lapses, err := b.desk.LapsesOf(b.ctx, 24*time.Hour, b.article.Source); err != nil || len(lapses) != 0 {
			t.Errorf("lapses within a day: %+v (%v), want none", lapses, err)
		}
		if ids, err := b.desk.LapsedOutlets(b.ctx, 10); err != nil || len(ids) != 0 {
			t.Errorf("outlets with lapses while it holds: %v (%v)", ids, err)
		}
		b.now = b.now.AddDate(0, 0, 7)
		_, err = b.desk.Publish(b.ctx, v.ID, map[rights.Kind]string{rights.PermissionRequired: "Surely."}, b.editor, served(link))
		var gate *translations.GateError
		if !errors.As(err, &gate) || kindsOf(gate.Refusing())[rights.PermissionRequired] != rights.Unmet {
			t.Fatalf("after the letter expired: %v, want the permission refused", err)
		}
		lapsed, err := b.desk.Lapsed(b.ctx, v)
		b.must(err)
		if len(lapsed[v.ID]) != 1 || lapsed[v.ID][0].ID != g.ID {
			t.Errorf("lapsed %v, want the letter's page", lapsed)
		}
		if _, err := b.desk.Published(b.ctx, b.article.ID, "ru"); err != nil {
			t.Errorf("what was lawful when it went out is gone: %v", err)
		}
		lapses, err := b.desk.LapsesOf(b.ctx, 0, b.article.Source)
		b.must(err)
		if l := lapses[b.article.Source]; len(l) != 1 || l[0].Agreement != g.ID || !l[0].Over || l[0].Pages != 1 || !l[0].Ends.Equal(b.now) {
			t.Errorf("lapses %+v, want the letter with its page", l)
		}
		if ids, err := b.desk.LapsedOutlets(b.ctx, 10); err != nil || len(ids) != 1 || ids[0] != b.article.Source {
			t.Errorf("outlets with lapses: %v (%v)", ids, err)
		}
		// Another letter, and the page goes out anew: nothing is left to look at.
		b.grant(nil)
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		if lapsed, err := b.desk.Lapsed(b.ctx, v); err != nil || len(lapsed) != 0 {
			t.Errorf("lapsed under the new letter: %v (%v)", lapsed, err)
		}
		if ids, err := b.desk.LapsedOutlets(b.ctx, 10); err != nil || len(ids) != 0 {
			t.Errorf("outlets with lapses under the new letter: %v (%v)", ids, err)
		}
	})
}

// What the grant lifts or adds meanwhile is seen in the transaction that publishes.
func TestGrantEndedMeanwhile(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(mayWith...)
		g := b.grant(nil)
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, rendering(func() {
			b.now = b.now.Add(time.Second)
			b.must(b.archive.EndAgreement(b.ctx, g.ID, "Taken back.", int64(b.editor.ID)))
		}))
		wantKind(t, err, archive.ErrConflict, "fault.publish.changed")
	})
}

// A number of uses counts pages, not publications.
func TestGrantUsedUp(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(mayWith...)
		b.grant(func(g *archive.Agreement) { g.Max = 1 })
		ru, hy := b.open("ru"), b.open("hy")
		for _, v := range []translations.Version{ru, hy} {
			b.translate(v.ID)
			b.approve(v.ID)
		}
		for range 2 {
			_, err := b.desk.Publish(b.ctx, ru.ID, nil, b.editor, served(link))
			b.must(err)
		}
		_, findings, err := b.desk.Gate(b.ctx, hy.ID, nil, served(link))
		b.must(err)
		if got := kindsOf(findings)[rights.PermissionRequired]; got != rights.Unmet {
			t.Errorf("a second page under a letter for one: %s", got)
		}
	})
}

// What no machine decides is asked of the editor and kept with the publication, by the requirement it answers.
func TestQuestions(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(
			rights.Clause{Kind: rights.EditNone, Strength: rights.Must, Quote: "Any use"},
			rights.Clause{Kind: rights.PermissionRequired, Params: rights.Params{Scope: "commercial"}, Strength: rights.Must, Quote: "Any use"},
			rights.Clause{Kind: rights.PermissionRequired, Params: rights.Params{Scope: "photos"}, Strength: rights.Must, Quote: "Any use"},
		)
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		_, findings, err := b.desk.Gate(b.ctx, v.ID, nil, served(link))
		b.must(err)
		// No photograph is shown, so that no leave is needed for one.
		if got := kindsOf(findings); len(got) != 2 || got[rights.EditNone] != rights.Undecidable || got["permission.required:commercial"] != rights.Undecidable {
			t.Errorf("asked %v, want two questions", got)
		}
		answers := map[rights.Kind]string{rights.EditNone: "Whole.", "permission.required:commercial": "We sell nothing.", rights.LimitShare: "Nobody asked."}
		_, err = b.desk.Publish(b.ctx, v.ID, map[rights.Kind]string{rights.EditNone: "Whole."}, b.editor, served(link))
		if !errors.Is(err, archive.ErrConflict) {
			t.Errorf("a question unanswered: %v", err)
		}
		p, err := b.desk.Publish(b.ctx, v.ID, answers, b.editor, served(link))
		b.must(err)
		if p, err = b.desk.Publication(b.ctx, p.ID); err != nil || len(p.Reasons) != 2 || p.Reasons["permission.required:commercial"] != "We sell nothing." {
			t.Errorf("kept %v (%v), want the two answers asked for", p.Reasons, err)
		}
	})
}

// rendering does something while the page is made.
type rendering func()

func (fn rendering) Render(ctx context.Context, p translations.Publication) (rights.Page, error) {
	fn()
	return served(link).Render(ctx, p)
}

func (fn rendering) Outputs(ctx context.Context, p translations.Publication) ([]translations.Output, error) {
	return served(link).Outputs(ctx, p)
}
