package web

import (
	"colophon/archive/rights"
	"colophon/translations"
)

// keptAnswers are what an editor answered for when a version was published: it stays with the publication.
type keptAnswers struct {
	By    string // who, and when
	Lines []keptAnswer
}

// keptAnswer is one question with its answer.
type keptAnswer struct{ Name, Ask, Answer string }

// addKept fills what a review page says of the publication readers see.
func (s *Server) addKept(r *request, p *reviewPage) error {
	v := p.Work.Version
	lapses, err := s.lapses(r, []translations.Version{v})
	if err != nil {
		return err
	}
	p.Lapse = lapses[v.ID]
	out, err := s.Desk.Published(r.Context(), v.Article, v.Language)
	if err != nil {
		return err
	}
	names, err := s.Desk.Names(r.Context(), out.By)
	if err != nil {
		return err
	}
	p.Kept = r.kept(out, names[out.By])
	return nil
}

// kept puts the answers of a publication into words, in the order of its clauses; one that answers several stands once.
func (r *request) kept(p translations.Publication, by string) keptAnswers {
	out := keptAnswers{By: r.T("gate.kept.by", "Name", by, "Date", r.words.DateTime(p.At))}
	seen := map[rights.Kind]bool{}
	for _, c := range p.Content.Clauses {
		answer := p.Reasons[c.Key()]
		if answer == "" || seen[c.Key()] {
			continue
		}
		seen[c.Key()] = true
		out.Lines = append(out.Lines, keptAnswer{r.clauseName(c.Kind), r.question(c), answer})
	}
	return out
}
