"""The page as a list of text blocks, each with its place in the tree.

A block is what a reader sees as one paragraph, headline, list item or line: the text
between two block-level boundaries, or a row of a table of data. All judgements about text are
made on blocks, because a block knows its element: its tags, the names of its classes, its links.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, defs

from pipelines.extract.zones import zone_of
from pipelines.text import text_key

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "input",
        "button",
        "title",
    ]
)
"""Elements whose text no reader sees as part of the page's text."""
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_BLOCKS = (defs.tags | {"main", "dialog", "search", "slot"}) - _INLINE
_BOLD = frozenset(("b", "strong", "i", "em"))
_ASIDES = frozenset(("comments", "share", "hidden", "advert", "newsletter"))
"""Zones of inline elements that are no part of the sentence they stand in: a counter of
comments, a share button, a hint for screen readers."""
_CELLS = frozenset(("td", "th"))
_BETWEEN_CELLS = " | "
_MAX_CELL = 100
"""Characters of a cell from which it is a paragraph, and the table a layout."""
_INVISIBLE = "\u200b\ufeff\u00ad"
"""Where a word may be broken: within words that nobody sees broken (`See&shy;schwalbe`)."""
_MAY_BE_HIDDEN = etree.XPath("//*[@hidden or @style]")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

Zone = tuple[str, HtmlElement]
"""A kind of content (see zones.py) and the element that is named so."""


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, headline, list item or line of the page."""

    text: str
    """Normalised: runs of white space are one blank."""
    element: HtmlElement
    """The block-level element that holds it."""
    zones: tuple[Zone, ...]
    """The named elements around it, the outermost first."""
    link_share: float
    """The share of the characters that are links, 0 to 1."""
    bold_share: float
    """The share of the characters in b, strong, i or em."""
    joined: bool
    """Follows the block before it after a single line break."""
    key: str
    """The letters and digits alone, in lower case: equal for equal texts."""
    tag: str
    """The tag of the element that holds it."""

    def is_within(self, element: HtmlElement | None) -> bool:
        """True for a block of this element, or of one that it holds."""
        return self.element is element or element in self.element.iterancestors()


def first_within(element: HtmlElement, blocks: Iterable[Block]) -> list[Block]:
    """The blocks that an element holds, up to the first that stands elsewhere."""
    return list(takewhile(lambda block: block.is_within(element), blocks))


def page_blocks(tree: HtmlElement, hidden: Collection[HtmlElement] | None = None) -> list[Block]:
    r"""The text blocks of a page, in document order, without what is not shown.

    `hidden` are the elements that are hidden, where the caller knows better than the page.

    >>> from lxml import html
    >>> tree = html.document_fromstring("<p>One<br><br>two <a>links</a><ul><li>three</ul>")
    >>> [(b.text, b.tag, round(b.link_share, 1)) for b in page_blocks(tree)]
    [('One', 'p', 0.0), ('two links', 'p', 0.6), ('three', 'li', 0.0)]
    """
    return _Walk(tree, hidden_elements(tree) if hidden is None else hidden).blocks()


def hidden_elements(tree: HtmlElement) -> set[HtmlElement]:
    """The elements that are hidden by an attribute or by their own style."""
    styled = cast(list[HtmlElement], _MAY_BE_HIDDEN(tree))
    return {element for element in styled if _is_hidden(element)}


class _Walk:
    """One pass over a tree that cuts its text into blocks."""

    def __init__(self, tree: HtmlElement, hidden: Collection[HtmlElement]) -> None:
        self.tree = tree
        self.hidden = hidden
        self.rows = _data_rows(tree)
        self.words: set[HtmlElement] = set()
        self.row: HtmlElement | None = None
        self.holders: list[tuple[HtmlElement, tuple[Zone, ...]]] = [(tree, ())]
        self.inline: list[Zone] = []
        self.links = self.bolds = self.breaks = self.asides = 0
        self.found: list[Block] = []
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []
        self.own_parts: list[str] = []  # without asides
        self.chars = self.link_chars = self.bold_chars = self.zone_chars = 0
        self.inline_zone: Zone | None = None

    def blocks(self) -> list[Block]:
        walker = etree.iterwalk(self.tree, events=("start", "end", "comment"))
        unseen = None
        for event, element in walker:
            tag = element.tag
            if event == "comment" or element is unseen:
                self.add(element.tail)
            elif event == "start" and (
                (tag in _UNSEEN and not _is_shadow_root(element)) or element in self.hidden
            ):
                walker.skip_subtree()
                unseen = element  # the next event is its end
            elif tag in _INLINE or (tag not in _BLOCKS and self.is_word(event, element)):
                self.inline_bound(event, tag, element)
            elif self.row is not None and element is not self.row:
                self.cell_bound(event, tag, element)
            else:
                self.block_bound(event, tag, element)
        return self.found

    def is_word(self, event: str, element: HtmlElement) -> bool:
        """True for an element of no HTML within a line of text: `the <org>Supreme Court</org>`."""
        if event == "start" and _stands_in_text(element):
            self.words.add(element)
        return element in self.words

    def cell_bound(self, event: str, tag: str, element: HtmlElement) -> None:
        """Go on with a row of data, whose cells and their parts are no blocks of their own."""
        is_next = event == "start" and tag in _CELLS and self.chars
        self.add(_BETWEEN_CELLS if is_next else " ")
        self.add(element.text if event == "start" else element.tail)

    def inline_bound(self, event: str, tag: str, element: HtmlElement) -> None:
        step = 1 if event == "start" else -1
        if tag == "a":
            self.links += step * (not _is_anchor(element))
        elif tag in _BOLD:
            self.bolds += step
        if event == "start":
            if tag != "time" and (kind := zone_of(element)):
                self.inline.append((kind, element))
                self.asides += kind in _ASIDES
            self.add(element.text)
            return
        if self.inline and self.inline[-1][1] is element:
            self.asides -= self.inline.pop()[0] in _ASIDES
        self.add(element.tail)

    def block_bound(self, event: str, tag: str, element: HtmlElement) -> None:
        if tag == "br":
            if event == "start":
                self.close()
                self.breaks += 1
            else:
                self.add(element.tail)
            return
        self.close()
        self.breaks = 0
        if event == "start":
            zones = self.holders[-1][1]
            if kind := zone_of(element):
                zones = (*zones, (kind, element))
            self.holders.append((element, zones))
            self.row = element if element in self.rows else None
            self.add(element.text)
        else:
            self.holders.pop()
            self.row = None
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if not text:
            return
        is_blank = text.isspace()
        if is_blank and not self.chars:  # before the text
            return
        self.parts.append(text)
        if not self.asides:
            self.own_parts.append(text)
        if is_blank:
            return
        seen = len(text)
        self.chars += seen
        if self.links:
            self.link_chars += seen
        if self.bolds:
            self.bold_chars += seen
        if self.inline:
            self.zone_chars += seen
            self.inline_zone = self.inline[0]

    def close(self) -> None:
        """Add the block collected since the last boundary, if it has text."""
        if not self.chars:
            return
        element, zones = self.holders[-1]
        chars = max(1, self.chars)
        parts = self.own_parts
        if self.inline_zone and self.zone_chars > 0.8 * chars:
            parts, zones = self.parts, (*zones, self.inline_zone)
        text = _single_spaced("".join(parts))
        if self.row is not None:
            text = text.rstrip(_BETWEEN_CELLS)  # of empty cells
        if text:
            self.found.append(
                Block(
                    text=text,
                    element=element,
                    zones=zones,
                    link_share=self.link_chars / chars,
                    bold_share=self.bold_chars / chars,
                    joined=self.breaks == 1,
                    key=text_key(text),
                    tag=element.tag,
                )
            )
            self.breaks = 0
        self.clear()


def _stands_in_text(element: HtmlElement) -> bool:
    """True for an element beside text of its parent that holds a part of the same line."""
    parent, before = element.getparent(), element.getprevious()
    text = (parent.text if before is None else before.tail) if parent is not None else None
    is_beside = any(part and not part.isspace() for part in (text, element.tail))
    return is_beside and all(e.tag not in _BLOCKS for e in element.iterdescendants(etree.Element))


def _is_shadow_root(element: HtmlElement) -> bool:
    """True for a template that the browser shows within the element around it."""
    return element.tag == "template" and element.get("shadowrootmode") is not None


def _data_rows(tree: HtmlElement) -> set[HtmlElement]:
    """The rows of the tables that hold data: short cells side by side, in two rows and more.

    Pages of old set their paragraphs, menus and forms in tables: those are none.
    """
    rows: set[HtmlElement] = set()
    for table in tree.iter("table"):
        own = list(table.iter("tr"))
        cells = [[cell for cell in row if cell.tag in _CELLS] for row in own]
        if sum(len(each) > 1 for each in cells) > 1 and _is_data(table):
            rows.update(own)
    return rows


def _is_data(table: HtmlElement) -> bool:
    if table.find(".//table") is not None or table.find(".//input") is not None:
        return False
    texts = [" ".join(cell.text_content().split()) for cell in table.iter(*_CELLS)]
    links = sum(len(link.text_content()) for link in table.iter("a"))
    return max(map(len, texts)) < _MAX_CELL and 2 * links < sum(map(len, texts))


def _is_anchor(element: HtmlElement) -> bool:
    """True for an `a` that is a place to link to; left open, it holds the rest of the page."""
    is_named = element.get("name") is not None or element.get("id") is not None
    return is_named and element.get("href") is None


def _single_spaced(text: str) -> str:
    if not text.isascii():
        for char in _INVISIBLE:
            text = text.replace(char, "")
    return " ".join(text.split())


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):  # hidden until a script shows it
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None
