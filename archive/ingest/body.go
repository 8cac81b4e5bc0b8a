package ingest

import (
	"hash/maphash"
	"net/url"
	"strings"
	"unicode"

	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Trees larger than this are cut by our own walk alone: go-trafilatura copies the tree three times.
const maxExtractorNodes = 60_000

// vote asks go-trafilatura what the article is and gives each leaf the share of its words that were taken. The
// extractor's own blocks are not used: it drops captions and glues short pages into one paragraph.
func vote(leaves []*leaf, root *html.Node, page *url.URL) (taken int) {
	text, lines := extractorText(root, page)
	if text == "" {
		return 0
	}
	seed := maphash.MakeSeed()
	grams := map[uint64]bool{}
	words := strings.FieldsFunc(strings.ToLower(text), notWord)
	for i := 0; i+4 <= len(words); i++ {
		grams[gram(seed, words[i:i+4])] = true
	}
	for _, l := range leaves {
		if !l.inText() {
			continue
		}
		words := strings.FieldsFunc(strings.ToLower(l.Text), notWord)
		if len(words) < 6 {
			if lines[strings.Join(words, " ")] {
				l.vote = 1
			}
		}
		if n := len(words) - 3; n > 0 && l.vote == 0 {
			hit := 0
			for i := range n {
				if grams[gram(seed, words[i:i+4])] {
					hit++
				}
			}
			l.vote = float64(hit) / float64(n)
		}
		if l.vote >= 0.5 {
			taken += l.runes
		}
	}
	return taken
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }

func gram(seed maphash.Seed, words []string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, w := range words {
		h.WriteString(w)
		h.WriteByte(0)
	}
	return h.Sum64()
}

// extractorText runs go-trafilatura on a copy of the tree without scripts and styles. lines are the words of its short
// blocks.
func extractorText(root *html.Node, page *url.URL) (text string, lines map[string]bool) {
	n := 0
	tree := lean(root, &n)
	if n > maxExtractorNodes {
		return "", nil
	}
	res, err := trafilatura.ExtractDocument(tree, trafilatura.Options{
		OriginalURL: page, ExcludeComments: true, IncludeLinks: true, HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil || res.ContentNode == nil {
		return "", nil
	}
	lines = map[string]bool{}
	leaves, _ := cut(res.ContentNode, nil)
	for _, l := range leaves {
		if words := strings.FieldsFunc(strings.ToLower(l.Text), notWord); len(words) < 6 {
			lines[strings.Join(words, " ")] = true
		}
	}
	return res.ContentText, lines
}

// lean copies a tree without what never holds text, counting nodes.
func lean(n *html.Node, count *int) *html.Node {
	*count++
	c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace}
	if n.Type == html.ElementNode {
		c.Attr = append(c.Attr, n.Attr...)
	}
	for k := range n.ChildNodes() {
		switch {
		case k.Type == html.CommentNode, k.Type == html.ElementNode && k.Namespace != "":
			continue
		case k.Type == html.ElementNode:
			switch k.DataAtom {
			case atom.Script, atom.Style, atom.Svg, atom.Noscript, atom.Template, atom.Link:
				continue
			}
		}
		if *count > maxExtractorNodes {
			break
		}
		c.AppendChild(lean(k, count))
	}
	return c
}

// choose keeps the leaves of the article.
func choose(leaves []*leaf, w *walker, root *html.Node) []*leaf {
	voted := 0
	for _, l := range leaves {
		if l.vote >= 0.5 && l.prose() && l.junk == "" {
			voted += l.runes
		}
	}
	weight := map[*html.Node]int{}
	for _, l := range leaves {
		if l.junk != "" || !l.inText() || l.linky() || l.runes < 25 {
			continue
		}
		k := l.runes - l.linked
		if voted > 200 && l.vote < 0.5 {
			k /= 4
		}
		for n := l.node; n != nil; n = n.Parent {
			weight[n] += k
		}
	}
	region := root
	for {
		var best *html.Node
		for c := range region.ChildNodes() {
			if best == nil || weight[c] > weight[best] {
				best = c
			}
		}
		if best == nil || weight[best]*100 < weight[region]*85 || weight[best] == 0 {
			break
		}
		region = best
	}
	first, last := -1, -1
	direct := map[*html.Node]bool{}
	for i, l := range leaves {
		if l.vote >= 0.5 && l.junk == "" && within(l.node, region) {
			if first < 0 {
				first = i
			}
			last = i
			if l.prose() && l.node != nil {
				direct[l.node] = true
				if l.node.Parent != nil {
					direct[l.node.Parent] = true
				}
			}
		}
	}
	var out []*leaf
	for i, l := range leaves {
		if l.junk != "" || !within(l.node, region) {
			continue
		}
		if first < 0 {
			if l.prose() {
				out = append(out, l)
			}
			continue
		}
		if l.vote >= 0.5 || i > first && i < last && l.node != nil && !l.linky() && (direct[l.node] || direct[l.node.Parent]) {
			out = append(out, l)
		}
	}
	return out
}
