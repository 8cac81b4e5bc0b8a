package main

// rightsCmd is "colophon rights": terms of reuse, read and checked. None of its commands needs a database.
type rightsCmd struct {
	Detect rightsDetectCmd `cmd:"" help:"Read statements: which terms of reuse they state."`
	Verify rightsVerifyCmd `cmd:"" help:"Check published pages against terms of reuse."`
}
