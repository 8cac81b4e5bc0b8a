// Package static holds the files browsers fetch once and keep: styles, scripts, fonts, icons.
//
// They are served as they are written. There is no bundler and nothing generated, so nothing can be stale and two
// people can change two scripts without meeting in a third file: styles are joined in a fixed order, scripts are
// modules that import one another by relative address, and one digest of all of them stands in every address
// (/static/3f9a2c41/desk.js). A change anywhere changes every address, so browsers may keep each for ever. Fonts
// carry the version of their package instead, and so outlive our releases. Stored encodings are made once at start.
package static

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

//go:embed css js img fonts
var files embed.FS

// Prefix is the folder of every address here.
const Prefix = "/static/"

// fontsFolder names the version of the @fontsource-variable packages the fonts come from; fonts.css repeats it.
const fontsFolder = "fonts-5.3.0"

// bundles are the style sheets pages load, each the join of files in css/ in this order.
var bundles = map[string][]string{
	"public.css": {"fonts", "tokens", "base", "components", "public", "public-more"},
	"desk.css":   {"fonts", "tokens", "base", "components", "desk", "desk-more", "newsroom", "desk-editor"},
}

// Files is the whole set, ready to serve. It never changes.
type Files struct {
	folder string           // first eight hex digits of the digest of everything but the fonts
	byName map[string]*file // "desk.js", "fonts-5.3.0/noto-sans-latin-wght-normal.woff2"
}

type file struct {
	body, gzip, brotli []byte
	kind               string // Content-Type
}

// New is the embedded files. The first call reads and compresses them, which takes some 20 ms; every other gives the same.
func New() (*Files, error) { return once() }

var once = sync.OnceValues(read)

func read() (*Files, error) {
	f := &Files{byName: map[string]*file{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(name) == "css" {
			return err
		}
		body, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		folder, base := path.Split(name)
		if folder == "fonts/" {
			base = fontsFolder + "/" + base
		}
		return f.add(base, body)
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	for name, parts := range bundles {
		var body bytes.Buffer
		for _, p := range parts {
			css, err := files.ReadFile("css/" + p + ".css")
			if err != nil {
				return nil, fmt.Errorf("style sheet %s: %w", name, err)
			}
			body.Write(css)
			body.WriteByte('\n')
		}
		if err := f.add(name, body.Bytes()); err != nil {
			return nil, err
		}
	}
	f.folder = f.digest()
	return f, nil
}

func (f *Files) add(name string, body []byte) error {
	if f.byName[name] != nil {
		return fmt.Errorf("two static files are called %s", name)
	}
	out := &file{body: body, kind: kinds[path.Ext(name)]}
	out.kind = cmp.Or(out.kind, mime.TypeByExtension(path.Ext(name)), "application/octet-stream")
	if strings.HasPrefix(out.kind, "text/") || path.Ext(name) == ".svg" {
		var gz, br bytes.Buffer
		zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
		if err != nil {
			return err
		}
		bw := brotli.NewWriterLevel(&br, 9)
		for _, w := range []interface {
			Write([]byte) (int, error)
			Close() error
		}{zw, bw} {
			if _, err := w.Write(body); err != nil {
				return err
			}
			if err := w.Close(); err != nil {
				return err
			}
		}
		out.gzip, out.brotli = gz.Bytes(), br.Bytes()
	}
	f.byName[name] = out
	return nil
}

// kinds are stated here, because the system's table differs from machine to machine.
var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".ico":   "image/x-icon",
	".woff2": "font/woff2",
}

func (f *Files) digest() string {
	h := sha256.New()
	names := make([]string, 0, len(f.byName))
	for name := range f.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(h, "%s %d\n", name, len(f.byName[name].body))
		h.Write(f.byName[name].body)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// Build is the digest in the addresses. Two builds with equal files have equal digests.
func (f *Files) Build() string { return f.folder }

// Path is the address of a file: "desk.js" gives "/static/3f9a2c41/desk.js". An unknown name is an error, so that a
// template that misspells one fails in the test that renders it.
func (f *Files) Path(name string) (string, error) {
	if f.byName[name] == nil {
		return "", fmt.Errorf("no static file is called %q", name)
	}
	if strings.HasPrefix(name, fontsFolder) {
		return Prefix + name, nil
	}
	return Prefix + f.folder + "/" + name, nil
}

// Source is what a file says.
func (f *Files) Source(name string) (string, error) {
	if f.byName[name] == nil {
		return "", fmt.Errorf("no static file is called %q", name)
	}
	return string(f.byName[name].body), nil
}

// ServeHTTP answers GET and HEAD under Prefix. An address of another build gets our file, to be asked for again: while
// two builds run side by side a page of one may meet the other.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	folder, base, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	name := base
	if folder == fontsFolder {
		name = fontsFolder + "/" + base
	}
	got := f.byName[name]
	if got == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", got.kind)
	h.Set("Cache-Control", "no-cache")
	if folder == f.folder || folder == fontsFolder {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	f.send(w, r, got)
}

// Serve answers with one file at an address of its own, such as /favicon.ico, to be kept for a day.
func (f *Files) Serve(w http.ResponseWriter, r *http.Request, name string) {
	got := f.byName[name]
	if got == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", got.kind)
	w.Header().Set("Cache-Control", "public, max-age=86400")
	f.send(w, r, got)
}

func (f *Files) send(w http.ResponseWriter, r *http.Request, got *file) {
	body, h := got.body, w.Header()
	if got.gzip != nil {
		h.Add("Vary", "Accept-Encoding")
		switch accept := r.Header.Get("Accept-Encoding"); {
		case accepts(accept, "br"):
			body = got.brotli
			h.Set("Content-Encoding", "br")
		case accepts(accept, "gzip"):
			body = got.gzip
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader is gone: there is nobody to tell
	}
}

// accepts reports whether an Accept-Encoding header takes coding (RFC 9110 §12.5.3). A coding with q=0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		return !ok || strings.Trim(q, "0.") != ""
	}
	return false
}
