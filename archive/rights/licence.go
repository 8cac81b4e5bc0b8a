package rights

import (
	"net/url"
	"strings"
)

// licences are the Creative Commons deeds and public domain marks by the path of their address, with what they ask of
// whoever carries a text into another language: the licence's name and the letters of its conditions.
var licences = map[string]licence{
	"licenses/by":          {name: "CC BY", by: true},
	"licenses/by-sa":       {name: "CC BY-SA", by: true},
	"licenses/by-nd":       {name: "CC BY-ND", by: true, nd: true},
	"licenses/by-nc":       {name: "CC BY-NC", by: true, nc: true},
	"licenses/by-nc-sa":    {name: "CC BY-NC-SA", by: true, nc: true},
	"licenses/by-nc-nd":    {name: "CC BY-NC-ND", by: true, nc: true, nd: true},
	"publicdomain/zero":    {name: "CC0"},
	"publicdomain/mark":    {name: "Public Domain Mark"},
	"publicdomain/certify": {name: "Public Domain"},
}

type licence struct {
	name       string
	by, nc, nd bool
}

// Licence reads the address of a Creative Commons deed: the licence's name and the clauses it stands for, which all
// quote the address, for it is the statement. ok is false for any other address.
//
// The conditions are those of section 3(a) of the licences in version 4.0: identify the creator and the source, link
// to the licence, say that changes were made. A translation is adapted material, which the licences without ND allow
// and those with ND leave to permission; NC leaves commercial use to permission.
func Licence(address string) (name string, clauses []Clause, ok bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") != "creativecommons.org" {
		return "", nil, false
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	if len(parts) < 2 {
		return "", nil, false
	}
	l, ok := licences[parts[0]+"/"+parts[1]]
	if !ok {
		return "", nil, false
	}
	add := func(k Kind, s Strength, p Params) {
		clauses = append(clauses, Clause{Kind: k, Params: p, Strength: s, Quote: address, End: len(address), Confidence: 0.95})
	}
	if l.by {
		add(CreditSource, Must, Params{})
		add(CreditAuthor, Must, Params{})
		add(LinkRequired, Should, Params{Target: "either"}) // 3(a)(1)(A)(v): “to the extent reasonably practicable”
		add(CreditLicenceLink, Must, Params{URL: strings.TrimSpace(address)})
		add(CreditTranslator, Must, Params{}) // 3(a)(1)(B): “indicate if You modified”: who translated says that it is a translation
	}
	if l.nc {
		add(PermissionCommercial, Must, Params{Scope: "commercial"})
	}
	value := "yes"
	if l.nd {
		value = "permission"
	}
	add(TranslationAllowed, Must, Params{Value: value})
	if len(parts) > 2 && parts[2] != "" && strings.Trim(parts[2], "0123456789.") == "" && !strings.Contains(l.name, "Domain") {
		l.name += " " + parts[2]
	}
	return l.name, clauses, true
}
