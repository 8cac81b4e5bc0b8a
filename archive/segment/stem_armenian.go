// Snowball's Armenian stemmer. The suffix tables are those of armenian.sbl as published by the
// Snowball project under the BSD licence in LICENSE.snowball; the code around them is ours.

package segment

import (
	"slices"
	"strings"
)

// caseEndings: plural, case and article: only these must stand inside R2.
var caseEndings = endings(`
	սա վա ամբ դ անդ ությանդ վանդ ոջդ երդ ներդ ուդ ը անը ությանը վանը ոջը երը ները ի վի երի ների անում
	երում ներում ն ան ության վան ին երին ներին ությանն երն ներն ուն ոջ ությանս վանս ոջս ով անով վով երով
	ներով եր ներ ց ից վանից ոջից վից երից ներից ցից ոց ուց
`)

// verbEndings: endings of verbs.
var verbEndings = endings(`
	ա ացա եցա վե ացրի ացի եցի վեցի ալ ըալ անալ ենալ ացնալ ել ըել նել ցնել եցնել չել վել ացվել եցվել տել
	ատել ոտել կոտել ված ում վում ան ցան ացան ացրին ացին եցին վեցին ալիս ելիս ավ ացավ եցավ ալով ելով ար
	ացար եցար ացրիր ացիր եցիր վեցիր աց եց ացրեց ալուց ելուց ալու ելու աք ցաք ացաք ացրիք ացիք եցիք վեցիք
	անք ցանք ացանք ացրինք ացինք եցինք վեցինք
`)

// adjectiveEndings: endings of adjectives and adverbs.
var adjectiveEndings = endings(`
	րորդ երորդ ալի ակի որակ եղ ական արան են եկեն երեն որէն ին գին ովին լայն վուն պես իվ ատ ավետ կոտ բար
`)

// nounEndings: suffixes that make nouns.
var nounEndings = endings(`
	որդ ույթ ուհի ցի իլ ակ յակ անակ իկ ուկ ան պան ստան արան եղէն յուն ություն ածո իչ ուս ուստ գար վոր
	ավոր ոց անօց ու ք չեք իք ալիք անիք վածք ույք ենք ոնք ունք մունք իչք արք
`)

// armenianStem strips at most one suffix of each kind, in this order, each the longest that matches. Endings count from
// the first vowel on; case endings only after two syllables (R2). Words are folded: և is written եւ.
func armenianStem(word string) string {
	runes := []rune(word)
	fromVowel, r2 := armenianRegions(runes)
	for i, list := range []map[rune][][]rune{caseEndings, verbEndings, adjectiveEndings, nounEndings} {
		cut := longestEnding(runes[min(fromVowel, len(runes)):], list)
		if cut > 0 && (i > 0 || len(runes)-cut >= r2) {
			runes = runes[:len(runes)-cut]
		}
	}
	return string(runes)
}

// armenianRegions returns where the word goes on after its first vowel, and after its second run of vowels and one
// consonant (R2); the length of the word where there is no such place.
func armenianRegions(word []rune) (fromVowel, r2 int) {
	at := 0
	past := func(vowel bool) bool {
		for at < len(word) {
			at++
			if strings.ContainsRune("աեէըիուօ", word[at-1]) == vowel {
				return true
			}
		}
		return false
	}
	fromVowel, r2 = len(word), len(word)
	if past(true) {
		fromVowel = at
		if past(false) && past(true) && past(false) {
			r2 = at
		}
	}
	return fromVowel, r2
}

// endings sorts a list by last letter.
func endings(list string) map[rune][][]rune {
	byLast := map[rune][][]rune{}
	for ending := range strings.FieldsSeq(list) {
		e := []rune(ending)
		byLast[e[len(e)-1]] = append(byLast[e[len(e)-1]], e)
	}
	return byLast
}

// longestEnding returns the length of the longest listed ending of word, 0 for none.
func longestEnding(word []rune, byLast map[rune][][]rune) int {
	if len(word) == 0 {
		return 0
	}
	longest := 0
	for _, e := range byLast[word[len(word)-1]] {
		if len(e) > longest && len(e) <= len(word) && slices.Equal(e, word[len(word)-len(e):]) {
			longest = len(e)
		}
	}
	return longest
}
