"""The key words of a story: what its head states, else the links that readers see below it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.evidence import Evidence, text_of, texts_in
from pipelines.extract.layout import Mark, class_words, element_words
from pipelines.extract.paths import path_words
from pipelines.extract.prose import is_prose
from pipelines.extract.sections import LISTED, is_general, says_nothing
from pipelines.extract.vocabulary import author_folders
from pipelines.text import words

_NAMES = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords")
_MAX_CHARS = 80
_MAX_TAGS = 50
_MAX_LINKS = 20
"""Links in an element named after tags; with more it is the site's cloud of tags."""
_MAX_WORDS = 5
"""Words of a tag that only its place names; longer links lead to stories."""
_CARDS = 3
"""Elements with the same classes from which on each is a part of a card of another story."""
_LINKED = 0.6
"""Share of a line's characters that are links, where it is a list of tags."""


def read_tags(evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """The story's key words, and where they come from; ((), "") where there are none.

    Neither the site's name nor the headline is one.
    """
    for source, found in _stated(evidence):
        tags = _own(found, evidence)[:_MAX_TAGS]
        if tags:
            return tuple(tags), source
    return (), ""


def _stated(evidence: Evidence) -> Iterator[tuple[str, list[str]]]:
    """The key words by what states them, the surest first."""
    yield "jsonld", _split(evidence.json_ld("keywords"))
    yield "meta", _split(claim.text for claim in evidence.meta(_NAMES))
    yield "html", _rel_tags(evidence)
    yield "microdata", _split(claim.text for claim in evidence.property_claims("keywords"))
    seen = _named_tags(evidence) or _linked_tags(evidence)
    yield "html", seen if _mentioned(seen, evidence) else []
    yield "meta", _of_story(_split(c.text for c in evidence.meta(("keywords",))), evidence)
    yield "html", seen


def _split(values: Iterable[Any]) -> list[str]:
    """Tags of lists and of comma-separated texts, each once.

    >>> _split(["Rain, Wind", ["rain", "Sea"]])
    ['Rain', 'Wind', 'Sea']
    """
    found: dict[str, str] = {}
    for value in values:
        for text in texts_in(value):
            for tag in LISTED.split(text):
                if tag and len(tag) <= _MAX_CHARS:
                    found.setdefault(tag.lower(), tag)
    return list(found.values())


def _own(tags: list[str], evidence: Evidence) -> list[str]:
    """The tags but for the site's name and the headline; none where all are general ones."""
    own = [tag for tag in tags if not _is_name(tag, evidence)]
    return [] if all(map(says_nothing, own)) else own


def _is_name(tag: str, evidence: Evidence) -> bool:
    """True for the name of the site or the headline; a single word may be both and a tag."""
    key = words(tag)
    return evidence.site_names.calls_itself(tag) or (len(key) > 2 and key in evidence.headlines)


def _of_story(tags: list[str], evidence: Evidence) -> list[str]:
    """The key words of the head; of a list that every page of the site bears, those of the story.

    Such a list names the site or "News"; the story's own words stand in its text.
    """
    if not any(evidence.site_names.calls_itself(tag) or is_general(tag) for tag in tags):
        return tags
    return _mentioned([tag for tag in tags if not is_general(tag)], evidence)


def _mentioned(tags: list[str], evidence: Evidence) -> list[str]:
    """Those tags that the story's text or headline holds."""
    if not tags:
        return []
    texts = [block.text for block in evidence.document.blocks if is_prose(block)]
    spoken = "\0".join([" ".join(words(" ".join(texts))), *map(" ".join, evidence.headlines)])
    spoken = f" {spoken} ".replace("\0", " \0 ")
    return [tag for tag in tags if f" {' '.join(words(tag))} " in spoken]


def _rel_tags(evidence: Evidence) -> list[str]:
    """`<a rel="tag">Rain</a>`"""
    links = (cast(HtmlElement, link) for link in evidence.tree.iter("a"))
    named = (link for link in links if (link.get("rel") or "").lower().split() == ["tag"])
    return _split(text_of(link).lstrip("#") for link in named if not evidence.beside(link))


def _named_tags(evidence: Evidence) -> list[str]:
    """The links of the first element by the story that is named after tags.

    ```html
    <div class="article-tags"><a href="/?q=rain">Rain</a> <a href="/?q=sea">Sea</a></div>
    ```
    """
    marks = [mark for mark in evidence.marks if _names_tags(mark)]
    for mark in _below_headline(marks, evidence):
        names = mark.element.get("class")
        is_card = sum(other.element.get("class") == names for other in marks) >= _CARDS
        parent = mark.element.getparent()
        is_beside = parent is not None and evidence.beside(parent)
        links = [text_of(link) for link in _links(mark.element) if not _names_writer(link)]
        if not (is_card or is_beside) and 0 < len(links) <= _MAX_LINKS and _are_tags(links):
            return _split(link.lstrip("#") for link in links)
    return []


def _below_headline(marks: list[Mark], evidence: Evidence) -> list[Mark]:
    """Those marks that follow the headline; lists of topics above it are menus."""
    heading = evidence.headline_element
    if heading is None or not marks:
        return []
    below = set(evidence.document.elements[evidence.document.elements.index(heading) :])
    return [mark for mark in marks if mark.element in below]


def _names_tags(mark: Mark) -> bool:
    return bool(mark.words & class_words("tags")) and not mark.words & class_words("not_tags")


def _are_tags(texts: list[str]) -> bool:
    return all(len(words(text)) <= _MAX_WORDS for text in texts)


def _linked_tags(evidence: Evidence) -> list[str]:
    """The links to pages of tags in the one line or list below the headline that holds such.

    ```html
    <ul><li><a href="/topic/rain">Rain</a></li> <li><a href="/topic/sea">Sea</a></li></ul>
    ```
    """
    blocks = evidence.document.blocks
    heading = evidence.headline_element
    start = next((n for n, block in enumerate(blocks) if block.element is heading), len(blocks))
    runs = [list(run) for is_tags, run in groupby(blocks[start + 1 :], _leads_to_tags) if is_tags]
    own = [run for run in runs if not evidence.beside(run[0].element)]
    if not own or len(own) >= _CARDS:  # each card of another story bears its own
        return []
    links = [text_of(link) for block in max(own, key=len) for link in _links(block.element)]
    return _split(link.lstrip("#") for link in links) if len(links) <= _MAX_LINKS else []


def _leads_to_tags(block: Block) -> bool:
    """True for a line whose links all lead to pages of tags, and which says little else."""
    if block.link_share < _LINKED or is_prose(block):
        return False
    links = _links(block.element)
    return bool(links) and all(map(_is_tag_link, links))


def _links(element: HtmlElement) -> list[HtmlElement]:
    return [cast(HtmlElement, link) for link in element.iter("a")]


def _names_writer(link: HtmlElement) -> bool:
    """True for `<a href="/author/lee">`: some lists of topics begin with who wrote the story."""
    is_named = bool(element_words(link) & class_words("byline"))
    return is_named or not author_folders().isdisjoint((link.get("href") or "").split("/"))


def _is_tag_link(link: HtmlElement) -> bool:
    """True for `<a href="/topic/rain">`; the folder itself, `/topics/`, is their list."""
    try:
        folders = urlsplit(link.get("href") or "").path.lower().strip("/").split("/")[:-1]
    except ValueError:
        return False
    is_tag = not path_words("tag_folders").isdisjoint(folders)
    return is_tag and len(words(text_of(link))) <= _MAX_WORDS
