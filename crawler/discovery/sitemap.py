"""Sitemaps: lists of pages, news sitemaps with titles and dates, index files, gzip."""

from collections.abc import Iterator

from lxml import etree

from crawler.discovery.feed import feed_entries, numbered
from crawler.discovery.model import Entry, Sitemap
from crawler.discovery.xml import (
    descendants,
    local_name,
    parse_xml,
    plain_text,
    read_time,
    text_of,
    unpack,
)
from pipelines.urls import is_web_url, url_key


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """What the sitemap at `url` holds; empty for what is none.

    Expects `<urlset><url><loc>…</loc><lastmod>…</lastmod><news:news>…</news:news></url></urlset>`,
    `<sitemapindex><sitemap><loc>…</loc></sitemap></sitemapindex>`, a plain list of URLs, or a
    feed, gzip or not, with namespaces right, wrong or missing (sitemaps.org, and Google's
    news extension).
    """
    body = unpack(body)
    root = parse_xml(body, url)
    if root is None or not len(root):
        return Sitemap(entries=numbered(_text_entries(body)))
    if local_name(root) in ("rss", "feed", "rdf"):
        return Sitemap(entries=feed_entries(root, url))
    locations = (text_of(node, "loc") for node in descendants(root, "sitemap"))
    return Sitemap(
        entries=numbered(_entry(node) for node in descendants(root, "url")),
        children=tuple(dict.fromkeys(filter(is_web_url, locations))),
    )


def _entry(node: etree._Element) -> Entry | None:
    """The entry of one `<url>`; lastmod says when it was changed, not when it was published."""
    address = text_of(node, "loc")
    if not is_web_url(address):
        return None
    news = next(descendants(node, "news"), None)
    publication = next(descendants(node, "publication"), None)
    return Entry(
        url=address,
        url_key=url_key(address),
        source="sitemap" if news is None else "news_sitemap",
        title=None if news is None else plain_text(text_of(news, "title")) or None,
        published_at=None if news is None else read_time(text_of(news, "publication_date")),
        modified_at=read_time(text_of(node, "lastmod")),
        language=None if publication is None else text_of(publication, "language") or None,
    )


def _text_entries(body: bytes) -> Iterator[Entry]:
    """The entries of a sitemap that is a plain list of URLs, one a line."""
    for line in body.decode("utf-8", "replace").splitlines():
        address = line.strip("\ufeff \t")
        if is_web_url(address):
            yield Entry(url=address, url_key=url_key(address), source="sitemap")
