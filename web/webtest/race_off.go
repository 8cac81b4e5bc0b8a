//go:build !race

package webtest

// raced says that the race detector is at work.
const raced = false
