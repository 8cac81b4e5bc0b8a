package web

import (
	"mime"
	"net/http"

	"colophon/archive"
	"colophon/translations"
)

// republish shows an article ready to be republished: templates/pages/republish.html.
func (s *Server) republish(r *request) error { return s.articleAs(r, "republish") }

// copies are the forms of a kit, by what ends the address of the file.
var copies = map[string]struct {
	kind string
	of   func(kit) string
}{
	"copy.html": {"text/html; charset=utf-8", func(k kit) string { return k.HTML }},
	"copy.md":   {"text/markdown; charset=utf-8", func(k kit) string { return k.Markdown }},
	"copy.txt":  {"text/plain; charset=utf-8", func(k kit) string { return k.Plain }},
}

// copyFile answers with one form of the kit, to be saved.
func (s *Server) copyFile(r *request) error {
	form, ok := copies[r.param("form")]
	if !ok {
		return errNoPage
	}
	return s.beside(r, func(f *frame, p translations.Publication, _ archive.Source) error {
		h := r.w.Header()
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.Slug + r.param("form")[len("copy"):]}))
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		r.machine(form.kind, []byte(form.of(newKit(r, p, r.own(f.site)))))
		return nil
	})
}

// rightsOf answers with what the terms of an article ask, in the words of ODRL.
func (s *Server) rightsOf(r *request) error {
	return s.beside(r, func(f *frame, p translations.Publication, source archive.Source) error {
		r.w.Header().Set("Access-Control-Allow-Origin", "*")
		return r.jsonAs("application/ld+json; charset=utf-8", s.policyOf(p, source, r.own(f.site)))
	})
}

// beside answers at an address that belongs to a public article; where it is not public, as the article itself does.
func (s *Server) beside(r *request, show func(*frame, translations.Publication, archive.Source) error) error {
	ctx := r.Context()
	a, err := s.reading(ctx, r.param("slug"), r.lang)
	if err != nil {
		return err
	}
	if a.own == nil {
		return s.missing(r, a)
	}
	p, err := s.Desk.Published(ctx, a.article.ID, r.lang)
	if err != nil {
		return err
	}
	source, err := s.Archive.Source(ctx, p.Content.SourceID)
	if err != nil {
		return err
	}
	return show(a.frame, p, source)
}

// reusePage fills templates/pages/reuse.html: our own terms.
type reusePage struct {
	base
	Terms reuseTerms
}

// reuse shows our own terms.
func (s *Server) reuse(r *request) error {
	f, err := s.frame(r.Context())
	if err != nil {
		return err
	}
	page := reusePage{base: r.public(f, r.T("own.title")), Terms: r.own(f.site)}
	page.languageLinks("/terms")
	page.Canonical = page.Terms.page
	return r.showStatus(http.StatusOK, "reuse", page)
}
