// Package webtest looks at pages the way the outside does: in a real headless Chromium, through axe-core's rules of
// accessibility, and through the Nu HTML checker.
//
// Each tool is found on the machine or the test is skipped with a line that says so; COLOPHON_REQUIRE names those whose
// absence is a failure (chromium, vnu). axe-core is part of this package, unmodified, under its own licence (MPL-2.0).
package webtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colophon/archive/database/databasetest"
)

// Browser gives a test a tab of Chromium with cookies, storage and cache of its own, closed when the test ends. More tabs:
// chromedp.NewContext(ctx). One Chromium serves a test binary, whose TestMain calls Main. COLOPHON_CHROMIUM names the
// program where it is not found by itself.
func Browser(t testing.TB) context.Context {
	t.Helper()
	program, err := chromium()
	if err != nil {
		databasetest.Missing(t, "chromium", err)
	}
	browser, err := shared.open(program)
	if err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	if err := answers(ctx); err != nil {
		t.Fatalf("open a tab of %s: %v", program, err)
	}
	return ctx
}

// Main runs the tests of a package whose tests call Browser, for its TestMain, and closes the browser after them.
func Main(m *testing.M) int {
	defer shared.close()
	return m.Run()
}

// shared is the Chromium of this test binary.
var shared running

// running is a Chromium that starts when the first test asks for it, and anew after a test has made it crash.
type running struct {
	mu    sync.Mutex
	ctx   context.Context //nolint:containedctx // a browser is a context in chromedp
	stop  context.CancelFunc
	ended <-chan struct{} // closed when it has crashed
}

// open gives the context of the running browser.
func (r *running) open(program string) (context.Context, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx != nil {
		select {
		case <-r.ended:
			r.stop()
		default:
			return r.ctx, nil
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.Flag("no-sandbox", true), // as root, and in containers, its sandbox does not start
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),
	)
	allocator, closeBrowser := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(allocator)
	stop := func() {
		closeTab()
		closeBrowser()
	}
	if err := answers(ctx); err != nil {
		stop()
		return nil, err
	}
	r.ctx, r.stop, r.ended = ctx, stop, chromedp.FromContext(ctx).Browser.LostConnection
	return r.ctx, nil
}

// close ends the browser and removes its profile.
func (r *running) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx != nil {
		r.stop()
		r.ctx = nil
	}
}

// answers waits until the tab is there. A browser lives as long as the context of its first command, and a tab too: that must
// not be one with a deadline.
func answers(ctx context.Context) error {
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(ctx) }()
	select {
	case err := <-started:
		return err
	case <-time.After(time.Minute):
		return errors.New("no answer within a minute")
	}
}

// chromium finds the browser.
func chromium() (string, error) {
	if given := os.Getenv("COLOPHON_CHROMIUM"); given != "" {
		return exec.LookPath(given)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium in PATH")
}
