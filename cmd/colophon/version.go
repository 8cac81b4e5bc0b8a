package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is stamped by the build: -ldflags "-X main.version=v1.2.3".
var version = ""

// versionCmd is "colophon version".
type versionCmd struct{}

// Run prints one line: program, version, Go's version and platform.
func (versionCmd) Run(_ context.Context, s streams) error {
	_, err := fmt.Fprintf(s.Out, "colophon %s %s %s/%s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// buildVersion is the stamped version; of an unstamped build what Go knows of the module; else "devel".
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}
