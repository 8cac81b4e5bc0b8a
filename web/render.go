package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"colophon/archive/rights"
	"colophon/translations"
)

type candidateKey struct{}

// candidate is the publication a page is to be rendered from although readers do not see it yet: for the gate and for
// previews. Such a page is made by the same route and template as every other, and is never cached.
func candidate(ctx context.Context) (translations.Publication, bool) {
	p, ok := ctx.Value(candidateKey{}).(translations.Publication)
	return p, ok
}

// withCandidate makes the article page of ctx show p.
func withCandidate(ctx context.Context, p translations.Publication) context.Context {
	return context.WithValue(ctx, candidateKey{}, p)
}

// articlePath is the address of an article in a language.
func articlePath(lang, slug string) string { return "/" + lang + "/articles/" + slug }

// Render implements translations.Renderer: it asks the real router for the page p would become and returns what was
// served, headers and all.
func (s *Server) Render(ctx context.Context, p translations.Publication) (rights.Page, error) {
	path := articlePath(p.Language, p.Slug)
	r, err := http.NewRequestWithContext(withCandidate(ctx, p), http.MethodGet, s.Origin+path, nil)
	if err != nil {
		return rights.Page{}, fmt.Errorf("render %s: %w", path, err)
	}
	r.RequestURI = path
	r.RemoteAddr = "127.0.0.1:0"
	w := &response{header: http.Header{}, status: http.StatusOK}
	s.ServeHTTP(w, r)
	if w.status != http.StatusOK {
		return rights.Page{}, fmt.Errorf("render %s: status %d", path, w.status)
	}
	return rights.Page{Body: w.body.Bytes(), Header: w.header, URL: s.Origin + path}, nil
}

// response keeps what a handler writes.
type response struct {
	header http.Header
	status int
	body   bytes.Buffer
	wrote  bool
}

// Header implements http.ResponseWriter.
func (w *response) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *response) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
}

// Write implements http.ResponseWriter.
func (w *response) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}
