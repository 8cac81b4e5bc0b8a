package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"colophon/archive/fault"
	"colophon/locales"
)

// shout is the sample work of these tests: it upper-cases a word, and fails or panics when told to.
func shout(_ context.Context, in struct {
	ID   string `json:"id"`
	Word string `json:"word"`
},
) (struct {
	ID   string `json:"id"`
	Word string `json:"word"`
}, error,
) {
	switch in.Word {
	case "fail":
		return in, fault.New(fault.ErrInvalid, "cli.interrupted", nil)
	case "panic":
		panic("hostile")
	}
	in.Word = strings.ToUpper(in.Word)
	return in, nil
}

func TestEachLine(t *testing.T) {
	for _, c := range []struct {
		name, in, out string
		errs          []string // a part of each line of the errors
		err           error
	}{
		{name: "nothing", in: "", out: ""},
		{name: "plain", in: `{"id":"1","word":"a"}` + "\n" + `{"id":"2","word":"<b>"}` + "\n", out: `{"id":"1","word":"A"}` + "\n" + `{"id":"2","word":"<B>"}` + "\n"},
		{name: "no final line end, CRLF, empty lines, byte order mark", in: "\ufeff" + `{"id":"1","word":"a"}` + "\r\n\r\n  \n" + `{"id":"2","word":"b"}`, out: `{"id":"1","word":"A"}` + "\n" + `{"id":"2","word":"B"}` + "\n"},
		{
			name: "bad lines between good ones", in: "{\n" + `{"id":"2","word":"b"}` + "\n" + `{"id":"3","word":7}` + "\n",
			out:  `{"id":"2","word":"B"}` + "\n" + `{"id":"3","error":"Line 3: not the JSON`,
			errs: []string{"Line 1: not the JSON", "Line 3: not the JSON"}, err: errFindings,
		},
		{
			name: "work that fails and work that panics", in: `{"id":"1","word":"fail"}` + "\n" + `{"id":"2","word":"panic"}` + "\n" + `{"id":"3","word":"c"}` + "\n",
			out:  `{"id":"1","error":"Stopped before the end."}` + "\n" + `{"id":"2","error":"panic: hostile`,
			errs: []string{"Line 1: Stopped", "Line 2: panic: hostile"}, err: errFindings,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			s := streams{Out: &out, Err: &errs, Words: locales.For("en")}
			err := eachLine(t.Context(), s, strings.NewReader(c.in), shout)
			if !errors.Is(err, c.err) {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if c.err == nil && out.String() != c.out || !strings.HasPrefix(out.String(), c.out) {
				t.Errorf("output (-want +got):\n%s", cmp.Diff(c.out, out.String()))
			}
			for _, want := range c.errs {
				if !strings.Contains(errs.String(), want) {
					t.Errorf("errors %q, want one with %q", errs.String(), want)
				}
			}
			if c.errs == nil && errs.Len() > 0 {
				t.Errorf("errors %q, want none", errs.String())
			}
		})
	}
}

// TestEachLineAnswersAtOnce: whoever writes one line and waits gets its answer before writing the next.
func TestEachLineAnswersAtOnce(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	done := make(chan error, 1)
	go func() {
		s := streams{Out: outW, Err: io.Discard, Words: locales.For("en")}
		done <- eachLine(t.Context(), s, inR, shout)
		outW.Close()
	}()
	lines := newLineReader(outR, maxLine)
	for i := range 3 {
		fmt.Fprintf(inW, "{\"id\":\"%d\",\"word\":\"x\"}\n", i)
		got, err := lines.next()
		if want := fmt.Sprintf(`{"id":"%d","word":"X"}`, i); err != nil || string(got) != want {
			t.Fatalf("got %q, %v; want %q", got, err, want)
		}
	}
	inW.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestLineReader(t *testing.T) {
	const limit = 100_000 // over the buffer's size, so that a line is put together from pieces
	fits, over := strings.Repeat("a", limit), strings.Repeat("b", limit+1)
	r := newLineReader(strings.NewReader("first\n"+fits+"\n"+over+"\n"+over+over+"\nlast"), limit)
	for number, want := range []struct {
		line string
		err  error
	}{{"first", nil}, {fits, nil}, {"", errLineTooLong}, {"", errLineTooLong}, {"last", nil}} {
		got, err := r.next()
		if string(got) != want.line || !errors.Is(err, want.err) || r.number != number+1 {
			t.Errorf("line %d: %d bytes, %v, number %d; want %d bytes, %v", number+1, len(got), err, r.number, len(want.line), want.err)
		}
	}
	if _, err := r.next(); !errors.Is(err, io.EOF) {
		t.Errorf("after the last line: %v, want EOF", err)
	}
}

func TestInputs(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	for name, text := range map[string]string{first: "one", second: "two\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := streams{In: strings.NewReader("typed")}
	all, err := inputs(s, []string{first, "-", second})
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(all)
	if want := "one\ntyped\ntwo\n\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if err := all.Close(); err != nil {
		t.Error(err)
	}
	if _, err := inputs(s, []string{first, filepath.Join(dir, "3")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
