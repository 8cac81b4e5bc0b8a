package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
	"colophon/web/typeset"
)

// base is what every page knows. Page structs embed it, and templates call its methods: {{.T "id"}}, and inside a range
// {{$.T "id"}}.
type base struct {
	Title       string // of the page, without the site's name
	Description string // for search engines and cards; may be empty
	Site        string // name of the site
	Lang        string // language of the interface
	Path        string // of this page, with its query: where forms come back to
	Home        string // front page in this language
	Theme       string // "day", "night" or ""
	Size        int    // -1 … 3
	NoIndex     bool   // search engines are asked to leave the page out

	Member translations.Member // signed in; nobody on public pages

	Canonical  string      // absolute; "" for pages search engines have no use for
	Alternates []alternate // the page in every language of the interface, in their order
	Sections   []tab       // of the public masthead
	Search     string      // address of the search page; "" where there is none
	Query      string      // what is searched for
	Day        time.Time   // shown in the masthead; zero: not shown
	Policy     string      // of text and data mining, where it is reserved; absolute
	Follow     []Link
	About      []Link

	Desk    string // the current tab of the desk: "board", "review", …
	Waiting int    // how much waits for review, beside that tab
	Keys    []shortcut
	KeysOff bool   // shortcuts of single letters are switched off
	Flash   string // one line about what has just happened

	Mistakes []mistake // of the form that was sent and is shown again

	server *Server
	words  *locales.Localizer
}

// alternate is the page in another language.
type alternate struct {
	Lang, Label string // hy, ARM
	URL         string // path
	Current     bool
	Missing     bool // this very text does not exist in it; URL is the best there is
}

// tab is a link in a row of links.
type tab struct {
	Text, URL string
	Current   bool
}

// shortcut is one line of the list of keys, and of the legend if it has a short text.
type shortcut struct {
	Keys  []string // as printed on the keys: "J", "K"
	Text  string   // message ID
	Short string   // message ID of the legend; "" keeps it out of the legend
}

// base is the base of this request's page.
func (r *request) base(title string) base {
	s := r.server
	b := base{
		Title: title, Site: s.Site, Lang: r.lang, Path: r.http.URL.RequestURI(), Home: "/" + r.lang,
		Theme: r.look.theme, Size: r.look.size, Member: r.member, Follow: s.Follow, About: s.About,
		KeysOff: keysOff(r.http), Mistakes: r.mistakes, server: s, words: r.words, Search: searchPath(r.lang, ""),
	}
	if r.http.Method != http.MethodGet && r.http.Method != http.MethodHead {
		b.Path = backTo(strings.TrimPrefix(r.http.Referer(), s.Origin))
	}
	for _, lang := range locales.Languages() {
		b.Alternates = append(b.Alternates, alternate{
			Lang: lang, Label: s.words[lang].Label(), URL: r.inLanguage(lang), Current: lang == r.lang,
		})
	}
	return b
}

// inLanguage is this page's address in another language.
func (r *request) inLanguage(lang string) string {
	u := url.URL{Path: r.http.URL.Path, RawQuery: r.http.URL.RawQuery}
	if is := addressed(u.Path); is != "" {
		u.Path = "/" + lang + u.Path[len("/"+is):]
		return u.RequestURI()
	}
	q := u.Query()
	q.Set("lang", lang)
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

// in is b speaking another language.
func (b base) in(lang string) base {
	b.Lang, b.Home, b.Search, b.words = lang, "/"+lang, searchPath(lang, ""), b.server.words[lang]
	return b
}

// T is a message; pairs are keys and values for its places: {{.T "article.by" "Name" .Author}}.
func (b base) T(id string, pairs ...any) string { return b.words.Text(id, data(pairs)) }

// N is the form of a message that goes with the number n, which its text writes as {{.Count}}.
func (b base) N(id string, n int, pairs ...any) string { return b.words.Plural(id, n, data(pairs)) }

// Words writes dates, numbers and names of languages: {{.Words.Date .At}}.
func (b base) Words() *locales.Localizer { return b.words }

// Set sets a text of the interface as running text is set: with the spaces that must not break.
func (b base) Set(text string) string { return typeset.Text(b.Lang, text) }

// DateInput is the type of a field for a date: a browser shows nothing but a date in a field for dates, so what is none
// stands in a field for text, to be seen and mended.
func (b base) DateInput(value string) string {
	if _, err := time.Parse(time.DateOnly, value); err != nil && value != "" {
		return "text"
	}
	return "date"
}

// Static is the address of a static file.
func (b base) Static(name string) (string, error) { return b.server.static.Path(name) }

// Absolute is a path of ours with scheme and host.
func (b base) Absolute(path string) string { return b.server.Origin + path }

// Night says whether the button of the night theme is pressed, as far as the server can know.
func (b base) Night() bool { return b.Theme == "night" }

// Smaller and Larger are the sizes the two buttons lead to.
func (b base) Smaller() int { return max(minSize, b.Size-1) }

// Larger is the next larger size.
func (b base) Larger() int { return min(maxSize, b.Size+1) }

// SignedIn says whether somebody is signed in.
func (b base) SignedIn() bool { return b.Member.ID != 0 }

// IsAdministrator says whether whoever is signed in runs the desk.
func (b base) IsAdministrator() bool { return b.Member.Has(workflow.Administrator) }

// Role is the highest role of whoever is signed in, in words.
func (b base) Role() string {
	for _, role := range slices.Backward(workflow.Roles()) {
		if b.Member.Has(role) {
			return b.T("role." + string(role))
		}
	}
	return ""
}

// data turns keys and values into a map. A key that is no string or has no value is a fault of the template, and the
// text shows it.
func data(pairs []any) map[string]any {
	if len(pairs) == 0 {
		return nil
	}
	out := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	if len(pairs)%2 == 1 {
		out[fmt.Sprint(pairs[len(pairs)-1])] = "(!)"
	}
	return out
}

// show answers with a page: the template of that name in templates/pages, filled from page. Nothing is sent until all of
// it is rendered, so a template that fails is an error page and not half of one.
func (r *request) show(name string, page any) error { return r.showStatus(http.StatusOK, name, page) }

// showStatus is show with another status than 200, such as 422 for a form shown again with its faults.
func (r *request) showStatus(status int, name string, page any) error {
	body, err := r.render(name, page)
	if err != nil {
		return err
	}
	r.send(status, "text/html; charset=utf-8", body)
	return nil
}

// part answers with a part of a page, for a script that puts it into place: a template defined for the page called name.
func (r *request) part(name, part string, data any) error {
	body, err := r.server.templates.execute(name, part, data)
	if err != nil {
		return err
	}
	r.send(http.StatusOK, "text/html; charset=utf-8", body)
	return nil
}

// render is a page as bytes, for the cache and for the gate, which reads what readers would be served.
func (r *request) render(name string, page any) ([]byte, error) {
	return r.server.templates.execute(name, name, page)
}

// send answers with a body that is nobody else's: it may not be stored, and long ones go compressed.
func (r *request) send(status int, kind string, body []byte) {
	h := r.w.Header()
	if status < http.StatusBadRequest { // a page on an error asks the database for nothing
		r.server.reserve(r.Context(), r.http, h)
	}
	h.Set("Content-Type", kind)
	secureOwn(h)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache, no-store")
	}
	h.Add("Vary", "Accept-Encoding, Cookie, Accept-Language")
	if len(body) >= minCompressed && codingOf(r.http) != plainCoding {
		body = quickGzip(body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	r.w.WriteHeader(status)
	_, _ = r.w.Write(body) // the reader is gone: there is nobody to tell
}
