package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"colophon/translations"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

// Views count people: see viewCounter.
func TestViewCounter(t *testing.T) {
	at := now()
	read := &translations.Viewed{Article: 7, Language: "hy"}
	for _, test := range []struct {
		name string
		do   func(see func(header ...string))
		want int64
	}{
		{"one reader", func(see func(...string)) { see("User-Agent", firefox) }, 1},
		{"reloads", func(see func(...string)) { see("User-Agent", firefox); see("User-Agent", firefox) }, 1},
		{"two browsers", func(see func(...string)) {
			see("User-Agent", firefox)
			see("User-Agent", "Mozilla/5.0 (Macintosh) Safari/605")
		}, 2},
		{"again after 31 minutes", func(see func(...string)) {
			see("User-Agent", firefox)
			at = at.Add(31 * time.Minute)
			see("User-Agent", firefox)
		}, 2},
		{"again after 20 minutes twice", func(see func(...string)) {
			for range 3 {
				see("User-Agent", firefox)
				at = at.Add(20 * time.Minute)
			}
		}, 2},
		{"the next day", func(see func(...string)) {
			see("User-Agent", firefox)
			at = at.Add(25 * time.Hour)
			see("User-Agent", firefox)
		}, 2},
		{"robots", func(see func(...string)) {
			for _, agent := range []string{"Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.1", "Mozilla/5.0 HeadlessChrome/140", "", "Telegram (like Twitter)", "Mozilla/5.0 (compatible; YandexBot/3.0)"} {
				see("User-Agent", agent)
			}
		}, 0},
		{"fetched ahead, then read", func(see func(...string)) {
			see("User-Agent", firefox, "Sec-Purpose", "prefetch;prerender")
			see("User-Agent", firefox)
		}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			at = now()
			c := newViewCounter(newVisits(func(*http.Request) string { return "192.0.2.1" }, func() time.Time { return at }))
			test.do(func(header ...string) {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/hy/articles/x", nil)
				for i := 0; i+1 < len(header); i += 2 {
					r.Header.Set(header[i], header[i+1])
				}
				c.saw(r, read)
			})
			if got := c.counted()[*read]; got != test.want {
				t.Errorf("%d views, want %d", got, test.want)
			}
		})
	}
}

// A page counts when it is made, when it is kept, and when the browser has it; the numbers arrive in the database.
func TestViewsOfPages(t *testing.T) {
	s := openNewsroom(t, func(set *Settings) { set.Fresh = time.Hour })
	item := s.shelved(t, "en", "hy")
	path := articlePath("en", item.Slug)
	etag := ""
	for i, agent := range []string{"A", "B", "C"} {
		r := s.reader(t)
		r.header.Set("User-Agent", "Mozilla/5.0 "+agent)
		if i == 2 {
			r.header.Set("If-None-Match", etag)
		}
		got := r.get(path)
		if want := []int{200, 200, 304}[i]; got.StatusCode != want {
			t.Fatalf("%s: %d, want %d", agent, got.StatusCode, want)
		}
		etag = got.Header.Get("Etag")
		r.do(http.MethodHead, path, nil, "")
	}
	r := s.reader(t)
	r.header.Set("User-Agent", "Mozilla/5.0 D")
	r.get("/en")
	r.get(path + "/cite")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s.Run(ctx) // writes what is left when it is told to end
	n, err := s.Desk.Views(t.Context(), translations.Viewed{Article: item.Article, Language: "en"})
	if err != nil || n != 3 {
		t.Errorf("%d views, %v; want 3", n, err)
	}
}

// Views that could not be written are not lost.
func TestViewsAreKept(t *testing.T) {
	s := openNewsroom(t)
	item := s.shelved(t, "en", "hy")
	r := s.reader(t)
	r.header.Set("User-Agent", firefox)
	r.get(articlePath("en", item.Slug))
	for range 200 { // the view is counted once the answer is sent
		if len(s.views.counted()) > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if err := s.writeCounts(gone); err == nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("wrote to a database that is gone: %v", err)
	}
	if err := s.writeCounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Desk.Views(t.Context(), translations.Viewed{Article: item.Article, Language: "en"}); err != nil || n != 1 {
		t.Errorf("%d views, %v; want 1", n, err)
	}
}
