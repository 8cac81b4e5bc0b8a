package web

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/locales"
)

// letter asks whoever publishes a page to mend what it breaks: polite, complete, and ready to be copied. It is plain text;
// nothing is sent from here.
type letter struct {
	Lang, Language string // the second in the language of the page it is shown on
	Subject, Body  string
	Shown          bool // unfolded at first
}

// letters are the letter in every language of the interface, that of the page first. There is none where nothing binding
// is unmet.
func (s *Server) letters(r *request, e archive.Examination) []letter {
	if len(mendable(e)) == 0 {
		return nil
	}
	first := e.Page.Language()
	var out []letter
	for _, lang := range locales.Languages() {
		l := letter{Lang: lang, Language: r.words.LanguageName(lang), Shown: lang == first}
		l.Subject, l.Body = s.letter(s.words[lang], e, r.member.Name)
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b letter) int { return order(b.Shown) - order(a.Shown) })
	out[0].Shown = true
	return out
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// mendable are the places of the findings a letter asks about: unmet, and more than liked.
func mendable(e archive.Examination) []int {
	var out []int
	for i, f := range e.Findings {
		if f.Status == rights.Unmet && e.Clauses[i].Strength != rights.Liked {
			out = append(out, i)
		}
	}
	return out
}

// letter writes the letter in one language, signed with a name.
func (s *Server) letter(l *locales.Localizer, e archive.Examination, from string) (subject, body string) {
	outlet := quoted(l.Lang(), e.Source.NameIn(l.Lang()).Name)
	title := oneLine(e.Page.Title())
	if title == "" {
		title = e.URL
	} else {
		title = quotedTitle(l.Lang(), title)
	}
	say := func(id string, pairs ...any) string { return typesetPlain(l.Text(id, data(pairs))) }
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\n") }
	line(say("letter.hello"))
	line("")
	about := "letter.about"
	if e.Source.ID == 0 {
		about = "letter.about.ours"
	}
	line(say(about, "Outlet", outlet, "Title", title))
	line("")
	if e.URL != "" {
		line(say("letter.page", "Address", e.URL))
	}
	if e.Facts.Original.URL != "" {
		line(say("letter.original", "Address", e.Facts.Original.URL))
	}
	if e.Terms.PageURL != "" {
		line(say("letter.terms", "Address", e.Terms.PageURL))
	}
	line("")
	line(say("letter.asks", "Outlet", outlet))
	for n, i := range mendable(e) {
		line("")
		line(strconv.Itoa(n+1) + ". " + s.mend(l, e, i, outlet))
		line("   " + say("letter.found", "What", found(l, e.Findings[i])))
		if q := oneLine(e.Clauses[i].Quote); q != "" {
			line("   " + say("letter.quote", "Quote", quotedTitle(e.Terms.Language, q)))
		}
	}
	if example := creditExample(e); len(example) > 0 {
		line("")
		line(say("letter.credit"))
		for _, x := range example {
			line("")
			line(say("letter.place." + string(x.Place)))
			line("   " + x.HTML)
		}
	}
	line("")
	line(say("letter.close"))
	line("")
	line(say("letter.thanks"))
	if from != "" {
		line(from)
	}
	line(s.Site + ", " + s.Origin)
	return say("letter.subject", "Title", title), b.String()
}

// mend says what to change.
func (s *Server) mend(l *locales.Localizer, e archive.Examination, i int, outlet string) string {
	f, c := e.Findings[i], e.Clauses[i]
	id := "letter.fix." + string(f.Kind)
	if !l.Has(id) {
		id = "letter.fix.other"
	}
	o := e.Facts.Original
	address := o.URL
	if c.Target == "homepage" || address == "" {
		address = o.HomeURL
	}
	if c.URL != "" {
		address = c.URL
	}
	wording := c.Text
	if wording == "" && len(c.TextAny) > 0 {
		wording = c.TextAny[0]
	}
	names := strings.Join(o.Authors, ", ")
	if f.Kind == rights.CreditTranslator {
		names = e.Facts.Translator
	}
	return l.Text(id, map[string]any{
		"Outlet": outlet, "Address": address, "Wording": quotedTitle(e.Terms.Language, oneLine(wording)), "Names": names,
		"Percent": strconv.FormatFloat(c.Percent, 'f', -1, 64),
	})
}

// found puts a finding into words of a language.
func found(l *locales.Localizer, f rights.Finding) string {
	data := make(map[string]any, len(f.Data))
	for k, v := range f.Data {
		data[k] = oneLine(v)
	}
	return l.Text("finding."+f.Why, data)
}

// exampleLine is a line of a correct credit, as HTML to be copied.
type exampleLine struct {
	Place rights.Place
	HTML  string
}

// creditExample is the credit a page would meet the terms with, in the language of the page; nil where the address it must
// lead to is not known.
func creditExample(e archive.Examination) []exampleLine {
	f := rights.CreditFacts{
		Lang: e.Page.Language(), Original: e.Facts.Original, Outlet: map[string]rights.Name{}, Chain: e.Facts.Chain, Translator: e.Facts.Translator,
		Excerpt: true, Edited: true,
	}
	for lang, n := range e.Source.Names {
		f.Outlet[lang] = rights.Name(n)
	}
	if f.Original.URL == "" && slices.ContainsFunc(e.Clauses, func(c rights.Clause) bool { return c.Target == "article" }) {
		return nil
	}
	binding := slices.DeleteFunc(slices.Clone(e.Clauses), func(c rights.Clause) bool { return c.Strength == rights.Liked })
	var out []exampleLine
	for _, l := range rights.Compile(binding, f).Lines {
		var b strings.Builder
		for _, part := range l.Parts {
			text := html.EscapeString(part.Text)
			if part.Href != "" {
				text = `<a href="` + html.EscapeString(part.Href) + `">` + text + `</a>`
			}
			b.WriteString(text)
		}
		if text := b.String(); l.Place == rights.InTitle {
			out = append(out, exampleLine{l.Place, "<h1>… " + strings.TrimSpace(text) + "</h1>"})
		} else {
			out = append(out, exampleLine{l.Place, "<p>" + text + "</p>"})
		}
	}
	return out
}

// oneLine puts foreign text on one line, without what turns the writing round.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		case r < ' ' || r == 0x7F:
			return ' '
		}
		return r
	}, s)), " ")
}

// typesetPlain is text for a letter: spaces that do not break would only surprise in a mail.
func typesetPlain(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
