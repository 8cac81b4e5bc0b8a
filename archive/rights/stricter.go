package rights

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// rank orders strengths; what is no strength binds.
func (s Strength) rank() int {
	switch s {
	case Liked:
		return 1
	case Should:
		return 2
	}
	return 3
}

// implies says whether a page that meets c meets other too, at least as bindingly: c is as strict, or stricter. It is
// reflexive and transitive; clauses of which neither implies the other ask for different things.
func (c Clause) implies(other Clause) bool {
	if c.Kind != other.Kind || c.Strength.rank() < other.Strength.rank() {
		return false
	}
	a, b := c.Params, other.Params
	if same, ok := tighter[c.Kind]; ok {
		return same(a, b)
	}
	return sameParams(a, b)
}

// tighter compares the parameters of two clauses of a kind: whether a asks for all that b asks for. A kind without a line
// is compared word by word.
var tighter = map[Kind]func(a, b Params) bool{
	LinkRequired:   func(a, b Params) bool { return a.Target == b.Target || b.Target == "either" || b.Target == "" },
	LinkPlace:      placeTighter,
	LinkFollowable: sameTarget,
	LinkDirect:     sameTarget,
	LinkActive:     sameTarget,
	LinkVisible:    sameTarget,

	CreditWording: func(a, b Params) bool { return holds(a.Text, b.Text) },
	CreditPlace:   func(a, b Params) bool { return topIsFirst(a.Where) == topIsFirst(b.Where) },
	CreditLicenceLink: func(a, b Params) bool {
		return licenceKey(parseAddress(a.URL, nil, nil)) == licenceKey(parseAddress(b.URL, nil, nil))
	},

	PermissionRequired:   func(a, b Params) bool { return a.Scope == b.Scope || a.Scope == "" },
	PermissionCommercial: func(Params, Params) bool { return true },
	TranslationAllowed:   func(a, b Params) bool { return a.Value == b.Value || freedom(a.Value) < freedom(b.Value) },

	LimitShare:    func(a, b Params) bool { return a.Percent <= b.Percent },
	LimitCount:    func(a, b Params) bool { return a.Unit == b.Unit && a.Max <= b.Max },
	LimitReadMore: func(a, b Params) bool { return holds(a.Text, b.Text) },
	EditDeclare:   declareTighter,
	MediaExclude: func(a, b Params) bool {
		return !slices.ContainsFunc(b.Kinds, func(k string) bool { return !slices.Contains(a.Kinds, k) })
	},
	TimeEmbargo: embargoTighter,
}

// sameTarget compares checks on the link to the source. Without a target they are of the link that link.required names.
func sameTarget(a, b Params) bool {
	return a.Target == b.Target || b.Target == "either" && a.Target != ""
}

func placeTighter(a, b Params) bool {
	if !sameTarget(a, b) {
		return false
	}
	if a.Within == b.Within {
		return true
	}
	na, oka := depth(a.Within)
	nb, okb := depth(b.Within)
	return oka && okb && na <= nb
}

// depth is how far down a link may stand: 0 the first sentence, 2 the first paragraph, 4 the second …
func depth(within string) (int, bool) {
	switch within {
	case "first_sentence":
		return 1, true
	case "first_paragraph", "top":
		return 2, true
	}
	if digits, ok := strings.CutPrefix(within, "paragraphs:"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(digits))
		return 2 * n, err == nil && n >= 0 && n < 1<<20
	}
	return 0, false
}

func topIsFirst(where string) string {
	if where == "top" {
		return "first_paragraph"
	}
	return where
}

// holds says whether a page with the one wording has the other too. A wording that is not known stands for itself only.
func holds(a, b string) bool {
	fa, fb := foldWording(a), foldWording(b)
	if fb == "" {
		return fa == ""
	}
	return strings.Contains(fa, fb)
}

// declareTighter says whether each of a's wordings has one of b's in it.
func declareTighter(a, b Params) bool {
	options := func(p Params) []string {
		var out []string
		for _, text := range append([]string{p.Text}, p.TextAny...) {
			if foldWording(text) != "" {
				out = append(out, text)
			}
		}
		return out
	}
	oa, ob := options(a), options(b)
	if len(oa) == 0 || len(ob) == 0 {
		return len(oa) == len(ob)
	}
	return !slices.ContainsFunc(oa, func(x string) bool {
		return !slices.ContainsFunc(ob, func(y string) bool { return holds(x, y) })
	})
}

// freedom orders the answers on translation, the narrowest first. An answer that is none of ours is like no other.
func freedom(value string) float64 {
	switch value {
	case "no":
		return 1
	case "permission":
		return 2
	case "yes":
		return 3
	}
	return math.NaN()
}

// embargoTighter says whether a lasts at least as long as b, wherever on earth a time without an offset was meant.
func embargoTighter(a, b Params) bool {
	if a.Until == b.Until {
		return true
	}
	sa, oka := parseInstant(a.Until)
	sb, okb := parseInstant(b.Until)
	return oka && okb && !sa.from.Before(sb.from) && !sa.to.Before(sb.to)
}

// sameParams compares parameters word by word; Grant and Now are facts, and no part of what is asked.
func sameParams(a, b Params) bool {
	return cmp.Compare(a.Percent, b.Percent) == 0 && a.Max == b.Max && slices.Equal(a.TextAny, b.TextAny) && slices.Equal(a.Kinds, b.Kinds) &&
		a.Target == b.Target && a.Within == b.Within && a.Text == b.Text && a.Where == b.Where && a.URL == b.URL &&
		a.Value == b.Value && a.Unit == b.Unit && a.From == b.From && a.Until == b.Until && a.Scope == b.Scope
}
