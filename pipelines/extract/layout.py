"""Where things stand on a page: elements by the words of their class names, and the margins."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import cast

from ahocorasick_rs import AhoCorasick
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.wordfiles import table_of
from pipelines.extract.zones import zone_of

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_MARGIN_TAGS = frozenset(("aside", "nav", "form", "noscript", "template"))
_NAMING = frozenset(
    (
        *("class", "id", "rel", "itemprop"),
        *("data-testid", "data-test-id", "data-test", "data-qa", "data-component"),
    )
)
"""Attributes that name an element; the later ones stand on pages with generated classes."""
_TELLING = ("author_box", "byline", "category", "date", "standfirst", "deck", "tags", "trail")
"""Kinds of elements that say something about the story."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An element with the words of its names, in lower case."""

    element: HtmlElement
    words: frozenset[str]


@lru_cache(maxsize=16)
def class_words(kind: str) -> frozenset[str]:
    """Words of class names and ids that say what an element is (`names/classes.json`).

    >>> "byline" in class_words("byline")
    True
    """
    return frozenset(table_of("names/classes.json")[kind])


@lru_cache(maxsize=20_000)
def name_words(name: str) -> frozenset[str]:
    """The words of class names and the like, in lower case.

    >>> sorted(name_words("articleHeader__byline-author"))
    ['article', 'author', 'byline', 'header']
    """
    return frozenset(map(str.lower, _WORD.findall(name)))


def element_words(element: HtmlElement) -> frozenset[str]:
    """The words by which an element is named, in whatever attribute."""
    return name_words(_name(element))


def marks(tree: HtmlElement) -> Iterator[Mark]:
    """Elements of the body whose names may be telling, in the order of the page."""
    body = tree.find("body")
    for element in (tree if body is None else body).iterdescendants(etree.Element):
        if (name := _name(cast(HtmlElement, element))) and (words := _telling_words(name)):
            yield Mark(cast(HtmlElement, element), words)


@lru_cache(maxsize=20_000)
def _telling_words(name: str) -> frozenset[str]:
    """The words of a name of which one speaks of a byline, a category, a date, tags …

    >>> sorted(_telling_words("c-byline js-ads")), sorted(_telling_words("js-ads"))
    (['ads', 'byline', 'c', 'js'], [])
    """
    telling, searched = _all_telling()
    if not searched.find_matches_as_indexes(name.lower()):  # as is most often so
        return frozenset()
    words = name_words(name)
    return frozenset() if words.isdisjoint(telling) else words


@cache
def _all_telling() -> tuple[frozenset[str], AhoCorasick]:
    """The words of all kinds that are telling, and the search for them within other words."""
    words = frozenset(chain.from_iterable(map(class_words, _TELLING)))
    return words, AhoCorasick(sorted(words))


def _name(element: HtmlElement) -> str:
    return " ".join([value for key, value in element.items() if key in _NAMING])


class Margins:
    """What stands beside the story: side bars, comments, related stories, footers.

    `frame` holds the elements around the headline: whatever they are called, they are no
    margin, and neither is what is around them.
    """

    def __init__(self, frame: Container[HtmlElement] = ()) -> None:
        self._frame = frame
        self._known: dict[HtmlElement, bool] = {}

    def __contains__(self, element: HtmlElement) -> bool:
        climbed: list[HtmlElement] = []
        for ancestor in (element, *element.iterancestors()):
            climbed.append(ancestor)
            if (is_beside := self._judged(ancestor)) is not None:
                break
        self._known |= dict.fromkeys(climbed, bool(is_beside))
        return bool(is_beside)

    def _judged(self, element: HtmlElement) -> bool | None:
        """Whether an element is a margin; None where that is for its parent to say."""
        if element in self._known:
            return self._known[element]
        if element in self._frame or element.tag in ("body", "html", "main"):
            return False
        is_named = bool(class_words("margin") & element_words(element))
        is_named |= zone_of(element) == "related"
        return is_named or element.tag in _MARGIN_TAGS or _is_part_of_page(element) or None


def _is_part_of_page(element: HtmlElement) -> bool:
    """True for header and footer of the page; those of an article may hold its byline.

    The header of a page holds its name, and often the date of the day.
    """
    is_edge = element.tag in ("header", "footer")
    return is_edge and not any(True for _ in element.iterancestors("article", "main"))
