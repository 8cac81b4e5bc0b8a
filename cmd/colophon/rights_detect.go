package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"colophon/archive/language"
	"colophon/archive/rights"
)

// rightsDetectCmd is "colophon rights detect": reads statements for the terms of reuse in them.
type rightsDetectCmd struct {
	JSONL    bool     `name:"jsonl" help:"Read and write JSON Lines: {\"id\",\"lang\",\"text\",\"outlet\"} in, the terms with their clauses out."`
	Language string   `name:"lang" placeholder:"TAG" help:"Language of the text (en, ru, hy); found out from the text where it is not given."`
	Outlet   string   `name:"outlet" placeholder:"NAME" help:"Whose terms these are."`
	Files    []string `arg:"" optional:"" help:"Files to read, one statement a paragraph; standard input where none is named."`
}

// statementIn is a statement as it comes in; where and host are optional.
type statementIn struct {
	ID     json.RawMessage `json:"id"`
	Lang   string          `json:"lang"`
	Text   string          `json:"text"`
	Outlet string          `json:"outlet"`
	Where  string          `json:"where"`
	Host   string          `json:"host"`
}

// readingOut is a reading with the id of its statement.
type readingOut struct {
	id      json.RawMessage
	reading rights.Reading
}

// MarshalJSON puts the id before the fields of the reading, which has a form of its own.
func (r readingOut) MarshalJSON() ([]byte, error) {
	var reading bytes.Buffer
	enc := json.NewEncoder(&reading)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r.reading); err != nil {
		return nil, err
	}
	if r.id == nil {
		return reading.Bytes(), nil
	}
	out := append([]byte(`{"id":`), r.id...)
	out = append(out, ',')
	return append(out, bytes.TrimPrefix(reading.Bytes(), []byte("{"))...), nil
}

// Run writes the terms: with --jsonl an object for each object read, without it a few lines for each paragraph.
func (c rightsDetectCmd) Run(ctx context.Context, s streams) error {
	in, err := inputs(s, c.Files)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.JSONL {
		return eachLine(ctx, s, in, func(_ context.Context, in statementIn) (readingOut, error) {
			return readingOut{in.ID, c.read(in)}, nil
		})
	}
	text, err := io.ReadAll(io.LimitReader(in, maxLine+1))
	if err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	if len(text) > maxLine {
		return usageError{fmt.Errorf("the text is longer than %d MB; give it in parts with --jsonl", maxLine>>20)}
	}
	out := bufio.NewWriter(s.Out)
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n") {
		if paragraph = strings.Join(strings.Fields(paragraph), " "); paragraph != "" {
			c.print(out, s, paragraph)
		}
	}
	return out.Flush()
}

// print writes what a statement asks, for people: a clause a line, with the words it rests on.
func (c rightsDetectCmd) print(out io.Writer, s streams, text string) {
	r := c.read(statementIn{Text: text})
	fmt.Fprintf(out, "%s\n", text)
	switch {
	case !r.IsPolicy:
		fmt.Fprintf(out, "  %s\n", s.Words.Text("clause.none", nil))
	case len(r.Clauses) == 0:
		fmt.Fprintf(out, "  %s\n", s.Words.Text("clause.free", nil))
	}
	for _, clause := range r.Clauses {
		name := s.Words.Text("clause."+string(clause.Kind)+".name", nil)
		strength := s.Words.Text("clause.strength."+string(clause.Strength), nil)
		fmt.Fprintf(out, "  %s (%s%s): «%s»\n", name, strength, values(clause.Params), clause.Quote)
	}
	fmt.Fprintln(out)
}

// values lists the parameters of a clause behind its strength.
func values(p rights.Params) string {
	var b strings.Builder
	for _, v := range []string{p.Target, p.Within, p.Where, p.Value, p.Scope, p.Text, p.Until} {
		if v != "" {
			b.WriteString("; " + v)
		}
	}
	if p.Percent > 0 {
		fmt.Fprintf(&b, "; %g%%", p.Percent)
	}
	if p.Max > 0 {
		fmt.Fprintf(&b, "; %d %s", p.Max, p.Unit)
	}
	return b.String()
}

func (c rightsDetectCmd) read(in statementIn) rights.Reading {
	return rights.Detect(rights.Statement{Lang: c.tag(in.Lang, in.Text), Text: in.Text, Outlet: cmp.Or(in.Outlet, c.Outlet), Where: in.Where, Host: in.Host})
}

// tag is the language of a statement: its own, else that of the flag, else the one it looks to be written in. Where that is
// not certain it stays empty, and the letters decide.
func (c rightsDetectCmd) tag(own, text string) string {
	for _, lang := range []string{own, c.Language} {
		if lang == "" {
			continue
		}
		if tag, ok := language.Parse(lang); ok {
			return tag
		}
		return lang
	}
	const sure = 0.8
	if tag, confidence := language.Detect(text); confidence >= sure {
		return tag
	}
	return ""
}
