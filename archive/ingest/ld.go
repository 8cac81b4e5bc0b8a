package ingest

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const maxScript = 4 << 20 // bytes of one script that is read as JSON

// ld is a node of the page's linked data.
type ld map[string]any

// linkedData returns the objects of all JSON-LD scripts with the nodes of their graphs, in page order.
func linkedData(root *nethtml.Node) []ld {
	var out []ld
	for e := range elements(root) {
		if e.DataAtom != atom.Script || !strings.Contains(strings.ToLower(attr(e, "type")), "ld+json") {
			continue
		}
		if v, ok := lenientJSON(rawText(e)); ok {
			collect(v, &out, 0)
		}
		if len(out) > 500 {
			break
		}
	}
	return out
}

func collect(v any, out *[]ld, depth int) {
	if depth > 6 || len(*out) > 500 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, out, depth+1)
		}
	case map[string]any:
		if _, ok := v["@type"]; ok {
			*out = append(*out, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed", "video", "article"} {
			if k, ok := v[key]; ok {
				collect(k, out, depth+1)
			}
		}
	}
}

var (
	jsonComment  = regexp.MustCompile(`(?s)^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/|<!\[CDATA\[)\s*|\s*(?:-->|//\s*\]\]>|\]\]>)\s*$`)
	trailing     = regexp.MustCompile(`,(\s*[}\]])`)
	controlBytes = strings.NewReplacer("\r", " ", "\n", " ", "\t", " ")
)

// lenientJSON parses JSON as pages write it: wrapped in comments, with raw line breaks in strings, trailing commas,
// a semicolon at the end.
func lenientJSON(s string) (any, bool) {
	if len(s) > maxScript {
		return nil, false
	}
	s = jsonComment.ReplaceAllString(s, "")
	s = strings.TrimRight(strings.TrimSpace(s), "; \n\t")
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	s = controlBytes.Replace(s)
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	s = trailing.ReplaceAllString(s, "$1")
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	dec := json.NewDecoder(strings.NewReader(s)) // rubbish after the first value
	if dec.Decode(&v) == nil {
		return v, true
	}
	return nil, false
}

// is reports whether the node's type is one of names.
func (n ld) is(names ...string) bool {
	for _, t := range n.list("@type") {
		s, _ := t.(string)
		s = s[strings.LastIndexAny(s, "/:#")+1:]
		if slices.Contains(names, s) {
			return true
		}
	}
	return false
}

func (n ld) list(key string) []any {
	switch v := n[key].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// isForSubscribers says whether an article says of itself, or of a part of it, that it is not for everybody to read
// (schema.org isAccessibleForFree, as search engines ask for it of pages behind a wall).
func (n ld) isForSubscribers() bool {
	if n == nil {
		return false
	}
	nodes := []ld{n}
	for _, part := range n.list("hasPart") {
		if p, ok := part.(map[string]any); ok {
			nodes = append(nodes, p)
		}
	}
	for _, node := range nodes {
		for _, v := range node.list("isAccessibleForFree") {
			switch v := v.(type) {
			case bool:
				if !v {
					return true
				}
			case string:
				v = v[strings.LastIndexByte(v, '/')+1:] // https://schema.org/False
				if strings.EqualFold(strings.TrimSpace(v), "false") {
					return true
				}
			}
		}
	}
	return false
}

// str is the first text of a property: a string, or the name, @value, url or @id of an object.
func (n ld) str(key string) string {
	for _, v := range n.list(key) {
		if s := textOfLD(v); s != "" {
			return s
		}
	}
	return ""
}

func textOfLD(v any) string {
	switch v := v.(type) {
	case string:
		return plain(v)
	case map[string]any:
		for _, key := range []string{"name", "@value", "url", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				return plain(s)
			}
		}
	}
	return ""
}

// address is the first address of a property.
func (n ld) address(key string) string {
	for _, v := range n.list(key) {
		switch v := v.(type) {
		case string:
			return strings.TrimSpace(html.UnescapeString(v))
		case map[string]any:
			for _, k := range []string{"url", "contentUrl", "@id"} {
				switch s := v[k].(type) {
				case string:
					if s != "" {
						return strings.TrimSpace(html.UnescapeString(s))
					}
				case []any:
					if len(s) > 0 {
						if s0, ok := s[0].(string); ok {
							return s0
						}
					}
				}
			}
		}
	}
	return ""
}

// plain turns text that may be HTML or hold entities into folded text.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		if strings.Contains(s, "<") {
			_, t := Sanitise(s, nil)
			return t
		}
		s = html.UnescapeString(s)
	}
	return foldSpace(s)
}

var articleTypes = []string{
	"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
	"BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting", "TechArticle",
	"ScholarlyArticle", "AdvertiserContentArticle", "SatiricalArticle", "Posting", "Blog",
}
