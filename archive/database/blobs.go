package database

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"colophon/archive/fault"
)

// Digest is the SHA-256 of a blob, in 64 lower-case hexadecimal digits.
type Digest string

// DigestOf computes the digest of b.
func DigestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest(hex.EncodeToString(sum[:]))
}

// IsValid says whether d has the form of a digest; anything else is never made a file name.
func (d Digest) IsValid() bool {
	return len(d) == 64 && strings.Trim(string(d), "0123456789abcdef") == ""
}

// Blobs keeps bytes under their own digest. What is put once never changes.
type Blobs interface {
	// Put stores b and returns its digest. Storing the same bytes again is no error and no work.
	Put(ctx context.Context, b []byte) (Digest, error)
	// Open returns the bytes, checked against the digest: fault.ErrNotFound where there are none.
	Open(ctx context.Context, d Digest) ([]byte, error)
	// Each calls fn for every stored digest, in no order.
	Each(ctx context.Context, fn func(Digest) error) error
	// Remove deletes a blob nothing refers to; a missing one is no error.
	Remove(ctx context.Context, d Digest) error
}

// Files is a Blobs in a directory: ab/abcdef…, written to a temporary name, synced and renamed, so that a name that
// stands holds the whole of its bytes.
type Files struct{ dir string }

// OpenFiles makes the directory and removes half-written files older than an hour, which only a killed process leaves.
func OpenFiles(dir string) (*Files, error) {
	if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	f := &Files{dir: dir}
	return f, f.Tidy(time.Hour)
}

// Tidy removes half-written files older than age.
func (f *Files) Tidy(age time.Duration) error {
	left, err := filepath.Glob(filepath.Join(f.dir, "tmp", "put-*"))
	if err != nil {
		return fmt.Errorf("blobs: %w", err)
	}
	for _, name := range left {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && time.Since(info.ModTime()) < age {
			continue
		}
		if err == nil {
			err = os.Remove(name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("blobs: %w", err)
		}
	}
	return nil
}

func (f *Files) path(d Digest) string { return filepath.Join(f.dir, string(d[:2]), string(d)) }

// Put implements Blobs.
func (f *Files) Put(_ context.Context, b []byte) (Digest, error) {
	d := DigestOf(b)
	path := f.path(d)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(b)) {
		return d, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", fmt.Errorf("blob %s: %w", d, err)
	}
	tmp, err := os.CreateTemp(filepath.Join(f.dir, "tmp"), "put-*")
	if err != nil {
		return "", fmt.Errorf("blob %s: %w", d, err)
	}
	_, err = tmp.Write(b)
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("blob %s: %w", d, err), os.Remove(tmp.Name()))
	}
	return d, syncDir(filepath.Dir(path))
}

// syncDir makes a rename last through a power failure.
func syncDir(dir string) error {
	h, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("blobs: %w", err)
	}
	defer func() { _ = h.Close() }()
	if err := h.Sync(); err != nil {
		return fmt.Errorf("blobs: sync %s: %w", dir, err)
	}
	return nil
}

// Open implements Blobs.
func (f *Files) Open(_ context.Context, d Digest) ([]byte, error) {
	if !d.IsValid() {
		return nil, fmt.Errorf("blob %q: not a digest: %w", string(d), fault.ErrInvalid)
	}
	b, err := os.ReadFile(f.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("blob %s: %w", d, fault.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", d, err)
	}
	if DigestOf(b) != d {
		return nil, fmt.Errorf("blob %s: the stored bytes have another digest", d)
	}
	return b, nil
}

// Each implements Blobs.
func (f *Files) Each(ctx context.Context, fn func(Digest) error) error {
	return filepath.WalkDir(f.dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if d := Digest(e.Name()); !e.IsDir() && d.IsValid() {
			return fn(d)
		}
		return nil
	})
}

// Remove implements Blobs.
func (f *Files) Remove(_ context.Context, d Digest) error {
	if !d.IsValid() {
		return fmt.Errorf("blob %q: not a digest: %w", string(d), fault.ErrInvalid)
	}
	if err := os.Remove(f.path(d)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob %s: %w", d, err)
	}
	return nil
}
