// Package language reads language tags as people and pages write them, and tells the language of a text.
//
// A tag comes out as one primary subtag of BCP 47: en, ru, hy. Armenian is where care is needed: arm and hye are the
// same language and become hy; hyw, Western Armenian, is another and stays; am is Amharic and has nothing to do with
// it. ARM is only the label readers know.
//
// Detect looks at the script first, which settles Armenian and Georgian and narrows the rest; spelling tells Western
// Armenian from Eastern; character trigrams, alphabets and common words tell the languages of one script apart. It would rather say
// "und" than take a neighbour for one of ours. The trigrams are learned by archive/language/train from texts anyone
// may use: the Universal Declaration of Human Rights and the Snowball project's word lists; LICENSE.trigrams says more.
//
// The package is pure: no storage, clock or network.
package language

import "strings"

// Undetermined is the tag of no known language (ISO 639-2).
const Undetermined = "und"

// Parse normalises a language tag: the primary subtag in lower case, in its shortest code. ok is false for what is no
// tag at all. Known three-letter codes and old codes become two-letter ones; unknown ones stay as they are.
func Parse(tag string) (code string, ok bool) {
	tag = strings.ToLower(strings.TrimSpace(tag))
	primary, rest := tag, ""
	if i := strings.IndexAny(tag, "-_.@"); i >= 0 {
		primary, rest = tag[:i], tag[i+1:]
	}
	if len(tag) > 64 || len(primary) < 2 || len(primary) > 8 || strings.Trim(primary, "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", false
	}
	for subtag := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune("-_.@", r) }) {
		if strings.Trim(subtag, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return "", false
		}
		if subtag == "arevmda" { // the variant of Western Armenian before it had a code of its own
			primary = map[string]string{"hy": "hyw", "hye": "hyw", "arm": "hyw"}[primary]
			if primary == "" {
				return "", false
			}
		}
	}
	if short, known := shortest[primary]; known {
		return short, true
	}
	if len(primary) > 3 { // a word, not a code
		return "", false
	}
	return primary, true
}

// Label is how a language is shown to readers in a switch or a list: EN, RU, and ARM for hy.
func Label(tag string) string {
	code, ok := Parse(tag)
	switch {
	case !ok:
		return ""
	case code == "hy":
		return "ARM"
	}
	return strings.ToUpper(code)
}

// shortest holds the ISO 639-2 and 639-3 codes of languages that have a two-letter code, codes once in use, and names
// pages put where a tag should stand. am is not here: it is Amharic.
var shortest = pairs(`
	eng en rus ru hye hy arm hy hyw hyw axm axm xcl xcl
	ukr uk bel be bul bg aze az azj az azb az kat ka geo ka kaz kk tur tr fas fa per fa pes fa prs fa
	fra fr fre fr deu de ger de spa es ita it por pt nld nl dut nl pol pl ron ro rum ro mol ro mo ro ces cs cze cs slk sk slo sk
	slv sl hrv hr srp sr scc sr scr hr bos bs mkd mk mac mk sqi sq alb sq ell el gre el hun hu fin fi est et lav lv lit lt
	swe sv dan da nor no nob nb nno nn isl is ice is gle ga cym cy wel cy eus eu baq eu cat ca glg gl mlt mt
	ara ar arb ar heb he iw he yid yi ji yi kur ku kmr ku ckb ckb uzb uz uzn uz kir ky tgk tg tuk tk tat tt bak ba che ce oss os
	abk ab mon mn khk mn zho zh chi zh cmn zh jpn ja kor ko vie vi tha th ind id in id msa ms may ms hin hi urd ur ben bn
	pan pa tam ta tel te kan kn mal ml mar mr guj gu nep ne sin si mya my bur my khm km lao lo kan kn amh am swa sw swh sw
	afr af zul zu xho xh som so hau ha yor yo ibo ig lat la epo eo
	english en russian ru armenian hy
`)

func pairs(text string) map[string]string {
	words := strings.Fields(text)
	table := make(map[string]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		table[words[i]] = words[i+1]
	}
	return table
}
