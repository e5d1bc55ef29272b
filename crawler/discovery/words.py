"""The word lists of this package: data files per language, read once."""

import json
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> dict[str, dict[str, list[str]]]:
    """The word list `name` as it stands in its file: language or group, then kind."""
    text = files("crawler.discovery").joinpath("words", f"{name}.json").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = json.loads(text)
    return data


@cache
def in_all_languages(name: str, kind: str) -> frozenset[str]:
    """The words of one kind in every language; the page's language is often wrong or missing.

    >>> "weiter" in in_all_languages("pagination", "next")
    True
    """
    return frozenset(word for kinds in load(name).values() for word in kinds.get(kind, ()))
