package web

import (
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
)

// sampleOutlet is an outlet for the samples of public pages.
func sampleOutlet() archive.Source {
	return archive.Source{
		ID: 3, Slug: "vardakar-courier", Host: "vardakar-courier.example", HomeURL: "https://vardakar-courier.example/", Language: "hy",
		Names: map[string]archive.Name{
			"en": {Name: "Vardakar Courier"}, "ru": {Name: "Вардакарский курьер", Instrumental: "Вардакарским курьером"},
			"hy": {Name: "Վարդաքարի սուրհանդակ", Definite: "Վարդաքարի սուրհանդակը"},
		},
	}
}

// sampleFrame is what stands around the samples.
func sampleFrame() *frame {
	return &frame{
		site: translations.Site{Follow: []translations.SiteLink{{Text: "Telegram", URL: "https://t.me/colophon"}}},
		sections: []translations.Section{
			{Slug: "town-region", Names: map[string]string{"en": "Town & region", "ru": "Город и край", "hy": "Քաղաք և մարզ"}},
			{Slug: "science", Names: map[string]string{"": "Science"}},
		},
	}
}

// samplePublication has a block of every kind, a clause for every place of a credit, and people for every role.
func samplePublication(lang string) translations.Publication {
	source := sampleOutlet()
	clauses := []rights.Clause{
		{Kind: rights.LinkRequired, Params: rights.Params{Target: "either"}},
		{Kind: rights.CreditPlace, Params: rights.Params{Where: "byline"}},
		{Kind: rights.CreditWording, Params: rights.Params{Text: "Reprinted with the consent of the Courier"}},
		{Kind: rights.CreditAuthor},
	}
	digest := database.Digest(strings.Repeat("3f", 32))
	return translations.Publication{
		ID: 9, Article: 4, Revision: 6, Language: lang, Slug: "stone-bridge-4", At: now(), FirstAt: now(),
		Content: translations.Content{
			Title: "A stone bridge & what “it” joins", Dek: "After four years of repairs.", Section: "town-region", Authors: []string{"Տիգրան Ասլանյան", "A. Reader"},
			PublishedAt: "2025-08-28T11:06:00+04:00", SourceLanguage: "hy", OriginalTitle: "Քարե կամուրջը", OriginalURL: "https://www.vardakar-courier.example/2025/08/28/qare-kamurj",
			SourceID: 3, SourceNames: source.Names, SourceHome: source.HomeURL, Statement: "Հղումը պարտադիր է։", StatementLang: "hy", TermsVersion: 2,
			Clauses:     clauses,
			Facts:       rights.Facts{Original: rights.Original{URL: "https://vardakar-courier.example/2025/08/28/qare-kamurj", HomeURL: source.HomeURL, OutletNames: source.AllNames(), Authors: []string{"Տիգրան Ասլանյան"}, Language: "hy"}, Translator: "Nare Petrosyan"},
			Translators: []string{"Nare Petrosyan", "Pavel Orlov"}, Approver: "Helen Marsh", RevisionNumber: 2, CapturedAt: now(), CaptureDigest: string(digest), Words: 420,
			Blocks: []translations.ContentBlock{
				{Kind: ingest.Paragraph, HTML: `The bridge <em>opened</em> on 28 August <a href="https://town.example/?a=1&amp;b=2">again</a>.`},
				{Kind: ingest.Figure, HTML: "Elevation of the bridge", Asset: digest, Figure: &archive.Figure{URL: "https://vardakar-courier.example/bridge.svg", Alt: "Կամրջի գծանկար"}},
				{Kind: ingest.Figure, Asset: digest, Figure: &archive.Figure{URL: "https://vardakar-courier.example/a.jpg", Credit: "Town Archive"}},
				{Kind: ingest.Heading, Level: 2, HTML: "What has changed"},
				{Kind: ingest.Heading, Level: 3, HTML: "Lamps"},
				{Kind: ingest.ListItem, HTML: "Two piers"},
				{Kind: ingest.ListItem, HTML: "A parapet"},
				{Kind: ingest.Quote, HTML: "For four years I walked around."},
				{Kind: ingest.ListItem, HTML: "First", Figure: &archive.Figure{Ordered: true}},
				{Kind: ingest.ListItem, HTML: "Second", Figure: &archive.Figure{Ordered: true}},
				{Kind: ingest.Preformatted, HTML: "a  b"},
				{Kind: ingest.Embed, HTML: "A song", Figure: &archive.Figure{URL: "https://songs.example/1"}},
			},
		},
	}
}

// sampleItems are stories of the samples.
func sampleItems(lang string, n int) []translations.Item {
	out := make([]translations.Item, n)
	for i := range out {
		out[i] = translations.Item{
			Card: translations.Card{
				Title: "Swifts counted from four bridges", Dek: "Three evenings in a row.", SourceName: sampleOutlet().NameIn(lang).Name,
				SourceLang: []string{"hy", "ru", "en", "fr"}[i%4], Author: "A. Reader", Image: database.Digest(strings.Repeat("3f", 32)),
			},
			Article: archive.ArticleID(20 + i), Publication: translations.PublicationID(30 + i), Source: 3, Language: lang, Slug: "swifts",
			Section: []string{"town-region", "science", ""}[i%3], FirstAt: now().Add(-time.Duration(i) * time.Hour), At: now(),
		}
	}
	return out
}

func sampleShelved(langs ...string) []translations.Shelved {
	var out []translations.Shelved
	for _, lang := range langs {
		v := translations.Shelved{Stale: lang == "ru"}
		v.Language, v.Slug, v.Publication = lang, "stone-bridge-4", 9
		out = append(out, v)
	}
	return out
}

// sampleArticle is an article's page: behind its source and beside others, or the first of its outlet in a new archive.
func sampleArticle(r *request, full bool) articlePage {
	p := samplePublication(r.lang)
	page := r.server.pageOf(r, sampleFrame(), p, sampleOutlet())
	if !full {
		page.P.Content.Authors, page.P.Content.Translators, page.P.Content.Approver, page.P.Content.Statement = nil, nil, "", ""
		page.P.Content.Agreement = 7
		page.Date, page.Dek, page.Section = outletDate{}, "", tab{}
		page.cover(r, sampleShelved(r.lang))
		page.finish(r)
		return page
	}
	page.cover(r, sampleShelved("en", "hy", "ru"))
	page.Stale = &staleness{Changed: now(), Blocks: 2, Original: "/hy/articles/stone-bridge-4"}
	page.Views = "1,200+"
	a := &reading{frame: sampleFrame(), article: archive.Article{ID: 4}, own: &translations.Shelved{}, section: sampleItems(r.lang, 12), outlet: sampleItems(r.lang, 4)}
	a.own.Section = "science"
	page.beside(r, a)
	page.finish(r)
	return page
}

func sampleFront(r *request) frontPage {
	items := sampleItems(r.lang, 24)
	page := frontPage{base: r.public(sampleFrame(), ""), First: true, By: "Nare Petrosyan", Drawn: true}
	page.Canonical, page.Day, page.Description = r.server.Origin+"/"+r.lang, now(), r.T("strap")
	all := r.stories(sampleFrame(), items)
	page.Lead, page.New, page.Also = &all[0], all[1:3], all[3:5]
	page.LeadText = stretches(samplePublication(r.lang).Content.Blocks[:1], r.lang, "hy")[0].Blocks
	page.Original = &coverage{Lang: "hy", URL: "/hy/articles/stone-bridge-4"}
	page.Shelves = []shelf{{Section: tab{Text: "Science", URL: "/en/sections/science"}, First: all[5], Rest: all[6:8]}}
	page.latest = r.latest(sampleFrame(), items[8:], "/"+r.lang, 6)
	r.withLanguages(page.Stories, map[archive.ArticleID][]string{28: {"en", "hy", "ru"}})
	return page
}

func sampleSearch(r *request, hits int) searchPage {
	q := translations.Search{Text: "bridge", Section: "town-region", Source: 3}
	page := searchPage{base: r.public(sampleFrame(), "bridge"), Asked: true}
	page.Query, page.Search = "bridge", ""
	found := translations.Found{Count: hits, Behind: int64(hits)}
	for i, item := range sampleItems(r.lang, hits) {
		found.Hits = append(found.Hits, translations.Hit{
			Item: item, Place: int64(i), Title: []translations.Stretch{{Text: "A "}, {Text: "bridge", Marked: true}},
			Snippet: []translations.Stretch{{Text: "… over the "}, {Text: "bridge", Marked: true}, {Text: " <again> …"}},
		})
	}
	r.fillSearch(sampleFrame(), &page, q, found, sampleOutlet())
	if hits > 0 {
		page.Narrow = []facet{{Name: "section", Legend: r.T("search.section"), Choices: []option{{Value: "town-region", Text: "Town & region", Count: 3, Checked: true}, {Value: "science", Text: "Science", Count: 1}}}}
	}
	page.Others = []other{{Lang: "ru", Name: "Русский", URL: "/ru/search?q=bridge", Count: "2"}}
	return page
}

var readerSamples = map[string]sample{
	"article":       func(r *request) (string, any) { return "article", sampleArticle(r, true) },
	"article/bare":  func(r *request) (string, any) { return "article", sampleArticle(r, false) },
	"cite":          func(r *request) (string, any) { return "cite", sampleArticle(r, true) },
	"front":         func(r *request) (string, any) { return "front", sampleFront(r) },
	"front/earlier": func(r *request) (string, any) { p := sampleFront(r); p.First = false; return "front", p },
	"front/empty": func(r *request) (string, any) {
		return "front", frontPage{base: r.public(&frame{}, ""), First: true}
	},
	"section": func(r *request) (string, any) {
		page := listPage{base: r.public(sampleFrame(), "Science"), Heading: "Science", First: true, latest: r.latest(sampleFrame(), sampleItems(r.lang, 5), "/x", 3)}
		page.Sections[1].Current = true
		return "section", page
	},
	"section/empty": func(r *request) (string, any) {
		return "section", listPage{base: r.public(sampleFrame(), "Science"), Heading: "Science"}
	},
	"outlet": func(r *request) (string, any) {
		return "outlet", listPage{
			base: r.public(sampleFrame(), "Courier"), Heading: "«Courier»", First: true, latest: r.latest(sampleFrame(), sampleItems(r.lang, 5), "/x", 3),
			Outlet: &outletFacts{
				outletName: newOutletName(sampleOutlet(), r.lang), Language: "Armenian", Lang: "hy", Statement: "Հղումը պարտադիր է։", Version: 2,
				Recorded: r.words.Date(now()), Page: "https://vardakar-courier.example/terms", Clauses: []string{r.T("clause.link.required.name")},
			},
		}
	},
	"about": func(r *request) (string, any) {
		return "about", aboutPage{base: r.public(sampleFrame(), r.T("about.title")), Outlets: []outletName{newOutletName(sampleOutlet(), r.lang)}, Next: "/en/about?after=3"}
	},
	"missing": func(r *request) (string, any) {
		p := samplePublication(r.lang)
		return "missing", missingPage{
			base: r.public(sampleFrame(), "x"), Language: r.words.LanguageName(r.lang), Heading: "Քարե կամուրջը", HeadingLang: "hy", Credit: newCredit(p, sampleOutlet()).Top,
			Outlet: newOutletName(sampleOutlet(), r.lang), Original: p.Content.OriginalURL, Others: []coverage{newCoverage(r, sampleShelved("ru")[0], "hy")},
		}
	},
	"missing/gone": func(r *request) (string, any) {
		p := samplePublication(r.lang)
		return "missing", missingPage{
			base: r.public(sampleFrame(), "x"), Gone: true, At: now(), Heading: p.Content.Title, HeadingLang: r.lang, Credit: newCredit(p, sampleOutlet()).Top,
			Outlet: newOutletName(sampleOutlet(), r.lang), Original: p.Content.OriginalURL,
		}
	},
	"original": func(r *request) (string, any) {
		p := samplePublication(r.lang)
		return "original", originalPage{
			base: r.public(sampleFrame(), "x"), Heading: "Քարե կամուրջը", HeadingLang: "hy", Language: "Armenian", Outlet: newOutletName(sampleOutlet(), r.lang),
			URL: p.Content.OriginalURL, Date: newOutletDate(r.words, "2025-08-28"), Authors: p.Content.Authors, Captured: r.words.DateTime(now()),
			Digest: p.Content.CaptureDigest, Words: 420, Others: []coverage{newCoverage(r, sampleShelved("en")[0], "hy")},
		}
	},
	"search":      func(r *request) (string, any) { return "search", sampleSearch(r, 3) },
	"search/zero": func(r *request) (string, any) { return "search", sampleSearch(r, 0) },
	"search/new": func(r *request) (string, any) {
		return "search", searchPage{base: r.public(sampleFrame(), r.T("search.label"))}
	},
}
