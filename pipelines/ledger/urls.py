"""Which URLs need no fetch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipelines.ledger.database import Database
from pipelines.rows import microseconds
from pipelines.urls import url_key


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReject:
    """What the dataset holds of a rejected page."""

    site: str
    url_key: str
    reason: str
    article_id: str | None
    """Of a copy: the story."""
    is_gone: bool
    fetched_at: datetime
    retry_at: datetime | None


class KnownUrls(Database):
    """Every URL that was fetched and became something: stored, rejected or gone."""

    def is_known(self, site: str, key: str, now: datetime) -> bool:
        """Whether this URL needs no fetch: stored, gone, or rejected and not yet due again."""
        row = self._row("SELECT retry_at FROM urls WHERE site = ? AND url_key = ?", (site, key))
        return row is not None and (row[0] is None or row[0] > microseconds(now))

    def sites(self) -> list[str]:
        """The sites of which a URL is known."""
        return [row[0] for row in self._rows("SELECT DISTINCT site FROM urls ORDER BY site")]

    def has_due(self, site: str, since: datetime, now: datetime) -> bool:
        """Whether a reject of the site may be tried again, and not for longer than `since`."""
        row = self._row(
            "SELECT 1 FROM urls WHERE site = ? AND retry_at BETWEEN ? AND ? LIMIT 1",
            (site, microseconds(since), microseconds(now)),
        )
        return row is not None

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

    def forget_site(self, site: str) -> int:
        """Let the next run fetch every URL of a site again; how many."""
        return self._forget("site = ?", (site,))

    def forget_urls(self, pattern: str, site: str | None = None) -> int:
        """The same for a URL, or for url_keys that a pattern matches: `*` and `?` as in a shell."""
        return self._forget(
            "(url_key GLOB ?1 OR url_key = ?3) AND (?2 IS NULL OR site = ?2)",
            (pattern, site, url_key(pattern)),
        )

    def forget_rejects(self, reason: str, site: str | None = None) -> int:
        """The same for pages that were rejected with one reason."""
        return self._forget(
            "state != 'stored' AND reason = ? AND (?2 IS NULL OR site = ?2)", (reason, site)
        )

    def _forget(self, where: str, values: tuple[object, ...]) -> int:
        with self._transaction():
            sites = [
                row[0]
                for row in self._connection.execute(
                    f"SELECT DISTINCT site FROM urls WHERE {where}",  # noqa: S608
                    values,
                )
            ]
            gone = self._connection.execute(
                f"DELETE FROM urls WHERE {where}",  # noqa: S608
                values,
            ).rowcount
            # Nothing about these sites is complete any more: their listings are read to the end.
            for table in ("sections", "listings"):
                self._connection.executemany(
                    f"DELETE FROM {table} WHERE site = ?",  # noqa: S608
                    [(site,) for site in sites],
                )
        return gone

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
