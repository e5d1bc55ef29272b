"""A copy that declares itself: the page names the original of its story on another site.

    <link rel="canonical" href="https://tide.example/2026/ferry-returns">
    <meta name="syndication-source" content="https://tide.example/2026/ferry-returns">
    <p>This article was first published by <a href="https://tide.example/…">The Tide</a>.</p>

A name without a link is no declaration: nobody can find the original by it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick
from lxml.html import HtmlElement

from pipelines.extract.document import Document
from pipelines.extract.wallwords import lowered
from pipelines.extract.wordfiles import tables_in
from pipelines.text import text_key
from pipelines.urls import is_same_site, is_web_url

_NOTE_CHARS, _NOTE_START = 220, 60
"""Letters of the longest line that tells where a story was first published, and of its start,
in which it says so: a sentence of a story that names a first edition goes on otherwise."""
# What Google News once read; many systems still write them.
_METAS = ("syndication-source", "original-source")


def original_in_head(document: Document) -> str | None:
    """The URL of the original on another site that the head declares.

    A home page is no original: sites often declare one on every page by mistake.
    """
    stated = [*document.canonical_hrefs]
    stated += [
        meta.get("content", "")
        for meta in document.tree.iter("meta")
        if (meta.get("name") or "").lower() in _METAS
    ]
    return next(_elsewhere(document, filter(_has_path, stated)), None)


def original_in_note(document: Document) -> str | None:
    """The link to another site in a line that says where the story was first published."""
    hrefs = [link.get("href", "") for note in _notes(document) for link in note.iter("a")]
    found = list(_elsewhere(document, filter(None, hrefs)))
    return next(filter(_has_path, found), next(iter(found), None))


def _elsewhere(document: Document, hrefs: Iterable[str]) -> Iterator[str]:
    """Those that lead to other sites, absolute."""
    own = document.page.url
    for href in hrefs:
        url = document.absolute(href)
        if url and is_web_url(url) and not is_same_site(url, own):
            yield url


def _notes(document: Document) -> Iterator[HtmlElement]:
    """The elements of short lines with a link that begin as such notes do."""
    linked = [b for b in document.blocks if b.link_share > 0 and len(b.text) <= _NOTE_CHARS]
    if not _tell_of_original("\n".join(block.text[:_NOTE_START] for block in linked)):
        return
    for block in linked:
        if _tell_of_original(block.text[:_NOTE_START]) and _is_short(block.element):
            yield block.element


def _tell_of_original(starts: str) -> bool:
    return bool(_phrases().find_matches_as_indexes(lowered(starts)))


def _is_short(element: HtmlElement) -> bool:
    """True where the line is all that the element holds, not the beginning of a story."""
    return len(text_key(element.text_content())) <= _NOTE_CHARS


def _has_path(href: str) -> bool:
    """Whether a link leads deeper than a home page.

    >>> _has_path("https://tide.example/ferry"), _has_path("https://tide.example/")
    (True, False)
    """
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


@cache
def _phrases() -> AhoCorasick:
    """What says that a story was published elsewhere first, in all languages."""
    tables = tables_in("words/originals")
    return AhoCorasick([phrase for table in tables for phrase in table["phrases"]])
