package web

import (
	"net/http"
	"net/url"
	"strings"

	"colophon/locales"
)

// languageOf is the language a page is shown in: what its address says (/hy/…), else ?lang= (the language links of pages
// whose address says nothing), else own, the setting of whoever is signed in, else the cookie, else Accept-Language, else English.
func (s *Server) languageOf(r *http.Request, own string) string {
	if lang := addressed(r.URL.Path); lang != "" {
		return lang
	}
	if lang := asked(r); lang != "" {
		return lang
	}
	if tag, ours := locales.Canonical(own); ours {
		return tag
	}
	if lang := cookieLanguage(r); lang != "" {
		return lang
	}
	return locales.Match(r.Header.Values("Accept-Language")...)
}

// addressed is the language an address begins with, or "".
func addressed(path string) string {
	if len(path) < 3 || path[0] != '/' || (len(path) > 3 && path[3] != '/') {
		return ""
	}
	for _, lang := range locales.Languages() {
		if path[1:3] == lang {
			return lang
		}
	}
	return ""
}

// asked is the language of ?lang=, or "".
func asked(r *http.Request) string {
	if !strings.Contains(r.URL.RawQuery, "lang=") {
		return ""
	}
	if tag, ours := locales.Canonical(r.URL.Query().Get("lang")); ours {
		return tag
	}
	return ""
}

func cookieLanguage(r *http.Request) string {
	c, err := r.Cookie("lang")
	if err != nil {
		return ""
	}
	if tag, ours := locales.Canonical(c.Value); ours {
		return tag
	}
	return ""
}

// switched is the language a reader has just chosen, or "": by ?lang=, or by a link from our own page in one language to
// one in another. It needs no script and no address of its own, so the language links stay plain links that search
// engines can follow.
func (s *Server) switched(r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	to := asked(r)
	if to == "" && r.Header.Get("Sec-Fetch-Site") == "same-origin" && r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		from, err := url.Parse(r.Referer())
		if err != nil {
			return ""
		}
		if was, is := addressed(from.Path), addressed(r.URL.Path); was != "" && was != is {
			to = is
		}
	}
	if to == "" || to == cookieLanguage(r) {
		return ""
	}
	return to
}

// chooseLanguage answers /: to the front page in the language of the reader.
func (s *Server) chooseLanguage(r *request) error {
	h := r.w.Header()
	h.Set("Vary", "Cookie, Accept-Language")
	h.Set("Cache-Control", "private, no-cache")
	http.Redirect(r.w, r.http, "/"+r.lang, http.StatusFound)
	return nil
}

// movedToHy answers /arm/…, /hye/… and /ARM/…: arm and hye are codes of the same language, and ARM is the label of its
// link. The address of Armenian is /hy.
func (s *Server) movedToHy(r *request) error {
	to := "/hy"
	if _, rest, ok := strings.Cut(r.http.URL.EscapedPath()[1:], "/"); ok && rest != "" {
		to += "/" + rest
	}
	if q := r.http.URL.RawQuery; q != "" {
		to += "?" + q
	}
	r.w.Header().Set("Cache-Control", "public, max-age=86400")
	http.Redirect(r.w, r.http, to, http.StatusMovedPermanently)
	return nil
}
