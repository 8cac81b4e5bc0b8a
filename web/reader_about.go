package web

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"colophon/archive"
)

// aboutPage fills templates/pages/about.html.
type aboutPage struct {
	base
	Outlets []outletName
	Next    string // address of the next outlets; "" where there are none
}

// maxOutlets is how many outlets one page lists.
const maxOutlets = 50

// about says how texts may be used, how they are made, and whose they are.
func (s *Server) about(r *request) error {
	after, err := strconv.ParseInt(cmp.Or(r.query("after"), "0"), 10, 64)
	if err != nil || after < 0 {
		return errNoPage
	}
	var f *frame
	var sources []archive.Source
	load := func(ctx context.Context) error {
		if sources != nil {
			return nil
		}
		var err error
		if f, err = s.frame(ctx); err != nil {
			return err
		}
		sources, err = s.Desk.SourcesShelved(ctx, archive.SourceID(after), maxOutlets+1)
		return err
	}
	return r.cached(
		func(ctx context.Context) (string, error) {
			if err := load(ctx); err != nil {
				return "", err
			}
			var b strings.Builder
			b.WriteString("about " + f.identity)
			for _, source := range sources {
				b.WriteString("\n" + source.Slug + " " + source.NameIn(r.lang).Name)
			}
			return b.String(), nil
		},
		func(ctx context.Context) ([]byte, error) {
			if err := load(ctx); err != nil {
				return nil, err
			}
			page := aboutPage{base: r.public(f, r.T("about.title"))}
			page.languageLinks("/about")
			page.Canonical = s.Origin + "/" + r.lang + "/about"
			page.NoIndex = after > 0
			shown := sources
			if len(shown) > maxOutlets {
				shown = shown[:maxOutlets]
				page.Next = "/" + r.lang + "/about?after=" + strconv.FormatInt(int64(shown[maxOutlets-1].ID), 10) + "#outlets"
			}
			for _, source := range shown {
				page.Outlets = append(page.Outlets, newOutletName(source, r.lang))
			}
			return r.render("about", page)
		}, "after")
}
