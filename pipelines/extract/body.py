"""The story's text: trafilatura's reading of the page, judged block by block."""

import re
from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from itertools import compress

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.judge import Selection
from pipelines.extract.lines import (
    foreign_elements,
    select,
    select_by_structure,
    select_without_witness,
    structure_of,
)
from pipelines.extract.measured import Measured
from pipelines.extract.metadata import Metadata
from pipelines.extract.phrases import is_prompt
from pipelines.extract.prose import place, weight
from pipelines.items import Line

VERSION = f"trafilatura {trafilatura.__version__}"
_FAIRLY_CLEAR = 0.7
"""Share of the page's prose in one place from which the structure is believed, where the
engine's fast reading is of another place."""
_AMPLE = 5_000
"""Weight of a fast reading from which the engine's fallbacks, made for pages on which little is
found, are not asked: they changed the text of one of 17 such pages, for the worse."""
_NUMBER = re.compile(r"\d+")
_NO_TEXT = (
    *("script", "style", "noscript", "svg", "iframe", "head", "nav", "footer", "aside", "button"),
    *("link", "input", "img", "picture", "source", "video", "audio", "canvas", "select", "map"),
)
"""Elements without text of the story: it is quicker to take them out before the engine
walks the tree several times."""
_ENGINE_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""What trafilatura has been seen to raise, or may: it walks trees of any shape."""
_FAR_MORE = 2
"""Weight of the text that JSON-LD states, per weight of the shown text, above which the page
shows a teaser or nothing."""
_LEAST_STATED = 400
"""Weight from which such a text may be a story and is no description of one."""
_PARAGRAPH = 100
"""Weight from which the cell of a table may be a paragraph that was set in one."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page and what gave it."""

    text: str
    """Paragraphs parted by one blank line."""
    source: str
    blocks: tuple[Block, ...] = ()
    """The blocks of the page that the text is made of."""
    dropped: tuple[tuple[str, str], ...] = ()
    """The lines that the engine took and we did not, each with the reason."""
    foreign: tuple[Block, ...] = ()
    """The blocks amid the text that are none of it: boxes, prompts, link lists."""

    standfirst: str | None = None
    """A summary between the headline and the text."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines and the foreign ones amid them, each with its place."""
        places = {block.text: _place_name(block) for block in self.blocks}
        return (
            *(Line(text, places.get(text, ""), True) for text in self.text.split("\n\n")),
            *(Line(block.text, _place_name(block), False) for block in self.foreign),
        )


def read_body(tree: HtmlElement, blocks: list[Block], metadata: Metadata) -> Body:
    """The story's text, without headline, byline, captions, link lists and prompts.

    The cheapest evidence that leaves no doubt decides: the page's structure where nearly
    all prose stands in one place, the articleBody of its JSON-LD, trafilatura's fast
    reading where the structure agrees with it, and trafilatura with its fallbacks last,
    where that reading was short. Where the page shows far less than its JSON-LD states, that
    is the text.
    """
    shown = _shown_body(tree, Measured.of(blocks, metadata), metadata)
    stated = _stated_body(metadata)
    return stated if weight(stated.text) > _FAR_MORE * weight(shown.text) else shown


def _stated_body(metadata: Metadata) -> Body:
    """The articleBody of JSON-LD as it stands: what a page shows that scripts or a sale fill."""
    lines = [line for line in (metadata.article_body or "").splitlines() if not is_prompt(line)]
    text = "\n\n".join(lines)
    return Body(text if weight(text) >= _LEAST_STATED else "", "jsonld")


def _shown_body(tree: HtmlElement, page: Measured, metadata: Metadata) -> Body:
    structure = structure_of(page)
    if selection := select_by_structure(structure):
        return _body(selection, "structure")
    if metadata.article_body:
        selection = select(page, metadata.article_body.splitlines())
        if selection and selection.agreed:
            return _body(selection, "jsonld")
    foreign = foreign_elements(structure)
    lines = engine_lines(tree, fast=True, without=foreign)
    selection = select(page, lines)
    if selection and selection.agreed:
        return _body(selection, "trafilatura")
    if alone := select_by_structure(structure, clear_share=_FAIRLY_CLEAR):
        return _body(alone, "structure")
    if not _is_ample(lines):
        lines = engine_lines(tree, fast=False, without=foreign) or lines
        selection = select(page, lines) or selection
    if selection:
        return _body(selection, "trafilatura")
    if alone := select_without_witness(structure):
        return _body(alone, "structure")
    return Body("\n\n".join(text for line in lines for text in _paragraphs(line)), "trafilatura")


def _paragraphs(line: str) -> list[str]:
    """The line; of a table's row, as the engine writes it, the cells that hold a paragraph.

    >>> _paragraphs("| Today | Ferry runs |"), _paragraphs("It rains.")
    ([], ['It rains.'])
    """
    if not line.startswith("|"):
        return [line]
    cells = (" ".join(cell.split()) for cell in line.split("|"))
    return [cell for cell in cells if weight(cell) >= _PARAGRAPH]


def _is_ample(lines: list[str]) -> bool:
    """True for a reading that is not short of text.

    >>> _is_ample(["It rained all day."] * 300), _is_ample(["It rained all day."])
    (True, False)
    """
    return sum(map(weight, lines)) >= _AMPLE


def _body(selection: Selection, source: str) -> Body:
    return Body(
        selection.text,
        source,
        selection.blocks,
        selection.dropped,
        selection.foreign,
        selection.standfirst,
    )


def _place_name(block: Block) -> str:
    """Where a block stands, as pages of one site have it in common: numbers are folded."""
    return _NUMBER.sub("#", " < ".join(place(block)))


def engine_lines(
    tree: HtmlElement, *, fast: bool, without: Collection[HtmlElement] = ()
) -> list[str]:
    """The lines that trafilatura takes for the page's text; none where it fails.

    It is asked without memory between pages (`deduplicate` stays off), and is not shown the
    elements in `without`.
    """
    shown = _copy_without(tree, without)
    if fast:
        etree.strip_elements(shown, etree.Comment, *_NO_TEXT, with_tail=False)
    try:
        document = trafilatura.bare_extraction(
            shown, fast=fast, include_comments=False, with_metadata=False
        )
    except _ENGINE_FAULTS:
        return []
    text = getattr(document, "text", None) or ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _copy_without(tree: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    """A copy of the tree without copies of these elements."""
    copy = deepcopy(tree)
    foreign = [own in without for own in tree.iter()] if without else ()
    for copied in list(compress(copy.iter(), foreign)):
        if copied is not copy:
            copied.drop_tree()
    return copy
