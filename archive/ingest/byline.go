package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bylines are how a line names its authors, in the languages of the archive and their neighbours.
var bylines = []*regexp.Regexp{
	regexp.MustCompile(`^(?:(?i:written|reported|reporting|story|words|text|posted|published|article|analysis|opinion|review|interview)\s+)?(?:By|BY|by)(?:\s*:\s*|\s+)(.{2,150})$`),
	regexp.MustCompile(`^(?i:authors?|writers?|reporters?)\s*[:—–-]\s*(.{2,150})$`),
	regexp.MustCompile(`^(?i:автор(?:ы|и|ка)?(?:\s+(?:текста|статьи|материала|публикации|фото и текста))?|текст|материал\s+подготовил[аи]?|подготовил[аи]?|беседовал[аи]?|журналист(?:ка)?|корреспондент)\s*[:：—–-]\s*(.{2,150})$`),
	regexp.MustCompile(`^(?i:հեղինակ(?:ը|ներ|ները)?|տեքստ(?:ը)?|պատրաստեց|պատրաստեցին|լրագրող)\s*(?:[՝՚:'` + "`" + `։—–-]|՝)\s*(.{2,150})$`),
	regexp.MustCompile(`^(?i:par|von|por|di|da|autor(?:es)?|redazione)\s*[:]\s*(.{2,150})$`),
}

// bylineNames returns the authors a line names; nil where it is no byline.
func bylineNames(line string) []string {
	if len(line) > 400 {
		return nil
	}
	line = strings.TrimSpace(line)
	for _, re := range bylines {
		if m := re.FindStringSubmatch(line); m != nil {
			if names := splitNames(m[1]); len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

var nameSeparator = regexp.MustCompile(`\s*[,;|/]\s*|\s+(?:and|и|та|і|և|եւ|y|et|e|und|with|&)\s+`)

// splitNames cuts a list of people into names; nil where a part cannot be one.
func splitNames(s string) []string {
	if i := strings.IndexAny(s, "|•·"); i > 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " .։:,;—–-|")
	var out []string
	for _, p := range nameSeparator.Split(s, -1) {
		p = strings.Trim(p, " .։:,;—–-|()")
		if p == "" {
			continue
		}
		if !isName(p) {
			if len(out) > 0 {
				break // "Jane Doe, senior reporter"
			}
			return nil
		}
		out = append(out, p)
	}
	return out
}

// notNames begin or make up texts that stand where a name could.
var notNames = regexp.MustCompile(`(?i)^(?:фото|photo|foto|լուսանկար|ֆոտո|author$|автор(?:ы|и)?$|հեղինակ$|staff|editor(?:s|ial)?|admin(?:istrator)?|редакция|редактор|админ(?:истратор)?|խմբագրություն|reporter|correspondent|updated?|published|https?:|www\.|the$|null|undefined|unknown|none|guest|news|new$)|[{}<>@=©]|\d{3,}|\.(?:com|org|net)\b`)

// roles are what people are, not who.
var roles = regexp.MustCompile(`(?i)\b(?:writer|reporter|correspondent|editor(?:-at-large|-in-chief)?|contributor|columnist|staff|desk|bureau|producer|photographer)$`)

// isName reports texts that can be a person's name or pen name: one to five words, a capital first, no sentence.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 60 || notNames.MatchString(s) || roles.MatchString(s) {
		return false
	}
	words := strings.Fields(s)
	if len(words) > 5 {
		return false
	}
	capitals := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "«\"“'("))
		if unicode.IsUpper(r) {
			capitals++
		} else if unicode.IsDigit(r) {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(words[0], "«\"“'("))
	if !unicode.IsLetter(first) {
		return false
	}
	if strings.ContainsAny(s, "!?;։") {
		return false
	}
	return capitals > 0 && capitals*2 >= len(words)
}

// authors are the people who wrote the article: from its linked data, its metadata, or the elements and lines that name
// them. The outlet's own name counts only where a line of the page calls it the author.
func (r *reading) authors(site string, lines [][]string) []string {
	host := ""
	if r.page != nil {
		host = r.page.Hostname()
	}
	keep := func(names []string) []string {
		var out []string
		seen := map[string]bool{}
		for _, n := range names {
			n = foldSpace(n)
			if m := bylineNames(n); len(m) > 0 {
				n = m[0]
			}
			n = strings.Trim(n, " .,;:|—–-")
			if k := squash(n); k == "" || seen[k] || isSite(n, site, host) || !isPlausible(n) || len(out) > 0 && roles.MatchString(n) {
				continue
			}
			seen[squash(n)] = true
			if len(out) < 20 {
				out = append(out, n)
			}
		}
		return out
	}
	var shown []string
	for _, names := range lines {
		shown = append(shown, names...)
	}
	var stated []string
	if r.article != nil {
		for _, key := range []string{"author", "creator"} {
			for _, v := range r.article.list(key) {
				if m, ok := v.(map[string]any); ok {
					if ld(m).is("Organization", "NewsMediaOrganization") && !named(shown, ld(m).str("name")) {
						continue
					}
					for _, n := range ld(m).list("name") {
						if s, ok := n.(string); ok {
							stated = append(stated, splitList(plain(s))...)
						}
					}
				} else if s, ok := v.(string); ok && !strings.HasPrefix(s, "http") {
					stated = append(stated, splitList(plain(s))...)
				}
			}
			if len(stated) > 0 {
				break
			}
		}
	}
	if out := keep(stated); len(out) > 0 {
		return out
	}
	for _, name := range []string{"author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl", "dc.author", "citation_author", "cxenseparse:author", "mediator_author"} {
		var vals []string
		for _, v := range r.metas[name] {
			if !strings.Contains(v, "://") && !strings.HasPrefix(v, "/") && !strings.Contains(v, "@") {
				vals = append(vals, splitList(v)...)
			}
		}
		if out := keep(vals); len(out) > 0 {
			return out
		}
	}
	if out := keep(shown); len(out) > 0 {
		return out
	}
	if out := keep(r.marked()); len(out) > 0 {
		return out
	}
	if len(shown) > 0 { // the outlet, by its own word
		return shown[:1]
	}
	return nil
}

// named reports whether a name is among names.
func named(names []string, name string) bool {
	for _, n := range names {
		if squash(n) == squash(name) {
			return true
		}
	}
	return false
}

// splitList cuts metadata that may hold several names.
func splitList(s string) []string {
	if names := bylineNames(s); len(names) > 0 {
		return names
	}
	if names := splitNames(s); len(names) > 0 {
		return names
	}
	return []string{s}
}

// isPlausible is a looser test for names that metadata state.
func isPlausible(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 80 || notNames.MatchString(s) || len(strings.Fields(s)) > 7 {
		return false
	}
	return strings.ContainsFunc(s, unicode.IsLetter)
}

// marked are authors by markup: rel=author, itemprop=author, elements named author or byline.
func (r *reading) marked() []string {
	for _, way := range []func(*html.Node) bool{
		func(n *html.Node) bool {
			return hasToken(attr(n, "itemprop"), "author") && !within2(n, "comment")
		},
		func(n *html.Node) bool {
			return n.DataAtom == atom.A && (hasToken(attr(n, "rel"), "author") || attr(n, "itemprop") == "url" && strings.Contains(attr(n, "href"), "author"))
		},
		func(n *html.Node) bool {
			for _, word := range wordsOf(attr(n, "class")) {
				switch word {
				case "author", "authors", "byline", "avtor", "writer":
					return true
				}
			}
			return false
		},
	} {
		var out []string
		count := 0
		for e := range elements(r.root) {
			if !way(e) || e.DataAtom == atom.Meta || !r.near(e) {
				continue
			}
			if count++; count > 30 {
				break
			}
			if r.walk.inFurniture(e, asComment, asRelated, asNav, asAux) || strings.HasSuffix(attr(e, "itemtype"), "Organization") {
				continue
			}
			t := textIn(e)
			if n := find(e, func(n *html.Node) bool { return hasToken(attr(n, "itemprop"), "name") }); n != nil {
				t = textIn(n)
				if t == "" {
					t = foldSpace(attr(n, "content"))
				}
			} else if a := find(e, func(n *html.Node) bool { return n.DataAtom == atom.A }); a != nil && isName(textIn(a)) {
				t = textIn(a)
			}
			if names := bylineNames(t); len(names) > 0 {
				out = append(out, names...)
			} else if names := splitNames(t); len(names) > 0 {
				out = append(out, names...)
			}
		}
		if out = distinct(out); len(out) > 0 && len(out) <= 6 {
			return out
		}
	}
	return nil
}

// distinct drops repeated names.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if !named(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// within2 reports whether an element or one around it is named by a word.
func within2(n *html.Node, word string) bool {
	for ; n != nil && n.Type == html.ElementNode; n = n.Parent {
		for _, w := range wordsOf(attr(n, "class") + " " + attr(n, "id")) {
			if w == word || w == word+"s" {
				return true
			}
		}
	}
	return false
}
