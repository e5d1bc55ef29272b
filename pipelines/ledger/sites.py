"""What is known of sections and listings of a site, and what its URL patterns led to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.ledger.database import Database
from pipelines.rows import from_microseconds


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


class Sites(Database):
    """The memory of sites."""

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

    def pattern_counts(self, site: str) -> dict[str, tuple[int, int]]:
        """For each URL pattern of a site: how many articles and how many other pages it led to."""
        rows = self._rows(
            "SELECT pattern, articles, others FROM url_patterns WHERE site = ?", (site,)
        )
        return {pattern: (articles, others) for pattern, articles, others in rows}

    def count_patterns(self, site: str, counts: Mapping[str, tuple[int, int]]) -> None:
        """Add to what a site's URLs led to: pattern -> (articles, other pages)."""
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO url_patterns VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "articles = articles + excluded.articles, others = others + excluded.others",
                [(site, pattern, *pair) for pattern, pair in counts.items()],
            )
