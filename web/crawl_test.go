package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colophon/locales"
	"colophon/web/webtest"
)

// TestPagesLinked walks every link of the sample newsroom, as a reader and as the people of the desk: none leads to nothing
// or to a fault of ours, no page names a message that there is not, and every link within a page has its place.
func TestPagesLinked(t *testing.T) {
	webtest.Looks(t)
	s := openNewsroom(t)
	for _, person := range []string{"", "nare", "helen", "sona"} {
		name := person
		if name == "" {
			name = "reader"
		}
		t.Run(name, func(t *testing.T) {
			c := crawl{t: t, reader: s.reader(t), seen: map[string]bool{}, languages: map[string]int{}}
			c.add("/en", "")
			if person != "" {
				c.reader.as(person)
				for _, lang := range locales.Languages() {
					c.add("/desk?lang="+lang, "")
				}
			}
			misses := locales.Misses()
			for len(c.todo) > 0 && c.visited < maxCrawled {
				next := c.todo[0]
				c.todo = c.todo[1:]
				c.visit(next)
			}
			if n := locales.Misses() - misses; n > 0 {
				t.Errorf("%d messages are missing or lack a value", n)
			}
			for _, lang := range locales.Languages() {
				if c.languages[lang] < 5 {
					t.Errorf("%d pages in %s", c.languages[lang], lang)
				}
			}
			t.Logf("%d pages, %d addresses left", c.visited, len(c.todo))
		})
	}
}

// maxCrawled bounds the pages one person visits.
const maxCrawled = 600

// crawl is one person's walk over all links.
type crawl struct {
	t         testing.TB
	reader    *reader
	todo      []crawled
	seen      map[string]bool
	languages map[string]int // pages by their language
	visited   int
}

// crawled is an address, and the page that links to it.
type crawled struct{ at, from string }

// add notes an address, once. Filters and comparisons multiply: of each path a few queries are enough.
func (c *crawl) add(at, from string) {
	u, err := url.Parse(at)
	if err != nil {
		c.t.Errorf("%s links to %q: %v", from, at, err)
		return
	}
	u.Fragment = ""
	key := u.RequestURI()
	if c.seen[key] {
		return
	}
	c.seen[key] = true
	if u.RawQuery != "" {
		names := u.Path + "?"
		for name, values := range u.Query() {
			if name == "lang" || name == "view" || name == "show" {
				name += "=" + values[0]
			}
			names += name + "&"
		}
		if c.seen[names] {
			return
		}
		c.seen[names] = true
	}
	c.todo = append(c.todo, crawled{key, from})
}

// idShown finds what looks like the name of a message: words of small letters with dots between.
var idShown = regexp.MustCompile(`\b[a-z][a-z_]+(?:\.[a-z][a-z_]+)+\b`)

func (c *crawl) visit(next crawled) {
	c.visited++
	p := c.reader.get(next.at)
	switch {
	case p.StatusCode >= 300 && p.StatusCode < 400:
		to, err := p.Location()
		if err != nil {
			c.t.Errorf("%s redirects to nowhere: %v", next.at, err)
		} else if to.Host == p.Request.URL.Host {
			c.add(to.RequestURI(), next.at)
		}
		return
	case p.StatusCode != http.StatusOK:
		if !missingOnPurpose(p) {
			c.t.Errorf("%s, linked from %s: %s", next.at, next.from, p.Status)
			return
		}
	}
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return
	}
	doc, err := html.Parse(strings.NewReader(p.Text))
	if err != nil {
		c.t.Error(err)
		return
	}
	for _, root := range find(doc, "html") {
		c.languages[attr(root, "lang")]++
	}
	c.read(next.at, doc)
	if !isPreview(p.Request.URL) {
		c.follow(next.at, p.Request.URL, doc)
	}
}

// missingOnPurpose is a page that says that an article is there and a version in this language is not.
func missingOnPurpose(p page) bool {
	return p.StatusCode == http.StatusNotFound && strings.Contains(p.Request.URL.Path, "/articles/") && strings.Contains(p.Text, `class="cover"`)
}

// isPreview is a page as readers would get it: its links lead where it will be.
func isPreview(u *url.URL) bool {
	return strings.HasSuffix(u.Path, "/preview") || u.Query().Get("view") == "page"
}

// read looks at what a page says.
func (c *crawl) read(at string, doc *html.Node) {
	for _, shown := range idShown.FindAllString(shows(doc), -1) {
		if locales.For("en").Has(shown) {
			c.t.Errorf("%s shows the name of a message: %s", at, shown)
		}
	}
	for _, bad := range []string{"<no value>", "(!)", "%!", "{{", "}}"} {
		if strings.Contains(shows(doc), bad) {
			c.t.Errorf("%s shows %s", at, bad)
		}
	}
}

// follow notes the links of a page, and checks those that stay within it.
func (c *crawl) follow(at string, here *url.URL, doc *html.Node) {
	ids := map[string]bool{"": true, "top": true}
	for d := range doc.Descendants() {
		if id := attr(d, "id"); id != "" {
			if ids[id] && id != "top" {
				c.t.Errorf("%s has two elements called %s", at, id)
			}
			ids[id] = true
		}
	}
	for d := range doc.Descendants() {
		link := ""
		switch d.Data {
		case "a", "link":
			link = attr(d, "href")
		case "img", "script":
			link = attr(d, "src")
		default:
			continue
		}
		if link == "" {
			if d.Data == "a" {
				c.t.Errorf("%s has a link to nowhere: %s", at, shows(d))
			}
			continue
		}
		to, err := here.Parse(link)
		if err != nil {
			c.t.Errorf("%s links to %q: %v", at, link, err)
			continue
		}
		if to.Host != here.Host || (to.Scheme != "http" && to.Scheme != "https") {
			continue
		}
		if strings.HasPrefix(link, "#") && !ids[to.Fragment] {
			c.t.Errorf("%s links to %s, which is not on it", at, link)
		}
		c.add(to.RequestURI(), at)
	}
}
