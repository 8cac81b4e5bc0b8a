// Package workflow is the way of a version from draft to approval, as tables and pure functions.
//
// "Published" and "outdated" are not states: one is a record's existence, the other a comparison. Standing puts state,
// approval and publication together into the one word a board shows.
package workflow

import (
	"errors"
	"fmt"
	"slices"
)

// State is where a version stands in the work on it.
type State string

// The states.
const (
	Draft            State = "draft"
	InReview         State = "in_review"
	ChangesRequested State = "changes_requested"
	Approved         State = "approved"
)

// Action is what a person does to a version.
type Action string

// The actions.
const (
	Edit           Action = "edit"
	Submit         Action = "submit"
	TakeBack       Action = "take_back"
	RequestChanges Action = "request_changes"
	Approve        Action = "approve"
	KeepApproval   Action = "keep_approval" // a cosmetic change of the source
)

// Role is what a person may do in a language.
type Role string

// The roles. Each may do what those before it may.
const (
	Translator    Role = "translator"
	Editor        Role = "editor"
	Administrator Role = "administrator"
)

// Roles lists the roles, lowest first.
func Roles() []Role { return []Role{Translator, Editor, Administrator} }

// AtLeast says whether r may do what other may.
func (r Role) AtLeast(other Role) bool {
	return slices.Index(Roles(), r) >= slices.Index(Roles(), other) && slices.Contains(Roles(), r)
}

// moves is the whole workflow.
var moves = []struct {
	from State
	do   Action
	by   Role
	to   State
}{
	{Draft, Edit, Translator, Draft},
	{Draft, Submit, Translator, InReview},
	{ChangesRequested, Edit, Translator, ChangesRequested},
	{ChangesRequested, Submit, Translator, InReview},
	{InReview, TakeBack, Translator, Draft},
	{InReview, Edit, Editor, InReview},
	{InReview, RequestChanges, Editor, ChangesRequested},
	{InReview, Approve, Editor, Approved},
	{Approved, Edit, Translator, Draft},
	{Approved, RequestChanges, Editor, ChangesRequested},
	{Draft, KeepApproval, Editor, Approved},
	{Approved, KeepApproval, Editor, Approved},
}

// The reasons why a move is refused.
var (
	ErrNoMove = errors.New("this cannot be done in this state")
	ErrRole   = errors.New("this role may not do it")
)

// Next is the state after an action: ErrNoMove where the state does not allow it, ErrRole where the role does not.
func (s State) Next(do Action, by Role) (State, error) {
	for _, m := range moves {
		if m.from == s && m.do == do {
			if !by.AtLeast(m.by) {
				return s, fmt.Errorf("%s in state %s by %s: %w", do, s, by, ErrRole)
			}
			return m.to, nil
		}
	}
	return s, fmt.Errorf("%s in state %s: %w", do, s, ErrNoMove)
}

// Can says whether an action is open to a role in this state.
func (s State) Can(do Action, by Role) bool {
	_, err := s.Next(do, by)
	return err == nil
}

// FourEyes says whether an approval is another person's: approver must be none of those who wrote the targets, the last
// editor included.
func FourEyes[ID comparable](approver ID, writers []ID) bool {
	return !slices.Contains(writers, approver)
}

// Facts are what a standing is computed from.
type Facts struct {
	State          State
	ApprovalStands bool // an approval is bound to the hashes of source and target as they are now
	Published      bool // a publication is shown to readers
	SameAsPublic   bool // the targets are those of that publication
	SourceMoved    bool // the article has a revision with other blocks than the publication's, or than the targets were made against
}

// Standing is the column of the board: a state, or published, or outdated.
type Standing string

// The standings.
const (
	AtDraft            Standing = "draft"
	AtReview           Standing = "in_review"
	AtChangesRequested Standing = "changes_requested"
	AtApproved         Standing = "approved"
	AtPublished        Standing = "published"
	AtOutdated         Standing = "outdated"
)

// Standings lists the columns in the order of the board.
func Standings() []Standing {
	return []Standing{AtDraft, AtReview, AtChangesRequested, AtApproved, AtPublished, AtOutdated}
}

// Effective is the state a version is really in. Approved is what an approval bound to the present hashes makes it: the
// word alone, left over from before a change, counts as draft, and restoring the text revives it.
func (f Facts) Effective() State {
	switch {
	case f.State == InReview || f.State == ChangesRequested:
		return f.State
	case f.ApprovalStands:
		return Approved
	case f.State == Approved:
		return Draft
	}
	return f.State
}

// Standing computes the column.
func (f Facts) Standing() Standing {
	switch f.Effective() {
	case InReview:
		return AtReview
	case ChangesRequested:
		return AtChangesRequested
	case Approved:
		if f.Published && f.SameAsPublic && !f.SourceMoved {
			return AtPublished
		}
		return AtApproved
	case Draft:
	}
	if f.Published && f.SameAsPublic {
		if f.SourceMoved {
			return AtOutdated
		}
		return AtPublished
	}
	return AtDraft
}
