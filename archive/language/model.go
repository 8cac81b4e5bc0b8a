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

// model is what we know of the spelling of a language.
type model struct {
	tag      string
	alphabet string            // its small letters
	favoured bool              // one of the languages of the archive
	rare     bool              // one it hardly holds
	scores   map[[3]rune]uint8 // -16 ln p
	common   map[string]bool
}

// models reads the table, once, at the first text whose script does not settle its language.
var models = sync.OnceValue(func() map[string][]model {
	common := map[string]map[string]bool{}
	for line := range strings.Lines(wordTable) {
		tag, list, _ := strings.Cut(line, " ")
		common[tag] = words(list)
	}
	byScript := map[string][]model{}
	for line := range strings.Lines(trigramTable) {
		fields := strings.Fields(line)
		tag, typed, _ := strings.Cut(fields[0], "-")
		if typed == "Latn" { // Armenian or Russian in Latin letters: better no language than a wrong one
			tag = Undetermined
		}
		m := model{tag: tag, alphabet: alphabets[fields[0]], favoured: tag == "en" || tag == "ru", rare: strings.Contains(rare, " "+tag+" "), scores: map[[3]rune]uint8{}, common: common[fields[0]]}
		for i := 1; i+1 < len(fields); i += 2 {
			score, err := strconv.ParseUint(fields[i], 10, 8)
			if err != nil {
				panic("language: trigrams.txt: " + err.Error()) // a fault of the build, which every test meets
			}
			grams := []rune(strings.ReplaceAll(fields[i+1], "_", " "))
			for g := 0; g+3 <= len(grams); g += 3 {
				m.scores[[3]rune(grams[g:g+3])] = uint8(score)
			}
		}
		s := "Latin"
		if strings.ContainsRune(m.alphabet, 'а') {
			s = "Cyrillic"
		}
		byScript[s] = append(byScript[s], m)
	}
	return byScript
})

func modelsOf(script string) []model { return models()[script] }

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
