package web

import (
	"time"

	"colophon/translations"
	"colophon/translations/workflow"
)

// accessSamples are the pages of signing in, of one's own and of people.
var accessSamples = map[string]sample{
	"login": func(r *request) (string, any) {
		return "login", loginPage{base: r.base(r.T("login.title")), Back: "/desk"}
	},
	"login/refused": func(r *request) (string, any) {
		return "login", loginPage{base: r.base(r.T("login.title")), Email: "irina@colophon.example", Back: "/desk", Refuse: r.T("fault.login.wrong")}
	},
	"setup": func(r *request) (string, any) {
		return "setup", setupPage{base: r.base(r.T("setup.title"))}
	},
	"setup/refused": func(r *request) (string, any) {
		return "setup", setupPage{base: r.base(r.T("setup.title")), Name: "Sona", Email: "sona@colophon.example", Refuse: r.T("fault.member.name")}
	},
	"me": func(r *request) (string, any) {
		r.member = nare()
		return "me", mePage{
			base: r.base(r.T("me.title")), Min: translations.MinPassword,
			Languages: []choice{{Value: "en", Text: "English", Chosen: true}, {Value: "hy", Text: "Հայերեն"}},
			Sessions: []deviceLine{
				{Session: translations.Session{ID: 1, Device: "Firefox", Address: "192.0.2.1"}, Seen: r.words.DateTime(sampleTime()), Current: true},
				{Session: translations.Session{ID: 2, Device: "Chromium", Address: "192.0.2.2"}, Seen: r.words.DateTime(sampleTime())},
			},
		}
	},
	"me/refused": func(r *request) (string, any) {
		r.member = nare()
		p := mePage{base: r.base(r.T("me.title")), Min: translations.MinPassword, Refuse: r.T("fault.member.old_password")}
		p.KeysOff, p.Flash = true, r.T("button.save")
		return "me", p
	},
	"people": func(r *request) (string, any) {
		r.member = administrator()
		disabled := nare()
		disabled.DisabledAt = sampleTime()
		p := peoplePage{
			base: r.base(r.T("people.title")), Next: 7, Roles: r.server.roleChoices(r, nil), Min: translations.MinPassword,
			People: []personLine{{nare(), r.server.does(r, nare())}, {disabled, r.server.does(r, disabled)}},
		}
		p.Desk = "people"
		return "people", p
	},
	"people/refused": func(r *request) (string, any) {
		r.member = administrator()
		return "people", peoplePage{
			base: r.base(r.T("people.title")), Roles: r.server.roleChoices(r, nil), Min: translations.MinPassword,
			Form: personForm{Name: "Irina", Email: "irina"}, Refuse: r.T("fault.member.email"),
		}
	},
	"settings": func(r *request) (string, any) {
		r.member = administrator()
		p := settingsPage{
			base: r.base(r.T("settings.title")), Follow: "Telegram | https://telegram.example/colophon", Refuse: r.T("fault.member.name"),
			Names:    r.server.nameFields("name", map[string]string{"en": "Colophon"}),
			Sections: []sectionField{{"town", 1, r.server.nameFields("town", map[string]string{"hy": "Քաղաք"}), "город\nmetropolis"}},
		}
		p.Desk = "settings"
		p.Mistakes = []mistake{{"follow", hostileWords}, {"town.words", r.T("fault.member.name")}}
		return "settings", p
	},
	"settings/new": func(r *request) (string, any) {
		r.member = administrator()
		return "settings", settingsPage{base: r.base(r.T("settings.title")), Names: r.server.nameFields("name", nil)}
	},
	"person": func(r *request) (string, any) {
		r.member = administrator()
		return "person", personPage{
			base: r.base("Nare Petrosyan"), Person: nare(), Roles: r.server.roleChoices(r, nare().Grants), Min: translations.MinPassword,
			Refuse: r.T("fault.member.last_administrator"),
		}
	},
}

func sampleTime() time.Time { return time.Date(2025, 9, 3, 6, 42, 0, 0, time.UTC) }

// administrator is whoever runs the desk on the samples.
func administrator() translations.Member {
	return translations.Member{
		ID: 9, Name: "Sona Markosyan", Email: "sona@colophon.example", Grants: []translations.Grant{{Role: workflow.Administrator}},
	}
}
