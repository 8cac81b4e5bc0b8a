package web

import (
	"fmt"
	"testing"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// limited confirms terms for the outlet of a version that ask for a limit in characters and nothing else.
func (s *site) limited(t *testing.T, version translations.VersionID, most int) {
	t.Helper()
	w, err := s.Desk.Work(t.Context(), version)
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprintf("Up to %d characters of our articles may be quoted.", most)
	next := archive.Terms{
		Source: w.Source.ID, Statement: said, Language: "en", Capture: w.Revision.Capture,
		Clauses: []rights.Clause{{Kind: rights.LimitCount, Params: rights.Params{Unit: "characters", Max: most}, Strength: rights.Must, Quote: said}},
	}
	if next, err = s.Archive.ProposeTerms(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if err := s.Archive.ConfirmTerms(t.Context(), next.ID, next.Clauses, 1); err != nil {
		t.Fatal(err)
	}
}

// The budget of a limited text follows the typing, letter by letter: it warns as the limit comes near and says when it is
// passed, before anything is saved; and what the server counts afterwards is what the page had counted.
func TestBudgetFollows(t *testing.T) {
	s := openNewsroom(t)
	s.limited(t, 15, 1_000_000)
	preview, err := s.Desk.Preview(t.Context(), 15)
	if err != nil || len(preview.Budgets) != 1 {
		t.Fatalf("budgets %+v %v", preview.Budgets, err)
	}
	used := preview.Budgets[0].Used
	s.limited(t, 15, used+20)

	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("nare")
	b.open("/desk/versions/15?block=3")
	b.until(`document.querySelector('#tags') && document.querySelector('.panel [aria-selected=true]') && document.querySelector('.budget')`)
	if got := b.eval(`document.querySelector('.budget').dataset.unit`); got != "characters" {
		t.Fatalf("the budget counts %s", got)
	}
	b.caretAtEnd()
	b.typing(" twelve more")
	b.until(`document.querySelector('.budget').dataset.tone === 'changes'`)
	b.typing(" and twelve again")
	b.until(`document.querySelector('.budget').dataset.tone === 'bad' && document.querySelector('.budget-note').textContent.length > 5`)
	b.until(`document.querySelector('.budget [role=status]').textContent.includes(document.querySelector('.budget-note').textContent)`)
	s.waitTarget(t, 15, 3, "twelve again")
	said := b.eval(`document.querySelector('.budget-said').textContent`)
	b.open("/desk/versions/15?block=3")
	b.until(`document.querySelector('.budget')`)
	if got := b.eval(`document.querySelector('.budget-said').textContent`); got != said {
		t.Errorf("the page said %q while it was written, the server %q", said, got)
	}
}
