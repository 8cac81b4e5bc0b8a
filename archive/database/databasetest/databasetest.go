// Package databasetest gives a test a PostgreSQL database of its own, and says the same everywhere about a tool that a
// test needs and the machine lacks.
//
// One temporary cluster serves a test binary: made at first use in a temporary folder, by the user postgres where the
// tests run as root, reached by a unix socket only, with fsync off, and gone when the test binary ends, however it ends.
// COLOPHON_TEST_DATABASE=postgres://… uses a server that is already there instead.
//
// A missing tool skips the test with a line that says so. COLOPHON_REQUIRE=chromium,postgres turns that into a failure:
// a continuous build must not grow green by losing a tool.
package databasetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTimeout bounds making and starting the cluster, on a loaded machine too.
const startTimeout = 2 * time.Minute

// Missing ends a test that needs a tool the machine lacks: skips it, or fails it where COLOPHON_REQUIRE names the tool.
func Missing(t testing.TB, tool string, why error) {
	t.Helper()
	required := strings.FieldsFunc(os.Getenv("COLOPHON_REQUIRE"), func(r rune) bool { return r == ',' || r == ' ' })
	if slices.Contains(required, tool) {
		t.Fatalf("%s is required (COLOPHON_REQUIRE) and not to be had: %v", tool, why)
	}
	t.Skipf("skipped for want of %s: %v", tool, why)
}

// Shared is the path of a file or folder of the shared test data, which is not part of the repository; the test is
// skipped where it is absent. COLOPHON_SHARED names the folder, by default "shared" beside the repository.
func Shared(t testing.TB, path ...string) string {
	t.Helper()
	root := os.Getenv("COLOPHON_SHARED")
	if root == "" {
		root = filepath.Join(repository(t), "..", "shared")
	}
	full := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(full); err != nil {
		Missing(t, "shared", fmt.Errorf("no shared test data: %w", err))
	}
	return full
}

// repository is the folder of go.mod above the test's own.
func repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}

// cluster is the one of this test binary.
var cluster = sync.OnceValues(start)

// numbered names the databases.
var numbered atomic.Int64

// Postgres returns the URL of a fresh, empty database, dropped when the test ends. Without PostgreSQL it calls Missing.
func Postgres(t testing.TB) string {
	t.Helper()
	running, err := cluster()
	if err != nil {
		Missing(t, "postgres", err)
	}
	server := running.url
	name := fmt.Sprintf("colophon_test_%d_%d", os.Getpid(), numbered.Add(1))
	execute(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { execute(t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	u := *server
	u.Path = "/" + name
	return u.String()
}

// execute runs one statement in the server's maintenance database.
func execute(t testing.TB, server *url.URL, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, server.String())
	if err != nil {
		t.Fatalf("connect to the test server: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// server is a running cluster: the URL of its maintenance database, and the pipe that keeps it running as long as
// something holds on to it.
type server struct {
	url   *url.URL
	input io.Closer
}

// start makes a cluster.
func start() (*server, error) {
	if given := os.Getenv("COLOPHON_TEST_DATABASE"); given != "" {
		u, err := url.Parse(given)
		return &server{url: u}, err
	}
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "colophon-postgres-")
	if err != nil {
		return nil, err
	}
	owner, err := serverUser()
	if err == nil {
		err = os.Chown(dir, owner.uid, owner.gid)
	}
	if err == nil {
		err = os.Chmod(dir, 0o755) //nolint:gosec // the socket inside is for this process, which may be another user
	}
	var input io.Closer
	if err == nil {
		input, err = supervise(bin, dir, owner)
	}
	u := &url.URL{Scheme: "postgres", User: url.User("colophon"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	if err == nil {
		err = ready(u, dir)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &server{u, input}, nil
}

// script makes and runs the cluster in folder $2 with the programs of folder $1. Its standard input is a pipe that ends
// with the test binary, which is how the server is stopped and the folder removed even when the tests are killed.
const script = `
cd "$2" || exit 1
exec >server.log 2>&1
"$1/initdb" --pgdata data --username colophon --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync || exit 1
"$1/postgres" -D data -k "$2" -h '' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 &
server=$!
while read -r line; do :; done
kill -INT "$server"
wait "$server"
cd / && rm -rf "$2"
`

// supervise starts script in the background. The write end of its input stays open for the life of this process.
func supervise(bin, dir string, owner account) (io.Closer, error) {
	cmd := exec.Command("/bin/sh", "-c", script, "sh", bin, dir) //nolint:noctx // it outlives every test's context
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	become(cmd, owner)
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return input, cmd.Start()
}

// ready waits until the server answers.
func ready(u *url.URL, dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, u.String())
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(dir, "server.log"))
			return fmt.Errorf("PostgreSQL did not start: %w\n%s", err, log)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// binaries is the folder with initdb and postgres: the one in PATH, else Debian's newest.
func binaries() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			return filepath.Dir(p), nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("no initdb in PATH nor in /usr/lib/postgresql")
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return release(a) - release(b) })
	return filepath.Dir(newest), nil
}

// release is the number in /usr/lib/postgresql/15/bin/initdb.
func release(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// account is a user to run the server as.
type account struct{ uid, gid int }

// serverUser is the user to run the server as: this process's own, but for root, which PostgreSQL refuses and which takes
// the user postgres.
func serverUser() (account, error) {
	if os.Getuid() != 0 {
		return account{os.Getuid(), os.Getgid()}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return account{}, fmt.Errorf("PostgreSQL refuses root: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, err
	}
	return account{uid, gid}, nil
}
