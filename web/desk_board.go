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
	p := boardPage{base: newDeskBase(r, r.T("board.title"), "board"), Filter: f, Today: r.words.WeekdayDate(s.Now())}
	p.Keys = boardKeys
	if err := s.fillQueue(r, &p); err != nil {
		return err
	}
	if err := s.flagLapses(r, &p); err != nil {
		return err
	}
	if r.query("part") == "jobs" {
		return r.part("board", "board/more", p)
	}
	if err := s.fillFilters(r, &p); err != nil {
		return err
	}
	return r.show("board", p)
}

// deskBase is the base of a page of the desk, under one of its tabs, with the number of reviews that wait.
func (s *Server) deskBase(r *request, title, current string) base {
	b := newDeskBase(r, title, current)
	if n, err := s.Desk.CountJobs(r.Context(), workflow.AtReview, "", countLimit); err == nil {
		b.Waiting = n
	}
	return b
}

func newDeskBase(r *request, title, current string) base {
	b := r.base(title)
	b.Desk, b.NoIndex, b.Flash = current, true, r.done()
	return b
}

// done is what the last form did, for the line at the top of the page it led to: ?done=assigned.
func (r *request) done() string {
	if what := r.query("done"); what != "" && r.words.Has("done."+what) {
		return r.T("done." + what)
	}
	return ""
}

// mineStates are the standings in which a version waits for the person it is assigned to: begun, sent back, or overtaken
// by its source.
var mineStates = []workflow.Standing{workflow.AtChangesRequested, workflow.AtDraft, workflow.AtOutdated}

// fillQueue reads what waits for whoever is signed in, and the columns or the table, in one go.
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
	asTable := f.View == "table" || f.State != ""
	if asTable {
		states = f.Sort.states(states, f.At)
	}
	var queries []translations.Query
	for _, state := range states {
		q := f.query(r, state)
		q.Limit = inColumn + 1
		if asTable {
			q.Limit, q.Order, q.Reverse = inTable+1, f.Sort.order(), f.Sort.reverse()
			if f.Sort.By != "state" || state == f.At {
				q.Before = translations.VersionID(f.Before)
			}
		}
		queries = append(queries, q)
	}
	for _, state := range mineStates {
		queries = append(queries, translations.Query{Standing: state, Assignee: r.member.ID, Limit: inMine})
	}
	lists, err := s.Desk.Board(r.Context(), queries...)
	if err != nil {
		return err
	}
	lists, mine := lists[:len(states)], slices.Concat(lists[len(states):]...)
	slices.SortStableFunc(mine, func(a, b translations.Job) int { return cmp.Compare(b.Priority, a.Priority) })
	p.Mine = s.jobLines(r, mine[:min(len(mine), inMine)])
	if asTable {
		jobs, more := f.Sort.merged(lists)
		p.Jobs = s.jobLines(r, jobs)
		if more {
			last := jobs[len(jobs)-1]
			p.More = f.address("before", fmt.Sprint(last.ID))
			if f.Sort.By == "state" {
				p.More = f.address("before", fmt.Sprint(last.ID), "at", string(last.Standing))
			}
		}
		return nil
	}
	for i, state := range states {
		p.Columns = append(p.Columns, s.column(r, f, state, lists[i], counts[state]))
	}
	return nil
}

// column is one standing of the queue, of which a list with one job too many says that there are more.
func (s *Server) column(r *request, f boardFilter, state workflow.Standing, jobs []translations.Job, count int) boardColumn {
	col := boardColumn{State: string(state)}
	more := len(jobs) > inColumn
	if more {
		jobs = jobs[:inColumn]
		col.More = f.address("state", string(state), "before", fmt.Sprint(jobs[inColumn-1].ID))
	}
	switch {
	case f.IsNarrow() && more:
		col.Count = strconv.Itoa(len(jobs)) + "+"
	case f.IsNarrow():
		col.Count = strconv.Itoa(len(jobs))
	default:
		col.Count = capped(count)
		if count < countLimit {
			col.Left = count - len(jobs)
		}
	}
	col.Jobs = s.jobLines(r, jobs)
	return col
}

// fillTabs counts the queue by language, and returns the counts by standing of the language that is chosen.
func (s *Server) fillTabs(r *request, p *boardPage) (map[workflow.Standing]int, error) {
	all, err := s.Desk.CountBoard(r.Context(), countLimit, locales.Languages()...)
	if err != nil {
		return nil, err
	}
	counts := map[workflow.Standing]int{}
	byLanguage := map[string]int{}
	whole := 0
	for state, by := range all {
		for lang, n := range by {
			byLanguage[lang] += n
			whole += n
			if p.Filter.To == "" || p.Filter.To == lang {
				counts[state] += n
			}
			if state == workflow.AtReview {
				p.Waiting = min(p.Waiting+n, countLimit)
			}
		}
	}
	p.Tabs = []boardTab{{tab{r.T("board.all"), p.Filter.address("to", ""), p.Filter.To == ""}, capped(whole)}}
	for _, lang := range locales.Languages() {
		p.Tabs = append(p.Tabs, boardTab{
			tab{r.words.LanguageName(lang), p.Filter.address("to", lang), p.Filter.To == lang}, capped(byLanguage[lang]),
		})
	}
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
