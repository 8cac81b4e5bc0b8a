package rights

import "time"

// Instant reads a time as clauses write it (Params.From, Params.Until): RFC 3339, a local time, or a date. Without an
// offset it could be of any zone on earth, so it is known up to a span: it has come for certain once latest has.
func Instant(text string) (earliest, latest time.Time, ok bool) {
	s, ok := parseInstant(text)
	return s.from, s.to, ok
}
