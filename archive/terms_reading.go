package archive

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/language"
	"colophon/archive/rights"
	"colophon/archive/segment"
)

// Limits of what is read off one page as terms.
const (
	maxStatements   = 8   // of one page
	wholeStatement  = 400 // bytes; of a longer paragraph only the sentences that state a condition are the statement
	longestFreedom  = 600 // bytes of a statement without any condition we know, outside of running text
	maxEvidence     = 40  // statements of one version of terms
	maxEvidenceText = 60 << 10
)

// statement is a statement as found, with the clauses read in it; their Start and End count in its own text.
type statement struct {
	Evidence
	clauses []rights.Clause
}

// ReadTerms reads what a capture says of an outlet's terms of reuse, without keeping it: ErrNotFound where it says
// nothing. A page that is about the terms says it in its text, so with text the paragraphs are read too; those of an
// article may only report what somebody else demands.
func (a *Archive) ReadTerms(ctx context.Context, source SourceID, id CaptureID, text bool) (Terms, error) {
	s, err := a.Source(ctx, source)
	if err != nil {
		return Terms{}, err
	}
	c, page, err := a.readCapture(ctx, id)
	if err != nil {
		return Terms{}, err
	}
	t := assemble(statementsOn(page, s, c.ID, text))
	if t.Statement == "" {
		return Terms{}, fault.New(ErrNotFound, "fault.terms.silent", nil)
	}
	t.Source = s.ID
	return t, nil
}

// readCapture opens a capture as a page.
func (a *Archive) readCapture(ctx context.Context, id CaptureID) (Capture, ingest.Page, error) {
	c, err := a.Capture(ctx, id)
	if err != nil {
		return Capture{}, ingest.Page{}, err
	}
	body, err := a.Bytes(ctx, c)
	if err != nil {
		return Capture{}, ingest.Page{}, fmt.Errorf("read capture %d: %w", id, err)
	}
	return c, ingest.Page{URL: c.FinalURL, Header: c.Header, Body: body}, nil
}

// statementsOn reads the statements of terms a page carries: outside its article, in its marks for machines and headers,
// and with text in its paragraphs. The order is the page's.
func statementsOn(page ingest.Page, source Source, capture CaptureID, text bool) []statement {
	doc, _ := ingest.Read(page) // what is no article still says of itself what it can
	return statementsOf(page, doc, source, capture, text)
}

func statementsOf(page ingest.Page, doc ingest.Document, source Source, capture CaptureID, text bool) []statement {
	var out []statement
	add := func(s statement) {
		if len(out) < maxStatements && !slices.ContainsFunc(out, func(k statement) bool { return sameWords(k.Text, s.Text) || says(k.Text, s.Text) }) {
			s.PageURL, s.Capture = page.URL, capture
			out = append(out, s)
		}
	}
	for _, s := range doc.Statements {
		where := string(s.Where)
		switch {
		case s.Where == ingest.TermsLink:
			continue
		case strings.HasPrefix(s.Text, reservation):
			add(reserved(s.Text, where))
			continue
		}
		if licence, ok := licensed(where, s.Href, s.Text); ok {
			add(licence)
			continue
		}
		for _, found := range conditions(s.Text, where, source) {
			add(found)
		}
	}
	if licence, ok := licensed(string(ingest.LicenceLink), doc.License); ok {
		add(licence)
	}
	if r, ok := ingest.HeaderReservation(page); ok {
		add(reserved(r.Words, string(ingest.InHTTP)))
	}
	if text {
		for _, paragraph := range ingest.Paragraphs(page) {
			for _, found := range conditions(paragraph, string(ingest.InText), source) {
				add(found)
			}
		}
	}
	return slices.DeleteFunc(out, func(s statement) bool { return s.Text == "" })
}

// licensed reads the first of some texts that is the address of a licence whose conditions are known.
func licensed(where string, addresses ...string) (statement, bool) {
	for _, address := range addresses {
		if _, clauses, ok := rights.Licence(address); ok {
			return statement{Evidence{Text: address, Where: where}, clauses}, true
		}
	}
	return statement{}, false
}

// reservation begins the words of a reservation of text and data mining.
const reservation = "tdm-reservation: "

// reserved is what a reservation of text and data mining asks of us: nothing that a page could show, but editors should
// know. A reservation that is waived is no statement.
func reserved(words, where string) statement {
	if strings.TrimSpace(strings.TrimPrefix(words, reservation)) != "1" {
		return statement{}
	}
	c := rights.Clause{Kind: rights.BulkNone, Strength: rights.Liked, Quote: words, End: len(words), Confidence: 0.9}
	return statement{Evidence{Text: words, Where: where}, []rights.Clause{c}}
}

// conditions reads one paragraph: itself where it is short, else the sentences that state a condition, those that follow
// one another as one statement.
func conditions(text, where string, source Source) []statement {
	lang, _ := language.Detect(text)
	r := rights.Detect(rights.Statement{Lang: lang, Text: text, Outlet: source.NameIn("").Name, Where: where, Host: source.Host})
	if !r.IsPolicy || len(r.Clauses) == 0 && (len(text) > longestFreedom || where == string(ingest.InText) || !strings.ContainsAny(text, ".!։")) {
		return nil // without a condition it must at least be a sentence, and no label of a link
	}
	if len(text) <= wholeStatement || len(r.Clauses) == 0 {
		return []statement{{Evidence{Text: text, Where: where, Language: lang}, r.Clauses}}
	}
	var out []statement
	start, end, last := 0, 0, -2
	for i, span := range segment.Sentences(lang, text) {
		var here []rights.Clause
		reach := span.End
		for _, c := range r.Clauses {
			if c.Start >= span.Start && c.Start < span.End {
				here, reach = append(here, c), max(reach, c.End)
			}
		}
		if len(here) == 0 {
			continue
		}
		if last != i-1 { // not right behind the one before
			start, out = span.Start, append(out, statement{Evidence: Evidence{Where: where, Language: lang}})
		}
		end, last = reach, i
		s := &out[len(out)-1]
		s.Text = text[start:end]
		for _, c := range here {
			c.Start -= start
			c.End -= start
			s.clauses = append(s.clauses, c)
		}
	}
	return out
}

// assemble makes one version of terms of statements: their texts a line each, and of every kind of clause one, the one
// that binds most and of equals the first.
func assemble(list []statement) Terms {
	var t Terms
	var lines []string
	length := 0
	for _, s := range list {
		if len(t.Evidence) == maxEvidence || length+len(s.Text) > maxEvidenceText {
			break
		}
		for _, c := range s.clauses {
			c.Start += length
			c.End += length
			i := slices.IndexFunc(t.Clauses, func(k rights.Clause) bool { return k.Kind == c.Kind })
			switch {
			case i < 0:
				t.Clauses = append(t.Clauses, c)
			case binds(c.Strength) > binds(t.Clauses[i].Strength):
				t.Clauses[i] = c
			}
		}
		t.Evidence = append(t.Evidence, s.Evidence)
		lines = append(lines, s.Text)
		length += len(s.Text) + 1
	}
	t.Statement = strings.Join(lines, "\n")
	t.summarise()
	return t
}

// summarise gives the fields that speak of one statement what the first says.
func (t *Terms) summarise() {
	if len(t.Evidence) > 0 {
		first := t.Evidence[0]
		t.Language, t.Where, t.PageURL, t.Capture = first.Language, first.Where, first.PageURL, first.Capture
	}
}

// binds orders strengths; none is a must.
func binds(s rights.Strength) int {
	return slices.Index([]rights.Strength{rights.Liked, rights.Should, rights.Must, ""}, s)
}

// statements takes a version of terms apart: each statement with the clauses that rest on it.
func (t Terms) statements() []statement {
	out := make([]statement, len(t.Evidence))
	start := 0
	for i, e := range t.Evidence {
		out[i].Evidence = e
		for _, c := range t.Clauses {
			if t.EvidenceOf(c) == i {
				c.Start -= start
				c.End -= start
				out[i].clauses = append(out[i].clauses, c)
			}
		}
		start += len(e.Text) + 1
	}
	return out
}

// sameWords compares statements without regard to case and white space.
func sameWords(a, b string) bool { return squeeze(a) == squeeze(b) }

// says tells whether a text has some words in it, whatever its white space and case.
func says(text, words string) bool { return strings.Contains(squeeze(text), squeeze(words)) }

// Describe reads what a delivery says of its site, without keeping anything: name and language, either of which may be
// empty.
func Describe(d Delivery) (name, language string) {
	doc, _ := ingest.Read(ingest.Page{URL: d.FinalURL, Header: d.Header, Body: d.Body}) // no article: a home page has none
	return shorten(strings.TrimSpace(doc.SiteName), 200), doc.Language
}

// Says tells whether words stand in a capture, whatever its markup and white space: evidence is quoted, not composed.
func (a *Archive) Says(ctx context.Context, id CaptureID, words string) (bool, error) {
	c, err := a.Capture(ctx, id)
	if err != nil {
		return false, err
	}
	body, err := a.Bytes(ctx, c)
	if err != nil {
		return false, fmt.Errorf("read capture %d: %w", id, err)
	}
	text, err := ingest.Decode(body, c.Header.Get("Content-Type"))
	if err != nil {
		return false, err
	}
	return says(textOfPage(text), words), nil
}

// textOfPage is all the text of a page, hidden or not.
func textOfPage(page string) string {
	var out strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			out.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken, html.CommentToken, html.DoctypeToken:
		}
	}
}

// squeeze leaves of a text its letters and signs, without white space, soft hyphens and case.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(s)), ""), "\u00ad", "")
}

// isWeb says whether an address can be fetched.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
