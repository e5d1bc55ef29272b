"""The report of a run: a row in `runs/`, and a short summary at the end."""

import statistics
from collections import defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.outcome import outcome_of_run
from pipelines.dataset.publisher import Publisher
from pipelines.errors import StorageError
from pipelines.rows import Run
from pipelines.session import ledger_of, output_dir_of, stop_on_write_fault

_REJECTED = "item_dropped_reasons_count/"
_STATUS = "downloader/response_status_count/"
_COVERAGE = "coverage/"


class RunReport:
    """Watches the gaps between requests, and at the end writes the run's row."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._started_at = datetime.now(UTC)
        self._sent_at: dict[str, list[float]] = defaultdict(list)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for downloads and the end."""
        report = cls(crawler)
        crawler.signals.connect(report.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(report.spider_closed, signal=signals.spider_closed)
        return report

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Note when the host's slot last sent a request."""
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot:
            self._sent_at[request.meta["download_slot"]].append(slot.lastseen)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Write the run's row and publish it."""
        self._crawler.stats.set_value("run/reason", reason)
        run = self._run(spider, reason)
        try:
            ledger = ledger_of(self._crawler)
            ledger.add_run(run)
            Publisher(ledger, output_dir_of(self._crawler)).publish(run.site)
        except StorageError as error:
            stop_on_write_fault(self._crawler, error)

    def _run(self, spider: Any, reason: str) -> Run:
        stats = self._crawler.stats
        gaps = sorted(_gaps(self._sent_at))
        return Run(
            run_id=spider.run_id,
            site=spider.site,
            spider=spider.name,
            started_at=self._started_at,
            finished_at=datetime.now(UTC),
            outcome=outcome_of_run(stats, reason).word,
            reason=reason,
            sections=len(spider.section_urls),
            sections_read=stats.get_value("sections/read", 0),
            pages=stats.get_value("response_received_count", 0),
            articles=stats.get_value("store/articles", 0),
            rejects=stats.get_value("store/rejects", 0),
            known_skipped=stats.get_value("known/skipped", 0),
            failures=stats.get_value("fetch/failed", 0),
            errors=stats.get_value("log_count/ERROR", 0),
            bytes=stats.get_value("downloader/response_bytes", 0),
            by_reason=self._counts(_REJECTED),
            by_status=self._counts(_STATUS),
            coverage=self._counts(_COVERAGE),
            gap_min_s=gaps[0] if gaps else None,
            gap_median_s=statistics.median(gaps) if gaps else None,
            version=version("broadsheet"),
        )

    def _counts(self, prefix: str) -> dict[str, int]:
        return {
            name.removeprefix(prefix): value
            for name, value in self._crawler.stats.get_stats().items()
            if name.startswith(prefix)
        }


def _gaps(times: dict[str, list[float]]) -> list[float]:
    """The seconds between two requests to one host.

    >>> _gaps({"a": [1.0, 2.0, 2.0, 4.0], "b": [9.0]})
    [1.0, 2.0]
    """
    return [
        later - earlier
        for host in times.values()
        for ordered in [sorted(set(host))]
        for earlier, later in pairwise(ordered)
    ]
