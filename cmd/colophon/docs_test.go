package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"colophon/locales"
)

// documented finds the rows of the tables of settings: | `--flag` | `COLOPHON_NAME` | default | … |
var documented = regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| `(COLOPHON_[A-Z_]+)` \\| ([^|]*) \\|")

// TestOperatorsGuide: docs/operators.md lists every setting that has an environment variable, with its default, and no other;
// and it names every command.
func TestOperatorsGuide(t *testing.T) {
	text, err := os.ReadFile("../../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := newParser(streams{Out: io.Discard, Err: io.Discard, Words: locales.For("en")}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	want, commandNames := settingsOf(parser.Model.Node)
	got := map[string]string{}
	for _, m := range documented.FindAllStringSubmatch(string(text), -1) {
		got[m[1]] = fmt.Sprintf("%s, default %q", m[2], strings.Trim(strings.TrimSpace(m[3]), "`"))
	}
	for _, flag := range slices.Sorted(maps.Keys(want)) {
		if got[flag] != want[flag] {
			t.Errorf("--%s: documented as %s, is %s", flag, got[flag], want[flag])
		}
	}
	for _, flag := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[flag]; !ok {
			t.Errorf("--%s is documented and is no setting", flag)
		}
	}
	for _, name := range commandNames {
		if !strings.Contains(string(text), "`colophon "+name) {
			t.Errorf("the command %q is not named", name)
		}
	}
}

// settingsOf lists the flags with an environment variable, and the commands, below a node.
func settingsOf(node *kong.Node) (settings map[string]string, commandNames []string) {
	settings = map[string]string{}
	for _, flag := range node.Flags {
		if len(flag.Envs) > 0 {
			settings[flag.Name] = fmt.Sprintf("%s, default %q", flag.Envs[0], flag.Default)
		}
	}
	for _, child := range node.Children {
		below, names := settingsOf(child)
		maps.Copy(settings, below)
		commandNames = append(commandNames, child.Name)
		for _, name := range names {
			commandNames = append(commandNames, child.Name+" "+name)
		}
	}
	return settings, commandNames
}
