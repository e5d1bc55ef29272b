"""What walls say, in all languages at once (words/walls/, one file per language)."""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines.extract.wordfiles import romanian_spellings, tables_in

_NUMBER = re.compile(r"\b\d[\d.,]*\s")


def lowered(text: str) -> str:
    """The text in lower case, with straight apostrophes and single blanks.

    >>> lowered("Don’t  PANIC")
    "don't panic"
    """
    return " ".join(text.lower().replace("’", "'").split())


def said_in(kind: str, text: str) -> list[str]:
    """What walls of a kind say that a text holds, which was `lowered`; no two of them overlap.

    "We and our 812 partners" counts without the number.

    >>> said_in("paywall", "click here to read the full story")
    ['read the full story']
    """
    text = _NUMBER.sub("", text) if kind == "consent" else text
    found = set(_lines_of(kind).find_matches_as_strings(text, overlapping=True))
    said = []
    for phrase in sorted(found, key=lambda phrase: (-len(phrase), phrase)):
        if phrase in text:
            said.append(phrase)
            text = text.replace(phrase, "\0")
    return said


@cache
def _lines_of(kind: str) -> AhoCorasick:
    """All phrases of a kind, looked for at once."""
    return AhoCorasick(sorted(wall_words(kind, "lines")))


@cache
def wall_words(kind: str, part: str) -> frozenset[str]:
    """The titles, lines or labels of one kind of wall; titles without the mark at their end."""
    walls = (table[kind] for table in tables_in("words/walls"))
    phrases = romanian_spellings(phrase for wall in walls for phrase in wall.get(part, ()))
    return frozenset(p.strip(".!…") if part == "titles" else p for p in phrases)
