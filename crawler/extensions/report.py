"""The report of a run: its health beside the runs before it, and a row in `runs/`."""

import statistics
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler.counters import rejects_in
from crawler.extensions.observations import Observations
from crawler.health import Health, Level, Thresholds, assess, is_news, runs_that_tell
from crawler.outcome import outcome_of_run
from crawler.standings import is_given_by_hand
from pipelines.dataset.history import recent_runs, remember_run
from pipelines.dataset.publisher import Publisher
from pipelines.errors import StorageError
from pipelines.rows import Run
from pipelines.session import ledger_of, output_dir_of, stop_on_write_fault

_STATUS = "downloader/response_status_count/"
_COVERAGE = "coverage/"
_FAILED = "fetch/failed/"
# What extraction calls the 404 or 410 of a story that was stored once.
_TAKEN_DOWN = "HttpError"


class RunReport:
    """Watches a run, and at its end judges it and writes its row.

    The verdict is left in the counters for the exit status: `health/level`, `health/fault`,
    `health/evidence`, and `health/is_news` where ON_UNHEALTHY is due.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._started_at = datetime.now(UTC)
        self._seen = Observations(crawler)
        self._history_runs = crawler.settings.getint("HEALTH_HISTORY_RUNS")
        self._thresholds = Thresholds(
            chance=crawler.settings.getfloat("HEALTH_CHANCE"),
            slow_factor=crawler.settings.getfloat("HEALTH_SLOW_FACTOR"),
            adapt_after=timedelta(days=crawler.settings.getfloat("HEALTH_ADAPT_DAYS")),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the end."""
        report = cls(crawler)
        crawler.signals.connect(report.spider_closed, signal=signals.spider_closed)
        return report

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the run, write its row and publish it."""
        self._crawler.stats.set_value("run/reason", reason)
        run = await self._run(spider, reason)
        output_dir = output_dir_of(self._crawler)
        try:
            history = recent_runs(output_dir, run.site, self._history_runs)
            run = self._judged(spider, run, runs_that_tell(history))
            ledger = ledger_of(self._crawler)
            ledger.add_run(run)
            Publisher(ledger, output_dir).publish(run.site)
            remember_run(output_dir, run, self._history_runs)
        except StorageError as error:
            stop_on_write_fault(self._crawler, error)

    def _judged(self, spider: Any, run: Run, history: list[Run]) -> Run:
        """The run with its verdict and the outcome that follows from it."""
        if is_given_by_hand(spider, self._crawler.settings):
            health = Health(Level.UNJUDGED)
        else:
            health = assess(run, history, self._thresholds)
        run = replace(
            run,
            health=health.level.value,
            fault=health.fault.value if health.fault else None,
            fault_evidence=health.evidence or None,
        )
        self._tell(health, is_news=is_news(run, history[-1] if history else None))
        return replace(run, outcome=outcome_of_run(self._crawler.stats, run.reason).word)

    def _tell(self, health: Health, *, is_news: bool) -> None:
        put = self._crawler.stats.set_value
        put("health/level", health.level.value)
        if health.fault:
            put("health/fault", health.fault.value)
            put("health/evidence", health.evidence)
            put("health/is_news", is_news)

    async def _run(self, spider: Any, reason: str) -> Run:
        stats, seen = self._crawler.stats, self._seen
        gaps = seen.gaps_s
        return Run(
            run_id=spider.run_id,
            site=spider.site,
            spider=spider.name,
            started_at=self._started_at,
            finished_at=datetime.now(UTC),
            outcome="",
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
            by_reason=self._reasons(),
            by_status=self._counts(_STATUS),
            coverage=self._counts(_COVERAGE),
            gap_min_s=gaps[0] if gaps else None,
            gap_median_s=statistics.median(gaps) if gaps else None,
            version=version("broadsheet"),
            section_links=seen.section_links,
            section_faults=await seen.section_faults(
                tuple(spider.section_urls),
                spider.sections_read,
                spider.sections_lacking,
                stats.get_stats(),
            ),
            sections_unchanged=seen.sections_unchanged,
            by_failure=self._counts(_FAILED),
            robots_disallowed=stats.get_value("robots/disallowed", 0),
            text_chars_median=seen.text_chars_median,
            latency_median_s=seen.latency_median_s,
        )

    def _reasons(self) -> dict[str, int]:
        """Rejects by reason. Stories that the site took down later are no fault of a run."""
        reasons = Counter(rejects_in(self._crawler.stats.get_stats()))
        reasons[_TAKEN_DOWN] -= self._crawler.stats.get_value("rechecks/gone", 0)
        return dict(+reasons)

    def _counts(self, prefix: str) -> dict[str, int]:
        return {
            name.removeprefix(prefix): value
            for name, value in self._crawler.stats.get_stats().items()
            if name.startswith(prefix)
        }
