package rights

import "slices"

// Statute is one rule that the law of a country sets where an outlet says nothing: the default under the outlet's own
// words. None of them has been confirmed by counsel yet, and every page that shows one says so.
type Statute struct {
	Country  string // ISO 3166-1 alpha-2
	Law      string // as lawyers cite it
	Article  string
	Quote    string // of the law where Verbatim, else its substance in our words
	Language string // of Quote
	Verbatim bool
	Kind     Kind
	Params   Params
	Strength Strength
}

// Clause is the rule as a clause; it quotes the law.
func (s Statute) Clause() Clause {
	return Clause{Kind: s.Kind, Params: s.Params, Strength: s.Strength, Quote: s.Quote, End: len(s.Quote), Confidence: 1}
}

// The laws. Their articles on free use (quotation, press reviews, reprints of articles on current topics) all set the
// same two conditions, to name the author and the source, and are the least that a page owes which rests on more than
// that. The exclusive right of translation is a reminder only: whether an outlet that allows “any use” has allowed a
// translation too is a question for counsel, and an agreement or the outlet's own words answer it.
const (
	lawAM = "Law of the Republic of Armenia on Copyright and Related Rights, HO-142-N of 15 June 2006"
	lawAZ = "Law of the Republic of Azerbaijan on Copyright and Related Rights, 115-IQ of 5 June 1996"
	lawRU = "Гражданский кодекс Российской Федерации, часть четвёртая"

	freeUse = "Free use without consent and without payment is allowed on condition that the name of the author whose work is used and the source of the borrowing are stated."
	adapt   = "Translating a work is among the exclusive economic rights of its author."

	freeUseRU = "Допускается без согласия автора или иного правообладателя и без выплаты вознаграждения, но с обязательным указанием имени автора, произведение которого используется, и источника заимствования"
	adaptRU   = "перевод или другая переработка произведения"
)

// statutes is the table: a line is a rule with the article of the law it comes from. A country is added by its lines.
var statutes = []Statute{
	{"AM", lawAM, "22", freeUse, "en", false, CreditAuthor, Params{}, Must},
	{"AM", lawAM, "22", freeUse, "en", false, CreditSource, Params{}, Must},
	{"AM", lawAM, "13", adapt, "en", false, TranslationAllowed, Params{Value: "permission"}, Liked},

	{"AZ", lawAZ, "19", freeUse, "en", false, CreditAuthor, Params{}, Must},
	{"AZ", lawAZ, "19", freeUse, "en", false, CreditSource, Params{}, Must},
	{"AZ", lawAZ, "15", adapt, "en", false, TranslationAllowed, Params{Value: "permission"}, Liked},

	{"RU", lawRU, "1274 (1)", freeUseRU, "ru", true, CreditAuthor, Params{}, Must},
	{"RU", lawRU, "1274 (1)", freeUseRU, "ru", true, CreditSource, Params{}, Must},
	{"RU", lawRU, "1270 (2) 9", adaptRU, "ru", true, TranslationAllowed, Params{Value: "permission"}, Liked},
}

// Statutes lists the rules of a country: nil where the table has none.
func Statutes(country string) []Statute {
	var out []Statute
	for _, s := range statutes {
		if s.Country == country {
			out = append(out, s)
		}
	}
	return out
}

// Countries lists the countries the table knows, in its order.
func Countries() []string {
	var out []string
	for _, s := range statutes {
		if !slices.Contains(out, s.Country) {
			out = append(out, s.Country)
		}
	}
	return out
}
