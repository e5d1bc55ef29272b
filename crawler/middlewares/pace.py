"""The pace of requests to each host: delays, holds, and which queue a request waits in.

Scrapy's downloader keeps one slot per host name, with a queue and a delay. It makes the slot
at the first request and throws it away after a minute without any. What is set here
survives that.
"""

from collections.abc import Iterable
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from crawler.middlewares.refusals import ClosedWhileWaiting, Refused

_WATCH_S = 0.5
"""How often to look whether the crawl is being closed; no signal tells it in time."""

_LEAST_DELAY_S = 0.001
"""The downloader looks at a slot's hold only when the slot has a delay."""


def host_of(request: Request) -> str:
    """The host name of a request: the key of its downloader slot.

    >>> host_of(Request("https://Example.com:8443/a"))
    'example.com'
    """
    return urlparse_cached(request).hostname or ""


class HostPace:
    """Slows down and holds the hosts of one crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @property
    def downloader(self) -> Downloader:
        """The crawl's downloader; there is none before the engine starts."""
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader

    @property
    def is_closing(self) -> bool:
        """Whether the crawl takes on no more requests (Ctrl-C, a limit reached)."""
        engine = self._crawler.engine
        return not engine or not engine.running or not engine._slot or bool(engine._slot.closing)

    def raise_delay(self, host: str, delay_s: float) -> None:
        """At least `delay_s` seconds between two requests to `host`, for the whole crawl.

        A delay that is longer already stays; jitter, which would go below it, ends.
        """
        downloader = self.downloader
        settings = downloader.per_slot_settings.get(host, {})
        usual_s = float(settings.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")))
        delay_s = max(delay_s, usual_s)
        downloader.per_slot_settings[host] = {**settings, "delay": delay_s, "jitter": 0.0}
        slot = downloader.slots.get(host)
        if slot:
            slot.delay, slot.jitter = max(slot.delay, delay_s), 0.0

    def hold(self, host: str, seconds: float) -> None:
        """No request to `host` for that time; other hosts go on."""
        slot = self._slot(host)
        if slot:
            slot.delay = max(slot.delay, _LEAST_DELAY_S)
            slot.lastseen = max(slot.lastseen, monotonic() + seconds)

    def fail_waiting(self, refusal: Refused, hosts: Iterable[str] | None = None) -> int:
        """Fails every request that waits in the slots of these hosts (default: all); how many."""
        waiting = [
            slot.queue.popleft()
            for host in list(self.downloader.slots if hosts is None else hosts)
            if (slot := self._slot(host))
            for _ in range(len(slot.queue))
        ]
        for _, result in waiting:
            result.errback(Failure(refusal.again()))  # type: ignore[no-untyped-call]
        return len(waiting)

    def _slot(self, host: str) -> Slot | None:
        return self.downloader.slots.get(host)


class HostSlotMiddleware:
    """Keeps each request in the slot of its own host, and empties the slots at the end.

    Scrapy writes the slot's name into `request.meta`, and a redirect copies it: a host that
    others redirect to would be asked at the sum of their paces.

    A crawl that closes (Ctrl-C, a limit reached) waits for what its slots hold. With one
    host, a second between requests and 16 of them waiting that takes 16 seconds, with a
    long Crawl-delay or Retry-After minutes. So they fail with `ClosedWhileWaiting`; requests
    under way are finished.

    Counter: `slots/closed_while_waiting` (requests).
    """

    def __init__(self, *, pace: HostPace, stats: StatsCollector) -> None:
        self._pace = pace
        self._stats = stats
        self._watch = create_looping_call(self._let_go_when_closing)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Needs no setting."""
        assert crawler.stats is not None
        middleware = cls(pace=HostPace(crawler), stats=crawler.stats)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def spider_opened(self) -> None:
        """Begins to watch for the end."""
        self._watch.start(_WATCH_S, now=False)

    def spider_closed(self) -> None:
        """Leaves no timer behind."""
        if self._watch.running:
            self._watch.stop()

    def process_request(self, request: Request) -> None:
        """Forgets the slot that an earlier request waited in."""
        request.meta.pop(Downloader.DOWNLOAD_SLOT, None)

    def _let_go_when_closing(self) -> None:
        if self._pace.is_closing:
            refusal = ClosedWhileWaiting("the crawl ended before its turn")
            self._stats.inc_value("slots/closed_while_waiting", self._pace.fail_waiting(refusal))
