package rights

import "sync"

// The concepts terms of reuse are made of. How a statement is read:
//
//   - words.go cuts the text into folded words, with what stands between them, and knows host names and quoted names;
//   - the lexicons (lexicon_en.go, lexicon_en_reuse.go, lexicon_ru.go, lexicon_hy.go) say which words carry which concept. They are for
//     linguists: a new way of saying something is a new row, with an example that a test finds it in;
//   - detect.go cuts sentences into units, one matter each, and drops the shorter of two readings of the same words;
//   - the rules (reading_*.go) look at the concepts of a unit and at how near they stand, seldom at the words of a
//     language: a unit with a link and “must” asks for a link, one with a ban, a reuse and no condition forbids reuse.
//
// The tables of statements in the tests show what each rule is for. Someone who finds a statement misread adds it there.
const (
	_ concept = iota // none

	// What is reused, and how.
	cMaterial    // materials, articles, news
	cOurs        // our, of this site
	cSiteOf      // the site as owner of material, not as where a link leads
	cReuse       // republish, reprint, quote: words of reuse alone
	cWhen        // when used: a condition follows
	cUse         // use, publish, share: reuse only beside a material
	cTranslate   // translate, translation
	cEdit        // edit, shorten, change
	cPhoto       // photographs, images, video
	cText        // the text, as against the photographs
	cFull        // in full
	cPartial     // in part, excerpt
	cFullOrPart  // in whole or in part: narrows nothing
	cCommercial  // commercial use, for profit
	cProfitUse   // commercial use, as one use among others
	cPurpose     // for commercial purposes, as what the permission is about
	cPersonal    // personal or non-commercial use
	cExempt      // what the law leaves free anyway: fair dealing for private study
	cPersonalUse // … and nothing else, said in one phrase

	// What is asked.
	cHyper      // a hyperlink, whatever the context
	cLink       // ссылка, հղում: a link or a mention
	cLinkTo     // to link, made of a verb
	cCredit     // credit, attribution, naming
	cNotCredit  // words like a credit that are none
	cAuthor     // author, byline
	cSource     // the source
	cWording    // the words that follow are to be set
	cIdeally    // … or others like them
	cSite       // the site, the home page
	cArticle    // the page, the original publication
	cOutlet     // the agency, the newspaper, us
	cDirect     // direct link
	cActive     // active, clickable link
	cFollow     // open to search engines
	cFirstPara  // in the first paragraph
	cBeginning  // at the top, in the title
	cEnd        // at the end
	cAnywhere   // anywhere, in the text
	cPermission // permission, consent
	cLicense    // Creative Commons and its like

	// How it is said.
	cMust
	cShould
	cLiked
	cNotMust
	cOnlyIf
	cWith    // with, by: reuse “with a link”
	cWithout // without
	cAllow
	cBan
	cUnable // a machine does not let somebody: no ban
	cOral   // by word of mouth, on air
	cNoNeed // no permission is needed
	cOnly   // only
	cAct    // imperative: include, put, name
	cDont   // do not

	// Single duties.
	cLimit
	cLimitWord // no more than
	cEssential
	cEmbargo
	cNotify
	cResale
	cNoAds
	cEndorse // imply that the source endorses the copier
	cBulk
	cUnchanged
	cKeepLinks
	cPixel
	cCanonical
	cThirdParty
	cPhotoCredit
	cTranslatorCredit
	cLicenceLink
	cChanged
	cTakedown
	cDeclareEdit
	cLogo
	cVisible
	cWindow
	cAsk    // contact us for
	cReader // free to everybody: may be reused

	// What makes a text something else.
	cElsewhere // materials one builds with
	cCookie
	cForm
	cNav // buttons and labels: copy link, share
	cComment
	cPrivacy
	cNews
	cReported // somebody says or rules so
	cSaid     // verbs of reporting, in the past or the third person
	cLaw
	cLiability
	cNotLiable // not responsible for
	cOther
	cSubmission  // what authors, students and users hand in themselves
	cRepublisher // speaks to who publishes again: “when republishing”
	cCopyNoun    // a copy, as a thing
	cHolds       // material that holds a reference to another source
	cOwnWay      // what the outlet itself does, as a rule of its own
	cFirst       // originally published: what a republisher says of the source
	cBreach      // in case of violation: what follows is a consequence, no ban
	cFont        // the size of the letters of the link
	cPlaced      // verbs of placing: what is placed in a text is a hyperlink
	cOtherCases  // in all other cases: use other than that spoken of
	cLinkNoun    // links as things that are used, not asked for
	cEven        // even with a link: it does not help
	cYou         // you, your: speaks to the reader
	conceptCount
)

// words of the three scripts do not collide, so one lexicon serves a text of any of the languages, or of several.
var lexiconOfTerms = sync.OnceValue(func() *lexicon {
	return newLexicon(lexiconEN, lexiconReuseEN, lexiconRU, lexiconHY)
})
