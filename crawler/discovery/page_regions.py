"""Where on the page an element stands: main content, navigation, footer, sidebar, labels."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.discovery.words import in_all_languages

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*", re.ASCII)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BY_TAG = {"nav": "navigation", "footer": "footer", "aside": "aside", "main": "main"}
_BY_ROLE = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "contentinfo": "footer",
    "complementary": "aside",
    "main": "main",
}
_KINDS = ("pager", "labels", "footer", "navigation", "aside", "main")


@dataclass(frozen=True, slots=True)
class Place:
    """What the ancestors of an element say about it."""

    region: str = ""
    """navigation, footer, aside, labels, main, or empty where nothing says so."""
    heading: int = 0
    """1 to 6 inside h1 to h6, else 0."""
    is_in_article: bool = False
    is_in_pager: bool = False
    path: tuple[str, ...] = ()
    """Tag and class of the nearest ancestors, innermost last: equal for repeated cards."""


ROOT = Place()
# Three ancestors tell one list from another and still let the cards of one list agree.
_PATH_LENGTH = 4


@lru_cache(maxsize=16384)
def region_of(tag: str, names: str, role: str) -> str:
    """The region that an element opens by its tag, role, or class and id; empty for none.

    A class that names two regions ("content-sidebar-wrap") is a wrapper and opens none.

    >>> region_of("div", "site-footer", ""), region_of("div", "content-sidebar-wrap", "")
    ('footer', '')
    """
    named = _regions_named(names)
    if "pager" in named:
        return "pager"
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    return named[0] if len(named) == 1 else ""


def _regions_named(names: str) -> list[str]:
    tokens = {word.lower() for word in _WORD.findall(names)}
    return [kind for kind in _KINDS if tokens & in_all_languages("regions", kind)]


class Places:
    """The place of each element, found by climbing, each ancestor looked at once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, Place] = {}

    def of(self, element: HtmlElement) -> Place:
        """The place of `element`, by its ancestors and itself."""
        chain = []
        node: HtmlElement | None = element
        while node is not None and node not in self._known:
            chain.append(node)
            node = node.getparent()
        place = self._known[node] if node is not None else ROOT
        for node in reversed(chain):
            place = self._known[node] = _enter(place, node)
        return place


def _enter(outer: Place, element: HtmlElement) -> Place:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("html", "body"):
        return ROOT
    attributes = element.attrib
    classes = attributes.get("class", "")
    region = region_of(tag, f"{classes} {attributes.get('id', '')}", attributes.get("role", ""))
    is_article = tag == "article"
    return Place(
        region=_nested(outer.region, region),
        heading=_HEADINGS.get(tag, outer.heading),
        is_in_article=outer.is_in_article or is_article,
        is_in_pager=outer.is_in_pager or region == "pager",
        path=(*outer.path[1 - _PATH_LENGTH :], f"{tag}.{classes}"),
    )


def _nested(outer: str, inner: str) -> str:
    """The region of an element that opens `inner` inside `outer`.

    Navigation, footers and label rows stay what they are, whatever they contain.
    """
    if inner in ("", "pager"):
        return outer
    if outer in ("navigation", "footer", "labels"):
        return outer
    if inner == "main" and outer == "aside":
        return outer
    return inner
