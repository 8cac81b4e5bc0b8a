package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	Terms    []namedField // our own terms of reuse
	Licence  string
	Free     bool // text and data mining
	Refuse   string
}

// namedField is a field for a name in one language.
type namedField struct{ Field, Lang, Label, Value string }

// sectionField is a heading of the site with its names, its place, and the words of outlets that stand for it.
type sectionField struct {
	Slug  string
	Place int // from 1
	Names []namedField
	Words string // one a line
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
	words, err := s.Desk.SectionWords(r.Context())
	if err != nil {
		return err
	}
	p := settingsPage{base: r.base(r.T("settings.title")), Follow: follow, Apps: apps, Refuse: refuse, Names: s.nameFields("name", site.Name)}
	p.Terms, p.Licence, p.Free = s.nameFields("terms", site.Terms), site.Licence, site.MiningFree
	for i, k := range sections {
		f := sectionField{Slug: k.Slug, Place: i + 1, Names: s.nameFields(k.Slug, k.Names), Words: strings.Join(words[k.Slug], "\n")}
		if sent := r.http.PostForm[k.Slug+".words"]; refuse != "" && len(sent) > 0 { // what was refused stays to be mended
			f.Words, f.Names = sent[0], s.nameFields(k.Slug, r.names(k.Slug, k.Names))
		}
		p.Sections = append(p.Sections, f)
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
	site.Terms = map[string]string{}
	for _, lang := range locales.Languages() {
		if text := strings.TrimSpace(strings.ToValidUTF8(r.value("terms."+lang), "")); text != "" {
			site.Terms[lang] = clipped(text, 8000)
		}
	}
	site.Licence, site.MiningFree = strings.TrimSpace(r.value("licence")), r.value("mining") != ""
	var apps error
	site.Follow, err = readLinks(r.value("follow"))
	site.Apps, apps = readLinks(r.value("apps"))
	err = errors.Join(inField("follow", err), inField("apps", apps))
	if u, bad := url.Parse(site.Licence); site.Licence != "" && (bad != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		err = errors.Join(err, inField("licence", fault.New(fault.ErrInvalid, "fault.settings.licence", nil)))
	}
	if err == nil {
		err = s.Desk.SaveSite(r.Context(), site, r.member.ID)
	}
	if errors.Is(err, fault.ErrInvalid) {
		a := r.refuse(err, nil)
		return s.showSettings(r, a.Status, site, r.value("follow"), r.value("apps"), a.Text)
	}
	if err != nil {
		return err
	}
	s.published()
	return r.redirect("/desk/settings")
}

// saveSections answers POST /desk/settings/sections: of each section its names, its place among the others (a number; equal
// ones stay in their order) and the words of outlets that stand for it, one a line.
func (s *Server) saveSections(r *request) error {
	if err := r.form(); err != nil {
		return err
	}
	sections, err := s.Desk.Sections(r.Context())
	if err != nil {
		return err
	}
	words, place := map[string][]string{}, map[string]int{}
	for i, k := range sections {
		sections[i].Names = r.names(k.Slug, k.Names)
		words[k.Slug] = strings.Split(r.value(k.Slug+".words"), "\n")
		place[k.Slug] = i + 1
		if n, err := strconv.Atoi(r.value(k.Slug + ".place")); err == nil {
			place[k.Slug] = n
		}
	}
	slices.SortStableFunc(sections, func(a, b translations.Section) int { return cmp.Compare(place[a.Slug], place[b.Slug]) })
	err = s.Desk.SaveSections(r.Context(), sections, words, r.member.ID)
	if errors.Is(err, fault.ErrInvalid) {
		site, serr := s.Desk.Site(r.Context())
		if serr != nil {
			return serr
		}
		_, about, _ := fault.Message(err)
		field, _ := cmp.Or(about["Second"], about["Section"]).(string)
		a := r.refuse(inField(field+".words", err), nil)
		return s.showSettings(r, a.Status, site, linesOf(site.Follow), linesOf(site.Apps), a.Text)
	}
	if err != nil {
		return err
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
