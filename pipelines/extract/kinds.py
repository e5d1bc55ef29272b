"""What names and texts say about the kind of an article (words/urls/page_types.toml)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pipelines.extract.wordfiles import lines_of

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
    text = files(__package__).joinpath("words/urls/page_types.toml").read_text("utf-8")
    return {word: kind for kind, words in tomllib.loads(text).items() for word in words}


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
