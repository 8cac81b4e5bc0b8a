package web

import (
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/inline"
	"colophon/translations/workflow"
)

// sampleWork is a version with a block in every state.
func sampleWork(state workflow.State) translations.Work {
	unit := func(n int, key archive.BlockKey, kind ingest.Kind, html, target string, status translations.TargetStatus) translations.Unit {
		u := translations.Unit{Number: n, Block: archive.Block{Key: key, Kind: kind, HTML: html, Text: html}}
		u.Source, u.Codes = inline.Encode(html)
		u.Target = translations.Target{Block: key, Text: target, Status: status, Author: 7, UpdatedAt: now()}
		if target != "" {
			u.Target.Number = 3
			u.Problems = inline.Check(target, u.Codes)
		}
		return u
	}
	w := translations.Work{
		Version: translations.Version{ID: 5, Article: 2, Language: "en", State: state, Standing: workflow.Standing(state), Stale: true, TargetHash: "1"},
		Article: archive.Article{ID: 2, Slug: "bridge", URL: "https://courier.example/bridge", Language: "hy"},
		Source: archive.Source{
			ID: 1, HomeURL: "https://courier.example/", Names: map[string]archive.Name{"": {Name: "«Վարդաքարի սուրհանդակ»"}}, Language: "hy",
		},
		Revision: archive.Revision{ID: 4, Number: 2, Title: "Քարե կամուրջը վերաբացվել է", CreatedAt: now(), Digest: "2"},
		Units: []translations.Unit{
			unit(1, archive.TitleKey, archive.KindTitle, "Քարե կամուրջը վերաբացվել է", "The stone bridge reopens", translations.Confirmed),
			unit(2, archive.DekKey, archive.KindDek, "Չորս տարվա նորոգումից հետո։", "After four years of repairs.", translations.Confirmed),
			unit(3, "r1.2", ingest.Paragraph, `Ըստ <a href="https://town.example/">քաղաքապետարանի</a>՝ փոխվել է 320 քար։ Կամուրջը <b>բաց</b> է։`,
				"According to the {1}town hall, some 300 stones were replaced. The bridge is {2}open{/2}.", translations.Drafted),
			{Number: 4, Block: archive.Block{Key: "r1.3", Kind: ingest.Figure}},
			unit(5, "r1.4", ingest.Heading, "Ինչպե՞ս", "", translations.Empty),
			unit(6, "r1.5", ingest.Quote, "«Մենք յուրաքանչյուր քար համարակալել ենք»։", "“We numbered every stone.”", translations.Drafted),
			unit(7, "r1.6", ingest.ListItem, "տուֆ", "tuff", translations.Confirmed),
		},
		Removed: []translations.Target{{Block: "r1.9", Text: "The old bus stop is gone.", SourceText: "Հին կանգառը չկա։"}},
	}
	w.Units[2].SourceChanged = true
	w.Units[2].OldSource = strings.Replace(w.Units[2].Source, "320", "300", 1)
	w.Units[2].Block.Text = "x"
	return w
}

func sampleComments() []translations.Comment {
	return []translations.Comment{
		{ID: 1, Version: 5, Block: "r1.2", Side: "target", Quote: "300 stones", Text: "The Courier has corrected the count.", Author: 8, At: now()},
		{ID: 2, Version: 5, Block: "r1.2", Side: "source", Text: "Which town hall?", Author: 7, At: now(), ResolvedAt: now(), ResolvedBy: 7},
	}
}

func samplePast() []translations.Past {
	return []translations.Past{
		{ID: 9, Block: "r1.2", Number: 2, Text: "According to the {1}town hall{/1}, some 300 stones.", Status: translations.Confirmed, Author: 7, At: now().Add(-time.Hour)},
	}
}

func sampleNames() map[translations.MemberID]string {
	return map[translations.MemberID]string{7: "Nare Petrosyan", 8: "Helen Marsh"}
}

// sampleEditor is the editor on that version, for somebody with every role.
func sampleEditor(r *request, state workflow.State) editorPage {
	r.member = nare()
	r.member.Grants = []translations.Grant{{Role: workflow.Editor, Language: "en"}}
	w := sampleWork(state)
	page := newEditorPage(r, w, sampleComments())
	page.Panel = newPanel(r, page.Open, w, sampleComments(), samplePast(), sampleNames())
	page.Terms = &archive.Terms{
		Version: 2, Statement: "Օգտագործել միայն հղումով։", Language: "hy", ConfirmedAt: now(),
		Clauses: []rights.Clause{{Kind: rights.LinkRequired, Strength: rights.Must}},
	}
	return page
}

var editorSamples = map[string]sample{
	"editor/draft": func(r *request) (string, any) {
		return "editor", sampleEditor(r, workflow.Draft)
	},
	"editor/hindered": func(r *request) (string, any) {
		page := sampleEditor(r, workflow.ChangesRequested)
		page.Refuse, page.Hindered = r.T("editor.hindered"), []hindrance{{5, r.T("hindrance.empty")}}
		page.Asked, page.AskedBy, page.AskedAt = "Mind the count.\nAnd the caption.", "Helen Marsh", now()
		return "editor", page
	},
	"editor/conflict": func(r *request) (string, any) {
		page := sampleEditor(r, workflow.Draft)
		text := "According to the {1}town hall{/1}, about 300 stones."
		page.Typed, page.Refuse = &text, r.T("fault.target.conflict")
		page.Conflict = &conflictBox{
			Page: page, Key: "r1.2", Action: page.At(), Name: "Irina Volkova", At: now(), Number: 4, Lang: "en",
			Hers:  diffWords("en", "some 300 stones", "some 320 stones"),
			Yours: diffWords("en", "some 300 stones", "about 300 stones"), Mine: text, Theirs: "some 320 stones", Both: "about 320 stones",
		}
		return "editor", page
	},
	"editor/agreed": func(r *request) (string, any) {
		page := sampleEditor(r, workflow.Draft)
		g := sampleAgreements()[0]
		page.Terms, page.Agreed = nil, &g
		return "editor", page
	},
	"editor/approved": func(r *request) (string, any) { return "editor", sampleEditor(r, workflow.Approved) },
	"editor/review": func(r *request) (string, any) {
		page := sampleEditor(r, workflow.InReview)
		page.Terms = nil
		page.Flash = r.T("editor.done.submitted")
		return "editor", page
	},
	"editor/nothing": func(r *request) (string, any) {
		page := sampleEditor(r, workflow.Draft)
		page.Rows, page.Open, page.CanEdit = nil, nil, false
		return "editor", page
	},
}
