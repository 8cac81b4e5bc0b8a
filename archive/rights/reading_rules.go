package rights

import "strings"

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
	strong := u.has[cReuse] && (u.any(cMust, cBan, cOnlyIf, cPermission, cAllow, cAsk))
	switch {
	case u.has[cNav] && u.to-u.from <= 8:
	case u.has[cCookie] && !u.has[cReuse]:
	case u.has[cComment] && !strong:
	case u.has[cPrivacy] && !strong:
	case u.has[cForm] && !u.has[cReuse] && !(r.all[cReuse] && u.any(cMust, cOnlyIf, cBan, cShould)):
	case u.has[cReported]:
	case u.has[cElsewhere] && !u.any(cOurs, cSiteOf, cHyper, cLink):
	case u.has[cLiability] && !u.any(cEndorse, cReuse, cMust, cOnlyIf, cBan):
	case r.isNews(u):
	case r.Where == "form" || r.Where == "cookie":
	default:
		return true
	}
	return false
}

// isNews says whether the unit tells what happened, rather than what is asked.
func (r *reader) isNews(u *unit) bool {
	if !u.has[cNews] {
		return u.has[cLaw] && !u.any(cOurs, cSiteOf, cYou, cMust, cOnlyIf, cBan, cSite)
	}
	if u.has[cLaw] || r.all[cLaw] {
		return true
	}
	return !u.any(cMust, cBan, cAllow, cOurs, cSiteOf, cYou, cOnly, cAct)
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

// ---- Links ----

// readLink reads whether a hyperlink is asked for, where to, and where it stands.
func (r *reader) readLink(u *unit) {
	link, ok := u.first(cHyper, cLinkTo)
	hyper := ok
	if !ok {
		if link, ok = u.first(cLink); !ok {
			if (u.has[cFirstPara] || u.has[cBeginning]) && isTrue(r.RequiresHyperlink) {
				r.readPlace(u, link)
			}
			return
		}
		if r.namesSite(u, link) {
			hyper = true
		}
	}
	if u.has[cLicenceLink] && !u.any(cSite, cArticle, cSource) {
		d := r.demandOf(u, link)
		if d >= asked {
			r.clause(CreditLicenceLink, Params{}, d.strength(), u, link)
		}
		return
	}
	d := r.demandOf(u, link)
	if d == notAsked {
		return
	}
	target := r.targetOf(u)
	if u.has[cKeepLinks] && !u.has[cSource] {
		return
	}
	known := r.IsPolicy || r.namesTarget(u, target) || u.any(cSource, cCredit, cReuse, cFirstPara, cBeginning, cEnd, cFollow, cActive, cDirect, cOurs, cSiteOf) || r.context()
	if !known {
		return
	}
	if !hyper {
		switch {
		case d == forbidden:
			r.IsPolicy = true
			r.RequiresHyperlink = asserted(false)
			r.because("link: forbidden")
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
			r.RequiresHyperlink = asserted(false)
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
	r.RequiresHyperlink = asserted(true)
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
		r.Followable = asserted(true)
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
		if !r.near(link, s) {
			continue
		}
		switch s.concept {
		case cArticle:
			article = true
		case cSite:
			// "кайқи нютер": the site whose materials they are is not where the link leads.
			if !r.ownsMaterial(u, s) {
				site = true
			}
		case cOutlet:
			if !site && s.from >= link.from {
				site = site || r.isNameAhead(link, s)
			}
		}
	}
	for i := link.to; i < min(u.to, link.to+12); i++ {
		if r.words[i].quoted || r.outlet[r.words[i].fold] {
			site = true
		}
		switch r.words[i].fold {
		case "or", "или", "либо", "կամ":
			or = true
		}
	}
	if !site && r.isArmenian(link) {
		for i := max(u.from, link.from-5); i < link.from; i++ {
			site = site || r.words[i].quoted || r.outlet[r.words[i].fold]
		}
	}
	if !site && !article {
		// "При использовании материалов valley.example гиперссылка обязательна"
		for i := u.from; i < u.to; i++ {
			site = site || r.words[i].host
		}
	}
	switch {
	case site && article && or:
		return "any"
	case article:
		return "article"
	case site:
		return "homepage"
	}
	return "any"
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

// demandOf weighs the words around a link or a credit.
func (r *reader) demandOf(u *unit, what mention) demand {
	must := min(r.distance(u, what, cMust), r.distance(u, what, cOnlyIf))
	switch {
	case u.has[cNotMust] && !u.has[cWithout] && r.distance(u, what, cNotMust) <= must:
		return notNeeded
	case u.has[cLiked] && r.distance(u, what, cOnlyIf) < r.distance(u, what, cLiked):
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
		if r.opensWith(u, cBan, cDont) || u.has[cDont] {
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
	}
	return notAsked
}

// distance is the number of words between what and the nearest span of c; more than a unit holds where there is none.
func (r *reader) distance(u *unit, what mention, c concept) int {
	if !u.has[c] {
		return maxUnit + 1
	}
	return r.closerTo(u, what, c)
}

func (r *reader) opensWith(u *unit, cs ...concept) bool {
	s, ok := u.first(cs...)
	return ok && s.from-u.from <= 1
}

// readPlace reads where the link or the credit has to stand.
func (r *reader) readPlace(u *unit, what mention) {
	s, ok := u.first(cFirstPara, cBeginning, cEnd, cAnywhere)
	if limit, both := u.first(cLimit); !ok || both && limit.from <= s.from && s.to <= limit.to {
		return // “the first paragraph” may be how much is taken
	}
	if credit, ok := u.first(cCredit); ok && what.concept != cCredit && what.concept != cWording && s.to <= credit.from && credit.to <= what.from {
		return // “in the title the outlet is named, and there is a link”: the place is that of the name
	}
	place, within, detail := "", "", ""
	switch {
	case u.has[cBeginning] && u.has[cFirstPara] && r.besideTitle(u):
		place, within = "first_paragraph", "top"
		s, _ = u.first(cFirstPara)
	case u.has[cBeginning]:
		place, within = "beginning", "top"
		s, _ = u.first(cBeginning)
		detail = r.placeDetail(u, s)
		if n, ok := strings.CutPrefix(detail, "paragraph <= "); ok {
			within = "paragraphs:" + n
		}
	case u.has[cFirstPara]:
		place, within = "first_paragraph", "first_paragraph"
		s, _ = u.first(cFirstPara)
	case u.has[cEnd]:
		place, within = "end", "end"
		s, _ = u.first(cEnd)
	default:
		place = "any"
	}
	link := what.concept == cHyper || what.concept == cLinkTo || what.concept == cLink
	if r.Placement == "" || r.Placement == "any" || link && !r.placedLink {
		r.Placement, r.PlacementDetail = place, detail
		r.placedLink = link
	}
	r.because("place: " + place)
	if within == "" {
		return
	}
	if what.concept == cCredit || what.concept == cWording {
		where := map[string]string{"first_paragraph": "first_paragraph", "end": "end", "beginning": "first_paragraph"}[place]
		if detail == "title" {
			where = "title"
		}
		r.clause(CreditPlace, Params{Where: where}, Must, u, what, s)
		return
	}
	r.clause(LinkPlace, Params{Within: within}, Must, u, what, s)
}

// besideTitle says whether the words for the beginning are those for the title: “in the subtitle or the first paragraph”.
func (r *reader) besideTitle(u *unit) bool {
	for _, s := range u.spans {
		if s.concept == cBeginning && r.placeDetail(u, s) != "title" {
			return false
		}
	}
	return true
}

// placeDetail is what the words for the beginning say more: “title”, or the last paragraph allowed as “paragraph <= 2”.
func (r *reader) placeDetail(u *unit, s mention) string {
	for i := s.from; i < s.to; i++ {
		switch f := r.words[i].fold; {
		case strings.HasPrefix(f, "втор"), f == "second", f == "two", f == "двух", f == "2", f == "2го", f == "երկրորդ", f == "երկու", f == "2րդ", f == "2nd":
			return "paragraph <= 2"
		case strings.HasPrefix(f, "трет"), f == "third", f == "three", f == "трех", f == "3", f == "3го", f == "երրորդ", f == "երեք", f == "3րդ", f == "3rd":
			return "paragraph <= 3"
		case strings.HasPrefix(f, "заголовк"), strings.HasPrefix(f, "подзаголовк"), f == "title", f == "subtitle", f == "headline", f == "heading", f == "subheading", f == "subheadline", strings.Contains(f, "վերնագր"):
			return "title"
		}
	}
	return ""
}

// ---- Credits ----

func (r *reader) readCredit(u *unit) {
	what, ok := u.first(cCredit, cWording, cAuthor)
	if !ok || what.concept == cAuthor && !u.any(cMust, cShould) {
		return
	}
	if what.concept == cWording && !u.any(cAct, cMust, cOnlyIf) {
		return
	}
	if link, ok := u.first(cHyper); ok && what.concept == cCredit && what.from <= link.from && link.to <= what.to && !u.has[cAuthor] {
		return // “indicate a hyperlink to the source” asks for the link
	}
	d := r.demandOf(u, what)
	if d == notAsked && (u.reuses() && what.concept == cCredit) {
		d = demanded
	}
	switch d {
	case notAsked, forbidden:
		return
	case notNeeded:
		return
	case liked:
		if !u.reuses() && !u.any(cOurs, cYou) {
			return
		}
		r.IsPolicy = true
		r.clause(CreditSource, Params{}, Liked, u, what)
		return
	}
	if what.concept != cWording && u.has[cPhotoCredit] && !u.any(cSource, cText) {
		r.clause(CreditPhoto, Params{}, d.strength(), u, what)
	}
	if !r.context() && !r.IsPolicy && !u.any(cSource, cAuthor, cOutlet, cSite, cOurs, cSiteOf, cWording, cMaterial, cYou) {
		return
	}
	if u.has[cOral] && !u.has[cHyper] && r.RequiresHyperlink == nil {
		r.RequiresHyperlink = asserted(false) // a spoken credit has no link
	}
	r.credit(u, what, d)
	r.readPlace(u, what)
}

// credit notes that naming is demanded: the source, the author, or a fixed wording.
func (r *reader) credit(u *unit, what mention, d demand) {
	r.IsPolicy = true
	r.CreditRequired = asserted(true)
	r.because("credit: demanded")
	kind := CreditSource
	if u.has[cAuthor] {
		if s, ok := u.first(cAuthor); ok {
			r.clause(CreditAuthor, Params{}, d.strength(), u, what, s)
		}
		if !u.any(cSource, cOutlet, cSite) {
			kind = ""
		}
	}
	if u.has[cTranslatorCredit] {
		if s, ok := u.first(cTranslatorCredit); ok {
			r.clause(CreditTranslator, Params{}, d.strength(), u, s)
		}
	}
	if s, ok := u.first(cWording); ok {
		if text := r.quoteAfter(u, s); text != "" && !r.isName(text) {
			r.CreditText = text
			r.clause(CreditWording, Params{Text: text}, d.strength(), u, s)
			return
		}
	}
	if kind != "" {
		r.clause(kind, Params{}, d.strength(), u, what)
	}
}

// quoteAfter is the text between the quotation marks nearest to the wording's announcement, up to 200 bytes.
func (r *reader) quoteAfter(u *unit, s mention) string {
	if from, to := r.quotedBefore(s); from < to {
		return r.Text[from:to]
	}
	from := r.words[s.from].start
	text := r.Text[from:min(len(r.Text), from+500)]
	for _, q := range [][2]string{{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}} {
		i := strings.Index(text, q[0])
		if i < 0 {
			continue
		}
		rest := text[i+len(q[0]):]
		if j := strings.Index(rest, q[1]); j > 0 && j <= 200 {
			return strings.TrimSpace(rest[:j])
		}
	}
	return ""
}

// quotedBefore finds the quoted words that the announcement itself takes in: “«Source: X» ձևով”. Offsets into the text.
func (r *reader) quotedBefore(s mention) (from, to int) {
	if !r.words[s.from].quoted {
		return 0, 0
	}
	first, last := s.from, s.from
	for first > 0 && r.words[first-1].quoted && s.from-first < longestName {
		first--
	}
	for last+1 < s.to && r.words[last+1].quoted {
		last++
	}
	return r.words[first].start, r.words[last].end
}

// isName says whether a wording is no more than the outlet's name or host.
func (r *reader) isName(text string) bool {
	for _, w := range splitWords(text) {
		if !w.host && !r.outlet[w.fold] {
			return false
		}
	}
	return true
}

// ---- Permission ----

func (r *reader) readPermission(u *unit) {
	about := r.IsPolicy || u.reuses() || u.any(cTranslate, cEdit) && (r.all[cMaterial] || u.any(cOurs, cSiteOf, cAuthor)) || r.context()
	if _, ok := u.first(cNoNeed); ok && !u.has[cBan] && (about || u.has[cUse]) {
		r.IsPolicy = true
		if r.PermissionRequired == nil {
			r.PermissionRequired = asserted(false)
		}
		r.because("permission: not needed")
		return
	}
	if s, ok := u.first(cAsk); ok && (about || u.any(cUse, cCommercial, cPhoto)) {
		r.permit(u, s, "ask")
		return
	}
	if r.grants(u) {
		return
	}
	if s, ok := u.first(cPermission, cNoNeed); ok && !u.has[cLicense] {
		bound := u.any(cWithout, cOnlyIf, cMust, cOnly, cWith, cBan)
		if bound && (about || u.any(cPhoto, cMaterial, cOurs, cSiteOf, cProfitUse, cPurpose) && u.any(cBan, cOnly, cWithout, cMust)) {
			r.permit(u, s, "consent")
		}
		return
	}
	s, ok := u.first(cBan)
	if !ok {
		if s, ok = u.first(cDont); !ok || !r.precedes(u, s, cReuse) || !u.any(cMaterial, cOurs, cSiteOf, cPhoto) {
			return
		}
	}
	if !u.reuses() && !(u.has[cTranslate] && r.context()) && !(u.any(cPhoto) && u.any(cUse)) {
		return
	}
	if u.has[cEssential] || u.any(cHyper, cLink) && r.closerTo(u, s, cReuse, cUse) > 2 {
		return
	}
	if u.has[cWithout] && u.any(cHyper, cLink, cCredit, cSource) || u.has[cOnlyIf] && u.any(cHyper, cLink, cCredit) {
		return
	}
	if u.has[cBulk] && !u.any(cFull, cFullOrPart) || u.has[cLimit] && u.has[cLimitWord] {
		return
	}
	if u.has[cNoAds] || u.any(cUnchanged, cEdit) && (!u.has[cReuse] || r.isOccasion(u)) {
		return
	}
	r.permit(u, s, "ban")
}

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
		before := ""
		if s.from > u.from {
			before = r.words[s.from-1].fold
		}
		switch before {
		case "при", "when", "while", "upon", "if":
		default:
			if !strings.HasSuffix(r.words[s.from].fold, "լիս") {
				return false
			}
		}
	}
	return true
}

// precedes says whether a mention of c follows s within three words.
func (r *reader) precedes(u *unit, s mention, c concept) bool {
	for _, o := range u.spans {
		if o.concept == c && o.from >= s.to && o.from-s.to <= 3 {
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
		r.PermissionRequired = asserted(true)
		r.PermissionScope = scope
	} else if scope == "" {
		r.PermissionScope = ""
	}
	r.because("permission: " + why)
	if scope == "full_text" && r.all[cPartial] && r.all[cAllow] && r.ExcerptLimit == "" {
		r.ExcerptLimit = "part only without permission"
	}
	if why == "ban" && scope == "commercial" {
		r.Noncommercial = asserted(true)
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
	if u.has[cPurpose] || u.has[cProfitUse] && !u.has[cReuse] {
		return "commercial"
	}
	if u.has[cPhoto] && !u.has[cText] && !r.mixesMaterial(u) {
		return "photos"
	}
	if u.has[cEdit] && !u.has[cReuse] && !u.pair(cUse, cMaterial) {
		return "editing"
	}
	return ""
}

// mixesMaterial says whether the unit names another material than pictures.
func (r *reader) mixesMaterial(u *unit) bool {
	for _, s := range u.spans {
		if s.concept != cMaterial {
			continue
		}
		covered := false
		for _, p := range u.spans {
			covered = covered || p.concept == cPhoto && p.from == s.from
		}
		if !covered {
			return true
		}
	}
	return false
}

// ---- Translation, licences, personal use, limits ----

func (r *reader) readTranslation(u *unit) {
	s, ok := u.first(cTranslate)
	if !ok || !u.any(cAllow, cMust, cOnlyIf, cBan, cPermission, cReuse, cAsk, cDont) {
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
	case u.any(cAllow, cMust, cOnlyIf), u.has[cReuse] && u.any(cOurs, cSiteOf, cYou):
		value = "yes"
	}
	if value == "" || r.TranslationAllowed != "unstated" {
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
		zero = zero || strings.HasPrefix(f, "cc0")
	}
	if r.words[s.from].fold == "by" && u.has[cLicense] {
		// "by @num": nothing more to learn
		by = true
	}
	if by {
		r.CreditRequired = asserted(true)
		r.clause(CreditSource, Params{}, Must, u, s)
	}
	if nc {
		r.Noncommercial = asserted(true)
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
	if u.has[cCommercial] && r.isBoth(u) || u.has[cPrivacy] {
		return
	}
	r.IsPolicy = true
	r.Noncommercial = asserted(true)
	r.because("personal use only")
	r.clause(PermissionCommercial, Params{Scope: "commercial"}, Must, u, s)
}

// isBoth says whether the unit names commercial and non-commercial use alike.
func (r *reader) isBoth(u *unit) bool {
	c, ok := u.first(cCommercial)
	p, ok2 := u.first(cPersonal)
	if !ok || !ok2 || max(c.from, p.from)-min(c.to, p.to) > 2 {
		return false
	}
	for i := min(c.to, p.to); i < max(c.from, p.from); i++ {
		switch r.words[i].fold {
		case "or", "and", "или", "и", "կամ", "եւ", "ու":
			return true
		}
	}
	return false
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
	if !ok || !u.any(cReuse, cPartial) && !u.pair(cUse, cMaterial) && !(u.has[cUse] && u.has[cLimitWord] && u.any(cAllow, cBan)) && !r.all[cReuse] || !u.any(cAllow, cBan, cMust, cOnlyIf, cOnly, cLimitWord) {
		return
	}
	if place, ok := u.first(cFirstPara, cBeginning, cEnd); ok && !u.has[cLimitWord] && (place.from < s.from || s.to < place.to) {
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
}

// readCondition reads a condition on reuse that is none of the above: “any site our stories appear on must …”.
func (r *reader) readCondition(u *unit) {
	if !r.IsPolicy && u.has[cReuse] && u.any(cMust, cBan, cDont, cShould) && u.any(cOurs, cSiteOf, cYou) && !u.has[cNews] {
		r.IsPolicy = true
		r.because("reuse: a condition")
	}
}

// readFreedom reads a plain permission: “feel free to republish our stories”.
func (r *reader) readFreedom(u *unit) {
	if u.any(cBan, cNews) {
		return
	}
	if u.has[cReader] && r.all[cReuse] && u.any(cAllow, cMaterial) {
		r.IsPolicy = true
		r.because("reuse: free")
	}
	if !u.has[cAllow] {
		return
	}
	const short = 14
	if u.has[cReuse] && (u.any(cOurs, cSiteOf, cReader) || u.any(cMaterial, cYou) && u.to-u.from <= short) || u.pair(cUse, cMaterial) && u.any(cOurs, cSiteOf, cOnlyIf) {
		r.IsPolicy = true
		r.because("reuse: allowed")
	}
}
