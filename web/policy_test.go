package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/piprate/json-gold/ld"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// kept serves the contexts of the documents under test, so that no test asks the network.
type kept map[string]string

func (k kept) LoadDocument(u string) (*ld.RemoteDocument, error) {
	text, ok := k[strings.TrimSuffix(u, "/")]
	if !ok {
		return nil, fmt.Errorf("no context is kept for %s", u)
	}
	document, err := ld.DocumentFromReader(strings.NewReader(text))
	return &ld.RemoteDocument{DocumentURL: u, Document: document}, err
}

// contexts are the parts of the published contexts that our documents use: schema.org (jsonldcontext.json, release 29) and
// ODRL (http://www.w3.org/ns/odrl.jsonld, 15 February 2018).
var contexts = kept{
	"https://schema.org": `{"@context":{"type":"@type","id":"@id","@vocab":"http://schema.org/","url":{"@type":"@id"},"usageInfo":{"@type":"@id"},"license":{"@type":"@id"},"image":{"@type":"@id"},"isBasedOn":{"@type":"@id"},"mainEntityOfPage":{"@type":"@id"},"acquireLicensePage":{"@type":"@id"},"datePublished":{"@type":"Date"},"dateModified":{"@type":"Date"}}}`,
	"http://www.w3.org/ns/odrl.jsonld": `{"@context":{"odrl":"http://www.w3.org/ns/odrl/2/","xsd":"http://www.w3.org/2001/XMLSchema#","type":"@type","uid":"@id","id":"@id",
		"Offer":"odrl:Offer","Party":"odrl:Party","permission":{"@type":"@id","@id":"odrl:permission"},"prohibition":{"@type":"@id","@id":"odrl:prohibition"},"duty":{"@id":"odrl:duty","@type":"@id"},
		"constraint":{"@id":"odrl:constraint","@type":"@id"},"target":{"@type":"@id","@id":"odrl:target"},"action":{"@type":"@vocab","@id":"odrl:action"},"profile":{"@type":"@id","@id":"odrl:profile"},
		"assigner":{"@type":"@id","@id":"odrl:assigner"},"attributedParty":{"@type":"@id","@id":"odrl:attributedParty"},"consentingParty":{"@type":"@id","@id":"odrl:consentingParty"},
		"leftOperand":{"@type":"@vocab","@id":"odrl:leftOperand"},"operator":{"@type":"@vocab","@id":"odrl:operator"},"rightOperand":"odrl:rightOperand","unit":"odrl:unit",
		"distribute":"odrl:distribute","display":"odrl:display","attribute":"odrl:attribute","reviewPolicy":"odrl:reviewPolicy","obtainConsent":"odrl:obtainConsent","translate":"odrl:translate","commercialize":"odrl:commercialize","sell":"odrl:sell","extract":"odrl:extract",
		"percentage":"odrl:percentage","count":"odrl:count","dateTime":"odrl:dateTime","lt":"odrl:lt","lteq":"odrl:lteq","gteq":"odrl:gteq"}}`,
}

// vocabulary is what schema.org (release 29) says of the properties we use: on which types, and with what values.
var vocabulary = map[string]struct{ on, values []string }{
	"acquireLicensePage": {[]string{"CreativeWork"}, []string{"CreativeWork", "URL"}}, "articleSection": {[]string{"Article"}, []string{"Text"}},
	"author": {[]string{"CreativeWork"}, []string{"Organization", "Person"}}, "copyrightHolder": {[]string{"CreativeWork"}, []string{"Organization", "Person"}},
	"copyrightNotice": {[]string{"CreativeWork"}, []string{"Text"}}, "creditText": {[]string{"CreativeWork"}, []string{"Text"}},
	"archivedAt":    {[]string{"CreativeWork"}, []string{"URL", "WebPage"}},
	"dateModified":  {[]string{"CreativeWork"}, []string{"Text"}},
	"datePublished": {[]string{"CreativeWork"}, []string{"Text"}}, "description": {[]string{"Thing"}, []string{"Text"}},
	"headline": {[]string{"CreativeWork"}, []string{"Text"}}, "image": {[]string{"Thing"}, []string{"URL"}}, "inLanguage": {[]string{"CreativeWork"}, []string{"Text"}},
	"isAccessibleForFree": {[]string{"CreativeWork"}, []string{"Boolean"}}, "isBasedOn": {[]string{"CreativeWork"}, []string{"CreativeWork", "URL"}},
	"license": {[]string{"CreativeWork"}, []string{"URL"}}, "mainEntityOfPage": {[]string{"Thing"}, []string{"CreativeWork", "URL"}}, "name": {[]string{"Thing"}, []string{"Text"}},
	"publisher": {[]string{"CreativeWork"}, []string{"Organization", "Person"}}, "sdPublisher": {[]string{"CreativeWork"}, []string{"Organization", "Person"}},
	"sourceOrganization": {[]string{"CreativeWork"}, []string{"Organization"}}, "translationOfWork": {[]string{"CreativeWork"}, []string{"CreativeWork"}},
	"translator": {[]string{"CreativeWork"}, []string{"Organization", "Person"}}, "url": {[]string{"Thing"}, []string{"URL"}},
	"usageInfo": {[]string{"CreativeWork"}, []string{"CreativeWork", "URL"}}, "wordCount": {[]string{"Article"}, []string{"Number"}},
}

// kinds are the types we use, each with those above it.
var kindsOf = map[string][]string{
	"NewsArticle": {"NewsArticle", "Article", "CreativeWork", "Thing"}, "NewsMediaOrganization": {"NewsMediaOrganization", "Organization", "Thing"},
	"Organization": {"Organization", "Thing"}, "Person": {"Person", "Thing"},
}

func expanded(t *testing.T, text string) []any {
	t.Helper()
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	options := ld.NewJsonLdOptions("https://colophon.example/")
	options.DocumentLoader = contexts
	out, err := ld.NewJsonLdProcessor().Expand(document, options)
	if err != nil || len(out) == 0 {
		t.Fatalf("%v: %v\n%s", err, out, text)
	}
	return out
}

// fits checks a node and everything below it against the vocabulary.
func fits(t *testing.T, node map[string]any) string {
	t.Helper()
	types, _ := node["@type"].([]any)
	if len(types) != 1 {
		t.Errorf("a node with types %v: %v", types, node)
		return ""
	}
	kind := strings.TrimPrefix(types[0].(string), "http://schema.org/")
	for key, values := range node {
		if strings.HasPrefix(key, "@") {
			continue
		}
		name := strings.TrimPrefix(key, "http://schema.org/")
		p, ok := vocabulary[name]
		if !ok || !slices.ContainsFunc(p.on, func(on string) bool { return slices.Contains(kindsOf[kind], on) }) {
			t.Errorf("schema.org has no %s of %s", name, kind)
			continue
		}
		for _, v := range values.([]any) {
			value := v.(map[string]any)
			var is []string
			switch {
			case value["@type"] != nil && value["@value"] == nil:
				is = kindsOf[fits(t, value)]
			case value["@id"] != nil:
				is = []string{"URL"}
			default:
				is = []string{map[bool]string{true: "Text"}[fmt.Sprintf("%T", value["@value"]) == "string"], map[string]string{"bool": "Boolean", "float64": "Number"}[fmt.Sprintf("%T", value["@value"])]}
			}
			if !slices.ContainsFunc(is, func(one string) bool { return one != "" && slices.Contains(p.values, one) }) {
				t.Errorf("%s of %s is %v, want %v", name, kind, value, p.values)
			}
		}
	}
	return kind
}

// Somebody else's reader of JSON-LD reads what our pages say of themselves, and every word of it is the vocabulary's.
func TestLinkedData(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	script := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	for _, lang := range []string{"en", "ru", "hy"} {
		items, err := s.Desk.Shelf(t.Context(), lang, "", translations.Cursor{}, 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			path := articlePath(lang, item.Slug)
			m := script.FindStringSubmatch(r.get(path).Text)
			if m == nil {
				t.Fatalf("%s has no JSON-LD", path)
			}
			for _, node := range expanded(t, m[1]) {
				if kind := fits(t, node.(map[string]any)); kind != "NewsArticle" {
					t.Errorf("%s is a %s", path, kind)
				}
			}
			got := r.get(path + "/rights.jsonld")
			offer, _ := expanded(t, got.Text)[0].(map[string]any)
			if got.StatusCode != http.StatusOK || offer["@type"].([]any)[0] != "http://www.w3.org/ns/odrl/2/Offer" || offer["http://www.w3.org/ns/odrl/2/permission"] == nil {
				t.Errorf("%s: %d %v", path, got.StatusCode, offer)
			}
			for key := range offer {
				if !strings.HasPrefix(key, "@") && !strings.HasPrefix(key, "http://www.w3.org/ns/odrl/2/") {
					t.Errorf("%s has %s", path, key)
				}
			}
		}
	}
	for _, path := range []string{policyPath, profilePath} {
		if got := r.get(path); got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), "application/ld+json") || len(expanded(t, got.Text)) == 0 {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}

// The reservation is said in the three ways the protocol knows for pages, by its own rules (TDMRep §6).
func TestReservation(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	got := r.get("/.well-known/tdmrep.json")
	var lines []map[string]any
	if err := json.Unmarshal([]byte(got.Text), &lines); err != nil || len(lines) != 1 || !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json") {
		t.Fatalf("%v: %s", err, got.Text)
	}
	location, _ := lines[0]["location"].(string)
	policy, _ := lines[0]["tdm-policy"].(string)
	if !strings.HasPrefix(location, "/") || lines[0]["tdm-reservation"] != 1.0 || policy != s.Origin+policyPath {
		t.Errorf("%v", lines)
	}
	for key := range lines[0] {
		if !slices.Contains([]string{"location", "tdm-reservation", "tdm-policy"}, key) {
			t.Errorf("the protocol has no %s", key)
		}
	}
	said := func(path, reserved, at string) {
		t.Helper()
		h := r.get(path).Header
		if h.Get("Tdm-Reservation") != reserved || h.Get("Tdm-Policy") != at {
			t.Errorf("%s: tdm-reservation %q, tdm-policy %q; want %q, %q", path, h.Get("Tdm-Reservation"), h.Get("Tdm-Policy"), reserved, at)
		}
	}
	for _, path := range []string{"/en/feed.xml", "/api/v1/en/articles", "/sitemaps/0.xml", "/.well-known/tdmrep.json"} {
		said(path, "1", policy)
	}
	r.as("sona")
	said("/desk", "", "")
	r.as("")
	page := r.get("/en/terms").Text
	for _, want := range []string{`<meta name="tdm-reservation" content="1">`, `<meta name="tdm-policy" content="` + policy + `">`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	site, err := s.Desk.Site(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	site.MiningFree = true
	if err := s.Desk.SaveSite(t.Context(), site, 1); err != nil {
		t.Fatal(err)
	}
	s.published()
	said("/en/feed.xml", "0", "")
}

// Counts and windows are constraints of the offer, in units that the profile names and instants of xsd:dateTime; what
// cannot be said so stays a duty, and is not lost.
func TestPolicyConstraints(t *testing.T) {
	s := openNewsroom(t)
	const odrl = "http://www.w3.org/ns/odrl/2/"
	constraints := func(clauses ...rights.Clause) (lines []string, duties int) {
		t.Helper()
		p := translations.Publication{Language: "en", Slug: "bridge", Content: translations.Content{SourceHome: "https://courier.example/", Clauses: clauses}}
		body, err := marshal(s.policyOf(p, archive.Source{}, reuseTerms{page: s.Origin + "/en/terms"}))
		if err != nil {
			t.Fatal(err)
		}
		permission := expanded(t, string(body))[0].(map[string]any)[odrl+"permission"].([]any)[0].(map[string]any)
		id := func(node any) string {
			return strings.TrimPrefix(node.([]any)[0].(map[string]any)["@id"].(string), odrl)
		}
		list, _ := permission[odrl+"constraint"].([]any)
		for _, c := range list {
			node := c.(map[string]any)
			right := node[odrl+"rightOperand"].([]any)[0].(map[string]any)
			line := fmt.Sprintf("%s %s %v", id(node[odrl+"leftOperand"]), id(node[odrl+"operator"]), right["@value"])
			if kind, ok := right["@type"].(string); ok {
				line += " " + strings.TrimPrefix(kind, "http://www.w3.org/2001/XMLSchema#")
			}
			if unit, ok := node[odrl+"unit"]; ok {
				line += " " + strings.TrimPrefix(id(unit), s.Origin+profilePath)
			}
			lines = append(lines, line)
		}
		return lines, len(permission[odrl+"duty"].([]any)) - 2
	}
	for _, c := range []struct {
		name   string
		params rights.Params
		kind   rights.Kind
		want   []string
		duties int
	}{
		{"words", rights.Params{Unit: "words", Max: 300}, rights.LimitCount, []string{"count lteq 300 integer #unit.words"}, 0},
		{"characters", rights.Params{Unit: "characters", Max: 1500}, rights.LimitCount, []string{"count lteq 1500 integer #unit.characters"}, 0},
		{"an unknown unit", rights.Params{Unit: "lines", Max: 4}, rights.LimitCount, nil, 1},
		{"a share", rights.Params{Percent: 30}, rights.LimitShare, []string{"percentage lteq 30"}, 0},
		{"an embargo", rights.Params{Until: "2026-05-02T09:00:00+04:00"}, rights.TimeEmbargo, []string{"dateTime gteq 2026-05-02T05:00:00Z dateTime"}, 0},
		{"a window", rights.Params{From: "2026-05-02T00:00:00Z", Until: "2026-06-01T00:00:00+04:00"}, rights.TimeWindow, []string{"dateTime gteq 2026-05-02T00:00:00Z dateTime", "dateTime lt 2026-05-31T20:00:00Z dateTime"}, 0},
		{"a window without end", rights.Params{From: "2026-05-02T00:00:00Z"}, rights.TimeWindow, []string{"dateTime gteq 2026-05-02T00:00:00Z dateTime"}, 0},
		{"no instant", rights.Params{Until: "when the paper is out"}, rights.TimeEmbargo, nil, 1},
	} {
		lines, duties := constraints(rights.Clause{Kind: c.kind, Params: c.params, Strength: rights.Must})
		if diff := cmp.Diff(c.want, lines); diff != "" || duties != c.duties {
			t.Errorf("%s: %d duties (-want +got):\n%s", c.name, duties, diff)
		}
	}
	// Every unit an offer can name is in the profile.
	profile := s.reader(t).get(profilePath).Text
	for _, unit := range countUnits {
		if !strings.Contains(profile, profilePath+"#unit."+unit+`"`) {
			t.Errorf("the profile does not name the unit %s", unit)
		}
	}
	if lines, _ := constraints(rights.Clause{Kind: rights.LimitCount, Params: rights.Params{Unit: "words", Max: 300}, Strength: rights.Liked}); lines != nil {
		t.Errorf("what is only liked binds: %v", lines)
	}
}

// The three copies hold the credit with its links, author and translator, and the way to our page and terms.
func TestKit(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	item := s.shelved(t, "ru", "hy")
	p, err := s.Desk.Published(t.Context(), item.Article, "ru")
	if err != nil {
		t.Fatal(err)
	}
	path := articlePath("ru", item.Slug) + "/republish"
	if got := r.get(path); got.StatusCode != http.StatusOK || !strings.Contains(got.Text, "canonical") {
		t.Fatalf("%d", got.StatusCode)
	}
	for form := range copies {
		got := r.get(path + "/" + form)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %v", form, got.StatusCode, got.Header)
		}
		for _, want := range append([]string{p.Content.SourceHome, s.Origin + articlePath("ru", item.Slug), s.Origin + "/ru/terms", p.Content.Translators[0]}, p.Content.Authors...) {
			if !strings.Contains(got.Text, want) {
				t.Errorf("%s lacks %s:\n%s", form, want, got.Text)
			}
		}
		if strings.Contains(got.Text, "/media/") {
			t.Errorf("%s passes a picture on", form)
		}
	}
	if got := r.get(path + "/copy.exe"); got.StatusCode != http.StatusNotFound {
		t.Errorf("another form: %d", got.StatusCode)
	}
}
