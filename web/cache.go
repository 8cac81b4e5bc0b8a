package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"colophon/translations"
)

// pageCache keeps what the public reads: whole pages, each in every coding, with a strong ETag per coding.
//
// A page is kept under its identity, a string that names everything it is made of by identities that cannot change
// ("article 17 hy publication 92 revision 40"), and under the reader's look, since theme and size are rendered into the
// page. Nothing behind a key can change, so nothing is ever invalidated; what is not read any more is pushed out when
// the bound in bytes is reached. Few readers choose a look, so most pages are kept once.
//
// Which identity an address shows now is a question to the database. Its answer is remembered for Settings.Fresh (one
// second), so a page read a thousand times a second asks once, and while it is remembered the page goes out without
// meeting the router or its handler. moved makes this process ask again at once; other processes notice when their
// second is over. At the end of an embargo the shelf moves by itself: no answer is remembered beyond that instant.
type pageCache struct {
	pages *otter.Cache[pageKey, *storedPage]
	shown *otter.Cache[string, shown]
	fresh time.Duration
	now   func() time.Time
}

type pageKey struct {
	identity string
	look     look
}

// shown is what an address was found to show.
type shown struct {
	identity string // with the address: the pages of two addresses are never one
	until    time.Time
	read     *translations.Viewed // the page of an article: reading it is a view
}

// maxShown bounds how many addresses are remembered. Only addresses that exist are.
const maxShown = 50_000

func newPageCache(bytes uint64, fresh time.Duration, now func() time.Time) (*pageCache, error) {
	pages, err := otter.New(&otter.Options[pageKey, *storedPage]{
		MaximumWeight: bytes,
		Weigher:       func(k pageKey, p *storedPage) uint32 { return p.weight() + uint32(len(k.identity)) + 200 },
	})
	if err != nil {
		return nil, fmt.Errorf("page cache: %w", err)
	}
	addresses, err := otter.New(&otter.Options[string, shown]{MaximumSize: maxShown})
	if err != nil {
		return nil, fmt.Errorf("page cache: %w", err)
	}
	return &pageCache{pages: pages, shown: addresses, fresh: fresh, now: now}, nil
}

// moved forgets which identities addresses show: call it after publishing, withdrawing and takedown, and the next reader
// sees the change.
func (c *pageCache) moved() { c.shown.InvalidateAll() }

// storedPage is a page as it is sent. Header values are kept as the slices net/http wants, to be shared and not changed.
type storedPage struct {
	body   [codings][]byte
	etag   [codings][]string
	length [codings][]string
}

func (p *storedPage) weight() uint32 {
	n := 0
	for _, b := range p.body {
		n += len(b)
	}
	return uint32(n)
}

var (
	encodingHeader = [codings][]string{nil, {"gzip"}, {"br"}}
	htmlHeader     = []string{"text/html; charset=utf-8"}
	cacheHeader    = []string{"no-cache"} // keep it, and ask each time whether it is still so: 304 is cheap
	varyHeader     = []string{"Accept-Encoding, Cookie"}
)

func newStoredPage(body []byte) *storedPage {
	p := &storedPage{}
	p.body = [codings][]byte{body, storedGzip(body), storedBrotli(body)}
	digest := sha256.Sum256(body)
	name := hex.EncodeToString(digest[:12])
	for c, suffix := range [codings]string{"", "-gz", "-br"} {
		p.etag[c] = []string{`"` + name + suffix + `"`}
		p.length[c] = []string{strconv.Itoa(len(p.body[c]))}
	}
	return p
}

// send answers with the page, or with 304 where the reader has it.
func (p *storedPage) send(w http.ResponseWriter, r *http.Request) {
	c := codingOf(r)
	h := w.Header()
	h["Etag"] = p.etag[c]
	h["Cache-Control"] = cacheHeader
	h["Vary"] = varyHeader
	if _, ok := h["Set-Cookie"]; ok {
		h.Set("Cache-Control", "private, no-cache")
	}
	if has(r.Header["If-None-Match"], p.etag[c][0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Type"] = htmlHeader
	h["Content-Length"] = p.length[c]
	if c != plainCoding {
		h["Content-Encoding"] = encodingHeader[c]
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(p.body[c]) // the reader is gone: there is nobody to tell
}

// has compares as If-None-Match wants it: weakly, any of a list, * for whatever there is (RFC 9110 §13.1.2).
func has(headers []string, etag string) bool {
	for _, header := range headers {
		for part := range strings.SplitSeq(header, ",") {
			part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
			if part == etag || part == "*" {
				return true
			}
		}
	}
	return false
}

// remembered answers for pages whose identity is known and that are kept, and leaves all else to next. The request's
// id is written into header and context here, because a kept page has no use for either.
func (s *Server) remembered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			if at, ok := s.pages.showing(r.URL.Path); ok {
				if page, ok := s.pages.pages.GetIfPresent(pageKey{identity: at.identity, look: lookOf(r)}); ok {
					hush(w)
					page.send(w, r)
					if s.views.saw(r, at.read) {
						s.leads.referred(r, at.read)
					}
					return
				}
			}
		}
		if out, ok := w.(*recorder); ok {
			w.Header().Set("X-Request-Id", out.id)
			r = withID(r, out.id)
		}
		next.ServeHTTP(w, r)
	})
}

// showing is what an address is remembered to show.
func (c *pageCache) showing(address string) (shown, bool) {
	at, ok := c.shown.GetIfPresent(address)
	return at, ok && !c.now().After(at.until)
}

// cached answers with a page the public reads. identify returns the identity of what this address shows now (an error
// such as fault.ErrNotFound is answered as ever); render makes the page and is called only if it is not kept. The page
// may depend on its identity, the path, the named parameters of the query and r.look, and on nothing else: not on the
// person, not on a header. Other parameters are as if they had not been sent. While the answer is fresh no handler runs:
// what must happen for every reader happens here and in remembered, such as the counting of views, for which identify
// sets r.read.
func (r *request) cached(identify func(context.Context) (string, error), render func(context.Context) ([]byte, error), parameters ...string) error {
	c := r.server.pages
	r.keepOnly(parameters)
	address := r.http.URL.Path
	if r.http.URL.RawQuery != "" {
		address += "?" + r.http.URL.RawQuery
	}
	at, ok := c.showing(address)
	if !ok {
		identity, err := identify(r.Context())
		if err != nil {
			c.shown.Invalidate(address)
			return err
		}
		at = shown{identity: address + "\n" + identity, until: r.server.around.Load().still(c.now().Add(c.fresh)), read: r.read}
		c.shown.Set(address, at)
	}
	// Whoever waits for this page waits for one rendering of it, which must not end because its first reader left.
	page, err := c.pages.Get(context.WithoutCancel(r.Context()), pageKey{identity: at.identity, look: r.look}, otter.LoaderFunc[pageKey, *storedPage](
		func(ctx context.Context, _ pageKey) (*storedPage, error) {
			body, err := render(ctx)
			if err != nil {
				return nil, err
			}
			return newStoredPage(body), nil
		}))
	if err != nil {
		return err
	}
	page.send(r.w, r.http)
	if r.server.views.saw(r.http, at.read) {
		r.server.leads.referred(r.http, at.read)
	}
	return nil
}

// keepOnly takes every parameter but the named out of the request's address. What a stranger adds to an address must not
// end up in a page that others are shown.
func (r *request) keepOnly(names []string) {
	if r.http.URL.RawQuery == "" {
		return
	}
	kept, query := url.Values{}, r.http.URL.Query()
	for _, name := range names {
		if value := query.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	u := *r.http.URL
	u.RawQuery = kept.Encode()
	again := *r.http
	again.URL = &u
	r.http = &again
}
