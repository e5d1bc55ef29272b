"""Machine-readable lists of stories: RSS, Atom, and the news sitemap."""

import gzip
from collections.abc import Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.newsroom.frame import SITE_NAME, Section
from tests.newsroom.stories import Story


def rss(base_url: str, section: Section, stories: Sequence[Story]) -> bytes:
    """An RSS 2.0 feed, newest story first."""
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{escape(base_url + s.path)}</link>"
        f"<guid>{escape(base_url + s.path)}</guid>"
        f"<pubDate>{format_datetime(s.published_at)}</pubDate>"
        f"<description>{escape(s.teaser)}</description></item>"
        for s in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{SITE_NAME}: {escape(section.name)}</title>"
        f"<link>{base_url}{section.prefix}</link><description>News</description>"
        f"{items}</channel></rss>"
    ).encode()


def atom(base_url: str, section: Section, stories: Sequence[Story]) -> bytes:
    """An Atom feed (RFC 4287), newest story first."""
    entries = "".join(
        f"<entry><title>{escape(s.title)}</title><id>{escape(base_url + s.path)}</id>"
        f'<link rel="alternate" href="{escape(base_url + s.path)}"/>'
        f"<published>{s.published_at.isoformat()}</published>"
        f"<updated>{(s.modified_at or s.published_at).isoformat()}</updated></entry>"
        for s in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{SITE_NAME}: {escape(section.name)}</title>"
        f"<id>{base_url}{section.prefix}</id>{entries}</feed>"
    ).encode()


def news_sitemap(base_url: str, stories: Sequence[Story]) -> bytes:
    """A news sitemap, compressed with gzip as many sites serve it."""
    urls = "".join(
        f"<url><loc>{escape(base_url + s.path)}</loc><news:news><news:publication>"
        f"<news:name>{SITE_NAME}</news:name><news:language>{s.language}</news:language>"
        "</news:publication><news:publication_date>"
        f"{s.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(s.title)}</news:title></news:news></url>"
        for s in stories
    )
    document = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"{urls}</urlset>"
    )
    return gzip.compress(document.encode(), mtime=0)
