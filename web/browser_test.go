package web

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"colophon/web/webtest"
)

// browser is a tab of a real Chromium on a site. Every call fails the test where it fails, and waits for what it names.
type browser struct {
	t    testing.TB
	site *site
	ctx  context.Context //nolint:containedctx // a tab is a context in chromedp
}

// openBrowser opens a tab. Samples are at /sample/LANGUAGE/THEME/NAME. Any script error on any page, and anything the
// Content Security Policy blocks, fails the test.
func openBrowser(t testing.TB, s *site) *browser {
	t.Helper()
	b := &browser{t: t, site: s, ctx: webtest.Browser(t)}
	next := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, ok := strings.CutPrefix(r.URL.Path, "/sample/")
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		parts := strings.SplitN(rest, "/", 3)
		strict().set(w.Header())
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(s.rendered(t, parts[2], parts[0], parts[1]))
	})
	var mu sync.Mutex
	var faults []string
	messages := chromedp.Console(b.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			// An answer of 4xx is an error to the console too, and is what many tests are about.
			if (m.Type == "error" && m.Source != "network") || m.IsException() {
				mu.Lock()
				faults = append(faults, m.String()+" at "+m.URL)
				mu.Unlock()
			}
		}
	}()
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, fault := range faults {
			t.Errorf("the console says: %s", fault)
		}
	})
	return b
}

// do runs steps of chromedp, for what has no method here.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a path of the site and waits until it has loaded.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site.URL + path))
}

// as signs the tab in as one of the site's people, by first name.
func (b *browser) as(person string) {
	b.t.Helper()
	c := b.site.session(b.t, person)
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: b.site.URL, HTTPOnly: new(true)})
		return chromedp.Void{}, err
	})
}

// click presses the first element a CSS selector finds, when it shows.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// fill replaces what is in a field, by typing.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	b.do(chromedp.Clear(chromedp.CSS(selector)), chromedp.SendKeys(chromedp.CSS(selector), text))
}

// eval gives the value of a script's expression as text; a promise is waited for.
func (b *browser) eval(expression string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(async () => String(await (`+expression+`)))()`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// press sends a key with modifiers by its position on the keyboard ("Enter", "KeyJ"), as hands on any layout do.
func (b *browser) press(code string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keyOf(code), chromedp.KeyModifiers(modifiers...)))
}

// keyOf is what chromedp types for a position of the keyboard.
func keyOf(code string) string {
	if letter, ok := strings.CutPrefix(code, "Key"); ok {
		return strings.ToLower(letter)
	}
	if digit, ok := strings.CutPrefix(code, "Digit"); ok {
		return digit
	}
	keys := map[string]string{
		"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab, "ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown,
		"ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight, "Backspace": kb.Backspace, "Slash": "/", "Comma": ",", "Period": ".",
	}
	if key, ok := keys[code]; ok {
		return key
	}
	panic("no key is known at " + code)
}

// see waits until the page shows a text.
func (b *browser) see(text string) {
	b.t.Helper()
	b.until(`document.body && document.body.innerText.includes(` + strconv.Quote(text) + `)`)
}

// until waits for an expression to hold, for half a minute at most, over new pages too.
func (b *browser) until(expression string) {
	b.t.Helper()
	var got bool
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if got, err = chromedp.Run(b.ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`)); err == nil && got {
			return
		}
	}
	shown, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	b.t.Fatalf("waited in vain for %s (%v) on %s", expression, err, shown)
}

// size sets the window, in CSS pixels.
func (b *browser) size(width, height int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height))
}

// shot writes a picture of the whole page to $COLOPHON_SHOTS/name.png, and does nothing without that variable: it is for
// people to look at.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("COLOPHON_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
