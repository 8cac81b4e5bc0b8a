package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/translations/workflow"
)

// Limits of one form of pages to archive.
const (
	maxAddresses = 50
	maxFiles     = 20
	maxFile      = 8 << 20
	maxIngest    = maxFiles*maxFile + 1<<20 // of the body
)

// ingestPage fills templates/pages/ingest.html.
type ingestPage struct {
	base
	Addresses, FileAddress, Reason string // as sent
	Override                       bool
	MayOverride                    bool
	Refuse                         string
	Running                        bool // lines of outcomes follow where the mark stands
	Count                          int  // how many
	Events                         []outcomeLine
	More                           string
	Files, Lines, Megabytes        int // the limits
}

// outcomeLine is what became of one page, in words. Its JSON is a line of the answer to a script.
type outcomeLine struct {
	base     `json:"-"`
	Name     string          `json:"name"` // the address, or the file's name
	Outcome  archive.Outcome `json:"outcome"`
	Label    string          `json:"label"`          // the outcome in words
	Text     string          `json:"text,omitempty"` // what went wrong and what to do
	Title    string          `json:"title,omitempty"`
	Language string          `json:"language,omitempty"`
	Link     string          `json:"article,omitempty"`
	Terms    string          `json:"terms,omitempty"` // where terms that were found wait for a person
	When     string          `json:"-"`
}

// Tone is the colour of the outcome.
func (l outcomeLine) Tone() string {
	switch l.Outcome {
	case archive.New:
		return "ok"
	case archive.Revised:
		return "review"
	case archive.Failed:
		return "bad"
	case archive.Unchanged:
	}
	return "draft"
}

func (s *Server) ingest(r *request) error {
	return s.showIngest(r, http.StatusOK, ingestPage{Addresses: r.query("url")})
}

func (s *Server) ingestBase(r *request, p *ingestPage) {
	p.base = s.deskBase(r, r.T("ingest.title"), "board")
	p.MayOverride = r.member.Has(workflow.Editor) || r.member.Has(workflow.Administrator)
	p.Files, p.Lines, p.Megabytes = maxFiles, maxAddresses, maxFile>>20
}

const eventsAtOnce = 20

func (s *Server) showIngest(r *request, status int, p ingestPage) error {
	s.ingestBase(r, &p)
	before, _ := strconv.ParseInt(r.query("before"), 10, 64)
	events, err := s.Archive.Events(r.Context(), before, eventsAtOnce+1)
	if err != nil {
		return err
	}
	if len(events) > eventsAtOnce {
		events = events[:eventsAtOnce]
		p.More = "/desk/ingest?before=" + fmt.Sprint(events[eventsAtOnce-1].ID)
	}
	for _, e := range events {
		l := outcomeLine{base: p.base, Name: e.URL, Outcome: e.Outcome, Label: r.outcome(e.Outcome), When: r.words.DateTime(e.At)}
		if e.Outcome == archive.Failed {
			l.Text = r.words.Text(e.Fault, e.Data)
		}
		if e.Article != 0 {
			if l, err = s.withArticle(r, l, e.Article); err != nil {
				return err
			}
		}
		p.Events = append(p.Events, l)
	}
	return r.showStatus(status, "ingest", p)
}

// withArticle names the article of a line by its title, and by its address where the line has none.
func (s *Server) withArticle(r *request, l outcomeLine, id archive.ArticleID) (outcomeLine, error) {
	article, err := s.Archive.Article(r.Context(), id)
	if err != nil {
		return l, err
	}
	revision, err := s.Archive.Revision(r.Context(), article.Revision)
	if err != nil {
		return l, err
	}
	l.Link, l.Title, l.Language = articleDeskPath(id), revision.Title, article.Language
	if l.Name == "" {
		l.Name = article.URL
	}
	return l, nil
}

func articleDeskPath(id archive.ArticleID) string { return fmt.Sprintf("/desk/articles/%d", id) }

// outcome is an outcome in words.
func (r *request) outcome(o archive.Outcome) string {
	switch o {
	case archive.New:
		return r.T("ingest.new")
	case archive.Revised:
		return r.T("ingest.revised")
	case archive.Failed:
		return r.T("ingest.failed")
	case archive.Unchanged:
	}
	return r.T("ingest.unchanged")
}

// parcel is one page to archive: its name, and how it is done.
type parcel struct {
	name string
	keep func(context.Context) (archive.Result, error)
}

// doIngest archives what a form brings, one after the other, and tells of each as soon as it is done: as a page that
// grows, or, to a script that accepts application/jsonl, as JSON Lines. What is done stays done if the reader leaves;
// what was under way then leaves nothing.
func (s *Server) doIngest(r *request) error {
	lines := strings.HasPrefix(r.http.Header.Get("Accept"), "application/jsonl")
	err := r.form()
	if r.http.MultipartForm != nil {
		defer func() { _ = r.http.MultipartForm.RemoveAll() }()
	}
	var parcels []parcel
	if err == nil {
		parcels, err = s.parcels(r)
	}
	p := ingestPage{Addresses: r.value("addresses"), FileAddress: r.value("address"), Reason: r.value("reason"), Override: r.value("override") != ""}
	if err != nil {
		a := r.refuse(err, fieldsOf{
			"fault.ingest.nothing": "ad", "fault.ingest.addresses": "ad", "fault.ingest.files": "fi", "error.toolarge.limit": "fi",
			"fault.ingest.one_address": "fa", "fault.ingest.address": "fa", "fault.fetch.reason": "re",
		})
		switch {
		case a.Status >= http.StatusInternalServerError:
			return err
		case lines:
			s.failJSON(r, a)
			return nil
		}
		p.Refuse = a.Text
		return s.showIngest(r, a.Status, p)
	}
	if lines {
		return s.stream(r, "application/jsonl; charset=utf-8", parcels, func(l outcomeLine) ([]byte, error) {
			b, err := json.Marshal(l)
			return append(b, '\n'), err
		}, nil, nil)
	}
	p = ingestPage{Running: true, Count: len(parcels)}
	s.ingestBase(r, &p)
	page, err := r.render("ingest", p)
	if err != nil {
		return err
	}
	head, tail, ok := bytes.Cut(page, []byte(outcomeMark))
	if !ok {
		return fmt.Errorf("templates/pages/ingest.html lacks %s", outcomeMark)
	}
	return s.stream(r, "text/html; charset=utf-8", parcels, func(l outcomeLine) ([]byte, error) {
		l.base = p.base
		return s.templates.execute("ingest", "ingest/line", l)
	}, head, tail)
}

// outcomeMark stands in the page where the lines of outcomes go.
const outcomeMark = `<li class="here"></li>`

// perParcel is how long one page may take, waiting for its host and its pictures included.
const perParcel = 3 * time.Minute

// stream does the work and sends a line for each, between head and tail.
func (s *Server) stream(r *request, kind string, parcels []parcel, write func(outcomeLine) ([]byte, error), head, tail []byte) error {
	h := r.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-cache, no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must not collect the lines
	control := http.NewResponseController(r.w)
	r.w.WriteHeader(http.StatusOK)
	_, _ = r.w.Write(head) // where the reader is gone, the context says so
	for _, p := range parcels {
		_ = control.Flush()
		_ = control.SetReadDeadline(time.Now().Add(perParcel)) // a server without deadlines has none to move
		_ = control.SetWriteDeadline(time.Now().Add(perParcel))
		if r.Context().Err() != nil {
			return nil //nolint:nilerr // whoever asked has gone: there is nobody to answer
		}
		line, err := write(s.keep(r, p))
		if err != nil { // too late for an error page
			s.Log.LogAttrs(r.Context(), slog.LevelError, "our fault", slog.String("id", r.id), slog.String("error", err.Error()))
			return nil
		}
		_, _ = r.w.Write(line)
	}
	_, _ = r.w.Write(tail)
	return nil
}

// keep archives one page and puts the outcome into words.
func (s *Server) keep(r *request, p parcel) outcomeLine {
	ctx, cancel := context.WithTimeout(r.Context(), perParcel)
	defer cancel()
	res, err := p.keep(ctx)
	l := outcomeLine{Name: p.name, Outcome: res.Outcome, Title: res.Revision.Title, Language: res.Article.Language}
	if err != nil {
		a := r.explain(err)
		if a.Status == http.StatusInternalServerError {
			s.Log.LogAttrs(r.Context(), slog.LevelError, "our fault", slog.String("id", r.id), slog.String("error", err.Error()))
		}
		l = outcomeLine{Name: p.name, Outcome: archive.Failed, Text: a.Text}
	}
	l.Label = r.outcome(l.Outcome)
	if err == nil {
		l.Link = articleDeskPath(res.Article.ID)
		if res.Proposed {
			l.Terms = fmt.Sprintf("/desk/sources/%d", res.Article.Source)
		}
	}
	return l
}

// parcels reads the form: addresses, a line each, and files. One file may come with the address it was saved from.
func (s *Server) parcels(r *request) ([]parcel, error) {
	var out []parcel
	options := ingest.FetchOptions{IgnoreRobots: r.value("override") != "", Reason: strings.TrimSpace(r.value("reason"))}
	if options.IgnoreRobots && !r.member.Has(workflow.Editor) && !r.member.Has(workflow.Administrator) {
		return nil, fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	}
	if options.IgnoreRobots && options.Reason == "" {
		return nil, fault.New(fault.ErrInvalid, "fault.fetch.reason", nil)
	}
	for _, address := range addressLines(r.value("addresses")) {
		out = append(out, parcel{address, func(ctx context.Context) (archive.Result, error) {
			if s.Fetcher == nil {
				return archive.Result{}, fault.New(fault.ErrUnavailable, "fault.ingest.no_fetcher", nil)
			}
			res, err := s.Archive.Gather(ctx, s.Fetcher, address, options, int64(r.member.ID))
			if err == nil && res.Outcome == archive.New {
				s.lookLater(res.Article.Source)
			}
			return res, err
		}})
	}
	if len(out) > maxAddresses {
		return nil, fault.New(fault.ErrTooLarge, "fault.ingest.addresses", fault.Data{"Limit": maxAddresses})
	}
	var files []*multipart.FileHeader
	if r.http.MultipartForm != nil {
		for _, f := range r.http.MultipartForm.File["file"] {
			if f.Filename != "" || f.Size > 0 { // a field left empty comes as a file without a name
				files = append(files, f)
			}
		}
	}
	address := strings.TrimSpace(r.value("address"))
	switch {
	case len(files) > maxFiles:
		return nil, fault.New(fault.ErrTooLarge, "fault.ingest.files", fault.Data{"Limit": maxFiles})
	case len(files) > 1 && address != "":
		return nil, fault.New(fault.ErrInvalid, "fault.ingest.one_address", nil)
	case len(files)+len(out) == 0:
		return nil, fault.New(fault.ErrInvalid, "fault.ingest.nothing", nil)
	}
	for _, f := range files {
		out = append(out, parcel{path.Base(strings.ReplaceAll(f.Filename, `\`, "/")), func(ctx context.Context) (archive.Result, error) {
			return s.keepFile(ctx, r, f, address)
		}})
	}
	return out, nil
}

// addressLines reads one address a line, each once.
func addressLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.Trim(strings.TrimSpace(line), "<>")
		if line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// keepFile archives an uploaded file. What the browser calls its type is a guess by its name; the bytes decide.
func (s *Server) keepFile(ctx context.Context, r *request, f *multipart.FileHeader, address string) (archive.Result, error) {
	if f.Size > maxFile {
		err := fault.New(fault.ErrTooLarge, "error.toolarge.limit", fault.Data{"Megabytes": maxFile >> 20})
		return archive.Result{}, errors.Join(err, s.Archive.Fail(ctx, path.Base(f.Filename), int64(r.member.ID), err))
	}
	file, err := f.Open()
	if err != nil {
		return archive.Result{}, fmt.Errorf("open an uploaded file: %w", err)
	}
	defer func() { _ = file.Close() }()
	body, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return archive.Result{}, fmt.Errorf("read an uploaded file: %w", err)
	}
	header := http.Header{}
	if ext := strings.ToLower(path.Ext(f.Filename)); ext == ".txt" || ext == ".text" {
		header.Set("Content-Type", "text/plain")
	}
	return s.Archive.Ingest(ctx, archive.Delivery{URL: address, Name: path.Base(f.Filename), Header: header, Body: body, Origin: archive.Upload, By: int64(r.member.ID)})
}
