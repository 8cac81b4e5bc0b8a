package web

import (
	"fmt"

	"colophon/archive"
)

// absenceLine is a page of an outlet's terms that could not be read, in words.
type absenceLine struct {
	archive.Absence
	Why      string
	From, To string
	Answer   string // address of what it answered first; "" where there was no answer
}

// absences are the pages of an outlet's terms that could not be read when they were last looked at.
func (s *Server) absences(r *request, source archive.Source) ([]absenceLine, error) {
	list, err := s.Archive.Absences(r.Context(), source.ID)
	if err != nil {
		return nil, err
	}
	return r.absenceLines(source, list), nil
}

func (r *request) absenceLines(source archive.Source, list []archive.Absence) []absenceLine {
	out := make([]absenceLine, len(list))
	for i, a := range list {
		out[i] = absenceLine{
			Absence: a, Why: r.T("fault.terms.absent."+string(a.Why), "Host", source.Host), From: r.words.Date(a.First), To: r.words.Date(a.Last),
		}
		if a.Capture != 0 {
			out[i].Answer = fmt.Sprintf("/desk/captures/%d", a.Capture)
		}
	}
	return out
}
