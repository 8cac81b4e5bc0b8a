package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"colophon/locales"
)

// TestMain makes this test binary answer as the program itself inside scripts, and to be killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"colophon": main})
}

// TestScripts runs testdata/script: what a person types, and what they see.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"damage": damage},
		Setup: func(e *testscript.Env) error {
			e.Setenv("LC_ALL", "en_US.UTF-8")
			e.Setenv("COLOPHON_SHARED", os.Getenv("COLOPHON_SHARED"))
			return nil
		},
	})
}

// damage is a word of the scripts: it spoils one of the files below a folder.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	spoiled := false
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || spoiled || !entry.Type().IsRegular() {
			return err
		}
		spoiled = true
		return os.WriteFile(path, []byte("spoiled"), 0o600)
	}))
	if !spoiled {
		ts.Fatalf("no file below %s", args[0])
	}
}

// command runs a command line inside this process, with English words.
func command(t *testing.T, in string, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), args, streams{In: strings.NewReader(in), Out: &o, Err: &e, Words: locales.For("en")})
	return status, o.String(), e.String()
}

func TestExitStatus(t *testing.T) {
	for _, c := range []struct {
		args      []string
		status    int
		out, errs string
	}{
		{[]string{"version"}, exitDone, "colophon ", ""},
		{[]string{"--help"}, exitDone, "Usage: colophon", ""},
		{[]string{"version", "--help"}, exitDone, "Usage: colophon version", ""},
		{nil, exitUsage, "", "Usage: colophon"},
		{[]string{"publish-everything"}, exitUsage, "", "See colophon --help."},
		{[]string{"version", "--loud"}, exitUsage, "", "See colophon version --help."},
	} {
		status, out, errs := command(t, "", c.args...)
		if status != c.status || !strings.Contains(out, c.out) || !strings.Contains(errs, c.errs) || (c.errs == "") != (errs == "") {
			t.Errorf("colophon %v: status %d, output %q, errors %q; want %d, %q, %q", c.args, status, out, errs, c.status, c.out, c.errs)
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	s := streams{In: strings.NewReader("{}\n"), Out: &out, Err: &errs, Words: locales.For("ru")}
	err := eachLine(ctx, s, s.In, func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil })
	if status := report(s, err); status != exitFindings || !strings.Contains(errs.String(), "Остановлено") {
		t.Errorf("status %d, %q; want %d and a word that it stopped", status, errs.String(), exitFindings)
	}
}

func TestSystemLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{nil, "en"},
		{map[string]string{"LANG": "ru_RU.UTF-8"}, "ru"},
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_ALL": "hy_AM.UTF-8"}, "hy"},
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "hy_AM"}, "hy"},
		{map[string]string{"LC_ALL": "C.UTF-8"}, "en"},
		{map[string]string{"LANG": "hy_AM.ARMSCII-8@euro"}, "hy"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
	} {
		if got := locales.For(systemLanguage(func(name string) string { return c.env[name] })).Lang(); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

// A mistake in the command line is told in the person's language.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		lang string
		args []string
		want string
	}{
		{"en", []string{"search", "--lnag", "ru"}, "There is no flag --lnag"},
		{"ru", []string{"search", "--lnag", "ru"}, "Параметра --lnag"},
		{"ru", []string{"bogus"}, "Аргумент bogus здесь лишний."},
		{"ru", []string{"search", "word"}, "Не хватает: --lang=LANG."},
		{"hy", []string{"search", "word"}, "Պակասում է՝ --lang=LANG։"},
		{"hy", []string{"bogus"}, "bogus արգումենտն այստեղ ավելորդ է։"},
	} {
		var out, errs strings.Builder
		status := run(t.Context(), c.args, streams{In: strings.NewReader(""), Out: &out, Err: &errs, Words: locales.For(c.lang)})
		if status != exitUsage || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s %q: status %d, %q; want %q", c.lang, c.args, status, errs.String(), c.want)
		}
	}
}
