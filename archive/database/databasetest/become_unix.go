//go:build unix

package databasetest

import (
	"os"
	"os/exec"
	"syscall"
)

// become makes cmd run as another user, in a group of its own: an interrupt typed at the terminal reaches the tests, and
// the server ends after them.
func become(cmd *exec.Cmd, owner account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if owner.uid != os.Getuid() {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(owner.uid), Gid: uint32(owner.gid)}
	}
}
