package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// special handles elements that are a block of their own whatever is inside: pictures with their captions, quoted
// posts, players. It reports whether it did.
func (w *walker) special(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Img:
		w.picture(n, n)
		return true
	case atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio:
		w.player(n)
		return true
	case atom.Blockquote, atom.Div, atom.Figure, atom.P, atom.Section, atom.Span, atom.Table, atom.A, atom.Dl, atom.Li, atom.Center:
		if w.post(n) {
			return true
		}
		if img := w.pictureBox(n); img != nil {
			w.picture(n, img)
			return true
		}
	}
	return false
}

var pictureWords = map[string]bool{
	"pic": true, "picture": true, "img": true, "image": true, "photo": true, "foto": true, "figure": true, "caption": true, "media": true,
	"thumb": true, "illustration": true, "wp": false, "cover": true, "visual": true, "lightbox": true,
}

// pictureBox returns the picture of an element that holds one picture and nothing but words about it.
func (w *walker) pictureBox(n *html.Node) *html.Node {
	s := w.sizes[n]
	if s.images == 0 || s.images > 2 || s.plain+s.linked > 600 {
		return nil
	}
	named := n.DataAtom == atom.Figure
	if !named {
		for _, word := range wordsOf(attr(n, "class") + " " + attr(n, "itemprop")) {
			named = named || pictureWords[word]
		}
	}
	if !named {
		// An unnamed box counts where something in it is named a caption, or is set small or slanted below the
		// picture, and nothing else has words.
		for e := range elements(n) {
			if e.DataAtom == atom.Figcaption || hasWord(e, captionWords) || s.plain+s.linked <= 250 && (e.DataAtom == atom.Small || e.DataAtom == atom.Em || e.DataAtom == atom.I) {
				c := w.sizes[e]
				named = named || s.plain+s.linked > 0 && c.plain+c.linked+3 >= s.plain+s.linked
			}
		}
	}
	if !named || n.DataAtom == atom.A && s.plain+s.linked > 0 {
		return nil
	}
	var img *html.Node
	for e := range elements(n) {
		switch e.DataAtom {
		case atom.Img:
			if img == nil && imageURL(e, w) != "" {
				img = e
			}
		case atom.H1, atom.H2, atom.Ul, atom.Ol, atom.Pre, atom.Article, atom.Video, atom.Iframe:
			return nil
		}
	}
	return img
}

var captionWords = map[string]bool{"caption": true, "figcaption": true, "cap": true, "credit": true, "credits": true, "desc": true, "description": true}

func hasWord(n *html.Node, words map[string]bool) bool {
	for _, w := range wordsOf(attr(n, "class")) {
		if words[w] {
			return true
		}
	}
	return false
}

// picture adds a figure for img, with the words of box as its caption.
func (w *walker) picture(box, img *html.Node) {
	src := imageURL(img, w)
	if src == "" || tiny(img) {
		if box != img {
			w.w.write(" ")
		}
		return
	}
	if len(w.leaves) >= maxBlocks {
		return
	}
	inline := box == img
	if !inline {
		w.flush()
	}
	l := w.labelled()
	if j := w.furnitureOf(box); j != "" && j != asCaption && box != img {
		l.junk = j
	}
	if isBlock(box) {
		l.node = box
	}
	l.Kind, l.URL, l.Alt = Figure, src, foldSpace(attr(img, "alt"))
	if !inline {
		iw := inlineWriter{base: w.base}
		iw.walkAll(box)
		l.HTML, l.Text = iw.finish()
		l.Credit = creditOf(box, l.Text)
	}
	if inline {
		if f := attr(img, "data-caption"); f != "" {
			l.Text = foldSpace(f)
			l.HTML = html.EscapeString(l.Text)
		}
	}
	w.leaves = append(w.leaves, l)
}

// imageURL is the picture's real address: lazy loaders keep it out of src.
func imageURL(img *html.Node, w *walker) string {
	for _, key := range []string{"data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy", "data-url", "src", "srcset"} {
		v := attr(img, key)
		if v == "" {
			continue
		}
		if strings.HasSuffix(key, "srcset") {
			v = largest(v)
		}
		if u := safeLink(v, w.base); u != "" && !strings.HasPrefix(u, "mailto:") {
			return u
		}
	}
	return ""
}

// largest picks the address with the largest descriptor of a srcset.
func largest(srcset string) string {
	best, size := "", -1.0
	for i, part := range strings.Split(srcset, ", ") {
		if i > 50 {
			break
		}
		f := strings.Fields(part)
		if len(f) == 0 {
			continue
		}
		s := 0.0
		if len(f) > 1 {
			s, _ = strconv.ParseFloat(strings.TrimRight(f[1], "wx,"), 64)
		}
		if s > size {
			best, size = strings.TrimRight(f[0], ","), s
		}
	}
	return best
}

// tiny reports icons, counters and spacers.
func tiny(img *html.Node) bool {
	for _, key := range []string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(attr(img, key)), "px")); err == nil && n < 60 {
			return true
		}
	}
	return false
}

// creditPattern finds the name behind "Photo:" and its kin at the end of a caption.
var creditPattern = regexp.MustCompile(`(?i)(?:^|[\s.(|/—–\-։:])(?:photo(?:graph)?s?|image|picture|credit|courtesy|illustration|фото(?:граф(?:ия)?)?|снимок|изображение|иллюстрация|источник|լուսանկար(?:ը|ներ|ներ[իը])?|նկար(?:ը)?|ֆոտո(?:ն)?)\s*(?:by|courtesy(?: of)?|credit|©|՝|[:：—–-]|/)+\s*(?:by\s+|©\s*)?([^|]{2,120}?)[.։)\s]*$`)

var gettyPattern = regexp.MustCompile(`(?:©|\(c\)|/)\s*([\p{L}][\p{L}\p{N} ./&'’-]{1,60})$`)

// creditOf is the name of whose picture it is; "" where the caption does not say.
func creditOf(box *html.Node, caption string) string {
	if box != nil {
		for e := range elements(box) {
			for _, word := range wordsOf(attr(e, "class") + " " + attr(e, "itemprop")) {
				if word == "credit" || word == "credits" || word == "copyright" || word == "copyrightholder" || word == "photocredit" {
					if t := textIn(e); t != "" && len(t) < 200 {
						if m := creditPattern.FindStringSubmatch(t); m != nil {
							return strings.Trim(m[1], " ()©")
						}
						return strings.Trim(t, " ()©|/")
					}
				}
			}
		}
	}
	if len(caption) > 1000 {
		return ""
	}
	if m := creditPattern.FindStringSubmatch(caption); m != nil {
		return strings.Trim(m[1], " ()©")
	}
	if m := gettyPattern.FindStringSubmatch(caption); m != nil {
		name := m[1]
		for _, word := range []string{"Фото ", "Photo ", "Foto ", "Photograph: "} {
			name = strings.TrimPrefix(name, word)
		}
		return strings.TrimSpace(name)
	}
	return ""
}

// post adds an embed for a quoted post of a social network, which pages carry as a blockquote for a script to replace.
func (w *walker) post(n *html.Node) bool {
	kind := ""
	for c := range strings.FieldsSeq(attr(n, "class")) {
		switch c {
		case "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video", "reddit-card", "reddit-embed-bq",
			"telegram-post", "imgur-embed-pub", "bluesky-embed", "mastodon-embed", "text-post-media", "vk-post":
			kind = c
		}
	}
	if kind == "" {
		return false
	}
	w.flush()
	l := w.labelled()
	if n.DataAtom == atom.Blockquote {
		l.node = n
	}
	l.Kind = Embed
	for _, key := range []string{"data-instgrm-permalink", "cite", "data-href", "data-bluesky-uri"} {
		if u := safeLink(attr(n, key), w.base); u != "" {
			l.URL = plainAddress(u)
		}
	}
	quoted := inlineWriter{base: w.base}
	rest := inlineWriter{}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.DataAtom == atom.P {
			quoted.walkAll(c)
			quoted.write("\n")
		} else {
			rest.walkAll(c)
		}
	}
	for e := range elements(n) {
		if u := safeLink(attr(e, "href"), w.base); e.DataAtom == atom.A && u != "" {
			if l.URL == "" || strings.Contains(u, "/status/") {
				l.URL = plainAddress(u)
			}
		}
	}
	l.HTML, l.Text = quoted.finish()
	_, by := rest.finish()
	if l.Text == "" {
		quoted.walkAll(n)
		l.HTML, l.Text = quoted.finish()
	} else {
		l.Credit = strings.TrimSpace(strings.TrimLeft(by, "—–- "))
		if i := strings.Index(l.Credit, ") "); i > 0 && strings.Contains(l.Credit[:i], "(@") {
			l.Credit = l.Credit[:i+1]
		}
	}
	if len(w.leaves) < maxBlocks {
		w.leaves = append(w.leaves, l)
	}
	return true
}

// player adds an embed for a frame or player that loads from elsewhere.
func (w *walker) player(n *html.Node) {
	src := attr(n, "src")
	if src == "" {
		src = attr(n, "data-src")
	}
	if src == "" {
		if s := find(n, func(e *html.Node) bool { return e.DataAtom == atom.Source }); s != nil {
			src = attr(s, "src")
		}
	}
	u := safeLink(src, w.base)
	if u == "" || strings.HasPrefix(u, "mailto:") || hidden(n) || tiny(n) || len(w.leaves) >= maxBlocks {
		return
	}
	w.flush()
	l := w.labelled()
	l.Kind, l.URL, l.Text = Embed, u, foldSpace(attr(n, "title"))
	l.HTML = html.EscapeString(l.Text)
	w.leaves = append(w.leaves, l)
}

// plainAddress drops the query and fragment.
func plainAddress(u string) string {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		return u[:i]
	}
	return u
}
