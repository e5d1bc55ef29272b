"""What a run sees of a site, gathered while it crawls."""

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.health import Fault
from crawler.health.sections import section_fault, silent_section_fault
from pipelines.extract.pool import ExtractionPool
from pipelines.items import Article, Listing, Page
from pipelines.rejects import Reject

LONG_TEXT_WORDS = 150
"""Words from which a text counts as long: a cut page keeps its first paragraphs, about 60."""
# Bytes of a section that could not be read that are looked at: walls are small.
_LOOKED_AT = 300_000
LOOK_S = 20.0
"""Seconds for all of them together: a run that is ending must end."""


class Observations:
    """Gaps and latencies, links of sections, lengths of texts, answers of unreadable sections."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._sent_at: dict[str, list[float]] = defaultdict(list)
        self._latencies: list[float] = []
        self._text_chars: list[int] = []
        self._answers: dict[str, Response] = {}
        self._unchanged: set[str] = set()
        self.section_links: dict[str, int] = {}
        connect = crawler.signals.connect
        connect(self.response_downloaded, signal=signals.response_downloaded)
        connect(self.response_received, signal=signals.response_received)
        connect(self.item_scraped, signal=signals.item_scraped)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Note the latency, and when the host's slot last sent a request."""
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot:
            self._sent_at[request.meta["download_slot"]].append(slot.lastseen)
        if latency := request.meta.get("download_latency"):
            self._latencies.append(latency)

    def response_received(self, response: Response, request: Request) -> None:
        """Keep the answer of a section until it turns out to be readable."""
        trail = request.cb_kwargs.get("trail")
        if trail is None or request.meta.get("listing") != trail.section or trail.page_number > 1:
            return
        if "unchanged" in response.flags:
            self._unchanged.add(trail.section)
        elif trail.section not in self.section_links:
            self._answers[trail.section] = response

    def item_scraped(self, item: Any) -> None:
        """Count the links of a section, and measure the text of an article."""
        if isinstance(item, Listing):
            if self._answers.pop(item.url, None):
                self.section_links[item.url] = len(item.entries)
        elif isinstance(item, Article):
            self._text_chars.append(len(item.text))
            if item.word_count >= LONG_TEXT_WORDS:
                self._crawler.stats.inc_value("coverage/long_text")

    @property
    def sections_unchanged(self) -> int:
        """Sections that answered that nothing changed."""
        return len(self._unchanged)

    @property
    def latency_median_s(self) -> float | None:
        """Seconds until an answer began."""
        return statistics.median(self._latencies) if self._latencies else None

    @property
    def text_chars_median(self) -> float | None:
        """Characters of the texts of this run's articles."""
        return float(statistics.median(self._text_chars)) if self._text_chars else None

    @property
    def gaps_s(self) -> list[float]:
        """Seconds between two requests to a host, sorted."""
        return sorted(gaps(self._sent_at))

    async def section_faults(
        self,
        section_urls: tuple[str, ...],
        read: Collection[str],
        lacking: Mapping[str, tuple[Fault, str]],
        counters: Mapping[str, Any],
    ) -> dict[str, str]:
        """Section URL -> why it could not be read; empty when all could.

        `read` are those that the spider counts as read: by their page, a sitemap or a feed. One
        may still lack the feeds or sitemaps that were asked of it: `lacking` says why.
        """
        if not counters.get("sections/failed"):
            return {}
        readable = self._unchanged | self.section_links.keys() | set(read)
        unread = [url for url in section_urls if url not in readable or url in lacking]
        answers = {url: self._answers[url] for url in unread if url in self._answers}
        rejects = await rejects_of(answers)
        faults = {}
        for url in unread:
            if answer := answers.get(url):
                _, why = lacking.get(url, (None, ""))
                faults[url] = section_fault(answer.status, answer.body, rejects.get(url), why)
            elif url in lacking:
                fault, why = lacking[url]
                faults[url] = f"{fault.value}: {why}"
            else:
                faults[url] = silent_section_fault(counters)
        return faults


async def rejects_of(
    answers: Mapping[str, Response], *, seconds: float = LOOK_S
) -> dict[str, Reject]:
    """URL -> what extraction says of a page that shows no article links; HTTP errors say it all.

    In a worker process, for as long as `seconds` allow: such a page can hang or kill its reader
    as any other can, and is an `ExtractionTimeout` or `ExtractionCrash` then.
    """
    pages = {url: _page(answer) for url, answer in answers.items() if answer.status < 400}
    if not pages:
        return {}
    pool = ExtractionPool(workers=1, timeout_s=seconds / len(pages), min_chars=0)
    try:
        looks = (pool.extract(page) for page in pages.values())
        found = await asyncio.gather(*looks, return_exceptions=True)
    finally:
        pool.close()
    return {url: one for url, one in zip(pages, found, strict=True) if isinstance(one, Reject)}


def _page(response: Response) -> Page:
    return Page(
        url=response.url,
        body=response.body[:_LOOKED_AT],
        status=response.status,
        fetched_at=datetime.now(UTC),
    )


def gaps(times: Mapping[str, list[float]]) -> list[float]:
    """The seconds between two requests to one host.

    >>> gaps({"a": [1.0, 2.0, 2.0, 4.0], "b": [9.0]})
    [1.0, 2.0]
    """
    return [
        later - earlier
        for host in times.values()
        for ordered in [sorted(set(host))]
        for earlier, later in pairwise(ordered)
    ]
