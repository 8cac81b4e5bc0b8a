package rights

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// statement is a row of the tables of statements: what is expected, and the text.
type statement struct{ want, text string }

// shortForm writes the fields of a reading that are not null.
func shortForm(r Reading) string {
	if !r.IsPolicy {
		return "not"
	}
	var out []string
	add := func(name string, b *bool) {
		if b != nil {
			out = append(out, fmt.Sprintf("%s=%t", name, *b))
		}
	}
	text := func(name, s string) {
		if s != "" {
			out = append(out, name+"="+s)
		}
	}
	add("link", r.RequiresHyperlink)
	text("target", r.LinkTarget)
	text("place", r.Placement)
	if isTrue(r.Followable) {
		out = append(out, "follow")
	}
	if isTrue(r.CreditRequired) {
		out = append(out, "credit")
	}
	add("perm", r.PermissionRequired)
	text("scope", r.PermissionScope)
	if r.ExcerptLimit != "" {
		out = append(out, "limit")
	}
	if r.TranslationAllowed != "unstated" {
		text("tr", r.TranslationAllowed)
	}
	if isTrue(r.Noncommercial) {
		out = append(out, "nc")
	}
	return strings.Join(out, " ")
}

// sameForm compares two short forms whatever the order.
func sameForm(got, want string) bool {
	g, w := map[string]bool{}, map[string]bool{}
	for f := range strings.FieldsSeq(got) {
		g[f] = true
	}
	for f := range strings.FieldsSeq(want) {
		w[f] = true
	}
	if len(g) != len(w) {
		return false
	}
	for f := range g {
		if !w[f] {
			return false
		}
	}
	return true
}

func TestDetect(t *testing.T) {
	for lang, table := range map[string][]statement{"en": slices.Concat(statementsEN, statementsReuseEN, statementsOthersEN), "ru": slices.Concat(statementsRU, statementsReuseRU), "hy": slices.Concat(statementsHY, statementsReuseHY)} {
		t.Run(lang, func(t *testing.T) {
			for _, s := range table {
				r := Detect(Statement{Lang: lang, Text: s.text})
				if got := shortForm(r); !sameForm(got, s.want) {
					t.Errorf("%s\n   got %s\n  want %s\n   why %v", s.text, got, s.want, r.Why)
				}
				checkClauses(t, s.text, r)
			}
		})
	}
}

// checkClauses checks what holds of every reading.
func checkClauses(t *testing.T, text string, r Reading) {
	t.Helper()
	for _, c := range r.Clauses {
		if c.Start < 0 || c.End > len(text) || c.Start >= c.End || text[c.Start:c.End] != c.Quote {
			t.Errorf("%q: clause %s quotes %q at [%d:%d]", text, c.Kind, c.Quote, c.Start, c.End)
		}
	}
	if !r.IsPolicy && (len(r.Clauses) > 0 || r.RequiresHyperlink != nil || r.PermissionRequired != nil) {
		t.Errorf("%q: no policy, yet it asks: %s", text, shortForm(r))
	}
}

func TestLexiconRows(t *testing.T) {
	for lang, rows := range map[string][]row{"en": lexiconEN, "en reuse": lexiconReuseEN, "ru": lexiconRU, "hy": lexiconHY} {
		for _, r := range rows {
			if _, err := parsePattern(r); err != nil {
				t.Errorf("%s: %v", lang, err)
				continue
			}
			l := newLexicon([]row{r})
			if len(l.find(splitWords(r.example))) == 0 {
				t.Errorf("%s: %q is not found in its example %q", lang, r.pattern, r.example)
			}
		}
	}
}

// shared is the folder of the data for tests.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("COLOPHON_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(root, "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared data are not here: %v", err)
	}
	return path
}

// policy is a line of data/policies.
type policy struct {
	ID                 string  `json:"id"`
	Lang               string  `json:"lang"`
	Text               string  `json:"text"`
	Outlet             string  `json:"outlet"`
	IsPolicy           bool    `json:"is_policy"`
	RequiresHyperlink  *bool   `json:"requires_hyperlink"`
	LinkTarget         *string `json:"link_target"`
	Placement          *string `json:"placement"`
	Followable         *bool   `json:"followable"`
	CreditRequired     *bool   `json:"credit_required"`
	PermissionRequired *bool   `json:"permission_required"`
	PermissionScope    *string `json:"permission_scope"`
	ExcerptLimit       *string `json:"excerpt_limit"`
	TranslationAllowed string  `json:"translation_allowed"`
	Noncommercial      *bool   `json:"noncommercial"`
}

func readPolicies(t *testing.T, path string) []policy {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []policy
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p policy
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// attributes compares a reading with a labelled policy, field by field.
func attributes(p policy, r Reading) map[string][2]string {
	b := func(v *bool) string {
		if v == nil {
			return ""
		}
		return fmt.Sprint(*v)
	}
	s := func(v *string) string {
		if v == nil {
			return ""
		}
		return *v
	}
	has := func(v string) string { return fmt.Sprint(v != "") }
	return map[string][2]string{
		"requires_hyperlink":  {b(r.RequiresHyperlink), b(p.RequiresHyperlink)},
		"link_target":         {r.LinkTarget, s(p.LinkTarget)},
		"placement":           {r.Placement, s(p.Placement)},
		"followable":          {b(r.Followable), b(p.Followable)},
		"credit_required":     {b(r.CreditRequired), b(p.CreditRequired)},
		"permission_required": {b(r.PermissionRequired), b(p.PermissionRequired)},
		"permission_scope":    {r.PermissionScope, s(p.PermissionScope)},
		"excerpt_limit":       {has(r.ExcerptLimit), has(s(p.ExcerptLimit))},
		"translation_allowed": {r.TranslationAllowed, p.TranslationAllowed},
		"noncommercial":       {b(r.Noncommercial), b(p.Noncommercial)},
	}
}

type score struct{ tp, fp, fn int }

func (s score) f1() float64 { return 2 * float64(s.tp) / max(1, float64(2*s.tp+s.fp+s.fn)) }
func (s score) precision() float64 {
	if s.tp+s.fp == 0 {
		return 1
	}
	return float64(s.tp) / float64(s.tp+s.fp)
}

// TestDetectPolicies measures the shared part of the labelled statements.
func TestDetectPolicies(t *testing.T) {
	policies := readPolicies(t, shared(t, "policies/dev.jsonl"))
	is := map[string]*score{}
	right, stated, found := map[string]int{}, map[string]int{}, map[string]int{}
	precision := map[string]*score{"requires_hyperlink": {}, "permission_required": {}}
	n := 0
	for _, p := range policies {
		r := Detect(Statement{Lang: p.Lang, Text: p.Text, Outlet: p.Outlet})
		checkClauses(t, p.Text, r)
		if is[p.Lang] == nil {
			is[p.Lang] = &score{}
		}
		switch {
		case p.IsPolicy && r.IsPolicy:
			is[p.Lang].tp++
		case r.IsPolicy:
			is[p.Lang].fp++
			t.Logf("%s: FALSE POLICY %s %v\n    %s", p.ID, shortForm(r), r.Why, p.Text)
		case p.IsPolicy:
			is[p.Lang].fn++
			t.Logf("%s: MISSED\n    %s", p.ID, p.Text)
		}
		for name, v := range attributes(p, r) {
			if s := precision[name]; s != nil {
				switch {
				case v[0] == "true" && v[1] == "true":
					s.tp++
				case v[0] == "true":
					s.fp++
				}
			}
			if !p.IsPolicy {
				continue
			}
			if v[0] == v[1] {
				right[name]++
			} else {
				t.Logf("%s: %s got %q want %q\n    %s", p.ID, name, v[0], v[1], p.Text)
			}
			if v[1] != "" && v[1] != "unstated" && v[1] != "false" {
				stated[name]++
				if v[0] == v[1] {
					found[name]++
				}
			}
		}
		if p.IsPolicy {
			n++
		}
	}
	for lang, s := range is {
		t.Logf("is_policy %s: F1 %.3f %+v", lang, s.f1(), *s)
		if min := 0.97; (lang == "en" || lang == "ru" || lang == "hy") && s.f1() < min {
			t.Errorf("is_policy %s: F1 %.3f, want %.2f", lang, s.f1(), min)
		}
	}
	mean := 0.0
	for name, k := range right {
		mean += float64(k) / float64(n) / float64(len(right))
		t.Logf("%-20s accuracy %.3f; stated %d, found %d", name, float64(k)/float64(n), stated[name], found[name])
	}
	t.Logf("mean attribute accuracy %.3f", mean)
	if mean < 0.95 {
		t.Errorf("mean attribute accuracy %.3f, want 0.95", mean)
	}
	for name, s := range precision {
		t.Logf("%s precision %.3f %+v", name, s.precision(), *s)
		if s.precision() < 0.95 {
			t.Errorf("%s precision %.3f, want 0.95", name, s.precision())
		}
	}
}

// TestDetectForeign: other languages are no policy, whatever they say and whatever tag they come with.
func TestDetectForeign(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"az", "Materiallardan istifadə edərkən sayta istinad mütləqdir."},
		{"", "Saytdakı materialların istifadəsi zamanı hiperlink vacibdir."},
		{"ka", "მასალების გამოყენებისას საიტზე ბმული სავალდებულოა."},
		{"", "მასალების გამოყენებისას საიტზე ბმული სავალდებულოა."},
		{"uk", "При використанні матеріалів гіперпосилання на сайт обов’язкове."},
		{"ru", "Передрук матеріалів дозволено лише за умови активного посилання на сайт."},
		{"", "Пры выкарыстанні матэрыялаў спасылка на сайт абавязковая."},
		{"bg", "При използване на материали от сайта линкът към източника е задължителен."},
		{"", "Використання матеріалів без дозволу редакції заборонено."},
		{"de", "Die Verwendung der Materialien ist nur mit einem Link auf die Website gestattet."},
		{"", "Toute reproduction sans autorisation est interdite. Les liens vers le site sont obligatoires."},
		{"", "La reproducción de los contenidos sin permiso está prohibida en todos los casos."},
		{"tr", "Kaynak gösterilmeden içerik kullanılamaz."},
		{"", "转载须注明出处。"},
		{"", ""},
		{"", "  \n\t "},
	} {
		if r := Detect(Statement{Lang: c.lang, Text: c.text}); r.IsPolicy {
			t.Errorf("%s %q is read as %s %v", c.lang, c.text, shortForm(r), r.Why)
		}
	}
}

// TestDetectTags: the tags a language goes by, and none, read the same.
func TestDetectTags(t *testing.T) {
	for text, tags := range map[string][]string{
		"When quoting, a link to valley.example is mandatory.":                 {"en", "eng", "en-GB", "EN_us", "", "und"},
		"При цитировании гиперссылка на dolina.example обязательна.":           {"ru", "rus", "ru-RU", ""},
		"Մեջբերելիս հիպերհղումը hovit.example-ին պարտադիր է։":                  {"hy", "hye", "arm", "hy-AM", "hyw", ""},
		"WHEN QUOTING, A LINK TO WWW.VALLEY.EXAMPLE IS MANDATORY":              {"en", ""},
		"При цитировании\u00a0гипер\u00adссылка на dolina.example обязательна": {"ru", ""},
	} {
		for _, tag := range tags {
			if got := shortForm(Detect(Statement{Lang: tag, Text: text})); got != "link=true target=homepage" {
				t.Errorf("%q: %s: %s", tag, text, got)
			}
		}
	}
}

// TestDetectPlaces: a form or a cookie notice states no terms, whatever its words; the name of the outlet makes a link to it
// one to its home page.
func TestDetectPlaces(t *testing.T) {
	text := "Ссылка на сайт обязательна."
	if r := Detect(Statement{Lang: "ru", Text: text, Where: "footer"}); !r.IsPolicy {
		t.Errorf("footer: %q is read as no policy", text)
	}
	if r := Detect(Statement{Lang: "ru", Text: text, Where: "form"}); r.IsPolicy {
		t.Errorf("form: %q is read as %s", text, shortForm(r))
	}
	r := Detect(Statement{Lang: "en", Text: "Reprints must hyperlink to Steppe News.", Outlet: "Steppe News"})
	if r.LinkTarget != "homepage" {
		t.Errorf("a link to the outlet has the target %q", r.LinkTarget)
	}
}

// TestDetectSite: terms that name only another site than the one they stand on are doubtful; a sister site is none.
func TestDetectSite(t *testing.T) {
	const text = "Any use of materials requires a hyperlink to www.rechka.example."
	sure := Detect(Statement{Lang: "en", Text: text}).Confidence
	for host, doubtful := range map[string]bool{
		"":                       false,
		"rechka.example":         false,
		"news.rechka.example":    false,
		"https://rechka.test/en": false,
		"ozero.example":          true,
		"rechka.ozero.example":   true,
	} {
		r := Detect(Statement{Lang: "en", Text: text, Host: host})
		if !r.IsPolicy || (r.Confidence < sure) != doubtful {
			t.Errorf("on %q: confidence %v, sure is %v", host, r.Confidence, sure)
		}
	}
	if r := Detect(Statement{Lang: "en", Text: "Any use of materials requires a hyperlink.", Host: "ozero.example"}); r.Confidence < sure {
		t.Errorf("no site named: confidence %v", r.Confidence)
	}
}

// TestDetectNews counts what is taken for terms among sentences of professionally translated news: none of them is.
func TestDetectNews(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "ntrex"), "docs", "*.json"))
	if err != nil || len(files) == 0 {
		t.Skipf("no news: %v", err)
	}
	n, wrong := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ EN, RU, HY []string }
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		for lang, sentences := range map[string][]string{"en": doc.EN, "ru": doc.RU, "hy": doc.HY} {
			for _, s := range sentences {
				n++
				if r := Detect(Statement{Lang: lang, Text: s}); r.IsPolicy {
					wrong++
					t.Logf("%s: %s %v", lang, s, r.Why)
				}
			}
		}
	}
	t.Logf("%d of %d", wrong, n)
	if wrong*200 > n {
		t.Errorf("%d of %d sentences of news are read as terms, want at most 0.5 %%", wrong, n)
	}
}
