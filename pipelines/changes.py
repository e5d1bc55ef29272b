"""What changed between two revisions of a story: fields, paragraphs, and the words in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import regex

from pipelines.rows import Row
from pipelines.text import words

# The columns that readers see, beside the text. Times of the crawl and hashes always change.
FIELDS = (
    *("title", "standfirst", "description", "section", "authors", "tags", "language"),
    *("published_at", "modified_at", "image_url", "page_type", "is_free"),
)
# Share of equal words from which two paragraphs are one that was edited.
_SAME_PARAGRAPH = 0.5
# A word, a character of a script without spaces, white space, or a mark.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
    r"|[\p{L}\p{N}\p{M}]+|\s+|."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph."""

    kind: str
    """kept, removed or added."""
    text: str


@dataclass(frozen=True, slots=True)
class ChangedParagraph:
    """A paragraph that is not as it was: removed, added, or edited (pieces of several kinds)."""

    old_number: int | None
    new_number: int | None
    """Its places in the two texts, from 1; None where it is not in one."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed between two rows."""

    fields: dict[str, tuple[Any, Any]]
    """Column -> what it was, what it is."""
    paragraphs: tuple[ChangedParagraph, ...]


def changes(old: Row, new: Row) -> Changes:
    """What a reader sees changed from the row `old` to the row `new`.

    >>> row = {"title": "Ferry late", "text": "It waits.\\n\\nNobody knows why."}
    >>> found = changes(row, row | {"title": "Ferry back", "text": "It waits."})
    >>> found.fields, [one.old_number for one in found.paragraphs]
    ({'title': ('Ferry late', 'Ferry back')}, [2])
    """
    fields = {
        name: (old.get(name), new.get(name))
        for name in FIELDS
        if (old.get(name) or None) != (new.get(name) or None)  # an empty list is none
    }
    return Changes(fields, tuple(_changed(old["text"].split("\n\n"), new["text"].split("\n\n"))))


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """One paragraph as pieces; words that stand between changed ones by white space alone join.

    >>> [(piece.kind, piece.text) for piece in word_changes("At sea, two died.", "At sea, 3 died.")]
    [('kept', 'At sea, '), ('removed', 'two'), ('added', '3'), ('kept', ' died.')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    removed = added = ""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for place, (tag, start, end, new_start, new_end) in enumerate(codes):
        was, now = "".join(before[start:end]), "".join(after[new_start:new_end])
        is_between = 0 < place < len(codes) - 1
        if tag != "equal" or (is_between and not was.strip()):
            removed, added = removed + was, added + now
            continue
        pieces += _replacement(removed, added)
        pieces.append(Piece("kept", was))
        removed = added = ""
    return (*pieces, *_replacement(removed, added))


def _replacement(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def _changed(old: list[str], new: list[str]) -> Iterator[ChangedParagraph]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            for one, other in _aligned(old[start:end], new[new_start:new_end]):
                yield ChangedParagraph(
                    None if one is None else start + one + 1,
                    None if other is None else new_start + other + 1,
                    word_changes(
                        "" if one is None else old[start + one],
                        "" if other is None else new[new_start + other],
                    ),
                )


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which paragraph became which, in order; None for what has no counterpart."""
    next_new = 0
    for place, paragraph in enumerate(old):
        likeness = [_likeness(paragraph, other) for other in new[next_new:]]
        best = max(likeness, default=0.0)
        if best < _SAME_PARAGRAPH:
            yield place, None
            continue
        found = next_new + likeness.index(best)
        yield from ((None, skipped) for skipped in range(next_new, found))
        yield place, found
        next_new = found + 1
    yield from ((None, rest) for rest in range(next_new, len(new)))


def _likeness(one: str, other: str) -> float:
    """The share of words that two paragraphs have in common, in order."""
    return SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()
