package archive

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/fault"
	"colophon/archive/rights"
)

// TestTermsOverview: outlets by state, by name in any script, a page at a time; what is dropped or overtaken counts no
// longer.
func TestTermsOverview(t *testing.T) {
	onShelves(t, func(s *shelf) {
		ctx := s.Context()
		add := func(host string, names map[string]Name) SourceID {
			s.Helper()
			source, err := s.archive.AddSource(ctx, Source{HomeURL: "https://" + host + "/", Names: names})
			s.must(err)
			return source.ID
		}
		propose := func(id SourceID, words string, change bool, by int64) Terms {
			s.Helper()
			terms, err := s.archive.ProposeTerms(ctx, Terms{Source: id, Statement: words, Capture: s.capture.ID, Changed: change, ProposedBy: by})
			s.must(err)
			return terms
		}
		confirm := func(terms Terms) {
			s.Helper()
			s.must(s.archive.ConfirmTerms(ctx, terms.ID, nil, 5))
		}
		list := func(f OverviewFilter) []string {
			s.Helper()
			f.Soon = 30 * 24 * time.Hour
			if f.Limit == 0 {
				f.Limit = 10
			}
			rows, err := s.archive.TermsOverview(ctx, f)
			s.must(err)
			var out []string
			for _, o := range rows {
				line := fmt.Sprintf("%s %s", o.Source.Host, o.State)
				if o.Version > 0 {
					line += fmt.Sprintf(" v%d", o.Version)
				}
				if o.IsChange {
					line += " change"
				}
				if !o.Expires.IsZero() {
					line += " expires"
				}
				out = append(out, line)
			}
			return out
		}
		s.confirm() // courier.example
		_, err := s.grant(func(g *Agreement) { g.Until = s.now.Add(10 * 24 * time.Hour) })
		s.must(err)
		add("silent.example", map[string]Name{"hy": {Name: "Լուռ սուրհանդակ"}})
		read := add("read.example", map[string]Name{"ru": {Name: "Прочитанный Вестник"}})
		propose(read, "a", false, 0)
		changed := add("changed.example", nil)
		confirm(propose(changed, "a", false, 0))
		second := propose(changed, "b", true, 0)
		dropped := add("dropped.example", nil)
		confirm(propose(dropped, "a", false, 0))
		s.must(s.archive.DropTerms(ctx, propose(dropped, "b", true, 0).ID, "broken", 5))

		for name, c := range map[string]struct {
			filter OverviewFilter
			want   []string
		}{
			"all": {OverviewFilter{}, []string{
				"courier.example confirmed v1 expires", "silent.example none", "read.example proposed", "changed.example changed v1 change", "dropped.example confirmed v1",
			}},
			"none":      {OverviewFilter{State: TermsNone}, []string{"silent.example none"}},
			"proposed":  {OverviewFilter{State: TermsProposed}, []string{"read.example proposed"}},
			"changed":   {OverviewFilter{State: TermsChanged}, []string{"changed.example changed v1 change"}},
			"confirmed": {OverviewFilter{State: TermsConfirmed}, []string{"courier.example confirmed v1 expires", "dropped.example confirmed v1"}},
			"expiring":  {OverviewFilter{State: TermsExpiring}, []string{"courier.example confirmed v1 expires"}},
			"a page":    {OverviewFilter{Limit: 2}, []string{"courier.example confirmed v1 expires", "silent.example none"}},
			"Russian":   {OverviewFilter{Find: "вестник"}, []string{"read.example proposed"}},
			"Armenian":  {OverviewFilter{Find: "ՍՈՒՐՀԱՆԴԱԿ"}, []string{"silent.example none"}},
			"host":      {OverviewFilter{Find: "changed.ex"}, []string{"changed.example changed v1 change"}},
			"nobody":    {OverviewFilter{Find: "%"}, nil},
		} {
			if diff := cmp.Diff(c.want, list(c.filter)); diff != "" {
				s.Errorf("%s: %s", name, diff)
			}
		}
		first := list(OverviewFilter{Limit: 2})
		if rest := list(OverviewFilter{After: read - 1}); len(first)+len(rest) != 5 {
			s.Errorf("behind a page: %v", rest)
		}

		// A newer reading overtakes an older one, but never a person's own proposal.
		mine := propose(changed, "c", false, 5)
		third := propose(changed, "d", true, 0)
		for id, waits := range map[TermsID]bool{second.ID: false, mine.ID: true, third.ID: true} {
			if got, err := s.archive.Terms(ctx, id); err != nil || got.IsWaiting() != waits {
				s.Errorf("version %d waits: %v, %v, want %v", got.Version, got.IsWaiting(), err, waits)
			}
		}
		if w, err := s.archive.TermsWaiting(ctx, changed); err != nil || w.ID != third.ID {
			s.Errorf("waiting: version %d, %v", w.Version, err)
		}
		confirm(third)
		if w, err := s.archive.TermsWaiting(ctx, changed); !errors.Is(err, ErrNotFound) {
			s.Errorf("behind what is in force waits version %d, %v", w.Version, err)
		}
		if err := s.archive.DropTerms(ctx, third.ID, "late", 5); !errors.Is(err, fault.ErrConflict) {
			s.Errorf("what is confirmed was dropped: %v", err)
		}
		if _, err := s.archive.SourcesToRead(ctx, s.now, 10); err != nil {
			s.Error(err)
		}
	})
}

// TestOldTerms: terms kept when a version had one statement read as one statement.
func TestOldTerms(t *testing.T) {
	onShelves(t, func(s *shelf) {
		terms := s.confirm(rights.Clause{Kind: rights.PermissionRequired, Quote: "permission", Start: 10, End: 20})
		s.must(s.archive.db.In(s.Context()).Exec("UPDATE terms SET evidence = NULL WHERE id = ?", int64(terms.ID)).Error)
		got, err := s.archive.Terms(s.Context(), terms.ID)
		s.must(err)
		want := []Evidence{{Text: "Only with permission.", Language: "en", PageURL: "https://courier.example/terms", Capture: s.capture.ID}}
		if diff := cmp.Diff(want, got.Evidence); diff != "" {
			s.Error(diff)
		}
		if n := got.EvidenceOf(got.Clauses[0]); n != 0 {
			s.Errorf("its clause rests on statement %d", n)
		}
	})
}
