-- Copies that declare themselves.
-- The URL on another site that a stored copy names as its original (of a ledger made from the
-- dataset: the article_id that it would have); of the newest revision.
ALTER TABLE stories ADD COLUMN declared_original TEXT;
