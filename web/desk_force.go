package web

import (
	"fmt"
	"slices"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/locales"
)

// forceBox is what is in force of an outlet for one use: its page shows all that the gate would ask, and why.
type forceBox struct {
	Outlet    archive.SourceID
	Confirmed bool
	Standing  archive.Agreement // in the place of terms nobody has confirmed
	Uses      []tab             // one for each language a page could be in
	Rules     []forceLine
}

// forceLine is a clause in force.
type forceLine struct {
	ruleLine
	Lang   string // of the quoted words
	Rests  supportLines
	State  string // "missing": asks for a permission nobody has recorded; "given"; ""
	Number int
}

// forceBox combines what is in force; ?use= names the language of the page, the outlet's own without it.
func (s *Server) forceBox(r *request, source archive.Source) (forceBox, error) {
	lang := r.query("use")
	if !slices.Contains(locales.Languages(), lang) {
		lang = source.Language
	}
	f, err := s.Archive.InForce(r.Context(), source.ID, archive.Use{Language: lang, Translation: lang != source.Language, At: s.Now()})
	if err != nil {
		return forceBox{}, err
	}
	rests := make([]rights.Support, len(f.Rulings))
	for i, ruling := range f.Rulings {
		rests[i] = ruling.Support
	}
	lines, err := s.supports(r, rests)
	if err != nil {
		return forceBox{}, err
	}
	return newForceBox(r, source, lang, f, lines), nil
}

func newForceBox(r *request, source archive.Source, lang string, f archive.Force, rests []supportLines) forceBox {
	b := forceBox{Outlet: source.ID, Confirmed: f.IsConfirmed(), Standing: f.Standing}
	uses := locales.Languages()
	if source.Language != "" && !slices.Contains(uses, source.Language) {
		uses = append([]string{source.Language}, uses...)
	}
	for _, l := range uses {
		text := r.T("force.use.translation", "Language", r.words.LanguageName(l))
		if l == source.Language {
			text = r.T("force.use.original", "Language", r.words.LanguageName(l))
		}
		b.Uses = append(b.Uses, tab{Text: text, URL: fmt.Sprintf("/desk/sources/%d?use=%s#force", source.ID, l), Current: l == lang})
	}
	rules := r.rules(f.Clauses())
	for i, ruling := range f.Rulings {
		l := forceLine{ruleLine: rules[i], Lang: ruling.Origin.Language, Rests: rests[i], Number: i + 1}
		l.Strength = r.strengthOf(ruling.Clause, ruling.Origin)
		switch {
		case ruling.Answered != nil:
			l.State = "given"
		case ruling.Grant != nil && !*ruling.Grant && ruling.Strength != rights.Liked:
			l.State = "missing"
		}
		b.Rules = append(b.Rules, l)
	}
	return b
}
