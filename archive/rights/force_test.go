package rights

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Which of two clauses of a kind is stricter: > the first implies the second, < the other way round, = both, ! neither.
func TestImplies(t *testing.T) {
	for _, row := range []struct {
		kind Kind
		a    Params
		want string
		b    Params
	}{
		{LinkRequired, Params{Target: "homepage"}, ">", Params{Target: "either"}},
		{LinkRequired, Params{Target: "article"}, ">", Params{Target: "either"}},
		{LinkRequired, Params{Target: "homepage"}, "!", Params{Target: "article"}},
		{LinkRequired, Params{Target: ""}, "=", Params{Target: "either"}},
		{LinkPlace, Params{Within: "first_sentence"}, ">", Params{Within: "first_paragraph"}},
		{LinkPlace, Params{Within: "first_paragraph"}, "=", Params{Within: "top"}},
		{LinkPlace, Params{Within: "top"}, ">", Params{Within: "paragraphs:2"}},
		{LinkPlace, Params{Within: "paragraphs:2"}, ">", Params{Within: "paragraphs:3"}},
		{LinkPlace, Params{Within: "end"}, "!", Params{Within: "paragraphs:3"}},
		{LinkPlace, Params{Within: "paragraphs:x"}, "!", Params{Within: "paragraphs:3"}},
		{LinkFollowable, Params{}, "=", Params{}},
		{LinkVisible, Params{Target: "article"}, ">", Params{Target: "either"}},
		{CreditSource, Params{}, "=", Params{}},
		{CreditWording, Params{Text: "Source: Courier, Yerevan"}, ">", Params{Text: "source: courier"}},
		{CreditWording, Params{Text: "Source: Courier"}, "!", Params{Text: "Courier reports"}},
		{CreditWording, Params{Text: "Source: Courier"}, "!", Params{}},
		{CreditPlace, Params{Where: "title"}, "!", Params{Where: "end"}},
		{CreditLicenceLink, Params{URL: "https://creativecommons.org/licenses/by/4.0/deed.ru"}, "=", Params{URL: "http://creativecommons.org/licenses/by/4.0/"}},
		{PermissionRequired, Params{}, ">", Params{Scope: "photos"}},
		{PermissionRequired, Params{Scope: "full_text"}, "!", Params{Scope: "photos"}},
		{TranslationAllowed, Params{Value: "no"}, ">", Params{Value: "permission"}},
		{TranslationAllowed, Params{Value: "permission"}, ">", Params{Value: "yes"}},
		{TranslationAllowed, Params{Value: "perhaps"}, "!", Params{Value: "yes"}},
		{TranslationAllowed, Params{Value: "perhaps"}, "=", Params{Value: "perhaps"}},
		{LimitShare, Params{Percent: 20}, ">", Params{Percent: 30}},
		{LimitCount, Params{Unit: "words", Max: 100}, ">", Params{Unit: "words", Max: 200}},
		{LimitCount, Params{Unit: "words", Max: 100}, "!", Params{Unit: "characters", Max: 200}},
		{LimitReadMore, Params{Text: "Read on at Courier"}, ">", Params{Text: "read on"}},
		{EditDeclare, Params{Text: "Abridged"}, ">", Params{TextAny: []string{"abridged", "edited"}}},
		{EditDeclare, Params{TextAny: []string{"abridged", "cut"}}, "!", Params{TextAny: []string{"abridged", "edited"}}},
		{MediaExclude, Params{Kinds: []string{"img", "video"}}, ">", Params{Kinds: []string{"img"}}},
		{MediaExclude, Params{Kinds: []string{"audio"}}, "!", Params{Kinds: []string{"img"}}},
		{TimeEmbargo, Params{Until: "2026-05-02T00:00:00Z"}, ">", Params{Until: "2026-05-01T00:00:00+04:00"}},
		{TimeEmbargo, Params{Until: "2026-05-01T09:00"}, "!", Params{Until: "2026-05-01T09:00:00Z"}}, // it could be any zone
		{SEOCanonical, Params{Value: "original"}, "!", Params{Value: "self"}},
		{TrackPixel, Params{URL: "https://a.example/1"}, "!", Params{URL: "https://a.example/2"}},
		{EditNone, Params{}, "=", Params{}},
	} {
		a, b := Clause{Kind: row.kind, Params: row.a, Strength: Must}, Clause{Kind: row.kind, Params: row.b, Strength: Must}
		got := map[[2]bool]string{{true, true}: "=", {true, false}: ">", {false, true}: "<", {false, false}: "!"}[[2]bool{a.implies(b), b.implies(a)}]
		if got != row.want {
			t.Errorf("%s: %+v %s %+v, want %s", row.kind, row.a, got, row.b, row.want)
		}
		b.Strength = Should
		if b.implies(a) {
			t.Errorf("%s: what only should be implies what must", row.kind)
		}
	}
}

func said(version int, clauses ...Clause) Stated {
	return Stated{Origin: Origin{Basis: OnTerms, ID: int64(version), Version: version}, Clauses: clauses}
}

func clauseOf(k Kind, s Strength, p Params) Clause { return Clause{Kind: k, Strength: s, Params: p} }

// brief writes rulings so that tables can hold them: kind, parameter, strength, basis, whether a grant is on record.
func brief(list []Ruling) []string {
	var out []string
	for _, r := range list {
		s := fmt.Sprintf("%s %s %s", r.Kind, r.Strength, r.Origin.Basis)
		if p := r.Target + r.Within + r.Value + r.Scope + r.Until; p != "" {
			s += " " + p
		}
		if r.Percent != 0 {
			s += fmt.Sprintf(" %g%%", r.Percent)
		}
		if r.Grant != nil {
			s += fmt.Sprintf(" grant=%v", *r.Grant)
		}
		if r.Answered != nil {
			s += fmt.Sprintf(" by %d", r.Answered.ID)
		}
		for _, also := range r.Also {
			s += " +" + string(also.Basis)
		}
		out = append(out, s)
	}
	return out
}

func law(country string) []Stated {
	var out []Stated
	for _, s := range Statutes(country) {
		out = append(out, Stated{Origin{Basis: OnStatute, Title: s.Law, Article: s.Article}, []Clause{s.Clause()}})
	}
	return out
}

func TestForce(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	translated := Use{Language: "ru", Translation: true, At: now}
	deal := func(id int64, allows ...Allowance) Deal {
		return Deal{ID: id, Allows: allows, Origin: Origin{Basis: OnAgreement, ID: id}}
	}
	ask := clauseOf(PermissionRequired, Must, Params{})
	mayWith := clauseOf(TranslationAllowed, Must, Params{Value: "permission"})
	mayNot := clauseOf(TranslationAllowed, Must, Params{Value: "no"})
	share := clauseOf(LimitShare, Must, Params{Percent: 30})
	over := func(d Deal, clauses ...Clause) Deal {
		d.Overrides, d.Clauses = true, clauses
		return d
	}
	for _, row := range []struct {
		name  string
		law   string
		terms []Clause
		deals []Deal
		use   Use
		want  []string
	}{
		{
			"the law stands where the outlet is silent", "RU", nil, nil, translated,
			[]string{"credit.source must statute", "credit.author must statute", "translation.allowed liked statute permission grant=false"},
		},
		{
			"the outlet's own words come first where both ask", "AM",
			[]Clause{clauseOf(CreditSource, Must, Params{}), clauseOf(TranslationAllowed, Must, Params{Value: "yes"})},
			nil, translated,
			[]string{"credit.source must terms +statute", "credit.author must statute", "translation.allowed must terms yes"},
		},
		{
			"a must of the law stands over a wish of the outlet", "AM",
			[]Clause{clauseOf(CreditSource, Liked, Params{}), clauseOf(TranslationAllowed, Must, Params{Value: "yes"})},
			nil, translated,
			[]string{"credit.source must statute +terms", "credit.author must statute", "translation.allowed must terms yes"},
		},
		{"no grant", "", []Clause{ask, mayWith}, nil, translated, []string{"permission.required must terms grant=false", "translation.allowed must terms permission grant=false"}},
		{
			"a grant that covers both", "",
			[]Clause{ask, mayWith},
			[]Deal{deal(7, AllowText, AllowTranslation)},
			translated,
			[]string{"permission.required must terms grant=true by 7", "translation.allowed must terms permission grant=true by 7"},
		},
		{
			"leave to reprint is none to translate", "",
			[]Clause{ask, mayWith},
			[]Deal{deal(7, AllowText)},
			translated,
			[]string{"permission.required must terms grant=false", "translation.allowed must terms permission grant=false"},
		},
		{"an excerpt is not the whole", "", []Clause{ask}, []Deal{deal(7, AllowExcerpt)}, Use{Language: "en", At: now}, []string{"permission.required must terms grant=false"}},
		{"an excerpt", "", []Clause{ask}, []Deal{deal(7, AllowExcerpt)}, Use{Language: "en", At: now, Excerpt: true}, []string{"permission.required must terms grant=true by 7"}},
		{
			"a ban stands against a grant that does not lift it", "",
			[]Clause{mayNot},
			[]Deal{deal(7, AllowText, AllowTranslation)},
			translated,
			[]string{"translation.allowed must terms no"},
		},
		{
			"a ban lifted", "",
			[]Clause{mayNot},
			[]Deal{over(deal(7, AllowText, AllowTranslation))},
			translated,
			[]string{"translation.allowed must terms permission grant=true by 7"},
		},
		{
			"an agreement adds its clauses", "",
			[]Clause{share},
			[]Deal{{ID: 7, Origin: Origin{Basis: OnAgreement, ID: 7}, Clauses: []Clause{clauseOf(LimitShare, Must, Params{Percent: 20})}}},
			translated,
			[]string{"limit.share must agreement 20% +terms"},
		},
		{
			"a laxer agreement changes nothing ...", "",
			[]Clause{share},
			[]Deal{{ID: 7, Origin: Origin{Basis: OnAgreement, ID: 7}, Clauses: []Clause{clauseOf(LimitShare, Must, Params{Percent: 60})}}},
			translated,
			[]string{"limit.share must terms 30% +agreement"},
		},
		{"... unless it says so", "", []Clause{share}, []Deal{over(deal(7), clauseOf(LimitShare, Must, Params{Percent: 60}))}, translated, []string{"limit.share must agreement 60%"}},
		{"commercial use is a question without a grant", "", []Clause{clauseOf(PermissionCommercial, Must, Params{})}, nil, translated, []string{"permission.commercial must terms"}},
		{
			"and answered with one", "",
			[]Clause{clauseOf(PermissionCommercial, Must, Params{})},
			[]Deal{deal(7, AllowText, AllowTranslation, AllowCommercial)},
			translated,
			[]string{"permission.commercial must terms grant=true by 7"},
		},
		{"photos", "", []Clause{clauseOf(PermissionRequired, Must, Params{Scope: "photos"})}, []Deal{deal(7, AllowText)}, translated, []string{"permission.required must terms photos grant=false"}},
		{"photos with a grant", "", []Clause{clauseOf(PermissionRequired, Must, Params{Scope: "photos"})}, []Deal{deal(7, AllowPhoto)}, translated, []string{"permission.required must terms photos grant=true by 7"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := brief(Force(law(row.law), []Stated{said(1, row.terms...)}, row.deals, row.use))
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What keeps an agreement from covering a use: its time, its languages, its count.
func TestDealHolds(t *testing.T) {
	from, until := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	d := Deal{ID: 7, Languages: []string{"ru"}, From: from, Until: until, Max: 2, Used: 1}
	for _, row := range []struct {
		name   string
		change func(*Deal, *Use)
		want   bool
	}{
		{"within all bounds", func(*Deal, *Use) {}, true},
		{"at its beginning", func(_ *Deal, u *Use) { u.At = from }, true},
		{"before it", func(_ *Deal, u *Use) { u.At = from.Add(-1) }, false},
		{"just before its end", func(_ *Deal, u *Use) { u.At = until.Add(-1) }, true},
		{"at its end", func(_ *Deal, u *Use) { u.At = until }, false},
		{"without an end", func(d *Deal, u *Use) { d.Until, u.At = time.Time{}, until.AddDate(50, 0, 0) }, true},
		{"another language", func(_ *Deal, u *Use) { u.Language = "hy" }, false},
		{"any language", func(d *Deal, u *Use) { d.Languages, u.Language = nil, "hy" }, true},
		{"used up", func(d *Deal, _ *Use) { d.Used = 2 }, false},
		{"used up, by this page too", func(d *Deal, u *Use) { d.Used, u.Counted = 2, []int64{7} }, true},
	} {
		deal, use := d, Use{Language: "ru", At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
		row.change(&deal, &use)
		if got := deal.Holds(use); got != row.want {
			t.Errorf("%s: %v", row.name, got)
		}
	}
}

// drawClause draws a clause of few kinds and parameters, so that they meet often.
func drawClause(t *rapid.T) Clause {
	c := Clause{
		Kind:     rapid.SampledFrom(kinds).Draw(t, "kind"),
		Strength: rapid.SampledFrom([]Strength{Must, Should, Liked, ""}).Draw(t, "strength"),
		Quote:    rapid.SampledFrom([]string{"a", "b"}).Draw(t, "quote"),
	}
	word := rapid.SampledFrom([]string{"", "one", "one two", "three"})
	switch c.Kind {
	case LinkRequired, LinkVisible, LinkDirect:
		c.Target = rapid.SampledFrom([]string{"", "either", "homepage", "article"}).Draw(t, "target")
	case LinkPlace:
		c.Within = rapid.SampledFrom([]string{"top", "first_paragraph", "first_sentence", "paragraphs:2", "paragraphs:9", "end", "?"}).Draw(t, "within")
	case CreditWording, LimitReadMore:
		c.Text = word.Draw(t, "text")
	case EditDeclare:
		c.Text, c.TextAny = word.Draw(t, "text"), rapid.SliceOfN(word, 0, 2).Draw(t, "any")
	case CreditPlace:
		c.Where = rapid.SampledFrom([]string{"top", "first_paragraph", "end", "title"}).Draw(t, "where")
	case PermissionRequired, PermissionCommercial:
		c.Scope = rapid.SampledFrom([]string{"", "photos", "full_text", "commercial"}).Draw(t, "scope")
	case TranslationAllowed:
		c.Value = rapid.SampledFrom([]string{"no", "permission", "yes", "?"}).Draw(t, "value")
	case LimitShare:
		c.Percent = float64(rapid.IntRange(0, 3).Draw(t, "percent"))
	case LimitCount:
		c.Max, c.Unit = rapid.IntRange(0, 3).Draw(t, "max"), rapid.SampledFrom([]string{"words", "characters"}).Draw(t, "unit")
	case MediaExclude:
		c.Kinds = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"img", "video", "audio"}), rapid.ID).Draw(t, "kinds")
	case TimeEmbargo:
		c.Until = rapid.SampledFrom([]string{"2026-05-01T09:00", "2026-05-01T09:00Z", "2026-05-03", "2026-05-01T12:00+04:00", "soon"}).Draw(t, "until")
	case SEOCanonical:
		c.Value = rapid.SampledFrom([]string{"original", "self"}).Draw(t, "value")
	}
	return c
}

func drawDeals(t *rapid.T) []Deal {
	var out []Deal
	for i := range rapid.IntRange(0, 3).Draw(t, "deals") {
		out = append(out, Deal{
			ID: int64(i + 1), Allows: rapid.SliceOfDistinct(rapid.SampledFrom(Allowances()), rapid.ID).Draw(t, "allows"),
			Max: rapid.IntRange(0, 1).Draw(t, "max"), Clauses: rapid.SliceOfN(rapid.Custom(drawClause), 0, 3).Draw(t, "clauses"),
			Overrides: rapid.Bool().Draw(t, "overrides"), Origin: Origin{Basis: OnAgreement, ID: int64(i + 1)},
		})
	}
	return out
}

// What is in force does not depend on the order in which it was written down, and asks for nothing twice.
func TestForceOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := rapid.SliceOfN(rapid.Custom(drawClause), 0, 12).Draw(t, "terms")
		deals := drawDeals(t)
		use := Use{Language: "ru", Translation: rapid.Bool().Draw(t, "translation")}
		want := Force(law("AM"), []Stated{said(1, terms...)}, deals, use)
		got := Force(law("AM"), []Stated{said(1, rapid.Permutation(terms).Draw(t, "shuffled")...)}, rapid.Permutation(deals).Draw(t, "others"), use)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order (-want +got):\n%s", diff)
		}
		for i, a := range want {
			for k, b := range want {
				if i != k && a.Kind != TranslationAllowed && a.implies(b.Clause) { // a lifted ban reads like a permission
					t.Fatalf("%+v stands beside %+v, which asks for no more", a, b)
				}
			}
		}
	})
}

// Another clause never makes what is in force laxer: all that was asked before is still asked, at least as strictly. The
// one exception is the outlet's own word on a permission that the law reserves.
func TestForceNeverLaxer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := rapid.SliceOfN(rapid.Custom(drawClause), 0, 12).Draw(t, "terms")
		more := rapid.Custom(drawClause).Draw(t, "more")
		use := Use{Language: "ru", Translation: true}
		deals := drawDeals(t)
		before := Force(law("RU"), []Stated{said(1, terms...)}, deals, use)
		after := Force(law("RU"), []Stated{said(1, terms...), said(2, more)}, deals, use)
		for _, r := range before {
			if r.Origin.Basis == OnStatute && isPermission(r.Kind) && more.Kind == r.Kind {
				continue
			}
			if !slices.ContainsFunc(after, func(s Ruling) bool { return s.implies(r.Clause) || s.Answered != nil && s.Kind == r.Kind }) {
				t.Fatalf("with %+v nothing asks for %+v any more", more, r)
			}
			if r.Grant != nil && !*r.Grant && !slices.ContainsFunc(after, func(s Ruling) bool {
				return s.Kind == r.Kind && (s.Grant != nil && !*s.Grant || s.Value == "no" || s.dependsOnUse())
			}) {
				t.Fatalf("with %+v the permission %+v is no longer missing", more, r)
			}
		}
	})
}

// Words that imply each other in steps imply each other at once; and every clause implies itself.
func TestImpliesIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Custom(drawClause).Draw(t, "a")
		b, c := rapid.Custom(drawClause).Draw(t, "b"), rapid.Custom(drawClause).Draw(t, "c")
		b.Kind, c.Kind = a.Kind, a.Kind
		if !a.implies(a) {
			t.Fatalf("%+v does not imply itself", a)
		}
		if a.implies(b) && b.implies(c) && !a.implies(c) {
			t.Fatalf("%+v, %+v, %+v", a, b, c)
		}
	})
}
