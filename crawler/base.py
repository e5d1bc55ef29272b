"""The base of every site: crawls sections, follows their pages, yields `Page` items.

A known site is a class with a few declarations:

    class ExampleTimes(NewsSpider):
        name = "example_times"
        section_urls = ("https://example.com/world/", "https://example.com/sport/")
        article_url_pattern = r"/\\d{4}/\\d{2}/"   # optional: decides alone what is an article
        language = "en"                          # optional
        delay_s = 2.0                            # optional
"""

import re
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawler.discovery import Link, SectionPage, read_section
from crawler.middlewares.refusals import NOT_NOW, ClosedWhileWaiting
from pipelines.errors import ConfigError
from pipelines.items import Listing, ListingEntry, Page
from pipelines.urls import require_web_url, site_of

DEFAULT_MAX_PAGES = 3
# Response headers that extraction reads.
_HEADERS = ("Content-Type", "Content-Language", "Last-Modified", "X-Robots-Tag", "TDM-Reservation")


class NewsSpider(Spider):
    """Crawls `section_urls`; what is an article is found by `crawler.discovery`."""

    section_urls: tuple[str, ...] = ()
    article_url_pattern: ClassVar[str | None] = None
    language: ClassVar[str | None] = None
    delay_s: ClassVar[float | None] = None

    # Error pages reach the callbacks: they become rejects with their status.
    handle_httpstatus_list = tuple(range(400, 600))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a site whose declarations cannot work. Raises ConfigError."""
        super().__init_subclass__(**kwargs)
        _check_declarations(cls)

    def __init__(
        self,
        name: str | None = None,
        *,
        site: str | None = None,
        max_pages: str = str(DEFAULT_MAX_PAGES),
        limit: str = "0",
        **unknown: str,
    ) -> None:
        super().__init__(name)
        if unknown:
            raise ConfigError(
                f"unknown argument -a {next(iter(unknown))}=; allowed are "
                f"{', '.join(self.arguments())}"
            )
        self.site = site or self.default_site()
        self.max_pages = _count("max_pages", max_pages, least=1)
        self.limit = _count("limit", limit, least=0)
        self.allowed_domains = sorted({site_of(url) for url in self.section_urls})
        self.run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}"

    @classmethod
    def arguments(cls) -> tuple[str, ...]:
        """The names that `-a` takes."""
        return ("site", "max_pages", "limit")

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
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of this run; `-a limit=` bounds what is stored."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.limit:
            crawler.settings.set("ARTICLE_LIMIT", spider.limit, priority="cmdline")
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request per section."""
        for url in self.section_urls:
            yield self._section_request(url, section=url, page_number=1)

    def parse_section(
        self, response: Response, section: str, page_number: int
    ) -> Iterator[Request | Listing]:
        """What the page showed, its articles, its next page."""
        page = self._read(response)
        if page is None or not page.article_links:
            self._count_unread(section, response, page_number)
            return
        if page_number == 1:
            self.crawler.stats.inc_value("sections/read")
        via = "section" if page_number == 1 else "pagination"
        yield self._listing(page)
        yield from (self._article_request(link, page.url, via) for link in page.article_links)
        if page.next_page and page_number < self.max_pages:
            yield self._section_request(
                page.next_page, section=section, page_number=page_number + 1
            )

    def parse_article(
        self,
        response: Response,
        requested_url: str,
        discovered_via: str,
        listing_url: str,
        listing_rank: int,
        listed_title: str,
    ) -> Iterator[Page]:
        """The page, whatever it turns out to be."""
        yield Page(
            url=response.url,
            body=response.body,
            encoding=_declared_encoding(response),
            status=response.status,
            headers=_headers(response),
            fetched_at=datetime.now(UTC),
            requested_url=requested_url,
            site=self.site,
            language=self.language,
            discovered_via=discovered_via,
            listing_url=listing_url,
            listing_rank=listing_rank,
            listed_title=listed_title or None,
            run_id=self.run_id,
        )

    def section_failed(self, failure: Failure) -> None:
        """Say which section could not be fetched, and why."""
        if isinstance(failure.value, ClosedWhileWaiting):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        self._say_unread(request.cb_kwargs["section"], request.url, _why(failure))

    def article_failed(self, failure: Failure) -> None:
        """Count an article that could not be fetched: the next run tries it again.

        What robots.txt or the rules of safety forbid is no failure; its middleware counts it.
        """
        error = failure.value
        if isinstance(error, IgnoreRequest) and not isinstance(error, NOT_NOW):
            return
        self.crawler.stats.inc_value("fetch/failed")
        self.crawler.stats.inc_value(f"fetch/failed/{type(error).__name__}")

    def _section_request(self, url: str, *, section: str, page_number: int) -> Request:
        return Request(
            url,
            callback=self.parse_section,
            errback=self.section_failed,
            cb_kwargs={"section": section, "page_number": page_number},
            dont_filter=page_number == 1,
        )

    def _article_request(self, link: Link, listing_url: str, via: str) -> Request:
        return Request(
            link.url,
            callback=self.parse_article,
            errback=self.article_failed,
            meta={"url_key": link.url_key, "allow_offsite": link.is_offsite},
            cb_kwargs={
                "requested_url": link.url,
                "discovered_via": via,
                "listing_url": listing_url,
                "listing_rank": link.rank,
                "listed_title": link.anchor_text,
            },
        )

    def _read(self, response: Response) -> SectionPage | None:
        if response.status >= 400 or not isinstance(response, HtmlResponse):
            return None
        return read_section(
            response.body,
            response.url,
            encoding=_declared_encoding(response),
            article_url_pattern=self.article_url_pattern,
        )

    def _listing(self, page: SectionPage) -> Listing:
        return Listing(
            url=page.url,
            site=self.site,
            seen_at=datetime.now(UTC),
            entries=tuple(
                ListingEntry(rank=link.rank, url_key=link.url_key, anchor_text=link.anchor_text)
                for link in page.article_links
            ),
            run_id=self.run_id,
        )

    def _count_unread(self, section: str, response: Response, page_number: int) -> None:
        """A first page without articles is a fault; a later one is just the end."""
        if page_number > 1 and response.status < 400:
            return
        if response.status >= 400:
            why = f"the server answered {response.status}"
        elif not isinstance(response, HtmlResponse):
            why = f"it is no HTML but {_headers(response).get('content-type', 'unknown')}"
        else:
            why = (
                "no article links were found on it (is it a category page? does it need "
                f"JavaScript?); look with: scrapy probe {response.url}"
            )
        self._say_unread(section, response.url, why)

    def _say_unread(self, section: str, url: str, why: str) -> None:
        self.crawler.stats.inc_value("sections/failed")
        where = section if url == section else f"{section} (at {url})"
        self.logger.error("the section %s could not be read: %s", where, why)


def _check_declarations(cls: type[Any]) -> None:
    where = f"{cls.__module__}.{cls.__name__}"
    if isinstance(cls.section_urls, str):  # a tuple of one is easily written without its comma
        raise ConfigError(f"{where}: section_urls is a string; it must be a list of URLs")
    try:
        for url in cls.section_urls:
            require_web_url(url)
        re.compile(cls.article_url_pattern or "")
    except (ValueError, re.error) as error:
        raise ConfigError(f"{where}: {error}") from error
    if cls.delay_s is not None and cls.delay_s < 0:
        raise ConfigError(f"{where}: delay_s is {cls.delay_s}; it must be 0 or more seconds")


def sites_of(urls: tuple[str, ...]) -> list[str]:
    """The registered domains of `urls`, each once.

    >>> sites_of(("https://www.a.com/x", "https://b.a.com/"))
    ['a.com']
    """
    return sorted({site_of(url) for url in urls})


def _count(name: str, value: str, *, least: int) -> int:
    if not value.isdecimal() or int(value) < least:
        raise ConfigError(f"-a {name}={value}; it must be a whole number of {least} or more")
    return int(value)


def _declared_encoding(response: Response) -> str | None:
    return http_content_type_encoding(_headers(response).get("content-type"))


def _headers(response: Response) -> dict[str, str]:
    return {
        name.lower(): value.decode("latin-1")
        for name in _HEADERS
        if (value := response.headers.get(name))
    }


def _why(failure: Failure) -> str:
    return str(failure.value) or type(failure.value).__name__
