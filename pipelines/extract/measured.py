"""The blocks of a page with what every judgement of them needs, and those that a witness took."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.extract.blocks import Block
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import prose_of, weight
from pipelines.extract.standfirst import is_deck
from pipelines.text import text_key

_LEAD, _SHORT_LEAD = 160, 90
"""Weight from which a text above the paragraphs that is named as leads and first paragraphs are
("lead", "intro") is the latter; weight under which one among them is the former."""
_STORY = 700
"""Weight of paragraphs that are a story by themselves: of less, the standfirst is a part."""
_SHORT_KEY = 25
"""Letters under which a line is told by equality, not as a part of the witness's text."""


@dataclass(frozen=True)
class Measured:
    """The blocks of a page with what every judgement of them needs, measured once."""

    blocks: list[Block]
    metadata: Metadata
    """What the page says about its story."""
    title_key: str
    summary_keys: frozenset[str]
    """Of the standfirst and the description: such a line above the body is none of it."""
    decks: frozenset[Block]
    """What is named as the standfirst, and as nothing else."""
    weights: dict[Block, int]
    prose: set[Block]

    @classmethod
    def of(cls, blocks: list[Block], metadata: Metadata) -> "Measured":
        """Measure the blocks of a page."""
        weights = {block: weight(block.text) for block in blocks}
        standfirst = metadata.standfirst or ""
        standfirst_key = text_key(standfirst)
        is_short = weight(standfirst) < _SHORT_LEAD
        shown = [b for b in blocks if b.key and b.key in standfirst_key]
        named = [b for b in shown if is_short or is_deck(b.element)]
        is_summary = bool(named) or weight(standfirst) < _LEAD
        summaries = filter(None, (standfirst if is_summary else None, metadata.description))
        prose = prose_of(blocks)
        return cls(
            blocks,
            metadata,
            text_key(metadata.title or ""),
            frozenset(map(text_key, summaries)),
            _decks(named, prose, weights),
            weights,
            prose,
        )

    def weight_of(self, blocks: Iterable[Block]) -> int:
        """The weight of some blocks; 1 where there is none, so that any share of it is more."""
        return sum(self.weights[block] for block in blocks) or 1


def _decks(named: list[Block], prose: set[Block], weights: dict[Block, int]) -> frozenset[Block]:
    """The blocks that are named as the standfirst, where there is a story beside them."""
    beside = sum(weights[block] for block in prose.difference(named)) if named else 0
    return frozenset(named) if beside >= _STORY else frozenset()


def taken_blocks(blocks: list[Block], lines: list[str]) -> set[Block]:
    """The blocks whose text a witness took."""
    keys = [text_key(line) for line in lines]
    whole, short = "".join(keys), set(keys)
    taken: set[Block] = set()
    position = 0
    for block in blocks:
        if len(block.key) < _SHORT_KEY:
            is_row = block.tag == "tr" and block.key in whole  # whose cells may be lines
            if block.key and (is_row or block.key in short):
                taken.add(block)
        elif (at := _position(block.key, whole, position)) >= 0:
            taken.add(block)
            position = max(position, at)
    return taken


def _position(key: str, whole: str, start: int) -> int:
    """Where a block stands in the text, or its beginning or end; -1 where it does not."""
    at = whole.find(key, start)
    if at < 0:
        at = whole.find(key)
    if at < 0 and len(key) > 80:
        at = whole.find(key[:40])
        at = at if at >= 0 else whole.find(key[-40:])
    return at
