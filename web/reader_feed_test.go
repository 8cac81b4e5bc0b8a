package web

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

	"colophon/locales"
)

// Feeds, maps and robots.txt are well-formed, name published pages only, and name those that answer.
func TestForMachines(t *testing.T) {
	s := openNewsroom(t)
	r := s.reader(t)
	for _, lang := range locales.Languages() {
		got := r.get("/" + lang + "/feed.xml")
		var feed struct {
			Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Entries []struct {
				ID   string `xml:"id"`
				Link []struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(got.Text), &feed); err != nil {
			t.Fatalf("%v\n%s", err, got.Text)
		}
		if feed.Lang != lang || len(feed.Entries) < 4 || !strings.HasPrefix(got.Header.Get("Content-Type"), "application/atom+xml") {
			t.Errorf("feed in %s: %q, %d entries", lang, feed.Lang, len(feed.Entries))
		}
		if page := r.get(feed.Entries[0].Link[0].Href); page.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", feed.Entries[0].Link[0].Href, page.StatusCode)
		}
	}
	var index struct {
		Maps []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal([]byte(r.get("/sitemap.xml").Text), &index); err != nil || len(index.Maps) != 2 {
		t.Fatalf("index %v: %v", index.Maps, err)
	}
	pages := 0
	for _, loc := range index.Maps {
		got := r.get(loc)
		var urls struct {
			Pages []struct {
				Loc   string `xml:"loc"`
				Links []struct {
					Lang string `xml:"hreflang,attr"`
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal([]byte(got.Text), &urls); err != nil {
			t.Fatal(err)
		}
		for _, u := range urls.Pages {
			pages++
			if page := r.get(u.Loc); page.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", u.Loc, page.StatusCode)
			}
			if len(u.Links) == 0 {
				t.Errorf("%s names no language", u.Loc)
			}
		}
	}
	if pages < 30 {
		t.Errorf("the maps name %d pages", pages)
	}
	if got := r.get("/robots.txt"); !strings.Contains(got.Text, "Sitemap: "+s.Origin+"/sitemap.xml") || !strings.Contains(got.Text, "Disallow: /desk") {
		t.Error(got.Text)
	}
	if got := r.get("/sitemaps/7.xml"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a map of nothing: %d", got.StatusCode)
	}
}

// While the answer is fresh, a page is sent without a question to the database: it is sent with the database closed.
func TestKeptPageAsksNothing(t *testing.T) {
	s := openNewsroom(t, func(set *Settings) { set.Fresh = time.Hour })
	r := s.reader(t)
	item := s.shelved(t, "ru", "hy")
	paths := []string{"/ru", articlePath("ru", item.Slug), sectionPath("ru", item.Section), "/ru/about"}
	etags := map[string]string{}
	for _, path := range paths {
		got := r.get(path)
		if got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", path, got.StatusCode)
		}
		etags[path] = got.Header.Get("Etag")
	}
	db := s.Archive.DB().In(t.Context())
	closer, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if got := r.get(path); got.StatusCode != http.StatusOK || got.Header.Get("Etag") != etags[path] || etags[path] == "" {
			t.Errorf("%s without a database: %d %s", path, got.StatusCode, got.Header.Get("Etag"))
		}
	}
}
