package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"colophon/archive"
	"colophon/translations"
	"colophon/web/webtest"
)

// longVersion opens an English version of a Russian article of n paragraphs, as many blocks and a title, for Nare. Every
// block is translated but those given by number.
func (s *site) longVersion(t testing.TB, n int, empty ...int) translations.VersionID {
	t.Helper()
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Дневник смотрителя</title></head><body><article><h1>Дневник смотрителя</h1>`)
	for i := range n {
		fmt.Fprintf(&page, `<p>В день %d смотритель поднялся на башню, зажёг лампу и записал в тетрадь, какой был ветер и <b>сколько кораблей</b> прошло мимо; кораблей было %d.</p>`, i+1, i*7%31)
	}
	page.WriteString(`</article></body></html>`)
	res, err := s.Archive.Ingest(t.Context(), archive.Delivery{URL: "https://keeper.example/diary", Body: []byte(page.String()), Origin: archive.Upload})
	if err != nil {
		t.Fatal(err)
	}
	nare, err := s.Desk.MemberByEmail(t.Context(), email("Nare"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.Desk.OpenVersion(t.Context(), res.Article.ID, "en", nare)
	if err != nil {
		t.Fatal(err)
	}
	// One text for all, put down at once: a save each would take the test minutes.
	err = s.Archive.DB().In(t.Context()).Exec(`INSERT INTO targets (version_id, block_key, number, text, status, source_hash, source_text, author_id, updated_at)
		SELECT ?, block_key, 1, 'On that day the keeper climbed the tower, lit the lamp and wrote down what wind there was and {1}how many ships{/1} had passed by.',
		'confirmed', hash, '', ?, 0 FROM blocks WHERE revision_id = ? AND position > 0`, v.ID, nare.ID, res.Revision.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Desk.Work(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Units) != n+1 {
		t.Fatalf("%d blocks of %d paragraphs", len(w.Units), n)
	}
	for _, number := range empty {
		err := s.Archive.DB().In(t.Context()).Exec("DELETE FROM targets WHERE version_id = ? AND block_key = ?", v.ID, w.Units[number-1].Block.Key).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	return v.ID
}

// TestPagesInParts shows a long version in parts that follow one another, each of a weight a phone can take.
func TestPagesInParts(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	s := openNewsroom(t)
	id := s.longVersion(t, 999)
	r := s.reader(t)
	r.as("nare")
	seen := map[string]bool{}
	at := editorPath(id) + "?block=1"
	for part := 0; at != ""; part++ {
		if part > 20 {
			t.Fatal("the parts have no end")
		}
		p := r.get(at)
		if p.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", at, p.StatusCode)
		}
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write([]byte(p.Text))
		_ = z.Close()
		if part == 0 {
			t.Logf("a version of 1,000 blocks: %d KB, %d KB compressed", len(p.Text)>>10, packed.Len()>>10)
		}
		if len(p.Text) > 400<<10 || packed.Len() > 60<<10 {
			t.Errorf("part %d weighs %d bytes, %d compressed", part, len(p.Text), packed.Len())
		}
		doc, err := html.Parse(strings.NewReader(p.Text))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range find(doc, "li") {
			if attr(row, "class") == "seg" {
				seen[attr(row, "data-number")] = true
			}
		}
		at = ""
		for _, a := range find(doc, "a") {
			if attr(a, "id") == "later" {
				at = attr(a, "href")
			}
		}
	}
	if len(seen) != 1000 {
		t.Errorf("following the parts shows %d blocks, want 1,000", len(seen))
	}
	if p := r.get(editorPath(id) + "?part=rows&from=990&to=99999&block=1"); strings.Count(p.Text, `class="seg"`) != 10 {
		t.Errorf("the last rows are %d, want 10", strings.Count(p.Text, `class="seg"`))
	}
	for _, bad := range []string{"from=-5&to=x", "from=99999999999999999999&to=1", "from=5000&to=6000"} {
		if p := r.get(editorPath(id) + "?part=rows&" + bad); p.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", bad, p.StatusCode)
		}
	}
}

// TestPagesInPartsKeys goes over the borders of parts by keys, as if there were none, and finds the browser's search all of it.
func TestPagesInPartsKeys(t *testing.T) {
	webtest.Looks(t) // what it saves, other tests save under the race detector
	t.Parallel()
	s := openNewsroom(t)
	id := s.longVersion(t, 640, 405, 641)
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("nare")
	b.open(editorPath(id) + "?block=400")
	b.until(`document.querySelector('#tags')`)
	b.press("ArrowDown", chromedp.ModifierAlt)
	b.until(`document.querySelector('.seg[aria-current]').dataset.number === '401'`)
	b.press("Enter", chromedp.ModifierCtrl, chromedp.ModifierShift)
	b.until(`document.querySelector('.seg[aria-current]').dataset.number === '405' && document.activeElement.id === 'rich'`)
	b.until(`document.querySelectorAll('.seg').length === 641 && !document.querySelector('#later, #earlier')`)
	if got := b.eval(`[...document.querySelectorAll('.seg')].every((r, i) => Number(r.dataset.number) === i + 1)`); got != "true" {
		t.Error("the blocks do not stand in their order")
	}
	b.press("Enter", chromedp.ModifierCtrl, chromedp.ModifierShift)
	b.until(`document.querySelector('.seg[aria-current]').dataset.number === '641' && document.activeElement.id === 'rich'`)
	b.typing("The last line")
	u := s.waitTarget(t, int64(id), 641, "The last line")
	if u.Number != 641 {
		t.Errorf("saved in block %d", u.Number)
	}
	if got := b.eval(`window.find('В день 3 смотритель', false, false, true)`); got != "true" {
		t.Error("the browser's search does not find the beginning")
	}
}
