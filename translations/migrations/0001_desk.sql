-- People.
CREATE TABLE members (
	id           BIGKEY,
	name         TEXT    NOT NULL,
	email        TEXT    NOT NULL UNIQUE,     -- lower case
	password     TEXT    NOT NULL,            -- argon2id
	language     TEXT    NOT NULL DEFAULT 'en',
	created_at   BIGINT  NOT NULL,
	disabled_at  BIGINT  NOT NULL DEFAULT 0
);
CREATE TABLE member_roles (
	member_id    BIGINT  NOT NULL REFERENCES members (id),
	role         TEXT    NOT NULL,
	language     TEXT    NOT NULL,            -- empty: every language
	PRIMARY KEY (member_id, role, language)
);
CREATE TABLE sessions (
	id           BIGKEY,
	token_hash   TEXT    NOT NULL UNIQUE,     -- SHA-256 of the cookie's value
	member_id    BIGINT  NOT NULL REFERENCES members (id),
	device       TEXT    NOT NULL DEFAULT '',
	address      TEXT    NOT NULL DEFAULT '',
	created_at   BIGINT  NOT NULL,
	seen_at      BIGINT  NOT NULL,
	expires_at   BIGINT  NOT NULL
);
CREATE INDEX sessions_member ON sessions (member_id);
CREATE TABLE login_failures (
	id           BIGKEY,
	who          TEXT    NOT NULL,            -- e-mail or network address
	at           BIGINT  NOT NULL
);
CREATE INDEX login_failures_who ON login_failures (who, at);

-- Versions and their targets.
CREATE TABLE versions (
	id           BIGKEY,
	article_id   BIGINT  NOT NULL REFERENCES articles (id),
	language     TEXT    NOT NULL,
	revision_id  BIGINT  NOT NULL REFERENCES revisions (id), -- the one it was last made against as a whole
	state        TEXT    NOT NULL,
	standing     TEXT    NOT NULL,            -- the column of the board; recomputed in every operation that could move it
	stale        BOOLEAN NOT NULL,            -- likewise: an index of a comparison, never its source
	target_hash  TEXT    NOT NULL DEFAULT '',
	assignee_id  BIGINT  NOT NULL DEFAULT 0,
	priority     INTEGER NOT NULL DEFAULT 0,  -- 0 none, 1 high, 2 first
	due_at       BIGINT  NOT NULL DEFAULT 0,
	done         INTEGER NOT NULL DEFAULT 0,  -- confirmed blocks
	total        INTEGER NOT NULL DEFAULT 0,
	held         BOOLEAN NOT NULL DEFAULT FALSE, -- the gate refused it last time
	created_by   BIGINT  NOT NULL DEFAULT 0,
	created_at   BIGINT  NOT NULL,
	updated_at   BIGINT  NOT NULL,
	UNIQUE (article_id, language)
);
CREATE INDEX versions_board ON versions (standing, priority DESC, updated_at DESC, id DESC);
CREATE INDEX versions_board_language ON versions (language, standing, priority DESC, updated_at DESC, id DESC);
CREATE INDEX versions_assignee ON versions (assignee_id, standing, updated_at DESC);
CREATE TABLE targets (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	block_key    TEXT    NOT NULL,
	number       INTEGER NOT NULL,            -- counts the saves of this block
	text         TEXT    NOT NULL,            -- with inline codes
	status       TEXT    NOT NULL,            -- draft, confirmed
	source_hash  TEXT    NOT NULL,            -- of the block it was made against
	source_text  TEXT    NOT NULL,            -- that block as codes and text, to show the difference from
	author_id    BIGINT  NOT NULL,
	updated_at   BIGINT  NOT NULL,
	UNIQUE (version_id, block_key)
);
CREATE TABLE target_history (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	block_key    TEXT    NOT NULL,
	number       INTEGER NOT NULL,
	text         TEXT    NOT NULL,
	status       TEXT    NOT NULL,
	source_hash  TEXT    NOT NULL,
	origin       TEXT    NOT NULL,            -- typed, restored, memory, carried, cosmetic
	author_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX target_history_block ON target_history (version_id, block_key, id);
CREATE TABLE comments (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	block_key    TEXT    NOT NULL,
	side         TEXT    NOT NULL DEFAULT 'target',
	start_at     INTEGER NOT NULL DEFAULT 0,  -- byte offsets into the text; both 0: the whole block
	end_at       INTEGER NOT NULL DEFAULT 0,
	quote        TEXT    NOT NULL DEFAULT '',
	text         TEXT    NOT NULL,
	author_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL,
	resolved_at  BIGINT  NOT NULL DEFAULT 0,
	resolved_by  BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX comments_version ON comments (version_id, id);
CREATE TABLE reviews (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	verdict      TEXT    NOT NULL,            -- submitted, taken_back, changes_requested, approved
	comment      TEXT    NOT NULL DEFAULT '',
	source_hash  TEXT    NOT NULL,
	target_hash  TEXT    NOT NULL,
	text         TEXT, -- JSON: block key → target as it was, to compare with
	member_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX reviews_version ON reviews (version_id, id);
CREATE TABLE approvals (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	revision_id  BIGINT  NOT NULL REFERENCES revisions (id),
	source_hash  TEXT    NOT NULL,
	target_hash  TEXT    NOT NULL,
	waiver       TEXT    NOT NULL DEFAULT '', -- why four eyes were waived
	cosmetic     TEXT    NOT NULL DEFAULT '', -- why a change of the source kept the approval
	answers      TEXT DEFAULT '{}',
	member_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX approvals_version ON approvals (version_id, target_hash, source_hash);

-- What readers see. A publication is immutable; the shelf is the pointer to it with what lists need.
CREATE TABLE publications (
	id           BIGKEY,
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	article_id   BIGINT  NOT NULL REFERENCES articles (id),
	revision_id  BIGINT  NOT NULL REFERENCES revisions (id),
	approval_id  BIGINT  NOT NULL REFERENCES approvals (id),
	terms_id     BIGINT  NOT NULL REFERENCES terms (id),
	language     TEXT    NOT NULL,
	source_hash  TEXT    NOT NULL,
	target_hash  TEXT    NOT NULL,
	content      TEXT,            -- JSON of Content
	findings     TEXT,            -- JSON: what the gate found
	reasons      TEXT DEFAULT '{}', -- JSON: clause kind → why an unmet should was passed
	member_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX publications_article ON publications (article_id, language, id);
CREATE TABLE shelf (
	article_id     BIGINT  NOT NULL REFERENCES articles (id),
	language       TEXT    NOT NULL,
	publication_id BIGINT  NOT NULL REFERENCES publications (id),
	version_id     BIGINT  NOT NULL REFERENCES versions (id),
	source_id      BIGINT  NOT NULL,
	slug           TEXT    NOT NULL,
	section        TEXT    NOT NULL,          -- slug of a section, or empty
	card           TEXT,          -- JSON of Card: what a list shows
	first_at       BIGINT  NOT NULL,          -- first published here
	at             BIGINT  NOT NULL,          -- this publication
	PRIMARY KEY (article_id, language)
);
CREATE INDEX shelf_front ON shelf (language, first_at DESC, article_id DESC);
CREATE INDEX shelf_section ON shelf (language, section, first_at DESC, article_id DESC);
CREATE INDEX shelf_source ON shelf (source_id, first_at DESC, article_id DESC);
CREATE TABLE sections (
	id             BIGKEY,
	slug           TEXT    NOT NULL UNIQUE,
	names          TEXT,          -- JSON: language → name
	position       INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE section_aliases (
	alias          TEXT    PRIMARY KEY,       -- as outlets write it, lower case
	section_id     BIGINT  NOT NULL REFERENCES sections (id)
);
CREATE TABLE withdrawals (
	id             BIGKEY,
	publication_id BIGINT  NOT NULL REFERENCES publications (id),
	article_id     BIGINT  NOT NULL,
	language       TEXT    NOT NULL,
	reason         TEXT    NOT NULL,
	member_id      BIGINT  NOT NULL,
	at             BIGINT  NOT NULL
);
CREATE INDEX withdrawals_article ON withdrawals (article_id, language, id);
CREATE TABLE views (
	article_id   BIGINT  NOT NULL,
	language     TEXT    NOT NULL,
	count        BIGINT  NOT NULL,
	PRIMARY KEY (article_id, language)
);

-- What happened, in order. Append only.
CREATE TABLE history (
	id           BIGKEY,
	subject      TEXT    NOT NULL,            -- version, source, article, member, settings
	subject_id   BIGINT  NOT NULL,
	event        TEXT    NOT NULL,
	data         TEXT DEFAULT '{}',
	member_id    BIGINT  NOT NULL,
	at           BIGINT  NOT NULL
);
CREATE INDEX history_subject ON history (subject, subject_id, id);
CREATE TABLE settings (
	name         TEXT    PRIMARY KEY,
	value        TEXT    NOT NULL
);
