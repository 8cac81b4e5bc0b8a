package rights

import "strings"

// readPlace reads where the link or the credit has to stand.
func (r *reader) readPlace(u *unit, what mention) {
	s, ok := u.first(cFirstPara, cBeginning, cEnd, cAnywhere)
	if limit, both := u.first(cLimit); !ok || both && limit.from <= s.from && s.to <= limit.to {
		return // “the first paragraph” may be how much is taken
	}
	if credit, ok := u.first(cCredit); ok && what.concept != cCredit && what.concept != cWording && s.to <= credit.from && credit.to <= what.from {
		return // “in the title the outlet is named, and there is a link”: the place is that of the name
	}
	if credit, ok := u.first(cCredit); ok && r.isArmenianText() && what.concept != cCredit && what.to <= s.from && s.to <= credit.to && credit.from-s.to <= 3 && credit.to > s.to {
		return // in Armenian the place stands before what is placed
	}
	place, within, detail := "", "", ""
	switch {
	case u.has[cBeginning] && u.has[cFirstPara] && r.besideTitle(u):
		place, within = "first_paragraph", "top"
		s, _ = u.first(cFirstPara)
	case u.has[cBeginning]:
		place, within = "beginning", "top"
		s, _ = u.first(cBeginning)
		detail = r.placeDetail(s)
		if n, ok := strings.CutPrefix(detail, "paragraph <= "); ok {
			within = "paragraphs:" + n
		} else if r.inSentences(s) {
			within = "first_paragraph" // several sentences: no check counts them
			if r.isFirstSentence(s) {
				within = "first_sentence"
			}
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
		if s.concept == cBeginning && r.placeDetail(s) != "title" {
			return false
		}
	}
	return true
}

// inSentences says whether a place is told in sentences or lines, not in paragraphs.
func (r *reader) inSentences(s mention) bool {
	for i := s.from; i < s.to; i++ {
		for _, begin := range []string{"sentence", "line", "предложени", "фраз", "строк", "նախադաս", "տող"} {
			if strings.HasPrefix(r.words[i].fold, begin) {
				return true
			}
		}
	}
	return false
}

// isFirstSentence says whether the words for the beginning are one first sentence, not several.
func (r *reader) isFirstSentence(s mention) bool {
	first := false
	for i := s.from; i < s.to; i++ {
		switch f := r.words[i].fold; {
		case f == "first", f == "opening", f == "первом", f == "первого", f == "первое", f == "առաջին":
			first = true
		case f == "sentences", f == "lines", f == "предложениях", f == "строках", f == "фразах", strings.Contains(f, "ներ"):
			return false
		}
	}
	return first
}

// placeDetail is what the words for the beginning say more: “title”, or the last paragraph allowed as “paragraph <= 2”.
func (r *reader) placeDetail(s mention) string {
	if r.inSentences(s) {
		return ""
	}
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
