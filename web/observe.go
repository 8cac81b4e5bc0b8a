package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
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
// address of a reader: who reads what is nobody's business, the operator's included.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		id := s.takeID(r)
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		out := &recorder{ResponseWriter: w}
		out.Header()["X-Request-Id"] = []string{id}

		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it this way
					panic(p)
				}
				s.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("id", id), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
				if out.status == 0 {
					s.fail(s.newRequest(out, r, nil), fmt.Errorf("panic: %v", p))
				}
			}
			level := slog.LevelInfo
			if out.status >= 500 {
				level = slog.LevelError
			}
			if s.Log.Enabled(r.Context(), level) {
				s.Log.LogAttrs(r.Context(), level, "request", slog.String("id", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
					slog.Int("status", out.status), slog.Int64("bytes", out.bytes), slog.Duration("took", time.Since(began)))
			}
		}()
		next.ServeHTTP(out, r)
		if out.status == 0 {
			out.status = http.StatusOK
		}
	})
}

// takeID is the id a trusted proxy gave the request, or a new one. People read it out over the telephone: 12 letters and
// digits, 60 bits.
func (s *Server) takeID(r *http.Request) string {
	if given := r.Header.Get("X-Request-Id"); given != "" && len(given) <= 64 && len(s.proxies) > 0 {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		if s.trusted(host) && strings.Trim(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == "" {
			return given
		}
	}
	return strings.ToLower(rand.Text()[:12])
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
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
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Flush sends what is there; progress of an import is told as it goes.
func (w *recorder) Flush() {
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
