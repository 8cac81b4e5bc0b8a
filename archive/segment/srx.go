package segment

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// WriteSRX writes the rules as SRX 2.0, for translation tools that read it (no published file knows Armenian). A rule there
// sees only the text beside the break, so what our rules know besides is left out: the first word of a sentence, brackets
// opened earlier, headlines. The expressions are of the kind ICU, Java and Go all understand.
func WriteSRX(w io.Writer) error {
	doc := srxDocument{Version: "2.0", Namespace: "http://www.lisa.org/srx20"}
	doc.Header.SegmentSubflows, doc.Header.Cascade = "yes", "no"
	for _, p := range []*profile{&english, &russian, &armenian} {
		doc.Languages = append(doc.Languages, srxLanguage{Name: p.code, Rules: p.srx()})
		pattern := map[string]string{"en": "(?i)en.*", "ru": "(?i)ru.*", "hy": "(?i)(hy|arm).*"}[p.code]
		doc.Maps = append(doc.Maps, srxMap{Pattern: pattern, Language: p.code})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write SRX: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("write SRX: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// The elements of SRX 2.0.
type (
	srxDocument struct {
		XMLName   xml.Name      `xml:"srx"`
		Namespace string        `xml:"xmlns,attr"`
		Version   string        `xml:"version,attr"`
		Header    srxHeader     `xml:"header"`
		Languages []srxLanguage `xml:"body>languagerules>languagerule"`
		Maps      []srxMap      `xml:"body>maprules>languagemap"`
	}
	srxHeader struct {
		SegmentSubflows string `xml:"segmentsubflows,attr"`
		Cascade         string `xml:"cascade,attr"`
	}
	srxLanguage struct {
		Name  string    `xml:"languagerulename,attr"`
		Rules []srxRule `xml:"rule"`
	}
	srxRule struct {
		Break  string `xml:"break,attr"`
		Before string `xml:"beforebreak"`
		After  string `xml:"afterbreak"`
	}
	srxMap struct {
		Pattern  string `xml:"languagepattern,attr"`
		Language string `xml:"languagerulename,attr"`
	}
)

// srx are the rules of a language in the order of the list in rules.go.
func (p *profile) srx() []srxRule {
	const (
		ended  = `["'”’»›)\]}“]*`
		opens  = `\s+["'“‘«„(\[\-–—\s]*`
		dotted = `[.․]`
		start  = `(?:^|[\s("'“‘«„\[])`
	)
	marks := "[" + regexp.QuoteMeta(p.stops) + "]+"
	var rules []srxRule
	add := func(breaks bool, before, after string) {
		rules = append(rules, srxRule{map[bool]string{true: "yes", false: "no"}[breaks], before, after})
	}
	list := func(breaks bool, s set, after string) {
		if len(s) > 0 {
			add(breaks, start+s.expression()+dotted, after)
		}
	}
	starts := `\s+["'“‘«„]?` + p.starters.expression() + `\s`

	add(true, ``, `\n\s*\n`)
	add(false, marks+ended, opens+`\p{Ll}`)
	if p.code != "en" {
		add(false, marks+`[»”"’]`, `\s+[\-–—]\s`)
	}
	if p.code == "hy" {
		add(true, `[։:]`+ended, opens)
		add(true, dotted, `\n`)
		add(false, dotted, `\s`)
	}
	list(true, p.final, opens+`\p{Lu}`)
	list(false, p.titles, `\s`)
	list(false, p.numbered, `\s+\p{Nd}`)
	list(false, p.timed, `\s+`+p.zones.expression())
	list(true, p.timed, `\s`)
	list(true, p.doubtful, starts)
	list(false, p.doubtful, `\s`)
	add(true, start+`\p{Lu}\.`, starts)
	add(false, start+`(?:\p{Lu}[.\-]\s?)*\p{Lu}\.`, `\s+\p{L}`)
	add(true, marks+ended+`(?:\[\d+\])*`, `\s`)
	return rules
}

// expression matches any word of the set; "т.д" also as "т. д".
func (s set) expression() string {
	if len(s) == 0 {
		return `(?:)`
	}
	var exact, any []string
	for _, word := range slices.Sorted(maps.Keys(s)) {
		e := strings.NewReplacer(`\.`, `[.․]\s?`).Replace(regexp.QuoteMeta(word))
		if strings.ToLower(word) == word {
			any = append(any, e)
		} else {
			exact = append(exact, e)
		}
	}
	switch {
	case len(any) == 0:
		return `(?:` + strings.Join(exact, "|") + `)`
	case len(exact) == 0:
		return `(?i:` + strings.Join(any, "|") + `)`
	}
	return `(?:` + strings.Join(exact, "|") + `|(?i:` + strings.Join(any, "|") + `))`
}
