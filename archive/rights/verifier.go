package rights

import (
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
	css    string
	quirks bool
}

const (
	keptSheets     = 64
	keptSheetBytes = 256 << 10 // a longer one is read each time
)

// sheetOf returns the sheet of the style elements. It is not changed once made.
func (r *Verifier) sheetOf(texts []string, quirks bool) *sheet {
	for i, css := range texts {
		texts[i] = strings.ReplaceAll(css, "\x00", "\uFFFD")
	}
	key := sheetKey{css: strings.Join(texts, "\x00"), quirks: quirks}
	if r == nil || len(key.css) > keptSheetBytes {
		return readSheet(texts, quirks)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.sheets[key]; ok {
		return s
	}
	s := readSheet(texts, quirks)
	if len(r.order) == keptSheets {
		delete(r.sheets, r.order[0])
		r.order = append(r.order[:0], r.order[1:]...)
	}
	r.sheets[key], r.order = s, append(r.order, key)
	return s
}

func readSheet(texts []string, quirks bool) *sheet {
	s := newSheet(quirks)
	for _, css := range texts {
		s.rules(css, sheetContext{})
	}
	s.rank()
	return s
}
