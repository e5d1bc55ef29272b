"""What names and texts say about the kind of an article (words/urls/page_types.toml)."""

import re
from collections.abc import Iterable
from functools import cache

from pipelines.extract.wordfiles import lines_of, table_of

_WIRE_CHARS = 400
"""Characters at either end of a text among which the signature of a wire service stands."""


def kind_of_names(names: Iterable[str]) -> str | None:
    """The kind of article that folders, sections and the like name; None where they do not.

    >>> kind_of_names(["2026", "Live Blog"]), kind_of_names(["world"])
    ('live_blog', None)
    """
    folded = [name.strip().lower().replace("_", "-").replace(" ", "-") for name in names]
    return next((_kinds()[name] for name in folded if name in _kinds()), None)


@cache
def _kinds() -> dict[str, str]:
    table = table_of("words/urls/page_types.toml")
    return {word: kind for kind, words in table.items() for word in words}


def is_wire(text: str) -> bool:
    """True for a text that a wire service for press releases has signed.

    >>> is_wire("NORTHPORT, Oct. 30, 2026 /PRNewswire/ -- The board has voted.")
    True
    """
    ends = f"{text[:_WIRE_CHARS]} {text[-_WIRE_CHARS:]}".lower()
    return _wires().search(ends) is not None


@cache
def _wires() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines_of("words/wires.txt"))))
