package web

import (
	"cmp"
	"net/url"
	"strings"

	"colophon/archive"
	"colophon/archive/rights"
)

// report is what a check of somebody's page found, in words: partial verify/report.
type report struct {
	Address       string // of the page; "" where it was pasted without one
	Host          string
	Title         string
	Outlet        string
	Ours          bool // checked against our own terms
	Version       int  // of the terms
	TermsURL      string
	Source        archive.SourceID
	Original      string // address; "" where it is not known
	OriginalTitle string
	OriginalLang  string
	QuoteLang     string // of the terms
	Lines         []reportLine
	Letters       []letter
	Example       string // the HTML of a correct credit
}

// reportLine is one clause.
type reportLine struct {
	N        int
	Status   rights.Status
	Tone     string // ok, bad, changes
	Name     string
	Help     string
	Strength string
	Says     string
	Quote    string
	Where    string // path to the node
	Excerpt  rights.Excerpt
}

// Count counts the lines of a status: met, unmet, undecidable.
func (p report) Count(status string) int {
	n := 0
	for _, l := range p.Lines {
		if string(l.Status) == status {
			n++
		}
	}
	return n
}

// State is what the page comes to: unmet where any clause is, else undecidable where any is, else met.
func (p report) State() string {
	switch {
	case p.Count("unmet") > 0:
		return "unmet"
	case p.Count("undecidable") > 0:
		return "undecidable"
	}
	return "met"
}

// report puts an examination into words, with the letters that ask to mend what is unmet.
func (s *Server) report(r *request, e archive.Examination) report {
	out := report{
		Address: e.URL, Title: cmp.Or(oneLine(e.Page.Title()), e.URL), Outlet: e.Source.NameIn(r.lang).Name, Ours: e.Source.ID == 0,
		Version: e.Terms.Version, TermsURL: e.Terms.PageURL, Source: e.Source.ID, Original: e.Facts.Original.URL,
		OriginalTitle: e.Facts.Original.Title, OriginalLang: e.Facts.Original.Language, QuoteLang: e.Terms.Language, Letters: s.letters(r, e),
	}
	if u, err := url.Parse(e.URL); err == nil {
		out.Host = u.Host
	}
	paths := make([]string, len(e.Findings))
	for i, f := range e.Findings {
		paths[i] = f.Where
	}
	excerpts := e.Page.Excerpts(paths...)
	for i, f := range e.Findings {
		c := e.Clauses[i]
		l := reportLine{
			N: i + 1, Status: f.Status, Tone: "bad", Name: r.clauseName(f.Kind), Help: r.clauseHelp(f.Kind), Strength: r.strength(c.Strength),
			Says: found(r.words, f), Quote: c.Quote, Where: f.Where, Excerpt: excerpts[f.Where],
		}
		switch f.Status {
		case rights.Met:
			l.Tone = "ok"
		case rights.Undecidable:
			l.Tone = "changes"
		case rights.Unmet:
		}
		out.Lines = append(out.Lines, l)
	}
	if len(out.Letters) > 0 {
		var lines []string
		for _, x := range creditExample(e) {
			lines = append(lines, x.HTML)
		}
		out.Example = strings.Join(lines, "\n")
	}
	return out
}
