package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"colophon/translations"
)

// frame is what every public page has around its text, and changes seldom: the site's settings and its sections. It is
// asked for once in Settings.Fresh, for all pages.
type frame struct {
	site     translations.Site
	sections []translations.Section
	identity string    // part of the identity of every cached page
	moves    time.Time // when the shelf next moves by itself, at the end of an embargo; zero: it will not
	until    time.Time
}

func (s *Server) frame(ctx context.Context) (*frame, error) {
	if f := s.around.Load(); f != nil && !s.Now().After(f.until) {
		return f, nil
	}
	f := &frame{until: s.Now().Add(s.pages.fresh)}
	var err error
	if f.site, err = s.Desk.Site(ctx); err != nil {
		return nil, err
	}
	if f.sections, err = s.Desk.Sections(ctx); err != nil {
		return nil, err
	}
	if f.moves, err = s.Desk.Moves(ctx); err != nil {
		return nil, err
	}
	f.until = f.still(f.until)
	f.identity = fmt.Sprint("site ", f.site.Number, " sections ", f.sections)
	s.around.Store(f)
	return f, nil
}

// still is the last instant, up to at, at which the shelf is as it was.
func (f *frame) still(at time.Time) time.Time {
	if f != nil && !f.moves.IsZero() && !at.Before(f.moves) {
		return f.moves.Add(-time.Nanosecond)
	}
	return at
}

// published makes this process show what has just been published or withdrawn, or a change of the site's settings, at
// once. Other processes notice within Settings.Fresh.
func (s *Server) published() {
	s.around.Store(nil)
	s.pages.moved()
}

// section is a section by its slug.
func (f *frame) section(slug string) (translations.Section, bool) {
	for _, s := range f.sections {
		if s.Slug == slug {
			return s, true
		}
	}
	return translations.Section{}, false
}

// public is the base of a page the public reads.
func (r *request) public(f *frame, title string) base {
	b := r.base(title)
	if name := f.site.Name[r.lang]; name != "" {
		b.Site = name
	}
	if !f.site.MiningFree {
		b.Policy = r.server.Origin + policyPath
	}
	for _, s := range f.sections {
		b.Sections = append(b.Sections, tab{Text: s.Name(r.lang), URL: sectionPath(r.lang, s.Slug)})
	}
	for _, list := range [][]translations.SiteLink{f.site.Follow, f.site.Apps} {
		for _, l := range list {
			b.Follow = append(slices.Clip(b.Follow), Link{Text: l.Text, URL: l.URL})
		}
	}
	return b
}

// sectionPath is the address of a section in a language.
func sectionPath(lang, slug string) string { return "/" + lang + "/sections/" + slug }

// outletPath is the address of an outlet's page in a language.
func outletPath(lang, slug string) string { return "/" + lang + "/outlets/" + slug }

// maxFrontSections is how many sections the front page shows stories of.
const maxFrontSections = 6
