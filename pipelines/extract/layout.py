"""Where things stand on a page: elements by the words of their class names, and the margins."""

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex
from lxml.html import HtmlElement

_WORD = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MARGIN_TAGS = frozenset(("aside", "nav", "form", "noscript", "template"))


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
    for element in (tree if body is None else body).iter("*"):
        name = _name(element)
        if name:
            yield Mark(element, name_words(name))


def _name(element: HtmlElement) -> str:
    get = element.attrib.get
    named = (get("class"), get("id"), get("rel"), get("itemprop"), get("data-testid"))
    return " ".join(filter(None, named))


def in_margin(element: HtmlElement, frame: Container[HtmlElement] = ()) -> bool:
    """True for what stands beside the story: side bars, comments, related stories, footers.

    `frame` holds the elements around the headline: whatever they are called, they are no
    margin, and neither is what is around them.
    """
    for ancestor in _upwards(element):
        if ancestor in frame or ancestor.tag in ("body", "html", "main"):
            return False
        if ancestor.tag in _MARGIN_TAGS or _is_page_footer(ancestor):
            return True
        if class_words("margin") & name_words(_name(ancestor)):
            return True
    return False


def _is_page_footer(element: HtmlElement) -> bool:
    """True for a footer of the page; that of an article may hold its byline."""
    return element.tag == "footer" and not any(True for _ in element.iterancestors("article"))


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()
