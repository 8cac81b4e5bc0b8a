package web

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colophon/archive"
	"colophon/translations"
	"colophon/web/webtest"
)

// typing types into the open block of the editor, at the caret.
func (b *browser) typing(text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS("#rich"), text))
}

// caretAtEnd puts the caret behind the last word of the open block.
func (b *browser) caretAtEnd() {
	b.t.Helper()
	b.eval(`(() => { const f = document.querySelector('#rich'); f.focus(); const r = document.createRange(); r.selectNodeContents(f); r.collapse(false); getSelection().removeAllRanges(); getSelection().addRange(r); })()`)
}

// target is what the desk has of a block.
func (s *site) target(t testing.TB, version int64, number int) translations.Unit {
	t.Helper()
	w, err := s.Desk.Work(t.Context(), translations.VersionID(version))
	if err != nil {
		t.Fatal(err)
	}
	return w.Units[number-1]
}

// waitTarget waits until the desk has a text in a block.
func (s *site) waitTarget(t testing.TB, version int64, number int, part string) translations.Unit {
	t.Helper()
	var u translations.Unit
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if u = s.target(t, version, number); strings.Contains(u.Target.Text, part) {
			return u
		}
	}
	t.Fatalf("block %d holds %q, waited for %q", number, u.Target.Text, part)
	return u
}

// openEditor opens a block of Nare's English draft.
func openEditor(t *testing.T, number string) (*browser, *site) {
	t.Helper()
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("nare")
	b.open("/desk/versions/15?block=" + number)
	b.until(`document.querySelector('#tags') && document.querySelector('.panel [aria-selected=true]')`)
	return b, s
}

// What is typed is saved by itself, without a key or a button, and the page says so.
func TestEditorSaves(t *testing.T) {
	b, s := openEditor(t, "1")
	b.caretAtEnd()
	b.typing(" again")
	u := s.waitTarget(t, 15, 1, "again")
	if u.Target.Status != translations.Drafted {
		t.Errorf("the block is %s, want a draft", u.Target.Status)
	}
	b.see("Saved 10:42")
	if got := b.eval(`Object.keys(localStorage).filter((k) => k.startsWith('colophon:')).length`); got != "0" {
		t.Errorf("%s texts are kept on the device after the save", got)
	}
	// The ruler and the filters follow.
	b.until(`document.querySelector('.seg[aria-current]').dataset.st === 'draft'`)
}

// The server does not answer and the browser is killed: what was typed is offered again and can be put back.
func TestEditorKilled(t *testing.T) {
	s := openNewsroom(t)
	var down atomic.Bool
	b := openBrowser(t, s)
	next := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() && r.Method == http.MethodPost {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
	b.as("nare")
	b.open("/desk/versions/15?block=1")
	b.until(`document.querySelector('#tags')`)
	down.Store(true)
	b.caretAtEnd()
	b.typing(" lost and found")
	b.see("Not saved, trying again")
	b.do(chromedp.Navigate("about:blank"))
	if u := s.target(t, 15, 1); strings.Contains(u.Target.Text, "lost") {
		t.Fatalf("the server has %q although it was down", u.Target.Text)
	}
	b.open("/desk/versions/15")
	b.see("Text on this device was not saved last time")
	b.see("lost and found")
	down.Store(false) // not before: what the page sends when it is left would be saved after all
	b.shot("editor-kept")
	b.click("#kept .btn--main")
	s.waitTarget(t, 15, 1, "lost and found")
}

// Two people write in one block: the second chooses, and nothing is overwritten meanwhile.
func TestEditorConflict(t *testing.T) {
	for _, c := range []struct{ choose, want string }{
		{"hers", "A quarry choir"},
		{"mine", "tonight"},
		{"both", "tonight"},
	} {
		t.Run(c.choose, func(t *testing.T) {
			b, s := openEditor(t, "1")
			u := s.target(t, 15, 1)
			sona, err := s.Desk.MemberByEmail(t.Context(), email("Sona"))
			if err != nil {
				t.Fatal(err)
			}
			hers := strings.Replace(u.Target.Text, "A choir", "A quarry choir", 1)
			save := translations.Save{Version: 15, Block: archive.TitleKey, Base: u.Target.Number, Text: hers}
			if _, _, err := s.Desk.SaveTarget(t.Context(), save, sona); err != nil {
				t.Fatal(err)
			}
			b.caretAtEnd()
			b.typing(" tonight")
			b.see("Sona Markosyan saved this block")
			b.shot("editor-conflict")
			for _, v := range webtest.Axe(b.ctx, t) {
				t.Errorf("the choice: %v", v)
			}
			if got := s.target(t, 15, 1).Target.Text; got != hers {
				t.Fatalf("the desk has %q before the choice, want %q", got, hers)
			}
			b.click("[value=" + c.choose + "]")
			b.until(`document.querySelector('#conflict').childElementCount === 0`)
			got := s.waitTarget(t, 15, 1, c.want).Target.Text
			if c.choose == "both" && !strings.Contains(got, "quarry choir") {
				t.Errorf("both together: %q lacks hers", got)
			}
			if c.choose == "mine" && strings.Contains(got, "quarry choir") {
				t.Errorf("mine: %q has hers", got)
			}
		})
	}
}

// Codes are whole: they are typed around, taken away and put back as one; a block that lacks one is not confirmed.
func TestEditorChips(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.size(1440, 900)
	b.as("ani")
	b.open("/desk/versions/24?block=3")
	b.until(`document.querySelector('#rich [data-code]')`)
	before := s.target(t, 24, 3).Target.Text
	if got := b.eval(`[...document.querySelectorAll('#rich [data-code]')].map((c) => c.dataset.code).join(' ')`); got != "{1} {/1}" {
		t.Fatalf("chips: %s", got)
	}
	// Typing at a chip does not get into it.
	b.eval(`(() => { const c = document.querySelector('#rich [data-code]'); const r = document.createRange(); r.setStart(c.firstChild, 1); r.collapse(true); document.querySelector('#rich').focus(); getSelection().removeAllRanges(); getSelection().addRange(r); document.execCommand('insertText', false, 'xyz'); })()`)
	if got := b.eval(`document.querySelector('#rich [data-code]').textContent`); got != "1" {
		t.Errorf("the chip says %q after typing into it", got)
	}
	// One chip taken away: the block cannot be confirmed and says why.
	b.eval(`(() => { document.querySelector('#rich [data-code="{/1}"]').remove(); document.querySelector('#rich').dispatchEvent(new InputEvent('input')); })()`)
	b.caretAtEnd()
	b.press("Enter", chromedp.ModifierCtrl)
	b.see("Չկա {/1} պիտակը")
	if u := s.target(t, 24, 3); u.Target.Status == translations.Confirmed || strings.Contains(u.Target.Text, "{/1}") {
		t.Errorf("the block is %s with %q", u.Target.Status, u.Target.Text)
	}
	// Alt+2 puts it back at the caret.
	b.caretAtEnd()
	b.press("Digit2", chromedp.ModifierAlt)
	s.waitTarget(t, 24, 3, "{/1}")
	if before == "" {
		t.Error("the block was empty to begin with")
	}
}

// Keys: confirm and next, up and down, next untranslated, copy of the source, comment, help.
func TestEditorKeys(t *testing.T) {
	b, s := openEditor(t, "1")
	b.caretAtEnd()
	b.typing("!")
	b.press("Enter", chromedp.ModifierCtrl)
	u := s.waitTarget(t, 15, 1, "!")
	for end := time.Now().Add(5 * time.Second); u.Target.Status != translations.Confirmed && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		u = s.target(t, 15, 1)
	}
	if u.Target.Status != translations.Confirmed {
		t.Errorf("Ctrl+Enter left the block %s", u.Target.Status)
	}
	b.until(`document.querySelector('.seg[aria-current]').dataset.st !== 'confirmed' && document.activeElement.id === 'rich'`)
	at := b.eval(`document.querySelector('.seg[aria-current]').dataset.number`)
	b.press("ArrowUp", chromedp.ModifierAlt)
	b.until(`document.querySelector('.seg[aria-current]').dataset.number < ` + at)
	b.press("Enter", chromedp.ModifierCtrl, chromedp.ModifierShift)
	b.until(`document.querySelector('.seg[aria-current]').dataset.st === 'empty'`)
	b.press("KeyC", chromedp.ModifierCtrl, chromedp.ModifierShift)
	number := b.eval(`document.querySelector('.seg[aria-current]').dataset.number`)
	source := b.eval(`document.querySelector('.seg[aria-current]').dataset.source`)
	n := 0
	for _, r := range number {
		n = n*10 + int(r-'0')
	}
	if got := s.waitTarget(t, 15, n, source).Target.Text; got != source {
		t.Errorf("the copy of the source is %q, want %q", got, source)
	}
	b.press("KeyM", chromedp.ModifierCtrl)
	b.until(`document.activeElement.id === 'say'`)
	b.press("Slash", chromedp.ModifierAlt)
	b.until(`document.querySelector('#shortcuts').open`)
}

// The preview is the real page and follows what is typed before it is saved.
func TestEditorPreview(t *testing.T) {
	b, s := openEditor(t, "1")
	b.press("KeyP", chromedp.ModifierAlt)
	b.until(`document.querySelector('#lookframe')?.contentDocument?.querySelector('h1')`)
	b.caretAtEnd()
	b.typing(" live")
	b.until(`document.querySelector('#lookframe').contentDocument.querySelector('h1').textContent.includes(' live')`)
	b.shot("editor-preview")
	for _, v := range webtest.Axe(b.ctx, t) {
		t.Errorf("with the preview: %v", v)
	}
	s.waitTarget(t, 15, 1, " live")
}

// A session that ends while somebody writes: sign in inside a dialog, and the text is saved after all.
func TestEditorSession(t *testing.T) {
	b, s := openEditor(t, "1")
	m, err := s.Desk.MemberByEmail(context.Background(), email("nare"))
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := s.Desk.Sessions(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range sessions {
		if err := s.Desk.EndSession(t.Context(), one.ID, m.ID); err != nil {
			t.Fatal(err)
		}
	}
	b.caretAtEnd()
	b.typing(" kept")
	b.until(`document.querySelector('#signin').open`)
	for _, v := range webtest.Axe(b.ctx, t) {
		t.Errorf("the dialog: %v", v)
	}
	b.fill("#si-password", "colophon-demo")
	b.click("#signin .btn--main")
	s.waitTarget(t, 15, 1, " kept")
	b.until(`!document.querySelector('#signin').open`)
}
