package web

import (
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// hostileWords is what a foreign page may say of itself.
const hostileWords = `"><script>alert(1)</script>`

func sampleTerms() archive.Terms {
	statement := "Any use of materials is allowed only if there is a hyperlink to Vardakar Courier.\nThe author is named."
	before, after, _ := strings.Cut(statement, "\n")
	return archive.Terms{
		ID: 4, Source: 3, Version: 2, Statement: statement, Language: "en", PageURL: "https://vardakar-courier.example/terms", Capture: 1, ProposedAt: now(),
		Evidence: []archive.Evidence{
			{Text: before, Where: "footer", Language: "en", PageURL: "https://vardakar-courier.example/terms", Capture: 1},
			{Text: after, Where: "text", Language: "en", PageURL: "https://vardakar-courier.example/" + hostileWords, Capture: 2},
		},
		Clauses: []rights.Clause{
			{Kind: rights.LinkRequired, Params: rights.Params{Target: "homepage"}, Quote: "a hyperlink", Start: 53, End: 64},
			{Kind: rights.LinkPlace, Params: rights.Params{Within: "paragraphs:7"}, Strength: rights.Should, Quote: "hyperlink to Vardakar Courier"},
			{Kind: rights.CreditAuthor, Strength: rights.Liked, Quote: "The author is named"},
			{Kind: rights.LimitShare, Params: rights.Params{Percent: 30}, Quote: "nowhere"},
		},
	}
}

func sampleView(r *request) termsView {
	t := sampleTerms()
	v := termsView{Terms: t, Parts: r.evidenceParts(t), By: "David Manukyan"}
	for i := range v.Parts {
		v.Parts[i].When, v.Parts[i].Digest = "14 August 2025, 13:32", "8f3ac1d0…b2947e"
		v.Parts[i].Kept = archive.Capture{ID: 1, Digest: "8f3ac1d0b2947e"}
	}
	return v
}

func sampleSource() archive.Source {
	return archive.Source{
		ID: 3, Host: "vardakar-courier.example", HomeURL: "https://vardakar-courier.example/", Language: "hy", Jurisdiction: "AM",
		Contact: "editor@vardakar-courier.example", CreatedAt: now(),
		Names: map[string]archive.Name{"hy": {Name: "Վարդաքարի սուրհանդակ"}, "en": {Name: "Vardakar Courier"}, "ru": {Name: "Вардакарский курьер", Genitive: "Вардакарского курьера"}},
	}
}

func sampleArticles(r *request) []articleLine {
	return []articleLine{
		{Article: archive.Article{ID: 5, Source: 3, Language: "hy"}, base: r.base(""), Title: "Քարե կամուրջը", Outlet: "Vardakar Courier", Date: "28 August 2025", Versions: []translations.Version{
			{ID: 1, Language: "en", Standing: workflow.AtPublished}, {ID: 2, Language: "ru", Standing: workflow.AtOutdated},
		}},
		{Article: archive.Article{ID: 6, Source: 3, Language: "en"}, base: r.base(""), Title: hostileWords, Outlet: hostileWords, Date: "1 August 2025"},
	}
}

var newsroomPageSamples = map[string]sample{
	"articles": func(r *request) (string, any) {
		r.member = nare()
		return "articles", articlesPage{base: r.server.deskBase(r, r.T("articles.all"), "board"), Articles: sampleArticles(r), More: "/desk/articles?before=5"}
	},
	"articles/none": func(r *request) (string, any) {
		r.member = nare()
		return "articles", articlesPage{base: r.server.deskBase(r, r.T("articles.all"), "board")}
	},
	"desk_article": func(r *request) (string, any) {
		r.member = helen()
		rev := archive.Revision{ID: 2, Number: 2, Title: "Քարե կամուրջը", Authors: []string{"Աննա Մելքոնյան"}, PublishedAt: "2025-08-28"}
		p := deskArticlePage{
			base: r.server.deskBase(r, rev.Title, "board"), Outlet: "Vardakar Courier", Source: sampleSource(), Revision: rev, Terms: termsChanged, From: 1, To: 2, Refuse: hostileWords,
			Article: archive.Article{ID: 5, Source: 3, Language: "hy", URL: "https://vardakar-courier.example/a", Section: "Մշակույթ"},
			Blocks: []originalBlock{
				{archive.Block{Kind: archive.KindTitle, Text: "x", HTML: "x"}, prose("hy", "Քարե կամուրջը")},
				{archive.Block{Kind: ingest.Paragraph, Text: "x"}, prose("hy", "Տեքստ <em>այստեղ</em>")},
				{archive.Block{Kind: ingest.Figure}, ""},
			},
			Openable:  []choice{{"ru", r.words.LanguageName("ru"), false}, {"hy", r.words.LanguageName("hy"), true}},
			Changes:   []changedBlock{{2, "changed", diffWords("en", "one word", "two words")}, {3, "added", []run{{Op: "ins", Text: "new"}}}, {0, "removed", []run{{Op: "del", Text: "old"}}}},
			History:   []historyLine{{When: "3 September 2025, 10:42, Nare", Text: r.T("history.published"), Reason: "because"}},
			Revisions: []revisionLine{{Revision: rev, When: "2 September 2025", Size: "40", Digest: "8f3ac1d0…b2947e", Current: true, Capture: archive.Capture{ID: 2, Origin: archive.Upload}}, {Revision: archive.Revision{Number: 1}, When: "1 September 2025", Size: "40", Capture: archive.Capture{ID: 1, Origin: archive.Fetch, Overrode: "agreed"}}},
		}
		for i, state := range workflow.Standings() {
			p.Versions = append(p.Versions, versionLine{Version: translations.Version{ID: translations.VersionID(i + 1), Language: "en", Standing: state, Done: 3, Total: 9}, Name: "English", Link: "/desk/versions/1", Original: i == 0})
		}
		p.Versions[4].Public, p.Versions[4].Lapse, p.Barred = "/en/articles/x", sampleLapse(r), sampleBarred(r)
		return "desk_article", p
	},
	"desk_article/new": func(r *request) (string, any) {
		r.member = nare()
		return "desk_article", deskArticlePage{
			base: r.server.deskBase(r, "A", "board"), Outlet: "Vardakar Courier", Source: sampleSource(), Terms: termsNone, From: 1, To: 1,
			Article: archive.Article{ID: 5, Language: "en", URL: "https://vardakar-courier.example/a"}, Revision: archive.Revision{Number: 1, Title: "A"},
		}
	},
	"ingest": func(r *request) (string, any) {
		r.member = helen()
		p := ingestPage{Addresses: hostileWords, Refuse: r.T("fault.ingest.nothing"), Override: true, More: "/desk/ingest?before=3"}
		r.server.ingestBase(r, &p)
		p.Mistakes = []mistake{{"ad", r.T("fault.ingest.nothing")}, {"re", r.T("fault.fetch.reason")}}
		for _, o := range []archive.Outcome{archive.New, archive.Revised, archive.Unchanged, archive.Failed} {
			l := outcomeLine{base: p.base, Name: "https://vardakar-courier.example/a", Outcome: o, Label: r.outcome(o), Link: "/desk/articles/5", When: "today"}
			if o == archive.Failed {
				l.Text = r.T("fault.internal")
			}
			p.Events = append(p.Events, l)
		}
		return "ingest", p
	},
	"ingest/empty": func(r *request) (string, any) {
		r.member = nare()
		p := ingestPage{}
		r.server.ingestBase(r, &p)
		return "ingest", p
	},
	"ingest/running": func(r *request) (string, any) {
		r.member = nare()
		p := ingestPage{Running: true, Count: 2}
		r.server.ingestBase(r, &p)
		return "ingest", p
	},
	"sources": func(r *request) (string, any) {
		r.member = helen()
		p := sourcesPage{base: r.server.deskBase(r, r.T("sources.title"), "sources"), MayAdd: true, More: "/desk/sources?after=9", Address: hostileWords, Refuse: r.T("fault.internal")}
		for _, state := range []string{termsChanged, termsProposed, termsNone, termsConfirmed} {
			p.Sources = append(p.Sources, sourceLine{sampleSource(), "Vardakar Courier", state})
		}
		return "sources", p
	},
	"sources/none": func(r *request) (string, any) {
		r.member = nare()
		return "sources", sourcesPage{base: r.server.deskBase(r, r.T("sources.title"), "sources")}
	},
	"source": func(r *request) (string, any) {
		r.member = helen()
		t := sampleTerms()
		confirmed := t
		confirmed.ID, confirmed.Version, confirmed.ConfirmedAt = 1, 1, now().Add(-time.Hour)
		return "source", sourcePage{
			base: r.server.deskBase(r, "Vardakar Courier", "sources"), Source: sampleSource(), Name: "Vardakar Courier", Others: []nameIn{{"hy", "Վարդաքարի սուրհանդակ"}},
			State: termsChanged, Shown: sampleView(r), Proposed: t, Rules: r.rules(t.Clauses), Articles: sampleArticles(r), More: "/desk/sources/3?before=5",
			Past:    []pastTerms{{t, diffWords("en", "a b c", "a d c"), "today", "", "Overtaken"}, {confirmed, []run{{Text: t.Statement}}, "yesterday", "David Manukyan", ""}},
			History: []historyLine{{When: "3 September 2025", Text: r.T("history.terms_confirmed", "Version", "1")}}, Captures: []choice{{"1", "https://vardakar-courier.example/terms", false}},
			Form: r.server.sourceForm(r, sampleSource()), MaySign: true, Refuse: r.T("fault.terms.silent"),
			Force: sampleForce(r), Agreements: sampleAgreementLines(r),
		}
	},
	"source/confirmed": func(r *request) (string, any) {
		r.member = helen()
		v := sampleView(r)
		v.Clauses = nil
		return "source", sourcePage{base: r.server.deskBase(r, "V", "sources"), Source: sampleSource(), Name: "V", State: termsConfirmed, Shown: v, MaySign: true, Form: r.server.sourceForm(r, archive.Source{Language: "fr"})}
	},
	"source/unknown": func(r *request) (string, any) {
		r.member = nare()
		return "source", sourcePage{base: r.server.deskBase(r, "V", "sources"), Source: archive.Source{ID: 3, Host: "a.example", HomeURL: "https://a.example/"}, Name: "V", State: termsNone}
	},
	"source/proposed": func(r *request) (string, any) {
		r.member = nare()
		return "source", sourcePage{base: r.server.deskBase(r, "V", "sources"), Source: sampleSource(), Name: "V", State: termsProposed, Proposed: sampleTerms(), Shown: sampleView(r), Rules: r.rules(sampleTerms().Clauses)}
	},
	"terms": func(r *request) (string, any) {
		r.member = helen()
		return "terms", termsPage{
			base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: sampleView(r),
			Clauses: r.clauseForms(sampleTerms().Clauses, []int{1}), Kinds: []choice{{"link.required", r.clauseName(rights.LinkRequired), false}}, MaySign: true, Free: true, Refuse: r.T("fault.terms.no_rules"),
		}
	},
	"terms/changed": func(r *request) (string, any) {
		r.member = helen()
		v := sampleView(r)
		v.Changed = true
		force := sampleTerms()
		force.ID, force.Version, force.ConfirmedAt, force.Statement = 1, 1, now(), "Any use of materials is allowed only if there is a link.\nNo photos."
		force.Clauses = []rights.Clause{
			{Kind: rights.LinkRequired, Params: rights.Params{Target: "article"}},
			{Kind: rights.MediaExclude, Params: rights.Params{Kinds: []string{"img"}}},
			{Kind: rights.CreditAuthor, Strength: rights.Liked},
		}
		return "terms", termsPage{
			base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: v, MaySign: true,
			Change: newTermsChange(r, force, v.Terms), Clauses: r.clauseForms(v.Clauses, nil), Kinds: []choice{{"link.required", r.clauseName(rights.LinkRequired), false}},
			Affected: []affectedLine{
				{translations.Affected{Version: 1, Language: "ru", Title: hostileWords, Slug: "a", Terms: 1}, "/desk/versions/1/review", "/ru/articles/a", r.T("terms.affected.published", "Version", 1, "Date", "1 August 2025")},
				{translations.Affected{Version: 2, Language: "hy", Title: "Քարե կամուրջը"}, "/desk/versions/2/review", "", r.T("terms.affected.work")},
			},
			MoreAffected: "/desk/sources/3/terms/4?before=1#affected",
		}
	},
	"terms/gone": func(r *request) (string, any) {
		r.member = helen()
		t := archive.Terms{ID: 4, Source: 3, Version: 2, Changed: true, Capture: 1, Evidence: []archive.Evidence{{Capture: 1, PageURL: "https://vardakar-courier.example/terms"}}, ProposedAt: now()}
		v := termsView{Terms: t, Parts: r.evidenceParts(t)}
		return "terms", termsPage{
			base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: v, MaySign: true,
			Change: newTermsChange(r, sampleTerms(), t), Refuse: r.T("terms.drop.reason"), Kinds: []choice{{"link.required", r.clauseName(rights.LinkRequired), false}},
		}
	},
	"terms/dropped": func(r *request) (string, any) {
		r.member = helen()
		v := sampleView(r)
		v.DroppedAt, v.DroppedBy, v.Note = now(), 2, "The page was broken."
		return "terms", termsPage{base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: v, Clauses: r.clauseForms(v.Clauses, nil), MaySign: true}
	},
	"overview": func(r *request) (string, any) {
		r.member = helen()
		f := archive.OverviewFilter{State: archive.TermsChanged, Find: hostileWords}
		p := overviewPage{
			base: r.server.deskBase(r, r.T("overview.title"), "terms"), Find: f.Find, Is: f.State, States: overviewStates(r, f), How: overviewHelp(r), More: "/desk/terms?after=9",
		}
		for _, state := range []archive.TermsState{archive.TermsChanged, archive.TermsProposed, archive.TermsNone, archive.TermsConfirmed} {
			p.Outlets = append(p.Outlets, overviewLine{OutletTerms: archive.OutletTerms{Source: sampleSource(), State: state}, Name: hostileWords, Link: "/desk/sources/3"})
		}
		p.Outlets[0].IsChange, p.Outlets[0].Affected, p.Outlets[0].Pages, p.Outlets[0].Read = true, "99+", "/desk/sources/3/terms/4#affected", "3 September 2025, 10:42"
		p.Outlets[0].countLinks(r, map[archive.LinkState]int{archive.LinkAlive: 20, archive.LinkDead: 1, archive.LinkFailing: 1})
		p.Outlets[3].Expires = "1 October 2025"
		p.Outlets[3].Lapses = newLapseLines(r, []translations.Lapse{
			{Agreement: 7, Title: hostileWords, Ends: now().AddDate(0, 0, -2), Over: true, Pages: 21}, {Agreement: 8, Title: "Letter", Ends: now().AddDate(0, 0, 9), Pages: 1},
		})
		return "overview", p
	},
	"overview/empty": func(r *request) (string, any) {
		r.member = nare()
		return "overview", overviewPage{base: r.server.deskBase(r, r.T("overview.title"), "terms"), States: overviewStates(r, archive.OverviewFilter{}), How: overviewHelp(r)}
	},
	"overview/zero": func(r *request) (string, any) {
		r.member = nare()
		f := archive.OverviewFilter{Find: "x"}
		return "overview", overviewPage{base: r.server.deskBase(r, r.T("overview.title"), "terms"), Find: "x", States: overviewStates(r, f), How: overviewHelp(r)}
	},
	"terms/read": func(r *request) (string, any) {
		r.member = nare()
		return "terms", termsPage{base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: sampleView(r)}
	},
	"terms/confirmed": func(r *request) (string, any) {
		r.member = helen()
		v := sampleView(r)
		v.ConfirmedAt = now()
		return "terms", termsPage{base: r.server.deskBase(r, r.T("terms.title", "Version", 2), "sources"), Source: sampleSource(), Name: "V", Shown: v, Clauses: r.clauseForms(v.Clauses, nil), MaySign: true}
	},
}
