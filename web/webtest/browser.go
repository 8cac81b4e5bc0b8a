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
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colophon/archive/database/databasetest"
)

// Browser starts Chromium with a profile of its own and returns the context of its first tab; both end with the test.
// More tabs: chromedp.NewContext(ctx). COLOPHON_CHROMIUM names the program where it is not found by itself.
func Browser(t testing.TB) context.Context {
	t.Helper()
	program, err := chromium()
	if err != nil {
		databasetest.Missing(t, "chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("no-sandbox", true), // as root, and in containers, its sandbox does not start
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),
	)
	ctx, closeBrowser := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(closeBrowser)
	ctx, closeTab := chromedp.NewContext(ctx, chromedp.WithErrorf(t.Logf))
	t.Cleanup(closeTab)
	// The browser lives as long as the context of its first command: that must not be one with a deadline.
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(ctx) }()
	select {
	case err = <-started:
	case <-time.After(time.Minute):
		err = errors.New("no answer within a minute")
	}
	if err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	return ctx
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
