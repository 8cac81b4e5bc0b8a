package rights

import (
	"slices"
	"strings"
)

func (r *reader) readPermission(u *unit) {
	about := r.IsPolicy || u.reuses() || u.any(cTranslate, cEdit) && (r.all[cMaterial] || u.any(cOurs, cSiteOf, cAuthor)) || u.has[cTranslate] && u.any(cAllow, cBan, cPermission) || r.context() || u.has[cOtherCases]
	if _, ok := u.first(cNoNeed); ok && !u.has[cBan] && (about || u.has[cUse]) {
		r.IsPolicy = true
		if r.PermissionRequired == nil {
			r.PermissionRequired = new(false)
		}
		r.because("permission: not needed")
		return
	}
	if u.has[cNoNeed] && !u.has[cBan] {
		return
	}
	if r.frees(u) && (about || u.has[cUse]) {
		r.IsPolicy = true
		if r.PermissionRequired == nil {
			r.PermissionRequired = new(false)
		}
		r.because("permission: allowed without")
		return
	}
	if s, ok := u.first(cAsk); ok && !u.has[cNotify] && (about || u.any(cCommercial, cPurpose, cProfitUse)) {
		r.permit(u, s, "ask")
		return
	}
	if r.grants(u) {
		return
	}
	if s, ok := u.first(cPermission, cNoNeed); ok && !u.has[cLicense] {
		if w, ok := u.first(cWording); ok && w.to <= s.from && !u.any(cWithout, cOnly) {
			return // the consent is part of what is to be written: “carry the message: reprinted with permission”
		}
		bound := u.any(cWithout, cOnlyIf, cMust, cOnly, cWith, cBan)
		if bound && (about || u.any(cPhoto, cMaterial, cOurs, cSiteOf, cProfitUse, cPurpose) && u.any(cBan, cOnly, cWithout, cMust)) {
			r.permit(u, s, "consent")
		}
		return
	}
	s, ok := u.first(cBan)
	if !ok {
		if s, ok = r.dontBefore(u, cReuse); !ok || r.isOfOther(u, s) {
			return
		}
	}
	if e, ok := u.first(cEndorse); ok && s.from <= e.from && e.from-s.to <= 3 {
		return // the endorsement is what must not be
	}
	if w, ok := u.first(cLimitWord); ok && s.to <= w.from && w.to < u.to && r.words[w.to].number && !u.any(cLimit) {
		return // “not permitted to reprint over 300 articles”
	}
	if u.has[cEmbargo] && !u.any(cFullOrPart) {
		return // not yet is not never
	}
	if !u.reuses() && !(u.has[cUse] && r.sentenceHas(u, cMaterial)) && !(u.has[cTranslate] && r.context()) && !(u.any(cPhoto) && u.any(cUse)) {
		return
	}
	if u.has[cHolds] && !u.has[cWithout] {
		r.permit(u, s, "ban")
		return
	}
	if u.has[cEssential] || u.any(cHyper, cLink) && r.closerTo(u, s, cReuse, cUse) > 2 {
		return
	}
	if u.has[cWithout] && u.any(cHyper, cLink, cCredit, cSource) || u.has[cOnlyIf] && u.any(cHyper, cLink, cCredit) {
		return
	}
	if u.has[cBulk] && !u.any(cFull, cFullOrPart) && !r.bansBulk(u, s) || u.has[cLimit] && u.has[cLimitWord] {
		return
	}
	if r.isOccasion(u) && u.has[cReuse] && (u.has[cEndorse] || !u.has[cUse]) {
		return // “when republishing, do not …” bans something else
	}
	if b, ok := u.first(cResale, cWindow); ok && s.to <= b.from && r.isPart(b) {
		return // “behind a paywall”, “older than six months”: the ban is on some of it
	}
	if u.has[cNoAds] || u.has[cResale] && !u.has[cReuse] && !r.usesToSell(u, s) || u.any(cUnchanged, cEdit) && (!u.has[cReuse] || r.isOccasion(u)) {
		return
	}
	r.permit(u, s, "ban")
}

// frees says whether the unit allows reuse without consent: “may be copied for any purpose without permission”.
func (r *reader) frees(u *unit) bool {
	p, ok := u.first(cPermission)
	if !ok || !u.has[cAllow] || u.has[cBan] || slices.ContainsFunc(u.spans, func(s mention) bool {
		return (s.concept == cMust || s.concept == cOnly || s.concept == cDont) && s.to <= p.from
	}) {
		return false
	}
	allow, _ := u.first(cAllow)
	for _, s := range u.spans {
		if s.concept == cWithout && isWithoutWord(r.words[s.from].fold) && s.to <= p.from && p.from-s.to <= 4 && (allow.to <= s.from || r.isArmenianText()) {
			return true
		}
	}
	return false
}

func isWithoutWord(fold string) bool { return fold != "unless" && !strings.HasPrefix(fold, "except") }

// grants says whether the unit gives the permission it speaks of: “permission is granted to …”.
func (r *reader) grants(u *unit) bool {
	p, ok := u.first(cPermission)
	if !ok {
		return false
	}
	for _, s := range u.spans {
		if s.concept == cAllow && s.from <= p.from && p.to <= s.to && s.to-s.from > p.to-p.from {
			return p.from == u.from || !u.any(cWithout, cBan, cWhen)
		}
	}
	return false
}

// closerTo is the number of words between s and the nearest mention of one of the concepts.
func (r *reader) closerTo(u *unit, s mention, cs ...concept) int {
	best := maxUnit
	for _, o := range u.spans {
		for _, c := range cs {
			if o.concept == c {
				best = min(best, max(o.from-s.to, s.from-o.to, 0))
			}
		}
	}
	return best
}

// isOccasion says whether the unit names the reuse only as the occasion of another ban: “when republishing, do not shorten”.
func (r *reader) isOccasion(u *unit) bool {
	for _, s := range u.spans {
		if s.concept != cReuse {
			continue
		}
		if !r.followsWhen(u, s) && !strings.HasSuffix(r.words[s.from].fold, "լիս") {
			return false
		}
	}
	return true
}

// followsWhen says whether one of the three words before s says that it is an occasion.
func (r *reader) followsWhen(u *unit, s mention) bool {
	for i := max(u.from, s.from-3); i < s.from; i++ {
		switch r.words[i].fold {
		case "при", "when", "while", "upon", "if", "whenever", "если", "когда", "երբ", "եթե":
			return true
		}
	}
	return false
}

// dontBefore finds a “do not” that a mention of c follows within two words.
func (r *reader) dontBefore(u *unit, c concept) (mention, bool) {
	for _, s := range u.spans {
		if s.concept != cDont {
			continue
		}
		for _, o := range u.spans {
			if o.concept == c && o.from >= s.to && o.from-s.to <= 2 && !u.between(s, o, cEdit) {
				return s, true
			}
		}
	}
	return mention{}, false
}

// isOfOther says whether what follows the verb of reuse behind the mention s is something else than material: “do not copy the
// error”. Nothing may follow it (“do not reproduce”), or where and how it is done (“… in any form”).
func (r *reader) isOfOther(u *unit, s mention) bool {
	if u.any(cMaterial, cOurs, cSiteOf, cPhoto) || !isLatin(r.Text) {
		return !u.any(cMaterial, cOurs, cSiteOf, cPhoto)
	}
	verb := s
	for _, o := range u.spans {
		if (o.concept == cReuse || o.concept == cUse) && o.from >= s.to && o.from-max(s.to, verb.to) <= 2 {
			verb = o
		}
	}
	for i := verb.to; i < u.to; i++ {
		switch r.words[i].fold {
		case "it", "them", "this", "these", "any", "all", "please", "or", "and":
		case "in", "on", "without", "elsewhere", "anywhere", "unless", "for", "from", "by", "with", "except", "to", "online", "outside", "at", "as":
			return false
		default:
			return true
		}
	}
	return false
}

// permit notes that consent is needed or reuse is banned, and for what.
func (r *reader) permit(u *unit, what mention, why string) {
	r.IsPolicy = true
	scope := r.scopeOf(u, what)
	if !isTrue(r.PermissionRequired) {
		r.PermissionRequired = new(true)
		r.PermissionScope = scope
	} else if scope == "" {
		r.PermissionScope = ""
	}
	r.because("permission: " + why)
	if scope == "full_text" && r.all[cPartial] && r.all[cAllow] && r.ExcerptLimit == "" {
		r.ExcerptLimit = "part only without permission"
	}
	if why == "ban" && scope == "commercial" && !u.any(cWithout, cOnlyIf) {
		r.Noncommercial = new(true)
	}
	if scope == "commercial" {
		r.clause(PermissionCommercial, Params{Scope: scope}, Must, u, what)
		return
	}
	r.clause(PermissionRequired, Params{Scope: scope}, Must, u, what)
}

// scopeOf says what part of reuse needs the consent.
func (r *reader) scopeOf(u *unit, what mention) string {
	if s, ok := u.first(cFull); ok && !u.has[cFullOrPart] && (!u.has[cPartial] || s.from < what.from) {
		return "full_text"
	}
	if u.has[cPurpose] || u.has[cProfitUse] && u.reusesForProfit() {
		return "commercial"
	}
	if u.has[cPhoto] && !u.has[cText] && !r.mixesMaterial(u) || r.isOfPhotos(u) {
		return "photos"
	}
	if u.has[cEdit] && !u.has[cReuse] && (!u.pair(cUse) || r.usesLater(u)) {
		return "editing"
	}
	return ""
}

// usesLater says whether the unit speaks of use only as of what comes after the consent: “for approval prior to publication”.
func (r *reader) usesLater(u *unit) bool {
	for _, s := range u.spans {
		if s.concept == cUse && s.from > u.from {
			switch r.words[s.from-1].fold {
			case "before", "to", "prior", "перед", "до":
			default:
				return false
			}
		}
	}
	return true
}

// bansBulk says whether copying by machine is itself what is prohibited, not what somebody is asked not to do with an article.
func (r *reader) bansBulk(u *unit, ban mention) bool {
	bulk, _ := u.first(cBulk)
	reuse, ok := u.first(cReuse)
	return ok && u.has[cMaterial] && bulk.from < reuse.from && reuse.to <= ban.from && reuse.from-bulk.to <= 2
}

// usesToSell says whether use is what is banned, and selling only what it would be for.
func (r *reader) usesToSell(u *unit, ban mention) bool {
	sale, _ := u.first(cResale)
	return slices.ContainsFunc(u.spans, func(s mention) bool {
		return s.concept == cUse && ban.to <= s.from && s.to <= sale.from && sale.from-s.to > 1 && u.pair(cUse)
	})
}

// isPart says whether the mention narrows a ban to some reuse that is no scope of its own.
func (r *reader) isPart(s mention) bool {
	switch r.words[s.from].fold {
	case "behind", "older":
		return true
	}
	return false
}

// isOfPhotos says whether a pronoun of the unit stands for the pictures of the unit before it.
func (r *reader) isOfPhotos(u *unit) bool {
	if u.from == 0 || u.any(cMaterial, cPhoto, cText) {
		return false
	}
	var before *unit
	for i := range r.units {
		if r.units[i].to == u.from {
			before = &r.units[i]
		}
	}
	if before == nil || !before.has[cPhoto] || before.has[cText] || r.mixesMaterial(before) {
		return false
	}
	for i := u.from; i < u.to; i++ {
		switch r.words[i].fold {
		case "them", "they", "these", "any", "их", "они", "ими", "դրանք", "դրանց", "նրանք":
			return true
		}
	}
	return false
}

// reusesForProfit says whether the unit speaks of no other reuse than commercial reuse.
func (u *unit) reusesForProfit() bool {
	for _, s := range u.spans {
		if s.concept == cReuse && !slices.ContainsFunc(u.spans, func(o mention) bool {
			return o.concept == cProfitUse && o.from <= s.from && s.to <= o.to
		}) {
			return false
		}
	}
	return true
}

// mixesMaterial says whether the unit names another material than pictures.
func (r *reader) mixesMaterial(u *unit) bool {
	for _, s := range u.spans {
		if s.concept != cMaterial {
			continue
		}
		covered := false
		for _, p := range u.spans {
			switch p.concept {
			case cPhoto, cSite, cUse, cReuse: // “pictures on this site”, «публикация снимков»
				covered = covered || p.from == s.from || p.concept == cPhoto && p.from <= s.from && s.to <= p.to
			case cOurs:
				covered = covered || p.from <= s.from && s.to <= p.to
			}
		}
		if !covered {
			return true
		}
	}
	return false
}
