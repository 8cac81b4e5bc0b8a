package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"colophon/archive/fault"
	"colophon/archive/rights"
)

// quoteRun is a stretch of a statement; the rules that rest on it are named by their numbers.
type quoteRun struct {
	Text  string
	Rules []int // from 1
}

// quoteRuns cuts a statement where the words of a clause begin or end. A clause whose place is wrong is looked for by its
// words; one whose words are not there marks nothing.
func quoteRuns(statement string, clauses []rights.Clause) []quoteRun {
	type span struct{ from, to int }
	spans := make([]span, len(clauses))
	cuts := []int{0, len(statement)}
	for i, c := range clauses {
		from, to := c.Start, c.End
		if c.Quote == "" {
			continue
		}
		if from < 0 || to > len(statement) || from >= to || statement[from:to] != c.Quote {
			if from = strings.Index(statement, c.Quote); from < 0 {
				continue
			}
			to = from + len(c.Quote)
		}
		spans[i] = span{from, to}
		cuts = append(cuts, from, to)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []quoteRun
	for i := 0; i+1 < len(cuts); i++ {
		q := quoteRun{Text: statement[cuts[i]:cuts[i+1]]}
		for n, s := range spans {
			if s.from <= cuts[i] && cuts[i+1] <= s.to {
				q.Rules = append(q.Rules, n+1)
			}
		}
		out = append(out, q)
	}
	return out
}

// clauseFields says which parameters an editor sets for a kind, and from what. Kinds that need none are not in it.
var clauseFields = map[rights.Kind][]clauseField{
	rights.LinkRequired:       {{name: "target", options: []string{"homepage", "article", "either"}}},
	rights.LinkPlace:          {{name: "within", options: []string{"first_sentence", "first_paragraph", "paragraphs:2", "paragraphs:3", "top", "end"}}},
	rights.CreditWording:      {{name: "text"}},
	rights.CreditPlace:        {{name: "where", options: []string{"title", "byline", "first_paragraph", "end"}}},
	rights.CreditLicenceLink:  {{name: "url"}},
	rights.PermissionRequired: {{name: "scope", options: []string{"", "full_text", "photos", "commercial", "editing"}}},
	rights.TranslationAllowed: {{name: "value", options: []string{"yes", "no", "permission"}}},
	rights.LimitShare:         {{name: "percent"}},
	rights.LimitCount:         {{name: "max"}, {name: "unit", options: []string{"characters", "words", "paragraphs"}}},
	rights.LimitReadMore:      {{name: "text"}},
	rights.EditDeclare:        {{name: "text"}},
	rights.MediaExclude:       {{name: "kinds", options: []string{"img", "video", "audio", "img,video,audio", "img,video,audio,iframe"}}},
	rights.TimeEmbargo:        {{name: "until"}},
	rights.TimeWindow:         {{name: "from"}, {name: "until"}},
	rights.SEOCanonical:       {{name: "value", options: []string{"original", "self"}}},
	rights.TrackPixel:         {{name: "url"}},
}

// offeredKinds are the kinds an editor can add a rule of, the common ones first.
var offeredKinds = []rights.Kind{
	rights.LinkRequired, rights.LinkPlace, rights.LinkFollowable, rights.LinkVisible, rights.LinkDirect, rights.LinkKeepInner,
	rights.CreditSource, rights.CreditAuthor, rights.CreditTranslator, rights.CreditWording, rights.CreditPlace, rights.CreditChain,
	rights.CreditPhoto, rights.CreditLicenceLink, rights.TranslationAllowed, rights.PermissionRequired, rights.LimitShare,
	rights.LimitCount, rights.LimitReadMore, rights.EditNone, rights.EditDeclare, rights.MediaExclude, rights.TimeEmbargo,
	rights.TimeWindow, rights.SEOCanonical, rights.TrackPixel,
}

// clauseField is a parameter of a clause: one of options, or any text.
type clauseField struct {
	name    string
	options []string
}

// get reads the parameter of a clause as the form shows it.
func (f clauseField) get(p rights.Params) string {
	switch f.name {
	case "target":
		return p.Target
	case "within":
		return p.Within
	case "where":
		return p.Where
	case "text":
		return cmp.Or(p.Text, strings.Join(p.TextAny, " | "))
	case "url":
		return p.URL
	case "scope":
		return p.Scope
	case "value":
		return p.Value
	case "percent":
		if p.Percent == 0 {
			return ""
		}
		return strconv.FormatFloat(p.Percent, 'f', -1, 64)
	case "max":
		if p.Max == 0 {
			return ""
		}
		return strconv.Itoa(p.Max)
	case "unit":
		return p.Unit
	case "kinds":
		return strings.Join(p.Kinds, ",")
	case "from":
		return p.From
	case "until":
		return p.Until
	}
	return ""
}

// set writes what the form brought. What does not fit is refused.
func (f clauseField) set(p *rights.Params, text string) error {
	bad := fault.New(fault.ErrInvalid, "fault.terms.parameter", fault.Data{"Value": clipped(text, 100)})
	if f.options != nil && !slices.Contains(f.options, text) && text != f.get(*p) {
		return bad
	}
	switch f.name {
	case "target":
		p.Target = text
	case "within":
		p.Within = text
	case "where":
		p.Where = text
	case "text":
		p.Text, p.TextAny = clipped(text, 1000), nil
		if list := strings.Split(p.Text, "|"); len(list) > 1 {
			p.Text = ""
			for _, one := range list {
				if one = strings.TrimSpace(one); one != "" {
					p.TextAny = append(p.TextAny, one)
				}
			}
		}
	case "url":
		p.URL = clipped(text, 1000)
	case "scope":
		p.Scope = text
	case "value":
		p.Value = text
	case "percent":
		n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
		if err != nil || n <= 0 || n > 100 {
			return bad
		}
		p.Percent = n
	case "max":
		n, err := strconv.Atoi(text)
		if err != nil || n <= 0 {
			return bad
		}
		p.Max = n
	case "unit":
		p.Unit = text
	case "kinds":
		p.Kinds = strings.Split(text, ",")
	case "from":
		p.From = clipped(text, 40)
	case "until":
		p.Until = clipped(text, 40)
	}
	return nil
}

// text is a parameter in words; free texts stand for themselves.
func (f clauseField) text(r *request, value string) string {
	if value == "" && f.options == nil {
		return ""
	}
	if f.options == nil {
		return value
	}
	id := "param." + f.name + "." + strings.NewReplacer(":", "_", ",", "_").Replace(cmp.Or(value, "any"))
	if r.words.Has(id) {
		return r.T(id)
	}
	return value
}

// rules puts clauses into words.
func (r *request) rules(clauses []rights.Clause) []ruleLine {
	out := make([]ruleLine, len(clauses))
	for i, c := range clauses {
		out[i] = ruleLine{Clause: c, Name: r.clauseName(c.Kind), Help: r.clauseHelp(c.Kind), Strength: r.strength(c.Strength)}
		var details []string
		for _, f := range clauseFields[c.Kind] {
			if text := f.text(r, f.get(c.Params)); text != "" {
				details = append(details, text)
			}
		}
		out[i].Detail = strings.Join(details, " ")
	}
	return out
}

func (r *request) clauseName(k rights.Kind) string {
	if id := "clause." + string(k) + ".name"; r.words.Has(id) {
		return r.T(id)
	}
	return string(k)
}

func (r *request) clauseHelp(k rights.Kind) string {
	if id := "clause." + string(k) + ".help"; r.words.Has(id) {
		return r.T(id)
	}
	return ""
}

func (r *request) strength(s rights.Strength) string {
	return r.T("clause.strength." + string(cmp.Or(s, rights.Must)))
}
