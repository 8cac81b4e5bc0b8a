package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/locales"
)

// rightsVerifyCmd is "colophon rights verify": checks pages against clauses.
type rightsVerifyCmd struct {
	storeFlags `embed:""`
	fetchFlags `embed:""`

	JSONL bool   `name:"jsonl" help:"Read and write JSON Lines: {\"id\",\"page\",\"headers\",\"page_url\",\"original\",\"chain\",\"translator\",\"clauses\"} in, {\"id\",\"results\",\"findings\"} out."`
	Dir   string `name:"dir" type:"path" placeholder:"DIR" help:"Folder the pages of --jsonl are in; else the folder of the file of cases, else the working one."`

	Source     string   `name:"source" placeholder:"OUTLET|FILE" help:"Check against the terms in force of an outlet in the archive (its slug, host or address), or against a file of terms: JSON with home_url and clauses, or the statement as text."`
	SourceURL  string   `name:"source-url" placeholder:"URL" help:"Address of the original article; with --source the page's own links are asked where it is not given."`
	HomeURL    string   `name:"home-url" placeholder:"URL" help:"Home page of the outlet; else the front page of the original's site."`
	PageURL    string   `name:"page-url" placeholder:"URL" help:"Address the page is served from; else the one it was fetched from."`
	Outlets    []string `name:"outlet" sep:"none" placeholder:"NAME" help:"Name of the outlet; again for each spelling that counts."`
	Authors    []string `name:"author" sep:"none" placeholder:"NAME" help:"Author of the original; again for each."`
	Translator string   `name:"translator" placeholder:"NAME" help:"Translator of the page."`
	Language   string   `name:"source-lang" placeholder:"TAG" help:"Language of the original."`
	Characters int      `name:"source-characters" placeholder:"N" help:"Length of the original's text, in characters."`
	Clauses    []string `name:"clause" sep:"none" placeholder:"KIND[:NAME=VALUE;…]" help:"A requirement, such as link.required:target=either; again for each."`
	Blocks     bool     `name:"blocks" help:"List the blocks of the article with their numbers, too."`

	Inputs []string `arg:"" optional:"" name:"input" help:"The page's file or address; with --jsonl files of cases, standard input where none is named."`
}

// caseIn is a case of data/compliance. What the case expects is not read.
type caseIn struct {
	ID      json.RawMessage        `json:"id"`
	Page    string                 `json:"page"`
	Headers map[string]headerValue `json:"headers"`
	PageURL string                 `json:"page_url"`
	rights.Facts
	Clauses []clauseIn `json:"clauses"`
}

// clauseIn is a clause whose parameters are read one by one, so that a strange one of a kind that does not use it, or a
// whole number written 60.0, does not spoil the case.
type clauseIn rights.Clause

// UnmarshalJSON reads a clause.
func (c *clauseIn) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, (*rights.Clause)(c)) == nil {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	*c = clauseIn{}
	for name, value := range fields {
		one, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err != nil {
			return err
		}
		var number float64
		if name == "max" && json.Unmarshal(value, &number) == nil {
			c.Max = int(number)
			continue
		}
		kept := *c
		if json.Unmarshal(one, (*rights.Clause)(c)) != nil {
			*c = kept
		}
	}
	return nil
}

// headerValue is one value, or a list of them.
type headerValue []string

// UnmarshalJSON reads "value" or ["value", …].
func (h *headerValue) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*h = headerValue{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(h))
}

// caseOut is the answer to a case.
type caseOut struct {
	ID       json.RawMessage               `json:"id"`
	Results  map[rights.Kind]rights.Status `json:"results"`
	Findings []findingOut                  `json:"findings"`
}

type findingOut struct {
	Kind   rights.Kind   `json:"kind"`
	Status rights.Status `json:"status"`
	Where  string        `json:"where"`
	Why    string        `json:"why"`
}

// Run answers cases, or writes a report on one page.
func (c rightsVerifyCmd) Run(ctx context.Context, s streams) error {
	if !c.JSONL {
		return c.report(ctx, s)
	}
	if len(c.Inputs) == 0 {
		return eachLine(ctx, s, s.In, c.answerIn(""))
	}
	wrong := false
	for _, name := range c.Inputs {
		in, err := inputs(s, []string{name})
		if err != nil {
			return err
		}
		dir := ""
		if name != "-" {
			dir = filepath.Dir(name)
		}
		err = eachLine(ctx, s, in, c.answerIn(dir))
		if cerr := in.Close(); cerr != nil {
			return cerr
		}
		if errors.Is(err, errFindings) {
			wrong = true
		} else if err != nil {
			return err
		}
	}
	if wrong {
		return errFindings
	}
	return nil
}

// answerIn answers the cases of a file in a folder.
func (c rightsVerifyCmd) answerIn(dir string) func(context.Context, caseIn) (caseOut, error) {
	english := locales.For("en")
	verifier := rights.NewVerifier()
	return func(_ context.Context, in caseIn) (caseOut, error) {
		body, err := readBounded(filepath.Join(cmp.Or(c.Dir, dir), filepath.FromSlash(in.Page)))
		if err != nil {
			return caseOut{}, err
		}
		page := rights.Page{Body: body, Header: map[string][]string{}, URL: in.PageURL}
		for name, values := range in.Headers {
			page.Header[name] = values
		}
		clauses := make([]rights.Clause, len(in.Clauses))
		for i, clause := range in.Clauses {
			clauses[i] = rights.Clause(clause)
			if clause.Kind == rights.PermissionRequired || clause.Kind == rights.PermissionCommercial {
				clauses[i].Grant = nil // no page shows a permission: the cases have these undecidable, whatever else is known
			}
		}
		out := caseOut{ID: in.ID, Results: map[rights.Kind]rights.Status{}, Findings: []findingOut{}}
		for _, f := range verifier.Verify(page, in.Facts, clauses) {
			out.Results[f.Kind] = f.Status
			out.Findings = append(out.Findings, findingOut{f.Kind, f.Status, f.Where, reason(english, f)})
		}
		return out, nil
	}
}

// reason puts a finding into words.
func reason(l *locales.Localizer, f rights.Finding) string {
	data := make(map[string]any, len(f.Data))
	for k, v := range f.Data {
		data[k] = v
	}
	return l.Text("finding."+f.Why, data)
}

// readBounded reads a file, one byte more than a page may have at most: enough to see that it is too large.
func readBounded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var body bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		body.Grow(int(min(info.Size(), rights.MaxPageBytes)) + bytes.MinRead)
	}
	_, err = body.ReadFrom(io.LimitReader(f, rights.MaxPageBytes+1))
	return body.Bytes(), err
}

// report checks one page against an outlet's terms, or those given as flags, and writes what it found for people.
func (c rightsVerifyCmd) report(ctx context.Context, s streams) error {
	if len(c.Inputs) != 1 {
		return usageError{fault.New(fault.ErrInvalid, "cli.verify.page", nil)}
	}
	if len(c.Clauses) == 0 && !c.Blocks && c.Source == "" {
		return usageError{fault.New(fault.ErrInvalid, "cli.verify.what", nil)}
	}
	if len(c.Clauses) > 0 && c.Source != "" {
		return usageError{fault.New(fault.ErrInvalid, "cli.verify.both", nil)}
	}
	clauses := make([]rights.Clause, len(c.Clauses))
	for i, text := range c.Clauses {
		clause, err := parseClause(text)
		if err != nil {
			return usageError{err}
		}
		clauses[i] = clause
	}
	page, err := c.page(ctx, s)
	if err != nil {
		return err
	}
	var e archive.Examination
	if c.Source != "" {
		if e, err = c.examine(ctx, page); err != nil {
			return err
		}
	} else {
		e = archive.Examination{Page: rights.Parse(page), URL: page.URL, Facts: c.facts(), Clauses: archive.ForeignClauses(clauses, time.Now())}
		for i := range clauses {
			e.Clauses[i].Grant = clauses[i].Grant // a flag says what is on record
		}
		e.Findings = e.Page.Verify(e.Facts, e.Clauses)
	}
	out := bufio.NewWriter(s.Out)
	unmet := writeReport(out, s.Words, e)
	if c.Blocks {
		for _, b := range e.Page.Blocks() {
			number := strconv.Itoa(b.Number)
			if b.Number < 0 {
				number = "–"
			}
			fmt.Fprintf(out, "%3s %-9s %s\n", number, b.Kind, b.Text)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if unmet {
		return errFindings
	}
	return nil
}

// writeReport writes what was found: the terms, each clause with its answer, the place on the page and the words it rests
// on. It says whether any clause is unmet.
func writeReport(out io.Writer, l *locales.Localizer, e archive.Examination) (unmet bool) {
	if e.Source.HomeURL != "" {
		data := map[string]any{"Outlet": e.Source.NameIn(l.Lang()).Name, "Version": e.Terms.Version, "Date": l.Date(e.Terms.ConfirmedAt), "Address": e.Terms.PageURL}
		id := "cli.verify.terms"
		if e.Terms.Version == 0 {
			id = "cli.verify.terms.file"
		}
		fmt.Fprintln(out, printable(l.Text(id, data)))
		original := e.Facts.Original.URL
		if original == "" {
			original = l.Text("cli.verify.original.unknown", nil)
		}
		fmt.Fprintln(out, printable(l.Text("cli.verify.original", map[string]any{"Address": original})))
	}
	paths := make([]string, len(e.Findings))
	for i, f := range e.Findings {
		paths[i] = f.Where
	}
	excerpts := e.Page.Excerpts(paths...)
	count := map[rights.Status]int{}
	for i, f := range e.Findings {
		count[f.Status]++
		name := string(f.Kind)
		if l.Has("clause." + name + ".name") {
			name = l.Text("clause."+name+".name", nil)
		}
		strength := ""
		if e.Source.HomeURL != "" {
			strength = " (" + l.Text("clause.strength."+string(e.Clauses[i].Strength), nil) + ")"
		}
		fmt.Fprintf(out, "%-7s %s: %s%s\n", mark(f.Status), name, l.Text("finding.status."+string(f.Status), nil), strength)
		fmt.Fprintf(out, "        %s\n", printable(reason(l, f)))
		if q := e.Clauses[i].Quote; q != "" {
			fmt.Fprintf(out, "        > %s\n", printable(q))
		}
		if f.Where != "" {
			fmt.Fprintf(out, "        %s\n", printable(f.Where))
		}
		if x, ok := excerpts[f.Where]; ok && f.Where != "" {
			fmt.Fprintf(out, "        | %s\n", printable(shortened(x.Element, 160)))
		}
	}
	if e.Source.HomeURL != "" {
		fmt.Fprintln(out, l.Text("cli.verify.sum", map[string]any{"Met": count[rights.Met], "Unmet": count[rights.Unmet], "Undecidable": count[rights.Undecidable]}))
	}
	return count[rights.Unmet] > 0
}

// printable puts foreign text on one line and takes from it what moves a terminal's cursor or turns the writing round.
func printable(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)), " ")
}

// shortened cuts a text to at most n runes.
func shortened(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return s
}

func mark(s rights.Status) string {
	switch s {
	case rights.Met:
		return "  [+]"
	case rights.Unmet:
		return "  [-]"
	}
	return "  [?]"
}

// page reads the page from a file, from standard input or from its address.
func (c rightsVerifyCmd) page(ctx context.Context, s streams) (rights.Page, error) {
	name := c.Inputs[0]
	switch {
	case name == "-":
		body, err := io.ReadAll(io.LimitReader(s.In, rights.MaxPageBytes+1))
		return rights.Page{Body: body, URL: c.PageURL}, err
	case strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://"):
		fetcher := c.fetcher()
		defer fetcher.Close()
		got, err := fetcher.Fetch(ctx, name, ingest.FetchOptions{})
		return rights.Page{Body: got.Body, Header: got.Header, URL: cmp.Or(c.PageURL, got.FinalURL, name)}, err
	}
	body, err := readBounded(name)
	return rights.Page{Body: body, URL: c.PageURL}, err
}

// facts gathers the facts from the flags.
func (c rightsVerifyCmd) facts() rights.Facts {
	home := c.HomeURL
	if home == "" {
		if scheme, rest, ok := strings.Cut(c.SourceURL, "://"); ok {
			host, _, _ := strings.Cut(rest, "/")
			home = scheme + "://" + host + "/"
		}
	}
	return rights.Facts{
		Original: rights.Original{
			URL: c.SourceURL, CanonicalURL: c.SourceURL, HomeURL: home, OutletNames: c.Outlets, Authors: c.Authors, Language: c.Language,
			CharCount: c.Characters,
		},
		Translator: c.Translator,
	}
}

// parseClause reads "kind" or "kind:name=value;name=value". Lists are divided by "|": kinds=img|video.
func parseClause(s string) (rights.Clause, error) {
	kind, rest, _ := strings.Cut(s, ":")
	clause := rights.Clause{Kind: rights.Kind(strings.TrimSpace(kind)), Strength: rights.Must}
	for part := range strings.SplitSeq(rest, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return clause, fmt.Errorf("--clause %s: %q is not NAME=VALUE", s, part)
		}
		if err := setParam(&clause.Params, strings.TrimSpace(name), strings.TrimSpace(value)); err != nil {
			return clause, fmt.Errorf("--clause %s: %w", s, err)
		}
	}
	return clause, nil
}

func setParam(p *rights.Params, name, value string) (err error) {
	switch name {
	case "target":
		p.Target = value
	case "within":
		p.Within = value
	case "text":
		p.Text = value
	case "text_any":
		p.TextAny = strings.Split(value, "|")
	case "where":
		p.Where = value
	case "url":
		p.URL = value
	case "value":
		p.Value = value
	case "grant":
		var b bool
		b, err = strconv.ParseBool(value)
		p.Grant = &b
	case "percent":
		p.Percent, err = strconv.ParseFloat(strings.TrimSuffix(value, "%"), 64)
	case "unit":
		p.Unit = value
	case "max":
		p.Max, err = strconv.Atoi(value)
	case "kinds":
		p.Kinds = strings.Split(value, "|")
	case "until":
		p.Until = value
	case "now":
		p.Now = value
	default:
		err = fmt.Errorf("no parameter is called %q", name)
	}
	return err
}
