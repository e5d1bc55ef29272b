"""A host that says "too many requests" or "not available now" is left alone for a while."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from crawler.middlewares.pace import HostPace, host_of
from crawler.middlewares.refusals import RetryAfterTooLong

STATUSES = frozenset({429, 503})
"""Too Many Requests (RFC 6585, 4) and Service Unavailable (RFC 9110, 15.6.4)."""


class RetryAfterMiddleware:
    """Holds the host of a 429 or 503 for as long as its Retry-After asks.

    Meanwhile no request goes to that host, and others go on. Then Scrapy's RetryMiddleware,
    which must come after this one, repeats the request. Without the header the time is
    RETRY_BACKOFF_S, doubled at each further attempt, up to RETRY_AFTER_MAX_S. A host that
    asks for more than RETRY_AFTER_MAX_S is given up until then: its requests are refused.

    Counters: `retry_after/held` (holds), `retry_after/held_s` (seconds, together) and
    `retry_after/given_up` (requests refused because the time was too long).
    """

    def __init__(
        self, *, pace: HostPace, stats: StatsCollector, max_s: float, backoff_s: float
    ) -> None:
        self._pace = pace
        self._stats = stats
        self._max_s = max_s
        self._backoff_s = backoff_s
        self._refused: dict[str, tuple[float, RetryAfterTooLong]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Reads RETRY_AFTER_MAX_S (0: off) and RETRY_BACKOFF_S."""
        max_s = crawler.settings.getfloat("RETRY_AFTER_MAX_S", 120.0)
        if not max_s:
            raise NotConfigured
        assert crawler.stats is not None
        middleware = cls(
            pace=HostPace(crawler),
            stats=crawler.stats,
            max_s=max_s,
            backoff_s=crawler.settings.getfloat("RETRY_BACKOFF_S", 5.0),
        )
        # The signal comes before the downloader takes the next request from the queue.
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Refuses requests to a host that asked for too long a pause."""
        self._raise_if_refused(host_of(request))

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Holds the host, or gives it up, before its next request leaves."""
        if response.status not in STATUSES:
            return
        host, wait_s = host_of(request), self._wait_s(request, response)
        if wait_s <= self._max_s:
            self._pace.hold(host, wait_s)
            self._stats.inc_value("retry_after/held")
            self._stats.inc_value("retry_after/held_s", math.ceil(wait_s))
            return
        refusal = RetryAfterTooLong(
            f"{host} asks to come back in {wait_s:.0f} s; RETRY_AFTER_MAX_S is {self._max_s:g}"
        )
        self._refused[host] = (monotonic() + wait_s, refusal)
        given_up = self._pace.fail_waiting(refusal, [host])
        self._stats.inc_value("retry_after/given_up", given_up)

    def process_response(self, request: Request, response: Response) -> Response:
        """Refuses the response of a host that is given up; it would be retried otherwise."""
        if response.status in STATUSES:
            self._raise_if_refused(host_of(request))
        return response

    def _wait_s(self, request: Request, response: Response) -> float:
        header = (response.headers.get("Retry-After") or b"").decode("ascii", "replace")
        date = (response.headers.get("Date") or b"").decode("ascii", "replace")
        asked_s = retry_after_s(header, http_date(date) or datetime.now(UTC))
        if asked_s is not None:
            return asked_s
        attempt = int(request.meta.get("retry_times", 0))
        return float(min(self._backoff_s * 2**attempt, self._max_s))

    def _raise_if_refused(self, host: str) -> None:
        until, refusal = self._refused.get(host, (0.0, None))
        if refusal and monotonic() < until:
            self._stats.inc_value("retry_after/given_up")
            raise refusal.again()


def retry_after_s(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for; None when it says nothing readable.

    It holds seconds or a date (RFC 9110, 10.2.3).

    >>> noon = datetime(2025, 11, 20, 12, tzinfo=UTC)
    >>> retry_after_s("120", noon), retry_after_s("Thu, 20 Nov 2025 12:01:00 GMT", noon)
    (120.0, 60.0)
    >>> retry_after_s("Thu, 20 Nov 2025 11:00:00 GMT", noon), retry_after_s("soon", noon)
    (0.0, None)
    """
    if value.strip().isdecimal():
        return float(value)
    then = http_date(value)
    return None if then is None else max(0.0, (then - now).total_seconds())


def http_date(value: str) -> datetime | None:
    """An HTTP date as an aware time; None when it is none.

    >>> http_date("Thu, 20 Nov 2025 12:00:00 GMT")
    datetime.datetime(2025, 11, 20, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return then if then.tzinfo else then.replace(tzinfo=UTC)
