package webtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"colophon/archive/database/databasetest"
)

// Fault is one error or warning of the Nu HTML checker.
type Fault struct {
	Page    string // the name the page was given under
	Type    string `json:"type"`    // error, info
	SubType string `json:"subType"` // warning
	Line    int    `json:"lastLine"`
	Message string `json:"message"`
	Extract string `json:"extract"`
}

// String is the fault on one line.
func (f Fault) String() string {
	return fmt.Sprintf("%s:%d: %s: %s (%s)", f.Page, f.Line, f.Type, f.Message, f.Extract)
}

// Valid checks pages of HTML, by name, in one run of the Nu HTML checker and returns its errors and warnings.
// COLOPHON_VNU names vnu.jar (of the npm package vnu-jar); java runs it.
func Valid(t testing.TB, pages map[string][]byte) []Fault {
	t.Helper()
	jar := os.Getenv("COLOPHON_VNU")
	if jar == "" {
		databasetest.Missing(t, "vnu", errors.New("COLOPHON_VNU names no vnu.jar"))
	}
	if _, err := os.Stat(jar); err != nil {
		databasetest.Missing(t, "vnu", err)
	}
	java, err := exec.LookPath("java")
	if err != nil {
		databasetest.Missing(t, "vnu", err)
	}
	dir := t.TempDir()
	names := make(map[string]string, len(pages))
	args := []string{"-Xss1m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"}
	for name, page := range pages {
		file := filepath.Join(dir, fmt.Sprintf("%04d.html", len(names)))
		if err := os.WriteFile(file, page, 0o600); err != nil {
			t.Fatal(err)
		}
		names["file:"+file] = name
		args = append(args, file)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), java, args...) //nolint:gosec // the tester's own tool
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run the Nu HTML checker: %v\n%s", err, stderr.Bytes())
	}
	var report struct {
		Messages []struct {
			URL string `json:"url"`
			Fault
		} `json:"messages"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("read the Nu HTML checker's report: %v\n%s", err, out)
	}
	faults := make([]Fault, 0, len(report.Messages))
	for _, m := range report.Messages {
		m.Page = names[m.URL]
		if m.Type == "info" && m.SubType != "warning" {
			continue // such as the remark on "/>" of a void element
		}
		faults = append(faults, m.Fault)
	}
	return faults
}
