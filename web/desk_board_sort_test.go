package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/translations"
	"colophon/translations/workflow"
)

// The table of the board is sorted by links: each head says how it is sorted and leads to its other end.
func TestBoardSorted(t *testing.T) {
	t.Parallel()
	s := openNewsroom(t)
	cookie := s.session(t, "helen")
	head := regexp.MustCompile(`<th scope="col" aria-sort="(\w+)"><a class="quiet sort" href="([^"]*)">(\w+)`)
	state := regexp.MustCompile(`<tr data-job="(\d+)" id="q\d+">.*?data-tone="(\w+)"`)
	show := func(path string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		return strings.ReplaceAll(w.Body.String(), "&amp;", "&")
	}
	for _, c := range []struct{ sort, state, priority, due string }{
		{"", "none state", "descending -priority", "none due"},
		{"-priority", "none state", "ascending ", "none due"},
		{"state", "ascending -state", "none ", "none due"},
		{"-state", "descending state", "none ", "none due"},
		{"due", "none state", "none ", "ascending -due"},
		{"-due", "none state", "none ", "descending due"},
		{"nonsense", "none state", "descending -priority", "none due"},
	} {
		got := map[string]string{}
		for _, m := range head.FindAllStringSubmatch(show("/desk?view=table&sort="+c.sort), -1) {
			_, to, _ := strings.Cut(strings.TrimSuffix(m[2], "#queue"), "sort=")
			got[m[3]] = m[1] + " " + to
		}
		want := map[string]string{"State": c.state, "Priority": c.priority, "Due": c.due}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sort=%s (-want +got):\n%s", c.sort, diff)
		}
	}
	for _, sort := range []string{"state", "-state"} {
		var tones []string
		for _, m := range state.FindAllStringSubmatch(show("/desk?view=table&sort="+sort), -1) {
			if len(tones) == 0 || tones[len(tones)-1] != m[2] {
				tones = append(tones, m[2])
			}
		}
		if sort == "-state" {
			slices.Reverse(tones)
		}
		if diff := cmp.Diff([]string{"draft", "review", "changes", "ok", "live", "stale"}, tones); diff != "" {
			t.Errorf("states by %s (-want +got):\n%s", sort, diff)
		}
	}
}

// A table sorted by state goes on after the last job of its page, in the same state and then in the next.
func TestBoardSortedPages(t *testing.T) {
	t.Parallel()
	states := []workflow.Standing{workflow.AtDraft, workflow.AtReview, workflow.AtApproved}
	for _, c := range []struct {
		sort boardSort
		at   workflow.Standing
		want []workflow.Standing
	}{
		{boardSort{By: "state"}, "", states},
		{boardSort{By: "state"}, workflow.AtReview, states[1:]},
		{boardSort{By: "state", Reverse: true}, workflow.AtReview, []workflow.Standing{workflow.AtReview, workflow.AtDraft}},
		{boardSort{By: "due"}, workflow.AtReview, states},
	} {
		if diff := cmp.Diff(c.want, c.sort.states(states, c.at)); diff != "" {
			t.Errorf("%v after %q (-want +got):\n%s", c.sort, c.at, diff)
		}
	}
	many := make([]translations.Job, inTable+1)
	if jobs, more := (boardSort{By: "state"}).merged([][]translations.Job{many[:30], many[30:]}); len(jobs) != inTable || !more {
		t.Errorf("%d jobs, more %v", len(jobs), more)
	}
}
