package web

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// coding is a content coding we store pages in.
type coding int

const (
	plainCoding coding = iota
	gzipCoding
	brotliCoding
	codings
)

// minCompressed is the size in bytes under which a body is sent as it is: one packet holds it anyway.
const minCompressed = 1024

// codingOf chooses the best coding the client takes (RFC 9110 §12.5.3).
func codingOf(r *http.Request) coding {
	accept := r.Header["Accept-Encoding"]
	best := plainCoding
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			name, params, _ := strings.Cut(part, ";")
			c := plainCoding
			switch strings.TrimSpace(name) {
			case "br":
				c = brotliCoding
			case "gzip", "x-gzip":
				c = gzipCoding
			}
			if c > best && !refused(params) {
				best = c
			}
		}
	}
	return best
}

// refused says whether the parameters of a coding hold q=0.
func refused(params string) bool {
	if params == "" {
		return false
	}
	q, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	return ok && strings.Trim(q, "0.") == ""
}

// stored compresses for keeping: once, and well.
func storedGzip(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil { // the level is a constant
		panic(err)
	}
	return finish(&out, w, body)
}

func storedBrotli(body []byte) []byte {
	var out bytes.Buffer
	return finish(&out, brotli.NewWriterLevel(&out, 6), body)
}

// quickWriters compress pages that are sent once.
var quickWriters = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err)
	}
	return w
}}

func quickGzip(body []byte) []byte {
	w, _ := quickWriters.Get().(*gzip.Writer)
	defer quickWriters.Put(w)
	var out bytes.Buffer
	out.Grow(len(body) / 3)
	w.Reset(&out)
	return finish(&out, w, body)
}

// finish writes body through w. Writing into memory does not fail.
func finish(out *bytes.Buffer, w interface {
	Write([]byte) (int, error)
	Close() error
}, body []byte,
) []byte {
	if _, err := w.Write(body); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
