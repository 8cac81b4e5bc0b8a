package web

import (
	"net/http"
	"strings"

	"colophon/archive"
	"colophon/locales"
)

// access is who may use a route. What a person may do to a certain text is decided where the text is (package
// translations), not here.
type access string

const (
	anyone         access = "anyone"
	people         access = "people"         // whoever is signed in
	administrators access = "administrators" // whoever runs the desk
)

// maxBody bounds a request body, in bytes, where its route says nothing else.
const maxBody = 1 << 20

// route is one line of the list. A path that begins with /{lang} stands for one path per language of the interface; the
// language is then r.lang. Other places are Gin's, :id and *rest, read with r.param.
type route struct {
	method string
	path   string
	who    access
	do     func(*request) error
	policy *policy // nil: the strict one
	body   int64   // bound of the request body in bytes; 0: maxBody
}

// routes is every address there is. HEAD goes with GET. Keep the groups, and the order within them: as a person meets them.
func (s *Server) routes() []route {
	return []route{
		// the machine room
		{method: http.MethodGet, path: "/healthz", who: anyone, do: s.healthz},
		{method: http.MethodGet, path: "/readyz", who: anyone, do: s.readyz},
		{method: http.MethodGet, path: "/static/*file", who: anyone, do: s.staticFile},
		{method: http.MethodGet, path: "/favicon.ico", who: anyone, do: s.favicon},

		// language, theme, size
		{method: http.MethodGet, path: "/", who: anyone, do: s.chooseLanguage},
		{method: http.MethodGet, path: "/arm", who: anyone, do: s.movedToHy},
		{method: http.MethodGet, path: "/arm/*rest", who: anyone, do: s.movedToHy},
		{method: http.MethodGet, path: "/ARM", who: anyone, do: s.movedToHy},
		{method: http.MethodGet, path: "/ARM/*rest", who: anyone, do: s.movedToHy},
		{method: http.MethodGet, path: "/hye", who: anyone, do: s.movedToHy},
		{method: http.MethodGet, path: "/hye/*rest", who: anyone, do: s.movedToHy},
		{method: http.MethodPost, path: "/prefs", who: anyone, do: s.setPrefs},

		// readers
		{method: http.MethodGet, path: "/{lang}", who: anyone, do: s.front},
		{method: http.MethodGet, path: "/{lang}/sections/:slug", who: anyone, do: s.section},
		{method: http.MethodGet, path: "/{lang}/articles/:slug", who: anyone, do: s.article},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/original", who: anyone, do: s.original},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/cite", who: anyone, do: s.cite},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/captures/:time", who: anyone, do: s.publicCapture},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/republish", who: anyone, do: s.republish},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/republish/:form", who: anyone, do: s.copyFile},
		{method: http.MethodGet, path: "/{lang}/articles/:slug/rights.jsonld", who: anyone, do: s.rightsOf},
		{method: http.MethodGet, path: "/{lang}/terms", who: anyone, do: s.reuse},
		{method: http.MethodGet, path: policyPath, who: anyone, do: s.sitePolicy},
		{method: http.MethodGet, path: profilePath, who: anyone, do: s.profile},
		{method: http.MethodGet, path: "/.well-known/tdmrep.json", who: anyone, do: s.tdmrep},
		{method: http.MethodGet, path: "/{lang}/outlets/:slug", who: anyone, do: s.outlet},
		{method: http.MethodGet, path: "/{lang}/search", who: anyone, do: s.search},
		{method: http.MethodGet, path: "/{lang}/about", who: anyone, do: s.about},
		{method: http.MethodGet, path: "/{lang}/feed.xml", who: anyone, do: s.feed},
		{method: http.MethodGet, path: "/media/:digest", who: anyone, do: s.media},
		{method: http.MethodGet, path: "/b/:name", who: anyone, do: s.beacon},
		{method: http.MethodGet, path: "/sitemap.xml", who: anyone, do: s.siteIndex},
		{method: http.MethodGet, path: "/sitemaps/:name", who: anyone, do: s.siteMap},
		{method: http.MethodGet, path: "/robots.txt", who: anyone, do: s.robotsTxt},
		{method: http.MethodGet, path: "/api/v1/:lang/articles", who: anyone, do: s.apiArticles},
		{method: http.MethodGet, path: "/api/v1/:lang/articles/:slug", who: anyone, do: s.apiArticle},

		// signing in
		{method: http.MethodGet, path: "/login", who: anyone, do: s.login},
		{method: http.MethodPost, path: "/login", who: anyone, do: s.doLogin},
		{method: http.MethodPost, path: "/logout", who: people, do: s.logout},
		{method: http.MethodGet, path: "/setup", who: anyone, do: s.setup},
		{method: http.MethodPost, path: "/setup", who: anyone, do: s.doSetup},
		{method: http.MethodGet, path: "/desk/me", who: people, do: s.me},
		{method: http.MethodPost, path: "/desk/me", who: people, do: s.saveMe},
		{method: http.MethodPost, path: "/desk/me/password", who: people, do: s.savePassword},
		{method: http.MethodPost, path: "/desk/me/sessions/:id/end", who: people, do: s.endSession},

		// the desk
		{method: http.MethodGet, path: "/desk", who: people, do: s.board},
		{method: http.MethodGet, path: "/desk/versions/:id/assign", who: people, do: s.job},
		{method: http.MethodPost, path: "/desk/versions/:id/assign", who: people, do: s.assign},
		{method: http.MethodGet, path: "/desk/ingest", who: people, do: s.ingest},
		{method: http.MethodPost, path: "/desk/ingest", who: people, do: s.doIngest, body: maxIngest},
		{method: http.MethodGet, path: "/desk/articles", who: people, do: s.articles},
		{method: http.MethodGet, path: "/desk/articles/:id", who: people, do: s.deskArticle},
		{method: http.MethodPost, path: "/desk/articles/:id/fetch", who: people, do: s.fetchAgain},
		{method: http.MethodPost, path: "/desk/articles/:id/link", who: people, do: s.checkLink},
		{method: http.MethodPost, path: "/desk/articles/:id/versions", who: people, do: s.openVersion},
		{method: http.MethodPost, path: "/desk/articles/:id/takedown", who: people, do: s.takeDown},
		{method: http.MethodGet, path: "/desk/takedowns", who: people, do: s.takedowns},
		{method: http.MethodPost, path: "/desk/takedowns/:id/restore", who: people, do: s.restore},
		{method: http.MethodGet, path: "/desk/captures/:id", who: people, do: s.capture},
		{method: http.MethodGet, path: "/desk/terms", who: people, do: s.termsOverview},
		{method: http.MethodGet, path: "/desk/sources", who: people, do: s.sources},
		{method: http.MethodPost, path: "/desk/sources", who: people, do: s.addSource},
		{method: http.MethodGet, path: "/desk/sources/:id", who: people, do: s.source},
		{method: http.MethodPost, path: "/desk/sources/:id", who: people, do: s.saveSource},
		{method: http.MethodPost, path: "/desk/sources/:id/terms", who: people, do: s.proposeTerms},
		{method: http.MethodGet, path: "/desk/sources/:id/terms/:terms", who: people, do: s.terms},
		{method: http.MethodPost, path: "/desk/sources/:id/terms/:terms", who: people, do: s.confirmTerms},
		{method: http.MethodGet, path: "/desk/verify", who: people, do: s.verify},
		{method: http.MethodPost, path: "/desk/verify", who: people, do: s.doVerify, body: maxVerify},
		{method: http.MethodGet, path: "/desk/republications", who: people, do: s.republications},
		{method: http.MethodPost, path: "/desk/republications", who: people, do: s.addRepublications},
		{method: http.MethodPost, path: "/desk/republications/hosts", who: people, do: s.saveRepublicationHost},
		{method: http.MethodGet, path: "/desk/republications/:id", who: people, do: s.republication},
		{method: http.MethodPost, path: "/desk/republications/:id", who: people, do: s.changeRepublication},
		{method: http.MethodGet, path: "/desk/sources/:id/agreements/new", who: people, do: s.newAgreement},
		{method: http.MethodPost, path: "/desk/sources/:id/agreements/new", who: people, do: s.recordAgreement, body: archive.MaxAgreementFile + maxBody},
		{method: http.MethodGet, path: "/desk/agreements/:id", who: people, do: s.agreement},
		{method: http.MethodGet, path: "/desk/agreements/:id/file", who: people, do: s.agreementFile},
		{method: http.MethodPost, path: "/desk/agreements/:id/end", who: people, do: s.endAgreement},
		{method: http.MethodGet, path: "/desk/versions/:id", who: people, do: s.editor, policy: framing()},
		{method: http.MethodPost, path: "/desk/versions/:id/blocks/:key", who: people, do: s.saveBlock, policy: framing()},
		{method: http.MethodGet, path: "/desk/versions/:id/blocks/:key/panel", who: people, do: s.blockPanel},
		{method: http.MethodPost, path: "/desk/versions/:id/blocks/:key/comments", who: people, do: s.commentBlock},
		{method: http.MethodPost, path: "/desk/versions/:id/blocks/:key/restore", who: people, do: s.restoreBlock},
		{method: http.MethodPost, path: "/desk/versions/:id/comments/:comment", who: people, do: s.resolveComment},
		{method: http.MethodGet, path: "/desk/versions/:id/preview", who: people, do: s.previewVersion, policy: framed()},
		{method: http.MethodPost, path: "/desk/versions/:id/preview", who: people, do: s.previewVersion, policy: framed()},
		{method: http.MethodPost, path: "/desk/versions/:id/submit", who: people, do: s.submitVersion, policy: framing()},
		{method: http.MethodPost, path: "/desk/versions/:id/take-back", who: people, do: s.takeBackVersion},
		{method: http.MethodPost, path: "/desk/versions/:id/keep-approval", who: people, do: s.keepApproval},

		// the desk: review
		{method: http.MethodGet, path: "/desk/reviews", who: people, do: s.reviews},
		{method: http.MethodGet, path: "/desk/versions/:id/review", who: people, do: s.review, policy: framing()},
		{method: http.MethodPost, path: "/desk/versions/:id/request-changes", who: people, do: s.requestChanges},
		{method: http.MethodPost, path: "/desk/versions/:id/approve", who: people, do: s.approve},
		{method: http.MethodPost, path: "/desk/versions/:id/publish", who: people, do: s.publish},
		{method: http.MethodPost, path: "/desk/versions/:id/withdraw", who: people, do: s.withdraw},

		// administrators
		{method: http.MethodGet, path: "/desk/settings", who: administrators, do: s.settings},
		{method: http.MethodPost, path: "/desk/settings", who: administrators, do: s.saveSettings},
		{method: http.MethodPost, path: "/desk/settings/sections", who: administrators, do: s.saveSections},
		{method: http.MethodGet, path: "/desk/people", who: administrators, do: s.people},
		{method: http.MethodPost, path: "/desk/people", who: administrators, do: s.addPerson},
		{method: http.MethodGet, path: "/desk/people/:id", who: administrators, do: s.person},
		{method: http.MethodPost, path: "/desk/people/:id", who: administrators, do: s.savePerson},
	}
}

// paths are the paths a route stands for.
func (rt route) paths() []string {
	rest, ok := strings.CutPrefix(rt.path, "/{lang}")
	if !ok {
		return []string{rt.path}
	}
	var out []string
	for _, lang := range locales.Languages() {
		out = append(out, "/"+lang+rest)
	}
	return out
}
