package web

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

type requestIDKey struct{}

// requestID is the id of the request a context belongs to, or "".
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// observe gives every request an id, writes one log line for it, and turns a panic into an error page. The line holds no
// address of a reader: who reads what is nobody's business, the operator's included. Static files and pages that are
// kept are logged at debug level only: half the time such an answer takes would be spent on telling of it.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &recorder{ResponseWriter: w, began: time.Now(), id: s.takeID(r)}
		defer s.finish(out, r)
		next.ServeHTTP(out, r)
		if out.status == 0 {
			out.status = http.StatusOK
		}
	})
}

// finish ends a request that observe began.
func (s *Server) finish(out *recorder, r *http.Request) {
	if p := recover(); p != nil {
		if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it this way
			panic(p)
		}
		s.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("id", out.id), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
		if out.status == 0 {
			out.Header().Set("X-Request-Id", out.id)
			s.fail(s.newRequest(out, withID(r, out.id), nil), fmt.Errorf("panic: %v", p))
		}
	}
	level := slog.LevelInfo
	switch {
	case out.status >= 500:
		level = slog.LevelError
	case out.quiet && out.status < 400:
		level = slog.LevelDebug
	}
	if s.Log.Enabled(r.Context(), level) {
		s.Log.LogAttrs(r.Context(), level, "request", slog.String("id", out.id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
			slog.Int("status", out.status), slog.Duration("took", time.Since(out.began)))
	}
}

func withID(r *http.Request, id string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
}

// takeID is the id a trusted proxy gave the request, or a new one. People read it out over the telephone: 12 letters and
// digits, 60 bits. It is no secret.
func (s *Server) takeID(r *http.Request) string {
	if len(s.proxies) > 0 {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		if given := r.Header.Get("X-Request-Id"); given != "" && len(given) <= 64 && s.trusted(host) &&
			strings.Trim(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == "" {
			return given
		}
	}
	const letters = "abcdefghijkmnpqrstuvwxyz23456789" // none that is taken for another
	var id [12]byte
	n := rand.Uint64()
	for i := range id {
		id[i] = letters[n%32]
		n /= 32
	}
	return string(id[:])
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	id     string
	began  time.Time
	status int
	quiet  bool // the answer is of the common kind that is logged at debug level alone: a kept page, a static file
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Flush sends what is there; progress of an import is told as it goes.
func (w *recorder) Flush() {
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// hush marks an answer as one of the common kind.
func hush(w http.ResponseWriter) {
	for {
		if out, ok := w.(*recorder); ok {
			out.quiet = true
			return
		}
		wrapped, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return
		}
		w = wrapped.Unwrap()
	}
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
