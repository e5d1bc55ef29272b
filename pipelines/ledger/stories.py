"""Which stories are stored, and which of them resemble a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.items import Article, Fingerprint
from pipelines.ledger.database import Database
from pipelines.rows import microseconds

# Stories that one article is compared with, at 0.03 to 0.08 ms each.
MAX_CANDIDATES = 50


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

    def _stories(self, where: str, values: Sequence[object]) -> Iterator[Story]:
        query = f"SELECT article_id, site, cluster_id, fingerprint FROM stories {where}"  # noqa: S608
        for article_id, site, cluster_id, blob in self._connection.execute(query, values):
            yield Story(article_id, site, cluster_id, _unpack(blob) if blob else None)

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


def _pack(mark: Fingerprint) -> bytes:
    """`algorithm`, a zero byte, the signature. Bands stand in their own table."""
    return mark.algorithm.encode() + b"\0" + mark.signature


def _unpack(blob: bytes) -> Fingerprint:
    algorithm, _, signature = blob.partition(b"\0")
    return Fingerprint(algorithm=algorithm.decode(), signature=signature, bands=())
