-- The ledger of Broadsheet 0.1.
CREATE TABLE urls (          -- every URL that was fetched and became something
  site       TEXT NOT NULL,
  url_key    TEXT NOT NULL,
  state      TEXT NOT NULL,  -- stored, rejected or gone
  reason     TEXT,           -- of a reject: its class's name
  article_id TEXT,           -- of a stored page or a duplicate: the story
  checked_at INTEGER NOT NULL,
  retry_at   INTEGER,        -- when a reject may be fetched again; NULL: not by itself
  PRIMARY KEY (site, url_key)
) WITHOUT ROWID;
CREATE INDEX urls_due ON urls (site, retry_at) WHERE retry_at IS NOT NULL;
CREATE TABLE stories (
  story         INTEGER PRIMARY KEY,
  article_id    TEXT NOT NULL UNIQUE,
  site          TEXT NOT NULL,
  url           TEXT NOT NULL,     -- where it is looked at again
  url_key       TEXT NOT NULL,
  cluster_id    TEXT NOT NULL,
  content_hash  TEXT NOT NULL,     -- of the newest revision, like all below
  first_seen_at INTEGER NOT NULL,
  revision      INTEGER NOT NULL,
  checks        INTEGER NOT NULL DEFAULT 0,  -- steps of RECHECK_AFTER that are done
  etag          TEXT,
  last_modified TEXT,
  gone_at       INTEGER,           -- when the server said that it is removed
  fingerprint   BLOB
);
CREATE INDEX stories_by_content ON stories (content_hash);
CREATE INDEX stories_by_age ON stories (site, first_seen_at);
CREATE TABLE bands (         -- near-duplicate candidates: stories that share a band key
  band  INTEGER NOT NULL,
  story INTEGER NOT NULL,
  PRIMARY KEY (band, story)
) WITHOUT ROWID;
CREATE TABLE sections (      -- the category pages that runs were asked for
  site          TEXT NOT NULL,
  url           TEXT NOT NULL,
  settled_pages INTEGER NOT NULL,  -- pages of it that the last run finished; 0: it did not
  before_pages  INTEGER NOT NULL,  -- the same, before the run that began it last
  PRIMARY KEY (site, url)
) WITHOUT ROWID;
CREATE TABLE listings (      -- what a section, feed or sitemap answered last
  site          TEXT NOT NULL,
  url           TEXT NOT NULL,
  etag          TEXT,
  last_modified TEXT,
  body_hash     TEXT NOT NULL,
  full_at       INTEGER NOT NULL,  -- when its body was last fetched
  feeds         TEXT NOT NULL,     -- JSON: the feeds that it declares
  PRIMARY KEY (site, url)
) WITHOUT ROWID;
CREATE TABLE lessons (       -- how often a pattern of URLs led to an article, how often not
  site     TEXT NOT NULL,
  pattern  TEXT NOT NULL,
  articles INTEGER NOT NULL,
  others   INTEGER NOT NULL,
  PRIMARY KEY (site, pattern)
) WITHOUT ROWID;
CREATE TABLE parts (         -- Parquet files: allotted, then published
  part      INTEGER PRIMARY KEY,
  dataset   TEXT NOT NULL,
  path      TEXT NOT NULL UNIQUE,  -- below OUTPUT_DIR
  published INTEGER NOT NULL,
  rows      INTEGER,
  bytes     INTEGER,
  checksum  TEXT,
  replaced_by INTEGER        -- the part into which it is being merged
);
CREATE TABLE outbox (        -- finished rows that are in no published part yet
  row     INTEGER PRIMARY KEY,
  dataset TEXT NOT NULL,
  site    TEXT NOT NULL,
  day     TEXT NOT NULL,
  part    INTEGER,           -- the part that they were allotted to
  json    TEXT NOT NULL
);
CREATE INDEX outbox_by_part ON outbox (part);
