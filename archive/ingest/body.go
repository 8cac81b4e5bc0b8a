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

// relabel takes weak labels off elements whose prose the extractor took, and any label off an element that holds most
// of what it took.
func relabel(leaves []*leaf) {
	type tally struct{ prose, voted int }
	by := map[*html.Node]*tally{}
	clean, all := 0, 0
	for _, l := range leaves {
		if !l.prose() {
			continue
		}
		if l.vote >= 0.5 {
			all += l.runes
			if l.junk == "" {
				clean += l.runes
			}
		}
		if l.mark != nil {
			t := by[l.mark]
			if t == nil {
				t = &tally{}
				by[l.mark] = t
			}
			t.prose += l.runes
			if l.vote >= 0.5 {
				t.voted += l.runes
			}
		}
	}
	for _, l := range leaves {
		t := by[l.mark]
		if l.mark == nil || t == nil || t.voted < 150 {
			continue
		}
		if l.junk == asHidden && t.voted < 3*clean {
			continue // a second copy for a script to use
		}
		if weak(l.junk) && 10*t.voted >= 6*t.prose && 4*t.voted >= clean || l.junk != asComment && 2*t.voted > all {
			l.junk, l.mark = "", nil
		}
	}
}

// choose keeps the leaves of the article. titleAt is the index of the leaf that shows the headline, -1 where none does.
func choose(leaves []*leaf, root, headline *html.Node, titleAt int) []*leaf {
	relabel(leaves)
	from := startOf(leaves, titleAt)
	weight, mass := weigh(leaves[from:])
	region := root
	if body, ok := statedBody(root, weight, headline); ok {
		if body == nil {
			return nil
		}
		region = body
	}
	if out := gather(leaves, from, descend(region, weight, mass)); len(out) > 0 {
		return out
	}
	return brief(leaves, from, headline)
}

// brief takes the lines of an article too short for sentences to be weighed: what is no furniture in the article element
// that holds the headline.
func brief(leaves []*leaf, from int, headline *html.Node) []*leaf {
	article := headline
	for article != nil && article.DataAtom != atom.Article {
		article = article.Parent
	}
	if article == nil {
		return nil
	}
	var out []*leaf
	for _, l := range leaves[from:] {
		if l.junk == "" && !l.linky() && within(l.node, article) {
			out = append(out, l)
		}
	}
	return out
}

// startOf is the index of the first leaf that can belong to the body: none before the headline does, unless most of what
// the extractor took stands there.
func startOf(leaves []*leaf, titleAt int) int {
	if titleAt < 0 {
		return 0
	}
	before, after := 0, 0
	for i, l := range leaves {
		if l.junk == "" && l.sentence() {
			if i < titleAt {
				before += l.runes
			} else {
				after += l.runes
			}
		}
	}
	if before > 2*after && after < 400 {
		return 0
	}
	return titleAt + 1
}

// weigh gives each element the weight of the text in it: sentences outside links, more where the extractor took them and
// near the start, where the article is; and its mass, all the text it holds.
func weigh(leaves []*leaf) (weight, mass map[*html.Node]int) {
	voted := 0
	for _, l := range leaves {
		if l.vote >= 0.5 && l.sentence() && l.junk == "" {
			voted += l.runes
		}
	}
	weight, mass = map[*html.Node]int{}, map[*html.Node]int{}
	for i, l := range leaves {
		if l.junk != "" || !l.inText() {
			continue
		}
		k := l.runes - l.linked
		if !l.sentence() {
			k /= 5
		}
		if voted > 200 && l.vote < 0.5 {
			k /= 4
		}
		if l.linky() || l.runes < 25 {
			k = 0
		}
		k = k * 100 / (100 + max(0, i-20))
		for n := l.node; n != nil; n = n.Parent {
			weight[n] += k
			mass[n] += l.runes
		}
	}
	return weight, mass
}

// descend goes from n to the smallest element that still holds nearly all the weight, and on to the heaviest part where
// what is left is mostly no sentences at all.
func descend(n *html.Node, weight, mass map[*html.Node]int) *html.Node {
	for {
		var best *html.Node
		for c := range n.ChildNodes() {
			if best == nil || weight[c] > weight[best] {
				best = c
			}
		}
		share := 85
		if weight[n]*3 < mass[n] {
			share = 55
		}
		if best == nil || weight[best]*100 < weight[n]*share || weight[best] == 0 {
			return n
		}
		n = best
	}
}

// statedBody is the element the page itself calls the article's body, or the article the headline stands in where
// several follow each other on one page. A page that states a body and leaves it empty has none: nil and true.
func statedBody(root *html.Node, weight map[*html.Node]int, headline *html.Node) (*html.Node, bool) {
	var bodies []*html.Node
	stated := false
	for e := range elements(root) {
		if !hasToken(attr(e, "itemprop"), "articlebody") || e.DataAtom == atom.Meta {
			continue
		}
		stated = true
		if weight[e] > 0 && len(bodies) < 50 && !(len(bodies) > 0 && within(e, bodies[len(bodies)-1])) {
			bodies = append(bodies, e)
		}
	}
	all := weight[root]
	if len(bodies) > 0 {
		first := scopeOf(bodies[0])
		own, others := 0, 0
		for _, b := range bodies {
			if scopeOf(b) == first {
				own += weight[b]
			} else {
				others += weight[b]
			}
		}
		if own > 100 && own*100 >= (all-others)*40 {
			if own == weight[bodies[0]] {
				return bodies[0], true
			}
			return first, true
		}
	} else if stated && all < 600 {
		return nil, true
	}
	for n := headline; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article && weight[n] > 250 && weight[n]*100 >= all*25 {
			return n, true
		}
	}
	return nil, false
}

// scopeOf is the item an element's property belongs to.
func scopeOf(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if hasAttr(p, "itemscope") || p.DataAtom == atom.Body {
			return p
		}
	}
	return n
}

// gather takes the leaves of the region.
func gather(leaves []*leaf, from int, region *html.Node) []*leaf {
	inside := make([]bool, len(leaves))
	taken, missed := 0, 0
	for i := from; i < len(leaves); i++ {
		l := leaves[i]
		inside[i] = l.junk == "" && within(l.node, region)
		if inside[i] && l.sentence() {
			if l.vote >= 0.5 {
				taken += l.runes
			} else {
				missed += l.runes
			}
		}
	}
	good := func(l *leaf) bool { return l.vote >= 0.5 }
	if missed > taken {
		good = (*leaf).sentence // the extractor went elsewhere
	}
	first, last := -1, -1
	direct := map[*html.Node]bool{}
	for i, l := range leaves {
		if !inside[i] || !good(l) || !l.inText() {
			continue
		}
		if first < 0 && l.prose() {
			first = i
		}
		last = i
		if l.sentence() && l.node != nil {
			direct[l.node] = true
			if l.node.Parent != nil {
				direct[l.node.Parent] = true
			}
		}
	}
	var out []*leaf
	for i, l := range leaves {
		switch {
		case !inside[i] || first < 0:
		case l.inText() && good(l) && (l.sentence() || l.under(direct, 4)), i > first && i < last && (!l.inText() || !l.linky()) && l.under(direct, 4):
			out = append(out, l)
		}
	}
	return out
}

// under reports whether a leaf's element or one of the next n around it is in set.
func (l *leaf) under(set map[*html.Node]bool, n int) bool {
	for e := l.node; e != nil && n >= 0; e, n = e.Parent, n-1 {
		if set[e] {
			return true
		}
	}
	return false
}
