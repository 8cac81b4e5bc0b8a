package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// BenchmarkBoard shows the board on 1,000 and on 100,000 versions, in turns, so that what else the machine does hits both:
// the whole of it, a word many titles have, and one that few have. The figure to look at is the ratio of the medians: it
// must stay below 1.5.
func BenchmarkBoard(b *testing.B) {
	small, large := manyVersions(b, 1_000), manyVersions(b, 100_000)
	for _, view := range []struct{ name, path string }{
		{"whole", "/desk"}, {"many", "/desk?q=artic"}, {"few", "/desk?q=number+328"}, {"table", "/desk?view=table"}, {"due", "/desk?view=table&sort=due"},
	} {
		b.Run(view.name, func(b *testing.B) {
			var took [2][]time.Duration
			for range b.N {
				for range 25 {
					for i, s := range []*boardSite{small, large} {
						took[i] = append(took[i], s.show(b, view.path))
					}
				}
			}
			for i := range took {
				slices.Sort(took[i])
			}
			a, z := took[0][len(took[0])/2], took[1][len(took[1])/2]
			ratio := float64(z) / float64(a)
			b.ReportMetric(0, "ns/op") // of the rounds, which says nothing
			b.ReportMetric(float64(a.Microseconds())/1000, "ms/1k")
			b.ReportMetric(float64(z.Microseconds())/1000, "ms/100k")
			b.ReportMetric(ratio, "ratio")
			if ratio > 1.5 && view.name == "whole" { // few words are more versions there, and more lines on the page
				b.Errorf("the board with 100,000 versions takes %.2f times as long as with 1,000; the bar is 1.5", ratio)
			}
		})
	}
}

// boardSite is a site with somebody signed in.
type boardSite struct {
	*site
	cookie *http.Cookie
}

func (s *boardSite) show(b *testing.B, path string) time.Duration {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
	r.AddCookie(s.cookie)
	w := httptest.NewRecorder()
	began := time.Now()
	s.ServeHTTP(w, r)
	took := time.Since(began)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `data-job=`) {
		b.Fatalf("status %d, %d bytes\n%s", w.Code, w.Body.Len(), s.Log.String())
	}
	return took
}

// manyVersions is an archive with n versions of n/3 articles of twenty outlets, in every state, with people who have some.
func manyVersions(b *testing.B, n int) *boardSite {
	b.Helper()
	s := open(b)
	m := s.hire(b, "nare", translations.Grant{Role: workflow.Editor, Language: "en"})
	db := s.Archive.DB().In(b.Context())
	run := func(sql string, args ...any) {
		if err := db.Exec(sql, args...).Error; err != nil {
			b.Fatalf("%s: %v", sql, err)
		}
	}
	count := func(limit int) string {
		return fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d) ", limit)
	}
	run(count(20) + `INSERT INTO sources (id, slug, host, home_url, names, language, jurisdiction, contact, created_at)
		SELECT i, 'o' || i, 'o' || i || '.example', 'https://o' || i || '.example/', '{"en":{"name":"Outlet ' || i || '"}}', 'en', '', '', 0 FROM n`)
	run(`INSERT INTO captures (id, url, final_url, redirects, status, header, digest, size, media_type, origin, overrode, by_member, at)
		VALUES (1, '', '', '[]', 200, '{}', 'x', 0, '', 'upload', '', 0, 0)`)
	articles := n / len(locales.Languages())
	run(count(articles) + `INSERT INTO articles (id, source_id, slug, url, language, section, revision_id, first_seen, last_seen, created_by)
		SELECT i, 1 + i % 20, 'a' || i, 'https://o.example/' || i, 'en', '', i, i, i, 0 FROM n`)
	run(count(articles) + `INSERT INTO revisions (id, article_id, number, capture_id, digest, title, authors, published_at, modified_at, section, meta, characters, words, created_at)
		SELECT i, i, 1, 1, 'd', 'A title of article number ' || i, '[]', '', '', '', '{}', 0, 0, 0 FROM n`)
	states := workflow.Standings()
	for l, lang := range locales.Languages() {
		run(count(articles)+fmt.Sprintf(`INSERT INTO versions (article_id, language, revision_id, state, standing, stale, target_hash, assignee_id, priority, due_at, done, total, held, created_by, created_at, updated_at)
			SELECT i, ?, i, 'draft', CASE i %% 6 WHEN 0 THEN '%s' WHEN 1 THEN '%s' WHEN 2 THEN '%s' WHEN 3 THEN '%s' WHEN 4 THEN '%s' ELSE '%s' END,
			i %% 6 = 5, '', CASE WHEN i %% 50 = 0 THEN %d ELSE 0 END, i %% 7 / 5, 0, 3, 9, ?, 0, 0, i * 3 + %d FROM n`,
			states[0], states[1], states[2], states[3], states[4], states[5], m.ID, l), lang, false)
	}
	for _, word := range []string{"'title'", "'of'", "'article'", "'number'", "CAST(article_id AS TEXT)"} {
		run("INSERT INTO version_words (word, version_id) SELECT " + word + ", id FROM versions")
	}
	return &boardSite{s, s.session(b, "nare")}
}
