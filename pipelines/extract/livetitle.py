"""Headlines that say that a page is a live blog: `live` and `live_labels` in words/*.toml."""

from functools import cache
from itertools import pairwise

import regex

from pipelines.extract.wordfiles import choice_of, listed

_PARTS = regex.compile(r"\s+[-–—]+\s+|[:：|｜–—•·!+\[\]()【】]+|\.\s|$")
"""What parts a label from the headline that it stands beside."""
_SPACES = regex.compile(r"[\s-]+")


def says_live_blog(title: str) -> bool:
    """True for a headline with words that only live blogs have.

    >>> says_live_blog("Quay vote: as it happened"), says_live_blog("Hafen-Liveblog: Rat tagt")
    (True, True)
    """
    return _phrases().search(_fold(title)) is not None


def is_labelled_live(title: str) -> bool:
    """True for a headline with a label such as "live".

    A label is parted from the rest by a mark, or stands at either end in capitals.

    >>> is_labelled_live("Quay vote – live"), is_labelled_live("LIVE Board votes on the quay")
    (True, True)
    >>> is_labelled_live("Quay vote live: board meets"), is_labelled_live("直播：董事會開會")
    (True, True)
    >>> is_labelled_live("Where 3 million people live"), is_labelled_live("Live music is back")
    (False, False)
    """
    bounds = [0, *(mark.end() for mark in _PARTS.finditer(title))]
    for start, end in pairwise(bounds):
        part = _PARTS.sub("", title[start:end]).strip()
        is_followed = end < len(title)
        if _is_label(part) or (is_followed and _ending().search(_fold(part))):
            return True
        words = part.split()
        if any(word.isupper() and _is_label(word) for word in (*words[:1], *words[-1:])):
            return True
    return False


def _is_label(text: str) -> bool:
    return _fold(text) in listed("live_labels")


def _fold(text: str) -> str:
    return _SPACES.sub(" ", text.replace("İ", "i").lower())


@cache
def _phrases() -> regex.Pattern[str]:
    return regex.compile(_whole_words("live"))


@cache
def _ending() -> regex.Pattern[str]:
    return regex.compile(rf"{_whole_words('live_labels')}$")


def _whole_words(kind: str) -> str:
    """A pattern of the phrases of a kind, as words of their own where blanks part words."""
    before = r"(?:(?<![\p{L}\p{M}])|(?<=\p{Han}))"
    behind = r"(?:(?![\p{L}\p{M}])|(?=\p{Han}))"
    return f"{before}(?:{choice_of(listed(kind))}){behind}"
