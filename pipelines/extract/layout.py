"""Where things stand on a page: elements by the words of their class names, and the margins."""

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

import regex
from lxml import etree
from lxml.html import HtmlElement

_WORD = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MARGIN_TAGS = frozenset(("aside", "nav", "form", "noscript", "template"))
_NAMING = (
    *("class", "id", "rel", "itemprop"),
    *("data-testid", "data-test-id", "data-test", "data-qa", "data-component"),
)
"""Attributes that name an element; the later ones stand on pages with generated classes."""
_NAMED = etree.XPath(f"descendant::*[{' or '.join(f'@{name}' for name in _NAMING)}]")


@dataclass(frozen=True, slots=True)
class Mark:
    """An element with the words of its class, id, rel and itemprop, in lower case."""

    element: HtmlElement
    words: frozenset[str]


@lru_cache(maxsize=16)
def class_words(kind: str) -> frozenset[str]:
    """Words of class names and ids that say what an element is (`names/classes.json`).

    >>> "byline" in class_words("byline")
    True
    """
    lists = json.loads(files(__package__).joinpath("names/classes.json").read_text("utf-8"))
    return frozenset(lists[kind])


@lru_cache(maxsize=20_000)
def name_words(name: str) -> frozenset[str]:
    """The words of class names and the like, in lower case.

    >>> sorted(name_words("articleHeader__byline-author"))
    ['article', 'author', 'byline', 'header']
    """
    return frozenset(word.lower() for word in _WORD.findall(name))


def marks(tree: HtmlElement) -> Iterator[Mark]:
    """Elements of the body that carry a name, in the order of the page."""
    body = tree.find("body")
    for element in cast("list[HtmlElement]", _NAMED(tree if body is None else body)):
        if name := _name(element):
            yield Mark(element, name_words(name))


def _name(element: HtmlElement) -> str:
    return " ".join(filter(None, map(element.get, _NAMING)))


def in_margin(element: HtmlElement, frame: Container[HtmlElement] = ()) -> bool:
    """True for what stands beside the story: side bars, comments, related stories, footers.

    `frame` holds the elements around the headline: whatever they are called, they are no
    margin, and neither is what is around them.
    """
    for ancestor in _upwards(element):
        if ancestor in frame or ancestor.tag in ("body", "html", "main"):
            return False
        if ancestor.tag in _MARGIN_TAGS or _is_part_of_page(ancestor):
            return True
        if class_words("margin") & name_words(_name(ancestor)):
            return True
    return False


def _is_part_of_page(element: HtmlElement) -> bool:
    """True for header and footer of the page; those of an article may hold its byline.

    The header of a page holds its name, and often the date of the day.
    """
    is_edge = element.tag in ("header", "footer")
    return is_edge and not any(True for _ in element.iterancestors("article", "main"))


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()
