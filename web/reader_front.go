package web

import (
	"context"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/translations"
)

// frontPage fills templates/pages/front.html.
type frontPage struct {
	base
	Lead     *story
	LeadText []textBlock // the first paragraphs
	Drawn    bool        // its picture is a drawing in lines
	By       string      // who carried the lead over
	Original *coverage   // of the lead, where it is public
	New      []story     // newly carried over
	Also     []story
	Shelves  []shelf
	latest
	First bool // the beginning, and not an earlier page
}

// LastLead says whether a paragraph of the lead is the last that is shown.
func (p frontPage) LastLead(i int) bool { return i == len(p.LeadText)-1 }

// List is the list of the page.
func (p frontPage) List() latest { return p.latest }

// shelf is a section with its newest stories.
type shelf struct {
	Section tab
	First   story
	Rest    []story
}

// latest is a list that goes on: the partial public/latest.
type latest struct {
	Stories []story
	Earlier string // address of the page that follows; "" where this is the end
}

// How many stories a list shows at a time, and parts of the front page.
const (
	listLength  = 12
	frontNew    = 3
	frontAlso   = 3
	shelfLength = 4
)

// frontView is what the front page shows.
type frontView struct {
	*frame
	items     []translations.Item // the lead, what stands beside it, and the list
	shelves   map[string][]translations.Item
	languages map[archive.ArticleID][]string
	now       time.Time
}

// front shows the newest of a language: at its beginning with a lead and the sections, further down as a list.
func (s *Server) front(r *request) error {
	behind, err := r.before()
	if err != nil {
		return err
	}
	var known *frontView
	load := func(ctx context.Context) (*frontView, error) {
		var err error
		if known == nil {
			known, err = s.frontView(ctx, r.lang, behind)
		}
		return known, err
	}
	return r.cached(
		func(ctx context.Context) (string, error) {
			v, err := load(ctx)
			if err != nil {
				return "", err
			}
			return v.identity(r), nil
		},
		func(ctx context.Context) ([]byte, error) {
			v, err := load(ctx)
			if err != nil {
				return nil, err
			}
			page, err := s.frontPage(ctx, r, v, behind)
			if err != nil {
				return nil, err
			}
			return r.render("front", page)
		}, "before")
}

// frontView asks for the first rows of a few indexes, whatever the size of the archive.
func (s *Server) frontView(ctx context.Context, lang string, behind translations.Cursor) (*frontView, error) {
	f, err := s.frame(ctx)
	if err != nil {
		return nil, err
	}
	v := &frontView{frame: f, shelves: map[string][]translations.Item{}, now: s.Now()}
	length := listLength
	if behind.FirstAt.IsZero() {
		length += 1 + frontNew + frontAlso
	}
	if v.items, err = s.Desk.Shelf(ctx, lang, "", behind, length+1); err != nil {
		return nil, err
	}
	if behind.FirstAt.IsZero() {
		for _, section := range f.sections {
			if len(v.shelves) == maxFrontSections {
				break
			}
			items, err := s.Desk.Shelf(ctx, lang, section.Slug, translations.Cursor{}, shelfLength)
			if err != nil {
				return nil, err
			}
			if len(items) > 0 {
				v.shelves[section.Slug] = items
			}
		}
	}
	ids := make([]archive.ArticleID, len(v.items))
	for i, item := range v.items {
		ids[i] = item.Article
	}
	v.languages, err = s.Desk.LanguagesOf(ctx, ids...)
	return v, err
}

func (v *frontView) identity(r *request) string {
	var b strings.Builder
	b.WriteString(v.frame.identity + " day " + r.words.Date(v.now))
	identityOfItems(&b, v.items)
	for _, s := range v.sections {
		identityOfItems(&b, v.shelves[s.Slug])
	}
	for _, i := range v.items {
		b.WriteString(strings.Join(v.languages[i.Article], ",") + ";")
	}
	return b.String()
}

func (s *Server) frontPage(ctx context.Context, r *request, v *frontView, behind translations.Cursor) (frontPage, error) {
	page := frontPage{base: r.public(v.frame, ""), First: behind.FirstAt.IsZero()}
	page.Description = r.T("strap")
	page.Canonical = s.Origin + "/" + r.lang
	page.languageLinks("")
	page.Day = v.now
	items := v.items
	if page.First && len(items) > 0 {
		var err error
		if items, err = s.fillFront(ctx, r, v, &page); err != nil {
			return frontPage{}, err
		}
	}
	if !page.First {
		page.Title, page.NoIndex = r.T("front.earlier"), true
	}
	page.latest = r.latest(v.frame, items, "/"+r.lang, listLength)
	r.withLanguages(page.Stories, v.languages)
	return page, nil
}

// fillFront fills the parts above the list and returns what is left for it.
func (s *Server) fillFront(ctx context.Context, r *request, v *frontView, page *frontPage) ([]translations.Item, error) {
	rest := v.items
	// The newest with a picture leads, if it is among the newest few.
	at := 0
	for i, item := range rest[:min(len(rest), 5)] {
		if item.Image != "" {
			at = i
			break
		}
	}
	lead := rest[at]
	rest = append(append([]translations.Item{}, rest[:at]...), rest[at+1:]...)
	page.Lead = &r.stories(v.frame, []translations.Item{lead})[0]
	p, err := s.Desk.Publication(ctx, lead.Publication)
	if err != nil {
		return nil, err
	}
	page.By = strings.Join(p.Content.Translators, ", ")
	for _, b := range p.Content.Blocks {
		if b.Asset == lead.Image && b.Asset != "" {
			page.Drawn = isDrawn(b)
		}
	}
	for _, run := range stretches(p.Content.Blocks, r.lang, p.Content.SourceLanguage) {
		if run.Kind == ingest.Paragraph && len(page.LeadText) < 3 {
			page.LeadText = append(page.LeadText, run.Blocks...)
		}
	}
	for _, lang := range v.languages[lead.Article] {
		if lang == lead.SourceLang && lang != r.lang {
			page.Original = &coverage{Lang: lang, URL: articlePath(lang, lead.Slug)}
		}
	}
	var carried, also, left []translations.Item
	for _, item := range rest {
		switch {
		case item.SourceLang != r.lang && len(carried) < frontNew:
			carried = append(carried, item)
		case len(also) < frontAlso:
			also = append(also, item)
		default:
			left = append(left, item)
		}
	}
	page.New, page.Also = r.stories(v.frame, carried), r.stories(v.frame, also)
	for _, section := range v.sections {
		items := v.shelves[section.Slug]
		if len(items) == 0 {
			continue
		}
		all := r.stories(v.frame, items)
		page.Shelves = append(page.Shelves, shelf{Section: all[0].Section, First: all[0], Rest: all[1:]})
	}
	return left, nil
}

// latest is the page of a list: items holds one more than is shown where the list goes on.
func (r *request) latest(f *frame, items []translations.Item, path string, length int) latest {
	var out latest
	if len(items) > length {
		items = items[:length]
		out.Earlier = earlier(path, items[length-1].Cursor())
	}
	out.Stories = r.stories(f, items)
	return out
}
