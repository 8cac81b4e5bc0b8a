-- Several statements under one version of terms, and where a proposal that is not to be confirmed ends.
ALTER TABLE terms ADD COLUMN evidence TEXT;              -- JSON list of statements; empty: the one statement of the row
ALTER TABLE terms ADD COLUMN changed INTEGER NOT NULL DEFAULT 0; -- 1: words a version in force rests on have changed
ALTER TABLE terms ADD COLUMN dropped_at BIGINT NOT NULL DEFAULT 0; -- a proposal that does not wait any longer
ALTER TABLE terms ADD COLUMN dropped_by BIGINT NOT NULL DEFAULT 0; -- 0: the program, the outlet having taken its words back

-- When an outlet's statements were last found, and last looked for.
ALTER TABLE sources ADD COLUMN read_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN tried_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sources_tried ON sources (tried_at, id);

-- Work done in the background by whichever process holds its row.
CREATE TABLE jobs (
	name       TEXT   PRIMARY KEY,
	holder     TEXT   NOT NULL DEFAULT '',
	held_until BIGINT NOT NULL DEFAULT 0,  -- 0: nobody is at it
	due_at     BIGINT NOT NULL DEFAULT 0,
	started_at BIGINT NOT NULL DEFAULT 0,
	ended_at   BIGINT NOT NULL DEFAULT 0,
	failure    TEXT   NOT NULL DEFAULT ''  -- of the last run, empty: it went well
);
