package rights

import "bytes"

// Whoever lands the real Verify deletes this file.

type Page struct {
	Body   []byte
	Header map[string][]string
	URL    string
}
type Original struct {
	URL, CanonicalURL, HomeURL string
	OutletNames, Authors       []string
	AuthorSpellings            map[string][]string
	Title, Language            string
	WordCount, CharCount       int
	InnerLinks                 []string
}
type Hop struct{ Outlet, HomeURL, URL string }
type Facts struct {
	Original   Original
	Chain      []Hop
	Translator string
}

// Verify looks for the words and addresses only: enough to have something published until the real one reads the page.
func Verify(page Page, facts Facts, clauses []Clause) []Finding {
	out := make([]Finding, len(clauses))
	for i, c := range clauses {
		out[i] = Finding{Kind: c.Kind, Status: Undecidable, Why: "interim"}
		has := func(words ...string) {
			out[i].Status = Unmet
			for _, w := range words {
				if w != "" && bytes.Contains(page.Body, []byte(w)) {
					out[i].Status = Met
				}
			}
		}
		switch c.Kind {
		case LinkRequired, LinkPlace, LinkVisible, LinkFollowable, LinkDirect:
			has(`href="`+facts.Original.HomeURL, `href="`+facts.Original.URL)
		case CreditSource:
			has(facts.Original.OutletNames...)
		case CreditAuthor:
			has(facts.Original.Authors...)
		case PermissionRequired, TranslationAllowed:
			if out[i].Status = Unmet; c.Value == "yes" || c.Grant != nil && *c.Grant {
				out[i].Status = Met
			}
		}
	}
	return out
}
