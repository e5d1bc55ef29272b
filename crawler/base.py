"""The base of every site: from its sections, their feeds and sitemaps to `Page` items.

A known site is a class with a few declarations:

    class ExampleTimes(NewsSpider):
        name = "example_times"
        section_urls = ("https://example.com/world/", "https://example.com/sport/")
        article_url_pattern = r"/\\d{4}/\\d{2}/"   # optional: decides alone what is an article
        language = "en"                          # optional
        delay_s = 2.0                            # optional
"""

import hashlib
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawler import arguments
from crawler.declarations import check_declarations
from crawler.discovery import (
    Entry,
    PatternCounts,
    SectionPage,
    read_feed,
    read_section,
    read_sitemap,
)
from crawler.health import Fault, fault_of_answer
from crawler.middlewares.beside import UNANSWERED
from crawler.middlewares.refusals import FINAL, ClosedWhileWaiting
from crawler.middlewares.robots import Robots, RobotsMiddleware
from crawler.trail import (
    MAX_SITEMAPS,
    Found,
    Trail,
    entries_of,
    is_older,
    links_of,
    merge,
    newest_sitemaps,
)
from pipelines.errors import ConfigError
from pipelines.items import Listing, ListingEntry, Page
from pipelines.session import ledger_of
from pipelines.urls import site_of

DEFAULT_MAX_PAGES = 3
# Response headers that extraction reads.
_HEADERS = ("Content-Type", "Content-Language", "Last-Modified", "X-Robots-Tag", "TDM-Reservation")

ListingReader = Callable[[Response, Trail], Iterator[Request | Listing]]


class NewsSpider(Spider):
    """Crawls `section_urls`; what is an article is found by `crawler.discovery`."""

    section_urls: tuple[str, ...] = ()
    article_url_pattern: ClassVar[str | None] = None
    language: ClassVar[str | None] = None
    delay_s: ClassVar[float | None] = None

    # Error pages reach the callbacks: they become rejects with their status.
    handle_httpstatus_list = (304, *range(400, 600))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a site whose declarations cannot work. Raises ConfigError."""
        super().__init_subclass__(**kwargs)
        check_declarations(cls)

    def __init__(
        self,
        *,
        site: str | None = None,
        max_pages: str = str(DEFAULT_MAX_PAGES),
        limit: str = "0",
        since: str = "",
        discover: str = "sections",
        **unknown: str,
    ) -> None:
        super().__init__()
        self.refuse_unknown(unknown)
        if not self.section_urls:
            raise ConfigError(
                f"the site {self.name} declares no section_urls; add its category pages"
            )
        now = datetime.now(UTC)
        self.site = arguments.site(site or self.default_site())
        self.max_pages = arguments.count("max_pages", max_pages, least=1)
        self.limit = arguments.count("limit", limit, least=0)
        self.since = arguments.since(since, now)
        self.discover = arguments.discover(discover)
        self.sections_read: set[str] = set()
        # Section -> why the feed or sitemap that was asked for in its place could not be read.
        self.sections_lacking: dict[str, tuple[Fault, str]] = {}
        self.run_id = f"{now:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}"

    def settled_as(self, section: str) -> str:
        """The name under which it is remembered that a section is settled.

        A site file with another pattern for articles sees other articles: it begins anew.
        """
        pattern = self.article_url_pattern
        return f"{section} {pattern}" if pattern else section

    @classmethod
    def arguments(cls) -> tuple[str, ...]:
        """The names that `-a` takes."""
        return ("site", "max_pages", "limit", "since", "discover")

    @classmethod
    def refuse_unknown(cls, given: Iterable[str]) -> None:
        """Raise ConfigError for the first name that is no argument."""
        for name in given:
            if name not in cls.arguments():
                allowed = ", ".join((*cls.arguments(), "deadline"))
                raise ConfigError(f"unknown argument -a {name}=; allowed are {allowed}")

    def default_site(self) -> str:
        """The site's name where `-a site=` does not give one."""
        return self.name

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Apply the site's own delay."""
        super().update_settings(settings)
        if cls.delay_s is not None:
            settings.set("DOWNLOAD_DELAY", cls.delay_s, priority="spider")

    @classmethod
    def handles_request(cls, request: Request) -> bool:
        """Whether a URL lies on a site that the sections lie on (Scrapy asks by name)."""
        return site_of(request.url) in sites_of(cls.section_urls)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of this run; `-a limit=` and `-a since=` bound what is stored."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.limit:
            crawler.settings.set("ARTICLE_LIMIT", spider.limit, priority="cmdline")
        if spider.since:
            crawler.settings.set("ARTICLES_SINCE", spider.since, priority="cmdline")
        return spider

    @cached_property
    def pattern_counts(self) -> PatternCounts:
        """What the URLs of the site led to in earlier runs, by pattern."""
        return PatternCounts(ledger_of(self.crawler).pattern_counts(self.site))

    # Requests

    async def start(self) -> AsyncIterator[Request]:
        """One request per section, and one per sitemap of its host."""
        for url in self.section_urls:
            trail = Trail(section=url, sites=frozenset({site_of(url)}))
            if self.discover != "sitemaps":
                yield self._section_request(url, trail)
            if self.discover in ("sitemaps", "all"):
                for request in self._sitemap_requests(await self._sitemaps_of(url), trail):
                    yield request

    async def _sitemaps_of(self, section: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt of the section's host names."""
        middleware = self.crawler.get_downloader_middleware(RobotsMiddleware)
        robots = await middleware.robots_of(section) if middleware else None
        if robots and robots.sitemaps:
            return robots.sitemaps
        if self.discover == "sitemaps":
            self._say_unread(section, section, *_why_no_sitemap(robots))
        return ()

    def _section_request(self, url: str, trail: Trail) -> Request:
        return Request(
            url,
            callback=self.parse_section,
            errback=self.section_failed,
            cb_kwargs={"trail": trail},
            # Whether it was answered before: crawler.middlewares.revalidate.
            meta={"listing": url},
            dont_filter=trail.page_number == 1,
        )

    def _feed_request(self, url: str, trail: Trail) -> Request:
        """Never filtered: the links of its page wait for the answer, whatever it is."""
        return Request(
            url,
            callback=self.parse_feed,
            cb_kwargs={"trail": trail},
            meta={"listing": url, "beside": True},
            dont_filter=True,
        )

    def _sitemap_requests(self, urls: Iterable[str], trail: Trail) -> Iterator[Request]:
        """The newest of the sitemaps, as far as the run may still ask for any."""
        asked = self.crawler.stats.get_value("sitemaps/asked", 0)
        for url in newest_sitemaps(urls)[: max(0, MAX_SITEMAPS - asked)]:
            self._count("sitemaps/asked")
            yield Request(
                url,
                callback=self.parse_sitemap,
                cb_kwargs={"trail": trail},
                meta={"listing": url, "beside": True},
            )

    def _article_request(self, found: Found) -> Request:
        return Request(
            found.url,
            callback=self.parse_article,
            errback=self.article_failed,
            meta={"url_key": found.url_key},
            cb_kwargs={"found": found},
            # SkipKnown lets each story pass once; what it redirects to must not vanish.
            dont_filter=True,
        )

    # Answers

    def parse_section(self, response: Response, trail: Trail) -> Iterator[Request | Listing]:
        """What a category page showed, its articles, its feeds, its next page."""
        if "unchanged" in response.flags:
            yield from self._unchanged_section(response, trail)
            return
        page = self._read(response)
        if page is None or not page.article_links:
            yield from self._not_a_section(response, trail)
            return
        if self.discover == "feeds" and not page.feeds:
            why = "it declares no feed, and -a discover=feeds reads nothing else"
            self._say_unread(trail.section, response.url, why)
            return
        self._count_read(trail)
        found = links_of(page, "section" if trail.page_number == 1 else "pagination")
        self._count("discovery/nofollow", len(page.article_links) - len(found))
        self._count("discovery/offsite", sum(link.is_offsite for link in found))
        yield self._listing(response, found, page.feeds)
        yield from self._go_on(self._trail_of(page, found, trail))

    def parse_feed(self, response: Response, trail: Trail) -> Iterator[Request | Listing]:
        """What a feed names, merged with the links of the page that declares it."""
        if "unchanged" not in response.flags:
            if response.status == 200:
                found = self._entries(read_feed(response.body, response.url), response, trail)
                yield self._listing(response, found)
                trail = replace(trail, found=merge(trail.found, found))
            else:
                self._say_beside(trail, response)
        yield from self._go_on(trail)

    def parse_sitemap(self, response: Response, trail: Trail) -> Iterator[Request | Listing]:
        """What a sitemap names, and the files that an index names."""
        if response.status not in (200, 304):
            self._say_beside(trail, response)
            return
        if self.discover == "sitemaps":
            self._count_read(trail)
        if "unchanged" in response.flags:
            return
        sitemap = read_sitemap(response.body, response.url)
        if trail.page_number == 1:  # an index of indexes may have no end
            yield from self._sitemap_requests(sitemap.children, trail.after_page())
        if sitemap.entries:
            found = self._entries(sitemap.entries, response, trail)
            yield self._listing(response, found)
            yield from self._go_on(replace(trail, found=found))

    def _entries(
        self, entries: Iterable[Entry], response: Response, trail: Trail
    ) -> tuple[Found, ...]:
        """What a feed or sitemap names of this site; another site's stories are counted apart."""
        named = entries_of(entries, response.url, self.article_url_pattern)
        own = tuple(found for found in named if site_of(found.url) in trail.sites)
        self._count("discovery/offsite_entries", len(named) - len(own))
        if named and not own:
            others = ", ".join(sorted({site_of(found.url) for found in named})[:3])
            response.meta["why"] = f"it names stories of other sites only ({others})"
            self._say_beside(trail, response)
        return own

    def parse_article(self, response: Response, found: Found) -> Iterator[Page]:
        """The page, whatever it turns out to be."""
        yield self._page(
            response.url,
            found,
            body=response.body,
            encoding=declared_encoding(response),
            status=response.status,
            headers=page_headers(response),
        )

    # Failures

    def section_failed(self, failure: Failure) -> None:
        """Say which section could not be fetched, and why."""
        if isinstance(failure.value, ClosedWhileWaiting):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        fault = fault_of_answer(UNANSWERED, type(failure.value).__name__)
        self._say_unread(request.cb_kwargs["trail"].section, request.url, _why(failure), fault)

    def article_failed(self, failure: Failure) -> Iterator[Page]:
        """Count an article that could not be fetched: the next run tries it again.

        What robots.txt or the rules of safety forbid is no failure; its middleware counts it.
        A page that redirects in a circle is a reject: it would do so in every run.
        """
        error = failure.value
        if isinstance(error, FINAL):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(error, IgnoreRequest) and "redirect_urls" in request.meta:
            yield self._page(request.url, request.cb_kwargs["found"], fault=str(error))
            return
        self._count("fetch/failed")
        self._count(f"fetch/failed/{type(error).__name__}")

    # Inside

    def _page(
        self, url: str, found: Found, *, body: bytes = b"", status: int = 0, **response: Any
    ) -> Page:
        return Page(
            url=url,
            body=body,
            status=status,
            fetched_at=datetime.now(UTC),
            requested_url=found.url,
            site=self.site,
            language=self.language,
            discovered_via=found.via,
            listing_url=found.listing_url or None,
            listing_rank=found.rank or None,
            listed_title=found.title or None,
            listed_at=found.listed_at,
            run_id=self.run_id,
            **response,
        )

    def _go_on(self, trail: Trail) -> Iterator[Request]:
        """The next feed of the page; when there is none left, its articles and its next page."""
        if trail.feeds:
            rest = replace(trail, feeds=trail.feeds[1:])
            yield self._feed_request(trail.feeds[0], rest)
            return
        kept = [found for found in trail.found if not self._is_too_old(found)]
        self._count("discovery/older_than_since", len(trail.found) - len(kept))
        yield from map(self._article_request, kept)
        # Most of the page is too old: what follows is older. One old story may be pinned.
        is_past_the_bound = 2 * len(kept) < len(trail.found)
        if trail.next_page and not is_past_the_bound:
            yield self._section_request(trail.next_page, trail.after_page())

    def _is_too_old(self, found: Found) -> bool:
        return self.since is not None and is_older(found, self.since)

    def _trail_of(self, page: SectionPage, found: tuple[Found, ...], trail: Trail) -> Trail:
        """Where a section page leads. A page that shows only what earlier ones did is the end."""
        keys = {item.url_key for item in found}
        is_last = trail.page_number >= self.max_pages or keys <= trail.seen
        asks_feeds = self.discover != "sitemaps" and trail.page_number == 1
        only_feeds = self.discover == "feeds"
        return replace(
            trail,
            found=() if only_feeds else found,
            feeds=page.feeds if asks_feeds else (),
            next_page=None if is_last or only_feeds else page.next_page,
            seen=trail.seen | keys,
            sites=trail.sites | {site_of(page.url)},
        )

    def _unchanged_section(self, response: Response, trail: Trail) -> Iterator[Request]:
        """Nothing new on the page itself; its feeds are asked all the same."""
        self._count_read(trail)
        self._count("sections/unchanged")
        state = response.meta["listing_state"]
        if trail.page_number == 1:
            yield from self._go_on(replace(trail, feeds=state.feeds))

    def _not_a_section(self, response: Response, trail: Trail) -> Iterator[Request | Listing]:
        """A feed or sitemap given as a section is read as one; anything else is a fault.

        A later page without articles is just the end.
        """
        if trail.page_number > 1 and response.status < 400:
            return
        is_html = isinstance(response, HtmlResponse)
        if response.status == 200 and not is_html and (read := self._reader_of(response)):
            self._count_read(trail)
            yield from read(response, trail)
            return
        self._say_unread(trail.section, response.url, _why_unread(response, is_html=is_html))

    def _reader_of(self, response: Response) -> ListingReader | None:
        """The callback for a feed or a sitemap that was given as a section."""
        if read_feed(response.body, response.url):
            return self.parse_feed
        sitemap = read_sitemap(response.body, response.url)
        return self.parse_sitemap if sitemap.entries or sitemap.children else None

    def _read(self, response: Response) -> SectionPage | None:
        if response.status != 200 or not isinstance(response, HtmlResponse):
            return None
        return read_section(
            response.body,
            response.url,
            encoding=declared_encoding(response),
            article_url_pattern=self.article_url_pattern,
            pattern_counts=self.pattern_counts,
        )

    def _listing(
        self, response: Response, found: tuple[Found, ...], feeds: tuple[str, ...] = ()
    ) -> Listing:
        return Listing(
            url=response.meta["listing"],
            site=self.site,
            seen_at=datetime.now(UTC),
            entries=tuple(
                ListingEntry(rank=item.rank, url_key=item.url_key, anchor_text=item.title)
                for item in found
            ),
            feeds=feeds,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            body_hash=body_hash(response.body),
            run_id=self.run_id,
        )

    def _count(self, name: str, number: int = 1) -> None:
        if number:
            self.crawler.stats.inc_value(name, number)

    def _count_read(self, trail: Trail) -> None:
        """A section counts once, however many listings of it are read."""
        if trail.page_number == 1 and trail.section not in self.sections_read:
            self.sections_read.add(trail.section)
            self._count("sections/read")

    def _say_beside(self, trail: Trail, response: Response) -> None:
        """A feed or sitemap that fails is a fault only where nothing else was asked for."""
        why = response.meta.get("why") or f"the server answered {response.status}"
        if self.discover in ("feeds", "sitemaps"):
            fault = fault_of_answer(response.status, response.meta.get("error", ""))
            self._say_unread(trail.section, response.url, why, fault)
        else:
            self._count("discovery/beside_failed")
            self.logger.info("%s could not be read: %s", response.url, why)

    def _say_unread(
        self, section: str, url: str, why: str, fault: Fault = Fault.EMPTY_SECTIONS
    ) -> None:
        self._count("sections/failed")
        if self.discover in ("feeds", "sitemaps"):
            self.sections_lacking[section] = fault, why if url == section else f"{url}: {why}"
        where = section if url == section else f"{section} (at {url})"
        self.logger.error("the section %s could not be read: %s", where, why)


def body_hash(body: bytes) -> str:
    """32 hexadecimal digits that are equal when two bodies are."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def sites_of(urls: Iterable[str]) -> list[str]:
    """The registered domains of `urls`, each once.

    >>> sites_of(("https://www.a.com/x", "https://b.a.com/"))
    ['a.com']
    """
    return sorted({site_of(url) for url in urls})


def _why_unread(response: Response, *, is_html: bool) -> str:
    if response.status != 200:
        return f"the server answered {response.status}"
    if not is_html:
        kind = page_headers(response).get("content-type", "of an unknown kind")
        return f"it is no HTML but {kind}, and names no articles"
    return (
        "no article links were found on it (is it a category page? does it need "
        f"JavaScript?); look with: scrapy probe {response.url}"
    )


def _why_no_sitemap(robots: Robots | None) -> tuple[str, Fault]:
    """Why a host names no sitemap, and the fault that this is; None: ROBOTSTXT_OBEY is off."""
    if robots is None:
        return "ROBOTSTXT_OBEY is off, so no robots.txt was asked", Fault.EMPTY_SECTIONS
    if robots.refusal is None:
        return "robots.txt of its host names no sitemap", Fault.EMPTY_SECTIONS
    return str(robots.refusal), fault_of_answer(UNANSWERED, robots.refusal.reason)


def declared_encoding(response: Response) -> str | None:
    """The encoding that the Content-Type header names."""
    return http_content_type_encoding(_header(response, "Content-Type"))


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def page_headers(response: Response) -> dict[str, str]:
    """The headers that extraction reads, names in lower case."""
    found = {name.lower(): _header(response, name) for name in _HEADERS}
    return {name: value for name, value in found.items() if value}


def _why(failure: Failure) -> str:
    return str(failure.value) or type(failure.value).__name__
