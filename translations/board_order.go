package translations

import (
	"cmp"

	"colophon/translations/workflow"
)

// Order is how a list of jobs is sorted. Every order is one that an index gives, so a list costs the same wherever in it
// one is, and however long it is.
type Order string

// The orders.
const (
	ByUrgency Order = ""    // priority, then the last change: the most urgent first
	ByDue     Order = "due" // the next due first; then what has no date, the newest first; then what is published
)

// stretch is a part of a list, as one index gives it.
type stretch struct {
	rank  int
	where string // condition that makes the part; "" for none
	order string
	after string // condition for what comes after a row
	key   func(versionRow) []any
}

// stretches are the parts of a list in an order, of one standing.
func (o Order) stretches(standing workflow.Standing, reverse bool) []stretch {
	urgent := stretch{
		2, "", "versions.priority DESC, versions.updated_at DESC, versions.id DESC", "(versions.priority, versions.updated_at, versions.id) < (?, ?, ?)",
		func(r versionRow) []any { return []any{r.Priority, r.UpdatedAt, r.ID} },
	}
	if o != ByDue {
		if reverse {
			urgent.order, urgent.after = "versions.priority, versions.updated_at, versions.id", "(versions.priority, versions.updated_at, versions.id) > (?, ?, ?)"
		}
		return []stretch{urgent}
	}
	if standing == workflow.AtPublished { // its date is past, and was kept
		return []stretch{urgent}
	}
	dated := stretch{
		0, "versions.due_at > 0", "versions.due_at, versions.id", "(versions.due_at, versions.id) > (?, ?)",
		func(r versionRow) []any { return []any{r.DueAt, r.ID} },
	}
	if reverse {
		dated.order, dated.after = "versions.due_at DESC, versions.id DESC", "(versions.due_at, versions.id) < (?, ?)"
	}
	undated := stretch{
		1, "versions.due_at = 0", "versions.due_at DESC, versions.id DESC", "versions.id < ?", func(r versionRow) []any { return []any{r.ID} },
	}
	return []stretch{dated, undated}
}

// rank is the stretch a version stands in.
func (o Order) rank(standing workflow.Standing, dated bool) int {
	switch {
	case o != ByDue || standing == workflow.AtPublished:
		return 2
	case dated:
		return 0
	}
	return 1
}

// Compare puts jobs of several lists of this order into one.
func (o Order) Compare(a, b Job, reverse bool) int {
	rank := o.rank(a.Standing, !a.DueAt.IsZero())
	if c := cmp.Compare(rank, o.rank(b.Standing, !b.DueAt.IsZero())); c != 0 {
		return c
	}
	c := 0
	switch rank {
	case 0:
		c = cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.ID, b.ID))
	case 1:
		return cmp.Compare(b.ID, a.ID)
	default:
		c = cmp.Or(cmp.Compare(b.Priority, a.Priority), b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
		if o == ByDue {
			return c
		}
	}
	if reverse {
		return -c
	}
	return c
}
