"""What discovery has found on the way to the articles: pure data, handed from request to request.

The spider keeps no state: each listing request carries its `Trail`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.discovery import Entry, SectionPage
from crawler.discovery.url_shape import shape_of_key

# The sitemap files that one run reads: the newest, and those of news.
MAX_SITEMAPS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A link to an article, however it was found."""

    url: str
    url_key: str
    via: str
    """section, pagination, feed, sitemap, news_sitemap, recheck or argument."""
    listing_url: str = ""
    """The page that led here, and the place on it: "" and 0 where none did."""
    rank: int = 0
    title: str = ""
    listed_at: datetime | None = None
    """The date that a feed or a news sitemap gives."""
    is_offsite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Where a listing request stands: what it belongs to, and what was found before it."""

    section: str
    page_number: int = 1
    found: tuple[Found, ...] = ()
    """Links of the page itself, which wait for the dates in its feeds."""
    feeds: tuple[str, ...] = ()
    """Feeds of the page that are still to be asked."""
    next_page: str | None = None
    seen: frozenset[str] = frozenset()
    """url_keys that the pages of the section showed so far."""
    sites: frozenset[str] = frozenset()
    """The registered domains of the section: of its URL, and of where that redirects."""

    def after_page(self) -> "Trail":
        """The trail of the page that follows."""
        return Trail(
            section=self.section,
            page_number=self.page_number + 1,
            seen=self.seen,
            sites=self.sites,
        )


def links_of(page: SectionPage, via: str) -> tuple[Found, ...]:
    """The article links of a section page that may be followed, best rank first."""
    return tuple(
        Found(
            url=link.url,
            url_key=link.url_key,
            via=via,
            listing_url=page.url,
            rank=link.rank,
            title=link.anchor_text,
            is_offsite=link.is_offsite,
        )
        for link in page.article_links
        if not link.is_nofollow
    )


def entries_of(
    entries: Iterable[Entry], listing_url: str, article_url_pattern: str | None = None
) -> tuple[Found, ...]:
    """The stories that a feed or a sitemap names; of a plain sitemap, what looks like one.

    `article_url_pattern`, searched in the URL, decides alone where it is given.
    """
    pattern = re.compile(article_url_pattern) if article_url_pattern else None
    return tuple(
        Found(
            url=entry.url,
            url_key=entry.url_key,
            via=entry.source,
            listing_url=listing_url,
            rank=entry.rank,
            title=entry.title or "",
            listed_at=entry.published_at,
        )
        for entry in entries
        if (pattern.search(entry.url) if pattern else _may_be_a_story(entry))
    )


def merge(found: tuple[Found, ...], more: tuple[Found, ...]) -> tuple[Found, ...]:
    """Both, once per url_key: the first keeps its place and takes the date of the second.

    >>> page = Found(url="u", url_key="u", via="section", listing_url="s", rank=1, title="A")
    >>> feed = replace(page, via="feed", listed_at=datetime(2026, 11, 23, tzinfo=UTC))
    >>> [(f.via, f.listed_at.day) for f in merge((page,), (feed,))]
    [('section', 23)]
    """
    by_key = {item.url_key: item for item in found}
    for item in more:
        first = by_key.setdefault(item.url_key, item)
        if first.listed_at is None and item.listed_at is not None:
            by_key[item.url_key] = replace(first, listed_at=item.listed_at)
    return tuple(by_key.values())


def is_older(found: Found, since: datetime) -> bool:
    """Whether the listing or the URL says that the story is older than `since`.

    >>> old = Found(url="", url_key="https://a.com/2026/10/31/x", via="section",
    ...             listing_url="", rank=1, title="")
    >>> is_older(old, datetime(2026, 11, 1, tzinfo=UTC))
    True
    """
    if found.listed_at:
        return found.listed_at < since
    # A day is over at its end: it counts as old only when all of it is.
    day = day_in_url(found.url_key)
    return day is not None and day + timedelta(days=1) <= since


_DAY = re.compile(
    r"/((?:19|20)\d\d)([/-]?)(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?=[/_-]|$)", re.ASCII
)


def day_in_url(url: str) -> datetime | None:
    """The day that a URL's path names, at its start (UTC); None where there is none.

    >>> day_in_url("https://a.com/world/2026/11/23/flood").day
    23
    >>> day_in_url("https://a.com/story-20261123")
    """
    match = _DAY.search(url)
    if match is None:
        return None
    year, month, day = (int(match[group]) for group in (1, 3, 4))
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def newest_sitemaps(urls: Iterable[str]) -> tuple[str, ...]:
    """The child files of an index that are worth reading: news first, then the newest by name.

    >>> newest_sitemaps(["https://a.com/2025-01.xml", "https://a.com/2026-11.xml",
    ...                  "https://a.com/news.xml"])
    ('https://a.com/news.xml', 'https://a.com/2026-11.xml', 'https://a.com/2025-01.xml')
    """
    newest = sorted(urls, key=lambda url: [int(n) for n in re.findall(r"\d+", url)], reverse=True)
    return tuple(sorted(newest, key=lambda url: "news" not in url.lower())[:MAX_SITEMAPS])


def _may_be_a_story(entry: Entry) -> bool:
    """Feeds and news sitemaps name stories; a plain sitemap names every page of the site."""
    if entry.source != "sitemap":
        return True
    shape = shape_of_key(entry.url_key)
    if shape.is_media or shape.ends_in_date:
        return False
    return shape.has_date or shape.has_id or shape.slug_words >= 3
