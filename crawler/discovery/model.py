"""What discovery hands back: links with their reasons, section pages, feed entries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One candidate of a section page: all anchors that lead to one `url_key`."""

    url: str
    """Absolute, without fragment."""
    url_key: str
    score: float
    """The sum of the reasons; at least `score.ARTICLE_SCORE` for an article link."""
    reasons: tuple[str, ...]
    """What spoke for and against it, each with its weight: "date in path +3.0"."""
    anchor_text: str
    """The headline among its anchors, or the longest text where none is a headline."""
    is_article: bool
    rank: int = 0
    """Place among the article links of the page, 1 = first; 0 for what is no article."""
    is_nofollow: bool = False
    """True where every anchor to it says rel=nofollow."""
    is_offsite: bool = False
    """True where it lies under another registered domain than the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """What a section page shows."""

    url: str
    links: tuple[Link, ...]
    """Every candidate judged, in page order, one per url_key."""
    next_page: str | None = None
    """The page after this one in the same listing; None on the last page."""
    feeds: tuple[str, ...] = ()
    """URLs of the feeds that the page declares or links to."""
    language: str | None = None
    """The language that the page declares (BCP 47)."""

    @property
    def article_links(self) -> tuple[Link, ...]:
        """The links judged to lead to articles, best rank first."""
        return tuple(sorted((x for x in self.links if x.is_article), key=lambda x: x.rank))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story as a feed or a sitemap names it."""

    url: str
    url_key: str
    source: str
    """feed, sitemap or news_sitemap."""
    rank: int = 0
    """Place in the file, 1 = first."""
    title: str | None = None
    published_at: datetime | None = None
    """Aware (UTC); None where the file gives none, or none that can be read. A file that names
    the day alone gives its midnight."""
    modified_at: datetime | None = None
    """Aware (UTC): Atom's `updated`, a sitemap's `lastmod`. It says nothing about publication."""
    language: str | None = None
    """BCP 47, as the file says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap file holds: pages, or further sitemap files."""

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()
    """The sitemap files that an index names, in its order."""
