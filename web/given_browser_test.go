package web

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestSpineInBrowser is the main job again, by people in front of a real browser: they press what is on the pages and type.
func TestSpineInBrowser(t *testing.T) {
	for _, page := range givenPages {
		t.Run(page.name, func(t *testing.T) {
			g := page.at(t)
			b := openBrowser(t, open(t))
			b.size(1440, 900)
			b.hirePeople()
			article, source := b.bring(g)
			b.confirmTerms(source)
			versions := map[string]string{}
			for _, work := range []struct{ person, lang string }{{"irina", "ru"}, {"aram", "hy"}, {"sona", "en"}} {
				b.as(work.person)
				b.open(article)
				b.click(`form[action$="/versions"] button[value="` + work.lang + `"]`)
				b.until(`location.pathname.startsWith('/desk/versions/') && document.readyState === 'complete'`)
				id := b.eval(`location.pathname.match(/\d+/)[0]`)
				versions[work.lang] = "/desk/versions/" + id
				b.open(versions[work.lang])
				if work.lang != "en" {
					b.translate(work.lang)
				}
				b.click("#submit")
				b.until(`location.search.includes('done=submitted') && document.readyState === 'complete'`)
			}
			for _, lang := range []string{"ru", "hy", "en"} {
				b.release(versions[lang])
			}
			b.read(g)
		})
	}
}

// hirePeople sets an empty archive up: the first administrator by the page every address of the desk leads to, and the
// rest by hers.
func (b *browser) hirePeople() {
	b.t.Helper()
	b.open("/desk")
	b.until(`location.pathname === '/setup'`)
	b.fill("#nm", "Sona")
	b.fill("#em", email("sona"))
	b.fill("#pw", "four words in a row")
	b.click(".btn--main")
	b.until(`location.pathname === '/desk'`)
	for _, person := range []struct {
		name  string
		roles []string
	}{
		{"Irina", []string{"translator ru"}}, {"Aram", []string{"translator hy"}}, {"Helen", []string{"editor en", "editor ru", "editor hy"}},
	} {
		b.open("/desk/people")
		b.fill("#nm", person.name)
		b.fill("#em", email(person.name))
		b.fill("#pw", "another four words here")
		for _, role := range person.roles {
			b.click(`input[name=roles][value="` + role + `"]`)
		}
		b.click("#invite .btn--main")
		b.until(`document.readyState === 'complete' && [...document.querySelectorAll('.tbl td')].some((c) => c.textContent === '` + email(person.name) + `')`)
	}
	// The editor signs in as people do.
	b.open("/desk/me")
	b.do(chromedp.Click(chromedp.CSS(`form[action="/logout"] button`), chromedp.NodeVisible))
	b.until(`location.pathname !== '/desk/me' && document.readyState === 'complete'`)
	b.open("/login")
	b.fill("input[name=email]", email("helen"))
	b.fill("input[name=password]", "another four words here")
	b.click("form[action='/login'] .btn--main")
	b.until(`location.pathname === '/desk'`)
}

// bring archives the given page from its file and returns the addresses of the article and of its outlet on the desk.
func (b *browser) bring(g given) (article, source string) {
	b.t.Helper()
	file, err := filepath.Abs(g.file)
	if err != nil {
		b.t.Fatal(err)
	}
	b.open("/desk/ingest")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#fi"), []string{file}))
	b.fill("#fa", g.address)
	b.click("#ingest .btn--main")
	b.until(`document.querySelector('.outcome [data-tone=ok]') && document.querySelector('.outcome p a')`)
	b.see(g.title)
	return b.eval(`document.querySelector('.outcome .txt').getAttribute('href')`), b.eval(`document.querySelector('.outcome p a').getAttribute('href')`)
}

// confirmTerms stands behind what was read on the page: a hyperlink to the outlet.
func (b *browser) confirmTerms(source string) {
	b.t.Helper()
	b.open(source)
	b.see("hyperlink to")
	b.click(".note .btn--main")
	b.until(`location.pathname.includes('/terms/') && document.readyState === 'complete'`)
	b.until(`document.querySelector('[name="kind.1"]').value === 'link.required' && document.querySelector('[name="quote.1"]').value.includes('hyperlink')`)
	b.click(`button[value=confirm]`)
	b.until(`location.search.includes('done=terms_confirmed') && document.readyState === 'complete'`)
}

// translate fills the editor block by block: words by the keys, codes by Ctrl and comma, and Ctrl and Enter to confirm.
func (b *browser) translate(lang string) {
	b.t.Helper()
	numbers := strings.Fields(b.eval(`[...document.querySelectorAll('.seg')].filter((r) => r.dataset.st !== 'none').map((r) => r.dataset.number).join(' ')`))
	if len(numbers) == 0 {
		b.t.Fatal("the editor shows no block")
	}
	for n, number := range numbers {
		row := `document.querySelector('#b` + number + `')`
		b.until(row + `.getAttribute('aria-current') === 'true' && document.activeElement?.id === 'rich' && document.activeElement.closest('.seg') === ` + row)
		pieces, codes := filling(lang, b.eval(row+".dataset.source"), n)
		for i, piece := range pieces {
			if n == 0 {
				b.do(chromedp.KeyEvent(piece))
			} else {
				b.insert(piece)
			}
			if i < len(codes) {
				b.press("Comma", chromedp.ModifierCtrl)
				b.until(`document.querySelectorAll('#rich [data-code]').length === ` + strconv.Itoa(i+1))
			}
		}
		if n < 3 { // what is typed is what is kept: the words, the codes in their places, and no space but the plain one
			want := pieces[0]
			for i, code := range codes {
				want += code + pieces[i+1]
			}
			b.press("Enter", chromedp.ModifierCtrl)
			b.until(row + `.dataset.text === ` + strconv.Quote(want))
		} else {
			b.press("Enter", chromedp.ModifierCtrl)
		}
		b.until(row + `.dataset.st === 'confirmed' && ` + row + `.dataset.base !== '0' && ` + row + `.dataset.text !== ''`)
	}
	b.until(`!document.querySelector('#why') && !document.querySelector('#submit').hasAttribute('aria-disabled')`)
}

// insert types a text as an input method does: all at once, where the caret is.
func (b *browser) insert(text string) {
	b.t.Helper()
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

// release approves and publishes a version as its editor, who wrote none of it.
func (b *browser) release(version string) {
	b.t.Helper()
	b.as("helen")
	b.open(version + "/review")
	b.click("#approve")
	b.click("#sure-yes")
	b.until(`location.search.includes('done=approved') && document.readyState === 'complete'`)
	b.until(`!document.querySelector('#gate li[data-tone=bad]')`)
	b.click("#publish")
	b.until(`location.search.includes('done=published') && document.readyState === 'complete'`)
}

// read looks at the three pages as a reader, from one to the next by the language switch.
func (b *browser) read(g given) {
	b.t.Helper()
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
		return chromedp.Void{}, err
	})
	b.open("/ru")
	b.click(`main a[href*="/ru/articles/"]`)
	for _, page := range []struct{ lang, label, title, translator, other string }{
		{"ru", "RU", fillings["ru"][0], "Irina", "Aram"},
		{"hy", "ARM", fillings["hy"][0], "Aram", "Irina"},
		{"en", "EN", g.title, "", "Irina"},
	} {
		if page.lang != "ru" {
			b.click(`.langs a[hreflang=` + page.lang + `]`)
		}
		b.until(`location.pathname.startsWith('/` + page.lang + `/articles/') && document.readyState === 'complete'`)
		b.until(`document.documentElement.lang === '` + page.lang + `'`)
		if got := oneSpace(b.eval(`document.querySelector('h1').textContent`)); got != oneSpace(page.title) {
			b.t.Errorf("the title in %s is %q, want %q", page.lang, got, page.title)
		}
		b.see(page.translator)
		b.see(g.author)
		b.until(`!document.querySelector('article').innerText.includes('` + page.other + `')`)
		b.until(`[...document.querySelectorAll('article a')].some((a) => a.href.replace(/\/$/, '') === '` + g.home + `' && a.checkVisibility() && !/nofollow/.test(a.rel))`)
		b.until(`document.documentElement.scrollWidth <= innerWidth`)
		b.shot("spine-" + page.lang)
	}
}
