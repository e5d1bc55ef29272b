"""A run ends in time: RUN_DEADLINE, or `-a deadline=25m`."""

import logging
import time
from datetime import timedelta
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import call_later

from crawler.durations import duration, short
from pipelines.session import stop

logger = logging.getLogger(__name__)

REASON = "deadline"
_LEAST_TIMEOUT_S = 1.0


class Deadline:
    """Closes the crawl when its time is over; everything accepted is published then.

    No download outlives the deadline: the closer it is, the shorter their time limit, so that
    a server that hangs cannot hold up the end.
    """

    def __init__(self, crawler: Crawler, span: timedelta) -> None:
        self._crawler = crawler
        self._span = span
        self._until = time.monotonic() + span.total_seconds()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read RUN_DEADLINE. Raises NotConfigured without one, ConfigError for a wrong one."""
        span = duration("RUN_DEADLINE", crawler.settings.get("RUN_DEADLINE", ""))
        if span is None:
            raise NotConfigured
        extension = cls(crawler, span)
        connect = crawler.signals.connect
        connect(extension.spider_opened, signals.spider_opened)
        connect(extension.request_reached_downloader, signals.request_reached_downloader)
        connect(extension.spider_closed, signals.spider_closed)
        return extension

    @property
    def left(self) -> timedelta:
        """What is left of the time; nothing after its end."""
        return timedelta(seconds=max(0.0, self._until - time.monotonic()))

    def spider_opened(self) -> None:
        """Set the clock."""
        self._call = call_later(self.left.total_seconds(), self._end)

    def request_reached_downloader(self, request: Request) -> None:
        """Let the download end with the run at the latest."""
        usual = request.meta.get("download_timeout")
        left_s = max(_LEAST_TIMEOUT_S, self.left.total_seconds())
        request.meta["download_timeout"] = min(usual, left_s) if usual else left_s

    def spider_closed(self) -> None:
        """Leave no timer behind."""
        self._call.cancel()

    def _end(self) -> None:
        logger.info("the deadline of %s is reached", short(self._span))
        stop(self._crawler, REASON)
