package rights

import (
	"slices"
	"strings"
)

func (r *reader) readTranslation(u *unit) {
	s, ok := u.first(cTranslate)
	if !ok || !u.any(cAllow, cMust, cOnlyIf, cBan, cPermission, cReuse, cAsk, cDont, cAct) {
		return
	}
	value := ""
	switch {
	case u.has[cNoNeed]:
		value = "yes"
	case u.any(cPermission, cAsk):
		value = "permission"
	case u.any(cBan, cDont) && !u.any(cWithout):
		value = "no"
	case u.any(cAllow, cMust, cOnlyIf), u.any(cReuse, cAct) && u.any(cOurs, cSiteOf, cYou):
		value = "yes"
	}
	if value == "" || r.TranslationAllowed != "unstated" || !r.IsPolicy && !r.context() && !u.any(cMaterial, cOurs, cSiteOf, cReuse, cUse) && s.from > u.from {
		return
	}
	r.IsPolicy = true
	r.TranslationAllowed = value
	r.because("translation: " + value)
	r.clause(TranslationAllowed, Params{Value: value}, Must, u, s)
}

// readLicense reads what a licence known by name allows.
func (r *reader) readLicense(u *unit) {
	s, ok := u.first(cLicense)
	if !ok || u.has[cNews] && !u.any(cAllow, cMaterial) {
		return
	}
	r.IsPolicy = true
	r.because("licence")
	var by, nc, nd, sa, zero bool
	for i := u.from; i < u.to; i++ {
		f := r.words[i].fold
		if r.words[i].host {
			f = strings.ReplaceAll(f, "/", " ")
		}
		short := strings.HasPrefix(f, "ccby") || strings.HasPrefix(f, "bync") || strings.HasPrefix(f, "bysa") || strings.HasPrefix(f, "bynd")
		by = by || short || f == "by" || strings.HasPrefix(f, "attribution") || strings.Contains(f, "атрибуц") || strings.HasPrefix(f, "авторств")
		nc = nc || strings.Contains(f, "noncommercial") || short && strings.Contains(f, "nc") || strings.Contains(f, "некоммерч") || f == "nc"
		nd = nd || strings.Contains(f, "noderiv") || strings.HasPrefix(f, "deriv") || short && strings.Contains(f, "nd") || f == "nd"
		sa = sa || strings.Contains(f, "sharealike") || short && strings.Contains(f, "sa") || f == "alike" || f == "sa"
		if rest, ok := strings.CutPrefix(f, "сс"); ok { // Cyrillic letters
			by, nc, nd, sa = by || strings.HasPrefix(rest, "by"), nc || strings.Contains(rest, "nc"), nd || strings.Contains(rest, "nd"), sa || strings.Contains(rest, "sa")
		}
		zero = zero || strings.HasPrefix(f, "cc0")
		by = by || strings.HasPrefix(f, "ogl") || f == "government"
	}
	if r.words[s.from].fold == "by" && u.has[cLicense] {
		// "by @num": nothing more to learn
		by = true
	}
	s.to = min(u.to, s.to+8) // the name of the licence goes on behind its first words
	if by {
		r.CreditRequired = new(true)
		r.clause(CreditSource, Params{}, Must, u, s)
	}
	if nc {
		r.Noncommercial = new(true)
		r.clause(PermissionCommercial, Params{Scope: "commercial"}, Must, u, s)
	}
	switch {
	case nd:
		r.TranslationAllowed = "permission"
	case (by || sa || zero) && r.TranslationAllowed == "unstated":
		r.TranslationAllowed = "yes"
	}
	if r.TranslationAllowed != "unstated" {
		r.clause(TranslationAllowed, Params{Value: r.TranslationAllowed}, Must, u, s)
	}
}

func (r *reader) readPersonal(u *unit) {
	s, ok := u.first(cPersonalUse)
	if !ok {
		if s, ok = u.first(cPersonal); !ok || !u.any(cOnly, cAllow, cOnlyIf, cLicense) || !u.any(cMaterial, cUse, cReuse) {
			return
		}
	}
	if !u.any(cMaterial, cUse, cReuse, cPhoto, cLicense) {
		return // a project, not its texts, is not for profit
	}
	if !u.any(cOnly, cAllow) && u.any(cMust, cHyper, cLink) && r.followsWhen(u, s) {
		return // an occasion: “when quoting for non-commercial purposes, a link is mandatory”
	}
	if (u.has[cNoNeed] || r.frees(u)) && !u.has[cOnly] && s.concept == cPersonal {
		return // what personal use needs no consent for may be done by others with it
	}
	if r.isBoth(u) || u.has[cPrivacy] {
		return
	}
	r.IsPolicy = true
	r.Noncommercial = new(true)
	r.because("personal use only")
	r.clause(PermissionCommercial, Params{Scope: "commercial"}, Must, u, s)
}

// isBoth says whether the unit names commercial and non-commercial use alike.
func (r *reader) isBoth(u *unit) bool {
	for i := u.from + 1; i+1 < u.to; i++ {
		switch r.words[i].fold {
		case "or", "and", "as", "или", "и", "как", "так", "կամ", "եւ", "ու", "թե":
			if isCommercial(r.words[i-1].fold) != isCommercial(r.words[i+1].fold) && r.isNoncommercial(i-1) != r.isNoncommercial(i+1) {
				return true
			}
		}
	}
	return false
}

func isCommercial(fold string) bool {
	return strings.HasPrefix(fold, "commercial") || strings.HasPrefix(fold, "коммерч") || strings.HasPrefix(fold, "առեւտր")
}

// isNoncommercial says whether word i, or the two words from it, say non-commercial.
func (r *reader) isNoncommercial(i int) bool {
	f := r.words[i].fold
	return strings.Contains(f, "noncommercial") || strings.HasPrefix(f, "некоммерч") || strings.HasPrefix(f, "ոչառեւտր") ||
		f == "ոչ" && i+1 < len(r.words) && isCommercial(r.words[i+1].fold)
}

func (r *reader) readLimit(u *unit) {
	if s, ok := u.first(cEssential); ok && u.any(cMust, cBan, cNotMust, cDont) && (u.has[cReuse] || r.context()) {
		r.IsPolicy = true
		r.because("limit: essential part")
		if r.ExcerptLimit == "" {
			r.ExcerptLimit = "must not disclose the essential part"
		}
		r.clause(LimitEssential, Params{}, Must, u, s)
		return
	}
	s, ok := u.first(cLimit)
	if !ok || !u.any(cReuse, cPartial) && !u.pair(cUse) && !(u.has[cUse] && u.has[cLimitWord] && u.any(cAllow, cBan, cOnly)) && !r.all[cReuse] || !u.any(cAllow, cBan, cMust, cOnlyIf, cOnly, cLimitWord) {
		return
	}
	if place, ok := u.first(cFirstPara, cBeginning, cEnd); ok && !u.has[cLimitWord] && !(u.has[cOnly] && !u.any(cHyper, cLink, cCredit)) && (place.from < s.from || s.to < place.to) {
		return
	}
	text, p := r.limitOf(s)
	if text == "" {
		return
	}
	r.IsPolicy = true
	r.because("limit: " + text)
	if r.ExcerptLimit == "" {
		r.ExcerptLimit = text
	}
	kind := LimitCount
	if p.Percent > 0 {
		kind = LimitShare
	}
	r.clause(kind, p, Must, u, s)
	r.furtherLimits(u, s)
}

// furtherLimits reads the measures joined to the first: “no more than 300 words or 10 % of the article”.
func (r *reader) furtherLimits(u *unit, first mention) {
	last := first
	for _, s := range u.spans {
		if s.concept != cLimit || s.from < last.to || s.from-last.to > 6 || !r.joined(last.to, s.from) {
			continue
		}
		text, p := r.limitOf(s)
		if text == "" {
			continue
		}
		kind := LimitCount
		if p.Percent > 0 {
			kind = LimitShare
		}
		r.because("limit: " + text)
		r.clause(kind, p, Must, u, s)
		last = s
	}
}

// joined says whether one of the words [from, to) is “or” or “and”.
func (r *reader) joined(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.words[i].fold {
		case "or", "and", "или", "и", "либо", "կամ", "եւ", "ու":
			return true
		}
	}
	return false
}

// readCondition reads a condition on reuse that is none of the above: “any site our stories appear on must …”.
func (r *reader) readCondition(u *unit) {
	if !r.IsPolicy && u.reuses() && u.any(cMust, cBan, cDont, cShould) && (u.any(cOurs, cSiteOf) || u.has[cReuse] && (u.has[cYou] || r.all[cOurs] || u.has[cMaterial] && r.opensWith(u, cDont))) && !u.has[cNews] {
		r.IsPolicy = true
		r.because("reuse: a condition")
	}
}

// readFreedom reads a plain permission: “feel free to republish our stories”.
func (r *reader) readFreedom(u *unit) {
	if u.any(cBan, cNews) {
		return
	}
	if u.has[cOnly] && u.has[cAllow] && u.has[cUse] && r.usesWork(u) && !u.has[cPersonal] {
		r.IsPolicy = true
		r.because("reuse: only for a purpose")
	}
	if u.has[cReader] && u.any(cAllow, cMaterial) && (r.all[cReuse] || r.usesWork(u) && (u.has[cAllow] || u.has[cAct] && r.owns(u))) {
		r.IsPolicy = true
		r.because("reuse: free")
	}
	if !u.has[cAllow] {
		return
	}
	const short = 14
	if u.has[cReuse] && u.has[cMaterial] && slices.ContainsFunc(u.spans, func(s mention) bool {
		return s.concept == cReuse && r.isInside(u, s, cAllow)
	}) {
		r.IsPolicy = true
		r.because("reuse: may be reused")
	}
	if r.grants(u) && (u.has[cReuse] || r.usesWork(u)) {
		r.IsPolicy = true
		r.because("reuse: granted")
	}
	if u.has[cReuse] && (u.any(cOurs, cSiteOf, cReader) || (u.any(cMaterial, cYou) || !isLatin(r.Text)) && u.to-u.from <= short) || u.pair(cUse) && (u.any(cSiteOf, cOnlyIf) || r.owns(u) && (r.usesWork(u) || !isLatin(r.Text))) {
		r.IsPolicy = true
		r.because("reuse: allowed")
	}
}

// usesWork says whether the unit speaks of using material that can be copied: a site that is free to use is none.
func (r *reader) usesWork(u *unit) bool {
	if !u.pair(cUse) {
		return false
	}
	for _, s := range u.spans {
		if s.concept != cMaterial {
			continue
		}
		switch r.words[s.to-1].fold {
		case "site", "website", "page", "pages", "blog", "portal":
		default:
			return true
		}
	}
	return false
}

func isLatin(text string) bool { return scriptOf(text) == "en" }
