"""The feeds that a page declares or links to."""

import re
from collections.abc import Iterable

from lxml import etree

from crawler.discovery.anchors import Anchor, Joiner
from pipelines.urls import is_same_site

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/x-rss+xml",
    }
)
# Only what can hardly be a page about feeds: /feed/, rss.xml, world.rss, ?feed=rss2.
_FEED_URL = re.compile(
    r"/feed/?$|/(?:rss|feed|atom|index)\.(?:xml|rdf|json)$|\.(?:rss|atom|rdf)$|[?&]feed=(?:rss2?|atom)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"/comments?/|comments?feed|feed=comments", re.IGNORECASE)


def find_feeds(
    tree: etree._Element, join: Joiner, anchors: Iterable[Anchor], page_url: str
) -> tuple[str, ...]:
    """The URLs of the page's feeds, in page order, without those of comments.

    Expects `<link rel="alternate" type="application/rss+xml" href="…">`; where there is none,
    anchors of the site whose URL can hardly be anything but a feed.
    """
    found = [
        join(element.get("href") or "")
        for element in tree.iter("link")
        if "alternate" in (element.get("rel") or "").lower().split()
        and (element.get("type") or "").strip().lower() in _TYPES
    ]
    if not any(found):
        found = [
            anchor.url
            for anchor in anchors
            if _FEED_URL.search(anchor.url) and is_same_site(anchor.url, page_url)
        ]
    return tuple(dict.fromkeys(url for url in found if url and not _COMMENTS.search(url)))
