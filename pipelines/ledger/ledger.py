"""The state file, and the transactions that span several of its parts."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipelines.errors import LedgerError
from pipelines.items import Article, Listing, Page
from pipelines.ledger.boilerplate import Boilerplate
from pipelines.ledger.outbox import Outbox
from pipelines.ledger.schema import connect, prepare
from pipelines.ledger.sites import Sites
from pipelines.ledger.stories import KnownStory, Stories
from pipelines.ledger.urls import KnownReject, KnownUrls
from pipelines.rejects import Duplicate, Reject
from pipelines.rows import Run, article_row, listing_row, microseconds, reject_row, run_row
from pipelines.urls import site_of, url_key


class Ledger(KnownUrls, Stories, Sites, Boilerplate, Outbox):
    """The state file, opened. Close it, or use it as a context manager."""

    @classmethod
    def open(cls, path: Path) -> "Ledger":
        """The ledger at `path`, made when it does not exist.

        Raises LedgerError when the file is not a ledger, is newer than this program, or
        cannot be read and written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = connect(path)
            prepare(connection, path)
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(
                f"the ledger {path} cannot be opened: {error}. Check that the folder and the "
                "file can be read and written, or name another OUTPUT_DIR"
            ) from error
        return cls(connection, path)

    @classmethod
    def peek(cls, path: Path) -> "Ledger":
        """The ledger at `path` for reading alone: no lock, no step, no file is made.

        Raises LedgerError where it is not there.
        """
        try:
            return cls(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True), path)
        except sqlite3.Error as error:
            raise LedgerError(f"there is no ledger at {path} that can be read: {error}") from error

    def close(self) -> None:
        """Give the file back. Idempotent."""
        self._connection.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def accept(self, article: Article) -> None:
        """Mark the story known, remember its fingerprint, put its row into the outbox.

        One transaction: there is no moment at which the page is seen but its article nowhere.
        """
        with self._transaction():
            self._mark(
                article.site, (article.url_key, *article.aliases), article.fetched_at,
                state="stored", article_id=article.article_id,
            )  # fmt: skip
            story = self._remember(article)
            if article.revision == 1:
                self._learn(story, article)
            self._put("articles", article_row(article), article.fetched_at)

    def confirm(self, article: Article) -> None:
        """Mark the URLs of a stored story known again: it was fetched and has not changed."""
        with self._transaction():
            self._mark(
                article.site, (article.url_key, *article.aliases), article.fetched_at,
                state="stored", article_id=article.article_id,
            )  # fmt: skip

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

    # What the dataset still holds of a lost ledger

    def restore_stories(self, stories: Iterable[KnownStory]) -> None:
        """Take stories from the dataset, each in any of its revisions; one transaction."""
        with self._transaction():
            for story in stories:
                if story.revision > self._revision_of(story.article_id):
                    self._remember(story)
                self._mark(
                    story.site, story.keys, story.fetched_at,
                    state="stored", article_id=story.article_id,
                )  # fmt: skip

    def restore_rejects(self, rejects: Iterable[KnownReject]) -> None:
        """Take rejects from the dataset; one transaction."""
        with self._transaction():
            for known in rejects:
                due = known.retry_at
                self._mark(
                    known.site, (known.url_key,), known.fetched_at,
                    state="gone" if known.is_gone else "rejected", reason=known.reason,
                    article_id=known.article_id,
                    retry_at=None if due is None else microseconds(due),
                )  # fmt: skip
