package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
)

// maxLine bounds a line of JSON Lines, in bytes.
const maxLine = 16 << 20

// errLineTooLong is what lineReader says of a line over its limit.
var errLineTooLong = errors.New("line too long")

// failed is written to the output in the place of a result that could not be made, so that every object read has one
// object written, with the same id.
type failed struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Error string          `json:"error"`
}

// batchGC lets the heap of a run over many lines grow to five times what lives: each line leaves everything it made behind,
// and collecting it less often is worth a fifth of the time.
const batchGC = 400

// answer is what came of one line.
type answer struct {
	line   int
	object any    // to be written
	told   string // on s.Err; "" where nothing went wrong
}

// eachLine reads JSON Lines from in, hands each object to do, and writes what it returns to s.Out, in order: one object
// in, one object out. Empty lines are passed over. A line that is too long or is no JSON of the wanted shape, and an
// error or a panic of do, is told on s.Err with the line's number; the work goes on, and eachLine returns errFindings at
// the end. For a line whose id can be read, {"id":…,"error":…} is written in the result's place. do works on as many lines
// at a time as there are processors.
func eachLine[In, Out any](ctx context.Context, s streams, in io.Reader, do func(context.Context, In) (Out, error)) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(batchGC)
	}
	lines := newLineReader(in, maxLine)
	out := bufio.NewWriter(s.Out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	wrong := false
	var waiting []chan answer // of the lines under way, the oldest first
	room := 2 * runtime.GOMAXPROCS(0)
	write := func(keep int) error {
		for ; len(waiting) > keep; waiting = waiting[1:] {
			a := <-waiting[0]
			if a.told != "" {
				wrong = true
				fmt.Fprintln(s.Err, a.told)
			}
			if a.object == nil {
				continue
			}
			if err := enc.Encode(a.object); err != nil {
				return fmt.Errorf("write the result of line %d: %w", a.line, err)
			}
		}
		return nil
	}
	for ctx.Err() == nil {
		// Whoever writes a line and waits for its answer gets it at once; a file streams through the buffer.
		if !lines.buffered() {
			if err := errors.Join(write(0), out.Flush()); err != nil {
				return err
			}
		}
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		number := lines.number
		done := make(chan answer, 1)
		switch {
		case errors.Is(err, errLineTooLong):
			done <- answer{line: number, told: s.Words.Text("cli.line.long", map[string]any{"Line": number, "Megabytes": maxLine >> 20})}
		case err != nil:
			return errors.Join(fmt.Errorf("read line %d: %w", number+1, err), write(0), out.Flush())
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			line := bytes.Clone(line)
			go func() { done <- answerLine(ctx, s, line, number, do) }()
		}
		waiting = append(waiting, done)
		if err := write(room - 1); err != nil {
			return err
		}
	}
	if err := errors.Join(ctx.Err(), write(0), out.Flush()); err != nil {
		return err
	}
	if wrong {
		return errFindings
	}
	return nil
}

// answerLine reads one line and works on it.
func answerLine[In, Out any](ctx context.Context, s streams, line []byte, number int, do func(context.Context, In) (Out, error)) answer {
	var object In
	if err := json.Unmarshal(line, &object); err != nil {
		a := answer{line: number, told: s.Words.Text("cli.line.json", map[string]any{"Line": number, "Why": err.Error()})}
		if id := idOf(line); id != nil {
			a.object = failed{ID: id, Error: a.told}
		}
		return a
	}
	result, err := guarded(ctx, object, do)
	if err != nil {
		text := words(s.Words, err)
		told := s.Words.Text("cli.line.failed", map[string]any{"Line": number, "Why": text})
		return answer{line: number, told: told, object: failed{ID: idOf(line), Error: text}}
	}
	return answer{line: number, object: result}
}

// guarded calls do and turns a panic into an error: one hostile line must not end a run over a million.
func guarded[In, Out any](ctx context.Context, object In, do func(context.Context, In) (Out, error)) (out Out, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do(ctx, object)
}

// idOf is the "id" of an object, as it was written; nil where the line has none that can be read.
func idOf(line []byte) json.RawMessage {
	var object struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(line, &object) != nil {
		return nil
	}
	return object.ID
}

// lineReader cuts a stream into lines and bounds the length of each.
type lineReader struct {
	r      *bufio.Reader
	max    int
	number int // of the line returned last, from 1
	line   []byte
}

func newLineReader(r io.Reader, maxBytes int) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(r, 64<<10), max: maxBytes}
}

// next returns the next line without its end, valid until the following call. A line over the limit is skipped to its end
// and answered with errLineTooLong; after the last line comes io.EOF. A byte order mark before the first line is dropped.
func (l *lineReader) next() ([]byte, error) {
	l.line = l.line[:0]
	long, some := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		some = some || len(part) > 0
		if !long {
			l.line = append(l.line, part...)
			long = len(bytes.TrimRight(l.line, "\r\n")) > l.max
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || !some):
			return nil, err
		}
		l.number++
		if long {
			return nil, errLineTooLong
		}
		line := bytes.TrimRight(l.line, "\r\n")
		if l.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		return line, nil
	}
}

// buffered says whether more input is at hand without waiting.
func (l *lineReader) buffered() bool { return l.r.Buffered() > 0 }

// inputs opens the named files as one stream, one after the other; "-" and no name at all mean s.In. Files without a final
// line end do not run into each other.
func inputs(s streams, names []string) (io.ReadCloser, error) {
	if len(names) == 0 {
		return io.NopCloser(s.In), nil
	}
	var all fileList
	readers := make([]io.Reader, 0, 2*len(names))
	for _, name := range names {
		if name == "-" {
			readers = append(readers, s.In, bytes.NewReader([]byte{'\n'}))
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, errors.Join(err, all.Close())
		}
		all.files = append(all.files, f)
		readers = append(readers, f, bytes.NewReader([]byte{'\n'}))
	}
	all.Reader = io.MultiReader(readers...)
	return &all, nil
}

// fileList is several open files read as one.
type fileList struct {
	io.Reader
	files []*os.File
}

// Close closes all files and returns their errors.
func (l *fileList) Close() error {
	var errs []error
	for _, f := range l.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// writeLine writes one object as a line of JSON Lines.
func writeLine(w io.Writer, object any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(object)
}
