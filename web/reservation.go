package web

import (
	"context"
	"net/http"
	"strings"
)

// reserve says in headers whether text and data mining is reserved (TDMRep §5.1), as feeds, copies, pictures and the API
// have no other place for it. Pages of HTML that are kept say it in their head; the desk says it to nobody.
func (s *Server) reserve(ctx context.Context, r *http.Request, h http.Header) {
	if strings.HasPrefix(r.URL.Path, "/desk") {
		return
	}
	f, err := s.frame(ctx)
	switch {
	case err != nil: // tdmrep.json says it too
	case f.site.MiningFree:
		h.Set("Tdm-Reservation", "0")
	default:
		h.Set("Tdm-Reservation", "1")
		h.Set("Tdm-Policy", s.Origin+policyPath)
	}
}
