"""Stage 100: a page becomes an article, or a reject with its reason."""

import multiprocessing
from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler

from pipelines.boilerplate import SiteMemory
from pipelines.extract.pool import ExtractionPool
from pipelines.items import Page
from pipelines.session import ledger_of


class ExtractPipeline:
    """Sends each page, with what its site has taught so far, to a worker and awaits its article."""

    def __init__(
        self, memory: SiteMemory | None, *, workers: int, timeout_s: float, min_chars: int
    ) -> None:
        self._memory = memory
        self._workers = workers
        self._timeout_s = timeout_s
        self._min_chars = min_chars

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read EXTRACT_WORKERS, EXTRACT_TIMEOUT_S, EXTRACT_MIN_CHARS and EXTRACT_LEARNS."""
        settings = crawler.settings
        site = crawler.spider.site  # type: ignore[union-attr]
        return cls(
            ledger_of(crawler).boilerplate(site) if settings.getbool("EXTRACT_LEARNS") else None,
            workers=settings.getint("EXTRACT_WORKERS") or multiprocessing.cpu_count(),
            timeout_s=settings.getfloat("EXTRACT_TIMEOUT_S"),
            min_chars=settings.getint("EXTRACT_MIN_CHARS"),
        )

    def open_spider(self) -> None:
        """Make the pool; its processes start with the first page."""
        self._pool = ExtractionPool(
            workers=self._workers, timeout_s=self._timeout_s, min_chars=self._min_chars
        )

    async def process_item(self, item: Any) -> Any:
        """The article of a page; anything else passes."""
        if not isinstance(item, Page):
            return item
        if self._memory is None:
            return replace(await self._pool.extract(item), lines=())
        return await self._pool.extract(item, self._memory.lessons)

    def close_spider(self) -> None:
        """End the worker processes."""
        self._pool.close()
