package rights

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

func Verify(_ Page, _ Facts, clauses []Clause) []Finding {
	out := make([]Finding, len(clauses))
	for i, c := range clauses {
		out[i] = Finding{Kind: c.Kind, Status: Undecidable, Why: "interim"}
	}
	return out
}
