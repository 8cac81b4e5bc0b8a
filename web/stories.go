package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/translations"
	"colophon/web/typeset"
)

// story is a publication in a list.
type story struct {
	translations.Item
	URL       string
	Headline  string // the title as it is set
	Dek       string
	From      string // "From the Armenian"; "" for an original
	Outlet    string
	Date      string // when it came out here; of today, the time
	Machine   string // the same for datetime
	Section   tab
	Languages string // in which else it can be read
}

// stories are items as the page of r shows them.
func (r *request) stories(f *frame, items []translations.Item) []story {
	out := make([]story, len(items))
	for i, item := range items {
		st := story{
			Item: item, URL: articlePath(item.Language, item.Slug), Headline: typeset.Text(r.lang, item.Title), Dek: typeset.Text(r.lang, item.Dek),
			From: r.from(item.SourceLang), Outlet: quoted(r.lang, item.SourceName),
			Date: r.words.Date(item.FirstAt), Machine: item.FirstAt.UTC().Format(time.RFC3339),
		}
		if s, ok := f.section(item.Section); ok {
			st.Section = tab{Text: s.Name(r.lang), URL: sectionPath(r.lang, s.Slug)}
		}
		out[i] = st
	}
	return out
}

// from says which language a text was carried over from, "" where that is the language of the page.
func (r *request) from(lang string) string {
	switch lang {
	case r.lang:
		return ""
	case "en":
		return r.T("from.en")
	case "ru":
		return r.T("from.ru")
	case "hy":
		return r.T("from.hy")
	}
	return r.T("from.other", "Language", r.words.LanguageName(lang))
}

// withLanguages fills in which languages each story can be read.
func (r *request) withLanguages(stories []story, known map[archive.ArticleID][]string) {
	for i, st := range stories {
		var names []string
		for _, lang := range known[st.Article] {
			names = append(names, r.words.LanguageName(lang))
		}
		stories[i].Languages = strings.Join(names, ", ")
	}
}

// earlier is the address of what follows a place in a list. The place is in the address and nothing else is, so the page
// stays the same however much is published before it.
func earlier(path string, c translations.Cursor) string {
	return path + "?before=" + strconv.FormatInt(c.FirstAt.UnixMicro(), 36) + "-" + strconv.FormatInt(int64(c.Article), 36)
}

// before reads the place of earlier. What is none is a page that does not exist; none at all is the beginning.
func (r *request) before() (translations.Cursor, error) {
	text := r.query("before")
	if text == "" {
		return translations.Cursor{}, nil
	}
	at, id, _ := strings.Cut(text, "-")
	micros, err1 := strconv.ParseInt(at, 36, 64)
	article, err2 := strconv.ParseInt(id, 36, 64)
	if err1 != nil || err2 != nil || micros <= 0 || article <= 0 {
		return translations.Cursor{}, errNoPage
	}
	return translations.Cursor{FirstAt: time.UnixMicro(micros).UTC(), Article: archive.ArticleID(article)}, nil
}

// identityOfItems names what a list shows.
func identityOfItems(b *strings.Builder, items []translations.Item) {
	for _, i := range items {
		b.WriteByte(' ')
		b.WriteString(strconv.FormatInt(int64(i.Publication), 36))
	}
	b.WriteByte(';')
}

// languageLinks makes the language switch lead to the same page in every language, however far down it the reader is.
func (b *base) languageLinks(path string) {
	for i := range b.Alternates {
		b.Alternates[i].URL = "/" + b.Alternates[i].Lang + path
	}
}

// searchPath is the address of a search.
func searchPath(lang, query string) string {
	if query == "" {
		return "/" + lang + "/search"
	}
	return "/" + lang + "/search?q=" + url.QueryEscape(query)
}
