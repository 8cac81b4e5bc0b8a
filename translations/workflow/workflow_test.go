package workflow

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestMoves holds every state, action and role to a table a person can read.
func TestMoves(t *testing.T) {
	var b strings.Builder
	for _, s := range []State{Draft, InReview, ChangesRequested, Approved} {
		for _, a := range []Action{Edit, Submit, TakeBack, RequestChanges, Approve, KeepApproval} {
			for _, r := range Roles() {
				to, err := s.Next(a, r)
				switch {
				case err == nil:
					fmt.Fprintf(&b, "%-18s %-16s %-14s → %s\n", s, a, r, to)
				case errors.Is(err, ErrRole):
					fmt.Fprintf(&b, "%-18s %-16s %-14s refused: role\n", s, a, r)
				case errors.Is(err, ErrNoMove):
					fmt.Fprintf(&b, "%-18s %-16s %-14s -\n", s, a, r)
				default:
					t.Fatalf("%s %s %s: %v", s, a, r, err)
				}
			}
		}
	}
	const golden = "testdata/moves.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("moves, want to got:\n%s", diff)
	}
}

func TestFourEyes(t *testing.T) {
	for _, tt := range []struct {
		approver int
		writers  []int
		want     bool
	}{
		{1, nil, true}, {1, []int{2}, true}, {1, []int{1}, false}, {1, []int{2, 3, 1}, false},
	} {
		if got := FourEyes(tt.approver, tt.writers); got != tt.want {
			t.Errorf("FourEyes(%d, %v) = %v, want %v", tt.approver, tt.writers, got, tt.want)
		}
	}
}

func TestStanding(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    Facts
		want Standing
	}{
		{"new", Facts{State: Draft}, AtDraft},
		{"approval dies with a change", Facts{State: Approved}, AtDraft},
		{"approval revives with the text", Facts{State: Draft, ApprovalStands: true}, AtApproved},
		{"approved, not out", Facts{State: Approved, ApprovalStands: true}, AtApproved},
		{"out", Facts{State: Approved, ApprovalStands: true, Published: true, SameAsPublic: true}, AtPublished},
		{"out, revision approved", Facts{State: Approved, ApprovalStands: true, Published: true}, AtApproved},
		{"cosmetic change approved, not out again", Facts{State: Approved, ApprovalStands: true, Published: true, SameAsPublic: true, SourceMoved: true}, AtApproved},
		{"behind its source", Facts{State: Approved, Published: true, SameAsPublic: true, SourceMoved: true}, AtOutdated},
		{"behind, being carried over", Facts{State: Draft, Published: true, SourceMoved: true}, AtDraft},
		{"in review although out", Facts{State: InReview, Published: true, ApprovalStands: true, SameAsPublic: true}, AtReview},
		{"changes requested", Facts{State: ChangesRequested, ApprovalStands: true}, AtChangesRequested},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.f.Standing(); got != tt.want {
				t.Errorf("Standing(%+v) = %s, want %s", tt.f, got, tt.want)
			}
		})
	}
}
