-- Texts taken from readers because somebody asked. Nothing of an article is published while one is open for its language.
CREATE TABLE takedowns (
	id             BIGKEY,
	article_id     BIGINT  NOT NULL REFERENCES articles (id),
	language       TEXT    NOT NULL,          -- empty: every language
	asked_by       TEXT    NOT NULL,          -- who asked, as they named themselves
	asked_on       TEXT    NOT NULL,          -- the day, 2025-09-03
	basis          TEXT    NOT NULL,          -- rightsholder, court, privacy, law, terms, mistake, other
	reason         TEXT    NOT NULL,
	taken          TEXT,                      -- JSON: what stood on the shelf, to be put back
	member_id      BIGINT  NOT NULL,
	at             BIGINT  NOT NULL,
	restored_at    BIGINT  NOT NULL DEFAULT 0,
	restored_by    BIGINT  NOT NULL DEFAULT 0,
	restored_why   TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX takedowns_article ON takedowns (article_id, id);
ALTER TABLE withdrawals ADD COLUMN takedown_id BIGINT NOT NULL DEFAULT 0;
