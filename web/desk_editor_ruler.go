package web

import (
	"fmt"
	"strings"
)

// counts of the ruler and its filters.
func (p editorPage) count(is func(editorRow) bool) int {
	n := 0
	for _, row := range p.All {
		if row.Block.IsTranslated() && is(row) {
			n++
		}
	}
	return n
}

// filters are the five ways to look at a version, in their order.
func (p editorPage) filters() []struct {
	name string
	has  func(editorRow) bool
} {
	return []struct {
		name string
		has  func(editorRow) bool
	}{
		{"all", func(editorRow) bool { return true }},
		{"open", func(r editorRow) bool { return r.State != "confirmed" }},
		{"checks", editorRow.Fails},
		{"changed", func(r editorRow) bool { return r.SourceChanged }},
		{"comments", func(r editorRow) bool { return r.Remarks > 0 }},
	}
}

// view is a link of the filters.
type view struct {
	Name    string
	Count   int
	Current bool
}

// Views are the links of the filters.
func (p editorPage) Views() []view {
	var out []view
	for _, f := range p.filters() {
		out = append(out, view{f.name, p.count(f.has), f.name == p.Show})
	}
	return out
}

// Confirmed, Drafts and Empty count blocks, for the ruler's text.
func (p editorPage) Confirmed() int {
	return p.count(func(r editorRow) bool { return r.State == "confirmed" })
}

// Drafts counts the blocks begun.
func (p editorPage) Drafts() int {
	return p.count(func(r editorRow) bool { return r.State == "draft" })
}

// Empty counts the blocks nothing is written in.
func (p editorPage) Empty() int { return p.count(func(r editorRow) bool { return r.State == "empty" }) }

// Translated counts the blocks with words.
func (p editorPage) Translated() int { return p.count(func(editorRow) bool { return true }) }

// mark is a shape of the ruler: all blocks of a kind, as the data of one path, which a long version sends with every save.
type mark struct{ Class, Path string }

// Marks draw the ruler: a tall tick confirmed, a short one draft, a dot empty; a red cap where the source changed or a
// check fails.
func (p editorPage) Marks() []mark {
	var (
		classes = []string{"c", "d", "e", "now", "x"}
		paths   = map[string]*strings.Builder{}
		x       = 2
	)
	for _, class := range classes {
		paths[class] = &strings.Builder{}
	}
	bar := func(class string, y, height int) { fmt.Fprintf(paths[class], "M%d %dh4v%dh-4z", x, y, height) }
	for _, row := range p.All {
		if !row.Block.IsTranslated() {
			continue
		}
		class, y, height := "e", 17, 2
		switch row.State {
		case "confirmed":
			class, y, height = "c", 5, 14
		case "draft":
			class, y, height = "d", 10, 9
		}
		if row.IsNow {
			class = "now"
		}
		bar(class, y, height)
		if row.Fails() || row.SourceChanged {
			bar("x", 0, 3)
		}
		x += 12
	}
	var out []mark
	for _, class := range classes {
		if d := paths[class].String(); d != "" {
			out = append(out, mark{class, d})
		}
	}
	return out
}

// RulerWidth is the width of the ruler's viewBox: a short article does not get fat bars.
func (p editorPage) RulerWidth() int { return max(480, 12*p.Translated()) }

// Hinders says, in one line, why the version cannot be submitted; empty where it can.
func (p editorPage) Hinders() string {
	kinds := map[string]int{}
	for _, h := range p.Work.Hindrances() {
		kinds[h.Kind]++
	}
	text := ""
	for _, kind := range []string{"empty", "draft", "source_changed", "codes"} {
		if n := kinds[kind]; n > 0 {
			if text != "" {
				text += ", "
			}
			text += p.N("editor.hinders."+kind, n)
		}
	}
	return text
}
