package ingest

// How sure a word makes us that a link leads to what a site says about reuse.
const (
	surely   = 100 // the page is about republishing
	probably = 60  // copyright, licence: reuse is part of it
	perhaps  = 30  // terms of the site in general: reuse may be among them
	never    = -1000
)

// termsLabels are words in the text of a link, folded to lower case, with the weight they give it. A label counts with
// the heaviest of its words; one of never rules it out. Stems stand for their forms: a word is found anywhere in the
// label. To teach a language, add rows: what editors of that language write in their footers.
var termsLabels = []struct {
	lang, words string
	weight      int
}{
	{"en", "republish", surely},
	{"en", "republication", surely},
	{"en", "reprint", surely},
	{"en", "reuse", surely},
	{"en", "re-use", surely},
	{"en", "use of materials", surely},
	{"en", "use our content", surely},
	{"en", "use our materials", surely},
	{"en", "content usage", surely},
	{"en", "usage rules", surely},
	{"en", "syndication", surely},
	{"en", "copyright", probably},
	{"en", "permissions", probably},
	{"en", "licensing", probably},
	{"en", "license", probably},
	{"en", "licence", probably},
	{"en", "creative commons", probably},
	{"en", "intellectual property", probably},
	{"en", "terms of use", perhaps},
	{"en", "terms of service", perhaps},
	{"en", "terms and conditions", perhaps},
	{"en", "terms & conditions", perhaps},
	{"en", "conditions of use", perhaps},
	{"en", "legal notice", perhaps},
	{"en", "legal information", perhaps},
	{"en", "terms", perhaps},
	{"en", "privacy", never},
	{"en", "cookie", never},
	{"en", "sign in", never},
	{"en", "advertis", never},
	{"en", "terms of sale", never},
	{"en", "driving licen", never},

	{"ru", "использование материалов", surely},
	{"ru", "использования материалов", surely},
	{"ru", "использованию материалов", surely},
	{"ru", "об использовании", surely},
	{"ru", "перепечатк", surely},
	{"ru", "цитировани", surely},
	{"ru", "републикаци", surely},
	{"ru", "копирования материалов", surely},
	{"ru", "распространение материалов", surely},
	{"ru", "авторские права", probably},
	{"ru", "авторское право", probably},
	{"ru", "авторских прав", probably},
	{"ru", "правообладател", probably},
	{"ru", "лицензи", probably},
	{"ru", "правила использования", perhaps},
	{"ru", "условия использования", perhaps},
	{"ru", "правила пользования", perhaps},
	{"ru", "пользовательское соглашение", perhaps},
	{"ru", "правовая информация", perhaps},
	{"ru", "правила сайта", perhaps},
	{"ru", "конфиденциальност", never},
	{"ru", "персональных данных", never},
	{"ru", "куки", never},
	{"ru", "реклам", never},
	{"ru", "правила комментир", never},

	{"hy", "նյութերի օգտագործ", surely},
	{"hy", "նյութերն օգտագործ", surely},
	{"hy", "օգտագործման կանոն", surely},
	{"hy", "արտատպ", surely},
	{"hy", "վերահրապարակ", surely},
	{"hy", "մեջբերման կանոն", surely},
	{"hy", "հեղինակային իրավունք", probably},
	{"hy", "արտոնագիր", probably},
	{"hy", "օգտագործման պայման", perhaps},
	{"hy", "օգտագործման համաձայնագիր", perhaps},
	{"hy", "իրավական տեղեկատվություն", perhaps},
	{"hy", "կայքի կանոն", perhaps},
	{"hy", "գաղտնիութ", never},
	{"hy", "անձնական տվյալ", never},
	{"hy", "գովազդ", never},
	{"hy", "քուքի", never},
}

// termsPaths are words in the path of a link that add to what its text says, so that “Terms” at /republishing comes before
// “Terms” at /subscription/terms; they find links without a text, too.
var termsPaths = []struct {
	word   string
	weight int
}{
	{"republish", surely},
	{"reprint", surely},
	{"perepechat", surely},
	{"ispolzovan", probably},
	{"content-usage", surely},
	{"copyright", probably},
	{"permissions", probably},
	{"licens", probably},
	{"licenc", probably},
	{"ogtagorc", probably}, // օգտագործման, as sites write it in addresses
	{"terms", perhaps},
	{"usage", perhaps},
	{"rules", perhaps},
	{"pravila", perhaps},
	{"kanon", perhaps},
	{"legal", perhaps},
	{"privacy", never},
	{"cookie", never},
	{"advert", never},
	{"login", never},
	{"subscri", never},
	{"shop", never},
}
