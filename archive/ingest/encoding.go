package ingest

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// maxEncodings bounds the layers of content coding an answer may have.
const maxEncodings = 2

// ratioFrom is the size, in bytes, from which the ratio of decompression counts: short and repetitive pages reach any ratio.
const ratioFrom = 1 << 20

// Errors of unpacking.
var (
	errUnknownEncoding = errors.New("unknown content coding")
	errTooLarge        = errors.New("larger than the limit")
	errBomb            = errors.New("decompresses out of all proportion")
)

// acceptEncoding is what unpack understands.
const acceptEncoding = "gzip, deflate, br"

// unpack undoes the content codings of a body (RFC 9110 §8.4), last first. It stops with errTooLarge at limit bytes and
// with errBomb when it has read ratio times as much as it was given, and never holds more than limit.
func unpack(raw []byte, codings string, limit, ratio int64) ([]byte, error) {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(codings), ",") {
		if name = strings.TrimSpace(name); name != "" && name != "identity" {
			names = append(names, name)
		}
	}
	if len(names) > maxEncodings {
		return nil, errUnknownEncoding
	}
	if len(names) == 0 || len(raw) == 0 {
		return raw, nil
	}
	var r io.Reader = bytes.NewReader(raw)
	for _, name := range slices.Backward(names) {
		var err error
		if r, err = unpacker(name, r); err != nil {
			return nil, err
		}
	}
	// One byte more than allowed tells a body that fills the limit from one that goes over it.
	budget, over := limit, errTooLarge
	if byRatio := max(ratioFrom, ratio*int64(len(raw))); byRatio < limit {
		budget, over = byRatio, errBomb
	}
	body, err := io.ReadAll(io.LimitReader(r, budget+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > budget {
		return nil, over
	}
	return body, nil
}

// unpacker undoes one coding. Servers that name gzip or deflate and send the page as it is are believed by its first bytes.
func unpacker(name string, r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch name {
	case "gzip", "x-gzip":
		if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
			return b, nil
		}
		return gzip.NewReader(b)
	case "deflate":
		switch {
		case len(head) == 2 && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0: // RFC 1950's header
			return zlib.NewReader(b)
		case len(head) > 0 && (head[0] == '<' || head[0] == '\n' || head[0] == ' '):
			return b, nil
		default: // deflate without its wrapper, as some servers send it
			return flate.NewReader(b), nil
		}
	case "br":
		return brotli.NewReader(b), nil
	default:
		return nil, errUnknownEncoding
	}
}
