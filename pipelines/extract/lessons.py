"""What the pages of a site teach about its boilerplate: lines and places that recur.

One page cannot tell that "For more stories, follow our channel" stands under every story
of its site; ten pages can. Each article leaves traces, the hashes and places of its lines.
Traces counted over distinct stories are lessons; lessons drop lines. Copies and revisions
of one story share all of their lines and count as one story.

All of this is pure data: whoever keeps the counts (the ledger) stores integers and strings.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.extract.blocks import Block, text_key
from pipelines.extract.body import Body
from pipelines.extract.prose import place

MIN_STORIES = 3
"""Distinct stories on which a line must stand to be boilerplate."""
MIN_PLACE_STORIES = 5
"""Distinct stories on which a place must have held boilerplate, and never text."""
MAX_DROPPED_SHARE = 0.5
"""A text that would lose more than this share of its letters is left as it is: then the
lessons are wrong, not the text."""
SAME_STORY_SHARE = 0.5
"""Share of common lines from which two texts are versions of one story."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of a page: what it says, as a hash, and where it stands."""

    text_hash: int
    """64 bits, signed; equal for texts with the same letters and digits."""
    place: str
    """Tag and classes of the element and of the two around it."""
    is_kept: bool
    """True for a line of the body; False for one that was dropped as foreign."""


@dataclass(frozen=True, slots=True)
class SiteLessons:
    """Counts over the distinct stories of one site."""

    line_stories: Mapping[int, int] = field(default_factory=dict)
    """For each line that recurs, the number of stories that hold it."""
    place_text: Mapping[str, int] = field(default_factory=dict)
    """For each place, the number of stories in which it held text."""
    place_foreign: Mapping[str, int] = field(default_factory=dict)
    """For each place, the number of stories in which it held dropped lines."""

    def reason(self, trace: Trace) -> str | None:
        """Why a line is boilerplate of its site; None where it is not.

        >>> SiteLessons({7: 4}).reason(Trace(7, "p", True))
        'the line stands on 4 stories of the site'
        """
        stories = self.line_stories.get(trace.text_hash, 0)
        if stories >= MIN_STORIES:
            return f"the line stands on {stories} stories of the site"
        foreign = self.place_foreign.get(trace.place, 0)
        if foreign >= MIN_PLACE_STORIES and 10 * self.place_text.get(trace.place, 0) <= foreign:
            return f"its place held boilerplate on {foreign} stories of the site"
        return None


def line_hash(text: str) -> int:
    """A signed 64-bit hash of the letters and digits of a line.

    >>> line_hash("Follow us!") == line_hash("follow  us")
    True
    """
    digest = hashlib.blake2b(text_key(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def traces(body: Body) -> tuple[Trace, ...]:
    """The traces of a body: of its lines, and of the foreign lines between them."""
    kept = [_trace(block, is_kept=True) for block in body.blocks]
    return (*kept, *(_trace(block, is_kept=False) for block in body.foreign))


def _trace(block: Block, *, is_kept: bool) -> Trace:
    return Trace(line_hash(block.text), " < ".join(place(block)), is_kept)


def learn(stories: Iterable[tuple[Trace, ...]]) -> SiteLessons:
    """The lessons of a site's articles, copies and revisions counted once.

    >>> shared, own = Trace(7, "p", True), [Trace(n, "p", True) for n in range(100, 130)]
    >>> learn([(shared, *own[n : n + 10]) for n in (0, 10, 20)]).line_stories[7]
    3
    """
    lines: Counter[int] = Counter()
    text: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    for story in distinct(stories):
        lines.update({trace.text_hash for trace in story if trace.is_kept})
        held = {trace.place for trace in story if trace.is_kept}
        text.update(held)
        foreign.update({trace.place for trace in story if not trace.is_kept} - held)
    recurring = {line: count for line, count in lines.items() if count > 1}
    return SiteLessons(recurring, dict(text), dict(foreign))


def distinct(stories: Iterable[tuple[Trace, ...]]) -> list[tuple[Trace, ...]]:
    """The stories without copies and revisions: those that share half of their lines."""
    chosen: list[tuple[Trace, ...]] = []
    seen: list[set[int]] = []
    for story in stories:
        lines = {trace.text_hash for trace in story if trace.is_kept}
        if not any(_is_same_story(lines, other) for other in seen):
            chosen.append(story)
            seen.append(lines)
    return chosen


def _is_same_story(lines: set[int], other: set[int]) -> bool:
    return len(lines & other) >= SAME_STORY_SHARE * max(1, min(len(lines), len(other)))


def drop_boilerplate(
    text: str, found: Iterable[Trace], lessons: SiteLessons
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text without the lines that the lessons name, and those lines with the reasons.

    >>> text, dropped = drop_boilerplate(
    ...     "It rained all day.\\n\\nFollow us!",
    ...     [Trace(line_hash("Follow us!"), "p", True)],
    ...     SiteLessons({line_hash("Follow us!"): 9}),
    ... )
    >>> text, dropped
    ('It rained all day.', (('Follow us!', 'the line stands on 9 stories of the site'),))
    """
    reasons = {trace.text_hash: lessons.reason(trace) for trace in found if trace.is_kept}
    paragraphs = text.split("\n\n")
    verdicts = [reasons.get(line_hash(paragraph)) for paragraph in paragraphs]
    kept = [p for p, reason in zip(paragraphs, verdicts, strict=True) if reason is None]
    if sum(map(len, kept)) < (1 - MAX_DROPPED_SHARE) * sum(map(len, paragraphs)):
        return text, ()
    pairs = zip(paragraphs, verdicts, strict=True)
    return "\n\n".join(kept), tuple((line, reason) for line, reason in pairs if reason)
