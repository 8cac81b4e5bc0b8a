-- Outlets and their terms of reuse. Terms are versioned and never overwritten.
CREATE TABLE sources (
	id           BIGKEY,
	slug         TEXT    NOT NULL UNIQUE,
	host         TEXT    NOT NULL UNIQUE,
	home_url     TEXT    NOT NULL,
	names        TEXT,            -- JSON: language → name with stored case forms
	language     TEXT    NOT NULL DEFAULT '',
	jurisdiction TEXT    NOT NULL DEFAULT '', -- ISO 3166-1 alpha-2
	contact      TEXT    NOT NULL DEFAULT '',
	created_at   BIGINT  NOT NULL
);
CREATE TABLE captures (
	id           BIGKEY,
	url          TEXT    NOT NULL,
	final_url    TEXT    NOT NULL DEFAULT '',
	redirects    TEXT DEFAULT '[]',
	status       INTEGER NOT NULL DEFAULT 0,
	header       TEXT DEFAULT '{}',
	digest       TEXT    NOT NULL,            -- SHA-256 of the body, its name among the blobs
	size         BIGINT  NOT NULL,
	media_type   TEXT    NOT NULL DEFAULT '',
	origin       TEXT    NOT NULL,            -- fetch, upload
	overrode     TEXT    NOT NULL DEFAULT '', -- the reason robots.txt was overridden
	by_member    BIGINT  NOT NULL DEFAULT 0,
	at           BIGINT  NOT NULL
);
CREATE INDEX captures_url ON captures (url, id);
CREATE INDEX captures_digest ON captures (digest);
CREATE TABLE terms (
	id           BIGKEY,
	source_id    BIGINT  NOT NULL REFERENCES sources (id),
	version      INTEGER NOT NULL,
	statement    TEXT    NOT NULL,
	language     TEXT    NOT NULL DEFAULT '',
	stands       TEXT    NOT NULL DEFAULT '', -- header, footer, …: where on the page
	page_url     TEXT    NOT NULL DEFAULT '',
	capture_id   BIGINT  NOT NULL REFERENCES captures (id),
	clauses      TEXT,            -- JSON list
	proposed_at  BIGINT  NOT NULL,
	proposed_by  BIGINT  NOT NULL DEFAULT 0,  -- 0: read by the program
	confirmed_at BIGINT  NOT NULL DEFAULT 0,
	confirmed_by BIGINT  NOT NULL DEFAULT 0,
	note         TEXT    NOT NULL DEFAULT '',
	UNIQUE (source_id, version)
);

-- Articles, their addresses and revisions.
CREATE TABLE articles (
	id           BIGKEY,
	source_id    BIGINT  NOT NULL REFERENCES sources (id),
	slug         TEXT    NOT NULL UNIQUE,
	url          TEXT    NOT NULL,            -- canonical, as published
	language     TEXT    NOT NULL,
	section      TEXT    NOT NULL DEFAULT '',
	revision_id  BIGINT  NOT NULL DEFAULT 0,  -- the current one
	first_seen   BIGINT  NOT NULL,
	last_seen    BIGINT  NOT NULL,
	created_by   BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX articles_source ON articles (source_id, id);
CREATE INDEX articles_section ON articles (section, id);
CREATE TABLE article_addresses (
	address      TEXT    PRIMARY KEY,         -- normalised, see Normalise
	article_id   BIGINT  NOT NULL REFERENCES articles (id)
);
CREATE INDEX article_addresses_article ON article_addresses (article_id);
CREATE TABLE revisions (
	id           BIGKEY,
	article_id   BIGINT  NOT NULL REFERENCES articles (id),
	number       INTEGER NOT NULL,
	capture_id   BIGINT  NOT NULL REFERENCES captures (id),
	digest       TEXT    NOT NULL,            -- SHA-256 over the blocks in order
	title        TEXT    NOT NULL,
	authors      TEXT DEFAULT '[]',
	published_at TEXT    NOT NULL DEFAULT '', -- RFC 3339 with the page's own precision
	modified_at  TEXT    NOT NULL DEFAULT '',
	section      TEXT    NOT NULL DEFAULT '',
	meta         TEXT,            -- JSON: site name, tags, images, alternates, upstream, licence
	characters   INTEGER NOT NULL,
	words        INTEGER NOT NULL,
	created_at   BIGINT  NOT NULL,
	UNIQUE (article_id, number)
);
CREATE INDEX revisions_digest ON revisions (digest);
CREATE TABLE blocks (
	id           BIGKEY,
	revision_id  BIGINT  NOT NULL REFERENCES revisions (id),
	position     INTEGER NOT NULL,
	block_key    TEXT    NOT NULL,            -- the identity, kept across the revisions of an article
	kind         TEXT    NOT NULL,
	level        INTEGER NOT NULL DEFAULT 0,
	html         TEXT    NOT NULL,
	text         TEXT    NOT NULL,
	figure       TEXT DEFAULT '', -- JSON of a figure or embed, empty for text
	hash         TEXT    NOT NULL,
	UNIQUE (revision_id, position),
	UNIQUE (revision_id, block_key)
);
CREATE TABLE ingest_events (
	id           BIGKEY,
	url          TEXT    NOT NULL,
	article_id   BIGINT  NOT NULL DEFAULT 0,
	outcome      TEXT    NOT NULL,            -- new, revised, unchanged, failed
	fault        TEXT    NOT NULL DEFAULT '', -- message ID
	data         TEXT DEFAULT '{}',
	by_member    BIGINT  NOT NULL DEFAULT 0,
	at           BIGINT  NOT NULL
);
CREATE INDEX ingest_events_article ON ingest_events (article_id, id);
-- Pictures of articles, as blobs.
CREATE TABLE assets (
	id           BIGKEY,
	article_id   BIGINT  NOT NULL REFERENCES articles (id),
	url          TEXT    NOT NULL,
	digest       TEXT    NOT NULL,
	media_type   TEXT    NOT NULL,
	size         BIGINT  NOT NULL,
	at           BIGINT  NOT NULL,
	UNIQUE (article_id, url)
);
CREATE INDEX assets_digest ON assets (digest);
-- Blobs put but not yet named by a capture; what a killed process leaves here is removed at the next start.
CREATE TABLE pending_blobs (
	id           BIGKEY,
	digest       TEXT    NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX pending_blobs_digest ON pending_blobs (digest);
