// Package inline turns the formatting inside a block into numbered codes that a translator can move but not break.
//
// "See the <a href="…">town hall</a>" becomes "See the {1}town hall{/1}", with the tags kept aside (XLIFF 2.1 §4.7:
// pc and ph). The text between is plain; the tags come back only from the source, so a target can hold no markup of
// its own. What a text says that merely looks like a code is written with a backslash: \{1}.
package inline

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// Code is one piece of formatting of a source block.
type Code struct {
	N     int    `json:"n"`     // its number, from 1, in order of appearance
	Name  string `json:"name"`  // the element, such as "a"
	Open  string `json:"open"`  // the start tag as HTML
	Close string `json:"close"` // the end tag; empty where the element stands alone
	Href  string `json:"href"`  // of a link
}

// Alone says whether the code has no end, like a line break.
func (c Code) Alone() bool { return c.Close == "" }

// Problem is one way in which a target breaks the codes of its source.
type Problem struct {
	Kind Trouble
	Code string // as written: {1}, {/1} or {1/}
	At   int    // byte offset in the text; of the end of the text for what is missing
}

// Trouble is a kind of problem.
type Trouble string

// The troubles. All are errors: such a target cannot be rendered as meant.
const (
	Missing   Trouble = "missing"   // the source has it, the target does not
	Doubled   Trouble = "doubled"   // it stands twice
	Misnested Trouble = "misnested" // it ends before it begins, or crosses another
	Unknown   Trouble = "unknown"   // the source has no such code
)

var (
	codeForm = regexp.MustCompile(`\\?\{(/?)(\d{1,3})(/?)\}`)
	voids    = []string{"br", "img", "wbr", "hr"}
)

// Encode reads the inline HTML of a block, already sanitised, into text with codes.
func Encode(fragment string) (string, []Code) {
	var (
		b     strings.Builder
		codes []Code
		open  []int // indexes into codes
	)
	z := xhtml.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			for _, i := range slices.Backward(open) { // what the fragment left open
				fmt.Fprintf(&b, "{/%d}", codes[i].N)
			}
			return b.String(), codes
		case xhtml.TextToken:
			b.WriteString(Escape(html.UnescapeString(string(z.Raw()))))
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			raw := string(z.Raw())
			t := z.Token()
			c := Code{N: len(codes) + 1, Name: t.Data, Open: raw}
			for _, a := range t.Attr {
				if a.Key == "href" {
					c.Href = a.Val
				}
			}
			if t.Type == xhtml.SelfClosingTagToken || slices.Contains(voids, t.Data) {
				fmt.Fprintf(&b, "{%d/}", c.N)
			} else {
				c.Close = "</" + t.Data + ">"
				open = append(open, len(codes))
				fmt.Fprintf(&b, "{%d}", c.N)
			}
			codes = append(codes, c)
		case xhtml.EndTagToken:
			name := z.Token().Data
			if len(open) > 0 && codes[open[len(open)-1]].Name == name {
				fmt.Fprintf(&b, "{/%d}", codes[open[len(open)-1]].N)
				open = open[:len(open)-1]
			}
		case xhtml.CommentToken, xhtml.DoctypeToken:
		}
	}
}

// Escape writes plain text so that nothing in it is taken for a code.
func Escape(text string) string {
	return codeForm.ReplaceAllStringFunc(text, func(s string) string { return `\` + s })
}

// token is a code found in a text.
type token struct {
	start, end int
	n          int
	closes     bool
	alone      bool
}

func (t token) String() string {
	switch {
	case t.closes:
		return fmt.Sprintf("{/%d}", t.n)
	case t.alone:
		return fmt.Sprintf("{%d/}", t.n)
	}
	return fmt.Sprintf("{%d}", t.n)
}

// scan calls text for each stretch of plain text (unescaped) and code for each code, in order.
func scan(s string, text func(string), code func(token)) {
	last := 0
	for _, m := range codeForm.FindAllStringSubmatchIndex(s, -1) {
		text(s[last:m[0]])
		last = m[1]
		if s[m[0]] == '\\' {
			text(s[m[0]+1 : m[1]])
			continue
		}
		n, _ := strconv.Atoi(s[m[4]:m[5]]) // three digits at most
		t := token{start: m[0], end: m[1], n: n, closes: m[2] != m[3], alone: m[6] != m[7]}
		if t.closes && t.alone {
			text(s[m[0]:m[1]])
			continue
		}
		code(t)
	}
	text(s[last:])
}

// Plain is the text without its codes.
func Plain(s string) string {
	var b strings.Builder
	scan(s, func(t string) { b.WriteString(t) }, func(token) {})
	return b.String()
}

// Check compares the codes of a target with those of its source and returns every problem, in order of place.
func Check(target string, codes []Code) []Problem {
	var (
		problems []Problem
		open     []int
		opened   = make(map[int]bool)
		closed   = make(map[int]bool)
	)
	scan(target, func(string) {}, func(t token) {
		at := func(kind Trouble) { problems = append(problems, Problem{kind, t.String(), t.start}) }
		if t.n < 1 || t.n > len(codes) || codes[t.n-1].Alone() != t.alone {
			at(Unknown)
			return
		}
		if !t.closes {
			if opened[t.n] {
				at(Doubled)
				return
			}
			opened[t.n] = true
			if !t.alone {
				open = append(open, t.n)
			}
			return
		}
		switch {
		case closed[t.n]:
			at(Doubled)
		case len(open) == 0 || open[len(open)-1] != t.n:
			at(Misnested)
			closed[t.n] = true
			open = slices.DeleteFunc(open, func(n int) bool { return n == t.n })
		default:
			closed[t.n] = true
			open = open[:len(open)-1]
		}
	})
	for _, c := range codes {
		if !opened[c.N] && !closed[c.N] {
			problems = append(problems, Problem{Missing, token{n: c.N, alone: c.Alone()}.String(), len(target)})
			if !c.Alone() {
				problems = append(problems, Problem{Missing, token{n: c.N, closes: true}.String(), len(target)})
			}
		} else if !c.Alone() && opened[c.N] != closed[c.N] {
			problems = append(problems, Problem{Missing, token{n: c.N, closes: opened[c.N]}.String(), len(target)})
		}
	}
	return problems
}

// Decode writes a text back to HTML with the tags of the source. What Check would complain of is left out, so that the
// result is always well formed: a draft can be previewed before it is right.
func Decode(target string, codes []Code) string {
	var (
		b    strings.Builder
		open []int
		seen = make(map[int]bool)
	)
	scan(target, func(t string) { b.WriteString(html.EscapeString(t)) }, func(t token) {
		if t.n < 1 || t.n > len(codes) || codes[t.n-1].Alone() != t.alone {
			return
		}
		c := codes[t.n-1]
		switch {
		case t.closes && len(open) > 0 && open[len(open)-1] == t.n:
			b.WriteString(c.Close)
			open = open[:len(open)-1]
		case !t.closes && !seen[t.n]:
			seen[t.n] = true
			b.WriteString(c.Open)
			if !c.Alone() {
				open = append(open, t.n)
			}
		}
	})
	for _, n := range slices.Backward(open) {
		b.WriteString(codes[n-1].Close)
	}
	return b.String()
}

// Piece is a stretch of a text: plain words, unescaped, or one code.
type Piece struct {
	Text       string // of words; empty for a code
	Code       string // as written: {1}, {/1} or {1/}; empty for words
	Start, End int    // byte offsets in the text
}

// Label is the code as its chip shows it: 1, /1 or 1/.
func (p Piece) Label() string { return strings.Trim(p.Code, "{}") }

// Pieces cuts a text into words and codes, in order. Joined, with Escape on the words, they give the text back.
func Pieces(s string) []Piece {
	var (
		pieces []Piece
		words  strings.Builder
		from   int
	)
	flush := func(end int) {
		if words.Len() > 0 {
			pieces = append(pieces, Piece{Text: words.String(), Start: from, End: end})
			words.Reset()
		}
	}
	scan(s, func(t string) { words.WriteString(t) }, func(t token) {
		flush(t.start)
		pieces = append(pieces, Piece{Code: t.String(), Start: t.start, End: t.end})
		from = t.end
	})
	flush(len(s))
	return pieces
}
