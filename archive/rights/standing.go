package rights

import (
	"cmp"
	"slices"
	"strings"
)

// Lack is what keeps an agreement from standing for a use by itself, where nobody has confirmed the outlet's own words.
type Lack string

// What an agreement may lack, the least first: what would have to be mended is told by the one that lacks least.
const (
	LacksNothing  Lack = ""
	LacksWords    Lack = "words"    // it covers the use, but the words that say so are not kept beside its file
	LacksUses     Lack = "uses"     // as many pages rest on it as may
	LacksTime     Lack = "not_yet"  // it has not begun
	LacksScope    Lack = "scope"    // it allows something else
	LacksLanguage Lack = "language" // it is for other languages
	IsOver        Lack = "over"     // it has ended
)

var lacks = []Lack{LacksNothing, LacksWords, LacksUses, LacksTime, LacksScope, LacksLanguage, IsOver}

// Compare orders lacks, the least first.
func (l Lack) Compare(m Lack) int { return cmp.Compare(slices.Index(lacks, l), slices.Index(lacks, m)) }

// Lacks says what keeps the agreement from standing for a use by itself; LacksNothing where it does. Of several reasons it
// is the one that is hardest to mend.
func (d Deal) Lacks(u Use) Lack {
	needs, _ := needed(Clause{Kind: PermissionRequired}, u)
	switch {
	case !d.Until.IsZero() && !u.At.Before(d.Until):
		return IsOver
	case len(d.Languages) > 0 && !slices.Contains(d.Languages, u.Language):
		return LacksLanguage
	case !d.allows(needs):
		return LacksScope
	case u.At.Before(d.From):
		return LacksTime
	case !d.Holds(u):
		return LacksUses
	case strings.TrimSpace(d.Words) == "":
		return LacksWords
	}
	return LacksNothing
}

// Standing finds the agreement that stands for a use where nobody has confirmed the outlet's own words: of several the one
// with the fewest limits, then the longest.
func Standing(deals []Deal, u Use) (Deal, bool) {
	worded := slices.DeleteFunc(slices.Clone(deals), func(d Deal) bool { return d.Lacks(u) != LacksNothing })
	return answering(Clause{Kind: PermissionRequired}, worded, u)
}

// Grants are the clauses that an agreement standing by itself fulfils: all that it does not allow is reserved. They rest on
// its own words.
func (d Deal) Grants(u Use) Stated {
	quote := strings.TrimSpace(d.Words)
	start := strings.Index(d.Words, quote)
	clause := func(k Kind, p Params) Clause {
		return Clause{Kind: k, Params: p, Strength: Must, Quote: quote, Start: start, End: start + len(quote), Confidence: 1}
	}
	out := Stated{Origin: d.Origin, Clauses: []Clause{clause(PermissionRequired, Params{})}}
	if u.Translation {
		out.Clauses = append(out.Clauses, clause(TranslationAllowed, Params{Value: "permission"}))
	}
	if !slices.Contains(d.Allows, AllowPhoto) {
		out.Clauses = append(out.Clauses, clause(MediaExclude, Params{Kinds: []string{"img", "video", "audio"}}))
	}
	return out
}
