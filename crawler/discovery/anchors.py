"""The anchors of a page, gathered by the story they lead to."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.discovery.html import nodes_of, visible_text
from crawler.discovery.page_regions import Place, Places
from crawler.discovery.words import in_all_languages
from pipelines.urls import url_key

_NOT_WEB = re.compile(r"\s*(?:#|(?!https?:)[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IMAGES = frozenset({"img", "picture", "svg"})
# Longer texts are whole cards (headline and summary), not headlines.
_HEADLINE_CHARS = 150
_SENTENCE_CHARS = 40
# Longer ones are not read to their end: a page that never closes an anchor is one anchor.
_TEXT_CHARS = 500
_URL_CHARS = 2048  # the length to which servers and browsers agree
# Longer texts are no buttons ("next page").
BUTTON_CHARS = 40


class Anchor(NamedTuple):
    """One `<a href>` and where it stands."""

    url: str
    text: str
    place: Place
    has_heading: bool
    """True where the anchor holds a heading, or stands in one."""
    has_image: bool
    is_in_sentence: bool
    """True where running text leads up to it."""
    rel: str
    """The rel attribute in lower case."""
    title: str
    """The aria-label or title."""
    names: str
    """The class and id of a short anchor."""


@dataclass(slots=True)
class Candidate:
    """All anchors of a page that lead to one story."""

    url: str
    """The story's own address where an anchor has it, else the first variant."""
    key: str
    anchors: list[Anchor] = field(default_factory=list)

    def headline(self) -> Anchor:
        """The anchor that carries the headline, rather than an image or "read more".

        One with a heading wins, then the longest text that is no whole card.
        """
        return self.anchors[0] if len(self.anchors) == 1 else max(self.anchors, key=_headline_rank)


def _headline_rank(anchor: Anchor) -> tuple[bool, bool, int]:
    text = anchor.text
    is_text = bool(text) and not text.lower().startswith(_read_more())
    size = len(text) if len(text) <= _HEADLINE_CHARS else 2 * _HEADLINE_CHARS - len(text)
    return is_text, is_text and anchor.has_heading, size


@cache
def _read_more() -> tuple[str, ...]:
    return tuple(in_all_languages("read_more", "read_more"))


def read_anchors(tree: etree._Element, join: "Joiner") -> list[Anchor]:
    """Every anchor with a web address, in page order.

    Expects `<a href="…">Headline</a>`, `<h2><a>…</a></h2>` or `<a><h2>…</h2>…</a>`.
    """
    places = Places()
    anchors = []
    for element in tree.iter("a"):
        href = element.get("href")
        url = join(href) if href else ""
        if url:
            anchors.append(_read_anchor(element, url, places))
    return anchors


class Joiner:
    """Makes the links of one page absolute; most of them without taking them apart."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._base_url = base_url
        self._scheme = parts.scheme
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def __call__(self, href: str) -> str:
        """`href` as an absolute web address without fragment; empty where it is none.

        >>> Joiner("https://example.com/world/")("../a#b"), Joiner("https://example.com/")("tel:1")
        ('https://example.com/a', '')
        """
        if len(href) > _URL_CHARS or _NOT_WEB.match(href):
            return ""
        href = href.strip().partition("#")[0]
        if "/." not in href and " " not in href:
            if href.startswith(("http://", "https://")):
                return href
            if href.startswith("//"):
                return f"{self._scheme}:{href}"
            if href.startswith("/"):
                return self._origin + href
        try:
            url = urljoin(self._base_url, href)
        except ValueError:
            return ""
        return url if url.startswith(("http://", "https://")) else ""


def _read_anchor(element: etree._Element, url: str, places: Places) -> Anchor:
    get = element.get
    parent = element.getparent()
    place = places.of(element if parent is None else parent)
    nodes = nodes_of(element)
    headings, image = ([], None) if len(nodes) == 1 else _inside(nodes)
    # A card may hold its section's name as one more heading: the longest is the headline.
    text = max(headings, key=len, default="") or visible_text(element, nodes)
    title = get("aria-label") or get("title") or ""
    return Anchor(
        url,
        (text or title or _alternative_text(image))[:_TEXT_CHARS],
        place,
        bool(headings) or place.heading > 0,
        image is not None,
        _is_in_sentence(element, parent),
        (get("rel") or "").lower(),
        title,
        f"{get('class', '')} {get('id', '')}" if len(text) <= BUTTON_CHARS else "",
    )


def _is_in_sentence(element: etree._Element, parent: etree._Element | None) -> bool:
    """True where more text than a date and a name stands right before the anchor."""
    before = element.getprevious()
    text = before.tail if before is not None else None if parent is None else parent.text
    return text is not None and len(text.strip()) > _SENTENCE_CHARS


def _inside(nodes: list[etree._Element]) -> tuple[list[str], etree._Element | None]:
    """The headings that an anchor holds, and its first image."""
    headings = [visible_text(node) for node in nodes if node.tag in _HEADINGS]
    return headings, next((node for node in nodes if node.tag in _IMAGES), None)


def _alternative_text(image: etree._Element | None) -> str:
    return "" if image is None else (image.get("alt") or "").strip()


def gather(anchors: list[Anchor]) -> list[Candidate]:
    """One candidate per url_key, in the order of first appearance."""
    candidates: dict[str, Candidate] = {}
    for anchor in anchors:
        key = url_key(anchor.url)
        candidate = candidates.get(key)
        if candidate is None:
            candidate = candidates[key] = Candidate(anchor.url, key)
        elif anchor.url != candidate.url and _is_plain(anchor.url, key):
            candidate.url = candidate.url if _is_plain(candidate.url, key) else anchor.url
        candidate.anchors.append(anchor)
    return list(candidates.values())


def _is_plain(url: str, key: str) -> bool:
    """True for the story's own address, False for an AMP, print or tracked variant of it."""
    return url.partition("://")[2].rstrip("/") == key.partition("://")[2]
