package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"colophon/archive"
	"colophon/archive/ingest"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// oddWeb is a web of pages nobody can archive, and some that anybody can, on this machine. What stands at another address
// of a private network is asked of a fetcher that goes to public ones only, as in earnest.
type oddWeb struct {
	*httptest.Server
	here, strict *ingest.Fetcher
}

func newOddWeb(t testing.TB) *oddWeb {
	t.Helper()
	w := &oddWeb{Server: httptest.NewServer(http.HandlerFunc(oddPage))}
	t.Cleanup(w.Close)
	w.here = ingest.NewFetcher(ingest.FetchSettings{AllowPrivate: true, Delay: -1})
	w.strict = ingest.NewFetcher(ingest.FetchSettings{Delay: -1})
	return w
}

func (w *oddWeb) Fetch(ctx context.Context, address string, options ingest.FetchOptions) (ingest.Fetched, error) {
	if strings.HasPrefix(address, w.URL) {
		return w.here.Fetch(ctx, address, options)
	}
	return w.strict.Fetch(ctx, address, options)
}

// oddArticle is a whole page; head is what stands beside the title.
func oddArticle(title, head string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + title + `</title>` + head + `</head><body><article><h1>` + title + `</h1>
<p>Every evening at dusk the keeper climbs the hundred and four steps of the old tower with a box of matches in her pocket, although the town has had electric light for eighty years.</p>
<p>The lamp is a copy of the first one, made by the coppersmith of the harbour, and it burns until the last ferry has come in and its passengers have crossed the square.</p></article></body></html>`
}

func oddPage(w http.ResponseWriter, r *http.Request) {
	page := func(text string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(text))
	}
	switch {
	case r.URL.Path == "/large":
		w.Header().Set("Content-Type", "text/html")
		line := bytes.Repeat([]byte("<p>and so on and on</p>"), 1<<10)
		for range (50 << 20) / len(line) {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	case r.URL.Path == "/bomb":
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 24 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
	case strings.HasPrefix(r.URL.Path, "/round"):
		http.Redirect(w, r, fmt.Sprintf("/round%d", len(r.URL.Path)%7+len(r.URL.RawQuery))+"?"+r.URL.RawQuery+"x", http.StatusFound)
	case r.URL.Path == "/inward":
		http.Redirect(w, r, "http://10.0.0.1/admin", http.StatusFound)
	case r.URL.Path == "/paper.pdf":
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"))
	case r.URL.Path == "/letters":
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body><p>"))
		junk, seed := make([]byte, 4000), uint32(1)
		for i := range junk {
			seed = seed*1664525 + 1013904223
			junk[i] = byte(seed >> 24)
		}
		_, _ = w.Write(junk)
	case r.URL.Path == "/menu":
		page(`<!doctype html><title>Menu</title><nav><a href="/a">One</a> <a href="/b">Two</a></nav>`)
	case r.URL.Path == "/script":
		page(`<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script><noscript>You need to enable JavaScript to run this app.</noscript></body></html>`)
	case r.URL.Path == "/undated":
		page(oddArticle("The lamp without a date", ""))
	case strings.HasPrefix(r.URL.Path, "/good"):
		page(oddArticle("The lamp "+strings.TrimPrefix(r.URL.Path, "/good"), `<meta property="article:published_time" content="2025-09-01T08:00:00+01:00">`))
	default:
		http.NotFound(w, r)
	}
}

// What cannot be archived is said in one line, in the reader's language, and leaves nothing behind but that line.
func TestIngestRefused(t *testing.T) {
	odd := newOddWeb(t)
	s := open(t, func(set *Settings) { set.Fetcher = odd })
	s.hire(t, "sona", translations.Grant{Role: workflow.Administrator})
	sona := s.reader(t).as("sona")
	empty := s.rows(t)
	for _, c := range []struct{ name, address, message string }{
		{"wrong address", "harbour post", "fault.fetch.address"},
		{"another scheme", "ftp://outlet.example/page", "fault.fetch.scheme"},
		{"nothing there", odd.URL + "/missing", "fault.fetch.notfound"},
		{"a PDF", odd.URL + "/paper.pdf", "fault.extract.kind"},
		{"50 MB", odd.URL + "/large", "fault.fetch.large"},
		{"gzip bomb", odd.URL + "/bomb", "fault.fetch.bomb"},
		{"endless redirect", odd.URL + "/round", "fault.fetch.redirects"},
		{"private address", "http://10.0.0.1/admin", "fault.fetch.private"},
		{"own machine", "http://localhost/", "fault.fetch.private"},
		{"own machine, written oddly", "http://0x7f.1/", "fault.fetch.address"},
		{"unreadable", odd.URL + "/letters", "fault.extract.encoding"},
		{"no article", odd.URL + "/menu", "fault.extract.none"},
		{"script-only", odd.URL + "/script", "fault.extract.script"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, lang := range locales.Languages() {
				page := sona.post("/desk/ingest?lang="+lang, "addresses", c.address)
				page.want(t, http.StatusOK)
				events, err := s.Archive.Events(t.Context(), 0, 1)
				if err != nil || len(events) != 1 || events[0].Fault != c.message {
					t.Fatalf("recorded %+v, %v, want %s", events, err, c.message)
				}
				want := locales.For(lang).Text(c.message, events[0].Data)
				if !strings.Contains(oneSpace(htmlText(page.Text)), oneSpace(want)) {
					t.Errorf("%s: the page does not say %q", lang, want)
				}
			}
			if got := s.rows(t); got != empty {
				t.Errorf("it leaves %s, there was %s", got, empty)
			}
		})
	}

	// A page that does not say when it was published is an article without a date.
	if page := sona.post("/desk/ingest", "addresses", odd.URL+"/undated"); !strings.Contains(page.Text, "The lamp without a date") {
		t.Errorf("a page without a date: %s", page.Text)
	}
	list, err := s.Archive.Articles(t.Context(), 0, 2)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d articles, %v", len(list), err)
	}
	rev, err := s.Archive.Revision(t.Context(), list[0].Revision)
	if err != nil || rev.PublishedAt != "" {
		t.Errorf("published %q, %v", rev.PublishedAt, err)
	}
	sona.get(articleDeskPath(list[0].ID)).want(t, http.StatusOK)
}

// rows says how much the archive keeps, failures themselves left out.
func (s *site) rows(t testing.TB) string {
	t.Helper()
	out := ""
	for _, table := range []string{"sources", "articles", "revisions", "blocks", "captures", "assets", "terms", "versions"} {
		var n int64
		if err := s.Archive.DB().In(t.Context()).Table(table).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprintf("%s %d ", table, n)
	}
	return out
}

// Addresses and dropped files are archived one after the other, with progress and a line for each, whatever happens to
// the others.
func TestIngestManyInBrowser(t *testing.T) {
	odd := newOddWeb(t)
	s := open(t, func(set *Settings) { set.Fetcher = odd })
	s.hire(t, "sona", translations.Grant{Role: workflow.Administrator})
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("sona")
	b.open("/desk/ingest?lang=en")
	b.until(`document.querySelector('#ingest')`)
	// Two files and a link fall on the page; the drop place shows it.
	b.eval(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([` + "`" + oddArticle("A dropped page", `<link rel="canonical" href="https://drop.example/a">`) + "`" + `], 'dropped.html', { type: 'text/html' }));
		files.items.add(new File(['%PDF-1.7 no page'], 'paper.pdf', { type: 'application/pdf' }));
		const drop = (type, data) => document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
		drop('dragenter', files);
		window.over = document.querySelector('#drop').hasAttribute('data-over');
		drop('dragover', files); drop('drop', files);
		const link = new DataTransfer();
		link.setData('text/uri-list', '` + odd.URL + `/good3');
		drop('dragenter', link); drop('drop', link);
	})()`)
	if got := b.eval(`window.over + ' ' + document.querySelector('#drop').hasAttribute('data-over') + ' ' + [...document.querySelectorAll('#chosen li')].map((l) => l.textContent)`); got != "true false dropped.html,paper.pdf" {
		t.Errorf("the place to drop says %s", got)
	}
	b.eval(`(() => { const a = document.querySelector('#ad'); a.value = '` + odd.URL + `/good1\n` + odd.URL + `/missing\n` + odd.URL + `/good2\n' + a.value; })()`)
	b.eval(`(() => { window.seen = []; new MutationObserver(() => seen.push(document.querySelector('#bar').value + '/' + document.querySelector('#bar').max)).observe(document.querySelector('#outcomes'), { childList: true }); })()`)
	b.click("#ingest .btn--main")
	b.until(`document.querySelectorAll('#outcomes .outcome').length === 6 && document.querySelector('#state').textContent === document.querySelector('#state').dataset.end`)
	want := "New,Failed,New,New,New,Failed"
	if got := b.eval(`[...document.querySelectorAll('#outcomes .chip')].map((c) => c.textContent)`); got != want {
		t.Errorf("outcomes %s, want %s: %s", got, want, b.eval(`document.querySelector('#outcomes').innerText`))
	}
	if got := b.eval(`seen.filter((x) => x.includes('/6')).length >= 6 && document.querySelector('#bar').value === 6`); got != "true" {
		t.Errorf("progress went %s", b.eval(`seen`))
	}
	b.see("has no such page")
	b.see("PDF")
	b.shot("ingest-many")
	if list, err := s.Archive.Articles(t.Context(), 0, 10); err != nil || len(list) != 4 {
		t.Errorf("%d articles, %v, want 4", len(list), err)
	}
}

// What the collections of hostile inputs hold is shown on the desk as the words it is: in articles, in the editor's field, in
// comments and in the fields to search. Nothing runs: the console of the browser would say what the policy has blocked, and a
// dialog would stop the test.
func TestHostileInBrowser(t *testing.T) {
	payloads := hostileStrings(t)
	s := open(t)
	sona := s.hire(t, "sona", translations.Grant{Role: workflow.Administrator})
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + strings.ReplaceAll(payloads[0], "<", "&lt;") + ` Hostile words</title></head><body><article><h1>Hostile words</h1>`)
	for _, p := range payloads {
		page.WriteString("<p>These are words of an outlet, and between them stands " + p + " which is no word at all.</p>\n")
	}
	res, err := s.Archive.Ingest(t.Context(), archive.Delivery{URL: "https://hostile.example/1", Body: []byte(page.String()), Origin: archive.Upload})
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.Desk.OpenVersion(t.Context(), res.Article.ID, "ru", sona)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Desk.Work(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range w.Units[:min(len(w.Units), 60)] {
		text := payloads[i%len(payloads)]
		if _, _, err := s.Desk.SaveTarget(t.Context(), translations.Save{Version: v.ID, Block: u.Block.Key, Text: text}, sona); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if _, err := s.Desk.AddComment(t.Context(), translations.Comment{Version: v.ID, Block: u.Block.Key, Text: text}, sona); err != nil && strings.TrimSpace(text) != "" {
			t.Fatalf("%q: %v", text, err)
		}
	}
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("sona")
	at := editorPath(v.ID)
	for _, path := range []string{
		articleDeskPath(res.Article.ID), at + "?block=3", reviewPath(v.ID) + "?view=text", reviewPath(v.ID) + "?view=page", at + "/preview", "/desk", "/desk/articles", "/desk/ingest",
	} {
		b.open(path)
		b.until(`document.readyState === 'complete'`)
	}
	// Typed and pasted into the rich field, and shown again.
	b.open(at + "?block=2")
	b.until(`document.querySelector('#tags')`)
	for _, p := range payloads[:min(20, len(payloads))] {
		b.eval(fmt.Sprintf(`(() => { const f = document.querySelector('#rich'); f.focus(); getSelection().selectAllChildren(f); const d = new DataTransfer(); d.setData('text/plain', %[1]q); d.setData('text/html', %[1]q); f.dispatchEvent(new ClipboardEvent('paste', { clipboardData: d, bubbles: true, cancelable: true })); })()`, p))
	}
	if got := b.eval(`document.querySelector('#rich').querySelectorAll(':not([data-code])').length`); got != "0" {
		t.Errorf("the field holds elements: %s", b.eval(`document.querySelector('#rich').innerHTML`))
	}
	b.do(chromedp.Navigate("about:blank")) // leaves after what was typed is kept
	for _, p := range payloads[:min(60, len(payloads))] {
		for _, box := range []string{"/desk?q=", "/en/search?q="} {
			got := s.reader(t).as("sona").get(box + url.QueryEscape(p))
			if got.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s%q: %d", box, p, got.StatusCode)
			}
			if live := runs(t, got.Text); live != "" {
				t.Errorf("%s%q puts %s on the page", box, p, live)
			}
		}
	}
	for _, p := range payloads[:min(5, len(payloads))] {
		b.open("/desk?q=" + url.QueryEscape(p))
		b.open("/en/search?q=" + url.QueryEscape(p))
	}
}

// runs names what would run on a page, or style it, but for its policy: scripts in the page, handlers, addresses that are scripts.
func runs(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json" || n.Data == "style" || n.Data == "object" {
			return n.Data
		}
		for _, a := range n.Attr {
			address := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || slices.Contains([]string{"href", "src", "action", "formaction"}, a.Key) && strings.HasPrefix(address, "javascript:") {
				return n.Data + " " + a.Key + "=" + a.Val
			}
		}
	}
	return ""
}

// hostileStrings are some of the shared collections' inputs, every so many of each, without those that would only repeat others.
func hostileStrings(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, list := range []struct{ field, path string }{
		{"payload", shared(t, "data", "hostile", "xss", "payloads.jsonl")},
		{"text", shared(t, "data", "hostile", "strings", "naughty.jsonl")},
	} {
		file, err := os.ReadFile(list.path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(file)), "\n")
		for i := 0; i < len(lines); i += max(1, len(lines)/30) {
			var fields map[string]any
			if err := json.Unmarshal([]byte(lines[i]), &fields); err != nil {
				t.Fatal(err)
			}
			if text, ok := fields[list.field].(string); ok && len(text) < 2000 {
				out = append(out, text)
			}
		}
	}
	return out
}
