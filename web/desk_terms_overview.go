package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"colophon/archive"
	"colophon/translations"
)

// overviewPage fills templates/pages/overview.html: how the terms of all outlets stand.
type overviewPage struct {
	base
	Find    string
	States  []tab
	Outlets []overviewLine
	More    string
	How     []stateHelp
	Is      archive.TermsState // what is filtered by
}

// stateHelp says what a state means and what is to be done.
type stateHelp struct{ State, Name, Text string }

// Chip is the state as the chip of terms knows it.
func (l overviewLine) Chip() string { return string(l.State) }

// overviewLine is one outlet.
type overviewLine struct {
	archive.OutletTerms
	Name     string
	Link     string      // to what is to be done next
	Affected string      // how many public pages were published under other terms; "" for none
	Pages    string      // where they are listed
	Read     string      // when its pages were last read, "" for never
	Lapses   []lapseLine // agreements that pages rest on and that are over, or soon will be
	Expires  string      // "" where no agreement ends soon
	Links    string      // originals that answer, of how many; "" where none is watched
	Bad      int         // originals that do not
}

const (
	overviewAtOnce = 30
	expiresSoon    = 30 * 24 * time.Hour
	maxLapsed      = 1000 // outlets a list of lapsed agreements looks at
)

// termsOverview answers GET /desk/terms. state, q and after are in the query.
func (s *Server) termsOverview(r *request) error {
	after, _ := strconv.ParseInt(r.query("after"), 10, 64)
	f := archive.OverviewFilter{
		State: archive.TermsState(r.query("state")), Find: clipped(r.query("q"), 200), After: archive.SourceID(after),
		Limit: overviewAtOnce + 1, Soon: expiresSoon,
	}
	p := overviewPage{
		base: s.deskBase(r, r.T("overview.title"), "terms"), Find: f.Find, Is: f.State,
		States: overviewStates(r, f), How: overviewHelp(r),
	}
	if f.State == archive.TermsLapsed {
		var err error
		if f.Only, err = s.Desk.LapsedOutlets(r.Context(), maxLapsed); err != nil {
			return err
		}
	}
	list, err := s.Archive.TermsOverview(r.Context(), f)
	if err != nil {
		return err
	}
	if len(list) > overviewAtOnce {
		list = list[:overviewAtOnce]
		f.After = list[overviewAtOnce-1].Source.ID
		p.More = overviewPath(f)
	}
	ids := make([]archive.SourceID, len(list))
	for i, o := range list {
		ids[i] = o.Source.ID
	}
	links, err := s.Archive.LinksOf(r.Context(), ids...)
	if err != nil {
		return err
	}
	lapses, err := s.Desk.LapsesOf(r.Context(), expiresSoon, ids...)
	if err != nil {
		return err
	}
	for _, o := range list {
		line, err := s.overviewLine(r, o)
		if err != nil {
			return err
		}
		line.Lapses = newLapseLines(r, lapses[o.Source.ID])
		line.countLinks(r, links[o.Source.ID])
		p.Outlets = append(p.Outlets, line)
	}
	return r.show("overview", p)
}

// overviewStates are the filters by state.
func overviewStates(r *request, f archive.OverviewFilter) []tab {
	texts := []struct {
		state archive.TermsState
		text  string
	}{
		{"", r.T("overview.all")},
		{archive.TermsChanged, r.T("overview.changed")},
		{archive.TermsProposed, r.T("overview.proposed")},
		{archive.TermsNone, r.T("overview.none")},
		{archive.TermsLapsed, r.T("overview.lapsed")},
		{archive.TermsExpiring, r.T("overview.expiring")},
		{archive.TermsConfirmed, r.T("overview.confirmed")},
	}
	out := make([]tab, len(texts))
	for i, t := range texts {
		out[i] = tab{Text: t.text, URL: overviewPath(archive.OverviewFilter{State: t.state, Find: f.Find}), Current: t.state == f.State}
	}
	return out
}

func overviewHelp(r *request) []stateHelp {
	return []stateHelp{
		{termsNone, "", r.T("overview.how.none")},
		{termsProposed, "", r.T("overview.how.proposed")},
		{termsConfirmed, "", r.T("overview.how.confirmed")},
		{termsChanged, "", r.T("overview.how.changed")},
		{"", r.T("overview.lapsed"), r.T("overview.how.lapsed")},
		{"", r.T("overview.expiring"), r.T("overview.how.expiring", "Days", int(expiresSoon/(24*time.Hour)))},
	}
}

func overviewPath(f archive.OverviewFilter) string {
	q := url.Values{}
	if f.State != "" {
		q.Set("state", string(f.State))
	}
	if f.Find != "" {
		q.Set("q", f.Find)
	}
	if f.After != 0 {
		q.Set("after", fmt.Sprint(f.After))
	}
	if len(q) == 0 {
		return "/desk/terms"
	}
	return "/desk/terms?" + q.Encode()
}

func (s *Server) overviewLine(r *request, o archive.OutletTerms) (overviewLine, error) {
	l := overviewLine{OutletTerms: o, Name: o.Source.NameIn(r.lang).Name, Link: fmt.Sprintf("/desk/sources/%d", o.Source.ID)}
	if o.Waiting != 0 {
		l.Link = fmt.Sprintf("/desk/sources/%d/terms/%d", o.Source.ID, o.Waiting)
	}
	if !o.Source.ReadAt.IsZero() {
		l.Read = r.words.DateTime(o.Source.ReadAt)
	}
	if !o.Expires.IsZero() {
		l.Expires = r.words.Date(o.Expires)
	}
	current, at := o.Force, o.Force
	if o.IsChange {
		current, at = 0, o.Waiting
	}
	if o.Force == 0 || o.Version == 1 && !o.IsChange { // nothing could have gone out under others
		return l, nil
	}
	n, err := s.Desk.CountAffected(r.Context(), o.Source.ID, current, countLimit)
	if err != nil || n == 0 {
		return l, err
	}
	l.Affected, l.Pages = capped(n), fmt.Sprintf("/desk/sources/%d/terms/%d#affected", o.Source.ID, at)
	return l, nil
}

// lapseLine is an agreement that pages rest on and that is over, or soon will be.
type lapseLine struct {
	translations.Lapse
	Date, Link string
}

func newLapseLines(r *request, list []translations.Lapse) []lapseLine {
	out := make([]lapseLine, len(list))
	for i, l := range list {
		out[i] = lapseLine{l, r.words.Date(l.Ends), agreementPath(int64(l.Agreement)) + "#h-pa"}
	}
	return out
}

// countLinks sums up how the originals of what is public answer.
func (l *overviewLine) countLinks(r *request, n map[archive.LinkState]int) {
	all := 0
	for _, k := range n {
		all += k
	}
	l.Bad = n[archive.LinkDead] + n[archive.LinkDoubtful] + n[archive.LinkFailing]
	if all > 0 {
		l.Links = r.T("overview.links.of", "Alive", n[archive.LinkAlive]+n[archive.LinkMoved], "All", all)
	}
}
