package web

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"colophon/translations"
)

// BenchmarkFrontPage makes the front page, and a page far down its list, of an archive with 1,000 and with 100,000 public
// articles: all that a reader waits for when nothing is kept. The larger may take one and a half times as long. Both are
// made in turn, and each is judged by its median.
func BenchmarkFrontPage(b *testing.B) {
	sizes := [2]int{1_000, 100_000}
	var sites [2]*site
	for i, n := range sizes {
		sites[i] = openNewsroom(b)
		if err := sites[i].fillShelf(b.Context(), "en", n); err != nil {
			b.Fatal(err)
		}
	}
	for _, part := range []struct {
		name   string
		behind func(n int) translations.Cursor
	}{
		{"first", func(int) translations.Cursor { return translations.Cursor{} }},
		{"earlier", func(n int) translations.Cursor {
			return translations.Cursor{FirstAt: now().Add(-time.Duration(n/2) * time.Minute), Article: 1}
		}},
	} {
		b.Run(part.name, func(b *testing.B) {
			var took [2][]float64
			for b.Loop() {
				for i, s := range sites {
					began := time.Now()
					s.makeFront(b, part.behind(sizes[i]))
					took[i] = append(took[i], float64(time.Since(began)))
				}
			}
			small, large := median(took[0]), median(took[1])
			b.ReportMetric(large/small, "ratio")
			b.ReportMetric(large/1e6, "ms/page")
			b.ReportMetric(0, "ns/op") // of both
			if len(took[0]) >= 20 && large/small > 1.5 {
				b.Errorf("with %d articles the page takes %.2f times as long as with %d; the limit is 1.5", sizes[1], large/small, sizes[0])
			}
		})
	}
}

// makeFront makes the front page from the database, without the cache.
func (s *site) makeFront(b *testing.B, behind translations.Cursor) {
	b.Helper()
	r := s.newRequest(httptest.NewRecorder(), httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/en", nil), nil)
	s.around.Store(nil)
	v, err := s.frontView(b.Context(), "en", behind)
	if err != nil {
		b.Fatal(err)
	}
	page, err := s.frontPage(b.Context(), r, v, behind)
	if err != nil {
		b.Fatal(err)
	}
	if len(page.Stories) < listLength {
		b.Fatalf("%d stories", len(page.Stories))
	}
	if _, err := r.render("front", page); err != nil {
		b.Fatal(err)
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
