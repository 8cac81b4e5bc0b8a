package rights

import "strings"

func (r *reader) readCredit(u *unit) {
	if u.has[cHolds] && u.has[cBan] && !u.has[cWithout] {
		return
	}
	what, ok := u.first(cCredit, cTranslatorCredit)
	if !ok {
		what, ok = u.first(cWording, cAuthor)
	}
	if !ok || what.concept == cAuthor && !u.any(cMust, cShould) {
		return
	}
	if what.concept == cWording && (!u.any(cAct, cMust, cOnlyIf) || !r.context() && !r.IsPolicy && r.quoteAfter(what) == "") {
		return
	}
	if what.concept == cAuthor && r.isAgent(u, what) {
		return // “authors must provide …”
	}
	if what.concept == cAuthor && r.closerTo(u, what, cPermission) <= 3 {
		return // the author is asked for consent
	}
	if what.concept == cCredit && u.has[cHyper] && isReference(r.words[what.from].fold) && !u.has[cAuthor] && !r.hasOr(u) {
		return // “a reference in the form of a hyperlink”
	}
	if what.concept == cWording && u.has[cDeclareEdit] {
		return // the words say that the text was changed
	}
	if link, ok := u.first(cHyper); ok && what.concept == cCredit && what.from <= link.from && (link.to <= what.to || link.from == what.from) && !u.has[cAuthor] {
		if what, ok = u.first(cWording); !ok || r.quoteAfter(what) == "" {
			return // “indicate a hyperlink to the source” asks for the link
		}
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
	if !r.context() && !r.IsPolicy && !u.any(cSource, cAuthor, cOutlet, cSite, cOurs, cSiteOf, cWording, cMaterial) && !(u.has[cYou] && isLatin(r.Text)) {
		return
	}
	if u.has[cOral] && !u.has[cHyper] && r.RequiresHyperlink == nil {
		r.RequiresHyperlink = new(false) // a spoken credit has no link
	}
	r.credit(u, what, d)
	r.readPlace(u, what)
}

// isAgent says whether an author is who does something, not who is named.
func (r *reader) isAgent(u *unit, author mention) bool {
	if author.to-author.from > 1 {
		return false
	}
	if author.from > u.from {
		switch r.words[author.from-1].fold {
		case "from", "by", "от":
			return true
		}
	}
	switch r.words[author.from].fold {
	case "author", "authors", "writer", "writers", "journalist", "reporter", "автор", "авторы":
		return true
	}
	return false
}

// credit notes that naming is demanded: the source, the author, or a fixed wording.
func (r *reader) credit(u *unit, what mention, d demand) {
	r.IsPolicy = true
	r.CreditRequired = new(true)
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
		if text := r.quoteAfter(s); text != "" && !r.isName(text) && !u.has[cIdeally] {
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
func (r *reader) quoteAfter(s mention) string {
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

func isReference(fold string) bool {
	return strings.HasPrefix(fold, "referenc") || strings.HasPrefix(fold, "ссылк")
}

// hasOr says whether the unit leaves a choice.
func (r *reader) hasOr(u *unit) bool {
	for i := u.from; i < u.to; i++ {
		switch r.words[i].fold {
		case "or", "или", "либо", "կամ":
			return true
		}
	}
	return false
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
