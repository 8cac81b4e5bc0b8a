package demo

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"colophon/archive/ingest"
)

// sourceBlock is a block of a page as a plain reading of its own markup finds it.
type sourceBlock struct {
	kind  string // p, h2, li, blockquote, figure
	text  string
	codes int // inline elements
}

func load(t *testing.T) Newsroom {
	t.Helper()
	n, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryStateAndLanguageIsThere(t *testing.T) {
	n := load(t)
	originals := map[string]int{}
	for _, a := range n.Articles {
		o, _ := n.Outlet(a.Outlet)
		originals[o.Language]++
	}
	if diff := cmp.Diff(map[string]int{"hy": 4, "ru": 3, "en": 4}, originals); diff != "" {
		t.Errorf("originals by language (-want +got):\n%s", diff)
	}
	for _, state := range States() {
		if !slices.ContainsFunc(n.Plan, func(j Job) bool { return j.State == state }) {
			t.Errorf("no version is %s", state)
		}
	}
	for _, a := range n.Articles {
		for _, v := range a.Versions {
			if !slices.ContainsFunc(n.Plan, func(j Job) bool { return j.Article == a.Slug && j.Language == v.Language }) {
				t.Errorf("%s into %s is not in the plan", a.Slug, v.Language)
			}
		}
	}
}

func TestPages(t *testing.T) {
	n := load(t)
	for _, a := range n.Articles {
		o, _ := n.Outlet(a.Outlet)
		for _, p := range a.Pages {
			blocks := pageBlocks(t, p)
			if len(blocks) < 6 || len(blocks) > 14 {
				t.Errorf("%s has %d blocks, want 6 to 14", p.Name, len(blocks))
			}
			page := string(p.Data)
			for _, want := range []string{`<link rel="canonical" href="` + a.URL + `">`, `<html lang="` + o.Language + `">`} {
				if !strings.Contains(page, want) {
					t.Errorf("%s: want %s", p.Name, want)
				}
			}
			if !strings.Contains(page, o.Statement) {
				t.Errorf("%s does not carry its outlet's statement: %s", p.Name, o.Statement)
			}
			for _, b := range blocks {
				proofread(t, p.Name, o.Language, b.text)
			}
		}
	}
}

// The product's reader finds on every page what its markup says.
func TestReaderReadsThePages(t *testing.T) {
	n := load(t)
	for _, a := range n.Articles {
		o, _ := n.Outlet(a.Outlet)
		for _, p := range a.Pages {
			d, err := ingest.Read(ingest.Page{URL: p.URL, Header: http.Header{"Content-Type": {p.Type}}, Body: p.Data})
			if err != nil {
				t.Errorf("%s: %v", p.Name, err)
				continue
			}
			var want, got []string
			for _, b := range pageBlocks(t, p) {
				want = append(want, b.text)
			}
			for _, b := range d.Blocks {
				got = append(got, b.Text)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: blocks (-want +got):\n%s", p.Name, diff)
			}
			if d.Language != o.Language || d.CanonicalURL != a.URL || d.SiteName != o.Name[o.Language] {
				t.Errorf("%s: language %q, canonical %q, site %q", p.Name, d.Language, d.CanonicalURL, d.SiteName)
			}
			for what, found := range map[string]string{"title": d.Title, "dek": d.Dek, "section": d.Section, "authors": strings.Join(d.Authors, ", ")} {
				if found == "" || !strings.Contains(html.UnescapeString(string(p.Data)), found) {
					t.Errorf("%s: %s %q", p.Name, what, found)
				}
			}
			if len(d.PublishedAt) != len("2025-08-28T11:06:00+04:00") || (p.Name == a.Pages[0].Name) != (d.ModifiedAt == "") {
				t.Errorf("%s: published %q, modified %q", p.Name, d.PublishedAt, d.ModifiedAt)
			}
			if !slices.ContainsFunc(d.Statements, func(s ingest.Statement) bool { return strings.Contains(s.Text, o.Statement) }) {
				t.Errorf("%s: the statement of terms is not among %v", p.Name, d.Statements)
			}
			if retold := len(d.Upstream) > 0; retold != (a.Upstream != "") {
				t.Errorf("%s: retells %v, want %q", p.Name, d.Upstream, a.Upstream)
			}
		}
	}
}

func TestCorrectedPagesChangeTwoBlocks(t *testing.T) {
	n := load(t)
	corrected := 0
	for _, a := range n.Articles {
		if len(a.Pages) == 1 {
			continue
		}
		corrected++
		before, after := pageBlocks(t, a.Pages[0]), pageBlocks(t, a.Pages[1])
		if len(before) != len(after) {
			t.Fatalf("%s: %d blocks became %d", a.Slug, len(before), len(after))
		}
		changed := 0
		for i := range before {
			if before[i] != after[i] {
				changed++
			}
		}
		if changed != 2 {
			t.Errorf("%s: %d blocks changed, want 2", a.Slug, changed)
		}
	}
	if corrected != 2 {
		t.Errorf("%d articles were corrected, want 2", corrected)
	}
}

func TestVersionsFitTheirSource(t *testing.T) {
	n := load(t)
	code := regexp.MustCompile(`\{(/?)(\d+)\}`)
	for _, a := range n.Articles {
		for _, v := range a.Versions {
			name := a.Slug + "." + v.Language
			source := pageBlocks(t, a.Pages[v.Revision-1])
			if len(v.Blocks) != len(source) {
				t.Errorf("%s has %d blocks, its source %d", name, len(v.Blocks), len(source))
				continue
			}
			figures := 0
			for i, text := range v.Blocks {
				if source[i].kind == "figure" {
					figures++
				}
				if text == "" {
					if !v.Partial {
						t.Errorf("%s: block %d is empty", name, i+1)
					}
					continue
				}
				var want, got []string
				for k := 1; k <= source[i].codes; k++ {
					want = append(want, string(rune('0'+k)), "/"+string(rune('0'+k)))
				}
				for _, m := range code.FindAllStringSubmatch(text, -1) {
					got = append(got, m[1]+m[2])
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: codes of block %d (-want +got):\n%s", name, i+1, diff)
				}
				if strings.ContainsAny(code.ReplaceAllString(text, ""), "{}<>") {
					t.Errorf("%s: block %d has stray brackets", name, i+1)
				}
				proofread(t, name, v.Language, code.ReplaceAllString(text, ""))
			}
			if len(v.Credits) != figures || len(v.Alts) != figures {
				t.Errorf("%s has %d figures, %d credits, %d alternatives", name, figures, len(v.Credits), len(v.Alts))
			}
			for _, s := range slices.Concat([]string{v.Title, v.Dek}, v.Credits, v.Alts) {
				if s == "" && !v.Partial {
					t.Errorf("%s: an empty title, dek, credit or alternative", name)
				}
				proofread(t, name, v.Language, s)
			}
			if last, _ := lastRune(v.Title); strings.ContainsRune(".։․", last) {
				t.Errorf("%s: a full stop after the headline: %s", name, v.Title)
			}
			if last, ok := lastRune(v.Dek); ok && !strings.ContainsRune(".։", last) {
				t.Errorf("%s: no full stop after the dek: %s", name, v.Dek)
			}
		}
	}
}

func TestNamesAndComments(t *testing.T) {
	n := load(t)
	for _, p := range n.People {
		for _, l := range []string{"en", "ru", "hy"} {
			if p.Name[l] == "" {
				t.Errorf("%s has no name in %s", p.ID, l)
			}
			proofread(t, p.ID, l, p.Name[l])
		}
		if !strings.HasSuffix(p.Login, "@colophon.example") || len(p.Roles) == 0 {
			t.Errorf("%s: login %q, roles %v", p.ID, p.Login, p.Roles)
		}
	}
	confirmed := 0
	for _, o := range n.Outlets {
		for _, l := range []string{"en", "ru", "hy"} {
			if o.Name[l] == "" {
				t.Errorf("%s has no name in %s", o.ID, l)
			}
		}
		if (o.Forms == Forms{}) || len(o.Clauses) == 0 || !strings.HasSuffix(o.Host, ".example") {
			t.Errorf("%s: host %q, forms %+v, %d clauses", o.ID, o.Host, o.Forms, len(o.Clauses))
		}
		if o.ConfirmedBy != "" {
			confirmed++
		}
	}
	if confirmed != len(n.Outlets)-1 {
		t.Errorf("%d of %d outlets are confirmed, want all but one", confirmed, len(n.Outlets))
	}
	for _, j := range n.Plan {
		for _, c := range j.Comments {
			proofread(t, "comment on "+j.Article, j.Language, c.Text)
		}
	}
}

// Pictures are shown as they are, so they may hold nothing that acts, and nothing that fetches.
func TestPicturesAreHarmless(t *testing.T) {
	n := load(t)
	allowed := []string{"svg", "title", "rect", "g", "path"}
	pictures := 0
	for _, o := range n.Outlets {
		for _, f := range o.Media {
			pictures++
			d := xml.NewDecoder(strings.NewReader(string(f.Data)))
			for {
				tok, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				el, ok := tok.(xml.StartElement)
				if !ok {
					continue
				}
				if !slices.Contains(allowed, el.Name.Local) {
					t.Errorf("%s: element %s", f.Name, el.Name.Local)
				}
				for _, a := range el.Attr {
					if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || a.Name.Local == "style" || strings.Contains(a.Value, "url(") {
						t.Errorf("%s: attribute %s", f.Name, a.Name.Local)
					}
				}
			}
			if len(f.Data) > 100_000 {
				t.Errorf("%s is %d bytes", f.Name, len(f.Data))
			}
		}
	}
	if pictures < 2 {
		t.Errorf("%d pictures", pictures)
	}
	// Every picture a page shows is there.
	served := n.Server()
	src := regexp.MustCompile(`<img src="([^"]+)"`)
	for _, a := range n.Articles {
		o, _ := n.Outlet(a.Outlet)
		for _, m := range src.FindAllStringSubmatch(string(a.Pages[0].Data), -1) {
			if _, ok := served["https://"+o.Host+m[1]]; !ok {
				t.Errorf("%s shows %s, which is not there", a.Slug, m[1])
			}
		}
	}
}

// proofread holds a text to the typography of its language (the table of the guide for translators).
func proofread(t *testing.T, where, language, text string) {
	t.Helper()
	for host := range strings.FieldsSeq(text) {
		if strings.Contains(host, ".example") {
			text = strings.ReplaceAll(text, host, "")
		}
	}
	forbidden := map[string]string{"en": `"'«»„՝։`, "ru": `"'“„՝։`, "hy": `"'?!.:;“”„`}[language]
	if i := strings.IndexAny(text, forbidden); i >= 0 {
		t.Errorf("%s: %q in: %s", where, []rune(text[i:])[0], text)
	}
	if strings.Contains(text, "  ") || strings.Contains(text, "\u00a0") || strings.TrimSpace(text) != text {
		t.Errorf("%s: white space in: %s", where, text)
	}
	if strings.Contains(strings.ToLower(text), "lorem") {
		t.Errorf("%s: filler in: %s", where, text)
	}
	if strings.Count(text, "«") != strings.Count(text, "»") || strings.Count(text, "“") != strings.Count(text, "”") {
		t.Errorf("%s: quotation marks do not pair in: %s", where, text)
	}
	if language == "hy" && strings.Contains(text, "եւ") {
		t.Errorf("%s: եւ for և in: %s", where, text)
	}
	if language == "ru" && regexp.MustCompile(`[^\s]—|—[^\s]`).MatchString(text) {
		t.Errorf("%s: a dash without spaces in: %s", where, text)
	}
	script := map[string]*unicode.RangeTable{"en": unicode.Latin, "ru": unicode.Cyrillic, "hy": unicode.Armenian}[language]
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(script, r) {
			t.Errorf("%s: letter %q in a text in %s: %s", where, r, language, text)
			return
		}
	}
}

func lastRune(s string) (rune, bool) {
	r := []rune(s)
	if len(r) == 0 {
		return 0, false
	}
	return r[len(r)-1], true
}

// pageBlocks reads a page by what we know of its own markup, apart from the product's reader.
func pageBlocks(t *testing.T, page File) []sourceBlock {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page.Data)))
	if err != nil {
		t.Fatalf("%s: %v", page.Name, err)
	}
	bodies := []string{"text", "post-body", "article-body", "entry", "article-text"}
	var blocks []sourceBlock
	for node := range doc.Descendants() {
		if node.Type != html.ElementNode || !slices.Contains(bodies, attr(node, "class")) {
			continue
		}
		for el := range node.Descendants() {
			if el.Type != html.ElementNode || el.Parent.Data == "blockquote" {
				continue
			}
			switch el.Data {
			case "p", "h2", "li", "blockquote":
				blocks = append(blocks, sourceBlock{el.Data, textOf(el), inline(el)})
			case "figcaption":
				blocks = append(blocks, sourceBlock{"figure", textOf(el), 0})
			}
		}
	}
	return blocks
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func inline(n *html.Node) (count int) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (d.Data == "a" || d.Data == "b") {
			count++
		}
	}
	return count
}
