package databasetest

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestPostgres shows that two tests get two databases, both empty and both able to store all three scripts.
func TestPostgres(t *testing.T) {
	first, second := Postgres(t), Postgres(t)
	if first == second {
		t.Fatalf("two databases share the URL %s", first)
	}
	ctx := t.Context()
	for _, url := range []string{first, second} {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.WithoutCancel(ctx))
		if _, err := conn.Exec(ctx, "CREATE TABLE words (w text)"); err != nil {
			t.Fatal(err)
		}
		const want = "word слово բառ"
		if _, err := conn.Exec(ctx, "INSERT INTO words VALUES ($1)", want); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := conn.QueryRow(ctx, "SELECT w FROM words").Scan(&got); err != nil || got != want {
			t.Fatalf("got %q, %v; want %q", got, err, want)
		}
	}
}

// recorder notes how a test was ended.
type recorder struct {
	testing.TB
	outcome string
}

func (*recorder) Helper()                 {}
func (r *recorder) Fatalf(string, ...any) { r.outcome = "failed" }
func (r *recorder) Skipf(string, ...any) {
	if r.outcome == "" {
		r.outcome = "skipped"
	}
}

func TestMissing(t *testing.T) {
	for _, c := range []struct{ require, tool, want string }{
		{"", "postgres", "skipped"},
		{"chromium", "postgres", "skipped"},
		{"chromium,postgres", "postgres", "failed"},
		{"chromium, postgres", "postgres", "failed"},
	} {
		t.Setenv("COLOPHON_REQUIRE", c.require)
		r := &recorder{}
		Missing(r, c.tool, errors.New("not installed"))
		if r.outcome != c.want {
			t.Errorf("COLOPHON_REQUIRE=%q, %s missing: %s, want %s", c.require, c.tool, r.outcome, c.want)
		}
	}
}

func TestRelease(t *testing.T) {
	if got := release("/usr/lib/postgresql/15/bin/initdb"); got != 15 {
		t.Errorf("got %d, want 15", got)
	}
}
