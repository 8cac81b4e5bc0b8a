package web

import (
	"strings"
	"testing"
)

// The theme changes at once, without a new page, and is there after one; nothing errs on the console.
func TestThemeInBrowser(t *testing.T) {
	s := open(t)
	b := openBrowser(t, s)
	b.open("/hy/nothing")
	if got := b.eval(`document.documentElement.dataset.theme`); got != "undefined" {
		t.Fatalf("a new reader's theme is %s", got)
	}
	b.click("[data-theme-toggle]")
	if got := b.eval(`document.documentElement.dataset.theme + document.querySelector("[data-theme-toggle]").ariaPressed`); got != "nighttrue" {
		t.Errorf("after the press: %s", got)
	}
	b.until(`document.cookie.includes("theme=night")`)
	b.open("/en/nothing")
	if got := b.eval(`document.documentElement.outerHTML.slice(0, 60)`); !strings.Contains(got, `data-theme="night"`) {
		t.Errorf("the next page was rendered as %s", got)
	}
	if got := b.eval(`getComputedStyle(document.body).fontFamily.split(",")[0] + [...document.fonts].filter(f => f.status === "loaded").length`); strings.HasSuffix(got, "0") {
		t.Errorf("no font of ours was loaded: %s", got)
	}
	b.shot("not-found-night")
	b.open("/sample/hy/day/error/ours")
	b.shot("error-day-hy")
	b.size(390, 800)
	b.open("/sample/ru/day/not_found")
	b.shot("not-found-390")
	if got := b.eval(`document.documentElement.scrollWidth <= innerWidth`); got != "true" {
		t.Error("the page scrolls sideways on a telephone")
	}
}
