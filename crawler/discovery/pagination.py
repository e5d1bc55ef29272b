"""The page after this one in the same listing.

A link is the next page when its URL is this page's URL with a page number one higher, and
something about the link says that it turns pages; or, where URLs carry no numbers, when it
says "next" in any language and leads to a listing under this one.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from crawler.discovery.anchors import BUTTON_CHARS, Anchor
from crawler.discovery.url_shape import shape_of_key
from crawler.discovery.words import in_all_languages
from pipelines.urls import host_of, url_key

_PAGE_WORD = (
    "page|paged|pages|pagina|pag|seite|side|sida|strona|stranka|strana|stranica|oldal|sayfa|sivu"
    "|halaman|pg|p|puslapis|lapa|trang|pagine|selida|selides|hoja|pn"
)
_PAGE_PARAMETER = re.compile(
    rf"\w*page|\w*page_?(?:no|num|number|index)|curpage|np|index|{_PAGE_WORD}", re.IGNORECASE
)
_OFFSET_PARAMETER = re.compile(r"\w*start|\w*offset|from|skip|begin|first|s", re.IGNORECASE)
_PAGE_PATHS = (
    # /page/2/, /seite-2, /p/2, /page2.html, /strona,2.html, /index_2.html
    re.compile(rf"/(?:{_PAGE_WORD}|index|list)[-_/,=:.]?(\d{{1,5}})(?=/?$|\.\w{{2,5}}$)", re.I),
    # /world-p2.html, /world_2.html, /world-page-2, /world,2.html
    re.compile(rf"(?:[-_,.](?:{_PAGE_WORD})[-_=]?|[_,])(\d{{1,4}})(?=/?$|\.\w{{2,5}}$)", re.I),
    # /world/2, never a day or month of an archive (/2026/11/2)
    re.compile(r"(?<=[^\d/])/(\d{1,3})(?=/?$)"),
)
_FILE_ENDING = re.compile(r"\.\w{2,5}$")
_NOT_WORDS = re.compile(r"[\s\d«»‹›<>→←⇒⇐❯❮▶◀►◄⟩⟨…..:|·()\[\]/-]+")
_NUMBER = re.compile(r"\D*?(\d{1,5})\W*")
_ARROWS = frozenset(["»", "›", ">", ">>", "››", "»»", "→", "⇒", "❯", "▶", "►", "⟩", "＞"])
_NAME = re.compile(r"[a-z]+")
_PAGE_WORDS = frozenset(_PAGE_WORD.split("|"))
_BUTTON_SPACES = 4  # "go to the next page »"


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A URL read as one page of a listing."""

    base: str
    """The key of the URL without its page marker and file ending: equal for all its pages."""
    number: int | None
    """What the page marker says; None where there is none."""
    is_offset: bool = False
    """True where the marker counts entries, not pages."""


def page_address(url: str) -> PageAddress:
    """Which page of which listing `url` is.

    >>> page_address("https://example.com/world/page/3/")
    PageAddress(base='https://example.com/world', number=3, is_offset=False)
    >>> page_address("https://example.com/world-p2.html") == page_address("https://example.com/world?p=2")
    True
    >>> page_address("https://example.com/world/?start=20").number
    20
    """
    key = url_key(url)
    location, _, query = key.partition("?")
    pairs = query.split("&") if query else []
    for pair in pairs:
        name, _, value = pair.partition("=")
        is_offset = _OFFSET_PARAMETER.fullmatch(name) is not None
        if value.isdecimal() and len(value) <= 6 and (is_offset or _PAGE_PARAMETER.fullmatch(name)):
            rest = "&".join(other for other in pairs if other != pair)
            return PageAddress(_base(location, rest), int(value), is_offset)
    start = location.find("/", len("https://"))
    for pattern in _PAGE_PATHS:
        match = pattern.search(location, start)
        if match:
            rest = location[: match.start()] + location[match.end() :]
            return PageAddress(_base(rest, query), int(match[1]))
    return PageAddress(_base(location, query), None)


def _base(location: str, query: str) -> str:
    key = url_key(location)
    start = key.find("/", len("https://"))
    stem = key[:start] + _FILE_ENDING.sub("", key[start:])
    return f"{stem}?{query}" if query else stem


@dataclass(frozen=True, slots=True)
class _Turn:
    """A link that may turn pages."""

    url: str
    address: PageAddress
    says_next: bool
    shown: int | None = None
    """The number that its text shows."""
    is_in_pager: bool = False


def find_next_page(
    page_url: str, anchors: Iterable[Anchor], rel_next: Iterable[str], article_keys: Collection[str]
) -> str | None:
    """The URL of the next page of the listing at `page_url`; None on its last page.

    `rel_next` are the targets of `<link rel="next">`. `article_keys` are the url_keys of the
    page's articles: a carousel's "next" leads to one, a listing's never does.
    """
    host, key = host_of(page_url), url_key(page_url)
    turns = [_Turn(url, page_address(url), says_next=True, is_in_pager=True) for url in rel_next]
    turns += filter(None, map(_read_turn, anchors))
    turns = [turn for turn in turns if host_of(turn.url) == host and url_key(turn.url) != key]
    # /category/5 may be page 5 of /category, or a listing of its own: its pages then say more.
    for here in (PageAddress(_base(*key.partition("?")[::2]), None), page_address(page_url)):
        numbered = [turn for turn in turns if _is_page_of(here, turn)]
        if numbered:
            return _numbered(here, numbered)
    return _worded(
        page_address(page_url), [turn for turn in turns if url_key(turn.url) not in article_keys]
    )


def _read_turn(anchor: Anchor) -> _Turn | None:
    """The anchor as a link that turns pages; None where nothing about it says so.

    Expects `<a rel="next">`, `<a class="next"></a>`, `<a aria-label="Next page">›</a>`,
    `<a>Older posts</a>`, `<a>2</a>`, or any short link inside an element of class "pagination".
    """
    text = anchor.text
    if len(text) > BUTTON_CHARS or text.count(" ") > _BUTTON_SPACES:
        return None
    words = _words(text)
    number = _NUMBER.fullmatch(text)
    shown = int(number[1]) if number and (not words or words in _PAGE_WORDS) else None
    names = set(_NAME.findall(anchor.names.lower())) if not words else set()
    is_previous = bool(names & {"prev", "previous"}) and "next" not in names
    if is_previous or _says("previous", words, anchor.title):
        return None
    says_next = (
        "next" in anchor.rel.split()
        or _says("next", words, anchor.title)
        or text in _ARROWS
        or ("next" in names and shown is None)
    )
    is_in_pager = anchor.place.is_in_pager or _says("more", words, "")
    if not (says_next or shown is not None or is_in_pager):
        return None
    return _Turn(anchor.url, page_address(anchor.url), says_next, shown, is_in_pager)


def _words(text: str) -> str:
    """The words of a button in lower case, without arrows, numbers and brackets.

    >>> _words("Next page (3) »"), _words("Ältere Beiträge →")
    ('next page', 'ältere beiträge')
    """
    return _NOT_WORDS.sub(" ", text.lower()).strip()


def _says(kind: str, words: str, title: str) -> bool:
    known = in_all_languages("pagination", kind)
    return words in known or (bool(title) and _words(title) in known)


def _is_page_of(here: PageAddress, turn: _Turn) -> bool:
    return turn.address.base == here.base and turn.address.number is not None


def _numbered(here: PageAddress, turns: list[_Turn]) -> str | None:
    """The link whose page number is one more than this page's; for offsets, the nearest."""
    numbers = {turn.url: turn.address.number or 0 for turn in turns}
    first = 0 if _counts_from_zero(turns) else 1
    current = first if here.number is None else here.number
    later = [turn for turn in turns if numbers[turn.url] > current]
    if not later:
        return None
    nearest = min(later, key=lambda turn: numbers[turn.url])
    if nearest.address.is_offset or nearest.says_next or numbers[nearest.url] == current + 1:
        return nearest.url
    return next((turn.url for turn in later if turn.says_next), None)


def _counts_from_zero(turns: list[_Turn]) -> bool:
    """True where `<a href="?page=1">2</a>` is the second page, or the numbers count entries."""
    return any(
        turn.address.is_offset
        or (turn.shown is not None and turn.address.number == turn.shown - 1)
        or (turn.says_next and turn.address.number == 1)
        for turn in turns
    )


def _worded(here: PageAddress, turns: list[_Turn]) -> str | None:
    """The first link that says "next" and leads to a listing under this one, no calendar."""
    path = shape_of_key(here.base).path
    for turn in turns:
        shape = shape_of_key(turn.address.base)
        is_under = shape.path == path or shape.path.startswith(f"{path}/")
        if turn.says_next and not shape.ends_in_date and (is_under or turn.is_in_pager):
            return turn.url
    return None
