"""Nothing is fetched twice: drops requests for known articles, and ends paging that brings none."""

from datetime import UTC, datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.base import NewsSpider
from crawler.trail import Trail
from pipelines.ledger import Ledger
from pipelines.session import ledger_of

# Counters that say: something that a section led to was not fetched or not written.
_GAPS = (
    "fetch/failed",
    "sections/failed",
    "storage/failed",
    "item_dropped_reasons_count/NotStored",
    "discovery/older_than_since",
    "log_count/ERROR",
)


class SkipKnown(BaseSpiderMiddleware):
    """A spider middleware: it looks at requests before they are scheduled.

    A page of a section on which every article is known ends the paging of that section,
    but only where the last run finished that section and went as deep: after a kill, the
    articles behind that page may never have been fetched.
    """

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        super().__init__(crawler)
        self._ledger = ledger
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the run's begin and end, between which its sections are unsettled."""
        middleware = cls(crawler, ledger_of(crawler))
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def spider_opened(self, spider: NewsSpider) -> None:
        """Begin every section of the site."""
        self._spider = spider
        for url in spider.section_urls:
            self._ledger.begin_section(spider.site, spider.settled_as(url))

    def spider_closed(self, spider: NewsSpider, reason: str) -> None:
        """Settle the sections when the run fetched all that they led to."""
        has_gaps = any(self.crawler.stats.get_value(name) for name in _GAPS)
        has_read_sections = spider.discover in ("sections", "all")
        if reason == "finished" and has_read_sections and not has_gaps:
            settled = map(spider.settled_as, spider.section_urls)
            self._ledger.settle_sections(spider.site, settled, spider.max_pages)

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """The request, or None when it would bring nothing new."""
        if key := request.meta.get("url_key"):
            return self._article(request, key, response)
        trail: Trail | None = request.cb_kwargs.get("trail")
        if response is not None and trail is not None and trail.page_number > 1:
            return self._next_page(request, trail, response)
        return request

    def _article(self, request: Request, key: str, response: Response | None) -> Request | None:
        if self._ledger.is_known(self._spider.site, key, datetime.now(UTC)):
            self.crawler.stats.inc_value("known/skipped")
            return None
        if response is not None:
            response.meta["new_articles"] = response.meta.get("new_articles", 0) + 1
        if key in self._asked:
            return None
        self._asked.add(key)
        return request

    def _next_page(self, request: Request, trail: Trail, response: Response) -> Request | None:
        name = self._spider.settled_as(trail.section)
        settled_pages = self._ledger.settled_pages(self._spider.site, name)
        has_new = response.meta.get("new_articles", 0) > 0
        if not has_new and settled_pages >= self._spider.max_pages:
            self.crawler.stats.inc_value("known/paging_ended")
            return None
        return request
