"""Which blocks of a page are lines of the story: kept, dropped with a reason, restored.

A witness says which blocks it takes for the text: trafilatura's reading, the articleBody of
JSON-LD, or the page's own structure. Each line of the witness is led back to the block of
the page that it came from, and the block is judged by its place: what the elements around
it are named, how much of it is links, what stands beside it, where the body lies.
"""

from lxml.html import HtmlElement

from pipelines.extract.judge import Judge, Selection
from pipelines.extract.measured import Measured, taken_blocks
from pipelines.text import text_key

_MIN_FOUND_SHARE = 0.7
"""The share of a witness's text that must be found in the blocks."""
_CLEAR_SHARE = 0.92
"""The share of the page's prose in one place from which no witness need be asked."""
_CLEAR_WEIGHT = 400
"""Weight of prose from which that share means anything. The engine is then asked a fifth to
a half less often than with 0.95 and 500, and the texts are as good."""
_CLEAR_OF_ALL = 0.7
"""The same of all prose, that in named boxes included."""
_NEVER_STORY = frozenset(("comments", "footer", "nav", "consent", "hidden", "form"))
"""Zones whose prose says nothing about where the story stands."""
_LEAST_PROSE = 200
"""Weight of prose from which a page without witness may hold a story."""
_SURELY_FOREIGN = _NEVER_STORY | frozenset(
    ("share", "newsletter", "advert", "sidebar", "related", "tags", "poll")
)
"""Zones that the engine need not be shown, where the story is not within them."""


def select(page: Measured, lines: list[str]) -> Selection | None:
    """The blocks that are body, where `lines` is the text as a witness sees it.

    None where the witness has no text, or one that is not made of these blocks.
    """
    taken = taken_blocks(page.blocks, lines)
    found = sum(len(block.key) for block in taken)
    if not taken or found < _MIN_FOUND_SHARE * sum(len(text_key(line)) for line in lines):
        return None
    return Judge(page, taken).selection


def structure_of(page: Measured) -> Judge:
    """The judgement without any witness: by what the page's own structure says."""
    judge = Judge(page, page.prose)
    judge.taken = {block for block in page.blocks if judge.frame.fits(block)}
    return judge


def select_by_structure(structure: Judge, *, clear_share: float = _CLEAR_SHARE) -> Selection | None:
    """The blocks that are body, where nearly all prose of the page stands in one place.

    None where the structure leaves room for doubt: then a witness must be asked.
    """
    kept, weights = structure.kept_prose, structure.weights
    candidates = sum(weights[b] for b in structure.candidates)
    everywhere = sum(weights[b] for b in structure.prose if structure.zones[b] not in _NEVER_STORY)
    if kept < max(_CLEAR_WEIGHT, clear_share * candidates, _CLEAR_OF_ALL * everywhere):
        return None
    return None if structure.doubts > (1 - clear_share) * kept else structure.selection


def select_without_witness(structure: Judge) -> Selection | None:
    """The blocks that the structure takes for body, whatever doubt it leaves; None without prose.

    For pages whose witness saw nothing that reads as text.
    """
    return structure.selection if structure.kept_prose >= _LEAST_PROSE else None


def foreign_elements(structure: Judge) -> set[HtmlElement]:
    """The elements whose names say that they are none of the story: menus, boxes, comments."""
    foreign = structure.frame.foreign
    return {
        next(element for _, element in block.zones if element in foreign)
        for block, kind in structure.zones.items()
        if kind in _SURELY_FOREIGN
    }
