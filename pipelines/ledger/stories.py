"""Which stories are stored, and which of them resemble a text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.errors import LedgerError
from pipelines.items import Article, Fingerprint
from pipelines.ledger.database import Database
from pipelines.rows import microseconds

# Stories that one article is compared with, at 0.03 to 0.08 ms each.
MAX_CANDIDATES = 50
# Stories of one band and period that are looked at, the newest: more share it only where all
# pages of a kind do.
MAX_PER_BAND = 100
# One to two of these cover DEDUP_WINDOW_DAYS; what is older is dropped in one piece.
_PERIOD_US = 30 * 24 * 3600 * 1_000_000
_FORGET_ROWS = 20_000
_FORGET_TIMES = 50


@dataclass(frozen=True, slots=True)
class Story:
    """What the ledger remembers of a stored story, for comparison."""

    article_id: str
    site: str
    cluster_id: str
    fingerprint: Fingerprint | None


class Stories(Database):
    """The stories that are stored, with their fingerprints."""

    def story_with_content(self, content_hash: str) -> Story | None:
        """The first stored story whose text has this hash."""
        found = self._stories("WHERE content_hash = ? ORDER BY story LIMIT 1", (content_hash,))
        return next(found, None)

    def similar_stories(self, fingerprint: Fingerprint, since: datetime) -> list[Story]:
        """Stories first seen after `since` that share bands with `fingerprint`, oldest first.

        At most MAX_CANDIDATES, those that share the most: stories of one template (weather,
        results) and boilerplate share a few bands with everything of their kind.
        """
        shared = self._shared_bands(fingerprint, _period(microseconds(since)))
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

    def _shared_bands(self, fingerprint: Fingerprint, first_period: int) -> Counter[int]:
        """How many bands each story shares with `fingerprint`, from that period on."""
        last_period = self._row("SELECT max(period) FROM bands", ())
        shared: Counter[int] = Counter()
        if last_period is None or last_period[0] is None:
            return shared
        for period in range(first_period, last_period[0] + 1):
            for band in fingerprint.bands:
                shared.update(
                    row[0]
                    for row in self._connection.execute(
                        "SELECT story FROM bands WHERE period = ? AND band = ? "
                        "ORDER BY story DESC LIMIT ?",
                        (period, band, MAX_PER_BAND),
                    )
                )
        return shared

    def forget_bands(self, before: datetime) -> int:
        """Drop the bands of stories first seen long `before`; how many were dropped.

        In short transactions, so that other crawls can write, and not without end: what is
        left goes next time.
        """
        dropped = 0
        for _ in range(_FORGET_TIMES):
            with self._transaction():
                gone = self._connection.execute(
                    "DELETE FROM bands WHERE (period, band, story) IN (SELECT period, band, story "
                    "FROM bands WHERE period < ? LIMIT ?)",
                    (_period(microseconds(before)), _FORGET_ROWS),
                ).rowcount
            dropped += gone
            if gone < _FORGET_ROWS:
                break
        return dropped

    def _stories(self, where: str, values: Sequence[object]) -> Iterator[Story]:
        query = f"SELECT article_id, site, cluster_id, fingerprint FROM stories {where}"  # noqa: S608
        for article_id, site, cluster_id, blob in self._connection.execute(query, values):
            yield Story(article_id, site, cluster_id, _unpack(blob) if blob else None)

    def _remember(self, article: Article) -> None:
        mark = article.fingerprint
        story = self._connection.execute(
            "INSERT INTO stories (article_id, site, url, url_key, cluster_id, content_hash, "
            "first_seen_at, revision, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, "
            "content_hash = excluded.content_hash, revision = excluded.revision, "
            "fingerprint = excluded.fingerprint, gone_at = NULL "
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
            ),
        ).fetchone()
        if story is None:
            raise LedgerError(
                f"{article.article_id} is stored already, in revision {article.revision} or later"
            )
        period = _period(microseconds(article.first_seen_at))
        self._connection.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
            [(period, band, story[0]) for band in (mark.bands if mark else ())],
        )


def _period(time_us: int) -> int:
    """The number of the period in which a time lies."""
    return time_us // _PERIOD_US


def _pack(mark: Fingerprint) -> bytes:
    """`algorithm`, a zero byte, the signature. Bands stand in their own table."""
    return mark.algorithm.encode() + b"\0" + mark.signature


def _unpack(blob: bytes) -> Fingerprint:
    algorithm, _, signature = blob.partition(b"\0")
    return Fingerprint(algorithm=algorithm.decode(), signature=signature, bands=())
