package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/locales"
	"colophon/translations"
)

// leadCounter counts where readers come from, and where copies of ours with a counter are read: host and path as browsers
// name them, without query, and nothing of the reader. Robots, reloads and what is fetched ahead are out, as with views.
// A name is only a name: nothing is fetched because of it before a person has said so.
type leadCounter struct {
	*tally[translations.Lead]
	own    string  // our host
	copies *visits // of copies, apart from those of our own pages
}

// maxLeads bounds what is counted between two writes. What is beyond is somebody's game.
const maxLeads = 1000

func newLeadCounter(own string, copies *visits) *leadCounter {
	return &leadCounter{newTally[translations.Lead](maxLeads), strings.ToLower(own), copies}
}

// referred counts where the reader of a page of ours came from.
func (c *leadCounter) referred(r *http.Request, read *translations.Viewed) {
	referer := r.Header["Referer"]
	if len(referer) == 0 || read == nil {
		return
	}
	if host, path, ok := placeNamed(referer[0]); ok && host != c.own && !isFinder(host) {
		c.add(translations.Lead{Kind: translations.ByReferrer, Host: host, Path: path, Of: *read}, 1)
	}
}

// shown counts a copy that was read somewhere. Browsers that do not say where are counted under no host.
func (c *leadCounter) shown(r *http.Request, of translations.Viewed) {
	if u, err := url.Parse(r.Referer()); err == nil && strings.EqualFold(u.Host, c.own) {
		return
	}
	host, path, ok := placeNamed(r.Referer())
	if !ok {
		host, path = "", ""
	}
	if c.copies.isNew(r, translations.Viewed{Article: of.Article, Language: of.Language + " " + host}) {
		c.add(translations.Lead{Kind: translations.ByBeacon, Host: host, Path: path, Of: of}, 1)
	}
}

// placeNamed is the host and path of an address a browser names. A name that is none of the public web's is none.
func placeNamed(address string) (host, path string, ok bool) {
	if address == "" || len(address) > 2048 {
		return "", "", false
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", "", false
	}
	host = strings.ToLower(strings.TrimSuffix(u.Host, "."))
	name := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") || len(host) > 253 || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:") != "" {
		return "", "", false
	}
	if path = u.EscapedPath(); path == "" {
		path = "/"
	}
	if len(path) > 500 {
		return "", "", false
	}
	return host, path, true
}

// finders are sites that lead to everybody's pages: that a reader comes from there says nothing of a copy.
var finders = []string{
	"google.", "yandex.", "bing.com", "duckduckgo.com", "yahoo.", "ecosia.org", "qwant.com", "startpage.com", "baidu.com", "facebook.com", "instagram.com",
	"t.co", "x.com", "twitter.com", "t.me", "telegram.org", "vk.com", "ok.ru", "linkedin.com", "reddit.com", "youtube.com", "ya.ru", "mail.ru", "whatsapp.com",
	"news.ycombinator.com", "feedly.com", "bsky.app",
}

func isFinder(host string) bool {
	host = "." + host
	for _, f := range finders {
		if strings.HasSuffix(host, "."+f) || strings.HasSuffix(f, ".") && strings.Contains(host, "."+f) {
			return true
		}
	}
	return false
}

// beaconPath is the address of the counter that a copy of an article in a language may carry: an image of one pixel.
func beaconPath(id archive.ArticleID, lang string) string {
	return "/b/" + strconv.FormatInt(int64(id), 36) + "-" + lang + ".gif"
}

// pixel is a transparent GIF of one pixel.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// beacon answers GET /b/ID-LANG.gif. It sets no cookie and keeps no address; a name that is none of ours is answered alike,
// and not counted.
func (s *Server) beacon(r *request) error {
	hush(r.w)
	name, isGIF := strings.CutSuffix(r.param("name"), ".gif")
	number, lang, _ := strings.Cut(name, "-")
	id, err := strconv.ParseInt(number, 36, 64)
	if tag, ours := locales.Canonical(lang); isGIF && err == nil && id > 0 && ours && tag == lang {
		s.leads.shown(r.http, translations.Viewed{Article: archive.ArticleID(id), Language: lang})
	}
	h := r.w.Header()
	h.Set("Content-Type", "image/gif")
	h.Set("Content-Length", strconv.Itoa(len(pixel)))
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Robots-Tag", "noindex")
	r.w.WriteHeader(http.StatusOK)
	_, _ = r.w.Write([]byte(pixel)) // the reader is gone: there is nobody to tell
	return nil
}
