"""What walls say, in all languages at once (words/walls/, one file per language)."""

import tomllib
from functools import cache
from importlib.resources import files


def said_in(kind: str, text: str) -> list[str]:
    """What walls of a kind say that a text, in lower case, holds; the longer of two alike.

    Looking for one phrase after the other is much faster than an expression of them all.
    """
    found = [phrase for phrase in wall_words(kind, "lines") if phrase in text]
    return [one for one in found if not any(one != other and one in other for other in found)]


@cache
def wall_words(kind: str, part: str) -> frozenset[str]:
    return frozenset(phrase for table in _tables() for phrase in table[kind].get(part, ()))


@cache
def _tables() -> list[dict[str, dict[str, list[str]]]]:
    folder = files(__package__).joinpath("words/walls")
    return [tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir()]
