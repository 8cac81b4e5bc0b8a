package rights

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"
)

var _ = reflect.TypeOf

func conceptNames() []string {
	f, _ := parser.ParseFile(token.NewFileSet(), "lexicon.go", nil, 0)
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Names) == 1 {
			if x := v.Names[0].Name; strings.HasPrefix(x, "c") || x == "noConcept" {
				out = append(out, x)
			}
		}
		return true
	})
	return out
}
func TestDebug(t *testing.T) {
	text := os.Getenv("TEXT")
	if text == "" {
		t.Skip("no TEXT")
	}
	names := conceptNames()
	s := Statement{Lang: os.Getenv("L"), Text: text, Outlet: os.Getenv("OUTLET")}
	r := &reader{Statement: s, Reading: Reading{}}
	r.words = splitWords(text)
	r.nameOutlet()
	r.splitUnits()
	for _, u := range r.units {
		t.Logf("UNIT s%d", u.sentence)
		for _, sp := range u.spans {
			var w []string
			for _, x := range r.words[sp.from:sp.to] {
				w = append(w, x.fold)
			}
			t.Logf("   %-14s %s", names[sp.concept], strings.Join(w, " "))
		}
	}
	g := Detect(s)
	t.Logf("%s %v", shortForm(g), g.Why)
	for _, c := range g.Clauses {
		t.Logf("  %s %+v %s %q", c.Kind, c.Params, c.Strength, c.Quote)
	}
}
