-- The URL on another site that a stored copy names as its original (of a ledger made from the
-- dataset: the article_id that it would have); of the newest revision.
ALTER TABLE stories ADD COLUMN declared_original TEXT;
-- The version of the dataset's schema that a part has.
ALTER TABLE parts ADD COLUMN schema_version INTEGER NOT NULL DEFAULT 1;
