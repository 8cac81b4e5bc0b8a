-- An outlet's list is read in one language.
DROP INDEX shelf_source;
CREATE INDEX shelf_source ON shelf (source_id, language, first_at DESC, article_id DESC);
