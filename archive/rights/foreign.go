package rights

import (
	"slices"
)

// VerifyForeign is Verify for a page of somebody else. Where nobody has said which article the page republishes
// (facts.Original.URL is empty), what only that article could decide is undecidable ("original_unknown"), as long as the
// page links to the outlet at all: the link may be the one that is asked for. A page without any link to the outlet
// breaks a clause that asks for one, whichever article it is.
func (p *Parsed) VerifyForeign(facts Facts, clauses []Clause) []Finding {
	out := p.Verify(facts, clauses)
	o := facts.Original
	if o.URL != "" || o.CanonicalURL != "" {
		return out
	}
	linked := len(p.LinksTo(o.HomeURL)) > 0
	for i, f := range out {
		if p.needsOriginal(f, clauses[i], linked) {
			out[i] = Finding{Kind: f.Kind, Status: Undecidable, Why: "original_unknown"}
		}
	}
	return out
}

// needsOriginal says whether an answer given without knowing the original might be another with it.
func (p *Parsed) needsOriginal(f Finding, c Clause, linked bool) bool {
	switch f.Why {
	case "no_author_known", "no_length_known", "no_chain":
		return true
	}
	switch f.Kind {
	case LinkKeepInner:
		return f.Status == Met
	case TranslationAllowed:
		return c.Value != "yes"
	case LinkRequired, LinkPlace, LinkFollowable, LinkDirect, LinkVisible:
		return f.Status == Unmet && linked && f.Why != "closed_by_meta" && f.Why != "closed_by_header" && f.Why != "redirector"
	case LimitReadMore:
		return f.Why == "read_more_unlinked" && linked
	case SEOCanonical:
		return c.Value == "original" && f.Why == "canonical_elsewhere"
	}
	return false
}

// LinksTo lists the addresses of the shown links that lead to the host of an address, each once, in the order of the page.
func (p *Parsed) LinksTo(home string) []string {
	at := parseAddress(home, nil, nil)
	if !at.ok || at.host == "" {
		return nil
	}
	var out []string
	for i := range p.links {
		l := &p.links[i]
		if !l.at.ok || plainHost(l.at.host) != plainHost(at.host) || l.at.port != at.port {
			continue
		}
		if address := l.at.String(); !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	return out
}

// Language is the language of the page by the script most of its letters are of, "" where it shows no text.
func (p *Parsed) Language() string { return p.language }

// Title is the heading readers see, or "".
func (p *Parsed) Title() string { return p.title }
