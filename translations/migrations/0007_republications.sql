-- Pages of others that carry texts of ours, what checks of them found, and where readers come from.
CREATE TABLE republications (
	id            BIGKEY,
	url           TEXT    NOT NULL,
	address       TEXT    NOT NULL UNIQUE,      -- normalised
	host          TEXT    NOT NULL,
	article_id    BIGINT  NOT NULL DEFAULT 0,   -- 0: not known yet
	language      TEXT    NOT NULL DEFAULT '',
	origin        TEXT    NOT NULL,             -- list, referrer, beacon
	state         TEXT    NOT NULL DEFAULT '',  -- met, unmet, undecidable, failed; empty: not checked yet
	title         TEXT    NOT NULL DEFAULT '',
	failures      INTEGER NOT NULL DEFAULT 0,
	added_by      BIGINT  NOT NULL DEFAULT 0,
	added_at      BIGINT  NOT NULL,
	checked_at    BIGINT  NOT NULL DEFAULT 0,
	next_at       BIGINT  NOT NULL,
	retired_at    BIGINT  NOT NULL DEFAULT 0    -- taken from the list; the record stays
);
CREATE INDEX republications_next ON republications (next_at);
CREATE INDEX republications_host ON republications (host);
CREATE TABLE republication_checks (
	id               BIGKEY,
	republication_id BIGINT  NOT NULL REFERENCES republications (id),
	at               BIGINT  NOT NULL,
	outcome          TEXT    NOT NULL,
	capture_id       BIGINT  NOT NULL DEFAULT 0, -- what was found, as it was found
	unmet            TEXT    NOT NULL DEFAULT '',-- kinds, with spaces between
	fault            TEXT    NOT NULL DEFAULT '',-- message ID of why the page could not be had
	data             TEXT DEFAULT '{}'
);
CREATE INDEX republication_checks_of ON republication_checks (republication_id, id);
-- Pages that readers came from, and pages that showed a counter of ours: host and path alone, counted by day.
CREATE TABLE republication_leads (
	kind          TEXT    NOT NULL,             -- referrer, beacon
	day           INTEGER NOT NULL,             -- 20250903
	host          TEXT    NOT NULL,
	path          TEXT    NOT NULL,
	article_id    BIGINT  NOT NULL,
	language      TEXT    NOT NULL,
	count         BIGINT  NOT NULL,
	PRIMARY KEY (day, kind, host, path, article_id, language)
);
-- What people have decided on whole hosts.
CREATE TABLE republication_hosts (
	host          TEXT    PRIMARY KEY,
	rule          TEXT    NOT NULL,             -- check, ignore
	by_member     BIGINT  NOT NULL,
	at            BIGINT  NOT NULL
);
