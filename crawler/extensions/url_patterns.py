"""Remembers which patterns of a site's URLs turned out to be articles, for its next run."""

from collections import Counter
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.base import NewsSpider
from crawler.discovery import url_pattern
from pipelines.errors import StorageError
from pipelines.items import Article, Page
from pipelines.rejects import CategoryPage, Duplicate, OtherDocument
from pipelines.session import ledger_of, stop_on_write_fault


class CountUrlPatterns:
    """Counts what each URL pattern led to, and adds the counts to the ledger at the end.

    Walls, stubs and errors do not count: behind them may be an article.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._articles: Counter[str] = Counter()
        self._others: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for what pages turn out to be."""
        counter = cls(crawler)
        crawler.signals.connect(counter.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(counter.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(counter.spider_closed, signal=signals.spider_closed)
        return counter

    def item_scraped(self, item: Any) -> None:
        """An article was stored."""
        if isinstance(item, Article):
            self._articles[url_pattern(item.url)] += 1

    def item_dropped(self, item: Any, exception: DropItem) -> None:
        """A page was rejected; a copy is an article all the same."""
        if not isinstance(item, Page):
            return
        if isinstance(exception, Duplicate):
            self._articles[url_pattern(item.url)] += 1
        elif isinstance(exception, CategoryPage | OtherDocument):
            self._others[url_pattern(item.url)] += 1

    def spider_closed(self, spider: NewsSpider) -> None:
        """Write the counts."""
        patterns = self._articles.keys() | self._others.keys()
        counts = {name: (self._articles[name], self._others[name]) for name in patterns}
        try:
            ledger_of(self._crawler).count_patterns(spider.site, counts)
        except StorageError as error:
            stop_on_write_fault(self._crawler, error)
