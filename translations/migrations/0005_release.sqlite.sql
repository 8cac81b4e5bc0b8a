-- When readers see what stands on the shelf: from an instant on, and up to another. What is shown is a comparison with
-- the clock. An article can be there twice in a language: as it is seen, and as it will be from an instant on.
CREATE TABLE shelf_next (
	article_id     BIGINT  NOT NULL REFERENCES articles (id),
	language       TEXT    NOT NULL,
	publication_id BIGINT  NOT NULL REFERENCES publications (id),
	version_id     BIGINT  NOT NULL REFERENCES versions (id),
	source_id      BIGINT  NOT NULL,
	slug           TEXT    NOT NULL,
	section        TEXT    NOT NULL,          -- slug of a section, or empty
	card           TEXT,          -- JSON of Card: what a list shows
	first_at       BIGINT  NOT NULL,          -- first shown here
	at             BIGINT  NOT NULL,          -- this publication
	shown_from     BIGINT  NOT NULL DEFAULT 0,
	shown_until    BIGINT  NOT NULL DEFAULT 9223372036854775807,
	PRIMARY KEY (article_id, language, shown_from)
);
INSERT INTO shelf_next SELECT article_id, language, publication_id, version_id, source_id, slug, section, card, first_at, at, first_at, 9223372036854775807 FROM shelf;
DROP TABLE shelf;
ALTER TABLE shelf_next RENAME TO shelf;
CREATE INDEX shelf_front ON shelf (language, first_at DESC, article_id DESC);
CREATE INDEX shelf_section ON shelf (language, section, first_at DESC, article_id DESC);
CREATE INDEX shelf_source ON shelf (source_id, language, first_at DESC, article_id DESC);
CREATE INDEX shelf_from ON shelf (shown_from);
CREATE INDEX shelf_until ON shelf (shown_until);
CREATE TABLE search_pages_next (
	id             BIGKEY,
	article_id     BIGINT  NOT NULL,
	language       TEXT    NOT NULL,
	publication_id BIGINT  NOT NULL,
	source_id      BIGINT  NOT NULL,
	section        TEXT    NOT NULL,
	shown_from     BIGINT  NOT NULL DEFAULT 0,
	shown_until    BIGINT  NOT NULL DEFAULT 9223372036854775807,
	UNIQUE (article_id, language, publication_id)
);
INSERT INTO search_pages_next SELECT id, article_id, language, publication_id, source_id, section, 0, 9223372036854775807 FROM search_pages;
DROP TABLE search_pages;
ALTER TABLE search_pages_next RENAME TO search_pages;
