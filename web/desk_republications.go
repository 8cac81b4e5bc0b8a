package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/translations"
)

// republicationsPage fills templates/pages/republications.html: pages of others that carry our texts.
type republicationsPage struct {
	base
	Tabs      []tab
	States    []tab
	Pages     []republicationLine
	More      string
	Leads     []leadLine
	Hosts     []hostLine
	Views     []beaconLine
	Addresses string // as sent
	Ours      string
	Refuse    string
	MayKeep   bool // editors and administrators keep the list
	Filtered  bool
}

// republicationLine is a page on the list.
type republicationLine struct {
	translations.Republication
	Name    string // title, else the address
	State   string
	Checked string
	Ours    string // address of our page
	Article string // title of our page
	Lang    string
}

// leadLine is a place that readers' browsers have named.
type leadLine struct {
	translations.LeadCount
	Address string // "" where only the host is known
	Ours    string
	Article string
	Lang    string
	When    string
}

// Times is how often it was named, as plural forms want it.
func (l leadLine) Times() int { return int(l.Count) }

// hostLine is what was decided on a host.
type hostLine struct{ Host, Rule string }

// beaconLine is how often copies on a host were read: today, in a week, in thirty days.
type beaconLine struct {
	Host               string
	Today, Week, Month int64
}

const (
	republicationsOnPage = 50
	leadsOnPage          = 30
)

func (s *Server) republications(r *request) error {
	return s.showRepublications(r, http.StatusOK, republicationsPage{})
}

func (s *Server) showRepublications(r *request, status int, p republicationsPage) error {
	ctx := r.Context()
	p.base = s.deskBase(r, r.T("republications.title"), "verify")
	p.Tabs, p.MayKeep = r.watchTabs("/desk/republications"), r.answersForTerms()
	chosen := r.query("state")
	p.States = append(p.States, tab{r.T("republications.all"), "/desk/republications", chosen == ""})
	var state *translations.RepublicationState
	for _, k := range []translations.RepublicationState{
		translations.RepublicationUnmet, translations.RepublicationUndecidable, translations.RepublicationFailed, translations.RepublicationMet,
	} {
		if string(k) == chosen {
			state = &k
		}
		p.States = append(p.States, tab{r.T("verify.state." + string(k)), "/desk/republications?state=" + string(k), string(k) == chosen})
	}
	p.Filtered = state != nil
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	list, err := s.Desk.Republications(ctx, state, translations.RepublicationID(before), republicationsOnPage+1)
	if err != nil {
		return err
	}
	if len(list) > republicationsOnPage {
		list = list[:republicationsOnPage]
		p.More = fmt.Sprintf("/desk/republications?state=%s&before=%d", chosen, list[republicationsOnPage-1].ID)
	}
	for _, x := range list {
		l := r.republicationLine(x)
		if l.Ours, l.Article, err = s.oursOf(r, x.Of); err != nil {
			return err
		}
		p.Pages = append(p.Pages, l)
	}
	if err := s.fillLeads(r, &p); err != nil {
		return err
	}
	return r.showStatus(status, "republications", p)
}

func (r *request) republicationLine(x translations.Republication) republicationLine {
	l := republicationLine{Republication: x, Name: cmp.Or(x.Title, x.URL), State: cmp.Or(string(x.State), "waiting"), Lang: x.Of.Language}
	if !x.Checked.IsZero() {
		l.Checked = r.words.DateTime(x.Checked)
	}
	return l
}

// oursOf is the address and title of a page of ours; "" where it is not known or not public.
func (s *Server) oursOf(r *request, of translations.Viewed) (address, title string, err error) {
	if of.Article == 0 {
		return "", "", nil
	}
	list, err := s.Desk.ShelvedOf(r.Context(), of.Article)
	if err != nil {
		return "", "", err
	}
	for _, v := range list {
		if v.Language == of.Language {
			return articlePath(v.Language, v.Slug), v.Title, nil
		}
	}
	return "", "", nil
}

// fillLeads reads where readers come from and where copies with our counter are read.
func (s *Server) fillLeads(r *request, p *republicationsPage) error {
	ctx, since := r.Context(), s.Now().Add(-leadDays)
	leads, err := s.Desk.Leads(ctx, since, leadsOnPage)
	if err != nil {
		return err
	}
	for _, l := range leads {
		if l.Host == "" {
			continue
		}
		line := leadLine{LeadCount: l, Lang: l.Of.Language, When: r.words.Day(l.Last)}
		if l.Path != "/" {
			line.Address = "https://" + l.Host + l.Path
		}
		if line.Ours, line.Article, err = s.oursOf(r, l.Of); err != nil {
			return err
		}
		p.Leads = append(p.Leads, line)
	}
	hosts, err := s.Desk.RepublicationHosts(ctx)
	if err != nil {
		return err
	}
	for host, rule := range hosts {
		p.Hosts = append(p.Hosts, hostLine{host, string(rule)})
	}
	slices.SortFunc(p.Hosts, func(a, b hostLine) int { return cmp.Compare(a.Host, b.Host) })
	days, err := s.Desk.BeaconViews(ctx, since, 2000)
	if err != nil {
		return err
	}
	today := s.Now().UTC().Truncate(24 * time.Hour)
	for _, d := range days {
		i := slices.IndexFunc(p.Views, func(l beaconLine) bool { return l.Host == d.Host })
		if i < 0 {
			p.Views = append(p.Views, beaconLine{Host: d.Host})
			i = len(p.Views) - 1
		}
		l := &p.Views[i]
		l.Month += d.Count
		if !d.Day.Before(today.AddDate(0, 0, -6)) {
			l.Week += d.Count
		}
		if d.Day.Equal(today) {
			l.Today += d.Count
		}
	}
	slices.SortStableFunc(p.Views, func(a, b beaconLine) int { return cmp.Compare(b.Month, a.Month) })
	p.Views = p.Views[:min(len(p.Views), 50)]
	return nil
}

// addRepublications answers POST /desk/republications: addresses, a line each, of pages that carry a text of ours.
func (s *Server) addRepublications(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	p := republicationsPage{Addresses: r.value("addresses"), Ours: strings.TrimSpace(r.value("ours"))}
	refuse := func(err error) error {
		a := r.refuse(err, fieldsOf{"fault.republication.*": "as", "fault.ingest.addresses": "as", "fault.address": "as", "fault.verify.ours": "ou"})
		if a.Status == http.StatusInternalServerError {
			return err
		}
		p.Refuse = a.Text
		return s.showRepublications(r, a.Status, p)
	}
	if !r.answersForTerms() {
		return refuse(fault.New(fault.ErrForbidden, "fault.role.editor", nil))
	}
	lines := addressLines(strings.Join(strings.Fields(p.Addresses), "\n"))
	switch {
	case len(lines) == 0:
		return refuse(fault.New(fault.ErrInvalid, "fault.republication.nothing", nil))
	case len(lines) > maxAddresses:
		return refuse(fault.New(fault.ErrTooLarge, "fault.ingest.addresses", fault.Data{"Limit": maxAddresses}))
	}
	var of translations.Viewed
	if p.Ours != "" {
		ours, err := s.ownPage(r.Context(), p.Ours)
		if errors.Is(err, fault.ErrNotFound) {
			err = fault.New(fault.ErrNotFound, "fault.verify.ours", fault.Data{"Address": clipped(p.Ours, 200)})
		}
		if err != nil {
			return refuse(err)
		}
		of = translations.Viewed{Article: ours.Article, Language: ours.Language}
	}
	origin := "list"
	if k := r.value("origin"); k == translations.ByReferrer || k == translations.ByBeacon {
		origin = k
	}
	var last translations.Republication
	for _, line := range lines {
		if ours, err := s.ownPage(r.Context(), line); err == nil && strings.HasPrefix(line, s.Origin+"/") {
			return refuse(fault.New(fault.ErrInvalid, "fault.republication.own", fault.Data{"Address": articlePath(ours.Language, ours.Slug)}))
		}
		added, err := s.Desk.AddRepublication(r.Context(), line, of, origin, r.member.ID)
		if err != nil {
			return refuse(err)
		}
		last = added
	}
	if len(lines) > 1 || s.Fetcher == nil {
		return r.redirect("/desk/republications?done=republications_added")
	}
	if err := s.checkRepublication(r.Context(), last, r.member.ID); err != nil { // one page can be looked at at once
		return err
	}
	return r.redirect(fmt.Sprintf("/desk/republications/%d?done=republication_checked", last.ID))
}

// saveRepublicationHost answers POST /desk/republications/hosts: what is done with pages found on a host.
func (s *Server) saveRepublicationHost(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	rule := translations.HostRule(r.value("rule"))
	if !slices.Contains([]translations.HostRule{translations.HostAsk, translations.HostCheck, translations.HostIgnore}, rule) {
		return fault.New(fault.ErrInvalid, "error.form", nil)
	}
	if err := s.Desk.SetRepublicationHost(r.Context(), r.value("host"), rule, r.member.ID); err != nil {
		return err
	}
	return r.redirect("/desk/republications?done=saved#found")
}

// republicationPage fills templates/pages/republication.html: one page of somebody else's.
type republicationPage struct {
	base
	Line    republicationLine
	Report  *report
	Seen    string // when the page of the report was found
	Fault   string // why it could not be had the last time, in words
	Next    string
	By      string
	Checks  []republicationCheckLine
	MayKeep bool
}

type republicationCheckLine struct {
	When, State, Text string
	Capture           archive.CaptureID
}

func (s *Server) republication(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	x, err := s.Desk.Republication(r.Context(), translations.RepublicationID(id))
	if err != nil {
		return err
	}
	p := republicationPage{Line: r.republicationLine(x), MayKeep: r.answersForTerms(), Next: r.words.Date(x.Next)}
	p.base = s.deskBase(r, p.Line.Name, "verify")
	if p.Line.Ours, p.Line.Article, err = s.oursOf(r, x.Of); err != nil {
		return err
	}
	names, err := s.Desk.Names(r.Context(), x.By)
	if err != nil {
		return err
	}
	p.By = names[x.By]
	checks, err := s.Desk.RepublicationChecks(r.Context(), x.ID, 30)
	if err != nil {
		return err
	}
	for i, c := range checks {
		l := republicationCheckLine{When: r.words.DateTime(c.At), State: string(c.Outcome), Capture: c.Capture}
		var rules []string
		for _, kind := range c.Unmet {
			if r.words.Has("clause." + kind + ".name") {
				rules = append(rules, r.T("clause."+kind+".name"))
			}
		}
		l.Text = strings.Join(rules, ", ")
		if c.Fault != "" && r.words.Has(c.Fault) {
			if l.Text = r.words.Text(c.Fault, c.Data); i == 0 {
				p.Fault = l.Text
			}
		}
		p.Checks = append(p.Checks, l)
	}
	var seen time.Time
	if p.Report, seen, err = s.reportOf(r, x, checks); err != nil {
		return err
	}
	p.Seen = r.words.DateTime(seen)
	return r.show("republication", p)
}

// changeRepublication answers POST /desk/republications/:id. do is "check", "retire" or "return".
func (s *Server) changeRepublication(r *request) error {
	id, err := r.number("id")
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	if !r.answersForTerms() {
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	x, err := s.Desk.Republication(r.Context(), translations.RepublicationID(id))
	if err != nil {
		return err
	}
	at := fmt.Sprintf("/desk/republications/%d", x.ID)
	switch r.value("do") {
	case "check":
		if s.Fetcher == nil {
			return fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
		}
		if err := s.checkRepublication(r.Context(), x, r.member.ID); err != nil {
			return err
		}
		return r.redirect(at + "?done=republication_checked")
	case "retire":
		if err := s.Desk.RetireRepublication(r.Context(), x.ID); err != nil {
			return err
		}
		return r.redirect("/desk/republications?done=republication_retired")
	case "return":
		if _, err := s.Desk.AddRepublication(r.Context(), x.URL, translations.Viewed{}, x.Origin, r.member.ID); err != nil {
			return err
		}
		return r.redirect(at + "?done=republications_added")
	}
	return fault.New(fault.ErrInvalid, "error.form", nil)
}
