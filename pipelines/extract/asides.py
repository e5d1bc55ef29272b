"""Lines that are buttons, notes of a player or a frame, or stand around advertisements.

    Listen to this article    Artikeln fortsätter efter annonsen    扫一扫 分享到微信
    Add the Harbour Times as a preferred source on Google

A line that is such a phrase as a whole is none of the story; a sentence that holds it is.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.extract.prose import ends_as_sentence
from pipelines.extract.wordfiles import listed

_SOME = r"[^.!?。！？]{0,40}"
"""What may stand for `*`: a name, a number, a few words."""
_END = re.compile(r"[\W\d_]+$")
_OPEN_END = "\0"
"""Stands for the end of a line that a phrase leaves open: no sentence ends so."""


@dataclass(frozen=True, slots=True)
class _Asides:
    whole: frozenset[str]
    starts: tuple[str, ...]
    """How lines begin that a phrase with `*` may be."""
    ends: tuple[str, ...]
    """How those end whose phrase begins with it."""
    phrases: re.Pattern[str]


def is_aside(bare: str, text: str) -> bool:
    """True for a line that is an aside of the page as a whole (`asides` in words/*.toml).

    `bare` is the line in lower case, without the marks at its edges and numbers at its end.

    >>> is_aside("mit material von dpa", "(Mit Material von dpa)")
    True
    >>> is_aside("mit material von dpa gebaut", "Mit Material von dpa gebaut.")
    False
    """
    known, bare = _asides(), _plain(bare)
    if bare in known.whole:
        return True
    if not (bare.startswith(known.starts) or bare.endswith(known.ends)):
        return False
    return known.phrases.fullmatch(bare if ends_as_sentence(text) else bare + _OPEN_END) is not None


def _plain(text: str) -> str:
    return text.replace("：", ":").replace(" :", ":").replace("\u202f", " ")


@cache
def _asides() -> _Asides:
    phrases = {
        _END.sub("", _plain(phrase)) if phrase[-1] != "*" else _plain(phrase)
        for phrase in (listed("asides") | listed("unfolds"))
    }
    open_ones = sorted(phrase for phrase in phrases if "*" in phrase)
    return _Asides(
        frozenset(phrase for phrase in phrases if "*" not in phrase),
        tuple({phrase.partition("*")[0] for phrase in open_ones} - {""}),
        tuple(phrase.rpartition("*")[2] for phrase in open_ones if phrase.startswith("*")),
        re.compile("|".join(map(_pattern, open_ones))),
    )


def _pattern(phrase: str) -> str:
    pattern = re.escape(phrase).replace(r"\*", _SOME)
    return f"{pattern}{_OPEN_END}" if phrase.endswith("*") else f"{pattern}{_OPEN_END}?"
