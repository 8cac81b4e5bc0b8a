package main

import (
	"time"

	"colophon/archive/ingest"
)

// The settings several commands share, as groups of flags. A command embeds the groups it needs; every field is read once,
// from the flag or else from the environment variable named in its tag, and reaches packages as a value.
// docs/operators.md lists all of them, and a test compares it with what stands here and in the commands.

// storeFlags say where the archive is kept.
type storeFlags struct {
	Data     string `default:"data" env:"COLOPHON_DATA" type:"path" help:"Folder of the archive: the database and the captures. Default: ${default}."`
	Database string `env:"COLOPHON_DATABASE" placeholder:"URL" help:"Database: postgres://… ; without it, a SQLite file in the data folder."`
}

// fetchFlags say how pages are fetched from the web.
type fetchFlags struct {
	Contact      string        `env:"COLOPHON_CONTACT" placeholder:"ADDRESS" help:"Page or mailbox named to webmasters in User-Agent."`
	FetchTimeout time.Duration `default:"30s" env:"COLOPHON_FETCH_TIMEOUT" help:"Longest time one page may take. Default: ${default}."`
	FetchMB      int64         `name:"fetch-mb" default:"8" env:"COLOPHON_FETCH_MB" placeholder:"MB" help:"Largest page fetched, in megabytes as sent. Default: ${default}."`
	FetchDelay   time.Duration `default:"1s" env:"COLOPHON_FETCH_DELAY" help:"Pause between two pages of one host; longer where its robots.txt asks for it. Default: ${default}."`
	FetchPrivate bool          `env:"COLOPHON_FETCH_PRIVATE" help:"Fetch from the own machine and network too. For trying things out: whoever can name an address can then read what only this machine should."`
}

// fetcher makes the Fetcher of these settings.
func (f fetchFlags) fetcher() *ingest.Fetcher {
	return ingest.NewFetcher(ingest.FetchSettings{
		Version:      buildVersion(),
		Contact:      f.Contact,
		Timeout:      f.FetchTimeout,
		MaxBytes:     f.FetchMB << 20,
		Delay:        max(f.FetchDelay, time.Nanosecond),
		AllowPrivate: f.FetchPrivate,
	})
}
