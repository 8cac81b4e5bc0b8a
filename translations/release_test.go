package translations_test

import (
	"errors"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// seen is what readers find of the bench's article in Russian, in each place a query serves.
func (b *bench) seen(word string) map[string]bool {
	b.Helper()
	out := map[string]bool{}
	items, err := b.desk.Shelf(b.ctx, "ru", "", translations.Cursor{}, 10)
	b.must(err)
	out["front"] = len(items) > 0
	items, err = b.desk.ShelfOf(b.ctx, b.article.Source, "ru", translations.Cursor{}, 10)
	b.must(err)
	out["outlet"] = len(items) > 0
	shelved, err := b.desk.ShelvedOf(b.ctx, b.article.ID)
	b.must(err)
	out["switch"] = len(shelved) > 0
	languages, err := b.desk.LanguagesOf(b.ctx, b.article.ID)
	b.must(err)
	out["languages"] = len(languages[b.article.ID]) > 0
	items, err = b.desk.ShelvedBetween(b.ctx, 0, 1000)
	b.must(err)
	out["sitemap"] = len(items) > 0
	last, err := b.desk.LastShelved(b.ctx)
	b.must(err)
	out["sitemaps"] = last > 0
	sources, err := b.desk.SourcesShelved(b.ctx, 0, 10)
	b.must(err)
	out["outlets"] = len(sources) > 0
	_, err = b.desk.Published(b.ctx, b.article.ID, "ru")
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		b.Fatal(err)
	}
	out["page"] = err == nil
	found, err := b.desk.Search(b.ctx, translations.Search{Language: "ru", Text: word, Limit: 10})
	b.must(err)
	out["search"] = found.Count > 0 && len(found.Hits) > 0
	n, err := b.desk.CountIn(b.ctx, "ru", word)
	b.must(err)
	out["count"] = n > 0
	return out
}

func (b *bench) wantSeen(when string, got map[string]bool, want bool) {
	b.Helper()
	for place, is := range got {
		if is != want {
			b.Errorf("%s: seen in %s is %v, want %v", when, place, is, want)
		}
	}
}

// Every query of a reader turns at the instant of an embargo, and nothing has to run for it.
func TestEmbargo(t *testing.T) {
	onEngines(t, func(b *bench) {
		instant := b.now.Add(48 * time.Hour)
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		b.confirmTerms(
			rights.Clause{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Strength: rights.Must, Quote: "hyperlink"},
			rights.Clause{Kind: rights.TimeEmbargo, Params: rights.Params{Until: instant.Format(time.RFC3339)}, Strength: rights.Must, Quote: "hyperlink"},
		)
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		if !p.Content.Release.From.Equal(instant) || !p.FirstAt.Equal(instant) || p.Findings[1].Why != "embargo_held" {
			t.Errorf("release %+v, first at %v, finding %+v", p.Content.Release, p.FirstAt, p.Findings[1])
		}
		if v, err = b.desk.Version(b.ctx, v.ID); err != nil || v.Standing != workflow.AtPublished {
			t.Errorf("standing %s %v, want published", v.Standing, err)
		}
		b.wantSeen("before", b.seen("bridge"), false)
		awaited, err := b.desk.Awaited(b.ctx, b.article.ID)
		b.must(err)
		if len(awaited) != 1 || !awaited[0].ShownFrom.Equal(instant) {
			t.Errorf("awaited %+v", awaited)
		}
		if next, err := b.desk.Moves(b.ctx); err != nil || !next.Equal(instant) {
			t.Errorf("next move %v %v, want %v", next, err, instant)
		}
		b.now = instant.Add(-time.Microsecond)
		b.wantSeen("a moment before", b.seen("bridge"), false)
		b.now = instant
		b.wantSeen("at the instant", b.seen("bridge"), true)
		if next, err := b.desk.Moves(b.ctx); err != nil || !next.IsZero() {
			t.Errorf("next move %v %v, want none", next, err)
		}
		got, err := b.desk.Published(b.ctx, b.article.ID, "ru")
		b.must(err)
		if !got.At.Equal(instant) || !got.FirstAt.Equal(instant) {
			t.Errorf("dated %v and %v, want %v", got.FirstAt, got.At, instant)
		}

		// Taken back before its instant: readers never hear of it.
		later := b.now.Add(time.Hour)
		b.confirmTerms(rights.Clause{Kind: rights.TimeEmbargo, Params: rights.Params{Until: later.Format(time.RFC3339)}, Strength: rights.Must, Quote: "hyperlink"})
		second, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		if got, err = b.desk.Published(b.ctx, b.article.ID, "ru"); err != nil || got.ID != p.ID {
			t.Errorf("before the second instant readers see %d (%v), want %d", got.ID, err, p.ID)
		}
		b.wantSeen("with another waiting", b.seen("bridge"), true)
		if items, err := b.desk.Shelf(b.ctx, "ru", "", translations.Cursor{}, 10); err != nil || len(items) != 1 {
			t.Errorf("%d items (%v), want 1", len(items), err)
		}
		b.now = later
		if got, err = b.desk.Published(b.ctx, b.article.ID, "ru"); err != nil || got.ID != second.ID || !got.FirstAt.Equal(instant) {
			t.Errorf("after it they see %d, first at %v (%v), want %d and %v", got.ID, got.FirstAt, err, second.ID, instant)
		}
		if found, err := b.desk.Search(b.ctx, translations.Search{Language: "ru", Text: "bridge", Limit: 10}); err != nil || found.Count != 1 || len(found.Hits) != 1 {
			t.Errorf("search finds %d (%v), want 1", found.Count, err)
		}
		b.must(b.desk.Withdraw(b.ctx, b.article.ID, "ru", "A test.", b.editor))
		b.wantSeen("withdrawn", b.seen("bridge"), false)
	})
}

// What is withdrawn before its instant leaves no tombstone.
func TestEmbargoWithdrawn(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		b.confirmTerms(rights.Clause{Kind: rights.TimeEmbargo, Params: rights.Params{Until: b.now.Add(time.Hour).Format(time.RFC3339)}, Strength: rights.Must, Quote: "hyperlink"})
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		b.must(b.desk.Withdraw(b.ctx, b.article.ID, "ru", "A test.", b.editor))
		if _, err := b.desk.Withdrawn(b.ctx, b.article.ID, "ru"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a tombstone of what nobody saw: %v", err)
		}
		b.now = b.now.Add(2 * time.Hour)
		b.wantSeen("after the instant", b.seen("bridge"), false)
	})
}

// A window closes by the clock, leaves a tombstone, and what is over is swept from the shelf by later work.
func TestWindow(t *testing.T) {
	onEngines(t, func(b *bench) {
		from, until := b.now.Add(time.Hour), b.now.Add(3*time.Hour)
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		b.confirmTerms(rights.Clause{Kind: rights.TimeWindow, Params: rights.Params{From: from.Format(time.RFC3339), Until: until.Format(time.RFC3339)}, Strength: rights.Must, Quote: "hyperlink"})
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		b.wantSeen("before the window", b.seen("bridge"), false)
		b.now = from
		b.wantSeen("in the window", b.seen("bridge"), true)
		b.now = until
		b.wantSeen("after the window", b.seen("bridge"), false)
		for range 2 { // before the sweep and after it
			if w, err := b.desk.Withdrawn(b.ctx, b.article.ID, "ru"); err != nil || !w.At.Equal(until) {
				t.Errorf("tombstone %+v (%v), want one of %v", w.At, err, until)
			}
			_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
			var gate *translations.GateError
			if !errors.As(err, &gate) || gate.Refusing()[0].Why != "window_over" {
				t.Errorf("after the window: %v, want a refusal", err)
			}
			b.must(b.desk.Sweep(b.ctx))
		}
		if v, err = b.desk.Version(b.ctx, v.ID); err != nil || v.Standing != workflow.AtApproved {
			t.Errorf("standing %s %v, want approved", v.Standing, err)
		}
	})
}
