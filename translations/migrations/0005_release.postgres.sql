-- When readers see what stands on the shelf: from an instant on, and up to another. What is shown is a comparison with
-- the clock. An article can be there twice in a language: as it is seen, and as it will be from an instant on.
ALTER TABLE shelf ADD COLUMN shown_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE shelf ADD COLUMN shown_until BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE shelf SET shown_from = first_at;
ALTER TABLE shelf DROP CONSTRAINT shelf_pkey;
ALTER TABLE shelf ADD PRIMARY KEY (article_id, language, shown_from);
CREATE INDEX shelf_from ON shelf (shown_from);
CREATE INDEX shelf_until ON shelf (shown_until);
ALTER TABLE search_pages ADD COLUMN shown_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE search_pages ADD COLUMN shown_until BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE search_pages DROP CONSTRAINT search_pages_article_id_language_key;
ALTER TABLE search_pages ADD UNIQUE (article_id, language, publication_id);
