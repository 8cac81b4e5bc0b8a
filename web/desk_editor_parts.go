package web

import (
	"fmt"
	"slices"
	"strconv"
)

// A version of more than wholeRows blocks is shown in parts: partRows with the open one among them, and links to what is
// before and behind. The script follows them at once, in larger parts, until every block is there: then keys, filters and
// the browser's own search reach all of it.
const (
	wholeRows = 200
	partRows  = 100
	moreRows  = 250
)

// part leaves the rows of one part: of those the filter lets through, the ones around the open block.
func (p *editorPage) part() {
	p.total = len(p.Rows)
	p.to = p.total
	if p.total <= wholeRows {
		return
	}
	at := max(0, slices.IndexFunc(p.Rows, func(r editorRow) bool { return r.IsOpen }))
	p.from = at / partRows * partRows
	p.to = min(p.from+partRows, p.total)
	if p.from > 0 {
		p.Earlier = p.partPath(max(0, p.from-partRows), p.from)
	}
	if p.to < p.total {
		p.Later = p.partPath(p.to, min(p.to+partRows, p.total))
	}
	p.Rows = p.Rows[p.from:p.to]
}

// partPath is the address of the part that holds some rows: the one with the first block of theirs that can be opened.
func (p *editorPage) partPath(from, to int) string {
	number := 0
	for _, row := range p.Rows[from:to] {
		if row.Block.IsTranslated() {
			number = row.Number
			break
		}
	}
	return fmt.Sprintf("%s?block=%d&show=%s#b%d", p.At(), number, p.Show, number)
}

// Whole is how many rows the filter lets through, From and To are the place of the shown among them: for the script.
func (p editorPage) Whole() int { return p.total }

// From is the place of the first row that shows, from 0.
func (p editorPage) From() int { return p.from }

// To is the place behind the last row that shows.
func (p editorPage) To() int { return p.to }

// Shown says which blocks show, in words.
func (p editorPage) Shown() string {
	if p.total <= wholeRows || len(p.Rows) == 0 {
		return ""
	}
	return p.T("editor.part", "From", p.Rows[0].Number, "To", p.Rows[len(p.Rows)-1].Number, "Total", len(p.All))
}

// editorRows answers GET /desk/versions/:id?part=rows&from=N with at most moreRows rows of a long version, for the script.
func (s *Server) editorRows(r *request) error {
	page, err := s.editorPage(r)
	if err != nil {
		return err
	}
	page.filter()
	from, _ := strconv.Atoi(r.query("from")) // what is no number is the beginning
	to, _ := strconv.Atoi(r.query("to"))
	from = min(max(from, 0), len(page.Rows))
	to = min(max(to, from), from+moreRows, len(page.Rows))
	page.Rows = page.Rows[from:to]
	return r.part("editor", "editor/rows", page)
}
