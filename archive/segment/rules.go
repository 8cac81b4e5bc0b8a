package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// profile is what the rules know of one language.
type profile struct {
	code  string
	stops string // marks that end a sentence

	titles   set // abbreviations a name or noun always follows: Mr. им. պրն․
	numbered set // abbreviations a number may follow: No. 5, рис. 2
	doubtful set // abbreviations in mid-sentence or at its end, told apart by the next word: Inc. г.
	timed    set // abbreviations that end a sentence unless the next word is in zones: 10 a.m. EST
	zones    set
	units    set // after a number they end a sentence that a capital follows: 5 см.
	final    set // abbreviations that end a sentence when a capital follows: и т. д.
	branded  set // names that carry a mark of exclamation or question: Yahoo!
	starters set // words that start sentences and are no names: The, Однако
	openings set // of those, words a text starts with after a headline, and hardly ever a capital elsewhere
	lettered set // what is told apart by a capital letter: vitamin A
	before   set // small words that stand before X, the network, and not before the initial X: on X.
	binding  set // words after which no headline ends: of, the, и
}

// set is a list of words. An entry in lower case stands for any case, an entry with a capital only for itself.
// A word of several parts is entered without spaces: "т.д" is also found in "т. д.".
type set map[string]struct{}

func listed(lines ...string) set {
	s := set{}
	for _, line := range lines {
		for word := range strings.FieldsSeq(line) {
			s[word] = struct{}{}
		}
	}
	return s
}

func (s set) has(word string) bool {
	if len(s) == 0 || word == "" {
		return false
	}
	word = strings.ReplaceAll(word, "․", ".")
	if _, ok := s[word]; ok {
		return true
	}
	_, ok := s[strings.ToLower(word)]
	return ok
}

// ends tells whether the candidate's word, alone or with the dotted word before it, is in the set.
func (s set) ends(c *candidate) bool {
	if s.has(c.word) {
		return true
	}
	if strings.HasSuffix(c.before, ".") || strings.HasSuffix(c.before, "․") {
		return s.has(strings.TrimLeft(c.before, ".-'") + c.word)
	}
	return false
}

// rule decides a candidate it knows. As in SRX 2.0, the first rule that applies wins.
type rule struct {
	name  string
	langs string // the languages it is for; "" is all
	when  func(p *profile, c *candidate) bool
	split bool
}

// rules is all there is to know about ends of sentences, besides the tables of words. What no rule knows is an end:
// a mark, white space, and something that is not a small letter.
var rules = []rule{
	// Lines and paragraphs.
	{"an empty line ends a sentence", "", func(_ *profile, c *candidate) bool { return c.lines > 1 }, true},
	{"a list item starts on its own line", "", func(_ *profile, c *candidate) bool { return c.lines == 1 && c.bullet }, true},
	{"a wrapped line goes on in lower case", "", func(_ *profile, c *candidate) bool { return c.mark == "" && c.class == lower }, false},
	{"a line break ends a sentence", "", func(_ *profile, c *candidate) bool { return c.mark == "" && c.lines > 0 }, true},
	{"a headline ran into the text", "", ranIn, true},
	{"no mark, no end", "", func(_ *profile, c *candidate) bool { return c.mark == "" }, false},

	// What follows tells that the sentence goes on.
	{"another mark follows", "", func(_ *profile, c *candidate) bool { return c.class == stop }, false},
	{"a small letter goes on", "", func(_ *profile, c *candidate) bool { return c.class == lower }, false},
	{"a bracket in mid-sentence", "", func(_ *profile, c *candidate) bool { return c.inside }, false},
	{"«…!» — said somebody", "ru hy", func(_ *profile, c *candidate) bool { return c.quote && c.dash && c.lines == 0 && !c.sure }, false},
	{"a stop after a closing quote", "en ru", func(_ *profile, c *candidate) bool { return c.sure && c.dotted() }, true},

	// Armenian: the stop is ։ or a colon, and a dot is half a stop.
	{"10: 30", "hy", isSpacedTime, false},
	{"the Armenian full stop", "hy", func(_ *profile, c *candidate) bool { return strings.ContainsAny(c.mark, "։:") }, true},
	{"an abbreviation at the end of a line", "hy", func(p *profile, c *candidate) bool {
		return c.dotted() && c.lines == 1 && (p.titles.ends(c) || p.doubtful.ends(c) || isInitial(c.word))
	}, false},
	{"a dot is a half stop", "hy", func(_ *profile, c *candidate) bool { return c.dotted() && c.lines == 0 }, false},

	// Abbreviations.
	{"1. Introduction", "", isItemNumber, false},
	{"5 см. Потом", "", func(p *profile, c *candidate) bool { return c.dotted() && p.units.has(c.word) && endsInDigit(c.before) }, true},
	{"и т. д. ends", "", func(p *profile, c *candidate) bool { return c.dotted() && p.final.ends(c) }, true},
	{"Mr. Smith", "", func(p *profile, c *candidate) bool { return c.dotted() && p.titles.ends(c) }, false},
	{"No. 5", "", func(p *profile, c *candidate) bool {
		return c.dotted() && p.numbered.ends(c) && (c.class == digit || isRoman(c.next))
	}, false},
	{"10 a.m. EST", "", func(p *profile, c *candidate) bool { return c.dotted() && p.timed.ends(c) && p.zones.has(c.next) }, false},
	{"10 a.m. Then", "", func(p *profile, c *candidate) bool { return c.dotted() && p.timed.ends(c) }, true},
	{"Acme Inc. The", "", func(p *profile, c *candidate) bool { return c.dotted() && p.doubtful.ends(c) && starts(p, c) }, true},
	{"Acme Inc. Chairman", "", func(p *profile, c *candidate) bool { return c.dotted() && p.doubtful.ends(c) }, false},
	{"с. Ивановка, but 10 с. Потом", "ru", func(_ *profile, c *candidate) bool {
		return c.dotted() && isLetter(c.word, unicode.IsLower) && !endsInDigit(c.before)
	}, false},
	{"vitamin C. Doctors", "", func(p *profile, c *candidate) bool {
		return c.dotted() && isLetter(c.word, unicode.IsUpper) && (p.lettered.has(c.before) || c.word == "X" && p.before.has(c.before))
	}, true},
	{"vitamin C. The", "", func(p *profile, c *candidate) bool { return c.dotted() && isInitial(c.word) && starts(p, c) }, true},
	{"J. K. Rowling", "", func(_ *profile, c *candidate) bool { return c.dotted() && isInitial(c.word) }, false},

	{"Yahoo! Finance", "", func(p *profile, c *candidate) bool { return c.mark == "!" && p.branded.has(c.word) && !starts(p, c) }, false},
}

// breaks applies the rules.
func (p *profile) breaks(c *candidate) bool {
	for i := range rules {
		r := &rules[i]
		if (r.langs == "" || strings.Contains(r.langs, p.code)) && r.when(p, c) {
			return r.split
		}
	}
	return true
}

func (p *profile) marks(r rune) bool {
	return r != utf8.RuneError && strings.ContainsRune(p.stops, r)
}

// dotted tells a single dot, which may belong to an abbreviation.
func (c *candidate) dotted() bool { return c.mark == "." || c.mark == "․" }

// starts tells whether the next word is one that starts sentences; quoted words count, and В. in А. В. Иванов does not.
func starts(p *profile, c *candidate) bool {
	return !c.nextDot && p.starters.has(c.next)
}

// ranIn tells the end of a headline without a mark whose line break was lost: "Cyclist dies in London A man has died".
// Only the first sentence of a text or paragraph is looked at, outside quotes and brackets, and only words count that
// have a capital for no other reason.
func ranIn(p *profile, c *candidate) bool {
	if c.mark != "" || c.glued || c.first || c.before == "" || c.class != upper || c.opener || c.dash || c.nextDot || !p.openings.has(c.next) {
		return false
	}
	if p.lettered.has(c.word) || p.binding.has(c.word) {
		return false
	}
	r, size := utf8.DecodeRuneInString(c.next)
	switch {
	case p == &english:
		// The Times, and Formula One: a capital may belong to a name.
		return (c.after == lower || c.after == digit) && (len(c.next) <= 3 || !startsUpper(c.word))
	case size == len(c.next) && r != 'В' && r != 'С':
		return !startsUpper(c.word)
	}
	return true
}

func startsUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// isInitial tells initials: J, J.K, Ж.-Б, Ու.
func isInitial(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case r == '.' || r == '․' || r == '-':
			letters = 0
		case unicode.IsUpper(r) && letters == 0, r == 'ւ' && letters == 1:
			letters++
		default:
			return false
		}
	}
	return letters > 0
}

func isLetter(word string, kind func(rune) bool) bool {
	r, n := utf8.DecodeRuneInString(word)
	return n > 0 && n == len(word) && kind(r)
}

// isItemNumber tells the number of a list item or heading at the start of a sentence: "1. Title", "IV. Title".
func isItemNumber(_ *profile, c *candidate) bool {
	if !c.dotted() || !c.first || c.lines > 0 || c.word == "" || len(c.word) > 8 {
		return false
	}
	if isRoman(c.word) {
		return true
	}
	for _, r := range c.word {
		if !unicode.IsDigit(r) && r != '.' {
			return false
		}
	}
	return len(c.word) <= 3 || strings.Contains(c.word, ".")
}

func isRoman(word string) bool {
	return word != "" && len(word) <= 7 && strings.Trim(word, "IVXLC") == "" && word != "C"
}

func endsInDigit(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsDigit(r)
}

// isSpacedTime tells "10: 30", a time or score typed with a space. A sentence that ends in one or two digits and is
// followed by one that starts with two is rarer than that.
func isSpacedTime(_ *profile, c *candidate) bool {
	return c.mark == ":" && c.class == digit && !c.opener && !c.dash && c.lines == 0 &&
		len(c.word) <= 2 && endsInDigit(c.word) && len(strings.SplitN(c.next, "-", 2)[0]) == 2
}
