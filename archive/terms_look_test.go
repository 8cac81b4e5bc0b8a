package archive_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
)

// site is a web of pages by address; what is not there is a 404. It counts who asks for what.
type site struct {
	pages map[string]string
	to    map[string]string // redirects
	asked []string
}

func (s *site) Fetch(_ context.Context, address string, _ ingest.FetchOptions) (ingest.Fetched, error) {
	s.asked = append(s.asked, address)
	final := address
	if to, ok := s.to[address]; ok {
		final = to
	}
	body, ok := s.pages[final]
	if !ok {
		return ingest.Fetched{}, fault.New(fault.ErrNotFound, "fault.fetch.notfound", fault.Data{"Host": "courier.example", "Status": 404})
	}
	kind := "text/html; charset=utf-8"
	if strings.HasSuffix(final, ".json") {
		kind = "application/json"
	}
	return ingest.Fetched{URL: address, FinalURL: final, Status: 200, Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}, nil
}

const home = "https://courier.example"

// story is an article page with a footer.
func story(footer string) string {
	return `<!doctype html><html lang="en"><head><title>The stone bridge opens again</title><meta property="og:site_name" content="Courier"></head><body><article><h1>The stone bridge opens again</h1>
<p>The stone bridge over the river opened again on Friday after four years of repairs, the town hall said.</p>
<p>Masons from three villages worked on the piers through two winters, and the river was led around them by a canal.</p>
<p>Engineers say that the new mortar will hold for at least a hundred years, as long as the drains are kept clear.</p></article>
<footer>` + footer + `</footer></body></html>`
}

func termsPage(paragraphs ...string) string {
	return "<!doctype html><html lang=en><head><title>Terms</title></head><body><main><h1>Terms</h1><p>" + strings.Join(paragraphs, "</p><p>") + "</p></main></body></html>"
}

const (
	linkTerms   = "Any use of materials of Courier is allowed only with a hyperlink to courier.example."
	firstTerms  = "Any use of materials of Courier is allowed only with a hyperlink to courier.example in the first paragraph."
	authorTerms = "When you republish our stories, the name of the author must be given."
)

// box is an archive with a clock that tests move.
type box struct {
	*archive.Archive
	t   *testing.T
	now time.Time
	web *site
}

func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{t: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), web: &site{pages: map[string]string{}, to: map[string]string{}}}
	db, err := database.Open(t.Context(), database.Settings{Dir: t.TempDir(), Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	blobs, err := database.OpenFiles(filepath.Join(t.TempDir(), "captures"))
	if err != nil {
		t.Fatal(err)
	}
	if b.Archive, err = archive.Open(t.Context(), db, blobs, func() time.Time { return b.now }); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *box) gather(path string) archive.Result {
	b.t.Helper()
	res, err := b.Gather(b.t.Context(), b.web, home+path, ingest.FetchOptions{}, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

func (b *box) look(id archive.SourceID, by int64) archive.Look {
	b.t.Helper()
	b.web.asked = nil
	l, err := b.LookForTerms(b.t.Context(), b.web, id, by)
	if err != nil {
		b.t.Fatal(err)
	}
	return l
}

func (b *box) confirm(t archive.Terms) {
	b.t.Helper()
	if err := b.ConfirmTerms(b.t.Context(), t.ID, t.Clauses, 7); err != nil {
		b.t.Fatal(err)
	}
}

// evidence puts a version into lines: every statement, then every clause with the statement it rests on.
func evidence(t archive.Terms) []string {
	var out []string
	for _, e := range t.Evidence {
		out = append(out, e.Where+" "+strings.TrimPrefix(e.PageURL, home)+" "+e.Text)
	}
	for _, c := range t.Clauses {
		n := t.EvidenceOf(c)
		if n < 0 || t.Statement[c.Start:c.End] != c.Quote || !strings.Contains(t.Evidence[n].Text, c.Quote) {
			out = append(out, fmt.Sprintf("BAD %+v", c))
		}
		out = append(out, fmt.Sprintf("%s %d", c.Kind, n))
	}
	return out
}

func has(t *testing.T, what string, list []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !slices.ContainsFunc(list, func(l string) bool { return strings.Contains(l, w) }) {
			t.Errorf("%s: %q is missing in\n%s", what, w, strings.Join(list, "\n"))
		}
	}
	for _, l := range list {
		if strings.HasPrefix(l, "BAD") {
			t.Error(what, l)
		}
	}
}

// TestFindTerms: the footer, a terms page, a licence and a reservation become one proposal, and each clause says which
// statement it rests on.
func TestFindTerms(t *testing.T) {
	b := newBox(t)
	b.web.pages[home+"/bridge"] = story(linkTerms + ` <a href="/terms">Republishing</a> <a href="/gone">Copyright</a> <a href="https://other.example/terms">Terms of use</a>
		<a rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">CC</a>`)
	long := "We were founded in 1932 by a teacher, and we print a paper every week. " + strings.Repeat("The paper has had many editors and many printers over the years. ", 8)
	b.web.pages[home+"/terms"] = termsPage("Welcome to the pages of Courier, where you read about the town.", long+authorTerms, "You must be 13 or older to sign up.")
	b.web.pages[home+"/.well-known/tdmrep.json"] = `[{"location":"/","tdm-reservation":1}]`
	res := b.gather("/bridge")
	if !res.Proposed {
		t.Fatal("the footer was not read at ingest")
	}
	l := b.look(res.Article.Source, 0)
	if l.Proposal.ID == 0 || l.Failed != 1 {
		t.Fatalf("%+v", l)
	}
	if want := []string{home + "/terms", home + "/gone", home + "/.well-known/tdmrep.json"}; !slices.Equal(b.web.asked, want) {
		t.Errorf("asked for %v, want %v", b.web.asked, want)
	}
	lines := evidence(l.Proposal)
	has(t, "proposal", lines, "/bridge "+linkTerms, "text /terms "+authorTerms, "by-nc/4.0", "tdmrep.json /.well-known/tdmrep.json tdm-reservation: 1",
		"link.required 0", "credit.author", "permission.commercial", "bulk.none")
	if slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "founded") || strings.Contains(l, "13 or older") }) {
		t.Errorf("words that are no terms: %s", strings.Join(lines, "\n"))
	}
	kept, err := b.Terms(t.Context(), l.Proposal.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines, evidence(kept)); diff != "" {
		t.Errorf("kept otherwise: %s", diff)
	}
	if got := kept.Leading(); !strings.HasPrefix(got, linkTerms) || got != kept.Evidence[0].Text {
		t.Errorf("readers are shown %q", got)
	}
	waiting, err := b.TermsWaiting(t.Context(), res.Article.Source)
	if err != nil || waiting.ID != l.Proposal.ID {
		t.Errorf("waiting: %d, %v", waiting.ID, err)
	}
	// The page that was not there is an event and nothing else.
	events, err := b.Events(t.Context(), 0, 10)
	if err != nil || events[0].Outcome != archive.Failed || events[0].URL != home+"/gone" {
		t.Errorf("events %+v, %v", events, err)
	}
	// The same article again, or another with the same footer, asks nothing new.
	b.web.pages[home+"/second"] = strings.ReplaceAll(b.web.pages[home+"/bridge"], "Friday", "Saturday")
	if b.gather("/second").Proposed {
		t.Error("the same footer was proposed twice")
	}
	if b.look(res.Article.Source, 7).Proposal.ID != 0 {
		t.Error("the same pages were proposed twice")
	}
}

// TestReread: unchanged words move the time only; changed and vanished ones open a proposal, once; a failure changes
// nothing; words that come back close it.
func TestReread(t *testing.T) {
	b := newBox(t)
	b.web.pages[home+"/bridge"] = story(`<a href="/terms">Republishing</a>`)
	b.web.pages[home+"/terms"] = termsPage(linkTerms, authorTerms)
	source := b.gather("/bridge").Article.Source
	first := b.look(source, 0).Proposal
	first.Clauses = append(slices.Clone(first.Clauses), rights.Clause{
		Kind: rights.CreditChain, Strength: rights.Must, Quote: "republish our stories",
		Start: strings.Index(first.Statement, "republish our stories"), End: strings.Index(first.Statement, "republish our stories") + len("republish our stories"),
	})
	b.confirm(first)
	read := func() time.Time {
		t.Helper()
		s, err := b.Source(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		return s.ReadAt
	}
	week := func() { b.now = b.now.Add(7*24*time.Hour + time.Minute) }
	due := func() bool {
		t.Helper()
		ids, err := b.SourcesToRead(t.Context(), b.now.Add(-7*24*time.Hour), 10)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Contains(ids, source)
	}
	if due() {
		t.Error("due right after a look")
	}
	captures := func() int {
		t.Helper()
		audit, err := b.Audit(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		return audit.Captures
	}
	before := captures()

	week()
	if !due() {
		t.Error("not due after a week")
	}
	b.web.pages[home+"/terms"] = strings.Replace(termsPage(linkTerms, authorTerms), "<main>", "<main><p>Read 4711 times.</p>", 1)
	if l := b.look(source, 0); l.Proposal.ID != 0 || !slices.Equal(b.web.asked, []string{home + "/terms"}) {
		t.Errorf("a counter: %+v, asked for %v", l, b.web.asked)
	}
	if !read().Equal(b.now) || captures() != before {
		t.Errorf("read at %v, %d captures; want %v and %d", read(), captures(), b.now, before)
	}

	week()
	last := read()
	delete(b.web.pages, home+"/terms")
	if l := b.look(source, 0); l.Proposal.ID != 0 || l.Failed == 0 || !read().Equal(last) {
		t.Errorf("a failure: %+v, read at %v", l, read())
	}
	b.web.to[home+"/terms"], b.web.pages["https://parked.example/"] = "https://parked.example/", termsPage("Buy this domain.")
	if l := b.look(source, 0); l.Proposal.ID != 0 || l.Failed == 0 {
		t.Errorf("another site: %+v", l)
	}
	delete(b.web.to, home+"/terms")
	b.web.pages[home+"/terms"] = "\x89PNG\r\n\x1a\n"
	if l := b.look(source, 0); l.Proposal.ID != 0 || l.Failed == 0 {
		t.Errorf("no page: %+v", l)
	}

	week()
	b.web.pages[home+"/terms"] = termsPage(firstTerms, authorTerms)
	l := b.look(source, 0)
	if l.Proposal.ID == 0 || !l.Proposal.Changed {
		t.Fatalf("changed words: %+v", l)
	}
	has(t, "changed", evidence(l.Proposal), firstTerms, authorTerms, "link.place", "credit.chain", "credit.author")
	if strings.Contains(l.Proposal.Statement, linkTerms) {
		t.Error("the old words are still there")
	}
	if force, err := b.TermsInForce(t.Context(), source); err != nil || force.ID != first.ID {
		t.Errorf("in force: version %d, %v", force.Version, err)
	}
	week()
	if l := b.look(source, 0); l.Proposal.ID != 0 {
		t.Error("the same change was proposed twice")
	}

	week()
	b.web.pages[home+"/terms"] = termsPage(linkTerms, authorTerms)
	b.look(source, 0)
	if w, err := b.TermsWaiting(t.Context(), source); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("the outlet took its words back, and %+v waits, %v", w, err)
	}

	week()
	b.web.pages[home+"/terms"] = termsPage("This page is being rewritten for our readers by two of our editors.")
	l = b.look(source, 0)
	if !l.Proposal.Changed || len(l.Proposal.Clauses) != 0 || l.Proposal.Statement != "" {
		t.Fatalf("vanished words: %+v", l.Proposal)
	}
	if err := b.DropTerms(t.Context(), l.Proposal.ID, "a broken page", 7); err != nil {
		t.Error(err)
	}
	if err := b.ConfirmTerms(t.Context(), l.Proposal.ID, nil, 7); !errors.Is(err, archive.ErrConflict) {
		t.Errorf("confirmed what was dropped: %v", err)
	}
	week()
	if l := b.look(source, 0); l.Proposal.ID != 0 {
		t.Error("what a person dropped was proposed again")
	}
}

// TestMovedTerms: words that move to another page are the same words.
func TestMovedTerms(t *testing.T) {
	b := newBox(t)
	b.web.pages[home+"/bridge"] = story(linkTerms)
	source := b.gather("/bridge").Article.Source
	waiting, err := b.TermsWaiting(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	b.confirm(waiting)
	b.look(source, 0)
	b.now = b.now.Add(8 * 24 * time.Hour)
	b.web.pages[home+"/bridge"] = story(`<a href="/terms">Republishing</a>`)
	b.web.pages[home+"/terms"] = termsPage(linkTerms)
	b.gather("/bridge") // its links are followed from the newest capture
	b.now = b.now.Add(2 * time.Hour)
	if l := b.look(source, 0); l.Proposal.ID != 0 {
		t.Errorf("moved words were proposed: %s", strings.Join(evidence(l.Proposal), "\n"))
	}
}

// TestNewFooter: new words on another article stand beside what is known, and make the next look due.
func TestNewFooter(t *testing.T) {
	b := newBox(t)
	b.web.pages[home+"/bridge"] = story(linkTerms)
	source := b.gather("/bridge").Article.Source
	waiting, err := b.TermsWaiting(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	b.confirm(waiting)
	b.look(source, 0)
	b.web.pages[home+"/other"] = strings.ReplaceAll(story(firstTerms), "stone bridge", "wooden bridge")
	if !b.gather("/other").Proposed {
		t.Error("new words were not proposed")
	}
	waiting, err = b.TermsWaiting(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	has(t, "both", evidence(waiting), linkTerms, firstTerms)
	if waiting.Changed {
		t.Error("another page's words are no change of those that were confirmed")
	}
	if ids, err := b.SourcesToRead(t.Context(), b.now.Add(-time.Hour), 5); err != nil || !slices.Contains(ids, source) {
		t.Errorf("due: %v, %v", ids, err)
	}
}

// TestByHand: an outlet of which every page was brought by hand is asked nothing until a person wants it.
func TestByHand(t *testing.T) {
	b := newBox(t)
	res, err := b.Ingest(t.Context(), archive.Delivery{URL: home + "/bridge", Body: []byte(story(linkTerms)), Origin: archive.Upload})
	if err != nil {
		t.Fatal(err)
	}
	due := func() []archive.SourceID {
		t.Helper()
		ids, err := b.SourcesToRead(t.Context(), b.now.Add(24*time.Hour), 5)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if ids := due(); len(ids) != 0 {
		t.Errorf("due: %v", ids)
	}
	b.look(res.Article.Source, 7)
	if ids := due(); len(ids) != 1 {
		t.Errorf("due after a person asked: %v", ids)
	}
}

// TestHostileLook: a site of loops, other hosts, the own machine and huge pages takes few requests and changes nothing.
func TestHostileLook(t *testing.T) {
	b := newBox(t)
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		switch r.URL.Path {
		case "/terms/1":
			http.Redirect(w, r, "/terms/2", http.StatusFound)
		case "/terms/2":
			http.Redirect(w, r, "/terms/1", http.StatusFound)
		case "/terms/far":
			http.Redirect(w, r, "http://169.254.169.254/terms", http.StatusFound)
		case "/terms/huge":
			for range 200 {
				_, _ = w.Write([]byte(strings.Repeat("All rights reserved. ", 5000)))
			}
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /terms/no\n")
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	page := story(`<a href="/terms/1">Terms</a><a href="/terms/far">Republish</a><a href="/terms/huge">Copyright</a><a href="/terms/no">Reprints</a>` +
		strings.Repeat(`<a href="/terms/x?a=1">Terms of use</a>`, 100))
	res, err := b.Ingest(t.Context(), archive.Delivery{URL: server.URL + "/bridge", Body: []byte(page), Origin: archive.Upload})
	if err != nil {
		t.Fatal(err)
	}
	for name, private := range map[string]bool{"the own machine is refused": false, "the pages themselves": true} {
		t.Run(name, func(t *testing.T) {
			requests = 0
			f := ingest.NewFetcher(ingest.FetchSettings{AllowPrivate: private, Delay: -1, MaxBytes: 1 << 20, Timeout: 5 * time.Second})
			defer f.Close()
			l, err := b.LookForTerms(t.Context(), f, res.Article.Source, 7)
			if err != nil {
				t.Fatal(err)
			}
			if l.Proposal.ID != 0 || l.Failed != 4 {
				t.Errorf("%+v", l)
			}
			if !private && requests != 0 || requests > 12 {
				t.Errorf("%d requests", requests)
			}
		})
	}
}
