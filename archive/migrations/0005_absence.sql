-- Pages of terms that answered, but not with what was there: how often in a row, and on how many days.
CREATE TABLE absences (
	source_id      BIGINT  NOT NULL REFERENCES sources (id),
	page_url       TEXT    NOT NULL,
	why            TEXT    NOT NULL,            -- see ingest.Absence; unreachable: there was no answer
	reads          INTEGER NOT NULL,            -- in a row
	days           INTEGER NOT NULL,            -- different ones among them
	first_at       BIGINT  NOT NULL,
	last_at        BIGINT  NOT NULL,
	capture_id     BIGINT  NOT NULL DEFAULT 0,  -- of the first answer; 0: there was none
	PRIMARY KEY (source_id, page_url)
);
