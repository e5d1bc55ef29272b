"""Section and tags: what the page's own navigation and header say."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.extract.evidence import Claim, Evidence, fold, text_of, texts_in
from pipelines.extract.layout import class_words
from pipelines.extract.structured import types_of
from pipelines.extract.wordfiles import lines_of
from pipelines.text import words

_SECTION_NAMES = (
    "article:section",
    "og:article:section",
    "og:section",
    "parsely-section",
    "sailthru.section",
    "articlesection",
    "dc.section",
    "prism.section",
    "section",
    "category",
)
_TAG_NAMES = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords")
_MAX_SECTION_CHARS = 50
_MAX_CATEGORIES = 4
"""Links in an element named after categories; with more it is a menu."""
_MAX_TAG_CHARS = 80
_MAX_TAGS = 50
_LISTED = regex.compile(r"\s*[,;|、，；]\s*")


def read_section(evidence: Evidence) -> Claim | None:
    """The section of the site to which the story belongs.

    Structured data and meta tags come first, but a name that merely repeats the first part
    of the URL's path gives way to the breadcrumb or category link that readers see.
    """
    stated = [c for c in _stated_sections(evidence) if 0 < len(c.text) <= _MAX_SECTION_CHARS]
    visible = list(_visible_sections(evidence))
    specific = [claim for claim in stated if not _repeats_path(claim.text, evidence)]
    return next(iter([*specific, *visible, *stated]), None)


def _stated_sections(evidence: Evidence) -> Iterator[Claim]:
    for claim in evidence.json_ld_texts("articleSection"):
        yield Claim(_LISTED.split(claim.text)[0], claim.source)
    for claim in evidence.meta(_SECTION_NAMES):
        yield Claim(_LISTED.split(claim.text)[0], claim.source)
    for element in evidence.properties.get("articlesection", ()):
        yield Claim(fold(element.get("content") or text_of(element)), "microdata")


def _repeats_path(section: str, evidence: Evidence) -> bool:
    first = urlsplit(evidence.page.url).path.strip("/").split("/")[0]
    return section.lower() == first.lower()


def _visible_sections(evidence: Evidence) -> Iterator[Claim]:
    yield from (Claim(text, "html") for text in _rel_category(evidence))
    yield from (Claim(text, "jsonld") for text in _json_ld_breadcrumb(evidence))
    yield from (Claim(text, "html") for text in _category_links(evidence))


def _rel_category(evidence: Evidence) -> Iterator[str]:
    """`<a rel="category tag">World</a>`"""
    for link in evidence.tree.iter("a"):
        if "category" in (link.get("rel") or "").split() and not evidence.beside(
            cast(HtmlElement, link)
        ):
            yield from _named_sections([text_of(cast(HtmlElement, link))])


def _json_ld_breadcrumb(evidence: Evidence) -> Iterator[str]:
    """The last crumb of a BreadcrumbList that is neither the home page nor the story."""
    for item in evidence.document.structured:
        if "BreadcrumbList" in types_of(item):
            crumbs = list(_crumb_names(item.get("itemListElement")))
            inner = [c for c in crumbs[1:] if not _is_headline(c, evidence)]
            yield from _named_sections(inner[:1])


def _crumb_names(elements: Any) -> Iterator[str]:
    for element in elements if isinstance(elements, list) else ():
        if isinstance(element, dict):
            yield from (texts_in(element) or texts_in(element.get("item")))[:1]


def _is_headline(text: str, evidence: Evidence) -> bool:
    return words(text) in evidence.headlines


def _category_links(evidence: Evidence) -> Iterator[str]:
    """A link in an element that is named after categories, near the headline.

    ```html
    <div class="meta__item-categories"><a class="meta__link" href="/world/">World</a>
    ```
    """
    for mark in evidence.marks:
        if mark.words & class_words("category") and not evidence.beside(mark.element):
            links = [cast(HtmlElement, link) for link in mark.element.iter("a")]
            if 0 < len(links) <= _MAX_CATEGORIES and evidence.is_near(mark.element):
                yield from _named_sections([text_of(links[0])])


def _named_sections(texts: Iterable[str]) -> Iterator[str]:
    """Those texts that may name a section, without ornaments."""
    for text in texts:
        name = text.strip(" »›>[]|:/")
        is_short = 1 < len(name) <= _MAX_SECTION_CHARS and len(words(name)) <= 5
        if is_short and name.lower() not in _not_sections():
            yield name


@lru_cache(maxsize=1)
def _not_sections() -> frozenset[str]:
    return frozenset(lines_of("names/not_sections.txt"))


def read_tags(evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """The story's key words, and where they come from; ((), "") where there are none."""
    sources = (
        (_split_tags(evidence.json_ld("keywords")), "jsonld"),
        (_split_tags(c.text for c in evidence.meta(_TAG_NAMES)), "meta"),
        (_rel_tags(evidence), "html"),
        (_split_tags(_property_texts(evidence, "keywords")), "microdata"),
        (_split_tags(c.text for c in evidence.meta(("keywords",))), "meta"),
    )
    for found, source in sources:
        tags = tuple(found)[:_MAX_TAGS]
        if tags:
            return tags, source
    return (), ""


def _property_texts(evidence: Evidence, name: str) -> Iterator[str]:
    for element in evidence.properties.get(name, ()):
        yield element.get("content") or text_of(element)


def _split_tags(values: Iterable[Any]) -> list[str]:
    """Tags of lists and of comma-separated texts, each once.

    >>> _split_tags(["Rain, Wind", ["rain", "Sea"]])
    ['Rain', 'Wind', 'Sea']
    """
    found: dict[str, str] = {}
    for value in values:
        for text in texts_in(value):
            for tag in _LISTED.split(text):
                if tag and len(tag) <= _MAX_TAG_CHARS:
                    found.setdefault(tag.lower(), tag)
    return list(found.values())


def _rel_tags(evidence: Evidence) -> list[str]:
    """`<a rel="tag">Rain</a>`"""
    links = (cast(HtmlElement, link) for link in evidence.tree.iter("a"))
    named = (link for link in links if (link.get("rel") or "").lower().split() == ["tag"])
    return _split_tags(text_of(link).lstrip("#") for link in named if not evidence.beside(link))
