"""A copy that declares itself: the page names the original of its story on another site.

    <link rel="canonical" href="https://tide.example/2026/ferry-returns">
    <meta name="syndication-source" content="https://tide.example/2026/ferry-returns">
    <p>This article was first published by <a href="https://tide.example/…">The Tide</a>.</p>

A name without a link is no declaration: nobody can find the original by it.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.extract.document import Document
from pipelines.urls import is_same_site, is_web_url

_NOTE_CHARS, _NOTE_START = 220, 60
"""Letters of the longest line that tells where a story was first published, and of its start,
in which it says so: a sentence of a story that names a first edition goes on otherwise."""
# What Google News once read; many systems still write them.
_METAS = ("syndication-source", "original-source")
_BLOCKS = {"p", "div", "li", "section", "aside", "footer", "blockquote", "td"}


def original_in_head(document: Document) -> str | None:
    """The URL of the original on another site that the head declares.

    A home page is no original: sites often declare one on every page by mistake.
    """
    stated = [
        link.get("href", "")
        for link in document.tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
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
    """The short blocks with a link to another host that begin as such notes do."""
    seen: set[HtmlElement] = set()
    own = f"//{urlsplit(document.page.url).netloc}"
    for link in document.tree.iter("a"):
        href = link.get("href", "").lstrip()
        if not href.startswith(("http:", "https:", "//")) or own in href:
            continue  # it stays on this host
        block = next((one for one in link.iterancestors() if one.tag in _BLOCKS), None)
        if block is None or block in seen:
            continue
        seen.add(block)
        start = _text_of_a_line(block)[:_NOTE_START]
        if start and any(map(start.__contains__, _phrases())):
            yield block


def _text_of_a_line(block: HtmlElement) -> str:
    """The text of a block in lower case; nothing where it is longer than a note."""
    text = ""
    for piece in block.itertext():
        text += piece
        if len(text) > 2 * _NOTE_CHARS:  # with white space
            return ""
    text = " ".join(text.split()).lower().replace("’", "'")
    return text if len(text) <= _NOTE_CHARS else ""


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
def _phrases() -> tuple[str, ...]:
    """What says that a story was published elsewhere first, in all languages."""
    folder = files("pipelines.extract").joinpath("words", "originals")
    lists = (tomllib.loads(file.read_text("utf-8"))["phrases"] for file in folder.iterdir())
    return tuple(phrase for phrases in lists for phrase in phrases)
