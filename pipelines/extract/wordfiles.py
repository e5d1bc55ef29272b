"""The word lists of this package: plain lines of text, and words/*.toml, one file per language."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_CEDILLAS = str.maketrans("șț", "şţ")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones.

    >>> lines_of("words/wires.txt")[0]
    '/prnewswire'
    """
    text = files(__package__).joinpath(name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines() if not line.startswith("#"))
    return tuple(line for line in lines if line)


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "cookie" in words_of("words/notice_topics.txt")
    True
    """
    return frozenset(" ".join(lines_of(name)).split())


@cache
def listed(kind: str) -> frozenset[str]:
    """The entries of one kind of words/*.toml, of all languages, as they are written.

    >>> "as it happened" in listed("live")
    True
    """
    return romanian_spellings(phrase for table in _tables() for phrase in table.get(kind, ()))


def romanian_spellings(phrases: Iterable[str]) -> frozenset[str]:
    """Phrases with both spellings of Romanian: with a comma below, and with the older cedilla.

    >>> sorted(romanian_spellings(["știri"])) == ["\u0219tiri", "\u015ftiri"][::-1]
    True
    """
    return frozenset(spelt for p in phrases for spelt in (p, p.translate(_CEDILLAS)))


@cache
def _tables() -> list[dict[str, list[str]]]:
    folder = files(__package__).joinpath("words")
    return [
        tomllib.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
