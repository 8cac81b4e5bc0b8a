package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"colophon/archive/fault"
	"colophon/locales"
	"colophon/translations"
)

// settingsPage fills templates/pages/settings.html: what an administrator says about the site as a whole.
type settingsPage struct {
	base
	Names    []namedField
	Follow   string // a link a line: text, a vertical bar, address
	Apps     string
	Sections []sectionField
	Refuse   string
}

// namedField is a field for a name in one language.
type namedField struct{ Field, Lang, Label, Value string }

// sectionField is a heading of the site with its names.
type sectionField struct {
	Slug  string
	Names []namedField
}

func (s *Server) settings(r *request) error {
	site, err := s.Desk.Site(r.Context())
	if err != nil {
		return err
	}
	return s.showSettings(r, http.StatusOK, site, linesOf(site.Follow), linesOf(site.Apps), "")
}

func (s *Server) showSettings(r *request, status int, site translations.Site, follow, apps, refuse string) error {
	sections, err := s.Desk.Sections(r.Context())
	if err != nil {
		return err
	}
	p := settingsPage{base: r.base(r.T("settings.title")), Follow: follow, Apps: apps, Refuse: refuse, Names: s.nameFields("name", site.Name)}
	for _, k := range sections {
		p.Sections = append(p.Sections, sectionField{Slug: k.Slug, Names: s.nameFields(k.Slug, k.Names)})
	}
	p.Desk = "settings"
	return r.showStatus(status, "settings", p)
}

func (s *Server) nameFields(prefix string, names map[string]string) []namedField {
	var out []namedField
	for _, lang := range locales.Languages() {
		out = append(out, namedField{Field: prefix + "." + lang, Lang: lang, Label: s.words[lang].Label(), Value: names[lang]})
	}
	return out
}

// names reads the fields of nameFields. Names that no field shows, such as the word an outlet uses, stay.
func (r *request) names(prefix string, before map[string]string) map[string]string {
	out := maps.Clone(before)
	if out == nil {
		out = map[string]string{}
	}
	for _, lang := range locales.Languages() {
		if name := strings.Join(strings.Fields(r.value(prefix+"."+lang)), " "); name != "" {
			out[lang] = name
		} else {
			delete(out, lang)
		}
	}
	return out
}

func (s *Server) saveSettings(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	site, err := s.Desk.Site(r.Context())
	if err != nil {
		return err
	}
	site.Name = r.names("name", nil)
	site.Follow, err = readLinks(r.value("follow"))
	if err == nil {
		site.Apps, err = readLinks(r.value("apps"))
	}
	if err == nil {
		err = s.Desk.SaveSite(r.Context(), site, r.member.ID)
	}
	if errors.Is(err, fault.ErrInvalid) {
		a := r.explain(err)
		return s.showSettings(r, a.Status, site, r.value("follow"), r.value("apps"), a.Text)
	}
	if err != nil {
		return err
	}
	s.published()
	return r.redirect("/desk/settings")
}

func (s *Server) saveSections(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	sections, err := s.Desk.Sections(r.Context())
	if err != nil {
		return err
	}
	for _, k := range sections {
		k.Names = r.names(k.Slug, k.Names)
		if err := s.Desk.SaveSection(r.Context(), k, nil); err != nil {
			return err
		}
	}
	s.published()
	return r.redirect("/desk/settings")
}

// linesOf writes links a line each.
func linesOf(links []translations.SiteLink) string {
	var b strings.Builder
	for _, l := range links {
		b.WriteString(l.Text + " | " + l.URL + "\n")
	}
	return b.String()
}

// maxSiteLinks bounds each list of links in the footer.
const maxSiteLinks = 20

// readLinks reads what linesOf writes: ErrInvalid names the line that is no link.
func readLinks(text string) ([]translations.SiteLink, error) {
	var out []translations.SiteLink
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, address, _ := strings.Cut(line, "|")
		name, address = strings.TrimSpace(name), strings.TrimSpace(address)
		u, err := url.Parse(address)
		if name == "" || err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(out) == maxSiteLinks {
			return nil, fault.New(fault.ErrInvalid, "fault.settings.link", fault.Data{"Line": line, "Max": maxSiteLinks})
		}
		out = append(out, translations.SiteLink{Text: name, URL: u.String()})
	}
	return out, nil
}
