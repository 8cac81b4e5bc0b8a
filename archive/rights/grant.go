package rights

import (
	"cmp"
	"slices"
	"time"
)

// Allowance is one thing an agreement allows.
type Allowance string

// The allowances. Text covers the whole article and excerpts of it, Full the whole alone.
const (
	AllowText        Allowance = "text"
	AllowFull        Allowance = "full"
	AllowExcerpt     Allowance = "excerpt"
	AllowTranslation Allowance = "translation"
	AllowPhoto       Allowance = "photo"
	AllowCommercial  Allowance = "commercial"
	AllowEditing     Allowance = "editing"
)

// Allowances lists them in the order a form offers them.
func Allowances() []Allowance {
	return []Allowance{AllowText, AllowFull, AllowExcerpt, AllowTranslation, AllowPhoto, AllowCommercial, AllowEditing}
}

// Use is what is to be done with an article: what the terms in force are asked about.
type Use struct {
	Language    string // of the page
	Translation bool   // into that language; false: the original as it stands
	Excerpt     bool   // not the whole text
	At          time.Time
	Counted     []int64 // agreements whose count this page is part of already: showing it anew takes no further use
}

// Deal is an agreement with an outlet as far as rules go: what it allows, where, when and how often, and what it asks.
type Deal struct {
	ID        int64
	Allows    []Allowance
	Languages []string  // none: every language
	From      time.Time // zero: always
	Until     time.Time // the first instant it no longer holds; zero: no end
	Max       int       // pages that may rest on it; 0: any number
	Used      int
	Overrides bool // what it says stands above stricter terms
	Clauses   []Clause
	Words     string // that its clauses and what it allows rest on; empty: only its file
	Origin    Origin
}

// IsCurrent says whether the agreement holds at an instant, its count apart.
func (d Deal) IsCurrent(at time.Time) bool {
	return !at.Before(d.From) && (d.Until.IsZero() || at.Before(d.Until))
}

// IsUsedUp says whether no further page may rest on the agreement.
func (d Deal) IsUsedUp() bool { return d.Max > 0 && d.Used >= d.Max }

// Holds says whether the agreement bears on a use: its time, its language, and a use left.
func (d Deal) Holds(u Use) bool {
	return d.IsCurrent(u.At) && (len(d.Languages) == 0 || slices.Contains(d.Languages, u.Language)) &&
		(!d.IsUsedUp() || slices.Contains(u.Counted, d.ID))
}

// allows says whether one of the allowances will do for each of what is needed.
func (d Deal) allows(needs [][]Allowance) bool {
	for _, oneOf := range needs {
		if !slices.ContainsFunc(oneOf, func(a Allowance) bool { return slices.Contains(d.Allows, a) }) {
			return false
		}
	}
	return true
}

// needed says what an agreement must allow to answer a clause for a use: one of each list. ok is false for a clause that
// no permission answers. A permission to reprint is none to translate.
func needed(c Clause, u Use) (needs [][]Allowance, ok bool) {
	text := [][]Allowance{{AllowText, AllowFull}}
	if u.Excerpt {
		text = [][]Allowance{{AllowText, AllowFull, AllowExcerpt}}
	}
	if u.Translation {
		text = append(text, []Allowance{AllowTranslation})
	}
	switch c.Kind {
	case TranslationAllowed:
		return [][]Allowance{{AllowTranslation}}, c.Value == "permission" || c.Value == "no"
	case PermissionCommercial:
		return append(text, []Allowance{AllowCommercial}), true
	case PermissionRequired:
		switch c.Scope {
		case "photos":
			return [][]Allowance{{AllowPhoto}}, true
		case "commercial":
			return append(text, []Allowance{AllowCommercial}), true
		case "editing":
			return append(text, []Allowance{AllowEditing}), true
		}
		return text, true
	}
	return nil, false
}

// answering finds the agreement that answers a clause: of several, the one with the fewest limits, then the longest.
func answering(c Clause, deals []Deal, u Use) (Deal, bool) {
	needs, ok := needed(c, u)
	if !ok {
		return Deal{}, false
	}
	var found []Deal
	for _, d := range deals {
		if d.Holds(u) && d.allows(needs) && (c.Kind != TranslationAllowed || c.Value != "no" || d.Overrides) {
			found = append(found, d)
		}
	}
	if len(found) == 0 {
		return Deal{}, false
	}
	return slices.MinFunc(found, func(a, b Deal) int {
		return cmp.Or(compareBool(a.Max > 0, b.Max > 0), compareBool(!a.Until.IsZero(), !b.Until.IsZero()), b.Until.Compare(a.Until), cmp.Compare(a.ID, b.ID))
	}), true
}

// compareBool puts false first.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
