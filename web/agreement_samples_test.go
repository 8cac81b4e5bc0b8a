package web

import (
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
)

// sampleAgreements has an agreement in every state.
func sampleAgreements() []archive.Agreement {
	base := archive.Agreement{
		ID: 7, Source: 3, Kind: archive.SignedAgreement, Title: "Letter of the editor", SignedBy: "Anna Melkonyan, editor", Allows: rights.Allowances(), By: 9, At: now(),
		Statement: sampleTerms().Statement, Language: "en", Clauses: sampleTerms().Clauses, Overrides: true,
		File: archive.AgreementFile{Name: hostileWords, MediaType: "application/pdf", Digest: "8f3ac1d0b2947e8f3ac1d0b2947e", Size: 4000},
	}
	expiring, later, used, expired, ended := base, base, base, base, base
	expiring.From, expiring.Until = now().AddDate(0, -1, 0), now().AddDate(0, 0, 12)
	later.From, later.Languages = now().AddDate(0, 1, 0), []string{"ru", "hy"}
	used.Max, used.Used = 3, 3
	expired.Until, expired.Kind, expired.Allows = now().Add(-time.Hour), archive.WrittenGrant, nil
	ended.EndedAt, ended.EndedBy, ended.EndedWhy = now(), 9, hostileWords
	return []archive.Agreement{base, expiring, later, used, expired, ended}
}

func sampleAgreementLines(r *request) []agreementLine {
	var out []agreementLine
	for _, g := range sampleAgreements() {
		out = append(out, r.agreement(g, now(), map[translations.MemberID]string{9: "David Manukyan"}))
	}
	return out
}

// sampleForce is what is in force with each basis, given and missing.
func sampleForce(r *request) forceBox {
	f := archive.Force{Terms: archive.Terms{ID: 4}}
	given, missing := sampleOrigin(rights.OnAgreement), false
	for _, c := range sampleTerms().Clauses {
		f.Rulings = append(f.Rulings, rights.Ruling{Clause: c, Support: rights.Support{Origin: sampleOrigin(rights.OnTerms), Also: []rights.Origin{sampleOrigin(rights.OnStatute), given}}})
	}
	ask := rights.Clause{Kind: rights.PermissionRequired, Quote: "by permission", Params: rights.Params{Grant: &missing}}
	reminder := rights.Statutes("RU")[2].Clause()
	f.Rulings = append(f.Rulings,
		rights.Ruling{Clause: ask, Support: rights.Support{Origin: sampleOrigin(rights.OnTerms)}},
		rights.Ruling{Clause: ask, Support: rights.Support{Origin: sampleOrigin(rights.OnAgreement), Answered: &given}},
		rights.Ruling{Clause: reminder, Support: rights.Support{Origin: sampleOrigin(rights.OnStatute)}})
	return newForceBox(r, sampleSource(), "ru", f, sampleSupports(r, f.Rulings))
}

func sampleSupports(r *request, list []rights.Ruling) []supportLines {
	out := make([]supportLines, len(list))
	for i, x := range list {
		out[i] = r.support(x.Support, map[translations.MemberID]string{9: "David Manukyan"})
	}
	return out
}

func sampleBarred(r *request) []barredLine {
	return []barredLine{{
		Text: r.T("agreement.barred.permission", "Language", r.words.LanguageName("ru")), Quote: "by permission only", Lang: "en", Record: "/desk/sources/3/agreements/new",
		Rests: r.support(rights.Support{Origin: sampleOrigin(rights.OnTerms)}, nil),
	}, {
		Text: r.T("agreement.barred.no", "Language", r.words.LanguageName("en")), Quote: hostileWords, Lang: "en", Record: "/desk/sources/3/agreements/new",
		Rests: r.support(rights.Support{Origin: sampleOrigin(rights.OnAgreement)}, nil),
	}}
}

func sampleLapse(r *request) lapse {
	return lapse{Text: r.T("agreement.lapsed", "Title", "Letter of the editor"), Link: agreementPath(7)}
}

var agreementSamples = map[string]sample{
	"agreement": func(r *request) (string, any) {
		r.member = helen()
		return "agreement", agreementPage{
			base: r.server.deskBase(r, "Letter of the editor", "sources"), Source: sampleSource(), Name: "Vardakar Courier", Agreement: sampleAgreementLines(r)[1],
			Rules: r.rules(sampleTerms().Clauses), Pages: []restingPage{{"Каменный мост", "ru", "/desk/articles/5"}}, MaySign: true, Reason: hostileWords, Refuse: r.T("agreement.end.unsure"),
		}
	},
	"agreement/over": func(r *request) (string, any) {
		r.member = nare()
		return "agreement", agreementPage{
			base: r.server.deskBase(r, "Letter of the editor", "sources"), Source: sampleSource(), Name: "Vardakar Courier", Agreement: sampleAgreementLines(r)[5],
			Pages: []restingPage{{"Каменный мост", "ru", "/desk/articles/5"}},
		}
	},
	"agreement/plain": func(r *request) (string, any) {
		r.member = helen()
		g := sampleAgreementLines(r)[4]
		g.Statement, g.Clauses, g.Overrides = "", nil, false
		return "agreement", agreementPage{base: r.server.deskBase(r, "Letter", "sources"), Source: sampleSource(), Name: "Vardakar Courier", Agreement: g, MaySign: true}
	},
	"agreement_form": func(r *request) (string, any) {
		r.member = helen()
		return "agreement_form", newAgreementFormPage(r, sampleSource(), archive.Agreement{Kind: archive.WrittenGrant}, formRules{})
	},
	"agreement_form/read": func(r *request) (string, any) {
		r.member = helen()
		rules := formRules{clauses: sampleTerms().Clauses, dropped: []int{1}, read: "8f3a"}
		p := newAgreementFormPage(r, sampleSource(), sampleAgreements()[2], rules)
		p.Form = agreementForm{Title: hostileWords, SignedBy: "Anna", From: "2026-01-01", Until: "soon", Max: "x", Words: sampleTerms().Statement, Overrides: true}
		p.Note = r.N("agreement.read", 4)
		p.Mistakes = []mistake{{"", hostileWords}, {"un", r.T("job.due.bad")}, {"fi", r.T("fault.agreement.file")}, {"al", r.T("fault.agreement.empty")}, {"quote.1", r.T("fault.agreement.quote")}}
		return "agreement_form", p
	},
	"agreement_form/translator": func(r *request) (string, any) {
		r.member = nare()
		return "agreement_form", newAgreementFormPage(r, sampleSource(), archive.Agreement{}, formRules{})
	},
}
