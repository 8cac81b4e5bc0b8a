package web

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"strings"

	"colophon/archive/rights"
	"colophon/translations"
)

// Outputs implements translations.Renderer: what else of a publication would go out, each made by what makes it for
// readers.
func (s *Server) Outputs(ctx context.Context, p translations.Publication) ([]translations.Output, error) {
	served, err := s.Render(ctx, p)
	if err != nil {
		return nil, err
	}
	css, err := s.static.Source("public.css")
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Origin+articlePath(p.Language, p.Slug), nil)
	if err != nil {
		return nil, fmt.Errorf("render outputs: %w", err)
	}
	r := s.newRequest(&response{header: http.Header{}}, request, nil)
	r.lang, r.words = p.Language, s.words[p.Language]
	f, err := s.frame(ctx)
	if err != nil {
		return nil, err
	}
	item := p.Item()
	story := r.stories(f, []translations.Item{item})[0]
	source, err := s.Archive.Source(ctx, p.Content.SourceID)
	if err != nil {
		return nil, err
	}
	card, err := s.card(s.pageOf(r, f, p, source), story)
	if err != nil {
		return nil, err
	}
	entry := s.entry(story, p)
	out := []translations.Output{
		{Name: translations.InPrint, Page: rights.Page{Body: printed(served.Body, css), Header: served.Header, URL: served.URL}},
		{Name: translations.InFeed, Page: s.fragment(p, "<h1>"+html.EscapeString(entry.Title)+"</h1>"+entry.Content.Text)},
		{Name: translations.OnCard, Page: s.fragment(p, card)},
	}
	if k := newKit(r, p, r.own(f.site)); k.Withheld == "" {
		out = append(out, translations.Output{Name: translations.InKit, Page: s.fragment(p, k.HTML)})
	}
	return out, nil
}

// fragment is a piece of HTML as a page that has nothing else.
func (s *Server) fragment(p translations.Publication, body string) rights.Page {
	if !strings.Contains(body, "<article") {
		body = "<article>" + body + "</article>"
	}
	return rights.Page{
		Body:   []byte(`<!doctype html><html lang="` + p.Language + `"><head><meta charset="utf-8"><title></title></head><body>` + body + `</body></html>`),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, URL: s.Origin + articlePath(p.Language, p.Slug),
	}
}

// card is the story as lists show it, and below it what social media show of its page.
func (s *Server) card(page articlePage, st story) (string, error) {
	part, err := s.templates.execute("front", "public/story", data([]any{"Page", page, "Story", st, "Rubric", false, "Short", false}))
	if err != nil {
		return "", err
	}
	social := ""
	if page.Description != page.P.Content.Dek {
		social += "<p>" + html.EscapeString(page.Description) + "</p>"
	}
	if image := page.Image(); image != "" {
		social += `<img src="` + html.EscapeString(image) + `" alt="">`
	}
	return strings.Replace(string(part), "</article>", social+"</article>", 1), nil
}

// printed is a page as the print style sheet leaves it: the rules of its @media print stand in the page as if they were
// for every medium. Its other style sheets are not read, as for the page itself.
func printed(page []byte, css string) []byte {
	var rules strings.Builder
	for {
		_, rest, found := strings.Cut(css, "@media print")
		if !found {
			break
		}
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			break
		}
		depth, end := 0, len(rest)
		for i := open; i < len(rest); i++ {
			switch rest[i] {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth == 0 {
				end = i
				break
			}
		}
		rules.WriteString(rest[open+1 : end])
		css = rest[end:]
	}
	style := strings.ReplaceAll(rules.String(), "</", "<\\/")
	return bytes.Replace(page, []byte("</head>"), []byte("<style>"+style+"</style></head>"), 1)
}
