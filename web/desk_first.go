package web

// firstPage fills templates/pages/first_run.html: what a desk without articles still lacks.
type firstPage struct {
	base
	Source, People bool // there is one; there are two
}

func (s *Server) firstRun(r *request) error {
	sources, err := s.Archive.Sources(r.Context(), 0, 1)
	if err != nil {
		return err
	}
	members, err := s.Desk.Members(r.Context(), 0, 2)
	if err != nil {
		return err
	}
	return r.show("first_run", firstPage{
		base: s.deskBase(r, r.T("first.title"), "board"), Source: len(sources) > 0, People: len(members) > 1,
	})
}
