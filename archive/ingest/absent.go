package ingest

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Absence is why an answer of success is not the page that was asked for. Its words are the last part of message IDs.
type Absence string

// The absences.
const (
	Present     Absence = ""
	NotFound    Absence = "notfound"    // it says that the page is not there
	Maintenance Absence = "maintenance" // it says to come back later
	Broken      Absence = "error"       // it says that something went wrong
	Challenge   Absence = "challenge"   // it wants to know whether a person asks
	Consent     Absence = "consent"     // it wants leave for cookies, or a signature, before it shows anything
	Blank       Absence = "blank"       // it says next to nothing
	Front       Absence = "front"       // it shows the site's front page: seen beside that, not by Absent
	Anything    Absence = "anything"    // it shows what the site answers for any address: seen beside that, not by Absent
)

// IsGone says whether the absence tells of the page itself, and not of the moment or of who asks.
func (a Absence) IsGone() bool { return a == NotFound || a == Front || a == Anything }

// Bounds of how much a page that stands in for another says, in runes of its visible text without links.
const (
	blankText = 30   // less says nothing at all
	noteText  = 700  // at most so much around a sentence that says why
	headText  = 2500 // at most so much under a heading that says why: menus and a few teasers
)

// absentHeads are what such a page has for its title, a part of it, or its first heading: the whole of it, folded to words
// without signs. A head that only begins so ends with *. To teach a language, add rows.
var absentHeads = []struct {
	why   Absence
	lang  string
	words string // alternatives between |
}{
	{NotFound, "", "404|410|404 error|error 404|http 404|404 *|error 404 *|410 gone"},
	{NotFound, "en", "not found|page not found|page cannot be found|page can t be found|page could not be found|page doesn t exist|page does not exist|page no longer exists|page is not available|page unavailable|page not available|nothing found|nothing here|oops page not found|sorry page not found|content not found|content unavailable|article not found|we can t find that page|we couldn t find that page|this page isn t available|this page doesn t exist|this page does not exist|the page you requested *|the page you are looking for *|sorry this page *|sorry the page *|oops that page can t be found"},
	{NotFound, "ru", "не найдено|страница не найдена|страница не существует|страница удалена|страница недоступна|такой страницы нет|такой страницы не существует|нет такой страницы|ничего не найдено|материал не найден|статья не найдена|запрашиваемая страница *|запрошенная страница *|ошибка 404|ошибка 404 *|404 ошибка|404 страница *|извините страница *|к сожалению страница *|упс страница *|страница не найдена *|страница которую вы ищете *"},
	{NotFound, "hy", "չի գտնվել|չգտնվեց|էջը չի գտնվել|էջը չգտնվեց|էջը գոյություն չունի|էջ չի գտնվել|էջը հասանելի չէ|էջը հեռացված է|էջը ջնջված է|այսպիսի էջ չկա|այդպիսի էջ չկա|այդպիսի էջ գոյություն չունի|նման էջ գոյություն չունի|նյութը չի գտնվել|հոդվածը չի գտնվել|ոչինչ չի գտնվել|սխալ 404|404 սխալ|ձեր փնտրած էջը *|հայցվող էջը *"},
	{Maintenance, "en", "maintenance|under maintenance|site under maintenance|site maintenance|scheduled maintenance|down for maintenance|maintenance mode|under construction|site under construction|coming soon|back soon|we ll be back soon|we will be back soon|we ll be right back|be right back|be back soon|temporarily unavailable|site temporarily unavailable|website temporarily unavailable|site is offline|service unavailable|503 service unavailable|temporarily offline|account suspended|this account has been suspended|default web site page|welcome to nginx|apache2 debian default page it works|it works|index of|domain parked|this domain is for sale|domain for sale"},
	{Maintenance, "ru", "технические работы|ведутся технические работы|проводятся технические работы|на сайте ведутся технические работы|на сайте проводятся технические работы|профилактические работы|техническое обслуживание|сайт на обслуживании|сайт на реконструкции|сайт временно недоступен|сайт недоступен|временно недоступен|временно недоступно|сервис временно недоступен|сервис недоступен|скоро вернемся|мы скоро вернемся|скоро открытие|сайт в разработке|сайт закрыт|сайт отключен|сайт заблокирован|домен продается|домен припаркован|аккаунт заблокирован|хостинг приостановлен"},
	{Maintenance, "hy", "տեխնիկական աշխատանքներ|կատարվում են տեխնիկական աշխատանքներ|կայքում կատարվում են տեխնիկական աշխատանքներ|տեխնիկական սպասարկում|կայքը ժամանակավորապես հասանելի չէ|կայքը ժամանակավորապես անհասանելի է|ժամանակավորապես հասանելի չէ|ժամանակավորապես անհասանելի է|կայքը հասանելի չէ|կայքը վերանորոգվում է|կայքը մշակման փուլում է|շուտով կվերադառնանք|շուտով կլինենք|կայքը պատրաստվում է"},
	{Broken, "", "500|502|503|504|500 *|502 *|503 *|504 *|error 500|error 502|error 503|error 1020|error 520|error 521|error 522|error 524"},
	{Broken, "en", "error|an error occurred|an error has occurred|fatal error|server error|internal server error|bad gateway|gateway timeout|application error|database error|error establishing a database connection|something went wrong|oops something went wrong|unexpected error|request rejected|forbidden|403 forbidden|access denied|unauthorized|blocked|you have been blocked|sorry you have been blocked"},
	{Broken, "ru", "ошибка|произошла ошибка|ошибка сервера|внутренняя ошибка сервера|ошибка базы данных|ошибка подключения к базе данных|что то пошло не так|доступ запрещен|доступ закрыт|доступ ограничен|доступ заблокирован|неизвестная ошибка"},
	{Broken, "hy", "սխալ|տեղի է ունեցել սխալ|առաջացել է սխալ|սերվերի սխալ|սերվերի ներքին սխալ|ինչ որ բան սխալ է|ինչ որ բան այն չէ|մուտքն արգելված է|մուտքը սահմանափակված է"},
	{Challenge, "en", "just a moment|one moment please|one more step|please wait|checking your browser|verifying your browser|verify you are human|verifying you are human|verify you are not a robot|are you a robot|are you human|human verification|security check|security verification|bot verification|robot check|captcha|recaptcha|ddos protection|ddos guard|ddos protection by *|attention required|attention required *|checking your browser *|please verify *|javascript is required|please enable javascript|enable javascript and cookies to continue|access to this page has been denied|pardon our interruption|vercel security checkpoint"},
	{Challenge, "ru", "вы не робот|вы робот|я не робот|подтвердите что вы не робот|подтвердите что запросы отправляли вы а не робот|проверка браузера|проверка безопасности|проверяем ваш браузер|проверка что вы не робот|доступ к сайту ограничен|защита от ботов|защита от ddos|одну минуту|подождите|пожалуйста подождите|включите javascript"},
	{Challenge, "hy", "դուք ռոբոտ չեք|հաստատեք որ ռոբոտ չեք|հաստատեք որ դուք ռոբոտ չեք|ստուգում ենք ձեր դիտարկիչը|դիտարկիչի ստուգում|անվտանգության ստուգում|մի պահ|խնդրում ենք սպասել|միացրեք javascript ը"},
	{Consent, "en", "before you continue|before you continue *|cookie consent|cookie settings|your privacy choices|we value your privacy|we care about your privacy|privacy settings|manage consent|consent|accept cookies|log in|login|sign in|log in to continue|sign in to continue|subscribe to continue"},
	{Consent, "ru", "согласие на обработку *|согласие на использование *|настройки файлов cookie|настройки cookie|мы используем cookie|мы используем файлы cookie|прежде чем продолжить|войти|вход|авторизация|войдите чтобы продолжить|подпишитесь чтобы продолжить"},
	{Consent, "hy", "համաձայնություն|թխուկների կարգավորումներ|մենք օգտագործում ենք cookie *|մենք օգտագործում ենք թխուկներ|նախքան շարունակելը|մուտք|մուտք գործել|մուտք գործեք շարունակելու համար|բաժանորդագրվեք շարունակելու համար"},
}

// absentNotes are sentences of such a page, anywhere in a short text, folded to words without signs.
var absentNotes = []struct {
	why   Absence
	words string
}{
	{NotFound, "page you are looking for|page you were looking for|page you requested|requested url was not found|page does not exist|page doesn t exist|page was not found|page could not be found|page has been removed|page has been moved or deleted|may have been moved or deleted"},
	{NotFound, "страница не найдена|страница не существует|страница была удалена|страница удалена|страница перемещена|запрашиваемая страница не|запрошенная страница не|такой страницы нет|такой страницы не существует|неправильный адрес|адрес введен неверно"},
	{NotFound, "էջը չի գտնվել|էջը չգտնվեց|էջը գոյություն չունի|էջը հեռացվել է|էջը ջնջվել է|էջը տեղափոխվել է|այսպիսի էջ չկա|այդպիսի էջ չկա|նման էջ գոյություն չունի"},
	{Maintenance, "undergoing maintenance|under maintenance|scheduled maintenance|performing maintenance|down for maintenance|mending the house|try again later|back shortly|be back soon|check back soon|come back later|temporarily unavailable|under construction"},
	{Maintenance, "технические работы|техническое обслуживание|временно недоступен|зайдите позже|попробуйте позже|попробуйте зайти позже|повторите попытку позже|приносим извинения за временные|скоро вернемся|сайт находится в разработке"},
	{Maintenance, "տեխնիկական աշխատանքներ|ժամանակավորապես հասանելի չէ|ժամանակավորապես անհասանելի|փորձեք ավելի ուշ|փորձեք քիչ ուշ|այցելեք ավելի ուշ|շուտով կվերադառնանք"},
	{Broken, "internal server error|encountered an error|error has occurred|error occurred|something went wrong|access denied|произошла ошибка|внутренняя ошибка|что то пошло не так|доступ запрещен|доступ ограничен|տեղի է ունեցել սխալ|առաջացել է սխալ|ինչ որ բան սխալ|մուտքն արգելված է"},
	{Challenge, "checking your browser|verify you are human|verifying you are human|not a robot|enable javascript and cookies|complete the security check|unusual traffic|вы не робот|не робот|проверка браузера|включите javascript|ռոբոտ չեք|ռոբոտ չէ|միացրեք javascript"},
	{Consent, "accept all cookies|accept cookies|we and our partners|consent to the use|принять все cookie|принять cookie|согласны на использование|ընդունել թխուկները|ընդունել cookie"},
}

// absentMarks are addresses of scripts, frames and forms that only a check of who asks has.
var absentMarks = []string{
	"/cdn-cgi/challenge-platform/", "challenges.cloudflare.com", "cf-chl", "hcaptcha.com", "/recaptcha/", "captcha-delivery.com",
	"smartcaptcha", "/showcaptcha", "ddos-guard", "_incapsula_resource", "px-captcha", "awswafcookiedomainlist",
}

// Absent says why a page that was answered with success is not what was asked for, by what stands on it alone: headers,
// its title and first heading, how much it says, and what. A page with a long text of its own is Present whatever its
// title: articles are written about error pages too.
func Absent(status int, p Page) Absence {
	switch {
	case p.Header.Get("Cf-Mitigated") != "" || p.Header.Get("X-Amzn-Waf-Action") != "" || status == http.StatusAccepted:
		return Challenge
	case status == http.StatusNoContent || status == http.StatusResetContent:
		return Blank
	}
	root, _, ok := p.tree()
	if !ok {
		return Present // what cannot be read says nothing of itself
	}
	s := standing(root)
	length := utf8.RuneCountInString(s.text)
	if length <= headText {
		for _, head := range s.heads {
			if why := headOf(head); why != Present {
				return why
			}
		}
	}
	if length <= noteText {
		if s.mark {
			return Challenge
		}
		words := foldWords(s.text)
		for _, note := range absentNotes {
			for phrase := range strings.SplitSeq(note.words, "|") {
				if strings.Contains(words, " "+phrase+" ") {
					return note.why
				}
			}
		}
		if p.Header.Get("Retry-After") != "" {
			return Maintenance
		}
	}
	if length < blankText || s.noindex && length < 4*blankText {
		return Blank
	}
	return Present
}

// headOf finds a head in the table.
func headOf(head string) Absence {
	words := strings.TrimSpace(foldWords(head))
	if words == "" {
		return Present
	}
	for _, row := range absentHeads {
		for phrase := range strings.SplitSeq(row.words, "|") {
			start, open := strings.CutSuffix(phrase, " *")
			if words == start || open && strings.HasPrefix(words, start+" ") {
				return row.why
			}
		}
	}
	return Present
}

// stand is what a page shows for itself.
type stand struct {
	heads   []string // the title, its parts, the first heading
	text    string   // visible, links left out
	noindex bool
	mark    bool // of a check of who asks
}

// titleJoints are what stands between the parts of a title.
var titleJoints = []string{" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " / ", ": ", "|"}

func standing(root *html.Node) stand {
	var s stand
	var text strings.Builder
	var title, heading string
	var walk func(n *html.Node, linked bool)
	walk = func(n *html.Node, linked bool) {
		switch n.Type {
		case html.TextNode:
			if !linked {
				text.WriteString(n.Data)
				text.WriteByte(' ')
			}
			return
		case html.ElementNode:
			switch n.DataAtom {
			case atom.Script, atom.Iframe, atom.Form, atom.Link:
				for _, key := range []string{"src", "action", "href", "id"} {
					value := strings.ToLower(attr(n, key))
					s.mark = s.mark || value != "" && slices.ContainsFunc(absentMarks, func(m string) bool { return strings.Contains(value, m) })
				}
				if n.DataAtom == atom.Script || n.DataAtom == atom.Iframe {
					if n.FirstChild != nil {
						inline := strings.ToLower(n.FirstChild.Data)
						s.mark = s.mark || slices.ContainsFunc(absentMarks, func(m string) bool { return strings.Contains(inline, m) })
					}
					return
				}
			case atom.Style, atom.Template, atom.Noscript, atom.Svg:
				return
			case atom.Title:
				if title == "" {
					title = strings.TrimSpace(textBelow(n))
				}
				return
			case atom.H1, atom.H2:
				if heading == "" {
					heading = strings.TrimSpace(textBelow(n))
				}
			case atom.Meta:
				if strings.EqualFold(attr(n, "name"), "robots") && strings.Contains(strings.ToLower(attr(n, "content")), "noindex") {
					s.noindex = true
				}
			case atom.A:
				linked = true
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, linked)
		}
	}
	walk(root, false)
	s.text = strings.Join(strings.Fields(text.String()), " ")
	s.heads = []string{title, heading}
	for _, joint := range titleJoints {
		if parts := strings.Split(title, joint); len(parts) > 1 {
			s.heads = append(s.heads, parts[0], parts[len(parts)-1])
		}
	}
	return s
}

// foldWords leaves the words of a text, in lower case and without signs, with a blank around each. The marks of Armenian
// inside words are dropped, ё is е.
func foldWords(s string) string {
	var out strings.Builder
	out.WriteByte(' ')
	word := false
	for _, r := range strings.ToLower(s) {
		switch {
		case r == '՞' || r == '՜' || r == '՛' || r == '\u00ad':
		case r == 'ё':
			out.WriteRune('е')
			word = true
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			out.WriteRune(r)
			word = true
		case word:
			out.WriteByte(' ')
			word = false
		}
	}
	if word {
		out.WriteByte(' ')
	}
	return out.String()
}

// textBelow is the text of a node and all below it.
func textBelow(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

// Likeness says how much of what two pages show is the same, from 0 to 1: their runs of three words, menus included, as
// shares of both together. Pages without words are like nothing.
func Likeness(a, b Page) float64 {
	x, y := shingles(a), shingles(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// maxShingles bounds what is compared of a page.
const maxShingles = 20_000

func shingles(p Page) map[string]bool {
	root, _, ok := p.tree()
	if !ok {
		return nil
	}
	var text strings.Builder
	for e := range root.Descendants() {
		if e.Type == html.TextNode && (e.Parent == nil || e.Parent.DataAtom != atom.Script && e.Parent.DataAtom != atom.Style && e.Parent.DataAtom != atom.Noscript) {
			text.WriteString(e.Data)
			text.WriteByte(' ')
		}
	}
	words := strings.Fields(foldWords(text.String()))
	out := map[string]bool{}
	for i := range words {
		if i+3 > len(words) && i > 0 || len(out) == maxShingles {
			break
		}
		out[strings.Join(words[i:min(i+3, len(words))], " ")] = true
	}
	return out
}
