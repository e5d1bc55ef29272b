"""What the shape of a URL says: story, listing, service page, file."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawler.discovery.words import in_all_languages

_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_MONTH = r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# /2026/11/23/, /2026-11-23/, /20261123, /26/1123/: a day, or a month, that a path names.
_DATE = re.compile(
    rf"(?<!\d){_YEAR}([/_.-]?){_MONTH}(?:\1{_DAY})?(?!\d)|/\d\d/(?:0[1-9]|1[0-2])[0-3]\d/", re.I
)
_ENDS_IN_DATE = re.compile(
    rf"/{_YEAR}(?:[/_-]{_MONTH}(?:[/_-]{_DAY})?)?(?:_archive)?(?:\.\w{{2,5}})?/?$", re.I
)
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|bmp|ico|avif|pdf|docx?|xlsx?|pptx?|odt|epub|zip|rar|gz|tar|7z|exe"
    r"|dmg|apk|mp[34]|m4[av]|avi|mov|wmv|flv|webm|ogg|wav|m3u8?|css|js|json|xml|rss|atom|rdf|ics|txt)$",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jsp|cfm|do|ece|cms|story|stm)$", re.I)
_WORD_BREAK = re.compile(r"[-_+,.~%:;! ]+")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_HASH = re.compile(r"(?=[a-z_]*\d)(?=\d*[a-z])[0-9a-z]{8,}", re.IGNORECASE)
_ID_PARAMETER = re.compile(
    r"(?:^|[&_?])(?:\w*?id|p|a|n|article|story|news|artikel|item|doc|no|idx|code)=([\w-]*\d[\w-]*)", re.I
)
_SCRIPTS_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class UrlShape:
    """The features of one URL."""

    is_root: bool
    """No path to speak of and no query: the front page of a host."""
    has_date: bool
    ends_in_date: bool
    """The path ends in a year, month or day: an archive."""
    is_media: bool
    slug_words: int
    """Words of the longest slug among the last two segments."""
    has_id: bool
    """A number of four digits and more, or a hash, in the last two segments or the query."""
    listing_word: str
    """The path segment that names a listing (tag, author, category …); empty for none."""
    service_word: str
    """The path segment that names a service page (contact, login …); empty for none."""
    depth: int
    """Path segments."""


@lru_cache(maxsize=16384)
def shape_of(url: str) -> UrlShape:
    """The features of `url`.

    >>> shape = shape_of("https://example.com/2026/11/23/flood-hits-old-harbour-town.html")
    >>> shape.has_date, shape.slug_words, shape.has_id
    (True, 5, False)
    >>> shape_of("https://example.com/tag/flood/").listing_word
    'tag'
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [segment.lower() for segment in path.split("/") if segment]
    date = _DATE.search(path)
    names = [_FILE_ENDING.sub("", segment) for segment in segments]
    return UrlShape(
        is_root=not segments and not parts.query,
        has_date=date is not None,
        ends_in_date=_ENDS_IN_DATE.search(path) is not None,
        is_media=bool(segments) and _MEDIA.search(segments[-1]) is not None,
        slug_words=max(map(_slug_words, names[-2:]), default=0),
        has_id=_has_id(names, parts.query),
        listing_word=_named(names, parts.query, "listing"),
        service_word=_named(names, parts.query, "service"),
        depth=len(segments),
    )


def _slug_words(segment: str) -> int:
    """The words of a slug; characters count in scripts without spaces.

    >>> _slug_words("10-killed-in-flood"), _slug_words("20261123"), _slug_words("洪水袭击港口")
    (4, 0, 3)
    """
    dense = len(_SCRIPTS_WITHOUT_SPACES.findall(segment))
    if dense:
        return dense // 2
    return sum(1 for word in _WORD_BREAK.split(segment) if word and not word.isdigit()) + (
        segment[:1].isdigit() and "-" in segment and not segment.replace("-", "").isdigit()
    )


def _has_id(names: list[str], query: str) -> bool:
    for name in names[-2:]:
        if _LONG_NUMBER.search(name) and not _DATE.fullmatch("/" + name + "/"):
            return True
        if any(_HASH.fullmatch(part) for part in re.split(r"[-_.]", name)[-1:]):
            return True
    return _ID_PARAMETER.search(query) is not None


def _named(names: list[str], query: str, kind: str) -> str:
    words = in_all_languages("paths", kind)
    for name in names:
        if name in words:
            return name
    return ""
