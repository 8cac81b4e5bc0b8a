package web

import (
	"slices"
	"strings"

	"colophon/translations"
	"colophon/translations/workflow"
)

// boardSort is how the table of the board is sorted: by state, by priority or by due date, and whether from the end. The
// table begins with the most urgent, whatever their state.
type boardSort struct {
	By      string // "state", "priority", "due"
	Reverse bool
}

func readSort(text string) boardSort {
	by, reverse := strings.CutPrefix(text, "-")
	if !slices.Contains([]string{"state", "priority", "due"}, by) {
		return boardSort{By: "priority"}
	}
	return boardSort{by, reverse}
}

// String is the sort as the address has it, "" for the one a board begins with.
func (s boardSort) String() string {
	switch {
	case s.Reverse:
		return "-" + s.By
	case s.By == "priority":
		return ""
	}
	return s.By
}

func (s boardSort) order() translations.Order {
	if s.By == "due" {
		return translations.ByDue
	}
	return translations.ByUrgency
}

// reverse says whether each list is read from its end. Of a sort by state only the states change places.
func (s boardSort) reverse() bool { return s.Reverse && s.By != "state" }

// states are the standings the table reads, in its order. At is that of the last job seen: of a sort by state those before
// it are done with.
func (s boardSort) states(states []workflow.Standing, at workflow.Standing) []workflow.Standing {
	if s.By != "state" {
		return states
	}
	states = slices.Clone(states)
	if s.Reverse {
		slices.Reverse(states)
	}
	return states[max(0, slices.Index(states, at)):]
}

// merged is one page of several lists, and whether there is more.
func (s boardSort) merged(lists [][]translations.Job) (jobs []translations.Job, more bool) {
	jobs = slices.Concat(lists...)
	if s.By != "state" {
		slices.SortFunc(jobs, func(a, b translations.Job) int { return s.order().Compare(a, b, s.reverse()) })
	}
	if len(jobs) > inTable {
		return jobs[:inTable], true
	}
	return jobs, false
}

// sortHead is the head of a column by which the table can be sorted.
type sortHead struct {
	Text, URL string
	Aria      string // value of aria-sort
	IsUp      bool   // sorted from low to high
	Sorted    bool
}

// Sorted is the head of a column, which leads to the table sorted by it, or to the other end if it is so already.
func (p boardPage) Sorted(by string) sortHead {
	now := p.Filter.Sort
	h := sortHead{Text: p.T("board." + by), Aria: "none", Sorted: now.By == by}
	to := boardSort{By: by}
	if h.Sorted {
		to.Reverse = !now.Reverse
		h.IsUp = now.Reverse == (by == "priority") // priority goes from high to low
		h.Aria = "descending"
		if h.IsUp {
			h.Aria = "ascending"
		}
	}
	h.URL = p.Filter.address("sort", to.String()) + "#queue"
	return h
}

// Sorts are the heads the table can be sorted by, for a narrow window, in which a table shows none.
func (p boardPage) Sorts() []sortHead {
	return []sortHead{p.Sorted("priority"), p.Sorted("due"), p.Sorted("state")}
}
