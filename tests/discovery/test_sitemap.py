"""Entries and children of sitemaps."""

import gzip
from datetime import UTC, datetime

import pytest

from crawler.discovery import Sitemap, read_sitemap
from crawler.discovery.xml import unpack

URL = "https://example.com/sitemap.xml"
STORY = "https://example.com/world/flood"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = (
    "<news:news><news:publication><news:name>Paper</news:name><news:language>el</news:language>"
    "</news:publication><news:publication_date>2026-11-23T10:00:00+02:00</news:publication_date>"
    "<news:title>Flood &amp; fire</news:title></news:news>"
    "<image:image><image:loc>https://example.com/i.jpg</image:loc></image:image>"
)


def urlset(content: str, spaces: str = SPACES) -> bytes:
    """A sitemap of `content`."""
    return f'<?xml version="1.0"?><urlset {spaces}>{content}</urlset>'.encode()


def test_plain_sitemap_knows_changes_but_no_publication() -> None:
    body = urlset(f"<url><loc> {STORY} </loc><lastmod>2026-11-23</lastmod></url>")
    (entry,) = read_sitemap(body, URL).entries
    assert (entry.url, entry.source, entry.published_at) == (STORY, "sitemap", None)
    assert entry.modified_at == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("spaces", [SPACES, "", 'xmlns="http://www.google.com/wrong/0.84"'])
def test_news_fields_are_read_with_any_namespaces(spaces: str) -> None:
    body = urlset(f"<url><loc>{STORY}</loc>{NEWS}</url><url><loc>{STORY}-2</loc></url>", spaces)
    first, second = read_sitemap(body, URL).entries
    assert (first.title, first.language, first.source) == ("Flood & fire", "el", "news_sitemap")
    assert first.published_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert (second.source, second.title, second.rank) == ("sitemap", None, 2)


def test_index_names_its_children_and_no_entries() -> None:
    body = (
        f"<sitemapindex {SPACES}><sitemap><loc>https://example.com/a.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://example.com/b.xml</loc></sitemap><sitemap><loc>nowhere</loc></sitemap>"
        "</sitemapindex>"
    ).encode()
    assert read_sitemap(body, URL) == Sitemap(
        children=("https://example.com/a.xml.gz", "https://example.com/b.xml")
    )


def test_gzip_is_unpacked() -> None:
    body = gzip.compress(urlset(f"<url><loc>{STORY}</loc></url>"))
    assert [entry.url for entry in read_sitemap(body, URL).entries] == [STORY]


def test_gzip_bomb_is_cut() -> None:
    assert len(unpack(gzip.compress(bytes(10_000)), limit=1_000)) == 1_000


def test_list_of_addresses_and_feed_serve_as_sitemaps() -> None:
    plain = f"\ufeff{STORY}\r\nno address\r\n{STORY}-2\r\n".encode()
    assert [entry.url for entry in read_sitemap(plain, URL).entries] == [STORY, f"{STORY}-2"]
    feed = f"<rss><channel><item><link>{STORY}</link></item></channel></rss>".encode()
    assert [entry.source for entry in read_sitemap(feed, URL).entries] == ["feed"]


@pytest.mark.parametrize("body", [b"", b"<html><body>404", b"\x1f\x8b\x08\x00broken", b"<urlset/>"])
def test_what_is_no_sitemap_is_empty(body: bytes) -> None:
    assert read_sitemap(body, URL) == Sitemap()
