"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.model import Entry
from crawler.discovery.xml import (
    children,
    descendants,
    parse_xml,
    plain_text,
    read_time,
    text_of,
    unpack,
)
from pipelines.text import sound
from pipelines.urls import is_web_url, url_key

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(body: bytes, url: str) -> tuple[Entry, ...]:
    """The entries of the feed at `url`, in its order, one per url_key; empty for what is no feed.

    Expects RSS `<item><link>…</link><pubDate>…`, Atom `<entry><link href="…"/><published>…`
    or JSON Feed `{"items": [{"url": …, "date_published": …}]}`, gzip or not. Entries without a
    web address are left out. Only what the feed calls the publication becomes `published_at`.
    """
    body = unpack(body).lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(b"{"):
        return numbered(_json_entries(body, url))
    root = parse_xml(body, url)
    return () if root is None else feed_entries(root, url)


def feed_entries(root: etree._Element, url: str) -> tuple[Entry, ...]:
    """The entries of a parsed RSS or Atom feed."""
    language = root.get(_LANG) or next((_language(x) for x in descendants(root, "channel")), None)
    return numbered(_xml_entry(item, url, language) for item in descendants(root, "item", "entry"))


def numbered(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """The entries that are there, the first of each url_key, with their ranks."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None:
            first.setdefault(entry.url_key, entry)
    return tuple(replace(entry, rank=rank) for rank, entry in enumerate(first.values(), start=1))


def _language(channel: etree._Element) -> str | None:
    return text_of(channel, "language") or channel.get(_LANG)


def _xml_entry(item: etree._Element, url: str, language: str | None) -> Entry | None:
    address = next((x for x in _addresses(item, url) if is_web_url(x)), None)
    if address is None:
        return None
    return Entry(
        url=address,
        url_key=url_key(address),
        source="feed",
        title=plain_text(text_of(item, "title")) or None,
        published_at=read_time(text_of(item, "pubdate", "published", "issued", "date", "created")),
        modified_at=read_time(text_of(item, "updated", "modified")),
        language=_language(item) or language,
    )


def _addresses(item: etree._Element, url: str) -> Iterator[str]:
    """Where an item says its story lies, surest first."""
    yield text_of(item, "origlink")  # FeedBurner puts its own address into link
    links = children(item, "link")
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            yield urljoin(link.base or url, str(link.get("href")).strip())
    for link in links:
        if link.text and link.text.strip():
            yield urljoin(link.base or url, link.text.strip())
    for guid in children(item, "guid"):
        if guid.get("isPermaLink", "true").lower() == "true":
            yield (guid.text or "").strip()
    yield item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    yield text_of(item, "id")


def _json_entries(body: bytes, url: str) -> Iterator[Entry | None]:
    try:
        feed = sound(json.loads(body))
    except (ValueError, RecursionError):
        return
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield _json_entry(item, url, _text(feed, "language"))


def _json_entry(item: dict[str, object], url: str, language: str) -> Entry | None:
    address = urljoin(url, _text(item, "url") or _text(item, "external_url") or _text(item, "id"))
    if not is_web_url(address) or address == url:
        return None
    return Entry(
        url=address,
        url_key=url_key(address),
        source="feed",
        title=plain_text(_text(item, "title")) or None,
        published_at=read_time(_text(item, "date_published")),
        modified_at=read_time(_text(item, "date_modified")),
        language=_text(item, "language") or language or None,
    )


def _text(item: dict[str, object], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""
