package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/locales"
	"colophon/translations"
)

// The API for readers' programs, described in docs/api.md. It shows what the pages show, by the same queries, and nothing
// else: what is held back by an embargo or was taken down is not in it.

// apiList is a page of a list.
type apiList struct {
	Language string       `json:"language"`
	Articles []apiSummary `json:"articles"`
	Next     string       `json:"next,omitempty"` // address of what follows
}

// apiSummary is an article in a list.
type apiSummary struct {
	URL         string    `json:"url"`
	API         string    `json:"api"`
	Slug        string    `json:"slug"`
	Title       string    `json:"title"`
	Dek         string    `json:"dek,omitempty"`
	Section     string    `json:"section,omitempty"`
	Source      string    `json:"source"`
	Original    string    `json:"original_language"`
	PublishedAt time.Time `json:"published_at"` // here, the first time
	UpdatedAt   time.Time `json:"updated_at"`
}

// apiArticle is an article as published.
type apiArticle struct {
	URL         string        `json:"url"`
	Canonical   string        `json:"canonical"`
	Slug        string        `json:"slug"`
	Language    string        `json:"language"`
	Title       string        `json:"title"`
	Dek         string        `json:"dek,omitempty"`
	Section     string        `json:"section,omitempty"`
	Authors     []string      `json:"authors,omitempty"`
	Translators []string      `json:"translators,omitempty"`
	PublishedAt time.Time     `json:"published_at"`
	UpdatedAt   time.Time     `json:"updated_at"`
	Original    apiOriginal   `json:"original"`
	Credit      apiCredit     `json:"credit"`
	Terms       apiTerms      `json:"terms"`
	Languages   []apiLanguage `json:"languages"`
	Blocks      []apiBlock    `json:"blocks"`
}

type apiOriginal struct {
	Title       string `json:"title"`
	Language    string `json:"language"`
	URL         string `json:"url"`
	Source      string `json:"source"`
	SourceURL   string `json:"source_url"`
	PublishedAt string `json:"published_at,omitempty"` // by the outlet, in its own precision
}

// apiCredit is what whoever shows the text owes its source, as the page shows it.
type apiCredit struct {
	Text string `json:"text"`
	HTML string `json:"html"`
}

// apiTerms are the terms of the source and where they can be read.
type apiTerms struct {
	Statement string `json:"statement,omitempty"`
	Language  string `json:"language,omitempty"`
	Usage     string `json:"usage_info"` // the page of the source's terms, or ours about the source
	License   string `json:"license,omitempty"`
}

type apiLanguage struct {
	Language string `json:"language"`
	URL      string `json:"url"`
	API      string `json:"api"`
}

type apiBlock struct {
	Kind  string    `json:"kind"`
	Level int       `json:"level,omitempty"`
	HTML  string    `json:"html,omitempty"`
	Text  string    `json:"text,omitempty"`
	Image *apiImage `json:"image,omitempty"`
}

type apiImage struct {
	URL    string `json:"url"`
	Alt    string `json:"alt,omitempty"`
	Credit string `json:"credit,omitempty"`
}

// apiPath is the address of an article for programs.
func apiPath(lang, slug string) string { return "/api/v1/" + lang + "/articles/" + slug }

// How long a page of the API's list is, and how long one can ask it to be.
const (
	apiLength    = 20
	maxAPILength = 100
)

// api prepares an answer to a program: any origin may read it, and errors are JSON.
func (r *request) api() error {
	r.w.Header().Set("Access-Control-Allow-Origin", "*")
	r.w.Header().Set("Access-Control-Expose-Headers", "Etag")
	again := r.http.Clone(r.Context())
	again.Header.Set("Accept", "application/json")
	r.http = again
	lang, ours := locales.Canonical(r.param("lang"))
	if !ours || lang != r.param("lang") {
		return errNoPage
	}
	r.lang, r.words = lang, r.server.words[lang]
	return nil
}

// json answers with a document for programs.
func (r *request) json(document any) error {
	return r.jsonAs("application/json; charset=utf-8", document)
}

func marshal(document any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(document); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return b.Bytes(), nil
}

// apiArticles lists what is public in a language, newest first.
func (s *Server) apiArticles(r *request) error {
	if err := r.api(); err != nil {
		return err
	}
	behind, err := r.before()
	if err != nil {
		return err
	}
	limit := apiLength
	if text := r.query("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > maxAPILength {
			return fault.New(fault.ErrInvalid, "error.form", nil)
		}
	}
	items, err := s.Desk.Shelf(r.Context(), r.lang, "", behind, limit+1)
	if err != nil {
		return err
	}
	out := apiList{Language: r.lang, Articles: []apiSummary{}}
	if len(items) > limit {
		items = items[:limit]
		out.Next = s.Origin + earlier("/api/v1/"+r.lang+"/articles", items[limit-1].Cursor())
		if limit != apiLength {
			out.Next += "&limit=" + strconv.Itoa(limit)
		}
	}
	for _, i := range items {
		out.Articles = append(out.Articles, apiSummary{
			URL: s.Origin + articlePath(i.Language, i.Slug), API: s.Origin + apiPath(i.Language, i.Slug), Slug: i.Slug, Title: i.Title, Dek: i.Dek,
			Section: i.Section, Source: i.SourceName, Original: i.SourceLang, PublishedAt: i.FirstAt.UTC(), UpdatedAt: i.At.UTC(),
		})
	}
	return r.json(out)
}

// apiArticle is one article as published.
func (s *Server) apiArticle(r *request) error {
	if err := r.api(); err != nil {
		return err
	}
	ctx := r.Context()
	a, err := s.Archive.ArticleBySlug(ctx, r.param("slug"))
	if err != nil {
		return err
	}
	p, err := s.Desk.Published(ctx, a.ID, r.lang)
	if errors.Is(err, archive.ErrNotFound) {
		if gone, err := s.Desk.Withdrawn(ctx, a.ID, r.lang); err == nil {
			return s.apiGone(r, gone)
		}
		return errNoPage
	}
	if err != nil {
		return err
	}
	source, err := s.Archive.Source(ctx, p.Content.SourceID)
	if err != nil {
		return err
	}
	shelved, err := s.Desk.ShelvedOf(ctx, a.ID)
	if err != nil {
		return err
	}
	return r.json(s.apiOf(r, p, source, shelved))
}

// apiGone says what was here, and keeps the credit.
func (s *Server) apiGone(r *request, gone translations.Withdrawal) error {
	source, err := s.Archive.Source(r.Context(), gone.Publication.Content.SourceID)
	if err != nil {
		return err
	}
	credit := newCredit(gone.Publication, source)
	body, err := json.Marshal(map[string]any{
		"error": r.T("missing.gone.label"), "gone_at": gone.At.UTC(), "original": gone.Publication.Content.OriginalURL,
		"credit": apiCredit{Text: credit.Text(), HTML: credit.HTML()},
	})
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	r.w.Header().Set("Cache-Control", "no-store")
	r.send(http.StatusGone, "application/json; charset=utf-8", append(body, '\n'))
	return nil
}

func (s *Server) apiOf(r *request, p translations.Publication, source archive.Source, shelved []translations.Shelved) apiArticle {
	c := p.Content
	credit := newCredit(p, source)
	out := apiArticle{
		URL: s.Origin + articlePath(p.Language, p.Slug), Canonical: s.Origin + articlePath(p.Language, p.Slug), Slug: p.Slug, Language: p.Language,
		Title: c.Title, Dek: c.Dek, Section: c.Section, Authors: c.Authors, Translators: c.Translators,
		PublishedAt: p.FirstAt.UTC(), UpdatedAt: p.At.UTC(),
		Original: apiOriginal{
			Title: c.OriginalTitle, Language: c.SourceLanguage, URL: c.OriginalURL, Source: source.NameIn(r.lang).Name, SourceURL: c.SourceHome,
			PublishedAt: c.PublishedAt,
		},
		Credit: apiCredit{Text: credit.Text(), HTML: credit.HTML()},
		Terms: apiTerms{
			Statement: c.Statement, Language: c.StatementLang, License: licenceOf(c),
			Usage: cmp.Or(c.TermsURL, s.Origin+outletPath(r.lang, source.Slug)),
		},
		Blocks: []apiBlock{},
	}
	for _, v := range shelved {
		out.Languages = append(out.Languages, apiLanguage{v.Language, s.Origin + articlePath(v.Language, v.Slug), s.Origin + apiPath(v.Language, v.Slug)})
	}
	for _, b := range c.Blocks {
		clean, _ := ingest.Sanitise(b.HTML, nil)
		block := apiBlock{Kind: string(b.Kind), Level: b.Level, HTML: clean, Text: ingest.PlainText(clean)}
		if b.Figure != nil && b.Asset != "" {
			block.Image = &apiImage{URL: s.Origin + "/media/" + string(b.Asset), Alt: b.Figure.Alt, Credit: b.Figure.Credit}
		}
		out.Blocks = append(out.Blocks, block)
	}
	return out
}

// licenceOf is the licence the source's terms name, "" where they name none.
func licenceOf(c translations.Content) string {
	i := slices.IndexFunc(c.Clauses, isLicence)
	if i < 0 {
		return ""
	}
	return c.Clauses[i].URL
}
