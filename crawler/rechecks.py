"""News texts change most in their first days: stored stories are looked at again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.base import NewsSpider
from crawler.durations import duration
from crawler.trail import Found
from pipelines.dedup.stage import Unchanged
from pipelines.items import Article, Page
from pipelines.ledger import RECHECK, AgeStep, Ledger, OldStory
from pipelines.session import ledger_of

# However few requests the run needed otherwise: a quiet night is the time for it.
LEAST_RECHECKS = 10
GONE = (404, 410)


class Rechecks:
    """When the ordinary work of a run is done, asks for stories whose time has come.

    Conditional requests where the server gave validators. What becomes of the answer is the
    business of the usual stages: a changed text is a new revision, an unchanged one nothing.
    A story that is gone is a row of `rejects/` with its status, and not asked for again.

    Counters: `rechecks/asked`, `rechecks/not_modified`, `rechecks/gone`, `rechecks/failed`.
    """

    def __init__(
        self, crawler: Crawler, ledger: Ledger, *, after: tuple[timedelta, ...], share: float
    ) -> None:
        self._crawler = crawler
        self._ledger = ledger
        self._steps = steps_of(after)
        self._share = share
        self._is_asked = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read RECHECK_AFTER and RECHECK_SHARE. Raises NotConfigured where they are off."""
        after = spans(crawler.settings.get("RECHECK_AFTER"))
        share = crawler.settings.getfloat("RECHECK_SHARE")
        if not after or not share:
            raise NotConfigured
        extension = cls(crawler, ledger_of(crawler), after=after, share=share)
        connect = crawler.signals.connect
        connect(extension.spider_idle, signals.spider_idle)
        connect(extension.item_scraped, signals.item_scraped)
        connect(extension.item_dropped, signals.item_dropped)
        return extension

    def spider_idle(self, spider: NewsSpider) -> None:
        """Ask, once. Raises DontCloseSpider when there is something to wait for."""
        if self._is_asked:
            return
        self._is_asked = True
        due = self._ledger.due_for_recheck(
            spider.site, datetime.now(UTC), self._steps, self._budget()
        )
        for story in due:
            self._count("asked")
            self._crawler.engine.crawl(self._request(story))
        if due:
            raise DontCloseSpider

    def item_scraped(self, item: Any, response: Response | None) -> None:
        """Keep what lets the server answer "not modified" the next time."""
        if isinstance(item, Article) and response is not None:
            self._keep_validators(item.article_id, response)

    def item_dropped(self, exception: Exception, response: Response | None) -> None:
        """The same for a story that has not changed."""
        if isinstance(exception, Unchanged) and response is not None:
            self._keep_validators(exception.article_id, response)

    def _keep_validators(self, article_id: str, response: Response) -> None:
        etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        if etag or last_modified:
            self._ledger.set_validators(article_id, etag, last_modified)

    def _budget(self) -> int:
        """RECHECK_SHARE of all requests, these included."""
        others = self._crawler.stats.get_value("downloader/request_count", 0)
        return max(LEAST_RECHECKS, int(others * self._share / (1 - self._share)))

    def _request(self, story: OldStory) -> Request:
        headers = {"If-None-Match": story.etag, "If-Modified-Since": story.last_modified}
        return Request(
            story.url,
            headers={name: value for name, value in headers.items() if value},
            callback=self.answered,
            errback=self.failed,
            cb_kwargs={"story": story},
            dont_filter=True,
        )

    def answered(self, response: Response, story: OldStory) -> Iterator[Page]:
        """The page, unless the server says that it has not changed."""
        is_gone = response.status in GONE
        now = datetime.now(UTC)
        self._ledger.rechecked(story.article_id, story.step, gone_at=now if is_gone else None)
        if response.status == 304:
            self._count("not_modified")
            return
        if is_gone:
            self._count("gone")
        spider = self._crawler.spider
        assert isinstance(spider, NewsSpider)
        found = Found(url=story.url, url_key=story.url_key, via=RECHECK)
        yield from spider.parse_article(response, found)

    def failed(self, failure: Failure) -> None:
        """It stays due: the next run asks again."""
        self._count("failed")

    def _count(self, name: str) -> None:
        self._crawler.stats.inc_value(f"rechecks/{name}")


def spans(text: str) -> tuple[timedelta, ...]:
    """The spans of RECHECK_AFTER, shortest first. Raises ConfigError.

    >>> spans("6h, 1h")
    (datetime.timedelta(seconds=3600), datetime.timedelta(seconds=21600))
    """
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    return tuple(sorted(span for part in parts if (span := duration("RECHECK_AFTER", part))))


def steps_of(after: tuple[timedelta, ...]) -> tuple[AgeStep, ...]:
    """The ages in which a story is due; the last one ends at twice its begin.

    >>> [(s.number, s.least.days, s.most.days) for s in steps_of((timedelta(1), timedelta(7)))]
    [(1, 1, 7), (2, 7, 14)]
    """
    ends = (*after, 2 * after[-1])
    return tuple(
        AgeStep(number, least, most) for number, (least, most) in enumerate(pairwise(ends), 1)
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
