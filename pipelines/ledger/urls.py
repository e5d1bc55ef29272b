"""Which URLs need no fetch."""

from collections.abc import Iterable
from datetime import datetime

from pipelines.ledger.database import Database
from pipelines.rows import microseconds


class KnownUrls(Database):
    """Every URL that was fetched and became something: stored, rejected or gone."""

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
