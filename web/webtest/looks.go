package webtest

import (
	"strings"
	"testing"
)

// Looks marks a test that only looks at pages, one after another: the race detector has nothing to find there and makes it
// several times slower, so it is skipped under it and run without by "make test". That finds such tests by their names,
// which begin with TestPages.
func Looks(t testing.TB) {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestPages") {
		t.Fatalf("%s only looks at pages: its name must begin with TestPages, by which the Makefile finds it", t.Name())
	}
	if raced {
		t.Skip("only looks at pages: make test runs it without the race detector")
	}
}
