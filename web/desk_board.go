package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
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

// jobLine is a job with everything the board says about it in words.
type jobLine struct {
	translations.Job
	base     // for the words
	Title    string
	Link     string
	Who      translations.Member // by name only; nobody: no name
	Mine     bool
	MayTake  bool
	MaySet   bool // priority, due time, other people
	When     string
	Urgency  string // "late", "soon" or ""
	Changed  int    // blocks to be carried over; of outdated ones
	Next     string // what a person does with it next
	Progress bool
}

// boardFilter is what the address asks for. Its zero value is the whole board.
type boardFilter struct {
	Words, To, Who, Outlet, Due, State, View string
	Outdated                                 bool
	Before                                   int64
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

func readFilter(q url.Values, view string) boardFilter {
	f := boardFilter{Words: q.Get("q"), Who: q.Get("who"), Outlet: q.Get("outlet"), Outdated: q.Get("outdated") != "", View: "columns"}
	if len(f.Words) > 200 {
		f.Words = ""
	}
	if slices.Contains(locales.Languages(), q.Get("to")) {
		f.To = q.Get("to")
	}
	if slices.Contains([]string{"late", "today", "week"}, q.Get("due")) {
		f.Due = q.Get("due")
	}
	if slices.Contains(workflow.Standings(), workflow.Standing(q.Get("state"))) {
		f.State = q.Get("state")
	}
	if cmp.Or(q.Get("view"), view) == "table" {
		f.View = "table"
	}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // what is no number is the beginning
	return f
}

// IsNarrow says whether more than a language is chosen, so that nothing is counted.
func (f boardFilter) IsNarrow() bool {
	return f.Words != "" || f.Who != "" || f.Outlet != "" || f.Due != "" || f.Outdated
}

// address is the board with this filter; pairs replace parameters, and "" takes one away.
func (f boardFilter) address(pairs ...string) string {
	q := url.Values{}
	set := func(name, value string) {
		if q.Del(name); value != "" {
			q.Set(name, value)
		}
	}
	for _, p := range [][2]string{{"q", f.Words}, {"to", f.To}, {"who", f.Who}, {"outlet", f.Outlet}, {"due", f.Due}, {"state", f.State}} {
		set(p[0], p[1])
	}
	if f.Outdated {
		set("outdated", "1")
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		set(pairs[i], pairs[i+1])
	}
	if len(q) == 0 {
		return "/desk"
	}
	return "/desk?" + q.Encode()
}

// query is the filter as the desk understands it.
func (f boardFilter) query(r *request, state workflow.Standing) translations.Query {
	q := translations.Query{Standing: state, Language: f.To, Words: f.Words, Stale: f.Outdated}
	switch f.Who {
	case "":
	case "me":
		q.Assignee = r.member.ID
	case "nobody":
		q.Nobody = true
	default:
		id, _ := strconv.ParseInt(f.Who, 10, 64)
		q.Assignee = translations.MemberID(id)
	}
	if id, err := strconv.ParseInt(f.Outlet, 10, 64); err == nil {
		q.Source = archive.SourceID(id)
	}
	now := r.server.Now().In(r.server.Zone)
	tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	switch f.Due {
	case "late":
		q.DueBy = now
	case "today":
		q.DueBy = tomorrow
	case "week":
		q.DueBy = tomorrow.AddDate(0, 0, 6)
	}
	return q
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

// jobLines puts jobs into words.
func (s *Server) jobLines(r *request, jobs []translations.Job) []jobLine {
	b := r.base("")
	if r.query("part") != "" {
		b.Path = "/desk" // a part of a page is nowhere to come back to
	}
	out := make([]jobLine, len(jobs))
	names := map[archive.SourceID]string{}
	for i, j := range jobs {
		if names[j.SourceID] == "" {
			names[j.SourceID] = j.SourceName
			if source, err := s.Archive.Source(r.Context(), j.SourceID); err == nil { // else the name as it came will do
				names[j.SourceID] = source.NameIn(r.lang).Name
			}
		}
		j.SourceName = names[j.SourceID]
		role := r.member.RoleIn(j.Language)
		l := jobLine{
			Job: j, base: b, Title: j.Title, Link: jobLink(j.Version, j.SourceLang), Who: translations.Member{Name: j.Assigned},
			Mine: j.Assignee == r.member.ID, MayTake: role.AtLeast(workflow.Translator) && j.Assignee != r.member.ID,
			MaySet: role.AtLeast(workflow.Editor), Changed: j.Total - j.Done,
			Progress: j.Total > 0 && (j.Standing == workflow.AtDraft || j.Standing == workflow.AtChangesRequested),
		}
		l.When, l.Urgency = s.when(r, j)
		switch {
		case j.Standing == workflow.AtChangesRequested && j.Open > 0:
			l.Next = r.words.Plural("board.next.comments", j.Open, nil)
		case j.Standing == workflow.AtOutdated && l.Changed > 0:
			l.Next = r.words.Plural("board.next.carry", l.Changed, nil)
		default:
			l.Next = r.T("board.next.continue")
		}
		out[i] = l
	}
	return out
}

// jobLink is where a job is worked on: in the editor, or, when it waits for or has a decision, on its review page. The
// original has nothing to edit.
func jobLink(v translations.Version, original string) string {
	link := fmt.Sprintf("/desk/versions/%d", v.ID)
	switch v.Standing {
	case workflow.AtDraft, workflow.AtChangesRequested, workflow.AtOutdated:
		if v.Language != original {
			return link
		}
	case workflow.AtReview, workflow.AtApproved, workflow.AtPublished:
	}
	return link + "/review"
}

// when says what is urgent about a job: that the gate holds it, how far its source has gone on, or when it is due.
func (s *Server) when(r *request, j translations.Job) (text, urgency string) {
	switch {
	case j.Held && j.Standing == workflow.AtApproved:
		return r.T("board.held"), "late"
	case j.Standing == workflow.AtOutdated && j.Total > j.Done:
		return r.words.Plural("board.changed", j.Total-j.Done, nil), "soon"
	case j.Standing == workflow.AtPublished:
		return r.shortTime(j.UpdatedAt), ""
	case j.DueAt.IsZero():
		return "", ""
	}
	now, due := s.Now().In(s.Zone), j.DueAt.In(s.Zone)
	switch days := dayNumber(due) - dayNumber(now); {
	case days < 0:
		return r.words.Plural("board.late", -days, nil), "late"
	case due.Before(now):
		return r.T("board.late.today", "Time", r.words.Time(due)), "late"
	case days == 0:
		return r.T("board.today", "Time", r.words.Time(due)), "soon"
	default:
		return r.words.DayMonth(due), ""
	}
}

// shortTime is "today 16:40" or a day.
func (r *request) shortTime(t time.Time) string {
	zone := r.server.Zone
	if dayNumber(t.In(zone)) == dayNumber(r.server.Now().In(zone)) {
		return r.T("board.today", "Time", r.words.Time(t))
	}
	return r.words.DayMonth(t)
}

// dayNumber counts calendar days, whatever their length.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// jobPage fills templates/pages/job.html: who does a version, how soon, and by when.
type jobPage struct {
	base
	Job        jobLine
	People     []choice
	Priorities []choice
	DueAt      string // as a field of the kind datetime-local has it
	Others     []choice
	Back       string
	Refuse     string
}

func (s *Server) job(r *request) error {
	return s.showJob(r, http.StatusOK, "")
}

func (s *Server) showJob(r *request, status int, refuse string) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	work, err := s.Desk.Work(r.Context(), translations.VersionID(id))
	if err != nil {
		return err
	}
	v := work.Version
	names, err := s.Desk.Names(r.Context(), v.Assignee)
	if err != nil {
		return err
	}
	line := s.jobLines(r, []translations.Job{{
		Version: v, Title: work.Revision.Title, SourceLang: work.Article.Language, SourceID: work.Source.ID,
		SourceName: work.Source.NameIn(r.lang).Name, Slug: work.Article.Slug, Assigned: names[v.Assignee],
	}})[0]
	p := jobPage{base: s.deskBase(r, work.Revision.Title, "board"), Job: line, Refuse: refuse, Back: deskPath(cmp.Or(r.query("back"), r.http.PostFormValue("back")))}
	if !v.DueAt.IsZero() {
		p.DueAt = v.DueAt.In(s.Zone).Format(dueLayout)
	}
	members, err := s.Desk.Members(r.Context(), 0, 200)
	if err != nil {
		return err
	}
	p.People = []choice{{Value: "0", Text: r.T("board.who.nobody"), Chosen: v.Assignee == 0}}
	for _, m := range members {
		if m.RoleIn(v.Language) != "" && !m.IsDisabled() {
			p.People = append(p.People, choice{Value: fmt.Sprint(m.ID), Text: m.Name, Chosen: m.ID == v.Assignee})
		}
	}
	for _, priority := range []translations.Priority{translations.NoPriority, translations.High, translations.First} {
		p.Priorities = append(p.Priorities, choice{Value: strconv.Itoa(int(priority)), Text: r.priority(priority), Chosen: priority == v.Priority})
	}
	if p.Others, err = s.openable(r.Context(), r, work.Article); err != nil {
		return err
	}
	return r.showStatus(status, "job", p)
}

// priority is a priority in words.
func (r *request) priority(p translations.Priority) string {
	switch p {
	case translations.First:
		return r.T("board.priority.first")
	case translations.High:
		return r.T("board.priority.high")
	case translations.NoPriority:
	}
	return r.T("board.priority.normal")
}

// openable lists the languages in which an article has no version yet and whoever is signed in may open one.
func (s *Server) openable(ctx context.Context, r *request, art archive.Article) ([]choice, error) {
	versions, err := s.Desk.VersionsOf(ctx, art.ID)
	if err != nil {
		return nil, err
	}
	var out []choice
	for _, lang := range locales.Languages() {
		open := slices.ContainsFunc(versions, func(v translations.Version) bool { return v.Language == lang })
		if !open && r.member.RoleIn(lang).AtLeast(workflow.Translator) {
			out = append(out, choice{Value: lang, Text: r.words.LanguageName(lang), Chosen: lang == art.Language})
		}
	}
	return out, nil
}

const dueLayout = "2006-01-02T15:04"

// assign answers POST /desk/versions/:id/assign. do is "take" (to whoever is signed in), "priority" (the next one), or
// "save" with to, priority and due.
func (s *Server) assign(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	v, err := s.Desk.Version(r.Context(), translations.VersionID(id))
	if err != nil {
		return err
	}
	to, priority, due := v.Assignee, v.Priority, v.DueAt
	switch r.value("do") {
	case "take":
		to = r.member.ID
	case "priority":
		priority = (priority + 1) % (translations.First + 1)
	default:
		n, _ := strconv.ParseInt(r.value("to"), 10, 64)
		to = translations.MemberID(n)
		if p, err := strconv.Atoi(r.value("priority")); err == nil && p >= 0 && p <= int(translations.First) {
			priority = translations.Priority(p)
		}
		due = time.Time{}
		if text := r.value("due"); text != "" {
			if due, err = time.ParseInLocation(dueLayout, text, s.Zone); err != nil {
				return s.showJob(r, http.StatusUnprocessableEntity, r.T("job.due.bad"))
			}
		}
	}
	if err := s.Desk.Assign(r.Context(), v.ID, to, priority, due, r.member); err != nil {
		if a := r.explain(err); !r.wantsJSON() && a.Status < http.StatusInternalServerError {
			return s.showJob(r, a.Status, a.Text)
		}
		return err
	}
	if r.wantsJSON() {
		r.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return r.redirect(deskPath(r.value("back")))
}

// IsTable says whether the queue shows as a table.
func (f boardFilter) IsTable() bool { return f.View == "table" }

// Columns is the address of the same queue in columns.
func (f boardFilter) Columns() string { return f.address("view", "columns", "state", "") }

// Table is the address of the same queue as a table.
func (f boardFilter) Table() string { return f.address("view", "table") }

// Whole is the address of the queue with nothing left out but other languages.
func (f boardFilter) Whole() string { return boardFilter{To: f.To}.address() }
