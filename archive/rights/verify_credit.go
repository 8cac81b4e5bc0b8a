package rights

import "strings"

// creditable says whether a block counts for credits: captions do not.
func (b *Block) creditable() bool { return b.Kind != CaptionBlock }

// cut returns block i cut into words, cut the first time it is asked for.
func (v *verification) cut(i int) nameText {
	if v.names == nil {
		v.names = make([]*nameText, len(v.p.blocks))
	}
	if v.names[i] == nil {
		t := cutFolded(v.foldNames(i))
		v.names[i] = &t
	}
	return *v.names[i]
}

// named says whether block i names what the matcher finds.
func (v *verification) named(i int, m *nameMatcher) bool {
	if text := v.p.blocks[i].Text; isASCII(text) && !m.mayBeIn(text, containsFold) {
		return false
	}
	return m.mayBeIn(v.foldNames(i), strings.Contains) && m.in(v.cut(i))
}

// fold returns block i folded for wordings.
func (v *verification) fold(i int) string { return v.once(&v.folded, i, foldWording) }

// foldNames returns block i folded for names.
func (v *verification) foldNames(i int) string { return v.once(&v.nameFolds, i, foldNames) }

// once folds block i the first time it is asked for.
func (v *verification) once(kept *[]string, i int, fold func(string) string) string {
	if *kept == nil {
		*kept = make([]string, len(v.p.blocks))
	}
	if (*kept)[i] == "" {
		(*kept)[i] = fold(v.p.blocks[i].Text)
	}
	return (*kept)[i]
}

func (v *verification) outletMatcher() *nameMatcher {
	if v.outlet == nil {
		m := newOutletMatcher(v.facts.Original.OutletNames, v.facts.Original.HomeURL)
		v.outlet = &m
	}
	return v.outlet
}

func (v *verification) outletName() string {
	if names := v.facts.Original.OutletNames; len(names) > 0 {
		return names[0]
	}
	return v.facts.Original.HomeURL
}

// naming returns the first block that passes and names what the matcher finds, or -1.
func (v *verification) naming(m *nameMatcher, pass func(*Block) bool) int {
	for i := range v.p.blocks {
		if b := &v.p.blocks[i]; b.creditable() && pass(b) && v.named(i, m) {
			return i
		}
	}
	return -1
}

func anyBlock(*Block) bool { return true }

func (v *verification) creditSource(Clause) Finding {
	if i := v.naming(v.outletMatcher(), anyBlock); i >= 0 {
		return v.finding(Met, v.p.blocks[i].el, "outlet_named", "Outlet", v.outletName())
	}
	return v.finding(Unmet, v.p.region, "outlet_missing", "Outlet", v.outletName())
}

func (v *verification) creditPlace(c Clause) Finding {
	var pass func(*Block) bool
	switch c.Where {
	case "title":
		if v.outletMatcher().in(cutNames(v.p.title)) {
			return v.finding(Met, -1, "outlet_in_place", "Outlet", v.outletName())
		}
		return v.finding(Unmet, v.p.region, "outlet_misplaced", "Outlet", v.outletName(), "Place", c.Where)
	case "byline":
		pass = func(b *Block) bool { return b.Kind == BylineBlock }
	case "first_paragraph", "top":
		pass = func(b *Block) bool { return b.Number >= 0 && b.Number <= 1 }
	case "end":
		pass = func(b *Block) bool { return b.Number >= 0 && b.Number >= v.p.paragraphs }
	default:
		return v.finding(Undecidable, -1, "unknown_place", "Place", c.Where)
	}
	if i := v.naming(v.outletMatcher(), pass); i >= 0 {
		return v.finding(Met, v.p.blocks[i].el, "outlet_in_place", "Outlet", v.outletName())
	}
	return v.finding(Unmet, v.p.region, "outlet_misplaced", "Outlet", v.outletName(), "Place", c.Where)
}

func (v *verification) creditAuthor(Clause) Finding {
	o := v.facts.Original
	if len(o.Authors) == 0 {
		return v.finding(Undecidable, -1, "no_author_known")
	}
	at := -1
	for _, author := range o.Authors {
		m := newPersonMatcher(append([]string{author}, o.AuthorSpellings[author]...))
		i := v.naming(&m, anyBlock)
		if i < 0 {
			return v.finding(Unmet, v.p.region, "author_missing", "Author", author)
		}
		at = i
	}
	return v.finding(Met, v.p.blocks[at].el, "authors_named")
}

// languageWords are the beginnings of the names of the original's language, in three languages.
var languageWords = map[string][]string{
	"en": {"english", "английск", "անգլերեն"},
	"ru": {"russian", "русск", "ռուսերեն"},
	"hy": {"armenian", "армянск", "հայերեն"},
}

func (v *verification) creditTranslator(Clause) Finding {
	if strings.TrimSpace(v.facts.Translator) == "" {
		return v.finding(Undecidable, -1, "no_translator_known")
	}
	lang, _, _ := strings.Cut(lowerASCII(v.facts.Original.Language), "-")
	words := languageWords[lang]
	m := newPersonMatcher([]string{v.facts.Translator})
	named := -1
	for i := range v.p.blocks {
		if !v.p.blocks[i].creditable() || !v.named(i, &m) {
			continue
		}
		named = i
		for k := max(i-1, 0); k <= min(i+1, len(v.p.blocks)-1); k++ {
			if v.p.blocks[k].creditable() && hasPrefixWord(v.cut(k), words) {
				return v.finding(Met, v.p.blocks[i].el, "translator_named", "Translator", v.facts.Translator)
			}
		}
	}
	if named >= 0 {
		if words == nil {
			return v.finding(Undecidable, v.p.blocks[named].el, "language_unknown", "Language", v.facts.Original.Language)
		}
		return v.finding(Unmet, v.p.blocks[named].el, "language_missing", "Language", lang)
	}
	return v.finding(Unmet, v.p.region, "translator_missing", "Translator", v.facts.Translator)
}

func hasPrefixWord(t nameText, prefixes []string) bool {
	for _, w := range t.words {
		for _, p := range prefixes {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
	}
	return false
}

// worded returns the first block that holds a fixed wording, or -1.
func (v *verification) worded(text string, pass func(int) bool) int {
	want := foldWording(text)
	if want == "" {
		return -1
	}
	for i := range v.p.blocks {
		if v.p.blocks[i].creditable() && strings.Contains(v.fold(i), want) && pass(i) {
			return i
		}
	}
	return -1
}

func anyPlace(int) bool { return true }

func (v *verification) creditWording(c Clause) Finding {
	if foldWording(c.Text) == "" {
		return v.finding(Undecidable, -1, "no_wording_known")
	}
	if i := v.worded(c.Text, anyPlace); i >= 0 {
		return v.finding(Met, v.p.blocks[i].el, "wording_found")
	}
	return v.finding(Unmet, v.p.region, "wording_missing", "Wording", c.Text)
}

func (v *verification) editDeclare(c Clause) Finding {
	texts := c.TextAny
	if c.Text != "" {
		texts = append(append([]string(nil), texts...), c.Text)
	}
	known := false
	for _, text := range texts {
		known = known || foldWording(text) != ""
		if i := v.worded(text, anyPlace); i >= 0 {
			return v.finding(Met, v.p.blocks[i].el, "edit_declared")
		}
	}
	if !known {
		return v.finding(Undecidable, -1, "no_wording_known")
	}
	return v.finding(Unmet, v.p.region, "edit_undeclared", "Wording", strings.Join(texts, " / "))
}

func (v *verification) readMore(c Clause) Finding {
	if foldWording(c.Text) == "" {
		return v.finding(Undecidable, -1, "no_wording_known")
	}
	want := keys(v.facts.Original.URL, v.facts.Original.CanonicalURL)
	i := v.worded(c.Text, func(i int) bool {
		for _, l := range v.p.blocks[i].links {
			if contains(want, v.p.links[l].key) {
				return true
			}
		}
		return false
	})
	if i >= 0 {
		return v.finding(Met, v.p.blocks[i].el, "read_more_found")
	}
	if i := v.worded(c.Text, anyPlace); i >= 0 {
		return v.finding(Unmet, v.p.blocks[i].el, "read_more_unlinked", "Wording", c.Text)
	}
	return v.finding(Unmet, v.p.region, "wording_missing", "Wording", c.Text)
}
