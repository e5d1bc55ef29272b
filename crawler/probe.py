"""Pages fetched or read from a file, and what the program makes of it. Writes nothing."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.base import NewsSpider, declared_encoding, page_headers
from crawler.discovery import Entry, Link, SectionPage, read_feed, read_section, read_sitemap
from crawler.loader import SiteLoader
from crawler.middlewares.robots import RobotsMiddleware
from crawler.standings import declared_sites
from pipelines.boilerplate import SiteLessons
from pipelines.errors import ConfigError, LedgerError
from pipelines.extract import extract
from pipelines.items import Article, Page
from pipelines.ledger import Ledger
from pipelines.rejects import CategoryPage, EmptyPage, Reject, TextTooShort
from pipelines.session import ledger_path, output_dir_in

# Article links from which a page that is no article is shown as a section, whatever else it is.
_LEAST_LINKS = 3
# Rejects of pages without a text of their own: sections of a story or two are such pages.
_WITHOUT_TEXT = (EmptyPage, TextTooShort)
# What a probe must not do: store, lock, report, remember.
PROBE_SETTINGS: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "SPIDER_MIDDLEWARES": {},
    "EXTENSIONS": {},
    "LOG_LEVEL": "ERROR",
}
_REVALIDATE = "crawler.middlewares.revalidate.Revalidate"


@dataclass(frozen=True, slots=True)
class RobotsFindings:
    """What robots.txt says to us about one URL."""

    crawl_delay_s: float | None
    delay_s: float
    """Seconds that a crawl would leave between two requests."""
    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, or why there is none."""

    page: Page | None
    fault: str | None = None
    robots: RobotsFindings | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a page is; the parts that its kind has."""

    kind: str
    """section, feed, sitemap, article or reject."""
    url: str
    status: int
    section: SectionPage | None = None
    """Its links, where a crawl that is given the URL as a section would follow some."""
    entries: tuple[Any, ...] = ()
    article: Article | None = None
    dropped: tuple[tuple[str, str], ...] = ()
    """Lines that seemed to be text of the article and are not, each with the reason."""
    reject: Reject | None = None
    """Why it is no story, where that is not plain from its kind."""
    robots: RobotsFindings | None = None
    site_file: str | None = None
    """The module whose declarations were applied."""

    def as_json(self) -> dict[str, Any]:
        """The findings for machines: kind, url, and what belongs to the kind."""
        found: dict[str, Any] = {"kind": self.kind, "url": self.url, "status": self.status}
        found["site_file"] = self.site_file
        if self.section:
            found["links"] = [asdict(link) for link in self.section.links]
            found["next_page"] = self.section.next_page
            found["feeds"] = self.section.feeds
            found["language"] = self.section.language
        if self.entries:
            found["links"] = [asdict(entry) for entry in self.entries]
        if self.article:
            found["article"] = asdict(replace(self.article, lines=()))
            found["dropped"] = [{"line": line, "reason": why} for line, why in self.dropped]
        if self.reject:
            found["reject"] = {"reason": self.reject.reason, "evidence": self.reject.evidence}
        if self.robots:
            found["robots"] = asdict(self.robots)
        return found


def examine(
    page: Page,
    robots: RobotsFindings | None = None,
    lessons: SiteLessons | None = None,
    pattern: str | None = None,
) -> Findings:
    """What the program makes of a page: pure, whatever the bytes.

    `lessons` is what the crawls of its site have learned, `pattern` the `article_url_pattern`
    that its file declares.
    """
    about: dict[str, Any] = {"url": page.url, "status": page.status, "robots": robots}
    if (entries := _listed(page))[1]:
        return Findings(entries[0], entries=entries[1], **about)
    section = read_section(page.body, page.url, encoding=page.encoding, article_url_pattern=pattern)
    try:
        found = extract(page, lessons=lessons)
        return Findings("article", article=found.article, dropped=found.dropped, **about)
    except Reject as reject:
        links = len(section.article_links) if page.status < 400 else 0
        if links >= _LEAST_LINKS or (links and isinstance(reject, CategoryPage)):
            return Findings("section", section=section, **about)
        # A crawl of this URL reads its links all the same: both are shown.
        kind = "section" if links and isinstance(reject, _WITHOUT_TEXT) else "reject"
        return Findings(kind, section=section if links else None, reject=reject, **about)


def _listed(page: Page) -> tuple[str, tuple[Any, ...]]:
    """The kind and the entries of a feed or sitemap; none for a page of HTML."""
    start = page.body[:1000].lstrip().lower()
    if b"<html" in start or start.startswith(b"<!doctype"):
        return "", ()
    if entries := read_feed(page.body, page.url):
        return "feed", entries
    if start.startswith((b"<?xml", b"<urlset", b"<sitemapindex", b"\x1f\x8b")):
        sitemap = read_sitemap(page.body, page.url)
        files = (Entry(url=url, url_key=url, source="sitemap") for url in sitemap.children)
        return "sitemap", (*sitemap.entries, *files)
    return "", ()


def article_url_pattern(sections: Sequence[SectionPage]) -> str | None:
    """A regular expression that all article links of the pages match and no other link does.

    A date in the path, a long number, or the folder in which the articles lie.
    """
    links = [link for section in sections for link in section.links]
    articles = [link.url for link in links if link.is_article and not link.is_offsite]
    others = [link.url for link in links if not link.is_article]
    folders = {urlsplit(url).path.lstrip("/").partition("/")[0] for url in articles}
    patterns = [r"/\d{4}/\d{1,2}/\d{1,2}/", r"/\d{4}/\d{1,2}/", r"\d{6,}"]
    patterns += [f"/{re.escape(folder)}/." for folder in folders if folder]
    for pattern in patterns:
        is_common = articles and all(re.search(pattern, url) for url in articles)
        if is_common and not any(re.search(pattern, url) for url in others):
            return pattern
    return None


def declared_site(url: str, name: str | None, loader: SiteLoader) -> type[NewsSpider] | None:
    """The declared site of this name, or, without one, of this URL; None where there is none.

    Raises ConfigError where several sites declare sections on the domain of the URL.
    """
    names = (name,) if name else loader.find_by_request(Request(url))
    found = [loader.load(one) for one in names if one in loader.list()]
    sites = [site for site in found if issubclass(site, NewsSpider)]
    if len(sites) > 1:
        sites = [site for site in sites if url in site.section_urls] or sites
    if len(sites) > 1:
        all_names = ", ".join(sorted(site.name for site in sites))
        raise ConfigError(f"{url} may be a page of {all_names}; say which with --site <name>")
    return sites[0] if sites else None


def require_known(name: str, loader: SiteLoader, settings: Settings) -> None:
    """Raise ConfigError for the name of a site that has no file and was never crawled."""
    crawled = _crawled_sites(settings)
    if name in crawled or name in loader.list():
        return
    names = ", ".join(sorted({*crawled, *declared_sites(loader)})) or "none"
    raise ConfigError(
        f"--site {name}; no site file and no crawl has this name, known sites are: {names}; "
        "leave --site out for a site that was not crawled yet"
    )


def _crawled_sites(settings: Settings) -> list[str]:
    try:
        with Ledger.peek(ledger_path(output_dir_in(settings))) as ledger:
            return ledger.sites()
    except LedgerError:
        return []


def lessons_of(site: str, settings: Settings) -> SiteLessons:
    """What the ledger knows about the boilerplate of a site; nothing where there is none."""
    path = ledger_path(output_dir_in(settings))
    try:
        with Ledger.peek(path) as ledger:
            return ledger.boilerplate(site).lessons
    except LedgerError:
        return SiteLessons()


def read_file(path: Path, url: str) -> Page:
    """The page that a file holds, as if it had been fetched from `url`. Raises ConfigError."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"the file {path} cannot be read: {error.strerror}") from error
    return Page(url=url, body=body, fetched_at=datetime.now(UTC))


def fetch(url: str, settings: Settings) -> Fetched:
    """The page at `url`, asked for as politely as a crawl would."""
    return fetch_all((url,), settings)[0]


def fetch_all(urls: Sequence[str], settings: Settings) -> list[Fetched]:
    """The pages at `urls`, in this order. A process can ask once: its event loop ends with it."""
    settings = settings.copy()
    settings.setdict(PROBE_SETTINGS, priority="cmdline")
    settings.set(
        "DOWNLOADER_MIDDLEWARES",
        {**settings.getdict("DOWNLOADER_MIDDLEWARES"), _REVALIDATE: None},
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(_Pages)
    process.crawl(crawler, urls=tuple(urls))
    process.start()
    spider = crawler.spider
    assert isinstance(spider, _Pages)
    return [spider.fetched[url] for url in urls]


class _Pages(Spider):
    """Asks for a few pages."""

    name = "probe"
    handle_httpstatus_list: ClassVar[tuple[int, ...]] = tuple(range(400, 600))

    def __init__(self, *, urls: tuple[str, ...]) -> None:
        super().__init__()
        self.section_urls = urls
        unfetched = Fetched(None, "the crawl ended before the page was fetched")
        self.fetched = dict.fromkeys(urls, unfetched)

    async def start(self) -> Any:
        for url in self.section_urls:
            yield Request(url, errback=self.failed, cb_kwargs={"url": url}, dont_filter=True)

    async def parse(self, response: Response, url: str) -> None:
        page = Page(
            url=response.url,
            body=response.body,
            encoding=declared_encoding(response),
            status=response.status,
            headers=page_headers(response),
            fetched_at=datetime.now(UTC),
            requested_url=url,
        )
        self.fetched[url] = Fetched(page, robots=await self._robots(response.url))

    def failed(self, failure: Failure) -> None:
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        self.fetched[url] = Fetched(None, str(failure.value) or type(failure.value).__name__)

    async def _robots(self, url: str) -> RobotsFindings | None:
        middleware = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if middleware is None:
            return None
        robots = await middleware.robots_of(url)
        crawl_delay = robots.rules.crawl_delay(self.settings["ROBOTSTXT_USER_AGENT"])
        delay = max(crawl_delay or 0.0, self.settings.getfloat("DOWNLOAD_DELAY"))
        return RobotsFindings(crawl_delay, delay, robots.sitemaps)


def weighed(link: Link) -> str:
    """The score of a link and the reasons for it, in one line."""
    return f"{link.score:+.1f}  {'; '.join(link.reasons)}"
