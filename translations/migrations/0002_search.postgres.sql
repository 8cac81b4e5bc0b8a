-- Full-text search of the shelf. Text is cut, folded and stemmed before it comes here, so PostgreSQL's own parser and
-- dictionaries are never used. search_texts.id is search_pages.id, and grows with time: newest first is descending.
CREATE TABLE search_pages (
	id             BIGKEY,
	article_id     BIGINT  NOT NULL,
	language       TEXT    NOT NULL,
	publication_id BIGINT  NOT NULL,
	source_id      BIGINT  NOT NULL,
	section        TEXT    NOT NULL,
	UNIQUE (article_id, language)
);
CREATE TABLE search_texts (
	id             BIGINT  PRIMARY KEY REFERENCES search_pages (id) ON DELETE CASCADE,
	tokens         TSVECTOR NOT NULL
);
CREATE INDEX search_texts_tokens ON search_texts USING gin (tokens);
