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

// reviewer is an editor of Russian who has written nothing.
func reviewer() translations.Member {
	return translations.Member{ID: 9, Name: "David Manukyan", Email: "david@colophon.example", Grants: []translations.Grant{{Role: workflow.Editor, Language: "ru"}}}
}

// reviewUnit is a block with its target.
func reviewUnit(n int, key, source, target string, status translations.TargetStatus) translations.Unit {
	u := translations.Unit{Number: n, Block: archive.Block{Key: archive.BlockKey(key), Kind: ingest.Paragraph, HTML: source, Text: source}}
	u.Source, u.Codes = inline.Encode(source)
	u.Target = translations.Target{Block: u.Block.Key, Text: target, Status: status}
	if target != "" {
		u.Problems = inline.Check(target, u.Codes)
	}
	return u
}

// reviewWork is a Russian version with everything a block can be.
func reviewWork(state workflow.State) translations.Work {
	link := `Մարդիկ ոտքով անցել են <a href="https://a.example/">Ծաղկագետը</a>։`
	w := translations.Work{
		Version:  translations.Version{ID: 4, Article: 2, Language: "ru", State: state, Standing: workflow.Standing(state), Total: 6},
		Article:  archive.Article{ID: 2, Language: "hy", Slug: "qare-kamurj"},
		Source:   archive.Source{ID: 3, Names: map[string]archive.Name{"en": {Name: "Vardakar Courier"}}, Language: "hy"},
		Revision: archive.Revision{Title: "Քարե կամուրջ", CreatedAt: time.Date(2025, 9, 2, 14, 45, 0, 0, time.UTC), Digest: "new"},
		Units: []translations.Unit{
			reviewUnit(1, "title", "Քարե կամուրջ", "Каменный мост", translations.Confirmed),
			reviewUnit(2, "b1", "Կամուրջը կրկին միացրել է երկու ափերը։", "Мост снова соединил два берега.", translations.Confirmed),
			reviewUnit(3, "b2", link, "Люди перешли Цахкагет пешком.", translations.Confirmed),
			reviewUnit(4, "b3", "Կամարներում փոխվել է 320 քար։", "В арках заменили 320 камней.", translations.Confirmed),
			reviewUnit(5, "b4", "Նոր նախադասություն։", "Новое предложение.", translations.Drafted),
			reviewUnit(6, "b5", "Լապտերների լույսը թուլանում է։", "", translations.Empty),
			reviewUnit(7, "b6", "Գրադարանի մոտ։", "Около библиотеки.", translations.Confirmed),
			reviewUnit(8, "b7", "Վերջ <b>այստեղ</b>։", "Конец {2}здесь.", translations.Confirmed),
		},
		Removed: []translations.Target{{Block: "b9", Text: "Старый абзац.", SourceText: "Հին պարբերություն։"}},
	}
	w.Units[6].SourceChanged = true
	return w
}

func sampleSteps() []translations.Review {
	at := time.Date(2025, 8, 29, 6, 0, 0, 0, time.UTC)
	return []translations.Review{
		{ID: 5, Verdict: translations.Submitted, At: at.AddDate(0, 0, 4), By: 6, SourceHash: "new"},
		{ID: 4, Verdict: translations.TakenBack, At: at.AddDate(0, 0, 3)},
		{ID: 3, Verdict: translations.ChangesRequested, At: at.AddDate(0, 0, 2), Text: map[archive.BlockKey]string{}},
		{ID: 2, Verdict: translations.Approved, At: at, SourceHash: "old", Text: map[archive.BlockKey]string{
			"title": "Каменный мост", "b1": "Мост снова связал два берега.", "b2": "Люди перешли {1}Цахкагет{/1} пешком, пишет «Курьер».",
			"b3": "В арках заменили 300 камней.", "b6": "Около библиотеки.", "b7": "Конец {1}здесь{/1}.",
		}},
	}
}

func sampleOld(w translations.Work) map[archive.BlockKey]string {
	old := map[archive.BlockKey]string{}
	for _, u := range w.Units {
		old[u.Block.Key] = u.Source
	}
	old["b3"], old["b6"] = "Կամարներում փոխվել է 300 քար։", "Թանգարանի մոտ։"
	delete(old, "b4")
	return old
}

// sampleOrigin is the evidence of a clause.
func sampleOrigin(basis rights.Basis) rights.Origin {
	o := rights.Origin{Basis: basis, ID: 7, Version: 3, Language: "hy", By: 9, At: now(), Confirmed: now(), Digest: strings.Repeat("7f", 32)}
	switch basis {
	case rights.OnStatute:
		s := rights.Statutes("AM")[1]
		o.Title, o.Article, o.Language, o.InSpirit, o.Digest = s.Law, s.Article, s.Language, !s.Verbatim, ""
	case rights.OnAgreement:
		o.Title = "Letter of the editor"
	case rights.OnTerms:
		o.PageURL, o.Capture = "https://vardakar-courier.example/terms", 5
	}
	return o
}

// sampleFindings has every answer the gate can give.
func sampleFindings() []translations.Finding {
	f := func(kind rights.Kind, strength rights.Strength, s rights.Status, why, where, reason string) translations.Finding {
		return translations.Finding{
			Finding: rights.Finding{Kind: kind, Status: s, Why: why, Where: where, Data: map[string]string{"Address": "https://a.example/", "Outlet": "A", "Place": "end", "Block": "2"}},
			Clause:  rights.Clause{Kind: kind, Strength: strength, Quote: "հիպերհղում անելու դեպքում"}, Reason: reason,
			Support: rights.Support{Origin: sampleOrigin(rights.OnTerms)},
		}
	}
	law := f(rights.CreditSource, rights.Must, rights.Met, "outlet_named", "section#colophon > p", "")
	law.Support = rights.Support{Origin: sampleOrigin(rights.OnStatute), Also: []rights.Origin{sampleOrigin(rights.OnTerms)}}
	missing := f(rights.PermissionRequired, rights.Must, rights.Unmet, "no_permission", "", "")
	missing.Clause.Grant = new(bool)
	given := f(rights.TranslationAllowed, rights.Must, rights.Met, "grant_on_record", "", "")
	given.Support.Answered = new(rights.Origin)
	*given.Support.Answered = sampleOrigin(rights.OnAgreement)
	subscribers := f(rights.AccessSubscribers, rights.Must, rights.Undecidable, "not_on_page", "", "")
	subscribers.Support = rights.Support{Origin: sampleOrigin(rights.OnPage)}
	return []translations.Finding{
		law, missing, given,
		f(rights.LinkRequired, rights.Must, rights.Met, "link_found", "article > header > p > a", ""),
		f(rights.LinkPlace, rights.Must, rights.Unmet, "link_misplaced", "div#text > p:nth-of-type(2)", ""),
		f(rights.CreditAuthor, rights.Must, rights.Met, "authors_named", "section#colophon > p", ""),
		f(rights.CreditSource, rights.Should, rights.Unmet, "outlet_missing", "main#main > p", ""),
		subscribers,
		f(rights.EditNone, rights.Must, rights.Undecidable, "not_on_page", "", "Nothing is cut, nothing added."),
		f(rights.Notify, rights.Liked, rights.Undecidable, "not_on_page", "", ""),
	}
}

// sampleReview is a review page; change makes it another of its kinds.
func sampleReview(state workflow.State, who translations.Member, change func(*request, *reviewPage)) sample {
	return func(r *request) (string, any) {
		r.member = who
		w := reviewWork(state)
		findings := sampleFindings()
		rests := make([]supportLines, len(findings))
		for i, f := range findings {
			rests[i] = r.support(f.Support, map[translations.MemberID]string{9: "David Manukyan"})
		}
		p := newReviewPage(r, w, newGateBox(r, w.Source, 3, findings, rests))
		p.SubmittedBy, p.SubmittedAt, p.Writers, p.Waiting = "Irina Volkova", now(), "Irina Volkova", 4
		p.From, p.To = states(r, sampleSteps(), w, "", "")
		if change != nil {
			change(r, &p)
		}
		c := comparison{work: w, old: sampleOld(w), from: chosen(p.From), to: chosen(p.To), dropsTerms: asksLink(p.Gate.findings)}
		p.place(c.pairs(r))
		p.Pairs[0].Remarks = []reviewRemark{
			{translations.Comment{ID: 1, Quote: "мост", Text: "Which one", At: now()}, "Helen Marsh", "ru"},
			{translations.Comment{ID: 2, Text: "Done", At: now(), ResolvedAt: now()}, "Irina Volkova", "ru"},
		}
		return "review", p
	}
}

var reviewSamples = map[string]sample{
	"review": sampleReview(workflow.InReview, reviewer(), nil),
	"review/remarks": sampleReview(workflow.InReview, reviewer(), func(r *request, p *reviewPage) {
		p.View, p.Flash, p.Refuse, p.Wrote = "text", r.T("editor.done.commented"), r.T("fault.review.reason"), true
		p.Form = reviewForm{Comment: "…", Waiver: "…"}
	}),
	"review/ready": sampleReview(workflow.InReview, reviewer(), func(_ *request, p *reviewPage) {
		p.Hinders, p.Gate.Lines = nil, p.Gate.Lines[:1]
		p.Approvers = "Sona Markosyan"
	}),
	"review/approved": sampleReview(workflow.Approved, reviewer(), func(r *request, p *reviewPage) {
		p.Lapse, p.Kept = sampleLapse(r), r.kept(translations.Publication{
			Content: translations.Content{Clauses: []rights.Clause{{Kind: rights.EditNone}, {Kind: rights.CreditSource}}}, At: now(),
			Reasons: map[rights.Kind]string{rights.EditNone: "Compared by two people.", rights.CreditSource: hostileWords},
		}, "David Manukyan")
		p.Public, p.Form.Reason = "/ru/articles/qare-kamurj", "…"
		p.Gate = gateBox{Outlet: "Vardakar Courier", Source: 3, Version: 1}
	}),
	"review/unconfirmed": sampleReview(workflow.Approved, reviewer(), func(r *request, p *reviewPage) {
		p.Gate = gateBox{Outlet: "Aygabats", Source: 5, Unconfirmed: r.T("fault.gate.unconfirmed", "Source", "Aygabats")}
		p.Hinders = nil
		p.From, p.To = states(r, sampleSteps(), p.Work, "0", "2")
	}),
	"review/agreement": sampleReview(workflow.Approved, reviewer(), func(_ *request, p *reviewPage) {
		p.Gate.Version, p.Gate.Agreement, p.Gate.AgreementAt = 0, hostileWords, "/desk/agreements/7"
		p.Hinders = nil
	}),
	"review/short": sampleReview(workflow.Approved, reviewer(), func(r *request, p *reviewPage) {
		p.Gate = gateBox{Outlet: "Aygabats", Source: 5, Unconfirmed: r.T("fault.gate.agreement.language", "Source", "Aygabats", "Title", hostileWords)}
		p.Hinders = nil
	}),
	"review/translator": sampleReview(workflow.ChangesRequested, nare(), func(r *request, p *reviewPage) {
		p.Approvers, p.SubmittedBy = "David Manukyan", ""
		p.From, p.To = states(r, nil, p.Work, "", "")
	}),
	"review/original": sampleReview(workflow.Draft, nare(), func(_ *request, p *reviewPage) {
		p.Work.IsOriginal, p.Work.Version.Language, p.Hinders, p.Approvers = true, "en", nil, "Helen Marsh"
	}),
	"review/unready": sampleReview(workflow.Draft, helen(), nil),
	"review/same": func(r *request) (string, any) {
		r.member = reviewer()
		w := reviewWork(workflow.Draft)
		w.Units, w.Removed = w.Units[:2], nil
		p := newReviewPage(r, w, gateBox{Version: 1})
		p.From, p.To = states(r, sampleSteps()[3:], w, "2", "2")
		c := comparison{work: w, old: sampleOld(w), from: chosen(p.From), to: chosen(p.To)}
		p.place(c.pairs(r))
		return "review", p
	},
	"reviews": func(r *request) (string, any) {
		r.member = reviewer()
		job := translations.Job{Version: translations.Version{ID: 4, Language: "ru", UpdatedAt: now(), DueAt: now()}, Title: "Քարե կամուրջ", SourceLang: "hy", SourceName: "Vardakar Courier", Assigned: "Irina Volkova", Open: 2}
		jobs := make([]translations.Job, reviewsAtOnce+1)
		for i := range jobs {
			jobs[i] = job
			jobs[i].DueAt = time.Time{}
		}
		jobs[0] = job
		return "reviews", newReviewsPage(r, jobs, map[translations.VersionID]translations.Submission{4: {By: 6, Name: "Irina Volkova", At: now()}}, "ru")
	},
	"reviews/none": func(r *request) (string, any) {
		r.member = reviewer()
		return "reviews", newReviewsPage(r, nil, nil, "")
	},
}
