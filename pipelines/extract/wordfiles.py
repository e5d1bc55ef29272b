"""The word lists of this package that are plain lines of text: `words/`, `names/`."""

from functools import cache
from importlib.resources import files


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
