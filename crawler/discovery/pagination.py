"""The page after this one in the same listing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.discovery.anchors import Anchor
from crawler.discovery.words import in_all_languages
from pipelines.urls import host_of, url_key

_PAGE_PARAMETER = re.compile(
    r"(?:\w*page|paged|pg|p|pn|pagina|pag|seite|side|sida|strona|stranka|pagenum|pageno|page_?number"
    r"|currentpage|start|offset|from|skip|begin|first|s|index|np|curpage|lapa|sayfa)", re.IGNORECASE
)
_OFFSET_PARAMETER = re.compile(r"start|offset|from|skip|begin|first|s", re.IGNORECASE)
_PAGE_PATHS = (
    # /page/2/, /seite-2, /p/2, /page2.html, /strona,2.html
    re.compile(
        r"/(?:page|paged|pages|pagina|pag|seite|side|sida|strona|stranka|strana|stranica|oldal|sayfa|sivu"
        r"|halaman|pg|p|puslapis|lapa|trang|pagine|selides|index)[-_/,=:]?(\d{1,5})(?=/?$|\.\w{2,5}$)", re.I
    ),
    # /world-p2.html, /world_2.html, /world-page-2, /list_2.shtml, /world,2.html
    re.compile(r"(?:[-_,](?:page|p|seite|str|strona|pag)[-_]?|[_,])(\d{1,4})(?=/?$|\.\w{2,5}$)", re.I),
    # /world/2
    re.compile(r"(?<=[^\d/])/(\d{1,3})(?=/?$)"),
)
_ARROWS_NEXT = frozenset({"»", ">", "›", "→", ">>", "››", "»»", "❯", "▶", "►", "⟩", "&gt;", "⇒", "»›"})
_ARROWS = re.compile(r"[«»‹›<>→←⇒⇐❯❮▶◀►◄⟩⟨…\s.:|·]+")
_LABEL_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A URL read as one page of a listing."""

    base: str
    """The key of the URL without its page marker: equal for all pages of a listing."""
    number: int | None
    """What the page marker says; None where there is none."""
    is_offset: bool = False
    """True where the marker counts entries, not pages."""


def page_address(url: str) -> PageAddress:
    """Which page of which listing `url` is.

    >>> page_address("https://example.com/world/page/3/")
    PageAddress(base='https://example.com/world', number=3, is_offset=False)
    >>> page_address("https://example.com/world/?start=20").number
    20
    """
    key = url_key(url)
    parts = urlsplit(key)
    pairs = [pair for pair in parts.query.split("&") if pair]
    for pair in pairs:
        name, _, value = pair.partition("=")
        if value.isdigit() and len(value) <= 6 and _PAGE_PARAMETER.fullmatch(name):
            rest = "&".join(other for other in pairs if other != pair)
            base = key.partition("?")[0] + (f"?{rest}" if rest else "")
            return PageAddress(base, int(value), bool(_OFFSET_PARAMETER.fullmatch(name)))
    for pattern in _PAGE_PATHS:
        match = pattern.search(parts.path)
        if match:
            path = parts.path[: match.start()] + parts.path[match.end() :]
            return PageAddress(url_key(parts._replace(path=path or "/").geturl()), int(match[1]))
    return PageAddress(key, None)


@dataclass(frozen=True, slots=True)
class _Step:
    """An anchor (or link element) that may lead to the next page."""

    url: str
    address: PageAddress
    says_next: bool
    says_previous: bool
    says_more: bool
    number: int | None
    """The number that its text shows."""
    is_in_pager: bool
    is_rel_next: bool


def find_next_page(page_url: str, anchors: Iterable[Anchor], rel_next: Iterable[str]) -> str | None:
    """The URL of the next page of the listing at `page_url`; None on its last page.

    `rel_next` are the targets of `<link rel="next">`.
    """
    here = page_address(page_url)
    host = host_of(page_url)
    steps = [_Step(url, page_address(url), True, False, False, None, True, True) for url in rel_next]
    steps += [step for anchor in anchors if (step := _read_step(anchor, here, host))]
    steps = [step for step in steps if host_of(step.url) == host and url_key(step.url) != url_key(page_url)]
    return _numbered(here, steps) or _worded(here, steps)


def _read_step(anchor: Anchor, here: PageAddress, host: str) -> _Step | None:
    text = anchor.text if len(anchor.text) <= 40 else ""
    words = _ARROWS.sub(" ", text.lower()).strip()
    label = {word.lower() for word in _LABEL_WORD.findall(anchor.label)}
    number = int(words) if words.isdecimal() and len(words) <= 5 else None
    says_previous = _says("previous", words) or (not words and bool(label & {"prev", "previous"}))
    is_arrow = text.strip() in _ARROWS_NEXT
    says_next = "next" in anchor.rel.split() or (not says_previous and (_says("next", words) or is_arrow or ("next" in label and number is None)))
    says_more = _says("more", words)
    if not (says_next or says_more or number is not None or anchor.place.is_in_pager):
        return None
    return _Step(anchor.url, page_address(anchor.url), says_next, says_previous, says_more, number,
                 anchor.place.is_in_pager, "next" in anchor.rel.split())


def _says(kind: str, words: str) -> bool:
    known = in_all_languages("pagination", kind)
    return words in known


def _numbered(here: PageAddress, steps: list[_Step]) -> str | None:
    """The step whose page number is one more than this page's."""
    same = [step for step in steps if step.address.base == here.base and step.address.number is not None]
    if not same:
        return None
    is_zero_based = any(step.number is not None and step.address.number == step.number - 1 for step in same)
    current = here.number if here.number is not None else (0 if is_zero_based or same[0].address.is_offset else 1)
    later = [step for step in same if step.address.number is not None and step.address.number > current]
    if not later:
        return None
    nearest = min(later, key=lambda step: step.address.number or 0)
    if nearest.address.is_offset or nearest.address.number == current + 1:
        return nearest.url
    return next((step.url for step in later if step.says_next and not step.says_previous), None)


def _worded(here: PageAddress, steps: list[_Step]) -> str | None:
    """The step that says "next", where no number can be compared."""
    path = urlsplit(here.base).path
    for step in steps:
        if step.address.base == here.base and step.address.number is not None:
            continue
        if not step.says_next or step.says_previous:
            continue
        if step.is_rel_next or step.is_in_pager or urlsplit(step.url).path.startswith(path.rstrip("/")):
            return step.url
    return None
