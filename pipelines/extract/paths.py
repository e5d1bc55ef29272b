"""What the segments of a URL's path say of a page: its kind (words/urls/), its headline."""

import re
from urllib.parse import unquote, urlsplit

from anyascii import anyascii

from pipelines.extract.wordfiles import words_of
from pipelines.text import WRITTEN_OUT

_PARTS = re.compile(r"[-_+ ]")
_MIN_WORD = 4
"""Letters of a word that can name a story: shorter ones are articles and the like."""


def path_name(path: str) -> str:
    """The last segment of a path, in the form of words/urls/other_pages.txt.

    >>> path_name("/service/About_Us.html")
    'about-us'
    """
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].lower().replace("_", "-")


def path_words(name: str) -> frozenset[str]:
    """The words of one list of segments.

    >>> "imprint" in path_words("other_pages")
    True
    """
    return words_of(f"words/urls/{name}.txt")


def slug_words(url: str) -> list[str]:
    """The words that a story's address takes from its headline; numbers are none.

    >>> slug_words("https://example.com/world/2026/the-harbour-reopens-4711.html")
    ['harbour', 'reopens']
    """
    parts = (plain(unquote(part)).partition(".")[0] for part in urlsplit(url).path.split("/"))
    named = ([word for word in _PARTS.split(part) if _is_word(word)] for part in parts)
    return max(named, key=len, default=[])


def _is_word(word: str) -> bool:
    return len(word) >= _MIN_WORD and word.isascii() and word.isalpha()


def plain(text: str) -> str:
    """The text in the letters of addresses.

    >>> plain("Évian"), plain("Łódź")
    ('evian', 'lodz')
    """
    return anyascii(text).lower()


def spellings(text: str) -> str:
    """The text in the letters of addresses, in both ways in which they write umlauts.

    >>> spellings("Süd")
    'sud sued'
    """
    return f"{plain(text)} {plain(text.lower().translate(WRITTEN_OUT))}"
