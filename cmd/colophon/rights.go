package main

// rightsCmd is "colophon rights": terms of reuse, read and checked. Only checking a page against an
// outlet of the archive needs a database.
type rightsCmd struct {
	Detect rightsDetectCmd `cmd:"" help:"Read statements: which terms of reuse they state."`
	Verify rightsVerifyCmd `cmd:"" help:"Check published pages against terms of reuse."`
}
