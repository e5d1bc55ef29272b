"""What short lines say that are no sentence of a story: read more, comments, copyright.

The phrases are data, one file per language (words/README.txt).
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from pipelines.extract.wordfiles import lines_of

_EDGE = re.compile(r"^[\W_]+|[\W\d_]+$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s(c)©,]{0,6}(?:19|20)\d\d|(?:19|20)\d\d ?©")
_MAX_CHARS = 300
"""Characters above which no line is a prompt."""
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s*")
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def is_end_marker(text: str) -> bool:
    """True for a line that stands above related links, boxes or other stories.

    >>> is_end_marker("Related stories:"), is_end_marker("Related stories were told.")
    (True, False)
    """
    return len(text) < 60 and _bare(text) in _phrases("ends")


def is_comments_marker(text: str) -> bool:
    """True for a line that stands above what readers wrote.

    >>> is_comments_marker("Comments (12)"), is_comments_marker("Comments on it were mixed.")
    (True, False)
    """
    return len(text) < 60 and _bare(text) in _phrases("comments")


def is_prompt(text: str) -> bool:
    """True for a line that is a prompt, or opens with one and a colon.

    >>> is_prompt("READ MORE: The harbour floods again"), is_prompt("Read more books!")
    (True, False)
    """
    if len(text) > _MAX_CHARS:
        return False
    head, colon, _ = _fold(text).replace("：", ":").partition(":")
    known = _phrases("prompts")
    return _bare(text) in known or (bool(colon) and _bare(head) in known)


def is_call(text: str) -> bool:
    """True for a text of which a sentence calls the reader to another channel.

    >>> is_call("Start the day well. Sign up for The Morning, our free newsletter.")
    True
    >>> is_call("Follow the Harbour Times on Facebook."), is_call("Follow the coast to the quay.")
    (True, False)
    >>> is_call("Following criticism on Facebook, the mayor resigned.")
    False
    """
    if len(text) > _MAX_CHARS:
        return False
    return any(
        _calls().match(sentence) and _channels().search(sentence)
        for sentence in _SENTENCES.split(_fold(text))
    )


def opens_with_prompt(text: str) -> bool:
    """True for a line whose first words are a prompt: proof of nothing by themselves.

    >>> opens_with_prompt("Follow us on Facebook for more"), opens_with_prompt("Moreover, he said")
    (True, False)
    """
    return _openings("prompts").match(_fold(text)) is not None


@lru_cache(maxsize=4096)  # asked several times about the blocks of one page
def holds_notice(text: str) -> bool:
    """True for a line that holds a notice of copyright, terms or moderation.

    >>> holds_notice("© 2026 Harbour Daily. All rights reserved.")
    True
    >>> holds_notice("Copyright 2008 by The Harbour Press"), holds_notice("A law on copyright")
    (True, False)
    """
    folded = _fold(text)
    return bool(_COPYRIGHT.search(folded) or _anywhere("notices").search(folded))


def opens_with_notice(text: str) -> bool:
    """True for a line whose first words are a notice, or that states a copyright.

    >>> opens_with_notice("All rights reserved."), opens_with_notice("It broke the terms of use.")
    (True, False)
    """
    folded = _fold(text)
    states = folded.startswith(("copyright", "(c)", "©")) or _COPYRIGHT.search(folded)
    return bool(states or _openings("notices").match(folded))


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    # The capital of the Turkish i becomes an i with a dot above.
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().lower().replace("i\u0307", "i")


def _bare(text: str) -> str:
    """Without punctuation at its edges and numbers at its end.

    >>> _bare("» Comments (12)")
    'comments'
    """
    return _EDGE.sub("", _fold(text))


@cache
def _phrases(kind: str) -> frozenset[str]:
    """The phrases of one kind, of all languages."""
    return frozenset(
        _bare(phrase) if kind != "notices" else phrase
        for phrases in _tables()
        for phrase in phrases[kind]
    )


@cache
def listed(kind: str) -> frozenset[str]:
    """The entries of one kind, of all languages, as they are written in the lists.

    >>> "as it happened" in listed("live")
    True
    """
    return frozenset(phrase for table in _tables() for phrase in table.get(kind, ()))


@cache
def _tables() -> list[dict[str, list[str]]]:
    folder = files("pipelines.extract").joinpath("words")
    return [
        tomllib.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]


@cache
def _openings(kind: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_choice(_phrases(kind))})(?=\W|$)")


@cache
def _calls() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_choice(lines_of('words/calls.txt'))})(?!\w)")


@cache
def _channels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_choice(lines_of('words/channels.txt'))})")


def _choice(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile(_choice(_phrases(kind)))
