package rights

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// concept is what a group of words means, whatever the language.
type concept uint8

// row is a line of a lexicon: words that carry a concept, and an example that a test finds them in.
//
// A pattern is a run of elements parted by blanks. An element is a folded word, or several parted by |; * at either end of a
// word stands for any letters; _ joins the words of one alternative (free_of_charge|gratis); ? after the element makes it optional. ..3 is a gap of up to three words. @host is a
// host name, @num a number, @name a word in quotation marks or a host, @quote a word in
// quotation marks, @open the first of a quotation of any length. < at the beginning means: at the
// beginning of a unit (clause). Patterns do not cross the end of a sentence, nor a semicolon.
type row struct {
	concept concept
	pattern string
	example string
}

type patternItem struct {
	words    [][]wildcard // alternatives
	optional bool
	gap      int // if > 0, up to so many words of any kind
}

type wildcard struct {
	text        string
	open, close bool // begins or ends with *
	class       byte // of classes; 0: a word
}

// classes are kinds of words that patterns can name.
var classes = map[string]byte{"@host": 'h', "@num": 'n', "@name": 'q', "@quote": 'w', "@open": 'o'}

func (w wildcard) match(of *word) bool {
	s := of.fold
	switch {
	case w.class == 'h':
		return of.host
	case w.class == 'n':
		return of.number
	case w.class == 'q':
		return of.quoted || of.host
	case w.class == 'w':
		return of.quoted
	case w.class == 'o':
		return of.opens
	case of.named:
		return false
	case w.open && w.close:
		return strings.Contains(s, w.text)
	case w.open:
		return strings.HasSuffix(s, w.text)
	case w.close:
		return strings.HasPrefix(s, w.text)
	}
	return s == w.text
}

type pattern struct {
	concept  concept
	atStart  bool
	elements []patternItem
}

// lexicon finds concepts. Patterns are kept by the words they can begin with, so that each word of a text is tried with few.
type lexicon struct {
	exact  map[string][]*pattern // by a whole first word
	prefix map[string][]*pattern // by the first two letters of a first word that ends with *
	any    []*pattern            // begin with a class or an open wildcard
}

func newLexicon(tables ...[]row) *lexicon {
	l := &lexicon{exact: map[string][]*pattern{}, prefix: map[string][]*pattern{}}
	for _, rows := range tables {
		for _, r := range rows {
			p, err := parsePattern(r)
			if err != nil {
				panic(err) // a table in this package is wrong: the tests of the package cannot pass
			}
			l.add(&p)
		}
	}
	return l
}

func (l *lexicon) add(p *pattern) {
	exact, prefix, open := map[string]bool{}, map[string]bool{}, false
	for _, e := range p.elements {
		for _, a := range e.words {
			switch w := a[0]; {
			case w.open || w.class != 0 || w.close && twoLetters(w.text) == "":
				open = true
			case w.close:
				prefix[twoLetters(w.text)] = true
			default:
				exact[w.text] = true
			}
		}
		if !e.optional {
			break
		}
	}
	if open {
		l.any = append(l.any, p)
		return
	}
	for w := range exact {
		l.exact[w] = append(l.exact[w], p)
	}
	for w := range prefix {
		l.prefix[w] = append(l.prefix[w], p)
	}
}

// twoLetters returns the first two letters of s; empty if it has fewer.
func twoLetters(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	if _, m := utf8.DecodeRuneInString(s[n:]); m > 0 {
		return s[:n+m]
	}
	return ""
}

func parsePattern(r row) (pattern, error) {
	p := pattern{concept: r.concept}
	text := r.pattern
	if strings.HasPrefix(text, "<") {
		p.atStart, text = true, text[1:]
	}
	for f := range strings.FieldsSeq(text) {
		var e patternItem
		if n, ok := strings.CutPrefix(f, ".."); ok {
			gap, err := strconv.Atoi(n)
			if err != nil || gap < 1 || len(p.elements) == 0 {
				return p, fmt.Errorf("pattern %q: gap %q", r.pattern, f)
			}
			e.gap = gap
			p.elements = append(p.elements, e)
			continue
		}
		f, e.optional = strings.CutSuffix(f, "?")
		for a := range strings.SplitSeq(f, "|") {
			var alternative []wildcard
			for part := range strings.SplitSeq(a, "_") {
				if class, ok := classes[part]; ok {
					alternative = append(alternative, wildcard{class: class})
					continue
				}
				var w wildcard
				part, w.open = strings.CutPrefix(part, "*")
				part, w.close = strings.CutSuffix(part, "*")
				w.text = foldWord(part)
				if w.text == "" {
					return p, fmt.Errorf("pattern %q: empty word in %q", r.pattern, f)
				}
				alternative = append(alternative, w)
			}
			e.words = append(e.words, alternative)
		}
		p.elements = append(p.elements, e)
	}
	if len(p.elements) == 0 || p.elements[len(p.elements)-1].gap > 0 {
		return p, fmt.Errorf("pattern %q: no words at the end", r.pattern)
	}
	return p, nil
}

// mention is a concept found at words [from, to).
type mention struct {
	concept  concept
	from, to int
}

// find returns the concepts of words, ordered by position.
func (l *lexicon) find(words []word) []mention {
	var spans []mention
	for i := range words {
		fold := words[i].fold
		for _, group := range [3][]*pattern{l.exact[fold], l.prefix[twoLetters(fold)], l.any} {
			for _, p := range group {
				if p.atStart && words[i].before < softBreak && (i == 0 || !isJoin(words[i-1].fold)) {
					continue
				}
				if to := matchElements(p.elements, words, i, i); to > i {
					spans = append(spans, mention{p.concept, i, to})
				}
			}
		}
	}
	return spans
}

// isJoin says whether an imperative may follow the word.
func isJoin(s string) bool {
	switch s {
	case "and", "but", "но", "а", "please", "then", "also", "или", "и", "также", "пожалуйста", "եւ", "ու", "կամ", "խնդրում", "ենք", "or", "always", "just", "kindly":
		return true
	}
	return false
}

// matchElements returns the end of the longest match at word i, or -1. Gaps are short and few, so the search is bounded.
func matchElements(es []patternItem, words []word, first, i int) int {
	if len(es) == 0 {
		return i
	}
	e := es[0]
	if e.gap > 0 {
		for n := 0; n <= e.gap && i+n < len(words); n++ {
			if to := matchElements(es[1:], words, first, i+n); to >= 0 {
				return to
			}
			if words[i+n].before >= clauseBreak {
				return -1
			}
		}
		return -1
	}
	best := -1
	for _, a := range e.words {
		if matchesAll(a, words, first, i) {
			best = max(best, matchElements(es[1:], words, first, i+len(a)))
		}
	}
	if best >= 0 {
		return best
	}
	if e.optional {
		return matchElements(es[1:], words, first, i)
	}
	return -1
}

// matchesAll says whether the words from i on are those of the alternative.
func matchesAll(a []wildcard, words []word, first, i int) bool {
	if i+len(a) > len(words) {
		return false
	}
	for k, w := range a {
		if i+k != first && words[i+k].before >= clauseBreak || !w.match(&words[i+k]) {
			return false
		}
	}
	return true
}
