package language

import (
	"math"
	"math/bits"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// How much of a text is read. A page says in what language it is well before that.
const (
	readBytes   = 1 << 16 // for the script
	readLetters = 4000    // for the trigrams
)

// Scores are in sixteenths of a nat, lower is likelier.
const (
	nat       = 16
	unseen    = 172      // a trigram the table does not hold
	foreign   = 5 * nat  // for a letter outside the alphabet of the language
	familiar  = 2 * nat  // for a word that is common in the language
	favour    = 4 * nat  // for en and ru, which an archive like this one holds most
	rarity    = 3 * nat  // against languages it hardly holds
	unlikely  = 150      // mean score per trigram beyond which a text is in no language we know
	certainty = 4 * nat  // difference of two languages at which the likelier is at odds of e to 1
	doubt     = 0.55     // confidence under which en and ru are not claimed
	fewest    = 3        // trigrams under which nothing is claimed of a script with several languages
	latinWord = 1.0 / 3  // weight of a Latin letter beside letters of other scripts: names and brands are Latin everywhere
	maxSure   = 0.999999 // nothing read from a text is certain
)

// Detect returns the language a text is written in, or "und", and how sure that is: 0 to 1. A text in several
// languages is in the one that has most of it.
func Detect(text string) (lang string, confidence float64) {
	if len(text) > readBytes {
		text = strings.ToValidUTF8(text[:readBytes], "")
	}
	words := wordsOf(norm.NFC.String(strings.ToLower(text)))
	s, share := mainScript(words)
	if s == nil {
		return Undetermined, 0
	}
	words = inScript(words, s)
	switch {
	case s.name == "Armenian":
		lang, confidence = armenian(words)
	case s.lang != "":
		lang, confidence = s.lang, maxSure
	case s.name == "Arabic":
		lang, confidence = arabic(words), 0.9
	default:
		lang, confidence = likeliest(words, s)
	}
	return lang, confidence * min(1, share+0.25)
}

// script is a writing system: with the language it means, or several languages to choose from.
type script struct {
	name  string
	table *unicode.RangeTable
	lang  string
}

var scripts = []script{
	{"Latin", unicode.Latin, ""},
	{"Cyrillic", unicode.Cyrillic, ""},
	{"Armenian", unicode.Armenian, ""},
	{"Georgian", unicode.Georgian, "ka"},
	{"Arabic", unicode.Arabic, ""},
	{"Greek", unicode.Greek, "el"},
	{"Hebrew", unicode.Hebrew, "he"},
	{"Hiragana", unicode.Hiragana, "ja"},
	{"Katakana", unicode.Katakana, "ja"},
	{"Han", unicode.Han, "zh"},
	{"Hangul", unicode.Hangul, "ko"},
	{"Thai", unicode.Thai, "th"},
	{"Devanagari", unicode.Devanagari, "hi"},
	{"Ethiopic", unicode.Ethiopic, "am"},
}

func scriptOf(r rune) *script {
	switch { // most letters, without a search
	case 'a' <= r && r <= 'z':
		return &scripts[0]
	case 'а' <= r && r <= 'я':
		return &scripts[1]
	case 'ա' <= r && r <= 'և':
		return &scripts[2]
	}
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return &scripts[i]
		}
	}
	return nil
}

// wordsOf returns the words of a text in small letters, without those of addresses.
func wordsOf(text string) []string {
	var words []string
	for field := range strings.FieldsSeq(text) {
		if strings.Contains(field, "://") || strings.Contains(field, "@") || strings.HasPrefix(field, "www.") {
			continue
		}
		for word := range strings.FieldsFuncSeq(strings.Map(dropMarks, field), func(r rune) bool { return !unicode.IsLetter(r) }) {
			words = append(words, word)
		}
	}
	return words
}

// dropMarks takes out what stands inside words and is no letter: the marks of Armenian, soft hyphens, and the dot that
// a small İ leaves.
func dropMarks(r rune) rune {
	switch r {
	case '՛', '՜', '՞', 'ՙ', '\u00ad', '\u200b', '\u0301', '\u0307':
		return -1
	}
	return r
}

// mainScript returns the script most letters are in and its share of the letters; nil where there is none we know.
func mainScript(words []string) (best *script, share float64) {
	weights := map[*script]float64{}
	var sum float64
	for _, word := range words {
		for _, r := range word {
			if s := scriptOf(r); s != nil {
				w := 1.0
				if s.name == "Latin" {
					w = latinWord
				}
				weights[s] += w
				sum += w
			}
		}
	}
	for i := range scripts {
		if s := &scripts[i]; weights[s] > 0 && (best == nil || weights[s] > weights[best]) {
			best = s
		}
	}
	if best == nil {
		return nil, 0
	}
	if best.name == "Han" && weights[scriptOf('の')]+weights[scriptOf('ノ')] > 0 {
		return scriptOf('の'), 1
	}
	return best, weights[best] / sum
}

// inScript keeps the words wholly in a script, up to readLetters.
func inScript(words []string, s *script) []string {
	var kept []string
	letters := 0
	for _, word := range words {
		if letters > readLetters {
			break
		}
		if strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(s.table, r) }) {
			continue
		}
		kept = append(kept, word)
		letters += len([]rune(word))
	}
	return kept
}

// likeliest weighs the languages of a script by their trigrams and alphabets.
func likeliest(words []string, s *script) (string, float64) {
	b := books()[s.name]
	models := b.models
	scores := make([]int, len(models)) // of each model
	trigrams := 0
	for _, word := range words {
		for _, m := range b.common[word] {
			scores[m] -= familiar
		}
		gram := [3]rune{0, 0, ' '}
		for i, r := range word + " " {
			gram = [3]rune{gram[1], gram[2], r}
			if has := b.letters[r]; r != ' ' && bits.OnesCount64(has) < len(models) {
				for m := range models {
					if has>>m&1 == 0 {
						scores[m] += foreign
					}
				}
			}
			if i == 0 { // " a" is no trigram yet
				continue
			}
			trigrams++
			for _, e := range b.grams[gram] {
				scores[e.model] += e.score - unseen
			}
		}
	}
	for m := range scores {
		scores[m] += unseen * trigrams
	}
	if trigrams < fewest {
		return Undetermined, 0
	}
	best, second := -1, -1
	for m := range models {
		switch {
		case models[m].favoured:
			scores[m] -= favour
		case models[m].rare:
			scores[m] += rarity
		}
		switch {
		case best < 0 || scores[m] < scores[best]:
			best, second = m, best
		case second < 0 || scores[m] < scores[second]:
			second = m
		}
	}
	if scores[best] > unlikely*trigrams {
		return Undetermined, 0
	}
	sure := min(maxSure, 1/(1+math.Exp(-float64(scores[second]-scores[best])/certainty)))
	if models[best].favoured && sure < doubt {
		return Undetermined, sure
	}
	return models[best].tag, sure
}

// arabic tells Persian and Urdu by the letters that Arabic lacks.
func arabic(words []string) string {
	for _, word := range words {
		switch {
		case strings.ContainsAny(word, "ٹڈڑںے"):
			return "ur"
		case strings.ContainsAny(word, "ۆێڕڵ"):
			return "ku"
		}
	}
	for _, word := range words {
		if strings.ContainsAny(word, "پچژگیک") {
			return "fa"
		}
	}
	return "ar"
}
