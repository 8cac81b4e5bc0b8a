// Package rights reads an outlet's terms of reuse, checks a page against them, and writes the credit they ask for.
//
// Statements and HTML go in; clauses, findings and credit blocks come out. The package is pure: it knows no storage,
// clock, network or log. A Clause is one machine-checkable requirement and always points at the words it rests on.
package rights

// Kind names a requirement, such as "link.required".
type Kind string

// The kinds of clauses.
const (
	LinkRequired   Kind = "link.required"
	LinkPlace      Kind = "link.place"
	LinkFollowable Kind = "link.followable"
	LinkDirect     Kind = "link.direct"
	LinkActive     Kind = "link.active"
	LinkVisible    Kind = "link.visible"
	LinkKeepInner  Kind = "link.keep_inner"

	CreditSource      Kind = "credit.source"
	CreditWording     Kind = "credit.wording"
	CreditPlace       Kind = "credit.place"
	CreditAuthor      Kind = "credit.author"
	CreditTranslator  Kind = "credit.translator"
	CreditChain       Kind = "credit.chain"
	CreditPhoto       Kind = "credit.photo"
	CreditLicenceLink Kind = "credit.licence_link"
	CreditLogo        Kind = "credit.logo"

	PermissionRequired   Kind = "permission.required"
	PermissionCommercial Kind = "permission.commercial"
	TranslationAllowed   Kind = "translation.allowed"

	LimitShare     Kind = "limit.share"
	LimitCount     Kind = "limit.count"
	LimitReadMore  Kind = "limit.read_more"
	LimitEssential Kind = "limit.essential"

	EditNone    Kind = "edit.none"
	EditDeclare Kind = "edit.declare"

	MediaExclude   Kind = "media.exclude"
	MediaUnchanged Kind = "media.unchanged"

	TimeEmbargo Kind = "time.embargo"
	TimeWindow  Kind = "time.window"

	SEOCanonical Kind = "seo.canonical"

	TrackPixel        Kind = "track.pixel"
	BulkNone          Kind = "bulk.none"
	Notify            Kind = "notify"
	ResaleNone        Kind = "resale.none"
	AdsNone           Kind = "ads.none"
	Takedown          Kind = "takedown"
	TermsChanged      Kind = "terms.changed"
	ThirdPartyExclude Kind = "third_party.exclude"

	// AccessSubscribers is read off the article and not off the terms: it is kept for subscribers, and a person has to say
	// whether the permission covers that.
	AccessSubscribers Kind = "access.subscribers"
)

// Strength says how binding the words are.
type Strength string

// The strengths. The gate refuses for a must, asks for a reason for a should, and mentions a liked.
const (
	Must   Strength = "must"
	Should Strength = "should"
	Liked  Strength = "liked"
)

// Params are the parameters of a clause. Each kind reads the fields its line in data/compliance and the guide for
// editors names, and leaves the others empty.
type Params struct {
	Target  string   `json:"target,omitempty"`   // homepage, article, either
	Within  string   `json:"within,omitempty"`   // first_sentence, first_paragraph, paragraphs:N, top, end
	Text    string   `json:"text,omitempty"`     // a demanded wording
	TextAny []string `json:"text_any,omitempty"` // wordings of which one will do
	Where   string   `json:"where,omitempty"`    // title, byline, first_paragraph, end
	URL     string   `json:"url,omitempty"`
	Value   string   `json:"value,omitempty"`   // original, self; yes, no, permission
	Grant   *bool    `json:"grant,omitempty"`   // whether a grant is on record; nil: unknown
	Percent float64  `json:"percent,omitempty"` // of the source's characters
	Unit    string   `json:"unit,omitempty"`    // characters, words, paragraphs
	Max     int      `json:"max,omitempty"`
	Kinds   []string `json:"kinds,omitempty"` // img, video, audio, iframe
	From    string   `json:"from,omitempty"`  // of time.window; as Until
	Until   string   `json:"until,omitempty"` // RFC 3339, or a local time or date without offset
	Now     string   `json:"now,omitempty"`
	Scope   string   `json:"scope,omitempty"` // full_text, photos, commercial, editing; empty: all reuse
}

// Clause is one requirement with the words it rests on.
type Clause struct {
	Kind Kind `json:"kind"`
	Params
	Strength   Strength `json:"strength,omitempty"`
	Quote      string   `json:"quote,omitempty"` // the words of the statement, text[Start:End]
	Start      int      `json:"start"`           // byte offsets into the statement
	End        int      `json:"end"`
	Confidence float64  `json:"confidence,omitempty"` // 0 to 1
}

// Status is the answer for one clause on one page.
type Status string

// The three answers.
const (
	Met         Status = "met"
	Unmet       Status = "unmet"
	Undecidable Status = "undecidable"
)

// Finding is the answer with its reason. Where is a path to the node that meets or breaks the clause, such as
// "article > p:nth-of-type(2) > a", empty where no node decides. Why is a message ID suffix ("no_link",
// "nofollow_by_header") with its data; the web and the command line put it into words.
type Finding struct {
	Kind   Kind              `json:"kind"`
	Status Status            `json:"status"`
	Where  string            `json:"where"`
	Why    string            `json:"why"`
	Data   map[string]string `json:"data,omitempty"`
}
