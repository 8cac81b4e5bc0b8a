package language

import (
	_ "embed" // the tables
	"strconv"
	"strings"
	"sync"
)

// trigramTable holds one line a language: its tag, then scores, each followed by the trigrams that have it, without
// separators; "_" stands for the start or end of a word. archive/language/train writes it.
//
//go:embed trigrams.txt
var trigramTable string

// wordTable holds one line a language: its tag, then common words, the commonest first. The lists are our own.
//
//go:embed words.txt
var wordTable string

// book holds what we know of the languages of one script, turned so that one look-up serves them all.
type book struct {
	models  []model
	grams   map[[3]rune][]entry
	common  map[string][]int // word → models it is common in
	letters map[rune]uint64  // letter → bit for each model whose alphabet has it
}

type model struct {
	tag      string
	favoured bool // one of the languages of the archive
	rare     bool // one it hardly holds
}

// entry is a trigram's score in one language: -16 ln p.
type entry struct {
	model int
	score int
}

// books reads the tables, once, at the first text whose script does not settle its language. They never change after.
var books = sync.OnceValue(func() map[string]*book {
	common := map[string][]string{}
	for line := range strings.Lines(wordTable) {
		tag, list, _ := strings.Cut(line, " ")
		common[tag] = strings.Fields(list)
	}
	all := map[string]*book{}
	for line := range strings.Lines(trigramTable) {
		fields := strings.Fields(line)
		name := fields[0]
		script := "Latin"
		if strings.ContainsRune(alphabets[name], 'а') {
			script = "Cyrillic"
		}
		if all[script] == nil {
			all[script] = &book{grams: map[[3]rune][]entry{}, common: map[string][]int{}, letters: map[rune]uint64{}}
		}
		all[script].add(name, fields[1:], common[name])
	}
	return all
})

// add reads a language: pairs of a score and the trigrams that have it.
func (b *book) add(name string, pairs, common []string) {
	tag, variant, _ := strings.Cut(name, "-")
	if variant == "Latn" { // Armenian or Russian in Latin letters: better no language than a wrong one
		tag = Undetermined
	}
	m := len(b.models)
	b.models = append(b.models, model{tag: tag, favoured: tag == "en" || tag == "ru", rare: strings.Contains(rare, " "+tag+" ")})
	for _, r := range alphabets[name] {
		b.letters[r] |= 1 << m
	}
	for _, word := range common {
		b.common[word] = append(b.common[word], m)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		score, err := strconv.Atoi(pairs[i])
		if err != nil {
			panic("language: trigrams.txt: " + err.Error()) // a fault of the build, which every test meets
		}
		grams := []rune(strings.ReplaceAll(pairs[i+1], "_", " "))
		for g := 0; g+3 <= len(grams); g += 3 {
			gram := [3]rune(grams[g : g+3])
			b.grams[gram] = append(b.grams[gram], entry{m, score})
		}
	}
}

// rare are the languages whose texts are seldom met in the archive.
const rare = " la id sq ku uz et fi da sk ky tt tg mn os ab "

const (
	latin    = "abcdefghijklmnopqrstuvwxyz"
	cyrillic = "абвгдежзийклмнопрстуфхцчш"
)

// alphabets are the small letters each language is written with, those of common loan words included.
var alphabets = map[string]string{
	"en": latin + "éï",
	"fr": latin + "àâæçéèêëîïôœùûüÿ",
	"de": latin + "äöüß",
	"es": latin + "áéíñóúü",
	"it": latin + "àéèìíîòóùú",
	"pt": latin + "àáâãçéêíóôõúü",
	"nl": latin + "áéèëïóöü",
	"pl": latin + "ąćęłńóśźż",
	"cs": latin + "áčďéěíňóřšťúůýž",
	"sk": latin + "áäčďéíĺľňóôŕšťúýž",
	"ro": latin + "ăâîșşțţ",
	"hu": latin + "áéíóöőúüű",
	"sv": latin + "åäöé",
	"da": latin + "åæøé",
	"fi": latin + "åäö",
	"lt": latin + "ąčęėįšųūž",
	"et": latin + "äõöüšž",
	"hr": latin + "čćđšž",
	"sq": latin + "çë",
	"la": latin,
	"id": latin,
	"tr": latin + "çğıöşüâîû",
	"az": latin + "çəğıöşü",
	"uz": latin,
	"ku": latin + "çêîşû",

	"hy-Latn": latin + "ë",
	"ru-Latn": latin,

	"ru":      cyrillic + "ёщъыьэюя",
	"uk":      cyrillic + "ґєіїщьюя",
	"be":      strings.ReplaceAll(cyrillic, "и", "") + "ёіўыьэюя",
	"bg":      cyrillic + "щъьюяѝ",
	"mk":      strings.ReplaceAll(cyrillic, "й", "") + "ѓѕјљњќџѐѝ",
	"sr":      strings.ReplaceAll(cyrillic, "й", "") + "ђјљњћџ",
	"kk":      cyrillic + "әғёқңөұүһіщъыьэюя",
	"ky":      cyrillic + "ёңөүщъыьэюя",
	"tt":      cyrillic + "әёҗңөүһщъыьэюя",
	"tg":      cyrillic + "ғёӣқӯҳҷъэюя",
	"az-Cyrl": strings.NewReplacer("й", "", "ц", "").Replace(cyrillic) + "ғәјҝөүһҹы",
	"uz-Cyrl": cyrillic + "ёғқўҳъьэюя",
	"mn":      cyrillic + "ёөүщъыьэюя",
	"os":      cyrillic + "æӕёщъыьэюя",
	"ab":      cyrillic + "ҩҟқҭӡҵҳџәгӷҕҷҽҿыьҧԥ",
}
