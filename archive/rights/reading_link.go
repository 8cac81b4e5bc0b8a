package rights

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readLink reads whether a hyperlink is asked for, where to, and where it stands.
func (r *reader) readLink(u *unit) {
	if u.has[cHolds] && u.has[cBan] && !u.has[cWithout] {
		return // the reference is what the material holds
	}
	link, ok := u.firstOutside(cKeepLinks, cHyper, cLinkTo)
	hyper := ok
	if !ok {
		if link, ok = u.firstOutside(cKeepLinks, cLink); !ok {
			if (u.has[cFirstPara] || u.has[cBeginning]) && isTrue(r.RequiresHyperlink) && !u.has[cLiked] {
				r.readPlace(u, link)
			}
			return
		}
		if r.namesSite(u, link) || u.has[cFollow] || u.has[cActive] || r.isPlaced(u) {
			hyper = true // only a hyperlink can be open to search engines or active, or is put somewhere
		}
	}
	if f, ok := u.first(cFont); ok && f.from < link.from {
		return // “the font of the link must not be smaller”: a link that something else asks for
	}
	if u.has[cLicenceLink] && !u.any(cSite, cArticle, cSource) {
		d := r.demandOf(u, link)
		if d >= asked {
			r.IsPolicy = r.IsPolicy || u.any(cMaterial, cReuse, cUse) || r.context()
			r.clause(CreditLicenceLink, Params{}, d.strength(), u, link)
		}
		return
	}
	d := r.demandOf(u, link)
	if d == notAsked {
		return
	}
	target := r.targetOf(u)
	if u.has[cCanonical] {
		target = "article"
	}
	if notify, ok := u.first(cNotify); ok && notify.from <= link.from && link.to <= notify.to {
		return
	}
	known := r.IsPolicy || r.namesTarget(u, target) || u.reuses() || u.any(cSource, cCredit, cFirstPara, cBeginning, cEnd, cAnywhere, cFollow, cActive, cDirect, cOurs, cSiteOf) || r.context()
	if !known {
		return
	}
	if !hyper {
		switch {
		case d == forbidden:
			r.IsPolicy = true
			r.RequiresHyperlink = new(false)
			r.because("link: forbidden")
		case d == notNeeded || d == liked:
			if !r.context() && !r.IsPolicy && !u.any(cCredit, cWhen) {
				return
			}
			r.IsPolicy = true
			if r.RequiresHyperlink == nil && !r.isToSource(u, link) {
				r.RequiresHyperlink = new(false)
			}
			r.because("link: not needed")
		case d >= asked:
			r.reference(u, link, d)
		}
		return
	}
	switch d {
	case forbidden, notNeeded, liked:
		if d == forbidden && !r.all[cReuse] && !u.any(cOurs, cSiteOf) {
			return
		}
		if r.RequiresHyperlink == nil {
			r.RequiresHyperlink = new(false)
		}
		r.IsPolicy = true
		r.because("link: not needed")
		if d == liked {
			r.clause(LinkRequired, Params{Target: clauseTarget(target)}, Liked, u, link)
		}
		return
	}
	if r.isEither(u, link) {
		r.because("link: either a link or a mention")
		r.credit(u, link, d)
		return
	}
	r.IsPolicy = true
	r.because("link: demanded")
	r.RequiresHyperlink = new(true)
	if r.LinkTarget == "" || r.LinkTarget == "any" {
		r.LinkTarget = target
	}
	r.clause(LinkRequired, Params{Target: clauseTarget(target)}, d.strength(), u, link)
	if s, ok := u.first(cActive); ok {
		r.clause(LinkActive, Params{}, d.strength(), u, link, s)
	}
	if s, ok := u.first(cDirect); ok {
		r.clause(LinkDirect, Params{}, d.strength(), u, link, s)
	}
	if s, ok := u.first(cVisible); ok {
		r.clause(LinkVisible, Params{}, d.strength(), u, link, s)
	}
	if s, ok := u.first(cFollow); ok {
		r.Followable = new(true)
		r.clause(LinkFollowable, Params{}, d.strength(), u, link, s)
	}
	r.readPlace(u, link)
}

func clauseTarget(t string) string {
	if t == "any" {
		return "either"
	}
	return t
}

// namesSite says whether a bare ссылка or հղում names a site or a page, which makes it a hyperlink.
func (r *reader) namesSite(u *unit, link mention) bool {
	for _, s := range u.spans {
		if (s.concept == cSite || s.concept == cArticle) && r.near(link, s) {
			if s.concept == cSite && r.words[s.from].host || s.concept == cArticle {
				return true
			}
		}
	}
	return false
}

// near says whether s may be what the link leads to: behind it, or in Armenian on either side.
func (r *reader) near(link, s mention) bool {
	const far = 24
	if s.from >= link.from && s.from-link.to <= far {
		return true
	}
	return s.to <= link.to && link.from-s.to <= 5 && r.isArmenian(link)
}

func (r *reader) isArmenianText() bool { return scriptOf(r.Text) == "hy" }

func (r *reader) isArmenian(s mention) bool {
	return s.from < len(r.words) && strings.ContainsAny(r.words[s.from].fold, "աեիոըհղյ")
}

// targetOf says what the links of a unit lead to.
func (r *reader) targetOf(u *unit) string {
	link, ok := u.first(cHyper, cLinkTo, cLink)
	if !ok {
		return "any"
	}
	site, article, or := false, false, false
	for _, s := range u.spans {
		if !r.near(link, s) && !(s.concept == cArticle && r.isSlot(link)) {
			continue
		}
		switch s.concept {
		case cArticle:
			article = article || !r.isHomePage(u, s)
		case cSite:
			// "кайқи нютер": the site whose materials they are is not where the link leads.
			if !r.ownsMaterial(u, s) && !r.isLocative(s) {
				site = true
			}
		case cOutlet:
			if !site && s.from >= link.from {
				site = site || r.isNameAhead(link, s) && !u.between(link, s, cCredit)
			}
		}
	}
	for i := link.to; i < min(u.to, link.to+12); i++ {
		if r.words[i].quoted || r.outlet[r.words[i].fold] || r.isLatinName(i) {
			site = true
		}
		switch r.words[i].fold {
		case "or", "или", "либо", "կամ":
			or = true
		}
	}
	if !site && r.isArmenian(link) {
		for i := max(u.from, link.from-5); i < link.from; i++ {
			site = site || r.words[i].quoted || r.outlet[r.words[i].fold] || r.isLatinName(i)
		}
	}
	if !site && !article && !r.isToSource(u, link) {
		// "При использовании материалов valley.example гиперссылка обязательна"
		for i := u.from; i < u.to; i++ {
			site = site || r.words[i].host
		}
	}
	switch {
	case site && article && (or || r.leavesChoice(u)):
		return "any"
	case article:
		return "article"
	case site:
		return "homepage"
	}
	return "any"
}

// leavesChoice says whether “or” stands between a site and an article: “to our home page or to the article’s address”.
func (r *reader) leavesChoice(u *unit) bool {
	const near = 4
	beside := func(c concept, i int) (before, after bool) {
		for _, s := range u.spans {
			before = before || s.concept == c && s.to <= i && i-s.to <= near
			after = after || s.concept == c && s.from > i && s.from-i <= near
		}
		return before, after
	}
	for i := u.from; i < u.to; i++ {
		switch r.words[i].fold {
		case "or", "или", "либо", "կամ":
			site, toSite := beside(cSite, i)
			article, toArticle := beside(cArticle, i)
			if site && toArticle && !article || article && toSite && !site {
				return true
			}
		}
	}
	return false
}

// isLatinName says whether word i of an Armenian text is a name in Latin letters with an Armenian ending: «HayNews-ին».
func (r *reader) isLatinName(i int) bool {
	w := &r.words[i]
	if !w.capital || w.host || w.fold[0] >= utf8.RuneSelf {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(w.fold)
	return unicode.Is(unicode.Armenian, last)
}

// isPlaced says whether a bare link is put at some place of the text, and is not said to be one to a source.
func (r *reader) isPlaced(u *unit) bool {
	return u.any(cPlaced, cFirstPara, cBeginning) && !u.any(cOutlet, cAuthor, cCredit) && (!u.has[cSource] || u.has[cPlaced] && u.any(cFirstPara, cBeginning, cEnd) && !u.has[cOnlyIf])
}

// isToSource says whether the link leads to “the source”, whichever that is.
func (r *reader) isToSource(u *unit, link mention) bool {
	for _, s := range u.spans {
		if s.concept == cSource && s.from >= link.from && s.from-link.to <= 2 {
			return true
		}
	}
	return false
}

// reference notes a bare ссылка or հղում, which naming the source may satisfy: neither a hyperlink nor, where no source is
// named, a credit.
func (r *reader) reference(u *unit, link mention, d demand) {
	r.IsPolicy = true
	r.because("reference: link or mention")
	if r.LinkTarget == "" {
		r.LinkTarget = "any"
	}
	named := u.any(cSource, cOutlet, cAuthor, cCredit)
	for i := link.to; i < min(u.to, link.to+6); i++ {
		named = named || r.outlet[r.words[i].fold] || r.words[i].quoted || r.words[i].capital
	}
	if named {
		r.credit(u, link, d)
		return
	}
	r.clause(CreditSource, Params{}, d.strength(), u, link)
}

// isLocative says whether an Armenian word for a site says where, not where to: «կայքերում».
func (r *reader) isLocative(s mention) bool {
	return !r.words[s.from].host && strings.HasSuffix(r.words[s.to-1].fold, "ում")
}

// isSlot says whether the link is a place to fill in: “Read the original story at: [LINK]”.
func (r *reader) isSlot(link mention) bool {
	w := r.words[link.from]
	return w.start > 0 && w.end < len(r.Text) && r.Text[w.start-1] == '[' && r.Text[w.end] == ']'
}

// isHomePage says whether the page a span ends with is the home page: “link to our home page” leads to no article.
func (r *reader) isHomePage(u *unit, article mention) bool {
	for _, s := range u.spans {
		if s.concept == cSite && s.to-s.from > 1 && s.to == article.to {
			return true
		}
	}
	return false
}

// isNameAhead says whether an outlet stands right behind a link: “link to us”, «ссылка на агентство».
func (r *reader) isNameAhead(link, s mention) bool { return s.from-link.to <= 4 }

// namesTarget says whether a link without any word of reuse still leads to something that only a source has: “the page” alone
// could be anybody's.
func (r *reader) namesTarget(u *unit, target string) bool {
	if target == "any" {
		return false
	}
	if scriptOf(r.Text) != "en" {
		return true
	}
	for i := u.from; i < u.to; i++ {
		switch w := &r.words[i]; w.fold {
		case "original", "originally", "source", "story", "article", "post", "homepage", "stories", "articles", "publication":
			return true
		default:
			if w.host || w.quoted || r.outlet[w.fold] {
				return true
			}
		}
	}
	return false
}

// ownsMaterial says whether the site is the genitive of «материалы сайта», "կայքի նյութերը".
func (r *reader) ownsMaterial(u *unit, site mention) bool {
	if r.words[site.from].host {
		return false
	}
	for _, s := range u.spans {
		if s.concept == cSiteOf && s.from <= site.from && site.to <= s.to {
			return true
		}
	}
	return false
}

// isEither says whether the unit lets the copier choose between a link and naming the source.
func (r *reader) isEither(u *unit, link mention) bool {
	credit, ok := u.first(cCredit)
	if !ok {
		return false
	}
	lo, hi := min(link.to, credit.to), max(link.from, credit.from)
	if hi-lo > 5 {
		return false
	}
	for i := lo; i < hi && i < u.to; i++ {
		switch r.words[i].fold {
		case "or", "или", "либо", "կամ":
			if i > 0 && (r.words[i-1].fold == "and" || r.words[i-1].fold == "и") {
				continue
			}
			return true
		}
	}
	return false
}
