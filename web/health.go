package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"colophon/archive/fault"
)

// healthz says that the process answers. Nothing is asked of the database: a restart would not mend it.
func (s *Server) healthz(r *request) error { return r.plain("ok\n") }

// readyz says whether requests can be served now; a balancer sends none while it answers 503.
func (s *Server) readyz(r *request) error {
	if s.Ready == nil {
		return r.plain("ready\n")
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		return fault.Wrap(fault.ErrUnavailable, "error.unready", nil, err)
	}
	return r.plain("ready\n")
}

// plain answers a line for machines.
func (r *request) plain(text string) error {
	h := r.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	r.w.WriteHeader(http.StatusOK)
	_, _ = io.WriteString(r.w, text) // whoever asked is gone: there is nobody to tell
	return nil
}

func (s *Server) staticFile(r *request) error {
	hush(r.w)
	s.static.ServeHTTP(r.w, r.http)
	return nil
}

func (s *Server) favicon(r *request) error {
	s.static.Serve(r.w, r.http, "favicon.ico")
	return nil
}
