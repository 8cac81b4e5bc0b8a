// Command colophon is the whole program: the web application and every command beside it.
//
// One file holds one command. A command is a struct whose fields are its arguments and flags, and one method:
//
//	// segmentCmd is "colophon segment": cuts text into sentences.
//	type segmentCmd struct {
//		JSONL bool     `name:"jsonl" help:"Read and write JSON Lines."`
//		Files []string `arg:"" optional:"" help:"Files to read; standard input where none is named."`
//	}
//
//	func (c segmentCmd) Run(ctx context.Context, s streams) error { … }
//
// It gets its line in the struct commands below, and nothing else has to know of it. Run reads s.In, writes results to
// s.Out and remarks for people to s.Err, and never touches os.Stdin, os.Stdout, os.Stderr or os.Exit, so that tests run
// it in the test's own process. It returns nil (exit status 0), errFindings when it has already said what is wrong
// (status 1), a usageError (status 2), or any other error, which main puts into words (status 1).
// Settings that several commands share are groups of flags in config.go, embedded with `embed:""`; they are read once
// and handed on as values. JSON Lines go through eachLine in jsonl.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"colophon/archive/fault"
	"colophon/locales"
)

// commands is the command line. Keep it in the order of the help: people's daily work first.
type commands struct {
	Extract extractCmd `cmd:"" help:"Read the article out of saved pages; no database needed."`
	Rights  rightsCmd  `cmd:"" help:"Read an outlet's terms of reuse; check pages against them."`
	Segment segmentCmd `cmd:"" help:"Cut text into sentences; no database needed."`
	Serve   serveCmd   `cmd:"" help:"Serve the web application: public pages and the translation desk."`
	Version versionCmd `cmd:"" help:"Print the version."`
	Ingest  ingestCmd  `cmd:"" help:"Take pages into the archive, from addresses and files."`
	Search  searchCmd  `cmd:"" help:"Look words up in what is public."`
	User    userCmd    `cmd:"" help:"Add people to the translation desk."`
	Doctor  doctorCmd  `cmd:"" help:"Say whether everything the archive needs is there and sound."`
}

// streams are the three streams of a command.
type streams struct {
	In       io.Reader
	Out, Err io.Writer
	Words    *locales.Localizer // the language remarks and errors are written in
}

// errFindings ends a command that has already written what it found: exit status 1, and no further word.
var errFindings = errors.New("findings")

// usageError is a mistake in the command line itself: exit status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// The exit statuses.
const (
	exitDone     = 0
	exitFindings = 1
	exitUsage    = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	s := streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Words: locales.For(systemLanguage(os.Getenv))}
	status := run(ctx, os.Args[1:], s)
	stop()
	os.Exit(status)
}

// run reads the command line, runs its command, writes its error in words, and returns the exit status.
func run(ctx context.Context, args []string, s streams) (status int) {
	// kong ends the process after --help; in here that is a panic of a type of our own, caught at once.
	type exit int
	defer func() {
		switch p := recover().(type) {
		case nil:
		case exit:
			status = int(p)
		default:
			panic(p)
		}
	}()

	if len(args) == 0 {
		s.Out = s.Err
		run(ctx, []string{"--help"}, s)
		return exitUsage
	}
	parser, err := newParser(s, func(code int) { panic(exit(code)) })
	if err != nil {
		return report(s, err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return report(s, err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(s)
	return report(s, command.Run())
}

// newParser builds the parser of the command line; exit is called after --help.
func newParser(s streams, exit func(int)) (*kong.Kong, error) {
	return kong.New(new(commands),
		kong.Name("colophon"),
		kong.Description("Keeps articles in the language they were written in, carries them into English, Russian and Armenian, "+
			"and publishes nothing that breaks the terms it is republished under."),
		kong.Writers(s.Out, s.Err),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.ShortUsageOnError(),
	)
}

// report writes an error for people and returns the exit status that goes with it.
func report(s streams, err error) int {
	var usage usageError
	var parse *kong.ParseError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &parse):
		fmt.Fprintf(s.Err, "colophon: %s\n%s\n", mistake(s.Words, err), s.Words.Text("cli.usage", map[string]any{"Command": helpOf(parse.Context)}))
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(s.Err, "colophon: %s\n", words(s.Words, err))
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(s.Err, "colophon: %s\n", s.Words.Text("cli.interrupted", nil))
		return exitFindings
	default:
		fmt.Fprintf(s.Err, "colophon: %s\n", words(s.Words, err))
		return exitFindings
	}
}

// words is an error as a person reads it: the message of its fault, or where it carries none the error's own text.
func words(l *locales.Localizer, err error) string {
	if id, data, ok := fault.Message(err); ok {
		return l.Text(id, data)
	}
	return err.Error()
}

// mistake is what is wrong with a command line, in words. The parser knows English only; what people get wrong every
// day is said in their language, the rest as the parser says it.
func mistake(l *locales.Localizer, err error) string {
	text := err.Error()
	if what, ok := strings.CutPrefix(text, "unknown flag "); ok {
		return l.Text("cli.mistake.flag", map[string]any{"What": what})
	}
	if what, ok := strings.CutPrefix(text, "unexpected argument "); ok {
		return l.Text("cli.mistake.argument", map[string]any{"What": what})
	}
	if what, ok := strings.CutPrefix(text, "missing flags: "); ok {
		return l.Text("cli.mistake.missing", map[string]any{"What": what})
	}
	if what, ok := strings.CutPrefix(text, "expected "); ok {
		return l.Text("cli.mistake.missing", map[string]any{"What": strings.Trim(what, `"`)})
	}
	return text
}

// helpOf is the command line that explains the command a person got wrong, such as "colophon ingest --help".
func helpOf(c *kong.Context) string {
	words := []string{"colophon"}
	if c != nil {
		for _, p := range c.Path {
			if p.Command != nil {
				words = append(words, p.Command.Name)
			}
		}
	}
	return strings.Join(append(words, "--help"), " ")
}

// systemLanguage is the language of the environment as POSIX orders its variables: LC_ALL, LC_MESSAGES, LANG.
func systemLanguage(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			tag, _, _ := strings.Cut(v, ".")
			tag, _, _ = strings.Cut(tag, "@")
			return strings.ReplaceAll(tag, "_", "-")
		}
	}
	return "en"
}
