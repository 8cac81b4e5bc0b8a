package archive

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
)

// Limits of one look at an outlet's pages.
const (
	maxLookPages = 4 // that are read again, and as many that are found
	lookTime     = 2 * time.Minute
)

// Look is what looking for an outlet's terms brought.
type Look struct {
	Pages    []string // that were fetched and read
	Failed   int      // that could not be, each an event
	Proposal Terms    // the version that now waits for a person; no ID where there is nothing new
}

// LookForTerms reads the pages an outlet's statements stand on again and follows links that look like terms pages, from
// its newest article or its home page, politely and at most four of each. Statements that changed, vanished or were found
// become one proposal; a change of words that a version in force rests on is marked so. A page that cannot be fetched or
// read is an event and changes nothing. by is the member who asked, 0 for the program, which follows links only where
// nothing is known yet or words are gone from where they stood.
func (a *Archive) LookForTerms(ctx context.Context, f Fetcher, id SourceID, by int64) (Look, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	source, err := a.Source(ctx, id)
	if err != nil {
		return Look{}, err
	}
	history, err := a.TermsHistory(ctx, id)
	if err != nil {
		return Look{}, err
	}
	l := &look{Archive: a, fetcher: f, source: source, history: history, reference: reference(history), by: by}
	err = l.run(ctx)
	if ctx.Err() == nil || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = errors.Join(err, l.note(context.WithoutCancel(ctx)))
	}
	if err != nil {
		return l.Look, fmt.Errorf("look for the terms of source %d: %w", id, err)
	}
	return l.Look, nil
}

// retryAbsent is how long a page of terms that could not be read is left alone: it is asked for once a day, until a person is.
const retryAbsent = 20 * time.Hour

// SourcesToRead lists outlets whose pages were last looked at before a time, the longest ago first, and those with a page
// that could not be read yesterday. Outlets of which
// every page was brought by hand are left in peace until a person asks for a look.
func (a *Archive) SourcesToRead(ctx context.Context, before time.Time, limit int) ([]SourceID, error) {
	var ids []int64
	retry := database.Micros(a.Now().Add(-retryAbsent))
	err := a.db.In(ctx).Model(&sourceRow{}).
		Where(`(tried_at < ? OR EXISTS (SELECT 1 FROM absences x WHERE x.source_id = sources.id AND x.days < ? AND x.last_at < ?))`,
			database.Micros(before), askAfterDays, retry).
		Where(`tried_at > 0
			OR EXISTS (SELECT 1 FROM terms t JOIN captures c ON c.id = t.capture_id WHERE t.source_id = sources.id AND c.origin = 'fetch')
			OR EXISTS (SELECT 1 FROM articles a JOIN revisions r ON r.id = a.revision_id JOIN captures c ON c.id = r.capture_id
				WHERE a.source_id = sources.id AND c.origin = 'fetch')`).
		Order("tried_at, id").Limit(limit).Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("outlets to read: %w", err)
	}
	out := make([]SourceID, len(ids))
	for i, id := range ids {
		out[i] = SourceID(id)
	}
	return out, nil
}

// look is one look under way.
type look struct {
	*Archive
	fetcher   Fetcher
	source    Source
	history   []Terms
	reference Terms
	by        int64
	Look

	asked      []string  // addresses, so that none is asked for twice
	removed    []string  // texts of the reference that no longer stand where they stood
	last       CaptureID // the newest capture of a page whose words changed
	changed    ingest.Page
	added      []statement
	found      []statement // on pages that were not known
	front      ingest.Page // the home page, where it was asked for
	unreadable int         // pages of the reference that could not be read again
	standing   int         // pages of the reference that were
}

func (l *look) run(ctx context.Context) error {
	for _, address := range l.known() {
		if err := l.again(ctx, address); err != nil {
			return err
		}
	}
	if l.by != 0 || l.source.TriedAt.IsZero() || l.reference.ID == 0 || len(l.removed) > 0 {
		if err := l.find(ctx); err != nil {
			return err
		}
	}
	return l.conclude(ctx)
}

// wellKnown is where a site's reservation stands (TDM Reservation Protocol §5.2), as a place of evidence.
const wellKnown = "tdmrep.json"

// known are the pages the reference stands on.
func (l *look) known() []string {
	var out []string
	for _, e := range l.reference.Evidence {
		if isWeb(e.PageURL) && e.Where != wellKnown && !slices.Contains(out, e.PageURL) && len(out) < maxLookPages {
			out = append(out, e.PageURL)
		}
	}
	return out
}

// fetch asks for a page of the outlet. ok is false where there is none to read, which is an event; the error is the
// context's or the database's.
func (l *look) fetch(ctx context.Context, address string) (d Delivery, ok bool, err error) {
	l.asked = append(l.asked, address)
	got, err := l.fetcher.Fetch(ctx, address, ingest.FetchOptions{})
	if err == nil {
		asked, _ := url.Parse(address)
		came, perr := url.Parse(got.FinalURL)
		switch {
		case asked == nil || perr != nil || !ingest.SameSite(asked, came):
			err = fault.New(ErrUnavailable, "fault.terms.elsewhere", fault.Data{"Host": shorten(came.Host, 100)})
		case !ingest.IsReadable(ingest.Page{URL: got.FinalURL, Header: got.Header, Body: got.Body}):
			err = fault.New(ErrInvalid, "fault.terms.unreadable", nil)
		}
	}
	if err != nil {
		l.Failed++
		return d, false, errors.Join(l.Fail(context.WithoutCancel(ctx), address, l.by, err), ctx.Err())
	}
	l.Pages = append(l.Pages, address)
	d = Delivery{URL: address, FinalURL: got.FinalURL, Status: got.Status, Header: got.Header, Body: got.Body, Origin: Fetch, By: l.by, At: got.At}
	for _, h := range got.Redirects {
		d.Redirects = append(d.Redirects, Hop(h))
	}
	return d, true, nil
}

func (d Delivery) page() ingest.Page {
	return ingest.Page{URL: d.FinalURL, Header: d.Header, Body: d.Body}
}

// again reads a page of the reference once more and compares what it says with what it said, as the program reads both.
// What was captured in the last hour is not asked for.
func (l *look) again(ctx context.Context, address string) error {
	at := slices.IndexFunc(l.reference.Evidence, func(e Evidence) bool { return e.PageURL == address })
	capture, before, err := l.readCapture(ctx, l.reference.Evidence[at].Capture)
	if err != nil {
		return err
	}
	if age := l.Now().Sub(capture.At); capture.Origin == Fetch && age >= 0 && age < time.Hour {
		l.standing++
		return nil
	}
	d, ok, err := l.fetch(ctx, address)
	if !ok || err != nil {
		l.unreadable++
		if err == nil {
			_, err = l.away(ctx, address, Unreachable, nil)
		}
		return err
	}
	l.standing++
	if database.DigestOf(d.Body) == capture.Digest {
		return l.back(ctx, address)
	}
	text, err := l.isAboutTerms(ctx, address)
	if err != nil {
		return err
	}
	was, is := statementsOn(before, l.source, 0, text), statementsOn(d.page(), l.source, 0, text)
	decoded, err := ingest.Decode(d.Body, d.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	shown := textOfPage(decoded)
	var removed []string
	for _, e := range l.reference.Evidence {
		if e.PageURL == address && e.Text != "" && !says(shown, e.Text) && !contains(is, e.Text) {
			removed = append(removed, e.Text)
		}
	}
	if away, err := l.isAway(ctx, address, len(removed) > 0, before, d); away || err != nil {
		return err
	}
	is = slices.DeleteFunc(is, func(s statement) bool { return contains(was, s.Text) || isKnown([]Terms{l.reference}, s) })
	if len(removed)+len(is) == 0 {
		return nil
	}
	kept, err := l.KeepCapture(ctx, d)
	if err != nil {
		return err
	}
	for i := range is {
		is[i].PageURL, is[i].Capture = address, kept.ID
	}
	l.removed, l.added, l.last, l.changed = append(l.removed, removed...), append(l.added, is...), kept.ID, d.page()
	return nil
}

// isAway says whether a page whose words are gone is one that could not be read, for now: it stands in for the page of the
// terms, and has not done so on several days yet. With none gone the page is there.
func (l *look) isAway(ctx context.Context, address string, gone bool, before ingest.Page, d Delivery) (bool, error) {
	why := ingest.Present
	if gone {
		var err error
		if why, err = l.absent(ctx, address, before, d); err != nil {
			return false, err
		}
	}
	if why == ingest.Present {
		return false, l.back(ctx, address)
	}
	days, err := l.away(ctx, address, why, &d)
	if err != nil || days >= askAfterDays {
		return false, err
	}
	l.Failed++
	l.unreadable++
	l.standing--
	return true, nil
}

// isAboutTerms says whether the paragraphs of a page are the outlet's own words: those of its articles and its home page
// are not.
func (l *look) isAboutTerms(ctx context.Context, address string) (bool, error) {
	if address == l.source.HomeURL {
		return false, nil
	}
	_, err := l.ArticleAt(ctx, address)
	if errors.Is(err, ErrNotFound) {
		return true, nil
	}
	return false, err
}

func contains(list []statement, text string) bool {
	return slices.ContainsFunc(list, func(s statement) bool { return sameWords(s.Text, text) })
}

// find follows the links that look like terms pages, and asks for the site's reservation.
func (l *look) find(ctx context.Context) error {
	start, ok, err := l.start(ctx)
	if err != nil || !ok {
		return err
	}
	for _, address := range ingest.TermsPages(start) {
		if slices.Contains(l.asked, address) {
			continue
		}
		d, ok, err := l.fetch(ctx, address)
		if err != nil {
			return err
		}
		if !ok || ingest.Absent(d.Status, d.page()) != ingest.Present {
			continue
		}
		c, err := l.KeepCapture(ctx, d)
		if err != nil {
			return err
		}
		l.found = append(l.found, statementsOn(d.page(), l.source, c.ID, true)...)
	}
	return l.reservation(ctx, start)
}

// start is the page links are followed from: one that has just changed, the newest article as it is kept, else the
// outlet's home page.
func (l *look) start(ctx context.Context) (ingest.Page, bool, error) {
	if len(ingest.TermsPages(l.changed)) > 0 {
		return l.changed, true, nil
	}
	list, err := l.ArticlesOf(ctx, l.source.ID, 0, 1)
	if err != nil {
		return ingest.Page{}, false, err
	}
	if len(list) > 0 {
		rev, err := l.Revision(ctx, list[0].Revision)
		if err != nil {
			return ingest.Page{}, false, err
		}
		_, page, err := l.readCapture(ctx, rev.Capture)
		if page.URL == "" {
			page.URL = list[0].URL
		}
		if err != nil || len(ingest.TermsPages(page)) > 0 || !isWeb(l.source.HomeURL) {
			return page, err == nil, err
		}
	}
	d, ok, err := l.fetch(ctx, l.source.HomeURL)
	if err != nil || !ok {
		return ingest.Page{}, false, err
	}
	c, err := l.KeepCapture(ctx, d)
	if err != nil {
		return ingest.Page{}, false, err
	}
	l.found = append(l.found, statementsOn(d.page(), l.source, c.ID, false)...)
	return d.page(), true, nil
}

// reservation asks for /.well-known/tdmrep.json. Most sites have none, which is no event.
func (l *look) reservation(ctx context.Context, start ingest.Page) error {
	u, err := url.Parse(l.source.HomeURL)
	if err != nil || !isWeb(l.source.HomeURL) {
		return nil //nolint:nilerr // an outlet without a site reserves nothing there
	}
	address := u.Scheme + "://" + u.Host + "/.well-known/tdmrep.json"
	got, err := l.fetcher.Fetch(ctx, address, ingest.FetchOptions{})
	if err != nil {
		return ctx.Err()
	}
	path := "/"
	if page, err := url.Parse(start.URL); err == nil && page.EscapedPath() != "" {
		path = page.EscapedPath()
	}
	r, ok := ingest.FileReservation(got.Body, path)
	if came, err := url.Parse(got.FinalURL); !ok || !r.Reserved || err != nil || !ingest.SameSite(u, came) {
		return nil //nolint:nilerr // what another site says is not this one's word
	}
	c, err := l.KeepCapture(ctx, Delivery{URL: address, FinalURL: got.FinalURL, Status: got.Status, Header: got.Header, Body: got.Body, Origin: Fetch, By: l.by, At: got.At})
	if err != nil {
		return err
	}
	s := reserved(r.Words, wellKnown)
	s.PageURL, s.Capture = address, c.ID
	l.found = append(l.found, s)
	return nil
}

// conclude makes a proposal of what differs from the reference, or takes back one that the outlet took back.
func (l *look) conclude(ctx context.Context) error {
	for _, s := range l.found {
		if slices.ContainsFunc(l.removed, func(gone string) bool { return sameWords(gone, s.Text) }) { // moved
			l.added = append(l.added, s)
		}
	}
	l.found = slices.DeleteFunc(l.found, func(s statement) bool { return isKnown(l.history, s) || contains(l.added, s.Text) })
	if len(l.removed)+len(l.added)+len(l.found) == 0 {
		return l.takeBack(ctx)
	}
	t := assemble(append(l.revised(), l.found...))
	if len(t.Evidence) == 0 {
		t.Capture, t.PageURL = l.last, l.reference.PageURL
	}
	if sameEvidence(l.reference, t) {
		return l.takeBack(ctx)
	}
	t.Source = l.source.ID
	t.Changed = l.reference.IsConfirmed() && len(l.removed)+len(l.added) > 0
	for _, k := range l.history {
		if k.Version <= l.reference.Version {
			break
		}
		if sameEvidence(k, t) && (k.IsWaiting() || k.DroppedBy != 0) {
			return nil // asked already
		}
		t.Changed = t.Changed || k.IsWaiting() && k.Changed && l.unreadable > 0
	}
	p, err := l.ProposeTerms(ctx, t)
	if errors.Is(err, ErrConflict) { // a delivery or a person was faster: the next look sees what is left
		return nil
	}
	l.Proposal = p
	return err
}

// revised are the statements of the reference as they stand now, with the clauses people confirmed as far as they hold.
func (l *look) revised() []statement {
	var kept, gone []statement
	for _, s := range l.reference.statements() {
		switch {
		case s.Text == "":
		case slices.Contains(l.removed, s.Text):
			gone = append(gone, s)
		default:
			kept = append(kept, s)
		}
	}
	var confirmed, before []rights.Clause
	for _, s := range gone {
		confirmed = append(confirmed, s.clauses...)
		before = append(before, l.clausesIn(s)...)
	}
	now := assemble(l.added)
	now.Clauses = rights.Revise(confirmed, before, now.Clauses, now.find)
	return append(kept, now.statements()...)
}

// clausesIn are the clauses the program reads in a statement, whatever people made of them.
func (l *look) clausesIn(s statement) []rights.Clause {
	if _, clauses, ok := rights.Licence(s.Text); ok {
		return clauses
	}
	return rights.Detect(rights.Statement{
		Lang: s.Language, Text: s.Text, Outlet: l.source.NameIn("").Name, Where: s.Where, Host: l.source.Host,
	}).Clauses
}

// find is where words stand in the statement.
func (t Terms) find(words string) (start, end int, ok bool) {
	at := strings.Index(t.Statement, words)
	return at, at + len(words), at >= 0
}

// sameEvidence says whether two versions rest on the same words, in whatever order.
func sameEvidence(a, b Terms) bool {
	words := func(t Terms) []string {
		var out []string
		for _, e := range t.Evidence {
			if w := squeeze(e.Text); w != "" {
				out = append(out, w)
			}
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(words(a), words(b))
}

// takeBack drops changes that wait although the outlet says again what it said when its terms were confirmed.
func (l *look) takeBack(ctx context.Context) error {
	if l.unreadable > 0 || l.standing == 0 || !l.reference.IsConfirmed() {
		return nil
	}
	for _, t := range l.history {
		if t.Version > l.reference.Version && t.IsWaiting() && t.Changed && t.ProposedBy == 0 {
			if err := l.DropTerms(ctx, t.ID, "", 0); err != nil && !errors.Is(err, ErrConflict) {
				return err
			}
		}
	}
	return nil
}

// note remembers the look: that it was, and where every page of the reference could be read, that its words were found or
// their change was.
func (l *look) note(ctx context.Context) error {
	now := database.Micros(l.Now())
	values := map[string]any{"tried_at": now}
	if l.unreadable == 0 && len(l.Pages) > 0 {
		values["read_at"] = now
	}
	return l.db.Transact(ctx, func(ctx context.Context) error {
		return l.db.In(ctx).Model(&sourceRow{}).Where("id = ?", int64(l.source.ID)).Updates(values).Error
	})
}
