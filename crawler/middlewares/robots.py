"""robots.txt as RFC 9309 wants it, with Crawl-delay.

Scrapy's own middleware crawls on when robots.txt answers 5xx or drops the connection, and
ignores Crawl-delay.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.statscollectors import StatsCollector

from crawler.middlewares.pace import HostPace
from crawler.middlewares.refusals import (
    CrawlDelayTooLong,
    Refused,
    RobotsDisallowed,
    RobotsUnavailable,
)

logger = logging.getLogger(__name__)

MAX_BYTES = 500 * 1024
"""What is read of a robots.txt: the least that RFC 9309 (2.5) asks a crawler to read."""

_PRIORITY = 1000  # before anything else that waits


@dataclass(frozen=True, slots=True)
class Robots:
    """What the robots.txt of one origin says."""

    rules: Protego
    refusal: Refused | None = None
    """Set when no request at all may be made now."""
    sitemaps: tuple[str, ...] = ()
    """The absolute URLs of its Sitemap lines."""


class RobotsMiddleware:
    """Asks each origin for its robots.txt before anything else, and keeps to it.

    | robots.txt                   | then                                              |
    |------------------------------|---------------------------------------------------|
    | 2xx                          | its rules hold                                    |
    | 4xx but 429                  | no rules (RFC 9309, 2.3.1.3)                      |
    | 5xx, 429, no answer          | every request is refused (2.3.1.4), after retries |
    | Crawl-delay                  | raises the delay of the host, never lowers it     |
    | over CRAWL_DELAY_MAX_S       | every request is refused: coming more often than  |
    |                              | a host allows is no way out of a long delay       |

    Counters: `robots/fetched`, `robots/status/<n>`, `robots/crawl_delay`, and one for each
    refused request: `robots/disallowed`, `robots/unavailable`, `robots/crawl_delay_too_long`.
    """

    def __init__(
        self,
        *,
        fetch: Callable[[Request], Awaitable[Response]],
        pace: HostPace,
        stats: StatsCollector,
        user_agent: str,
        crawl_delay_max_s: float,
    ) -> None:
        self._fetch = fetch
        self._pace = pace
        self._stats = stats
        self._user_agent = user_agent
        self._crawl_delay_max_s = crawl_delay_max_s
        self._robots: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Reads ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT, USER_AGENT and CRAWL_DELAY_MAX_S."""
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured

        def fetch(request: Request) -> Awaitable[Response]:
            assert crawler.engine is not None
            return crawler.engine.download_async(request)

        assert crawler.stats is not None
        return cls(
            fetch=fetch,
            pace=HostPace(crawler),
            stats=crawler.stats,
            user_agent=settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"],
            crawl_delay_max_s=settings.getfloat("CRAWL_DELAY_MAX_S", 60.0),
        )

    async def process_request(self, request: Request) -> None:
        """Raises a `Refused` for what robots.txt does not allow."""
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith("http"):
            return
        robots = await self.robots_of(request.url)
        if robots.refusal:
            self._stats.inc_value(f"robots/{_COUNTERS[type(robots.refusal)]}")
            raise robots.refusal.again()
        if not robots.rules.can_fetch(request.url, self._user_agent):
            self._stats.inc_value("robots/disallowed")
            raise RobotsDisallowed(f"robots.txt disallows {request.url}")

    async def robots_of(self, url: str) -> Robots:
        """What the robots.txt of the URL's origin says; fetched once a crawl."""
        origin = origin_of(url)
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(self._read(origin))
        # Many requests wait for one answer: the end of one of them must not cancel it.
        return await asyncio.shield(self._robots[origin])

    async def _read(self, origin: str) -> Robots:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=_PRIORITY,
            meta={"dont_obey_robotstxt": True, "give_up_log_level": "DEBUG"},
        )
        self._stats.inc_value("robots/fetched")
        try:
            response = await self._fetch(request)
        except Exception as error:  # whatever kept it from us, the host is not asked further
            return self._not_now(origin, f"could not be fetched ({type(error).__name__}: {error})")
        self._stats.inc_value(f"robots/status/{response.status}")
        if response.status >= 500 or response.status == 429:
            return self._not_now(origin, f"answered {response.status}")
        if not 200 <= response.status < 300:
            return Robots(Protego.parse(""))
        return self._parse(origin, response.body)

    def _parse(self, origin: str, body: bytes) -> Robots:
        if len(body) > MAX_BYTES:  # half a line could say "Disallow: /"
            body = body[:MAX_BYTES].rpartition(b"\n")[0]
        rules = Protego.parse(body.decode("utf-8-sig", "ignore"))
        sitemaps = tuple(urljoin(f"{origin}/", line) for line in rules.sitemaps)
        refusal = self._keep_crawl_delay(origin, rules.crawl_delay(self._user_agent) or 0.0)
        return Robots(rules, refusal, sitemaps)

    def _keep_crawl_delay(self, origin: str, delay_s: float) -> Refused | None:
        if not delay_s > 0:  # absent, negative, or "nan"
            return None
        self._stats.inc_value("robots/crawl_delay")
        if delay_s <= self._crawl_delay_max_s:
            self._pace.raise_delay(urlsplit(origin).hostname or "", delay_s)
            return None
        text = (
            f"robots.txt of {origin} asks for {delay_s:g} s between requests; "
            f"CRAWL_DELAY_MAX_S is {self._crawl_delay_max_s:g}: raise it to crawl this host"
        )
        logger.warning(text)
        return CrawlDelayTooLong(text)

    def _not_now(self, origin: str, what: str) -> Robots:
        text = f"robots.txt of {origin} {what}: the host is left alone in this run"
        logger.warning(text)
        return Robots(Protego.parse(""), RobotsUnavailable(text))


_COUNTERS: dict[type[Refused], str] = {
    RobotsUnavailable: "unavailable",
    CrawlDelayTooLong: "crawl_delay_too_long",
}


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for (RFC 9309, 2.3).

    >>> origin_of("https://example.com:8443/a?b")
    'https://example.com:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
