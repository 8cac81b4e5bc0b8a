package archive

import "colophon/archive/fault"

// The kinds of errors, which callers test with errors.Is. They are package fault's, named here where operations return them.
var (
	ErrNotFound    = fault.ErrNotFound
	ErrInvalid     = fault.ErrInvalid
	ErrConflict    = fault.ErrConflict
	ErrForbidden   = fault.ErrForbidden
	ErrUnavailable = fault.ErrUnavailable
	ErrTooLarge    = fault.ErrTooLarge
)
