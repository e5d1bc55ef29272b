"""Stage 300: accepted articles, rejects and listings go into the ledger, then to Parquet."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from pipelines.dataset.publisher import Publisher
from pipelines.errors import StorageError
from pipelines.items import Article, Listing, Page
from pipelines.ledger import Ledger
from pipelines.rejects import Reject
from pipelines.session import ledger_of, output_dir_of, stop, stop_on_write_fault

# The columns whose share of filled values the run report keeps.
_COVERED = ("title", "authors", "published_at", "section", "language")


class NotStored(DropItem):
    """The row was not written and its URL is not marked known: the next run fetches it."""


class StorePipeline:
    """Accepts articles in one transaction each, and publishes them in large parts.

    Rejects reach the ledger through the signal that Scrapy sends for a dropped item,
    whichever stage named the reason.
    """

    def __init__(
        self,
        crawler: Crawler,
        *,
        ledger: Ledger,
        publisher: Publisher,
        site: str,
        publish_rows: int,
        article_limit: int,
        since: datetime | None,
    ) -> None:
        self._crawler = crawler
        self._ledger = ledger
        self._publisher = publisher
        self._site = site
        self._publish_rows = publish_rows
        self._article_limit = article_limit
        self._since = since
        self._stored = 0
        self._unpublished = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read PUBLISH_ROWS, ARTICLE_LIMIT and ARTICLES_SINCE, and listen for dropped items."""
        ledger = ledger_of(crawler)
        stage = cls(
            crawler,
            ledger=ledger,
            publisher=Publisher(ledger, output_dir_of(crawler)),
            site=crawler.spider.site,  # type: ignore[union-attr]
            publish_rows=crawler.settings.getint("PUBLISH_ROWS"),
            article_limit=crawler.settings.getint("ARTICLE_LIMIT"),
            since=crawler.settings["ARTICLES_SINCE"],
        )
        crawler.signals.connect(stage.item_dropped, signal=signals.item_dropped)
        return stage

    def open_spider(self) -> None:
        """Publish what a run that was killed left behind. Raises StorageError."""
        self._publisher.refuse_old_parts()
        self._publisher.publish(self._site)

    def process_item(self, item: Any) -> Any:
        """Store an article or a listing; anything else passes."""
        with self._write_fault_ends_the_run():
            if isinstance(item, Article):
                self._accept(item)
            elif isinstance(item, Listing):
                self._ledger.add_listing(item)
        return item

    def item_dropped(self, item: Any, exception: DropItem) -> None:
        """Keep the row of a rejected page."""
        if isinstance(item, Page) and isinstance(exception, Reject):
            with suppress(NotStored), self._write_fault_ends_the_run():
                self._ledger.reject(item, exception)
                self._crawler.stats.inc_value("store/rejects")
                self._count_unpublished()

    def close_spider(self) -> None:
        """Publish the rest."""
        with suppress(NotStored), self._write_fault_ends_the_run():
            self._publisher.publish(self._site)

    def _accept(self, article: Article) -> None:
        if self._article_limit and self._stored >= self._article_limit:
            raise NotStored("ARTICLE_LIMIT is reached", log_level="DEBUG")
        if self._since and article.published_at and article.published_at < self._since:
            self._crawler.stats.inc_value("discovery/older_than_since")
            raise NotStored("older than ARTICLES_SINCE", log_level="DEBUG")
        self._ledger.accept(article)
        self._stored += 1
        self._count(article)
        self._count_unpublished()
        if self._stored == self._article_limit:
            stop(self._crawler, "article_limit")

    def _count(self, article: Article) -> None:
        stats = self._crawler.stats
        stats.inc_value("store/articles")
        for column in _COVERED:
            if getattr(article, column):
                stats.inc_value(f"coverage/{column}")

    def _count_unpublished(self) -> None:
        self._unpublished += 1
        if self._unpublished >= self._publish_rows:
            self._unpublished = 0
            self._publisher.publish(self._site)

    @contextmanager
    def _write_fault_ends_the_run(self) -> Iterator[None]:
        try:
            yield
        except StorageError as error:
            stop_on_write_fault(self._crawler, error)
            raise NotStored(str(error), log_level="DEBUG") from error
