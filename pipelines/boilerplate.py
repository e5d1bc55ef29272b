"""What the pages of a site teach about its boilerplate: lines and places that recur.

One page cannot tell that "For more stories, follow our channel" stands under every story of
its site; ten pages can. Each story leaves its lines, with their places and what the page
alone made of them. Counted over distinct stories they are lessons, and lessons drop lines.

All of this is pure: the ledger keeps the lines, extraction applies the lessons to a page,
publication once more to the batch, so that the first pages of a new site profit too.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any

from pipelines.items import Line
from pipelines.text import text_key

MIN_STORIES = 3
"""Distinct stories on which a line must stand to be boilerplate."""
MIN_STORY_SHARE = 0.04
"""The same as a share of the stories remembered: a background paragraph about a war that
three stories of two hundred repeat is text."""
MIN_CORE_STORIES, MIN_CORE_SHARE = 5, 0.25
"""The same for a line that stands amid texts and never seemed foreign: interviews, recipes and
reports on one subject share lines that are text."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EDGES = (2, 3)
"""Lines at the beginning and at the end of a text where boilerplate gathers."""
MIN_MARGINAL_SHARE = 0.8
"""Stories on which a line stood at an end of the text, or was dropped, of all that hold it."""
MIN_PLACE_STORIES = 5
"""Distinct stories on which a place must have held boilerplate, and hardly ever text."""
MAX_PLACE_TEXT_SHARE = 0.1
"""Stories on which such a place held text, per story on which it held boilerplate."""
MAX_DROPPED_SHARE = 0.5
"""A text that would lose more than this share of its letters is left as it is: then the
lessons are wrong, not the text."""
SAME_STORY_SHARE = 0.5
"""Share of the shorter text that stands in lines of the other, from which both are versions
of one story."""
WINDOW_STORIES = 200
"""Stories that are remembered of a site: what its layout was before is forgotten."""
SHOWN_CHARS = 100
"""Characters of a line that are kept for people to read."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line as it is remembered."""

    line: int
    """`line_hash` of its text."""
    place: str
    is_kept: bool
    is_marginal: bool
    """At an end of the text, or foreign to it."""
    letters: int
    shown: str
    """How it begins."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One line or place that is boilerplate, and on how many stories it was found."""

    kind: str
    """line or place."""
    what: str
    """How the line begins, or the place: tag and classes of an element and of two around it."""
    stories: int


@dataclass(frozen=True, slots=True)
class SiteLessons:
    """What is boilerplate on one site."""

    lines: Mapping[int, int] = field(default_factory=dict)
    """Line hash -> stories that hold it."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Place -> stories on which it held boilerplate."""

    def reason(self, line: Line) -> str | None:
        """Why a line is boilerplate of its site; None where it is not.

        >>> lessons = SiteLessons({line_hash("Follow us!"): 4})
        >>> lessons.reason(Line("Follow us!", "p", True))
        'the line stands on 4 stories of the site'
        """
        if stories := self.lines.get(line_hash(line.text)):
            return f"the line stands on {stories} stories of the site"
        if stories := self.places.get(line.place):
            return f"its place held boilerplate on {stories} stories of the site"
        return None


def line_hash(text: str) -> int:
    """A signed 64-bit hash of the letters and digits of a line.

    >>> line_hash("Follow us!") == line_hash("follow  us")
    True
    """
    digest = hashlib.blake2b(text_key(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def traces_of(lines: Iterable[Line]) -> tuple[Trace, ...]:
    """The traces that the lines of one story leave."""
    lines = tuple(lines)
    text = [line.text for line in lines if line.is_kept]
    edges = {*text[: _EDGES[0]], *text[-_EDGES[1] :]}
    return tuple(
        Trace(
            line_hash(line.text),
            line.place,
            line.is_kept,
            not line.is_kept or line.text in edges,
            len(line.text),
            line.text[:SHOWN_CHARS],
        )
        for line in lines
    )


def drop_boilerplate(
    lines: Sequence[Line], lessons: SiteLessons
) -> tuple[tuple[Line, ...], tuple[tuple[str, str], ...]]:
    """The kept lines without those that the lessons name, and those with the reasons.

    >>> lines = [Line("It rained all day.", "p", True), Line("Follow us!", "p", True)]
    >>> kept, dropped = drop_boilerplate(lines, SiteLessons({line_hash("Follow us!"): 9}))
    >>> [line.text for line in kept], dropped
    (['It rained all day.'], (('Follow us!', 'the line stands on 9 stories of the site'),))
    """
    text = tuple(line for line in lines if line.is_kept)
    reasons = {line: reason for line in text if (reason := lessons.reason(line))}
    for line, following in pairwise(text[1:]):
        if following not in reasons and line.place not in lessons.places and _is_heading(line):
            reasons.pop(line, None)  # "What happened" heads a part of many stories
    kept = tuple(line for line in text if line not in reasons)
    if _letters(kept) < (1 - MAX_DROPPED_SHARE) * _letters(text):
        return text, ()
    return kept, tuple((line.text, reason) for line, reason in reasons.items())


def _is_heading(line: Line) -> bool:
    """True for a line set as a heading, told by the tag in its place.

    >>> _is_heading(Line("What happened", "h2 < div. < body.", True))
    True
    """
    return line.place.partition(" ")[0] in _HEADINGS


def _letters(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


class SiteMemory:
    """The newest distinct stories of one site, and what their lines have in common.

    Copies, revisions and updates of one story share most of their lines: they count once.
    """

    def __init__(self) -> None:
        self._stories: list[_Story] = []
        self._lines: Counter[int] = Counter()
        self._marginal_lines: Counter[int] = Counter()
        self._text_places: Counter[str] = Counter()
        self._foreign_places: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, cluster_id: str, traces: tuple[Trace, ...]) -> tuple[str, ...] | None:
        """Learn from a story: the clusters of those forgotten for it; None where it is not new.

        Of the versions of one story the longest is remembered: a brief that is hardly more
        than its closing box would otherwise stand for every story with that box.
        """
        story = _Story(cluster_id, traces)
        versions = [known for known in self._stories if story.is_version_of(known)]
        if not traces or any(known.size >= story.size for known in versions):
            return None
        self._stories.append(story)
        self._count(traces, 1)
        forgotten = versions or list(self._stories)[:-WINDOW_STORIES]
        for old in forgotten:
            self._stories.remove(old)
            self._count(old.traces, -1)
        self.__dict__.pop("lessons", None)
        return tuple(old.cluster_id for old in forgotten)

    def _count(self, traces: tuple[Trace, ...], step: int) -> None:
        text = {trace.place for trace in traces if trace.is_kept}
        foreign = {trace.place for trace in traces if not trace.is_kept} - text
        _add(self._lines, {trace.line for trace in traces}, step)
        _add(self._marginal_lines, {trace.line for trace in traces if trace.is_marginal}, step)
        _add(self._text_places, text, step)
        _add(self._foreign_places, foreign, step)

    @cached_property
    def lessons(self) -> SiteLessons:
        """What is boilerplate, as far as the remembered stories tell."""
        return SiteLessons(
            {line: count for line, count in self._lines.items() if self._is_boilerplate(line)},
            {
                place: count
                for place, count in self._foreign_places.items()
                if count >= MIN_PLACE_STORIES
                and self._text_places[place] <= MAX_PLACE_TEXT_SHARE * count
            },
        )

    @property
    def least_stories(self) -> tuple[int, int]:
        """Stories on which a line must stand: at an end of the text, and amid it.

        >>> SiteMemory().least_stories
        (3, 5)
        """
        remembered = len(self._stories)
        return (
            max(MIN_STORIES, ceil(MIN_STORY_SHARE * remembered)),
            max(MIN_CORE_STORIES, ceil(MIN_CORE_SHARE * remembered)),
        )

    def _is_boilerplate(self, line: int) -> bool:
        count, (least, least_amid) = self._lines[line], self.least_stories
        if count >= least_amid:
            return True
        return count >= least and self._marginal_lines[line] >= MIN_MARGINAL_SHARE * count

    def learned(self) -> list[Lesson]:
        """The lessons for people to read, the commonest first."""
        lessons = self.lessons
        shown = {trace.line: trace.shown for story in self._stories for trace in story.traces}
        found = [Lesson("line", shown[line], n) for line, n in lessons.lines.items()]
        found += [Lesson("place", place, n) for place, n in lessons.places.items()]
        return sorted(found, key=lambda lesson: (-lesson.stories, lesson.kind, lesson.what))


class _Story:
    """A remembered story, with the letters of each line of its text."""

    def __init__(self, cluster_id: str, traces: tuple[Trace, ...]) -> None:
        self.cluster_id = cluster_id
        self.traces = traces
        self.letters = {trace.line: trace.letters for trace in traces if trace.is_kept}
        self.size = sum(self.letters.values())

    def is_version_of(self, other: "_Story") -> bool:
        if self.cluster_id == other.cluster_id:
            return True
        common = sum(self.letters[line] for line in self.letters.keys() & other.letters.keys())
        return common >= SAME_STORY_SHARE * max(1, min(self.size, other.size))


def _add(counts: Counter[Any], keys: Iterable[Any], step: int) -> None:
    for key in keys:
        counts[key] += step
        if not counts[key]:
            del counts[key]
