"""What the shape of a URL says: story, listing, service page, file."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from pipelines.urls import registered_domain, url_key

_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_MONTH = r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MMDD = r"(?:0[1-9]|1[0-2])[/_.-]?(?:0[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<![\w]){_YEAR}[/_.-]?{_MMDD}(?!\d)"  # 2026/11/23, 2026-11-23, 20261123, 2026/1123
    rf"|(?<!\w){_YEAR}[/_-]{_MONTH}(?:[/_-]{_DAY})?(?!\w)"  # 2026/nov/23, 2026/11, 2026-11
    rf"|(?<!\d){_DAY}([/_-]){_MONTH}\1{_YEAR}(?!\d)"  # 23/11/2026
    rf"|/\d\d/{_MMDD}/",  # 26/1123/
    re.IGNORECASE,
)
_ENDS_IN_DATE = re.compile(
    rf"/{_YEAR}(?:[/_-]?{_MONTH}(?:[/_-]?{_DAY})?)?(?:[_-]archive)?(?:\.\w{{2,5}})?/?$",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|bmp|ico|avif|pdf|docx?|xlsx?|pptx?|odt|epub|zip|rar|gz|tar|7z|exe"
    r"|dmg|apk|mp[34]|m4[av]|avi|mov|wmv|flv|webm|ogg|wav|m3u8?|css|js|json|xml|rss|atom|rdf|ics|txt)$",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(
    r"\.(?:[psxd]?html?|php\d?|aspx?|jspx?|cfm|do|ece|cms|story|stm|amp)$", re.I
)
_WORD_BREAK = re.compile(r"[-_+,.~:;! ]+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Words and numbers of a text, parted by space.
_WORD = re.compile(r"\S*[^\W\d_]\S*")
_NUMBER = re.compile(r"(?<!\S)[^\s\w]*\d[\d\W]*(?!\S)")
_SHORT_NUMBER = re.compile(r"(?<![^\W_])\d{1,3}(?![^\W_])")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_BARE_YEAR = re.compile(_YEAR)
_HASH = re.compile(r"(?=[a-z_]*\d)(?=\d*[a-z])[0-9a-z]{8,}", re.IGNORECASE)
_ID_PARAMETER = re.compile(r"(?:^|&)\w*(?:id|no|num|code)=[\w-]*\d|=[\w-]*\d{4}[\w-]*(?:&|$)", re.I)
_CARRIES_URL = re.compile(r"=(?:https?(?::|%3a)|www\.)", re.IGNORECASE)
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# In scripts without spaces, two characters make about one word.
DENSE_CHARS_PER_WORD = 2


class UrlShape(NamedTuple):
    """The features of one URL."""

    host: str
    domain: str
    """The registered domain."""
    path: str
    """Percent-decoded, in lower case, without a trailing slash."""
    names: tuple[str, ...]
    """The path's segments without file endings."""
    pattern: str
    """See `url_pattern`."""
    has_date: bool
    ends_in_date: bool
    """The path ends in a year, month or day: an archive."""
    is_media: bool
    carries_url: bool
    """A share, redirect or login link that carries another URL."""
    slug: str
    """The longer of the last two segments."""
    slug_words: int
    has_id: bool
    """A number of four digits and more, or a hash, in the last three segments or the query."""
    has_query: bool

    @property
    def is_root(self) -> bool:
        """True for the front page of a host."""
        return not self.names and not self.has_query


def shape_of(url: str) -> UrlShape:
    """The features of `url`.

    >>> shape = shape_of("https://example.com/2026/11/23/flood-hits-old-harbour-town.html")
    >>> shape.has_date, shape.slug_words, shape.has_id
    (True, 5, False)
    """
    return shape_of_key(url_key(url))


def shape_of_key(key: str) -> UrlShape:
    """The features of a URL that is a url_key already."""
    location, _, query = key.partition("?")
    host, _, path = location.partition("://")[2].partition("/")
    path = unquote("/" + path) if "%" in path else "/" + path
    lowered = path.lower().rstrip("/")
    names = tuple(_without_ending(name) for name in lowered.split("/") if name)
    slug, words = _slug(names[-2:])
    has_digit = _DIGIT.search(path) is not None
    return UrlShape(
        host=host,
        domain=registered_domain(host.partition(":")[0]),
        path=lowered,
        names=names,
        pattern=_pattern(host, path, query),
        has_date=has_digit and _DATE.search(lowered) is not None,
        ends_in_date=has_digit and _ENDS_IN_DATE.search(lowered) is not None,
        is_media="." in lowered and _MEDIA.search(lowered) is not None,
        carries_url="=" in key and _CARRIES_URL.search(key, 8) is not None,
        slug=slug,
        slug_words=words,
        has_id=(has_digit or bool(query)) and _has_id(names[-3:], query),
        has_query=bool(query),
    )


def _slug(names: tuple[str, ...]) -> tuple[str, int]:
    """The one of `names` with the most words, and their number."""
    counted = [(slug_words(name), name) for name in names]
    words, slug = max(counted, default=(0, ""))
    return slug, words


def _without_ending(name: str) -> str:
    return _FILE_ENDING.sub("", name) if "." in name else name


@lru_cache(maxsize=4096)
def slug_words(segment: str) -> int:
    """The words of a slug; numbers count only beside two words and more.

    >>> slug_words("10-killed-in-flood"), slug_words("world-2026"), slug_words("洪水袭击港口")
    (4, 1, 3)
    """
    if segment.isascii() and len(segment) < 4:
        return 0
    dense = 0 if segment.isascii() else len(_DENSE.findall(segment))
    if dense:
        return dense // DENSE_CHARS_PER_WORD
    words = len(_LETTERS.findall(segment))
    return words if words < 2 else words + len(_SHORT_NUMBER.findall(segment))


def headline_words(text: str) -> int:
    """The words of an anchor, counted as in a slug.

    >>> headline_words("Flood hits old town"), headline_words("洪水袭击港口城市")
    (4, 4)
    >>> headline_words("March 2026"), headline_words("Borders 19-20 Ulster")
    (1, 3)
    """
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    if dense:
        return dense // DENSE_CHARS_PER_WORD
    words = len(_WORD.findall(text))
    return words if words < 2 else words + len(_NUMBER.findall(text))


def _has_id(names: tuple[str, ...], query: str) -> bool:
    for name in names:
        if not all(map(_BARE_YEAR.fullmatch, _LONG_NUMBER.findall(name))):
            return True
        if _HASH.fullmatch(_WORD_BREAK.split(name)[-1]):
            return True
    return bool(query) and _ID_PARAMETER.search(query) is not None


def url_pattern(url: str) -> str:
    """The URL's key with what differs from story to story made general.

    >>> url_pattern("https://www.example.com/2026/11/23/world/flood-hits-the-town.html")
    'example.com/{year}/{n}/{n}/world/{slug}.html'
    >>> url_pattern("https://example.com/news.php?lang=1&newid=13177")
    'example.com/news.php?lang={n}&newid={n}'
    >>> url_pattern("https://example.com/world"), url_pattern("https://example.com/world/asia")
    ('example.com/{word}', 'example.com/world/{word}')
    """
    location, _, query = url_key(url).partition("?")
    host, _, path = location.partition("://")[2].partition("/")
    return _pattern(host, unquote(path), query)


def _pattern(host: str, path: str, query: str) -> str:
    names = [name for name in path.split("/") if name]
    last = len(names) - 1
    general = [_general(name, is_last=i == last) for i, name in enumerate(names)]
    pattern = "/".join([host.removeprefix("www."), *general])
    if query:
        pairs = (pair.partition("=")[::2] for pair in query.split("&"))
        general = [f"{name}={_general(value, is_last=True)}" for name, value in pairs]
        pattern += "?" + "&".join(general)
    return pattern


@lru_cache(maxsize=4096)
def _general(name: str, *, is_last: bool) -> str:
    """A path segment as a pattern; one word stays a word before the last segment and in files.

    >>> [_general(name, is_last=True) for name in ("2026", "17", "world", "news.php", "a-b-c.htm")]
    ['{year}', '{n}', '{word}', 'news.php', '{word}.htm']
    >>> _general("world", is_last=False), _general("c4gq1nn2p2vo", is_last=True)
    ('world', '{id}')
    """
    ending = _FILE_ENDING.search(name) if "." in name else None
    suffix = ending[0] if ending else ""
    stem = name[: -len(suffix)] if suffix else name
    if stem.isdigit():
        return ("{year}" if _BARE_YEAR.fullmatch(stem) else "{n}") + suffix
    if _HASH.fullmatch(stem):
        return "{id}" + suffix
    if slug_words(stem) >= 3 or _LONG_NUMBER.search(stem):
        return "{slug}" + suffix
    is_script = suffix.startswith((".php", ".asp", ".jsp", ".cfm", ".do"))
    return "{word}" + suffix if is_last and not is_script else name
