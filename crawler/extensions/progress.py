"""What a person at a terminal sees while a crawl runs."""

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.counters import rejects_in
from crawler.durations import short
from crawler.extensions.deadline import Deadline

REFRESH_S = 0.5
_COPIES = frozenset({"SameStory", "ExactDuplicate", "NearDuplicate"})
_HOSTS_SHOWN = 4
_ENDING = "ending: what is under way is finished and published; Ctrl-C again ends at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The state of a crawl at one moment."""

    site: str
    elapsed: timedelta
    left: timedelta | None = None
    """Until the deadline; None without one."""
    sections: int = 0
    queue: int = 0
    """Requests that wait or are under way."""
    delays: Mapping[str, float] = field(default_factory=dict)
    """Host -> seconds between two requests."""
    counters: Mapping[str, Any] = field(default_factory=dict)
    is_ending: bool = False


class Progress:
    """A few lines on stderr, renewed twice a second; off without a terminal."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._loop = create_looping_call(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin and end with the crawl. Raises NotConfigured where no one wants or sees it."""
        if not (crawler.settings.getbool("PROGRESS_SHOWN") and sys.stderr.isatty()):
            raise NotConfigured
        progress = cls(crawler, Console(stderr=True, highlight=False))
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Show the lines."""
        self._started = time.monotonic()
        self._live.start()
        self._loop.start(REFRESH_S)

    def spider_closed(self, reason: str) -> None:
        """Take the lines away; before that, whoever pressed Ctrl-C has seen that it was heard."""
        if self._loop.running:
            self._loop.stop()
        if reason == "shutdown":
            self._show()
        self._live.stop()

    def _show(self) -> None:
        self._live.update(Text("\n".join(lines_of(self._moment()))), refresh=True)

    def _moment(self) -> Moment:
        crawler = self._crawler
        spider: Any = crawler.spider
        engine: Any = crawler.engine
        slot = engine._slot
        deadline = crawler.get_extension(Deadline)
        downloader = engine.downloader
        return Moment(
            site=spider.site,
            elapsed=timedelta(seconds=time.monotonic() - self._started),
            left=deadline.left if deadline else None,
            sections=len(spider.section_urls),
            queue=len(downloader.active) + (len(slot.scheduler) if slot else 0),
            delays={host: one.delay for host, one in downloader.slots.items()},
            counters=crawler.stats.get_stats(),
            is_ending=not slot or bool(slot.closing),
        )


def lines_of(moment: Moment) -> Iterator[str]:
    """The lines that show a moment.

    >>> for line in lines_of(Moment(site="a.com", elapsed=timedelta(seconds=4), sections=2,
    ...     queue=3, delays={"a.com": 1.0}, counters={"response_received_count": 6})):
    ...     print(line)
    a.com  4 s
    sections 0 of 2  queue 3  6 pages  1.5 pages/s
    0 articles  0 known  0 duplicates  0 rejects
    a.com: one request in 1 s
    """
    value = moment.counters.get
    left = f"  {short(moment.left)} left" if moment.left is not None else ""
    yield f"{moment.site}  {short(moment.elapsed)}{left}"
    pages = value("response_received_count", 0)
    seconds = moment.elapsed.total_seconds()
    yield (
        f"sections {value('sections/read', 0)} of {moment.sections}  queue {moment.queue}  "
        f"{pages} pages  {pages / seconds if seconds else 0:.1f} pages/s"
    )
    rejects = rejects_in(moment.counters)
    copies = sum(count for name, count in rejects.items() if name in _COPIES)
    others = {name: count for name, count in rejects.items() if name not in _COPIES}
    yield (
        f"{value('store/articles', 0)} articles  {value('known/skipped', 0)} known  "
        f"{copies} duplicates  {sum(others.values())} rejects{_by_reason(others)}"
    )
    for host, delay_s in list(moment.delays.items())[:_HOSTS_SHOWN]:
        yield f"{host}: one request in {delay_s:g} s"
    if moment.is_ending:
        yield _ENDING


def _by_reason(rejects: Mapping[str, int]) -> str:
    """` (2 ConsentWall, 1 HttpError)`, the commonest first; "" for none."""
    ordered = sorted(rejects.items(), key=lambda item: (-item[1], item[0]))
    return f" ({', '.join(f'{count} {name}' for name, count in ordered)})" if ordered else ""
