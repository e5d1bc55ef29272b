"""One segment of a URL's path: its words, whether it holds an id, its general form."""

import re
from functools import lru_cache
from typing import NamedTuple

_FILE_ENDING = re.compile(
    r"\.(?:[psxd]?html?|php\d?|aspx?|jspx?|cfm|do|ece|cms|story|stm|amp)$", re.IGNORECASE
)
# Files of these kinds are programs: their names tell the pages of a site apart.
_SCRIPT_ENDINGS = (".php", ".asp", ".jsp", ".cfm", ".do")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_DIGIT = re.compile(r"\d")
_WORD_BREAK = re.compile(r"[-_+,.~:;! ]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHORT_NUMBER = re.compile(r"(?<![^\W_])\d{1,3}(?![^\W_])")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_HASH_CHARS = 8
_HASH = re.compile(rf"(?=[a-z_]*\d)(?=\d*[a-z])[0-9a-z]{{{_HASH_CHARS},}}", re.IGNORECASE)
# Of a text: tokens with a letter (from the letter on), tokens with digits and none.
_WORD = re.compile(r"[^\W\d_]\S*")
_NUMBER = re.compile(r"(?<!\S)[^\w\s]*\d(?:\d|[^\w\s])*(?!\S)")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# In scripts without spaces, two characters make about one word.
DENSE_CHARS_PER_WORD = 2
# From three words on, a segment is a slug: the words of a headline.
SLUG_WORDS = 3


class Segment(NamedTuple):
    """The features of one path segment."""

    stem: str
    """Without file ending."""
    words: int
    has_id: bool
    """A number of four digits and more that is no year, or a hash."""
    inside: str
    """Its general form before the end of a path."""
    last: str
    """Its general form at the end of a path."""


@lru_cache(maxsize=16384)
def read_segment(name: str) -> Segment:
    """The features of the path segment `name`, in lower case.

    >>> read_segment("a-flood.html")
    Segment(stem='a-flood', words=1, has_id=False, inside='a-flood.html', last='{word}.html')
    >>> [read_segment(name).last for name in ("2026", "17", "world", "news.php", "c4gq1nn2p2vo")]
    ['{year}', '{n}', '{word}', 'news.php', '{id}']
    >>> read_segment("world").inside
    'world'
    """
    ending = _FILE_ENDING.search(name) if "." in name else None
    suffix = ending[0] if ending else ""
    stem = name.removesuffix(suffix)
    words = slug_words(stem)
    has_digit = _DIGIT.search(stem) is not None
    kind = _kind(stem, words, has_digit)
    is_word = not kind and not suffix.startswith(_SCRIPT_ENDINGS)
    return Segment(
        stem=stem,
        words=words,
        has_id=has_digit and _has_id(stem),
        inside=(kind or stem) + suffix,
        last=("{word}" if is_word else kind or stem) + suffix,
    )


def _kind(stem: str, words: int, has_digit: bool) -> str:
    """What a stem stands for in a pattern; empty for a word."""
    if stem.isdigit():
        return "{year}" if _YEAR.fullmatch(stem) else "{n}"
    if has_digit and _HASH.fullmatch(stem):
        return "{id}"
    if words >= SLUG_WORDS or (has_digit and _LONG_NUMBER.search(stem)):
        return "{slug}"
    return ""


def _has_id(stem: str) -> bool:
    if not all(map(_YEAR.fullmatch, _LONG_NUMBER.findall(stem))):
        return True
    may_end_in_hash = len(stem) >= _HASH_CHARS and stem[-_HASH_CHARS:].isalnum()
    return may_end_in_hash and _HASH.fullmatch(_WORD_BREAK.split(stem)[-1]) is not None


def slug_words(stem: str) -> int:
    """The words of a slug; numbers count only beside two words and more.

    >>> slug_words("10-killed-in-flood"), slug_words("world-2026"), slug_words("洪水袭击港口")
    (4, 1, 3)
    """
    if len(stem) < 4 and stem.isascii():
        return 0
    dense = 0 if stem.isascii() else len(_DENSE.findall(stem))
    if dense:
        return dense // DENSE_CHARS_PER_WORD
    words = len(_LETTERS.findall(stem))
    if words < 2 or not _DIGIT.search(stem):
        return words
    return words + len(_SHORT_NUMBER.findall(stem))


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
    if words < 2 or not _DIGIT.search(text):
        return words
    return words + len(_NUMBER.findall(text))
