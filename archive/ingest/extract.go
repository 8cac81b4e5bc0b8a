package ingest

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"colophon/archive/fault"
)

// reading is one page being read.
type reading struct {
	*head
	root      *html.Node
	walk      *walker
	leaves    []*leaf
	at        map[*html.Node]int // index of the first leaf inside an element
	body      []*leaf
	inBody    map[*leaf]bool
	headline  *html.Node
	titleAt   int    // index of the leaf that shows the title; -1 where none does
	stateDate string // when the state the body was taken from says it was published
	start     int    // index of the first leaf of the body; -1 where there is none
	end       int
}

// Read finds the article on a page. Where there is none, or its text is out of reach, the error is a fault and the
// document still holds what the page says of itself: title, dates, addresses, statements of terms.
func Read(p Page) (Document, error) {
	doc := Document{URL: p.URL}
	if len(p.Body) > MaxBytes {
		return doc, fault.New(fault.ErrTooLarge, "fault.extract.large", fault.Data{"Limit": MaxBytes >> 20})
	}
	if err := notText(p); err != nil {
		return doc, err
	}
	text, err := Decode(p.Body, p.Header.Get("Content-Type"))
	if err != nil {
		return doc, err
	}
	if isDump(p, text) {
		return readDump(p.URL, text)
	}
	root, err := parse([]byte(text))
	if err != nil {
		return doc, err
	}
	r := &reading{root: root, head: readHead(root, p.URL), titleAt: -1, start: -1, end: -1}
	err = r.document(&doc)
	return doc, err
}

// notText refuses what no article can be read from, by what the bytes are and by what the response says they are.
func notText(p Page) error {
	sniff := p.Body[:min(len(p.Body), 1024)]
	kind := ""
	for _, s := range signatures {
		if strings.HasPrefix(string(sniff), s.magic) {
			kind = s.kind
		}
	}
	if len(strings.TrimSpace(string(sniff))) == 0 && len(p.Body) <= 1024 {
		return fault.New(fault.ErrInvalid, "fault.extract.empty", nil)
	}
	if kind == "" {
		ct, _, _ := strings.Cut(strings.ToLower(p.Header.Get("Content-Type")), ";")
		switch major, minor, _ := strings.Cut(strings.TrimSpace(ct), "/"); {
		case major == "image", major == "video", major == "audio", major == "font":
			kind = major
		case minor == "pdf", minor == "zip", minor == "json", minor == "msword", strings.HasPrefix(minor, "vnd."):
			kind = minor
		}
	}
	if kind != "" {
		return fault.New(fault.ErrInvalid, "fault.extract.kind", fault.Data{"Kind": strings.ToUpper(kind)})
	}
	return nil
}

// signatures are the first bytes of files people mistake for pages.
var signatures = []struct{ magic, kind string }{
	{"%PDF-", "pdf"},
	{"\x89PNG", "image"},
	{"\xff\xd8\xff", "image"},
	{"GIF8", "image"},
	{"RIFF", "image"},
	{"PK\x03\x04", "zip"},
	{"\x1f\x8b", "gzip"},
	{"\xd0\xcf\x11\xe0", "msword"},
	{"Rar!", "rar"},
	{"7z\xbc\xaf", "7z"},
	{"ID3", "audio"},
	{"OggS", "audio"},
	{"\x00\x00\x00\x18ftyp", "video"},
	{"\x00\x00\x00\x20ftyp", "video"},
	{"\x1aE\xdf\xa3", "video"},
	{"\x7fELF", "program"},
	{"MZ\x90", "program"},
	{"BM", ""},
	{"{\\rtf", "rtf"},
}

// document fills doc.
func (r *reading) document(doc *Document) error {
	host := ""
	if r.page != nil {
		host = r.page.Hostname()
	}
	doc.CanonicalURL = r.canonical(r.root)
	doc.SiteName = r.siteName()
	r.leaves, r.walk = cut(r.root, r.base)
	vote(r.leaves, r.root, r.page)
	doc.Title, r.headline = r.head.headline(r.root, r.walk, doc.SiteName)
	if doc.SiteName == "" {
		doc.SiteName = r.shownSite(doc.Title)
	}
	for i, l := range r.leaves {
		if r.headline != nil && within(l.node, r.headline) || r.headline == nil && l.inText() && squash(l.Text) == squash(doc.Title) {
			r.titleAt = i
			break
		}
	}
	r.body = choose(r.leaves, r.root, r.headline, r.titleAt)
	doc.Dek = r.dek(doc.Title)
	if own := prose(r.body); own < 200 && (own == 0 || !r.shown()) {
		if hidden, date := r.stated(doc.Title); prose(hidden) > 2*own {
			r.body, r.stateDate = hidden, date
		}
	}
	names := r.trim(doc, host)
	r.place()
	for _, l := range r.body {
		doc.Blocks = append(doc.Blocks, l.Block)
	}
	doc.Text = textOf(doc.Blocks)
	doc.Language = languageOf(doc.Title+"\n"+doc.Text, firstOf(r.lang, r.get("og:locale", "content-language")))
	doc.Alternates = r.alternates(r.root, doc.Language, doc.CanonicalURL)
	doc.Section = r.section(r.root, r.walk, r.headline, doc.Title)
	doc.Authors = r.authors(doc.SiteName, names)
	doc.PublishedAt, doc.ModifiedAt = r.dates(doc.Language)
	doc.Tags = r.tags()
	doc.Images = r.images(doc.Blocks)
	doc.License = r.licence(r.root)
	doc.Subscribers = r.article.isForSubscribers()
	doc.Statements = append(r.statements(r.root, doc.SiteName, r.leaves, r.inBody, r.start, r.end), doc.Statements...)
	doc.Upstream = upstream(doc.Title, doc.Language, doc.Blocks, doc.SiteName, host)
	if strings.TrimSpace(doc.Text) == "" || !r.isArticle(doc) {
		doc.Blocks, doc.Text, doc.Upstream = nil, "", nil
		if scriptOnly(r.root, r.walk) {
			return fault.New(fault.ErrInvalid, "fault.extract.script", nil)
		}
		return fault.New(fault.ErrInvalid, "fault.extract.none", nil)
	}
	return nil
}

// prose is how much running text leaves hold.
func prose(leaves []*leaf) int {
	n := 0
	for _, l := range leaves {
		if l.inText() {
			n += l.runes
		}
	}
	return n
}

// shown reports whether the page states an article's body in its markup.
func (r *reading) shown() bool {
	for _, l := range r.body {
		for n := l.node; n != nil; n = n.Parent {
			if n.DataAtom == atom.Article || hasToken(attr(n, "itemprop"), "articlebody") {
				return true
			}
		}
	}
	return false
}

// isArticle tells an article from a front page, a list or an offer that has sentences too: the page says so, or the text
// has a date, or it follows its headline and is more than a caption to a list.
func (r *reading) isArticle(doc *Document) bool {
	stated := r.article != nil || strings.EqualFold(r.get("og:type"), "article") || r.get("article:published_time") != "" || r.shown()
	if u, err := url.Parse(doc.URL); !stated && err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return false // a front page
	}
	if !stated && r.isList() {
		return false
	}
	if stated || doc.PublishedAt != "" || len(doc.Authors) > 0 {
		return true
	}
	paragraphs := 0
	for _, l := range r.body {
		if l.sentence() {
			paragraphs++
		}
	}
	return r.titleAt >= 0 && r.start-r.titleAt <= 40 && (paragraphs > 1 || prose(r.body) > 400)
}

// isList reports bodies that are teasers: headings that link elsewhere, with a sentence or two under each.
func (r *reading) isList() bool {
	sentences, links := 0, 0
	for i := r.start; i >= 0 && i <= r.end; i++ {
		switch l := r.leaves[i]; {
		case l.Kind == Heading && l.linky():
			links++
		case r.inBody[l] && l.sentence():
			sentences++
		}
	}
	return links >= 2 && 2*links >= sentences
}

// scriptOnly reports pages that hold scripts and hardly a word.
func scriptOnly(root *html.Node, w *walker) bool {
	scripts := 0
	for e := range elements(root) {
		if e.DataAtom == atom.Script && (attr(e, "src") != "" || len(rawText(e)) > 200) {
			scripts++
		}
	}
	s := w.sizes[root]
	return scripts > 0 && s.plain+s.linked < 400
}

// place notes where the body stands among the leaves.
func (r *reading) place() {
	r.at = map[*html.Node]int{}
	for i, l := range r.leaves {
		for n := l.node; n != nil; n = n.Parent {
			if _, ok := r.at[n]; ok {
				break
			}
			r.at[n] = i
		}
	}
	r.inBody = map[*leaf]bool{}
	for _, l := range r.body {
		r.inBody[l] = true
	}
	for i, l := range r.leaves {
		if r.inBody[l] {
			if r.start < 0 {
				r.start = i
			}
			r.end = i
		}
	}
}

// near reports whether an element stands with the headline and the body, not among other articles.
func (r *reading) near(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if i, ok := r.at[n]; ok {
			return i >= r.titleAt-6 && (r.end >= 0 && i <= r.end+8 || r.end < 0 && i <= r.titleAt+12)
		}
	}
	return false
}

// shownSite is the outlet's name where no metadata states it: the part of the title that is not the headline, else the
// text or the picture of the link to the front page.
func (r *reading) shownSite(title string) string {
	for _, t := range []string{r.title, r.get("og:title")} {
		if parts := titleParts(t); len(parts) > 1 {
			for _, p := range []string{parts[len(parts)-1], parts[0]} {
				if overlap(p, title) < 0.3 && len(p) < 60 && !strings.Contains(title, p) {
					return p
				}
			}
		}
	}
	for e := range elements(r.root) {
		if e.DataAtom != atom.A || !isHome(safeLink(attr(e, "href"), r.base)) {
			continue
		}
		if img := find(e, func(n *html.Node) bool { return n.DataAtom == atom.Img }); img != nil {
			if alt := foldSpace(attr(img, "alt")); alt != "" && len(alt) < 80 && overlap(alt, title) < 0.3 {
				return alt
			}
		}
	}
	return ""
}

// tags are the keywords of the article.
func (r *reading) tags() []string {
	var vals []string
	vals = append(vals, r.metas["article:tag"]...)
	if len(vals) == 0 && r.article != nil {
		for _, v := range r.article.list("keywords") {
			vals = append(vals, strings.Split(textOfLD(v), ",")...)
		}
	}
	if len(vals) == 0 {
		for _, name := range []string{"news_keywords", "parsely-tags"} {
			vals = append(vals, strings.Split(r.get(name), ",")...)
		}
	}
	var out []string
	seen := map[string]bool{}
	for _, v := range vals {
		v = foldSpace(v)
		if k := squash(v); k != "" && !seen[k] && len(v) < 100 && len(out) < 30 {
			seen[k] = true
			out = append(out, v)
		}
	}
	return out
}

// images are the article's pictures: the one the page puts forward, then those of the body.
func (r *reading) images(blocks []Block) []Image {
	var out []Image
	seen := map[string]int{}
	key := func(u string) string {
		if p, err := url.Parse(u); err == nil {
			return p.Path
		}
		return u
	}
	add := func(im Image) {
		if im.URL == "" || len(out) >= 100 {
			return
		}
		if i, ok := seen[key(im.URL)]; ok {
			if out[i].Caption == "" {
				out[i].Caption, out[i].Credit = im.Caption, im.Credit
			}
			if out[i].Alt == "" {
				out[i].Alt = im.Alt
			}
			return
		}
		seen[key(im.URL)] = len(out)
		out = append(out, im)
	}
	lead := r.get("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
	if lead == "" && r.article != nil {
		lead = r.article.address("image")
	}
	if u := safeLink(lead, r.base); u != "" && !strings.HasPrefix(u, "mailto:") {
		add(Image{URL: u, Alt: r.get("og:image:alt", "twitter:image:alt")})
	}
	for _, b := range blocks {
		if b.Kind == Figure {
			add(Image{URL: b.URL, Alt: b.Alt, Caption: b.Text, Credit: b.Credit})
		}
	}
	return out
}
