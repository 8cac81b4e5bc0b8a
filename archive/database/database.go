// Package database opens, migrates and transacts, and keeps the blobs. It alone knows SQLite from PostgreSQL: the
// packages above it write one kind of SQL and one kind of row.
//
// Writes go through Transact. On SQLite one writer at a time holds a lock of this process before it asks for the
// file's, so that writers queue instead of failing busy; readers never wait (WAL). On PostgreSQL the engine arbitrates.
// A transaction travels in the context: an operation that calls another joins it, and both succeed or neither does.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
	msqlite "modernc.org/sqlite"
)

// Engine is the kind of database.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// Settings say which database to open.
type Settings struct {
	// URL is a PostgreSQL URL (postgres://…), or empty for SQLite in Dir.
	URL string
	// Dir is the data directory; SQLite keeps colophon.db there. It is made when missing.
	Dir string
	// Relaxed gives up durability against power failure for speed; a killed process still loses nothing. For tests.
	Relaxed bool
}

// DB is an open database.
type DB struct {
	gorm   *gorm.DB
	sql    *sql.DB
	engine Engine
	dir    string
	writer sync.Mutex // SQLite only: one writer of this process at a time
}

// Open opens the database and proves that it answers. It does not migrate.
func Open(ctx context.Context, s Settings) (*DB, error) {
	d := &DB{dir: s.Dir}
	var dialector gorm.Dialector
	if s.URL != "" {
		u, err := url.Parse(s.URL)
		if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return nil, errors.New("database: the address must begin with postgres://")
		}
		d.engine = PostgreSQL
		dialector = postgres.New(postgres.Config{DSN: s.URL})
	} else {
		if s.Dir == "" {
			return nil, errors.New("database: no data directory given")
		}
		if err := os.MkdirAll(s.Dir, 0o750); err != nil {
			return nil, fmt.Errorf("database: make the data directory: %w", err)
		}
		d.engine = SQLite
		conn, err := sql.Open("sqlite", sqliteDSN(filepath.Join(s.Dir, "colophon.db"), s.Relaxed))
		if err != nil {
			return nil, fmt.Errorf("database: open: %w", err)
		}
		dialector = dialect{sqlite.New(sqlite.Config{Conn: conn}).(*sqlite.Dialector)}
	}
	g, err := gorm.Open(dialector, &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		Logger: logger.New(slogWriter{}, logger.Config{
			SlowThreshold: 500 * time.Millisecond, LogLevel: logger.Warn, IgnoreRecordNotFoundError: true, ParameterizedQueries: true,
		}),
		NowFunc: func() time.Time { return time.Now().UTC() },
	})
	if err != nil {
		return nil, fmt.Errorf("database: open %s: %w", d.engine, err)
	}
	if d.sql, err = g.DB(); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if d.engine == SQLite {
		d.sql.SetMaxOpenConns(8)
		d.sql.SetMaxIdleConns(8)
	} else {
		d.sql.SetMaxOpenConns(16)
		d.sql.SetMaxIdleConns(8)
		d.sql.SetConnMaxLifetime(time.Hour)
	}
	d.gorm = g
	if err := d.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %s does not answer: %w", d.engine, err), d.Close())
	}
	return d, nil
}

func sqliteDSN(path string, relaxed bool) string {
	synchronous := "FULL"
	if relaxed {
		synchronous = "OFF"
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")", "foreign_keys(1)",
		"cache_size(-32000)", "temp_store(MEMORY)", "trusted_schema(0)",
	}}
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?" + q.Encode()
}

// dialect gives SQLite errors the names GORM knows: the driver keeps its codes where GORM does not look.
type dialect struct{ *sqlite.Dialector }

// Translate implements gorm.ErrorTranslator.
func (d dialect) Translate(err error) error {
	if se, ok := errors.AsType[*msqlite.Error](err); ok {
		switch se.Code() {
		case 1555, 2067: // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
			return gorm.ErrDuplicatedKey
		case 787: // SQLITE_CONSTRAINT_FOREIGNKEY
			return gorm.ErrForeignKeyViolated
		case 275: // SQLITE_CONSTRAINT_CHECK
			return gorm.ErrCheckConstraintViolated
		}
	}
	return err
}

// Engine says which engine is open.
func (d *DB) Engine() Engine { return d.engine }

// Ping asks the database for a sign of life.
func (d *DB) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return d.sql.PingContext(ctx)
}

// Close closes every connection.
func (d *DB) Close() error { return d.sql.Close() }

// Check asks the engine whether its files are sound. It may take long on a large archive.
func (d *DB) Check(ctx context.Context) error {
	if d.engine != SQLite {
		return d.Ping(ctx)
	}
	var lines []string
	if err := d.In(ctx).Raw("PRAGMA integrity_check(10)").Scan(&lines).Error; err != nil {
		return fmt.Errorf("database: integrity check: %w", err)
	}
	var broken []struct{ Table string }
	if err := d.In(ctx).Raw("PRAGMA foreign_key_check").Scan(&broken).Error; err != nil {
		return fmt.Errorf("database: foreign key check: %w", err)
	}
	if len(lines) != 1 || lines[0] != "ok" {
		return fmt.Errorf("database: integrity check: %s", strings.Join(lines, "; "))
	}
	if len(broken) > 0 {
		return fmt.Errorf("database: %d rows point at rows that are not there, first in table %s", len(broken), broken[0].Table)
	}
	return nil
}

type txKey struct{}

// In is the handle to use under ctx: the transaction ctx carries, or the database itself.
func (d *DB) In(ctx context.Context) *gorm.DB {
	if tx, ok := ctx.Value(txKey{}).(*gorm.DB); ok {
		return tx.WithContext(ctx)
	}
	return d.gorm.WithContext(ctx)
}

// Transact runs fn in a transaction that the context handed to fn carries. A call inside another joins it.
func (d *DB) Transact(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, ok := ctx.Value(txKey{}).(*gorm.DB); ok {
		return fn(ctx)
	}
	if d.engine == SQLite {
		d.writer.Lock()
		defer d.writer.Unlock()
	}
	return d.gorm.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return fn(context.WithValue(ctx, txKey{}, tx))
	})
}

// Locked is In for rows read to decide on: FOR UPDATE where the engine has it, so that nothing changes them before
// the decision is saved. SQLite's transactions are alone anyhow.
func (d *DB) Locked(ctx context.Context) *gorm.DB {
	if d.engine == PostgreSQL {
		return d.In(ctx).Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return d.In(ctx)
}

// IsNotFound says whether err means that no row was found.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// IsDuplicate says whether err means that a unique key stands already.
func IsDuplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }

// Micros is how times are stored: microseconds since 1970 UTC, which sort and compare alike on both engines; 0 is no time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the inverse of Micros, in UTC.
func Time(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// slogWriter sends GORM's warnings to the program's log.
type slogWriter struct{}

// Printf implements logger.Writer.
func (slogWriter) Printf(format string, args ...any) {
	slog.Warn("database", "detail", strings.TrimSpace(fmt.Sprintf(format, args...)))
}
