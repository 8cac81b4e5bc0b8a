package rights

import (
	"reflect"
	"slices"
)

// Change says what became of a clause between two versions of terms.
type Change string

// The changes.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Altered Change = "altered" // other parameters or another strength
	Kept    Change = "kept"
)

// ClauseChange is one clause before and after. Of an added one Before is empty, of a removed one After.
type ClauseChange struct {
	Kind   Kind
	Change Change
	Before Clause
	After  Clause
}

// Diff compares two lists of clauses: what they ask, not the words they rest on. Changes come in the order of before,
// what is added in the order of after behind them. Where a kind stands more than once, equal clauses are paired first.
func Diff(before, after []Clause) []ClauseChange {
	pairs := make([]int, len(before)) // index into after; -1: none
	taken := make([]bool, len(after))
	for i := range pairs {
		pairs[i] = -1
	}
	pair := func(fits func(a, b Clause) bool) {
		for i, b := range before {
			if pairs[i] >= 0 {
				continue
			}
			for j, a := range after {
				if !taken[j] && a.Kind == b.Kind && fits(a, b) {
					pairs[i], taken[j] = j, true
					break
				}
			}
		}
	}
	pair(Same)
	pair(func(Clause, Clause) bool { return true })
	out := make([]ClauseChange, 0, len(before)+len(after))
	for i, b := range before {
		switch {
		case pairs[i] < 0:
			out = append(out, ClauseChange{Kind: b.Kind, Change: Removed, Before: b})
		case Same(b, after[pairs[i]]):
			out = append(out, ClauseChange{Kind: b.Kind, Change: Kept, Before: b, After: after[pairs[i]]})
		default:
			out = append(out, ClauseChange{Kind: b.Kind, Change: Altered, Before: b, After: after[pairs[i]]})
		}
	}
	for j, a := range after {
		if !taken[j] {
			out = append(out, ClauseChange{Kind: a.Kind, Change: Added, After: a})
		}
	}
	return out
}

// Same says whether two clauses ask the same, whatever words they rest on. A clause without a strength is a must.
func Same(a, b Clause) bool {
	norm := func(c Clause) Clause {
		if c.Strength == "" {
			c.Strength = Must
		}
		if len(c.TextAny) == 0 {
			c.TextAny = nil
		}
		if len(c.Kinds) == 0 {
			c.Kinds = nil
		}
		return Clause{Kind: c.Kind, Params: c.Params, Strength: c.Strength}
	}
	return reflect.DeepEqual(norm(a), norm(b))
}

// Revise carries the clauses that people confirmed on some words over to other words. confirmed are theirs; before and
// after are what the program reads in the old words and in the new. Where it reads the same in both, what people made of
// it stands, with the words it now rests on: their correction, or that they left it out. Where it reads something else,
// the new reading stands. A clause it never read stays while find still finds its quote in the new words, and gives where.
func Revise(confirmed, before, after []Clause, find func(quote string) (start, end int, ok bool)) []Clause {
	of := func(list []Clause, k Kind) (Clause, bool) {
		i := slices.IndexFunc(list, func(c Clause) bool { return c.Kind == k })
		if i < 0 {
			return Clause{}, false
		}
		return list[i], true
	}
	var out []Clause
	for _, c := range confirmed {
		now, read := of(after, c.Kind)
		then, was := of(before, c.Kind)
		switch {
		case read && was && Same(then, now):
			c.Quote, c.Start, c.End = now.Quote, now.Start, now.End
			out = append(out, c)
		case read:
			out = append(out, now)
		case !was:
			if start, end, ok := find(c.Quote); ok && c.Quote != "" {
				c.Start, c.End = start, end
				out = append(out, c)
			}
		}
	}
	for _, now := range after {
		if _, known := of(confirmed, now.Kind); known {
			continue
		}
		if then, was := of(before, now.Kind); was && Same(then, now) {
			continue // people left it out
		}
		out = append(out, now)
	}
	return out
}
