package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
)

// termsFile is an outlet's terms in a file, for checking pages without an archive. A file that is no JSON object is read
// as the statement itself.
type termsFile struct {
	Outlet    string     `json:"outlet"`
	Names     []string   `json:"names"` // further spellings of the outlet's name
	HomeURL   string     `json:"home_url"`
	Language  string     `json:"language"`
	Statement string     `json:"statement"` // read into clauses where none are given
	Clauses   []clauseIn `json:"clauses"`
}

// maxTermsFile bounds a file of terms, in bytes.
const maxTermsFile = 1 << 20

// examine checks a page against the terms --source names: those in force of an outlet in the archive, or a file's.
func (c rightsVerifyCmd) examine(ctx context.Context, page rights.Page) (archive.Examination, error) {
	if info, err := os.Stat(c.Source); err == nil && info.Mode().IsRegular() {
		return c.examineByFile(page)
	}
	if _, err := os.Stat(filepath.Join(c.Data, "colophon.db")); c.Database == "" && errors.Is(err, fs.ErrNotExist) {
		return archive.Examination{}, usageError{fault.New(fault.ErrNotFound, "cli.verify.noarchive", fault.Data{"Folder": c.Data, "Source": c.Source})}
	}
	st, err := c.open(ctx)
	if err != nil {
		return archive.Examination{}, err
	}
	defer st.db.Close()
	source, err := st.archive.SourceNamed(ctx, c.Source)
	if err != nil {
		return archive.Examination{}, usageError{err}
	}
	return st.archive.Examine(ctx, page, source.ID, c.SourceURL)
}

// examineByFile checks a page against a file of terms and the facts of the flags.
func (c rightsVerifyCmd) examineByFile(page rights.Page) (archive.Examination, error) {
	t, err := readTermsFile(c.Source)
	if err != nil {
		return archive.Examination{}, err
	}
	facts := c.facts()
	o := &facts.Original
	o.OutletNames = slices.DeleteFunc(append(slices.Clone(c.Outlets), append([]string{t.Outlet}, t.Names...)...), func(s string) bool { return s == "" })
	if o.HomeURL = cmp.Or(c.HomeURL, t.HomeURL, o.HomeURL); o.HomeURL == "" {
		return archive.Examination{}, usageError{fault.New(fault.ErrInvalid, "cli.verify.home", fault.Data{"File": c.Source})}
	}
	o.Language = cmp.Or(o.Language, t.Language)
	e := archive.Examination{Page: rights.Parse(page), URL: page.URL, Facts: facts}
	e.Source = archive.Source{HomeURL: o.HomeURL, Host: strings.TrimPrefix(o.HomeURL, "https://"), Language: t.Language}
	if len(o.OutletNames) > 0 {
		e.Source.Names = map[string]archive.Name{"": {Name: o.OutletNames[0]}}
	}
	e.Terms = archive.Terms{Statement: t.Statement, Language: t.Language}
	clauses := make([]rights.Clause, len(t.Clauses))
	for i, k := range t.Clauses {
		clauses[i] = rights.Clause(k)
	}
	if len(clauses) == 0 {
		name, host := "", strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(o.HomeURL, "https://"), "http://"), "/")
		if len(o.OutletNames) > 0 {
			name = o.OutletNames[0]
		}
		clauses = rights.Detect(rights.Statement{Lang: t.Language, Text: t.Statement, Outlet: name, Host: host}).Clauses
	}
	if len(clauses) == 0 {
		return archive.Examination{}, usageError{fault.New(fault.ErrInvalid, "cli.verify.silent", fault.Data{"File": c.Source})}
	}
	e.Clauses = archive.ForeignClauses(clauses, time.Now())
	e.Findings = e.Page.VerifyForeign(e.Facts, e.Clauses)
	return e, nil
}

// readTermsFile reads terms as JSON, or a statement as text.
func readTermsFile(name string) (termsFile, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return termsFile{}, err
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(body), "\ufeff"))
	if len(body) > maxTermsFile {
		return termsFile{}, usageError{fault.New(fault.ErrTooLarge, "cli.verify.large", fault.Data{"File": name})}
	}
	if !strings.HasPrefix(text, "{") {
		return termsFile{Statement: text}, nil
	}
	var t termsFile
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return t, usageError{fault.Wrap(fault.ErrInvalid, "cli.verify.json", fault.Data{"File": name, "Why": err.Error()}, err)}
	}
	return t, nil
}
