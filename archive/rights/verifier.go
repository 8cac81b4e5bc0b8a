package rights

import (
	"slices"
	"strings"
	"sync"
)

// Verifier reads many pages. It keeps the style sheets it met last, as a browser does, since the pages of a site share theirs
// and reading a sheet costs as much as reading the page. A nil Verifier keeps none. It is safe for several goroutines.
type Verifier struct {
	mu     sync.Mutex
	sheets map[sheetKey]*sheet
	order  []sheetKey // oldest first
}

// NewVerifier returns a verifier that keeps style sheets.
func NewVerifier() *Verifier { return &Verifier{sheets: map[sheetKey]*sheet{}} }

// sheetKey is what a sheet is made of: the text of all style elements, a NUL after each, which no sheet holds.
type sheetKey struct {
	css       string
	quirks    bool
	contained bool // an attribute makes some element a container
}

const (
	keptSheets     = 64
	keptSheetBytes = 256 << 10 // a longer one is read each time
)

// sheetOf returns the sheet of the style elements. It is not changed once made.
func (vr *Verifier) sheetOf(texts []string, quirks, contained bool) *sheet {
	for i, css := range texts {
		texts[i] = strings.ReplaceAll(css, "\x00", "\uFFFD")
	}
	key := sheetKey{css: strings.Join(texts, "\x00"), quirks: quirks, contained: contained}
	if vr == nil || len(key.css) > keptSheetBytes {
		return readSheet(texts, quirks, contained)
	}
	vr.mu.Lock()
	defer vr.mu.Unlock()
	if s, ok := vr.sheets[key]; ok {
		return s
	}
	s := readSheet(texts, quirks, contained)
	if len(vr.order) == keptSheets {
		delete(vr.sheets, vr.order[0])
		vr.order = append(vr.order[:0], vr.order[1:]...)
	}
	vr.sheets[key], vr.order = s, append(vr.order, key)
	return s
}

func readSheet(texts []string, quirks, contained bool) *sheet {
	s := newSheet(quirks)
	s.contained = contained || slices.ContainsFunc(texts, makesContainer)
	for _, css := range texts {
		s.rules(css, sheetContext{})
	}
	s.rank()
	return s
}

// makesContainer says whether a style may make an element a container: @container asks about nothing without one.
func makesContainer(css string) bool {
	css = lowerASCII(css)
	return strings.Contains(css, "container-type") || strings.Contains(css, "container:") || strings.Contains(css, "container :")
}

// contained says whether a style attribute makes an element a container, where a sheet asks.
func (p *Parsed) contained(texts []string) bool {
	if !slices.ContainsFunc(texts, func(css string) bool { return strings.Contains(css, "@container") }) {
		return false
	}
	return slices.ContainsFunc(p.elements, func(e element) bool { return makesContainer(e.value("style")) })
}
