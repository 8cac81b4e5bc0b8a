package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// boardFilter is what the address asks for. Its zero value is the whole board.
type boardFilter struct {
	Words, To, Who, Outlet, Due, State, View string
	Outdated                                 bool
	Before                                   int64
	At                                       workflow.Standing // of the job Before, for a table sorted by state
	Sort                                     boardSort
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
	f.Sort, f.At = readSort(q.Get("sort")), workflow.Standing(q.Get("at"))
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
	for _, p := range [][2]string{{"q", f.Words}, {"to", f.To}, {"who", f.Who}, {"outlet", f.Outlet}, {"due", f.Due}, {"state", f.State}, {"sort", f.Sort.String()}} {
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

// IsTable says whether the queue shows as a table.
func (f boardFilter) IsTable() bool { return f.View == "table" }

// Columns is the address of the same queue in columns.
func (f boardFilter) Columns() string { return f.address("view", "columns", "state", "") }

// Table is the address of the same queue as a table.
func (f boardFilter) Table() string { return f.address("view", "table") }

// Whole is the address of the queue with nothing left out but other languages.
func (f boardFilter) Whole() string { return boardFilter{To: f.To, Sort: f.Sort}.address() }
