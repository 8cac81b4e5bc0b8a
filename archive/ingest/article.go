package ingest

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leadWords name the stand-first.
var leadWords = map[string]bool{
	"lead": true, "lede": true, "dek": true, "deck": true, "standfirst": true, "subtitle": true, "subhead": true, "subheadline": true, "sub": true,
	"intro": true, "summary": true, "excerpt": true, "anons": true, "announce": true, "annotation": true, "annot": true, "lid": true, "description": true,
	"subheading": true, "preamble": true, "strapline": true, "sapo": true, "abstract": true,
}

// dek is the stand-first between headline and body: the line there that the page names so or repeats as its description.
// Where it was taken for the first paragraph it leaves the body.
func (r *reading) dek(title string) string {
	stated := []string{r.get("og:description"), r.get("description"), r.get("twitter:description")}
	if r.article != nil {
		stated = append(stated, r.article.str("description"), r.article.str("alternativeHeadline"))
	}
	start := len(r.leaves)
	for i, l := range r.leaves {
		if len(r.body) > 0 && l == r.body[0] {
			start = i
		}
	}
	text := 0
	for i := r.titleAt + 1; i < len(r.leaves) && r.titleAt >= 0 && i <= r.titleAt+20 && i <= start; i++ {
		l := r.leaves[i]
		if !l.inText() || l.linky() || l.runes < 20 || l.runes > 600 || l.junk == asRelated || l.junk == asComment || l.junk == asNav || l.junk == asHidden || l.junk == asCaption {
			continue
		}
		if st, ok := mostlyDate(l.Text, ""); ok && !st.zero() || overlap(l.Text, title) > 0.8 || isTerms(l.Text) || buttons.MatchString(l.Text) {
			continue
		}
		named := l.node != nil && (hasWord(l.node, leadWords) || l.node.Parent != nil && hasWord(l.node.Parent, leadWords) && r.walk.sizes[l.node.Parent].blocks <= 2)
		repeated := false
		for _, s := range stated {
			repeated = repeated || overlap(l.Text, s) > 0.9
		}
		if i == start && (!named || len(r.body) < 2) {
			break
		}
		if text++; named || repeated {
			if i == start {
				r.body = r.body[1:]
			}
			return l.Text
		}
	}
	return ""
}

// trim takes from the chosen leaves what is not the article's text: the headline, bylines, dates, the outlet's name,
// statements of terms and lines that send the reader elsewhere. It returns the names of bylines found.
func (r *reading) trim(doc *Document, host string) [][]string {
	var names [][]string
	var out []*leaf
	r.body = cutTail(r.body)
	n := len(r.body)
	seen := map[string]bool{}
	for i := 0; i < len(r.body); i++ {
		l := r.body[i]
		if l.runes > 150 && l.Kind == Paragraph && l.sentence() {
			if seen[l.Text] {
				continue
			}
			seen[l.Text] = true
		}
		if !l.inText() {
			out = append(out, l)
			continue
		}
		if len(out) > 0 && isCaption(out[len(out)-1], l) {
			f := out[len(out)-1]
			f.Text, f.HTML, f.Credit = l.Text, l.HTML, creditOf(nil, l.Text)
			continue
		}
		first, last := i < 4, i >= n-6
		short := l.runes <= 160
		switch {
		case first && overlap(l.Text, doc.Title) > 0.9:
			continue
		case short && (first || last):
			if found := bylineNames(l.Text); found != nil {
				names = append(names, found)
				if rest := prose(r.body[i+1:]); i > 0 && rest*4 < prose(r.body[:i]) {
					r.body, n = r.body[:i+1], i+1
				}
				continue
			}
			if isSite(l.Text, doc.SiteName, host) && last {
				continue
			}
			if st, ok := mostlyDate(l.Text, ""); ok && !st.zero() && l.runes < 60 {
				continue
			}
		}
		if isFurnitureLine(l, last, i == 0 || i >= n-4) {
			continue
		}
		if (i < 2 || i >= n-4) && isOwnTerms(l.Text) {
			doc.Statements = append(doc.Statements, Statement{Text: l.Text, Where: BodyEnd, Href: firstHref(l.HTML)})
			continue
		}
		out = append(out, l)
	}
	// A heading with nothing after it heads something that is not here.
	for len(out) > 0 && out[len(out)-1].Kind == Heading {
		out = out[:len(out)-1]
	}
	r.body = out
	if len(names) == 0 { // beside the body
		for i, l := range r.leaves {
			if l.runes <= 160 && l.inText() && l.junk != asRelated && l.junk != asComment && l.junk != asNav && i >= r.titleAt {
				if found := bylineNames(l.Text); found != nil {
					names = append(names, found)
					break
				}
			}
		}
	}
	return names
}

// others heads the lists of other articles that stand below one.
var others = regexp.MustCompile(`(?i)^(?:more (?:news|stories|from\b.*|on\b.*|in\b.*)|other news|latest(?: news)?|recent (?:posts|news|articles)|related(?: (?:articles|stories|news|posts|links|topics|content|reading|coverage))?|recommended(?: (?:for you|stories|articles|reading|posts))?|you (?:may|might) (?:also )?like.*|read (?:also|next|more)|most (?:read|popular)|popular|trending|comments?(?: \(\d+\))?|leave a (?:reply|comment)|tags|share this.*|` +
	`(?:ещ[её]|другие|последние|свежие|главные|похожие|новые) (?:новости|материалы|статьи|публикации)|новости(?: по теме| партн[её]ров| дня)?|читайте также|читать также|смотрите также|по теме|материалы по теме|популярное|самое читаемое|лента новостей|комментари(?:и|ев).*|теги|поделиться.*|` +
	`(?:այլ|վերջին|թարմ|նոր) (?:նորություններ|լուրեր|նյութեր|հոդվածներ)|նորություններ|լրահոս|կարդացեք նաև|կարդալ նաև|ամենաընթերցված(?:ը|ները)?|թեմայով|մեկնաբանություններ|կիսվել.*|` +
	`інші новини|останні новини|читайте також|до теми|още новини|последни новини)[:：։․.…]?$`)

// cutTail ends a body before the list of other articles, where hardly any prose follows.
func cutTail(body []*leaf) []*leaf {
	own := func(leaves []*leaf) int {
		n := 0
		for _, l := range leaves {
			if l.sentence() && !isTerms(l.Text) {
				n += l.runes - l.linked
			}
		}
		return n
	}
	for i, l := range body {
		if i > 0 && l.inText() && l.runes <= 60 && l.Kind != ListItem && others.MatchString(l.Text) && 4*own(body[i:]) < own(body) {
			return body[:i]
		}
	}
	return body
}

var captionLine = regexp.MustCompile(`(?i)(?:^|[/(.|։]\s*)(?:фото|photo|foto|image|credit|иллюстрация|снимок|скриншот|լուսանկար|ֆոտո|նկարը)[\p{L}]*(?:\s|՝|:|©|$)|©`)

// isCaption reports lines right below a picture without a caption that are one: they name whose it is, or stand in
// brackets and end no sentence.
func isCaption(figure, l *leaf) bool {
	if figure.Kind != Figure || figure.Text != "" || l.Kind != Paragraph || l.runes > 200 {
		return false
	}
	return captionLine.MatchString(l.Text) || l.runes < 90 && strings.HasPrefix(l.Text, "(") && strings.HasSuffix(l.Text, ")")
}

// elsewhere are lines that send a reader to another page or ask something of him.
var elsewhere = regexp.MustCompile(`(?i)^(?:[►▶→•*>»\-–—]\s*)?(?:read (?:also|more|next|the full)|see also|also read|more (?:on|from|news|about)|related|recommended|advertisement|advertising|sponsored|follow (?:us|@)|subscribe|sign up|share (?:this|on)|click here|print$|copy link|loading|views?:|tags?:|source:|watch:|listen:|photos?:|image:|credit:|` +
	`читайте (?:также|материал|далее|еще|ещё|нас|в)|читать (?:также|далее)|смотрите также|см\. также|по теме|материалы по теме|новости по теме|реклама|подписывайтесь|подпишитесь|поделиться|загрузка|просмотр|теги|источник:|фото:|видео:|следите за|подробнее|` +
	`կարդացեք (?:նաև|ավելին)|կարդալ նաև|դիտեք նաև|տես նաև|գովազդ$|հետևեք|բաժանորդագրվ|կիսվել|բեռնվում|դիտում|լուսանկար(?:ը)?՝|աղբյուր(?:ը)?՝|` +
	`читайте також|дивіться також|до теми|зверніть увагу|прочетете още|вижте още|още по темата)`)

// buttons are lines made of nothing but the names of networks and of what one can do with a page.
var buttons = regexp.MustCompile(`(?i)^(?:(?:facebook|twitter|x|google\+?|whatsapp|telegram|viber|vk|vkontakte|вконтакте|одноклассники|ok|odnoklassniki|linkedin|pinterest|instagram|youtube|reddit|tumblr|e-?mail|messenger|skype|share|tweet|pin|print|save|copy(?: link)?|like|comments?|advert|ad|close|menu|search|login|поделиться|печать|распечатать|копировать ссылку|скопировать ссылку|нравится|կիսվել|տպել|պատճենել(?: հղումը)?|тәгс)(?:[\s,|/:·•+]+|$))+$`)

// invitation is what an outlet says at the edges of an article to sell itself.
var invitation = regexp.MustCompile(`(?i)\bnewsletters?\b|\bsubscribe\b|\bsign up\b|\bfollow (?:us|me|him|her|them) on\b|\bfollow @|\bclick here\b|\bdownload (?:our|the) app\b|\bhave a tip\b|\bjoin our\b|\byour inbox\b|` +
	`подпис(?:ывайтесь|аться|ывайся|ка на)|подпишитесь|наш(?:ем|его|ему)? (?:телеграм|telegram|канал)|(?:телеграм|telegram)-канал|больше новостей|следите за нами|` +
	`բաժանորդագր|հետևեք մեզ|միացեք մեր|` + `підпис(?:уйтесь|атися)|абонирайте`)

// isFurnitureLine reports short lines that no article says.
func isFurnitureLine(l *leaf, last, edge bool) bool {
	if l.Kind == Heading && l.runes > 60 || l.runes > 250 {
		return false
	}
	if elsewhere.MatchString(l.Text) && (l.linked*2 > l.runes || l.runes < 60 && !strings.HasSuffix(l.Text, ".")) {
		return true
	}
	if buttons.MatchString(l.Text) {
		return true
	}
	if edge && l.runes <= 250 && invitation.MatchString(l.Text) && (l.linked > 0 || l.runes < 90) {
		return true
	}
	if last && l.linky() && l.Kind != ListItem {
		return true
	}
	if strings.HasPrefix(l.Text, "#") && !strings.ContainsAny(l.Text, ".։") {
		return true
	}
	if !strings.ContainsFunc(l.Text, unicode.IsLetter) && l.Kind != Preformatted && l.Kind != ListItem && l.runes < 8 && !strings.Contains(l.Text, "|") {
		return !strings.ContainsFunc(l.Text, unicode.IsDigit)
	}
	return false
}

// dates are the published and modified times.
func (r *reading) dates(lang string) (published, modified string) {
	var pub, mod stamp
	first := func(into *stamp, vals ...string) {
		for _, v := range vals {
			if into.zero() {
				*into = parseMachine(v, lang)
			}
		}
	}
	if r.article != nil {
		first(&pub, r.article.str("datePublished"), r.article.str("dateCreated"), r.article.str("uploadDate"))
		first(&mod, r.article.str("dateModified"))
	}
	first(&pub, r.metas["article:published_time"]...)
	first(&pub, r.metas["og:article:published_time"]...)
	first(&mod, r.metas["article:modified_time"]...)
	first(&mod, r.metas["og:updated_time"]...)
	if pub.zero() {
		pub = r.microdate("datePublished", lang)
	}
	if mod.zero() {
		mod = r.microdate("dateModified", lang)
	}
	for _, name := range []string{
		"datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "published", "date", "dc.date", "dc.date.issued",
		"dcterms.created", "dcterms.date", "article.published", "cxenseparse:recs:publishtime", "mediator_published_time", "citation_publication_date", "datecreated", "article:published", "originalpublicationdate",
	} {
		first(&pub, r.metas[name]...)
	}
	for _, n := range r.graph {
		if pub.zero() && n.is("WebPage", "VideoObject", "ImageObject", "Product", "Event") && n.is("WebPage", "VideoObject") {
			first(&pub, n.str("datePublished"), n.str("uploadDate"))
			first(&mod, n.str("dateModified"))
		}
	}
	element := r.timeElement(lang)
	shown := r.shownDate(lang)
	if pub.zero() {
		pub = element
	}
	if pub.zero() {
		pub = shown
	}
	if pub.zero() && r.page != nil {
		pub = addressDate(r.page.Path)
	}
	// A clock that is right and a zone that is not: the page shows the time that was meant.
	if pub.zone != "" && pub.zone != "Z" && shown.timed && shown.min == pub.min && shown.near(pub) && shown.hour != pub.hour && shown.zone == "" {
		if off := zoneHours(pub.zone); off != 0 && shown.hour == (pub.hour+off+24)%24 {
			pub = shown
		}
	}
	state := parseMachine(r.stateDate, lang)
	if pub.zero() {
		pub = state
	}
	for _, finer := range []stamp{element, shown, state} {
		coarse := !pub.timed || pub.hour == 0 && pub.min == 0 && pub.sec == 0
		if coarse && finer.timed && finer.sameDay(pub) {
			pub = finer
		}
	}
	return pub.String(), mod.String()
}

// microdate is a date in microdata.
func (r *reading) microdate(prop, lang string) stamp {
	n := 0
	for e := range elements(r.root) {
		if !hasToken(attr(e, "itemprop"), strings.ToLower(prop)) || r.walk.inFurniture(e, asRelated, asComment, asAux) {
			continue
		}
		if n++; n > 20 {
			break
		}
		for _, v := range []string{attr(e, "content"), attr(e, "datetime"), textIn(e)} {
			if st := parseMachine(v, lang); !st.zero() {
				return st
			}
		}
	}
	return stamp{}
}

// timeElement is the time element nearest to the headline.
func (r *reading) timeElement(lang string) stamp {
	var before stamp
	passed := r.headline == nil
	n := 0
	for e := range elements(r.root) {
		if e == r.headline {
			passed = true
		}
		if e.DataAtom != atom.Time || !hasAttr(e, "datetime") || r.walk.inFurniture(e, asRelated, asComment, asNav, asAux) || insideLink(e) {
			continue
		}
		if n++; n > 50 {
			break
		}
		st := parseMachine(attr(e, "datetime"), lang)
		if st.zero() {
			continue
		}
		if passed {
			if !before.zero() && r.start >= 0 && e.Parent != nil && hasWord(e, map[string]bool{"updated": true, "modified": true}) {
				return before
			}
			return st
		}
		before = st
	}
	return before
}

func insideLink(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// shownDate is the date shown near the headline, or after the body.
func (r *reading) shownDate(lang string) stamp {
	at := r.titleAt
	if at < 0 {
		at = r.start
	}
	if at < 0 {
		return stamp{}
	}
	var best stamp
	try := func(i int) bool {
		if i < 0 || i >= len(r.leaves) {
			return false
		}
		l := r.leaves[i]
		if !l.inText() || l.junk == asRelated || l.junk == asComment || l.junk == asNav || l.linky() && l.runes > 30 || l.runes > 160 || i == r.titleAt {
			return false
		}
		st, ok := mostlyDate(l.Text, lang)
		if ok && (best.zero() || !best.timed && st.timed && best.sameDay(st)) {
			best = st
		}
		return best.timed
	}
	limit := at + 14
	for i := at + 1; i <= limit; i++ {
		if try(i) {
			return best
		}
	}
	for i := at - 1; i >= at-8; i-- {
		if try(i) {
			return best
		}
	}
	if best.zero() && r.end >= 0 {
		for i := r.end + 1; i <= r.end+6; i++ {
			if try(i) {
				return best
			}
		}
	}
	return best
}

var addressPattern = regexp.MustCompile(`/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?:/|[-_.]|$)`)

// addressDate is a date in the page's path.
func addressDate(path string) stamp {
	if m := addressPattern.FindStringSubmatch(path); m != nil {
		st := stamp{year: atoi(m[1]), month: atoi(m[2]), day: atoi(m[3])}
		if st.valid() {
			return st
		}
	}
	return stamp{}
}
