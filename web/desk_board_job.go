package web

import (
	"time"

	"colophon/archive"
	"colophon/translations"
	"colophon/translations/workflow"
)

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
			Job: j, base: b, Title: j.Title, Link: jobLink(j.Version, j.SourceLang, role), Who: translations.Member{Name: j.Assigned},
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
		case j.Language == j.SourceLang && j.Standing != workflow.AtPublished && j.State.Can(workflow.Submit, role):
			l.Next = r.T("board.next.submit")
		default:
			l.Next = r.T("board.next.continue")
		}
		out[i] = l
	}
	return out
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
