package web

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A comment that is begun stays when another block is opened and the panel shows that one.
func TestEditorKeepsComment(t *testing.T) {
	b, _ := openEditor(t, "1")
	b.click("#tab-p-co")
	b.do(chromedp.SendKeys(chromedp.CSS("#say"), "half a thought"))
	b.click(".seg[data-number='2'] .seg-n a")
	b.until(`document.querySelector('.seg[aria-current]').dataset.number === '2' && document.querySelector('#say').value === ''`)
	b.click(".seg[data-number='1'] .seg-n a")
	b.until(`document.querySelector('#say').value === 'half a thought'`)
	b.eval(`document.querySelector('#say').value = ''`) // or the browser asks before it leaves the page
}

// A comment shows in the margin of its block at once, and goes from there when it is resolved.
func TestEditorMarksComment(t *testing.T) {
	b, _ := openEditor(t, "1")
	const mark = `document.querySelector(".seg[data-number='1'] .seg-n use[href$='#i-note']")`
	b.until(`!` + mark)
	b.click("#tab-p-co")
	b.do(chromedp.SendKeys(chromedp.CSS("#say"), "Who says so?"))
	b.click("#say-form .btn")
	b.until(mark)
	b.click("#p-co [name=resolved][value='1']")
	b.until(`!` + mark)
	b.see("Resolved")
}

// What is longer than a block can be is not taken from the clipboard, and the page says why; a text of codes is read in
// time that grows with its length.
func TestEditorPaste(t *testing.T) {
	b, s := openEditor(t, "1")
	before := s.target(t, 15, 1).Target.Text
	paste := `((text) => { const d = new DataTransfer(); d.setData('text/plain', text); const f = document.querySelector('#rich'); f.focus(); f.dispatchEvent(new ClipboardEvent('paste', { clipboardData: d, bubbles: true, cancelable: true })); })`
	b.eval(paste + `('A very long text. '.repeat(120000))`)
	b.see("A block may hold 64 KB")
	if got := b.eval(`document.querySelector('#rich').textContent`); got != before {
		t.Errorf("the field holds %.80q after a paste that was refused", got)
	}
	b.caretAtEnd()
	b.eval(paste + `(' and\na line')`)
	s.waitTarget(t, 15, 1, " and a line")
}

// The history in the panel knows of what was saved since the block was opened.
func TestEditorHistoryFollows(t *testing.T) {
	b, s := openEditor(t, "1")
	before := b.eval(`document.querySelectorAll('#p-hi li').length`)
	b.caretAtEnd()
	b.typing(" anew")
	s.waitTarget(t, 15, 1, "anew")
	b.see("Saved 10:42")
	b.click("#tab-p-hi")
	b.until(`document.querySelectorAll('#p-hi li').length > ` + before)
	b.until(`document.activeElement.id === 'tab-p-hi'`)
}

// Whoever looks at the preview by its key goes on writing where they were.
func TestEditorPreviewGivesBack(t *testing.T) {
	b, _ := openEditor(t, "1")
	b.caretAtEnd()
	b.eval(`document.querySelector('#preview').click()`)
	b.until(`document.body.dataset.look === 'on'`)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(`document.body.dataset.look !== 'on' && document.activeElement.id === 'rich'`)
}

// In the review Ctrl Enter sends the comment somebody writes, and asks the translator for no changes; C comments on the block
// in which words are chosen.
func TestReviewComment(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.as("david")
	b.open("/desk/versions/3/review?view=text")
	b.until(`document.querySelector('#sides')`)
	b.eval(`(() => { const box = document.querySelectorAll('[data-exact]')[3]; getSelection().selectAllChildren(box); })()`)
	b.do(chromedp.KeyEvent("c"))
	b.until(`document.activeElement.closest('.cmp > li')?.id === document.querySelectorAll('[data-exact]')[3].closest('li').id`)
	b.do(chromedp.SendKeys(chromedp.CSS(":focus"), "Is this right?"))
	b.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(2)))
	b.see("Is this right?")
	b.until(`location.search.includes('done=commented')`)
}
