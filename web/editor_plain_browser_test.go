package web

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colophon/translations"
)

// A person who wants a plain field has it everywhere they sign in: codes are text there, and are saved, inserted and
// checked as in the other.
func TestEditorPlainField(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("ani")
	b.open("/desk/me?lang=en")
	b.do(chromedp.SendKeys(chromedp.CSS("#fd"), "Plain"))
	b.eval(`document.querySelector('form[action="/desk/me"]').requestSubmit()`)
	b.until(`location.search === '' && document.querySelector('#fd')?.value === 'plain'`)

	b.open("/desk/versions/24?block=3")
	b.until(`document.querySelector('#plain') && document.querySelector('#tags button')`)
	if got := b.eval(`document.querySelector('#rich') === null && document.querySelector('#plain').value.includes('{1}')`); got != "true" {
		t.Fatalf("no plain field with codes: %s", b.eval(`document.querySelector('#plain').value`))
	}
	b.shot("editor-plain")
	b.click("#plain")
	b.eval(`(() => { const f = document.querySelector('#plain'); f.value = f.value.replace('{/1}', ''); f.setSelectionRange(f.value.length, f.value.length); f.dispatchEvent(new Event('input')); })()`)
	b.press("Enter", chromedp.ModifierCtrl)
	b.see("Չկա {/1} պիտակը")
	b.do(chromedp.SendKeys(chromedp.CSS("#plain"), " վերջ"))
	b.press("Digit2", chromedp.ModifierAlt)
	u := s.waitTarget(t, 24, 3, "վերջ{/1}")
	if u.Target.Status == translations.Confirmed || strings.Contains(u.Target.Text, "\n") {
		t.Errorf("the block is %s with %q", u.Target.Status, u.Target.Text)
	}
	b.press("Enter", chromedp.ModifierCtrl)
	for end := time.Now().Add(5 * time.Second); s.target(t, 24, 3).Target.Status != translations.Confirmed; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("Ctrl+Enter does not confirm: %s", b.eval(`document.querySelector('#said').textContent`))
		}
	}
	b.until(`document.querySelector('.seg[aria-current]').dataset.number !== '3' && document.activeElement.id === 'plain'`)
}
