package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// benchRequest is what a browser sends for a page it does not have.
const benchRequest = "GET /en/page HTTP/1.1\r\nHost: colophon.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.7\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
	"Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\nConnection: keep-alive\r\n\r\n"

// BenchmarkCachedPage compares a page from the cache, through the whole server with its headers, its ids and its log,
// with a bare net/http handler that writes the same stored bytes: requests a second over loopback, kept-alive
// connections, a client that does next to nothing. Rounds are short and in turn; other work on the machine can only slow
// one down, so each side is judged by its fastest tenth. The ratio must reach 0.85.
func BenchmarkCachedPage(b *testing.B) {
	body := articleLike()
	s, err := New(Settings{Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	if err != nil {
		b.Fatal(err)
	}
	s.handler, err = s.wrap(append(s.routes(), route{method: http.MethodGet, path: "/{lang}/page", who: anyone, do: func(r *request) error {
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

	const round = 25 * time.Millisecond
	sides := [2]*httptest.Server{ours, bare}
	var rates [2][]float64
	rate(b, ours.URL, 10*round) // both warm
	rate(b, bare.URL, 10*round)
	for b.Loop() {
		for i, side := range sides {
			rates[i] = append(rates[i], rate(b, side.URL, round))
		}
		sides[0], sides[1] = sides[1], sides[0]
		rates[0], rates[1] = rates[1], rates[0]
	}
	if len(rates[0])%2 == 1 { // the sides stand swapped
		rates[0], rates[1] = rates[1], rates[0]
	}
	x, y := fastest(rates[0]), fastest(rates[1])
	b.ReportMetric(x/y, "ratio")
	b.ReportMetric(x, "pages/s")
	b.ReportMetric(0, "ns/op") // the length of a round, which says nothing
	if len(rates[0]) >= 50 && x/y < 0.85 {
		b.Errorf("a cached page reaches %.2f of a bare handler (%.0f and %.0f a second), the limit is 0.85", x/y, x, y)
	}
}

// fastest is the median of the fastest tenth.
func fastest(rates []float64) float64 {
	sorted := slices.Sorted(slices.Values(rates))
	tenth := sorted[len(sorted)-max(1, len(sorted)/10):]
	return tenth[len(tenth)/2]
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
			conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReaderSize(conn, 64<<10)
			for time.Now().Before(end) {
				if err := exchange(conn, in); err != nil {
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

// exchange sends one request and reads its answer to the end.
func exchange(conn net.Conn, in *bufio.Reader) error {
	if _, err := io.WriteString(conn, benchRequest); err != nil {
		return err
	}
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !strings.HasPrefix(string(line), "HTTP/1.1 200 ") {
			return fmt.Errorf("answer %q", line)
		}
		if len(line) == 2 {
			break
		}
		if v, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(v)); err != nil {
				return err
			}
		}
	}
	if length < 1 {
		return fmt.Errorf("the answer has no length")
	}
	_, err := in.Discard(length)
	return err
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
