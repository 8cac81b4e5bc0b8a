package rights

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// Basis says what a clause in force rests on.
type Basis string

// The bases, the lowest first.
const (
	OnStatute   Basis = "statute"   // the law of the outlet's country
	OnTerms     Basis = "terms"     // the outlet's own words, confirmed by a person
	OnAgreement Basis = "agreement" // what was signed with the outlet
	OnPage      Basis = "page"      // what the page of the article says of itself
)

// Origin is the evidence of a clause in force: which words, law or agreement, where they are kept, and who stands for it.
type Origin struct {
	Basis     Basis     `json:"basis"`
	ID        int64     `json:"id,omitempty"`      // of the version of terms, or of the agreement
	Version   int       `json:"version,omitempty"` // of the terms
	Title     string    `json:"title,omitempty"`   // of the agreement, or of the law
	Article   string    `json:"article,omitempty"` // of the law
	InSpirit  bool      `json:"in_spirit,omitempty"`
	Language  string    `json:"language,omitempty"` // of the quoted words
	PageURL   string    `json:"page_url,omitempty"` // the words stand there
	Capture   int64     `json:"capture,omitempty"`
	Digest    string    `json:"digest,omitempty"` // of the capture, or of the agreement's file
	At        time.Time `json:"at,omitzero"`      // of the capture; when the agreement was recorded
	Lifts     bool      `json:"lifts,omitempty"`  // the agreement stands above stricter terms
	By        int64     `json:"by,omitempty"`     // the member who confirmed or recorded it
	Confirmed time.Time `json:"confirmed,omitzero"`
}

// Ruling is a clause in force with what it rests on.
type Ruling struct {
	Clause
	Support
}

// Support is the evidence for a clause in force.
type Support struct {
	Origin   Origin   `json:"origin"`
	Also     []Origin `json:"also,omitempty"`     // others that ask the same, or less
	Answered *Origin  `json:"answered,omitempty"` // the agreement that gives the permission the clause asks for
}

// Agreements lists the agreements that the clause would be stricter without: they give what it asks for, or put it in the
// place of another.
func (s Support) Agreements() []int64 {
	var out []int64
	if s.Answered != nil {
		out = append(out, s.Answered.ID)
	}
	if s.Origin.Basis == OnAgreement && s.Origin.Lifts {
		out = append(out, s.Origin.ID)
	}
	return out
}

// Stated are clauses with their origin: one version of terms, one law, one agreement.
type Stated struct {
	Origin  Origin
	Clauses []Clause
}

// Force combines what the law, the outlet's words and agreements ask of a use into the clauses in force. Of clauses of a
// kind the stricter stands; where neither implies the other, both do. An agreement that holds adds its clauses, and one
// that overrides puts them in the place of others of their kinds. A permission that is asked for gets Grant: whether an
// agreement covers the use. The result does not depend on the order of what goes in.
//
// A permission the law reserves for the rightholder yields to the outlet's own word on it: who may say yes has said so.
func Force(statutes, terms []Stated, deals []Deal, use Use) []Ruling {
	var all []Ruling
	spoken, replaced := map[Kind]bool{}, map[Kind]bool{}
	for _, s := range terms {
		for _, c := range s.Clauses {
			spoken[c.Kind] = true
		}
	}
	for _, d := range deals {
		if !d.Holds(use) {
			continue
		}
		for _, c := range d.Clauses {
			all = append(all, Ruling{strengthened(c), Support{Origin: d.Origin}})
			spoken[c.Kind] = true
			replaced[c.Kind] = replaced[c.Kind] || d.Overrides
		}
	}
	for _, s := range statutes {
		for _, c := range s.Clauses {
			if !replaced[c.Kind] && (!isPermission(c.Kind) || !spoken[c.Kind]) {
				all = append(all, Ruling{strengthened(c), Support{Origin: s.Origin}})
			}
		}
	}
	for _, s := range terms {
		for _, c := range s.Clauses {
			if !replaced[c.Kind] {
				all = append(all, Ruling{strengthened(c), Support{Origin: s.Origin}})
			}
		}
	}
	out := strictest(all)
	for i := range out {
		out[i].answer(deals, use)
	}
	return out
}

func isPermission(k Kind) bool {
	return k == TranslationAllowed || k == PermissionRequired || k == PermissionCommercial
}

// strengthened reads a clause without a strength as binding.
func strengthened(c Clause) Clause {
	c.Strength = cmp.Or(c.Strength, Must)
	return c
}

// answer looks for the agreement that gives what the clause asks for. A ban that an agreement lifts becomes a permission
// that is given; of commercial use and of editing only a grant decides, else a person does.
func (r *Ruling) answer(deals []Deal, use Use) {
	if _, asks := needed(r.Clause, use); !asks {
		return
	}
	d, found := answering(r.Clause, deals, use)
	if r.Origin.Basis == OnAgreement { // what an agreement gives by itself it answers itself
		own := slices.DeleteFunc(slices.Clone(deals), func(d Deal) bool { return d.ID != r.Origin.ID })
		if self, ok := answering(r.Clause, own, use); ok {
			d, found = self, true
		}
	}
	if found {
		r.Answered = &d.Origin
		if r.Kind == TranslationAllowed {
			r.Value = "permission"
		}
	}
	switch {
	case r.Kind == TranslationAllowed && r.Value != "permission": // a ban that nothing lifts
	case !found && r.dependsOnUse(): // whether it bears on this use at all, a person says
	default:
		r.Grant = &found
	}
}

// dependsOnUse says whether the clause bears only on a use that no page shows: a commercial one, or one that edits.
func (c Clause) dependsOnUse() bool {
	return c.Kind == PermissionCommercial || c.Kind == PermissionRequired && (c.Scope == "commercial" || c.Scope == "editing")
}

// Key tells the clauses of one result apart where reasons and answers are kept by it: the kind, with the parameter that
// makes it another requirement. The rest of a kind are answered for together.
func (c Clause) Key() Kind {
	part := ""
	switch c.Kind {
	case PermissionRequired, PermissionCommercial:
		part = c.Scope
	case LimitCount:
		part = c.Unit
	}
	if part == "" {
		return c.Kind
	}
	return c.Kind + ":" + Kind(part)
}

// strictest keeps the clauses that no other implies, in an order of their own; those that ask for the same become one.
func strictest(all []Ruling) []Ruling {
	slices.SortFunc(all, compareRulings)
	var out []Ruling
	for i, r := range all {
		stands := true
		for k, other := range all {
			// Of two that imply each other the first stands.
			if k != i && other.implies(r.Clause) && (k < i || !r.implies(other.Clause)) {
				stands = false
				break
			}
		}
		if stands {
			out = append(out, r)
		}
	}
	for i := range out {
		for _, r := range all {
			if r.Origin != out[i].Origin && out[i].implies(r.Clause) && !slices.Contains(out[i].Also, r.Origin) {
				out[i].Also = append(out[i].Also, r.Origin)
			}
		}
	}
	return out
}

// compareRulings is a total order: by kind as they are declared, then what an outlet's own words say before an agreement
// and the law, then by everything else.
func compareRulings(a, b Ruling) int {
	return cmp.Or(
		cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(b.Strength.rank(), a.Strength.rank()),
		cmp.Compare(slices.Index(bases, a.Origin.Basis), slices.Index(bases, b.Origin.Basis)),
		cmp.Compare(b.Origin.Version, a.Origin.Version), cmp.Compare(a.Origin.ID, b.Origin.ID),
		cmp.Compare(a.Start, b.Start), cmp.Compare(canonical(a), canonical(b)))
}

var bases = []Basis{OnTerms, OnAgreement, OnStatute}

// canonical is a ruling as text, to order those that differ in nothing else.
func canonical(r Ruling) string {
	b, err := json.Marshal(r)
	if err != nil {
		return string(r.Kind) // a number that is none: nothing to order by
	}
	return string(b)
}

// kinds is the order in which clauses are shown.
var kinds = []Kind{
	LinkRequired, LinkPlace, LinkFollowable, LinkDirect, LinkActive, LinkVisible, LinkKeepInner,
	CreditSource, CreditWording, CreditPlace, CreditAuthor, CreditTranslator, CreditChain, CreditPhoto, CreditLicenceLink, CreditLogo,
	PermissionRequired, PermissionCommercial, TranslationAllowed,
	LimitShare, LimitCount, LimitReadMore, LimitEssential, EditNone, EditDeclare, MediaExclude, MediaUnchanged,
	TimeEmbargo, TimeWindow, SEOCanonical, TrackPixel, BulkNone, Notify, ResaleNone, AdsNone, Takedown, TermsChanged, ThirdPartyExclude, AccessSubscribers,
}
