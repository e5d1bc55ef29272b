"""What the shape of a URL says: story, listing, service page, file."""

import re
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import unquote

from crawler.discovery.url_segment import Segment, read_segment
from pipelines.urls import registered_domain, url_key

_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_MONTH = r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MMDD = r"(?:0[1-9]|1[0-2])[/_.-]?(?:0[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<!\d){_YEAR}[/_.-]?{_MMDD}(?!\d)"  # 2026/11/23, 2026-11-23, 20261123, 2026/1123
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
# Every date holds one of these: a year, or 26/1123/.
_DATE_HINT = re.compile(r"(?:19[89]|20[0-4])\d|/\d\d/\d{4}/")
_ID_PARAMETER = re.compile(r"(?:^|&)\w*(?:id|no|num|code)=[\w-]*\d|=[\w-]*\d{4}[\w-]*(?:&|$)", re.I)
_CARRIES_URL = re.compile(r"=(?:https?(?::|%3a)|www\.)", re.IGNORECASE)


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

    def names_beyond(self, page: "UrlShape") -> tuple[str, ...]:
        """The names behind those with which the path of `page` begins too.

        >>> page = shape_of("https://example.com/about/news/page/2")
        >>> shape_of("https://example.com/about/news/people/flood").names_beyond(page)
        ('people', 'flood')
        """
        if self.host != page.host:
            return self.names
        pairs = zip(self.names, page.names, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return self.names[shared:]


def shape_of(url: str) -> UrlShape:
    """The features of `url`.

    >>> shape = shape_of("https://example.com/2026/11/23/flood-hits-old-harbour-town.html")
    >>> shape.has_date, shape.slug_words, shape.has_id
    (True, 5, False)
    """
    return shape_of_key(url_key(url))


def shape_of_key(key: str) -> UrlShape:
    """The features of a URL that is a url_key already."""
    host, path, query = _parts(key)
    segments = [read_segment(name) for name in path.split("/") if name]
    slug = max(segments[-2:], key=_words, default=None)
    may_hold_date = _DATE_HINT.search(path) is not None
    has_id = any(segment.has_id for segment in segments[-3:])
    return UrlShape(
        host=host,
        domain=registered_domain(host.partition(":")[0]),
        path=path,
        names=tuple([segment.stem for segment in segments]),
        pattern=_pattern(host, segments, query),
        has_date=may_hold_date and _DATE.search(path) is not None,
        ends_in_date=may_hold_date and _ENDS_IN_DATE.search(path) is not None,
        is_media="." in path and _MEDIA.search(path) is not None,
        carries_url=bool(query) and _CARRIES_URL.search(key) is not None,
        slug=slug.stem if slug else "",
        slug_words=slug.words if slug else 0,
        has_id=has_id or (bool(query) and _ID_PARAMETER.search(query) is not None),
        has_query=bool(query),
    )


def _parts(key: str) -> tuple[str, str, str]:
    """Host, path (decoded, lower case, no slash at its end) and query of a url_key."""
    location, _, query = key.partition("?")
    host, slash, path = location.partition("://")[2].partition("/")
    path = slash + (unquote(path) if "%" in path else path)
    return host, path.lower().rstrip("/"), query


def _words(segment: Segment) -> int:
    return segment.words


def url_pattern(url: str) -> str:
    """The URL's key with what differs from story to story made general.

    >>> url_pattern("https://www.example.com/2026/11/23/world/flood-hits-the-town.html")
    'example.com/{year}/{n}/{n}/world/{slug}.html'
    >>> url_pattern("https://example.com/news.php?lang=1&newid=13177")
    'example.com/news.php?lang={n}&newid={n}'
    >>> url_pattern("https://example.com/world"), url_pattern("https://example.com/world/asia")
    ('example.com/{word}', 'example.com/world/{word}')
    """
    host, path, query = _parts(url_key(url))
    return _pattern(host, [read_segment(name) for name in path.split("/") if name], query)


def _pattern(host: str, segments: list[Segment], query: str) -> str:
    general = [segment.inside for segment in segments[:-1]]
    general += [segment.last for segment in segments[-1:]]
    pattern = "/".join([host.removeprefix("www."), *general])
    if query:
        pairs = (pair.partition("=")[::2] for pair in query.split("&"))
        values = [f"{name}={read_segment(value.lower()).last}" for name, value in pairs]
        pattern += "?" + "&".join(values)
    return pattern
