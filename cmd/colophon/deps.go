//go:build deps

// This file is never built. It keeps the modules in go.mod that are agreed on and not imported yet, and goes when there
// are none.

package main

import (
	_ "github.com/BurntSushi/toml"
	_ "github.com/agnivade/levenshtein"
	_ "github.com/alecthomas/kong"
	_ "github.com/alexedwards/argon2id"
	_ "github.com/andybalholm/brotli"
	_ "github.com/aymanbagabas/go-udiff"
	_ "github.com/blevesearch/snowballstem"
	_ "github.com/chromedp/chromedp"
	_ "github.com/clipperhouse/uax29/v2/sentences"
	_ "github.com/clipperhouse/uax29/v2/words"
	_ "github.com/evanw/esbuild/pkg/api"
	_ "github.com/gin-gonic/gin"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5"
	_ "github.com/klauspost/compress/zstd"
	_ "github.com/markusmobius/go-htmldate"
	_ "github.com/markusmobius/go-trafilatura"
	_ "github.com/maypok86/otter/v2"
	_ "github.com/microcosm-cc/bluemonday"
	_ "github.com/nicksnyder/go-i18n/v2/i18n"
	_ "github.com/pressly/goose/v3"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "go.uber.org/goleak"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/net/html"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/text/language"
	_ "golang.org/x/time/rate"
	_ "gorm.io/driver/postgres"
	_ "gorm.io/driver/sqlite"
	_ "gorm.io/gorm"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)
