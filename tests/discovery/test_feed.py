"""Entries of RSS, Atom and JSON feeds."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from crawler.discovery import Entry, read_feed

URL = "https://example.com/feed.xml"
STORY = "https://example.com/world/flood"


def rss(items: str, channel: str = "<language>el</language>") -> bytes:
    """An RSS 2.0 feed of `items`."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>{channel}{items}'
        "</channel></rss>"
    ).encode()


def only(body: bytes) -> Entry:
    """The one entry of a feed."""
    (entry,) = read_feed(body, URL)
    return entry


def test_rss_item_is_read_whole() -> None:
    entry = only(
        rss(
            f"<item><title>Flood &amp;amp; fire</title><link>{STORY}?utm_source=rss</link>"
            "<pubDate>Mon, 23 Nov 2026 10:00:00 +0200</pubDate></item>"
        )
    )
    assert (entry.title, entry.language, entry.source) == ("Flood & fire", "el", "feed")
    assert entry.url == f"{STORY}?utm_source=rss"
    assert entry.url_key == STORY
    assert entry.published_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert (entry.rank, entry.modified_at) == (1, None)


@pytest.mark.parametrize(
    "item",
    [
        f"<item><guid>{STORY}</guid></item>",
        f'<item><guid isPermaLink="false">17</guid><link>{STORY}</link></item>',
        f"<item><link>https://proxy.example.net/1</link><feedburner:origLink>{STORY}</feedburner:origLink></item>",
        f'<item><atom:link rel="alternate" href="{STORY}"/></item>',
        "<item><link>/world/flood</link></item>",
        f"<item><link><![CDATA[ {STORY} ]]></link></item>",
    ],
)
def test_address_of_an_rss_item_is_found_wherever_it_stands(item: str) -> None:
    assert only(rss(item)).url == STORY


def test_items_without_a_web_address_or_seen_before_are_left_out() -> None:
    items = (
        "<item><title>No address</title></item>"
        '<item><guid isPermaLink="false">17</guid></item>'
        f"<item><link>{STORY}</link></item><item><link>{STORY}#again</link></item>"
        f"<item><link>{STORY}-2</link></item>"
    )
    assert [(entry.url, entry.rank) for entry in read_feed(rss(items), URL)] == [
        (STORY, 1),
        (f"{STORY}-2", 2),
    ]


def test_rss_1_is_read() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel><title>T</title></channel><item rdf:about="{STORY}"><title>Flood</title>'
        "<dc:date>2026-11-23T10:00:00Z</dc:date><dc:language>de</dc:language></item></rdf:RDF>"
    )
    entry = only(body.encode())
    assert (entry.url, entry.title, entry.language) == (STORY, "Flood", "de")
    assert entry.published_at == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_atom_entry_takes_the_alternate_link_and_tells_published_from_updated() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://example.com/world/">'
        '<entry><title type="html">&lt;b&gt;Flood&lt;/b&gt;</title>'
        '<link rel="replies" href="/comments"/><link rel="alternate" href="flood"/>'
        "<published>2026-11-23T10:00:00+01:00</published><updated>2026-11-24T10:00:00Z</updated>"
        "</entry></feed>"
    )
    entry = only(body.encode())
    assert (entry.url, entry.title, entry.language) == (STORY, "Flood", "fr")
    assert entry.published_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert entry.modified_at == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_update_of_an_atom_entry_is_not_taken_for_its_publication() -> None:
    body = (
        f'<feed><entry><link href="{STORY}"/><updated>2026-11-24T10:00:00Z</updated></entry></feed>'
    )
    assert only(body.encode()).published_at is None


def test_json_feed_is_read() -> None:
    items = [
        {"url": "/world/flood", "title": "Flood", "date_published": "2026-11-23T10:00:00-05:00"},
        {"id": "no address"},
        "no item",
    ]
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": items}
    )
    entry = read_feed(body.encode(), URL)[0]
    assert (entry.url, entry.title, entry.language) == (STORY, "Flood", "en")
    assert entry.published_at == datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Mon, 23 Nov 2026 10:00:00 GMT", 10),
        ("23 Nov 2026 10:00 EST", 15),
        ("2026-11-23T10:00:00.123+0100", 9),
        ("2026-11-23 10:00:00", 10),
        ("2026-11-23", 0),
        ("yesterday", None),
        ("Mon, 99 Nov 2026 99:00:00", None),
        ("", None),
    ],
)
def test_dates_of_feeds_are_read_or_left_empty(text: str, hour: int | None) -> None:
    published = only(
        rss(f"<item><link>{STORY}</link><pubDate>{text}</pubDate></item>")
    ).published_at
    assert (None if published is None else published.hour) == hour


def test_gzip_and_byte_order_mark_are_no_hindrance() -> None:
    body = rss(f"<item><link>{STORY}</link></item>")
    assert only(gzip.compress(body)).url == STORY
    assert only(b"\xef\xbb\xbf\n" + body).url == STORY


def test_broken_markup_gives_what_it_holds() -> None:
    body = rss(f"<item><title>A & B</title><link>{STORY}</link></item>").replace(
        b"</channel></rss>", b""
    )
    assert only(body).url == STORY


def test_entities_are_not_expanded_and_files_not_read() -> None:
    declaration = '<!DOCTYPE r [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    item = f"<item><title>x&a;&f;</title><link>{STORY}</link></item>"
    title = only(f"{declaration}<rss><channel>{item}</channel></rss>".encode()).title
    assert title is not None
    assert "boom" not in title
    assert title.startswith("x")


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>No feed", b"{", b'{"items": 3}', b"\x1f\x8b\x00"]
)
def test_what_is_no_feed_has_no_entries(body: bytes) -> None:
    assert read_feed(body, URL) == ()
