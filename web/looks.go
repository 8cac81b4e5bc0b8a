package web

import (
	"context"
	"log/slog"

	"colophon/archive"
)

// maxLooks bounds how many outlets wait to have their terms looked for. What finds no room is found by the background
// work of "serve".
const maxLooks = 64

// lookLater has an outlet's terms looked for soon, if they never were: whoever brought its page does not wait for that.
func (s *Server) lookLater(id archive.SourceID) {
	if s.Fetcher == nil {
		return
	}
	select {
	case s.looks <- id:
	default:
	}
}

// runLooks looks for the terms of outlets, one after the other, until ctx ends.
func (s *Server) runLooks(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-s.looks:
			if err := s.lookNow(ctx, id); err != nil && ctx.Err() == nil {
				s.Log.LogAttrs(ctx, slog.LevelError, "terms were not looked for", slog.Int64("source", int64(id)), slog.String("error", err.Error()))
			}
		}
	}
}

func (s *Server) lookNow(ctx context.Context, id archive.SourceID) error {
	source, err := s.Archive.Source(ctx, id)
	if err != nil || !source.TriedAt.IsZero() {
		return err
	}
	_, err = s.Desk.LookForTerms(ctx, s.Fetcher, id, 0)
	return err
}
