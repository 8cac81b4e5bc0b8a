package translations

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/database/databasetest"
	"colophon/archive/ingest"
	"colophon/archive/segment"
)

// searchWords are what the texts of these tests are made of; some are forms of one word.
var searchWords = map[string]string{
	"en": "bridge bridges river the stone library libraries running runs swift night 1894 o'clock re-opened school Vardakar",
	"ru": "мост моста мостами река реки камень библиотека библиотеку ёлка елки стриж ночь 1894 по-прежнему школа Вардакар",
	"hy": "կամուրջ կամրջի կամուրջներ գետ գետի քար գրադարան Ինչո՞ւ ինչու եւ և ծիծեռնակ գիշեր 1894 դպրոց Վարդաքար",
}

// searchDesks opens an empty desk on each engine.
func searchDesks(t *testing.T) map[database.Engine]*Desk {
	t.Helper()
	out := map[database.Engine]*Desk{}
	for _, engine := range []database.Engine{database.SQLite, database.PostgreSQL} {
		t.Run("open "+string(engine), func(inner *testing.T) {
			s := database.Settings{Dir: t.TempDir(), Relaxed: true}
			if engine == database.PostgreSQL {
				databasetest.Postgres(inner) // skips this part alone where there is none
				s.URL = databasetest.Postgres(t)
			}
			db, blobs := databasetest.Open(t, s)
			a, err := archive.Open(t.Context(), db, blobs, nil)
			if err != nil {
				t.Fatal(err)
			}
			if out[engine], err = Open(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		})
	}
	return out
}

// randomPublications are texts of random words, the same ones every time.
func randomPublications(n int) []Publication {
	r := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // a test
	out := make([]Publication, n)
	for i := range out {
		lang := []string{"en", "ru", "hy"}[i%3]
		words := strings.Fields(searchWords[lang])
		some := func(n int) string {
			picked := make([]string, n)
			for i := range picked {
				picked[i] = words[r.IntN(len(words))]
			}
			return strings.Join(picked, " ")
		}
		out[i] = Publication{
			ID: PublicationID(i + 1), Article: archive.ArticleID(i + 1), Language: lang,
			Content: Content{
				Title: some(2), Section: []string{"", "culture", "town-region"}[r.IntN(3)], SourceID: archive.SourceID(1 + r.IntN(3)),
				Blocks: []ContentBlock{{Kind: ingest.Paragraph, HTML: "<em>" + some(3) + "</em>"}, {Kind: ingest.Paragraph, HTML: some(3)}},
			},
		}
	}
	return out
}

// naive says whether a text has all terms, without an index.
func naive(p Publication, terms []term) bool {
	for _, t := range terms {
		found := false
		for _, text := range [][]string{segment.Tokens(p.Language, p.Content.Title), segment.Tokens(p.Language, textOf(p.Content))} {
			for i := range text {
				if i+len(t.stems) > len(text) {
					break
				}
				match := slices.Equal(text[i:i+len(t.stems)], t.stems)
				if t.prefix {
					match = strings.HasPrefix(text[i], t.stems[0])
				}
				found = found || match
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// Both engines find the same, and what a reading of all texts finds.
func TestSearchOnBothEngines(t *testing.T) {
	desks := searchDesks(t)
	publications := randomPublications(180)
	for engine, d := range desks {
		err := d.db.Transact(t.Context(), func(ctx context.Context) error {
			for _, p := range publications {
				if err := d.index(ctx, p, onShelf(p), 0); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", engine, err)
		}
	}
	var queries []Search
	for lang, words := range searchWords {
		list := strings.Fields(words)
		for i, w := range list {
			queries = append(queries,
				Search{Language: lang, Text: w}, Search{Language: lang, Text: w + " " + list[(i+5)%len(list)]},
				Search{Language: lang, Text: `"` + w + " " + list[(i+1)%len(list)] + `"`}, Search{Language: lang, Text: w, Section: "culture"},
				Search{Language: lang, Text: w, Source: 2}, Search{Language: lang, Text: string([]rune(w)[:2]) + "*"})
		}
	}
	for _, hostile := range []string{
		`"`, `'`, `bridge' & 'x`, `bridge" OR "x`, `a NEAR b`, `facts : "0len"`, `0len`, `\`, `bridge\`, "*", "**", `col:*`, strings.Repeat("bridge ", 100), "\x00", "\xff\xfe",
		`':*`, `<->`, `!bridge`, `(bridge`, `{title} : x`, "bridge:*", "^bridge",
	} {
		queries = append(queries, Search{Language: "en", Text: hostile})
	}
	found := 0
	for _, q := range queries {
		terms := parseQuery(q.Language, q.Text)
		if len(terms) == 0 {
			continue
		}
		facts := []string{factLanguage(q.Language)}
		if q.Section != "" {
			facts = append(facts, factSection(q.Section))
		}
		if q.Source != 0 {
			facts = append(facts, factSource(q.Source))
		}
		var want []int64
		for _, p := range slices.Backward(publications) {
			if p.Language == q.Language && naive(p, terms) && (q.Section == "" || p.Content.Section == q.Section) && (q.Source == 0 || p.Content.SourceID == q.Source) {
				want = append(want, int64(p.Article))
			}
		}
		found += len(want)
		for engine, d := range desks {
			rows, err := d.matches(t.Context(), d.matching(terms, facts...), 0, 1000)
			if err != nil {
				t.Fatalf("%s: %q: %v", engine, q.Text, err)
			}
			var got []int64
			for _, r := range rows {
				got = append(got, r.ArticleID)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s %q (-want +got):\n%s", engine, q.Language, q.Text, diff)
			}
			// The same by pages of two.
			got = nil
			for behind := int64(0); ; {
				rows, err := d.matches(t.Context(), d.matching(terms, facts...), behind, 2)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					got = append(got, r.ArticleID)
					behind = r.ID
				}
				if len(rows) < 2 || len(got) > 20 {
					break
				}
			}
			if n := min(len(got), len(want)); !slices.Equal(got[:n], want[:n]) || len(got) < min(len(want), 20) {
				t.Errorf("%s: %s %q by pages: %v, want %v", engine, q.Language, q.Text, got, want)
			}
		}
	}
	if found < 1000 {
		t.Errorf("the queries find %d pages in all: too few to mean anything", found)
	}

	// What is published anew is found by its new words and no more by the old; what is withdrawn is not found.
	for engine, d := range desks {
		count := func(text string) int {
			n, err := d.CountIn(t.Context(), "en", text)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		p := publications[0]
		p.Content.Title, p.Content.Blocks = "Zeppelin", []ContentBlock{{Kind: ingest.Paragraph, HTML: "Quokka"}}
		steps := []struct {
			do   func(context.Context) error
			want int
		}{
			{func(ctx context.Context) error { return d.index(ctx, p, onShelf(p), int64(p.ID)) }, 1},
			{func(ctx context.Context) error { return d.index(ctx, p, onShelf(p), int64(p.ID)) }, 1},
			{func(ctx context.Context) error { return d.unindex(ctx, onShelf(p)) }, 0},
			{func(ctx context.Context) error { return d.unindex(ctx, onShelf(p)) }, 0},
		}
		for i, step := range steps {
			if err := d.db.Transact(t.Context(), step.do); err != nil {
				t.Fatalf("%s: step %d: %v", engine, i, err)
			}
			if got := count("zeppelins quokka"); got != step.want {
				t.Errorf("%s: after step %d %d found, want %d", engine, i, got, step.want)
			}
		}
	}
}

// A vector stays within what PostgreSQL takes, whatever the text.
func TestVectorLimits(t *testing.T) {
	desks := searchDesks(t)
	var long []string
	for i := range 40_000 {
		long = append(long, fmt.Sprint("w", i%9000), "same")
	}
	long = append(long, strings.Repeat("x", 5000))
	d := desks[database.PostgreSQL]
	if d == nil {
		t.Skip("PostgreSQL is not there")
	}
	var out string
	if err := d.db.In(t.Context()).Raw("SELECT length(?::tsvector)::text", vector([]string{"0len"}, []string{"title"}, long)).Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	if out == "0" {
		t.Error("nothing was kept")
	}
}

func TestSnippet(t *testing.T) {
	c := Content{
		Title: "A bridge", Dek: "Of stone.",
		Blocks: []ContentBlock{
			{HTML: "One two three four five six seven eight nine ten eleven bridges twelve thirteen."},
			{HTML: "The <em>bridge</em> over the river."},
		},
	}
	var b strings.Builder
	for _, s := range snippet("en", c, parseQuery("en", "bridge river")) {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	if got, want := b.String(), "The [bridge] over the [river]."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := snippet("en", c, parseQuery("en", "nowhere")); len(got) != 1 || got[0].Text != "Of stone." {
		t.Errorf("without a word of it: %v", got)
	}
}

// FuzzParseQuery: whatever is typed, no stem holds anything that means something to an engine.
func FuzzParseQuery(f *testing.F) {
	f.Add("en", `"a b" c* 'd'`)
	f.Add("hy", "Ինչո՞ւ «կամուրջ»")
	f.Fuzz(func(t *testing.T, lang, text string) {
		for _, term := range parseQuery(lang, text) {
			for _, s := range term.stems {
				if s == "" || strings.ContainsAny(s, "\"'\\ :&|!()<>*{}^\x00") {
					t.Errorf("%q gave the stem %q", text, s)
				}
			}
		}
	})
}

// onShelf is the row of a publication that is shown for good.
func onShelf(p Publication) shelfRow {
	return shelfRow{ArticleID: int64(p.Article), Language: p.Language, PublicationID: int64(p.ID), ShownUntil: forever}
}

// The lists readers see are read along an index, however long they are: SQLite says how it would read them.
func TestListsUseIndexes(t *testing.T) {
	d := searchDesks(t)[database.SQLite]
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, tx := range map[string]*gormDB{
		"front":   d.db.In(t.Context()).Where("language = ?", "en"),
		"section": d.db.In(t.Context()).Where("language = ?", "en").Where("section = ?", "culture"),
		"outlet":  d.db.In(t.Context()).Where("source_id = ? AND language = ?", 3, "en"),
	} {
		sql := tx.Session(&gorm.Session{}).ToSQL(func(tx *gorm.DB) *gorm.DB {
			var rows []shelfRow
			m := database.Micros(at)
			return d.shown(tx).Where("first_at <= ? AND (first_at < ? OR article_id < ?)", m, m, 5).Order("first_at DESC, article_id DESC").Limit(10).Find(&rows)
		})
		var plan []struct{ Detail string }
		if err := d.db.In(t.Context()).Raw("EXPLAIN QUERY PLAN " + sql).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		if len(plan) != 1 || !strings.Contains(plan[0].Detail, "USING INDEX") || !strings.Contains(plan[0].Detail, "first_at<") {
			t.Errorf("%s: %v\n%s", name, plan, sql)
		}
	}
}
