package archive

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// ReadTerms reads what a capture says of an outlet's terms of reuse, without keeping it: ErrNotFound where it says
// nothing. A page that is about the terms says it in its text, so with text the paragraphs are read too; those of an
// article may only report what somebody else demands.
func (a *Archive) ReadTerms(ctx context.Context, source SourceID, id CaptureID, text bool) (Terms, error) {
	s, err := a.Source(ctx, source)
	if err != nil {
		return Terms{}, err
	}
	c, doc, err := a.readCapture(ctx, id)
	if err != nil {
		return Terms{}, err
	}
	statements := doc.Statements
	if text {
		for _, b := range doc.Blocks {
			statements = append(statements, ingest.Statement{Text: b.Text, Where: "text"})
		}
	}
	t := readTerms(statements, s)
	if t.Statement == "" {
		return Terms{}, fault.New(ErrNotFound, "fault.terms.silent", nil)
	}
	t.Source, t.Capture, t.PageURL = s.ID, c.ID, c.FinalURL
	return t, nil
}

// readCapture reads a capture as a page. What is no article still says of itself what it can.
func (a *Archive) readCapture(ctx context.Context, id CaptureID) (Capture, ingest.Document, error) {
	c, err := a.Capture(ctx, id)
	if err != nil {
		return Capture{}, ingest.Document{}, err
	}
	body, err := a.Bytes(ctx, c)
	if err != nil {
		return Capture{}, ingest.Document{}, fmt.Errorf("read capture %d: %w", id, err)
	}
	doc, _ := ingest.Read(ingest.Page{URL: c.FinalURL, Header: c.Header, Body: body})
	return c, doc, nil
}

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
	var page strings.Builder
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Contains(squeeze(page.String()), squeeze(words)), nil
		case html.TextToken:
			page.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken, html.CommentToken, html.DoctypeToken:
		}
	}
}

// squeeze leaves of a text its letters and signs, without white space, soft hyphens and case.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(s)), ""), "\u00ad", "")
}
