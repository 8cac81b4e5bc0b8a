package ingest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"colophon/archive/fault"
)

// FetchSettings bound what fetching may cost. A zero field takes the value named beside it.
type FetchSettings struct {
	Version       string        // of the program, for the User-Agent
	Contact       string        // an address of a page or a mailbox, for the User-Agent, so that webmasters can reach somebody
	MaxBytes      int64         // of an answer as it comes over the wire: 8 MB
	MaxBody       int64         // of an answer unpacked: 32 MB
	MaxRatio      int64         // of unpacked to packed, from 1 MB on: 100
	MaxHeader     int64         // of an answer's head: 256 KB
	Timeout       time.Duration // for one page with all its redirects, waiting for other requests left out: 30 s
	MaxRedirects  int           // 10
	Delay         time.Duration // between two pages of one host: 1 s; negative for none
	MaxCrawlDelay time.Duration // the longest Crawl-delay of a robots.txt that is kept: 10 s
	AllowPrivate  bool          // fetch from the own machine and network, any port: only for tests and the demonstration
}

// product is our name in User-Agent and in robots.txt.
const product = "Colophon"

// withDefaults fills in what was left zero.
func (s FetchSettings) withDefaults() FetchSettings {
	number := func(v *int64, otherwise int64) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	number(&s.MaxBytes, 8<<20)
	number(&s.MaxBody, 32<<20)
	number(&s.MaxRatio, 100)
	number(&s.MaxHeader, 256<<10)
	number((*int64)(&s.Timeout), int64(30*time.Second))
	number((*int64)(&s.MaxCrawlDelay), int64(10*time.Second))
	if s.MaxRedirects <= 0 {
		s.MaxRedirects = 10
	}
	if s.Delay == 0 {
		s.Delay = time.Second
	}
	if s.Version == "" {
		s.Version = "devel"
	}
	return s
}

// userAgent names us, our version and whom to write to: Colophon/1.0 (+https://archive.example/about).
func (s FetchSettings) userAgent() string {
	if s.Contact == "" {
		return product + "/" + s.Version
	}
	return product + "/" + s.Version + " (+" + strings.Map(printable, s.Contact) + ")"
}

// printable keeps a setting from breaking out of its header.
func printable(r rune) rune {
	if r < ' ' || r > '~' || r == '(' || r == ')' {
		return -1
	}
	return r
}

// Fetcher gets pages from the web: http and https only, from public addresses only, as robots.txt allows, one request at a
// time for each host and with a pause between them, and never more bytes or seconds than its settings say. It is safe for
// concurrent use.
type Fetcher struct {
	settings FetchSettings
	guard    *guard
	client   *http.Client
	polite   politeness
	robots   robotsCache
}

// NewFetcher makes a Fetcher.
func NewFetcher(settings FetchSettings) *Fetcher {
	settings = settings.withDefaults()
	g := &guard{private: settings.AllowPrivate, lookup: lookupHost, timeout: 10 * time.Second}
	return &Fetcher{
		settings: settings,
		guard:    g,
		client: &http.Client{
			Transport: &http.Transport{
				Proxy:                  nil, // a proxy would dial for us, past the guard
				DialContext:            g.DialContext,
				TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
				TLSHandshakeTimeout:    10 * time.Second,
				DisableCompression:     true, // the bytes are kept as they came
				MaxResponseHeaderBytes: settings.MaxHeader,
				ForceAttemptHTTP2:      true,
				MaxIdleConns:           32,
				IdleConnTimeout:        30 * time.Second,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Close closes idle connections.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// FetchOptions are what one fetch asks for.
type FetchOptions struct {
	IgnoreRobots bool   // fetch although robots.txt says no; needs a Reason
	Reason       string // why, for the record
}

// Hop is one redirect: the address that answered with it, and its status.
type Hop struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

// Fetched is what a fetch brought.
type Fetched struct {
	URL       string // as asked for
	FinalURL  string // that answered in the end
	Redirects []Hop  // on the way there
	Status    int
	Header    http.Header
	Raw       []byte    // the body as it came, before content decoding
	Body      []byte    // the body with its content codings undone
	At        time.Time // when the answer began, UTC
	Remote    string    // the address and port that was dialled

	RobotsOverridden bool // robots.txt said no to some address on the way, and the options overrode it
}

// Fetch gets a page. Its errors are faults a person can be told; where one is returned, the Fetched holds only what was
// learnt on the way (addresses, redirects, status) and no body, so that a failure can be recorded and nothing half-kept.
func (f *Fetcher) Fetch(ctx context.Context, address string, options FetchOptions) (Fetched, error) {
	got := Fetched{URL: address}
	if options.IgnoreRobots && strings.TrimSpace(options.Reason) == "" {
		return got, fault.New(fault.ErrInvalid, "fault.fetch.reason", nil)
	}
	target, err := readAddress(address)
	if err != nil {
		return got, err
	}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return got, err
	}
	visit := &visit{Fetcher: f, options: options, jar: jar, left: f.settings.Timeout, seen: map[string]bool{}}
	for {
		next, err := visit.step(ctx, target, &got)
		if err != nil {
			got.Raw, got.Body, got.Header = nil, nil, nil
			return got, err
		}
		if next == nil {
			return got, nil
		}
		target = next
	}
}

// visit is one Fetch under way, through its redirects.
type visit struct {
	*Fetcher
	options FetchOptions
	jar     http.CookieJar // pages that set a cookie and send one back to themselves end nowhere without
	left    time.Duration  // of the time limit
	seen    map[string]bool
	skim    string // HEAD or GET: only whether the page is there is asked, see Probe; "" to fetch it
}

// step asks one address. It returns the address to go on with, or nil with got filled.
func (v *visit) step(ctx context.Context, target *url.URL, got *Fetched) (next *url.URL, err error) {
	got.FinalURL = target.String()
	if err := v.checkLoop(target, got); err != nil {
		return nil, err
	}
	leave, err := v.polite.enter(ctx, target.Host)
	if err != nil {
		return nil, err
	}
	delay := time.Duration(0)
	defer func() { leave(delay) }()

	// From here on the time counts: others no longer hold it up.
	started := time.Now()
	limited, cancel := context.WithTimeout(ctx, v.left)
	defer cancel()
	defer func() { v.left -= time.Since(started) }()

	if err := v.guard.allowed(limited, target); err != nil {
		return nil, v.explain(ctx, limited, target, err)
	}
	rules, err := v.rules(limited, target)
	if err != nil {
		return nil, v.explain(ctx, limited, target, err)
	}
	delay = max(v.settings.Delay, min(rules.delay, v.settings.MaxCrawlDelay))
	if !rules.allows(target) {
		if !v.options.IgnoreRobots {
			return nil, rules.refusal(target)
		}
		got.RobotsOverridden = true
	}
	response, err := v.ask(limited, target, got)
	if err != nil {
		return nil, v.explain(ctx, limited, target, err)
	}
	defer response.Body.Close()
	if next, err = v.redirect(target, response); next != nil || err != nil {
		got.Redirects = append(got.Redirects, Hop{URL: target.String(), Status: response.StatusCode})
		_, _ = io.CopyN(io.Discard, response.Body, 16<<10) // so that the connection can be used again
		delay = 0                                          // the way goes on: the pause is between pages, not inside one
		return next, err
	}
	if err := statusFault(target, response.StatusCode); err != nil {
		return nil, err
	}
	if v.skim != "" {
		return nil, nil //nolint:nilnil // no redirect: the page is there, and nothing of it is wanted
	}
	return nil, v.explain(ctx, limited, target, v.read(response, got))
}

// checkLoop refuses one redirect too many, and an address that was asked before with the same cookies.
func (v *visit) checkLoop(target *url.URL, got *Fetched) error {
	parts := []string{target.String()}
	for _, c := range v.jar.Cookies(target) {
		parts = append(parts, c.Name+"="+c.Value)
	}
	key := strings.Join(parts, "\n")
	if v.seen[key] || len(got.Redirects) > v.settings.MaxRedirects {
		return fault.New(fault.ErrUnavailable, "fault.fetch.redirects", fault.Data{"Host": clip(target.Host, 100)})
	}
	v.seen[key] = true
	return nil
}

// ask sends the request and notes in got what the head of the answer says.
func (v *visit) ask(ctx context.Context, target *url.URL, got *Fetched) (*http.Response, error) {
	var mu sync.Mutex
	var remote string
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		mu.Lock()
		defer mu.Unlock()
		remote = info.Conn.RemoteAddr().String()
	}})
	request, err := v.request(ctx, target)
	if err != nil {
		return nil, err
	}
	if v.skim != "" {
		request.Method = v.skim
	}
	for _, c := range v.jar.Cookies(target) {
		request.AddCookie(c)
	}
	response, err := v.client.Do(request)
	if err != nil {
		return nil, err
	}
	v.jar.SetCookies(target, response.Cookies())
	mu.Lock()
	defer mu.Unlock()
	got.Status, got.Header, got.At, got.Remote = response.StatusCode, response.Header, time.Now().UTC(), remote
	return response, nil
}

// request is a GET in our name.
func (f *Fetcher) request(ctx context.Context, target *url.URL) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.settings.userAgent())
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1")
	request.Header.Set("Accept-Encoding", acceptEncoding)
	return request, nil
}

// redirect is the address an answer sends us to; nil where it sends us nowhere.
func (v *visit) redirect(from *url.URL, response *http.Response) (*url.URL, error) {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil //nolint:nilnil // no redirect is an answer, not a failure
	}
	location := response.Header.Get("Location")
	to, err := from.Parse(location)
	if location == "" || err != nil {
		return nil, fault.Wrap(fault.ErrUnavailable, "fault.fetch.location", fault.Data{"Host": clip(from.Host, 100)}, err)
	}
	return readAddress(to.String())
}

// read takes the body, within the limits.
func (v *visit) read(response *http.Response, got *Fetched) error {
	raw, err := readLimited(response.Body, response.ContentLength, v.settings.MaxBytes)
	if err != nil {
		return err
	}
	body, err := unpack(raw, strings.Join(response.Header.Values("Content-Encoding"), ","), v.settings.MaxBody, v.settings.MaxRatio)
	switch {
	case err == nil:
		got.Raw, got.Body = raw, body
		return nil
	case errors.Is(err, errTooLarge):
		return fault.Wrap(fault.ErrTooLarge, "fault.fetch.large", fault.Data{"Megabytes": v.settings.MaxBody >> 20}, err)
	case errors.Is(err, errBomb):
		return fault.Wrap(fault.ErrTooLarge, "fault.fetch.bomb", nil, err)
	default:
		return fault.Wrap(fault.ErrUnavailable, "fault.fetch.encoding", nil, err)
	}
}

// readLimited reads a body of at most limit bytes; declared is its Content-Length, -1 for none.
func readLimited(body io.Reader, declared, limit int64) ([]byte, error) {
	tooLarge := fault.Wrap(fault.ErrTooLarge, "fault.fetch.large", fault.Data{"Megabytes": limit >> 20}, errTooLarge)
	if declared > limit {
		return nil, tooLarge
	}
	raw, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, tooLarge
	}
	return raw, nil
}

// statusFault is the fault an answer's status stands for; nil for success.
func statusFault(target *url.URL, status int) error {
	data := fault.Data{"Host": clip(target.Host, 100), "Status": status}
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return fault.New(fault.ErrNotFound, "fault.fetch.notfound", data)
	case status == http.StatusUnauthorized || status == http.StatusPaymentRequired || status == http.StatusForbidden || status == http.StatusUnavailableForLegalReasons:
		return fault.New(fault.ErrUnavailable, "fault.fetch.denied", data)
	case status == http.StatusTooManyRequests:
		return fault.New(fault.ErrUnavailable, "fault.fetch.busy", data)
	case status >= 500:
		return fault.New(fault.ErrUnavailable, "fault.fetch.server", data)
	default:
		return fault.New(fault.ErrUnavailable, "fault.fetch.status", data)
	}
}

// explain turns an error of the network into a fault. The caller's own cancellation stays what it is.
func (v *visit) explain(ctx, limited context.Context, target *url.URL, err error) error {
	data := fault.Data{"Host": clip(target.Host, 100)}
	var known *fault.Fault
	var certificate *tls.CertificateVerificationError
	var unknownAuthority x509.UnknownAuthorityError
	var wrongHost x509.HostnameError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return known
	case limited.Err() != nil || errors.As(err, &timeout) && timeout.Timeout():
		data["Seconds"] = int(v.settings.Timeout.Seconds())
		return fault.Wrap(fault.ErrUnavailable, "fault.fetch.timeout", data, err)
	case errors.As(err, &certificate), errors.As(err, &unknownAuthority), errors.As(err, &wrongHost), errors.As(err, &record):
		return fault.Wrap(fault.ErrUnavailable, "fault.fetch.certificate", data, err)
	case isConnect(err):
		return fault.Wrap(fault.ErrUnavailable, "fault.fetch.connect", data, err)
	default:
		return fault.Wrap(fault.ErrUnavailable, "fault.fetch.broken", data, err)
	}
}

// isConnect says whether an error came before the connection stood.
func isConnect(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
