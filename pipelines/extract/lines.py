"""Which blocks of a page are lines of the story: kept, dropped with a reason, restored.

The engine's reading is the first witness. Each of its lines is led back to the block of
the page that it came from, and the block is judged by its place: what the elements around
it are named, how much of it is links, what stands beside it, where the body lies.
"""

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, text_key

_MIN_FOUND_SHARE = 0.7
"""The share of the engine's text that must be found in the blocks."""
_WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…。！？;:؟।]['\"”’»«)\]]*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


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


class Judge:
    """Why a block is not body, for one page."""

    def __init__(self, blocks: list[Block], taken: set[Block], title: str | None) -> None:
        self.blocks = blocks
        self.taken = taken
        self.title_key = text_key(title or "")
        self.chars: Counter[HtmlElement] = Counter()
        """Weight of the engine's text within each named element."""
        self.total = sum(weight(block.text) for block in taken) or 1
        self.mass: Counter[HtmlElement] = Counter()
        self.total_mass = 1
        for block in blocks:
            if is_prose(block):
                self.total_mass += weight(block.text)
                for _, element in block.zones:
                    self.mass[element] += weight(block.text)
        for block in taken:
            for _, element in block.zones:
                self.chars[element] += weight(block.text)
        self.zones = {block: self._zone(block) for block in blocks}
        self.prose = [b for b in blocks if is_prose(b) and self.zones[b] is None]
        self.container = container_of(self.prose)
        self.inside = {
            b
            for b in blocks
            if self.container in b.element.iterancestors() or b.element is self.container
        }
        own = sum(weight(b.text) for b in self.prose if b in self.inside)
        both = sum(weight(b.text) for b in self.prose if b in self.inside and b in taken)
        engine = sum(weight(b.text) for b in taken if is_prose(b))
        self.agrees = both >= 0.6 * own and both >= 0.6 * engine

    def _zone(self, block: Block) -> str | None:
        """The kind of the first zone around a block that does not hold the story itself."""
        for kind, element in block.zones:
            if (
                self.chars[element] < 0.4 * self.total
                and self.mass[element] < 0.4 * self.total_mass
            ):
                return kind
        return None

    def selection(self) -> Selection:
        kept, dropped = [], []
        body = [b for b in self.prose if b in self.taken]
        places = Counter(place(b) for b in body)
        order = {b: i for i, b in enumerate(self.blocks)}
        first = order[body[0]] if body else 0
        last = order[body[-1]] if body else 0
        for block in self.blocks:
            reason = self.reason(block, order[block], first, last, places)
            if reason is None:
                kept.append(block)
            elif block in self.taken:
                dropped.append((block.text, reason))
        return Selection(tuple(kept), tuple(dropped), self.agrees)

    def reason(self, block: Block, at: int, first: int, last: int, places: Counter) -> str | None:
        """Why the block is not body; None where it is."""
        if block.key == self.title_key:
            return "the headline"
        if zone := self.zones[block]:
            return f"in a {zone} box"
        if block not in self.taken:
            if block in self.inside and is_prose(block) and places[place(block)]:
                return None
            return "the engine did not take it"
        if at < first and not places[place(block)]:
            return "before the first paragraph"
        return None


def container_of(prose: list[Block]) -> HtmlElement | None:
    """The deepest element that holds most of the prose."""
    mass: Counter[HtmlElement] = Counter()
    children: dict[HtmlElement, set[HtmlElement]] = {}
    for block in prose:
        size = weight(block.text)
        below = None
        element: HtmlElement | None = block.element
        while element is not None:
            mass[element] += size
            if below is not None:
                children.setdefault(element, set()).add(below)
            below, element = element, element.getparent()
    if not mass:
        return None
    current = max(mass, key=lambda e: mass[e])
    root = prose[0].element.getroottree().getroot()
    current = root
    while current in children:
        best = max(children[current], key=lambda e: mass[e])
        if mass[best] < 0.85 * mass[current]:
            break
        current = best
    return current
