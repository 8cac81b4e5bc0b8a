package rights

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// complianceCase is a line of data/compliance/cases.jsonl.
type complianceCase struct {
	ID      string            `json:"id"`
	Page    string            `json:"page"`
	Headers map[string]string `json:"headers"`
	PageURL string            `json:"page_url"`
	Facts                     // original, chain; the translator may be null
	Clauses []Clause          `json:"clauses"`
	Expect  map[Kind]Status   `json:"expect"`
}

func sharedData(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("COLOPHON_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(root, "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("test data is not here: %v", err)
	}
	return path
}

func TestComplianceCases(t *testing.T) {
	dir := sharedData(t, "compliance")
	file, err := os.Open(filepath.Join(dir, "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c complianceCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.ID, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join(dir, c.Page))
			if err != nil {
				t.Fatal(err)
			}
			header := map[string][]string{}
			for k, v := range c.Headers {
				header[k] = []string{v}
			}
			findings := Verify(Page{Body: body, Header: header, URL: c.PageURL}, c.Facts, c.Clauses)
			got := map[Kind]Status{}
			for _, f := range findings {
				got[f.Kind] = f.Status
			}
			if diff := cmp.Diff(c.Expect, got); diff != "" {
				t.Errorf("-want +got:\n%s%v", diff, findings)
			}
		})
	}
}
