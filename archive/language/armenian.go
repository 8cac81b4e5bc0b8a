package language

import "strings"

// Western Armenian is told by its spelling and its small words. It keeps the spelling of before 1922, which writes իւ,
// աւ, էա and մէջ where the Eastern has յու, ավ, յա and մեջ; Eastern texts abroad that keep it too are few.
var (
	westernWords = words("մը մըն կը ալ մէջ վրայ ըլլալ ըլլայ եղաւ ըսաւ եկաւ հոս անոր անոնց անոնք ասոր ասոնք մեզի քեզի ձեզի ինծի այսպէս այնպէս ինչպէս ինչպէ՞ս " +
		"մինչեւ տարուան օրուան մասնաւորապէս պէտք զիս պիտի չըլլայ որպէս եւս նաեւ կ")
	easternWords = words("մի եմ ենք մեջ վրա լինել եղավ ասաց եկավ այստեղ այնտեղ նրա նրանց նրանք սրա սրանք մեզ քեզ ձեզ ինձ այսպես այնպես ինչպես մինչև " +
		"տարվա օրվա հատկապես պետք որպես նաև համար հետո չի")
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// armenian decides between hy and hyw; without any sign it is hy. One sign alone is not enough for hyw unless it is one
// of the small words, which no Eastern text has.
func armenian(found []string) (string, float64) {
	western, eastern := 0, 0
	for _, word := range found {
		switch {
		case easternWords[word], newSpelling(word):
			eastern += 2
		case westernWords[word], oldSpelling(word):
			western += 2
		case strings.HasSuffix(word, "եան"): // a surname, or the genitive of a foreign name
			western++
		}
	}
	share := float64(western+1) / float64(western+eastern+2)
	if western > eastern && western > 1 {
		return "hyw", share
	}
	return "hy", max(0.6, 1-share)
}

// oldSpelling tells words the spelling of 1922 does not have: ւ other than in ու and եւ, and է after a consonant, of
// which the reformed keeps only չէ- and compounds.
func oldSpelling(word string) bool {
	before := 'ա'
	for i, r := range word {
		switch {
		case i == 0:
		case r == 'ւ' && before != 'ո' && before != 'ե':
			return true
		case r == 'է' && !strings.ContainsRune("աեէըիոօչն", before) && i+len("է") < len(word):
			return true
		}
		before = r
	}
	return strings.HasPrefix(word, "յոյ") || strings.HasPrefix(word, "յաջ") || strings.HasPrefix(word, "յատ")
}

// newSpelling tells words only the reformed spelling or the Eastern grammar has: և within a word, -ություն, -ում of the
// Eastern present tense.
func newSpelling(word string) bool {
	return strings.Contains(word, "և") && word != "և" || strings.Contains(word, "ությ") || strings.HasSuffix(word, "ում") ||
		strings.HasSuffix(word, "յան") || strings.HasSuffix(word, "եց") || strings.HasSuffix(word, "ավ")
}
