package rights

import "slices"

// demand is how strongly a unit asks for something.
type demand int

const (
	notAsked demand = iota
	forbidden
	notNeeded
	liked
	asked // should
	demanded
)

func (d demand) strength() Strength {
	switch d {
	case asked:
		return Should
	case liked:
		return Liked
	}
	return Must
}

// read applies the rules to one unit.
func (r *reader) read(u *unit) {
	if !r.speaksOfTerms(u) {
		return
	}
	r.readLink(u)
	r.readCredit(u)
	r.readPermission(u)
	r.readTranslation(u)
	r.readLicense(u)
	r.readPersonal(u)
	r.readLimit(u)
	r.readDuties(u)
	r.readFreedom(u)
	r.readCondition(u)
}

// speaksOfTerms is false for units that are plainly about something else: cookies, forms, comments, the news.
func (r *reader) speaksOfTerms(u *unit) bool {
	strong := u.has[cReuse] && u.any(cMust, cBan, cOnlyIf, cPermission, cAllow, cAsk)
	switch {
	case u.has[cNav] && (u.to-u.from <= 8 && !r.invites(u) || u.to-u.from <= 12 && !u.any(cMust, cAllow, cBan, cOnlyIf)):
	case u.has[cCookie] && !u.has[cReuse]:
	case u.has[cComment] && !strong:
	case u.has[cPrivacy] && !strong:
	case u.has[cForm] && !u.has[cReuse] && !(u.has[cActive] && u.has[cMust] && u.has[cHyper]) && !(u.has[cCredit] && u.has[cAuthor]) && !(u.has[cBan] && u.pair(cUse)) && !(u.has[cNotMust] && r.IsPolicy) && !(r.all[cReuse] && u.any(cMust, cOnlyIf, cBan, cShould)):
	case u.has[cReported] && !(u.has[cReuse] && u.any(cOnlyIf, cOral)) && !(u.has[cWording] && u.has[cMust]), u.has[cNotLiable]:
	case r.all[cSubmission] && !r.all[cRepublisher] && !r.ours() && !(r.all[cFirst] && r.all[cWording]):
	case u.has[cOwnWay] && !u.any(cYou, cAllow, cLicense, cMust):
	case u.has[cSaid] && !u.any(cOurs, cSiteOf, cYou) && !(u.has[cReuse] && u.any(cOnlyIf, cOral)):
	case u.has[cElsewhere] && !u.any(cOurs, cSiteOf, cHyper, cLink) && !(u.has[cBulk] && u.has[cBan]):
	case u.has[cLiability] && !u.any(cEndorse, cReuse, cMust, cOnlyIf, cBan, cDont):
	case r.isNews(u):
	case r.Where == "form" || r.Where == "cookie":
	default:
		return true
	}
	return false
}

// invites says whether the unit speaks to the reader as a person, not as a button does: “please copy and share this leaflet”.
func (r *reader) invites(u *unit) bool {
	switch r.words[u.from].fold {
	case "please", "you", "feel":
		return u.has[cAllow]
	}
	return false
}

// isNews says whether the unit tells what happened, rather than what is asked.
func (r *reader) isNews(u *unit) bool {
	if !u.has[cNews] {
		return u.has[cLaw] && !u.any(cOurs, cSiteOf, cYou, cMust, cOnlyIf, cBan, cSite, cLicense, cEmbargo)
	}
	if u.has[cLaw] || r.all[cLaw] {
		return true
	}
	return !u.any(cMust, cBan, cAllow, cOurs, cSiteOf, cYou, cOnly, cAct)
}

// ours says whether the statement speaks of the outlet and what it publishes, by name or as its own.
func (r *reader) ours() bool {
	if r.all[cSiteOf] {
		return true
	}
	for i := range r.units {
		if r.owns(&r.units[i]) {
			return true
		}
	}
	for i := range r.words {
		if r.outlet[r.words[i].fold] {
			return true
		}
	}
	return false
}

// context says whether reuse is spoken of here or earlier in the statement.
func (r *reader) context() bool {
	return r.all[cReuse] || r.all[cUse] && r.all[cMaterial]
}

// sentenceHas says whether another unit of u's sentence has the concept.
func (r *reader) sentenceHas(u *unit, c concept) bool {
	for i := range r.units {
		if r.units[i].sentence == u.sentence && r.units[i].has[c] {
			return true
		}
	}
	return false
}

// demandOf weighs the words around a link or a credit.
func (r *reader) demandOf(u *unit, what mention) demand {
	must := min(r.distance(u, what, cMust), r.distance(u, what, cOnlyIf))
	switch {
	case r.forbids(u, what):
		return forbidden
	case u.has[cBan] && r.isEven(u, what):
		return notAsked // “even with a link it is not allowed”
	case u.has[cAllow] && !u.any(cBan, cNotMust, cOnly) && r.isWithout(u, what):
		return notNeeded
	case u.has[cNotMust] && !u.has[cWithout] && r.distance(u, what, cNotMust) <= must:
		return notNeeded
	case u.has[cLiked] && !r.likesIf(u) && r.distance(u, what, cOnlyIf) <= r.distance(u, what, cLiked) && (u.has[cReuse] || r.distance(u, what, cOnlyIf) < r.distance(u, what, cLiked)):
		return demanded
	case u.has[cMust]:
		return demanded
	case u.has[cBan] && u.has[cFollow]:
		return demanded // links must not be closed to search engines
	case u.has[cLiked] && !u.any(cBan):
		return liked
	case u.has[cWithout] && u.has[cBan]:
		return demanded
	case u.has[cOnlyIf]:
		return demanded
	case u.has[cShould]:
		return asked
	case u.has[cBan] || u.has[cDont] && !u.has[cOnlyIf]:
		if r.opensWith(u, cBan, cDont) || r.precededBy(u, what, cDont) {
			return forbidden
		}
	case u.has[cAct], u.has[cLinkTo]:
		return demanded
	case u.has[cWith] && (u.reuses() || u.has[cAllow] || r.context()):
		return demanded
	case u.reuses() && what.concept == cHyper:
		return demanded
	case r.sentenceHas(u, cMust), r.sentenceHas(u, cOnlyIf), r.sentenceHas(u, cWhen):
		return demanded
	case r.isListItem(u):
		return demanded
	}
	return notAsked
}

// isEven says whether “even with” stands before what.
func (r *reader) isEven(u *unit, what mention) bool {
	return slices.ContainsFunc(u.spans, func(s mention) bool {
		return s.concept == cEven && s.from <= what.from && what.from-s.to <= 6
	})
}

// isListItem says whether the unit is an item of a list of duties, whose verb stood above it: «указание автора и наличие ссылки».
func (r *reader) isListItem(u *unit) bool {
	if u.from > 0 || u.any(cMust, cBan, cAllow, cNotMust, cLiked, cSaid, cNews) {
		return false
	}
	switch r.words[u.from].fold {
	case "указание", "наличие", "размещение", "установка", "сохранение", "упоминание":
		return true
	}
	return false
}

// likesIf says whether an “if” stands right behind a wish, and tells what is wished: “it would be better if you name …”.
func (r *reader) likesIf(u *unit) bool {
	for _, s := range u.spans {
		if s.concept == cOnlyIf && isIf(r.words[s.from].fold) && slices.ContainsFunc(u.spans, func(o mention) bool {
			return o.concept == cLiked && o.to <= s.from && s.from-o.to <= 1
		}) {
			return true
		}
	}
	return false
}

func isIf(fold string) bool { return fold == "if" || fold == "если" || fold == "եթե" }

// forbids says whether “do not” stands right before what: “please do not link to …”.
func (r *reader) forbids(u *unit, what mention) bool {
	for _, s := range u.spans {
		if s.concept == cDont && s.to <= what.from && what.from-s.to <= 1 {
			return true
		}
	}
	return false
}

// isWithout says whether “without” stands right before what: “may be copied without a link”.
func (r *reader) isWithout(u *unit, what mention) bool {
	for _, s := range u.spans {
		if s.concept == cWithout && s.to <= what.from && what.from-s.to <= 2 && !u.between(s, what, cPermission) && !r.isInside(u, s, cNoNeed) {
			return true
		}
	}
	return false
}

// isInside says whether a mention of c takes s in.
func (r *reader) isInside(u *unit, s mention, c concept) bool {
	return slices.ContainsFunc(u.spans, func(o mention) bool { return o.concept == c && o.from <= s.from && s.to <= o.to })
}

// distance is the number of words between what and the nearest span of c; more than a unit holds where there is none.
func (r *reader) distance(u *unit, what mention, c concept) int {
	if !u.has[c] {
		return maxUnit + 1
	}
	return r.closerTo(u, what, c)
}

// precededBy says whether a span of c stands within six words before what.
func (r *reader) precededBy(u *unit, what mention, c concept) bool {
	for _, s := range u.spans {
		if s.concept == c && s.to <= what.from && what.from-s.to <= 6 {
			return true
		}
	}
	return false
}

func (r *reader) opensWith(u *unit, cs ...concept) bool {
	s, ok := u.first(cs...)
	return ok && s.from-u.from <= 1
}
