"""Sections, feeds and sitemaps are asked whether they changed (RFC 9110, 13.1)."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.base import NewsSpider, body_hash
from pipelines.ledger import Ledger, ListingState
from pipelines.session import ledger_of

# A reject that no listing showed for so long after its time will not come back.
_DUE_FOR = timedelta(days=2)


class Revalidate:
    """Sends ETag and Last-Modified of the last answer, and flags an answer as `unchanged`.

    Only where the last run finished the section: after a kill, what the unchanged page lists
    may not have been fetched. Some servers answer with a stale ETag for ever, so after
    `full_fetch_after` the whole page is asked for; and so it is while rejects of the site
    may be tried again, which only their listing can lead to. The state reaches the spider as
    `response.meta["listing_state"]`.

    Counters: `revalidate/asked`, `revalidate/unchanged`.
    """

    def __init__(self, crawler: Crawler, ledger: Ledger, *, full_fetch_after: timedelta) -> None:
        self._crawler = crawler
        self._ledger = ledger
        self._full_fetch_after = full_fetch_after

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read LISTING_FULL_FETCH_S."""
        seconds = crawler.settings.getfloat("LISTING_FULL_FETCH_S")
        return cls(crawler, ledger_of(crawler), full_fetch_after=timedelta(seconds=seconds))

    def process_request(self, request: Request) -> None:
        """Add the conditions to a listing request that may have them."""
        state = self._state_of(request)
        if state is None:
            return
        request.meta["listing_state"] = state
        if state.etag:
            request.headers["If-None-Match"] = state.etag
        if state.last_modified:
            request.headers["If-Modified-Since"] = state.last_modified
        if state.etag or state.last_modified:
            self._crawler.stats.inc_value("revalidate/asked")

    def process_response(self, request: Request, response: Response) -> Response:
        """Flag what is the same as last time: a 304, or the same body."""
        state: ListingState | None = request.meta.get("listing_state")
        if state is None:
            return response
        if response.status == 304 or (
            response.status == 200 and body_hash(response.body) == state.body_hash
        ):
            response.flags.append("unchanged")
            self._crawler.stats.inc_value("revalidate/unchanged")
        return response

    @cached_property
    def _has_due(self) -> bool:
        spider = self._crawler.spider
        assert isinstance(spider, NewsSpider)
        now = datetime.now(UTC)
        return self._ledger.has_due(spider.site, now - _DUE_FOR, now)

    def _state_of(self, request: Request) -> ListingState | None:
        if "listing" not in request.meta:
            return None
        spider = self._crawler.spider
        assert isinstance(spider, NewsSpider)
        if self._has_due:
            return None
        section = spider.settled_as(request.cb_kwargs["trail"].section)
        if self._ledger.settled_pages(spider.site, section) < spider.max_pages:
            return None
        state = self._ledger.listing_state(spider.site, request.meta["listing"])
        is_fresh = state is not None and datetime.now(UTC) - state.full_at < self._full_fetch_after
        return state if is_fresh else None
