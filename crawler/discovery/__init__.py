"""Pure functions from the bytes of listing pages to candidate article links."""

from crawler.discovery.feed import read_feed
from crawler.discovery.model import Entry, Link, SectionPage, Sitemap
from crawler.discovery.pattern_counts import PatternCounts
from crawler.discovery.section import read_section
from crawler.discovery.sitemap import read_sitemap
from crawler.discovery.url_shape import url_pattern

__all__ = [
    "Entry",
    "Link",
    "PatternCounts",
    "SectionPage",
    "Sitemap",
    "read_feed",
    "read_section",
    "read_sitemap",
    "url_pattern",
]
