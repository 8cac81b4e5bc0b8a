package web

import (
	"testing"

	"colophon/web/webtest"
)

// Shots of the editor, for people to look at: COLOPHON_SHOTS.
func TestPagesOfEditor(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	b := openBrowser(t, openNewsroom(t))
	b.as("ani")
	for _, size := range []int64{1440, 820, 390} {
		b.size(size, 900)
		b.open("/desk/versions/24")
		b.until(`document.querySelector('#tags')`)
		b.shot("editor-" + map[int64]string{1440: "1440", 820: "820", 390: "390"}[size])
	}
}
