//go:build linux || darwin || freebsd

package main

import "syscall"

// freeSpace is what an ordinary user may still write on the disk of a folder, in bytes.
func freeSpace(dir string) (free uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true //nolint:unconvert // the types differ between systems
}
