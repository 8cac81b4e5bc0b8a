package translations_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/database/databasetest"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// bench is a desk with people and one article, on one engine.
type bench struct {
	*testing.T
	ctx        context.Context
	desk       *translations.Desk
	archive    *archive.Archive
	now        time.Time
	translator translations.Member
	editor     translations.Member
	article    archive.Article
}

// onEngines runs a test on SQLite and on PostgreSQL.
func onEngines(t *testing.T, fn func(b *bench)) {
	t.Helper()
	databasetest.Engines(t, func(t *testing.T, s database.Settings) {
		fn(newBench(t, s))
	})
}

func newBench(t *testing.T, s database.Settings) *bench {
	t.Helper()
	b := &bench{T: t, ctx: t.Context(), now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	db, blobs := databasetest.Open(t, s)
	var err error
	b.archive, err = archive.Open(b.ctx, db, blobs, func() time.Time { return b.now })
	b.must(err)
	b.desk, err = translations.Open(b.ctx, b.archive)
	b.must(err)
	b.translator = b.member("Nare", workflow.Translator)
	b.editor = b.member("David", workflow.Editor)
	b.article = b.ingest(page("300", "")).Article
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) member(name string, role workflow.Role) translations.Member {
	b.Helper()
	m, err := b.desk.AddMember(b.ctx, translations.Member{
		Name: name, Email: strings.ToLower(name) + "@colophon.example", Grants: []translations.Grant{{Role: role}},
	}, "long enough to pass", 0)
	b.must(err)
	return m
}

// page is the article of these tests: a number and an end can change.
func page(number, end string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The bridge reopens</title>
<link rel="canonical" href="https://courier.example/bridge"><meta property="og:site_name" content="Courier"></head><body>
<header><a href="/">Courier</a></header><article><h1>The bridge reopens</h1><p>By Anna Sarkisian</p>
<p>At nine on Thursday morning the barriers came down on both sides of the old stone bridge, and for the first time in four years people crossed the river on foot.</p>
<p>According to the <a href="https://town.example/bridge">town hall</a>, the repairs took more than a thousand tonnes of stone, and some %s blocks in the arches were replaced by masons.</p>
<p>The lamps are dimmed after eleven so that the birds that nest under the arches are not disturbed during the summer.%s</p>
</article><footer><p>Any use of materials is allowed only with a hyperlink to courier.example.</p></footer></body></html>`, number, end)
}

func (b *bench) ingest(html string) archive.Result {
	b.Helper()
	b.now = b.now.Add(time.Minute)
	r, err := b.archive.Ingest(b.ctx, archive.Delivery{URL: "https://courier.example/bridge?utm_source=x", Body: []byte(html), Origin: archive.Upload})
	b.must(err)
	return r
}

// confirmTerms confirms terms that ask for what is given.
func (b *bench) confirmTerms(clauses ...rights.Clause) {
	b.Helper()
	rev, err := b.archive.Revision(b.ctx, b.article.Revision)
	b.must(err)
	t, err := b.archive.ProposeTerms(b.ctx, archive.Terms{
		Source: b.article.Source, Statement: "Any use only with a hyperlink.", Language: "en", Capture: rev.Capture, Clauses: clauses,
	})
	b.must(err)
	b.must(b.archive.ConfirmTerms(b.ctx, t.ID, t.Clauses, int64(b.editor.ID)))
}

func (b *bench) open(lang string) translations.Version {
	b.Helper()
	v, err := b.desk.OpenVersion(b.ctx, b.article.ID, lang, b.translator)
	b.must(err)
	return v
}

// translate confirms a target for every unit that wants one.
func (b *bench) translate(id translations.VersionID) translations.Version {
	b.Helper()
	w, err := b.desk.Work(b.ctx, id)
	b.must(err)
	v := w.Version
	for _, u := range w.Units {
		if u.Status() == translations.Confirmed || !u.Block.IsTranslated() {
			continue
		}
		text := "[" + w.Version.Language + "] " + u.Source
		_, v, err = b.desk.SaveTarget(b.ctx, translations.Save{Version: id, Block: u.Block.Key, Base: u.Target.Number, Text: text, Confirm: true}, b.translator)
		b.must(err)
	}
	return v
}

func (b *bench) approve(id translations.VersionID) {
	b.Helper()
	_, err := b.desk.Submit(b.ctx, id, b.translator)
	b.must(err)
	_, err = b.desk.Approve(b.ctx, id, "", nil, b.editor)
	b.must(err)
}

// served is a page that shows what it is told to.
type served string

func (served) Outputs(context.Context, translations.Publication) ([]translations.Output, error) {
	return nil, nil
}

func (s served) Render(_ context.Context, p translations.Publication) (rights.Page, error) {
	body := fmt.Sprintf(`<!doctype html><html lang="%s"><body><article><h1>%s</h1>%s<p>%s</p></article></body></html>`,
		p.Language, p.Content.Title, string(s), strings.Repeat("Words of the article. ", 20))
	return rights.Page{Body: []byte(body), URL: "https://colophon.example/ru/articles/x"}, nil
}

const link = `<p class="source">Source: <a href="https://courier.example/">Courier</a></p>`

func wantKind(t *testing.T, err, kind error, message string) {
	t.Helper()
	id, _, _ := fault.Message(err)
	if !errors.Is(err, kind) || id != message {
		t.Errorf("error %v (message %q), want kind %v, message %q", err, id, kind, message)
	}
}

func TestIngestAgain(t *testing.T) {
	onEngines(t, func(b *bench) {
		if r := b.ingest(page("300", "")); r.Outcome != archive.Unchanged || r.Article.ID != b.article.ID {
			t.Errorf("same text again: %s, article %d; want unchanged, %d", r.Outcome, r.Article.ID, b.article.ID)
		}
		before, err := b.archive.Blocks(b.ctx, b.article.Revision)
		b.must(err)
		r := b.ingest(page("320", ""))
		if r.Outcome != archive.Revised || r.Revision.Number != 2 {
			t.Fatalf("corrected text: %s, revision %d; want revised, 2", r.Outcome, r.Revision.Number)
		}
		after, err := b.archive.Blocks(b.ctx, r.Revision.ID)
		b.must(err)
		for i := range before {
			if before[i].Key != after[i].Key {
				t.Errorf("block %d was %s, is %s: its identity is lost", i, before[i].Key, after[i].Key)
			}
			if changed := strings.Contains(after[i].Text, "320"); changed == (before[i].Hash == after[i].Hash) {
				t.Errorf("block %d: changed %v, hashes equal %v", i, changed, before[i].Hash == after[i].Hash)
			}
		}
	})
}

func TestFailedIngestChangesNothing(t *testing.T) {
	onEngines(t, func(b *bench) {
		_, err := b.archive.Ingest(b.ctx, archive.Delivery{URL: "https://courier.example/bridge", Body: []byte("%PDF-1.7 \x00\x01"), Origin: archive.Upload})
		if err == nil {
			t.Fatal("a PDF was taken for an article")
		}
		art, err := b.archive.Article(b.ctx, b.article.ID)
		b.must(err)
		if diff := cmp.Diff(b.article, art); diff != "" {
			t.Errorf("the article changed:\n%s", diff)
		}
		events, err := b.archive.Events(b.ctx, 0, 10)
		b.must(err)
		if len(events) == 0 || events[0].Outcome != archive.Failed || events[0].Fault == "" || events[0].Article != b.article.ID {
			t.Errorf("events %+v, want a failure with its message first", events)
		}
	})
}

func TestSaveTarget(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		w, err := b.desk.Work(b.ctx, v.ID)
		b.must(err)
		linked := w.Units[2]
		if len(linked.Codes) != 1 {
			t.Fatalf("unit 3 is %q, want the one with a link", linked.Source)
		}
		save := translations.Save{Version: v.ID, Block: linked.Block.Key, Text: "По данным мэрии"}
		first, _, err := b.desk.SaveTarget(b.ctx, save, b.translator)
		b.must(err)
		if first.Number != 1 || first.Status != translations.Drafted {
			t.Errorf("first save %+v, want number 1, draft", first)
		}
		_, _, err = b.desk.SaveTarget(b.ctx, save, b.translator)
		b.must(err) // the same save again is no conflict
		save.Text = "Другой текст"
		_, _, err = b.desk.SaveTarget(b.ctx, save, b.editor)
		var conflict *translations.ConflictError
		if !errors.As(err, &conflict) || conflict.Theirs.Text != "По данным мэрии" {
			t.Errorf("stale save: %v, want a conflict that shows the other text", err)
		}
		save.Base, save.Confirm = 1, true
		_, _, err = b.desk.SaveTarget(b.ctx, save, b.translator)
		wantKind(t, err, archive.ErrInvalid, "fault.target.code.missing")
		save.Text = "По данным {1}мэрии{/1}"
		_, _, err = b.desk.SaveTarget(b.ctx, save, b.translator)
		b.must(err)
		past, err := b.desk.TargetHistory(b.ctx, v.ID, linked.Block.Key)
		b.must(err)
		if len(past) != 0 {
			t.Errorf("what one person typed in one go became %d states of history", len(past))
		}
		save.Base, save.Text = 2, "Иначе {1}мэрия{/1}"
		_, _, err = b.desk.SaveTarget(b.ctx, save, b.editor)
		b.must(err)
		past, err = b.desk.TargetHistory(b.ctx, v.ID, linked.Block.Key)
		b.must(err)
		if len(past) != 1 || past[0].Text != "По данным {1}мэрии{/1}" {
			t.Fatalf("history %+v, want the confirmed text another person replaced", past)
		}
		got, _, err := b.desk.Restore(b.ctx, v.ID, past[0].ID, b.translator)
		b.must(err)
		if got.Text != past[0].Text || got.Status != translations.Confirmed {
			t.Errorf("restored %+v, want the old text, confirmed", got)
		}
	})
}

func TestFourEyesAndHashes(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		_, err := b.desk.Submit(b.ctx, v.ID, b.translator)
		wantKind(t, err, archive.ErrConflict, "fault.submit.incomplete")
		if v = b.translate(v.ID); v.Done != v.Total || v.Total == 0 {
			t.Fatalf("%d of %d done", v.Done, v.Total)
		}
		v, err = b.desk.Submit(b.ctx, v.ID, b.translator)
		b.must(err)
		if v.Assignee != b.translator.ID {
			t.Errorf("the version is with %d; nobody had it, so it would go back to %d, who sent it", v.Assignee, b.translator.ID)
		}
		_, err = b.desk.Approve(b.ctx, v.ID, "", nil, b.translator)
		wantKind(t, err, archive.ErrForbidden, "fault.role.approve")

		// An editor who wrote one word may not approve.
		w, err := b.desk.Work(b.ctx, v.ID)
		b.must(err)
		u := w.Units[1]
		_, _, err = b.desk.SaveTarget(b.ctx, translations.Save{Version: v.ID, Block: u.Block.Key, Base: u.Target.Number, Text: "Правка", Confirm: true}, b.editor)
		b.must(err)
		_, err = b.desk.Approve(b.ctx, v.ID, "", nil, b.editor)
		wantKind(t, err, archive.ErrForbidden, "fault.approve.four_eyes")
		_, err = b.desk.Approve(b.ctx, v.ID, "short", nil, b.editor)
		wantKind(t, err, archive.ErrInvalid, "fault.approve.waiver")
		v, err = b.desk.Approve(b.ctx, v.ID, "Nobody else reads Russian this week.", nil, b.editor)
		b.must(err)
		if n, err := b.desk.Waivers(b.ctx, time.Time{}); err != nil || n != 1 {
			t.Errorf("%d waivers counted (%v), want 1", n, err)
		}
		if v.State != workflow.Approved {
			t.Fatalf("state %s, want approved", v.State)
		}

		// The approval dies with a change and revives when the text is restored.
		_, v, err = b.desk.SaveTarget(b.ctx, translations.Save{Version: v.ID, Block: u.Block.Key, Base: u.Target.Number + 1, Text: "Иначе", Confirm: true}, b.translator)
		b.must(err)
		if v.State != workflow.Draft {
			t.Errorf("after a change: %s, want draft", v.State)
		}
		past, err := b.desk.TargetHistory(b.ctx, v.ID, u.Block.Key)
		b.must(err)
		_, v, err = b.desk.Restore(b.ctx, v.ID, past[0].ID, b.translator)
		b.must(err)
		if v.State != workflow.Approved {
			t.Errorf("after restoring: %s, want approved", v.State)
		}
	})
}

func TestGateAndPublish(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.translate(v.ID)
		b.approve(v.ID)
		_, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		wantKind(t, err, archive.ErrForbidden, "fault.gate.unconfirmed")

		b.confirmTerms(rights.Clause{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Strength: rights.Must, Quote: "hyperlink"})
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.translator, served(link))
		wantKind(t, err, archive.ErrForbidden, "fault.role.editor")
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, served("<p>No link.</p>"))
		var gate *translations.GateError
		if !errors.As(err, &gate) || len(gate.Refusing()) != 1 || gate.Refusing()[0].Clause.Quote != "hyperlink" {
			t.Fatalf("page without the link: %v, want one refusal that quotes its words", err)
		}
		if items, err := b.desk.Shelf(b.ctx, "ru", "", translations.Cursor{}, 10); err != nil || len(items) != 0 {
			t.Fatalf("refused, yet on the shelf: %v %v", items, err)
		}
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		items, err := b.desk.Shelf(b.ctx, "ru", "", translations.Cursor{}, 10)
		b.must(err)
		if len(items) != 1 || items[0].Publication != p.ID || items[0].Title != p.Content.Title {
			t.Fatalf("shelf %+v, want publication %d", items, p.ID)
		}

		// The source moves on: the page stays, behind its source; what was touched shows the difference.
		b.ingest(page("320", ""))
		v, err = b.desk.Version(b.ctx, v.ID)
		b.must(err)
		if v.Standing != workflow.AtOutdated || !v.Stale {
			t.Errorf("after the source moved: %s, stale %v; want outdated", v.Standing, v.Stale)
		}
		w, err := b.desk.Work(b.ctx, v.ID)
		b.must(err)
		touched := 0
		for _, u := range w.Units {
			if u.SourceChanged {
				touched++
				if !strings.Contains(u.OldSource, "300") || !strings.Contains(u.Source, "320") || u.Target.Text == "" {
					t.Errorf("touched block %d: %+v", u.Number, u)
				}
			}
		}
		if touched != 1 {
			t.Errorf("%d blocks touched, want 1", touched)
		}

		// Cosmetic: the approval is kept, and the page goes out again bound to the new revision.
		v, err = b.desk.KeepApproval(b.ctx, v.ID, "A number in a place the text does not name.", b.editor)
		b.must(err)
		if v.State != workflow.Approved {
			t.Errorf("after a cosmetic change: %s, want approved", v.State)
		}
		_, err = b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		if v, err = b.desk.Version(b.ctx, v.ID); err != nil || v.Standing != workflow.AtPublished {
			t.Errorf("published again: %s %v, want published", v.Standing, err)
		}

		b.must(b.desk.Withdraw(b.ctx, b.article.ID, "ru", "The outlet asked for it.", b.editor))
		if _, err := b.desk.Published(b.ctx, b.article.ID, "ru"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("withdrawn, yet public: %v", err)
		}
		if wd, err := b.desk.Withdrawn(b.ctx, b.article.ID, "ru"); err != nil || wd.Reason == "" || wd.Publication.Content.OriginalURL == "" {
			t.Errorf("tombstone %+v (%v), want reason and credit", wd, err)
		}
	})
}

func TestOriginal(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(rights.Clause{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Strength: rights.Must, Quote: "hyperlink"})
		v := b.open("en")
		if v.Done != v.Total {
			t.Fatalf("the original has %d of %d blocks", v.Done, v.Total)
		}
		_, err := b.desk.Submit(b.ctx, v.ID, b.editor)
		b.must(err)
		_, err = b.desk.Approve(b.ctx, v.ID, "", nil, b.editor)
		wantKind(t, err, archive.ErrForbidden, "fault.approve.four_eyes")
		other := b.member("Helen", workflow.Editor)
		_, err = b.desk.Approve(b.ctx, v.ID, "", nil, other)
		b.must(err)
		p, err := b.desk.Publish(b.ctx, v.ID, nil, b.editor, served(link))
		b.must(err)
		if !p.IsOriginal() || len(p.Content.Translators) != 0 || !strings.Contains(p.Content.Blocks[1].HTML, `href="https://town.example/bridge"`) {
			t.Errorf("original %+v", p.Content)
		}
		b.ingest(page("320", ""))
		if v, err = b.desk.Version(b.ctx, v.ID); err != nil || v.Standing != workflow.AtOutdated {
			t.Errorf("after the source moved: %s %v, want outdated", v.Standing, err)
		}
	})
}

func TestTermsForbidTranslation(t *testing.T) {
	onEngines(t, func(b *bench) {
		b.confirmTerms(rights.Clause{Kind: rights.TranslationAllowed, Params: rights.Params{Value: "no"}, Strength: rights.Must, Quote: "may not be translated"})
		_, err := b.desk.OpenVersion(b.ctx, b.article.ID, "ru", b.translator)
		wantKind(t, err, archive.ErrForbidden, "fault.terms.no_translation")
	})
}

func TestSignIn(t *testing.T) {
	onEngines(t, func(b *bench) {
		_, _, err := b.desk.SignIn(b.ctx, "nare@colophon.example", "wrong", "x", "192.0.2.1")
		wantKind(t, err, archive.ErrForbidden, "fault.login.wrong")
		_, _, err = b.desk.SignIn(b.ctx, "nobody@colophon.example", "wrong", "x", "192.0.2.1")
		wantKind(t, err, archive.ErrForbidden, "fault.login.wrong")
		token, s, err := b.desk.SignIn(b.ctx, "Nare@colophon.example", "long enough to pass", "Firefox", "192.0.2.1")
		b.must(err)
		if _, m, err := b.desk.Session(b.ctx, token); err != nil || m.ID != b.translator.ID {
			t.Errorf("session of %v %v, want the translator", m.ID, err)
		}
		b.must(b.desk.EndSession(b.ctx, s.ID, b.translator.ID))
		if _, _, err := b.desk.Session(b.ctx, token); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("ended session: %v", err)
		}
		for range 8 {
			_, _, err = b.desk.SignIn(b.ctx, "david@colophon.example", "wrong", "x", "192.0.2.2")
			wantKind(t, err, archive.ErrForbidden, "fault.login.wrong")
		}
		_, _, err = b.desk.SignIn(b.ctx, "david@colophon.example", "long enough to pass", "x", "192.0.2.2")
		wantKind(t, err, archive.ErrForbidden, "fault.login.throttled")
	})
}

func TestBoardAndViews(t *testing.T) {
	onEngines(t, func(b *bench) {
		v := b.open("ru")
		b.must(b.desk.Assign(b.ctx, v.ID, b.translator.ID, translations.First, b.now.Add(time.Hour), b.editor))
		b.open("hy")
		jobs, err := b.desk.Jobs(b.ctx, translations.Query{Standing: workflow.AtDraft, Limit: 10})
		b.must(err)
		if len(jobs) != 2 || jobs[0].ID != v.ID || jobs[0].Assigned != "Nare" || jobs[0].Title != "The bridge reopens" {
			t.Errorf("jobs %+v, want the urgent one first", jobs)
		}
		more, err := b.desk.Jobs(b.ctx, translations.Query{Standing: workflow.AtDraft, Limit: 10, Before: v.ID})
		b.must(err)
		if len(more) != 1 {
			t.Errorf("%d jobs behind the first, want 1", len(more))
		}
		if jobs, err = b.desk.Jobs(b.ctx, translations.Query{Words: "bridge", Limit: 10}); err != nil || len(jobs) != 2 {
			t.Errorf("%d jobs by words (%v), want 2", len(jobs), err)
		}
		if n, err := b.desk.CountJobs(b.ctx, workflow.AtDraft, "", 1); err != nil || n != 1 {
			t.Errorf("counted %d (%v), want to stop at 1", n, err)
		}
		page := translations.Viewed{Article: b.article.ID, Language: "ru"}
		b.must(b.desk.AddViews(b.ctx, map[translations.Viewed]int64{page: 3}))
		b.must(b.desk.AddViews(b.ctx, map[translations.Viewed]int64{page: 4}))
		if n, err := b.desk.Views(b.ctx, page); err != nil || n != 7 {
			t.Errorf("%d views (%v), want 7", n, err)
		}
		b.must(b.desk.SaveSite(b.ctx, translations.Site{Name: map[string]string{"en": "Colophon"}}, b.editor.ID))
		first, err := b.desk.Site(b.ctx)
		b.must(err)
		b.must(b.desk.SaveSite(b.ctx, first, b.editor.ID))
		if second, err := b.desk.Site(b.ctx); err != nil || second.Number <= first.Number {
			t.Errorf("site %+v after %+v (%v): the number must grow", second, first, err)
		}
	})
}
