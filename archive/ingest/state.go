package ingest

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Pages drawn by scripts often carry their article as JSON: the articleBody of linked data, or the state a framework
// starts from. Bounds on how much of a state is looked through:
const (
	maxStateDepth = 24
	maxStateNodes = 100_000
	minStateText  = 120 // runes
)

// stateText is a text found in a state, with the headline of the object it belongs to.
type stateText struct {
	body  any // a string of HTML or text, or a list of parts
	runes int
	score float64
	date  string // as the object states it
}

// stated returns the leaves of the article as the page's scripts hold it; nil where they hold none. The object must bear
// the page's own title, so that no other article is taken for this one.
func (r *reading) stated(title string) (body []*leaf, date string) {
	best := stateText{}
	if r.article != nil {
		if s, ok := r.article["articleBody"].(string); ok {
			if n := utf8.RuneCountInString(plain(s)); n >= minStateText {
				best = stateText{body: html.UnescapeString(s), runes: n, score: float64(n)}
			}
		}
	}
	if best.runes == 0 {
		for e := range elements(r.root) {
			if e.DataAtom != atom.Script || attr(e, "src") != "" {
				continue
			}
			if v, ok := stateOf(e); ok {
				s := stateSearch{title: title, best: &best}
				s.walk(v, 0, 0, "")
			}
		}
	}
	if best.runes == 0 {
		return nil, ""
	}
	root, err := parseFragment(stateHTML(best.body, 0))
	if err != nil {
		return nil, ""
	}
	leaves, _ := cut(root, r.base)
	for _, l := range leaves {
		if l.junk == "" {
			body = append(body, l)
		}
	}
	return body, best.date
}

var assignment = regexp.MustCompile(`^\s*(?:window|self|globalThis|var|let|const)?[.\s]*[\w$.\["'\]]{1,80}\s*=\s*([{\[])`)

// angular is how Angular writes JSON into a script.
var angular = strings.NewReplacer("&q;", `"`, "&a;", "&", "&s;", "'", "&l;", "<", "&g;", ">")

// stateOf parses a script that is JSON or assigns JSON.
func stateOf(e *nethtml.Node) (any, bool) {
	text := rawText(e)
	if len(text) < 2*minStateText || len(text) > maxScript {
		return nil, false
	}
	kind := strings.ToLower(attr(e, "type"))
	switch {
	case strings.Contains(kind, "ld+json"):
		return nil, false
	case strings.Contains(kind, "json"):
		if strings.Contains(text[:min(len(text), 2000)], "&q;") {
			text = angular.Replace(text)
		}
		return lenientJSON(text)
	}
	m := assignment.FindStringSubmatchIndex(text)
	if m == nil {
		return nil, false
	}
	return lenientJSON(text[m[2]:])
}

// stateSearch looks for the body of the article with a title.
type stateSearch struct {
	title string
	nodes int
	best  *stateText
}

// bodyKeys are the names under which states keep the text of an article, with how telling each is.
var bodyKeys = map[string]float64{
	"articlebody": 3, "body": 2, "content": 2, "text": 2, "html": 2, "fulltext": 3, "full_text": 3, "bodyhtml": 3, "body_html": 3, "contenthtml": 3, "content_html": 3,
	"article": 1, "detail": 1.5, "detailtext": 2, "detail_text": 2, "story": 1.5, "blocks": 1.5, "paragraphs": 2, "post_content": 3, "rendered": 2, "description": 0.5,
}

// walk visits the objects of a state. titled is how well the object around bears the title, 0 to 1, and date is its date.
func (s *stateSearch) walk(v any, depth int, titled float64, date string) {
	if s.nodes++; depth > maxStateDepth || s.nodes > maxStateNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.walk(e, depth+1, titled*0.9, date)
		}
	case map[string]any:
		own := 0.0
		for _, key := range []string{"title", "headline", "name", "heading", "header"} {
			switch t := v[key].(type) {
			case string:
				if len(t) < 1000 {
					own = max(own, overlap(plain(t), s.title))
				}
			case map[string]any:
				if t, ok := t["rendered"].(string); ok && len(t) < 1000 {
					own = max(own, overlap(plain(t), s.title))
				}
			}
		}
		if own < 0.75 {
			own = titled * 0.8
		}
		if d := stateDate(v); d != "" && own >= 0.5 {
			date = d
		}
		for key, e := range v {
			weight, ok := bodyKeys[strings.ToLower(key)]
			if ok && own >= 0.5 {
				if n := stateRunes(e, 0); n >= minStateText {
					if score := float64(n) * weight * own; score > s.best.score {
						inner, _ := e.(map[string]any)
						*s.best = stateText{body: e, runes: n, score: score, date: firstOf(stateDate(inner), date)}
					}
				}
			}
			switch e.(type) {
			case map[string]any, []any:
				s.walk(e, depth+1, own, date)
			}
		}
	}
}

// stateDate is when an object says it was published.
func stateDate(v map[string]any) string {
	for _, key := range []string{"published_at", "publishedAt", "datePublished", "date_published", "published", "publishDate", "publish_date", "pubDate", "publicationDate", "firstPublished", "date", "created_at", "createdAt"} {
		switch d := v[key].(type) {
		case string:
			if !parseMachine(d, "").zero() {
				return d
			}
		case float64:
			if d > 1e9 && d < 1e13 {
				return strconv.FormatFloat(d, 'f', 0, 64)
			}
		}
	}
	return ""
}

// stateRunes is how much text a value holds.
func stateRunes(v any, depth int) int {
	if depth > 6 {
		return 0
	}
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "http") || !strings.Contains(v, " ") {
			return 0
		}
		return utf8.RuneCountInString(v)
	case []any:
		n := 0
		for _, e := range v {
			n += stateRunes(e, depth+1)
		}
		return n
	case map[string]any:
		n := 0
		for key, e := range v {
			if bodyKeys[strings.ToLower(key)] >= 1 {
				n = max(n, stateRunes(e, depth+1))
			}
		}
		return n
	}
	return 0
}

// stateHTML is the HTML of a value: as it is where it is HTML, its lines as paragraphs where it is text, its parts one
// after the other where it is a list.
func stateHTML(v any, depth int) string {
	if depth > 6 {
		return ""
	}
	switch v := v.(type) {
	case string:
		if tagPattern.MatchString(v) {
			return v
		}
		var b strings.Builder
		for line := range strings.SplitSeq(v, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				b.WriteString("<p>" + html.EscapeString(html.UnescapeString(line)) + "</p>\n")
			}
		}
		return b.String()
	case []any:
		var b strings.Builder
		for _, e := range v {
			b.WriteString(stateHTML(e, depth+1))
		}
		return b.String()
	case map[string]any:
		best, n := any(nil), 0
		for _, key := range []string{"articleBody", "body", "text", "html", "content", "rendered", "blocks", "paragraphs"} {
			if k := stateRunes(v[key], depth+1); k > n {
				best, n = v[key], k
			}
		}
		return stateHTML(best, depth+1)
	}
	return ""
}
