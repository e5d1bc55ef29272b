"""The tables of the ledger, and how its file is opened."""

import sqlite3
from pathlib import Path

from pipelines.errors import LedgerError

SCHEMA_VERSION = 1
# "Brds": SQLite keeps it in the file's header, so that `file` and we can tell a ledger.
APPLICATION_ID = 0x42726473
# How long a writer waits for another process before it gives up.
BUSY_TIMEOUT_MS = 30_000
# Pages that are kept in memory; the system's cache holds the rest.
CACHE_KB = 64 * 1024

_SCHEMA = """
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
"""


def connect(path: Path) -> sqlite3.Connection:
    """The file at `path`, opened; made when it does not exist."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new ledger; refuse a file that is something else or newer."""
    connection.execute("BEGIN IMMEDIATE")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    is_new = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    connection.execute("COMMIT")
    if is_new:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )
    elif application != APPLICATION_ID:
        raise LedgerError(
            f"{path} is a SQLite file but not a ledger of Broadsheet (application_id "
            f"{application:#x}); move it away or name another OUTPUT_DIR"
        )
    elif version > SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger {path} has schema {version}; this program knows {SCHEMA_VERSION}. "
            "Upgrade Broadsheet (pip install -U), or name another OUTPUT_DIR"
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
