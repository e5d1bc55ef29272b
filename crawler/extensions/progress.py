"""One line that a person at a terminal sees while a crawl runs."""

import sys
import time
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

REFRESH_S = 0.5


class Progress:
    """Pages, articles, rejects and pages per second, on stderr; off without a terminal."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._loop = create_looping_call(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin and end with the crawl. Raises NotConfigured without a terminal."""
        if not sys.stderr.isatty():
            raise NotConfigured
        progress = cls(crawler, Console(stderr=True))
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Show the line."""
        self._started = time.monotonic()
        self._live.start()
        self._loop.start(REFRESH_S)

    def spider_closed(self) -> None:
        """Take the line away."""
        if self._loop.running:
            self._loop.stop()
        self._live.stop()

    def _show(self) -> None:
        seconds = time.monotonic() - self._started
        self._live.update(Text(progress_line(self._crawler, seconds)), refresh=True)


def progress_line(crawler: Crawler, seconds: float) -> str:
    """The state of a crawl after `seconds`."""
    value = crawler.stats.get_value
    pages = value("response_received_count", 0)
    rate = pages / seconds if seconds else 0.0
    return (
        f"{crawler.spider.site}  {pages} pages  {value('store/articles', 0)} articles  "  # type: ignore[union-attr]
        f"{value('store/rejects', 0)} rejects  {rate:.1f} pages/s"
    )
