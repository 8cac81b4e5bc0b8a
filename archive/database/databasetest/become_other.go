//go:build !unix

package databasetest

import "os/exec"

// become does nothing: such a system has no root to step down from.
func become(*exec.Cmd, account) {}
