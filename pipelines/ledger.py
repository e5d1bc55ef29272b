"""The one truth: what was seen, what is accepted but not yet published, what is published.

The only module that speaks SQL. SQLite in WAL mode; every write is one transaction, synced
to the disk before it counts, so that a killed process or a power cut costs nothing that was
accepted. Several processes may use one ledger; a writer waits for another.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.errors import LedgerError
from pipelines.items import Article, Fingerprint, Listing, Page
from pipelines.rejects import Duplicate, Reject
from pipelines.rows import (
    Row,
    Run,
    article_row,
    day_of,
    from_microseconds,
    listing_row,
    microseconds,
    reject_row,
    run_row,
)
from pipelines.urls import site_of, url_key

SCHEMA_VERSION = 1
# "Brds": SQLite keeps it in the file's header, so that `file` and we can tell a ledger.
APPLICATION_ID = 0x42726473
# How long a writer waits for another process before it gives up.
BUSY_TIMEOUT_MS = 30_000
# Stories that one article is compared with, at 0.03 to 0.08 ms each.
MAX_CANDIDATES = 50

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
CREATE TABLE stories (
  story         INTEGER PRIMARY KEY,
  article_id    TEXT NOT NULL UNIQUE,
  site          TEXT NOT NULL,
  cluster_id    TEXT NOT NULL,
  content_hash  TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  fingerprint   BLOB
);
CREATE INDEX stories_by_content ON stories (content_hash);
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
  checksum  TEXT
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


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file: its place below OUTPUT_DIR was fixed before it is written."""

    number: int
    dataset: str
    path: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Rows of one dataset, site and day that wait for publication."""

    dataset: str
    site: str
    day: str
    rows: int


@dataclass(frozen=True, slots=True)
class ListingState:
    """What a section, feed or sitemap answered last."""

    etag: str | None
    last_modified: str | None
    """The headers, as the server wrote them (RFC 9110, 8.8)."""
    body_hash: str
    full_at: datetime
    """When its body was last fetched."""
    feeds: tuple[str, ...] = ()
    """The feeds that it declares."""


@dataclass(frozen=True, slots=True)
class Story:
    """What the ledger remembers of a stored story, for comparison."""

    article_id: str
    site: str
    cluster_id: str
    fingerprint: Fingerprint | None


class Ledger:
    """The state file, opened. Close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> "Ledger":
        """The ledger at `path`, made when it does not exist.

        Raises LedgerError when the file is not a ledger, is newer than this program, or
        cannot be read and written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(path)
            _prepare(connection, path)
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(
                f"the ledger {path} cannot be opened: {error}. Check that the folder and the "
                "file can be read and written, or name another OUTPUT_DIR"
            ) from error
        return cls(connection, path)

    def close(self) -> None:
        """Give the file back. Idempotent."""
        self._connection.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is known

    def is_known(self, site: str, key: str, now: datetime) -> bool:
        """Whether this URL needs no fetch: stored, gone, or rejected and not yet due again."""
        row = self._row("SELECT retry_at FROM urls WHERE site = ? AND url_key = ?", (site, key))
        return row is not None and (row[0] is None or row[0] > microseconds(now))

    def story_at(self, site: str, keys: Iterable[str]) -> str | None:
        """The article_id stored under the first of these url_keys that has one."""
        for key in keys:
            row = self._row(
                "SELECT article_id FROM urls WHERE site = ? AND url_key = ? AND state = 'stored'",
                (site, key),
            )
            if row:
                return str(row[0])
        return None

    def story_with_content(self, content_hash: str) -> Story | None:
        """The first stored story whose text has this hash."""
        found = self._stories("WHERE content_hash = ? ORDER BY story LIMIT 1", (content_hash,))
        return next(found, None)

    def similar_stories(self, fingerprint: Fingerprint, since: datetime) -> list[Story]:
        """Stories first seen after `since` that share bands with `fingerprint`, oldest first.

        At most MAX_CANDIDATES, those that share the most: stories of one template (weather,
        results) and boilerplate share a few bands with everything of their kind.
        """
        marks = ",".join("?" * len(fingerprint.bands))
        closest = (  # only question marks are put in
            f"SELECT story FROM bands WHERE band IN ({marks}) "  # noqa: S608
            "GROUP BY story ORDER BY count(*) DESC, story LIMIT ?"
        )
        found = self._stories(
            f"WHERE first_seen_at >= ? AND story IN ({closest}) ORDER BY story",
            (microseconds(since), *fingerprint.bands, MAX_CANDIDATES),
        )
        return [
            story
            for story in found
            if story.fingerprint and story.fingerprint.algorithm == fingerprint.algorithm
        ]

    # Accept

    def accept(self, article: Article) -> None:
        """Mark the story known, remember its fingerprint, put its row into the outbox.

        One transaction: there is no moment at which the page is seen but its article nowhere.
        """
        with self._transaction():
            self._mark(
                article.site, (article.url_key, *article.aliases), article.fetched_at,
                state="stored", article_id=article.article_id,
            )  # fmt: skip
            self._remember(article)
            self._put("articles", article_row(article), article.fetched_at)

    def reject(self, page: Page, reject: Reject) -> None:
        """Mark the page's URL rejected and put its row into the outbox; one transaction."""
        keys = {url_key(url) for url in (page.url, page.requested_url) if url}
        due = page.fetched_at + reject.retry_after if reject.retry_after else None
        is_gone = page.status in (404, 410)
        with self._transaction():
            self._mark(
                page.site or site_of(page.url), keys, page.fetched_at,
                state="gone" if is_gone else "rejected", reason=reject.reason,
                article_id=reject.duplicate_of if isinstance(reject, Duplicate) else None,
                retry_at=None if is_gone or due is None else microseconds(due),
            )  # fmt: skip
            self._put("rejects", reject_row(page, reject), page.fetched_at)

    def add_listing(self, listing: Listing) -> None:
        """Put what a listing showed into the outbox, each entry with whether it is new.

        In the same transaction it is remembered how to ask whether the listing changed.
        """
        with self._transaction():
            for position, entry in enumerate(listing.entries):
                is_new = not self.is_known(listing.site, entry.url_key, listing.seen_at)
                row = listing_row(listing, position, is_new=is_new)
                self._put("listings", row, listing.seen_at)
            self._connection.execute(
                "REPLACE INTO listings VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    listing.site, listing.url, listing.etag, listing.last_modified,
                    listing.body_hash, microseconds(listing.seen_at), json.dumps(listing.feeds),
                ),
            )  # fmt: skip

    def add_run(self, run: Run) -> None:
        """Put the report of a run into the outbox."""
        with self._transaction():
            self._put("runs", run_row(run), run.finished_at)

    # Sections

    def begin_section(self, site: str, url: str) -> None:
        """Mark a section begun; until it is settled, nothing about it is taken as complete."""
        with self._transaction():
            self._connection.execute(
                "INSERT INTO sections VALUES (?, ?, 0, 0) ON CONFLICT DO UPDATE "
                "SET before_pages = settled_pages, settled_pages = 0",
                (site, url),
            )

    def settled_pages(self, site: str, url: str) -> int:
        """How many pages of a section the run before this one began and finished.

        Only within these does a page without new links prove that behind it nothing is new.
        """
        row = self._row("SELECT before_pages FROM sections WHERE site = ? AND url = ?", (site, url))
        return int(row[0]) if row else 0

    def settle_sections(self, site: str, urls: Iterable[str], pages: int) -> None:
        """Mark sections finished: every article that up to `pages` pages led to was fetched."""
        with self._transaction():
            self._connection.executemany(
                "UPDATE sections SET settled_pages = ? WHERE site = ? AND url = ?",
                [(pages, site, url) for url in urls],
            )

    # What a site has taught

    def listing_state(self, site: str, url: str) -> ListingState | None:
        """What the listing at `url` answered last; None when it was never fetched."""
        row = self._row(
            "SELECT etag, last_modified, body_hash, full_at, feeds FROM listings "
            "WHERE site = ? AND url = ?",
            (site, url),
        )
        if row is None:
            return None
        etag, last_modified, body_hash, full_at, feeds = row
        return ListingState(
            etag, last_modified, body_hash, from_microseconds(full_at), tuple(json.loads(feeds))
        )

    def lessons(self, site: str) -> dict[str, tuple[int, int]]:
        """For each URL pattern of a site: how many articles and how many other pages it led to."""
        rows = self._connection.execute(
            "SELECT pattern, articles, others FROM lessons WHERE site = ?", (site,)
        )
        return {pattern: (articles, others) for pattern, articles, others in rows}

    def teach(self, site: str, counts: Mapping[str, tuple[int, int]]) -> None:
        """Add to the lessons of a site: pattern -> (articles, other pages)."""
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO lessons VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "articles = articles + excluded.articles, others = others + excluded.others",
                [(site, pattern, *pair) for pattern, pair in counts.items()],
            )

    # Publish

    def pending(self, site: str) -> list[Pending]:
        """The rows of `site` that were not allotted to a part yet, by dataset and day."""
        rows = self._connection.execute(
            "SELECT dataset, site, day, count(*) FROM outbox "
            "WHERE site = ? AND part IS NULL GROUP BY dataset, day",
            (site,),
        )
        return [Pending(*row) for row in rows]

    def pending_sites(self) -> list[str]:
        """The sites that have unpublished rows."""
        return [row[0] for row in self._connection.execute("SELECT DISTINCT site FROM outbox")]

    def allot(self, pending: Pending, path: str) -> Part:
        """Fix the name of the part into which these rows go; the first step of publication."""
        with self._transaction():
            number = self._connection.execute(
                "INSERT INTO parts (dataset, path, published) VALUES (?, ?, 0)",
                (pending.dataset, path),
            ).lastrowid
            self._connection.execute(
                "UPDATE outbox SET part = ? WHERE row IN (SELECT row FROM outbox "
                "WHERE dataset = ? AND site = ? AND day = ? AND part IS NULL "
                "ORDER BY row LIMIT ?)",
                (number, pending.dataset, pending.site, pending.day, pending.rows),
            )
        return Part(number or 0, pending.dataset, path)

    def allotted(self, site: str) -> list[Part]:
        """Parts of `site` that were allotted but not recorded: a publication was cut off."""
        rows = self._connection.execute(
            "SELECT part, dataset, path FROM parts WHERE part IN "
            "(SELECT part FROM outbox WHERE site = ? AND part IS NOT NULL)",
            (site,),
        )
        return [Part(*row) for row in rows]

    def rows_of(self, part: Part) -> list[Row]:
        """The rows that were allotted to `part`, in the order of their acceptance."""
        rows = self._connection.execute(
            "SELECT json FROM outbox WHERE part = ? ORDER BY row", (part.number,)
        )
        return [json.loads(row[0]) for row in rows]

    def record(self, part: Part, *, rows: int, size: int, checksum: str) -> None:
        """Record a part whose file has its final name, and empty its rows from the outbox.

        The last step of publication; one transaction. `size` is in bytes.
        """
        with self._transaction():
            self._connection.execute(
                "UPDATE parts SET published = 1, rows = ?, bytes = ?, checksum = ? WHERE part = ?",
                (rows, size, checksum, part.number),
            )
            self._connection.execute("DELETE FROM outbox WHERE part = ?", (part.number,))

    # Inside

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise LedgerError(
                f"the ledger {self.path} cannot be written: {error}. What was accepted before "
                "is safe; make room or rights and run the same command again"
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _row(self, query: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise LedgerError(
                f"the ledger {self.path} cannot be read: {error}. Restore it from a backup"
            ) from error
        return row

    def _stories(self, where: str, values: Sequence[object]) -> Iterator[Story]:
        query = f"SELECT article_id, site, cluster_id, fingerprint FROM stories {where}"  # noqa: S608
        for article_id, site, cluster_id, blob in self._connection.execute(query, values):
            yield Story(article_id, site, cluster_id, _unpack(blob) if blob else None)

    def _mark(
        self,
        site: str,
        keys: Iterable[str],
        checked_at: datetime,
        *,
        state: str,
        reason: str | None = None,
        article_id: str | None = None,
        retry_at: int | None = None,
    ) -> None:
        now = microseconds(checked_at)
        # A copy that leads to a stored URL must not make it forget its story.
        self._connection.executemany(
            "INSERT INTO urls VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "state = excluded.state, reason = excluded.reason, article_id = excluded.article_id, "
            "checked_at = excluded.checked_at, retry_at = excluded.retry_at "
            "WHERE urls.state != 'stored' OR excluded.state = 'stored'",
            [(site, key, state, reason, article_id, now, retry_at) for key in keys],
        )

    def _remember(self, article: Article) -> None:
        mark = article.fingerprint
        story = self._connection.execute(
            "INSERT INTO stories (article_id, site, cluster_id, content_hash, first_seen_at, "
            "fingerprint) VALUES (?, ?, ?, ?, ?, ?)",
            (
                article.article_id,
                article.site,
                article.cluster_id,
                article.content_hash,
                microseconds(article.first_seen_at),
                _pack(mark) if mark else None,
            ),
        ).lastrowid
        self._connection.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            [(band, story) for band in (mark.bands if mark else ())],
        )

    def _put(self, dataset: str, row: Row, at: datetime) -> None:
        self._connection.execute(
            "INSERT INTO outbox (dataset, site, day, json) VALUES (?, ?, ?, ?)",
            (dataset, row["site"], day_of(microseconds(at)), json.dumps(row, ensure_ascii=False)),
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
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


def _pack(mark: Fingerprint) -> bytes:
    """`algorithm`, a zero byte, the signature. Bands stand in their own table."""
    return mark.algorithm.encode() + b"\0" + mark.signature


def _unpack(blob: bytes) -> Fingerprint:
    algorithm, _, signature = blob.partition(b"\0")
    return Fingerprint(algorithm=algorithm.decode(), signature=signature, bands=())
