package ingest

import (
	"net/http"
	"strings"
	"testing"
)

// An article that is kept for subscribers says so in its linked data, in the ways outlets write it.
func TestSubscribers(t *testing.T) {
	for data, want := range map[string]bool{
		`{"@type":"NewsArticle","isAccessibleForFree":false}`:                                                                 true,
		`{"@type":"NewsArticle","isAccessibleForFree":"False"}`:                                                               true,
		`{"@type":"NewsArticle","isAccessibleForFree":"http://schema.org/False"}`:                                             true,
		`{"@type":"NewsArticle","isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false}}`: true,
		`{"@type":"NewsArticle","hasPart":[{"@type":"WebPageElement","isAccessibleForFree":"false","cssSelector":".paid"}]}`:  true,
		`{"@type":"NewsArticle","isAccessibleForFree":true}`:                                                                  false,
		`{"@type":"NewsArticle"}`: false,
		`{"@type":"NewsArticle","isAccessibleForFree":"True","hasPart":["x",{"@type":"WebPageElement"}]}`: false,
		`{"@type":"Product","isAccessibleForFree":false}`:                                                 false,
	} {
		body := `<!doctype html><html lang="en"><head><title>The lamp</title><script type="application/ld+json">` + data + `</script></head><body><article><h1>The lamp</h1>` +
			strings.Repeat("<p>The lamp of the old lighthouse was lit again on Monday evening, for the first time in nine years.</p>", 5) + `</article></body></html>`
		doc, err := Read(Page{URL: "https://courier.example/a", Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)})
		if err != nil || doc.Subscribers != want {
			t.Errorf("%s: %v (%v), want %v", data, doc.Subscribers, err, want)
		}
	}
}
