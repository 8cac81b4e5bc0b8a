package rights

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// clause notes a clause that rests on the words from the first to the last of the spans. Of one kind with one set of
// parameters only the most binding is kept, of several the first; which of those with other parameters are implied by
// others is for Force to say.
func (r *reader) clause(kind Kind, p Params, strength Strength, u *unit, spans ...mention) {
	from, to := u.to, u.from
	for _, s := range spans {
		from, to = min(from, s.from), max(to, s.to)
	}
	// What the clause leads to and the word that obliges belong to the quotation, where they stand close by.
	from, to = r.stretch(u, from, to, func(s mention) bool {
		return kind == LinkRequired && (s.concept == cSite || s.concept == cArticle) && !r.ownsMaterial(u, s) &&
			(s.to >= to || r.isArmenianText())
	})
	if kind == PermissionRequired || kind == PermissionCommercial {
		from, to = r.stretch(u, from, to, func(s mention) bool {
			switch s.concept {
			case cReuse, cUse, cTranslate, cEdit, cPurpose, cProfitUse, cPersonalUse:
				return true
			}
			return false
		})
	}
	from, to = r.stretch(u, from, to, func(s mention) bool {
		switch s.concept {
		case cMust, cShould, cLiked, cBan, cOnlyIf, cNotMust:
			return true
		}
		return false
	})
	from, to = r.stretch(u, from, to, func(s mention) bool { return s.concept == cWithout && s.to <= from })
	if from >= to {
		from, to = u.from, u.to
	}
	c := Clause{Kind: kind, Params: p, Strength: strength, Start: r.words[from].start, End: r.words[to-1].end}
	c.Quote = r.Text[c.Start:c.End]
	c.Confidence = 0.9
	if strength != Must {
		c.Confidence = 0.75
	}
	for i, o := range r.Clauses {
		if o.Kind == c.Kind && sameParams(o.Params, p) {
			if c.Strength.rank() > o.Strength.rank() {
				r.Clauses[i] = c
			}
			return
		}
	}
	r.Clauses = append(r.Clauses, c)
}

// stretch widens the words [from, to) of a unit by the nearest fitting span within eight words, if none lies inside already.
func (r *reader) stretch(u *unit, from, to int, fits func(mention) bool) (int, int) {
	const most = 8
	best, near := mention{}, most+1
	for _, s := range u.spans {
		if !fits(s) {
			continue
		}
		gap := max(s.from-to, from-s.to, 0)
		if gap < near {
			best, near = s, gap
		}
	}
	if near > most {
		return from, to
	}
	return min(from, best.from), max(to, best.to)
}

// duty is a single clause that a concept asks for when one of the others stands beside it.
type duty struct {
	has    concept
	beside []concept
	not    []concept
	kind   Kind
}

var duties = []duty{
	{cUnchanged, []concept{cMust, cBan, cDont, cOnlyIf, cAllow, cWith, cAct}, []concept{cPermission, cAsk}, EditNone},
	{cDeclareEdit, []concept{cMust, cAct, cShould}, nil, EditDeclare},
	{cKeepLinks, []concept{cReuse, cMust, cAct, cDont, cBan, cShould}, nil, LinkKeepInner},
	{cNotify, []concept{cReuse, cOurs, cMust, cAct, cLiked, cShould, cOnlyIf, cYou}, nil, Notify},
	{cResale, []concept{cBan, cDont}, nil, ResaleNone},
	{cNoAds, []concept{cBan, cDont}, nil, AdsNone},
	{cBulk, []concept{cBan, cDont, cWithout}, nil, BulkNone},
	{cPixel, []concept{cMust, cAct, cShould}, nil, TrackPixel},
	{cFont, []concept{cMust, cBan, cShould, cDont}, nil, LinkVisible},
	{cCanonical, []concept{cMust, cAct, cShould, cOnlyIf}, nil, SEOCanonical},
	{cEmbargo, []concept{cMaterial, cBan, cMust, cOnlyIf, cAllow, cReuse, cUse}, nil, TimeEmbargo},
	{cLogo, []concept{cMust, cAct}, []concept{cBan, cWithout}, CreditLogo},
	{cTakedown, []concept{cMust, cAct}, nil, Takedown},
	{cChanged, nil, nil, TermsChanged},
}

// readDuties reads the duties that stand for themselves.
func (r *reader) readDuties(u *unit) {
	for _, d := range duties {
		s, ok := u.first(d.has)
		if !ok || len(d.beside) > 0 && !u.any(d.beside...) || u.any(d.not...) {
			continue
		}
		switch d.kind {
		case TermsChanged, Takedown, CreditLogo:
			if !r.context() && !u.pair(cOurs) {
				continue
			}
		case ResaleNone, BulkNone, TimeEmbargo, Notify, TrackPixel, SEOCanonical:
			if !u.any(cMaterial, cReuse) && !(u.has[cUse] && d.kind != BulkNone) && !(u.has[cOurs] && d.kind == TrackPixel) && !r.context() && !(d.kind == TimeEmbargo && u.has[cMust]) {
				continue
			}
		case EditNone:
			if !u.any(cMaterial, cReuse, cOurs, cSiteOf) && !r.context() {
				continue
			}
		}
		strength := Must
		if u.has[cLiked] && !u.has[cMust] {
			strength = Liked
		} else if u.has[cShould] && !u.has[cMust] {
			strength = Should
		}
		p := Params{}
		if d.kind == SEOCanonical {
			p.Value = "original"
		}
		if d.kind == TimeEmbargo {
			if p.Until = r.readInstant(u, s); p.Until != "" {
				s.from, s.to = u.from, u.to // the instant may stand anywhere in it
			}
		}
		r.clause(d.kind, p, strength, u, s)
		if d.kind != TermsChanged {
			r.IsPolicy = true
			r.because("duty: " + string(d.kind))
		}
	}
	if u.has[cEndorse] && u.any(cBan, cDont) && (r.IsPolicy || u.any(cOurs, cYou)) {
		r.IsPolicy = true
		r.because("duty: no endorsement")
	}
	if s, ok := u.first(cThirdParty); ok && u.any(cBan, cMust, cNotMust, cPermission) && r.context() {
		r.clause(ThirdPartyExclude, Params{}, Must, u, s)
	}
	if r.PermissionScope == "photos" && u.has[cPhoto] && u.any(cBan, cDont) && !u.has[cPermission] {
		s, _ := u.first(cPhoto)
		r.clause(MediaExclude, Params{Kinds: []string{"img", "video", "audio"}}, Must, u, s)
	}
	if s, ok := u.first(cWindow); ok && r.context() && u.any(cReuse, cUse) && u.any(cAllow, cBan, cOnlyIf) && !u.has[cEmbargo] {
		r.clause(TimeWindow, Params{}, Must, u, s)
	}
}

// numerals are the small numbers that limits are written with.
var numerals = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "hundred": 100,
	"один": 1, "одного": 1, "одну": 1, "одной": 1, "два": 2, "двух": 2, "две": 2, "три": 3, "трех": 3, "четырех": 4, "пяти": 5, "десяти": 10,
	"մեկ": 1, "երկու": 2, "երեք": 3, "չորս": 4, "հինգ": 5, "տասը": 10,
}

// measures are the beginnings of the words for what a limit counts.
var measures = []struct{ begin, unit string }{
	{"character", "characters"},
	{"sign", "characters"},
	{"symbol", "characters"},
	{"third", "third"},
	{"half", "half"},
	{"quarter", "quarter"},
	{"трет", "third"},
	{"половин", "half"},
	{"четверт", "quarter"},
	{"երրորդ", "third"},
	{"կես", "half"},
	{"քառորդ", "quarter"},
	{"letter", "characters"},
	{"word", "words"},
	{"paragraph", "paragraphs"},
	{"sentence", "sentences"},
	{"line", "lines"},
	{"percent", "percent"},
	{"per", "percent"},
	{"знак", "characters"},
	{"символ", "characters"},
	{"печатн", "characters"},
	{"букв", "characters"},
	{"слов", "words"},
	{"абзац", "paragraphs"},
	{"предложени", "sentences"},
	{"строк", "lines"},
	{"процент", "percent"},
	{"секунд", "seconds"},
	{"նիշ", "characters"},
	{"նշան", "characters"},
	{"բառ", "words"},
	{"պարբեր", "paragraphs"},
	{"նախադաս", "sentences"},
	{"տող", "lines"},
	{"տոկոս", "percent"},
}

// limitOf reads the number and the measure of a limit. The text is in English, as “500 characters”, “30%”, “1-2 paragraphs”.
func (r *reader) limitOf(s mention) (string, Params) {
	unitName, lo, hi := "", 0, 0
	for i := s.from; i < min(len(r.words), s.to+2); i++ {
		w := r.words[i]
		if i >= s.to && unitName != "" && hi > 0 {
			break // “300 words or 10 %” are two limits
		}
		if n, ok := r.numberAt(i); ok {
			if lo == 0 {
				lo = n
			}
			hi = max(hi, n)
			if strings.HasSuffix(w.fold, "%") {
				unitName = "percent"
			}
			continue
		}
		if n, ok := numerals[w.fold]; ok && (i < s.to || hi == 0) {
			if n == 100 && lo == 1 {
				lo = 0
			}
			if lo == 0 {
				lo = n
			}
			hi = max(hi, n)
		}
		if unitName == "" {
			for _, m := range measures {
				if strings.HasPrefix(w.fold, m.begin) {
					unitName = m.unit
					break
				}
			}
		}
	}
	if hi == 0 && lo == 0 && r.startsWithFirst(s) {
		lo, hi = 1, 1
	}
	if share, ok := map[string]float64{"half": 50, "third": 33, "quarter": 25}[unitName]; ok {
		if hi > 1 || !r.isShare(s) {
			return "", Params{}
		}
		return unitName, Params{Percent: share}
	}
	if hi == 0 || unitName == "" || unitName == "percent" && hi >= 100 {
		return "", Params{}
	}
	count := strconv.Itoa(hi)
	if hi > 1 && r.startsWithFirst(s) {
		count = "first " + count
	}
	if lo != hi && lo > 0 {
		count = fmt.Sprintf("%d-%d", lo, hi)
	}
	switch unitName {
	case "percent":
		return count + "%", Params{Percent: float64(hi)}
	case "characters", "words", "paragraphs":
		name := unitName
		if count == "1" {
			name = strings.TrimSuffix(name, "s")
		}
		return count + " " + name, Params{Unit: unitName, Max: hi}
	}
	return count + " " + unitName, Params{Unit: unitName, Max: hi}
}

// isShare says whether a fraction is one of the text, not the number of a paragraph: “a third of the article”, «треть текста».
func (r *reader) isShare(s mention) bool {
	for i := s.from; i < s.to; i++ {
		for _, begin := range []string{"paragraph", "sentence", "абзац", "предложени", "պարբեր", "նախադաս"} {
			if strings.HasPrefix(r.words[i].fold, begin) {
				return false
			}
		}
	}
	return true
}

// startsWithFirst says whether the limit is “the first paragraph”.
func (r *reader) startsWithFirst(s mention) bool {
	for i := max(0, s.from-1); i < s.to; i++ {
		switch r.words[i].fold {
		case "first", "первый", "առաջին":
			return true
		}
	}
	return false
}

// isGroup says whether s begins with three digits and no more: a group of thousands, not decimals.
func isGroup(s string) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && (len(s) == 3 || !isDigit(s[3]))
}

// numberAt reads the number at word i, with blanks and points between its groups of three digits: 1 000, 1.000, 1,000.
func (r *reader) numberAt(i int) (int, bool) {
	digits, fold := "", r.words[i].fold
	for k := 0; k < len(fold); k++ {
		if isDigit(fold[k]) {
			digits += fold[k : k+1]
			continue
		}
		if fold[k] != ',' && fold[k] != '.' || !isGroup(fold[k+1:]) {
			break
		}
	}
	if digits == "" || len(digits) > 7 {
		return 0, false
	}
	if i+1 < len(r.words) && len(digits) <= 3 {
		next := r.words[i+1]
		if next.number && len(next.fold) == 3 && next.start-r.words[i].end <= 2 {
			digits += next.fold
		}
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n > 0
}

// judge settles what no single unit can: the confidence, and readings that contradict each other.
func (r *reader) judge() {
	if !r.IsPolicy {
		r.RequiresHyperlink, r.CreditRequired, r.PermissionRequired, r.Noncommercial, r.Followable = nil, nil, nil, nil, nil
		r.LinkTarget, r.Placement, r.PlacementDetail, r.CreditText, r.PermissionScope, r.ExcerptLimit = "", "", "", "", "", ""
		r.TranslationAllowed = "unstated"
		r.Clauses = nil
		r.Confidence = 0.9
		if r.all[cReuse] || r.all[cHyper] {
			r.Confidence = 0.7
		}
		return
	}
	r.mergeLinks()
	if r.PlacementDetail == "title" && !r.placedLink && isTrue(r.RequiresHyperlink) {
		r.PlacementDetail = "title (credit)"
	}
	r.Confidence = 0.8
	if r.context() && len(r.Clauses) > 0 {
		r.Confidence = 0.95
	}
	if r.namesOthers() {
		r.Confidence = 0.5
		r.because("site: another than this one is named")
	}
}

// namesOthers says whether the statement names sites and none of them is the one it stands on: somebody else's terms, quoted
// or forgotten there. A sister site (rechka.example, rechka.test, news.rechka.example) is no other.
func (r *reader) namesOthers() bool {
	own := siteLabel(r.Host)
	if own == "" {
		return false
	}
	others := false
	for i := range r.words {
		if !r.words[i].host {
			continue
		}
		if siteLabel(r.words[i].fold) == own {
			return false
		}
		others = true
	}
	return others
}

// siteLabel is what a site is known by: its registrable domain without the public suffix. Empty for what is no host.
func siteLabel(host string) string {
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, _, _ = strings.Cut(strings.ToLower(host), "/")
	host, _, _ = strings.Cut(host, ":")
	name, err := publicsuffix.EffectiveTLDPlusOne(strings.Trim(host, "."))
	if err != nil {
		return ""
	}
	label, _, _ := strings.Cut(name, ".")
	return label
}

// mergeLinks leaves one link.required: that of the target read for the whole statement, else the first. What follows it is
// mostly said of the same link (“… The link must lead to the article”). Two stand where each is asked for on an occasion of
// its own: “when quoting, link to our home page; to reprint in full, link to the article”.
func (r *reader) mergeLinks() {
	want := clauseTarget(r.LinkTarget)
	best := -1
	for i, c := range r.Clauses {
		if c.Kind == LinkRequired && (best < 0 || c.Target == want && r.Clauses[best].Target != want) {
			best = i
		}
	}
	kept := r.Clauses[:0:0]
	for i, c := range r.Clauses {
		if c.Kind != LinkRequired || i == best || c.Target != "either" && r.Clauses[best].Target != "either" &&
			c.Strength == r.Clauses[best].Strength && r.hasOccasion(c) && r.hasOccasion(r.Clauses[best]) {
			kept = append(kept, c)
		}
	}
	r.Clauses = kept
}

// hasOccasion says whether the unit a clause rests on speaks of a reuse itself.
func (r *reader) hasOccasion(c Clause) bool {
	for i := range r.units {
		u := &r.units[i]
		if r.words[u.from].start <= c.Start && c.Start < r.words[u.to-1].end {
			return u.any(cReuse, cWhen, cFull, cPartial) || u.pair(cUse)
		}
	}
	return false
}
