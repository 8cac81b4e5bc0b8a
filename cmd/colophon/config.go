package main

// The settings several commands share, as groups of flags. A command embeds the groups it needs; every field is read once,
// from the flag or else from the environment variable named in its tag, and reaches packages as a value.
// docs/operators.md lists all of them, and a test compares it with what stands here.

// storeFlags say where the archive is kept.
type storeFlags struct {
	Data     string `default:"data" env:"COLOPHON_DATA" type:"path" help:"Folder of the archive: the database and the captures. Default: ${default}."`
	Database string `env:"COLOPHON_DATABASE" placeholder:"URL" help:"Database: postgres://… ; without it, a SQLite file in the data folder."`
}
