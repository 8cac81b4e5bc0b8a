-- What was signed with an outlet, or given in writing. Never deleted: one that no longer holds was ended, or ran out.
CREATE TABLE agreements (
	id           BIGKEY,
	source_id    BIGINT  NOT NULL REFERENCES sources (id),
	kind         TEXT    NOT NULL,            -- agreement, grant
	title        TEXT    NOT NULL,
	signed_by    TEXT    NOT NULL,            -- who gave it, for the outlet
	allows       TEXT DEFAULT '[]',           -- JSON list: text, full, excerpt, translation, photo, commercial, editing
	languages    TEXT DEFAULT '[]',           -- JSON list; empty: every language
	begins       BIGINT  NOT NULL DEFAULT 0,
	ends         BIGINT  NOT NULL DEFAULT 0,  -- the first instant it no longer holds; 0: no end
	max_uses     INTEGER NOT NULL DEFAULT 0,  -- pages that may rest on it; 0: any number
	overrides    BOOLEAN NOT NULL DEFAULT FALSE, -- stands above stricter terms
	statement    TEXT    NOT NULL DEFAULT '', -- the words its clauses rest on
	language     TEXT    NOT NULL DEFAULT '', -- of the statement
	clauses      TEXT DEFAULT '[]',           -- JSON list
	file_name    TEXT    NOT NULL,
	media_type   TEXT    NOT NULL,
	digest       TEXT    NOT NULL,            -- SHA-256 of the file, its name among the blobs
	size         BIGINT  NOT NULL,
	recorded_by  BIGINT  NOT NULL,
	recorded_at  BIGINT  NOT NULL,
	ended_by     BIGINT  NOT NULL DEFAULT 0,
	ended_at     BIGINT  NOT NULL DEFAULT 0,
	ended_why    TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX agreements_source ON agreements (source_id, id);
CREATE INDEX agreements_ends ON agreements (ends, id);
CREATE INDEX agreements_digest ON agreements (digest);
-- The publications that rest on an agreement. A page counts once, however often it is published anew.
CREATE TABLE agreement_uses (
	agreement_id   BIGINT NOT NULL REFERENCES agreements (id),
	publication_id BIGINT NOT NULL,
	article_id     BIGINT NOT NULL,
	language       TEXT   NOT NULL,
	at             BIGINT NOT NULL,
	PRIMARY KEY (agreement_id, publication_id)
);
CREATE INDEX agreement_uses_publication ON agreement_uses (publication_id);
CREATE INDEX agreement_uses_page ON agreement_uses (agreement_id, article_id, language);
