// Package fault is an error a person can act on: what kind it is, so that code can decide, and a message ID with
// its data, so that the person reads it in their own language.
//
// It is a leaf. Every package of the product returns faults; only the web and the command line put them into words.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The kinds. Callers test them with errors.Is; one table in package web turns them into statuses.
var (
	ErrNotFound    = errors.New("not found")
	ErrInvalid     = errors.New("invalid")
	ErrConflict    = errors.New("conflict")
	ErrForbidden   = errors.New("forbidden")
	ErrUnavailable = errors.New("unavailable") // the outside world did not answer, or refused
	ErrTooLarge    = errors.New("too large")
)

// Data fills the places of a message: {{.Name}}.
type Data map[string]any

// Fault is an error with a message for people.
type Fault struct {
	Kind error  // one of the kinds above
	ID   string // message ID in locales, such as "fault.fetch.status"
	Data Data
	Err  error // the cause, for the log; may be nil
}

// New returns a fault of a kind with a message.
func New(kind error, id string, data Data) *Fault {
	return &Fault{Kind: kind, ID: id, Data: data}
}

// Wrap is New with the cause kept for the log.
func Wrap(kind error, id string, data Data, err error) *Fault {
	return &Fault{Kind: kind, ID: id, Data: data, Err: err}
}

// Error is the line for logs and for developers, in no particular language: kind, ID, data and cause.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v: %s", f.Kind, f.ID)
	for _, k := range slices.Sorted(maps.Keys(f.Data)) {
		fmt.Fprintf(&b, " %s=%v", k, f.Data[k])
	}
	if f.Err != nil {
		fmt.Fprintf(&b, ": %v", f.Err)
	}
	return b.String()
}

// Unwrap lets errors.Is find both the kind and the cause.
func (f *Fault) Unwrap() []error {
	if f.Err == nil {
		return []error{f.Kind}
	}
	return []error{f.Kind, f.Err}
}

// Message returns the message of the first fault in err's tree; ok is false where there is none.
func Message(err error) (id string, data Data, ok bool) {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.ID, f.Data, true
	}
	return "", nil, false
}
