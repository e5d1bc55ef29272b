"""Stage 100: a page becomes an article, or a reject with its reason."""

import multiprocessing
from typing import Any, Self

from scrapy.crawler import Crawler

from pipelines.extract.pool import ExtractionPool
from pipelines.items import Page


class ExtractPipeline:
    """Sends each page to a worker process and awaits its article."""

    def __init__(self, *, workers: int, timeout_s: float, min_chars: int) -> None:
        self._workers = workers
        self._timeout_s = timeout_s
        self._min_chars = min_chars

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read EXTRACT_WORKERS, EXTRACT_TIMEOUT_S and EXTRACT_MIN_CHARS."""
        return cls(
            workers=crawler.settings.getint("EXTRACT_WORKERS") or multiprocessing.cpu_count(),
            timeout_s=crawler.settings.getfloat("EXTRACT_TIMEOUT_S"),
            min_chars=crawler.settings.getint("EXTRACT_MIN_CHARS"),
        )

    def open_spider(self) -> None:
        """Make the pool; its processes start with the first page."""
        self._pool = ExtractionPool(
            workers=self._workers, timeout_s=self._timeout_s, min_chars=self._min_chars
        )

    async def process_item(self, item: Any) -> Any:
        """The article of a page; anything else passes."""
        return await self._pool.extract(item) if isinstance(item, Page) else item

    def close_spider(self) -> None:
        """End the worker processes."""
        self._pool.close()
