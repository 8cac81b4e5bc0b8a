package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/translations"
	"colophon/translations/workflow"
)

// crashEditors is how many people save at once while the process is killed.
const crashEditors = 10

// TestKilled kills a process again and again while ten people save and pages are ingested. Whatever a save answered must
// be there afterwards, the files must be sound, and nothing half-done may stay.
func TestKilled(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	data := t.TempDir()
	versions := crashArchive(t, data)
	acked := make(map[translations.VersionID]int) // the last save of each version that was answered
	for round := range rounds {
		killWhileWorking(t, data, time.Duration(150+rand.IntN(600))*time.Millisecond, acked) //nolint:gosec // when to kill needs no secrecy
		crashCheck(t, data, round, versions, acked)
	}
	if len(acked) != crashEditors {
		t.Errorf("%d of %d editors were ever answered: the test proves too little", len(acked), crashEditors)
	}
}

// killWhileWorking starts the worker, notes what it says was saved, and kills it.
func killWhileWorking(t *testing.T, data string, after time.Duration, acked map[translations.VersionID]int) {
	t.Helper()
	cmd := exec.Command("crash-worker", data)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatalf("the worker did not start: %q", lines.Text())
	}
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	for lines.Scan() {
		var v translations.VersionID
		var number int
		if _, err := fmt.Sscanf(lines.Text(), "saved %d %d", &v, &number); err == nil {
			acked[v] = max(acked[v], number)
		}
	}
	_ = cmd.Wait() // it was killed
}

// crashCheck opens what the killed process left and looks at all of it.
func crashCheck(t *testing.T, data string, round int, versions []translations.VersionID, acked map[translations.VersionID]int) {
	t.Helper()
	ctx := t.Context()
	st, err := storeFlags{Data: data}.open(ctx)
	if err != nil {
		t.Fatalf("round %d: %v", round, err)
	}
	defer func() { _ = st.db.Close() }()
	if err := st.db.Check(ctx); err != nil {
		t.Errorf("round %d: %v", round, err)
	}
	for _, id := range versions {
		w, err := st.desk.Work(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := w.Unit(archive.TitleKey)
		if u.Target.Number < acked[id] || u.Target.Number > 0 && u.Target.Text != crashText(u.Target.Number) {
			t.Errorf("round %d: version %d stands at save %d, %q; save %d was answered", round, id, u.Target.Number, u.Target.Text, acked[id])
		}
	}
	articles, err := st.archive.Articles(ctx, 0, 500)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		blocks, err := st.archive.Blocks(ctx, a.Revision)
		if err != nil || len(blocks) < 3 {
			t.Errorf("round %d: article %d has %d blocks (%v)", round, a.ID, len(blocks), err)
		}
	}
	// What the kill left waiting is swept at the next start, an hour later at most; every other blob has its capture.
	if err := st.archive.Sweep(ctx, time.Now().Add(time.Hour)); err != nil {
		t.Errorf("round %d: %v", round, err)
	}
	if report, err := st.archive.Audit(ctx, true); err != nil || !report.IsSound() || len(report.Orphans) > 0 {
		t.Errorf("round %d: %+v (%v), want no blob without a record, no record without its blob, and every blob whole", round, report, err)
	}
	blobs, err := database.OpenFiles(filepath.Join(data, "captures"))
	if err == nil {
		err = blobs.Tidy(0)
	}
	if err != nil {
		t.Errorf("round %d: %v", round, err)
	}
	left, err := filepath.Glob(filepath.Join(data, "captures", "tmp", "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("round %d: half-written files are left: %v (%v)", round, left, err)
	}
}

func crashText(number int) string { return fmt.Sprintf("Save number %d", number) }

func crashPage(slug string, n int) []byte {
	return fmt.Appendf(nil, `<!doctype html><html lang="en"><head><title>Report %s</title><meta property="og:site_name" content="Courier"></head><body><article>
<h1>Report %[1]s</h1><p>The first paragraph of this report says what happened in the town on the day, and it is long enough to be read as one.</p>
<p>The second paragraph holds a number that changes from time to time, %[2]d, so that there is always another revision to be written.</p>
<p>The third paragraph closes the report with what the people of the town said about it when they were asked in the evening.</p></article></body></html>`, slug, n)
}

// crashArchive makes the archive the worker works on, and returns its versions.
func crashArchive(t *testing.T, data string) []translations.VersionID {
	t.Helper()
	ctx := t.Context()
	st, err := storeFlags{Data: data}.open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.db.Close() }()
	m, err := st.desk.AddMember(ctx, translations.Member{
		Name: "Nare", Email: "nare@colophon.example", Grants: []translations.Grant{{Role: workflow.Editor}},
	}, "long enough to pass", 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []translations.VersionID
	for i := range crashEditors / 2 {
		slug := fmt.Sprint(i)
		res, err := st.archive.Ingest(ctx, archive.Delivery{URL: "https://courier.example/" + slug, Body: crashPage(slug, 0), Origin: archive.Upload})
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"ru", "hy"} {
			v, err := st.desk.OpenVersion(ctx, res.Article.ID, lang, m)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, v.ID)
		}
	}
	return out
}

// crashWorker is the process that is killed: crash-worker DATA.
func crashWorker() {
	ctx := context.Background()
	st, err := storeFlags{Data: os.Args[1]}.open(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	m, err := st.desk.MemberByEmail(ctx, "nare@colophon.example")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out sync.Mutex
	say := func(line string) {
		out.Lock()
		defer out.Unlock()
		_, _ = io.WriteString(os.Stdout, line+"\n")
	}
	var group sync.WaitGroup
	for id := translations.VersionID(1); id <= crashEditors; id++ {
		group.Go(func() {
			w, err := st.desk.Work(ctx, id)
			for err == nil {
				u, _ := w.Unit(archive.TitleKey)
				for n := u.Target.Number; err == nil; n++ {
					s := translations.Save{Version: id, Block: archive.TitleKey, Base: n, Text: crashText(n + 1), Confirm: n%2 == 0}
					if _, _, err = st.desk.SaveTarget(ctx, s, m); err == nil {
						say(fmt.Sprintf("saved %d %d", id, n+1))
					}
				}
			}
			fmt.Fprintln(os.Stderr, "worker:", err)
		})
	}
	group.Go(func() {
		for n := time.Now().UnixNano(); ; n++ {
			slug := fmt.Sprint(n % (2 * crashEditors))
			d := archive.Delivery{URL: "https://courier.example/" + slug, Body: crashPage(slug, int(n)), Origin: archive.Upload}
			if n%7 == 0 {
				d.Body = []byte(strings.Repeat("no article ", int(n%50))) // a failure must leave nothing either
			}
			if _, err := st.archive.Ingest(ctx, d); err != nil && n%7 != 0 {
				fmt.Fprintln(os.Stderr, "worker:", err)
			}
		}
	})
	say("ready")
	group.Wait()
}
