"""What a site has taught: which patterns of its URLs turned out to be articles."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = re.compile(r"[-_+%]")
_HASH = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-z]{8,}", re.IGNORECASE)

# Lessons never outweigh everything that the page says: at most this much for or against.
MAX_WEIGHT = 4.0


def url_pattern(url: str) -> str:
    """The URL with what differs from story to story made general.

    >>> url_pattern("https://example.com/2026/11/23/world/flood-hits-the-town.html")
    'example.com/{year}/{n}/{n}/world/{slug}.html'
    >>> url_pattern("https://example.com/news.php?lang=1&newid=13177")
    'example.com/news.php?lang={n}&newid={n}'
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    general = [_general(segment, False) for segment in segments[:-1]]
    general += [_general(segment, True) for segment in segments[-1:]]
    pairs = (pair.partition("=") for pair in sorted(parts.query.split("&")) if pair)
    query = "&".join(f"{name}={_general(value, True)}" for name, _, value in pairs)
    host = (parts.hostname or "").removeprefix("www.")
    return "/".join([host, *general]) + (f"?{query}" if query else "")


def _general(segment: str, is_last: bool) -> str:
    """A path segment as a pattern; a word stays only before the last segment.

    >>> _general("2026", False), _general("world", False), _general("world", True)
    ('{year}', 'world', '{word}')
    """
    stem, dot, ending = segment.rpartition(".")
    if not dot or not 2 <= len(ending) <= 5 or not ending.isalnum():
        stem, dot, ending = segment, "", ""
    if stem.isdigit():
        kind = "{year}" if _YEAR.fullmatch(stem) else "{n}"
    elif len(_WORDS.findall(stem)) >= 2:
        kind = "{slug}"
    elif _HASH.fullmatch(stem):
        kind = "{id}"
    elif is_last and not dot == "." or (is_last and ending.startswith("htm")):
        kind = "{word}"
    else:
        kind = stem
    return kind + dot + ending


@dataclass(frozen=True, slots=True)
class UrlLessons:
    """How often each URL pattern of a site led to an article, and how often not."""

    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """url_pattern -> (articles, other pages)."""

    def weight(self, url: str) -> float:
        """What the site's history says about `url`: -4 (never an article) to 4 (always), else 0.

        The logarithm of the odds, with one page of doubt added on either side.

        >>> lessons = UrlLessons({"example.com/story/{slug}": (50, 0)})
        >>> round(lessons.weight("https://example.com/story/the-big-flood"), 1)
        3.9
        >>> lessons.weight("https://example.com/about")
        0.0
        """
        articles, others = self.counts.get(url_pattern(url), (0, 0))
        odds = math.log((articles + 1) / (others + 1))
        return max(-MAX_WEIGHT, min(MAX_WEIGHT, odds))
