package web

import (
	"cmp"
	"slices"
	"strconv"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
)

// What our pages say of their terms to machines: ODRL (W3C Recommendation, 15 February 2018) with a profile that names our
// clauses, and the TDM Reservation Protocol (W3C Community Group report, 10 May 2024).

const odrlContext = "http://www.w3.org/ns/odrl.jsonld"

// Addresses of what belongs to the site as a whole.
const (
	policyPath  = "/terms/policy.jsonld"
	profilePath = "/terms/clauses.jsonld"
)

// jsonAs is json with a media type of its own.
func (r *request) jsonAs(kind string, document any) error {
	body, err := marshal(document)
	if err != nil {
		return err
	}
	r.machine(kind, body)
	return nil
}

// reservation is a line of tdmrep.json (TDMRep §6.1.2).
type reservation struct {
	Location    string `json:"location"`
	Reservation int    `json:"tdm-reservation"`
	Policy      string `json:"tdm-policy,omitempty"`
}

// tdmrep is /.well-known/tdmrep.json.
func (s *Server) tdmrep(r *request) error {
	f, err := s.frame(r.Context())
	if err != nil {
		return err
	}
	line := reservation{Location: "/*"}
	if !f.site.MiningFree {
		line.Reservation, line.Policy = 1, s.Origin+policyPath
	}
	r.w.Header().Set("Access-Control-Allow-Origin", "*")
	return r.jsonAs("application/json", []reservation{line})
}

// sitePolicy is what may be done with the site as a whole: the policy that tdmrep.json names.
func (s *Server) sitePolicy(r *request) error {
	f, err := s.frame(r.Context())
	if err != nil {
		return err
	}
	own := r.own(f.site)
	policy := map[string]any{
		"@context": []any{odrlContext, map[string]any{"tdm": "http://www.w3.org/ns/tdmrep#"}}, "@type": "Offer", "uid": s.Origin + policyPath,
		"assigner":   map[string]any{"@type": "Party", "uid": s.Origin + "/"},
		"permission": []any{map[string]any{"target": s.Origin + "/", "action": "display", "duty": []any{map[string]any{"action": "attribute"}, map[string]any{"action": "reviewPolicy", "target": own.page}}}},
	}
	if own.mining {
		policy["prohibition"] = []any{map[string]any{"target": s.Origin + "/", "action": "tdm:mine"}}
	}
	r.w.Header().Set("Access-Control-Allow-Origin", "*")
	return r.jsonAs("application/ld+json; charset=utf-8", policy)
}

// profile names every clause there is, in each language: the ODRL profile that the policies of articles keep to.
func (s *Server) profile(r *request) error {
	var graph []any
	for _, kind := range offeredKinds {
		labels := []any{}
		for _, lang := range locales.Languages() {
			labels = append(labels, map[string]any{"@language": lang, "@value": s.words[lang].Text("clause."+string(kind)+".name", nil)})
		}
		graph = append(graph, map[string]any{"@id": s.clauseID(kind), "@type": []any{"http://www.w3.org/ns/odrl/2/Action", "http://www.w3.org/2004/02/skos/core#Concept"}, "http://www.w3.org/2004/02/skos/core#prefLabel": labels})
	}
	for _, unit := range countUnits {
		labels := []any{}
		for _, lang := range locales.Languages() {
			labels = append(labels, map[string]any{"@language": lang, "@value": s.words[lang].Text("policy.unit."+unit, nil)})
		}
		graph = append(graph, map[string]any{"@id": s.Origin + profilePath + "#unit." + unit, "@type": "http://www.w3.org/2004/02/skos/core#Concept", "http://www.w3.org/2004/02/skos/core#prefLabel": labels})
	}
	r.w.Header().Set("Access-Control-Allow-Origin", "*")
	return r.jsonAs("application/ld+json; charset=utf-8", map[string]any{"@graph": graph})
}

// countUnits are the units of limit.count, which the profile names: ODRL counts, and leaves open what.
var countUnits = []string{"characters", "words", "paragraphs"}

// instant is a literal of xsd:dateTime in UTC; nil where the text is no instant. One without an offset is the latest it
// can be for a beginning, the earliest for an end, as the release of a page has it.
func instant(text string, begins bool) any {
	earliest, latest, ok := rights.Instant(text)
	if !ok {
		return nil
	}
	at := earliest
	if begins {
		at = latest
	}
	return map[string]any{"@value": at.UTC().Format("2006-01-02T15:04:05Z"), "@type": "xsd:dateTime"}
}

func (s *Server) clauseID(kind rights.Kind) string {
	return s.Origin + profilePath + "#" + string(kind)
}

// policyOf is the offer of an article: what may be done with it, on what duties, by the clauses of its source.
func (s *Server) policyOf(p translations.Publication, source archive.Source, own reuseTerms) map[string]any {
	page := s.Origin + articlePath(p.Language, p.Slug)
	duties := []any{map[string]any{"action": "attribute", "attributedParty": p.Content.SourceHome}, map[string]any{"action": "reviewPolicy", "target": own.page}}
	var prohibitions, constraints []any
	ban := func(action string) {
		prohibitions = append(prohibitions, map[string]any{"target": page, "action": action})
	}
	bound := func(operand, operator string, value any) {
		constraints = append(constraints, map[string]any{"leftOperand": operand, "operator": operator, "rightOperand": value})
	}
	for _, c := range p.Content.Clauses {
		switch {
		case c.Strength == rights.Liked || c.Kind == rights.AccessSubscribers: // what is asked of us is no offer of ours
		case c.Kind == rights.TranslationAllowed && c.Value == "no":
			ban("translate")
		case c.Kind == rights.PermissionCommercial && c.Value == "no", c.Kind == rights.AdsNone:
			ban("commercialize")
		case c.Kind == rights.ResaleNone:
			ban("sell")
		case c.Kind == rights.BulkNone:
			ban("extract")
		case c.Kind == rights.PermissionRequired || c.Value == "permission":
			duties = append(duties, map[string]any{"action": "obtainConsent", "consentingParty": p.Content.SourceHome})
		case c.Kind == rights.LimitShare:
			bound("percentage", "lteq", c.Percent)
		case c.Kind == rights.LimitCount && slices.Contains(countUnits, c.Unit):
			bound("count", "lteq", map[string]any{"@value": strconv.Itoa(c.Max), "@type": "xsd:integer"})
			constraints[len(constraints)-1].(map[string]any)["unit"] = map[string]any{"@id": s.Origin + profilePath + "#unit." + c.Unit}
		case c.Kind == rights.TimeEmbargo && instant(c.Until, true) != nil:
			bound("dateTime", "gteq", instant(c.Until, true))
		case c.Kind == rights.TimeWindow && (instant(c.From, true) != nil || instant(c.Until, false) != nil):
			if from := instant(c.From, true); from != nil {
				bound("dateTime", "gteq", from)
			}
			if until := instant(c.Until, false); until != nil {
				bound("dateTime", "lt", until)
			}
		default:
			duties = append(duties, map[string]any{"action": s.clauseID(c.Kind)})
		}
	}
	permission := map[string]any{"target": page, "action": "distribute", "duty": duties}
	if len(constraints) > 0 {
		permission["constraint"] = constraints
	}
	out := map[string]any{
		"@context": odrlContext, "@type": "Offer", "uid": page + "/rights.jsonld", "profile": s.Origin + profilePath,
		"assigner":   map[string]any{"@type": "Party", "uid": cmp.Or(p.Content.SourceHome, source.HomeURL)},
		"permission": []any{permission},
	}
	if len(prohibitions) > 0 {
		out["prohibition"] = prohibitions
	}
	return out
}
