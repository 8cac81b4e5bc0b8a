package web

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"colophon/translations"
)

// benchRequest is what a browser sends for a page it does not have.
const benchRequest = "GET /en/page HTTP/1.1\r\nHost: colophon.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.7\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
	"Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\nConnection: keep-alive\r\n\r\n"

// BenchmarkCachedPage compares a page from the cache, through the whole server with its headers, its ids and its log,
// with a bare net/http handler that writes the same stored bytes: requests a second over loopback, kept-alive
// connections, a client that does next to nothing. Two hundred short rounds are run in turn, so that other work on the
// machine meets both sides alike, and each side is judged by the mean of its faster half. The ratio must reach 0.85.
func BenchmarkCachedPage(b *testing.B) {
	body := articleLike()
	s, err := New(Settings{Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	if err != nil {
		b.Fatal(err)
	}
	s.handler, err = s.wrap(append(s.routes(), route{method: http.MethodGet, path: "/{lang}/page", who: anyone, do: func(r *request) error {
		r.read = &translations.Viewed{Article: 1, Language: "en"} // counted like the page of an article
		return r.cached(func(context.Context) (string, error) { return "publication 1", nil }, func(context.Context) ([]byte, error) { return body, nil })
	}}))
	if err != nil {
		b.Fatal(err)
	}
	ours := httptest.NewServer(s)
	defer ours.Close()
	page := newStoredPage(body)
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Encoding", "br")
		h.Set("Content-Length", page.length[brotliCoding][0])
		_, _ = w.Write(page.body[brotliCoding])
	}))
	defer bare.Close()

	const (
		round  = 20 * time.Millisecond
		rounds = 200
	)
	rate(b, ours.URL, 20*round) // both warm
	rate(b, bare.URL, 20*round)
	var own, other []float64
	for b.Loop() {
		for i := range rounds {
			if i%2 == 0 {
				own = append(own, rate(b, ours.URL, round))
			}
			other = append(other, rate(b, bare.URL, round))
			if i%2 == 1 {
				own = append(own, rate(b, ours.URL, round))
			}
		}
	}
	x, y := fasterHalf(own), fasterHalf(other)
	b.ReportMetric(x/y, "ratio")
	b.ReportMetric(x, "pages/s")
	b.ReportMetric(0, "ns/op") // the length of the rounds, which says nothing
	if x/y < 0.85 {
		b.Errorf("a cached page reaches %.2f of a bare handler (%.0f and %.0f a second), the limit is 0.85", x/y, x, y)
	}
}

// fasterHalf is the mean of the faster half of the rounds.
func fasterHalf(rates []float64) float64 {
	sorted := slices.Sorted(slices.Values(rates))
	half := sorted[len(sorted)/2:]
	sum := 0.0
	for _, r := range half {
		sum += r
	}
	return sum / float64(len(half))
}

// rate is how many requests a second four connections get answered, in that long.
func rate(b *testing.B, address string, long time.Duration) float64 {
	b.Helper()
	var (
		all   sync.WaitGroup
		total [4]int
		end   = time.Now().Add(long)
		began = time.Now()
	)
	for i := range total {
		all.Go(func() {
			c, err := dialBench(address)
			if err != nil {
				b.Error(err)
				return
			}
			defer c.conn.Close()
			for time.Now().Before(end) {
				if err := c.exchange(); err != nil {
					b.Error(err)
					return
				}
				total[i]++
			}
		})
	}
	all.Wait()
	took := time.Since(began).Seconds()
	sum := 0
	for _, n := range total {
		sum += n
	}
	return float64(sum) / took
}

// benchClient knows after its first answer how long the body of each is, looks for nothing but the end of the head, and
// so spends the same on both sides, and little.
type benchClient struct {
	conn net.Conn
	in   *bufio.Reader
	body int
}

func dialBench(address string) (*benchClient, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return nil, err
	}
	c := &benchClient{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return nil, err
	}
	if _, err := io.WriteString(conn, benchRequest); err != nil {
		return nil, err
	}
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || int64(len(body)) != res.ContentLength {
		return nil, fmt.Errorf("answer %s of %d bytes: %w", res.Status, len(body), err)
	}
	c.body = len(body)
	return c, nil
}

func (c *benchClient) exchange() error {
	if _, err := io.WriteString(c.conn, benchRequest); err != nil {
		return err
	}
	for least := 1; ; {
		if _, err := c.in.Peek(least); err != nil {
			return err
		}
		there, err := c.in.Peek(c.in.Buffered())
		if err != nil {
			return err
		}
		end := bytes.Index(there, []byte("\r\n\r\n"))
		if end < 0 {
			least = len(there) + 1
			continue
		}
		if !bytes.HasPrefix(there, []byte("HTTP/1.1 200 ")) {
			return fmt.Errorf("answer %.80q", there)
		}
		_, err = c.in.Discard(end + 4 + c.body)
		return err
	}
}

// articleLike is a page of an article's size, some 40 KB of words that compress as text does.
func articleLike() []byte {
	words := strings.Fields("the bridge over river was closed in autumn and opened again on Thursday when people of town crossed it for first time since flood stone arch repair engineer said that every one had been numbered cleaned put back where it stood paler purpose so difference is not hidden")
	var out strings.Builder
	out.WriteString("<!doctype html><html lang=en><title>Bridge</title>")
	seed := uint32(7)
	for out.Len() < 40<<10 {
		out.WriteString("<p>")
		for range 60 {
			seed = seed*1664525 + 1013904223
			out.WriteString(words[int(seed>>16)%len(words)])
			out.WriteByte(' ')
		}
		out.WriteString("</p>\n")
	}
	return []byte(out.String())
}
