package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// outlets are names that need no further sign to be an outlet, by the names pages use; a value is the full name.
var outlets = map[string]string{
	"ft": "Financial Times", "financial times": "Financial Times", "the financial times": "Financial Times",
	"nyt": "The New York Times", "new york times": "The New York Times", "the new york times": "The New York Times",
	"wsj": "The Wall Street Journal", "wall street journal": "The Wall Street Journal", "the wall street journal": "The Wall Street Journal",
	"wp": "The Washington Post", "washington post": "The Washington Post", "the washington post": "The Washington Post",
	"reuters": "Reuters", "ap": "Associated Press", "associated press": "Associated Press", "the associated press": "Associated Press",
	"afp": "AFP", "agence france-presse": "AFP", "bloomberg": "Bloomberg", "bbc": "BBC", "cnn": "CNN", "fox news": "Fox News", "nbc news": "NBC News", "cnbc": "CNBC",
	"abc news": "ABC News", "cbs news": "CBS News", "sky news": "Sky News", "politico": "Politico", "axios": "Axios", "the guardian": "The Guardian", "guardian": "The Guardian",
	"the economist": "The Economist", "economist": "The Economist", "the times": "The Times", "the telegraph": "The Telegraph", "daily telegraph": "The Telegraph",
	"the independent": "The Independent", "der spiegel": "Der Spiegel", "spiegel": "Der Spiegel", "bild": "Bild", "die welt": "Die Welt", "le monde": "Le Monde",
	"le figaro": "Le Figaro", "dpa": "dpa", "ansa": "ANSA", "al jazeera": "Al Jazeera", "anadolu": "Anadolu", "anadolu agency": "Anadolu", "haaretz": "Haaretz",
	"the jerusalem post": "The Jerusalem Post", "foreign policy": "Foreign Policy", "foreign affairs": "Foreign Affairs", "the hill": "The Hill", "newsweek": "Newsweek",
	"usa today": "USA Today", "the atlantic": "The Atlantic", "euronews": "Euronews", "deutsche welle": "Deutsche Welle", "dw": "Deutsche Welle", "xinhua": "Xinhua",
	"kyiv post": "Kyiv Post", "the kyiv independent": "The Kyiv Independent", "eurasianet": "Eurasianet", "oc media": "OC Media", "civilnet": "CivilNet", "armenpress": "Armenpress",
	"tass": "TASS", "тасс": "ТАСС", "ria novosti": "RIA Novosti", "риа новости": "РИА Новости", "интерфакс": "Интерфакс", "interfax": "Interfax", "коммерсантъ": "Коммерсантъ",
	"коммерсант": "Коммерсантъ", "ведомости": "Ведомости", "рбк": "РБК", "известия": "Известия", "медуза": "Медуза", "sputnik": "Sputnik", "спутник": "Sputnik", "би-би-си": "Би-би-си",
	"рейтер": "Reuters", "рейтерс": "Reuters", "блумберг": "Bloomberg", "франс пресс": "AFP", "арменпресс": "Арменпресс", "радио свобода": "Радио Свобода", "trend": "Trend", "apa": "APA",
	"арминфо": "АрмИнфо", "armenpress.am": "Armenpress", "արմենպրես": "Արմենպրես", "ազատություն": "Ազատություն", "սպուտնիկ": "Sputnik",
	"ռոյթերս": "Reuters", "ռոյթերզ": "Reuters", "բի-բի-սի": "BBC", "տասս": "ՏԱՍՍ", "ռիա նովոստի": "ՌԻԱ Նովոստի", "ինտերֆաքս": "Ինտերֆաքս", "բլումբերգ": "Bloomberg", "ֆրանս պրես": "AFP",
}

// name is an outlet as it may stand in a sentence: in quotation marks, a domain, or up to five words with capitals.
const (
	quoted  = `[«“"„]([^«»“”"„]{2,50})[»”"“]`
	domain  = `((?:[\p{L}\d-]+\.)+(?:am|az|ru|com|org|net|info|ge|ua|kz|by|eu|uk|fr|de|ir|tr|us|tv|me|io|media|news|example))`
	capName = `((?:[Tt]he\s+)?\p{Lu}[\p{L}\d'’&-]*(?:\s+(?:of\s+|de\s+|the\s+)?\p{Lu}[\p{L}\d'’&-]*){0,4})`
)

// sign is a way of saying that something was reported elsewhere. Its patterns' first group is the outlet, in each form a
// name can take. A sure sign takes any name; the others only an outlet that is known or looks like one. hints are stems
// of which a text must hold one, in lower case, before the patterns are tried.
type sign struct {
	hints []string
	forms []*regexp.Regexp
	sure  bool
}

func newSign(sure bool, hints, before, after string) sign {
	s := sign{hints: strings.Split(hints, "|"), sure: sure}
	for _, form := range []string{quoted, domain, capName} {
		s.forms = append(s.forms, regexp.MustCompile(before+form+after))
	}
	return s
}

// upstreamSigns are the signs by script: a text is searched with those of its own script and with the Latin ones.
var upstreamSigns = map[string][]sign{
	"Latin": {
		newSign(false, "told|speak|spoke|said to|informed|disclosed|interview|according|reported by|cited by|quoted by|published|writes|citing|cites|quoting|referring|via|source|seen by|obtained by|reviewed by|reference",
			`\b(?i:told|speaking to|spoke (?:to|with)|speaks to|said to|informed|disclosed to|in (?:an )?interviews? (?:with|to)|according to|reported by|cited by|quoted by|published (?:in|by)|writes|citing|cites|quoting|referring to|via|sources? (?:of|to)|first reported by|seen by|obtained by|reviewed by|with reference to)\s+(?:(?:the\s+)?(?:newspaper|news agency|agency|magazine|news outlet|outlet|portal|website|broadcaster|daily|newspaper's)\s+)?(?:the\s+)?`, ``),
		newSign(false, "report|write|wrote|learned|revealed|citing", ``, `(?:'s|’s)?(?:,? citing [^,.]{3,60},?)? (?:reports|reported|writes|wrote|has reported|has learned|revealed|said in (?:a|its) report)\b`),
		newSign(true, "reference|published|source:", `\b(?i:with reference to|first published (?:in|by|on)|originally published (?:in|by|on)|republished (?:from|with permission from)|source:)\s+(?:the\s+)?`, ``),
	},
	"Cyrillic": {
		newSign(false, "сообщ|пиш|написал|переда|информир|интервью|по данным|по информации|по сведениям|рассказал|уточня|отмеча|публик|цитиру|беседе|разговоре|комментарии|заявил",
			`(?:[Сс]ообща(?:ет|ют|ла|л|ло|ется в)|[Сс]ообщил[аио]?|[Пп]ишет|[Пп]ишут|[Нн]аписал[аио]?|[Пп]ереда[её]т|[Пп]ередал[аио]?|[Ии]нформирует|[Зз]аявил[аи]? в интервью|[Вв] интервью|[Пп]о (?:данным|информации|сообщению|сведениям)|[Рр]ассказал[аи]?|[Уу]точняет|[Оо]тмечает|[Пп]убликует|[Оо]публиковал[аио]?|[Цц]итирует|[Вв] беседе с|[Вв] разговоре с|[Вв] комментарии)\s+(?:(?:газет[аеуы]|агентств[оуа]|издани[еяю]|портал[уа]?|журнал[уа]?|телеканал[уа]?|сайт|радиостанци[яи])\s+)?`, ``),
		newSign(true, "ссыл|сообщает|пишет|переда|информирует|отмечает", `(?:[Сс]о ссылкой на|[Сс]сылаясь на|[Кк]ак (?:сообщает|пишет|передает|передаёт|информирует|отмечает))\s+(?:(?:газету|агентство|издание|портал|журнал|телеканал|сайт|газета)\s+)?`, ``),
		newSign(false, "сообщ|пишет|переда|написал", ``, `,?\s+(?:сообщает|сообщил[аио]?|пишет|переда[её]т|написал[аио]?)[\s.,:]`),
	},
	"Armenian": {
		newSign(true, "փոխանցմ|հաղորդմ|տեղեկացմ|հղում|վկայակոչ", ``, `(?:[-–]?(?:ի|ու|յի|ից|ին|ն))?(?:\s+(?:լրատվական\s+)?(?:գործակալության|թերթի|կայքի|պարբերականի|հեռուստաընկերության|ռադիոկայանի|լրատվամիջոցի|պորտալի))?\s+(?:փոխանցմամբ|հաղորդմամբ|տեղեկացմամբ|հղումով|վկայակոչմամբ)`),
		newSign(false, "հաղորդ|գրում|գրել|հայտն|փոխանց|տեղեկաց|նշում", `(?:հաղորդում է|գրում է|հայտնում է|փոխանցում է|տեղեկացնում է|գրել է|հայտնել է|հաղորդել է|նշում է)\s+(?:(?:լրատվական\s+)?(?:գործակալություն(?:ը)?|թերթը|պարբերականը|կայքը|կայք)\s+)?`, ``),
		newSign(false, "հաղորդ|գրում|գրել|հայտն|փոխանց|տեղեկաց", ``, `(?:[-–]?(?:ը|ն))?\s+(?:գրում է|հաղորդում է|հայտնում է|փոխանցում է|գրել է|հայտնել է|տեղեկացնում է)`),
		newSign(false, "զրույց", ``, `[-–]?(?:ի|ին|ու)?\s+հետ (?:զրույցում|հարցազրույցում)`),
	},
}

// signsFor are the signs to look for in a language.
func signsFor(lang string) []sign {
	switch lang {
	case "hy", "hyw":
		return upstreamSigns["Armenian"]
	case "ru", "uk", "be", "bg", "sr", "mk", "kk":
		return upstreamSigns["Cyrillic"]
	}
	return upstreamSigns["Latin"]
}

// mediaWords are words that only outlets have in their names.
var mediaWords = regexp.MustCompile(`(?i)(?:^|\s)(?:times|post|journal|news|newspaper|agency|press|tribune|herald|gazette|daily|weekly|telegraph|magazine|tv|radio|observer|chronicle|broadcasting|review|media|reporter|courier)$|новост|газет|агентств|телекан|радио|вестник|правда|известия|հեռուստա|ռադիո|թերթ|լուրեր|news|press|պրես|пресс`)

// titleCredit is the credit at the head of a title: "FT: …", "«Հրապարակ». …", "Reuters: …", "СМИ: …".
var titleCredit = regexp.MustCompile(`^(?:[«“"]([^»”"]{2,40})[»”"]\s*[.:։․–—-]|([\p{Lu}\d][\p{L}\d .&'’-]{1,40}?)\s*(?::|։)|([\p{Lu}\d][\p{L}\d .&'’-]{1,30}?)\s+[—–|]\s)\s*\S`)

// upstream finds the outlets an article says it retells.
func upstream(title, lang string, blocks []Block, site, host string) []Upstream {
	var out []Upstream
	seen := map[string]bool{}
	add := func(name, href, quote string, where Where) {
		name = strings.TrimPrefix(strings.Trim(name, " ,.:;«»“”\""), "the ")
		name = endings.ReplaceAllString(name, "")
		if full, ok := outlets[strings.ToLower(name)]; ok {
			name = full
		}
		key := string(where) + squash(name)
		if squash(name) == "" || seen[key] || isSite(name, site, host) || len(out) >= 20 {
			return
		}
		seen[key] = true
		out = append(out, Upstream{Outlet: name, Href: href, Where: where, Quote: quote})
	}
	if m := titleCredit.FindStringSubmatchIndex(title); m != nil {
		for g := 1; g <= 3; g++ {
			if m[2*g] < 0 {
				continue
			}
			name := title[m[2*g]:m[2*g+1]]
			_, last := utf8.DecodeLastRuneInString(title[:m[1]])
			if g == 1 || len(longestOutlet(name)) == len(name) || domainOnly.MatchString(name) {
				add(name, "", strings.TrimSpace(title[:m[1]-last]), InTitle)
			}
		}
	}
	table := signsFor(lang)
	for i, b := range blocks {
		if i >= 200 || !b.inText() || len(b.Text) > 20_000 {
			continue
		}
		low := strings.ToLower(b.Text)
		for _, s := range table {
			if !slices.ContainsFunc(s.hints, func(h string) bool { return strings.Contains(low, h) }) {
				continue
			}
			for _, re := range s.forms {
				for _, m := range re.FindAllStringSubmatchIndex(b.Text, 5) {
					name := b.Text[m[2]:m[3]]
					if known := longestOutlet(name); known != "" {
						name = known
					} else if !s.sure && !isOutlet(name) || s.sure && !properName(name) {
						continue
					}
					add(name, hrefOf(b.HTML, name), sentenceAround(b.Text, m[0], m[1]), InText)
				}
			}
		}
	}
	return out
}

// endings are the cases of names in English and, after a hyphen, in Armenian.
var endings = regexp.MustCompile(`(?:['’]s|[-–](?:ի|ու|ից|ին|ը|ն|ում|ով))$`)

// longestOutlet is the longest run of words at the start of a name that is a known outlet.
func longestOutlet(name string) string {
	words := strings.Fields(name)
	for n := len(words); n > 0; n-- {
		part := strings.Join(words[:n], " ")
		if _, ok := outlets[strings.ToLower(endings.ReplaceAllString(part, ""))]; ok {
			return part
		}
	}
	for n := 1; n < len(words); n++ {
		part := strings.Join(words[n:], " ")
		if _, ok := outlets[strings.ToLower(part)]; ok {
			return part
		}
	}
	return ""
}

// isOutlet reports names that are known, a domain, or end in a word only outlets have.
func isOutlet(name string) bool {
	if longestOutlet(name) != "" {
		return true
	}
	return mediaWords.MatchString(name) || domainOnly.MatchString(name)
}

var domainOnly = regexp.MustCompile(`^` + domain + `$`)

func properName(name string) bool { return len(name) > 1 && len(strings.Fields(name)) <= 5 }

// sentenceAround is the sentence of text that holds the bytes from start to end, at most 300 bytes.
func sentenceAround(text string, start, end int) string {
	a := strings.LastIndexAny(text[:start], ".!?։\n")
	b := strings.IndexAny(text[end:], ".!?։\n")
	from, to := a+1, len(text)
	if b >= 0 {
		to = end + b + 1
	}
	if to-from > 400 {
		from, to = start, end
	}
	return strings.TrimSpace(strings.Trim(strings.ToValidUTF8(text[from:to], ""), "։"))
}

var linkWithText = regexp.MustCompile(`<a href="([^"]*)">(.*?)</a>`)

// hrefOf is the address of the first link in htm whose text holds name, or the reverse; "" where there is none.
func hrefOf(htm, name string) string {
	for _, m := range linkWithText.FindAllStringSubmatch(htm, 20) {
		text := html.UnescapeString(tagPattern.ReplaceAllString(m[2], ""))
		if text != "" && (strings.Contains(text, name) || strings.Contains(name, strings.TrimSpace(text))) {
			return html.UnescapeString(m[1])
		}
	}
	return ""
}

var tagPattern = regexp.MustCompile(`<[^>]*>`)
