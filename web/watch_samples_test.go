package web

import (
	"context"
	"strings"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
)

// sampleExamination is a page that breaks most of what its outlet asks, and tries to do harm besides.
func sampleExamination() archive.Examination {
	page := rights.Page{
		URL: "https://copy.example/2025/swifts?a=1&b=%22%3E%3Cscript%3E", Body: []byte(`<html lang="ru"><article><h1>Стрижи под мостом <script>alert(1)</script>&lt;script>alert(2)&lt;/script></h1><p>` +
			strings.Repeat("Город пересчитал свои мосты и стрижей, которые живут под ними. ", 8) + `<a rel="nofollow"
onclick="alert(3)" href="https://vardakar-courier.example/swifts">"Курьер"</a></p></article></html>`),
	}
	clause := func(k rights.Kind, s rights.Strength, p rights.Params) rights.Clause {
		return rights.Clause{Kind: k, Strength: s, Params: p, Quote: "հիպերհղում անելու դեպքում"}
	}
	e := archive.Examination{
		Page: rights.Parse(page), URL: page.URL,
		Source: archive.Source{ID: 1, Host: "vardakar-courier.example", HomeURL: "https://vardakar-courier.example/", Names: map[string]archive.Name{
			"en": {Name: "Vardakar Courier"}, "ru": {Name: "Вардакарский курьер", Instrumental: "«Вардакарским курьером»"}, "hy": {Name: "Վարդաքարի սուրհանդակ", Definite: "«Վարդաքարի սուրհանդակը»"},
		}},
		Terms: archive.Terms{Version: 3, Language: "hy", PageURL: "https://vardakar-courier.example/terms"},
		Facts: rights.Facts{Original: rights.Original{
			URL: "https://vardakar-courier.example/swifts", CanonicalURL: "https://vardakar-courier.example/swifts", HomeURL: "https://vardakar-courier.example/",
			OutletNames: []string{"Vardakar Courier", "Վարդաքարի սուրհանդակ"}, Authors: []string{"Տիգրան Ասլանյան"}, Title: "Մանգաղաթևերին հաշվել են", Language: "hy",
		}},
		Clauses: []rights.Clause{
			clause(rights.LinkRequired, rights.Must, rights.Params{Target: "article"}), clause(rights.LinkFollowable, rights.Must, rights.Params{}),
			clause(rights.CreditSource, rights.Must, rights.Params{}), clause(rights.CreditAuthor, rights.Should, rights.Params{}),
			clause(rights.CreditWording, rights.Liked, rights.Params{Text: "Source: Courier"}), clause(rights.Notify, rights.Must, rights.Params{}),
		},
	}
	e.Findings = e.Page.VerifyForeign(e.Facts, e.Clauses)
	return e
}

var watchSamples = map[string]sample{
	"verify/form": func(r *request) (string, any) {
		r.member = nare()
		p := verifyPage{base: r.server.deskBase(r, r.T("verify.title"), "verify"), Tabs: r.watchTabs("/desk/verify"), Megabytes: 8}
		p.Terms = []choice{{ownTerms, r.T("verify.terms.own", "Site", r.server.Site), true}, {"1", "Vardakar Courier · vardakar-courier.example", false}}
		return "verify", p
	},
	"verify/refused": func(r *request) (string, any) {
		r.member = nare()
		p := verifyPage{base: r.server.deskBase(r, r.T("verify.title"), "verify"), Tabs: r.watchTabs("/desk/verify"), Megabytes: 8, HTML: "\n</textarea><script>alert(1)</script>", Page: "nowhere"}
		p.Mistakes = []mistake{{"ad", r.T("fault.verify.nothing")}, {"pa", hostileWords}}
		return "verify", p
	},
	"verify/unmet": func(r *request) (string, any) {
		r.member = helen()
		found := r.server.report(r, sampleExamination())
		return "verify", verifyPage{base: r.server.deskBase(r, r.T("verify.title"), "verify"), Tabs: r.watchTabs("/desk/verify"), Report: &found, Megabytes: 8}
	},
	"verify/own": func(r *request) (string, any) {
		r.member = helen()
		page := rights.Page{Body: []byte(`<html lang="en"><article><p>` + strings.Repeat("A word of somebody else. ", 20) + `</article>`)}
		e, _, err := r.server.examineOwn(context.Background(), page, "")
		if err != nil {
			panic(err)
		}
		found := r.server.report(r, e)
		return "verify", verifyPage{base: r.server.deskBase(r, r.T("verify.title"), "verify"), Tabs: r.watchTabs("/desk/verify"), Report: &found, Megabytes: 8}
	},
	"capture/text": func(r *request) (string, any) {
		p := sampleCapture(r)
		p.Text = stretches(samplePublication("hy").Content.Blocks, "hy", "hy")
		return "capture", p
	},
	"capture/facts": func(r *request) (string, any) {
		p := sampleCapture(r)
		p.Dead = now().AddDate(0, 0, -4)
		return "capture", p
	},
	"article/dead": func(r *request) (string, any) {
		p := sampleArticle(r, true)
		p.Dead = &deadSource{Since: now().AddDate(0, 0, -4), Capture: capturePath(r.lang, "kare-kamurj", now())}
		p.Credit.lead(p.P.Content.OriginalURL, p.Dead.Capture)
		return "article", p
	},
	"source/links": func(r *request) (string, any) {
		r.member = nare()
		dead := r.linkView(archive.LinkHealth{Article: 5, State: archive.LinkDead, Since: now()})
		dead.Title, dead.Lang = "Քարե կամուրջը", "hy"
		failing := r.linkView(archive.LinkHealth{Article: 6, State: archive.LinkDoubtful, Since: now()})
		failing.Title, failing.Lang = hostileWords, "en"
		return "source", sourcePage{
			base: r.server.deskBase(r, "V", "sources"), Source: sampleSource(), Name: "V", State: termsNone,
			Absences: r.absenceLines(sampleSource(), []archive.Absence{
				{PageURL: "https://vardakar-courier.example/terms", Why: ingest.Maintenance, Reads: 2, Days: 1, First: now(), Last: now(), Capture: 4},
				{PageURL: "https://vardakar-courier.example/" + strings.Repeat("long", 40), Why: ingest.NotFound, Reads: 5, Days: 4, First: now().AddDate(0, 0, -4), Last: now(), Capture: 5},
				{PageURL: "https://vardakar-courier.example/rules", Why: archive.Unreachable, Reads: 21, Days: 21, First: now().AddDate(0, 0, -21), Last: now()},
			}),
			Links: sourceLinks{Alive: 21, Failing: 1, Dead: 1, Closed: 2, Unknown: 1, All: 26, Broken: []linkView{dead, failing}, More: true},
		}
	},
	"desk_article/link": func(r *request) (string, any) {
		r.member = nare()
		p := deskArticlePage{
			base: r.server.deskBase(r, "A", "board"), Outlet: "Vardakar Courier", Source: sampleSource(), Terms: termsNone,
			Article: archive.Article{ID: 5, Language: "en", URL: "https://vardakar-courier.example/a"}, Revision: archive.Revision{Number: 1, Title: "A"},
			Link: r.linkView(archive.LinkHealth{Article: 5, State: archive.LinkDead, Since: now()}),
		}
		for _, o := range []archive.LinkOutcome{archive.LinkAnswered, archive.LinkElsewhere, archive.LinkSoft, archive.LinkMissing, archive.LinkGone, archive.LinkFailed, archive.LinkRefused} {
			p.Link.Checks = append(p.Link.Checks, linkCheckLine{LinkCheck: archive.LinkCheck{Times: len(o) - 3, Status: 200}, From: "1", To: "2", Text: r.T("link.outcome." + string(o)), Moved: "https://a.example/"})
		}
		return "desk_article", p
	},
	"republications/full": func(r *request) (string, any) {
		r.member = helen()
		p := republicationsPage{base: r.server.deskBase(r, r.T("republications.title"), "verify"), Tabs: r.watchTabs("/desk/republications"), MayKeep: true, Addresses: hostileWords, Ours: hostileWords, Refuse: hostileWords}
		p.States = []tab{{r.T("republications.all"), "/desk/republications", true}}
		for i, state := range []translations.RepublicationState{"", "met", "unmet", "undecidable", "failed"} {
			l := r.republicationLine(translations.Republication{ID: translations.RepublicationID(i + 1), URL: "https://copy.example/1?a=%22%3E", Host: "copy.example", State: state, Title: hostileWords, Checked: now()})
			if i%2 == 0 {
				l.Ours, l.Article, l.Lang = "/en/articles/kare-kamurj", "The stone bridge", "en"
			}
			p.Pages = append(p.Pages, l)
		}
		p.More = "/desk/republications?before=1"
		for _, kind := range []string{translations.ByReferrer, translations.ByBeacon} {
			lead := translations.LeadCount{Lead: translations.Lead{Kind: kind, Host: "copy.example", Path: "/1"}, Count: 3}
			p.Leads = append(p.Leads, leadLine{LeadCount: lead, Address: "https://copy.example/1", When: "today", Ours: "/en/articles/a", Article: "The stone bridge", Lang: "en"})
			lead.Path, lead.Host = "/", "other.example"
			p.Leads = append(p.Leads, leadLine{LeadCount: lead, When: "today"})
		}
		p.Hosts = []hostLine{{"a.example", "check"}, {"b.example", "ignore"}}
		p.Views = []beaconLine{{"copy.example", 3, 21, 99}, {"", 0, 1, 2}}
		return "republications", p
	},
	"republications/empty": func(r *request) (string, any) {
		r.member = nare()
		return "republications", republicationsPage{base: r.server.deskBase(r, r.T("republications.title"), "verify"), Tabs: r.watchTabs("/desk/republications"), States: []tab{{r.T("republications.all"), "/desk/republications", true}}}
	},
	"republications/none": func(r *request) (string, any) {
		r.member = nare()
		return "republications", republicationsPage{base: r.server.deskBase(r, r.T("republications.title"), "verify"), Tabs: r.watchTabs("/desk/republications"), States: []tab{{r.T("republications.all"), "/desk/republications", false}}, Filtered: true}
	},
	"republication/unmet": func(r *request) (string, any) {
		r.member = helen()
		found := r.server.report(r, sampleExamination())
		p := republicationPage{base: r.server.deskBase(r, "x", "verify"), MayKeep: true, Report: &found, Seen: "yesterday", Fault: hostileWords, Next: "today", By: "Helen Marsh"}
		p.Line = r.republicationLine(translations.Republication{ID: 3, URL: "https://copy.example/1", Host: "copy.example", State: "unmet", Title: hostileWords, Checked: now(), Origin: "list"})
		p.Line.Ours, p.Line.Article, p.Line.Lang = "/en/articles/kare-kamurj", "The stone bridge", "en"
		p.Checks = []republicationCheckLine{{When: "today", State: "failed", Text: hostileWords}, {When: "yesterday", State: "unmet", Text: "Hyperlink", Capture: 4}}
		return "republication", p
	},
	"republication/new": func(r *request) (string, any) {
		r.member = helen()
		p := republicationPage{base: r.server.deskBase(r, "x", "verify"), MayKeep: true}
		p.Line = r.republicationLine(translations.Republication{ID: 3, URL: "https://copy.example/1", Host: "copy.example", Origin: translations.ByReferrer, Retired: now()})
		return "republication", p
	},
}

func sampleCapture(r *request) capturePage {
	p := samplePublication(r.lang)
	page := capturePage{
		base: r.public(sampleFrame(), "x"), Heading: "Քարե կամուրջը", HeadingLang: "hy", Language: r.words.LanguageName("hy"), Outlet: newOutletName(sampleOutlet(), r.lang),
		URL: p.Content.OriginalURL, Date: newOutletDate(r.words, "2025-08-28"), Authors: p.Content.Authors, Captured: r.words.DateTime(now()), Machine: "2025-09-02T14:45:00Z",
		Digest: p.Content.CaptureDigest, Length: 420, Others: []coverage{newCoverage(r, sampleShelved("en")[0], "hy")}, Credit: newCredit(p, sampleOutlet()),
	}
	page.NoIndex = true
	return page
}
