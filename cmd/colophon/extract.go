package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// extractCmd is "colophon extract": reads the article out of saved pages. It needs no database and no network.
type extractCmd struct {
	JSONL bool     `name:"jsonl" help:"Read and write JSON Lines: {\"id\",\"file\",\"url\"} in, the fields of the article out."`
	URL   string   `name:"url" placeholder:"URL" help:"The address the page was saved from, for a single file."`
	Files []string `arg:"" optional:"" help:"Saved pages, .gz too; with --jsonl, files of lines. Standard input where none is named."`
}

// maxPage bounds a file after unpacking, in bytes; ingest has its own, lower bound and says so in words.
const maxPage = 64 << 20

// extractIn is one line in. File is relative to the working directory and may be gzipped.
type extractIn struct {
	ID   json.RawMessage `json:"id"`
	File string          `json:"file"`
	URL  string          `json:"url"`
}

// extractOut is one line out. Error is set where the page could not be read or holds no article; the document is then
// what could be found nevertheless, with an empty text.
type extractOut struct {
	ID json.RawMessage `json:"id,omitempty"`
	ingest.Document
	Error string `json:"error,omitempty"`
}

// Run reads pages and writes what they hold.
func (c extractCmd) Run(ctx context.Context, s streams) error {
	if c.JSONL {
		in, err := inputs(s, c.Files)
		if err != nil {
			return err
		}
		defer in.Close()
		return c.lines(ctx, s, in)
	}
	out := bufio.NewWriter(s.Out)
	files := c.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	if c.URL != "" && len(files) > 1 {
		return usageError{errors.New("--url goes with a single file")}
	}
	wrong := false
	for i, name := range files {
		doc, err := c.page(s, name, c.URL)
		if err != nil {
			wrong = true
			fmt.Fprintf(s.Err, "%s: %s\n", name, words(s.Words, err))
			if doc.Title == "" {
				continue
			}
		}
		if i > 0 {
			fmt.Fprintf(out, "\n%s\n\n", strings.Repeat("─", 60))
		}
		summary(out, s, doc)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if wrong {
		return errFindings
	}
	return nil
}

// page reads one file, "-" being standard input.
func (c extractCmd) page(s streams, name, address string) (ingest.Document, error) {
	body, err := pageBytes(s, name)
	if err != nil {
		return ingest.Document{URL: address}, err
	}
	return ingest.Read(ingest.Page{URL: address, Body: body})
}

// pageBytes is a file's content, unpacked where it is gzip.
func pageBytes(s streams, name string) ([]byte, error) {
	in := s.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	r := bufio.NewReader(in)
	in = r
	if magic, _ := r.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		in = z
	}
	body, err := io.ReadAll(io.LimitReader(in, maxPage+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(body) > maxPage {
		return nil, fault.New(fault.ErrTooLarge, "fault.extract.large", fault.Data{"Limit": ingest.MaxBytes >> 20})
	}
	return body, nil
}

// lines answers each line with one line, in order, reading pages on all processors at once.
func (c extractCmd) lines(ctx context.Context, s streams, in io.Reader) error {
	type answer struct {
		number int
		out    extractOut
		err    error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan chan answer, 2*runtime.GOMAXPROCS(0))
	read := make(chan error, 1)
	go func() {
		defer close(queue)
		lines := newLineReader(in, maxLine)
		busy := make(chan struct{}, runtime.GOMAXPROCS(0))
		for ctx.Err() == nil {
			line, err := lines.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil && !errors.Is(err, errLineTooLong) {
				read <- fmt.Errorf("read line %d: %w", lines.number+1, err)
				return
			}
			line = bytes.Clone(bytes.TrimSpace(line))
			if err == nil && len(line) == 0 {
				continue
			}
			a := answer{number: lines.number}
			if err != nil {
				a.err = errors.New(s.Words.Text("cli.line.long", map[string]any{"Line": a.number, "Megabytes": maxLine >> 20}))
			}
			slot := make(chan answer, 1)
			select {
			case queue <- slot:
			case <-ctx.Done():
				return
			}
			busy <- struct{}{}
			go func() {
				defer func() { <-busy }()
				if a.err == nil {
					a.out, a.err = c.line(s, a.number, line)
				}
				slot <- a
			}()
		}
	}()
	out := bufio.NewWriter(s.Out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	wrong := false
	for slot := range queue {
		a := <-slot
		if a.err != nil {
			wrong = true
			fmt.Fprintln(s.Err, a.err)
			if a.out.ID == nil {
				continue
			}
		}
		if err := enc.Encode(a.out); err != nil {
			return fmt.Errorf("write the result of line %d: %w", a.number, err)
		}
		if len(queue) == 0 {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write the result of line %d: %w", a.number, err)
			}
		}
	}
	err := errors.Join(ctx.Err(), out.Flush())
	select {
	case readErr := <-read:
		err = errors.Join(err, readErr)
	default:
	}
	if err == nil && wrong {
		return errFindings
	}
	return err
}

// line answers one line. The error is words about it; the answer has its id where that could be read.
func (c extractCmd) line(s streams, number int, line []byte) (out extractOut, err error) {
	say := func(err error) error {
		out.Error = words(s.Words, err)
		return errors.New(s.Words.Text("cli.line.failed", map[string]any{"Line": number, "Why": out.Error}))
	}
	defer func() {
		if p := recover(); p != nil { // one hostile page must not end a run over a million
			err = say(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
		full(&out.Document)
	}()
	var in extractIn
	if err := json.Unmarshal(line, &in); err != nil {
		out.ID = idOf(line)
		out.Error = s.Words.Text("cli.line.json", map[string]any{"Line": number, "Why": err.Error()})
		return out, errors.New(out.Error)
	}
	out.ID = in.ID
	if out.ID == nil {
		out.ID = json.RawMessage("null")
	}
	out.Document, err = c.page(s, in.File, in.URL)
	if err != nil {
		return out, say(err)
	}
	return out, nil
}

// full turns absent lists into empty ones, so that every line has every field in its kind.
func full(d *ingest.Document) {
	if d.Authors == nil {
		d.Authors = []string{}
	}
	if d.Tags == nil {
		d.Tags = []string{}
	}
	if d.Blocks == nil {
		d.Blocks = []ingest.Block{}
	}
	if d.Images == nil {
		d.Images = []ingest.Image{}
	}
	if d.Alternates == nil {
		d.Alternates = map[string]string{}
	}
	if d.Statements == nil {
		d.Statements = []ingest.Statement{}
	}
	if d.Upstream == nil {
		d.Upstream = []ingest.Upstream{}
	}
}

// summary writes a document for people: what the page says of itself, then the text.
func summary(out io.Writer, s streams, d ingest.Document) {
	fmt.Fprintf(out, "%s\n", d.Title)
	if d.Dek != "" {
		fmt.Fprintf(out, "%s\n", d.Dek)
	}
	fmt.Fprintln(out)
	field := func(id, value string) {
		if value != "" {
			fmt.Fprintf(out, "%s: %s\n", s.Words.Text(id, nil), value)
		}
	}
	field("cli.extract.site", d.SiteName)
	field("cli.extract.authors", strings.Join(d.Authors, ", "))
	field("cli.extract.published", d.PublishedAt)
	field("cli.extract.modified", d.ModifiedAt)
	field("cli.extract.section", d.Section)
	field("cli.extract.language", d.Language)
	field("cli.extract.canonical", d.CanonicalURL)
	field("cli.extract.licence", d.License)
	for _, u := range d.Upstream {
		field("cli.extract.upstream", u.Outlet+" («"+u.Quote+"»)")
	}
	for _, st := range d.Statements {
		field("cli.extract.terms", strings.TrimSpace(st.Text+" "+st.Href))
	}
	for _, b := range d.Blocks {
		fmt.Fprintln(out)
		switch b.Kind {
		case ingest.Heading:
			fmt.Fprintf(out, "%s %s\n", strings.Repeat("#", max(2, b.Level)), b.Text)
		case ingest.ListItem:
			fmt.Fprintf(out, "• %s\n", b.Text)
		case ingest.Quote:
			fmt.Fprintf(out, "> %s\n", b.Text)
		case ingest.Figure, ingest.Embed:
			fmt.Fprintf(out, "[%s] %s\n", b.URL, b.Text)
		default:
			fmt.Fprintln(out, b.Text)
		}
	}
}
