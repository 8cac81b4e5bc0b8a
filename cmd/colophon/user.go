package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"colophon/archive/fault"
	"colophon/translations"
	"colophon/translations/workflow"
)

// userCmd is "colophon user": the people of the desk.
type userCmd struct {
	Add userAddCmd `cmd:"" help:"Add a person to the translation desk."`
}

// userAddCmd is "colophon user add".
type userAddCmd struct {
	storeFlags `embed:""`

	Email         string   `arg:"" help:"E-mail address, which is the name to sign in with."`
	Name          string   `required:"" help:"Name as readers see it."`
	Roles         []string `name:"role" required:"" placeholder:"ROLE[:LANG]" help:"translator, editor or administrator, for one language or for all: --role editor:hy --role translator:ru."`
	Language      string   `name:"lang" default:"en" help:"Language of the interface: en, ru or hy. Default: ${default}."`
	PasswordStdin bool     `help:"Read the password from standard input; without this one is made up and printed."`
}

// Run adds the person and prints the password where it was made up.
func (c userAddCmd) Run(ctx context.Context, s streams) error {
	member := translations.Member{Name: strings.TrimSpace(c.Name), Email: strings.TrimSpace(c.Email), Language: c.Language}
	for _, role := range c.Roles {
		name, lang, _ := strings.Cut(role, ":")
		if !slices.Contains(workflow.Roles(), workflow.Role(name)) {
			return usageError{fault.New(fault.ErrInvalid, "cli.user.role", fault.Data{"Role": name})}
		}
		member.Grants = append(member.Grants, translations.Grant{Role: workflow.Role(name), Language: lang})
	}
	password := rand.Text() // 128 bits or more
	if c.PasswordStdin {
		line, err := bufio.NewReader(io.LimitReader(s.In, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	}
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.db.Close()
	if member, err = store.desk.AddMember(ctx, member, password, 0); err != nil {
		return err
	}
	fmt.Fprintln(s.Err, s.Words.Text("cli.user.added", map[string]any{"Name": member.Name, "Email": member.Email}))
	if !c.PasswordStdin {
		fmt.Fprintln(s.Out, password)
	}
	return nil
}
