package web

import "testing"

// The board answers to its keys by position, and what its buttons do shows without a new page.
func TestBoardKeys(t *testing.T) {
	s := openNewsroom(t)
	b := openBrowser(t, s)
	b.as("helen")
	b.size(1440, 900)
	b.open("/desk")
	b.see("Queue")
	b.shot("board-1440-day")
	b.press("KeyJ")
	b.until(`document.activeElement.closest('[data-job]')`)
	id := b.eval(`document.activeElement.closest('[data-job]').id`)
	b.press("KeyJ")
	b.until(`document.activeElement.closest('[data-job]').id !== '` + id + `'`)
	b.press("KeyK")
	b.until(`document.activeElement.closest('[data-job]').id === '` + id + `'`)

	b.press("Digit2")
	b.until(`location.search.includes('to=en') && document.readyState === 'complete'`)
	b.press("KeyV")
	b.until(`location.search.includes('view=table') && document.querySelector('#table') && document.readyState === 'complete'`)
	b.shot("board-table-1440-day")
	b.open("/desk")
	b.until(`document.querySelector('#table')`) // remembered

	// Taking a job over and raising it, with the focus left where it was.
	b.eval(`document.querySelector('#table [data-key=KeyA]').closest('[data-job]').querySelector('.txt a').focus()`)
	id = b.eval(`document.activeElement.closest('[data-job]').id`)
	b.press("KeyA")
	b.until(`!document.querySelector('#` + id + ` [data-key=KeyA]') && document.activeElement.closest('[data-job]')?.id === '` + id + `'`)
	b.press("KeyP")
	b.until(`document.querySelector('#` + id + ` .pri') && document.activeElement.closest('[data-job]')?.id === '` + id + `'`)
	b.press("Enter")
	b.until(`location.pathname.startsWith('/desk/versions/')`)
	b.open("/desk")
	b.press("KeyG")
	b.press("KeyO")
	b.until(`location.pathname === '/desk/sources'`)
	for _, width := range []int64{820, 390} {
		b.size(width, 900)
		b.open("/desk?view=columns")
		b.see("Queue")
		b.until(`document.documentElement.scrollWidth <= innerWidth`)
		b.shot("board-" + map[int64]string{820: "820", 390: "390"}[width])
	}
}
