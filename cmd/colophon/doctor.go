package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"colophon/archive"
	"colophon/archive/database"
)

// doctorCmd is "colophon doctor": says whether everything the archive needs is there and sound.
type doctorCmd struct {
	storeFlags `embed:""`

	Deep  bool `help:"Also read every stored page and compare it with its digest; takes as long as reading the disk."`
	JSONL bool `name:"jsonl" help:"Write JSON Lines {\"check\",\"status\",\"detail\"}."`
}

// finding is what one check of the doctor says.
type finding struct {
	Check  string `json:"check"`
	Status string `json:"status"` // ok, warning, failed
	Detail string `json:"detail"`
}

// The states of a finding.
const (
	sound   = "ok"
	warning = "warning"
	broken  = "failed"
)

// The least free space on the disk of the data folder, in bytes.
const (
	spaceLow  = 1 << 30
	spaceNone = 100 << 20
)

// Run makes every check it can, one line each, and returns errFindings when one failed.
func (c doctorCmd) Run(ctx context.Context, s streams) error {
	var failed bool
	say := func(check, status, id string, data map[string]any) error {
		failed = failed || status == broken
		f := finding{check, status, s.Words.Text(id, data)}
		if c.JSONL {
			return writeLine(s.Out, f)
		}
		_, err := fmt.Fprintf(s.Out, "%-8s %-9s %s\n", s.Words.Text("cli.doctor."+f.Status, nil), f.Check, f.Detail)
		return err
	}
	if err := c.examine(ctx, s, say); err != nil {
		return err
	}
	if failed {
		return errFindings
	}
	return nil
}

// examine makes the checks in order and stops at the first that those behind it need.
func (c doctorCmd) examine(ctx context.Context, s streams, say func(check, status, id string, data map[string]any) error) error {
	if err := say("program", sound, "cli.doctor.program", map[string]any{"Version": buildVersion()}); err != nil {
		return err
	}
	if err := writable(c.Data); errors.Is(err, fs.ErrNotExist) {
		return say("folder", broken, "cli.doctor.nofolder", map[string]any{"Folder": c.Data})
	} else if err != nil {
		return say("folder", broken, "cli.doctor.readonly", map[string]any{"Folder": c.Data, "Why": err.Error()})
	}
	status := sound
	free, known := freeSpace(c.Data)
	switch {
	case known && free < spaceNone:
		status = broken
	case known && free < spaceLow:
		status = warning
	}
	id := "cli.doctor.folder"
	if !known {
		id = "cli.doctor.folderonly"
	}
	if err := say("folder", status, id, map[string]any{"Folder": c.Data, "Gigabytes": s.Words.Decimal(float64(free)/(1<<30), 1)}); err != nil {
		return err
	}
	store, err := c.open(ctx)
	if err != nil {
		return say("database", broken, "cli.doctor.baddatabase", map[string]any{"Why": words(s.Words, err)})
	}
	defer store.db.Close()
	if err := store.db.Check(ctx); err != nil {
		return say("database", broken, "cli.doctor.baddatabase", map[string]any{"Why": words(s.Words, err)})
	}
	engine := map[database.Engine]string{database.SQLite: "SQLite", database.PostgreSQL: "PostgreSQL"}[store.db.Engine()]
	if err := say("database", sound, "cli.doctor.database", map[string]any{"Engine": engine}); err != nil {
		return err
	}
	if err := c.captures(ctx, s, store.archive, say); err != nil {
		return err
	}
	hasMembers, err := store.desk.HasMembers(ctx)
	switch {
	case err != nil:
		return err
	case !hasMembers:
		return say("people", warning, "cli.doctor.nobody", nil)
	default:
		return say("people", sound, "cli.doctor.people", nil)
	}
}

// captures compares what is kept with what is stored.
func (c doctorCmd) captures(ctx context.Context, s streams, a *archive.Archive, say func(check, status, id string, data map[string]any) error) error {
	report, err := a.Audit(ctx, c.Deep)
	if err != nil {
		return err
	}
	data := map[string]any{
		"Captures": s.Words.Number(report.Captures), "Missing": s.Words.Number(len(report.Missing)),
		"Broken": s.Words.Number(len(report.Broken)), "Orphans": s.Words.Number(len(report.Orphans)),
	}
	switch {
	case !report.IsSound():
		for _, d := range append(report.Missing, report.Broken...) {
			fmt.Fprintln(s.Err, d)
		}
		return say("captures", broken, "cli.doctor.badcaptures", data)
	case len(report.Orphans) > 0:
		return say("captures", warning, "cli.doctor.orphans", data)
	default:
		return say("captures", sound, "cli.doctor.captures", data)
	}
}

// writable tries to write into a folder: fs.ErrNotExist where there is none.
func writable(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
