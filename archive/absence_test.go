package archive_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/ingest"
)

// A page of terms that shows something else for a while says nothing about the terms: it is asked for again every day, and
// only when that has lasted for three days a person is asked.
func TestAbsentTerms(t *testing.T) {
	b := newBox(t)
	menu := "<p>Politics Culture Sport Weather Archive of the years since the war Advertising with us Subscriptions for abroad</p>"
	b.web.pages[home+"/bridge"] = story(`<a href="/terms">Republishing</a>`)
	b.web.pages[home+"/"] = "<html><head><title>Courier</title></head><body><h1>Courier</h1>" + menu + "<p>The bridge opens again after four years of repairs, and the mill follows in the spring of next year.</p></body></html>"
	terms := strings.Replace(termsPage(linkTerms, authorTerms), "<main>", menu+"<main>", 1)
	b.web.pages[home+"/terms"] = terms
	source := b.gather("/bridge").Article.Source
	b.confirm(b.look(source, 0).Proposal)
	day := func() { b.now = b.now.Add(24 * time.Hour) }
	due := func(before time.Time) bool {
		t.Helper()
		ids, err := b.SourcesToRead(t.Context(), before, 10)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Contains(ids, source)
	}
	long := func() time.Time { return b.now.AddDate(0, 0, -7) }
	absent := func(why ingest.Absence, reads, days int) {
		t.Helper()
		list, err := b.Absences(t.Context(), source)
		if err != nil || len(list) != 1 || list[0].Why != why || list[0].Reads != reads || list[0].Days != days || list[0].PageURL != home+"/terms" || list[0].Asks() != (days >= 3) {
			t.Errorf("absences %+v (%v), want %s, read %d times on %d days", list, err, why, reads, days)
		}
		if len(list) > 0 && (list[0].Capture == 0) != (why == archive.Unreachable) {
			t.Errorf("the first answer is capture %d", list[0].Capture)
		}
	}
	silent := func(l archive.Look) {
		t.Helper()
		if l.Proposal.ID != 0 || l.Failed == 0 {
			t.Errorf("%+v, want a failure and no proposal", l)
		}
	}

	b.now = b.now.AddDate(0, 0, 8)
	b.web.pages[home+"/terms"] = "<html><head><title>Back soon</title></head><body><h1>Back soon</h1><p>We are mending the house.</p></body></html>"
	silent(b.look(source, 0))
	absent(ingest.Maintenance, 1, 1)
	b.now = b.now.Add(time.Hour)
	silent(b.look(source, 0))
	absent(ingest.Maintenance, 2, 1) // twice on a day is one day
	if due(long()) {
		t.Error("asked for again at once")
	}
	day()
	if !due(long()) {
		t.Error("not asked for again the day after")
	}
	// The front page in its place, without a redirect.
	b.web.pages[home+"/terms"] = b.web.pages[home+"/"]
	silent(b.look(source, 0))
	absent(ingest.Front, 3, 2)
	if !slices.Contains(b.web.asked, home+"/") {
		t.Errorf("asked for %v, want the front page for comparison", b.web.asked)
	}
	// It is back: nothing has happened.
	day()
	b.web.pages[home+"/terms"] = terms
	if l := b.look(source, 0); l.Proposal.ID != 0 || l.Failed != 0 {
		t.Errorf("%+v, want nothing", l)
	}
	if list, err := b.Absences(t.Context(), source); err != nil || len(list) != 0 {
		t.Errorf("absences %+v (%v), want none", list, err)
	}
	if due(long()) {
		t.Error("asked for every day although it is back")
	}

	// Three days in a row: what became of the words?
	b.web.pages[home+"/terms"] = "<html><head><title>Страница не найдена</title></head><body><p>Перейдите на главную страницу сайта.</p></body></html>"
	for range 2 {
		day()
		silent(b.look(source, 0))
	}
	if _, err := b.TermsWaiting(t.Context(), source); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a person is asked after two days: %v", err)
	}
	day()
	l := b.look(source, 0)
	if !l.Proposal.Changed || l.Proposal.Statement != "" || l.Proposal.Capture == 0 {
		t.Errorf("after three days: %+v, want the question whether the words are gone", l.Proposal)
	}
	absent(ingest.NotFound, 3, 3)
	day()
	if due(long()) {
		t.Error("asked for every day although a person was asked")
	}
	// An answer that is none counts as well, and by itself asks nobody.
	b.web.pages[home+"/terms"] = terms
	b.look(source, 0)
	if _, err := b.TermsWaiting(t.Context(), source); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("the words are back, and a change waits: %v", err)
	}
	delete(b.web.pages, home+"/terms")
	for i := range 4 {
		day()
		silent(b.look(source, 0))
		absent(archive.Unreachable, i+1, i+1)
	}
	// A rewritten page is no absence.
	b.web.pages[home+"/terms"] = strings.Replace(termsPage(firstTerms, authorTerms), "<main>", menu+"<main>", 1)
	if l := b.look(source, 0); !l.Proposal.Changed {
		t.Errorf("%+v, want the change", l)
	}
}
