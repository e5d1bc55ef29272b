"""Which blocks of a page are lines of the story: kept, dropped with a reason, restored.

The engine's reading is the first witness. Each of its lines is led back to the block of
the page that it came from, and the block is judged by its place: what the elements around
it are named, how much of it is links, what stands beside it, where the body lies.

Where the body begins and ends is found as the stretch of blocks with the greatest sum of
scores (maximum subsequence segmentation, Pasternack and Roth 2009): prose counts for, link
lists, headlines of other stories and named boxes count against.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml.html import HtmlElement

from pipelines.extract import phrases
from pipelines.extract.blocks import Block, text_key

_MIN_FOUND_SHARE = 0.7
"""The share of the engine's text that must be found in the blocks."""
_WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…。！？;:؟।]['\"”’»«)\]]*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAX_SAY = 1000
"""Weight that one block can bring to the question where the body lies."""
_PARTS = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "pre", "center", "dd", "dt", "dl", *_HEADINGS)
)
"""Elements that are a part of a text; what holds them is the text."""


def weight(text: str) -> int:
    """The length of a text in Latin letters: one character of Chinese counts as three.

    >>> weight("news"), weight("新闻")
    (4, 6)
    """
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def is_prose(block: Block) -> bool:
    """True for a block that reads as one sentence at least, and is no list of links."""
    if block.link_share > 0.4 or block.tag in _HEADINGS:
        return False
    size = weight(block.text)
    return size >= 100 or (size >= 45 and _SENTENCE_END.search(block.text) is not None)


def place(block: Block) -> tuple[str, str, str]:
    """Where a block stands: its tag, its parent's tag and classes, its grandparent's."""
    parent = block.element.getparent()
    above = parent.getparent() if parent is not None else None
    return (block.tag, _name(parent), _name(above))


def _name(element: HtmlElement | None) -> str:
    return "" if element is None else f"{element.tag}.{element.get('class', '')}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The blocks that make the body."""

    blocks: tuple[Block, ...]
    dropped: tuple[tuple[str, str], ...]
    agreed: bool
    """The engine and the page's own structure see the text in the same place."""

    @property
    def text(self) -> str:
        """Paragraphs parted by one blank line, single line breaks kept."""
        return "\n\n".join(block.text for block in self.blocks)


def select(blocks: list[Block], lines: list[str], title: str | None) -> Selection | None:
    """The blocks that are body; None where the engine's lines are not of these blocks."""
    if not lines:
        return None
    taken = taken_blocks(blocks, lines)
    found = sum(len(block.key) for block in taken)
    if found < _MIN_FOUND_SHARE * sum(len(text_key(line)) for line in lines):
        return None
    return Judge(blocks, taken, title).selection()


def taken_blocks(blocks: list[Block], lines: list[str]) -> set[Block]:
    """The blocks whose text the engine took."""
    keys = [text_key(line) for line in lines]
    whole = "".join(keys)
    short = set(keys)
    taken, position = set(), 0
    for block in blocks:
        key = block.key
        if not key:
            continue
        if len(key) < 25:
            if key in short:
                taken.add(block)
            continue
        at = whole.find(key, position)
        if at < 0:
            at = whole.find(key)
        if at < 0 and len(key) > 80:
            at = whole.find(key[:40])
            at = at if at >= 0 else whole.find(key[-40:])
        if at >= 0:
            taken.add(block)
            position = max(position, at)
    return taken


def _prose(blocks: list[Block]) -> set[Block]:
    """The blocks that are prose, alone or as lines of a paragraph that line breaks cut."""
    prose: set[Block] = set()
    for paragraph in _paragraphs(blocks):
        text = " ".join(block.text for block in paragraph)
        links = sum(block.link_share * len(block.text) for block in paragraph) / len(text)
        whole = len(paragraph) > 1 and links < 0.2 and weight(text) > 60 * len(paragraph) ** 0.5
        prose.update(
            block
            for block in paragraph
            if is_prose(block)
            or (whole and block.link_share < 0.5 and weight(text) / len(paragraph) > 25)
        )
    return prose


def _paragraphs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Runs of lines of one element that only single line breaks part."""
    for _, run in groupby(enumerate(blocks), key=_ParagraphKey()):
        yield [block for _, block in run]


class _ParagraphKey:
    """Numbers paragraphs: the number grows where a block does not continue the last."""

    def __init__(self) -> None:
        self.number, self.element = 0, None

    def __call__(self, item: tuple[int, Block]) -> int:
        block = item[1]
        if not block.joined or block.element is not self.element:
            self.number += 1
        self.element = block.element
        return self.number


class Judge:
    """Why a block is not body, for one page."""

    def __init__(self, blocks: list[Block], taken: set[Block], title: str | None) -> None:
        self.blocks = blocks
        self.taken = taken
        self.title_key = text_key(title or "")
        self.weights = {block: weight(block.text) for block in blocks}
        self.prose = _prose(blocks)
        self._weigh_zones()
        self.zones = {block: self._zone(block) for block in blocks}
        self.candidates = [b for b in blocks if b in self.prose and self.zones[b] is None]
        self.home = self._home()
        self.inside = {b for b in blocks if self._is_inside(b)}
        self.places: Counter[tuple[str, str, str]] = Counter()
        for b in self.candidates:
            if b in self.inside:
                self.places[place(b)] += self.weights[b]
        top = max(self.places.values(), default=0)
        self.main_places = {p for p, mass in self.places.items() if mass >= 0.25 * top}
        own = sum(self.weights[b] for b in self.candidates if b in self.inside)
        both = sum(self.weights[b] for b in self.candidates if b in self.inside and b in taken)
        engine = sum(self.weights[b] for b in taken if b in self.prose)
        self.agrees = both >= 0.6 * own and both >= 0.6 * engine

    def _weigh_zones(self) -> None:
        """Weigh the prose, and the engine's text, within each named element."""
        self.mass: Counter[HtmlElement] = Counter()
        self.taken_mass: Counter[HtmlElement] = Counter()
        for block in self.blocks:
            if block in self.prose:
                for _, element in block.zones:
                    self.mass[element] += self.weights[block]
            if block in self.taken:
                for _, element in block.zones:
                    self.taken_mass[element] += self.weights[block]
        self.all_prose = sum(self.weights[b] for b in self.prose) or 1
        self.all_taken = sum(self.weights[b] for b in self.taken) or 1

    def _zone(self, block: Block) -> str | None:
        """The kind of the first zone around a block that does not hold the story itself."""
        for kind, element in block.zones:
            if (
                self.taken_mass[element] < 0.4 * self.all_taken
                and self.mass[element] < 0.4 * self.all_prose
            ):
                return kind
        return None

    def _home(self) -> HtmlElement | None:
        """The element that holds the text: most prose within it, near to it."""
        direct = Counter(b.element for b in self.candidates)
        scores: Counter[HtmlElement] = Counter()
        for block in self.candidates:
            size = min(self.weights[block], _MAX_SAY) * (1.0 if block in self.taken else 0.4)
            element = block.element
            if direct[element] < 2:
                element = element.getparent() if element.getparent() is not None else element
            while element.tag in _PARTS and element.getparent() is not None:
                element = element.getparent()
            share = 1.0
            while element is not None and share > 0.2:
                scores[element] += size * share
                element, share = element.getparent(), share * 0.66
        return max(scores, key=lambda e: scores[e]) if scores else None

    def _is_inside(self, block: Block) -> bool:
        return block.element is self.home or self.home in block.element.iterancestors()

    def score(self, block: Block) -> float:
        """How much a block speaks for the body running on (above 0) or being over."""
        size = min(self.weights[block], _MAX_SAY)
        if self.zones[block]:
            return -min(size, 30)
        if block.link_share > 0.6:
            if phrases.is_comments_marker(block.text):
                return -300.0
            return -90.0 if block.tag in _HEADINGS else -30.0
        if block not in self.prose:
            if phrases.is_comments_marker(block.text):
                return -2000.0
            if phrases.is_end_marker(block.text):
                return -200.0
            if block in self.taken and block in self.inside and block.link_share < 0.3:
                return -1.0 if place(block) in self.main_places else -4.0
            return -8.0
        if self.is_notice(block):
            return -60.0
        if block not in self.inside:
            return -0.3 * size if block not in self.taken else 0.2 * size
        if place(block) in self.main_places:
            return float(size)
        return 0.5 * size if block in self.taken else -0.2 * size

    def is_notice(self, block: Block) -> bool:
        return self.weights[block] < 300 and phrases.holds_notice(block.text)

    def is_prompt(self, block: Block) -> bool:
        if self.weights[block] > 200:
            return False
        return phrases.is_prompt(block.text) or (
            block.link_share > 0.5 and phrases.opens_with_prompt(block.text)
        )

    def stretch(self) -> tuple[int, int]:
        """The first and the last block of the body, by maximum subsequence."""
        best, best_sum, start, running = (0, -1), 0.0, 0, 0.0
        for at, block in enumerate(self.blocks):
            running += self.score(block)
            if running <= 0:
                start, running = at + 1, 0.0
            elif running > best_sum:
                best, best_sum = (start, at), running
        return best

    def selection(self) -> Selection:
        kept, dropped = [], []
        first, last = self.stretch()
        while first > 0 and self._may_lead(self.blocks[first - 1]):
            first -= 1
        while last + 1 < len(self.blocks) and self._may_lead(self.blocks[last + 1]):
            last += 1
        for at, block in enumerate(self.blocks):
            reason = self.reason(block, at, first, last)
            if reason is None:
                kept.append(block)
            elif block in self.taken:
                dropped.append((block.text, reason))
        return Selection(tuple(kept), tuple(dropped), self.agrees)

    def _may_lead(self, block: Block) -> bool:
        return (
            block in self.taken
            and self.zones[block] is None
            and block.link_share < 0.5
            and block.key != self.title_key
            and place(block) in self.main_places
        )

    def reason(self, block: Block, at: int, first: int, last: int) -> str | None:
        """Why the block is not body; None where it is."""
        if at < first:
            return "before the body"
        if at > last:
            return "after the body"
        if block.key == self.title_key:
            return "the headline"
        if zone := self.zones[block]:
            return f"in a {zone} box"
        if self.is_prompt(block):
            return "a prompt"
        if self.is_notice(block):
            return "a notice"
        if phrases.is_end_marker(block.text) or phrases.is_comments_marker(block.text):
            return "a heading of what follows the story"
        if block in self.taken:
            return None
        if block in self.prose and block in self.inside and place(block) in self.main_places:
            return None
        return "the engine did not take it"
