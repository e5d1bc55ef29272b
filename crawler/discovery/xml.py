"""XML of feeds and sitemaps, read safely: no entities expanded, no network, bounded size."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree
from w3lib.html import remove_tags, replace_entities

# The sitemap protocol allows 50 MB unpacked; more is no sitemap but a bomb.
MAX_UNPACKED_BYTES = 52_428_800

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?", re.I
)


def unpack(body: bytes, limit: int = MAX_UNPACKED_BYTES) -> bytes:
    """The body without gzip, cut at `limit` bytes; empty where the stream is damaged.

    >>> import gzip
    >>> unpack(gzip.compress(b"<urlset/>")), unpack(b"<urlset/>")
    (b'<urlset/>', b'<urlset/>')
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, limit)
    except zlib.error:
        return b""


def parse_xml(body: bytes, url: str) -> etree._Element | None:
    """The root of an XML file, errors mended where possible; None where there is no element."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(body.strip(), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: etree._Element) -> str:
    """The name of an element in lower case, without namespace or prefix, declared or not.

    >>> [local_name(etree.Element(name)) for name in ("{urn:x}Loc", "loc")]
    ['loc', 'loc']
    """
    tag = element.tag
    return re.split("[}:]", tag)[-1].lower() if isinstance(tag, str) else ""


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements below `element` that have one of `names`, whatever their namespace."""
    return (node for node in element.iter() if local_name(node) in names)


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The direct children called `name`, whatever their namespace."""
    return [node for node in element if local_name(node) == name]


def text_of(element: etree._Element, *names: str) -> str:
    """The text of the first direct child, by the order of `names`, that has any; else empty."""
    for name in names:
        for child in children(element, name):
            text = "".join(map(str, child.itertext())).strip()
            if text:
                return text
    return ""


def plain_text(markup: str) -> str:
    """A title without tags and entities, which feeds escape once or twice.

    >>> plain_text("Ports &amp;amp; <b>Harbours</b>")
    'Ports & Harbours'
    """
    text = replace_entities(replace_entities(markup))
    return " ".join(remove_tags(text).split())


def read_time(text: str) -> datetime | None:
    """A time of RFC 822 or ISO 8601 in UTC; None where it is neither. No zone means UTC.

    >>> read_time("Mon, 02 Nov 2026 15:22:01 +0100").isoformat()
    '2026-11-02T14:22:01+00:00'
    >>> read_time("2026-11-02").isoformat(), read_time("yesterday")
    ('2026-11-02T00:00:00+00:00', None)
    """
    text = text.strip()
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        iso = _ISO.match(text)
        if iso:
            day, clock, zone = iso.groups()
            time = datetime.fromisoformat(f"{day}T{clock}{(zone or 'Z').upper()}")
        else:
            time = parsedate_to_datetime(text)
        return (time.replace(tzinfo=UTC) if time.tzinfo is None else time).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
