"""Which stories are stored, and which of them resemble a text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import sample

from pipelines.errors import LedgerError
from pipelines.items import Article, Fingerprint
from pipelines.ledger.database import Database
from pipelines.rows import from_microseconds, microseconds

# How a page was found that is looked at again (`discovered_via`).
RECHECK = "recheck"
# Stories that one article is compared with, at 0.03 to 0.08 ms each.
MAX_CANDIDATES = 50
# Shared bands that are counted: some milliseconds where a whole genre shares a band.
MAX_SHARED_BANDS = 20_000
# The table of bands is cleaned in slices: each run takes so many of them, 20 ms each at most.
_SLICES, _SLICED = 1024, 32


@dataclass(frozen=True, slots=True)
class Story:
    """What the ledger remembers of a stored story, for comparison."""

    article_id: str
    site: str
    cluster_id: str
    fingerprint: Fingerprint | None
    declared_original: str | None = None
    """Of a copy that declares itself: the URL, or the article_id, of its original."""


@dataclass(frozen=True, slots=True)
class StoredStory:
    """What a new revision of a story takes over, and what it is compared with."""

    revision: int
    content_hash: str
    page_hash: str | None
    """The same before the site's boilerplate was dropped; None where that is not known."""
    cluster_id: str
    first_seen_at: datetime
    fingerprint: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class AgeStep:
    """One of the times at which a story is looked at again."""

    number: int
    """1 for the first."""
    least: timedelta
    most: timedelta
    """The ages, since it was first seen, between which it is due."""


@dataclass(frozen=True, slots=True)
class OldStory:
    """A stored story that is due to be looked at again."""

    article_id: str
    url: str
    url_key: str
    etag: str | None
    last_modified: str | None
    step: int
    """The number of the step that makes it due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStory:
    """What is remembered of a story, as an article or the dataset gives it."""

    article_id: str
    revision: int
    site: str
    url: str
    url_key: str
    keys: frozenset[str]
    """Every url_key that leads to it."""
    cluster_id: str
    content_hash: str
    page_hash: str = ""
    first_seen_at: datetime
    fetched_at: datetime
    fingerprint: Fingerprint | None
    declared_original: str | None


class Stories(Database):
    """The stories that are stored, with their fingerprints."""

    def sites_with_stories(self) -> list[str]:
        """The sites of which a story is stored."""
        return [row[0] for row in self._rows("SELECT DISTINCT site FROM stories ORDER BY site")]

    def stored(self, article_id: str) -> StoredStory | None:
        """What is stored of a story, in its newest revision."""
        row = self._row(
            "SELECT revision, content_hash, page_hash, cluster_id, first_seen_at, fingerprint "
            "FROM stories WHERE article_id = ?",
            (article_id,),
        )
        if row is None:
            return None
        *known, first_seen_at, blob = row
        seen, mark = from_microseconds(first_seen_at), _unpack(blob) if blob else None
        revision, content_hash, page_hash, cluster_id = known
        return StoredStory(revision, content_hash, page_hash, cluster_id, seen, mark)

    def correct_hashes(self, hashes: Iterable[tuple[str, int, str]]) -> None:
        """Note (article_id, revision, content_hash) of texts that publication changed."""
        with self._transaction():
            self._connection.executemany(
                "UPDATE stories SET content_hash = ?3 WHERE article_id = ?1 AND revision = ?2",
                hashes,
            )

    def stories_with_content(self, content_hash: str) -> list[Story]:
        """The stored stories whose text has this hash: declared copies last, else oldest first.

        At most MAX_CANDIDATES.
        """
        order = "declared_original IS NOT NULL, story"
        where = f"WHERE content_hash = ? ORDER BY {order} LIMIT {MAX_CANDIDATES}"
        return list(self._stories(where, (content_hash,)))

    def similar_stories(self, fingerprint: Fingerprint, since: datetime) -> list[Story]:
        """Stories first seen after `since` that share bands with `fingerprint`, oldest first.

        At most MAX_CANDIDATES, those that share the most: stories of one template (weather,
        results) and boilerplate share a few bands with everything of their kind.
        """
        shared = self._shared_bands(fingerprint)
        closest = sorted(shared, key=lambda story: (-shared[story], story))[:MAX_CANDIDATES]
        marks = ",".join("?" * len(closest))
        found = self._stories(
            f"WHERE first_seen_at >= ? AND story IN ({marks}) ORDER BY story",
            (microseconds(since), *closest),
        )
        return [
            story
            for story in found
            if story.fingerprint and story.fingerprint.algorithm == fingerprint.algorithm
        ]

    # Looking again

    def due_for_recheck(
        self, site: str, now: datetime, steps: Iterable[AgeStep], most: int
    ) -> list[OldStory]:
        """At most so many stories of a site whose time has come, the youngest first."""
        due: list[OldStory] = []
        for step in steps:
            rows = self._rows(
                "SELECT article_id, url, url_key, etag, last_modified, ? FROM stories "
                "WHERE site = ? AND first_seen_at > ? AND first_seen_at <= ? AND checks < ? "
                "AND gone_at IS NULL ORDER BY first_seen_at DESC LIMIT ?",
                (
                    step.number, site, microseconds(now - step.most),
                    microseconds(now - step.least), step.number, most - len(due),
                ),
            )  # fmt: skip
            due += [OldStory(*row) for row in rows]
        return due

    def rechecked(self, article_id: str, step: int, *, gone_at: datetime | None) -> None:
        """Note that the server answered for a story, and whether it is gone."""
        with self._transaction():
            self._connection.execute(
                "UPDATE stories SET checks = ?, gone_at = ? WHERE article_id = ?",
                (step, gone_at and microseconds(gone_at), article_id),
            )

    def set_validators(self, article_id: str, etag: str | None, last_modified: str | None) -> None:
        """Remember how to ask whether a story changed since what is stored of it."""
        with self._transaction():
            self._connection.execute(
                "UPDATE stories SET etag = ?, last_modified = ? WHERE article_id = ?",
                (etag, last_modified, article_id),
            )

    # Inside

    def _shared_bands(self, fingerprint: Fingerprint) -> Counter[int]:
        """How many bands each story shares with `fingerprint`."""
        marks = ",".join("?" * len(fingerprint.bands))
        rows = self._rows(
            f"SELECT story FROM bands WHERE band IN ({marks}) LIMIT ?",  # noqa: S608
            (*fingerprint.bands, MAX_SHARED_BANDS),
        )
        return Counter(row[0] for row in rows)

    def forget_bands(self, before: datetime) -> int:
        """Drop bands of stories first seen before that time; how many were dropped.

        A random share of the table in each call, in short transactions, so that other crawls
        can write: what is left goes with one of the next runs.
        """
        oldest = self._first_story_since(microseconds(before))
        return sum(self._forget_slice(place, oldest) for place in sample(range(_SLICES), _SLICED))

    def _forget_slice(self, place: int, oldest: int) -> int:
        """Drop the old stories from one of _SLICES equal ranges of band keys (signed 64-bit)."""
        width = 2**64 // _SLICES
        first = place * width - 2**63
        with self._transaction():
            return self._connection.execute(
                "DELETE FROM bands WHERE band BETWEEN ? AND ? AND story < ?",
                (first, first + width - 1, oldest),
            ).rowcount

    def _first_story_since(self, time: int) -> int:
        """The least number of a story that was first seen at `time` or later, by bisection.

        Stories are numbered as they are accepted.
        """
        low, high = 0, (self._row("SELECT max(story) FROM stories", ()) or (None,))[0] or 0
        while low <= high:
            middle = (low + high) // 2
            row = self._row(
                "SELECT story, first_seen_at FROM stories WHERE story >= ? ORDER BY story LIMIT 1",
                (middle,),
            )
            if row is not None and row[1] < time:
                low = row[0] + 1
            else:
                high = middle - 1
        return int(low)

    def _stories(self, where: str, values: Sequence[object]) -> Iterator[Story]:
        columns = "article_id, site, cluster_id, fingerprint, declared_original"
        query = f"SELECT {columns} FROM stories {where}"  # noqa: S608
        for article_id, site, cluster_id, blob, original in self._rows(query, values):
            mark = _unpack(blob) if blob else None
            yield Story(article_id, site, cluster_id, mark, original)

    def _revision_of(self, article_id: str) -> int:
        """The newest revision of a story that is stored; 0 when none is."""
        stored = self.stored(article_id)
        return stored.revision if stored else 0

    def _remember(self, article: Article | KnownStory) -> int:
        """Take a story, or its newer revision, into memory; its number."""
        mark = article.fingerprint
        story = self._connection.execute(
            "INSERT INTO stories (article_id, site, url, url_key, cluster_id, content_hash, "
            "first_seen_at, revision, fingerprint, declared_original, page_hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, "
            "content_hash = excluded.content_hash, revision = excluded.revision, "
            "fingerprint = excluded.fingerprint, gone_at = NULL, "
            "declared_original = excluded.declared_original, page_hash = excluded.page_hash "
            "WHERE excluded.revision > stories.revision RETURNING story",
            (
                article.article_id,
                article.site,
                article.url,
                article.url_key,
                article.cluster_id,
                article.content_hash,
                microseconds(article.first_seen_at),
                article.revision,
                _pack(mark) if mark else None,
                article.declared_original,
                article.page_hash or None,
            ),
        ).fetchone()
        if story is None:
            raise LedgerError(
                f"{article.article_id} is stored already, in revision {article.revision} or later"
            )
        self._connection.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            [(band, story[0]) for band in (mark.bands if mark else ())],
        )
        return int(story[0])


def _pack(mark: Fingerprint) -> bytes:
    """`algorithm`, a zero byte, the signature. Bands stand in their own table."""
    return mark.algorithm.encode() + b"\0" + mark.signature


def _unpack(blob: bytes) -> Fingerprint:
    algorithm, _, signature = blob.partition(b"\0")
    return Fingerprint(algorithm=algorithm.decode(), signature=signature, bands=())
