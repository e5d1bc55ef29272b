"""Pure functions from the bytes of listing pages to candidate article links."""

from crawler.discovery.lessons import UrlLessons, url_pattern
from crawler.discovery.model import Entry, Link, SectionPage, Sitemap
from crawler.discovery.section import read_section

__all__ = [
    "Entry",
    "Link",
    "SectionPage",
    "Sitemap",
    "UrlLessons",
    "read_section",
    "url_pattern",
]
