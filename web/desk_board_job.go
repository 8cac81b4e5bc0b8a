package web

import (
	"cmp"
	"strings"
	"time"

	"colophon/archive"
	"colophon/translations"
	"colophon/translations/workflow"
)

// jobLine is a job with everything the board says about it, in words. Everything is a field of its own and not a method:
// a board shows some sixty of them, and a template spends most of its time finding methods.
type jobLine struct {
	ID         translations.VersionID
	Article    archive.ArticleID
	Title      string
	SourceLang string // language of the title
	Language   string // it is carried into
	From, To   langWord
	Link       string
	Back       string // where its forms come back to
	Standing   workflow.Standing
	Priority   int
	SourceName string
	Assigned   string // name; nobody: no name
	Initials   string
	Done       int
	Total      int
	HowFar     string // the same in words
	Progress   bool   // whether that is shown beside the state
	Remarks    string // comments not dealt with; "" where there are none
	When       string
	Urgency    string // "late", "soon" or ""
	Next       string // what a person does with it next
	MayTake    bool
	MaySet     bool  // priority, due time, other people
	Lapse      lapse // what is public of it rests on an agreement that is over
	Say        *jobWords
}

// langWord is a language as its code and its name.
type langWord struct{ Code, Name string }

// jobWords are the words that are the same for every job.
type jobWords struct {
	Take, Priority, Change, First, High, Normal, Nobody, NoDate, Into string
}

func newJobWords(r *request) *jobWords {
	return &jobWords{
		Take: r.T("board.take"), Priority: r.T("board.priority"), Change: r.T("board.change"), First: r.T("board.priority.first"),
		High: r.T("board.priority.high"), Normal: r.T("board.priority.normal"), Nobody: r.T("board.who.nobody"),
		NoDate: r.T("board.due.none"), Into: r.T("desk.into"),
	}
}

// jobLines puts jobs into words.
func (s *Server) jobLines(r *request, jobs []translations.Job) []jobLine {
	back := r.base("").Path
	if r.query("part") != "" {
		back = "/desk" // a part of a page is nowhere to come back to
	}
	say, names := newJobWords(r), map[string]langWord{}
	word := func(lang string) langWord {
		w, ok := names[lang]
		if !ok {
			w = langWord{strings.ToUpper(lang), r.words.LanguageName(lang)}
			names[lang] = w
		}
		return w
	}
	out := make([]jobLine, len(jobs))
	for i, j := range jobs {
		role := r.member.RoleIn(j.Language)
		l := jobLine{
			ID: j.ID, Article: j.Article, Title: j.Title, SourceLang: j.SourceLang, Language: j.Language, From: word(j.SourceLang), To: word(j.Language),
			Link: jobLink(j.Version, j.SourceLang, role), Back: back, Standing: j.Standing, Priority: int(j.Priority),
			SourceName: cmp.Or(j.Names[r.lang].Name, j.SourceName), Assigned: j.Assigned, Initials: translations.Member{Name: j.Assigned}.Initials(),
			Done: j.Done, Total: j.Total, HowFar: r.T("board.progress", "Done", j.Done, "Total", j.Total),
			Progress: j.Total > 0 && (j.Standing == workflow.AtDraft || j.Standing == workflow.AtChangesRequested),
			MayTake:  role.AtLeast(workflow.Translator) && j.Assignee != r.member.ID, MaySet: role.AtLeast(workflow.Editor), Say: say,
		}
		if j.Open > 0 {
			l.Remarks = r.words.Plural("board.comments", j.Open, nil)
		}
		l.When, l.Urgency = s.when(r, j)
		l.Next = r.next(j, role)
		out[i] = l
	}
	return out
}

// next is what somebody with a role does with a job next.
func (r *request) next(j translations.Job, role workflow.Role) string {
	switch changed := j.Total - j.Done; {
	case j.Standing == workflow.AtChangesRequested && j.Open > 0:
		return r.words.Plural("board.next.comments", j.Open, nil)
	case j.Standing == workflow.AtOutdated && changed > 0:
		return r.words.Plural("board.next.carry", changed, nil)
	case j.Language == j.SourceLang && j.Standing != workflow.AtPublished && j.State.Can(workflow.Submit, role):
		return r.T("board.next.submit")
	}
	return r.T("board.next.continue")
}

// jobLink is where somebody with a role can do something about a version. An original has nothing to edit, so all that
// happens to it happens on its review page. A version is worked on in the editor, until it waits for a decision: then it
// is decided on, or taken back, on its review page; so it is when it is approved, by those who publish and withdraw.
func jobLink(v translations.Version, original string, role workflow.Role) string {
	switch {
	case v.Language == original, v.Standing == workflow.AtReview:
		return reviewPath(v.ID)
	case v.Standing == workflow.AtApproved || v.Standing == workflow.AtPublished:
		if role.AtLeast(workflow.Editor) {
			return reviewPath(v.ID)
		}
	}
	return editorPath(v.ID)
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
