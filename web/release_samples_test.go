package web

import (
	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

func sampleTakedown() translations.Takedown {
	return translations.Takedown{
		ID: 4, Article: 5, AskedBy: hostileWords, AskedOn: "2025-09-02", Basis: "privacy", Reason: "Letter 12, in the safe.", By: 3, At: now(),
	}
}

// releaseSamples are the pages of what readers may see, and when.
var releaseSamples = map[string]sample{
	"takedowns": func(r *request) (string, any) {
		r.member = helen()
		open, restored := sampleTakedown(), sampleTakedown()
		open.Language = "ru"
		restored.ID, restored.RestoredAt, restored.RestoredWhy, restored.Basis = 3, now(), "The letter was withdrawn.", "court"
		names := map[translations.MemberID]string{3: "Helen Marsh", 0: "Helen Marsh"}
		p := takedownsPage{base: r.server.deskBase(r, r.T("takedown.list"), "board"), More: "/desk/takedowns?before=3", Refuse: hostileWords}
		for _, t := range []translations.Takedown{open, restored} {
			l := newTakedownLine(r, t, names)
			l.Title, l.Lang, l.May = "Քարե կամուրջը", "hy", true
			if t.IsOpen() {
				l.Refused = &refusedRestore{id: t.ID, Reason: hostileWords, Passing: 2, Pages: []refusedPage{
					{Title: "Мост", Lang: "ru", Review: "/desk/versions/3/review", Lines: []refusedLine{
						{r.T("clause.permission.required.name"), r.T("finding.no_permission"), "by permission", "en"}, {"A", hostileWords, "", ""},
					}},
					{Title: "Կամուրջ", Lang: "hy", Review: "/desk/versions/4/review", Why: hostileWords},
				}}
			}
			p.List = append(p.List, l)
		}
		return "takedowns", p
	},
	"takedowns/none": func(r *request) (string, any) {
		r.member = nare()
		return "takedowns", takedownsPage{base: r.server.deskBase(r, r.T("takedown.list"), "board")}
	},
	"desk_article/down": func(r *request) (string, any) {
		r.member = helen()
		r.member.Grants = []translations.Grant{{Role: workflow.Administrator}}
		p := deskArticlePage{
			base: r.server.deskBase(r, "A", "board"), Outlet: "Vardakar Courier", Source: sampleSource(), Terms: termsNone,
			Article: archive.Article{ID: 5, Language: "en", URL: "https://vardakar-courier.example/a"}, Revision: archive.Revision{Number: 1, Title: "A"},
			Versions: []versionLine{{Version: translations.Version{ID: 1, Language: "ru", Standing: workflow.AtPublished}, Name: "Russian", Link: "/desk/versions/1", Awaited: "Public from 4 September 2025"}},
		}
		t := sampleTakedown()
		t.Language = "hy"
		p.Takedown = takedownBox{Past: []takedownLine{newTakedownLine(r, t, nil)}}
		p.Takedown.fill(r, p.Versions)
		return "desk_article", p
	},
	"editor/limited": func(r *request) (string, any) {
		p := sampleEditor(r, workflow.Draft)
		p.Budgets = []translations.Budget{
			{Unit: "characters", Used: 10, Allowed: 100, SourceSide: true}, {Unit: "words", Used: 95, Allowed: 100}, {Unit: "paragraphs", Used: 4, Allowed: 3},
		}
		return "editor", p
	},
	"republish": func(r *request) (string, any) {
		page := sampleArticle(r, true)
		page.Kit = newKit(r, page.P, r.own(sampleFrame().site))
		return "republish", page
	},
	"republish/withheld": func(r *request) (string, any) {
		page := sampleArticle(r, false)
		page.P.Content.Clauses = []rights.Clause{{Kind: rights.PermissionRequired, Strength: rights.Must}}
		page.Kit = newKit(r, page.P, r.own(sampleFrame().site))
		return "republish", page
	},
	"reuse": func(r *request) (string, any) {
		return "reuse", reusePage{base: r.public(sampleFrame(), r.T("own.title")), Terms: r.own(translations.Site{Licence: "https://creativecommons.org/licenses/by/4.0/"})}
	},
	"reuse/free": func(r *request) (string, any) {
		return "reuse", reusePage{base: r.public(sampleFrame(), r.T("own.title")), Terms: r.own(translations.Site{MiningFree: true, Terms: map[string]string{r.lang: hostileWords + "\n\n" + hostileWords}})}
	},
}
