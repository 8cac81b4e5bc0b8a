-- Whether the originals of what readers see still answer at their outlets.
CREATE TABLE link_health (
	article_id    BIGINT  PRIMARY KEY REFERENCES articles (id),
	source_id     BIGINT  NOT NULL,
	state         TEXT    NOT NULL DEFAULT '', -- alive, moved, failing, dead, closed; empty: never checked
	since         BIGINT  NOT NULL DEFAULT 0,  -- of the state
	failures      INTEGER NOT NULL DEFAULT 0,  -- in a row
	first_failure BIGINT  NOT NULL DEFAULT 0,  -- of that row
	checked_at    BIGINT  NOT NULL DEFAULT 0,
	next_at       BIGINT  NOT NULL
);
CREATE INDEX link_health_next ON link_health (next_at);
CREATE INDEX link_health_source ON link_health (source_id, state);
-- What the checks found. Checks that found the same one after the other are one row.
CREATE TABLE link_checks (
	id            BIGKEY,
	article_id    BIGINT  NOT NULL REFERENCES articles (id),
	at            BIGINT  NOT NULL,            -- the first of them
	last_at       BIGINT  NOT NULL,
	times         INTEGER NOT NULL,
	status        INTEGER NOT NULL DEFAULT 0,  -- of HTTP; 0: no answer
	outcome       TEXT    NOT NULL,            -- alive, moved, soft, gone, failed, refused
	final_url     TEXT    NOT NULL DEFAULT '',
	fault         TEXT    NOT NULL DEFAULT ''  -- message ID
);
CREATE INDEX link_checks_article ON link_checks (article_id, id);
