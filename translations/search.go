package translations

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/ingest"
	"colophon/archive/segment"
)

// Search is what somebody looks for among what is public in a language.
type Search struct {
	Language string
	Text     string // words of which all must occur; "a phrase" in quotes; begin* for words that begin so
	Section  string // of one section, unless empty
	Source   archive.SourceID
	Behind   int64 // the place of the last result seen; 0: from the newest
	Limit    int
}

// Found is what a search found, newest first.
type Found struct {
	Hits     []Hit
	Behind   int64 // place of the last hit, where more follow; 0 where they do not
	Count    int   // of all, up to MaxCounted: counting more would cost the more the larger the archive
	Sections map[string]int
	Sources  map[archive.SourceID]int
}

// Hit is one result.
type Hit struct {
	Item
	Place   int64
	Title   []Stretch
	Snippet []Stretch
}

// Stretch is a piece of a text, marked where it holds a word that was looked for.
type Stretch struct {
	Text   string
	Marked bool
}

// MaxCounted is where counting ends. A Count of MaxCounted means that many or more.
const MaxCounted = 1000

// The bounds of a query: what is behind them is passed over.
const (
	maxQuery = 200 // runes
	maxTerms = 12
)

// term is a word or phrase of a query, as stems in order.
type term struct {
	stems  []string
	prefix bool // words that begin so
}

// parseQuery reads what somebody typed, in a language. Nothing of it reaches the database but letters, marks and digits.
func parseQuery(lang, text string) []term {
	if runes := []rune(text); len(runes) > maxQuery {
		text = string(runes[:maxQuery])
	}
	text = strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`, "„", `"`).Replace(text)
	var terms []term
	for i, part := range strings.Split(text, `"`) {
		words := []string{part}
		if i%2 == 0 { // outside quotes
			words = strings.Fields(part)
		}
		for _, w := range words {
			if len(terms) == maxTerms {
				return terms
			}
			if begin, ok := strings.CutSuffix(w, "*"); ok && i%2 == 0 {
				if folded := tokensOf(segment.Words(lang, begin)); len(folded) == 1 {
					terms = append(terms, term{stems: folded, prefix: true})
					continue
				}
			}
			if stems := segment.Tokens(lang, w); len(stems) > 0 {
				terms = append(terms, term{stems: stems})
			}
		}
	}
	return terms
}

func tokensOf(words []segment.Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Folded
	}
	return out
}

// Facts are tokens beside those of the text. PostgreSQL keeps both in one vector: no token of a text begins with =.
func factLanguage(lang string) string { return "=l" + lang }
func factSection(slug string) string  { return "=s" + hex.EncodeToString([]byte(slug)) }
func factSource(id archive.SourceID) string {
	return "=o" + strconv.FormatInt(int64(id), 10)
}

// factTokens are all of a page.
func factTokens(lang, section string, source archive.SourceID) []string {
	out := []string{factLanguage(lang), factSource(source)}
	if section != "" {
		out = append(out, factSection(section))
	}
	return out
}

// Search looks a text up. A query without a word finds nothing.
func (d *Desk) Search(ctx context.Context, q Search) (Found, error) {
	out := Found{Sections: map[string]int{}, Sources: map[archive.SourceID]int{}}
	terms := parseQuery(q.Language, q.Text)
	if len(terms) == 0 {
		return out, nil
	}
	rows, err := d.matches(ctx, d.matching(terms, factLanguage(q.Language)), 0, MaxCounted)
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	for _, r := range rows { // counted without the narrowing by their own kind, so that there is something to choose from
		if q.Source == 0 || r.SourceID == int64(q.Source) {
			out.Sections[r.Section]++
		}
		if q.Section == "" || r.Section == q.Section {
			out.Sources[archive.SourceID(r.SourceID)]++
		}
		if (q.Source == 0 || r.SourceID == int64(q.Source)) && (q.Section == "" || r.Section == q.Section) {
			out.Count++
		}
	}
	facts := []string{factLanguage(q.Language)}
	if q.Section != "" {
		facts = append(facts, factSection(q.Section))
	}
	if q.Source != 0 {
		facts = append(facts, factSource(q.Source))
	}
	if rows, err = d.matches(ctx, d.matching(terms, facts...), q.Behind, q.Limit+1); err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		out.Behind = rows[len(rows)-1].ID
	}
	out.Hits, err = d.hits(ctx, rows, q.Language, terms)
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	return out, nil
}

// CountIn counts what a query finds in a language, up to MaxCounted.
func (d *Desk) CountIn(ctx context.Context, lang, text string) (int, error) {
	terms := parseQuery(lang, text)
	if len(terms) == 0 {
		return 0, nil
	}
	rows, err := d.matches(ctx, d.matching(terms, factLanguage(lang)), 0, MaxCounted)
	if err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	return len(rows), nil
}

// matching writes the query for the engine: every term and every fact. Stems are letters, marks and digits, so quoting
// is all they need.
func (d *Desk) matching(terms []term, facts ...string) string {
	var parts []string
	if d.db.Engine() == database.PostgreSQL {
		for _, f := range facts {
			parts = append(parts, "'"+f+"'")
		}
		for _, t := range terms {
			words := make([]string, len(t.stems))
			for i, s := range t.stems {
				words[i] = "'" + s + "'"
			}
			phrase := strings.Join(words, " <-> ")
			if t.prefix {
				phrase += ":*"
			}
			parts = append(parts, "("+phrase+")")
		}
		return strings.Join(parts, " & ")
	}
	for _, f := range facts {
		parts = append(parts, `facts : "`+f+`"`)
	}
	for _, t := range terms {
		phrase := `"` + strings.Join(t.stems, " ") + `"`
		if t.prefix {
			phrase += "*"
		}
		parts = append(parts, "{title body} : "+phrase)
	}
	return strings.Join(parts, " AND ")
}

// matches lists the pages that match, newest first.
func (d *Desk) matches(ctx context.Context, query string, behind int64, limit int) ([]searchRow, error) {
	tx := d.shown(d.db.In(ctx).Table("search_pages")).Select("search_pages.*")
	if d.db.Engine() == database.PostgreSQL {
		tx = tx.Joins("JOIN search_texts ON search_texts.id = search_pages.id").Where("search_texts.tokens @@ ?::tsquery", query)
		if behind > 0 {
			tx = tx.Where("search_texts.id < ?", behind)
		}
		tx = tx.Order("search_texts.id DESC")
	} else {
		tx = tx.Joins("JOIN search_texts ON search_texts.rowid = search_pages.id").Where("search_texts MATCH ?", query)
		if behind > 0 {
			tx = tx.Where("search_texts.rowid < ?", behind)
		}
		tx = tx.Order("search_texts.rowid DESC")
	}
	var rows []searchRow
	return rows, tx.Limit(limit).Find(&rows).Error
}

// hits reads what matched, with the words that made it match marked.
func (d *Desk) hits(ctx context.Context, rows []searchRow, lang string, terms []term) ([]Hit, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	articles := make([]int64, len(rows))
	ids := make([]PublicationID, len(rows))
	for i, r := range rows {
		articles[i], ids[i] = r.ArticleID, PublicationID(r.PublicationID)
	}
	var shelf []shelfRow
	if err := d.shown(d.db.In(ctx)).Where("language = ? AND article_id IN ?", lang, articles).Find(&shelf).Error; err != nil {
		return nil, err
	}
	items := map[int64]Item{}
	for _, s := range shelf {
		items[s.ArticleID] = s.item()
	}
	texts, err := d.Publications(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, r := range rows {
		item, ok := items[r.ArticleID]
		if !ok {
			continue // withdrawn a moment ago
		}
		hit := Hit{Item: item, Place: r.ID, Title: markWords(lang, item.Title, terms)}
		hit.Snippet = snippet(lang, texts[PublicationID(r.PublicationID)].Content, terms)
		out = append(out, hit)
	}
	return out, nil
}

// index puts a publication where Search finds it, in the transaction that puts it on the shelf. A page that takes the
// place of another keeps its place among the newest.
func (d *Desk) index(ctx context.Context, p Publication, at shelfRow, replaced int64) error {
	tx := d.db.In(ctx)
	var known []searchRow
	if err := tx.Where("article_id = ? AND language = ? AND publication_id = ?", int64(p.Article), p.Language, replaced).Limit(1).Find(&known).Error; err != nil {
		return err
	}
	row := searchRow{
		ArticleID: int64(p.Article), Language: p.Language, PublicationID: int64(p.ID), SourceID: int64(p.Content.SourceID), Section: p.Content.Section,
		ShownFrom: at.ShownFrom, ShownUntil: at.ShownUntil,
	}
	if len(known) > 0 {
		row.ID = known[0].ID
		if err := tx.Model(&searchRow{}).Where("id = ?", row.ID).Select("publication_id", "source_id", "section", "shown_from", "shown_until").Updates(&row).Error; err != nil {
			return err
		}
		if err := d.forget(ctx, row.ID); err != nil {
			return err
		}
	} else if err := tx.Create(&row).Error; err != nil {
		return err
	}
	facts := factTokens(p.Language, p.Content.Section, p.Content.SourceID)
	title := segment.Tokens(p.Language, p.Content.Title)
	body := segment.Tokens(p.Language, textOf(p.Content))
	if d.db.Engine() == database.PostgreSQL {
		return tx.Exec("INSERT INTO search_texts (id, tokens) VALUES (?, ?::tsvector)", row.ID, vector(facts, title, body)).Error
	}
	return tx.Exec("INSERT INTO search_texts (rowid, facts, title, body) VALUES (?, ?, ?, ?)",
		row.ID, strings.Join(facts, " "), strings.Join(title, " "), strings.Join(body, " ")).Error
}

// unindex takes what stood on the shelf out of what Search finds.
func (d *Desk) unindex(ctx context.Context, gone shelfRow) error {
	tx := d.db.In(ctx)
	var known []searchRow
	if err := tx.Where("article_id = ? AND language = ? AND publication_id = ?", gone.ArticleID, gone.Language, gone.PublicationID).Limit(1).Find(&known).Error; err != nil || len(known) == 0 {
		return err
	}
	if err := d.forget(ctx, known[0].ID); err != nil {
		return err
	}
	return tx.Where("id = ?", known[0].ID).Delete(&searchRow{}).Error
}

// forget removes the tokens of a page.
func (d *Desk) forget(ctx context.Context, id int64) error {
	if d.db.Engine() == database.PostgreSQL {
		return d.db.In(ctx).Exec("DELETE FROM search_texts WHERE id = ?", id).Error
	}
	return d.db.In(ctx).Exec("DELETE FROM search_texts WHERE rowid = ?", id).Error
}

// textOf is what is searched of a publication beside its title: dek, text, captions and authors.
func textOf(c Content) string {
	var b strings.Builder
	b.WriteString(c.Dek + "\n")
	for _, block := range c.Blocks {
		b.WriteString(ingest.PlainText(block.HTML) + "\n")
	}
	b.WriteString(strings.Join(c.Authors, "\n"))
	return b.String()
}

// The limits of a tsvector (PostgreSQL 15, chapter 12.11): positions beyond the last are as the last, and a word has so
// many of them.
const (
	lastPosition = 16383
	maxPositions = 255
	maxLexeme    = 2046 // bytes
	maxVector    = 1 << 20
)

// vector writes a tsvector: each word with its places, in the title and then, some way off, in the body. No quote or
// backslash occurs in a token.
func vector(facts, title, body []string) string {
	places := map[string][]int{}
	var order []string
	add := func(word string, at int) {
		if len(word) > maxLexeme {
			return
		}
		if _, ok := places[word]; !ok {
			order = append(order, word)
		}
		if p := places[word]; len(p) < maxPositions && (len(p) == 0 || p[len(p)-1] != min(at, lastPosition)) {
			places[word] = append(p, min(at, lastPosition))
		}
	}
	for i, w := range title {
		add(w, i+1)
	}
	const gap = 10 // so that no phrase begins in the title and ends in the body
	for i, w := range body {
		add(w, len(title)+gap+i)
	}
	var b strings.Builder
	for _, f := range facts {
		b.WriteString("'" + f + "' ")
	}
	for _, w := range order {
		if b.Len() > maxVector {
			break
		}
		b.WriteString("'" + w + "':")
		for i, p := range places[w] {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(p))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// reindex fills the index of an archive that is older than it.
func (d *Desk) reindex(ctx context.Context) error {
	var indexed, shelved []int64
	if err := d.db.In(ctx).Model(&searchRow{}).Limit(1).Pluck("id", &indexed).Error; err != nil || len(indexed) > 0 {
		return err
	}
	if err := d.db.In(ctx).Model(&shelfRow{}).Limit(1).Pluck("publication_id", &shelved).Error; err != nil || len(shelved) == 0 {
		return err
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		var rows []shelfRow
		err := d.db.In(ctx).Select("article_id", "language", "publication_id", "shown_from", "shown_until").Order("first_at, article_id").Find(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			p, err := d.Publication(ctx, PublicationID(row.PublicationID))
			if errors.Is(err, archive.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := d.index(ctx, p, row, row.PublicationID); err != nil {
				return err
			}
		}
		return nil
	})
}
