package ingest

import (
	"strings"

	"colophon/archive/fault"
)

// isDump tells plain text from HTML.
func isDump(p Page, text string) bool {
	if strings.HasPrefix(strings.ToLower(p.Header.Get("Content-Type")), "text/html") {
		return false
	}
	head := strings.ToLower(text[:min(len(text), 4096)])
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<div", "<p>", "<p ", "<meta", "<article", "<table", "<title"} {
		if strings.Contains(head, tag) {
			return false
		}
	}
	return strings.HasPrefix(strings.ToLower(p.Header.Get("Content-Type")), "text/plain") || !strings.Contains(head, "</")
}

func readDump(address, text string) (Document, error) {
	return Document{URL: address}, fault.New(fault.ErrInvalid, "fault.extract.none", nil)
}
