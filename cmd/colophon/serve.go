package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/translations"
	"colophon/translations/demo"
	"colophon/web"
)

// serveCmd is "colophon serve": the web application.
type serveCmd struct {
	storeFlags `embed:""`
	fetchFlags `embed:""`

	Addr    string        `default:"127.0.0.1:8080" env:"COLOPHON_ADDR" help:"Address to listen at. Default: ${default}."`
	Origin  string        `env:"COLOPHON_ORIGIN" placeholder:"URL" help:"Scheme and host readers use, such as https://colophon.example; without it, the address listened at."`
	Site    string        `default:"Colophon" env:"COLOPHON_SITE" help:"Name of the site. Default: ${default}."`
	Zone    string        `default:"Asia/Yerevan" env:"COLOPHON_ZONE" help:"Time zone in which times are shown. Default: ${default}."`
	Proxies []string      `env:"COLOPHON_PROXIES" placeholder:"ADDR" help:"Addresses of reverse proxies whose X-Forwarded-For is believed, such as 127.0.0.1 or 10.0.0.0/8."`
	Demo    bool          `env:"COLOPHON_DEMO" help:"Fill an empty archive with the sample newsroom: articles in three languages, and people."`
	Jobs    bool          `default:"true" negatable:"" env:"COLOPHON_JOBS" help:"Do the background work in this process. Default: ${default}."`
	Reread  time.Duration `default:"168h" env:"COLOPHON_REREAD" help:"How often the pages an outlet's terms stand on are read again; 0 for never. Default: ${default}."`
	JSON    bool          `name:"log-json" env:"COLOPHON_LOG_JSON" help:"Write the log as JSON Lines."`
}

// store is an open archive with its desk.
type store struct {
	db      *database.DB
	archive *archive.Archive
	desk    *translations.Desk
}

// open opens the archive and brings its tables up to date.
func (f storeFlags) open(ctx context.Context) (*store, error) {
	db, err := database.Open(ctx, database.Settings{URL: f.Database, Dir: f.Data})
	if err != nil {
		return nil, err
	}
	out := &store{db: db}
	blobs, err := database.OpenFiles(filepath.Join(f.Data, "captures"))
	if err == nil {
		out.archive, err = archive.Open(ctx, db, blobs, nil)
	}
	if err == nil {
		out.desk, err = translations.Open(ctx, out.archive)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return out, nil
}

// Run implements the command.
func (c serveCmd) Run(ctx context.Context, s streams) error {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return usageError{fmt.Errorf("--zone: %w", err)}
	}
	var handler slog.Handler = slog.NewTextHandler(s.Err, nil)
	if c.JSON {
		handler = slog.NewJSONHandler(s.Err, nil)
	}
	logger := slog.New(handler)
	slog.SetDefault(logger) // the storage packages warn through it
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err := st.db.Close(); err != nil {
			logger.Error("close the database", "error", err)
		}
	}()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return listening(c.Addr, err)
	}
	origin := c.Origin
	if origin == "" {
		origin = "http://" + reachable(listener.Addr().String())
	}
	fetcher := c.fetcher()
	defer fetcher.Close()
	app, err := web.New(web.Settings{
		Log: logger, Fetcher: fetcher, Archive: st.archive, Desk: st.desk, Origin: origin, Site: c.Site, Zone: zone, TrustedProxies: c.Proxies,
		Ready: st.db.Ping,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if c.Demo {
		if err := fillDemo(ctx, s, st, app); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	fmt.Fprintf(s.Out, "Colophon %s\n  readers   %s/\n  the desk  %s/desk\n", buildVersion(), origin, origin)
	running, stop := context.WithCancel(context.WithoutCancel(ctx)) // what is counted is written after the last request
	done := make(chan struct{})
	go func() { defer close(done); app.Run(running) }()
	defer func() { stop(); <-done }()
	if c.Jobs {
		background, cancel := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() { defer close(ended); runJobs(background, st.archive, logger, c.jobs(app, st, fetcher)) }()
		defer func() { cancel(); <-ended }()
	}
	return serve(ctx, listener, app, logger)
}

// termsAtOnce bounds how many outlets one run of reading terms again looks at.
const termsAtOnce = 20

// jobs is the background work.
func (c serveCmd) jobs(app *web.Server, st *store, f *ingest.Fetcher) []job {
	return []job{
		{"links", time.Hour, app.CheckLinks},
		{"republications", time.Hour, app.CheckRepublications},
		{"read-terms", min(c.Reread, time.Hour), func(ctx context.Context) error {
			return st.desk.ReadTermsAgain(ctx, f, st.archive.Now().Add(-c.Reread), termsAtOnce)
		}},
	}
}

// fillDemo fills an empty archive and tells how to sign in. A desk with people of its own is left alone.
func fillDemo(ctx context.Context, s streams, st *store, app *web.Server) error {
	if _, err := demo.Fill(ctx, st.archive, st.desk, app); err != nil {
		return err
	}
	n, err := demo.Load()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "The sample newsroom. Everybody's password is %s\n", n.Password)
	for _, p := range n.People {
		var roles []string
		for _, r := range p.Roles {
			roles = append(roles, strings.Join(append([]string{r.Name}, r.Languages...), " "))
		}
		fmt.Fprintf(s.Out, "  %-28s %s\n", p.Login, strings.Join(roles, ", "))
	}
	return nil
}

// reachable is an address a person can open: a listener on every interface is reached at localhost.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// How long a connection may take for each step; a stuck one must not hold a worker or the shutdown.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 2 * time.Minute // an upload over a slow line
	writeTimeout      = 5 * time.Minute // many pages fetched while the answer grows
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 15 * time.Second
)

// serve answers until ctx ends, then finishes what is under way.
func serve(ctx context.Context, l net.Listener, h http.Handler, logger *slog.Logger) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	logger.Info("stopping: finishing what is under way", "at most", shutdownTimeout)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// listening says why an address cannot be listened at.
func listening(addr string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fault.Wrap(fault.ErrUnavailable, "cli.serve.inuse", fault.Data{"Addr": addr}, err)
	}
	return fault.Wrap(fault.ErrInvalid, "cli.serve.listen", fault.Data{"Addr": addr}, err)
}
