-- Words of the titles of a version, the source's and its own, folded before they come here: what the board finds it by.
ALTER TABLE versions ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- all of them, between spaces; empty: not looked at yet
CREATE TABLE version_words (
	word         TEXT    COLLATE "C" NOT NULL, -- by code point, so that the words that begin so stand together
	version_id   BIGINT  NOT NULL REFERENCES versions (id),
	PRIMARY KEY (word, version_id)
);
CREATE INDEX version_words_version ON version_words (version_id, word);
