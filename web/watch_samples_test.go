package web

import (
	"context"
	"strings"

	"colophon/archive"
	"colophon/archive/rights"
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
		p.Refuse = r.T("fault.verify.nothing")
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
}
