package rights

// The forms of the English verbs of reuse, and the kinds of works they are said of. Reuse is expressed by few verbs in many
// shapes, so the shapes stand here once and the rows of lexiconReuseEN combine them with each way of allowing and forbidding.
const (
	reuseBaseEN = "republish|reprint|reproduce|repost|redistribute|reupload|rebroadcast|retransmit|photocopy|copy|duplicate|syndicate|reblog|quote|reuse|excerpt|replicate|crosspost"
	reusePastEN = "republished|reprinted|reproduced|reposted|redistributed|reuploaded|rebroadcast|rebroadcasted|retransmitted|photocopied|copied|duplicated|syndicated|reblogged|quoted|reused|excerpted|replicated|crossposted"
	reuseNounEN = "reproduction|reproductions|reprinting|reprint|reprints|republication|republishing|reposting|reposts|redistribution|duplication|copying|photocopying|rebroadcast|rebroadcasting|retransmission|syndication|reuse|reuploading|quotation|quoting|reblogging"
	useBaseEN   = "use|share|distribute|publish|download|print|display|broadcast|post|adapt|translate|remix|circulate|forward|perform|play|store|save|embed"
	usePastEN   = "used|shared|distributed|published|downloaded|printed|displayed|broadcast|posted|adapted|translated|remixed|circulated|forwarded|performed|played|stored|saved|embedded"
	useNounEN   = "use|usage|distribution|publication|display|sharing|downloading|printing|broadcast|broadcasting|translation|adaptation"
	worksEN     = "recording|recordings|episode|episodes|transcript|transcripts|recipe|recipes|pattern|patterns|poem|poems|poetry|sermon|sermons|homily|homilies|prayers|minutes|map|maps|dataset|datasets|database|databases|chart|charts|tables|figures|statistics|worksheet|worksheets|handout|handouts|slides|presentation|presentations|bulletin|bulletins|newsletter|newsletters|leaflet|leaflets|flyer|flyers|brochure|brochures|booklet|booklets|pamphlet|pamphlets|ebook|ebooks|journal|chapter|chapters|papers|speech|speeches|factsheet|factsheets|briefing|briefings|guide|guides|handbook|manual|manuals|textbook|textbooks|blog|blogs|blogpost|lyrics|songs|song|music|score|scores|drawing|drawings|artwork|artworks|comics|scans|translation|translations|document|exercises|quiz|quizzes|puzzle|puzzles|crosswords|glossary|catalogue|catalog|tutorial|tutorials|curriculum|curricula|lecture|lectures|programmes|listings|reviews|obituaries|archive|archives|collection|collections|edition|editions|issue|writings|reportage|footage|clips|clip|dispatch|dispatches|forecast|forecasts|results|research|findings|posters|poster|stats"
)

// lexiconReuseEN holds what is said of reuse in one breath: allowing, forbidding and asking, with the verb or its noun. See row for
// the notation.
var lexiconReuseEN = []row{
	// The works, and their owners.
	{cMaterial, worksEN, "these recipes"},
	{cMaterial, "lesson|unit|teaching|sheet|press|blog|fact plan|plans|materials|music|release|releases|kit|entry|entries|sheet|sheets", "lesson plans"},
	{cMaterial, "a|the|our|this|that|each|any|news|editorial|of copy", "our copy"},
	{cOurs, "my|mine", "my poems"},
	{cReuse, "<all|any|every|each|such copy|copies ..2 must|should|shall|has|have|bear|bears|need|needs|is|are", "all copies must"},
	{cReuse, "steal|grab|borrow our|my stories|articles|content|recipes|texts|work|words", "steal our stories"},
	{cPhoto, "footage|clips|drawing|drawings|artwork|artworks", "footage"},
	{cReuse, "photocop*|reupload*|reblog*|reshar*|retweet*|replicate|replicated|crosspost*|republication*", "photocopying"},
	{cReuse, "<to? be? use|used|usage|publication|distribution|display only? with|by|upon|on|subject_to ..2 permission|consent|approval|agreement|arrangement|request", "use by permission"},
	{cReuse, "share|shared|sharing|post|posted|upload|uploaded|use|used|publish|published elsewhere|on_other_sites|on_other_websites|on_another_site|on_another_website|on_social_media", "published elsewhere"},

	{cMaterial, "this|the|these|part_of|of_the property|properties", "this property"},
	{cFirst, "originally|first|initially published|appeared|posted|produced|aired|ran|released", "originally published"},
	{cUse, "aggregators|crawlers|bots ..2 index|indexing", "aggregators may only index"},
	{cEven, "even|not_even|also_not with|if|when|where", "even with"},

	// Allowed.
	{cAllow, "may|can|could|might also|now|therefore|then? be also|then? freely|gladly? " + reusePastEN, "may be freely copied"},
	{cAllow, "may|can|could|might also|then|now? freely? " + reuseBaseEN, "may freely copy"},
	{cAllow, "may|can|could also? be also? freely? " + usePastEN, "can be shared"},
	{cAllow, "may|can|could also|only? be only? edited|cropped|cut|shortened|trimmed|altered|changed|modified|resized", "may be cropped"},
	{cAllow, "may|can freely|gladly " + useBaseEN, "may freely use"},
	{cAllow, "no|any objection|objections|problem to|with", "no objection to"},
	{cAllow, "dont|not|wont mind|object", "do not mind"},
	{cAllow, "<you|media|newspapers|teachers|schools|readers|members have|has our|my|the|full ..1 permission|consent|approval|blessing|leave to", "you have our permission to"},
	{cAllow, "<you|everyone|anyone have|has permission|consent|leave to|for", "you have permission to"},
	{cAllow, "hereby|herewith|gladly|happily ..2 permission|give|grant|allow|permit|granted|given|allowed|permitted", "hereby give"},
	{cAllow, "permission|consent to " + reuseBaseEN + "|" + useBaseEN + " ..8 is|are hereby|also? granted|given", "permission to photocopy this page is granted"},
	{cReader, "as_you|however_you|wherever_you|whichever_way_you like|wish|please|want|see|choose", "as you like"},
	{cReader, "in any way|form|manner you|they like|wish|please|want|choose", "in any way you like"},
	{cReader, "without ..1 restriction|restrictions|limitation|limitations|limit|charge|payment|fee", "without restriction"},
	{cAllow, "<please|kindly also|freely|do|feel_free_to|make? copy|photocopy|share|distribute|reprint|republish|reproduce|pass ..8 this|our|these|the|widely|freely|on", "please copy this"},
	{cAllow, "<steal|take|grab|borrow our|my|these stories|articles|content|recipes|texts|work|words|ideas", "steal our stories"},
	{cAllow, "happy|glad|delighted|pleased for|to ..3 " + reuseBaseEN + "|" + useBaseEN + "|have|see", "happy for others to use"},
	{cReader, "<any? " + reuseNounEN + " ..6 is|are|welcome|welcomed ..2 permitted|allowed|authorised|authorized|encouraged|welcome|welcomed|free|ok|okay|fine|granted|possible", "reproduction of this bulletin is encouraged"},
	{cReader, "<resharing|retweeting|reblogging|linking|sharing ..8 is|are ..2 permitted|allowed|authorised|authorized|encouraged|welcome", "resharing and retweeting are explicitly authorized"},
	{cReader, "<" + reuseNounEN + "|sharing|distribution ..1 welcome|encouraged|permitted|allowed|authorised|authorized", "sharing welcome"},

	// Forbidden.
	{cBan, "no ..1 " + reuseNounEN, "no reproduction"},
	{cBan, "not for|intended_for|available_for|cleared_for|licensed_for|authorised_for|authorized_for ..1 " + reuseNounEN + "|publication|distribution|broadcast|resale", "not for reproduction"},
	{cBan, "do|does|did? not have|hold|possess ..2 permission|right|rights|licence|license|consent|authority to|for", "do not have permission to"},
	{cBan, "have|has no ..1 permission|right|rights|licence|license|authority to", "have no right to"},
	{cBan, "not entitled|free|authorised|authorized|at_liberty|licensed|supposed|meant|intended to", "not entitled to"},
	{cBan, "off limits|bounds", "off limits"},
	{cBan, "do|does? not|dont|doesnt|never|cannot|wont|will_not allow|permit|authorise|authorize|grant|condone|tolerate", "do not authorise"},
	{cBan, "against|breach|violation|infringement|contravention ..3 law|laws|copyright|rights|terms", "a violation of copyright law"},
	{cBan, "is|are|constitutes theft|stealing|piracy|infringement|plagiarism", "is theft"},
	{cBan, "without_exception|under_no_circumstances|in_no_event|in_no_case|on_no_account", "under no circumstances"},

	{cBan, "no advertising|ads|advertisements|changes|alterations|edits ..1 may|can|should|must|are|shall", "no advertising may"},
	{cBan, "will|would not be ..1 " + reusePastEN + "|posted|distributed|shared|sold|modified", "will not be copied"},
	{cBan, "<not|never " + reuseBaseEN + "|" + useBaseEN + "|sell|modify|alter|edit|remove", "not use any images"},
	{cBan, "no suggestion|implication", "no suggestion"},
	{cBan, "may|must|can|should|to not knowingly|ever|otherwise|also|under_any_circumstances", "must not otherwise"},
	{cBan, "neither this|the|our|any|all|part|it|these|its|whole|articles|texts|photographs|images ..7 nor ..6 may|can|shall|is|are|must", "neither this page nor any part of it may"},

	// Consent, and how to get it.
	{cPermission, "goahead|greenlight|signoff|sayso|clearance|blessing", "our go-ahead"},
	{cPermission, "go ahead from|before", "a go ahead from us"},
	{cPermission, "green light", "the green light"},
	{cPermission, "need|needs|requires|require|obtain|conclusion_of|signing_of ..2 copyright|reproduction|reprint|usage|publishing|translation licence|license|agreement|contract", "require a copyright licence"},
	{cNoNeed, "permission|consent|approval|authorisation|licence|release|releases ..5 is|are not ..1 required|needed|necessary", "consent forms are not required"},
	{cOtherCases, "in|for all|any other|remaining cases|case|uses|use|purposes|purpose|instances", "in all other cases"},
	{cOtherCases, "any|all|every other|further|wider ..1 use|uses|purpose|purposes", "any other use"},
	{cAsk, "ask ..1 photographer|author|authors|artist|owner|owners|holder|publisher|editor|editors", "ask the photographer"},
	{cPermission, "conclusion|signing of ..4 agreement|contract|licence|license", "conclusion of a licence agreement"},
	{cPermission, "licence|license|licensing|permission|reprint|royalty|copyright fee|fees|charge|royalties", "a licence fee"},
	{cMust, "fee|fees|royalty|royalties|charge|charges ..1 apply|applies|payable|due|charged", "a fee applies"},
	{cMust, "need|needs|youll|get|require|requires ..3 goahead|greenlight|signoff|sayso|clearance|blessing|authorisation", "need our go-ahead"},
	{cMust, "tag|tagging us|me|@name", "tag us"},
	{cMust, "is|are a? condition|prerequisite|precondition of|for", "is a condition of"},
	{cMust, "must|should|has_to|have_to|needs_to|is_to|are_to ..1 be ..1 sought|obtained|requested|secured|granted|applied", "must be sought"},
	{cWith, "by|upon|on ..2 permission|consent|approval|request|application|arrangement", "by permission"},
	{cNoNeed, "dont|not|neednt|without ..1 have|need|having|needing to? ask|asking|request|contact|seek|check|consult|apply", "don't have to ask"},
	{cNoNeed, "may|can be? also|freely? " + reusePastEN + "|" + usePastEN + " ..8 without ..3 permission|consent|authorisation|authorization|approval", "may be reproduced for personal use without permission"},
	{cNoNeed, "without having|needing|the_need to ..2 ask|request|seek|obtain|apply ..3 permission|consent|authorisation|authorization|us|for", "without having to request permission"},
	{cNoNeed, "no need to? ..1 ask|asking|write|apply|request|contact", "no need to ask"},
	{cAsk, "if|anyone|those|who|people|media|publishers|you ..2 want|wants|wish|wishes|wishing|would_like|wanting|plan|planning|intend|interested|looking ..12 contact|email|write|ask|get_in_touch|reach_out|call|drop|talk|speak", "if you wish to use our articles, please get in touch"},
	{cAsk, "get_in_touch|reach_out|talk|speak|write|drop_us|check ..3 us|editor*|line|author*|publisher* ..3 first|before|if|to|about|for", "talk to us first"},
	{cAsk, "ask|check|write|email|contact ..3 before|prior_to|if ..2 " + reuseBaseEN + "|reposting|republishing|reprinting|reproducing|copying|sharing|using|use|quoting|translating", "ask before you repost"},
	{cAsk, "permission|consent|licence|license|rights ..4 available|obtained|obtainable|requested|had from|at|through|via|on|upon", "permission can be obtained from"},

	// Credit in other words.
	{cNotCredit, "material|materials|content|images|photos|text|work|neither|not|nor|those ..3 credited|attributed to|by", "material credited to"},
	{cNotCredit, "acknowledge|acknowledges|acknowledging that", "acknowledge that"},
	{cSubmission, "your ..2 contributions|entries|uploads", "your contributions"},
	{cNotCredit, "credit ..2 wallet|account|card|balance|cards", "credit my wallet"},
	{cNotCredit, "improper|false|wrong|incorrect attribution|credit", "improper attribution"},
	{cCredit, "courtesy|source|copyright line|lines", "courtesy line"},
	{cCredit, "say|state|mention|note|indicate|saying|stating|mentioning|indicating ..3 where|whence ..5 found|from|got|get|took|comes|come|came|taken|originally", "say where you found them"},
	{cCredit, "cite|citing|cited|quote|quoting|quoted ..1 this|our|these|its|it|them|us|me ..4 as|source|sources|origin|paper|publication|following|dataset|report|doi", "cite this dataset as"},
	{cCredit, "cite|citing|cited the following", "cite the following paper"},
	{cCredit, "cite|citing|cited|quote|quoting|quoted the|its|our|your source|sources|origin", "quote the source"},
	{cCredit, "authorship|author|authors|source|byline ..12 should|must|shall ..2 be ..1 indicated|stated|given|named|identified|shown|kept|credited|mentioned", "authorship (name or address) should be clearly indicated"},
	{cCredit, "note|name|identify|list|credit|mention|cite|give|state ..8 as ..1 source|origin|author", "note this website as the source"},
	{cCredit, "include|add|insert|put|keep|leave|retain|give|show|provide|publish ..2 source|sources|attribution ..1 line|at|with|in|and", "include the source at the end"},
	{cMust, "need|needs|require|requires ..2 licence|license|agreement|contract", "need a reproduction licence"},
	{cOnlyIf, "naming|crediting|citing|acknowledging|mentioning|attributing ..2 source|author|authors|us|our|agency|newspaper", "naming the source"},
	{cMust, "need|needs only|just name|credit|mention|cite|attribute|acknowledge|link|include|state", "need only name"},
	{cCredit, "cite|reference|cited us|our|@name", "cite us"},
	{cCredit, "names|name|byline|bylines|bio|biography|authorship|authors|signature|attribution|credit|credits ..3 kept|retained|preserved|attached|shown|given|remain|remains|stay|stays|accompan*|appear|appears|included|intact|left|removed", "author's name is kept"},
	{cCredit, "copyright|credit|attribution|ownership|permission|source|this|the|above|following|our|original ..1 notice|notices|statement|acknowledgement|acknowledgment ..4 must|is|are|be|remain|remains|stays|kept|intact|attached|included|retained|appear|appears|preserved|reproduced", "this notice is kept intact"},
	{cCredit, "include|includes|contain|contains|carry|carries|bear|bears|retain|retains|reproduce|keep|preserve|accompanied_by|attach|with|leave|display ..4 notice|notices", "include this notice"},
	{cCredit, "give|giving|gives|given|full|due|proper|appropriate|with|clear|express|explicit ..1 acknowledgement|acknowledgment|attribution|credit|recognition", "with due acknowledgement"},
	{cCredit, "shout_out|shoutout|hat_tip|namecheck|name_check", "a shout-out"},

	// Consent that was given to the outlet itself.
	{cReported, "<photo|photos|photograph|photographs|image|images|picture|pictures|text|extract|extracts|illustration|illustrations|map|maps|poem|lyrics|cover|figure|table used|reproduced|reprinted|published|shown|quoted with|by ..2 permission|courtesy", "photo used with permission"},

	{cWording, "carry|carries|bear|bears|include|contain|display|have ..1 message|legend|inscription|caption|label|credit|words|line", "carry the message"},
	{cLiked, "our|we ..1 preference|prefer|preferred", "our preference"},

	// Licences by their own names.
	{cLicense, "attributionnon*|attributionshare*|attributionnod*", "Attribution-NonCommercial"},
	{cLicense, "attribution noncommercial*|sharealike*|noderiv*|non_commercial|share_alike|no_derivatives", "Attribution NonCommercial"},

	{cReported, "republished|reprinted|reproduced|adapted from the|a|an|@name", "republished from the"},
	{cSubmission, "posters|poster|submitter*|uploader*|wikipedia|wiki|moderators|editors_of_wikipedia must|should|may|shall|are|is|need|has|have|articles|policy|s", "posters must"},
	{cSubmission, "property|work|copyright of the? submitter|poster|uploader", "property of the submitter"},
	{cSubmission, "submitter|submitters|uploaders|wikipedia|wikipedians", "the submitter"},
	{cSubmission, "posted|submitted|uploaded here|to_us|to_this_site|to_this_forum|on_this_forum|in_this_forum", "posted here"},
	{cSubmission, "into yours", "into yours"},
	{cSubmission, "into your_own ..1 articles|article|text|post|words|story", "into your own words"},
	{cSubmission, "your ..1 source|citation|quote|quotes|reference|thread|topic|essay|blog_post|message", "your source"},
	{cReported, "come|comes|taken|gathered|collected|drawn|sourced|aggregated|compiled|syndicated from ..3 source|sources|feeds|sites|websites|outlets|publishers", "come from third-party sources"},
	{cSubmission, "your ..1 content|contents|materials|copyright|copyrighted|rights", "your content"},
	{cSubmission, "another|someone|somebody|other|others ..1 elses|else|persons|peoples|person|people|blogs|bloggers|writers|authors|sites|websites|creators ..1 recipe|recipes|work|works|photo|photos|image|images|article|articles|post|posts|text|content|material|words|copyright|story|stories|ideas", "another person's recipe"},
	{cSubmission, "paste|post|copy|upload|submit ..12 onto|to|on|in|into this|our|the site|forum|board|wiki|thread|group|community|subreddit", "paste articles onto this site"},
	{cSubmission, "under|by|per|according_to copyright law|act|legislation", "under copyright law"},
	{cOwnWay, "<we|our_team|our_editors will|would|shall|may|try_to|strive_to|do? always|never|only|not|also? publish|credit|link|name|cite|quote|use|reprint|republish|repost|reproduce|excerpt|copy", "we will never re-publish"},
	{cSubmission, "of|by|from|belonging_to other|another|others|someone_elses ..1 bloggers|people|writers|blogs|sites|websites|locations|sources|authors|places|members|publications", "from other locations"},
	{cSubmission, "under construction", "under construction"},
	{cForm, "in_exchange|exchange|listing|listings|list_your|get_listed is|are|for|of|our|your", "in exchange for"},
	{cReported, "where|wherever|whenever it? is|has_been|was? possible ..1 credit|sources|source|links", "wherever it is possible, credit"},
	{cReported, "law|bill|legislation|act|rules|code would|will|could|requires|forces|obliges|bans", "law would"},
	{cReported, "under|in the|a|this? bill|draft|proposal|proposals|legislation", "under the bill"},
	{cSubmission, "grant|grants|granting|give|gives us|the_publisher|the_journal|the_site|the_company|the_magazine ..4 licence|license|right|rights|permission", "grant us a licence"},
	{cElsewhere, "stock|price|market|insurance|delayed quote|quotes|quotation|quotations", "stock quotes"},

	// Who may use it for what.
	{cPersonalUse, "classroom|teaching|scholarly|academic|research|study|household|worship|congregational|family ..2 use|purposes ..1 only", "classroom use only"},
	{cPersonalUse, "only|solely|exclusively just? for|in|by ..2 classroom|teaching|scholarly|academic|household|worship|your_own ..3 use|purposes", "only for classroom use"},
	{cWhen, "when|if|whenever|while|where ..3 " + reuseBaseEN + "|share|shared|sharing|download|" + reusePastEN, "when you copy our recipes"},

	// Duties in other words.
	{cUnchanged, "must|should|shall|has_to|have_to|needs_to|need_to|are_to|is_to be ..2 published|republished|reprinted|reproduced|run|used ..2 whole|complete|unaltered|unchanged|unabridged|verbatim|in_full|in_its_entirety|in_their_entirety", "have to be republished whole"},
	{cNoAds, "ads|ad|advertising|advertisements|sponsorship ..3 sold|placed|run|displayed ..2 against|around|alongside|next", "advertising may be sold against"},
	{cPixel, "our|republication|counting pixel|pixels|counter|snippet|tracker", "our pixel"},
	{cPhoto, "photos|images|pictures|photographs|illustrations that|which|accompanying|in|with|alongside|on ..2 appear|appears|accompany|illustrate|run|published|used|with? ..2 our|the|these|an|this articles|article|stories|story|posts|post|reports|pieces|texts", "images that appear with our articles"},

	{cUnchanged, "edited|cropped|cut|shortened|altered|changed|resized|trimmed for|to ..3 only", "edited for size only"},
	{cUnchanged, "only be edited|cropped|cut|shortened|altered|changed|resized|trimmed", "only be cropped"},
	{cUnchanged, "captions|credits|headlines|bylines must|should ..1 remain|stay|be_kept", "captions must remain"},
	{cPurpose, "charge|charges|charging|require|requires|sold|sell for? a fee|money|subscription ..2 viewing|access|reading", "require a fee for viewing"},
	{cAnywhere, "followed|preceded|before|after|above|below or preceded|followed|after|before|below|above", "followed or preceded"},
	{cPurpose, "for ..1 purpose|purposes of ..1 commercial|profit|resale|profitmaking", "for the purposes of commercial redistribution"},
	{cFollow, "nofollow|noindex ..2 not|never ..1 count|counted|accepted|acceptable|allowed|permitted", "nofollow links do not count"},
	{cEndorse, "suggestion|implication|impression that ..3 endors*|support*|approv*", "suggestion that we endorse"},
	{cUnchanged, "watermark|watermarks|logo|logos|signature ..4 removed|cropped|erased|obscured|covered|altered", "watermark may not be removed"},
	{cUnchanged, "remove|crop|erase|obscure|cover|alter ..2 watermark|watermarks", "remove the watermark"},
	{cPersonal, "without ..1 commercial purpose|purposes|intent|aim|gain", "without commercial purpose"},
	{cLimitWord, "over|above|beyond @num", "over 200"},
	{cPurpose, "commercial|profitmaking|moneymaking aim|aims|objective|objectives|ends|interest|interests|context|reasons|setting", "a commercial aim"},
	{cProfitUse, "commercial usage|exploitation|publication|broadcast|display", "commercial usage"},
	{cPersonalUse, "except|excluding|other_than|save|but_not ..1 for? commercial|profit|profitmaking", "except commercial"},
	{cPersonal, "not ..1 used|use|reproduced|sold for commercial|profit|monetary|financial ..1 purposes|gain|use|ends", "not used for commercial purposes"},
	{cBeginning, "start|starts|begin|begins|open|opens|preface|prefaced with", "must start with"},
	{cWording, "state|states|say|says|read|reads|contain|have|carry the following", "state the following"},
	{cLinkNoun, "excerpts|extracts|quotes|quotations and|or links", "excerpts and links"},
	{cAct, "you ..1 provide|include|add|insert|place|give|put|credit|attribute|acknowledge", "you provide"},
	{cDont, "do? not|dont under any circumstances", "do not under any circumstances"},

	// How much.
	{cLimit, "reprint|quote|copy|use|publish|reproduce|republish|take|excerpt|post|share|run ..1 the? first|opening|lead ..1 paragraph|sentence|paragraphs|sentences|lines", "reprint the first paragraph"},
	{cLimit, "quote|quotes|excerpt|copy|use|reprint|reproduce|share|post|quoting|sharing a|one|a_single|one_single paragraph|sentence|line", "quote a paragraph"},
}
