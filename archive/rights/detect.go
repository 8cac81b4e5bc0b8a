package rights

import (
	"slices"
	"strings"
	"unicode"

	"colophon/archive/segment"
)

// maxStatement bounds what Detect reads of a text, in bytes: terms pages are shorter.
const maxStatement = 64 << 10

// maxUnit bounds a unit, in words, so that comparing its words with one another stays cheap.
const maxUnit = 120

// unit is a clause of a sentence: what one verb says of one matter. Polarity and obligation do not reach beyond it, but what
// is spoken of (the reuse, the materials) is carried on to the units after it.
type unit struct {
	from, to int // words
	sentence int
	has      [conceptCount]bool
	spans    []mention
}

// reader holds a statement while it is read.
type reader struct {
	Statement
	words      []word
	units      []unit
	outlet     map[string]bool // folded words of the outlet's name
	all        [conceptCount]bool
	placedLink bool // Placement is that of a link
	Reading
}

// Detect reads a statement: whether it states a condition, a ban or a permission for reusing material, and which. It is
// linear in the length of the text, of which it reads the first 64 KB. A text in another language than English, Russian
// or Armenian is no policy to it.
func Detect(s Statement) Reading {
	if len(s.Text) > maxStatement {
		cut := maxStatement
		for cut > 0 && s.Text[cut]&0xC0 == 0x80 {
			cut--
		}
		s.Text = s.Text[:cut]
	}
	r := &reader{Statement: s, Reading: Reading{TranslationAllowed: "unstated"}}
	r.words = splitWords(s.Text)
	if len(r.words) == 0 || isForeign(s.Lang, s.Text, r.words) {
		r.because("language: not English, Russian or Armenian")
		r.Confidence = 0.95
		return r.Reading
	}
	r.nameOutlet()
	r.splitUnits()
	for i := range r.units {
		r.read(&r.units[i])
	}
	r.judge()
	return r.Reading
}

func (r *reader) because(rule string) {
	if len(r.Why) < 64 {
		r.Why = append(r.Why, rule)
	}
}

// nameOutlet marks the words of the outlet's name as quoted, so that a link “to Steppe News” has a site to lead to.
func (r *reader) nameOutlet() {
	r.outlet = map[string]bool{}
	for _, w := range segment.Words("", r.Outlet) {
		if f := foldWord(w.Text); len([]rune(f)) > 2 {
			r.outlet[f] = true
		}
	}
}

// splitUnits cuts the words into units and finds the concepts of each.
func (r *reader) splitUnits() {
	starts := map[int]bool{}
	for _, s := range segment.Sentences(scriptOf(r.Text), r.Text) {
		starts[s.Start] = true
	}
	for i := range r.words {
		// A stop before a blank that ends no sentence is that of an abbreviation.
		w := &r.words[i]
		if w.before == sentenceBreak && i > 0 && !r.startsSentence(i, starts) {
			w.before = softBreak
			if prev := []rune(r.words[i-1].fold); (len(prev) > 4 || string(prev) == foldWord("է") || string(prev) == "են") && unicode.Is(unicode.Armenian, prev[0]) {
				w.before = clauseBreak // typed for the mid stop
			}
		}
	}
	sentence := -1
	for i := range r.words {
		w := &r.words[i]
		switch {
		case i == 0 || w.before == sentenceBreak:
			sentence++
			r.units = append(r.units, unit{from: i, sentence: sentence})
		case w.before == clauseBreak, isContrast(r.words, i), i-r.units[len(r.units)-1].from >= maxUnit:
			r.units = append(r.units, unit{from: i, sentence: sentence})
		}
		r.units[len(r.units)-1].to = i + 1
	}
	found := lexiconOfTerms().find(r.words)
	r.splitTurns(found)
	u := 0
	for _, s := range found {
		for s.from >= r.units[u].to {
			u++
		}
		s.to = min(s.to, r.units[u].to)
		if r.isQuotedWording(s) || r.crossesComma(s) {
			continue
		}
		r.units[u].spans = append(r.units[u].spans, s)
	}
	for i := range r.units {
		u := &r.units[i]
		u.spans = dropCovered(u.spans)
		r.negate(u)
		for _, s := range u.spans {
			u.has[s.concept] = true
			r.all[s.concept] = true
		}
	}
}

// negate turns what a unit allows into a ban where its subject is none: “none of the material credited to others may be copied”.
func (r *reader) negate(u *unit) {
	switch r.words[u.from].fold {
	case "no", "none", "nothing", "neither":
	default:
		return
	}
	for i := range u.spans {
		s := &u.spans[i]
		if s.concept != cAllow {
			continue
		}
		for k := s.from; k < s.to; k++ {
			switch r.words[k].fold {
			case "may", "can", "could", "might":
				s.concept = cBan
			}
		}
	}
}

// splitTurns cuts units where the matter turns to pictures or to the whole text and both sides say what holds for them: “texts
// may be reprinted with credit, photographs – only by permission”.
func (r *reader) splitTurns(found []mention) {
	says, turns := make([]bool, len(r.words)), make([]bool, len(r.words))
	for _, s := range found {
		switch s.concept {
		case cMust, cBan, cAllow, cOnly, cOnlyIf, cNotMust:
			says[s.from] = true
		case cPhoto, cFull, cPartial:
			turns[s.from] = s.from > 0 && r.words[s.from].before == softBreak && strings.Contains(r.Text[r.words[s.from-1].end:r.words[s.from].start], ",")
		}
	}
	units := r.units[:0:0]
	for _, u := range r.units {
		from := u.from
		for i := from + 1; i < u.to; i++ {
			if turns[i] && slices.Contains(says[from:i], true) && slices.Contains(says[i:u.to], true) {
				units = append(units, unit{from: from, to: i, sentence: u.sentence})
				from = i
			}
		}
		units = append(units, unit{from: from, to: u.to, sentence: u.sentence})
	}
	r.units = units
}

// isQuotedWording says whether a mention of consent or a ban stands between quotation marks: “Published with permission of …” is
// a wording that somebody is to write.
func (r *reader) isQuotedWording(s mention) bool {
	switch s.concept {
	case cPermission, cBan, cReported, cNoNeed:
		return r.words[s.from].quoted && r.words[s.to-1].quoted
	}
	return false
}

// crossesComma says whether an Armenian or Russian polarity runs over a comma: in «պարտադիր չէ, կարող եք» and «не обязательна,
// копируйте» the no belongs to what is before.
func (r *reader) crossesComma(s mention) bool {
	if s.concept != cBan && s.concept != cNotMust || isLatin(r.Text) {
		return false
	}
	for i := s.from + 1; i < s.to; i++ {
		if r.words[i].before == softBreak {
			return true
		}
	}
	return false
}

// startsSentence says whether the stop before word i ends a sentence: the rules of the language say so, or no blank follows it
// (“обязательна.При”), or it is a line end or a bar.
func (r *reader) startsSentence(i int, starts map[int]bool) bool {
	between := r.Text[r.words[i-1].end:r.words[i].start]
	if !strings.ContainsAny(between, " \u00a0") || strings.ContainsAny(between, "\n|•©։") {
		return true
	}
	for at := r.words[i-1].end; at <= r.words[i].start; at++ {
		if starts[at] {
			return true
		}
	}
	return false
}

// scriptOf is the language whose rules end the sentences of text.
func scriptOf(text string) string {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Armenian, r):
			return "hy"
		case unicode.Is(unicode.Cyrillic, r):
			return "ru"
		}
	}
	return "en"
}

// isContrast says whether a new unit begins at word i: but, а, но, իսկ.
func isContrast(words []word, i int) bool {
	next := ""
	if i+1 < len(words) {
		next = words[i+1].fold
	}
	switch words[i].fold {
	case "but", "however", "whereas", "while", "though", "although", "но", "однако", "тогда", "բայց", "սակայն", "իսկ", "այլապես":
		return words[i].fold != "тогда" || next == "как"
	case "а":
		return words[i].before >= softBreak && next != "также" && next != "именно"
	case "кроме":
		return words[i].before >= softBreak && next == "того"
	}
	return false
}

// families hold concepts of which only the longest mention counts where two overlap: “not required” is no requirement.
var families = [conceptCount]uint8{
	cMust: 1, cShould: 1, cLiked: 1, cNotMust: 1, cAllow: 1, cBan: 1, cDont: 1, cBreach: 1, cUnable: 1,
	cHyper: 2, cLink: 2, cLinkNoun: 2,
	cCommercial: 3, cPersonal: 3, cPurpose: 3, cProfitUse: 3, cExempt: 3,
	cFull: 4, cPartial: 4, cFullOrPart: 4,
	cCredit: 7, cNotCredit: 7,
	cReuse: 8, cCopyNoun: 8,
	cPermission: 5, cLicense: 5,
	cFirstPara: 6, cBeginning: 6, cEnd: 6, cAnywhere: 6,
}

// dropCovered drops the spans that stand inside a longer one of their family, and all but the longest of a concept.
func dropCovered(spans []mention) []mention {
	kept := spans[:0:0]
	bans := slices.ContainsFunc(spans, func(s mention) bool { return s.concept == cBan })
	for i, s := range spans {
		covered := s.concept == cNoNeed && bans // “no part may be used without permission” needs it
		// Spans are ordered by their first word and short, so a cover is near.
		for j := max(0, i-60); j < min(len(spans), i+60) && !covered; j++ {
			o := spans[j]
			if o.from < s.from && s.from < o.to && (s.concept == cAllow && o.concept == cBan || s.concept == cMust && o.concept == cNotMust) {
				covered = true // “no part may be copied” allows nothing, “do not need to” obliges to nothing
			}
			if i == j || covered || o.from > s.from || o.to < s.to {
				continue
			}
			longer := o.to-o.from > s.to-s.from
			if longer && (s.concept == cNews && o.concept == cMaterial || s.concept == cText && o.concept == cPhoto) {
				covered = true // “lesson plans” are no news, “images that go with the text” are no text
				continue
			}
			same := o.concept == s.concept
			covered = longer && (same || families[s.concept] != 0 && families[s.concept] == families[o.concept]) ||
				!longer && same && j < i
		}
		if s.concept == cPermission && !covered {
			for j := max(0, i-60); j < min(len(spans), i+60); j++ {
				if o := spans[j]; (o.concept == cNoNeed && !bans || o.concept == cLicenceLink) && o.from <= s.from && s.to <= o.to {
					covered = true
				}
			}
		}
		if !covered {
			kept = append(kept, s)
		}
	}
	return kept
}

// first returns the first mention of one of the concepts in u.
func (u *unit) first(cs ...concept) (mention, bool) {
	for _, s := range u.spans {
		if slices.Contains(cs, s.concept) {
			return s, true
		}
	}
	return mention{}, false
}

// firstOutside returns the first mention of one of the concepts that no mention of another takes in.
func (u *unit) firstOutside(outside concept, cs ...concept) (mention, bool) {
	for _, s := range u.spans {
		if !slices.Contains(cs, s.concept) {
			continue
		}
		if !slices.ContainsFunc(u.spans, func(o mention) bool {
			return o.concept == outside && o.from <= s.from && s.to <= o.to
		}) {
			return s, true
		}
	}
	return mention{}, false
}

// any says whether the unit has one of the concepts.
func (u *unit) any(cs ...concept) bool {
	for _, c := range cs {
		if u.has[c] {
			return true
		}
	}
	return false
}

// between says whether a mention of c begins after a and before b.
func (u *unit) between(a, b mention, c concept) bool {
	for _, o := range u.spans {
		if o.concept == c && a.to <= o.from && o.from < b.from {
			return true
		}
	}
	return false
}

// owns says whether “our” stands right before a material: “our search” owns none.
func (r *reader) owns(u *unit) bool {
	for _, s := range u.spans {
		if s.concept != cOurs {
			continue
		}
		switch r.words[s.from].fold {
		case "us", "we", "нас", "нами", "մեզ":
			continue
		}
		for _, o := range u.spans {
			if o.concept == cMaterial && o.to > s.to && o.from-s.to <= 2 {
				return true
			}
		}
	}
	return false
}

// pair says whether a and material are both in the unit, on words that are not the same.
func (u *unit) pair(a concept) bool {
	const b = cMaterial
	if !u.has[a] || !u.has[b] {
		return false
	}
	for _, s := range u.spans {
		if s.concept != a {
			continue
		}
		for _, o := range u.spans {
			if o.concept == b && (o.from >= s.to || s.from >= o.to) {
				return true
			}
		}
	}
	return false
}

// reuses says whether the unit speaks of reusing material.
func (u *unit) reuses() bool {
	return u.has[cReuse] || u.pair(cUse) || u.has[cWhen] && u.any(cHyper, cLink, cCredit)
}

// isForeign says whether the text is in none of the three languages. The tag decides where it names another language; the
// letters and the small words decide where it does not.
func isForeign(lang, text string, words []word) bool {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	switch base {
	case "en", "eng", "ru", "rus", "hy", "hye", "arm", "hyw", "", "und":
	default:
		return true
	}
	var latin, cyrillic, armenian, other, strange int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Armenian, r):
			armenian++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			if strings.ContainsRune("іїєґўқғұүһәөңјљњћђџѓќѕІЇЄҐЎҚҒҰҮҺӘӨҢЈЉЊЋЂЏ", r) {
				strange += 3
			}
		case unicode.Is(unicode.Latin, r):
			latin++
			if strings.ContainsRune("əğışçöüñãõåäøæœßłżćńśźčšžřůőűțșĞİŞÇƏ", r) {
				strange += 3
			}
		case unicode.IsLetter(r):
			other++
		}
	}
	letters := latin + cyrillic + armenian + other
	if letters == 0 || other*2 > letters || strange*12 > letters {
		return true
	}
	if armenian*3 > letters {
		return false
	}
	var ours, theirs int
	for i := range words {
		switch n := smallWords[words[i].fold]; {
		case n > 0:
			ours++
		case n < 0:
			theirs++
		}
	}
	return theirs > ours
}

// smallWords tell English and Russian (1) from their neighbours in script (-1).
var smallWords = func() map[string]int {
	m := map[string]int{}
	for w := range strings.FieldsSeq("the of and to is are in for with our you on from or this any not be may until under before by at use used when no if as must should without only all have has can will please it that только на или при без и в с к материалов сайта по не для все использование") {
		m[w] = 1
	}
	for w := range strings.FieldsSeq("und der das ist mit nicht von zu le les des du et est sur dans pour avec que una por para los las il della di che sono el ve bir bu için olan da və ilə üçün " +
		"към които който което тази този са се да със чрез могат може трябва " +
		"що або із й лише тільки під час використання матеріалів умови є " +
		"ці што пры толькі матэрыялаў спасылка") {
		if m[w] == 0 {
			m[w] = -1
		}
	}
	return m
}()
