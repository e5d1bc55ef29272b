"""Where on the page an element stands: main content, navigation, footer, sidebar, labels."""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from crawler.discovery.words import in_all_languages

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
_KNOWN = {kind: in_all_languages("regions", kind) for kind in _KINDS}
_NAME_PART = re.compile(r"[a-z]+|[A-Z][a-z]*", re.ASCII)
# Four levels tell one list from another and still let the cards of one list agree.
_PATH_LENGTH = 4
_DIGITS = "0123456789"


class Place(NamedTuple):
    """What the ancestors of an element say about it."""

    region: str = ""
    """navigation, footer, aside, labels, main, or empty where nothing says so."""
    is_declared: bool = False
    """True where a tag or role says the region; False where a class or id does."""
    heading: int = 0
    """1 to 6 inside h1 to h6, else 0."""
    is_in_card: bool = False
    """True inside an `<article>`."""
    is_in_pager: bool = False
    path: tuple[str, ...] = ()
    """Tag and first class of the nearest ancestors, innermost last: equal for repeated cards."""


ROOT = Place()


def region_of(tag: str, role: str, names: str) -> tuple[str, bool]:
    """The region that an element opens (empty for none), and whether its tag or role says so.

    `names` are its classes and id. A class that names two regions ("content-sidebar-wrap") is
    a wrapper and opens none.

    >>> region_of("div", "", "site-footer"), region_of("nav", "", "")
    (('footer', False), ('navigation', True))
    >>> region_of("div", "", "content-sidebar-wrap")
    ('', False)
    """
    named: set[str] = set()
    for name in names.split():
        named |= regions_named(name.rstrip(_DIGITS))  # menu-item-17, menu-item-18 …
    if "pager" in named:
        return "pager", False
    declared = _BY_ROLE.get(role) or _BY_TAG.get(tag)
    if declared:
        return declared, True
    return (named.pop(), False) if len(named) == 1 else ("", False)


@lru_cache(maxsize=16384)
def regions_named(name: str) -> frozenset[str]:
    """The regions that the words of a class or id name; labels only by its last word.

    >>> sorted(regions_named("post-meta")), sorted(regions_named("tags-sport"))
    (['labels'], [])
    >>> sorted(regions_named("pageNav"))
    ['navigation', 'pager']
    """
    parts = [part.lower() for part in _NAME_PART.findall(name)]
    words = {*parts, "".join(parts)}
    last = set(parts[-1:])
    return frozenset(
        kind for kind in _KINDS if not _KNOWN[kind].isdisjoint(last if kind == "labels" else words)
    )


class Places:
    """The places of a page's elements; each ancestor is looked at once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, Place] = {}
        # Cards of one list share their places: one entry for all `li.card` under one `ul`.
        self._inside: dict[tuple[int, str, str, str, bool], Place] = {}

    def of(self, element: etree._Element) -> Place:
        """The place of `element`, by its ancestors and itself."""
        known = self._known
        chain = []
        node: etree._Element | None = element
        while node is not None and node not in known:
            chain.append(node)
            node = node.getparent()
        place = ROOT if node is None else known[node]
        for node in reversed(chain):
            place = known[node] = self._enter(place, node)
        return place

    def _enter(self, outer: Place, element: etree._Element) -> Place:
        get = element.get
        tag, classes = str(element.tag), get("class", "")
        region, is_declared = region_of(tag, get("role", ""), f"{classes} {get('id', '')}")
        # Numbers in classes and ids count cards; without them the cards of a list are equal.
        first_class = classes.partition(" ")[0].rstrip(_DIGITS)
        key = (id(outer), tag, first_class, region, is_declared)
        place = self._inside.get(key)
        if place is None:
            place = self._inside[key] = _inside(outer, tag, first_class, region, is_declared)
        return place


def _inside(outer: Place, tag: str, first_class: str, region: str, is_declared: bool) -> Place:
    """The place inside an element that stands at `outer`."""
    if tag in ("html", "body"):
        return ROOT
    if region == "footer" and outer.is_in_card:
        region = "aside"  # the foot of a card, with related stories, not that of the page
    is_card = tag == "article"
    if _keeps_outer(outer, region, is_card):
        inner_region, is_declared = outer.region, outer.is_declared
    else:
        inner_region = "" if is_card else region
    return Place(
        region=inner_region,
        is_declared=is_declared,
        heading=_HEADINGS.get(tag, outer.heading),
        is_in_card=outer.is_in_card or is_card,
        is_in_pager=outer.is_in_pager or region == "pager",
        path=(*outer.path[1 - _PATH_LENGTH :], f"{tag}.{first_class}"),
    )


def _keeps_outer(outer: Place, inner: str, is_card: bool) -> bool:
    """True where an element that opens `inner` changes nothing about the region around it.

    Navigation, footers and label rows stay what they are, whatever they contain; only a card
    ends a label row, because what was taken for one is then a list.
    """
    if outer.region == "labels" and is_card:
        return False
    if inner in ("", "pager") or outer.region in ("navigation", "footer", "labels"):
        return True
    return inner == "main" and outer.region == "aside"
