package language

import "strings"

// Western Armenian is told by its spelling and its small words. It keeps the spelling of before 1922, which writes իւ,
// աւ, էա and մէջ where the Eastern has յու, ավ, յա and մեջ; Eastern texts abroad that keep it too are few. The marks
// count once for each word, and a word of doubt counts for neither.
var (
	westernWords = words("մը մըն կը ալ մէջ վրայ ըլլալ ըլլայ եղաւ ըսաւ եկաւ հոս հոն անոր անոնց անոնք ասոր ասոնք մեզի քեզի ձեզի ինծի այսպէս այնպէս ինչպէս ինչպէ՞ս " +
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

// armenian decides between hy and hyw; without any sign it is hy.
func armenian(found []string) (string, float64) {
	western, eastern := 0, 0
	for _, word := range found {
		switch {
		case easternWords[word]:
			eastern++
		case westernWords[word], oldSpelling(word):
			western++
		case strings.Contains(word, "և") || strings.HasSuffix(word, "ություն") || strings.Contains(word, "յուն") || strings.Contains(word, "վում"):
			eastern++
		}
	}
	share := float64(western+1) / float64(western+eastern+2)
	if western > eastern {
		return "hyw", share
	}
	return "hy", max(0.6, 1-share)
}

// oldSpelling tells words the reformed spelling does not have: ւ other than in ու and եւ, է and օ inside a word.
func oldSpelling(word string) bool {
	runes := []rune(word)
	for i, r := range runes {
		if i == 0 {
			continue
		}
		switch r {
		case 'ւ':
			if runes[i-1] != 'ո' && runes[i-1] != 'ե' {
				return true
			}
		case 'է':
			if i < len(runes)-1 && runes[i-1] != 'չ' && runes[i-1] != 'ն' {
				return true
			}
		}
	}
	return strings.HasSuffix(word, "եան") || strings.HasPrefix(word, "յոյ") || strings.HasPrefix(word, "յաջ")
}
