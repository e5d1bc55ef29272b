"""What the names of an element say about what it holds: related links, a byline, comments.

Names are evidence, not proof: a container named "has-sidebar" may hold the whole story.
Who uses a zone weighs it against the text within.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from lxml.html import HtmlElement

from pipelines.extract.wordfiles import lines_of

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BOUND = re.compile(r"[\s_-]")
_END = re.compile(r"$|[\s_-]")
_REST = re.compile(r"\w*(?:$|[\s_-])")
"""What follows a name, and one that other letters may follow."""
_ZONE_TAGS = {
    "nav": "nav",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "figcaption": "caption",
    "figure": "figure",
    "menu": "nav",
    "dialog": "consent",
    "label": "form",
    "fieldset": "form",
    "time": "byline",
    "address": "byline",
}
_ZONE_ROLES = {
    "navigation": "nav",
    "banner": "nav",
    "complementary": "sidebar",
    "contentinfo": "footer",
    "search": "form",
    "menu": "nav",
    "dialog": "consent",
    "alertdialog": "consent",
}


def zone_of(element: HtmlElement) -> str | None:
    """What an element holds, by its tag, role, class and id; None where they do not say.

    >>> from lxml import html
    >>> zone_of(html.fragment_fromstring('<div class="entry relatedLinks"></div>'))
    'related'
    >>> zone_of(html.fragment_fromstring('<div class="commentary"></div>')) is None
    True
    """
    tag = element.tag
    if tag in _ZONE_TAGS and not (tag == "figure" and _holds_table(element)):
        return _ZONE_TAGS[tag]
    role = element.get("role")
    if role in _ZONE_ROLES:
        return _ZONE_ROLES[role]
    for attribute in ("class", "id"):
        if (names := element.get(attribute)) and (kind := zone_of_names(names)):
            return kind
    return None


def _holds_table(figure: HtmlElement) -> bool:
    return figure.find(".//table") is not None


@lru_cache(maxsize=8192)
def zone_of_names(names: str) -> str | None:
    """What the names of classes and ids say: the first that is known.

    >>> zone_of_names("c-authorBio"), zone_of_names("post"), zone_of_names("headline-adsense")
    ('author', None, 'advert')
    """
    if not names.islower():
        names = _CAMEL.sub("-", names).lower()
    searched, known = _known_names()
    found = [
        (start, at)
        for at, start, end in searched.find_matches_as_indexes(names, overlapping=True)
        if (not start or _BOUND.match(names, start - 1)) and known[at].is_end(names, end)
    ]
    return known[min(found)[1]].kind if found else None


class _Name(NamedTuple):
    """A name of the list: what it says, and the test of what stands behind it."""

    kind: str
    is_end: Callable[[str, int], object]


@cache
def _known_names() -> tuple[AhoCorasick, list[_Name]]:
    """All names, looked for at once (a choice of them takes ten times as long), and their kinds."""
    lines = (line.partition(":") for line in lines_of("words/class_names.txt"))
    listed = [(kind, name) for kind, _, names in lines for name in names.split()]
    known = [_Name(kind, (_REST if name.endswith("*") else _END).match) for kind, name in listed]
    return AhoCorasick([name.rstrip("*") for _, name in listed]), known
