-- Whether a person writes in a plain field of the editor, with codes as text, instead of one with chips.
ALTER TABLE members ADD COLUMN plain_field BOOLEAN NOT NULL DEFAULT FALSE;
