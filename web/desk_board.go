package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// boardPage fills templates/pages/board.html: what is to be done.
type boardPage struct {
	base
	Today   string
	Mine    []jobLine // what waits for whoever looks
	Filter  boardFilter
	Tabs    []boardTab
	Who     []choice
	Outlets []choice
	Due     []choice
	Columns []boardColumn // by standing; empty in a table
	Jobs    []jobLine     // the table
	More    string        // address of the rest of the table; "" where this is all
	Heading string        // standing the list is cut down to; ""
}

// boardTab is one language of the queue.
type boardTab struct {
	tab
	Count string // "82", "99+"
}

// boardColumn is one standing of the queue.
type boardColumn struct {
	State string
	Count string
	Jobs  []jobLine
	More  string // address of the rest; "" where these are all
	Left  int    // how many the rest are; 0: not counted
}

// Number is the count for the form of the word beside it; of "99+" the 99.
func (c boardColumn) Number() int {
	n, _ := strconv.Atoi(strings.TrimSuffix(c.Count, "+")) // strconv wrote it
	return n
}

// How many jobs a list shows at first and how far counting goes: a board says "99+", and its cost does not grow.
const (
	inColumn   = 8
	inTable    = 40
	inMine     = 12
	countLimit = 100
)

// boardKeys are the shortcuts of the board; board.js and desk.js answer to them.
var boardKeys = []shortcut{
	{[]string{"J", "K"}, "board.key.move", "board.key.move.short"},
	{[]string{"Enter"}, "board.key.open", "board.key.open.short"},
	{[]string{"A"}, "board.key.take", "board.key.take.short"},
	{[]string{"P"}, "board.key.priority", "board.key.priority.short"},
	{[]string{"V"}, "board.key.view", "board.key.view.short"},
	{[]string{"1", "2", "3", "4"}, "board.key.language", "board.key.language.short"},
	{[]string{"/"}, "board.key.find", "board.key.find.short"},
	{[]string{"G", "B"}, "board.key.board", ""},
	{[]string{"G", "R"}, "board.key.reviews", ""},
	{[]string{"G", "O"}, "board.key.sources", ""},
	{[]string{"?"}, "board.key.all", ""},
}

// board answers GET /desk. An archive without an article shows the first steps instead.
func (s *Server) board(r *request) error {
	first, err := s.Archive.Articles(r.Context(), 0, 1)
	if err != nil {
		return err
	}
	if len(first) == 0 {
		return s.firstRun(r)
	}
	remembered := ""
	if c, err := r.http.Cookie("view"); err == nil {
		remembered = c.Value
	}
	if view := r.query("view"); view == "table" || view == "columns" {
		s.setCookie(r.w, "view", view)
	}
	f := readFilter(r.http.URL.Query(), remembered)
	p := boardPage{base: s.deskBase(r, r.T("board.title"), "board"), Filter: f, Today: r.words.Date(s.Now())}
	p.Keys = boardKeys
	if err := s.fillQueue(r, &p); err != nil {
		return err
	}
	if r.query("part") == "jobs" {
		return r.part("board", "board/more", p)
	}
	if p.Mine, err = s.mine(r); err != nil {
		return err
	}
	if err := s.fillFilters(r, &p); err != nil {
		return err
	}
	return r.show("board", p)
}

// deskBase is the base of a page of the desk, under one of its tabs.
func (s *Server) deskBase(r *request, title, current string) base {
	b := r.base(title)
	b.Desk, b.NoIndex, b.Flash = current, true, r.done()
	if n, err := s.Desk.CountJobs(r.Context(), workflow.AtReview, "", countLimit); err == nil {
		b.Waiting = n
	}
	return b
}

// done is what the last form did, for the line at the top of the page it led to: ?done=assigned.
func (r *request) done() string {
	if what := r.query("done"); what != "" && r.words.Has("done."+what) {
		return r.T("done." + what)
	}
	return ""
}

// mine is what waits for whoever is signed in: their drafts, what came back to them, and what the source has overtaken.
func (s *Server) mine(r *request) ([]jobLine, error) {
	var all []translations.Job
	for _, state := range []workflow.Standing{workflow.AtChangesRequested, workflow.AtDraft, workflow.AtOutdated} {
		jobs, err := s.Desk.Jobs(r.Context(), translations.Query{Standing: state, Assignee: r.member.ID, Limit: inMine})
		if err != nil {
			return nil, err
		}
		all = append(all, jobs...)
	}
	slices.SortStableFunc(all, func(a, b translations.Job) int { return cmp.Compare(b.Priority, a.Priority) })
	return s.jobLines(r, all[:min(len(all), inMine)]), nil
}

// fillQueue reads the columns or the table.
func (s *Server) fillQueue(r *request, p *boardPage) error {
	f := p.Filter
	counts, err := s.fillTabs(r, p)
	if err != nil {
		return err
	}
	states := workflow.Standings()
	if f.State != "" {
		states = []workflow.Standing{workflow.Standing(f.State)}
		p.Heading = f.State
	}
	if f.View == "table" || f.State != "" {
		jobs, more, err := s.merged(r, f, states)
		if err != nil {
			return err
		}
		p.Jobs = s.jobLines(r, jobs)
		if more {
			p.More = f.address("before", fmt.Sprint(jobs[len(jobs)-1].ID))
		}
		return nil
	}
	for _, state := range states {
		q := f.query(r, state)
		q.Limit = inColumn + 1
		jobs, err := s.Desk.Jobs(r.Context(), q)
		if err != nil {
			return err
		}
		col := boardColumn{State: string(state)}
		more := len(jobs) > inColumn
		if more {
			jobs = jobs[:inColumn]
			col.More = f.address("state", string(state), "before", fmt.Sprint(jobs[inColumn-1].ID))
		}
		switch n := counts[state]; {
		case f.IsNarrow() && more:
			col.Count = strconv.Itoa(len(jobs)) + "+"
		case f.IsNarrow():
			col.Count = strconv.Itoa(len(jobs))
		default:
			col.Count = capped(n)
			if n < countLimit {
				col.Left = n - len(jobs)
			}
		}
		col.Jobs = s.jobLines(r, jobs)
		p.Columns = append(p.Columns, col)
	}
	return nil
}

// merged is one page of several standings as one list, the most urgent first.
func (s *Server) merged(r *request, f boardFilter, states []workflow.Standing) (jobs []translations.Job, more bool, err error) {
	for _, state := range states {
		q := f.query(r, state)
		q.Limit, q.Before = inTable+1, translations.VersionID(f.Before)
		list, err := s.Desk.Jobs(r.Context(), q)
		if err != nil {
			return nil, false, err
		}
		jobs = append(jobs, list...)
	}
	slices.SortFunc(jobs, func(a, b translations.Job) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
	})
	if len(jobs) > inTable {
		return jobs[:inTable], true, nil
	}
	return jobs, false, nil
}

// fillTabs counts the queue by language, and returns the counts by standing of the language that is chosen.
func (s *Server) fillTabs(r *request, p *boardPage) (map[workflow.Standing]int, error) {
	counts := map[workflow.Standing]int{}
	all := 0
	p.Tabs = []boardTab{{tab: tab{Text: r.T("board.all"), URL: p.Filter.address("to", ""), Current: p.Filter.To == ""}}}
	for _, lang := range locales.Languages() {
		total := 0
		for _, state := range workflow.Standings() {
			n, err := s.Desk.CountJobs(r.Context(), state, lang, countLimit)
			if err != nil {
				return nil, err
			}
			total += n
			if p.Filter.To == "" || p.Filter.To == lang {
				counts[state] += n
			}
		}
		all += total
		p.Tabs = append(p.Tabs, boardTab{
			tab:   tab{Text: r.words.LanguageName(lang), URL: p.Filter.address("to", lang), Current: p.Filter.To == lang},
			Count: capped(total),
		})
	}
	p.Tabs[0].Count = capped(all)
	return counts, nil
}

// capped is a count as the board shows it.
func capped(n int) string {
	if n >= countLimit {
		return strconv.Itoa(countLimit-1) + "+"
	}
	return strconv.Itoa(n)
}

// fillFilters lists what the fields of the filter offer.
func (s *Server) fillFilters(r *request, p *boardPage) error {
	option := func(value, text, chosen string) choice {
		return choice{Value: value, Text: text, Chosen: value == chosen}
	}
	p.Who = []choice{
		option("", r.T("board.who.anyone"), p.Filter.Who), option("me", r.T("board.who.me"), p.Filter.Who),
		option("nobody", r.T("board.who.nobody"), p.Filter.Who),
	}
	members, err := s.Desk.Members(r.Context(), 0, 200)
	if err != nil {
		return err
	}
	for _, m := range members {
		if !m.IsDisabled() && m.ID != r.member.ID {
			p.Who = append(p.Who, option(fmt.Sprint(m.ID), m.Name, p.Filter.Who))
		}
	}
	p.Outlets = []choice{option("", r.T("board.outlet.all"), p.Filter.Outlet)}
	sources, err := s.Archive.Sources(r.Context(), 0, 200)
	if err != nil {
		return err
	}
	for _, source := range sources {
		p.Outlets = append(p.Outlets, option(fmt.Sprint(source.ID), source.NameIn(r.lang).Name, p.Filter.Outlet))
	}
	p.Due = []choice{
		option("", r.T("board.due.any"), p.Filter.Due), option("late", r.T("board.due.late"), p.Filter.Due),
		option("today", r.T("board.due.today"), p.Filter.Due), option("week", r.T("board.due.week"), p.Filter.Due),
	}
	return nil
}
