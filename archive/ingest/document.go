// Package ingest brings articles in: an address or a file becomes raw bytes, and the bytes become a clean Document.
//
// Fetching and reading are apart. What was fetched is stored as it came before anybody looks at it; Read is a function
// of those bytes alone and can be repeated years later with better rules. Reading goes: bytes → text in UTF-8 (decode.go)
// → a tree within bounds (tree.go) → leaves, the lines and pictures of the page with what the page calls their
// surroundings (leaf.go, furniture.go) → those that are the article, by the votes of go-trafilatura and by our own rules
// (body.go, article.go) → blocks. Inline HTML is written anew from the tree and holds nothing but what Sanitise allows.
//
// Body extractors throw away as furniture what an archive needs most: the terms of reuse in header and footer, the
// credits of pictures, the line that names the author. These are read apart from the body (statements.go, figure.go,
// byline.go), and so is what the article says of its own sources (upstream.go).
//
// Everything that comes in is hostile. Size, nesting, the number of elements and of blocks are bounded; every pattern is
// RE2 and runs on bounded text.
package ingest

import (
	"net/http"
	"strings"
)

// Page is a response, an uploaded file or a stored capture, before anything is read from it.
type Page struct {
	URL    string      // the address it was fetched from, after redirects; "" for a file of unknown origin
	Header http.Header // of the response; nil for a file
	Body   []byte      // after content decoding (gzip, br), before charset decoding
}

// Document is what Read finds on a page. Every text is NFC with white space folded; every address is absolute where the
// page's own address or its <base> is known.
//
// PublishedAt and ModifiedAt are RFC 3339 in the page's own precision: "2025-08-28", "2025-08-28T15:24",
// "2025-08-28T15:24:05+04:00"; "" where the page states none. No offset is ever guessed.
type Document struct {
	URL          string            `json:"url"`
	CanonicalURL string            `json:"canonical_url"` // as the page states it; "" where it states none
	SiteName     string            `json:"site_name"`
	Language     string            `json:"language"` // BCP 47; "" where neither the text nor the page tells
	Title        string            `json:"title"`
	Dek          string            `json:"dek"` // the stand-first shown between title and body; not repeated in Blocks
	Authors      []string          `json:"authors"`
	PublishedAt  string            `json:"published_at"`
	ModifiedAt   string            `json:"modified_at"`
	Section      string            `json:"section"`
	Tags         []string          `json:"tags"`
	Text         string            `json:"text"` // the texts of the body's blocks joined by an empty line, figures and embeds left out
	Blocks       []Block           `json:"blocks"`
	Images       []Image           `json:"images"` // the lead image first, each address once
	Alternates   map[string]string `json:"alternates"`
	Statements   []Statement       `json:"statements"`
	Upstream     []Upstream        `json:"upstream"`
	Subscribers  bool              `json:"-"`       // the page says of its text that only subscribers may read it, or all of it
	License      string            `json:"license"` // the address or name of a licence the page declares
}

// Kind says what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph    Kind = "paragraph"
	Heading      Kind = "heading"
	ListItem     Kind = "list_item"
	Quote        Kind = "quote"
	Figure       Kind = "figure"
	Embed        Kind = "embed"
	Preformatted Kind = "preformatted"
)

// Block is one unit of the body in reading order. HTML holds only what Sanitise lets through and Text is its plain
// text. A figure's text is its caption with the credit in it, as the page shows it; an embed's text is what it quotes.
type Block struct {
	Kind    Kind   `json:"kind"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	Level   int    `json:"level,omitempty"`   // headings: 2 to 6
	Ordered bool   `json:"ordered,omitempty"` // list items of a numbered list
	URL     string `json:"url,omitempty"`     // figures: the image; embeds: what is embedded
	Alt     string `json:"alt,omitempty"`
	Credit  string `json:"credit,omitempty"` // figures: whose picture; embeds: who is quoted
}

// inText reports whether a block's words are the article's own running text.
func (b Block) inText() bool { return b.Kind != Figure && b.Kind != Embed }

// Image is a picture of the article. Caption is as shown, with the credit in it; Credit is the name alone.
type Image struct {
	URL     string `json:"url"`
	Alt     string `json:"alt"`
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
}

// Statement is a sentence or paragraph about reuse that stands on the page outside the article. Whether it asks for
// anything, and what, is for package rights to read.
type Statement struct {
	Text  string `json:"text"`
	Where Where  `json:"where"`
	Href  string `json:"href,omitempty"` // a linked page of terms or a licence
}

// Where is the part of a page something was found in.
type Where string

// The places of statements and credits.
const (
	InHeader    Where = "header"
	InFooter    Where = "footer"
	NearC       Where = "copyright" // beside ©
	LicenceLink Where = "licence_link"
	TermsLink   Where = "terms_link"
	InMeta      Where = "meta"
	InJSONLD    Where = "jsonld"
	InHTTP      Where = "http_header"
	BodyEnd     Where = "body_end"
	InTitle     Where = "title"
	InText      Where = "text"
)

// Upstream is an outlet this article says it retells. Quote is the page's own words that say so.
type Upstream struct {
	Outlet string `json:"outlet"`
	Href   string `json:"href,omitempty"`
	Where  Where  `json:"where"`
	Quote  string `json:"quote"`
}

// textOf joins the running text of blocks.
func textOf(blocks []Block) string {
	parts := make([]string, 0, len(blocks))
	for _, b := range blocks {
		if b.inText() && b.Text != "" {
			parts = append(parts, b.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}
