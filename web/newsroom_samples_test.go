package web

import (
	"time"

	"colophon/translations"
	"colophon/translations/workflow"
)

// helen is an editor, sona runs the desk.
func helen() translations.Member {
	return translations.Member{ID: 8, Name: "Helen Marsh", Grants: []translations.Grant{{Role: workflow.Editor, Language: "en"}, {Role: workflow.Editor, Language: "ru"}}}
}

func sona() translations.Member {
	return translations.Member{ID: 9, Name: "Sona Markosyan", Grants: []translations.Grant{{Role: workflow.Administrator}}}
}

// sampleJobs are one of each kind.
func sampleJobs() []translations.Job {
	job := func(id translations.VersionID, title, from, to string, state workflow.Standing) translations.Job {
		return translations.Job{
			Version: translations.Version{ID: id, Article: 5, Language: to, Standing: state, Done: 9, Total: 22, UpdatedAt: now().Add(-time.Hour)},
			Title:   title, SourceLang: from, SourceID: 1, SourceName: "Vardakar Courier",
		}
	}
	first := job(1, "Վարդաքարի քարե կամուրջը վերաբացվել է", "hy", "en", workflow.AtDraft)
	first.Priority, first.DueAt, first.Assignee, first.Assigned = translations.First, now().Add(3*time.Hour), 7, "Nare Petrosyan"
	late := job(2, "Գիշերային ընթերցասրահ", "hy", "en", workflow.AtChangesRequested)
	late.Priority, late.DueAt, late.Open = translations.High, now().Add(-25*time.Hour), 3
	hour := job(3, "Маслодельню купили вскладчину", "ru", "en", workflow.AtDraft)
	hour.DueAt = now().Add(-time.Hour)
	held := job(4, "Колокольный завод", "ru", "en", workflow.AtApproved)
	held.Held = true
	later := job(7, "The library open until the last bus", "en", "ru", workflow.AtReview)
	later.DueAt = now().AddDate(0, 0, 4)
	return []translations.Job{
		first, late, hour, held, later,
		job(5, "Թիվ 4 ավտոբուսը կունենա նոր կանգառ", "hy", "en", workflow.AtOutdated),
		job(6, "Glass sky", "en", "en", workflow.AtPublished),
	}
}

func sampleBoard(r *request, view string) boardPage {
	s := r.server
	p := boardPage{base: s.deskBase(r, r.T("board.title"), "board"), Today: r.words.WeekdayDate(now()), Filter: boardFilter{View: view, Words: `"><script>`, To: "en"}}
	p.Keys = boardKeys
	p.Mine = s.jobLines(r, sampleJobs()[:3])
	p.Tabs = []boardTab{{tab{r.T("board.all"), "/desk", true}, "99+"}, {tab{"English", "/desk?to=en", false}, "21"}}
	p.Who = []choice{{"", r.T("board.who.anyone"), true}, {"me", r.T("board.who.me"), false}}
	p.Outlets = []choice{{"", r.T("board.outlet.all"), true}}
	p.Due = []choice{{"", r.T("board.due.any"), true}}
	return p
}

var newsroomSamples = map[string]sample{
	"board/columns": func(r *request) (string, any) {
		r.member = helen()
		p := sampleBoard(r, "columns")
		for i, state := range workflow.Standings() {
			col := boardColumn{State: string(state), Count: "7"}
			for _, j := range sampleJobs() {
				if j.Standing == state {
					col.Jobs = append(col.Jobs, r.server.jobLines(r, []translations.Job{j})...)
				}
			}
			if i < 2 {
				col.More, col.Left = "/desk?state=draft&before=3", 5*i
			}
			if i == 4 {
				col.Jobs = nil
			}
			for k := range col.Jobs {
				col.Jobs[k].Lapse = sampleLapse(r)
			}
			p.Columns = append(p.Columns, col)
		}
		return "board", p
	},
	"board/table": func(r *request) (string, any) {
		r.member = nare()
		p := sampleBoard(r, "table")
		p.Mine = nil
		p.Jobs, p.More, p.Heading = r.server.jobLines(r, sampleJobs()), "/desk?before=3", "draft"
		p.Jobs[1].Lapse = sampleLapse(r)
		return "board", p
	},
	"board/nothing": func(r *request) (string, any) {
		r.member = nare()
		p := sampleBoard(r, "table")
		p.Flash = r.T("board.none")
		return "board", p
	},
	"job/editor": func(r *request) (string, any) {
		r.member = helen()
		p := jobPage{base: r.server.deskBase(r, "Glass sky", "board"), Job: r.server.jobLines(r, sampleJobs()[:1])[0], Back: "/desk", DueAt: "2025-09-03T18:00"}
		p.People = []choice{{"0", r.T("board.who.nobody"), true}, {"7", "Nare Petrosyan", false}}
		p.Priorities = []choice{{"0", r.priority(0), true}, {"1", r.priority(1), false}, {"2", r.priority(2), false}}
		p.Others = []choice{{"ru", r.words.LanguageName("ru"), false}}
		p.Refuse, p.Barred = r.T("job.due.bad"), sampleBarred(r)
		return "job", p
	},
	"job/translator": func(r *request) (string, any) {
		r.member = nare()
		return "job", jobPage{base: r.server.deskBase(r, "Glass sky", "board"), Job: r.server.jobLines(r, sampleJobs()[1:2])[0], Back: "/desk"}
	},
	"job/reader": func(r *request) (string, any) {
		r.member = nare()
		return "job", jobPage{base: r.server.deskBase(r, "Glass sky", "board"), Job: r.server.jobLines(r, sampleJobs()[4:5])[0], Back: "/desk"}
	},
	"first_run/empty": func(r *request) (string, any) {
		r.member = nare()
		return "first_run", firstPage{base: r.server.deskBase(r, r.T("first.title"), "board")}
	},
	"first_run/half": func(r *request) (string, any) {
		r.member = sona()
		return "first_run", firstPage{base: r.server.deskBase(r, r.T("first.title"), "board"), Source: true, People: true}
	},
}
