package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
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

// TestKilled kills a server again and again while ten people save in the desk and one ingests pages, all of it over HTTP as
// browsers do. Whatever a save answered must be there afterwards, nobody has to sign in again, the files must be sound, and
// nothing half-done may stay.
func TestKilled(t *testing.T) {
	rounds := 20
	if testing.Short() || raceDetector { // "make quick" kills twenty times, in less time
		rounds = 4
	}
	data := t.TempDir()
	versions := crashArchive(t, data)
	acked := make(map[translations.VersionID]int) // the last save of each version that was answered
	people := make([]*http.Client, crashEditors)
	for i := range people {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		people[i] = &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	ingested := 0
	for round := range rounds {
		ingested += killWhileWorking(t, data, time.Duration(rand.IntN(600))*time.Millisecond, versions, people, acked) //nolint:gosec // when to kill needs no secrecy
		crashCheck(t, data, round, versions, acked)
	}
	if len(acked) != crashEditors || ingested == 0 {
		t.Errorf("%d of %d editors were ever answered, and %d deliveries: the test proves too little", len(acked), crashEditors, ingested)
	}
	t.Logf("answered saves by version: %v; answered deliveries: %d", acked, ingested)
}

// killWhileWorking starts a server, lets everybody work and kills it. It notes the saves that were answered in acked, and
// returns how many deliveries were.
func killWhileWorking(
	t *testing.T, data string, after time.Duration, versions []translations.VersionID, people []*http.Client, acked map[translations.VersionID]int,
) (ingested int) {
	t.Helper()
	cmd := exec.Command("colophon", "serve", "--addr", "127.0.0.1:0", "--data", data)
	var log bytes.Buffer // read when the process has ended
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_, _ = cmd.Process.Kill(), cmd.Wait()
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, "level=ERROR") || strings.Contains(line, "DATA RACE") || strings.Contains(line, "panic") {
				t.Errorf("the server wrote: %s", line)
			}
		}
	}()
	lines, origin := bufio.NewScanner(out), ""
	for origin == "" && lines.Scan() {
		if address, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "readers"); ok {
			origin = strings.TrimSuffix(strings.TrimSpace(address), "/")
		}
	}
	if origin == "" {
		t.Fatal("the server did not start")
	}
	for i, c := range people {
		crashSignIn(t, c, origin, i)
	}
	var group, answered sync.WaitGroup // the server is killed some time after everybody has had one answer
	answered.Add(len(people) + 1)
	go func() {
		answered.Wait()
		time.Sleep(after)
		_ = cmd.Process.Kill()
	}()
	var mu sync.Mutex
	before := maps.Clone(acked)
	for i, c := range people {
		group.Go(func() {
			once := sync.OnceFunc(answered.Done)
			defer once()
			for n := before[versions[i]] + 1; ; n++ {
				number, err := crashSave(t, c, origin, versions[i], n)
				if err != nil {
					return // the server is gone
				}
				n = number
				mu.Lock()
				acked[versions[i]] = number
				mu.Unlock()
				once()
			}
		})
	}
	group.Go(func() {
		once := sync.OnceFunc(answered.Done)
		defer once()
		for n := time.Now().UnixNano(); crashDeliver(t, people[0], origin, n) == nil; n++ {
			ingested++
			once()
		}
	})
	group.Wait()
	return ingested
}

func crashMail(i int) string { return fmt.Sprintf("editor%d@colophon.example", i) }

const crashPassword = "long enough to pass"

// crashSignIn signs somebody in who is not: the first time only, for a session outlives the process.
func crashSignIn(t *testing.T, c *http.Client, origin string, i int) {
	t.Helper()
	at, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Jar.Cookies(at)) > 0 {
		return
	}
	res, err := crashPost(t, c, origin+"/login", url.Values{"email": {crashMail(i)}, "password": {crashPassword}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusNoContent {
		t.Fatalf("sign in as %s: %s", crashMail(i), res.Status)
	}
}

func crashPost(t *testing.T, c *http.Client, address string, form url.Values) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	return c.Do(req)
}

// crashSave saves the title of a version as its n-th save, or on top of what an unanswered save left. It returns the number
// the server answered; an error means that it did not answer.
func crashSave(t *testing.T, c *http.Client, origin string, id translations.VersionID, n int) (int, error) {
	t.Helper()
	for {
		form := url.Values{"text": {crashText(n)}, "base": {fmt.Sprint(n - 1)}, "do": {[]string{"save", "confirm"}[n%2]}}
		res, err := crashPost(t, c, fmt.Sprintf("%s/desk/versions/%d/blocks/%s", origin, id, archive.TitleKey), form)
		if err != nil {
			return 0, err
		}
		var saved struct{ Number int }
		err = json.NewDecoder(res.Body).Decode(&saved)
		_ = res.Body.Close()
		switch {
		case err != nil:
			return 0, err
		case res.StatusCode == http.StatusOK:
			return saved.Number, nil
		case res.StatusCode == http.StatusConflict && saved.Number >= n: // saved, but killed before the answer
			n = saved.Number + 1
		default:
			t.Errorf("save %d of version %d: %s, the desk is at %d", n, id, res.Status, saved.Number)
			return 0, io.ErrUnexpectedEOF
		}
	}
}

// crashDeliver uploads a page through the desk; every seventh is none, which must leave nothing either.
func crashDeliver(t *testing.T, c *http.Client, origin string, n int64) error {
	t.Helper()
	slug := fmt.Sprint(n % (2 * crashEditors))
	page := crashPage(slug, int(n))
	if n%7 == 0 {
		page = []byte(strings.Repeat("no article ", int(n%50)))
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", slug+".html")
	if err == nil {
		_, err = part.Write(page)
	}
	if err == nil {
		err = errors.Join(form.WriteField("address", "https://courier.example/"+slug), form.Close())
	}
	if err != nil {
		t.Error(err)
		return err
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, origin+"/desk/ingest", &body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode >= http.StatusInternalServerError || res.StatusCode == http.StatusSeeOther {
		t.Errorf("ingest through the desk: %s", res.Status)
	}
	return nil
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
	var m translations.Member
	for i := range crashEditors {
		m, err = st.desk.AddMember(ctx, translations.Member{
			Name: fmt.Sprintf("Editor %d", i), Email: crashMail(i), Grants: []translations.Grant{{Role: workflow.Editor}},
		}, crashPassword, 0)
		if err != nil {
			t.Fatal(err)
		}
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
