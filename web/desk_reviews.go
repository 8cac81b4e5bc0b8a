package web

import (
	"cmp"
	"strconv"

	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// reviewsPage fills templates/pages/reviews.html: the versions that wait for another person.
type reviewsPage struct {
	base
	Jobs []reviewLine
	Tabs []tab
	In   string // the language shown; "" for all
	Next translations.VersionID
}

// reviewLine is a version that waits, and who handed it on.
type reviewLine struct {
	translations.Job
	Outlet string
	By     translations.Submission
}

const reviewsAtOnce = 50

func (s *Server) reviews(r *request) error {
	lang, ours := locales.Canonical(r.query("in"))
	if !ours {
		lang = ""
	}
	after, _ := strconv.ParseInt(r.query("after"), 10, 64) // what is no number is the beginning
	jobs, err := s.Desk.Jobs(r.Context(), translations.Query{
		Standing: workflow.AtReview, Language: lang, Before: translations.VersionID(max(after, 0)), Limit: reviewsAtOnce + 1,
	})
	if err != nil {
		return err
	}
	ids := make([]translations.VersionID, len(jobs))
	for i, j := range jobs {
		ids[i] = j.ID
	}
	by, err := s.Desk.Submissions(r.Context(), ids...)
	if err != nil {
		return err
	}
	p := newReviewsPage(r, jobs, by, lang)
	if p.Waiting, err = s.Desk.CountJobs(r.Context(), workflow.AtReview, "", countLimit); err != nil {
		return err
	}
	return r.show("reviews", p)
}

func newReviewsPage(r *request, jobs []translations.Job, by map[translations.VersionID]translations.Submission, lang string) reviewsPage {
	p := reviewsPage{base: r.base(r.T("reviews.title")), In: lang, Tabs: []tab{{Text: r.T("reviews.all"), URL: "/desk/reviews", Current: lang == ""}}}
	p.Desk = "reviews"
	for _, l := range locales.Languages() {
		p.Tabs = append(p.Tabs, tab{Text: r.server.words[l].Label(), URL: "/desk/reviews?in=" + l, Current: l == lang})
	}
	if len(jobs) > reviewsAtOnce {
		jobs = jobs[:reviewsAtOnce]
		p.Next = jobs[reviewsAtOnce-1].ID
	}
	for _, j := range jobs {
		p.Jobs = append(p.Jobs, reviewLine{j, cmp.Or(j.Names[r.lang].Name, j.SourceName), by[j.ID]})
	}
	return p
}

// reviewAfter is the next version that waits, the most urgent first: of the same language if there is one. 0: none.
func (s *Server) reviewAfter(r *request, done translations.Version) (translations.VersionID, error) {
	for _, lang := range []string{done.Language, ""} {
		jobs, err := s.Desk.Jobs(r.Context(), translations.Query{Standing: workflow.AtReview, Language: lang, Limit: 2})
		if err != nil {
			return 0, err
		}
		for _, j := range jobs {
			if j.ID != done.ID {
				return j.ID, nil
			}
		}
	}
	return 0, nil
}
