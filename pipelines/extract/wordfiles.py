"""The word lists of this package: plain lines of text, and tables in TOML or JSON."""

import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

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
    return romanian_spellings(
        phrase for table in tables_in("words") for phrase in table.get(kind, ())
    )


def romanian_spellings(phrases: Iterable[str]) -> frozenset[str]:
    """Phrases with both spellings of Romanian: with a comma below, and with the older cedilla.

    >>> sorted(romanian_spellings(["știri"])) == ["\u0219tiri", "\u015ftiri"][::-1]
    True
    """
    return frozenset(spelt for p in phrases for spelt in (p, p.translate(_CEDILLAS)))


@cache
def table_of(name: str) -> dict[str, Any]:
    """The table in one file of this package.

    >>> table_of("names/months.json")["nl"]
    {'mrt': 3}
    """
    text = files(__package__).joinpath(name).read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text) if name.endswith(".toml") else json.loads(text)
    return table


@cache
def tables_of(folder: str) -> dict[str, dict[str, Any]]:
    """Language -> table, of a folder of this package with one file per language.

    >>> sorted(tables_of("words/kickers")["it"])[0]
    'advertisement'
    """
    entries = files(__package__).joinpath(folder).iterdir()
    names = sorted(entry.name for entry in entries if entry.name.endswith((".toml", ".json")))
    return {name.partition(".")[0]: table_of(f"{folder}/{name}") for name in names}


def tables_in(folder: str) -> tuple[dict[str, Any], ...]:
    """The tables of such a folder, of all languages.

    >>> all("consent" in table for table in tables_in("words/walls"))
    True
    """
    return tuple(tables_of(folder).values())


def choice_of(phrases: Iterable[str]) -> str:
    """A pattern of phrases, the longest first, for `re` and `regex` alike.

    >>> choice_of(["live", "liveblog"])
    'liveblog|live'
    """
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(re.escape, longest_first))
