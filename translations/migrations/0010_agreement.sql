-- A publication may rest on an agreement alone, where nobody has confirmed the outlet's own words: then it has no terms.
ALTER TABLE publications ADD COLUMN rests_on BIGINT REFERENCES terms (id);
UPDATE publications SET rests_on = terms_id;
ALTER TABLE publications DROP COLUMN terms_id;
ALTER TABLE publications RENAME COLUMN rests_on TO terms_id;
