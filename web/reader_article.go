package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/translations"
)

// articlePage fills templates/pages/article.html.
type articlePage struct {
	base
	P         translations.Publication
	Outlet    string // its name in the language of the page
	Original  string // language of the original, in the language of the page
	Text      []stretch
	Published string // by the outlet, in words, as precise as the outlet was
	Minutes   int
	Stale     bool
	Others    []coverage
}

// coverage is what exists of an article in one language.
type coverage struct {
	Lang, Label, Name, URL string
	Current, Original      bool
	Stale                  bool
}

// article shows an article as published, or a candidate for it.
func (s *Server) article(r *request) error {
	if p, ok := candidate(r.Context()); ok {
		return r.show("article", s.articlePage(r, p, nil))
	}
	art, err := s.Archive.ArticleBySlug(r.Context(), r.param("slug"))
	if err != nil {
		return err
	}
	shelved, err := s.Desk.ShelvedOf(r.Context(), art.ID)
	if err != nil {
		return err
	}
	return r.cached(
		func(context.Context) (string, error) { return identityOf(shelved), nil },
		func(ctx context.Context) ([]byte, error) {
			p, err := s.Desk.Published(ctx, art.ID, r.lang)
			if err != nil {
				return nil, err
			}
			return r.render("article", s.articlePage(r, p, shelved))
		})
}

// identityOf names everything the pages of an article are made of.
func identityOf(shelved []translations.Shelved) string {
	var b strings.Builder
	for _, v := range shelved {
		b.WriteString(v.Language + " " + strconv.FormatInt(int64(v.Publication), 10) + " " + strconv.FormatBool(v.Stale) + ";")
	}
	return b.String()
}

func (s *Server) articlePage(r *request, p translations.Publication, shelved []translations.Shelved) articlePage {
	c := p.Content
	page := articlePage{
		base: r.base(c.Title), P: p, Outlet: archive.Source{Names: c.SourceNames, Language: c.SourceLanguage}.NameIn(r.lang).Name,
		Original: r.words.LanguageName(c.SourceLanguage), Text: stretches(c.Blocks, p.Language),
		Published: outletDate(r, c.PublishedAt), Minutes: max(1, (c.Words+100)/200),
	}
	page.Description = c.Dek
	page.Canonical = s.Origin + articlePath(p.Language, p.Slug)
	page.Alternates = nil
	for _, v := range shelved {
		if v.Language == p.Language {
			page.Stale = v.Stale
		}
		page.Others = append(page.Others, coverage{
			Lang: v.Language, Label: s.words[v.Language].Label(), Name: s.words[v.Language].Name(), URL: articlePath(v.Language, v.Slug),
			Current: v.Language == p.Language, Original: v.Language == c.SourceLanguage, Stale: v.Stale,
		})
	}
	return page
}

// outletDate is a time as an outlet stated it, in words: the day, and nothing it did not say.
func outletDate(r *request, stated string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, stated); err == nil {
			return r.words.Day(t)
		}
	}
	return ""
}

// media answers with a picture of an article. Pictures are known by their digests, so they never change.
func (s *Server) media(r *request) error {
	asset, b, err := s.Archive.Picture(r.Context(), database.Digest(r.param("digest")))
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Type", asset.MediaType)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	r.w.WriteHeader(http.StatusOK)
	_, err = r.w.Write(b)
	return err
}
