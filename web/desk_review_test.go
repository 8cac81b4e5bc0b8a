package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"colophon/archive"
	"colophon/translations"
	"colophon/translations/workflow"
	"colophon/web/webtest"
)

// waitingIn finds a version of the newsroom that waits for review.
func waitingIn(t testing.TB, s *site, lang string) translations.Job {
	t.Helper()
	jobs, err := s.Desk.Jobs(t.Context(), translations.Query{Standing: workflow.AtReview, Language: lang, Limit: 1})
	if err != nil || len(jobs) == 0 {
		t.Fatalf("nothing waits for review in %s: %v", lang, err)
	}
	return jobs[0]
}

// The keys do what the list says, in any layout: they are known by their places.
func TestReviewKeys(t *testing.T) {
	s := openNewsroom(t)
	job := waitingIn(t, s, "ru")
	b := openBrowser(t, s)
	b.as("david")
	b.size(1440, 1200)
	b.open(reviewPath(job.ID))
	b.press("KeyJ")
	b.until(`document.activeElement.id === "b1"`)
	b.press("KeyJ")
	b.until(`document.activeElement.id === "b2"`)
	b.press("KeyK")
	b.until(`document.activeElement.id === "b1" && document.querySelector("#b1").hasAttribute("aria-current")`)
	b.press("KeyD")
	b.until(`document.querySelector(".cmp").hasAttribute("data-inline") && document.querySelector("#sides").ariaPressed === "true"`)
	b.press("KeyD")
	b.until(`!document.querySelector(".cmp").hasAttribute("data-inline")`)
	b.press("KeyG")
	b.until(`document.activeElement.id === "h-gate"`)
	b.press("KeyW")
	b.until(`location.search.includes("view=text") && document.readyState === "complete"`)
	b.press("KeyJ")
	b.press("KeyC")
	b.until(`document.activeElement.id === "say1"`)

	// Ctrl+Enter asks for changes only with a reason; Ctrl+Shift+Enter asks once, and Escape is a no.
	b.eval(`document.activeElement.value = ""`)
	b.press("Escape")
	b.until(`document.activeElement.matches(".cmp > li") && !document.querySelector(".remark[open]")`)
	b.press("Enter", chromedp.ModifierCtrl)
	b.until(`document.activeElement.id === "cm" && document.activeElement.ariaInvalid === "true"`)
	b.press("Enter", chromedp.ModifierCtrl, chromedp.ModifierShift)
	b.until(`document.querySelector("#sure").open`)
	b.press("Escape")
	b.until(`!document.querySelector("#sure").open && document.activeElement.id === "approve"`)
	b.press("Enter", chromedp.ModifierCtrl, chromedp.ModifierAlt)
	b.until(`document.querySelector("#sure").open`)
	b.click("#sure-yes")
	b.until(`!location.pathname.includes("/` + fmt.Sprint(int64(job.ID)) + `/")`)
	v, err := s.Desk.Version(t.Context(), job.ID)
	if err != nil || v.State != workflow.Approved {
		t.Errorf("after approve and next the version is %s (%v)", v.State, err)
	}
}

// A remark on chosen words keeps where they stand, past codes and what was deleted.
func TestReviewRange(t *testing.T) {
	s := openNewsroom(t)
	job := waitingIn(t, s, "ru")
	w, err := s.Desk.Work(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	var unit translations.Unit
	for _, u := range w.Units {
		if len(u.Codes) > 0 && u.Target.Text != "" {
			unit = u
		}
	}
	if unit.Number == 0 {
		t.Skip("no text in review has a code")
	}
	b := openBrowser(t, s)
	b.as("david")
	b.open(reviewPath(job.ID))
	b.eval(fmt.Sprintf(`(() => { const box = document.querySelector("#b%d [data-exact]"); box.scrollIntoView(); const last = [...box.childNodes].at(-1);
		getSelection().setBaseAndExtent(last, 0, last, last.data.length); })()`, unit.Number))
	b.until(fmt.Sprintf(`!document.querySelector("#b%d [data-on]").hidden`, unit.Number))
	b.click(fmt.Sprintf("#b%d .remark > summary", unit.Number))
	b.do(chromedp.SendKeys(chromedp.CSS(fmt.Sprintf("#say%d", unit.Number)), "Look here"))
	b.click(fmt.Sprintf("#b%d .remark button", unit.Number))
	b.until(`location.search.includes("done=commented")`)
	comments, err := s.Desk.Comments(t.Context(), job.ID)
	if err != nil || len(comments) != 1 {
		t.Fatalf("%d comments, %v", len(comments), err)
	}
	c := comments[0]
	if c.End != len(unit.Target.Text) || c.Quote == "" || !strings.HasSuffix(unit.Target.Text, c.Quote) || strings.Contains(c.Quote, "{") {
		t.Errorf("the remark is on %q (%d to %d) of %q", c.Quote, c.Start, c.End, unit.Target.Text)
	}
}

// The page as it would be served stands in a frame beside the decision, without scripts, and the console has no complaint.
func TestReviewServedPage(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("david")
	jobs, err := s.Desk.Jobs(t.Context(), translations.Query{Standing: workflow.AtReview, Language: "ru", Limit: 1})
	if err != nil || len(jobs) == 0 {
		t.Fatalf("%d jobs, %v", len(jobs), err)
	}
	b.open(reviewPath(jobs[0].ID) + "?view=page")
	b.until(`document.querySelector('iframe.served').contentDocument?.querySelector('article h1') && document.querySelector('#approve')`)
	if got := b.eval(`document.querySelector('iframe.served').contentDocument.querySelectorAll('script').length`); got != "0" {
		t.Errorf("the page in the frame has %s scripts", got)
	}
	b.shot("review-page")
	for _, v := range webtest.Axe(b.ctx, t) {
		t.Error(v)
	}
	b.press("KeyW")
	b.until(`location.search.includes('view=changes')`)
}

func TestPagesOfReview(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	s := open(t)
	b := openBrowser(t, s)
	for _, width := range []int64{1440, 820, 390} {
		b.size(width, 1200)
		for _, theme := range []string{"day", "night"} {
			for _, page := range []string{"review", "review/approved", "reviews"} {
				b.open("/sample/en/" + theme + "/" + page)
				b.shot(fmt.Sprintf("%s-%d-%s", strings.ReplaceAll(page, "/", "-"), width, theme))
				if got := b.eval(`document.documentElement.scrollWidth <= innerWidth`); got != "true" {
					t.Errorf("%s scrolls sideways at %d px by %s", page, width, theme)
				}
			}
		}
	}
}

// What a reviewer compares with: the last approved text, else the last that came back, else nothing.
func TestStates(t *testing.T) {
	s := open(t)
	approved := translations.Review{ID: 2, Verdict: translations.Approved}
	submitted := func(id int64) translations.Review {
		return translations.Review{ID: id, Verdict: translations.Submitted}
	}
	for _, test := range []struct {
		name     string
		steps    []translations.Review // newest first
		from, to string
		want     [2]int64
	}{
		{"never handed on", nil, "", "", [2]int64{0, 0}},
		{"handed on once", []translations.Review{submitted(1)}, "", "", [2]int64{0, 0}},
		{"handed on, taken back, handed on", []translations.Review{submitted(3), {ID: 2, Verdict: translations.TakenBack}, submitted(1)}, "", "", [2]int64{1, 0}},
		{"sent back, handed on", []translations.Review{submitted(3), {ID: 2, Verdict: translations.ChangesRequested}, submitted(1)}, "", "", [2]int64{2, 0}},
		{"approved before", []translations.Review{submitted(5), {ID: 4, Verdict: translations.ChangesRequested}, submitted(3), approved, submitted(1)}, "", "", [2]int64{2, 0}},
		{"asked for", []translations.Review{submitted(3), approved, submitted(1)}, "1", "3", [2]int64{1, 3}},
		{"asked for what is not there", []translations.Review{submitted(3), approved, submitted(1)}, "99", "x", [2]int64{2, 0}},
	} {
		r := s.newRequest(nil, newGet(t, "/en/x"), nil)
		from, to := states(r, test.steps, translations.Work{}, test.from, test.to)
		if got := [2]int64{chosen(from).ID, chosen(to).ID}; got != test.want {
			t.Errorf("%s: compares %v, want %v", test.name, got, test.want)
		}
	}
}

// Each block says why it is shown.
func TestReviewNotes(t *testing.T) {
	s := open(t)
	r := s.newRequest(nil, newGet(t, "/en/x"), nil)
	w := reviewWork(workflow.InReview)
	from, to := states(r, sampleSteps(), w, "", "")
	c := comparison{work: w, old: sampleOld(w), from: chosen(from), to: chosen(to), dropsTerms: true}
	got := map[archive.BlockKey]string{}
	for _, p := range c.pairs(r) {
		var notes []string
		for _, n := range p.Notes {
			notes = append(notes, n.Text)
		}
		got[p.Key] = fmt.Sprint(p.Changed, " ", strings.Join(notes, " + "))
	}
	for key, want := range map[archive.BlockKey]string{
		"title": "false ",
		"b1":    "true Reworded by the translator",
		"b2":    "true Reworded by the translator + Drops a link that the terms require",
		"b3":    "true Follows the source: corrected 2 September",
		"b4":    "true New in the source + Still a draft, not confirmed",
		"b5":    "false Not translated yet",
		"b6":    "true The source was corrected 2 September, the translation stands as it was + The source changed after this was translated",
		"b7":    "true Reworded by the translator + The formatting of the source is broken",
		"b9":    "true The source has this block no more",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	for where, want := range map[string]string{
		"": "", "div#text > p:nth-of-type(2)": "text", "article > header > p > a": "head", "section#colophon > p": "colophon",
		"article > h1": "head", "main#main > p": "page", "div#terms > dd": "colophon",
	} {
		if got := placeOf(where); got != want {
			t.Errorf("%q is %q, want %q", where, got, want)
		}
	}
}

func newGet(t testing.TB, path string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
}
