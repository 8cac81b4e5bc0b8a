-- Full-text search of the shelf. Text is cut, folded and stemmed before it comes here, so the tokenizer only splits at
-- spaces. search_texts.rowid is search_pages.id, and grows with time: newest first is descending.
CREATE TABLE search_pages (
	id             BIGKEY,
	article_id     BIGINT  NOT NULL,
	language       TEXT    NOT NULL,
	publication_id BIGINT  NOT NULL,
	source_id      BIGINT  NOT NULL,
	section        TEXT    NOT NULL,
	UNIQUE (article_id, language)
);
CREATE VIRTUAL TABLE search_texts USING fts5(facts, title, body, content='', contentless_delete=1, tokenize='ascii');
