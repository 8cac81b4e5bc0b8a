package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"colophon/archive/language"
	"colophon/archive/segment"
)

// segmentCmd is "colophon segment": cuts text into sentences. It needs no database.
type segmentCmd struct {
	JSONL    bool     `name:"jsonl" xor:"form" help:"Read and write JSON Lines: {\"id\",\"lang\",\"text\"} in, {\"id\",\"segments\"} out."`
	SRX      bool     `name:"srx" xor:"form" help:"Write the rules as SRX 2.0, for other translation tools, and read nothing."`
	Language string   `name:"lang" placeholder:"TAG" help:"Language of the text (en, ru, hy, …); found out from the text where it is not given."`
	Files    []string `arg:"" optional:"" help:"Files to read; standard input where none is named."`
}

// segmentIn and segmentOut are one line each way. The id goes through as it was written.
type segmentIn struct {
	ID   json.RawMessage `json:"id"`
	Lang string          `json:"lang"`
	Text string          `json:"text"`
}

type segmentOut struct {
	ID       json.RawMessage `json:"id"`
	Segments []string        `json:"segments"`
}

// Run writes the sentences: with --jsonl an object for each object read, without it one sentence a line.
func (c segmentCmd) Run(ctx context.Context, s streams) error {
	if c.SRX {
		return segment.WriteSRX(s.Out)
	}
	in, err := inputs(s, c.Files)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.JSONL {
		return eachLine(ctx, s, in, c.segments)
	}
	text, err := io.ReadAll(io.LimitReader(in, maxLine+1))
	if err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	if len(text) > maxLine {
		return usageError{fmt.Errorf("the text is longer than %d MB; give it in parts with --jsonl", maxLine>>20)}
	}
	out := bufio.NewWriter(s.Out)
	for _, sentence := range segment.Split(c.tag("", string(text)), string(text)) {
		fmt.Fprintln(out, strings.Join(strings.Fields(sentence), " "))
	}
	return out.Flush()
}

// segments answers one line.
func (c segmentCmd) segments(_ context.Context, in segmentIn) (segmentOut, error) {
	out := segmentOut{ID: in.ID, Segments: segment.Split(c.tag(in.Lang, in.Text), in.Text)}
	if out.Segments == nil {
		out.Segments = []string{}
	}
	return out, nil
}

// tag is the language of a text: its own, else that of the flag, else the one it looks to be written in.
func (c segmentCmd) tag(own, text string) string {
	for _, lang := range []string{own, c.Language} {
		if lang == "" {
			continue
		}
		if tag, ok := language.Parse(lang); ok {
			return tag
		}
		return lang
	}
	tag, _ := language.Detect(text)
	return tag
}
