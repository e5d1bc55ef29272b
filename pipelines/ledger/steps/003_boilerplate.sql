-- content_hash of the text before the site's boilerplate was dropped: what is learned later is
-- no change of the story.
ALTER TABLE stories ADD COLUMN page_hash TEXT;
-- The lines of the newest distinct stories of a site, from which its boilerplate is learned.
CREATE TABLE story_lines (
  site       TEXT NOT NULL,
  story      INTEGER NOT NULL,  -- its number in `stories`
  cluster_id TEXT NOT NULL,
  lines      BLOB NOT NULL,     -- JSON, deflated: [line, place, is_kept, is_marginal, letters, shown] each
  PRIMARY KEY (site, story)
) WITHOUT ROWID;
