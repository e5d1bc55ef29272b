"""The anchors of a page, gathered by the story they lead to."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.discovery.html import visible_text
from crawler.discovery.page_regions import Place, Places
from pipelines.urls import url_key

_HEADING_INSIDE = "|".join(f".//h{level}" for level in range(1, 7))
_NOT_WEB = re.compile(r"\s*(?:#|javascript:|mailto:|tel:|data:|whatsapp:|sms:|skype:|about:)", re.I)


@dataclass(slots=True)
class Anchor:
    """One `<a href>` and where it stands."""

    url: str
    text: str
    place: Place
    has_heading: bool
    """True where the anchor holds a heading, or stands in one."""
    has_image: bool
    rel: frozenset[str]
    label: str
    """What the anchor is called besides its text: aria-label, title, class and id."""


@dataclass(slots=True)
class Candidate:
    """All anchors of a page that lead to one story."""

    url: str
    key: str
    anchors: list[Anchor] = field(default_factory=list)

    @property
    def best(self) -> Anchor:
        """The anchor that is the headline: one with a heading, else the longest text."""
        return max(self.anchors, key=lambda anchor: (anchor.has_heading, len(anchor.text) > 0 and min(len(anchor.text), 200)))


def read_anchors(tree: HtmlElement, base_url: str) -> list[Anchor]:
    """Every anchor with a web address, in page order.

    Expects `<a href="…">Headline</a>`, `<h2><a>…</a></h2>` or `<a><h2>…</h2>…</a>`.
    """
    places = Places()
    anchors = []
    for element in tree.iter("a"):
        href = element.get("href")
        if not href or _NOT_WEB.match(href):
            continue
        url = _absolute(base_url, href)
        if url:
            anchors.append(_read_anchor(element, url, places))
    return anchors


def _absolute(base_url: str, href: str) -> str:
    try:
        url = urljoin(base_url, href.strip())
    except ValueError:
        return ""
    return url.partition("#")[0] if url.startswith(("http://", "https://")) else ""


def _read_anchor(element: HtmlElement, url: str, places: Places) -> Anchor:
    parent = element.getparent()
    place = places.of(parent if parent is not None else element)
    heading = element.find(".//h2") if len(element) else None
    if heading is None and len(element):
        heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    has_image = len(element) > 0 and next(element.iter("img", "picture", "svg"), None) is not None
    get = element.get
    return Anchor(
        url=url,
        text=(heading is not None and visible_text(heading)) or visible_text(element),
        place=place,
        has_heading=heading is not None or 0 < place.heading,
        has_image=has_image,
        rel=frozenset((get("rel") or "").lower().split()),
        label=" ".join(filter(None, (get("aria-label"), get("title"), get("class"), get("id")))),
    )


def gather(anchors: list[Anchor]) -> list[Candidate]:
    """One candidate per url_key, in the order of first appearance."""
    candidates: dict[str, Candidate] = {}
    for anchor in anchors:
        key = url_key(anchor.url)
        if key not in candidates:
            candidates[key] = Candidate(anchor.url, key)
        candidates[key].anchors.append(anchor)
    return list(candidates.values())
